package app

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// hiring is the walk of one vacancy: who walks, and what they say of it.
type hiring struct {
	*stage
	unit   employer.Employer
	seeker *person.Facts
	title  string
	id     int64
}

// An employer is stopped for a word that discriminates and corrects it; an officer deals a fair's people out and takes the list away;
// a seeker finds the vacancy on a phone, applies and is hired; when departments deliver the job and its insurance, the register has
// it and the plan counts one more.
func TestAVacancyFromAForbiddenWordToThePlansFigure(t *testing.T) {
	s := newStage(t)
	ctx := context.Background()
	who, err := s.app.players(ctx)
	if err != nil {
		t.Fatal(err)
	}
	h := &hiring{stage: s, title: "前台接待员"}
	units, err := s.app.Employers.ListIn(ctx, s.app.DB, []int64{who.unit.EmployerID})
	if err != nil || len(units) != 1 {
		t.Fatal(len(units), err)
	}
	h.unit = units[0]
	if h.seeker, err = s.app.People.Facts(ctx, who.seeker.PersonID); err != nil {
		t.Fatal(err)
	}
	h.publish(390)
	h.publish(1440)
	phone := s.visit("qiuzhi", 390)
	h.fair(phone)
	h.apply(phone)
	h.hire(phone)
	h.insured()
}

func (h *hiring) look(p *webtest.Page, name string) {
	h.t.Helper()
	p.NoHorizontalScroll()
	p.Axe()
	p.Screenshot("jobs-walk-" + name)
}

func (h *hiring) says(p *webtest.Page, selector string, want ...string) {
	h.t.Helper()
	text := p.Text(selector)
	for _, w := range want {
		if !strings.Contains(text, w) {
			h.t.Errorf("%s does not say %s: %s", p.Location(), w, text)
		}
	}
}

// publish publishes the vacancy on a screen of a width, after it was stopped; the wide screen's is the one that goes on.
func (h *hiring) publish(width int) {
	h.t.Helper()
	title := fmt.Sprintf("%s（%d 班）", h.title, width)
	p := h.visit("danwei", width)
	p.Goto("/jobs/employer/vacancy/new")
	p.Fill("#f-title", h.title+"（限女性）")
	p.Fill("#f-low", "1500")
	p.Fill("#f-high", "4500")
	p.Click("form .govuk-button[type=submit]")
	h.says(p, ".govuk-error-summary", "限女性", "《就业促进法》第二十七条", "低于最低工资标准 2,270 元")
	h.look(p, fmt.Sprintf("stopped-%d", width))
	p.Fill("#f-title", title)
	p.Fill("#f-low", "3500")
	webtest.Eval[string](p, `document.querySelector("#f-area").value = "152921110"`)
	p.Click("form .govuk-button[type=submit]")
	p.Goto("/jobs/employer")
	h.says(p, "#main", title)
	h.look(p, fmt.Sprintf("published-%d", width))
	h.id = value[int64](h.t, h.app, `SELECT vacancy_id FROM employer_vacancy WHERE employer_id = $1 AND title = $2 AND state = 'open' ORDER BY vacancy_id`, h.unit.ID, title)
}

// fair lets an officer plan a fair at which the vacancy is, deal its people out, and take the list away as a table.
func (h *hiring) fair(phone *webtest.Page) {
	h.t.Helper()
	desk := h.visit("jingban", 1440)
	desk.Goto("/fair/new")
	webtest.Eval[bool](desk, `(document.querySelector("[name=kind][value=weekly]").checked = true)`)
	for field, text := range map[string]string{"title": "周五小型招聘会", "place": "巴彦浩特镇人力资源市场", "day": "2025-09-26", "booths": "10", "from": "9:00", "to": "12:00"} {
		desk.Fill("#f-"+field, text)
	}
	desk.Click("form[method=post] button.govuk-button")
	at := strings.TrimPrefix(desk.Location(), h.base)
	desk.Click("#publish button")
	event := strings.Replace(at, "/desk/", "/event/", 1)
	unit := h.visit("danwei", 1440)
	unit.Goto(fmt.Sprintf("%s/unit/%d", event, h.unit.ID))
	webtest.Eval[bool](unit, fmt.Sprintf(`[...document.querySelectorAll("[name=vacancies]")].map(i => i.checked = i.value === "%d").includes(true)`, h.id))
	unit.Fill("#f-contact", "王经理 0483-8330000")
	unit.Click("#ask button")
	desk.Goto(at)
	desk.Click("#booths form button")
	phone.Goto(event)
	phone.Click("form button.govuk-button")
	h.look(phone, "fair-390")
	h.guests(at)

	desk.Goto(at + "/allocation")
	desk.Click("#run button")
	h.look(desk, "allocation")
	rows := h.exported(desk)
	if len(rows) < 2 || !strings.HasPrefix(rows[0], "展位号|单位|时段|签到码|姓名|岗位|") || !strings.Contains(rows[1], h.unit.Name) || !strings.Contains(rows[1], h.title) {
		h.t.Errorf("the table of the allocation says\n%s", strings.Join(rows, "\n"))
	}
	narrow := h.visit("jingban", 390)
	narrow.Goto(at + "/allocation")
	h.look(narrow, "allocation-390")
}

// guests lets five more people of the banner who are registered unemployed come to a fair.
func (h *hiring) guests(at string) {
	h.t.Helper()
	ctx := context.Background()
	var fair int64
	if _, err := fmt.Sscanf(at, "/fair/desk/%d", &fair); err != nil {
		h.t.Fatal(at, err)
	}
	list, err := h.app.People.Seekers(ctx, demoBanner, dbDay(h.app), person.Seeker{}, 5)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, one := range list {
		if one.PersonID == h.seeker.ID {
			continue
		}
		if _, err := h.app.Fair.Come(ctx, web.User{ID: 1, Role: account.Seeker, PersonID: one.PersonID}, fair, fmt.Sprintf("walk-fair-%d", one.PersonID)); err != nil {
			h.t.Fatal(err)
		}
	}
}

// exported are the rows of the table behind the page's link, as Excel reads them.
func (h *hiring) exported(p *webtest.Page) (rows []string) {
	h.t.Helper()
	text := webtest.Eval[string](p, `fetch(document.querySelector("#export").href).then(r => r.arrayBuffer()).then(b => btoa(Array.from(new Uint8Array(b), x => String.fromCharCode(x)).join("")))`)
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		h.t.Fatal(err)
	}
	file := filepath.Join(h.t.TempDir(), "邀请安排.xlsx")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		h.t.Fatal(err)
	}
	book, err := sheet.Open(file, sheet.Limits{})
	if err != nil {
		h.t.Fatal(err)
	}
	defer book.Close()
	for row, err := range book.Rows(book.Sheets()[0]) {
		if err != nil {
			h.t.Fatal(err)
		}
		rows = append(rows, strings.Join(row.Cells, "|"))
	}
	return rows
}

// apply finds the vacancy by its words and applies.
func (h *hiring) apply(phone *webtest.Page) {
	h.t.Helper()
	phone.Goto("/jobs")
	phone.Fill("#f-q", h.title)
	phone.Submit("#f-q")
	h.look(phone, "found-390")
	phone.Click(fmt.Sprintf("a[href='/jobs/vacancy/%d']", h.id))
	phone.Fill("#f-note", "周一能上班")
	phone.Click(".jy-actbar button[form=apply]")
	h.says(phone, "main", "已应聘")
	h.look(phone, "applied-390")
	wide := h.visit("qiuzhi", 1440)
	wide.Goto("/jobs/mine")
	h.says(wide, "main", h.title)
	h.look(wide, "mine-1440")
}

// hire is the employer's answer, as both see it.
func (h *hiring) hire(phone *webtest.Page) {
	h.t.Helper()
	unit := h.visit("danwei", 1440)
	unit.Goto(fmt.Sprintf("/jobs/employer/vacancy/%d/candidates", h.id))
	h.says(unit, "main", h.seeker.Name, "周一能上班")
	unit.Click(`button[value="hired"]`)
	h.look(unit, "hired-1440")
	phone.Goto("/jobs/mine")
	h.says(phone, "main", "已录用")
	h.look(phone, "hired-390")
}

// insured is what departments deliver a month later, and what comes of it.
func (h *hiring) insured() {
	h.t.Helper()
	ctx := context.Background()
	h.reach("2025-10-31")
	h.on("2025-11-03")
	if _, err := h.app.Plan.Compute(ctx, progress.None{}); err != nil {
		h.t.Fatal(err)
	}
	before := figureOf(h.t, h.app, "new_urban", 2025)
	number, r := h.seeker.IDNumber, h.seeker.Registered(h.app.Clock.Today())
	rows := map[string]string{
		"就业.csv": "姓名,身份证号,就业日期,就业形式,单位名称,统一社会信用代码,工作地区划代码,城镇就业,新就业形态,合同期限(月),工种,终止日期\n" +
			line(h.seeker.Name, number, "2025-10-08", "单位就业", h.unit.Name, h.unit.CreditCode, h.unit.Area, "是", "否", "12", "前台接待员", ""),
		"社保.csv": "姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月\n" +
			line(h.seeker.Name, number, "城镇职工基本养老保险", h.unit.CreditCode, h.unit.Name, "202510", ""),
	}
	if r != nil {
		rows["注销.csv"] = "姓名,身份证号,失业登记日期,失业原因,注销日期,注销原因,求职工种,期望月薪(元),劳动能力,就业意愿,联系电话,登记机构\n" +
			line(h.seeker.Name, number, r.Since.String(), r.Reason, "2025-10-08", "就业", r.Occupation, "", "是", "是", "", "")
	}
	dir := h.t.TempDir()
	var paths []string
	for name, text := range rows {
		paths = append(paths, filepath.Join(dir, name))
		if err := os.WriteFile(paths[len(paths)-1], []byte(text), 0o600); err != nil {
			h.t.Fatal(err)
		}
	}
	desk := h.visit("jingban", 1440)
	desk.Goto("/intake")
	desk.Attach(`input[type="file"]`, paths...)
	desk.Click(`form[action="/intake"] button`)
	until(h.t, "the import to end", func() bool {
		desk.Goto(desk.Location())
		return strings.Contains(desk.Text("main"), "接收") && !desk.Has(`[role="progressbar"]`)
	})
	facts, err := h.app.People.Facts(ctx, h.seeker.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	job := facts.AtWork(h.app.Clock.Today())
	if job == nil || job.EmployerID != h.unit.ID || !slices.ContainsFunc(facts.Insurances, func(i person.Insurance) bool { return i.EmployerID == h.unit.ID && i.From == 202510 }) {
		h.t.Fatalf("the register does not have the job and its insurance: %+v %+v", job, facts.Insurances)
	}
	until(h.t, "the league's figure to follow", func() bool { return figureOf(h.t, h.app, "new_urban", 2025) == before+1 })
	manager := h.visit("mengshi", 1440)
	manager.Goto("/plan/indicator/new_urban/area/152921/people?year=2025")
	h.says(manager, "main", identity.MaskName(h.seeker.Name), "2025-10-08 起城镇就业（单位就业）")
	h.look(manager, "figure-1440")
	manager = h.visit("mengshi", 390)
	manager.Goto("/plan/indicator/new_urban/area/1529?year=2025")
	h.look(manager, "figure-390")
}

// reach says how far the departments' data go, for the next beginning.
func (h *hiring) reach(day string) {
	h.t.Helper()
	err := h.app.DB.Tx(context.Background(), func(tx *db.Tx) error { return tx.SetSetting(context.Background(), settingAsOf, day) })
	if err != nil {
		h.t.Fatal(err)
	}
}
