// Package dbtest runs a test body on every database there is: always on SQLite in a temporary file, and on
// PostgreSQL when JIUYE_TEST_POSTGRES names a server on which databases may be made (make test starts one).
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"jiuye/internal/ground/db"
)

var serial atomic.Int64

// Run calls body once for each database, each time with a fresh, migrated one; db.OwnSchema is always part of it.
func Run(t *testing.T, schemas []db.Schema, body func(t *testing.T, d *db.DB)) {
	t.Helper()
	schemas = append([]db.Schema{db.OwnSchema}, schemas...)
	t.Run("sqlite", func(t *testing.T) {
		body(t, open(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db"), schemas))
	})
	if os.Getenv("JIUYE_TEST_POSTGRES") == "" {
		return
	}
	t.Run("postgres", func(t *testing.T) { body(t, open(t, NewPostgres(t), schemas)) })
}

// NewPostgres makes an empty database on the server named by JIUYE_TEST_POSTGRES, drops it when the test ends, and
// returns its address.
func NewPostgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("JIUYE_TEST_POSTGRES")
	if server == "" {
		t.Fatal("JIUYE_TEST_POSTGRES is not set; run the tests by make test, which starts a PostgreSQL of its own")
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("t_%d_%d", os.Getpid(), serial.Add(1))
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		_ = admin.Close()
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func open(t *testing.T, address string, schemas []db.Schema) *db.DB {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, schemas); err != nil {
		t.Fatalf("%s: %v", strings.SplitN(address, ":", 2)[0], err)
	}
	return d
}
