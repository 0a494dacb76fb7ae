package intake

import (
	"context"

	"jiuye/internal/ground/db"
)

// sentBefore is the latest batch that somebody brought with these contents; 0: none.
func sentBefore(ctx context.Context, q db.Querier, byID int64, fingerprint []byte) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT batch_id FROM intake_batch WHERE fingerprint = $1 AND by_id = $2 ORDER BY batch_id DESC`, fingerprint, byID)
}
