package roster

import (
	"context"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people the room keeps entries made by hand. They are not taken out of the register
// with the last source record about them.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "在实名名单上有人工登记",
		`SELECT DISTINCT person_id FROM roster_manual WHERE person_id IN ({ids}) ORDER BY person_id`)
}
