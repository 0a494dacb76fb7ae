package app

import (
	"context"
	"fmt"
	"jiuye/internal/ground/db"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// TestOneHouseholdFromASpreadsheetRowToTheLeaguesFigure is the main job once: an officer helps a household that the
// program found, departments deliver the rows of the new job and of its insurance, the case closes by itself, and the
// league's figure counts one person more.
func TestOneHouseholdFromASpreadsheetRowToTheLeaguesFigure(t *testing.T) {
	address := site(t)
	a, _ := demonstration(t)
	ctx := context.Background()
	before := figureOf(t, a, "new_urban", 2025)

	officer := webtest.Open(t, address+"/", 1440, 900)
	officer.SignIn("jingban", DemoPassword)
	officer.Click(`#rows tr:not(.jy-group) a`)
	page := officer.Location()
	officer.Click(`#f-kind`)
	officer.Fill(`textarea[name="note"]`, "入户见到本人，愿意到镇上做保洁")
	officer.Fill(`input[name="next"]`, "回访上岗情况")
	officer.Click(`form[action$="/steps"] button`)
	if text := officer.Text("main"); !strings.Contains(text, "愿意到镇上做保洁") || !strings.Contains(text, "回访上岗情况") {
		t.Fatalf("the visit is not in the history:\n%s", text)
	}
	officer.Screenshot("story-1-visit")

	worker := memberOf(t, a, officer)
	delivered := deliver(t, a, worker)
	officer.Goto("/intake")
	officer.Attach(`input[type="file"]`, delivered...)
	officer.Click(`form[action="/intake"] button`)
	until(t, "the import to end", func() bool {
		officer.Goto(officer.Location())
		return strings.Contains(officer.Text("main"), "接收") && !officer.Has(`[role="progressbar"]`)
	})
	officer.Screenshot("story-2-import")

	until(t, "the case to close", func() bool {
		officer.Goto(page)
		return strings.Contains(officer.Text("main"), "已就业参保")
	})
	officer.Axe()
	officer.Screenshot("story-3-closed")

	until(t, "the league's figure to follow", func() bool { return figureOf(t, a, "new_urban", 2025) == before+1 })
	manager := webtest.Open(t, address+"/", 1440, 900)
	manager.SignIn("mengshi", DemoPassword)
	manager.Goto("/plan/indicator/new_urban/area/152921/people?year=2025")
	manager.Screenshot("story-4-people")
	if n, err := a.Audit.Verify(ctx); err != nil || n == 0 {
		t.Errorf("%d audit entries, %v", n, err)
	}
}

func figureOf(t *testing.T, a *App, indicator string, year int) float64 {
	t.Helper()
	v, err := a.Plan.Actual(context.Background(), indicator, demoLeague, year)
	if err != nil {
		t.Fatal(err)
	}
	return figure(v)
}

var personLink = regexp.MustCompile(`/casework/person/(\d+)`)

// memberOf is the member of the household on the case page who is registered unemployed.
func memberOf(t *testing.T, a *App, p *webtest.Page) *person.Facts {
	t.Helper()
	html := webtest.Eval[string](p, "document.querySelector('main').innerHTML")
	for _, m := range personLink.FindAllStringSubmatch(html, -1) {
		id, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		f, err := a.People.Facts(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if f.Registered(a.Clock.Today()) != nil {
			return f
		}
	}
	t.Fatal("nobody of the household is registered unemployed")
	return nil
}

// deliver writes what departments send when somebody has found work: the ended registration and the job, and the
// insurance from the same month on.
func deliver(t *testing.T, a *App, f *person.Facts) []string {
	t.Helper()
	firms, err := a.Employers.Recruiting(context.Background(), "152921", dbDay(a), 1)
	if err != nil || len(firms) == 0 {
		t.Fatalf("no employer in the banner: %v", err)
	}
	r := f.Registered(a.Clock.Today())
	rows := map[string]string{
		"注销.csv": "姓名,身份证号,失业登记日期,失业原因,注销日期,注销原因,求职工种,期望月薪(元),劳动能力,就业意愿,联系电话,登记机构\n" +
			line(f.Name, f.IDNumber, r.Since.String(), r.Reason, "2025-08-25", "就业", r.Occupation, "", "是", "是", "", ""),
		"就业.csv": "姓名,身份证号,就业日期,就业形式,单位名称,统一社会信用代码,工作地区划代码,城镇就业,新就业形态,合同期限(月),工种,终止日期\n" +
			line(f.Name, f.IDNumber, "2025-08-25", "单位就业", firms[0].Name, firms[0].CreditCode, firms[0].Area, "是", "否", "12", "保洁员", ""),
		"社保.csv": "姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月\n" +
			line(f.Name, f.IDNumber, "城镇职工基本养老保险", firms[0].CreditCode, firms[0].Name, "202508", ""),
	}
	dir := t.TempDir()
	var paths []string
	for name, text := range rows {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func line(cells ...string) string { return strings.Join(cells, ",") + "\n" }

// until looks again and again, for two minutes at most: the program's own background work is what is waited for.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	end := time.NewTimer(2 * time.Minute)
	defer end.Stop()
	look := time.NewTicker(300 * time.Millisecond)
	defer look.Stop()
	for !done() {
		select {
		case <-look.C:
		case <-end.C:
			t.Fatalf("waited two minutes for %s", what)
		}
	}
}

func TestAGraduateAppliesAndTheEmployerSeesHer(t *testing.T) {
	address := site(t)
	seeker := webtest.Open(t, address+"/signin", 390, 844)
	seeker.SignIn("qiuzhi", DemoPassword)
	seeker.Goto("/policy/mine")
	if !strings.Contains(seeker.Text("main"), "能享受") {
		t.Error("the seeker does not see what fits")
	}
	a, _ := demonstration(t)
	vacancy := ownVacancy(t, a)
	seeker.Goto(fmt.Sprintf("/jobs/vacancy/%d", vacancy))
	seeker.Click(`button[form="apply"]`)
	seeker.Screenshot("story-5-applied")
	if !strings.Contains(seeker.Text("main"), "已应聘") {
		t.Errorf("after applying the page says:\n%s", seeker.Text("main"))
	}

	firm := webtest.Open(t, address+"/signin", 1440, 900)
	firm.SignIn("danwei", DemoPassword)
	firm.Goto(fmt.Sprintf("/jobs/employer/vacancy/%d/candidates", vacancy))
	firm.Axe()
	firm.Screenshot("story-6-candidates")
	account, err := a.demoSeeker(context.Background())
	if err != nil || !strings.Contains(firm.Text("main"), account.Name) {
		t.Errorf("the employer does not see %s (%v):\n%s", account.Name, err, firm.Text("main"))
	}

	seeker.Goto("/casework/me")
	seeker.Screenshot("story-7-who-looked")
	if text := seeker.Text("main"); !strings.Contains(text, "用人单位") && !strings.Contains(text, "公司") {
		t.Errorf("she does not see that the employer looked:\n%s", text)
	}
}

// ownVacancy is an open vacancy of the demonstration's employer.
func ownVacancy(t *testing.T, a *App) int64 {
	t.Helper()
	ctx := context.Background()
	firms, err := a.Employers.Recruiting(ctx, demoLeague, dbDay(a), 1)
	if err != nil || len(firms) == 0 {
		t.Fatal(err)
	}
	list, err := a.Employers.VacanciesOf(ctx, firms[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		if v.State == employer.Open && !v.Closes.Before(a.Clock.Today()) {
			return v.ID
		}
	}
	t.Fatal("the employer has no open vacancy")
	return 0
}

func dbDay(a *App) db.Date { return db.On(a.Clock.Today()) }
