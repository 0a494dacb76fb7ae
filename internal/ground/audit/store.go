package audit

import (
	"context"
	"embed"
	"fmt"
	"math"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the log's tables.
var Schema = db.Schema{Room: "audit", FS: files}

// Head is the end of a chain: the number and the hash of its last entry.
type Head struct {
	Chain string
	Seq   int64
	Hash  []byte
}

func (h *Head) fields() []any { return []any{&h.Chain, &h.Seq, &h.Hash} }

// advance moves the head on by n entries, which locks it, and returns the new number with the old hash.
func advance(ctx context.Context, tx *db.Tx, chain string, n int64) (Head, error) {
	for range 2 {
		h, found, err := db.One(ctx, tx, (*Head).fields, `UPDATE audit_head SET seq = seq + $1 WHERE chain = $2 RETURNING chain, seq, hash`, n, chain)
		if found || err != nil {
			return h, err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO audit_head (chain, seq, hash) VALUES ($1, 0, $2) ON CONFLICT (chain) DO NOTHING`, chain, []byte{}); err != nil {
			return h, err
		}
	}
	return Head{}, fmt.Errorf("audit: no head for chain %s", chain)
}

func seal(ctx context.Context, tx *db.Tx, h Head) error {
	_, err := tx.Exec(ctx, `UPDATE audit_head SET hash = $1 WHERE chain = $2`, h.Hash, h.Chain)
	return err
}

func heads(ctx context.Context, q db.Querier) ([]Head, error) {
	return db.All(ctx, q, (*Head).fields, `SELECT chain, seq, hash FROM audit_head WHERE seq > 0 ORDER BY chain`)
}

var columns = []string{"chain", "seq", "at", "actor_id", "actor", "act", "object", "object_id", "area", "what", "prev", "hash"}

func (e *Entry) fields() []any {
	return []any{&e.Chain, &e.Seq, (*instant)(&e.At), &e.ActorID, &e.Actor, &e.Act, &e.Object, &e.ObjectID, &e.Area, &e.What, &e.prev, &e.hash}
}

func insert(ctx context.Context, tx *db.Tx, entries []Entry) error {
	rows := make([][]any, len(entries))
	for i, e := range entries {
		rows[i] = []any{e.Chain, e.Seq, e.At.UnixMilli(), e.ActorID, e.Actor, e.Act, e.Object, e.ObjectID, e.Area, e.What, e.prev, e.hash}
		if e.prev == nil {
			rows[i][10] = []byte{}
		}
	}
	if len(rows) == 1 { // the usual case is not worth a COPY
		_, err := tx.Exec(ctx, `INSERT INTO audit_entry (`+strings.Join(columns, ", ")+`) VALUES (`+db.In(1, len(columns))+`)`, rows[0]...)
		return err
	}
	return tx.Copy(ctx, "audit_entry", columns, rows)
}

func each(ctx context.Context, q db.Querier, yield func(*Entry) error) error {
	return db.Each(ctx, q, (*Entry).fields, yield, `SELECT `+strings.Join(columns, ", ")+` FROM audit_entry ORDER BY chain, seq`)
}

// Cursor is where a list goes on: behind this entry. The zero Cursor is the start.
type Cursor struct {
	At    int64 // unix milliseconds
	Chain string
	Seq   int64
}

// Cursor is the place behind this entry.
func (e *Entry) Cursor() Cursor { return Cursor{e.At.UnixMilli(), e.Chain, e.Seq} }

// Filter narrows Recent down; zero fields let everything through.
type Filter struct {
	Area    string // subtree
	ActorID int64
	Act     string
}

// About reads who did what with one thing, newest first; next is the zero Cursor at the end.
func (l *Log) About(ctx context.Context, object string, objectID int64, limit int, after Cursor) (entries []Entry, next Cursor, err error) {
	return l.page(ctx, "object = $4 AND object_id = $5", limit, after, object, objectID)
}

// Recent reads the latest acts, newest first; next is the zero Cursor at the end.
func (l *Log) Recent(ctx context.Context, f Filter, limit int, after Cursor) (entries []Entry, next Cursor, err error) {
	low, high := db.Under(f.Area)
	where, args := "area >= $4 AND area < $5", []any{low, high}
	if f.ActorID != 0 {
		args = append(args, f.ActorID)
		where += fmt.Sprintf(" AND actor_id = $%d", 3+len(args))
	}
	if f.Act != "" {
		args = append(args, f.Act)
		where += fmt.Sprintf(" AND act = $%d", 3+len(args))
	}
	return l.page(ctx, where, limit, after, args...)
}

// page reads up to limit entries behind the cursor. The plain bound on at is there for the index.
func (l *Log) page(ctx context.Context, where string, limit int, after Cursor, args ...any) (entries []Entry, next Cursor, err error) {
	if after == (Cursor{}) {
		after.At = math.MaxInt64
	}
	args = append([]any{after.At, after.Chain, after.Seq}, args...)
	args = append(args, limit+1)
	entries, err = db.All(ctx, l.DB, (*Entry).fields, `
		SELECT `+strings.Join(columns, ", ")+` FROM audit_entry
		WHERE at <= $1 AND (at, chain, seq) < ($1, $2, $3) AND `+where+`
		ORDER BY at DESC, chain DESC, seq DESC LIMIT $`+fmt.Sprint(len(args)), args...)
	if len(entries) > limit {
		entries = entries[:limit]
		next = entries[limit-1].Cursor()
	}
	return entries, next, err
}

// instant scans unix milliseconds.
type instant time.Time

// Scan implements sql.Scanner.
func (i *instant) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("audit: an instant is %T", src)
	}
	*i = instant(time.UnixMilli(n).In(clock.Zone))
	return nil
}
