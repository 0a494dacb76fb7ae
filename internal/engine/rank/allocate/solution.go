package allocate

import (
	"cmp"
	"slices"
)

// Solution is who is sent where.
type Solution struct {
	Market *Market
	Value  float64 // total value less charges, with the worth of first recommendations
	Bound  float64 // no allocation under the same options has a larger Value
	Step   float64 // of the last auction: Value is within Step × Pairs of the optimum
	Pairs  int     // recommendations given
	Bids   int
	start  []int32 // pairs of seeker i: start[i] to start[i+1]
	pairs  []int32 // best first
}

// Placed is a recommendation of a solution.
type Placed struct {
	Vacancy int     // position in Market.Vacancies
	ID      int64   // of the vacancy
	Chance  float64 // as it was given
	Value   float64 // weight × chance × benefit
}

// Of are seeker i's recommendations, the most valuable first; i is the position in Market.Seekers.
func (s *Solution) Of(i int) []Placed {
	list := s.pairs[s.start[i]:s.start[i+1]]
	out := make([]Placed, len(list))
	for k, p := range list {
		out[k] = s.Market.placed(p)
	}
	return out
}

func (m *Market) placed(pair int32) Placed {
	j := m.to[pair]
	return Placed{int(j), m.vacancies[j].ID, float64(m.chance[pair]), float64(m.value[pair])}
}

// Load is how many people are sent to each vacancy, in the order of Market.Vacancies.
func (s *Solution) Load() []int {
	out := make([]int, len(s.Market.vacancies))
	for _, p := range s.pairs {
		out[s.Market.to[p]]++
	}
	return out
}

// Gross is the total value without charges.
func (s *Solution) Gross() (sum float64) {
	for _, p := range s.pairs {
		sum += float64(s.Market.value[p])
	}
	return sum
}

// ExpectedHires is how many people each vacancy hires on average of those sent there.
func (s *Solution) ExpectedHires() []float64 {
	chances := make([][]float64, len(s.Market.vacancies))
	for _, p := range s.pairs {
		chances[s.Market.to[p]] = append(chances[s.Market.to[p]], float64(s.Market.chance[p]))
	}
	out := make([]float64, len(chances))
	for j, list := range chances {
		out[j] = ExpectedHires(min(s.Market.vacancies[j].Openings, len(list)), list)
	}
	return out
}

// ExpectedOffers is how many people have at least one offer on average, when an opening goes to each of those who are good
// enough with the same chance.
func (s *Solution) ExpectedOffers() (people float64) {
	hires, good := s.ExpectedHires(), make([]float64, len(s.Market.vacancies))
	for _, p := range s.pairs {
		good[s.Market.to[p]] += float64(s.Market.chance[p])
	}
	for i := range s.Market.seekers {
		none := 1.0
		for _, p := range s.pairs[s.start[i]:s.start[i+1]] {
			if j := s.Market.to[p]; good[j] > 0 {
				none *= 1 - float64(s.Market.chance[p])*hires[j]/good[j]
			}
		}
		people += 1 - none
	}
	return people
}

// OwnBest gives everybody their own most valuable vacancies, whoever else gets them: what allocations are compared with.
// It keeps to no invitations, and its Value and Bound are not set.
func OwnBest(m *Market, recommendations int) *Solution {
	s := &Solution{Market: m, start: make([]int32, 1, len(m.seekers)+1)}
	for i := range m.seekers {
		from := len(s.pairs)
		for p := m.start[i]; p < m.start[i+1]; p++ {
			if m.value[p] > 0 {
				s.pairs = append(s.pairs, p)
			}
		}
		slices.SortFunc(s.pairs[from:], m.byValue)
		s.pairs = s.pairs[:min(len(s.pairs), from+recommendations)]
		s.start = append(s.start, int32(len(s.pairs)))
	}
	s.Pairs = len(s.pairs)
	return s
}

// byValue puts the more valuable of two pairs first.
func (m *Market) byValue(x, y int32) int {
	return cmp.Or(cmp.Compare(m.value[y], m.value[x]), cmp.Compare(x, y))
}

// solution collects what is held, with the bound that the prices prove: by duality nobody can get more than every seeker's
// best choice at these prices and every vacancy's best income.
func (r *room) solution(step float64) *Solution {
	m := r.m
	s := &Solution{Market: m, Step: step, Bids: r.bids, start: make([]int32, 1, len(m.seekers)+1)}
	nets := make([]float64, 0, 64)
	for i := range m.seekers {
		from := len(s.pairs)
		nets = nets[:0]
		for p := m.start[i]; p < m.start[i+1]; p++ {
			if r.held[p] {
				s.pairs = append(s.pairs, p)
				s.Value += float64(m.value[p])
			}
			if net := float64(m.value[p]) - r.now[m.to[p]]; m.value[p] > 0 && net > r.least(int32(i), 0) {
				nets = append(nets, net)
			}
		}
		slices.SortFunc(s.pairs[from:], m.byValue)
		s.start = append(s.start, int32(len(s.pairs)))
		for k := range len(s.pairs) - from {
			s.Value -= r.least(int32(i), int16(k))
		}
		slices.Sort(nets)
		for k := range min(len(nets), r.o.Recommendations) {
			s.Bound += max(0, nets[len(nets)-1-k]-r.least(int32(i), int16(k)))
		}
	}
	for j := range m.vacancies {
		for k := r.first[j]; k < r.first[j+1]; k++ {
			s.Bound += max(0, r.now[j]-float64(r.charge[k]))
			if k < r.first[j]+r.count[j] {
				s.Value -= float64(r.charge[k])
			}
		}
	}
	s.Pairs = len(s.pairs)
	return s
}
