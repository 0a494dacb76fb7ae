package plan

import (
	"hash/fnv"
	"math"
	"slices"

	"jiuye/internal/engine/series"
	"jiuye/internal/register/indicator"
)

const (
	// futures is how many courses are simulated for an outlook.
	futures = 2000
	// ripening is how many months a transfer needs before it can have lasted six.
	ripening = 6
	// leastMonths is how many months a forecast has to learn from.
	leastMonths = 12
)

// family is the courses of one indicator in all areas: small ones borrow from the others.
type family []*course

// course is what is known of one indicator in one area, step by step: months, or years of what is reported.
type course struct {
	of     Indicator
	area   string
	first  indicator.Period
	values []float64 // people of events, otherwise the kept number; NaN where nothing is known
	sizes  []float64 // of the surveyed rate: how many answered; nil otherwise
	unripe int       // so many values at the end can still grow
	model  ahead     // nil where the past is too short or broken to say anything
	seed   uint64
}

// ahead is what series' forecasts have in common.
type ahead interface {
	Name() string
	Paths(h, n int, seed uint64) [][]float64
}

// seedOf makes the same futures for the same figure in every count.
func seedOf(area, id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(area + " " + id)) // never fails
	return h.Sum64()
}

// sums says whether a year's number is the sum of its months.
func (c *course) sums() bool { return c.of.Kind == indicator.Event }

// season is how many steps make a year.
func (c *course) season() int {
	if c.first.IsYear() {
		return 1
	}
	return 12
}

// at is the place of a period in the course.
func (c *course) at(p indicator.Period) int {
	if p.IsYear() {
		return int(p - c.first)
	}
	return (p.Year()-c.first.Year())*12 + p.Month() - c.first.Month()
}

// year is where a year begins and ends in a course.
func (c *course) year(year int) (from, to int) {
	if c.first.IsYear() {
		n := c.at(indicator.Period(year))
		return n, n
	}
	return c.at(indicator.Period(year*100 + 1)), c.at(indicator.Period(year*100 + 12))
}

// known is how many values are.
func (c *course) known() int {
	n := 0
	for _, v := range c.values {
		if !math.IsNaN(v) {
			n++
		}
	}
	return n
}

// ripe are the values that do not change any more.
func (c *course) ripe() []float64 { return c.values[:max(0, len(c.values)-c.unripe)] }

// until is the course as it was known by a step: what had not ripened then had not been counted.
func (c *course) until(n int) *course {
	cut := *c
	cut.values, cut.sizes = slices.Clone(c.values[:n]), c.sizes[:min(n, len(c.sizes))]
	for i := max(0, n-c.unripe); i < n; i++ {
		cut.values[i] = 0
	}
	return &cut
}

// fit finds each course's model: what counts people, in months or in a survey, by all areas together; stocks, rates and reported years each by itself.
func (f family) fit() {
	var counts []series.Counted
	var counted []*course
	for _, c := range f {
		switch c.model = nil; {
		case c.first.IsYear() || !c.sums() && c.sizes == nil:
			if m, err := series.Best(c.ripe(), c.season(), c.season()); err == nil {
				c.model = m
			}
		default:
			counts, counted = append(counts, c.counts()), append(counted, c)
		}
	}
	for i, m := range series.Counts(counts, 12) {
		if m != nil {
			counted[i].model = m
		}
	}
}

// certain is the kept number of a rate that is 1.
const certain = 10000

// counts are the people behind a course.
func (c *course) counts() series.Counted {
	k := series.Counted{Values: c.ripe(), Start: c.first.Month() - 1}
	if c.sizes == nil {
		return k
	}
	k.Values, k.Among, k.Ahead = slices.Clone(k.Values), c.sizes[:len(k.Values)], c.usual()
	for i, n := range k.Among {
		k.Values[i] *= n / certain
	}
	return k
}

// outcome is what a year's end brings in each of n simulated futures; nil where nothing can be said. For events it is the sum over the
// steps from one place to another, known ones included; otherwise the value of the last.
func (c *course) outcome(from, to, n int) (list []float64) {
	ripe := len(c.ripe())
	h := to - ripe + 1
	switch {
	case h <= 0: // everything is known
		return []float64{c.total(from, to, nil)}
	case c.model == nil:
		return nil
	}
	for _, path := range c.model.Paths(h, n, c.seed) {
		for i := range path {
			if c.sizes != nil {
				path[i] *= certain / c.usual()
			}
			if n := ripe + i; n < len(c.values) {
				path[i] = max(path[i], c.values[n]) // what is there already does not go away
			}
		}
		list = append(list, c.total(from, to, path))
	}
	return list
}

// method names the model, and how many values it learnt from.
func (c *course) method(to int) (name string, points int) {
	ripe := c.ripe()
	for points < len(ripe) && !math.IsNaN(ripe[len(ripe)-1-points]) {
		points++
	}
	if to < len(ripe) || c.model == nil {
		return "known", points
	}
	return c.model.Name(), points
}

// total is what a future comes to.
func (c *course) total(from, to int, path []float64) float64 {
	ripe := len(c.ripe())
	value := func(n int) float64 {
		if n < ripe || path == nil {
			return c.values[n]
		}
		return path[n-ripe]
	}
	switch {
	case c.sums():
		sum := 0.0
		for n := from; n <= to; n++ {
			if v := value(n); !math.IsNaN(v) {
				sum += v
			}
		}
		return sum
	case c.sizes != nil: // a year's survey is all its answers together
		part, whole, usual := 0.0, 0.0, c.usual()
		for n := max(from, to-11); n <= to; n++ {
			size := usual
			if n < len(c.sizes) {
				size = c.sizes[n]
			}
			if v := value(n); !math.IsNaN(v) {
				part, whole = part+v*size, whole+size
			}
		}
		if whole > 0 {
			return part / whole
		}
	}
	return value(to)
}

// usual is how many answer a month's survey.
func (c *course) usual() float64 {
	last := c.sizes[max(0, len(c.sizes)-12):]
	sum := 0.0
	for _, n := range last {
		sum += n
	}
	return max(1, sum/float64(max(1, len(last))))
}
