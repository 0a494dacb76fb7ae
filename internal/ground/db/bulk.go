package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Copy inserts many rows that are not there yet: COPY on PostgreSQL, prepared multi-row inserts on SQLite. It fails
// as a whole on a key that exists.
func (t *Tx) Copy(ctx context.Context, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	if t.kind == Postgres {
		return t.copyPostgres(ctx, table, columns, rows)
	}
	_, err := t.insert(ctx, table, columns, rows, "", nil)
	return err
}

// Upsert inserts many rows, and overwrites the other columns of those whose key exists. Two rows of one call must not
// share a key.
func (t *Tx) Upsert(ctx context.Context, table string, columns, keys []string, rows [][]any) error {
	var sets []string
	for _, c := range columns {
		if !slices.Contains(keys, c) {
			sets = append(sets, c+" = excluded."+c)
		}
	}
	if len(rows) == 0 || len(sets) == 0 {
		return t.InsertNew(ctx, table, columns, keys, rows)
	}
	_, err := t.insert(ctx, table, columns, rows, " ON CONFLICT ("+strings.Join(keys, ", ")+") DO UPDATE SET "+strings.Join(sets, ", "), nil)
	return err
}

// Meeting says what a merge does with a row whose key is there already.
type Meeting bool

// The two ways.
const (
	KeepOld Meeting = false // the row in the table stays
	TakeNew Meeting = true  // the other columns are overwritten, if any of them differs
)

// Merge inserts many rows, does as told with those whose key exists, and returns how many rows it inserted or changed:
// the rest were there already. Two rows of one call must not share a key. The stamps are columns (a version, an instant)
// that are overwritten with the others but are no difference by themselves.
func (t *Tx) Merge(ctx context.Context, table string, columns, keys []string, rows [][]any, on Meeting, stamps ...string) (changed int64, err error) {
	var sets, differ []string
	for _, c := range columns {
		if !slices.Contains(keys, c) {
			sets = append(sets, c+" = excluded."+c)
			if !slices.Contains(stamps, c) {
				differ = append(differ, table+"."+c+" IS DISTINCT FROM excluded."+c)
			}
		}
	}
	tail := " ON CONFLICT (" + strings.Join(keys, ", ") + ") DO NOTHING"
	if on == TakeNew && len(differ) > 0 {
		tail = " ON CONFLICT (" + strings.Join(keys, ", ") + ") DO UPDATE SET " + strings.Join(sets, ", ") + " WHERE " + strings.Join(differ, " OR ")
	}
	return t.insert(ctx, table, columns, rows, tail, nil)
}

// MergeNew inserts the rows whose key does not exist and returns how many they were. doubt gets the places of rows among
// which those are that were there already: whoever has to know them need not ask about all.
func (t *Tx) MergeNew(ctx context.Context, table string, columns, keys []string, rows [][]any, doubt func(from, to int)) (added int64, err error) {
	return t.insert(ctx, table, columns, rows, " ON CONFLICT ("+strings.Join(keys, ", ")+") DO NOTHING", doubt)
}

// InsertNew inserts many rows and leaves those whose key exists as they are.
func (t *Tx) InsertNew(ctx context.Context, table string, columns, keys []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := t.insert(ctx, table, columns, rows, " ON CONFLICT ("+strings.Join(keys, ", ")+") DO NOTHING", nil)
	return err
}

// Bulk tells the database that tables grow much during this transaction and those around it. PostgreSQL otherwise keeps
// the plan of a repeated query from when its tables were small, and reads them from end to end ever after.
func (t *Tx) Bulk(ctx context.Context) error {
	if t.kind != Postgres {
		return nil
	}
	_, err := t.tx.ExecContext(ctx, "SET LOCAL plan_cache_mode = force_custom_plan")
	return translate(err)
}

func (t *Tx) copyPostgres(ctx context.Context, table string, columns []string, rows [][]any) error {
	for _, row := range rows {
		for i, v := range row {
			if d, ok := v.(Date); ok {
				row[i] = any(nil)
				if !d.IsZero() {
					row[i] = d.Time
				}
			}
		}
	}
	return translate(t.conn.Raw(func(raw any) error {
		c, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("db: unexpected driver connection %T", raw)
		}
		_, err := c.Conn().CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
		return err
	}))
}

// insert writes rows in statements of as many rows as stay well below both databases' limit of parameters; more than
// a hundred rows a statement gain nothing on SQLite. A statement that is needed several times is prepared once. It returns
// how many rows were written; short hears of the places of each statement that wrote fewer rows than it had.
func (t *Tx) insert(ctx context.Context, table string, columns []string, rows [][]any, tail string, short func(from, to int)) (written int64, err error) {
	per := min(100, max(1, 30000/len(columns)))
	if t.kind == Postgres {
		per = min(1000, max(1, 60000/len(columns)))
	}
	head := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES "
	var full *sql.Stmt
	if len(rows) >= 2*per {
		if full, err = t.tx.PrepareContext(ctx, t.positional(head+tuples(per, len(columns))+tail, per*len(columns))); err != nil {
			return 0, fmt.Errorf("%w\nin: %s …", translate(err), head)
		}
		defer full.Close()
	}
	args := make([]any, 0, min(per, len(rows))*len(columns))
	next := 0
	for batch := range slices.Chunk(rows, per) {
		from := next
		args, next = args[:0], next+len(batch)
		for _, row := range batch {
			if len(row) != len(columns) {
				return written, fmt.Errorf("db: %s wants %d values, a row has %d", table, len(columns), len(row))
			}
			args = append(args, row...)
		}
		if t.kind == SQLite {
			// database/sql asks each Valuer through reflection; doing it here is measurably faster.
			for i, v := range args {
				if d, ok := v.(driver.Valuer); ok {
					plain, err := d.Value()
					if err != nil {
						return written, err
					}
					args[i] = plain
				}
			}
		}
		var res sql.Result
		if full != nil && len(batch) == per {
			res, err = full.ExecContext(ctx, args...)
		} else {
			res, err = t.tx.ExecContext(ctx, t.positional(head+tuples(len(batch), len(columns))+tail, len(args)), args...)
		}
		if err != nil {
			return written, fmt.Errorf("%w\nin: %s …", translate(err), head)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return written, translate(err)
		}
		if written += n; n < int64(len(batch)) && short != nil {
			short(from, next)
		}
	}
	return written, nil
}

func tuples(rows, columns int) string {
	var b strings.Builder
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		b.WriteString(In(1+r*columns, columns))
		b.WriteByte(')')
	}
	return b.String()
}
