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

// course is what is known of one indicator in one area, step by step: months, or years of what is reported.
type course struct {
	of     Indicator
	first  indicator.Period
	values []float64 // people of events, otherwise the kept number; NaN where nothing is known
	sizes  []float64 // of the surveyed rate: how many answered; nil otherwise
	unripe int       // so many values at the end can still grow
	fit    series.Fit
	seed   uint64
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

// until is the course as it was known by a step: what had not ripened then had not been counted.
func (c *course) until(n int) *course {
	cut := *c
	cut.values, cut.sizes = slices.Clone(c.values[:n]), c.sizes[:min(n, len(c.sizes))]
	for i := max(0, n-c.unripe); i < n; i++ {
		cut.values[i] = 0
	}
	return &cut
}

// outcome is what a year's end brings in each of the simulated futures, with the method and how many values it learnt from. For events it
// is the sum over the steps from one place to another, known ones included; otherwise the value of the last.
func (c *course) outcome(from, to int) (list []float64, method string, points int, err error) {
	ripe := len(c.values) - c.unripe
	h := to - ripe + 1
	if h <= 0 { // everything is known
		return []float64{c.total(from, to, nil)}, "known", ripe, nil
	}
	points = ripe
	for points > 0 && math.IsNaN(c.values[ripe-points]) {
		points--
	}
	if c.fit == nil {
		c.fit = c.choose(c.values[:max(0, ripe)])
	}
	model, err := c.fit(c.values[:max(0, ripe)], c.season())
	if err != nil {
		return nil, "", 0, err
	}
	for _, path := range model.Paths(h, futures, c.seed) {
		for i := range path {
			if n := ripe + i; n < len(c.values) {
				path[i] = max(path[i], c.values[n]) // what is there already does not go away
			}
		}
		list = append(list, c.total(from, to, path))
	}
	return list, model.Name(), points, nil
}

// choose is the method that erred least on the last year; its errors of earlier years are measured with the same one.
func (c *course) choose(known []float64) series.Fit {
	best, err := series.Best(known, c.season(), c.season())
	if err != nil {
		return series.Theta // which says the same
	}
	for _, fit := range []series.Fit{series.Naive, series.SeasonalNaive} {
		if m, err := fit(known, c.season()); err == nil && m.Name() == best.Name() {
			return fit
		}
	}
	return series.Theta
}

// total is what a future comes to.
func (c *course) total(from, to int, path []float64) float64 {
	ripe := len(c.values) - c.unripe
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

// goal is what an outcome is held against.
type goal struct {
	comparator string
	value      float64
	high       float64
	slack      float64 // 左右 leaves so much on the bad side
	down       bool
}

// met says whether an outcome meets the goal.
func (g *goal) met(v float64) bool {
	switch g.comparator {
	case indicator.AtMost:
		return v <= g.value
	case indicator.About:
		if g.down {
			return v <= g.value+g.slack
		}
		return v >= g.value-g.slack
	case indicator.Between:
		return v >= g.value && v <= g.high
	}
	if g.down {
		return v <= g.value
	}
	return v >= g.value
}

// goalOf is what a target wants by the end of a year: its value in its own year, before it the part of the way that is due.
// direction: a target in words is met by not falling below the base, or by the target of the area above where that has one.
func goalOf(d Indicator, t, above *indicator.Target, year int) *goal {
	switch {
	case t == nil:
		return nil
	case t.Comparator == indicator.InWords && above != nil && above.Comparator != indicator.InWords && d.Kind != indicator.Reported:
		return goalOf(d, above, nil, year)
	case t.Comparator == indicator.InWords:
		return &goal{comparator: indicator.AtLeast, value: float64(t.Base), down: d.Down}
	}
	g := &goal{comparator: t.Comparator, value: float64(t.Value), high: float64(t.High), down: d.Down}
	if g.slack = math.Abs(g.value) / near; t.Comparator == indicator.Equal && t.Cumulative {
		g.down = false
	}
	gone := float64(year-t.BaseYear) / float64(max(1, t.Year-t.BaseYear))
	if gone >= 1 || t.Comparator == indicator.AtMost || t.Comparator == indicator.About || t.Comparator == indicator.Between {
		return g
	}
	from := float64(t.Base)
	if t.Cumulative {
		from = 0
	}
	g.value = from + (g.value-from)*gone
	return g
}

// weigh makes an outlook of outcomes.
func weigh(o *indicator.Outlook, outcomes []float64, g *goal) {
	slices.Sort(outcomes)
	sum, met := 0.0, 0
	for _, v := range outcomes {
		sum += v
		if g != nil && g.met(v) {
			met++
		}
	}
	n := len(outcomes)
	o.Mean, o.Low, o.High = whole(sum/float64(n)), whole(outcomes[n/10]), whole(outcomes[n-1-n/10])
	if o.Chance = -1; g != nil {
		o.Wanted, o.Chance = whole(g.value), int64(met)*10000/int64(n)
	}
}

func whole(v float64) int64 { return int64(math.Round(v)) }

// pastError is how far off the same forecast was, made in the same month of the four years before one for their ends, knowing as many of
// their months as are known of this one's up to last: the mean of |said − came| ÷ came in ten-thousandths; −1 where no year can be compared.
func (c *course) pastError(this int, last indicator.Period) int64 {
	if c.first.IsYear() {
		return -1
	}
	known := c.at(last) + 1 - c.at(indicator.Period(this*100+1))
	sum, n := 0.0, 0
	for year := this - backYears; year < this; year++ {
		if said, came, ok := c.again(year, known); ok && came != 0 {
			sum, n = sum+math.Abs(mean(said)-came)/came, n+1
		}
	}
	if n == 0 {
		return -1
	}
	return whole(sum / float64(n) * 10000)
}
