package plan

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// fewCases stands for the casework room.
type fewCases struct{}

func (fewCases) Open(context.Context, string) (open, overdue int, err error) { return 3, 1, nil }

func TestALeadersWayThroughThePagesInARealBrowser(t *testing.T) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	must(t, d.Migrate(ctx, []db.Schema{db.OwnSchema, queue.Schema, audit.Schema, person.Schema, approval.Schema, assignment.Schema, indicator.Schema, Schema}))
	h := newHouse(t, d)
	h.Cases = fewCases{}
	h.crowd(3000)
	must(t, h.SeedDemo(ctx))
	if _, err := h.ComputeDemo(ctx, progress.None{}); err != nil {
		t.Fatal(err)
	}
	file, err := filepath.Abs("testdata/made-up-plan.txt")
	must(t, err)
	league, region := h.siteFor("league"), h.siteFor("region")

	sizes := []struct {
		name          string
		width, height int
	}{{"1920", 1920, 1080}, {"1440", 1440, 900}, {"390", 390, 844}}
	for _, size := range sizes {
		p := webtest.Open(t, league.URL+"/plan", size.width, size.height)
		look := func(name string) {
			p.Axe()
			p.NoHorizontalScroll()
			p.Screenshot("plan-" + name + "-" + size.name)
		}
		look("board")
		if size.width == 1920 {
			continue // wide screens are for the board
		}
		p.Click(`.jy-map__list a`)
		look("banner")
		p.Click(`a[href="/plan/indicator/new_urban/area/152921"]`)
		look("indicator")
		p.Click(`a[href^="/plan/indicator/new_urban/area/152921/people"]`)
		look("people")
		p.Goto("/plan/indicator/registered_rate/area/1529")
		look("rate")
		p.Goto("/plan/area/1529?on=2025-08-10")
		look("past")
		p.Goto("/plan/splits")
		look("splits")
		p.Click(`a[href^="/plan/split/"]`)
		look("split")
		p.Goto("/plan/documents")
		look("documents")
		p.Attach(`input[type="file"]`, file)
		p.Click(`main button[type="submit"]`)
		look("draft")
		p.Click(`#p1 th a`)
		look("item")
		p.Click(`main button[type="submit"]`)
		p.Click(`button[formaction$="/confirm"]`)
		if text := p.Text("main"); !strings.Contains(text, "正在等另一位管理人员审批") {
			t.Errorf("the plan was not handed in: %.300s", text)
		}
		look("plan")
		p.Goto("/plan/tasks")
		look("tasks")
		p.Goto("/plan/task/5")
		look("task")
		p.Goto("/plan/indicator/productivity/area/1529/report?year=2024")
		p.Fill(`input[name="value"]`, "大约四")
		p.Click(`main button[type="submit"]`)
		look("report")
		p = webtest.Open(t, region.URL+"/plan/reports", size.width, size.height)
		look("reports")
		p = webtest.Open(t, region.URL+"/plan/area/15?level=banner&map=urban_share", size.width, size.height)
		look("region")
	}
}
