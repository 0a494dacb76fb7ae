package honest

import (
	"cmp"
	"math"
	"slices"
)

// residuals are the logarithms of all series without season, peers and outside series.
type residuals struct {
	x      [][]float64 // by series and month
	season [][]float64 // with the season still in, for smooth
	q      []float64   // how much the level wanders against how much single months stray, variance by variance
}

func (p *Panel) residuals() *residuals {
	n := len(p.Series)
	r := &residuals{x: make([][]float64, n), season: make([][]float64, n), q: make([]float64, n)}
	outside := 0
	for i := range p.Series {
		r.season[i] = logs(p.Series[i].Reported)
		r.x[i] = deseasoned(r.season[i])
		outside = max(outside, len(p.Series[i].Outside))
	}
	common(r.x)
	for k := range outside {
		other := make([][]float64, n)
		for i := range p.Series {
			if k < len(p.Series[i].Outside) {
				other[i] = deseasoned(logs(p.Series[i].Outside[k]))
			} else {
				other[i] = slices.Repeat([]float64{math.NaN()}, len(r.x[i]))
			}
		}
		common(other)
		explain(r.x, other)
	}
	for i := range r.x {
		r.q[i] = wandering(r.x[i])
	}
	return r
}

func logs(list []float64) []float64 {
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = math.Log(math.Max(v, 0) + .5)
	}
	return out
}

// deseasoned takes out what each calendar month usually adds, as the median over the years of its distance from the thirteen months around it.
func deseasoned(x []float64) []float64 {
	out := slices.Clone(x)
	for m := range 12 {
		var list []float64
		for t := m; t < len(x); t += 12 {
			if around := mean(x[max(0, t-6):min(len(x), t+7)]); !math.IsNaN(x[t]) && !math.IsNaN(around) {
				list = append(list, x[t]-around)
			}
		}
		s := median(list)
		for t := m; t < len(x); t += 12 {
			out[t] -= s
		}
	}
	return out
}

// common takes out of every month what all series have in common: the median of their distances from their own medians.
func common(x [][]float64) {
	if len(x) < 5 {
		return // too few to be peers
	}
	middle := make([]float64, len(x))
	for i := range x {
		middle[i] = median(present(x[i]))
	}
	for t := range x[0] {
		var list []float64
		for i := range x {
			if v := x[i][t] - middle[i]; !math.IsNaN(v) {
				list = append(list, v)
			}
		}
		c := median(list)
		for i := range x {
			x[i][t] -= c
		}
	}
}

// explain takes out of x what the other series tells, with one slope for all: the median of the slopes of yearly changes, weighed by how much the other one changed.
func explain(x, other [][]float64) {
	type slope struct{ b, w float64 }
	var list []slope
	for i := range x {
		for t := 12; t+12 <= len(x[i]); t += 12 {
			dx, dz := mean(x[i][t:t+12])-mean(x[i][t-12:t]), mean(other[i][t:t+12])-mean(other[i][t-12:t])
			if w := math.Abs(dz); w > 1e-6 && !math.IsNaN(dx) {
				list = append(list, slope{dx / dz, w})
			}
		}
	}
	slices.SortFunc(list, func(a, b slope) int { return cmp.Compare(a.b, b.b) })
	sum, half := 0.0, 0.0
	for _, s := range list {
		sum += s.w
	}
	b := 0.0
	for _, s := range list {
		if half += s.w; half >= sum/2 {
			b = s.b
			break
		}
	}
	for i := range x {
		for t := range x[i] {
			if z := other[i][t]; !math.IsNaN(z) {
				x[i][t] -= b * z
			}
		}
	}
}

// steps are the ratios of variances that are tried.
var steps = []float64{0, .003, .01, .03, .1, .3, 1, 3, 10}

// wandering is the ratio of variances under which the series is likeliest.
func wandering(x []float64) (best float64) {
	top := math.Inf(-1)
	for _, q := range steps {
		if l := likelihood(x, q); l > top {
			top, best = l, q
		}
	}
	return best
}

// filter is the Kalman filter of the local-level model with variance 1 of single months and q of the level; it calls back with each month's innovations of x and of d and their common variance.
// Months that are missing are passed over.
func filter(x, d []float64, q float64, innovation func(v, w, f float64)) {
	var level, also, p float64
	begun := false
	for t := range x {
		if math.IsNaN(x[t]) {
			p += q
			continue
		}
		if !begun {
			level, also, p, begun = x[t], at(d, t), 1+q, true
			continue
		}
		f := p + 1
		v, w := x[t]-level, at(d, t)-also
		innovation(v, w, f)
		k := p / f
		level, also = level+k*v, also+k*w
		p = p*(1-k) + q
	}
}

func at(d []float64, t int) float64 {
	if t < len(d) {
		return d[t]
	}
	return 0
}

func likelihood(x []float64, q float64) float64 {
	var n, sum, logs float64
	filter(x, nil, q, func(v, _, f float64) {
		n++
		sum += v * v / f
		logs += math.Log(f)
	})
	if n == 0 || sum == 0 {
		return 0
	}
	return -.5 * (n*math.Log(sum/n) + logs)
}

// effect is how much the months marked in d lie above what the rest of the series lets expect, and how many standard errors that is. The errors' size is taken robustly,
// so that what is looked for does not hide itself.
func effect(x, d []float64, q float64) (size, z float64) {
	var wv, ww float64
	var list []float64
	filter(x, d, q, func(v, w, f float64) {
		wv += w * v / f
		ww += w * w / f
		list = append(list, v/math.Sqrt(f))
	})
	if ww == 0 || len(list) < 12 {
		return 0, 0
	}
	for i := range list {
		list[i] = math.Abs(list[i])
	}
	sd := median(list) / .6745
	if sd == 0 {
		return 0, 0
	}
	return wv / ww, wv / math.Sqrt(ww) / sd
}

func mean(list []float64) float64 {
	if len(list) == 0 {
		return math.NaN()
	}
	return total(list) / float64(len(list))
}

// median is that of a list, which it sorts; 0 of an empty one.
func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	if n := len(list); n%2 == 0 {
		return (list[n/2-1] + list[n/2]) / 2
	}
	return list[len(list)/2]
}

func present(list []float64) (out []float64) {
	for _, v := range list {
		if !math.IsNaN(v) {
			out = append(out, v)
		}
	}
	return out
}
