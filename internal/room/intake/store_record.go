package intake

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// recordTable is intake_record or intake_unit_record: they differ in whose the records are.
type recordTable struct {
	name, owner string
}

var (
	ofPeople = recordTable{"intake_record", "person_id"}
	ofUnits  = recordTable{"intake_unit_record", "employer_id"}
)

// columns are in the order of Said.fields.
func (t recordTable) columns() []string {
	return []string{t.owner, "row_hash", "ended_at", "record_id", "source", "kind", "slot", "batch_id", "file_id", "row_number", "valid_from", "heard_at",
		"known_at", "ended_why", "cells"}
}

func (t recordTable) from() string {
	return `SELECT ` + t.owner + `, row_hash, ended_at, record_id, source, kind, slot, batch_id, file_id, row_number, valid_from, heard_at, known_at, ended_why, cells FROM ` + t.name + ` `
}

// add stores records; those whose owner has the same row live already are left out. It returns how many were stored.
func (t recordTable) add(ctx context.Context, tx *db.Tx, list []Said) (added int64, err error) {
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = list[i].values()
	}
	columns := t.columns()
	return tx.Merge(ctx, t.name, columns, columns[:3], rows, db.KeepOld)
}

// addDoubting is add that also returns the places of records among which those are that were left out.
func (t recordTable) addDoubting(ctx context.Context, tx *db.Tx, list []Said) (doubtful []int, err error) {
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = list[i].values()
	}
	columns := t.columns()
	_, err = tx.MergeNew(ctx, t.name, columns, columns[:3], rows, func(from, to int) {
		for i := from; i < to; i++ {
			doubtful = append(doubtful, i)
		}
	})
	return doubtful, err
}

// addNew is add for owners who have no records yet. Two equal rows of one call are folded.
func (t recordTable) addNew(ctx context.Context, tx *db.Tx, list []Said) error {
	list = fold(list, func(s *Said) [2]int64 { return [2]int64{s.Owner, s.Hash} })
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = list[i].values()
	}
	return tx.Copy(ctx, t.name, t.columns(), rows)
}

// trace is what tells whether a delivered row is news.
type trace struct{ owner, hash, id, slot, heard int64 }

// liveOf reads the traces of owners' live records of a source and kind.
func (t recordTable) liveOf(ctx context.Context, q db.Querier, source, kind string, owners []int64) (map[int64][]trace, error) {
	out := make(map[int64][]trace, len(owners))
	owners = slices.Compact(slices.Sorted(slices.Values(owners)))
	for part := range slices.Chunk(owners, 1000) {
		err := db.Each(ctx, q, func(x *trace) []any { return []any{&x.owner, &x.hash, &x.id, &x.slot, &x.heard} },
			func(x *trace) error { out[x.owner] = append(out[x.owner], *x); return nil },
			`SELECT `+t.owner+`, row_hash, record_id, slot, heard_at FROM `+t.name+` WHERE ended_at = 0 AND source = $1 AND kind = $2
				AND `+t.owner+` IN (`+db.In(3, len(part))+`) ORDER BY `+t.owner+`, heard_at, record_id`, append([]any{source, kind}, db.Args(part)...)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// heardOf reads owners' live records without their cells, the earliest heard first.
func (t recordTable) heardOf(ctx context.Context, q db.Querier, owners []int64) (map[int64][]Said, error) {
	out := make(map[int64][]Said, len(owners))
	for part := range slices.Chunk(owners, 1000) {
		err := db.Each(ctx, q, func(s *Said) []any { return []any{&s.Owner, &s.ID, &s.Source, &s.Kind, &s.ValidFrom, &s.HeardAt} },
			func(s *Said) error { out[s.Owner] = append(out[s.Owner], *s); return nil },
			`SELECT `+t.owner+`, record_id, source, kind, valid_from, heard_at FROM `+t.name+` WHERE ended_at = 0 AND `+t.owner+` IN (`+db.In(1, len(part))+`)
				ORDER BY `+t.owner+`, heard_at, record_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// of reads all records of owners, ended ones too, cells opened: owner → records in the order in which they were heard.
func (t recordTable) of(ctx context.Context, q db.Querier, open func(*Said) error, owners []int64) (map[int64][]Said, error) {
	out := make(map[int64][]Said, len(owners))
	for part := range slices.Chunk(owners, 1000) {
		err := db.Each(ctx, q, (*Said).fields, func(s *Said) error {
			one := *s
			if err := open(&one); err != nil {
				return err
			}
			out[one.Owner] = append(out[one.Owner], one)
			s.sealed, s.Cells = nil, nil
			return nil
		}, t.from()+`WHERE `+t.owner+` IN (`+db.In(1, len(part))+`) ORDER BY `+t.owner+`, heard_at, record_id, ended_at`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// end ends live records of owners that match a condition, at an instant.
func (t recordTable) end(ctx context.Context, tx *db.Tx, why string, at int64, owners []int64, where string, args ...any) (ended int64, err error) {
	for part := range slices.Chunk(owners, 500) {
		all := append([]any{at, why}, db.Args(part)...)
		n, err := tx.Exec(ctx, `UPDATE `+t.name+` SET ended_at = $1, ended_why = $2 WHERE `+t.owner+` IN (`+db.In(3, len(part))+`) AND ended_at = 0 AND `+
			where+db.In(len(all)+1, len(args))+`)`, append(all, args...)...)
		if err != nil {
			return ended, err
		}
		ended += n
	}
	return ended, nil
}

// instant is when something may end for owners: now, or later than whatever has ended before.
func (t recordTable) instant(ctx context.Context, q db.Querier, owners []int64, now int64) (int64, error) {
	for part := range slices.Chunk(owners, 1000) {
		last, err := db.Value[int64](ctx, q, `SELECT coalesce(max(ended_at), 0) FROM `+t.name+` WHERE `+t.owner+` IN (`+db.In(1, len(part))+`)`, db.Args(part)...)
		if err != nil {
			return 0, err
		}
		now = max(now, last+1)
	}
	return now, nil
}

// ownersIn lists who has live records of a batch, in the order of ids, behind one of them.
func (t recordTable) ownersIn(ctx context.Context, q db.Querier, batchID, after int64, limit int) ([]int64, error) {
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `SELECT DISTINCT `+t.owner+` FROM `+t.name+`
		WHERE batch_id = $1 AND `+t.owner+` > $2 AND ended_at = 0 ORDER BY `+t.owner+` LIMIT $3`, batchID, after, limit)
}

// without are those of the owners who have no record at all, or none that is live.
func (t recordTable) without(ctx context.Context, q db.Querier, owners []int64, live bool) (none []int64, err error) {
	and := ``
	if live {
		and = ` AND ended_at = 0`
	}
	for part := range slices.Chunk(owners, 1000) {
		has := map[int64]bool{}
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { has[*id] = true; return nil },
			`SELECT DISTINCT `+t.owner+` FROM `+t.name+` WHERE `+t.owner+` IN (`+db.In(1, len(part))+`)`+and+` ORDER BY `+t.owner, db.Args(part)...)
		if err != nil {
			return nil, err
		}
		for _, id := range part {
			if !has[id] {
				none = append(none, id)
			}
		}
	}
	return none, nil
}

// at finds an owner's live records that came from one row.
func (t recordTable) at(ctx context.Context, q db.Querier, owner int64, from origin) ([]int64, error) {
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `SELECT record_id FROM `+t.name+` WHERE `+t.owner+` = $1 AND ended_at = 0
		AND batch_id = $2 AND file_id = $3 AND row_number = $4 ORDER BY record_id`, owner, from.Batch, from.File, from.Row)
}
