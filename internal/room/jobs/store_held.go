package jobs

import (
	"context"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people the room keeps applications. They are not taken out of the register
// with the last source record about them.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "有求职申请",
		`SELECT DISTINCT person_id FROM jobs_application WHERE person_id IN ({ids}) ORDER BY person_id`)
}

// HeldVacancies tells of which of these vacancies the room keeps applications. They are not taken out of the register
// with the last source record about them.
func (r *Room) HeldVacancies(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "有人应聘",
		`SELECT DISTINCT vacancy_id FROM jobs_application WHERE vacancy_id IN ({ids}) ORDER BY vacancy_id`)
}
