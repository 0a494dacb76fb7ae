package honest

import (
	"cmp"
	"maps"
	"slices"
)

// Limits are the values above which a score becomes a finding.
type Limits map[Kind]float64

// exact are the limits of kinds that need no experience: a thousandth of a sum, a figure below zero, one ratio to the last digit that chance brings once in a hundred thousand times, more zeros than one source in a hundred thousand has.
var exact = Limits{Sum: .001, Falling: 0, Copy: 12, Round: 5}

// Usual are the exact limits, and the others as honest panels of package trial set them, for at most one false finding in a hundred areas and years; docs/honest.md has the experiment.
var Usual = exact.with(Limits{Compare: 4, Inflate: 3.6, Shift: 3.8, TopUp: 2.6, Smooth: 1.2, Digits: 7})

// shares are how the allowed share of false findings is divided among the kinds that are a matter of degree.
var shares = map[Kind]float64{Compare: .05, Inflate: .4, Shift: .15, TopUp: .1, Smooth: .15, Digits: .05}

func (l Limits) with(others Limits) Limits {
	all := maps.Clone(l)
	maps.Copy(all, others)
	return all
}

// Calibrate sets limits from the scores of years that are known to be honest: so that at most a share of all areas and years has a finding that it should not have.
func Calibrate(scores []Score, share float64) Limits {
	limits := maps.Clone(exact)
	values := map[Kind][]float64{}
	type cell struct{ series, year int }
	cells := map[cell]bool{}
	for _, s := range scores {
		values[s.Kind] = append(values[s.Kind], s.Value)
		cells[cell{s.Series, s.Year}] = true
	}
	for k, list := range values {
		part, graded := shares[k]
		if !graded {
			continue
		}
		slices.Sort(list)
		allowed := int(share * part * float64(len(cells)))
		limits[k] = list[max(0, len(list)-1-allowed)]
	}
	return limits
}

// Over says whether a kind's value is a finding.
func (l Limits) Over(k Kind, value float64) bool {
	limit, known := l[k]
	return known && value > limit
}

// Finding is a score over its limit.
type Finding struct {
	Score
	Limit float64
}

// Findings are the scores over their limits, what is hard evidence first, then by year and area.
func (l Limits) Findings(scores []Score) []Finding {
	var out []Finding
	for i := range scores {
		if s := scores[i]; l.Over(s.Kind, s.Value) {
			out = append(out, Finding{s, l[s.Kind]})
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind)), cmp.Compare(b.Year, a.Year), cmp.Compare(a.Series, b.Series))
	})
	return out
}
