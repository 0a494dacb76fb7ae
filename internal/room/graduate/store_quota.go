package graduate

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func quotas(ctx context.Context, q db.Querier, programme string, year int, area string) ([]Quota, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(o *Quota) []any { return []any{&o.Programme, &o.Year, &o.Area, &o.Seats, &o.Version} },
		`SELECT programme, year, area, seats, version FROM graduate_quota WHERE programme = $1 AND year = $2 AND area >= $3 AND area < $4 ORDER BY area`, programme, year, low, high)
}

// holdQuotas lets nobody else share a programme's places of a year, or announce posts from them, until the transaction ends.
func holdQuotas(ctx context.Context, tx *db.Tx, programme string, year int) error {
	_, err := tx.Exec(ctx, `UPDATE graduate_quota SET version = version WHERE programme = $1 AND year = $2`, programme, year)
	return err
}

// setQuota writes a quota; version 0 is a new one. Faults: Conflict when somebody else was faster.
func setQuota(ctx context.Context, tx *db.Tx, o *Quota) error {
	if o.Version == 0 {
		_, err := tx.Exec(ctx, `INSERT INTO graduate_quota (programme, year, area, seats, version) VALUES (`+db.In(1, 5)+`)`, o.Programme, o.Year, o.Area, o.Seats, 1)
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE graduate_quota SET seats = $4, version = version + 1 WHERE programme = $1 AND year = $2 AND area = $3 AND version = $5`, o.Programme, o.Year, o.Area, o.Seats, o.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这个名额刚刚被别人改过，请看过现在的数再改")
	}
	return err
}

func addChange(ctx context.Context, tx *db.Tx, c *Change) error {
	_, err := tx.Exec(ctx, `INSERT INTO graduate_quota_change (change_id, programme, year, area, before_n, after_n, why, by_name, at) VALUES (`+db.In(1, 9)+`)`, c.ID, c.Programme, c.Year, c.Area, c.Before, c.After, c.Why, c.By, c.At)
	return err
}

func changes(ctx context.Context, q db.Querier, programme string, year int, area string, limit int) ([]Change, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(c *Change) []any {
		return []any{&c.ID, &c.Programme, &c.Year, &c.Area, &c.Before, &c.After, &c.Why, &c.By, &c.At}
	},
		`SELECT change_id, programme, year, area, before_n, after_n, why, by_name, at FROM graduate_quota_change WHERE programme = $1 AND year = $2 AND area >= $3 AND area < $4 ORDER BY change_id DESC LIMIT $5`,
		programme, year, low, high, limit)
}

// seatsPosted adds up the announced seats of a programme in a year (0: ever) by area.
func seatsPosted(ctx context.Context, q db.Querier, programme string, year int) (map[string]int64, error) {
	return byArea(ctx, q, `SELECT p.area, sum(p.seats) FROM graduate_round r JOIN graduate_post p ON p.round_id = r.round_id
		WHERE r.programme = $1 AND ($2 = 0 OR r.year = $2) AND r.state <> 'draft' GROUP BY p.area ORDER BY p.area`, programme, year)
}

// begun counts service periods of a programme that began in a year (0: ever) by area.
func begun(ctx context.Context, q db.Querier, programme string, year int) (map[string]int64, error) {
	return byArea(ctx, q, `SELECT area, count(*) FROM graduate_service WHERE programme = $1 AND ($2 = 0 OR year = $2) GROUP BY area ORDER BY area`, programme, year)
}

func byArea(ctx context.Context, q db.Querier, query string, args ...any) (map[string]int64, error) {
	type line struct {
		area string
		n    int64
	}
	out := map[string]int64{}
	return out, db.Each(ctx, q, func(l *line) []any { return []any{&l.area, &l.n} }, func(l *line) error { out[l.area] = l.n; return nil }, query, args...)
}
