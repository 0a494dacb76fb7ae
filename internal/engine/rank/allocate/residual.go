package allocate

import (
	"cmp"
	"slices"
)

// Cell is where something stands in a table of two attributes, such as banner and occupation.
type Cell struct{ Area, Occupation string }

// Residue is what an allocation left over in one cell. Training needs are read from it: people without a recommendation
// in one occupation beside openings that nobody can be sent to in another.
type Residue struct {
	Cell
	Seekers  int     // in the market
	Nothing  int     // of these, without any recommendation
	Openings int     // in the market
	Unsought int     // of these, openings that nobody was sent to
	Unfilled float64 // of these, openings that stay open on average
}

// Residual adds up what a solution left over, by the cells of seekers and vacancies (positions in Market.Seekers and
// Market.Vacancies), in the order of area and occupation.
func (s *Solution) Residual(seeker, vacancy func(i int) Cell) []Residue {
	at := map[Cell]int{}
	var out []Residue
	of := func(c Cell) *Residue {
		k, known := at[c]
		if !known {
			k = len(out)
			at[c] = k
			out = append(out, Residue{Cell: c})
		}
		return &out[k]
	}
	for i := range s.Market.seekers {
		r := of(seeker(i))
		r.Seekers++
		if s.start[i] == s.start[i+1] {
			r.Nothing++
		}
	}
	load, hires := s.Load(), s.ExpectedHires()
	for j, v := range s.Market.vacancies {
		r := of(vacancy(j))
		open := max(0, v.Openings)
		r.Openings += open
		r.Unsought += max(0, open-load[j])
		r.Unfilled += float64(open) - hires[j]
	}
	slices.SortFunc(out, func(x, y Residue) int {
		return cmp.Or(cmp.Compare(x.Area, y.Area), cmp.Compare(x.Occupation, y.Occupation))
	})
	return out
}
