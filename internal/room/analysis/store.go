package analysis

import (
	"context"
	"embed"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "analysis", FS: schemaFiles}

const sumColumns = `area, month, occupation, demand, vacancies, posted, supply, arrived, hired, q_demand, q_vacancies, q_posted, q_supply, q_arrived, q_hired`

// Row is what is counted for a place and an occupation up to a month.
type Row struct {
	Area, Occupation string
	Month            Month
	InMonth          Sums
	InQuarter        Sums // from the quarter's first month to this one
}

// of is what is counted in a period that ends with the row's month.
func (r *Row) of(p Period) Sums {
	if p.Quarters {
		return r.InQuarter
	}
	return r.InMonth
}

type storedRow struct {
	Row
	month int
}

func (r *storedRow) fields() []any {
	list := []any{&r.Area, &r.month, &r.Occupation}
	for _, s := range []*Sums{&r.InMonth, &r.InQuarter} {
		for i := range s {
			list = append(list, &s[i])
		}
	}
	return list
}

func rowsOf(list []storedRow, err error) ([]Row, error) {
	out := make([]Row, len(list))
	for i := range list {
		list[i].Row.Month = monthFrom(list[i].month)
		out[i] = list[i].Row
	}
	return out, err
}

// replaceSums writes a count over what was there of its months.
func replaceSums(ctx context.Context, tx *db.Tx, t *tally) error {
	if _, err := tx.Exec(ctx, `DELETE FROM analysis_sum WHERE month >= $1`, t.first.Int()); err != nil {
		return err
	}
	names := strings.Split(sumColumns, ", ")
	var rows [][]any
	write := func() error {
		err := tx.Copy(ctx, "analysis_sum", names, rows)
		rows = rows[:0]
		return err
	}
	keys := make([]place, 0, len(t.sums))
	for key := range t.sums {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b place) int {
		if a.area != b.area {
			return strings.Compare(a.area, b.area)
		}
		return strings.Compare(a.occupation, b.occupation)
	})
	for _, key := range keys {
		c := t.sums[key]
		for i := range c.month {
			if c.quarter[i] == (Sums{}) {
				continue
			}
			row := []any{key.area, (t.first + Month(i)).Int(), key.occupation}
			for _, s := range []Sums{c.month[i], c.quarter[i]} {
				for _, v := range s {
					row = append(row, v)
				}
			}
			if rows = append(rows, row); len(rows) == 20_000 {
				if err := write(); err != nil {
					return err
				}
			}
		}
	}
	return write()
}

// occupationsIn reads an area's sums of a month by occupation, the sum of all among them.
func occupationsIn(ctx context.Context, q db.Querier, area string, m Month) ([]Row, error) {
	return rowsOf(db.All(ctx, q, (*storedRow).fields, `SELECT `+sumColumns+` FROM analysis_sum WHERE area = $1 AND month = $2 ORDER BY occupation`, area, m.Int()))
}

// areasIn reads many areas' sums of a month in one occupation.
func areasIn(ctx context.Context, q db.Querier, areas []string, occupation string, m Month) (map[string]Row, error) {
	out := map[string]Row{}
	for part := range slices.Chunk(areas, 200) {
		args := []any{m.Int(), occupation}
		for _, a := range part {
			args = append(args, a)
		}
		list, err := rowsOf(db.All(ctx, q, (*storedRow).fields, `SELECT `+sumColumns+` FROM analysis_sum WHERE month = $1 AND occupation = $2 AND area IN (`+db.In(3, len(part))+`) ORDER BY area`, args...))
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			out[r.Area] = r
		}
	}
	return out, nil
}

// courseOf reads an area's months in one occupation.
func courseOf(ctx context.Context, q db.Querier, area, occupation string, from, to Month) (map[Month]Row, error) {
	list, err := rowsOf(db.All(ctx, q, (*storedRow).fields, `SELECT `+sumColumns+` FROM analysis_sum WHERE area = $1 AND occupation = $2 AND month >= $3 AND month <= $4 ORDER BY month`,
		area, occupation, from.Int(), to.Int()))
	out := map[Month]Row{}
	for _, r := range list {
		out[r.Month] = r
	}
	return out, err
}

// eachCourse reads an area's months occupation by occupation.
func eachCourse(ctx context.Context, q db.Querier, area string, yield func(occupation string, rows []Row) error) error {
	list, err := rowsOf(db.All(ctx, q, (*storedRow).fields, `SELECT `+sumColumns+` FROM analysis_sum WHERE area = $1 ORDER BY occupation, month`, area))
	if err != nil {
		return err
	}
	for from, i := 0, 1; i <= len(list); i++ {
		if i == len(list) || list[i].Occupation != list[from].Occupation {
			if err := yield(list[from].Occupation, list[from:i]); err != nil {
				return err
			}
			from = i
		}
	}
	return nil
}

// countedAreas are the places above banners that there are sums of.
func countedAreas(ctx context.Context, q db.Querier, m Month) ([]string, error) {
	return db.All(ctx, q, func(s *string) []any { return []any{s} }, `SELECT area FROM analysis_sum WHERE month = $1 AND occupation = '' AND length(area) <= 4 ORDER BY area`, m.Int())
}

func saveRun(ctx context.Context, tx *db.Tx, c Counted) error {
	first := 0
	if c.Vacancies != 0 {
		first = c.Vacancies.Int()
	}
	return tx.Upsert(ctx, "analysis_run", []string{"month", "at", "vacancies", "first", "missing"}, []string{"month"}, [][]any{{c.Month.Int(), c.At.UnixMilli(), first, c.First.Int(), c.Missing}})
}

// latestRun is the last finished count; found is false before the first.
func latestRun(ctx context.Context, q db.Querier) (c Counted, found bool, err error) {
	type run struct{ month, vacancies, first, at, missing int64 }
	r, found, err := db.One(ctx, q, func(r *run) []any { return []any{&r.month, &r.at, &r.vacancies, &r.first, &r.missing} },
		`SELECT month, at, vacancies, first, missing FROM analysis_run ORDER BY month DESC LIMIT 1`)
	if err != nil || !found {
		return c, found, err
	}
	c = Counted{Month: monthFrom(int(r.month)), At: time.UnixMilli(r.at).In(clock.Zone), First: monthFrom(int(r.first)), Missing: r.missing}
	if r.vacancies != 0 {
		c.Vacancies = monthFrom(int(r.vacancies))
	}
	return c, true, nil
}
