package casework

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people the room keeps a case of their household, and what. They are not taken out of the register with the last source record about them.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = "有帮扶台账"; return nil },
			`SELECT DISTINCT p.person_id FROM person p JOIN casework_case c ON c.household_id = p.household_id WHERE p.household_id <> 0 AND p.person_id IN (`+db.In(1, len(part))+`) ORDER BY p.person_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
