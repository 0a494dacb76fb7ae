package approval

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/account"
)

// Officers have a long menu, and some entries carry a number: no page grows wider than the window for it.
func TestTheListFitsUnderALongMenu(t *testing.T) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "menu.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, []db.Schema{db.OwnSchema, audit.Schema, Schema}); err != nil {
		t.Fatal(err)
	}
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24")
	w := &world{t: t, clock: c, Service: New(Deps{DB: d, Sealer: sealer, Clock: c, IDs: id.NewMaker(1, c), Audit: audit.New(d, c, "test")})}
	w.Handle(Kind{Code: "test.one", Zh: "更正电话", En: "Correction", Do: func(context.Context, *db.Tx, Decided) error { return nil }})
	w.ask("test.one", suriya)
	room := w.Web()
	for i := range 12 {
		room.Menu = append(room.Menu, web.MenuItem{Roles: []string{account.Officer}, Key: "approval.tab.waiting", Href: fmt.Sprintf("/other/%d", i), Order: i, Icon: "list"})
	}
	s, err := web.New(web.Config{Rooms: []web.Room{room}, Clock: c, Demo: true, Log: slog.New(slog.DiscardHandler), Identify: func(*http.Request) (web.User, error) { return bater, nil },
		DataAsOf: func(string) string { return "2025年8月31日" }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	for _, width := range []int{1440, 1024, 390} {
		p := webtest.Open(t, server.URL+"/approval", width, 700)
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot(fmt.Sprintf("approval-menu-%d", width))
	}
}
