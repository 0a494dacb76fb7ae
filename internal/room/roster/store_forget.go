package roster

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Forget drops the words about people whose data are anonymised, and where exactly they lived: when they were on which list
// stays for the figures, which count by township.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		for _, statement := range []string{
			`UPDATE roster_note SET text = '' WHERE person_id IN `, `UPDATE roster_manual SET reason = '' WHERE person_id IN `,
			`UPDATE roster_entry SET area = substr(area, 1, 9) || '000', household_id = 0, version = version + 1 WHERE person_id IN `} {
			if _, err := tx.Exec(ctx, statement+`(`+db.In(1, len(part))+`)`, args...); err != nil {
				return err
			}
		}
	}
	return nil
}
