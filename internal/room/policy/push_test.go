package policy

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/account"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// agreed are the people who want messages.
type agreed map[int64]bool

func (a agreed) Allowed(_ context.Context, ids []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for _, id := range ids {
		out[id] = a[id]
	}
	return out, nil
}

// granting is a room of grants that has granted R54 once in 152921.
type granting struct{}

func (granting) Apply(policyID string) string { return "/grant/apply/" + policyID }

func (granting) Taken(context.Context, string) ([]Taken, error) {
	return []Taken{{Policy: "R54", Area: "152921", Applied: 1, Granted: 1}}, nil
}

func (granting) Unasked(_ context.Context, _ string, people []int64) (int, map[int64]string, error) {
	return 1, map[int64]string{people[len(people)-1]: "本人没有同意免申即享"}, nil
}

var toldSchemas = []db.Schema{account.Schema, person.Schema, employer.Schema, audit.Schema, assignment.Schema, message.Schema, Schema}

// connected is the office with the message centre, tasks and grants; of the veterans only 1 wants messages.
func connected(t *testing.T, d *db.DB) office {
	t.Helper()
	o := furnish(t, d)
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	deps := o.Deps
	deps.Messages = message.New(message.Deps{DB: d, People: o.People, Sealer: sealer, Clock: o.Clock, IDs: o.IDs, Consents: agreed{1: true}})
	deps.Assign = assignment.New(assignment.Deps{DB: d, Sealer: sealer, Clock: o.Clock, IDs: o.IDs, Audit: o.Audit})
	deps.Grants = granting{}
	room, err := New(deps)
	if err != nil {
		t.Fatal(err)
	}
	made := office{room, t}
	made.settle()
	made.screen()
	return made
}

func TestWhoIsFoundIsToldOnceOrHandedToOfficers(t *testing.T) {
	dbtest.Run(t, toldSchemas, func(t *testing.T, d *db.DB) {
		o := connected(t, d)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		sum, err := o.Push(ctx, manager, "R54", "1529", 0, "push-1")
		if err != nil || sum != (Pushed{Told: 1, NoConsent: 1}) {
			t.Errorf("%+v, %v", sum, err)
		}
		if _, err := o.Push(ctx, manager, "R54", "1529", 0, "push-1"); !fault.Is(err, fault.Repeat) {
			t.Errorf("the same click again: %v", err)
		}
		if sum, err = o.Push(ctx, manager, "R54", "1529", 0, "push-2"); err != nil || sum != (Pushed{}) {
			t.Errorf("another click tells nobody again: %+v, %v", sum, err)
		}
		if _, err := o.Push(ctx, officer, "R54", "1529", 0, "push-3"); !fault.Is(err, fault.Denied) {
			t.Errorf("an officer tells the whole league: %v", err)
		}
		box, err := o.Messages.Box(ctx, web.User{PersonID: 1}, true, 0, 0, 10)
		if err != nil || len(box) != 1 || !strings.Contains(box[0].Title.Zh, "自主就业退役军人免费培训") || box[0].Href != "/policy/mine" {
			t.Errorf("the box has %+v, %v", box, err)
		}

		areas, people, err := o.Hand(ctx, manager, "R54", 0, "hand-1")
		if err != nil || areas != 1 || people != 1 { // 1 was told, 5 lives in 152922
			t.Errorf("handed to %d areas, %d people, %v", areas, people, err)
		}
		if _, _, err := o.Hand(ctx, manager, "R54", 0, "hand-2"); !fault.Is(err, fault.Conflict) {
			t.Errorf("nobody is left: %v", err)
		}
		tasks, err := o.Assign.List(ctx, assignment.Filter{To: "152922"}, db.Date{}, 0, 10)
		if err != nil || len(tasks) != 1 || !strings.Contains(tasks[0].Title, "对象 1 个") || tasks[0].Href != "/policy/push/R54?area=152922&who=handed" {
			t.Errorf("the banner has %+v, %v", tasks, err)
		}
		if err := o.TellByHand(ctx, officer, "R54", 5, "told-1"); !fault.Is(err, fault.Denied) {
			t.Errorf("another banner's officer: %v", err)
		}
		must(o.TellByHand(ctx, manager, "R54", 5, "told-2"))
		if err := o.TellByHand(ctx, manager, "R54", 5, "told-3"); !fault.Is(err, fault.Conflict) {
			t.Errorf("told already: %v", err)
		}

		must(o.Messages.Open(ctx, web.User{PersonID: 1}, box[0].ID))
		list, err := o.Uptake(ctx, "1529")
		must(err)
		got := map[string]string{}
		for _, u := range list {
			if u.Policy == "R54" {
				got[u.Area] = fmt.Sprint(u.Eligible, u.Told, u.Refused, u.WithTasks, u.Opened, u.Applied, u.Granted)
			}
		}
		if got["152921"] != "1 1 0 0 1 1 1" || got["152922"] != "1 1 0 1 0 0 0" {
			t.Errorf("take-up %v", got)
		}

		done, left, why, err := o.Unasked(ctx, officer, "R54", "152921", "unasked-1")
		if err != nil || done != 1 || left != 1 || why != "本人没有同意免申即享" {
			t.Errorf("without application: %d, %d, %s, %v", done, left, why, err)
		}
		if _, _, _, err := o.Unasked(ctx, officer, "R54", "152922", "unasked-2"); !fault.Is(err, fault.Denied) {
			t.Errorf("for another banner: %v", err)
		}
		if _, _, _, err := o.Unasked(ctx, officer, "R01", "152921", "unasked-3"); !fault.Is(err, fault.Conflict) {
			t.Errorf("for employers: %v", err)
		}
		sum, err = o.Push(ctx, officer, "R01", "152921", 0, "push-9")
		if err != nil || sum.Told != 1 {
			t.Errorf("an employer: %+v, %v", sum, err)
		}
	})
}

var posts int

// post sends a form as somebody, and returns what is shown in the end.
func post(t *testing.T, server *httptest.Server, path string, form url.Values) (int, string) {
	t.Helper()
	posts++
	form.Set("_once", fmt.Sprintf("policy-test-once-%06d", posts))
	res, err := server.Client().PostForm(server.URL+path, form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func TestACitizenIsToldWhatFitsAndAsksToBeReminded(t *testing.T) {
	dbtest.Run(t, toldSchemas, func(t *testing.T, d *db.DB) {
		o := connected(t, d)
		veteran := citizen
		veteran.PersonID = 1
		if _, text := o.site(veteran, "zh")("/policy/mine"); !strings.Contains(text, "自主就业退役军人") || strings.Contains(text, `href="/grant/apply/R54"`) {
			t.Error("R54 is not applied for online, and leads to an application")
		}
		if _, text := o.site(business, "zh")("/policy/employer"); !strings.Contains(text, `href="/grant/apply/R01"`) || !strings.Contains(text, "一键申请") {
			t.Error("who is eligible cannot apply")
		}
		server := o.serve(citizen) // discharged in December
		code, text := o.site(citizen, "zh")("/policy/mine")
		if code != 200 || !strings.Contains(text, "到时提醒我") || !strings.Contains(text, "还缺信息") || !strings.Contains(text, "掌握") {
			t.Errorf("%d, the page lacks something", code)
		}
		if code, text = post(t, server, "/policy/mine/remind", url.Values{"policy": {"R54"}}); code != 200 {
			t.Errorf("remind: %d %s", code, text)
		}
		if code, _ = post(t, server, "/policy/mine/remind", url.Values{"policy": {"R36"}}); code != http.StatusConflict {
			t.Errorf("a policy no day brings: %d", code)
		}
		if n, err := o.Messages.Unread(ctx, citizen); n != 0 || err != nil {
			t.Errorf("reminded before the day: %d, %v", n, err)
		}
		o.Clock.(*clock.Fake).Add(69 * 24 * 60 * 60 * 1e9) // 2 December
		if box, err := o.Messages.Box(ctx, citizen, true, 0, 0, 10); err != nil || len(box) != 1 || !strings.Contains(box[0].Title.Zh, "条件今天满足") {
			t.Errorf("on the day the box has %+v, %v", box, err)
		}
	})
}

var stranger = web.User{}

func TestAStrangerTriesWithoutAnAccount(t *testing.T) {
	dbtest.Run(t, toldSchemas, func(t *testing.T, d *db.DB) {
		o := connected(t, d)
		server := o.serve(stranger)
		for _, c := range []struct {
			name, path string
			form       url.Values
			code       int
			has, not   []string
		}{
			{"a veteran of two years", "/policy/try", url.Values{"q_birth": {"1995-03-01"}, "q_sex": {"male"}, "q_area": {"1529"}, "q_groups": {"veteran"}, "q_settlement": {"own_job"},
				"q_discharged": {"2023-09-01"}, "q_employment": {"not_at_work"}, "q_able_to_work": {"y"}}, 200, []string{"自主就业退役军人免费培训", "您是退役军人", "登录后不用再填", "修改答案"}, []string{"一键申请", "到时提醒我"}},
			{"nobody who answers nothing", "/policy/try", url.Values{}, 200, []string{"还缺信息"}, []string{"一键申请"}},
			{"a wrong date", "/policy/try", url.Values{"q_birth": {"昨天"}}, 422, []string{"昨天"}, []string{"还缺信息"}},
			{"an answer nobody offered", "/policy/try", url.Values{"q_sex": {"x"}}, 422, nil, nil},
			{"an employer with three insured", "/policy/try/unit", url.Values{"q_kind": {"individual"}, "q_opened": {"2022-01-01"}, "q_jobs": {"3"}, "q_jobs_a_year_ago": {"3"}, "q_jobs_insured_12_months": {"3"}},
				200, []string{"一次性创业带动就业补贴", "20,000 元"}, nil},
		} {
			code, text := post(t, server, c.path, c.form)
			if code != c.code {
				t.Errorf("%s: %d, want %d", c.name, code, c.code)
			}
			for _, want := range c.has {
				if !strings.Contains(text, want) {
					t.Errorf("%s: the page lacks %q", c.name, want)
				}
			}
			for _, not := range c.not {
				if strings.Contains(text, not) {
					t.Errorf("%s: the page shows %q", c.name, not)
				}
			}
		}
		if code, text := o.site(stranger, "en")("/policy/try"); code != 200 || !strings.Contains(text, "Without signing in") {
			t.Errorf("in English: %d", code)
		}
	})
}

func TestThePagesOfPushAndTryHaveNoBarriers(t *testing.T) {
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "push.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, toldSchemas...)); err != nil {
		t.Fatal(err)
	}
	o := connected(t, d)
	veteran := citizen
	veteran.PersonID, veteran.Citizen = 1, true
	for _, width := range []int{1440, 390} { // what the last one sends is gone from the lists
		look := func(p *webtest.Page, name string) {
			t.Helper()
			p.NoHorizontalScroll()
			p.Axe()
			p.Screenshot(fmt.Sprintf("policy-%s-%d", name, width))
		}
		p := webtest.Open(t, o.serve(stranger).URL+"/policy/try", width, 844)
		look(p, "try")
		p.Fill("#f-q_birth", "1995-03-01")
		p.Submit("#f-q_birth")
		if got := p.Text("main"); !strings.Contains(got, "修改答案") {
			t.Errorf("answered: %q", got)
		}
		look(p, "tried")
		look(webtest.Open(t, o.serve(veteran).URL+"/policy/mine", width, 844), "entitled")
		look(webtest.Open(t, o.serve(manager).URL+"/policy/push", width, 844), "push")
		look(webtest.Open(t, o.serve(manager).URL+"/policy/takeup", width, 844), "takeup")
		look(webtest.Open(t, o.serve(manager).URL+"/policy/takeup?policy=R54", width, 844), "takeupone")
		desk := webtest.Open(t, o.serve(manager).URL+"/policy/push/R54", width, 844)
		look(desk, "pushone")
		if width == 1440 {
			continue
		}
		desk.Click("form[action*='/send'] button")
		if got := desk.Text("main, .jy-flash"); !strings.Contains(desk.Text("body"), "已告知 1 个") {
			t.Errorf("sent: %q", got)
		}
		desk.Click("form[action*='/hand'] button")
		desk.Goto(o.serve(manager).URL + "/policy/push/R54?who=handed")
		look(desk, "handed")
	}
}
