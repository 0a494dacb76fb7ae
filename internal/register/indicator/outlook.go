package indicator

import "time"

// Light is the colour that a probability stands for; words stand beside it.
type Light string

// The lights: 有把握 (from .8), 有风险 (.4 to .8), 难以完成 (below .4), 不测算.
const (
	Green Light = "green"
	Amber Light = "amber"
	Red   Light = "red"
	Dark  Light = ""
)

// LightOf is the light of a probability in ten-thousandths.
func LightOf(chance int64) Light {
	switch {
	case chance >= 8000:
		return Green
	case chance >= 4000:
		return Amber
	}
	return Red
}

// Outlook is what is expected of an indicator in an area at the end of a year, and how likely its target is met then. Numbers
// are kept numbers; for a cumulative target they are the sum since the base year.
type Outlook struct {
	Area, Indicator string
	Year            int       // at whose end: the current year, or the target's
	MadeOn          time.Time // by the count of this day
	Method          string    // theta, naive …
	Points          int       // how many months or years it learnt from
	Reached         int64     // what the sum or level was when it was made
	Mean, Low, High int64     // the interval covers 80 %
	Wanted          int64     // what is held against: the target's value, or the share of it due by the year's end
	Chance          int64     // of meeting it, in ten-thousandths; −1 where no target can be held against
	Error           int64     // how far off such forecasts were in the past: mean absolute percentage error, ten-thousandths; −1 unknown
}

// Light is the outlook's light.
func (o Outlook) Light() Light {
	if o.Chance < 0 {
		return Dark
	}
	return LightOf(o.Chance)
}
