package jobs

import (
	"context"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/db"
)

// replaceMatches puts people's new lists in the place of their old ones.
func (s store) replaceMatches(ctx context.Context, tx *db.Tx, people []int64, rows [][]any) error {
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_match WHERE person_id IN (`+db.In(1, len(people))+`)`, anys(people)...); err != nil {
		return err
	}
	return tx.Copy(ctx, "jobs_match", []string{"person_id", "vacancy_id", "place", "score", "reasons", "run"}, rows)
}

// addPart notes that a run has done a league. A second time changes nothing.
func (s store) addPart(ctx context.Context, tx *db.Tx, run int64, league string, p Summary) error {
	_, err := tx.Exec(ctx, `INSERT INTO jobs_match_part (run, league, people, matched, pairs, vacancies, openings, crowded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (run, league) DO NOTHING`, run, league, p.People, p.Matched, p.Pairs, p.Vacancies, p.Openings, p.Crowded)
	return err
}

// part is what a run did in one league.
type part struct {
	league string
	Summary
}

// parts are the leagues that a run has done.
func (s store) parts(ctx context.Context, q db.Querier, run int64) ([]part, error) {
	return db.All(ctx, q, func(p *part) []any {
		return []any{&p.league, &p.People, &p.Matched, &p.Pairs, &p.Vacancies, &p.Openings, &p.Crowded}
	}, `SELECT league, people, matched, pairs, vacancies, openings, crowded FROM jobs_match_part WHERE run = $1 ORDER BY league`, run)
}

// endRun writes down what a whole run did and removes what older runs left: lists of people whom this one did not look at
// any more, and their parts. Two processes may both find that theirs was the last part; the second changes nothing.
func (s store) endRun(ctx context.Context, tx *db.Tx, run int64, day db.Date, began, ended time.Time, sum Summary) error {
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_match WHERE run < $1`, run); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM jobs_match_part WHERE run < $1`, run); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO jobs_run (run_id, day, began_at, ended_at, people, matched, pairs, vacancies, openings) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (run_id) DO NOTHING`, run, day, began.UnixMilli(), ended.UnixMilli(), sum.People, sum.Matched, sum.Pairs, sum.Vacancies, sum.Openings)
	return err
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
