package person

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/feed"
)

// changes is the change feed.
var changes = feed.Log{Table: "person_change", IDs: "people"}

// touch notes in the feed that something was written about people; ids may repeat. It belongs into every write path.
func touch(ctx context.Context, tx *db.Tx, what string, ids []int64) error {
	return changes.Touch(ctx, tx, what, ids)
}

// Touch is touch for what other packages keep of people (needs, records).
func (s *Store) Touch(ctx context.Context, tx *db.Tx, what string, ids []int64) error {
	return touch(ctx, tx, what, ids)
}

// touchRows is touch for rows whose first column is the person.
func touchRows(ctx context.Context, tx *db.Tx, table string, rows [][]any) error {
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i][0].(int64)
	}
	return touch(ctx, tx, strings.TrimPrefix(strings.TrimPrefix(table, "person_"), "key_"), ids)
}

// TouchAround touches those whose facts hang on employers: everybody who ever worked there, and the founders.
func TouchAround(ctx context.Context, tx *db.Tx, employers, founders []int64) error {
	ids := slices.Clone(founders)
	for part := range slices.Chunk(employers, 1000) {
		workers, err := db.All(ctx, tx, func(id *int64) []any { return []any{id} },
			`SELECT DISTINCT person_id FROM person_spell WHERE employer_id IN (`+db.In(1, len(part))+`) ORDER BY person_id`, db.Args(part)...)
		if err != nil {
			return err
		}
		ids = append(ids, workers...)
	}
	return touch(ctx, tx, "employer", ids)
}

// Changes reads the feed behind a mark, oldest change first: at most limit people, each once. next is where to go on, and more
// says whether to do so at once. Changes of transactions that still run are left for later, together with all that came
// after them, so that a reader never steps over anybody.
func (s *Store) Changes(ctx context.Context, after Mark, limit int) (list []Change, next Mark, more bool, err error) {
	found, end, more, err := changes.Read(ctx, s.DB, feed.Mark{Change: after.ChangeID, ID: after.PersonID}, limit)
	if err != nil {
		return nil, after, false, err
	}
	for _, c := range found {
		list = append(list, Change{Mark: Mark{c.Change, c.ID}, What: c.What})
	}
	return list, Mark{end.Change, end.ID}, more, s.areasOf(ctx, list)
}

// End is behind everything in the feed that cannot grow any more.
func (s *Store) End(ctx context.Context) (Mark, error) {
	end, err := changes.End(ctx, s.DB)
	return Mark{end.Change, end.ID}, err
}

// areasOf fills in where people live now.
func (s *Store) areasOf(ctx context.Context, list []Change) error {
	type row struct {
		id   int64
		area string
	}
	areas := make(map[int64]string, len(list))
	for part := range slices.Chunk(list, 1000) {
		args := make([]any, len(part))
		for i := range part {
			args[i] = part[i].PersonID
		}
		if err := db.Each(ctx, s.DB, func(r *row) []any { return []any{&r.id, &r.area} }, func(r *row) error { areas[r.id] = r.area; return nil },
			`SELECT person_id, area FROM person WHERE person_id IN (`+db.In(1, len(args))+`) ORDER BY person_id`, args...); err != nil {
			return err
		}
	}
	for i := range list {
		list[i].Area = areas[list[i].PersonID]
	}
	return nil
}
