package rank

// Index is a set of open vacancies, arranged so that a person need not be compared with each of them. It does not
// change after NewIndex and may be used by any number of goroutines.
type Index struct {
	vacancies   []Vacancy // in the order of groups
	groups      []group
	occupations []Occupation // distinct ones
	places      []Place      // distinct ones
}

// group is the vacancies of one occupation in one place.
type group struct {
	occupation, place int // in Index.occupations and Index.places
	from, to          int // in Index.vacancies
	low, high         int64
	education         int // the least that is asked for
}

// NewIndex arranges vacancies. Those without openings are left out.
func NewIndex(vacancies []Vacancy) *Index {
	ix := &Index{}
	type key struct{ occupation, place int }
	occupations, places, coded := map[Occupation]int{}, map[Place]int{}, map[[2]string]int{}
	members := map[key][]Vacancy{}
	var order []key
	for _, v := range vacancies {
		if v.Openings <= 0 {
			continue
		}
		texts := [2]string{v.Occupation, v.Title}
		if _, ok := coded[texts]; !ok {
			coded[texts] = number(occupations, &ix.occupations, v.occupation())
		}
		p := v.Place
		p.Area = p.Area[:min(len(p.Area), 9)]
		k := key{coded[texts], number(places, &ix.places, p)}
		if members[k] == nil {
			order = append(order, k)
		}
		members[k] = append(members[k], v)
	}
	for _, k := range order {
		g := group{occupation: k.occupation, place: k.place, from: len(ix.vacancies), education: 10}
		for _, v := range members[k] {
			g.low, g.high = max(g.low, v.PayLow), max(g.high, v.PayLow, v.PayHigh)
			if steps[v.Education] < steps[g.education] {
				g.education = v.Education
			}
			ix.vacancies = append(ix.vacancies, v)
		}
		g.to = len(ix.vacancies)
		ix.groups = append(ix.groups, g)
	}
	return ix
}

// number gives equal values equal numbers.
func number[T comparable](known map[T]int, list *[]T, v T) int {
	n, ok := known[v]
	if !ok {
		n = len(*list)
		known[v] = n
		*list = append(*list, v)
	}
	return n
}

// Len is the number of vacancies that can be recommended.
func (ix *Index) Len() int { return len(ix.vacancies) }

// Top gives the k best vacancies for a person: highest score first, then fewest applicants, then lowest id.
func Top(p Profile, ix *Index, k int) []Result { return Prepare(p).Top(ix, k) }

// Top is the package's Top for a profile that was prepared before.
func (s *Seeker) Top(ix *Index, k int) []Result {
	if k <= 0 {
		return nil
	}
	best := s.choose(ix, k)
	out := make([]Result, len(best))
	for i, b := range best {
		v := &ix.vacancies[b.at]
		grounds := s.grounds(*v, b.occupation)
		out[i] = Result{ID: v.ID, Score: b.score, Reasons: Reasons(grounds), Grounds: grounds}
	}
	return out
}
