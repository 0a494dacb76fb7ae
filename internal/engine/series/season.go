package series

import "math"

// seasonal tests at 90 % whether the value a season ago tells something about a value (thetaf's test).
func seasonal(y []float64, m int) bool {
	n := len(y)
	if m < 2 || n <= 2*m {
		return false
	}
	mean := average(y)
	var square float64
	for _, v := range y {
		square += (v - mean) * (v - mean)
	}
	if square <= 1e-20*mean*mean {
		return false // constant
	}
	var before, at float64
	for lag := 1; lag <= m; lag++ {
		var sum float64
		for i := lag; i < n; i++ {
			sum += (y[i] - mean) * (y[i-lag] - mean)
		}
		if r := sum / square; lag < m {
			before += r * r
		} else {
			at = r
		}
	}
	return math.Abs(at) > quantile(.95)*math.Sqrt((1+2*before)/float64(n))
}

// factors is how each of the m places of a season stands to its surroundings, on average 1: classical multiplicative decomposition.
// The first is the place of the series' first value. noise is the mean variance of a factor, from how the years differ. ok is
// false where such factors make no sense, as with values on both sides of zero.
func factors(y []float64, m int) (f []float64, noise float64, ok bool) {
	sum, square, count := make([]float64, m), make([]float64, m), make([]float64, m)
	half := m / 2
	for i := half; i+half < len(y); i++ {
		var trend float64
		for j := i - half; j <= i+half; j++ {
			w := 1.0
			if m%2 == 0 && (j == i-half || j == i+half) {
				w = .5
			}
			trend += w * y[j]
		}
		if trend != 0 {
			ratio := y[i] * float64(m) / trend
			sum[i%m] += ratio
			square[i%m] += ratio * ratio
			count[i%m]++
		}
	}
	var total, ratios float64
	for i := range sum {
		if count[i] == 0 {
			return nil, 0, false
		}
		sum[i] /= count[i]
		total += sum[i]
		ratios += count[i]
		noise += square[i] - count[i]*sum[i]*sum[i]
	}
	for i := range sum {
		if sum[i] = sum[i] * float64(m) / total; !(sum[i] >= 0 && sum[i] < math.Inf(1)) {
			return nil, 0, false
		}
	}
	if ratios > float64(m) {
		noise /= (ratios - float64(m)) * ratios / float64(m)
	}
	return sum, noise, true
}

// shrink moves the factors towards 1 by the part of their spread that is noise: the estimator of James and Stein, which Miller &
// Williams (2003), International Journal of Forecasting 19, 669–684, found to make the theta method's kind of forecasts better.
func shrink(f []float64, noise float64) {
	m := float64(len(f))
	var between float64
	for _, v := range f {
		between += (v - 1) * (v - 1)
	}
	part := 1.0
	if between > 0 {
		part = min((m-3)/(m-1)*noise*(m-1)/between, 1)
	}
	for i := range f {
		if m > 3 && f[i] >= never {
			f[i] += part * (1 - f[i])
		}
	}
}

// never is below what a factor counts as zero: in this place of the season there never was anything.
const never = 1e-10

// adjust divides the season out. Where there never is anything in a place of the season, its values follow from their neighbours.
func adjust(y, f []float64) []float64 {
	out := make([]float64, len(y))
	for i, v := range y {
		if k := f[i%len(f)]; k >= never {
			out[i] = v / k
		} else {
			out[i] = math.NaN()
		}
	}
	first, last := 0, len(out)-1
	for first < last && math.IsNaN(out[first]) {
		first++
	}
	for last > first && math.IsNaN(out[last]) {
		last--
	}
	for i := range out {
		switch {
		case i < first:
			out[i] = out[first]
		case i > last:
			out[i] = out[last]
		}
	}
	out, _ = fill(out)
	return out
}

func average(y []float64) float64 {
	var sum float64
	for _, v := range y {
		sum += v
	}
	return sum / float64(len(y))
}
