package person

import (
	"context"

	"jiuye/internal/ground/db"
)

// Seeker is somebody registered unemployed.
type Seeker struct {
	PersonID int64
	Since    db.Date // first day of the open registration; of the earliest where several are open
	Area     string  // where the person lives
}

func (s *Seeker) fields() []any { return []any{&s.PersonID, &s.Since, &s.Area} }

// listed are the people with an open registration. They are few, so queries start from them: starting from the area
// would look up everybody who lives there.
// The two parts of the union read the index by end; an OR would read every registration there has ever been.
const listed = `WITH listed AS (SELECT person_id, min(since) AS since FROM (
	SELECT person_id, since FROM person_registration WHERE until IS NULL AND since <= $1
	UNION ALL SELECT person_id, since FROM person_registration WHERE until > $2 AND since <= $1) r GROUP BY person_id) `

// Seekers lists who in an area's subtree is registered unemployed on a day, the longest registered first. It goes on
// behind after, the last one of the page before (zero: from the beginning), and stops after limit people (0: never).
func (s *Store) Seekers(ctx context.Context, area string, on db.Date, after Seeker, limit int) ([]Seeker, error) {
	low, high := db.Under(area)
	query := listed + `SELECT l.person_id, l.since, p.area FROM listed l JOIN person p ON p.person_id = l.person_id WHERE p.area >= $3 AND p.area < $4 AND (p.died IS NULL OR p.died > $5)`
	args := []any{on, on, low, high, on}
	if after.PersonID != 0 {
		query += ` AND (l.since > $6 OR l.since = $7 AND l.person_id > $8)`
		args = append(args, after.Since, after.Since, after.PersonID)
	}
	query += ` ORDER BY l.since, l.person_id`
	if limit > 0 {
		query += ` LIMIT ` + placeholder(len(args)+1)
		args = append(args, limit)
	}
	return db.All(ctx, s.DB, (*Seeker).fields, query, args...)
}

// placeholder is the n-th one; db.In writes exactly that for a single argument.
func placeholder(n int) string { return db.In(n, 1) }

// CountSeekers is the number of people in an area's subtree who are registered unemployed on a day.
func (s *Store) CountSeekers(ctx context.Context, area string, on db.Date) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, s.DB, listed+`SELECT count(*) FROM listed l JOIN person p ON p.person_id = l.person_id WHERE p.area >= $3 AND p.area < $4
		AND (p.died IS NULL OR p.died > $5)`, on, on, low, high, on)
}
