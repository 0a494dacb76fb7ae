package gig

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

func TestADayOfWorkInTheBrowser(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	w.Must(w.SeedDemo(ctx, Cast{Officer: suriya, Other: bold, Seeker: worker(11), Unit: plant}))
	guest := web.User{}
	open := map[*web.User]string{&guest: w.Serve(guest, w.Web()), &shop: w.Serve(shop, w.Web()), &suriya: w.Serve(suriya, w.Web()), &plant: w.Serve(plant, w.Web())}
	look := func(p *webtest.Page, name string, width int) {
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot(fmt.Sprintf("gig-%s-%d", name, width))
	}
	says := func(p *webtest.Page, text string) {
		t.Helper()
		if page := p.Text("#main"); !strings.Contains(page, text) {
			t.Fatalf("the page does not say %s: %s", text, page)
		}
	}
	for i, width := range []int{390, 1440} { // a phone and a desk
		taker := worker(int64(12 + i))
		at, height := w.Serve(taker, w.Web()), []int{844, 900}[i]
		p := webtest.Open(t, open[&guest]+atHome, width, height)
		look(p, "board", width)
		p.Goto(atPrice)
		look(p, "prices", width)

		p = webtest.Open(t, open[&shop]+atNew, width, height)
		p.Fill("#f-new_title", "卸一车饲料")
		p.Choose("#f-new_kind", "carry")
		p.Fill("#f-new_address", "东关市场")
		p.Fill("#f-new_price", "60")
		look(p, "new", width)
		p.Click("form .govuk-button")
		says(p, "低于每小时")
		p.Fill("#f-new_price", "220")
		p.Click("form .govuk-button")
		says(p, "还没有人报名")
		look(p, "manage", width)
		jobs, err := jobsOf(ctx, w.Room.DB, 6, 1<<62, 1)
		w.Must(err)
		job := jobs[0].ID

		p = webtest.Open(t, at+jobAt(job), width, height)
		look(p, "job", width)
		p.Click(`form[action$="/take"] button`)
		says(p, "已录用")
		look(p, "taken", width)
		p.Goto(atMine)
		says(p, "卸一车饲料")
		look(p, "mine", width)

		p = webtest.Open(t, open[&suriya]+atDesk, width, height)
		look(p, "desk", width)
		for name, path := range map[string]string{"late": atLate, "differ": atDiffer, "figures": atFigures, "markets": atMarkets, "shared": atShared, "hirejob": manageAt(job)} {
			p.Goto(path)
			look(p, name, width)
		}
		p = webtest.Open(t, open[&plant]+atHire, width, height)
		look(p, "hire", width)
		for _, title := range []string{"围栏立柱浇筑小工", "仓库装车"} {
			p.Goto(manageAt(jobCalled(w, title)))
			look(p, map[bool]string{true: "today", false: "disputed"}[title == "仓库装车"], width)
		}
		p.Goto(atShared)
		look(p, "sharedunit", width)
		p.Click("#shares tbody a")
		look(p, "share", width)
	}
}

// jobCalled finds a job of the demonstration.
func jobCalled(w *world, title string) int64 {
	w.T.Helper()
	jobs, err := jobsUnder(ctx, w.Room.DB, region, "", "", 1<<62, 100)
	w.Must(err)
	for i := range jobs {
		if jobs[i].Title == title {
			return jobs[i].ID
		}
	}
	w.T.Fatalf("no job %s", title)
	return 0
}
