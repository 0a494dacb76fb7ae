package person

import (
	"context"

	"jiuye/internal/ground/db"
)

// Every goes through everybody who lives in an area's subtree, in the order of ids, numbers unsealed, one by one: for
// linkage, which compares a row with all of them. Nothing may be written while it runs.
func (s *Store) Every(ctx context.Context, area string, yield func(Person) error) error {
	low, high := db.Under(area)
	return s.each(ctx, true, yield, `SELECT `+personColumns+` FROM person p WHERE p.area >= $1 AND p.area < $2 ORDER BY p.person_id`, low, high)
}

// Place is how many people live in an area.
type Place struct {
	Area   string
	People int64
}

// ByBanner counts the people of an area's subtree by banner (6 digits).
func (s *Store) ByBanner(ctx context.Context, area string) ([]Place, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.DB, func(p *Place) []any { return []any{&p.Area, &p.People} },
		`SELECT substr(area, 1, 6), count(*) FROM person WHERE area >= $1 AND area < $2 GROUP BY substr(area, 1, 6) ORDER BY substr(area, 1, 6)`, low, high)
}
