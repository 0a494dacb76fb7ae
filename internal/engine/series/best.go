package series

import "math"

// Level is the probability that intervals on pages have.
const Level = .8

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
			off, err := missed(y, season, first, fit)
			if err != nil {
				return nil, err
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

// missed forecasts all the steps from a first one on, from every step before, each time only from what was known then: the sum of |said − came|.
func missed(y []float64, season, first int, fit Fit) (sum float64, err error) {
	for n := first; n < len(y); n++ {
		if math.IsNaN(y[n-1]) {
			continue // nobody would have forecast from a month that was not known yet
		}
		model, err := fit(y[:n], season)
		if err != nil {
			return 0, err
		}
		for i, said := range model.Mean(len(y) - n) {
			if came := y[n+i]; !math.IsNaN(came) {
				sum += math.Abs(said - came)
			}
		}
	}
	return sum, nil
}
