package intake

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
)

func addWithdrawal(ctx context.Context, tx *db.Tx, w *Withdrawal) error {
	_, err := tx.Exec(ctx, `INSERT INTO intake_withdrawal (batch_id, reason, by_id, by_name, asked_at, ended_at, person_after, unit_after, records, people, removed, held, units, reviews, why_held)
		VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0, 0, 0, 0, $6)`, w.BatchID, w.Reason, w.ByID, w.ByName, w.AskedAt, w.why())
	return err
}

func findWithdrawal(ctx context.Context, q db.Querier, batchID int64) (w Withdrawal, found bool, err error) {
	type row struct {
		Withdrawal
		why string
	}
	v, found, err := db.One(ctx, q, func(v *row) []any {
		return []any{&v.BatchID, &v.Reason, &v.ByID, &v.ByName, &v.AskedAt, &v.EndedAt, &v.personAfter, &v.unitAfter, &v.Records, &v.People, &v.Removed, &v.Held, &v.Units, &v.Reviews, &v.why}
	}, `SELECT batch_id, reason, by_id, by_name, asked_at, ended_at, person_after, unit_after, records, people, removed, held, units, reviews, why_held
		FROM intake_withdrawal WHERE batch_id = $1 ORDER BY batch_id`, batchID)
	if err == nil && found {
		err = json.Unmarshal([]byte(v.why), &v.WhyHeld)
	}
	return v.Withdrawal, found, err
}

// setWithdrawal moves a withdrawal on from where it stood. Of two programs at once the second one's work is rolled back.
func setWithdrawal(ctx context.Context, tx *db.Tx, was, w *Withdrawal) error {
	n, err := tx.Exec(ctx, `UPDATE intake_withdrawal SET ended_at = $4, person_after = $5, unit_after = $6, records = $7, people = $8, removed = $9, held = $10, units = $11, reviews = $12, why_held = $13
		WHERE batch_id = $1 AND person_after = $2 AND unit_after = $3 AND ended_at = 0`,
		w.BatchID, was.personAfter, was.unitAfter, w.EndedAt, w.personAfter, w.unitAfter, w.Records, w.People, w.Removed, w.Held, w.Units, w.Reviews, w.why())
	if err == nil && n == 0 {
		err = otherRun()
	}
	return err
}

// closeReviews closes what waits of a batch and frees its rows, also of those that went into a file, to wait again with
// another delivery; what was decided to be somebody else's stays decided. Sheets count as read no more.
func closeReviews(ctx context.Context, tx *db.Tx, batchID, at int64) (closed int64, err error) {
	if closed, err = tx.Exec(ctx, `UPDATE intake_review SET state = 'withdrawn', row_key = row_seal, decided_at = $2, version = version + 1
		WHERE batch_id = $1 AND state IN ('open', 'later')`, batchID, at); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, `UPDATE intake_review SET state = 'withdrawn', row_key = row_seal, version = version + 1
		WHERE batch_id = $1 AND state IN ('same', 'settled')`, batchID); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `UPDATE intake_file SET state = 'withdrawn' WHERE batch_id = $1 AND state IN ('done', 'failed', 'waiting', 'running')`, batchID)
	return closed, err
}

// removals is how many people withdrawals have taken out of the register: when it grows, what a run remembers of people
// may be gone.
func removals(ctx context.Context, q db.Querier) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT coalesce(sum(removed), 0) FROM intake_withdrawal`)
}

// reopenRow puts a row on the review list: the item that decided about it before, if there is one, or a new one.
func reopenRow(ctx context.Context, tx *db.Tx, r *Room, v Review, s *Said, file string) error {
	n, err := tx.Exec(ctx, `UPDATE intake_review SET state = 'open', why = $4, person_id = $5, added = FALSE, decided_at = 0, decided_by = 0, decider = '', reason = '', version = version + 1
		WHERE batch_id = $1 AND file_id = $2 AND row_number = $3 AND state IN ('same', 'settled')`, s.Batch, s.File, s.Row, v.Why, v.PersonID)
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO intake_review (review_id, area, state, why, kind, batch_id, file_id, file_name, row_number, person_id, row_key, row_seal, added,
		created_at, decided_at, decided_by, decider, reason, version) VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10, $11, FALSE, $12, 0, 0, '', '', 1)
		ON CONFLICT (row_key) DO UPDATE SET state = 'open', person_id = excluded.person_id, version = intake_review.version + 1`,
		r.IDs.Next(), v.Area, v.Why, v.Kind, s.Batch, s.File, file, s.Row, v.PersonID, v.key, v.sealed, r.Clock.Now().UnixMilli())
	return err
}

// countOfBatch is how many live records a batch has, and of how many people.
func countOfBatch(ctx context.Context, q db.Querier, batchID int64) (records, people int64, err error) {
	type pair struct{ records, people int64 }
	v, _, err := db.One(ctx, q, func(p *pair) []any { return []any{&p.records, &p.people} },
		`SELECT count(*), count(DISTINCT person_id) FROM intake_record WHERE batch_id = $1 AND ended_at = 0`, batchID)
	return v.records, v.people, err
}
