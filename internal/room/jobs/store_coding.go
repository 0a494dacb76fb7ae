package jobs

import (
	"context"

	"jiuye/internal/ground/db"
)

// codingVersion is the state of the list of corrections; 0 when there is none.
func (s store) codingVersion(ctx context.Context) (int64, error) {
	return db.Value[int64](ctx, s.DB, `SELECT max(v) FROM (SELECT coalesce(max(version), 0) AS v FROM jobs_coding UNION ALL SELECT coalesce(max(undone), 0) FROM jobs_coding) x`)
}

// corrections lists the newest corrections first; in force only, or all.
func (s store) corrections(ctx context.Context, inForce bool, limit int) ([]Correction, error) {
	most := int64(1<<63 - 1)
	if inForce {
		most = 0
	}
	list, err := db.All(ctx, s.DB, func(c *Correction) []any {
		return []any{&c.Version, &c.Title, &c.Code, &c.ByID, &c.By, &c.At, &c.Undone}
	},
		`SELECT version, title, code, by_id, by_name, at, undone > 0 FROM jobs_coding WHERE undone <= $1 ORDER BY version DESC LIMIT $2`, most, limit)
	return list, err
}

func (s store) putCorrection(ctx context.Context, tx *db.Tx, c Correction) error {
	_, err := tx.Exec(ctx, `INSERT INTO jobs_coding (version, title, code, by_id, by_name, at, undone) VALUES ($1, $2, $3, $4, $5, $6, 0)`, c.Version, c.Title, c.Code, c.ByID, c.By, c.At)
	return err
}

func (s store) undoCorrection(ctx context.Context, tx *db.Tx, version, at int64) (int64, error) {
	return tx.Exec(ctx, `UPDATE jobs_coding SET undone = $2 WHERE version = $1 AND undone = 0`, version, at)
}
