package person

import (
	"context"

	"jiuye/internal/ground/db"
)

// ListedSpell counts registrations of unemployment of one area that began and ended in the same months.
type ListedSpell struct {
	Area  string
	Since string // month as 2025-09; "" for before the first month asked for
	Until string // "" when still open
	Count int64
}

// ListedMonths counts the registrations of unemployment in an area's subtree that were open on the first day of a month or
// began later, by the first letters digits of where the people live, and by the months of their first and last days.
func (s *Store) ListedMonths(ctx context.Context, area string, letters int, from db.Date) ([]ListedSpell, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.DB, func(v *ListedSpell) []any { return []any{&v.Area, &v.Since, &v.Until, &v.Count} }, `SELECT area, since, until, count(*) FROM (
			SELECT substr(p.area, 1, $1) AS area, CASE WHEN r.since < $2 THEN '' ELSE substr(CAST(r.since AS TEXT), 1, 7) END AS since,
				coalesce(substr(CAST(r.until AS TEXT), 1, 7), '') AS until
			FROM person_registration r JOIN person p ON p.person_id = r.person_id
			WHERE (r.until IS NULL OR r.until >= $3) AND p.area >= $4 AND p.area < $5) AS m
		GROUP BY area, since, until ORDER BY area, since, until`, letters, from, from, low, high)
}

// Wish is how many registered unemployed people of an area look for an occupation.
type Wish struct {
	Area       string
	Occupation string
	Count      int64
}

// Wishes counts who in an area's subtree is registered unemployed on a day, by the first letters digits of where they live
// and by the occupation they look for.
func (s *Store) Wishes(ctx context.Context, area string, letters int, on db.Date) ([]Wish, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.DB, func(w *Wish) []any { return []any{&w.Area, &w.Occupation, &w.Count} }, `SELECT area, occupation, count(*) FROM (
			SELECT substr(p.area, 1, $1) AS area, r.occupation FROM (
				SELECT person_id, occupation FROM person_registration WHERE until IS NULL AND since <= $2
				UNION ALL SELECT person_id, occupation FROM person_registration WHERE until > $3 AND since <= $2) r
			JOIN person p ON p.person_id = r.person_id WHERE p.area >= $4 AND p.area < $5) AS w
		GROUP BY area, occupation ORDER BY area, occupation`, letters, on, on, low, high)
}
