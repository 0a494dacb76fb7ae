package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"

	"jiuye/internal/ground/fault"
)

// Kind names the database behind a DB.
type Kind string

// The two databases.
const (
	SQLite   Kind = "sqlite"
	Postgres Kind = "postgres"
)

// DB is an open database with a pool for reading and one for writing (the same on PostgreSQL; on SQLite the writer is
// a single connection, so writes queue in the program instead of failing in the file).
type DB struct {
	kind        Kind
	read, write *sql.DB
}

// Querier reads: a *DB outside a transaction, a *Tx inside.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Open opens "postgres://…" or "sqlite:PATH" (also a bare path). A SQLite file and its folder are made when missing.
// It returns a fault of kind Unavailable when the database does not answer.
func Open(ctx context.Context, address string) (*DB, error) {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		pool, err := sql.Open("pgx", address)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "数据库地址写得不对，应为 postgres://用户:口令@主机:5432/库名")
		}
		pool.SetMaxOpenConns(4 * max(4, runtime.NumCPU()))
		pool.SetMaxIdleConns(8)
		pool.SetConnMaxIdleTime(5 * time.Minute)
		d := &DB{kind: Postgres, read: pool, write: pool}
		return d, d.orClose(d.Ping(ctx))
	}
	path, named := strings.CutPrefix(address, "sqlite:")
	if !named && strings.Contains(path, "://") {
		return nil, fault.New(fault.Invalid, "不认识这种数据库地址，应为 postgres://用户:口令@主机:5432/库名，或 sqlite:文件")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "建不了数据库所在的文件夹 "+filepath.Dir(path))
	}
	// busy_timeout comes first: the pragmas after it may already have to wait for another process.
	const pragmas = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
		"&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)"
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + pragmas
	// The writer reads through its cache, so that its memory stays bounded however large the file. It copies the log back
	// every 64 MB: a page that an import writes again and again goes to the file once.
	write, err := sql.Open("sqlite", name+"&_pragma=wal_autocheckpoint(16384)&_pragma=cache_size(-32768)&_txlock=immediate")
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "打不开数据库文件 "+path)
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", name+"&_pragma=cache_size(-65536)&_pragma=mmap_size(1073741824)&_pragma=query_only(ON)")
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "打不开数据库文件 "+path)
	}
	read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	read.SetMaxIdleConns(max(4, 2*runtime.NumCPU()))
	d := &DB{kind: SQLite, read: read, write: write}
	return d, d.orClose(d.Ping(ctx))
}

func (d *DB) orClose(err error) error {
	if err != nil {
		_ = d.Close()
	}
	return err
}

// Kind says which database this is.
func (d *DB) Kind() Kind { return d.kind }

// Close closes both pools.
func (d *DB) Close() error {
	if d.read == d.write {
		return d.write.Close()
	}
	return errors.Join(d.read.Close(), d.write.Close())
}

// Ping asks the database for a sign of life; the fault is of kind Unavailable.
func (d *DB) Ping(ctx context.Context) error { return translate(d.write.PingContext(ctx)) }

// QueryContext reads outside any transaction.
func (d *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := d.read.QueryContext(ctx, positional(d.kind, query, len(args)), args...)
	return rows, translate(err)
}

// Tx is a running transaction.
type Tx struct {
	kind Kind
	conn *sql.Conn
	tx   *sql.Tx
}

// Kind says which database this is.
func (t *Tx) Kind() Kind { return t.kind }

// QueryContext reads inside the transaction.
func (t *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := t.tx.QueryContext(ctx, t.positional(query, len(args)), args...)
	return rows, translate(err)
}

// Exec writes and returns the number of rows it touched.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.tx.ExecContext(ctx, t.positional(query, len(args)), args...)
	if err != nil {
		return 0, translate(err)
	}
	n, err := res.RowsAffected()
	return n, translate(err)
}

// tries is how often a transaction is begun anew after a serialisation failure or a lost connection before it began
// to write.
const tries = 6

// Tx runs work in one transaction: committed when work returns nil, rolled back otherwise. On a serialisation error,
// a deadlock or a busy file it is run again from the start, so work must not touch anything but the transaction.
func (d *DB) Tx(ctx context.Context, work func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := d.once(ctx, work)
		if err == nil || attempt == tries || !retryable(err) {
			return err
		}
		pause := time.Duration(rand.Int64N(int64(20*time.Millisecond) << attempt))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (d *DB) once(ctx context.Context, work func(*Tx) error) (err error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return translate(err)
	}
	defer func() {
		if p := recover(); p != nil {
			_ = tx.Rollback()
			panic(p)
		}
	}()
	if err := work(&Tx{kind: d.kind, conn: conn, tx: tx}); err != nil {
		_ = tx.Rollback()
		return err
	}
	return translate(tx.Commit())
}

// All reads every row into a slice; fields returns the addresses to scan into, in the order of the columns.
func All[T any](ctx context.Context, q Querier, fields func(*T) []any, query string, args ...any) ([]T, error) {
	var out []T
	err := Each(ctx, q, fields, func(v *T) error { out = append(out, *v); return nil }, query, args...)
	return out, err
}

// One reads the first row; found is false when there is none.
func One[T any](ctx context.Context, q Querier, fields func(*T) []any, query string, args ...any) (v T, found bool, err error) {
	stop := errors.New("one row is enough")
	err = Each(ctx, q, fields, func(row *T) error { v, found = *row, true; return stop }, query, args...)
	if errors.Is(err, stop) {
		err = nil
	}
	return v, found, err
}

// Each calls yield for every row with the same, refilled value, so that millions of rows need the memory of one.
func Each[T any](ctx context.Context, q Querier, fields func(*T) []any, yield func(*T) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%w\nin: %s", err, strings.TrimSpace(query))
	}
	defer rows.Close()
	for rows.Next() {
		var v T
		if err := rows.Scan(fields(&v)...); err != nil {
			return fmt.Errorf("scan: %w\nin: %s", err, strings.TrimSpace(query))
		}
		if err := yield(&v); err != nil {
			return err
		}
	}
	return translate(rows.Err())
}

// Value reads a single value; it is the zero value when there is no row or the column is NULL.
func Value[T any](ctx context.Context, q Querier, query string, args ...any) (T, error) {
	v, _, err := One(ctx, q, func(v *sql.Null[T]) []any { return []any{v} }, query, args...)
	return v.V, err
}

// Args are a list's values as the arguments of a query.
func Args[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// In writes the placeholders "$a,$b,…" for n arguments that start with number first, to stand between parentheses.
func In(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", first+i)
	}
	return b.String()
}
