package series

import "math"

// quantile is that of the standard normal distribution.
func quantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// student is the quantile of Student's t: how many standard deviations lie between, when the standard deviation is itself an
// estimate from few values. Exact for one and two degrees of freedom, otherwise the expansion of Abramowitz & Stegun 26.7.5.
func student(p float64, free int) float64 {
	switch free {
	case 1:
		return math.Tan(math.Pi * (p - .5))
	case 2:
		a := 2*p - 1
		return a * math.Sqrt(2/(1-a*a))
	}
	z, v := quantile(p), float64(free)
	z3, z5, z7, z9 := math.Pow(z, 3), math.Pow(z, 5), math.Pow(z, 7), math.Pow(z, 9)
	return z + (z3+z)/4/v + (5*z5+16*z3+3*z)/96/v/v + (3*z7+19*z5+17*z3-15*z)/384/v/v/v +
		(79*z9+776*z7+1482*z5-1920*z3-945*z)/92160/v/v/v/v
}
