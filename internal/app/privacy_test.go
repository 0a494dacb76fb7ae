package app

import (
	"bytes"
	"context"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/db"
)

// lists show many people at once: whoever stands beside the screen must not learn who they are.
var lists = []struct{ login, path string }{
	{"jingban", "/casework"}, {"jingban", "/casework/people?q=王"}, {"jingban", "/intake/review"}, {"jingban", "/jobs/office?list=people"},
	{"jingban", "/policy/R28"}, {"jingban", "/policy/R54"}, {"jingban", "/plan/indicator/new_urban/area/152921/people?year=2024"},
	{"jingban", "/plan/indicator/schooling/area/{township}/people"}, {"mengshi", "/casework"}, {"jingban", "/outwork/away"}, {"jingban", "/outwork/request"}, {"jingban", "/outwork/desk/batch/{out}"}, {"jingban", "/outwork/desk/batch/{out}/people"}, {"danwei", "/jobs/employer/vacancy/{vacancy}/candidates"},
}

// ones are about one person and show the name, but not where it stays behind: in the window's title and in addresses.
var ones = []struct{ login, path string }{
	{"jingban", "/casework/person/{here}"}, {"jingban", "/casework/person/{here}/readers"}, {"jingban", "/casework/case/{case}"},
	{"jingban", "/jobs/person/{here}"}, {"jingban", "/policy/R28/person/{here}"}, {"jingban", "/intake/review/{review}"},
	{"jingban", "/outwork/away/{outaway}"}, {"jingban", "/outwork/request/{outask}"}, {"qiuzhi", "/casework/me"}, {"qiuzhi", "/policy/mine"}, {"qiuzhi", "/jobs/mine"},
}

var (
	windowTitle = regexp.MustCompile(`<title>([^<]*)</title>`)
	address     = regexp.MustCompile(`(?:href|action|src)="([^"]*)"`)
	longNumber  = regexp.MustCompile(`\d{11,17}[\dX]?`)
)

func TestNobodysNameOrNumberStandsWhereItDoesNotBelong(t *testing.T) {
	w := newWorld(t)
	names, numbers := everybody(t, w.app)
	called := map[string]bool{} // telephones of those who applied for the vacancy and are to be called
	applied, err := db.All(context.Background(), w.app.DB, func(id *int64) []any { return []any{id} },
		w.ids.Replace(`SELECT person_id FROM jobs_application WHERE vacancy_id = {vacancy} ORDER BY person_id`))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range applied {
		one, err := w.app.People.Get(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		called[one.Phone] = true
	}
	for _, p := range append(lists, ones...) {
		path := w.ids.Replace(p.path)
		got := w.ask(http.MethodGet, p.login, path)
		if got.code != http.StatusOK {
			t.Errorf("%s gets %d for %s", p.login, got.code, p.path)
			continue
		}
		title := html.UnescapeString(windowTitle.FindStringSubmatch(got.body)[1])
		for _, word := range strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(" -：，、", r) }) {
			if names[word] {
				t.Errorf("%s: the window is called %s", p.path, title)
			}
		}
		for _, a := range address.FindAllStringSubmatch(got.body, -1) {
			to, err := url.QueryUnescape(html.UnescapeString(a[1]))
			for _, part := range strings.FieldsFunc(to, func(r rune) bool { return strings.ContainsRune("/?&=", r) }) {
				if err != nil || names[part] && !strings.Contains(p.path, part) {
					t.Errorf("%s links to %s (%v)", p.path, to, err)
				}
			}
		}
		for _, n := range longNumber.FindAllString(got.body, -1) {
			if numbers[n] && !(strings.HasSuffix(p.path, "/candidates") && called[n]) {
				t.Errorf("%s shows the number %s", p.path, n)
			}
		}
	}
	for _, p := range lists {
		body := w.ask(http.MethodGet, p.login, w.ids.Replace(p.path)).body
		main := body[strings.Index(body, "<main"):]
		for name := range names {
			if len([]rune(name)) > 2 && strings.Contains(main, ">"+name+"<") {
				t.Errorf("the list %s shows %s by name", p.path, name)
			}
		}
	}
}

func TestAnEmployerLearnsNeitherAgeNorSexNorOrigin(t *testing.T) {
	w := newWorld(t)
	if g := w.post("qiuzhi", w.ids.Replace("/jobs/vacancy/{vacancy}/apply"), url.Values{}); g.code != http.StatusSeeOther {
		t.Fatal(g.code)
	}
	one, err := w.app.People.Get(context.Background(), value[int64](t, w.app, `SELECT person_id FROM account WHERE login = 'qiuzhi'`))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/jobs/employer", w.ids.Replace("/jobs/employer/vacancy/{vacancy}/candidates")} {
		body := w.ask(http.MethodGet, "danwei", path).body
		main := body[strings.Index(body, "<main"):]
		for _, word := range []string{"岁", "男", "女", "蒙古族", "汉族", "婚", "户籍", one.IDNumber, one.IDNumber[6:14], one.Birth.Format("2006-01-02")} {
			if strings.Contains(main, word) {
				t.Errorf("%s says %s", path, word)
			}
		}
		if path != "/jobs/employer" && (!strings.Contains(main, one.Name) || !strings.Contains(main, one.Phone)) {
			t.Errorf("who applied is to be called: %s", path)
		}
	}
	if n := value[int64](t, w.app, `SELECT count(*) FROM audit_entry WHERE act = 'jobs.read' AND object_id = $1`, one.ID); n == 0 {
		t.Error("that the employer read the name was not written down")
	}
}

// everybody is all names and all numbers of the register.
func everybody(t *testing.T, a *App) (names, numbers map[string]bool) {
	t.Helper()
	ctx := context.Background()
	ids, err := db.All(ctx, a.DB, func(n *int64) []any { return []any{n} }, `SELECT person_id FROM person ORDER BY person_id`)
	if err != nil {
		t.Fatal(err)
	}
	people, err := a.People.List(ctx, ids)
	if err != nil {
		t.Fatal(err)
	}
	names, numbers = map[string]bool{}, map[string]bool{}
	for _, p := range people {
		names[p.Name], numbers[p.IDNumber] = true, true
		if p.Phone != "" {
			numbers[p.Phone] = true
		}
	}
	return names, numbers
}

// journal is a log in memory.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func TestLogAuditAndMetricsHoldNoNumbers(t *testing.T) {
	w := newWorld(t)
	names, numbers := everybody(t, w.app)
	var log journal
	w.serve(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	one, err := w.app.People.Get(context.Background(), value[int64](t, w.app, `SELECT person_id FROM person WHERE area LIKE '152921%' ORDER BY person_id`))
	if err != nil {
		t.Fatal(err)
	}
	w.post("jingban", "/casework/people/find", url.Values{"q": {one.IDNumber}})
	w.post("jingban", "/casework/people/find", url.Values{"q": {one.Name}})
	w.ask(http.MethodGet, "jingban", "/casework/people?q="+one.IDNumber)
	w.ask(http.MethodGet, "jingban", "/"+one.IDNumber)
	w.post("", "/signin", url.Values{"login": {one.IDNumber}, "password": {one.Phone}})
	w.post("jingban", w.ids.Replace("/intake/review/{review}"), url.Values{"choice": {"later"}, "reason": {"电话 " + one.Phone + "，证件 " + one.IDNumber}, "_version": {"1"}})
	w.post("jingban", w.ids.Replace("/casework/case/{case}/steps"), url.Values{"kind": {"visit"}, "note": {"证件 " + one.IDNumber}, "_version": {"1"}})
	for _, p := range append(lists, ones...) {
		w.ask(http.MethodGet, p.login, w.ids.Replace(p.path))
	}
	metrics := w.ask(http.MethodGet, "", "/metrics").body
	said, err := db.All(context.Background(), w.app.DB, func(s *string) []any { return []any{s} }, `SELECT what FROM audit_entry ORDER BY chain, seq`)
	if err != nil {
		t.Fatal(err)
	}
	for where, text := range map[string]string{"the log": log.text.String(), "the metrics": metrics, "the audit log": strings.Join(said, "\n")} {
		if where != "the metrics" && len(text) < 100 {
			t.Errorf("%s is empty", where)
		}
		for _, n := range longNumber.FindAllString(text, -1) {
			if numbers[n] {
				t.Errorf("%s holds the number %s", where, n)
			}
		}
		if where != "the audit log" && names[one.Name] && strings.Contains(text, one.Name) {
			t.Errorf("%s holds a name", where)
		}
	}
	if n, err := w.app.Audit.Verify(context.Background()); err != nil || n == 0 {
		t.Errorf("%d entries: %v", n, err)
	}
}
