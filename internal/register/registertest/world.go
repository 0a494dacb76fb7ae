// Package registertest is what tests of registers and rooms stand on: one database with sealed registers of people and
// employers, an audit log and a clock that stands still, and pages in the hands of somebody. It is imported by tests only.
package registertest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// World is embedded by a package's own world, beside its room.
type World struct {
	T         testing.TB
	DB        *db.DB
	Clock     *clock.Fake // Wednesday 24 September 2025, a week before the National Day holidays
	Sealer    *seal.Sealer
	IDs       *id.Maker
	Audit     *audit.Log
	People    *person.Store
	Employers *employer.Store

	keys int
}

// New makes a world on a database. The tables of the registers that a test uses are the caller's to make.
func New(t testing.TB, d *db.DB) *World {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24")
	return &World{T: t, DB: d, Clock: c, Sealer: sealer, IDs: id.NewMaker(1, c), Audit: audit.New(d, c, "test"),
		People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}}
}

// File is a database of its own in a file, for tests in a browser.
func File(t testing.TB, schemas ...db.Schema) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(context.Background(), append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		t.Fatal(err)
	}
	return d
}

// Must fails the test on an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Tx does work in a transaction that must succeed.
func (w *World) Tx(work func(tx *db.Tx) error) {
	w.T.Helper()
	w.Must(w.DB.Tx(context.Background(), work))
}

// Refused asks for a fault of a kind with a text.
func (w *World) Refused(kind fault.Kind, text string, err error) {
	w.T.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.TextOf(err), text) {
		w.T.Errorf("%v, want %s: %s", err, kind, text)
	}
}

// Once is a fresh idempotency key.
func (w *World) Once() string { w.keys++; return fmt.Sprintf("registertest-once-%06d", w.keys) }

// Serve opens pages to one user, and returns their address.
func (w *World) Serve(who web.User, rooms ...web.Room) string {
	w.T.Helper()
	s, err := web.New(web.Config{Rooms: rooms, Clock: w.Clock, Log: slog.New(slog.DiscardHandler), Identify: func(*http.Request) (web.User, error) { return who, nil },
		TempDir: w.T.TempDir(), Demo: true, DataAsOf: func(string) string { return "2025年8月31日" }})
	w.Must(err)
	server := httptest.NewServer(s)
	w.T.Cleanup(server.Close)
	return server.URL
}

// Visit asks for a page (POST when there is a form), checks status and texts, and returns what was sent, or where a redirect leads.
type Visit func(path string, form url.Values, status int, texts ...string) string

// Site is pages in the hands of one user.
func (w *World) Site(who web.User, rooms ...web.Room) Visit {
	w.T.Helper()
	at := w.Serve(who, rooms...)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(path string, form url.Values, status int, texts ...string) string {
		w.T.Helper()
		ask := func() (*http.Response, error) { return client.Get(at + path) }
		if form != nil {
			form.Set("_once", w.Once())
			ask = func() (*http.Response, error) { return client.PostForm(at+path, form) }
		}
		res, err := ask()
		w.Must(err)
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		w.Must(err)
		if res.StatusCode != status {
			w.T.Errorf("%s answered %d, want %d: %.900s", path, res.StatusCode, status, raw)
		}
		for _, text := range texts {
			if !strings.Contains(string(raw), text) {
				w.T.Errorf("%s does not say %q", path, text)
			}
		}
		if res.StatusCode == http.StatusSeeOther {
			return res.Header.Get("Location")
		}
		return string(raw)
	}
}
