package person

import (
	"context"

	"jiuye/internal/ground/db"
)

// UnemployedGraduates lists graduates of an area's subtree who are registered unemployed (登记失业的高校毕业生), the latest
// leavers first.
func (s *Store) UnemployedGraduates(ctx context.Context, area string, limit int) ([]Person, error) {
	low, high := db.Under(area)
	var out []Person
	err := s.each(ctx, false, func(p Person) error { out = append(out, p); return nil }, `SELECT `+personColumns+` FROM person p
		JOIN person_graduate g ON g.person_id = p.person_id
		WHERE p.area >= $1 AND p.area < $2
		  AND EXISTS (SELECT 1 FROM person_registration r WHERE r.person_id = p.person_id AND r.until IS NULL)
		ORDER BY g.graduated DESC, p.person_id LIMIT $3`, low, high, limit)
	return out, err
}
