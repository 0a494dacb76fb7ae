package fair

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
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
	return newWorld(t, d)
}

// looker looks at every page it is on: accessible, and nothing wider than the screen.
func looker(p *webtest.Page, width string) func(name string) {
	return func(name string) {
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot("fair-" + name + "-" + width)
	}
}

func TestAnOfficerPlansAFairAllocatesItExportsItAndChecksPeopleIn(t *testing.T) {
	w := standing(t)
	who := suriya
	site := w.site(&who)
	desk, phone := webtest.Open(t, site+"/fair/new", 1440, 900), webtest.Open(t, site+"/fair", 390, 844)
	look, see := looker(desk, "1440"), looker(phone, "390")
	look("new")
	desk.Click("form[method=post] button.govuk-button")
	look("new-wrong")
	webtest.Eval[bool](desk, `(document.querySelector("[name=kind][value=weekly]").checked = true)`)
	for field, text := range map[string]string{"title": "周三小型招聘会", "place": "巴彦浩特镇人力资源市场", "day": "2025-09-24", "booths": "10", "from": "9:00", "to": "12:00"} {
		desk.Fill("#f-"+field, text)
	}
	desk.Click("form[method=post] button.govuk-button")
	look("planned")
	at := desk.Location()[len(site):]
	desk.Click("#publish button")
	if got := desk.Text(".jy-flash"); got != "已发布，开放报名" {
		t.Fatalf("after publishing the page says %q", got)
	}
	event := strings.Replace(at, "/desk/", "/event/", 1)
	for _, unit := range []struct {
		who  web.User
		path string
	}{{shop, "/unit/6"}, {plant, "/unit/5"}} {
		who = unit.who
		phone.Goto(event + unit.path)
		webtest.Eval[bool](phone, `[...document.querySelectorAll("[name=vacancies]")].every(i => i.checked = true)`)
		phone.Fill("#f-contact", "王经理 0483-8330000")
		phone.Click("#ask button")
		see("unit")
	}
	who = suriya
	for range 2 {
		desk.Goto(at)
		desk.Click("#booths form button")
	}
	look("booths")
	who = seeker(1)
	phone.Goto(event)
	see("event")
	phone.Click("form button.govuk-button")
	see("mine")
	code := phone.Text("[data-code]")
	for n := int64(2); n <= 12; n++ {
		must(w.Come(ctx, seeker(n), must(personFair(w)), key()))
	}
	who = web.User{}
	for _, page := range []string{"/fair", event, event + "/booth/5"} {
		phone.Goto(page)
		see("public" + strings.ReplaceAll(strings.TrimPrefix(page, event), "/", "-"))
	}
	who = suriya
	desk.Goto(at + "/allocation")
	look("allocation-empty")
	desk.Click("#run button")
	look("allocation")
	w.readExport(site+at+"/allocation/export", code)
	desk.Click("#send button")
	phone.Goto(at + "/door")
	see("door")
	for _, c := range []struct{ text, want string }{{code, "签到成功"}, {code, "不用再签"}, {idNumber(30), "签到成功"}} {
		phone.Fill("#f-code", c.text)
		phone.Click("form button.govuk-button")
		if got := phone.Text(".jy-flash"); !strings.Contains(got, c.want) {
			t.Errorf("the door says %q, want %q", got, c.want)
		}
	}
	phone.Fill("#f-code", "12345675")
	phone.Click("form button.govuk-button")
	see("door-wrong")
	who = plant
	phone.Goto(event + "/unit/5")
	phone.Fill("#f-code", code)
	phone.Choose("#f-vacancy", "50")
	webtest.Eval[bool](phone, `(document.querySelector("[name=result][value=hired]").checked = true)`)
	phone.Click("#say button")
	see("talk")
	who = seeker(1)
	phone.Goto("/fair/mine")
	see("mine-invited")
	who = suriya
	for _, page := range []string{"/fair/desk", at, at + "/allocation", at + "/report", at + "/edit"} {
		phone.Goto(page)
		see("desk" + strings.ReplaceAll(strings.TrimPrefix(page, at), "/", "-"))
	}
	desk.Goto(at + "/report")
	look("report")
	desk.Goto("/fair/desk")
	look("desk")
}

// personFair is the only fair there is.
func personFair(w *world) (int64, error) {
	list, err := comingFairs(ctx, w.DB, filter{area: region}, db.Date{Time: date("2025-01-01")}, 0, 1)
	return list[0].ID, err
}

// readExport reads the allocation out of the file as an officer gets it.
func (w *world) readExport(address, code string) {
	w.t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	file := filepath.Join(w.t.TempDir(), "邀请安排.xlsx")
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	w.ok(os.WriteFile(file, body, 0o600))
	book, err := sheet.Open(file, sheet.Limits{})
	if err != nil {
		w.t.Fatal(err)
	}
	defer book.Close()
	var lines []string
	for row, err := range book.Rows(book.Sheets()[0]) {
		if err != nil {
			w.t.Fatal(err)
		}
		lines = append(lines, strings.Join(row.Cells, "|"))
	}
	all := strings.Join(lines, "\n")
	if len(lines) < 8 || !strings.HasPrefix(lines[0], "展位号|单位|时段|签到码|姓名|岗位|匹配分|合适的理由|不足|状态") || !strings.Contains(all, strings.ReplaceAll(code, " ", "")) ||
		!strings.Contains(all, "乌云其木格") || !strings.Contains(all, "做过同样的工作") || !strings.Contains(all, "恒瑞精细化工") {
		w.t.Errorf("the export says\n%s", all)
	}
}
