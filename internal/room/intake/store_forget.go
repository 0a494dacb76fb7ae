package intake

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Forget drops the source records of people whose data are anonymised: what the sources said of them is gone for good.
// Rows that waited for a decision stay with their batch.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		if _, err := tx.Exec(ctx, `DELETE FROM intake_record WHERE person_id IN (`+db.In(1, len(part))+`)`, args...); err != nil {
			return err
		}
	}
	return nil
}
