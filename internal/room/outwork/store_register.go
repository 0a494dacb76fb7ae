package outwork

import (
	"context"

	"jiuye/internal/ground/db"
)

// willing lists people of an area's subtree who say that they want to work, are old enough, no students and alive, behind (area,
// person). Whether they are at work, and whether they agree to be recommended, is asked afterwards, for these few.
func willing(ctx context.Context, q db.Querier, area string, bornBy, today db.Date, afterArea string, after int64, limit int) ([]int64, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT person_id FROM person WHERE area >= $1 AND area < $2 AND (area, person_id) > ($3, $4) AND willing = TRUE AND student = FALSE AND birth <= $5
		AND (died IS NULL OR died > $6) ORDER BY area, person_id LIMIT $7`, low, high, afterArea, after, bornBy, today, limit)
}

// transfer is an employment record of the kind 转移就业 as it is counted.
type transfer struct {
	Area         string // banner of the person
	Since, Until db.Date
}

// eachTransfer goes through the transfers that began between two days, both included.
func eachTransfer(ctx context.Context, q db.Querier, from, to db.Date, yield func(*transfer) error) error {
	return db.Each(ctx, q, func(t *transfer) []any { return []any{&t.Area, &t.Since, &t.Until} }, yield, `SELECT substr(p.area, 1, 6), s.since, s.until FROM person_spell s JOIN person p ON p.person_id = s.person_id
		WHERE s.kind = 'transfer' AND s.since >= $1 AND s.since <= $2 ORDER BY s.since, s.person_id`, from, to)
}

// Count is how many transfers began in a banner in a year, as they stood on a day.
type Count struct {
	Area    string
	Year    int
	Spells  int
	Stable  int
	TooSoon int
	DrawnOn db.Date
}

func (n *Count) fields() []any {
	return []any{&n.Area, &n.Year, &n.Spells, &n.Stable, &n.TooSoon, &n.DrawnOn}
}

func putCounts(ctx context.Context, tx *db.Tx, list []Count, from int) error {
	if _, err := tx.Exec(ctx, `DELETE FROM outwork_count WHERE year >= $1`, from); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, n := range list {
		rows[i] = []any{n.Area, n.Year, n.Spells, n.Stable, n.TooSoon, n.DrawnOn}
	}
	return tx.Upsert(ctx, "outwork_count", []string{"area", "year", "spells", "stable", "too_soon", "drawn_on"}, []string{"area", "year"}, rows)
}

// counts are an area's figures by banner and year.
func (r *Room) counts(ctx context.Context, area string) ([]Count, error) {
	low, high := db.Under(area)
	return db.All(ctx, r.DB, (*Count).fields, `SELECT area, year, spells, stable, too_soon, drawn_on FROM outwork_count WHERE area >= $1 AND area < $2 ORDER BY area, year`, low, high)
}

// transferred is somebody with an employment record of the kind 转移就业; the demonstration's groups are made of them.
type transferred struct {
	PersonID int64
	Area     string
	Since    db.Date
}

func transferredIn(ctx context.Context, q db.Querier, area string, from, to db.Date, limit int) ([]transferred, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(t *transferred) []any { return []any{&t.PersonID, &t.Area, &t.Since} }, `SELECT s.person_id, p.area, s.since FROM person_spell s JOIN person p ON p.person_id = s.person_id
		WHERE s.kind = 'transfer' AND s.since >= $1 AND s.since <= $2 AND p.area >= $3 AND p.area < $4 ORDER BY s.since, s.person_id LIMIT $5`, from, to, low, high, limit)
}
