package plan

import (
	"context"
	"math"
	"slices"
	"time"

	"jiuye/internal/register/indicator"
)

// Coverage is how good the outlook's forecasts of past years' ends were for one indicator, each made from what was known then.
type Coverage struct {
	Indicator  Indicator
	Forecasts  int
	Inside     int     // what came lay in the 80 % interval
	Width      float64 // mean width of the interval ÷ what came
	Error      float64 // mean of |said − came| ÷ what came
	measurable int     // how many of them came to something that can be divided by
}

// Share is how many of the forecasts were right: came within the interval.
func (v Coverage) Share() float64 { return float64(v.Inside) / float64(max(1, v.Forecasts)) }

// askedMonths are the months at whose ends past forecasts are made again: much, half and little of the year is still to come.
var askedMonths = []int{3, 7, 11}

// Coverage makes the forecasts of the last four years' ends again for every area that is forecast for, and holds them against what came.
// It reads sums only and writes nothing.
func (r *Room) Coverage(ctx context.Context) ([]Coverage, error) {
	s, found, err := r.seer(ctx)
	if err != nil || !found {
		return nil, err
	}
	var out []Coverage
	for _, d := range Indicators() {
		if !d.FromRegister() {
			continue
		}
		courses, err := r.courses(ctx, d, &s)
		if err != nil {
			return nil, err
		}
		v := Coverage{Indicator: d}
		for _, code := range s.areas {
			if c := courses[code]; c != nil {
				v.add(c, s.run.AsOf)
			}
		}
		if v.measurable > 0 {
			v.Width /= float64(v.measurable)
			v.Error /= float64(v.measurable)
		}
		if v.Forecasts > 0 {
			out = append(out, v)
		}
	}
	return out, nil
}

// add makes one course's past forecasts again.
func (v *Coverage) add(c *course, asOf time.Time) {
	for year := asOf.Year() - backYears; year < asOf.Year(); year++ {
		for _, months := range askedMonths {
			said, came, ok := c.again(year, months)
			if !ok {
				continue
			}
			slices.Sort(said)
			low, high := said[len(said)/10], said[len(said)-1-len(said)/10]
			v.Forecasts++
			if came >= low && came <= high {
				v.Inside++
			}
			if came != 0 {
				v.measurable++
				v.Width += (high - low) / math.Abs(came)
				v.Error += math.Abs(mean(said)-came) / math.Abs(came)
			}
		}
	}
}

// backYears is how many years back forecasts are made again.
const backYears = 4

// again is what was to be expected of a past year when so many of its months were known, and what came of it; not ok where either
// cannot be told.
func (c *course) again(year, known int) (said []float64, came float64, ok bool) {
	from, to := c.at(indicator.Period(year*100+1)), c.at(indicator.Period(year*100+12))
	cut := from + known
	if from < 0 || cut-c.unripe < leastMonths || to >= len(c.values)-c.unripe || math.IsNaN(c.values[to]) || math.IsNaN(c.values[cut-c.unripe-leastMonths]) {
		return nil, 0, false
	}
	said, _, _, err := c.until(cut).outcome(from, to)
	came = c.total(from, to, nil)
	return said, came, err == nil && !math.IsNaN(came) && !math.IsNaN(said[0])
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(len(list))
}
