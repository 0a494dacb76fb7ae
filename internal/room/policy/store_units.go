package policy

import (
	"context"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
)

// eligibleUnits reads what some employers can have, in the order of ids and policies.
func (s store) eligibleUnits(ctx context.Context, employers []int64) ([]grant, error) {
	if len(employers) == 0 {
		return nil, nil
	}
	args := []any{rule.Eligible.String()}
	for _, id := range employers {
		args = append(args, id)
	}
	return db.All(ctx, s.db, (*grant).fields, `SELECT employer_id, `+grantRest+` FROM policy_employer_grant
		WHERE verdict = $1 AND employer_id IN (`+db.In(2, len(employers))+`) ORDER BY employer_id, policy_id`, args...)
}
