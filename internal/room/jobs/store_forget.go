package jobs

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Forget drops what identifies people for good: wishes, searches and interviews go, applications stay as numbers without
// names and words.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 1000) {
		in := ` WHERE person_id IN (` + db.In(1, len(part)) + `)`
		for _, query := range []string{`DELETE FROM jobs_wish`, `DELETE FROM jobs_saved`, `DELETE FROM jobs_interview`, `DELETE FROM jobs_match`, `DELETE FROM jobs_exposure`,
			`UPDATE jobs_application SET note = ''`, `UPDATE jobs_application_step SET note = '', by_name = ''`} {
			if _, err := tx.Exec(ctx, query+in, db.Args(part)...); err != nil {
				return err
			}
		}
	}
	return nil
}
