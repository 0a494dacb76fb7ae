package person

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
)

// Ability is what somebody said when registering as unemployed or when asked for needs: whether they can work, want to,
// and want training. nil: not said.
type Ability struct {
	PersonID             int64
	Able, Willing, Train *bool
}

// SaveAbilities writes answers into the people's files and returns how many files changed; what was not said stays as
// it was. Two answers of one call must not be about one person.
func (s *Store) SaveAbilities(ctx context.Context, tx *db.Tx, list []Ability) (changed int64, err error) {
	// There are only 27 answers, so one statement can serve all who gave the same.
	same := map[[3]sql.NullBool][]any{}
	for _, a := range list {
		key := [3]sql.NullBool{nullable(a.Able), nullable(a.Willing), nullable(a.Train)}
		same[key] = append(same[key], a.PersonID)
	}
	now := s.Clock.Now().UnixMilli()
	var touched []int64
	for said, ids := range same {
		for part := range slices.Chunk(ids, 1000) {
			n, err := tx.Exec(ctx, `UPDATE person SET able = coalesce(CAST($1 AS BOOLEAN), able), willing = coalesce(CAST($2 AS BOOLEAN), willing), train = coalesce(CAST($3 AS BOOLEAN), train),
					version = version + 1, updated_at = $4
				WHERE (able IS DISTINCT FROM coalesce(CAST($5 AS BOOLEAN), able) OR willing IS DISTINCT FROM coalesce(CAST($6 AS BOOLEAN), willing)
						OR train IS DISTINCT FROM coalesce(CAST($7 AS BOOLEAN), train))
					AND person_id IN (`+db.In(8, len(part))+`)`, append([]any{said[0], said[1], said[2], now, said[0], said[1], said[2]}, part...)...)
			if err != nil {
				return changed, err
			}
			if changed += n; n > 0 {
				for _, id := range part {
					touched = append(touched, id.(int64))
				}
			}
		}
	}
	return changed, touch(ctx, tx, "ability", touched)
}

func nullable(b *bool) sql.NullBool {
	if b == nil {
		return sql.NullBool{}
	}
	return sql.NullBool{Bool: *b, Valid: true}
}

// Phones reads many people's phones, as a transaction sees them; people without one are left out.
func (s *Store) Phones(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := make(map[int64]string, len(ids))
	type row struct {
		id    int64
		phone []byte
	}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.id, &r.phone} }, func(r *row) (err error) { out[r.id], err = s.Sealer.Open(r.phone); return err },
			`SELECT person_id, phone_seal FROM person WHERE phone_seal IS NOT NULL AND person_id IN (`+db.In(1, len(part))+`) ORDER BY person_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// phonesAtOnce is how many phones go in with one statement, which looks through them for every person.
const phonesAtOnce = 50

// SavePhones writes people's phones: person → phone.
func (s *Store) SavePhones(ctx context.Context, tx *db.Tx, phones map[int64]string) error {
	ids := slices.Sorted(maps.Keys(phones))
	now := s.Clock.Now().UnixMilli()
	for part := range slices.Chunk(ids, phonesAtOnce) {
		var when strings.Builder
		var args []any
		for _, id := range part {
			args = append(args, id, s.Sealer.Seal(phones[id]))
			fmt.Fprintf(&when, "WHEN $%d THEN $%d ", len(args)-1, len(args))
		}
		args = append(append(args, now), db.Args(part)...)
		if _, err := tx.Exec(ctx, fmt.Sprintf(`UPDATE person SET phone_seal = CASE person_id %sELSE phone_seal END, version = version + 1, updated_at = $%d
			WHERE person_id IN (%s)`, when.String(), 2*len(part)+1, db.In(2*len(part)+2, len(part))), args...); err != nil {
			return err
		}
	}
	return touch(ctx, tx, "person", ids)
}

// LastRegistered is the first day of each person's latest registration of unemployment.
func (s *Store) LastRegistered(ctx context.Context, q db.Querier, ids []int64) (map[int64]db.Date, error) {
	out := make(map[int64]db.Date, len(ids))
	type row struct {
		id    int64
		since db.Date
	}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.id, &r.since} }, func(r *row) error { out[r.id] = r.since; return nil },
			`SELECT person_id, max(since) FROM person_registration WHERE person_id IN (`+db.In(1, len(part))+`) GROUP BY person_id ORDER BY person_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
