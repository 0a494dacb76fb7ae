package plan

import (
	"context"
	"math"

	"jiuye/internal/register/indicator"
)

// Coverage is how good the outlook's forecasts of past years' ends were for one indicator, each made from what was known then.
type Coverage struct {
	Indicator  Indicator
	Forecasts  int
	Inside     int     // what came lay in the 80 % interval, as it is shown: in whole numbers
	Width      float64 // mean width of the interval ÷ what came
	Error      float64 // mean of |said − came| ÷ what came
	Score      float64 // mean of the width and ten times what came outside, ÷ what came: the interval score (Gneiting & Raftery 2007); less is better
	Chances            // of reaching what the year before came to, 5 % less, 5 % more
	measurable int     // how many of them came to something that can be divided by
}

// Chances is how good probabilities were.
type Chances struct {
	Asked int
	Brier float64 // mean of (probability − 1 or 0)²; .25 is what always saying a half gets
	Bins  [5]Bin  // by probability, a fifth each
}

// Bin is the probabilities of one fifth.
type Bin struct {
	Asked, Happened int
	Said            float64 // their mean
}

// Share is how many of the forecasts were right: came within the interval.
func (v *Coverage) Share() float64 { return float64(v.Inside) / float64(max(1, v.Forecasts)) }

// askedMonths are the months at whose ends past forecasts are made again: much, half and little of the year is still to come.
var askedMonths = []int{3, 7, 11}

// Coverage makes the forecasts of the last four years' ends again for every area that is forecast for, and holds them against what came: model, season
// and spread are those that would have been found then. It reads sums only and writes nothing.
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
		f, err := r.courses(ctx, d, &s)
		if err != nil {
			return nil, err
		}
		if v := f.coverage(s.run.AsOf.Year()); v.Forecasts > 0 {
			v.Indicator = d
			out = append(out, v)
		}
	}
	return out, nil
}

// coverage makes a family's forecasts of the years before one again.
func (f family) coverage(this int) (v Coverage) {
	for year := this - backYears; year < this; year++ {
		for _, months := range askedMonths {
			then, now := f.when(year, months)
			then.fit()
			by := spread(then.past(year, months))
			for i, c := range then {
				from, to := c.year(year)
				came := now[i].total(from, to, nil)
				list := c.foresee(from, to, by)
				if list == nil || math.IsNaN(list[0]) || math.IsNaN(came) {
					continue
				}
				v.add(list, came)
				if last := now[i].total(from-12, to-12, nil); !math.IsNaN(last) {
					v.hold(list, came, .95*last, last, 1.05*last)
				}
			}
		}
	}
	v.mean()
	return v
}

// Together is the mean of several indicators, every forecast counted once.
func Together(list []Coverage) (all Coverage) {
	for _, v := range list {
		n, asked := float64(v.measurable), float64(v.Asked)
		all.Forecasts, all.Inside, all.measurable, all.Asked = all.Forecasts+v.Forecasts, all.Inside+v.Inside, all.measurable+v.measurable, all.Asked+v.Asked
		all.Width, all.Error, all.Score, all.Brier = all.Width+n*v.Width, all.Error+n*v.Error, all.Score+n*v.Score, all.Brier+asked*v.Brier
		for i, b := range v.Bins {
			all.Bins[i].Asked += b.Asked
			all.Bins[i].Happened += b.Happened
			all.Bins[i].Said += b.Said * float64(b.Asked)
		}
	}
	all.mean()
	return all
}

// mean makes means of sums.
func (v *Coverage) mean() {
	v.Width, v.Error, v.Score = share(v.Width, v.measurable), share(v.Error, v.measurable), share(v.Score, v.measurable)
	v.Brier = share(v.Brier, v.Asked)
	for i := range v.Bins {
		v.Bins[i].Said = share(v.Bins[i].Said, v.Bins[i].Asked)
	}
}

func share(sum float64, n int) float64 { return sum / float64(max(1, n)) }

// add holds a forecast against what came.
func (v *Coverage) add(list []float64, came float64) {
	var o indicator.Outlook
	weigh(&o, list, nil)
	low, high := float64(o.Low), float64(o.High)
	v.Forecasts++
	outside := max(0, low-came, came-high)
	if outside < .5 { // as it is shown
		v.Inside++
	}
	if came != 0 {
		v.measurable++
		v.Width += (high - low) / math.Abs(came)
		v.Error += math.Abs(mean(list)-came) / math.Abs(came)
		v.Score += (high - low + 10*outside) / math.Abs(came)
	}
}

// hold holds the chances of reaching numbers against what came; they are said between 1 and 99 %, as the page does.
func (v *Coverage) hold(list []float64, came float64, wanted ...float64) {
	for _, w := range wanted {
		g := goal{comparator: indicator.AtLeast, value: w}
		var o indicator.Outlook
		weigh(&o, list, &g)
		p, happened := min(.99, max(.01, float64(o.Chance)/10000)), 0.0
		b := &v.Bins[int(p*float64(len(v.Bins)))]
		if g.met(came) {
			happened = 1
			b.Happened++
		}
		b.Asked++
		b.Said += p
		v.Asked++
		v.Brier += (p - happened) * (p - happened)
	}
}
