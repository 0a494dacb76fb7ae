package employer

import (
	"context"

	"jiuye/internal/ground/db"
)

// mostPaid is how many vacancies Paid looks at; what is usual does not change with more.
const mostPaid = 2000

// Paid lists what open vacancies of an area's subtree pay for one sort of work, the middle of each range in fen a month, the
// least first: by occupation code where it is known, otherwise by the name of the work. One vacancy is left out.
func (s *Store) Paid(ctx context.Context, area, code, occupation string, except int64) ([]int64, error) {
	low, high := db.Under(area)
	column, value := "code", code
	if code == "" {
		column, value = "occupation", occupation
	}
	return db.All(ctx, s.DB, func(n *int64) []any { return []any{n} }, `SELECT (pay_low + pay_high) / 2 AS middle FROM employer_vacancy
		WHERE state = 'open' AND area >= $1 AND area < $2 AND `+column+` = $3 AND pay_high > 0 AND vacancy_id <> $4 ORDER BY middle, vacancy_id LIMIT $5`, low, high, value, except, mostPaid)
}
