package jobs

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/ground/clock"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

const (
	perPerson   = 10   // recommendations that are kept
	candidates  = 40   // of a person's best vacancies that the auction may deal to them
	perOpening  = 15   // people to whom one opening is dealt at most
	firstPlaces = 3    // of a list that are drawn at random for some people, and of which is noted how probable they were
	explored    = 0.05 // share of these people
	// policy is the version of what decides on the first places. Change it with the weights of rank or the figures above:
	// what was shown under two policies must not be mixed up.
	policy = "auction-1"
)

// market is a league's vacancies and the people to whom they are dealt out.
type market struct {
	board   *board
	waiting map[int64]int // applicants without an answer, by vacancy
	people  []looker      // in the order of ids
}

// looker is somebody who looks for work, with what fits best.
type looker struct {
	id     int64
	seeker *rank.Seeker
	best   []rank.Pick
	weight float64
	cell   allocate.Cell
}

// newMarket finds everybody's best vacancies, on all processors.
func (r *Room) newMarket(ctx context.Context, b *board, seekers []person.Seeker, done func(people int)) (*market, error) {
	ids := make([]int64, len(b.offers))
	for i, o := range b.offers {
		ids[i] = o.ID
	}
	waiting, err := r.store.waiting(ctx, ids)
	if err != nil {
		return nil, err
	}
	atlas, err := r.atlas(ctx)
	if err != nil {
		return nil, err
	}
	m := &market{board: b, waiting: waiting, people: make([]looker, 0, len(seekers))}
	for part := range slices.Chunk(seekers, batch) {
		ids := make([]int64, len(part))
		for i, s := range part {
			ids[i] = s.PersonID
		}
		living, err := r.living(ctx, ids)
		if err != nil {
			return nil, err
		}
		profiles, err := r.profiles(ctx, living)
		if err != nil {
			return nil, err
		}
		from := len(m.people)
		for i, f := range living {
			m.people = append(m.people, looker{id: f.ID, weight: float64(profiles[i].Weight) / ordinary,
				cell: allocate.Cell{Area: area.At(f.Area, area.Banner), Occupation: trade(&profiles[i])}})
		}
		b.index.Lists(atlas, profiles, candidates, runtime.GOMAXPROCS(0), func(i int, s *rank.Seeker, best []rank.Pick) {
			m.people[from+i].seeker, m.people[from+i].best = s, best
		})
		done(len(part))
	}
	slices.SortFunc(m.people, func(a, b looker) int { return cmp.Compare(a.id, b.id) })
	return m, nil
}

// trade is the occupation that somebody is counted under: the first one wished for or, without a wish, of what was learnt or
// done; "" when none is known.
func trade(p *rank.Profile) string {
	for _, list := range [][]rank.Work{p.Wish, p.Certified, p.Trained, p.Past} {
		for _, w := range list {
			if w.Code != "" {
				return w.Code
			}
		}
	}
	return ""
}

// deal is a market dealt out.
type deal struct {
	*market
	*allocate.Solution
	explorer allocate.Explorer
}

// deal deals the vacancies out. Which people see random first places depends on the run's day, so that a run that is
// repeated shows the same.
func (m *market) deal(run Run) (*deal, error) {
	vacancies := make([]allocate.Vacancy, 0, len(m.board.offers))
	for _, o := range m.board.offers {
		vacancies = append(vacancies, allocate.Vacancy{ID: o.ID, Openings: o.Left(), Waiting: m.waiting[o.ID]})
	}
	b := allocate.NewMarket(vacancies)
	list := make([]allocate.Candidate, 0, candidates)
	for i := range m.people {
		p := &m.people[i]
		list = list[:0]
		for _, x := range p.best {
			chance, benefit := m.board.index.Odds(p.seeker, x)
			list = append(list, allocate.Candidate{Vacancy: x.ID, Chance: chance, Benefit: benefit})
		}
		if err := b.Add(allocate.Seeker{ID: p.id, Weight: p.weight}, list); err != nil {
			return nil, err
		}
	}
	built, err := b.Build()
	if err != nil {
		return nil, err
	}
	s, err := allocate.Auction(built, allocate.Options{Recommendations: perPerson, Invitations: perOpening, Congestion: 1, First: 1})
	if err != nil {
		return nil, err
	}
	seed := uint64(numberOfDay(clock.DayOf(time.UnixMilli(run.Began))))
	return &deal{m, s, allocate.Explorer{Policy: policy, Share: explored, Recommendations: firstPlaces, Seed: seed}}, nil
}

// entry is one line of a person's list.
type entry struct {
	rank.Pick
	dealt int // 1: by the auction
}

// list is a person's list in the order of places, with how probable its first ones were: those, then the others that were
// dealt out, then, up to ten, the best that were not.
func (d *deal) list(person int) ([]entry, []allocate.Exposure) {
	best := d.people[person].best
	dealt := map[int64]int{}
	for _, p := range d.Of(person) {
		dealt[p.ID] = 1
	}
	first := d.explorer.Show(d.Solution, person)
	order := make([]entry, 0, len(best))
	for _, x := range best {
		order = append(order, entry{x, dealt[x.ID]})
	}
	place := func(e entry) int {
		if at := slices.IndexFunc(first, func(x allocate.Exposure) bool { return x.Vacancy == e.ID }); at >= 0 {
			return at
		}
		return firstPlaces + 1 - e.dealt
	}
	slices.SortStableFunc(order, func(a, b entry) int { return cmp.Compare(place(a), place(b)) })
	return order[:min(perPerson, len(order))], first
}

// residual is what is left over by banner and occupation.
func (d *deal) residual() []allocate.Residue {
	return d.Residual(func(i int) allocate.Cell { return d.people[i].cell }, func(j int) allocate.Cell {
		o := d.board.byID[d.Market.Vacancies()[j].ID]
		return allocate.Cell{Area: area.At(o.Area, area.Banner), Occupation: o.ranked.Work.Code}
	})
}

func millionths(share float64) int { return int(math.Round(share * 1e6)) }
