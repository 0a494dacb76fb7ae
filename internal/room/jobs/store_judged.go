package jobs

import (
	"context"

	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
)

// outcome is one recommendation of a night with what came of it.
type outcome struct {
	allocate.Exposure
	run            int64
	league         string
	millionths     int64
	applied, hired bool
}

// eachOutcome goes through what was shown in the runs of a day, in the order of people and runs, with what came of it from one moment until another, unix ms.
func (s store) eachOutcome(ctx context.Context, day db.Date, from, until int64, yield func(*outcome) error) error {
	type row struct {
		outcome
		area string
	}
	return db.Each(ctx, s, func(x *row) []any {
		return []any{&x.Seeker, &x.run, &x.Vacancy, &x.Rank, &x.Policy, &x.millionths, &x.area, &x.applied, &x.hired}
	}, func(x *row) error {
		x.Probability, x.league = float64(x.millionths)/1e6, area.At(x.area, area.League)
		return yield(&x.outcome)
	}, `SELECT e.person_id, e.run, e.vacancy_id, e.place, e.policy, e.probability, p.area,
			a.person_id IS NOT NULL AND a.state <> 'referred', COALESCE(a.state = 'hired' AND a.updated_at < $1, FALSE)
		FROM jobs_exposure e JOIN person p ON p.person_id = e.person_id
		LEFT JOIN jobs_application a ON a.person_id = e.person_id AND a.vacancy_id = e.vacancy_id AND a.created_at >= $2 AND a.created_at < $3
		WHERE e.day = $4 ORDER BY e.person_id, e.run, e.place`, until, from, until, day)
}

// putJudged keeps what was made of a day; doing it again changes nothing.
func (s store) putJudged(ctx context.Context, tx *db.Tx, day db.Date, list map[judgedKey]*judged) error {
	columns := []string{"day", "league", "rule", "outcome", "people", "events", "total", "squares"}
	var rows [][]any
	for k, j := range list {
		rows = append(rows, []any{day, k.league, k.rule, k.outcome, j.People, j.Events, int64(j.Total * 1e6), int64(j.Squares * 1e6)})
	}
	return tx.Upsert(ctx, "jobs_judged", columns, columns[:4], rows)
}

// judgedOf are the nights of an area's subtree since a day, in the order of days.
func (s store) judgedOf(ctx context.Context, where string, since db.Date) ([]night, error) {
	low, high := db.Under(where)
	type row struct {
		night
		total, squares int64
	}
	var out []night
	err := db.Each(ctx, s, func(x *row) []any {
		return []any{&x.day, &x.rule, &x.outcome, &x.People, &x.Events, &x.total, &x.squares}
	}, func(x *row) error {
		x.Total, x.Squares = float64(x.total)/1e6, float64(x.squares)/1e6
		out = append(out, x.night)
		return nil
	}, `SELECT day, rule, outcome, SUM(people), SUM(events), SUM(total), SUM(squares) FROM jobs_judged
		WHERE league >= $1 AND league < $2 AND day >= $3 GROUP BY day, rule, outcome ORDER BY day, rule, outcome`, low, high, since)
	return out, err
}
