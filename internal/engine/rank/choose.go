package rank

import (
	"cmp"
	"container/heap"
	"slices"
)

// found is a vacancy with its score for one person.
type found struct {
	at         int // in Index.vacancies
	score      int
	applicants int
	id         int64
	occupation Occupation
}

// better orders results: highest score, then fewest applicants, then lowest id. No two are equal.
func better(a, b found) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.applicants, b.applicants), cmp.Compare(a.id, b.id))
}

// worst is a heap with the worst of the best on top.
type worst []found

func (w worst) Len() int           { return len(w) }
func (w worst) Less(i, j int) bool { return better(w[i], w[j]) > 0 }
func (w worst) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *worst) Push(x any)        { *w = append(*w, x.(found)) }
func (w *worst) Pop() any          { old := *w; x := old[len(old)-1]; *w = old[:len(old)-1]; return x }

// choose goes through the groups by the best score any of their vacancies can reach, and stops when no group left can
// change the answer. A group that can only draw level is looked into: ties are decided by applicants.
func (s *Seeker) choose(ix *Index, k int) []found {
	kin, near := s.parts(ix)
	var at [most + 1]int32 // where groups of each bound begin, the highest bound first
	bounds := make([]int16, len(ix.groups))
	for i := range ix.groups {
		g := &ix.groups[i]
		bound := kin[g.occupation] + near[g.place] + s.pay(g.low, g.high) + s.education(g.education)
		bounds[i] = int16(bound)
		at[bound]++
	}
	next := int32(0)
	for b := most; b >= 0; b-- {
		at[b], next = next, next+at[b]
	}
	order := make([]int32, len(ix.groups))
	for i, b := range bounds {
		order[at[b]] = int32(i)
		at[b]++
	}

	best := make(worst, 0, min(k, len(ix.vacancies))+1)
	for _, i := range order {
		if len(best) == k && int(bounds[i]) < best[0].score {
			break
		}
		g := &ix.groups[i]
		fixed := kin[g.occupation] + near[g.place]
		for j := g.from; j < g.to; j++ {
			v := &ix.vacancies[j]
			f := found{at: j, applicants: v.Applicants, id: v.ID, occupation: ix.occupations[g.occupation],
				score: fixed + s.pay(v.PayLow, v.PayHigh) + s.education(v.Education)}
			switch {
			case len(best) < k:
				heap.Push(&best, f)
			case better(f, best[0]) < 0:
				best[0] = f
				heap.Fix(&best, 0)
			}
		}
	}
	slices.SortFunc(best, better)
	return best
}

// parts are the points for each occupation and each place of the index.
func (s *Seeker) parts(ix *Index) (kin, near []int) {
	kin, near = make([]int, len(ix.occupations)), make([]int, len(ix.places))
	for i, o := range ix.occupations {
		kin[i] = s.occupation(o)
	}
	for i, p := range ix.places {
		near[i] = s.place(p)
	}
	return kin, near
}
