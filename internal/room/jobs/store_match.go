package jobs

import (
	"context"
	"math"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/ground/db"
)

// replaceMatches puts people's new lists in the place of their old ones, and notes what of them was shown first.
func (s store) replaceMatches(ctx context.Context, tx *db.Tx, run int64, people []int64, rows, shown [][]any) error {
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_match WHERE person_id IN (`+db.In(1, len(people))+`)`, db.Args(people)...); err != nil {
		return err
	}
	if err := tx.Copy(ctx, "jobs_match", []string{"person_id", "vacancy_id", "place", "score", "reasons", "run", "dealt"}, rows); err != nil {
		return err
	}
	// a run that was stopped in the midst of a league does it again
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_exposure WHERE run = $1 AND person_id IN (`+db.In(2, len(people))+`)`, append([]any{run}, db.Args(people)...)...); err != nil {
		return err
	}
	return tx.Copy(ctx, "jobs_exposure", []string{"person_id", "run", "place", "vacancy_id", "day", "policy", "probability"}, shown)
}

// addPart notes that a run has done a league, and what was left over there. A second time changes nothing.
func (s store) addPart(ctx context.Context, tx *db.Tx, run int64, league string, p Summary, left []allocate.Residue) error {
	n, err := tx.Exec(ctx, `INSERT INTO jobs_match_part (run, league, people, matched, pairs, vacancies, openings, crowded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (run, league) DO NOTHING`, run, league, p.People, p.Matched, p.Pairs, p.Vacancies, p.Openings, p.Nothing)
	if err != nil || n == 0 {
		return err
	}
	rows := make([][]any, len(left))
	for i, x := range left {
		rows[i] = []any{run, x.Area, x.Occupation, x.Seekers, x.Nothing, x.Openings, x.Unsought, int(math.Round(x.Unfilled * 100))}
	}
	return tx.Copy(ctx, "jobs_residual", []string{"run", "area", "occupation", "seekers", "without", "openings", "unsought", "unfilled"}, rows)
}

// part is what a run did in one league.
type part struct {
	league string
	Summary
}

// parts are the leagues that a run has done.
func (s store) parts(ctx context.Context, q db.Querier, run int64) ([]part, error) {
	return db.All(ctx, q, func(p *part) []any {
		return []any{&p.league, &p.People, &p.Matched, &p.Pairs, &p.Vacancies, &p.Openings, &p.Nothing}
	}, `SELECT league, people, matched, pairs, vacancies, openings, crowded FROM jobs_match_part WHERE run = $1 ORDER BY league`, run)
}

// How long is kept what runs showed first, and what they left over, in days.
const (
	exposureDays = 90
	residualDays = 400 // a year to compare with
)

// endRun writes down what a whole run did and removes what older runs left: lists of people whom this one did not look at
// any more, and their parts. Two processes may both find that theirs was the last part; the second changes nothing.
func (s store) endRun(ctx context.Context, tx *db.Tx, run int64, day db.Date, began, ended time.Time, sum Summary) error {
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_match WHERE run < $1`, run); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_match_part WHERE run < $1`, run); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_exposure WHERE day < $1`, db.On(day.AddDate(0, 0, -exposureDays))); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_residual WHERE run < $1 AND run NOT IN (SELECT run_id FROM jobs_run WHERE day >= $2)`, run,
		db.On(day.AddDate(0, 0, -residualDays))); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO jobs_run (run_id, day, began_at, ended_at, people, matched, pairs, vacancies, openings) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (run_id) DO NOTHING`, run, day, began.UnixMilli(), ended.UnixMilli(), sum.People, sum.Matched, sum.Pairs, sum.Vacancies, sum.Openings)
	return err
}

// residual is what the last whole run left over in an area's subtree, and that run's day; zero before the first.
func (s store) residual(ctx context.Context, area string) (list []allocate.Residue, day db.Date, err error) {
	run, err := db.Value[int64](ctx, s, `SELECT run_id FROM jobs_run ORDER BY run_id DESC LIMIT 1`)
	if err != nil || run == 0 {
		return nil, day, err
	}
	if day, err = s.lastRun(ctx); err != nil {
		return nil, day, err
	}
	low, high := db.Under(area)
	type row struct {
		allocate.Residue
		hundredths int
	}
	err = db.Each(ctx, s, func(x *row) []any {
		return []any{&x.Area, &x.Occupation, &x.Seekers, &x.Nothing, &x.Openings, &x.Unsought, &x.hundredths}
	}, func(x *row) error {
		x.Unfilled = float64(x.hundredths) / 100
		list = append(list, x.Residue)
		return nil
	}, `SELECT area, occupation, seekers, without, openings, unsought, unfilled FROM jobs_residual WHERE run = $1 AND area >= $2 AND area < $3 ORDER BY area, occupation`, run, low, high)
	return list, day, err
}

// waiting counts the applications to many vacancies that wait for an answer.
func (s store) waiting(ctx context.Context, ids []int64) (map[int64]int, error) {
	return s.tally(ctx, `SELECT vacancy_id, count(*) FROM jobs_application WHERE state IN ('sent', 'viewed', 'interview', 'offered') AND vacancy_id IN (%) GROUP BY vacancy_id ORDER BY vacancy_id`, ids)
}

// lastRun is the day of the last run; zero before the first.
func (s store) lastRun(ctx context.Context) (db.Date, error) {
	return db.Value[db.Date](ctx, s, `SELECT day FROM jobs_run ORDER BY run_id DESC LIMIT 1`)
}

// movesCounted is when changes of occupation were counted last, and the number of that counting; zero before the first.
func (s store) movesCounted(ctx context.Context) (version int64, day db.Date, err error) {
	if version, err = db.Value[int64](ctx, s, `SELECT version FROM jobs_move_counted ORDER BY version DESC LIMIT 1`); err != nil || version == 0 {
		return version, day, err
	}
	day, err = db.Value[db.Date](ctx, s, `SELECT day FROM jobs_move_counted WHERE version = $1 ORDER BY version`, version)
	return version, day, err
}

func (s store) moves(ctx context.Context) ([]rank.Move, error) {
	return db.All(ctx, s, func(m *rank.Move) []any { return []any{&m.From, &m.To, &m.Count} }, `SELECT from_code, to_code, people FROM jobs_move ORDER BY from_code, to_code`)
}

func (s store) putMoves(ctx context.Context, tx *db.Tx, version int64, day db.Date, list []rank.Move) error {
	for _, query := range []string{`DELETE FROM jobs_move`, `DELETE FROM jobs_move_counted`} {
		if _, err := tx.Exec(ctx, query); err != nil {
			return err
		}
	}
	rows := make([][]any, len(list))
	for i, m := range list {
		rows[i] = []any{m.From, m.To, m.Count}
	}
	if err := tx.Copy(ctx, "jobs_move", []string{"from_code", "to_code", "people"}, rows); err != nil {
		return err
	}
	return tx.Copy(ctx, "jobs_move_counted", []string{"version", "day"}, [][]any{{version, day}})
}
