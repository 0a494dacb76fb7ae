package db_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
)

func TestAFullDiskLosesOnlyTheStepThatDidNotFit(t *testing.T) {
	ctx := context.Background()
	sub, err := subdir()
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "full.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(ctx, []db.Schema{{Room: "shelf", FS: sub}}); err != nil {
		t.Fatal(err)
	}
	write := func(from, n int) error {
		return d.Tx(ctx, func(tx *db.Tx) error { return tx.Copy(ctx, "shelf", columns, rows(from + n)[from:]) })
	}
	if err := write(0, 100); err != nil {
		t.Fatal(err)
	}
	// SQLite's own limit on pages makes it answer exactly as it does on a full disk.
	if err := d.Tx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `PRAGMA max_page_count = 20`); return err }); err != nil {
		t.Fatal(err)
	}
	err = write(100, 20000)
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(fault.TextOf(err), "磁盘已满") {
		t.Errorf("a full disk is told as %v", err)
	}
	if n := len(list(t, d)); n != 100 {
		t.Errorf("%d rows are there, want the 100 from before", n)
	}
	if err := d.Tx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `PRAGMA max_page_count = 100000`); return err }); err != nil {
		t.Fatal(err)
	}
	if err := write(100, 20000); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// wire stands between the program and a database, and can be cut.
type wire struct {
	mu     sync.Mutex
	target string
	cut    bool
	conns  []net.Conn
}

func (w *wire) serve(ln net.Listener) {
	for {
		in, err := ln.Accept()
		if err != nil {
			return
		}
		w.mu.Lock()
		if w.cut {
			_ = in.Close()
			w.mu.Unlock()
			continue
		}
		out, err := net.Dial("tcp", w.target)
		if err != nil {
			_ = in.Close()
			w.mu.Unlock()
			continue
		}
		w.conns = append(w.conns, in, out)
		w.mu.Unlock()
		go func() { _, _ = io.Copy(in, out) }()
		go func() { _, _ = io.Copy(out, in) }()
	}
}

func (w *wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	for _, c := range w.conns {
		_ = c.Close()
	}
	w.conns = nil
}

func TestADatabaseThatGoesAwayComesBackWithoutARestart(t *testing.T) {
	if os.Getenv("JIUYE_TEST_POSTGRES") == "" {
		t.Fatal("JIUYE_TEST_POSTGRES is not set; run the tests by make test, which starts a PostgreSQL of its own")
	}
	ctx := context.Background()
	u, err := url.Parse(dbtest.NewPostgres(t))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	w := &wire{target: u.Host}
	go w.serve(ln)
	u.Host = ln.Addr().String()
	d, err := db.Open(ctx, u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	sub, err := subdir()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(ctx, []db.Schema{{Room: "shelf", FS: sub}}); err != nil {
		t.Fatal(err)
	}
	write := func(n int) error {
		return d.Tx(ctx, func(tx *db.Tx) error { return tx.Copy(ctx, "shelf", columns, [][]any{row(n)}) })
	}
	if err := write(1); err != nil {
		t.Fatal(err)
	}
	err = d.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Copy(ctx, "shelf", columns, [][]any{row(2)}); err != nil {
			return err
		}
		w.set(true)
		return tx.Copy(ctx, "shelf", columns, [][]any{row(3)})
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("cut in the middle of a transaction: %v", err)
	}
	if err := write(4); !fault.Is(err, fault.Unavailable) {
		t.Errorf("while it is away: %v", err)
	}
	w.set(false)
	if err := write(5); err != nil {
		t.Errorf("after it came back: %v", err)
	}
	var ids []string
	for _, s := range list(t, d) {
		ids = append(ids, fmt.Sprint(s.id))
	}
	if got := strings.Join(ids, " "); got != "1 5" {
		t.Errorf("rows %s are there, want 1 and 5: nothing is half done", got)
	}
}
