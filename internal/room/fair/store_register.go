package fair

import (
	"context"

	"jiuye/internal/ground/db"
)

// begun is somebody whom an employer began to insure.
type begun struct {
	PersonID, EmployerID int64
	From                 int // month
}

// begunIn lists people of an area's subtree whom an employer began to insure in a span of months, both included, in an order that
// mixes employers. The demonstration's fairs are made of them.
func begunIn(ctx context.Context, q db.Querier, area string, from, to, limit int) ([]begun, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(b *begun) []any { return []any{&b.PersonID, &b.EmployerID, &b.From} }, `SELECT i.person_id, i.employer_id, i.from_month FROM person_insurance i JOIN person p ON p.person_id = i.person_id
		WHERE i.kind = 'pension' AND i.employer_id <> 0 AND i.from_month >= $1 AND i.from_month <= $2 AND p.area >= $3 AND p.area < $4 ORDER BY i.from_month, i.person_id LIMIT $5`, from, to, low, high, limit)
}

// lookingIn lists people of an area's subtree who were registered unemployed on a day.
func lookingIn(ctx context.Context, q db.Querier, area string, on db.Date, limit int) ([]int64, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT DISTINCT r.person_id FROM person_registration r JOIN person p ON p.person_id = r.person_id
		WHERE r.since <= $1 AND (r.until IS NULL OR r.until > $1) AND p.area >= $2 AND p.area < $3 ORDER BY r.person_id LIMIT $4`, on, low, high, limit)
}
