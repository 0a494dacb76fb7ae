package service

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people the room keeps personnel archives, and what. They are not taken out of the register with the last source record about them.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = "有人事档案"; return nil },
			`SELECT DISTINCT person_id FROM service_archive WHERE person_id IN (`+db.In(1, len(part))+`) ORDER BY person_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
