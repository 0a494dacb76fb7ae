package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"jiuye/internal/app/benchrun"
)

// engine is one that is measured.
type engine struct {
	name string
	open func() (d *sql.DB, done func(), err error)
	load func(ctx context.Context, d *sql.DB, m *benchrun.Made) error
}

func engines(postgres string) []engine {
	list := []engine{
		{"DuckDB", func() (*sql.DB, func(), error) { return opened("duckdb", "") }, loadDuck},
		{"SQLite", openSQLite, loadSQLite},
	}
	if postgres == "" {
		fmt.Println("PostgreSQL is left out: no address")
		return list
	}
	return append(list, engine{"PostgreSQL", func() (*sql.DB, func(), error) { return opened("pgx", postgres) }, loadPostgres})
}

func opened(name, address string) (*sql.DB, func(), error) {
	d, err := sql.Open(name, address)
	if err != nil {
		return nil, nil, err
	}
	return d, func() { _ = d.Close() }, nil
}

func openSQLite() (*sql.DB, func(), error) {
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return nil, nil, err
	}
	d, closed, err := opened("sqlite", filepath.Join(dir, "people.db")+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=cache_size(-262144)&_pragma=mmap_size(1073741824)")
	return d, func() { closed(); _ = os.RemoveAll(dir) }, err
}

// table makes the table with the narrowest types that hold the columns.
func table(ctx context.Context, d *sql.DB, m *benchrun.Made, before string, narrow func(width int) string) error {
	var columns []string
	for n, c := range m.Crowd.Columns {
		columns = append(columns, column(n)+" "+narrow(bits.Len64(uint64(max(c.Max, -c.Min)))+1))
	}
	_, err := d.ExecContext(ctx, before+"TABLE people ("+strings.Join(columns, ", ")+")")
	return err
}

// each goes through the people; the row is used again.
func each(m *benchrun.Made, yield func(row []any) error) error {
	n := len(m.Crowd.Columns)
	values, known, row := make([]int64, n), make([]bool, n), make([]any, n)
	for at := range m.Census.People() {
		m.Census.Get(at, values, known)
		for i := range row {
			if row[i] = nil; known[i] {
				row[i] = values[i]
			}
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

func loadDuck(ctx context.Context, d *sql.DB, m *benchrun.Made) error {
	types := func(width int) string {
		return map[bool]string{true: "SMALLINT", false: "INTEGER"}[width <= 16]
	}
	if err := table(ctx, d, m, "CREATE ", types); err != nil {
		return err
	}
	conn, err := d.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(raw any) error {
		a, err := duckdb.NewAppenderFromConn(raw.(driver.Conn), "", "people")
		if err != nil {
			return err
		}
		line := make([]driver.Value, len(m.Crowd.Columns))
		err = each(m, func(row []any) error {
			for i := range row {
				if line[i] = nil; row[i] != nil {
					if v := row[i].(int64); types(width(m, i)) == "SMALLINT" {
						line[i] = int16(v)
					} else {
						line[i] = int32(v)
					}
				}
			}
			return a.AppendRow(line...)
		})
		return errors.Join(err, a.Close())
	})
}

func width(m *benchrun.Made, n int) int {
	c := m.Crowd.Columns[n]
	return bits.Len64(uint64(max(c.Max, -c.Min))) + 1
}

func loadSQLite(ctx context.Context, d *sql.DB, m *benchrun.Made) error {
	d.SetMaxOpenConns(1)
	if err := table(ctx, d, m, "CREATE ", func(int) string { return "INTEGER" }); err != nil {
		return err
	}
	tx, err := d.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, "INSERT INTO people VALUES (?"+strings.Repeat(",?", len(m.Crowd.Columns)-1)+")")
	if err != nil {
		return err
	}
	if err := each(m, func(row []any) error { _, err := insert.ExecContext(ctx, row...); return err }); err != nil {
		return err
	}
	return tx.Commit()
}

func loadPostgres(ctx context.Context, d *sql.DB, m *benchrun.Made) error {
	types := func(width int) string {
		return map[bool]string{true: "SMALLINT", false: "INTEGER"}[width <= 16]
	}
	if _, err := d.ExecContext(ctx, "DROP TABLE IF EXISTS people"); err != nil {
		return err
	}
	if err := table(ctx, d, m, "CREATE UNLOGGED ", types); err != nil { // a temporary one is not read in parallel
		return err
	}
	conn, err := d.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var columns []string
	for n := range m.Crowd.Columns {
		columns = append(columns, column(n))
	}
	return conn.Raw(func(raw any) error {
		rows := make(chan []any, 1000)
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		go func() {
			defer close(rows)
			_ = each(m, func(row []any) error { // it ends when nobody reads on
				select {
				case rows <- append([]any(nil), row...):
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			})
		}()
		_, err := raw.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{"people"}, columns, pgx.CopyFromFunc(func() ([]any, error) { return <-rows, nil }))
		if err == nil {
			_, err = raw.(*stdlib.Conn).Conn().Exec(ctx, "VACUUM ANALYZE people")
		}
		return err
	})
}
