package service

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Forget empties the receipts and stories of people whose data are anonymised: that something was done on a day stays for the figures.
// Somebody whose personnel archive the room has is not anonymised, see Held.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		args := []any{r.Sealer.Seal("[]")}
		for _, id := range part {
			args = append(args, id)
		}
		if _, err := tx.Exec(ctx, `UPDATE service_receipt SET lines_seal = $1 WHERE person_id IN (`+db.In(2, len(part))+`)`, args...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE service_story SET `+noWords+`, reason = '档案已匿名化', person_id = 0 WHERE person_id IN (`+db.In(1, len(part))+`)`, args[1:]...); err != nil {
			return err
		}
	}
	return nil
}
