package plan

import (
	"cmp"
	"context"
	"embed"
	"slices"
	"time"

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

// replaceSums writes the finished sums all at once: those of the same day before are gone, those of other days stay.
func (s store) replaceSums(ctx context.Context, t *tallies, lookedAt int64, now time.Time) error {
	asOf := db.On(t.period.AsOf)
	var years, months [][]any
	for _, code := range t.areas() {
		sum := t.byArea[code]
		years = append(years, []any{code, people.ID(), t.period.Last, asOf, sum.people, int64(0)})
		for _, i := range Indicators() {
			if !i.FromRegister() {
				continue
			}
			for y := range sum.years {
				c := sum.years[y][i.Index]
				years = append(years, []any{code, i.ID, t.period.First + y, asOf, c.numerator, c.denominator})
			}
			for m := range sum.months {
				if c := sum.months[m][i.Index]; c != (cell{}) {
					months = append(months, []any{code, i.ID, person.MonthOf(t.period.endOf(m)), c.numerator, c.denominator})
				}
			}
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM plan_actual WHERE as_of = $1`, asOf); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM plan_month`); err != nil {
			return err
		}
		if err := tx.Copy(ctx, "plan_actual", []string{"area", "indicator", "year", "as_of", "numerator", "denominator"}, years); err != nil {
			return err
		}
		if err := tx.Copy(ctx, "plan_month", []string{"area", "indicator", "month", "numerator", "denominator"}, months); err != nil {
			return err
		}
		return tx.Upsert(ctx, "plan_run", []string{"as_of", "at", "people"}, []string{"as_of"}, [][]any{{asOf, now.UnixMilli(), lookedAt}})
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

// run is a finished count.
type run struct {
	asOf   db.Date
	at     int64
	people int64
}

func (r *run) fields() []any { return []any{&r.asOf, &r.at, &r.people} }

// latest is the last finished count; found is false before the first.
func (s store) latest(ctx context.Context) (run, bool, error) {
	return db.One(ctx, s.db, (*run).fields, `SELECT as_of, at, people FROM plan_run ORDER BY as_of DESC LIMIT 1`)
}

// sumRow is a sum as it is kept; when is a year or a month.
type sumRow struct {
	area, indicator string
	when            int
	cell
}

func (r *sumRow) fields() []any {
	return []any{&r.area, &r.indicator, &r.when, &r.numerator, &r.denominator}
}

// years reads all sums of an area as of a count's day.
func (s store) years(ctx context.Context, area string, asOf db.Date) ([]sumRow, error) {
	return db.All(ctx, s.db, (*sumRow).fields, `SELECT area, indicator, year, numerator, denominator FROM plan_actual
		WHERE area = $1 AND as_of = $2 ORDER BY indicator, year`, area, asOf)
}

// months reads all monthly sums of an area.
func (s store) months(ctx context.Context, area string) ([]sumRow, error) {
	return db.All(ctx, s.db, (*sumRow).fields, `SELECT area, indicator, month, numerator, denominator FROM plan_month
		WHERE area = $1 ORDER BY indicator, month`, area)
}

// ofAreas reads two indicators (one and the number of people) of many areas.
func (s store) ofAreas(ctx context.Context, indicator string, areas []string, asOf time.Time) ([]sumRow, error) {
	args := []any{db.On(asOf), indicator, people.ID()}
	for _, a := range areas {
		args = append(args, a)
	}
	if len(areas) == 0 {
		return nil, nil
	}
	return db.All(ctx, s.db, (*sumRow).fields, `SELECT area, indicator, year, numerator, denominator FROM plan_actual
		WHERE as_of = $1 AND indicator IN ($2, $3) AND area IN (`+db.In(4, len(areas))+`) ORDER BY area, indicator, year`, args...)
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
