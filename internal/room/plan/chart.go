package plan

import (
	"encoding/json"

	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/indicator"
)

// plotted is a chart as the script draws it; the server's drawing and table have the same numbers.
type plotted struct {
	X        []string          `json:"x"`
	Actual   []float64         `json:"actual"`
	Before   []float64         `json:"before,omitempty"` // the year before
	Forecast []float64         `json:"forecast,omitempty"`
	Low      []float64         `json:"low,omitempty"`
	High     []float64         `json:"high,omitempty"`
	Target   *float64          `json:"target"`
	Zero     bool              `json:"zero"` // the axis begins at 0
	Words    map[string]string `json:"words"`
}

// forScript writes a chart for the script.
func forScript(t words, c *draw.Chart, before []float64, zero bool) string {
	p := plotted{X: c.X, Actual: c.Actual, Before: before, Forecast: c.Forecast, Low: c.Low, High: c.High, Zero: zero, Words: map[string]string{
		"actual": c.Words.Actual, "forecast": c.Words.Forecast, "interval": c.Words.Interval, "target": c.Words.Target, "before": t("plan.trend.before")}}
	if c.Target != 0 {
		p.Target = &c.Target
	}
	raw, err := json.Marshal(p)
	if err != nil { // numbers and words only
		return "{}"
	}
	return string(raw)
}

// Trend is how an indicator has come along this year, month by month, with what is expected until its end.
type Trend struct {
	Name, Unit, Href string
	Chart            draw.Chart
	Script           string
}

// trend draws the current year: events add up from January, everything else stands as it was at each month's end. It is nil where there are
// no months.
func (f *figures) trend(t words, d Indicator) *Trend {
	if f.people == 0 || f.asOf.IsZero() || !d.FromRegister() {
		return nil
	}
	target, cumulative, base := f.target(d)
	unit, year, last := f.unit(d, target), f.asOf.Year(), int(f.asOf.Month())
	sums := d.Kind == indicator.Event
	course := func(year, last int) (out []float64, end int64) {
		sum := int64(0)
		for m := 1; m <= last; m++ {
			n, ok := f.monthly(d, year*100+m)
			switch {
			case !ok:
				return nil, 0
			case sums:
				sum += n
			default:
				sum = n
			}
			out = append(out, indicator.Plot(sum, unit))
		}
		return out, sum
	}
	actual, now := course(year, last)
	if len(actual) == 0 {
		return nil
	}
	c := draw.Chart{Actual: actual, Words: draw.ChartWords{Actual: t("plan.trend.actual", year), Forecast: t("plan.forecast"), Interval: t("plan.interval"), Target: t("plan.target"),
		Table: t("plan.chartTable"), Time: t("plan.trend.month")}}
	for m := 1; m <= 12; m++ {
		c.X = append(c.X, t("plan.trend.m", m))
	}
	c.Label = t("plan.trend.label", nameOf(t, d), year, last, Figure(now, unit)+unit)
	if o, ok := f.outlook[d.ID][year]; ok && f.on.IsZero() && last < 12 {
		done := int64(0) // of a sum since the base, what earlier years brought
		if cumulative && sums && target != nil {
			for y := base + 1; y < year; y++ {
				done += f.years[d.ID][y].numerator
			}
		}
		c.Forecast, c.Low, c.High = f.ahead12(d, now, o, done, last, unit)
	} else {
		c.X = c.X[:last]
	}
	if target != nil && !target.Cumulative && target.Comparator != indicator.InWords {
		c.Target = indicator.Plot(target.Value, unit)
	}
	before, _ := course(year-1, 12)
	if len(before) > len(c.X) {
		before = before[:len(c.X)]
	}
	c.Before, c.Words.Before = before, t("plan.trend.before")
	return &Trend{Name: nameOf(t, d), Unit: unitOf(t, unit), Href: indicatorHref(d.ID, f.area), Chart: c, Script: forScript(t, &c, before, sums)}
}

// ahead12 spreads the outlook for the year's end over the months until then: sums as the season has it, anything else evenly.
func (f *figures) ahead12(d Indicator, now int64, o indicator.Outlook, done int64, last int, unit string) (mean, low, high []float64) {
	season := f.season(d)
	for m := last; m <= 12; m++ {
		share := float64(m-last) / float64(12-last)
		if season.Known() && season[last] < 10000 {
			share = float64(season[m]-season[last]) / float64(10000-season[last])
		}
		at := func(end int64) float64 { return indicator.Plot(now+whole(float64(end-done-now)*share), unit) }
		mean, low, high = append(mean, at(o.Mean)), append(low, at(o.Low)), append(high, at(o.High))
	}
	return mean, low, high
}
