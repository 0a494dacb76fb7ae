package assess

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// What the register of people knows of work, counted by whose pension contributions a unit pays. Runs of months do not overlap,
// so a month counts everybody once for each unit.

const paidNow = `i.kind = 'pension' AND i.from_month <= $1 AND (i.to_month IS NULL OR i.to_month >= $1)`

// workersOf reads whom a unit insures in a month, with the months of unemployment insurance that anybody has paid for them.
func (r *Room) workersOf(ctx context.Context, employer int64, month int) ([]Worker, error) {
	list, err := db.All(ctx, r.DB, func(w *Worker) []any { return []any{&w.PersonID, &w.HouseholdID, (*day)(&w.Birth)} },
		`SELECT p.person_id, p.household_id, p.birth FROM person p WHERE p.person_id IN (SELECT i.person_id FROM person_insurance i WHERE i.employer_id = $2 AND `+paidNow+`)
		ORDER BY p.person_id`, month, employer)
	if err != nil || len(list) == 0 {
		return list, err
	}
	at := make(map[int64]*Worker, len(list))
	for i := range list {
		at[list[i].PersonID] = &list[i]
	}
	type paid struct {
		person   int64
		from, to int
	}
	err = db.Each(ctx, r.DB, func(p *paid) []any { return []any{&p.person, &p.from, &p.to} }, func(p *paid) error {
		if w := at[p.person]; w != nil {
			if p.to == 0 || p.to > month {
				p.to = month
			}
			w.Months += max(0, person.MonthsBetween(p.from, p.to))
		}
		return nil
	}, `SELECT u.person_id, u.from_month, coalesce(u.to_month, 0) FROM person_insurance u WHERE u.kind = 'unemployment' AND u.from_month <= $1
		AND u.person_id IN (SELECT i.person_id FROM person_insurance i WHERE i.employer_id = $2 AND `+paidNow+`) ORDER BY u.person_id, u.from_month`, month, employer)
	return list, err
}

// day reads a date into a time.
type day time.Time

// Scan implements sql.Scanner.
func (d *day) Scan(src any) error {
	var v db.Date
	err := v.Scan(src)
	*d = day(v.Time)
	return err
}

// chunk is how many ids one query takes.
const chunk = 500

// earnersOf counts, by household, who of its members works or is insured by a unit or as a flexible worker.
func (r *Room) earnersOf(ctx context.Context, workers []Worker, month int, on db.Date) (map[int64]int64, error) {
	homes := map[int64]bool{}
	for _, w := range workers {
		if w.HouseholdID != 0 {
			homes[w.HouseholdID] = true
		}
	}
	out := map[int64]int64{}
	ids := sortedKeys(homes)
	type counted struct{ home, n int64 }
	for first := 0; first < len(ids); first += chunk {
		some := ids[first:min(first+chunk, len(ids))]
		args := []any{month, on}
		for _, id := range some {
			args = append(args, id)
		}
		rows, err := db.All(ctx, r.DB, func(c *counted) []any { return []any{&c.home, &c.n} }, `SELECT p.household_id, count(*) FROM person p WHERE p.household_id IN (`+db.In(3, len(some))+`)
			AND (EXISTS (SELECT 1 FROM person_insurance i WHERE i.person_id = p.person_id AND i.kind IN ('pension', 'flexible') AND i.from_month <= $1 AND (i.to_month IS NULL OR i.to_month >= $1))
				OR EXISTS (SELECT 1 FROM person_spell s WHERE s.person_id = p.person_id AND s.since <= $2 AND (s.until IS NULL OR s.until > $2)))
			GROUP BY p.household_id ORDER BY p.household_id`, args...)
		if err != nil {
			return nil, err
		}
		for _, c := range rows {
			out[c.home] = c.n
		}
	}
	return out, nil
}

// insuredAt counts whom a unit insures in a month.
func insuredAt(ctx context.Context, q db.Querier, employer int64, month int) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(*) FROM person_insurance i WHERE i.employer_id = $2 AND `+paidNow, month, employer)
}

// insuredIn counts, by unit, the people of an area's subtree whom units insure in a month, and in an earlier one.
func (r *Room) insuredIn(ctx context.Context, area string, month, earlier int) (now, before map[int64]int64, err error) {
	low, high := db.Under(area)
	now, before = map[int64]int64{}, map[int64]int64{}
	type counted struct{ employer, now, before int64 }
	err = db.Each(ctx, r.DB, func(c *counted) []any { return []any{&c.employer, &c.now, &c.before} }, func(c *counted) error {
		if now[c.employer] = c.now; c.before > 0 {
			before[c.employer] = c.before
		}
		return nil
	}, `SELECT i.employer_id, sum(CASE WHEN i.from_month <= $1 AND (i.to_month IS NULL OR i.to_month >= $1) THEN 1 ELSE 0 END),
			sum(CASE WHEN i.from_month <= $2 AND (i.to_month IS NULL OR i.to_month >= $2) THEN 1 ELSE 0 END)
		FROM person p JOIN person_insurance i ON i.person_id = p.person_id
		WHERE p.area >= $3 AND p.area < $4 AND i.kind = 'pension' AND i.employer_id <> 0 AND (i.to_month IS NULL OR i.to_month >= $2)
		GROUP BY i.employer_id ORDER BY i.employer_id`, month, earlier, low, high)
	return now, before, err
}
