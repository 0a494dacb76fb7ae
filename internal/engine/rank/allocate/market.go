package allocate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Seeker is somebody to whom work is recommended.
type Seeker struct {
	ID     int64
	Weight float64 // what a unit of this person's benefit counts; more for key groups; 0 counts as 1
}

// Vacancy is work with a number of openings that are still free.
type Vacancy struct {
	ID       int64
	Openings int
	Waiting  int // people who have applied and are not yet answered: whoever is sent there comes after them
}

// Candidate is a vacancy on a seeker's list.
type Candidate struct {
	Vacancy int64   // Vacancy.ID
	Chance  float64 // of being hired when sent there and an opening is still free, 0 to 1
	Benefit float64 // of being hired there; any unit, but one unit for the whole market; not negative
}

// Market is who may be sent where. It does not change once built; several goroutines may read it.
type Market struct {
	seekers   []Seeker
	vacancies []Vacancy
	start     []int32   // pairs of seeker i: start[i] to start[i+1]
	to        []int32   // by pair: position of the vacancy
	chance    []float32 // by pair
	value     []float32 // by pair: weight × chance × benefit
	lists     []int32   // by vacancy: on how many seekers' lists
}

// Builder collects a market; Add may come in any order and in any number of batches.
type Builder struct {
	at map[int64]int32
	m  Market
}

// NewMarket begins a market of these vacancies. Of vacancies with the same ID the last one counts.
func NewMarket(vacancies []Vacancy) *Builder {
	byID := make(map[int64]Vacancy, len(vacancies))
	for _, v := range vacancies {
		byID[v.ID] = v
	}
	b := &Builder{at: make(map[int64]int32, len(byID)), m: Market{start: []int32{0}, vacancies: make([]Vacancy, 0, len(byID))}}
	for _, v := range byID {
		b.m.vacancies = append(b.m.vacancies, v)
	}
	slices.SortFunc(b.m.vacancies, func(x, y Vacancy) int { return cmp.Compare(x.ID, y.ID) })
	for i, v := range b.m.vacancies {
		b.at[v.ID] = int32(i)
	}
	return b
}

// Add gives a seeker and the list of vacancies that may be recommended. Nothing is added when there is an error.
func (b *Builder) Add(s Seeker, list []Candidate) error {
	if s.Weight == 0 {
		s.Weight = 1
	}
	if !(s.Weight > 0) || math.IsInf(s.Weight, 0) {
		return fmt.Errorf("求职者 %d 的权重应为正数，现为 %v", s.ID, s.Weight)
	}
	if len(b.m.to)+len(list) > math.MaxInt32 {
		return fmt.Errorf("一次分配最多 %d 对，请按盟市分开", math.MaxInt32)
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(x, y Candidate) int { return cmp.Compare(x.Vacancy, y.Vacancy) })
	for i, c := range list {
		switch _, known := b.at[c.Vacancy]; {
		case !known:
			return fmt.Errorf("求职者 %d 的候选岗位 %d 不在岗位清单中", s.ID, c.Vacancy)
		case i > 0 && list[i-1].Vacancy == c.Vacancy:
			return fmt.Errorf("求职者 %d 的候选岗位 %d 出现了两次", s.ID, c.Vacancy)
		case !(c.Chance >= 0 && c.Chance <= 1):
			return fmt.Errorf("求职者 %d 对岗位 %d 的录用概率应在 0 到 1 之间，现为 %v", s.ID, c.Vacancy, c.Chance)
		case !(c.Benefit >= 0) || math.IsInf(c.Benefit, 0):
			return fmt.Errorf("求职者 %d 对岗位 %d 的收益不应为负，现为 %v", s.ID, c.Vacancy, c.Benefit)
		}
	}
	for _, c := range list {
		b.m.to = append(b.m.to, b.at[c.Vacancy])
		b.m.chance = append(b.m.chance, float32(c.Chance))
		b.m.value = append(b.m.value, float32(s.Weight*c.Chance*c.Benefit))
	}
	b.m.seekers = append(b.m.seekers, s)
	b.m.start = append(b.m.start, int32(len(b.m.to)))
	return nil
}

// Build puts the seekers in the order of their IDs. The builder is used up by it. A seeker who was added twice is an
// error, because both would be sent somewhere.
func (b *Builder) Build() (*Market, error) {
	m := &b.m
	byID := func(x, y Seeker) int { return cmp.Compare(x.ID, y.ID) }
	if !slices.IsSortedFunc(m.seekers, byID) {
		m = m.sorted()
	}
	for i := 1; i < len(m.seekers); i++ {
		if m.seekers[i].ID == m.seekers[i-1].ID {
			return nil, fmt.Errorf("求职者 %d 被加入了两次", m.seekers[i].ID)
		}
	}
	m.lists = make([]int32, len(m.vacancies))
	for _, j := range m.to {
		m.lists[j]++
	}
	return m, nil
}

// sorted is the market with seekers in the order of their IDs.
func (m *Market) sorted() *Market {
	order := make([]int, len(m.seekers))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(m.seekers[x].ID, m.seekers[y].ID) })
	out := &Market{vacancies: m.vacancies, start: make([]int32, 1, len(m.start)), seekers: make([]Seeker, 0, len(m.seekers)),
		to: make([]int32, 0, len(m.to)), chance: make([]float32, 0, len(m.to)), value: make([]float32, 0, len(m.to))}
	for _, i := range order {
		a, z := m.start[i], m.start[i+1]
		out.seekers = append(out.seekers, m.seekers[i])
		out.to = append(out.to, m.to[a:z]...)
		out.chance = append(out.chance, m.chance[a:z]...)
		out.value = append(out.value, m.value[a:z]...)
		out.start = append(out.start, int32(len(out.to)))
	}
	return out
}

// Seekers are in the order of their IDs. Do not change them.
func (m *Market) Seekers() []Seeker { return m.seekers }

// Vacancies are in the order of their IDs. Do not change them.
func (m *Market) Vacancies() []Vacancy { return m.vacancies }

// Pairs is how many pairs of a seeker and a vacancy there are.
func (m *Market) Pairs() int { return len(m.to) }

// List is everything that seeker i may be sent to, the most valuable first.
func (m *Market) List(i int) []Placed {
	a, z := m.start[i], m.start[i+1]
	out := make([]Placed, 0, z-a)
	for p := a; p < z; p++ {
		out = append(out, m.placed(p))
	}
	slices.SortStableFunc(out, func(x, y Placed) int { return cmp.Compare(y.Value, x.Value) })
	return out
}
