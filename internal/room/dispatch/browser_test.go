package dispatch

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

// A unit looks at what was filled in for it and hands it in; its officer verifies it and notes what was done; the manager sees the board.
func TestAReportInTheBrowser(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	w.enter()
	sites := map[int64]string{}
	for _, who := range []web.User{plant, suriya, chief, agent} {
		sites[who.ID] = w.Serve(who, w.Web(), w.Approvals.Web(), w.Assignments.Web())
	}
	month := 202509
	for _, width := range []int{390, 1440} {
		height := map[int]int{390: 844, 1440: 900}[width]
		look := func(p *webtest.Page, name string) {
			p.Axe()
			p.NoHorizontalScroll()
			p.Screenshot(fmt.Sprintf("dispatch-%s-%d", name, width))
		}
		p := webtest.Open(t, sites[plant.ID]+atMine, width, height)
		look(p, "mine")
		p.Goto(reportAt(5, month))
		webtest.Eval[bool](p, `(document.querySelector("[name=reasons][value=skill]").checked = true)`)
		look(p, "fill")
		p.Click("#fill button.govuk-button")
		if got := p.Text(".jy-flash"); got != "月报已提交" {
			t.Fatalf("after handing in the page says %q", got)
		}
		look(p, "reported")
		s := webtest.Open(t, sites[suriya.ID]+reportAt(5, month), width, height)
		if width == 390 {
			s.Click("#verify summary")
			s.Click("#verify button[type=submit]")
		}
		s.Click("#action summary")
		s.Click("[name=action_kind][value=fair]")
		s.Fill("#f-action_text", "专场招聘会，带 2 个岗位")
		s.Fill("#f-action_sent", "40")
		s.Click("#action button[type=submit]")
		if text := s.Text("#main"); !strings.Contains(text, "专场招聘会，带 2 个岗位") {
			t.Fatalf("after the action the page says %s", text)
		}
		look(s, "officer")
		s.Goto(unitAt(5))
		look(s, "unit")
		s.Click("#leave summary")
		s.Click("#leave button[type=submit]")
		look(s, "unit-wrong")
		m := webtest.Open(t, sites[chief.ID]+atHome, width, height)
		look(m, "board")
		for name, path := range map[string]string{"units": atUnits, "new": atUnits + "/new", "leads": atLeads, "exchange": atExchange} {
			m.Goto(path)
			look(m, name)
		}
		month = 202508 // the second time
	}
}

func TestEveryPageOfTheDemonstrationAnswers(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	w.Must(w.SeedDemo(ctx, Cast{Officer: suriya, League: chief, Unit: plant}))
	officer, unit, agency := w.Site(suriya, w.Web(), w.Approvals.Web(), w.Assignments.Web()), w.Site(plant, w.Web()), w.Site(agent, w.Web())
	officer(atHome, nil, 200, "恒瑞精细化工", "未办结诉求", "一线操作工缺人")
	officer("/dispatch/board.xlsx", nil, 200)
	officer("/dispatch/lead/template.xlsx", nil, 200)
	officer(unitAt(5), nil, 200, "服务专员", "走访记录")
	officer(reportAt(5, 202508), nil, 200, "历次提交")
	officer(atLeads, nil, 200, "腾格里光伏治沙基地二期")
	officer(atExchange, nil, 200, "普工")
	list, err := leads(ctx, w.World.DB, "152921", "", db.Date{Time: firstOf(200001)}, 0, 10)
	w.Must(err)
	officer(leadAt(list[0].ID), nil, 200, "用工预测")
	needs, err := openNeeds(ctx, w.World.DB, w.today(), 1<<62, 10)
	w.Must(err)
	officer(needAt(needs[0].ID), nil, 200, "绿洲人力", "信用 D 级")
	unit(atMine, nil, 200, "恒瑞")
	unit(atExchange, nil, 200, "本单位的需求")
	agency(needAt(needs[0].ID), nil, 200, "提出方案")
	agency(atMine, nil, 200, "不在重点企业名单")
}
