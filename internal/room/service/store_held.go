package service

import (
	"context"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people the room keeps personnel archives. They are not taken out of the register
// with the last source record about them.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "有人事档案",
		`SELECT DISTINCT person_id FROM service_archive WHERE person_id IN ({ids}) ORDER BY person_id`)
}
