package account

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/ground/db"
)

// Forget stops the accounts of people whose data are anonymised, for good: the login and the name are dropped, and the
// sessions end.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		ids, err := db.All(ctx, tx, func(id *int64) []any { return []any{id} },
			`SELECT account_id FROM account WHERE person_id IN (`+db.In(1, len(part))+`) ORDER BY account_id`, args...)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if _, err := tx.Exec(ctx, `UPDATE account SET login = $1, name = '已匿名', password_hash = '', disabled = $2, epoch = epoch + 1, version = version + 1
				WHERE account_id = $3`, fmt.Sprintf("gone-%d", id), true, id); err != nil {
				return err
			}
		}
	}
	return nil
}
