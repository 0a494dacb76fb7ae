package account

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people somebody has an account as, and what. They are not taken out of the register with the last source record about them.
func (r *Service) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = "有登录账号"; return nil },
			`SELECT DISTINCT person_id FROM account WHERE person_id IN (`+db.In(1, len(part))+`) ORDER BY person_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// HeldUnits tells of which of these employers somebody has an account as, and what. They are not taken out of the register with the last source record about them.
func (r *Service) HeldUnits(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = "有登录账号"; return nil },
			`SELECT DISTINCT employer_id FROM account WHERE employer_id IN (`+db.In(1, len(part))+`) ORDER BY employer_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
