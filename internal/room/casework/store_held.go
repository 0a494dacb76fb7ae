package casework

import (
	"context"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people the room keeps a case of their household. They are not taken out of the register
// with the last source record about them.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "有帮扶台账",
		`SELECT DISTINCT p.person_id FROM person p JOIN casework_case c ON c.household_id = p.household_id WHERE p.household_id <> 0 AND p.person_id IN ({ids}) ORDER BY p.person_id`)
}
