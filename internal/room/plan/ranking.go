package plan

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"jiuye/internal/register/indicator"
)

// Contender is one area in a ranking.
type Contender struct {
	Indicator indicator.Kind
	Cell      cell
	Base      float64 // what a count is divided by: people, or the area's target
}

// Rank is an area's place, and the places it could as well have by chance alone: between Low and High in nine of ten cases.
type Rank struct{ Place, Low, High int }

// level is what is compared; ok is false where there is nothing to divide by.
func (c *Contender) level() (float64, bool) {
	switch c.Indicator {
	case indicator.Rate, indicator.Mean:
		if c.Cell.denominator <= 0 {
			return 0, false
		}
		return float64(c.Cell.numerator) / float64(c.Cell.denominator), true
	}
	return float64(c.Cell.numerator) / c.Base, c.Base > 0
}

// yearsApart is how far apart people's years of schooling are: the standard deviation that a mean's chance is drawn with.
const yearsApart = 3.5

// drawn is what might as well have been counted: events and stocks vary as Poisson's numbers do, shares as draws from so many
// people, means by the spread of people's years.
func (c *Contender) drawn(luck *rand.Rand) float64 {
	v, _ := c.level()
	switch c.Indicator {
	case indicator.Rate:
		return v + luck.NormFloat64()*math.Sqrt(max(v*(1-v), 0)/float64(c.Cell.denominator))
	case indicator.Mean:
		return v + luck.NormFloat64()*yearsApart/math.Sqrt(float64(c.Cell.denominator))
	}
	return v + luck.NormFloat64()*math.Sqrt(max(float64(c.Cell.numerator), 1))/c.Base
}

// ranks tells every contender's place, the best first; down says that less is better. Those without a value have place 0.
func ranks(list []Contender, down bool, seed uint64) []Rank {
	out := make([]Rank, len(list))
	var in []int
	now := make([]float64, len(list))
	for i := range list {
		if v, ok := list[i].level(); ok {
			now[i], in = v, append(in, i)
		}
	}
	better := func(values []float64) func(a, b int) int {
		return func(a, b int) int {
			if down {
				a, b = b, a
			}
			return cmp.Compare(values[b], values[a])
		}
	}
	order := slices.Clone(in)
	slices.SortStableFunc(order, better(now))
	for place, i := range order {
		out[i].Place = place + 1
		if place > 0 && now[i] == now[order[place-1]] {
			out[i].Place = out[order[place-1]].Place
		}
	}
	const times = 1000
	seen := make([][]int, len(list)) // how often in each place
	for _, i := range in {
		seen[i] = make([]int, len(in))
	}
	luck := rand.New(rand.NewPCG(seed, 1))
	then := make([]float64, len(list))
	for range times {
		for _, i := range in {
			then[i] = list[i].drawn(luck)
		}
		slices.SortStableFunc(order, better(then))
		for place, i := range order {
			seen[i][place]++
		}
	}
	for _, i := range in {
		sum := 0
		for place, n := range seen[i] {
			if sum += n; out[i].Low == 0 && sum > times/20 {
				out[i].Low = place + 1
			}
			if out[i].High == 0 && sum >= times-times/20 {
				out[i].High = place + 1
			}
		}
		out[i].Low, out[i].High = min(out[i].Low, out[i].Place), max(out[i].High, out[i].Place)
	}
	return out
}
