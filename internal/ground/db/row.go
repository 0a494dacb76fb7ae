package db

import (
	"bytes"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Row is one row as the driver hands it over, for readings of millions of rows: nothing is looked up by reflection and
// nothing is made that nobody asks for. Its methods give a column by its place; NULL is the zero value. A column of another
// kind than asked for is an error of the reading, which Rows returns.
type Row struct {
	values []driver.Value
	err    error
}

// Int is a whole number.
func (r *Row) Int(at int) int64 {
	switch v := r.values[at].(type) {
	case int64:
		return v
	case nil:
		return 0
	}
	return r.not(at, 0)
}

// Bool is a yes or no, which SQLite keeps as a number.
func (r *Row) Bool(at int) bool {
	switch v := r.values[at].(type) {
	case bool:
		return v
	case nil:
		return false
	}
	return r.Int(at) != 0
}

// Maybe is a yes or no that may be unknown: nil.
func (r *Row) Maybe(at int) *bool {
	if r.values[at] == nil {
		return nil
	}
	v := r.Bool(at)
	return &v
}

// Text is a text.
func (r *Row) Text(at int) string {
	switch v := r.values[at].(type) {
	case string:
		return v
	case nil:
		return ""
	}
	r.not(at, "")
	return ""
}

// Bytes are a column of bytes, the reader's own.
func (r *Row) Bytes(at int) []byte {
	switch v := r.values[at].(type) {
	case []byte:
		return bytes.Clone(v)
	case nil:
		return nil
	}
	r.not(at, []byte(nil))
	return nil
}

// Date is a day. It is quickest when the column is asked for as Plain.
func (r *Row) Date(at int) (d Date) {
	switch v := r.values[at].(type) {
	case string:
		if err := d.parse(v); err != nil {
			r.not(at, d)
		}
	case time.Time:
		d = On(v)
	case nil:
	default:
		r.not(at, d)
	}
	return d
}

func (r *Row) not(at int, wanted any) int64 {
	if r.err == nil {
		r.err = fmt.Errorf("db: column %d is %v (%T), wanted %T", at+1, r.values[at], r.values[at], wanted)
	}
	return 0
}

// Plain writes a column of days so that it is not parsed twice: SQLite's driver turns what is declared DATE into a time,
// slowly, but leaves an expression alone.
func Plain(column string) string { return "coalesce(" + column + ", NULL)" }

// Rows reads outside any transaction, as Each does, at half its cost a row. The row is refilled for each call of yield.
func (d *DB) Rows(ctx context.Context, yield func(*Row) error, query string, args ...any) error {
	conn, err := d.read.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer conn.Close()
	var yielded error
	err = conn.Raw(func(raw any) (err error) {
		yielded, err = rowsOf(ctx, raw, yield, positional(d.kind, query, len(args)), args)
		return err
	})
	if err != nil {
		return fmt.Errorf("%w\nin: %s", translate(err), strings.TrimSpace(query))
	}
	return yielded
}

// rowsOf is Rows on a driver's connection. What yield returns is told apart from what the driver does.
func rowsOf(ctx context.Context, raw any, yield func(*Row) error, query string, args []any) (yielded, err error) {
	conn, ok := raw.(driver.QueryerContext)
	if !ok {
		return nil, fmt.Errorf("db: unexpected driver connection %T", raw)
	}
	named := make([]driver.NamedValue, len(args))
	for i, v := range args {
		named[i].Ordinal = i + 1
		if named[i].Value, err = driver.DefaultParameterConverter.ConvertValue(v); err != nil {
			return nil, err
		}
	}
	rows, err := conn.QueryContext(ctx, query, named)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	r := Row{values: make([]driver.Value, len(rows.Columns()))}
	for yielded == nil && r.err == nil {
		if err := rows.Next(r.values); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return nil, err
		}
		yielded = yield(&r)
	}
	return yielded, r.err
}
