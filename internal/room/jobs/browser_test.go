package jobs

import (
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// as opens a page in Chromium as somebody.
func (s site) as(t *testing.T, who, path string, width int) *webtest.Page {
	t.Helper()
	p := webtest.Open(t, s.URL+"/jobs?q=none", width, map[bool]int{true: 844, false: 900}[width < 600])
	// Read back: until then a cookie is on its way to the browser, and on a busy machine the next address overtakes it as a stranger's.
	webtest.Eval[string](p, `(document.cookie = "test_user=`+who+`; path=/", document.cookie)`)
	p.Goto(path)
	return p
}

func (s site) look(t *testing.T, p *webtest.Page, name string) {
	t.Helper()
	p.Axe()
	p.NoHorizontalScroll()
	p.Screenshot("jobs-" + name)
}

func TestASeekerAndAnEmployerInTheBrowser(t *testing.T) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) {
		if d.Kind() != db.SQLite { // pages are the same on both; the stores are tested on both
			return
		}
		r := newTown(t, d)
		r.people(t, 1, 30, "保洁", bayan)
		r.do(t, func(tx *db.Tx) error {
			return r.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: 1, Since: day(1, 1), Until: day(7, 1), Kind: person.Unit, Area: bayan[:6], Occupation: "家政服务员"}})
		})
		care := employer.Vacancy{EmployerID: 51, ID: 11, Title: "居家养老护理员", Occupation: "养老护理员", Openings: 4, PayLow: 320000, PayHigh: 400000, Education: 60, Area: bayan, Contract: 24, Benefits: "缴五险，早 8 晚 5，周日休"}
		far := employer.Vacancy{EmployerID: 52, ID: 12, Title: "宾馆保洁员（包食宿，带独立卫生间的员工宿舍）", Occupation: "保洁员", Openings: 2, PayLow: 250000, PayHigh: 290000, Area: ejin, Contract: person.OpenEnded}
		r.work(t, cleaning(10, 2), care, far)
		r.match(t)
		s := r.serve(t)

		for _, width := range []int{390, 1440} {
			suffix := map[int]string{390: "-390", 1440: "-1440"}[width]
			s.look(t, s.as(t, "", "/jobs", width), "guest"+suffix)
			p := s.as(t, "s1", "/jobs", width)
			s.look(t, p, "find"+suffix)
			p.Fill("#f-q", "养老")
			p.Submit("#f-q")
			p.Click(".jy-offer a")
			s.look(t, p, "vacancy"+suffix)
			p = s.as(t, "unit", "/jobs/employer", width)
			s.look(t, p, "unit"+suffix)
			p.Goto("/jobs/employer/vacancy/new")
			p.Fill("#f-title", "仓库管理员（限男性）")
			p.Fill("#f-low", "1500")
			p.Fill("#f-high", "4500")
			p.Click("form .govuk-button[type=submit]")
			if text := p.Text(".govuk-error-summary"); !strings.Contains(text, "限男性") || !strings.Contains(text, "最低工资标准") {
				t.Errorf("the summary says %s", text)
			}
			s.look(t, p, "form"+suffix)
			p.Fill("#f-title", "仓库管理员"+suffix)
			p.Fill("#f-low", "4000")
			webtest.Eval[string](p, `document.querySelector("#f-area").value = "152921110"`)
			p.Fill("#f-benefits", "包午餐，45岁以下")
			p.Click("form .govuk-button[type=submit]")
			if text := p.Text("body"); !strings.Contains(text, "其中“45岁以下”须由经办人员核对") {
				t.Errorf("an officer is asked, and the page says %s", text)
			}
			p = s.as(t, "officer", "/jobs/office/asked", width)
			s.look(t, p, "asked"+suffix)
			p.Fill("input[name=reason]", "高处作业，核对过操作规程")
			p.Click("button[name=pass][value=yes]")
			p = s.as(t, "unit", "/jobs/employer", width)
			if text := p.Text("#main"); !strings.Contains(text, "仓库管理员"+suffix) {
				t.Errorf("the corrected vacancy is not listed at %s: %s", webtest.Eval[string](p, "location.href"), text)
			}
			p = s.as(t, "officer", "/jobs/office", width)
			s.look(t, p, "office"+suffix)
			p.Goto("/jobs/office?list=people")
			s.look(t, p, "idle"+suffix)
			p.Goto("/jobs/person/1")
			s.look(t, p, "person"+suffix)
		}
		p := s.as(t, "s1", "/jobs/vacancy/10", 390)
		p.Fill("#f-note", "周一能上班")
		p.Click(".jy-actbar button[form=apply]")
		s.look(t, p, "applied-390")
		p.Goto("/jobs/mine")
		s.look(t, p, "mine-390")
		for _, width := range []int{390, 1440} {
			p = s.as(t, "unit", "/jobs/employer/vacancy/10/candidates", width)
			s.look(t, p, map[int]string{390: "candidates-390", 1440: "candidates-1440"}[width])
		}
		p.Click(`button[value="hired"]`)
		p = s.as(t, "s1", "/jobs/mine", 390)
		if text := p.Text("#main"); !strings.Contains(text, "已录用") {
			t.Errorf("the seeker reads %s", text)
		}
	})
}
