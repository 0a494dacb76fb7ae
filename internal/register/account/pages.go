package account

import (
	"embed"
	"net/url"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

//go:embed pages words.zh.json words.en.json
var files embed.FS

type pages struct{ *Service }

// Web is the room's pages: sign in, sign out, one's own account.
func (s *Service) Web() web.Room {
	p := pages{s}
	return web.Room{Name: "account", Pages: files, Words: files,
		Routes: func(m *web.Mux) {
			m.Get("/signin", web.Anyone, p.signin)
			m.Post("/signin", web.Anyone, p.enter)
			m.Post("/signout", web.Anyone, p.leave)
			m.Get("/account/signin", web.Anyone, p.longAddress)
			m.Get("/account", web.SignedIn, p.me)
			m.Get("/account/password", web.SignedIn, p.me)
			m.Post("/account/password", web.SignedIn, p.password)
		},
		Menu: []web.MenuItem{{Roles: []string{"*"}, Key: "account.menu", Href: "/account", Order: 900, Icon: "person"}},
	}
}

// door is the data of the sign-in page.
type door struct {
	Next string
	Idle string       // "30 分钟" without a sign of life ended the last session; "" when nothing did
	Help string       // whom to ask
	Demo []NewAccount // of a demonstration
}

func (p pages) door(c *web.Ctx, f *web.Form) error {
	d := door{Next: local(f.Value("next")), Help: p.help}
	if n, ok := p.sessions.Pop(c.Context(), keyIdle).(int64); ok {
		d.Idle = span(c, n)
	}
	for _, n := range p.demo {
		n.Role = c.T("account.role." + n.Role)
		n.Area = p.areaName(area.At(area.Normal(n.Area), area.Banner))
		d.Demo = append(d.Demo, n)
	}
	return c.Render("account/signin", web.Page{Title: c.T("account.signin"), Public: true, Form: f, Data: d})
}

// span writes minutes for people.
func span(c *web.Ctx, minutes int64) string {
	switch {
	case minutes >= 2*24*60:
		return c.T("account.days", minutes/(24*60))
	case minutes >= 2*60:
		return c.T("account.hours", minutes/60)
	}
	return c.T("account.minutes", minutes)
}

func (p pages) signinForm(c *web.Ctx) *web.Form {
	return c.Form(
		web.Field{Name: "login", Label: c.T("account.login"), Hint: c.T("account.loginHint"), Need: true, Max: loginMost, Auto: "username"},
		web.Field{Name: "password", Label: c.T("account.password"), Kind: "password", Need: true, Auto: "current-password"})
}

func (p pages) signin(c *web.Ctx) error {
	f := p.signinForm(c)
	if c.User.SignedIn() {
		return c.Redirect(local(f.Value("next")))
	}
	return p.door(c, f)
}

// enter signs in. Passwords are read as they were typed: blanks count.
func (p pages) enter(c *web.Ctx) error {
	f := p.signinForm(c)
	login, password := f.Text("login"), f.Value("password")
	if password == "" {
		f.Fail("password", c.T("account.needPassword"))
	}
	if !f.OK() {
		return p.door(c, f)
	}
	a, err := p.SignIn(c.Context(), login, password, p.address(c.R))
	if err != nil {
		return p.say(c, f, "password", err, p.door)
	}
	if err := p.begin(c.Context(), a); err != nil {
		return err
	}
	return c.Redirect(local(f.Value("next")))
}

// say puts a refusal beside its field; other errors go to the error page.
func (p pages) say(c *web.Ctx, f *web.Form, field string, err error, show func(*web.Ctx, *web.Form) error) error {
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Denied) {
		return err
	}
	f.Fail(field, fault.TextOf(err))
	return show(c, f)
}

// leave signs out; somebody whose session has ended already gets the same answer.
func (p pages) leave(c *web.Ctx) error {
	if c.User.SignedIn() {
		e := p.entry(Account{ID: c.User.ID, Name: c.User.Name, Role: c.User.Role, Area: c.User.Area}, "account.signout", "退出")
		if err := p.audit.Note(c.Context(), e); err != nil {
			return err
		}
	}
	if err := p.sessions.Destroy(c.Context()); err != nil {
		return err
	}
	c.Flash("ok", c.T("account.left"))
	return c.Redirect("/signin")
}

func (p pages) longAddress(c *web.Ctx) error {
	return c.Redirect("/signin?next=" + url.QueryEscape(local(c.Query("next"))))
}

func (p pages) passwordForm(c *web.Ctx) *web.Form {
	return c.Form(
		web.Field{Name: "password", Label: c.T("account.oldPassword"), Kind: "password", Need: true, Auto: "current-password"},
		web.Field{Name: "password_new", Label: c.T("account.newPassword"), Hint: c.T("account.newPasswordHint"), Kind: "password", Need: true, Auto: "new-password"},
		web.Field{Name: "password_again", Label: c.T("account.passwordAgain"), Kind: "password", Need: true, Auto: "new-password"})
}

func (p pages) me(c *web.Ctx) error { return p.mine(c, p.passwordForm(c)) }

func (p pages) mine(c *web.Ctx, f *web.Form) error {
	u := c.User
	facts := []web.Pair{{Key: c.T("account.login"), Value: u.Login}, {Key: c.T("account.name"), Value: u.Name},
		{Key: c.T("account.role"), Value: c.T("account.role." + u.Role)}}
	if !u.Citizen {
		facts = append(facts, web.Pair{Key: c.T("account.area"), Value: u.AreaName})
	}
	return c.Render("account/me", web.Page{Title: c.T("account.menu"), Form: f, Data: facts, Nav: "/account", Public: !RoleOf(u.Role).Staff})
}

func (p pages) password(c *web.Ctx) error {
	f := p.passwordForm(c)
	old, first, again := f.Value("password"), f.Value("password_new"), f.Value("password_again")
	for _, need := range []struct{ name, value, key string }{
		{"password", old, "account.needOld"}, {"password_new", first, "account.needNew"}, {"password_again", again, "account.needAgain"},
	} {
		if need.value == "" {
			f.Fail(need.name, c.T(need.key))
		}
	}
	if first != "" && again != "" && first != again {
		f.Fail("password_again", c.T("account.notTheSame"))
	}
	if first != "" {
		if err := CheckPassword(first, c.User.Login); err != nil {
			f.Fail("password_new", fault.TextOf(err))
		}
	}
	if !f.OK() {
		return p.mine(c, f)
	}
	a, err := p.ChangePassword(c.Context(), c.User.ID, old, first, c.Once())
	if err != nil {
		return p.say(c, f, "password", err, p.mine)
	}
	if err := p.begin(c.Context(), a); err != nil {
		return err
	}
	c.Flash("ok", c.T("account.passwordSet"))
	return c.Redirect("/account")
}

// local is where to go after signing in: a path of this site that is not one of the doors, otherwise the first page.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsAny(next, "\\\r\n\t\x00") {
		return "/"
	}
	switch u.Path {
	case "/signin", "/signout", "/account/signin":
		return "/"
	}
	return next
}
