package series

import (
	"math"
	"math/rand/v2"
)

// theta is simple exponential smoothing with drift on the series without its season.
type theta struct {
	smoothed
	n      int
	drift  float64   // half the slope of the straight line through the series
	factor []float64 // of each place of the season, from the first step ahead on; nil: no season
	sigma  float64   // standard deviation of one step ahead
	free   int       // degrees of freedom that sigma was estimated with
	low    float64
}

// Theta fits the theta method with seasonal factors that are freed from what is noise in them, and intervals that know of the
// uncertain drift. A season is used when the series has more than two of them and the test finds it. A
// single value, and two, are carried on as they are; their interval is as wide as the little that is known makes it.
func Theta(y []float64, season int) (Model, error) { return fitTheta(y, season, true) }

// Thetaf fits the standard theta method: its Mean is that of R's thetaf, wherever R finds the best weight.
func Thetaf(y []float64, season int) (Model, error) { return fitTheta(y, season, false) }

func fitTheta(y []float64, season int, shrunk bool) (Model, error) {
	y, err := check(y, season)
	if err != nil {
		return nil, err
	}
	if len(y) < 3 {
		return Naive(y, season)
	}
	x, gaps := fill(y)
	t := &theta{n: len(x), low: floor(x)}
	if seasonal(x, season) {
		if f, noise, ok := factors(x, season); ok {
			if shrunk {
				shrink(f, noise)
			}
			adjusted := adjust(x, f)
			if len(gaps) > 0 { // a gap lies between its neighbours without their season, not with it
				for _, i := range gaps {
					adjusted[i] = math.NaN()
				}
				adjusted, _ = fill(adjusted)
			}
			x = adjusted
			for i := range season {
				t.factor = append(t.factor, f[(t.n+i)%season])
			}
		}
	}
	t.smoothed = bestSmooth(x)
	t.drift = slope(x) / 2
	t.free = max(t.n-2-len(gaps), 1)
	t.sigma = math.Sqrt(t.square / float64(t.free))
	return t, nil
}

// slope is that of the straight line through a series by least squares.
func slope(y []float64) float64 {
	middle, mean := float64(len(y)-1)/2, average(y)
	var top, bottom float64
	for i, v := range y {
		d := float64(i) - middle
		top += d * (v - mean)
		bottom += d * d
	}
	return top / bottom
}

func (t *theta) Name() string { return "theta" }

// season is the factor of a step ahead, counted from 0.
func (t *theta) season(step int) float64 {
	if t.factor == nil {
		return 1
	}
	return t.factor[step%len(t.factor)]
}

// line is the forecast without its season.
func (t *theta) line(step int) float64 {
	return t.level + t.drift*(float64(step)+(1-math.Pow(1-t.alpha, float64(t.n)))/t.alpha)
}

func (t *theta) Mean(h int) []float64 {
	out := make([]float64, h)
	for i := range out {
		out[i] = t.line(i) * t.season(i)
	}
	return raise(out, t.low)
}

// unsure is the standard error of the drift, in sigmas: that of a random walk's drift, for the part of each error that stays.
func (t *theta) unsure() float64 { return t.alpha / math.Sqrt(float64(t.n)) }

func (t *theta) Interval(h int, level float64) (lo, hi []float64) {
	lo, hi = make([]float64, h), make([]float64, h)
	z := student(.5+level/2, t.free)
	for i := range h {
		half := z * t.sigma * math.Sqrt(1+float64(i)*t.alpha*t.alpha+math.Pow(float64(i+1)*t.unsure(), 2))
		lo[i], hi[i] = (t.line(i)-half)*t.season(i), (t.line(i)+half)*t.season(i)
	}
	return raise(lo, t.low), raise(hi, t.low)
}

func (t *theta) Paths(h, n int, seed uint64) [][]float64 {
	random := rand.New(rand.NewPCG(seed, 0x7468657461))
	out := make([][]float64, n)
	for k := range out {
		path := make([]float64, h)
		sigma, off := t.sigma*spread(random, t.free), 0.0
		tilt := sigma * t.unsure() * random.NormFloat64()
		for i := range path {
			e := sigma * random.NormFloat64()
			path[i] = (t.line(i) + tilt*float64(i+1) + off + e) * t.season(i)
			off += t.alpha * e
		}
		out[k] = raise(path, t.low)
	}
	return out
}
