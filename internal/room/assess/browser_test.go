package assess

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
)

// standing is a world on a database of its own.
func standing(t *testing.T) *world {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "walk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, d)
	w.tx(func(tx *db.Tx) error {
		return w.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{{EmployerID: 6, ID: 9, Title: "店员", Occupation: "营业员", Openings: 12, PayLow: 300_000, PayHigh: 500_000, Area: "152921", Posted: db.On(date("2025-09-01")), Closes: db.On(date("2025-12-01")), State: employer.Open}})
	})
	w.set(insuredFloor, 9_000)
	w.set(fillFloor, 3_000)
	return w
}

func TestAnOfficerFilesAManagerConcludesAndAMeasureIsHandedOut(t *testing.T) {
	w := standing(t)
	for _, width := range []int{1440, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			who := suriya
			p := webtest.Open(t, w.site(&who)+"/assess", width, 900)
			look := func(name string) {
				t.Helper()
				p.Axe()
				p.NoHorizontalScroll()
				p.Screenshot(fmt.Sprintf("assess-%s-%d", name, width))
			}
			p.Goto("/assess/new")
			look("new")
			p.Click("form[method=post] button.govuk-button")
			look("new-wrong")
			webtest.Eval[bool](p, `(document.querySelector("[name=kind][value=project]").checked = true)`)
			title := fmt.Sprintf("阿拉善左旗公共实训基地建设项目（%d）", width)
			p.Fill("#f-title", title)
			p.Fill("#f-unit", "阿拉善左旗发展和改革委员会")
			p.Fill("#f-document", "阿拉善盟“十四五”就业促进规划 专栏 公共实训基地建设项目")
			p.Fill("#f-industry", "P83")
			p.Fill("#f-invest", "3600")
			p.Fill("#f-starts", "2025-10-01")
			webtest.Eval[bool](p, `[...document.querySelectorAll("[name^=q-][value=yes]")].every(i => i.checked = true)`)
			p.Click("form[method=post] button.govuk-button")
			at := strings.TrimPrefix(p.Location(), p.Location()[:strings.Index(p.Location(), "/assess")])
			look("draft")
			p.Click("#add-line summary")
			p.Fill("#f-occupation", "职业培训师")
			p.Fill("#f-people", "18")
			webtest.Eval[bool](p, `(document.querySelector("[name=temporary][value=no]").checked = document.querySelector("[name=insured][value=no]").checked = true)`)
			p.Choose("#f-education", "30")
			p.Fill("#f-months", "36")
			p.Fill("#f-pay", "5200")
			p.Click("#add-line button")
			if got := p.Text("#environment .jy-tag"); got != "黄灯" {
				t.Errorf("posts without insurance: %s", got)
			}
			p.Click("#add-opinion summary")
			p.Fill("#f-department", "阿拉善盟财政局")
			webtest.Eval[bool](p, `(document.querySelector("[name=stance][value=agrees]").checked = true)`)
			p.Fill("#f-o-text", "资金已列入年度计划")
			p.Click("#add-opinion button")
			webtest.Eval[bool](p, `(document.querySelector("[name=verdict][value=conditional]").checked = true)`)
			p.Fill("#f-conclusion", "岗位参加职工社会保险后实施")
			p.Click("#send button")
			look("send-refused")
			p.Click("#add-measure summary")
			p.Choose("#f-dimension", "environment")
			p.Fill("#f-m-text", "全部岗位参加职工基本养老保险和失业保险")
			p.Fill("#f-m-unit", "左旗人力资源和社会保障局")
			p.Fill("#f-days", "20")
			p.Click("#add-measure button")
			webtest.Eval[bool](p, `(document.querySelector("[name=verdict][value=conditional]").checked = true)`)
			p.Fill("#f-conclusion", "岗位参加职工社会保险后实施")
			p.Click("#send button")
			look("waiting")
			who = chief
			if err := w.agree(chief); err != nil {
				t.Fatal(err)
			}
			p.Goto(at)
			look("concluded")
			p.Click("#conclusion button")
			if got := p.Text(".jy-flash"); got != "已公布" {
				t.Errorf("after publishing the page says %q", got)
			}
			for _, page := range []string{"", "/compare", "/units", "/parameters", "/parameter?code=fill", "/parameter?code=indirect", "/public"} {
				p.Goto("/assess" + page)
				look("page" + strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(page))
			}
			p.Click("#rows a")
			look("public-one")
		})
	}
	tasks := must(w.Assignments.List(ctx, assignment.Filter{To: "152921"}, db.Date{}, 0, 10))
	if len(tasks) != 2 {
		t.Errorf("%d measures were handed out, want one of each walk", len(tasks))
	}
}
