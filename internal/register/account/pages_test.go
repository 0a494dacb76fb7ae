package account

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
)

// visitor is a browser at the door of an office.
type visitor struct {
	t    *testing.T
	site *httptest.Server
	http *http.Client
}

// open serves the account's pages and one more that only officers may see.
func (o office) open(demo bool) func() visitor {
	o.t.Helper()
	desk := web.Room{Name: "desk", Routes: func(m *web.Mux) {
		m.Get("/desk", web.Roles(Officer), func(c *web.Ctx) error {
			_, err := io.WriteString(c.W, "desk of "+c.User.Name+" "+c.User.RoleName+" "+c.User.AreaName)
			return err
		})
	}}
	server, err := web.New(web.Config{Rooms: []web.Room{o.Web(), desk}, Identify: o.Identify, Sessions: o.Sessions(), Clock: o.now,
		Log: slog.New(slog.DiscardHandler), Demo: demo})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, wrong := range append(server.Words().Missing(), server.Words().Uneven()...) {
		if strings.Contains(wrong, "account.") {
			o.t.Errorf("words: %s", wrong)
		}
	}
	site := httptest.NewServer(server)
	o.t.Cleanup(site.Close)
	return func() visitor {
		jar, err := cookiejar.New(nil)
		if err != nil {
			o.t.Fatal(err)
		}
		return visitor{o.t, site, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	}
}

// answer is what the visitor sees.
type answer struct {
	code     int
	to, text string
	cookie   *http.Cookie
}

func (v visitor) do(r *http.Request, err error) answer {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	res, err := v.http.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	a := answer{code: res.StatusCode, to: res.Header.Get("Location"), text: string(body)}
	for _, c := range res.Cookies() {
		if c.Name == "jiuye_session" {
			a.cookie = c
		}
	}
	return a
}

func (v visitor) get(path string) answer {
	v.t.Helper()
	return v.do(http.NewRequest(http.MethodGet, v.site.URL+path, nil))
}

func (v visitor) post(path string, pairs ...string) answer {
	v.t.Helper()
	form := url.Values{"_once": {"0123456789abcdef" + strings.ReplaceAll(path, "/", "-")}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, v.site.URL+path, strings.NewReader(form.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return v.do(r, err)
}

func (a answer) want(t *testing.T, code int, to string, texts ...string) {
	t.Helper()
	if a.code != code || a.to != to {
		t.Errorf("answered %d to %q, want %d to %q", a.code, a.to, code, to)
	}
	for _, text := range texts {
		if !strings.Contains(a.text, text) {
			t.Errorf("%q is not in the page:\n%s", text, a.text)
		}
	}
}

func TestAnOfficerComesInWhereSheWantedToGo(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		v := o.open(false)()
		v.get("/desk?x=1").want(t, 303, "/signin?next=%2Fdesk%3Fx%3D1")
		v.get("/signin?next=%2Fdesk%3Fx%3D1").want(t, 200, "", `name="next" value="/desk?x=1"`, "忘记密码或没有账号，请联系盟人社局信息中心")
		v.post("/signin", "login", "officer01", "password", good, "next", "/desk?x=1").want(t, 303, "/desk?x=1")
		v.get("/desk").want(t, 200, "", "desk of 苏日娜 经办 阿拉善左旗")
		v.get("/signin?next=/desk").want(t, 303, "/desk")
		v.get("/account").want(t, 200, "", "officer01", "苏日娜", "经办", "阿拉善左旗")
	})
}

func TestAWrongPasswordIsSaidAtTheHeadAndTheFieldAndTheLoginStays(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		v := o.open(false)()
		v.post("/signin", "login", "officer01", "password", "wrong-password", "next", "/desk").want(t, 422, "",
			"govuk-error-summary", `href="#f-password"`, "账号或密码不对。请检查大小写和输入法，还可以试 4 次", `value="officer01"`, `value="/desk"`)
		v.post("/signin").want(t, 422, "", `href="#f-login"`, `href="#f-password"`, "请填写密码")
		for range 4 {
			v.post("/signin", "login", "officer01", "password", "wrong-password")
		}
		v.post("/signin", "login", "officer01", "password", good).want(t, 422, "", "请 1 分钟后再试")
		o.now.Add(time.Minute)
		v.post("/signin", "login", "officer01", "password", good).want(t, 303, "/")
	})
}

func TestEverySignInHasANewToken(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		v := o.open(false)()
		planted := v.post("/signout").cookie // a session that an attacker could have planted: it carries a flash
		if planted == nil {
			t.Fatal("no session was begun")
		}
		in := v.post("/signin", "login", "officer01", "password", good).cookie
		if in == nil || in.Value == planted.Value || !in.HttpOnly || in.SameSite != http.SameSiteLaxMode || in.MaxAge != 0 {
			t.Fatalf("the cookie is %+v", in)
		}
		kept, err := db.Value[int64](ctx, o.db, `SELECT count(*) FROM account_session WHERE token = $1 OR token = $2`, in.Value, planted.Value)
		if err != nil || kept != 0 {
			t.Errorf("tokens are kept in clear (%v)", err)
		}
		thief := o.open(false)()
		thief.http.Jar.SetCookies(mustURL(t, thief.site.URL), []*http.Cookie{planted})
		thief.get("/desk").want(t, 303, "/signin?next=%2Fdesk")
		if seeker := o.open(false)().post("/signin", "login", "seeker01", "password", good).cookie; seeker == nil || seeker.MaxAge < 29*24*3600 {
			t.Errorf("a seeker's cookie ends with the browser: %+v", seeker)
		}
	})
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestSigningOutEndsTheSession(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		browser := o.open(false)
		v := browser()
		in := v.post("/signin", "login", "officer01", "password", good).cookie
		v.post("/signout").want(t, 303, "/signin")
		v.get("/signin").want(t, 200, "", "已退出登录")
		old := browser()
		old.http.Jar.SetCookies(mustURL(t, old.site.URL), []*http.Cookie{in})
		old.get("/desk").want(t, 303, "/signin?next=%2Fdesk")
		seen, _, err := o.audit.About(ctx, "account", o.find("officer01").ID, 1, audit.Cursor{})
		if err != nil || seen[0].Act != "account.signout" {
			t.Errorf("recorded %+v (%v)", seen, err)
		}
	})
}

func TestAnIdleSessionEndsAndSaysWhy(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		browser := o.open(false)
		officer, seeker := browser(), browser()
		officer.post("/signin", "login", "officer01", "password", good)
		seeker.post("/signin", "login", "seeker01", "password", good)
		for range 4 {
			o.now.Add(29 * time.Minute)
			officer.get("/desk").want(t, 200, "", "苏日娜")
		}
		o.now.Add(31 * time.Minute)
		officer.get("/desk").want(t, 303, "/signin?next=%2Fdesk")
		officer.get("/signin").want(t, 200, "", "已自动退出", "超过 30 分钟没有操作")
		seeker.get("/account").want(t, 200, "", "李秀英")
		o.now.Add(6 * 24 * time.Hour)
		seeker.get("/account").want(t, 200, "")
		o.now.Add(7*24*time.Hour + time.Minute)
		seeker.get("/account").want(t, 303, "/signin?next=%2Faccount")
		seeker.get("/signin").want(t, 200, "", "超过 7 天没有操作")
	})
}

func TestChangingThePasswordOnAPageEndsTheOtherSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		browser := o.open(false)
		here, there := browser(), browser()
		for _, v := range []visitor{here, there} {
			v.post("/signin", "login", "officer01", "password", good)
		}
		here.post("/account/password").want(t, 422, "", "请填写现在的密码", "请填写新密码", "请再填一次新密码")
		here.post("/account/password", "password", good, "password_new", "12345678", "password_again", "12345679").
			want(t, 422, "", "这个密码太常见", "两次填的新密码不一样")
		here.post("/account/password", "password", "wrong-password", "password_new", "沙枣花开的八月", "password_again", "沙枣花开的八月").
			want(t, 422, "", "密码至少 8 个字符，您填了 7 个")
		here.post("/account/password", "password", "wrong-password", "password_new", "沙枣花开的八月里", "password_again", "沙枣花开的八月里").
			want(t, 422, "", `href="#f-password"`, "还可以试 4 次")
		here.post("/account/password", "password", good, "password_new", "沙枣花开的八月里", "password_again", "沙枣花开的八月里").want(t, 303, "/account")
		here.get("/account").want(t, 200, "", "密码已修改")
		there.get("/desk").want(t, 303, "/signin?next=%2Fdesk")
	})
}

func TestADemonstrationListsItsAccounts(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		o.open(true)().get("/signin?next=/desk").want(t, 200, "", "演示账号", "officer01", good, "/signin?login=officer01&amp;next=%2fdesk")
		o.open(true)().get("/signin?login=officer01").want(t, 200, "", `value="officer01"`)
		if page := o.open(false)().get("/signin"); strings.Contains(page.text, good) {
			t.Error("passwords are shown outside of a demonstration")
		}
		o.open(true)().get("/signin?lang=en").want(t, 200, "", "Demonstration accounts", "Officer")
	})
}

func TestNobodyIsSentToAnotherSite(t *testing.T) {
	for next, want := range map[string]string{
		"/desk?x=1#y": "/desk?x=1#y", "": "/", "https://evil.example/": "/", "//evil.example": "/", `/\evil.example`: "/", "/\t/evil.example": "/", "desk": "/",
		"javascript:alert(1)": "/", "/%zz": "/", "/signin?next=/signin": "/", "/signout": "/", "/account/signin": "/", "/signinfo": "/signinfo",
	} {
		if got := local(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
}
