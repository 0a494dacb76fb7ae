package series

import (
	"math"
	"math/rand/v2"
)

// counted draws a whole number with a mean and a variance of luck times the mean: as many as come by themselves where luck is about 1,
// in clusters above that (negative binomial), as if planned below.
func counted(random *rand.Rand, mean, luck float64) float64 {
	switch {
	case mean <= 0:
		return 0
	case luck > 1.05 && mean < many*luck:
		return poisson(random, (luck-1)*gamma(random, mean/(luck-1)))
	case luck > .8 && luck <= 1.05 || mean < 3:
		return poisson(random, mean)
	}
	return max(0, math.Round(mean+math.Sqrt(luck*mean)*random.NormFloat64()))
}

// many is from when on a count is spread as the normal distribution has it.
const many = 30

// poisson draws how many come when so many are to be expected.
func poisson(random *rand.Rand, mean float64) float64 {
	if mean > many {
		return max(0, math.Round(mean+math.Sqrt(mean)*random.NormFloat64()))
	}
	n, p, end := 0.0, random.Float64(), math.Exp(-mean)
	for p > end {
		p *= random.Float64()
		n++
	}
	return n
}

// gamma draws from the gamma distribution of a shape with scale 1: Marsaglia & Tsang (2000), ACM Transactions on Mathematical Software 26,
// 363–372; from a shape of 200 on the normal distribution, which cannot be told from it.
func gamma(random *rand.Rand, shape float64) float64 {
	switch {
	case !(shape > 0):
		return 0
	case shape > 200:
		return max(0, shape+math.Sqrt(shape)*random.NormFloat64())
	case shape < 1:
		return gamma(random, shape+1) * math.Pow(random.Float64(), 1/shape)
	}
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		z := random.NormFloat64()
		v := 1 + c*z
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(random.Float64()) < z*z/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// spread draws by how much a standard deviation that was estimated with so many degrees of freedom may really be larger or
// smaller, so that simulated futures are as uncertain as Interval says.
func spread(random *rand.Rand, free int) float64 {
	var chi float64
	for range min(free, 400) {
		e := random.NormFloat64()
		chi += e * e
	}
	return math.Sqrt(float64(min(free, 400)) / chi)
}
