package verify

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// The checks of people's records are one statement each for a stretch of ids, $1 (excluded) to $2. Spells, insurance and people are all kept
// along person_id, so that each is read in one piece and nobody is looked up anywhere else.

// replaceTwoPlaces: at work for units in two banners at once, the later work begun since $3. The area is where the person lives, as figures are counted.
const replaceTwoPlaces = `INSERT INTO verify_hit (person_id, kind, area, other)
	SELECT b.person_id, 'twoplaces', substr(p.area, 1, 6), max(b.employer_id) FROM person_spell b
	JOIN person_spell a ON a.person_id = b.person_id AND a.kind = 'unit' AND a.since <= b.since AND (a.until IS NULL OR a.until > b.since) AND a.employer_id <> b.employer_id AND substr(a.area, 1, 6) <> substr(b.area, 1, 6)
	JOIN person p ON p.person_id = b.person_id
	WHERE b.person_id > $1 AND b.person_id <= $2 AND b.kind = 'unit' AND b.since >= $3 AND b.since <= $4 AND (b.until IS NULL OR b.until > b.since) AND a.area <> '' AND b.area <> '' GROUP BY b.person_id, p.area`

// replaceTwice: two entries of work for one employer that overlap, the later begun since $3.
const replaceTwice = `INSERT INTO verify_hit (person_id, kind, area, other)
	SELECT b.person_id, 'twice', substr(p.area, 1, 6), max(b.employer_id) FROM person_spell b
	JOIN person_spell a ON a.person_id = b.person_id AND a.employer_id = b.employer_id AND (a.since < b.since OR a.since = b.since AND a.kind < b.kind) AND (a.until IS NULL OR a.until > b.since)
	JOIN person p ON p.person_id = b.person_id
	WHERE b.person_id > $1 AND b.person_id <= $2 AND b.employer_id <> 0 AND b.since >= $3 AND b.since <= $4 GROUP BY b.person_id, p.area`

// replaceUninsured: employed by a unit since $3 or before and still on $4, no pension insurance by anybody in the months $5 to $6.
const replaceUninsured = `INSERT INTO verify_hit (person_id, kind, area, other)
	SELECT s.person_id, 'uninsured', substr(p.area, 1, 6), max(s.employer_id) FROM person_spell s JOIN person p ON p.person_id = s.person_id
	WHERE s.person_id > $1 AND s.person_id <= $2 AND s.kind = 'unit' AND s.employer_id <> 0 AND s.since <= $3 AND (s.until IS NULL OR s.until > $4) AND p.died IS NULL
		AND NOT EXISTS (SELECT 1 FROM person_insurance i WHERE i.person_id = s.person_id AND i.kind = 'pension' AND i.from_month <= $6 AND (i.to_month IS NULL OR i.to_month >= $5))
	GROUP BY s.person_id, p.area`

// employedByArea counts who is employed by units since $3 or before and still on $4.
const employedByArea = `SELECT area, count(*) FROM (SELECT s.person_id, substr(p.area, 1, 6) AS area FROM person_spell s JOIN person p ON p.person_id = s.person_id
	WHERE s.person_id > $1 AND s.person_id <= $2 AND s.kind = 'unit' AND s.employer_id <> 0 AND s.since <= $3 AND (s.until IS NULL OR s.until > $4) AND p.died IS NULL
	GROUP BY s.person_id, p.area) AS e GROUP BY area ORDER BY area`

// replaceHits puts what the checks see of a stretch of people in the place of what the last run saw.
func replaceHits(ctx context.Context, tx *db.Tx, s span, after, last int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM verify_hit WHERE person_id > $1 AND person_id <= $2 AND kind <> 'phone'`, after, last); err != nil {
		return err
	}
	for _, check := range []struct {
		query string
		args  []any
	}{{replaceTwoPlaces, []any{after, last, s.yearAgo, s.day}}, {replaceTwice, []any{after, last, s.yearAgo, s.day}}, {replaceUninsured, []any{after, last, s.begun, s.day, s.from, s.to}}} {
		if _, err := tx.Exec(ctx, check.query, check.args...); err != nil {
			return err
		}
	}
	return nil
}

// clearHitsAfter forgets what was seen of people behind the last one there is.
func clearHitsAfter(ctx context.Context, tx *db.Tx, last int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM verify_hit WHERE person_id > $1 AND kind <> 'phone'`, last)
	return err
}

// addEmployed adds who is employed by units, by banner.
func addEmployed(ctx context.Context, q db.Querier, sum map[string]int64, s span, after, last int64) error {
	return db.Each(ctx, q, (*bannerCount).fields, func(b *bannerCount) error { sum[b.area] += b.n; return nil }, employedByArea, after, last, s.begun, s.day)
}

// stretch is how many people are read, and checked in one transaction, at once.
const stretch = 20_000

// holdersAfter reads people behind an id, with their sealed telephones.
func holdersAfter(ctx context.Context, d *db.DB, after int64) ([]holder, error) {
	list := make([]holder, 0, stretch)
	err := d.Rows(ctx, func(r *db.Row) error {
		list = append(list, holder{id: r.Int(0), area: r.Text(1), seal: r.Bytes(2)})
		return nil
	}, listHolders, after, stretch)
	return list, err
}

const listHolders = `SELECT person_id, substr(area, 1, 6), phone_seal FROM person WHERE person_id > $1 ORDER BY person_id LIMIT $2`

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

// clearPhones forgets who shared a telephone in the last run.
func clearPhones(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM verify_hit WHERE kind = 'phone'`)
	return err
}

// savePhones keeps who shares one telephone.
func savePhones(ctx context.Context, tx *db.Tx, group []holder) error {
	for part := range slices.Chunk(group, stretch) {
		rows := make([][]any, len(part))
		for i, h := range part {
			rows[i] = []any{h.id, Phone, h.area, group[0].id}
		}
		if err := tx.Copy(ctx, "verify_hit", []string{"person_id", "kind", "area", "other"}, rows); err != nil {
			return err
		}
	}
	return nil
}

// Hit is one person whom a check saw.
type Hit struct{ PersonID, Other int64 }

// hits lists people of a check in a banner behind the last one shown.
func hits(ctx context.Context, q db.Querier, kind, banner string, other, after int64, limit int) ([]Hit, error) {
	return db.All(ctx, q, func(h *Hit) []any { return []any{&h.PersonID, &h.Other} }, listHits, kind, banner, other, after, limit)
}

const listHits = `SELECT person_id, other FROM verify_hit WHERE kind = $1 AND area = $2 AND (other, person_id) > ($3, $4) ORDER BY other, person_id LIMIT $5`

// Forget drops what checks saw of people whose data are anonymised.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, people []int64) error {
	for _, id := range people {
		if _, err := tx.Exec(ctx, `DELETE FROM verify_hit WHERE person_id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}
