package plan

import (
	"math"
	"slices"

	"jiuye/internal/register/indicator"
)

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
