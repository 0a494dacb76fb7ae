package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
)

// world is one small demonstration with signed-in visitors.
type world struct {
	t       *testing.T
	app     *App
	base    string
	server  interface{ Routes() []string }
	clients map[string]*http.Client
	ids     *strings.Replacer
}

func value[T any](t *testing.T, a *App, query string, args ...any) T {
	t.Helper()
	v, err := db.Value[T](context.Background(), a.DB, query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOn(t, "")
}

// newWorldOn makes it in a named database, "" for a file of its own.
func newWorldOn(t *testing.T, address string) *world {
	t.Helper()
	ctx := context.Background()
	a, err := Open(ctx, Config{Data: t.TempDir(), DB: address, LogLevel: "error"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if _, err := a.Demo(ctx, DemoOptions{Area: "152900", People: 3000}, progress.None{}); err != nil {
		t.Fatal(err)
	}
	one := func(query string, args ...any) int64 { t.Helper(); return value[int64](t, a, query, args...) }
	mine := one(`SELECT person_id FROM account WHERE login = 'qiuzhi' ORDER BY 1`)
	unit := one(`SELECT employer_id FROM account WHERE login = 'danwei' ORDER BY 1`)
	more := []account.NewAccount{
		{Login: "hohhot", Name: "呼和浩特市人社局", Role: account.Manager, Area: "1501"},
		{Login: "other-seeker", Name: "别人", Role: account.Seeker, PersonID: one(`SELECT person_id FROM person WHERE person_id <> $1 ORDER BY person_id DESC`, mine)},
		{Login: "other-unit", Name: "别的单位", Role: account.Employer, EmployerID: one(`SELECT employer_id FROM employer WHERE employer_id <> $1 ORDER BY employer_id`, unit)},
	}
	for i := range more {
		more[i].Password = DemoPassword
	}
	if err := a.DB.Tx(ctx, func(tx *db.Tx) error { return a.Accounts.Seed(ctx, tx, more) }); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, app: a, clients: map[string]*http.Client{}}
	w.serve(a.Log)
	for _, login := range visitors {
		jar, _ := cookiejar.New(nil)
		w.clients[login] = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		if login != "" {
			if got := w.post(login, "/signin", url.Values{"login": {login}, "password": {DemoPassword}}); got.code != http.StatusSeeOther {
				t.Fatalf("%s cannot sign in: %d", login, got.code)
			}
		}
	}
	batch := w.upload("jingban", "户籍.csv", "户号,姓名\n1,王\n").header.Get("Location")
	everywhere := w.upload("zizhiqu", "户籍.csv", "户号,姓名\n2,李\n").header.Get("Location")
	err = a.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO intake_alarm (alarm_id, alarm_key, kind, source, area, batch_id, args, at, acked_at, acked_by, acker, reason, version)
			VALUES (7, 'test', 'extra', 'police', '152921', 0, '["清单.csv", "多余.csv", 1]', 0, 0, 0, '', '', 1)`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE intake_review SET area = '15' WHERE review_id = (SELECT max(review_id) FROM intake_review)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.collected()
	n := func(id int64) string { return strconv.FormatInt(id, 10) }
	request, task := w.pending()
	w.ids = strings.NewReplacer(append(append(append(outworkThings(t, a, mine), graduateThings(t, a)...), append(append(analysisThings(t, a), append(cycleThings(t, a), superviseThings(t, a)...)...), verifyThings(t, a)...)...), append(append(append(serviceThings(t, a), grantThings(t, a, mine)...), append(append(assessThings(t, a), marketThings(t, a)...), append(append(fairThings(t, a, mine), dispatchThings(t, a, unit)...), gigThings(t, a, unit)...)...)...),
		"{here}", n(one(`SELECT person_id FROM person WHERE area LIKE '152921%' ORDER BY person_id`)),
		"{there}", n(one(`SELECT person_id FROM person WHERE area LIKE '152923%' ORDER BY person_id`)),
		"{township}", value[string](t, a, `SELECT substr(area, 1, 9) FROM person WHERE area LIKE '152921%' ORDER BY person_id`),
		"{mine}", n(mine), "{unit}", n(unit),
		"{vacancy}", n(one(`SELECT vacancy_id FROM employer_vacancy WHERE employer_id = $1 AND state = 'open' AND source = '' ORDER BY vacancy_id DESC`, unit)),
		"{delivery}", n(one(`SELECT delivery_id FROM jobs_delivery ORDER BY delivery_id`)),
		"{approval}", n(request), "{task}", n(task), "{message}", n(messageTo(t, a, mine)),
		"{household}", n(one(`SELECT household_id FROM person WHERE area LIKE '152921%' ORDER BY person_id`)), "{hint}", "1", "{newcomer}", "1",
		"{case}", n(one(`SELECT case_id FROM casework_case WHERE area LIKE '152921%' ORDER BY case_id`)),
		"{batch}", strings.TrimPrefix(batch, "/intake/batch/"),
		"{all}", strings.TrimPrefix(everywhere, "/intake/batch/"),
		"{review}", n(one(`SELECT review_id FROM intake_review WHERE area LIKE '152921%' ORDER BY review_id`)),
		"{cluster}", n(doubtful(t, a, one(`SELECT person_id FROM person WHERE area LIKE '152921%' ORDER BY person_id`), one(`SELECT review_id FROM intake_review WHERE area LIKE '152921%' ORDER BY review_id`))),
		"{review15}", n(one(`SELECT review_id FROM intake_review WHERE area = '15' ORDER BY review_id`)))...)...)
	return w
}

// pending is a request by the banner's officer and a task from the league to that banner.
func (w *world) pending() (request, task int64) {
	w.t.Helper()
	ctx, a := context.Background(), w.app
	user := func(login string) web.User {
		acc, err := a.Accounts.Get(ctx, value[int64](w.t, a, `SELECT account_id FROM account WHERE login = $1 ORDER BY 1`, login))
		if err != nil {
			w.t.Fatal(err)
		}
		return web.User{ID: acc.ID, Name: acc.Name, Role: acc.Role, Area: acc.Area}
	}
	a.Approvals.Handle(approval.Kind{Code: "test.thing", Zh: "试验", Do: func(context.Context, *db.Tx, approval.Decided) error { return nil }})
	err := a.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if request, err = a.Approvals.Request(ctx, tx, approval.Request{Kind: "test.thing", Area: "152921", Title: "试验", Why: "试验", By: user("jingban")}); err != nil {
			return err
		}
		task, err = a.Assignments.Give(ctx, tx, assignment.Task{Kind: assignment.ByHand, From: "1529", To: "152921", Title: "试验", WorkDays: 5, By: user("mengshi")})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return request, task
}

// serve opens the doors, with everybody's sessions as they are.
func (w *world) serve(log *slog.Logger) {
	w.t.Helper()
	w.app.Log = log
	h, err := w.app.Handler(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	s := httptest.NewServer(h)
	w.t.Cleanup(s.Close)
	w.base, w.server = s.URL, h
}

type got struct {
	code   int
	header http.Header
	body   string
}

func (w *world) do(login string, req *http.Request) got {
	w.t.Helper()
	resp, err := w.clients[login].Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return got{resp.StatusCode, resp.Header, string(body)}
}

func (w *world) ask(method, login, path string) got {
	w.t.Helper()
	req, err := http.NewRequest(method, w.base+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.do(login, req)
}

var onceCount int

// post sends a form under a fresh idempotency key.
func (w *world) post(login, path string, form url.Values) got {
	w.t.Helper()
	onceCount++
	form.Set("_once", fmt.Sprintf("scope-test-%016d", onceCount))
	req, err := http.NewRequest(http.MethodPost, w.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(login, req)
}

// upload brings one file to the import page.
func (w *world) upload(login, name, text string) got {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	onceCount++
	_ = form.WriteField("_once", fmt.Sprintf("scope-test-%016d", onceCount))
	part, err := form.CreateFormFile("files", name)
	if err != nil {
		w.t.Fatal(err)
	}
	_, _ = part.Write([]byte(text))
	_ = form.Close()
	req, err := http.NewRequest(http.MethodPost, w.base+"/intake", &body)
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	return w.do(login, req)
}
