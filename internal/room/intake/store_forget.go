package intake

import (
	"context"
	"errors"
	"slices"

	"jiuye/internal/ground/db"
)

// Forget drops the source records of people whose data are anonymised: what the sources said of them is gone for good, and
// so is what stands in rows that were decided to be theirs, were laid beside them, or were rejected with their number. Rows that
// nobody could tell whose they are stay with their batch.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	if err := r.abandon(ctx, tx, personIDs); err != nil {
		return err
	}
	for part := range slices.Chunk(personIDs, 500) {
		if err := errors.Join(r.blank(ctx, tx, part), r.blankRejects(ctx, tx, part)); err != nil {
			return err
		}
		in := `(` + db.In(1, len(part)) + `)`
		for _, statement := range []string{`DELETE FROM intake_record WHERE person_id IN ` + in, `DELETE FROM intake_candidate WHERE person_id IN ` + in,
			`UPDATE intake_member SET row_seal = NULL WHERE row_seal IS NOT NULL AND cluster_id IN (SELECT cluster_id FROM intake_cluster WHERE person_id IN ` + in + `)`} {
			if _, err := tx.Exec(ctx, statement, db.Args(part)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// blank empties the rows that were decided to be theirs: row and decision stay, without a word in the cells.
func (r *Room) blank(ctx context.Context, tx *db.Tx, people []int64) error {
	type row struct {
		id   int64
		kind string
	}
	rows, err := db.All(ctx, tx, func(x *row) []any { return []any{&x.id, &x.kind} },
		`SELECT review_id, kind FROM intake_review WHERE person_id IN (`+db.In(1, len(people))+`) ORDER BY review_id`, db.Args(people)...)
	if err != nil {
		return err
	}
	for _, x := range rows {
		n := 0
		if t := r.Kinds.Of(x.kind); t != nil {
			n = len(t.Columns)
		}
		if _, err := tx.Exec(ctx, `UPDATE intake_review SET row_seal = $2, state = CASE WHEN state IN ('open', 'later') THEN 'other' ELSE state END, added = FALSE, version = version + 1
			WHERE review_id = $1`, x.id, r.sealCells(make([]string, n))); err != nil {
			return err
		}
	}
	return nil
}
