package app

import (
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"jiuye/internal/ground/db/dbtest"
)

// searched are the pages that take something from their address.
var searched = []struct{ login, path string }{
	{"jingban", "/casework"}, {"jingban", "/casework/people?q=王"}, {"jingban", "/intake"}, {"jingban", "/intake/review"}, {"jingban", "/policy/R28"},
	{"jingban", "/policy/R01"}, {"jingban", "/jobs/office"}, {"jingban", "/jobs/office?list=people"}, {"jingban", "/casework/person/{here}/readers"},
	{"jingban", "/plan/indicator/new_urban/area/152921/people"}, {"jingban", "/plan/indicator/schooling/area/{township}/people"},
	{"mengshi", "/plan/indicator/surveyed_rate/area/152921/people"}, {"mengshi", "/plan/tasks"}, {"mengshi", "/plan/task/1"}, {"mengshi", "/plan/area/1529"},
	{"jingban", "/grant"}, {"jingban", "/grant/batch"}, {"jingban", "/grant/apply/R33"}, {"mengshi", "/grant/fund"}, {"mengshi", "/grant/audit"}, {"", "/grant/public"},
	{"", "/jobs"}, {"qiuzhi", "/jobs"}, {"qiuzhi", "/casework/me/readers"}, {"danwei", "/jobs/employer"}, {"danwei", "/jobs/employer/vacancy/{vacancy}/candidates"},
}

// asked are the names in addresses that some page reads.
var asked = []string{"after", "person", "a", "q", "sort", "year", "map", "level", "list", "v", "why", "state", "set", "events", "area", "unit", "status", "pay", "education", "km", "lang", "next"}

func cursor(keys ...string) string {
	raw, _ := json.Marshal(keys) // strings always can
	return base64.RawURLEncoding.EncodeToString(raw)
}

// nasty is what somebody may put into an address.
func nasty() []string {
	return []string{"\x00", "a\x00b", "\xff\xfe", "%", "_'\"\\", "' OR 1=1 --", strings.Repeat("王", 400), "9223372036854775808", "-1", "<script>alert(1)</script>", "{{.}}", "\u202e",
		cursor(), cursor("1"), cursor("1", "2"), cursor("1", "2", "3"), cursor("1", "2", "3", "4"), cursor("\x00"), cursor("\x00", "1"), cursor("1", "\x00"),
		cursor("' OR 1=1 --", "x"), cursor("99999999999999999999", "99999999999999999999"), cursor("-1", "-9223372036854775808", "9", "9")}
}

func TestWhateverStandsInAnAddressNothingBreaks(t *testing.T) {
	try := func(t *testing.T, w *world) {
		for _, p := range searched {
			path := w.ids.Replace(p.path)
			with := "?"
			if strings.Contains(path, "?") {
				with = "&"
			}
			for _, value := range nasty() {
				all := url.Values{}
				for _, name := range asked {
					all.Set(name, value)
				}
				for _, query := range []url.Values{all, {"after": {value}}, {"q": {value}}} { // together, and the ones that reach a database alone
					got := w.ask(http.MethodGet, p.login, path+with+query.Encode())
					if got.code >= 500 || got.code == http.StatusOK && strings.Contains(got.body, "<script>alert") {
						t.Errorf("%s %s with %q: %d", p.login, p.path, value, got.code)
					}
				}
			}
		}
	}
	t.Run("sqlite", func(t *testing.T) { try(t, newWorld(t)) })
	if os.Getenv("JIUYE_TEST_POSTGRES") != "" {
		t.Run("postgres", func(t *testing.T) { try(t, newWorldOn(t, dbtest.NewPostgres(t))) })
	}
}

func TestActsComeFromOurPagesOnlyAndOnce(t *testing.T) {
	w := newWorld(t)
	path := w.ids.Replace("/casework/case/{case}/steps")
	send := func(form url.Values, headers ...string) got {
		t.Helper()
		req, err := http.NewRequest(http.MethodPost, w.base+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i+1 < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		return w.do("jingban", req)
	}
	version := value[int64](t, w.app, w.ids.Replace(`SELECT version FROM casework_case WHERE case_id = {case}`))
	form := func(once string) url.Values {
		return url.Values{"kind": {"visit"}, "note": {"入户"}, "_version": {strconv.FormatInt(version, 10)}, "_once": {once}}
	}
	steps := func() int64 { return value[int64](t, w.app, `SELECT count(*) FROM casework_step`) }
	before := steps()
	for name, g := range map[string]got{
		"without a key":           send(form("")),
		"with a key of one's own": send(form("1' OR 1=1")),
		"from another site":       send(form("another-site-000001"), "Sec-Fetch-Site", "cross-site"),
		"from a page elsewhere":   send(form("another-site-000002"), "Origin", "https://evil.example"),
		"as JSON":                 send(form("another-site-000003"), "Content-Type", "application/json"),
	} {
		if g.code < 400 || g.code >= 500 {
			t.Errorf("%s: %d", name, g.code)
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions} {
		if g := w.ask(method, "jingban", path); g.code != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, g.code)
		}
	}
	if steps() != before {
		t.Fatal("one of them was carried out")
	}
	for range 3 {
		if g := send(form("the-same-key-0000001")); g.code != http.StatusSeeOther {
			t.Errorf("%d", g.code)
		}
	}
	if n := steps(); n != before+1 {
		t.Errorf("three clicks wrote %d steps", n-before)
	}
}

func TestHeadTellsNoMoreThanGetAndChangesNothing(t *testing.T) {
	w := newWorld(t)
	w.serve(slog.New(slog.DiscardHandler))
	for _, d := range doors {
		method, _, _ := strings.Cut(d.route, " ")
		if method != http.MethodGet || strings.HasPrefix(d.path, "/design") {
			continue
		}
		for _, login := range []string{"", "jingban-ejina", "qiuzhi", "danwei"} {
			path := w.ids.Replace(d.path)
			get, head := w.ask(http.MethodGet, login, path), w.ask(http.MethodHead, login, path)
			if get.code != head.code || head.body != "" {
				t.Errorf("%s %s: GET says %d, HEAD says %d with %d bytes", login, d.path, get.code, head.code, len(head.body))
			}
		}
	}
}
