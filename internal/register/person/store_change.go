package person

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
)

var columnsOfChange = []string{"person_id", "change_id", "what"}

// touch notes in the feed that something was written about people; ids may repeat. It belongs into every write path. A
// bulk write of which only a part was new touches everybody in it: the feed may name somebody too often, never too rarely.
func touch(ctx context.Context, tx *db.Tx, what string, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	at, err := tx.Stamp(ctx, "person_change", "change_id")
	if err != nil {
		return err
	}
	// In the order of the key: neighbours lie together, and two writers at once cannot wait for each other.
	slices.Sort(ids)
	ids = slices.Compact(ids)
	rows := make([][]any, len(ids))
	for i, id := range ids {
		rows[i] = []any{id, at, what}
	}
	return tx.Upsert(ctx, "person_change", columnsOfChange, columnsOfChange[:1], rows)
}

// Touch is touch for what other packages keep of people (needs, records).
func (s *Store) Touch(ctx context.Context, tx *db.Tx, what string, ids []int64) error {
	return touch(ctx, tx, what, slices.Clone(ids))
}

// touchRows is touch for rows whose first column is the person.
func touchRows(ctx context.Context, tx *db.Tx, table string, rows [][]any) error {
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i][0].(int64)
	}
	return touch(ctx, tx, strings.TrimPrefix(strings.TrimPrefix(table, "person_"), "key_"), ids)
}

// Changes reads the feed behind a mark, oldest change first, at most limit people. The last one's Mark is where the next
// call goes on; fewer than limit say that the end is reached. Changes of transactions that still run are left for later,
// together with all that came after them (see db.Settled), so that a reader never steps over anybody.
func (s *Store) Changes(ctx context.Context, after Mark, limit int) ([]Change, error) {
	settled, err := s.DB.Settled(ctx)
	if err != nil {
		return nil, err
	}
	return db.All(ctx, s.DB, func(c *Change) []any { return []any{&c.PersonID, &c.ChangeID, &c.What, &c.Area} },
		`SELECT c.person_id, c.change_id, c.what, coalesce(p.area, '') FROM
			(SELECT person_id, change_id, what FROM person_change WHERE (change_id, person_id) > ($1, $2) AND change_id < $3 ORDER BY change_id, person_id LIMIT $4) c
			LEFT JOIN person p ON p.person_id = c.person_id ORDER BY c.change_id, c.person_id`, after.ChangeID, after.PersonID, settled, limit)
}
