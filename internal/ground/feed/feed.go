// Package feed is a log of whose rows were written, which readers follow from a mark: one row for each write, holding
// everybody whom it touched. One row for each of them was tried: it made an import take twice as long.
//
// A table of it has change_id (BIGINT, the primary key, a db.Stamp), what (TEXT) and the ids (BYTEA) in a column whose name
// the Log says. A reader meets everything that was touched behind its mark, at least once, and never steps over what a
// transaction commits late (see db.Settled).
package feed

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"jiuye/internal/ground/db"
)

// Log is one such table.
type Log struct{ Table, IDs string }

// Mark is a place in a log: behind one id of one write. The zero Mark stands before everything.
type Mark struct {
	Change int64 // db.Stamp
	ID     int64
}

// Change says that something of what an id stands for was written.
type Change struct {
	Mark
	What string
}

// most is how many ids a row holds.
const most = 4096

// Touch notes that something was written about ids, which may repeat. A bulk write of which only a part was new may touch
// everybody in it: the log may name somebody too often, never too rarely.
func (l Log) Touch(ctx context.Context, tx *db.Tx, what string, ids []int64) error {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), most) {
		row := []any{int64(0), what, pack(part)}
		for added := int64(0); added == 0; { // once, but for two stamps that are the same
			at, err := tx.Stamp(ctx, l.Table, "change_id")
			if err != nil {
				return err
			}
			row[0] = at
			if added, err = tx.Merge(ctx, l.Table, []string{"change_id", "what", l.IDs}, []string{"change_id"}, [][]any{row}, db.KeepOld); err != nil {
				return err
			}
		}
	}
	return nil
}

// End is behind everything in the log that cannot grow any more.
func (l Log) End(ctx context.Context, d *db.DB) (Mark, error) {
	settled, err := d.Settled(ctx)
	if err != nil {
		return Mark{}, err
	}
	last, err := db.Value[int64](ctx, d, `SELECT max(change_id) FROM `+l.Table+` WHERE change_id < $1`, settled)
	return Mark{last, math.MaxInt64}, err
}

// write is one row.
type write struct {
	at   int64
	what string
	ids  []byte
}

var errFull = errors.New("feed: the page is full")

// Read reads the log behind a mark, oldest change first: at most limit ids, each once, with its last change of the page. next
// is where to go on, and more says whether to do so at once. Changes of transactions that still run are left for later,
// together with all that came after them.
func (l Log) Read(ctx context.Context, d *db.DB, after Mark, limit int) (list []Change, next Mark, more bool, err error) {
	next = after
	settled, err := d.Settled(ctx)
	if err != nil {
		return nil, next, false, err
	}
	place := map[int64]int{} // id → place in list
	err = db.Each(ctx, d, func(w *write) []any { return []any{&w.at, &w.what, &w.ids} }, func(w *write) error {
		ids, err := unpack(w.ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if w.at == after.Change && id <= after.ID {
				continue
			}
			if len(place) == limit {
				more = true
				return errFull
			}
			next = Mark{w.at, id}
			if old, twice := place[id]; twice {
				list[old].ID = 0 // the later change counts
			}
			place[id] = len(list)
			list = append(list, Change{next, w.what})
		}
		return nil
	}, `SELECT change_id, what, `+l.IDs+` FROM `+l.Table+` WHERE change_id >= $1 AND change_id < $2 ORDER BY change_id`, after.Change, settled)
	if err != nil && !errors.Is(err, errFull) {
		return nil, after, false, err
	}
	return slices.DeleteFunc(list, func(c Change) bool { return c.ID == 0 }), next, more, nil
}

// pack writes rising ids as their differences: neighbours of one import need two or three bytes each.
func pack(ids []int64) []byte {
	out := make([]byte, 0, 4*len(ids)+8)
	last := int64(0)
	for _, id := range ids {
		out = binary.AppendUvarint(out, uint64(id-last))
		last = id
	}
	return out
}

// unpack is the way back.
func unpack(packed []byte) (ids []int64, err error) {
	last := int64(0)
	for len(packed) > 0 {
		d, n := binary.Uvarint(packed)
		if n <= 0 {
			return nil, fmt.Errorf("feed: the ids of a change cannot be read")
		}
		last += int64(d)
		ids, packed = append(ids, last), packed[n:]
	}
	return ids, nil
}
