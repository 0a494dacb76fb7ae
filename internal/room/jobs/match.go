package jobs

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

const batch = 1000 // people whose rows are read or written at once

// Summary is what one run of Match did.
type Summary struct {
	People    int // registered unemployed
	Matched   int // of these, with at least one recommendation
	Pairs     int // recommendations kept
	Vacancies int // open ones
	Openings  int
	Nothing   int // people to whom nothing was dealt out: what they have is filled up from their own best
	Took      time.Duration
}

func (s *Summary) add(p Summary) {
	s.People += p.People
	s.Matched += p.Matched
	s.Pairs += p.Pairs
	s.Vacancies += p.Vacancies
	s.Openings += p.Openings
	s.Nothing += p.Nothing
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
	sum, left, err := r.matchLeague(ctx, p, league, run)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.addPart(ctx, tx, run.ID, league, sum, left) })
}

// EndMatch ends a run when all leagues are done, and tells what it did; whole is false before. The recommendations of 61 nights ago
// are judged with it.
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
	if err := r.Judge(ctx, db.On(r.today().AddDate(0, 0, -judgedAfter-1))); err != nil {
		return sum, true, err
	}
	return sum, true, r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.endRun(ctx, tx, run.ID, r.today(), began, ended, sum) })
}

// matchLeague deals a league's vacancies out and keeps everybody's list; left is what remains, for training.
func (r *Room) matchLeague(ctx context.Context, p progress.Reporter, league string, run Run) (sum Summary, left []allocate.Residue, err error) {
	seekers, err := r.People.Seekers(ctx, league, r.today(), person.Seeker{}, 0)
	if err != nil {
		return sum, nil, err
	}
	b, err := r.readBoard(ctx, league)
	if err != nil || len(seekers) == 0 && len(b.offers) == 0 {
		return sum, nil, err
	}
	sum.People, sum.Vacancies = len(seekers), len(b.offers)
	for _, o := range b.offers {
		sum.Openings += o.Left()
	}
	p.Step("推荐岗位 "+area.Name(league), 2*int64(len(seekers)))
	m, err := r.newMarket(ctx, b, seekers, func(n int) { p.Add(int64(n)) })
	if err != nil {
		return sum, nil, err
	}
	deal, err := m.deal(run)
	if err != nil {
		return sum, nil, err
	}
	left = deal.residual()
	for _, x := range left {
		sum.Nothing += x.Nothing
	}
	day := db.On(clock.DayOf(time.UnixMilli(run.Began)))
	for from := 0; from < len(m.people); from += batch {
		part := m.people[from:min(from+batch, len(m.people))]
		ids := make([]int64, len(part))
		var rows, shown [][]any
		for i := range part {
			list, exposed := deal.list(from + i)
			ids[i] = part[i].id
			for at, x := range list {
				why := m.board.index.Explain(part[i].seeker, x.Pick)
				reasons, err := json.Marshal(why.Grounds)
				if err != nil {
					return sum, nil, err
				}
				rows = append(rows, []any{ids[i], x.ID, at + 1, why.Score, string(reasons), run.ID, x.dealt})
			}
			for _, e := range exposed {
				shown = append(shown, []any{ids[i], run.ID, e.Rank, e.Vacancy, day, e.Policy, millionths(e.Probability)})
			}
			if len(list) > 0 {
				sum.Matched++
			}
		}
		sum.Pairs += len(rows)
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.replaceMatches(ctx, tx, run.ID, ids, rows, shown) }); err != nil {
			return sum, nil, err
		}
		p.Add(int64(len(part)))
	}
	return sum, left, nil
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
