package honest

import (
	"cmp"
	"math"
	"slices"
)

// Limits are the values above which a score becomes a finding.
type Limits map[Kind]float64

// Exact are the limits of kinds that need no experience: a thousandth of a sum, a figure below zero, one ratio to the last digit that chance brings once in a hundred thousand times, more zeros than one source in a hundred thousand has.
var Exact = Limits{Sum: .001, Falling: 0, Copy: 12, Round: 5}

// Usual are limits as honest panels of package trial set them, for at most one false finding in a hundred areas and years; docs/honest.md has the experiment.
var Usual = Limits{Sum: .001, Falling: 0, Copy: 12, Round: 5, Compare: 4, Inflate: 3.6, Shift: 3.8, TopUp: 2.6, Smooth: 1.2, Digits: 7}

// Shares are how the allowed share of false findings is divided among the kinds that are a matter of degree.
var Shares = map[Kind]float64{Compare: .05, Inflate: .4, Shift: .15, TopUp: .1, Smooth: .15, Digits: .05}

// Calibrate sets limits from the scores of years that are known to be honest: so that at most a share of all areas and years has a finding that it should not have.
func Calibrate(scores []Score, share float64) Limits {
	limits := Limits{}
	for k, v := range Exact {
		limits[k] = v
	}
	values := map[Kind][]float64{}
	type cell struct{ series, year int }
	cells := map[cell]bool{}
	for _, s := range scores {
		values[s.Kind] = append(values[s.Kind], s.Value)
		cells[cell{s.Series, s.Year}] = true
	}
	for k, list := range values {
		part, graded := Shares[k]
		if !graded {
			continue
		}
		slices.Sort(list)
		allowed := int(share * part * float64(len(cells)))
		limits[k] = list[max(0, len(list)-1-allowed)]
	}
	return limits
}

// Over says whether a score is a finding, and by how much its limit is passed: 1 is just there for graded kinds.
func (l Limits) Over(s *Score) (by float64, over bool) {
	limit, known := l[s.Kind]
	if !known || s.Value <= limit {
		return 0, false
	}
	return s.Value / math.Max(limit, 1e-9), true
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
		if _, over := l.Over(&scores[i]); over {
			out = append(out, Finding{scores[i], l[scores[i].Kind]})
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind)), cmp.Compare(b.Year, a.Year), cmp.Compare(a.Series, b.Series))
	})
	return out
}
