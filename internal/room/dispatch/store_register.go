package dispatch

import (
	"context"
	"maps"

	"jiuye/internal/ground/db"
)

// eachRun goes through the pension insurance that some employers paid, person by person, each person's runs with one employer in
// the order they began. It reads along the register's index of employers.
func eachRun(ctx context.Context, q db.Querier, employers []int64, yield func(*begun) error) error {
	args := make([]any, len(employers))
	for i, id := range employers {
		args[i] = id
	}
	return db.Each(ctx, q, func(b *begun) []any { return []any{&b.EmployerID, &b.PersonID, &b.From, &b.To} }, yield,
		`SELECT employer_id, person_id, from_month, coalesce(to_month, 0) FROM person_insurance WHERE kind = 'pension' AND employer_id IN (`+db.In(1, len(args))+`) ORDER BY employer_id, person_id, from_month`, args...)
}

// insuredNow is how many people an employer insures in a month.
func insuredNow(ctx context.Context, q db.Querier, employerID int64, month int) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(DISTINCT person_id) FROM person_insurance WHERE kind = 'pension' AND employer_id = $1 AND from_month <= $2 AND (to_month IS NULL OR to_month >= $3)`, employerID, month, month)
}

// listedIDs are the units on the list, or one of them, behind an id.
func listedIDs(ctx context.Context, q db.Querier, area string, after int64, limit int) ([]int64, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `SELECT employer_id FROM dispatch_unit WHERE area >= $1 AND area < $2 AND state <> 'asked' AND employer_id > $3 ORDER BY employer_id LIMIT $4`, low, high, after, limit)
}

// listedAmong says which of some employers stand on a list, or wait for it.
func listedAmong(ctx context.Context, q db.Querier, employers []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	if len(employers) == 0 {
		return out, nil
	}
	args := make([]any, len(employers))
	for i, id := range employers {
		args[i] = id
	}
	return out, db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = true; return nil },
		`SELECT employer_id FROM dispatch_unit WHERE state <> 'off' AND employer_id IN (`+db.In(1, len(args))+`) ORDER BY employer_id`, args...)
}

// saveHired replaces the counts of some employers.
func saveHired(ctx context.Context, tx *db.Tx, employers []int64, counts map[[2]int64]int64) error {
	args := make([]any, len(employers))
	for i, id := range employers {
		args[i] = id
	}
	if _, err := tx.Exec(ctx, `DELETE FROM dispatch_hired WHERE employer_id IN (`+db.In(1, len(args))+`)`, args...); err != nil {
		return err
	}
	rows := make([][]any, 0, len(counts))
	for key, n := range counts {
		rows = append(rows, []any{key[0], int(key[1]), n})
	}
	return tx.Copy(ctx, "dispatch_hired", []string{"employer_id", "month", "people"}, rows)
}

// hired is a unit's newly insured people by month.
type hired struct {
	EmployerID int64
	Month      int
	People     int64
}

// hiredIn reads what was counted for an area's units (or one unit, when id is not 0) from a month on: employer → month → people.
func hiredIn(ctx context.Context, q db.Querier, area string, id int64, from int) (map[int64]map[int]int64, error) {
	low, high := db.Under(area)
	out := map[int64]map[int]int64{}
	err := db.Each(ctx, q, func(h *hired) []any { return []any{&h.EmployerID, &h.Month, &h.People} }, func(h *hired) error {
		if out[h.EmployerID] == nil {
			out[h.EmployerID] = map[int]int64{}
		}
		out[h.EmployerID][h.Month] = h.People
		return nil
	}, `SELECT h.employer_id, h.month, h.people FROM dispatch_hired h JOIN dispatch_unit u ON u.employer_id = h.employer_id
		WHERE u.area >= $1 AND u.area < $2 AND ($3 = 0 OR h.employer_id = $4) AND h.month >= $5 ORDER BY h.employer_id, h.month`, low, high, min(id, 1), id, from)
	return out, err
}

// officersIn lists who may be a service officer in a banner: its staff and its townships', and its league's. Villages' coordinators may not
// act for enterprises.
func officersIn(ctx context.Context, q db.Querier, banner, league string, limit int) ([]Officer, error) {
	low, high := db.Under(banner)
	return db.All(ctx, q, func(o *Officer) []any { return []any{&o.ID, &o.Name, &o.Area} }, `SELECT account_id, name, area FROM account
		WHERE (area = $1 OR (area >= $2 AND area < $3)) AND role IN ('officer', 'manager') AND length(area) < 12 AND disabled = $4 ORDER BY area DESC, account_id LIMIT $5`, league, low, high, false, limit)
}

// HeldUnits tells of these employers which are key enterprises, or were, or have put a need before agencies. They are not taken out
// of the register with the last source record about them.
func (r *Room) HeldUnits(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out, err := db.Told(ctx, q, ids, "有协同对接需求", `SELECT DISTINCT employer_id FROM dispatch_need WHERE employer_id IN ({ids}) ORDER BY employer_id`)
	if err != nil {
		return nil, err
	}
	listed, err := db.Told(ctx, q, ids, "列入过重点企业名单", `SELECT employer_id FROM dispatch_unit WHERE employer_id IN ({ids}) ORDER BY employer_id`)
	maps.Copy(out, listed)
	return out, err
}
