package grant

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// given is the first payment of a policy to somebody.
type given struct {
	policy string
	month  int
}

// firstPaid lists by person what they were paid first under each policy, and the policies' names.
func (s store) firstPaid(ctx context.Context) (map[int64][]given, map[string]string, error) {
	out, names := map[int64][]given{}, map[string]string{}
	type row struct {
		owner        int64
		policy, name string
		on           db.Date
	}
	err := db.Each(ctx, s.db, func(r *row) []any { return []any{&r.owner, &r.policy, &r.name, &r.on} }, func(r *row) error {
		out[r.owner], names[r.policy] = append(out[r.owner], given{r.policy, person.MonthOf(r.on.Time)}), r.name
		return nil
	}, `SELECT owner_id, policy_id, max(policy_name), min(paid_on) FROM grant_application WHERE NOT unit AND paid_on IS NOT NULL GROUP BY owner_id, policy_id ORDER BY owner_id, policy_id`)
	return out, names, err
}

func (s store) keepEffects(ctx context.Context, tx *db.Tx, rows [][]any) error {
	if _, err := tx.Exec(ctx, `DELETE FROM grant_effect`); err != nil {
		return err
	}
	return tx.Copy(ctx, "grant_effect", []string{"policy_id", "area", "months", "policy_name", "followed", "matched", "controls", "rate", "expected", "gain", "low", "high", "on_day"}, rows)
}

func (s store) effects(ctx context.Context, area string) ([]Effect, error) {
	return db.All(ctx, s.db, func(e *Effect) []any {
		return []any{&e.PolicyID, &e.Area, &e.Months, &e.Name, &e.Followed, &e.Matched, &e.Controls, &e.Rate, &e.Expected, &e.Gain, &e.Low, &e.High, &e.On}
	}, `SELECT policy_id, area, months, policy_name, followed, matched, controls, rate, expected, gain, low, high, on_day FROM grant_effect WHERE area = $1 ORDER BY policy_id, months`, area)
}

// Taken is how a policy is taken up in an area: who applied, who was granted it, and what was paid.
type Taken struct {
	Area, PolicyID, Name   string
	Applied, Granted, Paid int64
	GrantedFen, PaidFen    int64
}

// taken adds up by banner and policy.
func (s store) taken(ctx context.Context, area string) ([]Taken, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(t *Taken) []any {
		return []any{&t.Area, &t.PolicyID, &t.Name, &t.Applied, &t.Granted, &t.GrantedFen, &t.Paid, &t.PaidFen}
	}, `SELECT substr(area, 1, 6), policy_id, max(policy_name), count(DISTINCT CASE WHEN state NOT IN ('draft', 'withdrawn') THEN owner_id END),
			count(DISTINCT CASE WHEN granted > 0 OR state = 'closed' THEN owner_id END), CAST(coalesce(sum(granted), 0) AS BIGINT),
			count(DISTINCT CASE WHEN paid_on IS NOT NULL THEN owner_id END), CAST(coalesce(sum(paid), 0) AS BIGINT)
		FROM grant_application WHERE area >= $1 AND area < $2 GROUP BY substr(area, 1, 6), policy_id ORDER BY 1, 2`, low, high)
}
