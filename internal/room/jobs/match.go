package jobs

import (
	"context"
	"encoding/json"
	"runtime"
	"slices"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

const (
	perPerson  = 10 // recommendations that are kept
	farthest   = 40 // how far down a person's list a first recommendation with room is looked for
	perOpening = 15 // people to whom one opening is the first recommendation
	batch      = 1000
)

// Summary is what one run of Match did.
type Summary struct {
	People    int // registered unemployed
	Matched   int // of these, with at least one recommendation
	Pairs     int // recommendations kept
	Vacancies int // open ones
	Openings  int
	Crowded   int // people whose list has no first place, because all their best have theirs filled
	Took      time.Duration
}

func (s *Summary) add(p Summary) {
	s.People += p.People
	s.Matched += p.Matched
	s.Pairs += p.Pairs
	s.Vacancies += p.Vacancies
	s.Openings += p.Openings
	s.Crowded += p.Crowded
}

// Run is one computation of everybody's recommendations. Its leagues are done in any order, by any processes, each once;
// the lists are the same.
type Run struct {
	ID    int64 `json:"id"`
	Began int64 `json:"began"` // unix ms
}

// Match recommends open vacancies of their league to everybody who is registered unemployed today, and replaces what the
// last run recommended. A run that was stopped leaves each person with a whole list, the old or the new one.
func (r *Room) Match(ctx context.Context, p progress.Reporter) (sum Summary, err error) {
	defer p.End()
	run, err := r.BeginMatch(ctx)
	if err != nil {
		return sum, err
	}
	for _, league := range area.Children("15") {
		if err := r.MatchLeague(ctx, p, run, league.Code); err != nil {
			return sum, err
		}
	}
	sum, _, err = r.EndMatch(ctx, run)
	return sum, err
}

// BeginMatch begins a run. Changes of occupation are counted anew when the last count is a week old.
func (r *Room) BeginMatch(ctx context.Context) (Run, error) {
	return Run{ID: r.IDs.Next(), Began: r.Clock.Now().UnixMilli()}, r.countMoves(ctx)
}

// MatchLeague does one league of a run, unless it is done.
func (r *Room) MatchLeague(ctx context.Context, p progress.Reporter, run Run, league string) error {
	done, err := r.store.parts(ctx, r.DB, run.ID)
	if err != nil || slices.ContainsFunc(done, func(p part) bool { return p.league == league }) {
		return err
	}
	sum, err := r.matchLeague(ctx, p, league, run.ID)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.addPart(ctx, tx, run.ID, league, sum) })
}

// EndMatch ends a run when all leagues are done, and tells what it did; whole is false before.
func (r *Room) EndMatch(ctx context.Context, run Run) (sum Summary, whole bool, err error) {
	done, err := r.store.parts(ctx, r.DB, run.ID)
	if err != nil || len(done) < len(area.Children("15")) {
		return sum, false, err
	}
	for _, p := range done {
		sum.add(p.Summary)
	}
	began, ended := time.UnixMilli(run.Began), r.Clock.Now()
	sum.Took = ended.Sub(began).Truncate(time.Millisecond)
	return sum, true, r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.endRun(ctx, tx, run.ID, r.today(), began, ended, sum) })
}

func (r *Room) matchLeague(ctx context.Context, p progress.Reporter, league string, run int64) (sum Summary, err error) {
	seekers, err := r.People.Seekers(ctx, league, r.today(), person.Seeker{}, 0)
	if err != nil {
		return sum, err
	}
	b, err := r.readBoard(ctx, league)
	if err != nil || len(seekers) == 0 && len(b.offers) == 0 {
		return sum, err
	}
	atlas, err := r.atlas(ctx)
	if err != nil {
		return sum, err
	}
	sum.People, sum.Vacancies = len(seekers), len(b.offers)
	for _, o := range b.offers {
		sum.Openings += o.Left()
	}
	p.Step("推荐岗位 "+area.Name(league), int64(len(seekers)))
	room := newSpread(b)
	for part := range slices.Chunk(seekers, batch) {
		ids := make([]int64, len(part))
		for i, s := range part {
			ids[i] = s.PersonID
		}
		living, err := r.living(ctx, ids)
		if err != nil {
			return sum, err
		}
		profiles, err := r.profiles(ctx, living)
		if err != nil {
			return sum, err
		}
		var rows [][]any
		for i, w := range room.fits(atlas, profiles) {
			list := room.recommend(w)
			for _, m := range list {
				reasons, err := json.Marshal(m.Grounds)
				if err != nil {
					return sum, err
				}
				rows = append(rows, []any{living[i].ID, m.ID, m.place, m.Score, string(reasons), run})
			}
			if len(list) > 0 {
				sum.Matched++
				if list[0].place != 1 {
					sum.Crowded++
				}
			}
		}
		sum.Pairs += len(rows)
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.replaceMatches(ctx, tx, ids, rows) }); err != nil {
			return sum, err
		}
		p.Add(int64(len(part)))
	}
	return sum, nil
}

// living are people's facts in the order of ids, without those who were merged into another file meanwhile, or died.
func (r *Room) living(ctx context.Context, ids []int64) ([]*person.Facts, error) {
	facts, err := r.People.FactsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	today := r.today().Time
	list := make([]*person.Facts, 0, len(ids))
	for _, id := range ids {
		if f := find(facts, id); f != nil && !f.Dead(today) {
			list = append(list, f)
		}
	}
	return list, nil
}

// fitting is what fits one person, best first.
type fitting struct {
	seeker *rank.Seeker
	best   []rank.Pick
}

// spread hands out first recommendations, so many for each opening.
type spread struct {
	index *rank.Index
	room  map[int64]int // first recommendations still free, by vacancy
}

func newSpread(b *board) *spread {
	s := &spread{index: b.index, room: make(map[int64]int, len(b.offers))}
	for _, o := range b.offers {
		s.room[o.ID] = perOpening * o.Left()
	}
	return s
}

// fits finds people's best vacancies, on all processors.
func (s *spread) fits(a *rank.Atlas, people []rank.Profile) []fitting {
	out := make([]fitting, len(people))
	s.index.Lists(a, people, perPerson, runtime.GOMAXPROCS(0), func(i int, seeker *rank.Seeker, best []rank.Pick) { out[i] = fitting{seeker, best} })
	return out
}

// placed is a recommendation with its place in a person's list, from 1.
type placed struct {
	rank.Result
	place int
}

// recommend gives a person the best vacancies: the best one with room first, the rest by score. The list begins with
// place 2 when none of the best has room.
func (s *spread) recommend(w fitting) []placed {
	list := w.best
	first := slices.IndexFunc(list, s.hasRoom)
	if first < 0 && len(list) == perPerson {
		further := s.index.Best(w.seeker, farthest)
		if at := slices.IndexFunc(further, s.hasRoom); at >= 0 {
			list = append(list[:perPerson-1], further[at])
			first = perPerson - 1
		}
	}
	place := 2
	out := make([]placed, 0, len(list))
	if first >= 0 {
		s.room[list[first].ID]--
		out = append(out, placed{s.index.Explain(w.seeker, list[first]), 1})
	}
	for i, m := range list {
		if i != first {
			out = append(out, placed{s.index.Explain(w.seeker, m), place})
			place++
		}
	}
	return out
}

func (s *spread) hasRoom(p rank.Pick) bool { return s.room[p.ID] > 0 }
