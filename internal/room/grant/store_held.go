package grant

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people there are applications. They are not taken out of the register with the last source record about them.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = "有补贴申请"; return nil },
			`SELECT DISTINCT owner_id FROM grant_application WHERE owner_id IN (`+db.In(1, len(part))+`) ORDER BY owner_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Forget drops what identifies people who are anonymised: accounts, notes, documents. What was paid stays in the ledger, which is kept for
// as long as accounts are (《会计档案管理办法》).
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	empty := Application{}
	if err := r.seal(&empty); err != nil {
		return err
	}
	for part := range slices.Chunk(personIDs, 500) {
		in := db.In(3, len(part))
		if _, err := tx.Exec(ctx, `UPDATE grant_application SET content = $1, account_hash = $2, row_version = row_version + 1 WHERE owner_id IN (`+in+`)`, append([]any{empty.sealed, []byte{}}, db.Args(part)...)...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE grant_step SET note = $1 WHERE owner_id IN (`+db.In(2, len(part))+`)`, append([]any{r.Sealer.Seal("")}, db.Args(part)...)...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE grant_audit SET content = $1 WHERE owner_id IN (`+db.In(2, len(part))+`)`, append([]any{r.Sealer.Seal("{}")}, db.Args(part)...)...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE grant_line SET why = $1 WHERE owner_id IN (`+db.In(2, len(part))+`)`, append([]any{r.Sealer.Seal("")}, db.Args(part)...)...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM grant_statement WHERE owner_id IN (`+db.In(1, len(part))+`)`, db.Args(part)...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE grant_recovery SET why = $1 WHERE owner_id IN (`+db.In(2, len(part))+`)`, append([]any{r.Sealer.Seal("")}, db.Args(part)...)...); err != nil {
			return err
		}
	}
	return r.Evidence.Forget(ctx, tx, personIDs)
}
