package person

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
)

// Ability is what somebody said when registering as unemployed: whether they can work and want to. nil: not said.
type Ability struct {
	PersonID      int64
	Able, Willing *bool
}

// SaveAbilities writes answers into the people's files and returns how many files changed; what was not said stays as
// it was. Two answers of one call must not be about one person.
func (s *Store) SaveAbilities(ctx context.Context, tx *db.Tx, list []Ability) (changed int64, err error) {
	now := s.Clock.Now().UnixMilli()
	for part := range slices.Chunk(list, 500) {
		var values strings.Builder
		args := []any{now}
		for i, a := range part {
			if i > 0 {
				values.WriteString(", ")
			}
			n := len(args)
			values.WriteString("(CAST($" + strconv.Itoa(n+1) + " AS BIGINT), CAST($" + strconv.Itoa(n+2) + " AS BOOLEAN), CAST($" + strconv.Itoa(n+3) + " AS BOOLEAN))")
			args = append(args, a.PersonID, a.Able, a.Willing)
		}
		// Both databases name the columns of VALUES column1, column2, …
		n, err := tx.Exec(ctx, `UPDATE person SET able = coalesce(v.column2, able), willing = coalesce(v.column3, willing), version = version + 1, updated_at = $1
			FROM (VALUES `+values.String()+`) AS v WHERE person_id = v.column1
				AND (able IS DISTINCT FROM coalesce(v.column2, able) OR willing IS DISTINCT FROM coalesce(v.column3, willing))`, args...)
		if err != nil {
			return changed, err
		}
		changed += n
	}
	return changed, nil
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
			`SELECT person_id, max(since) FROM person_registration WHERE person_id IN (`+db.In(1, len(part))+`) GROUP BY person_id ORDER BY person_id`, anys(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
