package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// failing answers GET and POST /fail with an error.
func failing(err error) web.Room {
	fail := func(*web.Ctx) error { return err }
	return room(map[string]string{"p": "<p>x</p>"}, func(m *web.Mux) {
		m.Get("/fail", web.Anyone, fail)
		m.Post("/fail", web.Anyone, fail)
		m.Get("/form", web.Anyone, func(c *web.Ctx) error { return c.Render("test/p", web.Page{Title: "表单"}) })
	})
}

func TestEveryFaultHasItsAnswer(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		title  string
		text   string
	}{
		{fault.New(fault.NotFound, "没有编号为 12 的档案"), 404, "没有找到", "没有编号为 12 的档案"},
		{fault.New(fault.Invalid, "账号应为 19 位，您填了 18 位"), 422, "内容有误", "账号应为 19 位"},
		{fault.New(fault.Conflict, "别人在 10:31 改过这份档案"), 409, "这一项现在不能办理", "10:31"},
		{fault.New(fault.Late, "申请期限 9月30日 已过"), 409, "已过期限", "9月30日"},
		{fault.New(fault.TooLarge, "文件超过 20 MB"), 413, "内容太大", "20 MB"},
		{fault.New(fault.Unavailable, "数据库暂时连不上"), 503, "暂时办不了", "数据库暂时连不上"},
		{errors.New("sql: secret detail"), 500, "系统出了问题", "已经记录"},
		{fault.Wrap(fault.Internal, errors.New("secret"), "secret"), 500, "系统出了问题", "已经记录"},
		{context.DeadlineExceeded, 503, "暂时办不了", "数据库暂时连不上"},
	} {
		server := serve(t, web.Config{Rooms: []web.Room{failing(c.err)}})
		page := get(t, server.URL+"/fail")
		wants(t, page, c.status, "<h1 class=\"jy-h1\">"+c.title, c.text)
		if strings.Contains(page.body, "secret") {
			t.Errorf("%v gives its inside away", c.err)
		}
		if c.status == 503 && page.header.Get("Retry-After") == "" {
			t.Error("503 without Retry-After")
		}
		problem := get(t, server.URL+"/fail", "Accept", "application/json")
		var p web.Problem
		if err := json.Unmarshal([]byte(problem.body), &p); err != nil || p.Status != c.status || !strings.Contains(p.Detail, c.text) ||
			problem.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("a program gets %d %q %v", problem.status, problem.body, err)
		}
	}
}

func TestWhoIsNotSignedInIsSentToTheDoorAndBack(t *testing.T) {
	r := room(nil, func(m *web.Mux) {
		m.Get("/mine", web.SignedIn, func(*web.Ctx) error { return nil })
		m.Post("/mine", web.Roles("seeker"), func(*web.Ctx) error { return nil })
		m.Get("/scope", web.Anyone, func(*web.Ctx) error { return fault.New(fault.Denied, "不在您的地区") })
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	got := get(t, server.URL+"/mine?tab=2")
	if got.status != 303 || got.header.Get("Location") != "/signin?next=%2Fmine%3Ftab%3D2" {
		t.Errorf("got %d to %q", got.status, got.header.Get("Location"))
	}
	wants(t, get(t, server.URL+"/scope"), 303)
	wants(t, get(t, server.URL+"/scope", "X-Role", "officer"), 403, "不在您的地区")
	wants(t, get(t, server.URL+"/mine", "Accept", "application/json"), 401, "请先登录")
	wants(t, post(t, server.URL+"/mine", nil, "X-Role", "officer"), 403, "没有权限")
	lost := post(t, server.URL+"/mine", url.Values{"text": {"写了很久的话"}, "password": {"geheim"}})
	wants(t, lost, 401, "写了很久的话", `name="_once" value="`+key+`"`, "再试一次")
	if strings.Contains(lost.body, "geheim") {
		t.Error("the password stands in the page")
	}
}

func TestWhatWasTypedSurvivesADatabaseThatIsAway(t *testing.T) {
	server := serve(t, web.Config{Rooms: []web.Room{failing(fault.New(fault.Unavailable, "数据库暂时连不上"))}})
	wants(t, post(t, server.URL+"/fail", url.Values{"note": {`家里有 "两位" 老人`}}), 503, "您填的内容还在",
		`action="/fail"`, `value="家里有 &#34;两位&#34; 老人"`, `name="_once" value="`+key+`"`)
}

// away is a session store whose database has gone.
type away struct{}

func (away) Find(string) ([]byte, bool, error)      { return nil, false, errors.New("connection refused") }
func (away) Commit(string, []byte, time.Time) error { return errors.New("connection refused") }
func (away) Delete(string) error                    { return errors.New("connection refused") }

func TestWhatWasTypedSurvivesEvenWhenNobodyKnowsWhoIsAsking(t *testing.T) {
	sessions := scs.New()
	sessions.Store = away{}
	server := serve(t, web.Config{Rooms: []web.Room{failing(nil)}, Sessions: sessions})
	wants(t, post(t, server.URL+"/fail", url.Values{"note": {"这是写了很久的走访记录"}}, "Cookie", "session=x"), 503,
		`action="/fail"`, `value="这是写了很久的走访记录"`, `name="_once" value="`+key+`"`)
}

func TestASecondSendingGoesBackWithAWord(t *testing.T) {
	server := serve(t, web.Config{Rooms: []web.Room{failing(fault.New(fault.Repeat, ""))}})
	got := post(t, server.URL+"/fail", nil, "Referer", server.URL+"/form")
	if got.status != 303 || got.header.Get("Location") != "/form" {
		t.Fatalf("got %d to %q", got.status, got.header.Get("Location"))
	}
	cookie := strings.Split(got.header.Get("Set-Cookie"), ";")[0]
	wants(t, get(t, server.URL+"/form", "Cookie", cookie), 200, "这一项已经提交过，没有重复办理")
	if again := get(t, server.URL+"/form", "Cookie", cookie); strings.Contains(again.body, "没有重复办理") {
		t.Error("the flash is shown twice")
	}
	foreign := post(t, server.URL+"/fail", nil, "Referer", "https://elsewhere.example/x")
	if to := foreign.header.Get("Location"); to != "/fail" {
		t.Errorf("a foreign referrer leads to %q", to)
	}
}

func TestWithoutAReferrerTheWayBackIsTheNearestPage(t *testing.T) {
	repeat := func(*web.Ctx) error { return fault.New(fault.Repeat, "") }
	r := room(nil, func(m *web.Mux) {
		m.Get("/case/{id}", web.Anyone, func(*web.Ctx) error { return nil })
		m.Post("/case/{id}/steps/{step}", web.Anyone, repeat)
		m.Post("/case/{id}", web.Anyone, repeat)
		m.Post("/alone/act", web.Anyone, repeat)
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	for act, page := range map[string]string{"/case/7/steps/1": "/case/7", "/case/7": "/case/7", "/alone/act": "/"} {
		if to := post(t, server.URL+act, nil).header.Get("Location"); to != page {
			t.Errorf("a second sending to %s leads to %q, want %q", act, to, page)
		}
	}
}

func TestASentenceWrittenOnAStaleFormIsStillThere(t *testing.T) {
	server := serve(t, web.Config{Rooms: []web.Room{failing(fault.New(fault.Conflict, "别人刚改过"))}})
	got := post(t, server.URL+"/fail", url.Values{"note": {"入户走访，<b>父亲</b>愿意学电焊"}, "kind": {"visit"}, "password_new": {"geheim-geheim"}})
	wants(t, got, 409, "没有保存", "别人刚改过", "您写的内容", "入户走访，&lt;b&gt;父亲&lt;/b&gt;愿意学电焊")
	if strings.Contains(got.body, "geheim") || strings.Contains(got.body, "<blockquote>visit") {
		t.Errorf("too much is repeated:\n%s", got.body)
	}
}

func TestAPanicBecomesAPage(t *testing.T) {
	r := room(nil, func(m *web.Mux) {
		m.Get("/panic", web.Anyone, func(*web.Ctx) error { panic("index out of range") })
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	got := get(t, server.URL+"/panic")
	wants(t, got, 500, "系统出了问题", "本次编号 "+got.header.Get("X-Request-Id"))
	if strings.Contains(got.body, "index out of range") {
		t.Error("the panic's text stands in the page")
	}
}

func TestASlowHandlerIsEndedInTime(t *testing.T) {
	r := room(nil, func(m *web.Mux) {
		m.Get("/slow", web.Anyone, func(c *web.Ctx) error { <-c.Context().Done(); return c.Context().Err() })
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}, Patience: time.Millisecond})
	wants(t, get(t, server.URL+"/slow"), 503, "暂时办不了")
}

func TestUnknownAddressesAndWrongMethodsGetPagesToo(t *testing.T) {
	server := serve(t, web.Config{Rooms: []web.Room{failing(nil)}})
	wants(t, get(t, server.URL+"/nowhere"), 404, "没有找到", "从首页重新进入")
	wrong := send(t, http.MethodDelete, server.URL+"/fail", nil)
	wants(t, wrong, 405, "不能这样打开")
	if wrong.header.Get("Allow") == "" {
		t.Error("405 without Allow")
	}
}

func TestARedirectStaysOnThisSite(t *testing.T) {
	for to, want := range map[string]string{"/casework/1?x=2": "/casework/1?x=2", "https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", "casework": "/", "/a\nb": "/"} {
		r := room(nil, func(m *web.Mux) { m.Get("/go", web.Anyone, func(c *web.Ctx) error { return c.Redirect(to) }) })
		server := serve(t, web.Config{Rooms: []web.Room{r}})
		if got := get(t, server.URL+"/go").header.Get("Location"); got != want {
			t.Errorf("Redirect(%q) goes to %q, want %q", to, got, want)
		}
	}
}
