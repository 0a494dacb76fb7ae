package intake

import (
	"context"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
)

// lookedAt is how many rejected rows of before are looked at in one transaction.
const lookedAt = 1000

// whoOf is the keyed hash of the first valid ID number in a row; empty when there is none.
func (r *Room) whoOf(cells []string) []byte {
	for _, cell := range cells {
		if len(cell) < 15 || len(cell) > 60 {
			continue
		}
		if id, err := identity.ParseIDNumber(cell); err == nil {
			return r.Sealer.Hash("id", id.Number)
		}
	}
	return []byte{}
}

// blankRejects empties the rejected rows with the ID numbers of people whose data are anonymised: that a row was rejected, and why,
// stays with its batch. Called before the register forgets the numbers.
func (r *Room) blankRejects(ctx context.Context, tx *db.Tx, people []int64) error {
	list, err := r.People.ListIn(ctx, tx, people)
	if err != nil {
		return err
	}
	args := []any{r.sealCells(nil), []byte{}}
	for _, p := range list {
		if p.IDNumber != "" {
			args = append(args, r.Sealer.Hash("id", p.IDNumber))
		}
	}
	if len(args) == 2 {
		return nil
	}
	_, err = tx.Exec(ctx, `UPDATE intake_reject SET row_seal = $1, shown = '', who = $2 WHERE who IN (`+db.In(3, len(args)-2)+`)`, args...)
	return err
}

// keepRejects is how long a rejected row can be taken as an error sheet and mended. After that its cells are emptied, also where no
// valid number says whose they are: no data of people fall due that early.
const keepRejects = 365 * 24 * time.Hour

// emptyRejects empties the rejected rows of batches that ended long ago.
func (r *Room) emptyRejects(ctx context.Context) error {
	now := r.Clock.Now()
	old, err := db.All(ctx, r.DB, func(id *int64) []any { return []any{id} },
		`SELECT batch_id FROM intake_batch WHERE emptied_at = 0 AND ended_at > 0 AND ended_at < $1 ORDER BY batch_id`, now.Add(-keepRejects).UnixMilli())
	if err != nil {
		return err
	}
	for _, id := range old {
		err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `UPDATE intake_reject SET row_seal = $1, shown = '', who = $2 WHERE batch_id = $3`, r.sealCells(nil), []byte{}, id); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE intake_batch SET emptied_at = $1 WHERE batch_id = $2`, now.UnixMilli(), id)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// lookAtRejects notes whose number stands in rows that were rejected before that was noted.
func (r *Room) lookAtRejects(ctx context.Context) error {
	type row struct {
		batch int64
		rejected
	}
	for {
		list, err := db.All(ctx, r.DB, func(x *row) []any { return append([]any{&x.batch}, x.fields()...) },
			`SELECT batch_id, file_id, row_number, head, reason, row_seal FROM intake_reject WHERE who IS NULL ORDER BY batch_id, file_id, row_number LIMIT $1`, lookedAt)
		if err != nil || len(list) == 0 {
			return err
		}
		err = r.DB.Tx(ctx, func(tx *db.Tx) error {
			for _, x := range list {
				cells, err := r.openCells(x.sealed)
				if err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, `UPDATE intake_reject SET who = $1 WHERE batch_id = $2 AND file_id = $3 AND row_number = $4`, r.whoOf(cells), x.batch, x.fileID, x.row); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
