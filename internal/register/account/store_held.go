package account

import (
	"context"

	"jiuye/internal/ground/db"
)

// Held tells of which of these people somebody has an account as. They are not taken out of the register
// with the last source record about them.
func (r *Service) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "有登录账号",
		`SELECT DISTINCT person_id FROM account WHERE person_id IN ({ids}) ORDER BY person_id`)
}

// HeldUnits tells of which of these employers somebody has an account as. They are not taken out of the register
// with the last source record about them.
func (r *Service) HeldUnits(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "有登录账号",
		`SELECT DISTINCT employer_id FROM account WHERE employer_id IN ({ids}) ORDER BY employer_id`)
}
