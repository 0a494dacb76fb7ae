package employer

import (
	"context"

	"jiuye/internal/ground/db"
)

// Recruiting lists the employers of an area's subtree with vacancies open on a day, the most vacancies first.
func (s *Store) Recruiting(ctx context.Context, area string, on db.Date, limit int) ([]Employer, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.DB, (*Employer).fields, `SELECT `+columns+` FROM employer
		JOIN (SELECT employer_id AS recruiter, count(*) AS n FROM employer_vacancy
		      WHERE state = 'open' AND posted <= $3 AND closes >= $3 GROUP BY employer_id) v ON v.recruiter = employer_id
		WHERE area >= $1 AND area < $2 AND kind <> 'unverified' ORDER BY v.n DESC, employer_id LIMIT $4`, low, high, on, limit)
}
