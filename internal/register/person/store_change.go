package person

import (
	"context"
	"errors"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
)

// A row of the feed holds at most so many people.
const peopleOfChange = 4096

// touch notes in the feed that something was written about people; ids may repeat. It belongs into every write path. A
// bulk write of which only a part was new touches everybody in it: the feed may name somebody too often, never too rarely.
func touch(ctx context.Context, tx *db.Tx, what string, ids []int64) error {
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), peopleOfChange) {
		row := []any{int64(0), what, packIDs(part)}
		for added := int64(0); added == 0; { // once, but for two stamps that are the same
			at, err := tx.Stamp(ctx, "person_change", "change_id")
			if err != nil {
				return err
			}
			row[0] = at
			if added, err = tx.Merge(ctx, "person_change", []string{"change_id", "what", "people"}, []string{"change_id"}, [][]any{row}, db.KeepOld); err != nil {
				return err
			}
		}
	}
	return nil
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

// write is one row of the feed.
type write struct {
	id     int64
	what   string
	people []byte
}

var errFull = errors.New("person: the page is full")

// Changes reads the feed behind a mark, oldest change first: at most limit changes, and in them each person once. next is
// where to go on, and more says whether to do so at once. Changes of transactions that still run are left for later,
// together with all that came after them (see db.Settled), so that a reader never steps over anybody.
func (s *Store) Changes(ctx context.Context, after Mark, limit int) (list []Change, next Mark, more bool, err error) {
	next = after
	settled, err := s.DB.Settled(ctx)
	if err != nil {
		return nil, next, false, err
	}
	at := map[int64]int{} // person → place in list
	err = db.Each(ctx, s.DB, func(w *write) []any { return []any{&w.id, &w.what, &w.people} }, func(w *write) error {
		ids, err := unpackIDs(w.people)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if w.id == after.ChangeID && id <= after.PersonID {
				continue
			}
			if len(at) == limit {
				more = true
				return errFull
			}
			next = Mark{w.id, id}
			if old, twice := at[id]; twice {
				list[old].PersonID = 0 // the later change counts
			}
			at[id] = len(list)
			list = append(list, Change{Mark: next, What: w.what})
		}
		return nil
	}, `SELECT change_id, what, people FROM person_change WHERE change_id >= $1 AND change_id < $2 ORDER BY change_id`, after.ChangeID, settled)
	if err != nil && !errors.Is(err, errFull) {
		return nil, after, false, err
	}
	list = slices.DeleteFunc(list, func(c Change) bool { return c.PersonID == 0 })
	return list, next, more, s.areasOf(ctx, list)
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
