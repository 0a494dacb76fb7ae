package person

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
)

// Working age as the definition of the zero-employment household means it, in completed years.
const (
	workingFrom = 16
	workingTo   = 59
)

// ZeroEmployment lists, in the order of ids, the zero-employment households (零就业家庭) of an area's subtree on a day:
// households without agricultural registration with at least one member of working age who is able to work (not
// known counts as able) and no student, where none of these is at work and all of these are registered unemployed.
// Few households have anybody registered, so the query starts from the open registrations; CROSS JOIN keeps SQLite, which
// knows no sizes, from starting with everybody.
func ZeroEmployment(ctx context.Context, q db.Querier, area string, on time.Time) ([]int64, error) {
	low, high := db.Under(area)
	youngest, oldest := db.On(on.AddDate(-workingFrom, 0, 0)), db.On(on.AddDate(-workingTo-1, 0, 0))
	day := db.On(on)
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `
		WITH listed AS (
			SELECT DISTINCT person_id FROM person_registration WHERE since <= $1 AND (until IS NULL OR until > $2)
		), candidate AS (
			SELECT DISTINCT p.household_id FROM listed l JOIN person p ON p.person_id = l.person_id
		), member AS (
			SELECT p.household_id, CASE WHEN l.person_id IS NULL THEN 0 ELSE 1 END AS listed,
				CASE WHEN EXISTS (SELECT 1 FROM person_spell s
					WHERE s.person_id = p.person_id AND s.since <= $3 AND (s.until IS NULL OR s.until >= $4)) THEN 1 ELSE 0 END AS busy
			FROM candidate c
			CROSS JOIN household h
			CROSS JOIN person p
			LEFT JOIN listed l ON l.person_id = p.person_id
			WHERE h.household_id = c.household_id AND p.household_id = c.household_id AND NOT h.rural AND h.area >= $5 AND h.area < $6 AND p.birth <= $7 AND p.birth > $8
				AND NOT p.student AND (p.able IS NULL OR p.able) AND (p.died IS NULL OR p.died > $9)
		)
		SELECT household_id FROM member GROUP BY household_id HAVING sum(busy) = 0 AND sum(listed) = count(*) ORDER BY household_id`,
		day, day, day, day, low, high, youngest, oldest, day)
}

// IsZeroEmployment says the same of one household; it reads the rows of its members only.
func IsZeroEmployment(ctx context.Context, q db.Querier, household int64, on time.Time) (bool, error) {
	type sums struct{ able, listed, busy int64 }
	youngest, oldest := db.On(on.AddDate(-workingFrom, 0, 0)), db.On(on.AddDate(-workingTo-1, 0, 0))
	day := db.On(on)
	n, _, err := db.One(ctx, q, func(n *sums) []any { return []any{&n.able, &n.listed, &n.busy} }, `
		SELECT count(*), coalesce(sum(listed), 0), coalesce(sum(busy), 0) FROM (
			SELECT CASE WHEN EXISTS (SELECT 1 FROM person_registration r
					WHERE r.person_id = p.person_id AND r.since <= $1 AND (r.until IS NULL OR r.until > $2)) THEN 1 ELSE 0 END AS listed,
				CASE WHEN EXISTS (SELECT 1 FROM person_spell s
					WHERE s.person_id = p.person_id AND s.since <= $3 AND (s.until IS NULL OR s.until >= $4)) THEN 1 ELSE 0 END AS busy
			FROM household h JOIN person p ON p.household_id = h.household_id
			WHERE h.household_id = $5 AND NOT h.rural AND p.birth <= $6 AND p.birth > $7
				AND NOT p.student AND (p.able IS NULL OR p.able) AND (p.died IS NULL OR p.died > $8)) member`,
		day, day, day, day, household, youngest, oldest, day)
	return n.able > 0 && n.busy == 0 && n.listed == n.able, err
}
