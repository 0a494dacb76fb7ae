package approval

import (
	"context"
	"fmt"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/account"
	"jiuye/internal/register/registertest"
)

// Officers have a long menu, and some entries carry a number: no page grows wider than the window for it.
func TestTheListFitsUnderALongMenu(t *testing.T) {
	w := newWorld(t, registertest.File(t, audit.Schema, Schema))
	w.Handle(Kind{Code: "test.one", Zh: "更正电话", En: "Correction", Do: func(context.Context, *db.Tx, Decided) error { return nil }})
	w.ask("test.one", suriya)
	room := w.Web()
	for i := range 12 {
		room.Menu = append(room.Menu, web.MenuItem{Roles: []string{account.Officer}, Key: "approval.tab.waiting", Href: fmt.Sprintf("/other/%d", i), Order: i, Icon: "list"})
	}
	at := w.Serve(bater, room)
	for _, width := range []int{1440, 1024, 390} {
		p := webtest.Open(t, at+"/approval", width, 700)
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot(fmt.Sprintf("approval-menu-%d", width))
	}
}
