package db

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Schema is a room's migrations: files NNN_name.sql (goose format) in a folder called schema, plus NNN_name.sqlite.sql
// or NNN_name.postgres.sql where the two must differ.
type Schema struct {
	Room string
	FS   fs.FS
}

// Migrate brings every room's tables up to date, in the order given; each room keeps its own version table, so rooms
// number their migrations without asking each other. It is safe to run in several processes at the same time: each
// migration is one transaction, and whoever comes second finds it done when looking again.
func (d *DB) Migrate(ctx context.Context, schemas []Schema) error {
	dialect := database.DialectSQLite3
	if d.kind == Postgres {
		dialect = database.DialectPostgres
	}
	for _, s := range schemas {
		files, err := d.forDialect(s.FS)
		if err != nil {
			return fmt.Errorf("schema of %s: %w", s.Room, err)
		}
		store, err := database.NewStore(dialect, "schema_"+s.Room)
		if err != nil {
			return err
		}
		// With an own store goose wants the dialect left empty.
		provider, err := goose.NewProvider("", d.write, files, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
		if err != nil {
			return fmt.Errorf("schema of %s: %w", s.Room, err)
		}
		if err := up(ctx, provider); err != nil {
			return fmt.Errorf("schema of %s: %w", s.Room, translate(err))
		}
	}
	return nil
}

// up runs a room's migrations, and again when another process was making the same tables at the same moment.
func up(ctx context.Context, provider *goose.Provider) error {
	for attempt := 1; ; attempt++ {
		_, err := provider.Up(ctx)
		if err == nil || attempt == tries || !IsDuplicate(err) && !retryable(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(attempt) * 100 * time.Millisecond):
		}
	}
}

var only = regexp.MustCompile(`(?s)/\*(sqlite|postgres):(.*?)\*/`)

// forDialect shows the migration files as this database is to see them.
func (d *DB) forDialect(files fs.FS) (fs.FS, error) {
	out := fstest.MapFS{}
	names, err := fs.Glob(files, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		base := strings.TrimPrefix(name, "schema/")
		switch {
		case strings.HasSuffix(base, ".sqlite.sql"):
			if d.kind != SQLite {
				continue
			}
		case strings.HasSuffix(base, ".postgres.sql"):
			if d.kind != Postgres {
				continue
			}
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		text = only.ReplaceAllFunc(text, func(m []byte) []byte {
			part := only.FindSubmatch(m)
			if string(part[1]) == string(d.kind) {
				return bytes.TrimSpace(part[2])
			}
			return nil
		})
		out[base] = &fstest.MapFile{Data: text}
	}
	return out, nil
}
