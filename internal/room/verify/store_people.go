package verify

import (
	"context"

	"jiuye/internal/ground/db"
)

// The checks of people's records are one statement each, once a night, over everybody. They read spells and insurance along person_id, on
// which both are kept, so that nothing is looked up person by person.

// hitTwoPlaces: at work for units in two banners at once, the later work begun since $1. The area is where the person lives, as figures are counted.
const hitTwoPlaces = `INSERT INTO verify_hit (person_id, kind, area, other)
	SELECT a.person_id, 'twoplaces', substr(p.area, 1, 6), max(b.employer_id) FROM person_spell b
	JOIN person_spell a ON a.person_id = b.person_id AND a.kind = 'unit' AND a.since <= b.since AND (a.until IS NULL OR a.until > b.since) AND a.employer_id <> b.employer_id AND substr(a.area, 1, 6) <> substr(b.area, 1, 6)
	JOIN person p ON p.person_id = b.person_id
	WHERE b.kind = 'unit' AND b.since >= $1 AND b.since <= $2 AND (b.until IS NULL OR b.until > b.since) AND a.area <> '' AND b.area <> '' GROUP BY a.person_id, p.area`

// hitTwice: two entries of work for one employer that overlap, the later begun since $1.
const hitTwice = `INSERT INTO verify_hit (person_id, kind, area, other)
	SELECT b.person_id, 'twice', substr(p.area, 1, 6), max(b.employer_id) FROM person_spell b
	JOIN person_spell a ON a.person_id = b.person_id AND a.employer_id = b.employer_id AND a.since < b.since AND (a.until IS NULL OR a.until > b.since)
	JOIN person p ON p.person_id = b.person_id
	WHERE b.employer_id <> 0 AND b.since >= $1 AND b.since <= $2 GROUP BY b.person_id, p.area`

// hitUninsured: employed by a unit since $1 or before and still on $2, no pension insurance by anybody in the months $3 to $4.
const hitUninsured = `INSERT INTO verify_hit (person_id, kind, area, other)
	SELECT s.person_id, 'uninsured', substr(p.area, 1, 6), max(s.employer_id) FROM person_spell s JOIN person p ON p.person_id = s.person_id
	WHERE s.kind = 'unit' AND s.employer_id <> 0 AND s.since <= $1 AND (s.until IS NULL OR s.until > $2) AND p.died IS NULL
		AND NOT EXISTS (SELECT 1 FROM person_insurance i WHERE i.person_id = s.person_id AND i.kind = 'pension' AND i.from_month <= $4 AND (i.to_month IS NULL OR i.to_month >= $3))
	GROUP BY s.person_id, p.area`

// clearHits forgets what the last run saw.
func clearHits(ctx context.Context, tx *db.Tx, kind string) error {
	_, err := tx.Exec(ctx, `DELETE FROM verify_hit WHERE kind = $1`, kind)
	return err
}

type bannerCount struct {
	area string
	n    int64
}

func (b *bannerCount) fields() []any { return []any{&b.area, &b.n} }

func byArea(ctx context.Context, q db.Querier, query string, args ...any) (map[string]int64, error) {
	out := map[string]int64{}
	err := db.Each(ctx, q, (*bannerCount).fields, func(b *bannerCount) error { out[b.area] = b.n; return nil }, query, args...)
	return out, err
}

// hitsByArea counts people of a check by banner; phonesByArea the largest group of one telephone.
func hitsByArea(ctx context.Context, q db.Querier, kind string) (map[string]int64, error) {
	return byArea(ctx, q, `SELECT area, count(*) FROM verify_hit WHERE kind = $1 GROUP BY area ORDER BY area`, kind)
}

func phonesByArea(ctx context.Context, q db.Querier) (map[string]int64, error) {
	return byArea(ctx, q, `SELECT area, max(n) FROM (SELECT area, other, count(*) AS n FROM verify_hit WHERE kind = 'phone' GROUP BY area, other) AS g GROUP BY area ORDER BY area`)
}

// employedByArea counts who is employed by units since $1 or before and still on $2.
func employedByArea(ctx context.Context, q db.Querier, since, on db.Date) (map[string]int64, error) {
	return byArea(ctx, q, `SELECT substr(p.area, 1, 6) AS banner, count(DISTINCT s.person_id) FROM person_spell s JOIN person p ON p.person_id = s.person_id
		WHERE s.kind = 'unit' AND s.employer_id <> 0 AND s.since <= $1 AND (s.until IS NULL OR s.until > $2) AND p.died IS NULL GROUP BY substr(p.area, 1, 6) ORDER BY banner`, since, on)
}

// saveHits keeps who shares a telephone.
func saveHits(ctx context.Context, tx *db.Tx, rows [][]any) error {
	return tx.Copy(ctx, "verify_hit", []string{"person_id", "kind", "area", "other"}, rows)
}

// Hit is one person whom a check saw.
type Hit struct{ PersonID, Other int64 }

// hits lists people of a check in an area behind the last one shown.
func hits(ctx context.Context, q db.Querier, kind, area string, other, after int64, limit int) ([]Hit, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(h *Hit) []any { return []any{&h.PersonID, &h.Other} }, `SELECT person_id, other FROM verify_hit WHERE kind = $1 AND area >= $2 AND area < $3 AND (other, person_id) > ($4, $5)
		ORDER BY other, person_id LIMIT $6`, kind, low, high, other, after, limit)
}

// Forget drops what checks saw of people whose data are anonymised.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, people []int64) error {
	for _, id := range people {
		if _, err := tx.Exec(ctx, `DELETE FROM verify_hit WHERE person_id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}
