package analysis

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/registertest"
)

// A manager reads the market, drafts a report and hands it in; another agrees; everybody reads it; an officer notes a visit.
func TestAReportFromTheNumbersToThePublic(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	w.plant()
	rooms := []web.Room{w.Web(), w.Approvals.Web()}
	manager, officer, public := w.Serve(chief, rooms...), w.Serve(suriya, rooms...), w.Serve(guest, rooms...)
	for _, width := range []int{390, 1440} {
		height := map[int]int{390: 844, 1440: 900}[width]
		p := webtest.Open(t, manager+atDesk, width, height)
		look := func(name string) {
			t.Helper()
			p.Axe()
			p.NoHorizontalScroll()
			p.Screenshot(fmt.Sprintf("analysis-%s-%d", name, width))
		}
		look("desk")
		for name, path := range map[string]string{"occupation": "/analysis/occupation/4-03-00-00", "outlook": atOutlook, "method": atMethod} {
			p.Goto(path)
			look(name)
		}
		p.Goto(atDrafts)
		if width == 1440 { // the quarter has been published from the phone: now it is a correction
			p.Fill("#f-erratum", "左旗补报了岗位")
		}
		look("drafts")
		p.Click("form[method=post] .govuk-button")
		look("draft")
		p.Click("#submit button")
		if text := p.Text("#main"); !strings.Contains(text, "待审核") {
			t.Fatalf("after handing in the page says %.300s", text)
		}
		list := must(w.Approvals.List(ctx, approval.Filter{Kind: kindPublish, States: []approval.State{approval.Waiting}}, 0, 1))
		w.Must(w.Approvals.Decide(ctx, second, list[0].ID, list[0].Version, true, "已核对", w.Once()))

		p = webtest.Open(t, public+atHome, width, height)
		look("home")
		p.Click("tbody a")
		if text := p.Text("#main"); !strings.Contains(text, "求人倍率") || width == 1440 && !strings.Contains(text, "左旗补报了岗位") {
			t.Fatalf("the published report says %.300s", text)
		}
		look("report")

		p = webtest.Open(t, officer+atLeads, width, height)
		look("leads")
		p.Click("#rows a")
		webtest.Eval[bool](p, `(document.querySelector("[name=result][value=wants]").checked = true)`)
		p.Fill("#f-note", "十月要十个人")
		look("lead")
		p.Click("form[method=post] .govuk-button")
		if text := p.Text("#main"); !strings.Contains(text, "有用工需求") {
			t.Fatalf("after the visit the list says %.300s", text)
		}
	}
}
