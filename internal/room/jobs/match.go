package jobs

import (
	"context"
	"encoding/json"
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

// Match recommends open vacancies of their league to everybody who is registered unemployed today, and replaces what the
// last run recommended. A run that was stopped leaves each person with a whole list, the old or the new one.
func (r *Room) Match(ctx context.Context, p progress.Reporter) (Summary, error) {
	var sum Summary
	began := r.Clock.Now()
	run := r.IDs.Next()
	defer p.End()
	for _, league := range area.Children("15") {
		if err := r.matchLeague(ctx, p, league, run, &sum); err != nil {
			return sum, err
		}
	}
	ended := r.Clock.Now()
	sum.Took = ended.Sub(began)
	return sum, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := r.store.forgetOtherRuns(ctx, tx, run); err != nil {
			return err
		}
		return r.store.addRun(ctx, tx, run, r.today(), began, ended, sum)
	})
}

func (r *Room) matchLeague(ctx context.Context, p progress.Reporter, league area.Area, run int64, sum *Summary) error {
	seekers, err := r.People.Seekers(ctx, league.Code, r.today(), person.Seeker{}, 0)
	if err != nil {
		return err
	}
	b, err := r.readBoard(ctx, league.Code)
	if err != nil || len(seekers) == 0 && len(b.offers) == 0 {
		return err
	}
	sum.People += len(seekers)
	sum.Vacancies += len(b.offers)
	for _, o := range b.offers {
		sum.Openings += o.Left()
	}
	p.Step("推荐岗位 "+league.Name, int64(len(seekers)))
	room := newSpread(b)
	for part := range slices.Chunk(seekers, batch) {
		ids := make([]int64, len(part))
		for i, s := range part {
			ids[i] = s.PersonID
		}
		facts, err := r.People.FactsOf(ctx, ids)
		if err != nil {
			return err
		}
		byID := make(map[int64]*person.Facts, len(facts))
		for _, f := range facts {
			byID[f.ID] = f
		}
		var rows [][]any
		for _, id := range ids {
			f := byID[id]
			if f == nil || f.Dead(r.today().Time) { // merged into another file meanwhile, or died
				continue
			}
			list := room.recommend(profileOf(f, r.today().Time))
			for _, m := range list {
				reasons, err := json.Marshal(m.Grounds)
				if err != nil {
					return err
				}
				rows = append(rows, []any{id, m.ID, m.place, m.Score, string(reasons), run})
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
			return err
		}
		p.Add(int64(len(part)))
	}
	return nil
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

// placed is a recommendation with its place in a person's list, from 1.
type placed struct {
	rank.Result
	place int
}

// recommend gives a person the best vacancies: the best one with room first, the rest by score. The list begins with
// place 2 when none of the best has room.
func (s *spread) recommend(p rank.Profile) []placed {
	seeker := rank.Prepare(p)
	list := seeker.Top(s.index, perPerson)
	first := slices.IndexFunc(list, s.hasRoom)
	if first < 0 && len(list) == perPerson {
		further := seeker.Top(s.index, farthest)
		if at := slices.IndexFunc(further, s.hasRoom); at >= 0 {
			list = append(list[:perPerson-1], further[at])
			first = perPerson - 1
		}
	}
	place := 2
	out := make([]placed, 0, len(list))
	if first >= 0 {
		s.room[list[first].ID]--
		out = append(out, placed{list[first], 1})
	}
	for i, m := range list {
		if i != first {
			out = append(out, placed{m, place})
			place++
		}
	}
	return out
}

func (s *spread) hasRoom(m rank.Result) bool { return s.room[m.ID] > 0 }
