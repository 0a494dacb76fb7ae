package relief

import (
	"embed"
	"slices"
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome      = "/relief"
	atHospitals = "/relief/hospital"
	atChecks    = "/relief/check"
	atVerify    = "/relief/verify"
	atMine      = "/relief/mine"
)

func number(id int64) string    { return strconv.FormatInt(id, 10) }
func projectAt(id int64) string { return "/relief/project/" + number(id) }

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, units, seekers := account.Desk(account.Officer, account.Manager), web.Roles(account.Employer), web.Roles(account.Seeker)
	both := func(u web.User) bool { return staff(u) || units(u) }
	return web.Room{Name: "relief", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/relief", staff, r.projectList)
			m.Get("/relief/new", staff, r.askProject)
			m.Post("/relief/new", staff, r.takeProject)
			m.Get("/relief/project/{id}", staff, r.showProject)
			m.Post("/relief/project/{id}/{act}", staff, r.actProject)
			m.Get("/relief/project/{id}/export", staff, r.exportWages)
			m.Get("/relief/hospital", web.Anyone, r.hospitalList)
			m.Post("/relief/hospital", staff, r.takeHospital)
			m.Get("/relief/check", both, r.askCheck)
			m.Post("/relief/check", both, r.takeCheck)
			m.Get("/relief/verify", both, r.askVerify)
			m.Post("/relief/verify", both, r.takeVerify)
			m.Get("/relief/mine", seekers, r.mine)
			m.Post("/relief/mine/{id}/{act}", seekers, r.actMine)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "relief.menu", Href: atHome, Order: 64, Icon: "work"},
			{Roles: []string{account.Employer}, Key: "relief.menu.verify", Href: atVerify, Order: 68, Icon: "check"},
			{Roles: []string{account.Seeker}, Key: "relief.menu.mine", Href: atMine, Order: 68, Icon: "heart"},
		}}
}

func (r *Room) tabs(c *web.Ctx, at string) (list []web.Tab) {
	if !account.RoleOf(c.User.Role).Staff || account.Coordinator(c.User) || c.User.Role == account.Admin {
		return nil
	}
	for _, t := range []struct{ key, href string }{{"projects", atHome}, {"hospitals", atHospitals}, {"check", atChecks}, {"verify", atVerify}} {
		list = append(list, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

// cell is one cell of a table; the first of a row names it.
type cell struct {
	Text, Small, Href, Kind string
	Right                   bool
}

type table struct {
	ID, Head, Note string
	Heads          []cell
	Rows           [][]cell
	Empty          string
}

// box is a form beside what it changes.
type box struct {
	ID, Head, Note, Action, Button string
	Form                           *web.Form
	Names                          []string
	File, Open                     bool
}

// content is everything that a page of the room may show, from the top down.
type content struct {
	Tabs, Chips []web.Tab
	Figures     []web.Figure
	Tags        []cell
	Pairs       []web.Pair
	Lines       []string
	Tables      []table
	Events      []web.Event
	Boxes       []box
	Paging      web.Paging
	Paged       bool
	Actions     []web.Tab
}

// heads are column heads by their word keys; + in front sets numbers right.
func heads(c *web.Ctx, keys ...string) (list []cell) {
	for _, k := range keys {
		right := k[0] == '+'
		if right {
			k = k[1:]
		}
		list = append(list, cell{Text: c.T("relief." + k), Right: right})
	}
	return list
}

func options(c *web.Ctx, list string, codes []string) (out []web.Option) {
	for _, code := range codes {
		out = append(out, web.Option{Value: code, Text: word(c, list, code)})
	}
	return out
}

// word is the text of one code of a list: word(c, "state", Open).
func word(c *web.Ctx, list, code string) string { return c.T("relief." + list + "." + code) }

// form makes the form of an act: its fields carry the act's name, so that several may stand on one page.
func form(c *web.Ctx, act string, fields ...web.Field) (*web.Form, []string) {
	var names []string
	for i := range fields {
		fields[i].Name = act + "_" + fields[i].Name
		names = append(names, fields[i].Name)
	}
	return c.Form(fields...), names
}

// boxOf is a box for an act's form; the failing form takes the place of its own.
func boxOf(c *web.Ctx, act, action string, version int64, failing *web.Form, failed string, fields ...web.Field) box {
	f, names := form(c, act, fields...)
	if act == failed && failing != nil {
		f = failing
	}
	f.SetVersion(version)
	b := box{ID: act, Head: word(c, "act", act), Action: action, Button: word(c, "do", act), Form: f, Names: names, Open: act == failed}
	b.File = slices.ContainsFunc(fields, func(d web.Field) bool { return d.Kind == "file" })
	return b
}

// places are the areas that somebody may choose: their own and what lies under it, down to banners.
func places(code string) (list []web.Option) {
	codes := []string{code}
	for _, a := range area.Children(code) {
		codes = append(codes, a.Code)
		if area.Level(a.Code) < area.Banner {
			for _, b := range area.Children(a.Code) {
				codes = append(codes, b.Code)
			}
		}
	}
	for _, code := range codes {
		if area.Level(code) <= area.Banner {
			list = append(list, web.Option{Value: code, Text: area.FullName(code)})
		}
	}
	return list
}

// typed turns a fault of the kind that the reader can mend into an error of the form, and gives back any other.
func typed(f *web.Form, err error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.Late) {
		f.Fail("", fault.TextOf(err))
		return nil
	}
	return err
}

func ref(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n }
