package plan

import (
	"cmp"
	"context"
	"embed"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "plan", FS: files}

type store struct{ db *db.DB }

// replaceCounted writes who is counted among the people after one id up to another. Where nothing has changed since the last
// count, nothing is written.
func (s store) replaceCounted(ctx context.Context, after, last int64, lines []counted) error {
	slices.SortFunc(lines, func(a, b counted) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.indicator.ID(), b.indicator.ID()), cmp.Compare(a.year, b.year))
	})
	had, at, same := 0, 0, true
	type row struct {
		counted
		id string
	}
	err := db.Each(ctx, s.db, func(r *row) []any { return []any{&r.person, &r.id, &r.year, &r.area, &r.times} }, func(r *row) error {
		if same = same && at < len(lines); same {
			r.indicator = lines[at].indicator
			same = r.counted == lines[at] && r.id == lines[at].indicator.ID()
		}
		had, at = had+1, at+1
		return nil
	}, `SELECT person_id, indicator, year, area, times FROM plan_counted WHERE person_id > $1 AND person_id <= $2
		ORDER BY person_id, indicator, year`, after, last)
	if err != nil || same && had == len(lines) {
		return err
	}
	rows := make([][]any, len(lines))
	for i, l := range lines {
		rows[i] = []any{l.person, l.indicator.ID(), l.year, l.area, l.times}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if had > 0 {
			if _, err := tx.Exec(ctx, `DELETE FROM plan_counted WHERE person_id > $1 AND person_id <= $2`, after, last); err != nil {
				return err
			}
		}
		return tx.Copy(ctx, "plan_counted", []string{"person_id", "indicator", "year", "area", "times"}, rows)
	})
}

func (s store) dropCountedAfter(ctx context.Context, last int64) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM plan_counted WHERE person_id > $1`, last)
		return err
	})
}

// survey adds up the urban answers to the labour-force survey by township, month and answer.
func (s store) survey(ctx context.Context, p Period, add func(area string, month, status int, n int64)) error {
	type row struct {
		area          string
		month, status int
		n             int64
	}
	return db.Each(ctx, s.db, func(r *row) []any { return []any{&r.area, &r.month, &r.status, &r.n} },
		func(r *row) error { add(r.area, r.month, r.status, r.n); return nil },
		`SELECT substr(p.area, 1, 9) AS township, s.month, s.status, count(*) FROM person_survey s JOIN person p ON p.person_id = s.person_id
		WHERE s.urban AND s.month >= $1 AND s.month <= $2
		GROUP BY substr(p.area, 1, 9), s.month, s.status ORDER BY township, s.month, s.status`, p.First*100+1, person.MonthOf(p.AsOf))
}

// countedPage lists people behind an event indicator in an area's subtree, by where they live, after a place and a person.
func (s store) countedPage(ctx context.Context, indicator string, year int, area, afterArea string, afterID int64, limit int) ([]counted, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(c *counted) []any { return []any{&c.person, &c.area, &c.times} },
		`SELECT person_id, area, times FROM plan_counted WHERE indicator = $1 AND year = $2 AND area >= $3 AND area < $4
		AND (area, person_id) > ($5, $6) ORDER BY area, person_id LIMIT $7`, indicator, year, low, high, max(afterArea, low), afterID, limit)
}

// residents lists who lives in an area's subtree, by place, after a place and a person.
func (s store) residents(ctx context.Context, area, afterArea string, afterID int64, limit int) ([]counted, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(c *counted) []any { return []any{&c.person, &c.area} },
		`SELECT person_id, area FROM person WHERE area >= $1 AND area < $2 AND (area, person_id) > ($3, $4)
		ORDER BY area, person_id LIMIT $5`, low, high, max(afterArea, low), afterID, limit)
}

// surveyed lists who answered the urban labour-force survey of a year with a status, and how often.
func (s store) surveyed(ctx context.Context, year, status int, area string, lastMonth int, afterID int64, limit int) ([]counted, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(c *counted) []any { return []any{&c.person, &c.area, &c.times} },
		`SELECT s.person_id, p.area, count(*) FROM person_survey s JOIN person p ON p.person_id = s.person_id
		WHERE s.urban AND s.status = $1 AND s.month >= $2 AND s.month <= $3 AND p.area >= $4 AND p.area < $5 AND s.person_id > $6
		GROUP BY s.person_id, p.area ORDER BY s.person_id LIMIT $7`, status, year*100+1, min(year*100+12, lastMonth), low, high, afterID, limit)
}
