package jobs

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
)

func stateArgs(states []State) []any {
	out := make([]any, len(states))
	for i, s := range states {
		out[i] = string(s)
	}
	return out
}

// silent are applications that stand in some states since before an instant, the oldest first.
func (s store) silent(ctx context.Context, q db.Querier, states []State, before int64, limit int) ([]Application, error) {
	return db.All(ctx, q, (*Application).fields, `SELECT `+applicationColumns+` FROM jobs_application
		WHERE updated_at < $1 AND state IN (`+db.In(3, len(states))+`) ORDER BY updated_at, person_id, vacancy_id LIMIT $2`,
		append([]any{before, limit}, stateArgs(states)...)...)
}

// shut closes the first of what stands in some states, up to and with the last of a list of silent, and writes their steps.
func (s store) shut(ctx context.Context, tx *db.Tx, states []State, list []Application, reason string, now time.Time) error {
	last := list[len(list)-1]
	args := append([]any{last.UpdatedAt, last.PersonID, last.VacancyID, reason, now.UnixMilli()}, stateArgs(states)...)
	where := ` WHERE (updated_at, person_id, vacancy_id) <= ($1, $2, $3) AND state IN (` + db.In(6, len(states)) + `)`
	if _, err := tx.Exec(ctx, `INSERT INTO jobs_application_step (person_id, vacancy_id, version, state, note, by_id, by_name, at, reason)
		SELECT person_id, vacancy_id, version + 1, 'closed', '', 0, '系统', CAST($5 AS BIGINT), CAST($4 AS TEXT) FROM jobs_application`+where, args...); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE jobs_application SET state = 'closed', reason = $4, note = '', updated_at = $5, version = version + 1`+where, args...)
	return err
}

// unanswered is a vacancy for which people wait to be answered.
type unanswered struct {
	employerID, vacancyID, since int64
	n                            int
}

// waitingAt are vacancies for which somebody has waited since before an instant, in the order of their ids behind one.
func (s store) waitingAt(ctx context.Context, before, after int64, limit int) ([]unanswered, error) {
	return db.All(ctx, s, func(w *unanswered) []any { return []any{&w.employerID, &w.vacancyID, &w.n, &w.since} },
		`SELECT max(employer_id), vacancy_id, count(*), min(updated_at) FROM jobs_application
		WHERE state IN ('sent', 'viewed') AND updated_at < $1 AND vacancy_id > $2 GROUP BY vacancy_id ORDER BY vacancy_id LIMIT $3`, before, after, limit)
}
