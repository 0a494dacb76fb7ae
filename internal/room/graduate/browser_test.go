package graduate

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

func TestAGraduateAppliesAndAnOfficerChecksInTheBrowser(t *testing.T) {
	w := newWorld(t, registertest.File(t, append([]db.Schema{}, schemas...)...))
	id, _ := w.planned()
	w.Must(w.Publish(ctx, suriya, id, 3, w.Once()))
	w.Must(w.Refresh(ctx))
	officer, manager := w.Serve(suriya, w.Web()), w.Serve(chief, w.Web())
	look := func(p *webtest.Page, name string, width int) {
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot(fmt.Sprintf("graduate-%s-%d", name, width))
	}
	for i, width := range []int{390, 1440} {
		person := int64(1 + 3*i)
		p := webtest.Open(t, w.Serve(someone(person), w.Web())+atHome, width, 844)
		look(p, "portal", width)
		p.Click(`section[aria-labelledby=h-posts] a`)
		webtest.Eval[bool](p, `(document.querySelector("#f-apply_wish1").selectedIndex = 1, true)`)
		look(p, "round", width)
		p.Click("#apply button[type=submit]")
		if text := p.Text("#main"); !strings.Contains(text, "待审核") {
			t.Fatalf("after applying the page says %s", text)
		}
		look(p, "mine", width)
		p.Goto(officer + entryAt(id, person))
		webtest.Eval[bool](p, `(document.querySelector("[name=qualify_answer][value=yes]").checked = true)`)
		p.Click("#qualify summary")
		look(p, "entry", width)
		p.Click("#qualify button[type=submit]")
		if text := p.Text("#main"); !strings.Contains(text, "通过") {
			t.Fatalf("after the check the page says %s", text)
		}
		for name, path := range map[string]string{"desk": atDesk, "manage": deskAt(id), "service": atService, "leavers": atLeavers, "leaver": leaverAt(2), "years": atYears, "events": atEvents, "new": atDesk + "/new"} {
			p.Goto(officer + path)
			look(p, name, width)
		}
		p.Goto(manager + atQuota)
		look(p, "quota", width)
	}
}
