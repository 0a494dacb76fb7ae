package market

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web/webtest"
)

func TestAComplaintInTheBrowser(t *testing.T) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "walk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, d)
	w.ok(w.SeedDemo(ctx, Cast{Officer: suriya, League: chief, VacancyID: 9}))
	who := guest
	at := w.site(&who)
	look := func(p *webtest.Page, name string, width int) {
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot(fmt.Sprintf("market-%s-%d", name, width))
	}
	agencies, err := w.agencies(ctx, "15", 0, 1)
	w.ok(err)
	for _, width := range []int{390, 1440} {
		height := map[int]int{390: 844, 1440: 900}[width]
		who = guest
		p := webtest.Open(t, at+atPublic, width, height)
		look(p, "public", width)
		p.Goto(publicAgency(agencies[0].ID))
		look(p, "publicone", width)
		p.Goto(atReport + "?about=vacancy&id=9")
		p.Click(`input[name=report_kind][value=false]`)
		p.Fill("#f-report_text", "广告写四千，去了只有两千六")
		look(p, "report", width)
		p.Click("form .govuk-button")
		if text := p.Text("#main"); !strings.Contains(text, "待受理") {
			t.Fatalf("after the complaint the page says %s", text)
		}
		look(p, "follow", width)
		who = suriya
		p.Goto(atHome)
		look(p, "list", width)
		p.Click("tbody a")
		p.Click("#accept summary")
		p.Fill("#f-accept_text", "属于本旗管辖")
		p.Click("#accept button[type=submit]")
		if text := p.Text("#main"); !strings.Contains(text, "调查中") {
			t.Fatalf("after acceptance the page says %s", text)
		}
		look(p, "complaint", width)
		for name, path := range map[string]string{"agencies": atAgencies, "agency": agencyAt(agencies[0].ID), "parks": atParks, "purchases": atPurchases, "needs": atNeeds, "newagency": atAgencies + "/new"} {
			p.Goto(path)
			look(p, name, width)
		}
		who = shop
		p.Goto(atMine)
		look(p, "mine", width)
	}
}
