package series

import (
	"math"
	"math/rand/v2"
)

// naive carries the last season on; with a season of one step, the last value.
type naive struct {
	name  string
	last  []float64 // the last season
	sigma float64   // of the difference to the season before
	free  int
	low   float64
}

// Naive says that all will stay as it was last.
func Naive(y []float64, season int) (Model, error) {
	y, err := check(y, season)
	if err != nil {
		return nil, err
	}
	return carry("naive", y, 1), nil
}

// SeasonalNaive says that each step will be as it was a season ago. With less than a season it is Naive.
func SeasonalNaive(y []float64, season int) (Model, error) {
	y, err := check(y, season)
	switch {
	case err != nil:
		return nil, err
	case season == 1 || len(y) < season:
		return Naive(y, season)
	}
	return carry("seasonal naive", y, season), nil
}

func carry(name string, y []float64, m int) *naive {
	x, gaps := fill(y)
	missing := make(map[int]bool, len(gaps))
	for _, i := range gaps {
		missing[i] = true
		if i >= m { // as a season ago rather than between its neighbours
			x[i] = x[i-m]
		}
	}
	n := &naive{name: name, last: x[len(x)-m:], low: floor(x)}
	var square float64
	for i := m; i < len(x); i++ {
		if !missing[i] && !missing[i-m] {
			d := x[i] - x[i-m]
			square += d * d
			n.free++
		}
	}
	if n.free == 0 { // nothing to compare with: as uncertain as the value is large, said with one degree of freedom
		n.free, square = 1, average(x)*average(x)/4
	}
	n.sigma = math.Sqrt(square / float64(n.free))
	return n
}

func (n *naive) Name() string { return n.name }

func (n *naive) Mean(h int) []float64 {
	out := make([]float64, h)
	for i := range out {
		out[i] = n.last[i%len(n.last)]
	}
	return out
}

func (n *naive) Interval(h int, level float64) (lo, hi []float64) {
	lo, hi = n.Mean(h), n.Mean(h)
	z := student(.5+level/2, n.free)
	for i := range h {
		half := z * n.sigma * math.Sqrt(float64(i/len(n.last)+1))
		lo[i], hi[i] = lo[i]-half, hi[i]+half
	}
	return raise(lo, n.low), raise(hi, n.low)
}

func (n *naive) Paths(h, count int, seed uint64) [][]float64 {
	random := rand.New(rand.NewPCG(seed, 0x6e61697665))
	out := make([][]float64, count)
	for k := range out {
		path := make([]float64, h)
		sigma := n.sigma * spread(random, n.free)
		for i := range path {
			before := n.last[i%len(n.last)]
			if i >= len(n.last) {
				before = path[i-len(n.last)]
			}
			path[i] = before + sigma*random.NormFloat64()
		}
		out[k] = path
	}
	for _, path := range out {
		raise(path, n.low)
	}
	return out
}
