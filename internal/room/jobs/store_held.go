package jobs

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people the room keeps applications, and what. They are not taken out of the register with the last source record about them.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = "有求职申请"; return nil },
			`SELECT DISTINCT person_id FROM jobs_application WHERE person_id IN (`+db.In(1, len(part))+`) ORDER BY person_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// HeldVacancies tells of which of these vacancies the room keeps applications, and what. They are not taken out of the register with the last source record about them.
func (r *Room) HeldVacancies(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = "有人应聘"; return nil },
			`SELECT DISTINCT vacancy_id FROM jobs_application WHERE vacancy_id IN (`+db.In(1, len(part))+`) ORDER BY vacancy_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
