package series

import (
	"errors"
	"math"
)

// Said is a forecast that was made in the past, and what came.
type Said struct {
	At        int     // place of the value in the series
	Ahead     int     // how many steps ahead it was made
	Value     float64 // what came
	Mean      float64 // what was said
	Low, High float64 // between what it was to lie
}

// Level is the probability of the intervals that Backtest judges.
const Level = .8

// Errors is how wrong a way of forecasting was in the past.
type Errors struct {
	N        int     // forecasts that were compared with what came
	MAPE     float64 // mean of |said − came| ÷ |came|, in per cent; over the values that are not zero, NaN if there are none
	SMAPE    float64 // mean of 200 × |said − came| ÷ (|said| + |came|), in per cent; 0 where both are zero
	MASE     float64 // mean of |said − came| ÷ the mean step from a season ago to now in what was known; NaN where that is 0
	Coverage float64 // share of the values that lay in the interval; Level would be right
	Said     []Said
}

// Backtest forecasts every step of a series that it can up to h steps ahead, each time only from what was known before, and
// compares with what came. At least two seasons (six steps without season, a third of a shorter series) come before the first forecast.
func Backtest(y []float64, season, h int, fit Fit) (Errors, error) {
	y, err := check(y, season)
	if err != nil {
		return Errors{}, err
	}
	first := 6
	if season > 1 {
		first = 2*season + 1
	}
	first = min(first, max(len(y)/3, 3))
	return backtest(y, season, h, first, fit)
}

func backtest(y []float64, season, h, first int, fit Fit) (Errors, error) {
	if h < 1 || first < 1 || first >= len(y) {
		return Errors{}, errors.New("历史太短，还不能检验过去的预测")
	}
	var t tally
	for n := first; n < len(y); n++ {
		known := y[:n]
		if math.IsNaN(known[n-1]) {
			continue // nobody would have forecast from a month that was not known yet
		}
		model, err := fit(known, season)
		if err != nil {
			return Errors{}, err
		}
		steps := min(h, len(y)-n)
		mean := model.Mean(steps)
		lo, hi := model.Interval(steps, Level)
		scale := stride(known, season)
		for i := range steps {
			if v := y[n+i]; !math.IsNaN(v) {
				t.add(Said{At: n + i, Ahead: i + 1, Value: v, Mean: mean[i], Low: lo[i], High: hi[i]}, scale)
			}
		}
	}
	return t.errors(), nil
}

// stride is the mean distance of a value to the one a season ago; in short series to the one before.
func stride(y []float64, season int) float64 {
	if len(y) <= season {
		season = 1
	}
	var sum float64
	n := 0
	for i := season; i < len(y); i++ {
		if d := math.Abs(y[i] - y[i-season]); !math.IsNaN(d) {
			sum += d
			n++
		}
	}
	return sum / float64(n)
}

// tally adds errors up.
type tally struct {
	said                     []Said
	mape, smape, mase        float64
	percents, scaled, inside int
}

func (t *tally) add(s Said, scale float64) {
	t.said = append(t.said, s)
	off := math.Abs(s.Mean - s.Value)
	if s.Value != 0 {
		t.mape += 100 * off / math.Abs(s.Value)
		t.percents++
	}
	if both := math.Abs(s.Mean) + math.Abs(s.Value); both > 0 {
		t.smape += 200 * off / both
	}
	if scale > 0 {
		t.mase += off / scale
		t.scaled++
	}
	if s.Low <= s.Value && s.Value <= s.High {
		t.inside++
	}
}

func (t *tally) errors() Errors {
	n := float64(len(t.said))
	return Errors{N: len(t.said), MAPE: t.mape / float64(t.percents), SMAPE: t.smape / n, MASE: t.mase / float64(t.scaled), Coverage: float64(t.inside) / n, Said: t.said}
}

// clearly is how much less wrong another method must have been: by chance alone one of three is always a little better.
const clearly = .8

// Best is Theta, unless SeasonalNaive or Naive would have been clearly less wrong (by a fifth) over the last holdout steps, each
// forecast only from what was known before. Where the series is too short to tell, it is Theta.
func Best(y []float64, season, holdout int) (Model, error) {
	y, err := check(y, season)
	if err != nil {
		return nil, err
	}
	fits := []Fit{Theta, SeasonalNaive, Naive}
	best, least := fits[0], math.Inf(1)
	if first := len(y) - holdout; holdout > 0 && first >= 3 {
		for i, fit := range fits {
			e, err := backtest(y, season, holdout, first, fit)
			if err != nil {
				return nil, err
			}
			var off float64
			for _, s := range e.Said {
				off += math.Abs(s.Mean - s.Value)
			}
			if off < least {
				best, least = fit, off
				if i == 0 {
					least *= clearly
				}
			}
		}
	}
	return best(y, season)
}
