package cycle

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

func TestWords(t *testing.T) { webtest.Words(t, (&Room{}).Web()) }

func TestAMonthInTheBrowser(t *testing.T) {
	d := registertest.File(t, append([]db.Schema{db.OwnSchema}, schemas...)...)
	w := newWorld(t, d)
	id := w.august()
	sites := map[string]string{}
	for name, who := range map[string]web.User{"officer": suriya, "chief": chief, "deputy": deputy, "stranger": {}} {
		sites[name] = w.Serve(who, w.Web())
	}
	look := func(p *webtest.Page, name string, width int) {
		t.Helper()
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot(fmt.Sprintf("cycle-%s-%d", name, width))
	}
	says := func(p *webtest.Page, want string) {
		t.Helper()
		if text := p.Text("#main"); !strings.Contains(text, want) {
			t.Fatalf("the page does not say %q: %.600s", want, text)
		}
	}
	p := webtest.Open(t, sites["officer"]+atHome, 390, 844)
	look(p, "home", 390)
	p.Goto(formAt(id, "152921"))
	look(p, "form", 390)
	p.Fill("input[name=own_new_urban]", "999")
	p.Fill("#f-progress", "开展专场招聘，帮助二十人就业")
	p.Fill("#f-problems", "焊工缺 3 名")
	p.Fill("#f-measures", "开班培训")
	p.Click("form .govuk-button")
	says(p, "相差较大")
	p.Fill("input[name=own_new_urban]", "160")
	p.Click("form .govuk-button")
	says(p, "已上报")
	look(p, "handed", 390)

	c := webtest.Open(t, sites["chief"]+roundAt(id), 1440, 900)
	look(c, "round", 1440)
	c.Goto(formAt(id, "152921"))
	c.Click("#accept summary")
	c.Click("#accept button[type=submit]")
	says(c, "已通过")
	look(c, "accepted", 1440)
	c.Goto(roundAt(id))
	c.Click("#write button[type=submit]")
	says(c, "总体情况")
	look(c, "paper", 1440)
	at := strings.TrimPrefix(c.Location(), sites["chief"])
	c.Goto(at + "/edit")
	look(c, "edit", 1440)
	c.Click("form .govuk-button")
	c.Click(`form[action$="/send"] button`)
	says(c, "核对中")

	e := webtest.Open(t, sites["deputy"]+at, 390, 844)
	look(e, "checking", 390)
	e.Click(`form[action$="/issue"] button`)
	says(e, "第 1 期")
	look(e, "issued", 390)
	c.Goto(atPapers)
	look(c, "papers", 1440)
	c.Goto(atCases + "/new")
	look(c, "newcase", 1440)
	c.Goto("/cycle/round/new")
	look(c, "newround", 1440)
	s := webtest.Open(t, sites["stranger"]+atPublic, 390, 844)
	look(s, "public", 390)
}
