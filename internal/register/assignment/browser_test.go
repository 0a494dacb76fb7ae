package assignment

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

// A league sends a task, the banner answers, the league sends the answer back and then accepts the next one.
func TestTheWalkOfATask(t *testing.T) {
	w := newWorld(t, registertest.File(t, audit.Schema, Schema))
	w.Clock.Add(-9 * 24 * time.Hour)
	w.Handle(Kind{Code: "test.check", Zh: "疑似同一人核实", En: "Possible duplicate"})
	w.give("1529", "152921", 2)
	w.give("1529", "152923", 8)
	w.give("152921", "1529", 6)
	w.Clock.Add(9 * 24 * time.Hour)
	if _, err := w.Remind(ctx); err != nil {
		t.Fatal(err)
	}
	up, down := w.Serve(chief, w.Web()), w.Serve(suriya, w.Web())
	for _, width := range []int{1440, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := webtest.Open(t, up+"/assignment/new", width, 900)
			look := func(name string) {
				t.Helper()
				p.Axe()
				p.NoHorizontalScroll()
				p.Screenshot(fmt.Sprintf("assignment-%s-%d", name, width))
			}
			look("new")
			p.Choose("#f-to", "152921")
			p.Fill("#f-title", "核查参保和登记不一致的人员")
			webtest.Eval[bool](p, `(document.querySelector("#f-body").value = "逐人核实，附核实名单") !== ""`)
			p.Submit("#f-title")
			task := strings.TrimPrefix(p.Location(), up)
			p.Goto(down + "/assignment")
			look("mine")
			p.Goto(down + task)
			look("answer")
			p.Click("#f-result")
			webtest.Eval[bool](p, `(document.querySelector("#f-text").value = "已逐人核实") !== ""`)
			p.Click("form[action$='/answer'] button")
			p.Goto(up + task)
			p.Click("#f-verdict-return")
			webtest.Eval[bool](p, `(document.querySelector("#f-text").value = "请附名单") !== ""`)
			p.Click("form[action$='/judge'] button")
			p.Goto(down + task)
			p.Click("#f-result")
			webtest.Eval[bool](p, `(document.querySelector("#f-text").value = "名单已附") !== ""`)
			p.Click("form[action$='/answer'] button")
			p.Goto(up + task)
			look("judge")
			p.Click("#f-verdict")
			p.Click("form[action$='/judge'] button")
			if got := p.Text("main"); !strings.Contains(got, "已验收") {
				t.Errorf("at the end the page says %q", got)
			}
			p.Goto(up + "/assignment?tab=ledger")
			look("ledger")
		})
	}
}
