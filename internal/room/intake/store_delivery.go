package intake

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
)

// saveQuality keeps what is known of a sheet so far.
func saveQuality(ctx context.Context, tx *db.Tx, f *File) error {
	text, err := json.Marshal(f.quality)
	if err != nil {
		return err
	}
	return tx.Upsert(ctx, "intake_quality", []string{"batch_id", "file_id", "profile"}, []string{"batch_id", "file_id"}, [][]any{{f.BatchID, f.ID, string(text)}})
}

// qualities reads what is known of a batch's sheets, by file.
func qualities(ctx context.Context, q db.Querier, batchID int64) (map[int64]quality, error) {
	type row struct {
		file int64
		text string
	}
	out := map[int64]quality{}
	err := db.Each(ctx, q, func(r *row) []any { return []any{&r.file, &r.text} }, func(r *row) error {
		var one quality
		err := json.Unmarshal([]byte(r.text), &one)
		out[r.file] = one
		return err
	}, `SELECT file_id, profile FROM intake_quality WHERE batch_id = $1 ORDER BY file_id`, batchID)
	return out, err
}
