package graduate

import (
	"embed"
	"math"
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
	atHome    = "/graduate"
	atMine    = "/graduate/mine"
	atDesk    = "/graduate/desk"
	atQuota   = "/graduate/quota"
	atService = "/graduate/service"
	atLeavers = "/graduate/leavers"
	atYears   = "/graduate/years"
	atEvents  = "/graduate/events"
)

func number(id int64) string  { return strconv.FormatInt(id, 10) }
func roundAt(id int64) string { return "/graduate/round/" + number(id) }
func deskAt(id int64) string  { return atDesk + "/" + number(id) }
func entryAt(round, person int64) string {
	return deskAt(round) + "/person/" + number(person)
}
func serviceAt(person, id int64) string { return atService + "/" + number(person) + "/" + number(id) }
func leaverAt(id int64) string          { return atLeavers + "/" + number(id) }

// shown is how many rows a page of a list has.
const shown = 30

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, seekers := account.Desk(account.Officer, account.Manager), web.Roles(account.Seeker)
	return web.Room{Name: "graduate", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/graduate", web.Anyone, r.portal)
			m.Post("/graduate/subscribe", seekers, r.takeSubscribe)
			m.Get("/graduate/round/{id}", web.Anyone, r.showRound)
			m.Post("/graduate/round/{id}/{act}", seekers, r.actRound)
			m.Get("/graduate/mine", seekers, r.mine)
			m.Get("/graduate/desk", staff, r.desk)
			m.Get("/graduate/desk/new", staff, r.askPlan)
			m.Post("/graduate/desk/new", staff, r.takePlan)
			m.Get("/graduate/desk/{id}", staff, r.showDesk)
			m.Post("/graduate/desk/{id}/{act}", staff, r.actDesk)
			m.Get("/graduate/desk/{id}/export", staff, r.exportRound)
			m.Get("/graduate/desk/{id}/person/{person}", staff, r.showEntry)
			m.Post("/graduate/desk/{id}/person/{person}/{act}", staff, r.actEntry)
			m.Get("/graduate/quota", staff, r.showQuota)
			m.Post("/graduate/quota", staff, r.takeQuota)
			m.Get("/graduate/service", staff, r.serviceList)
			m.Get("/graduate/service/export", staff, r.exportServices)
			m.Get("/graduate/service/{person}/{id}", staff, r.showService)
			m.Post("/graduate/service/{person}/{id}/{act}", staff, r.actService)
			m.Get("/graduate/leavers", staff, r.leaverList)
			m.Get("/graduate/leavers/export", staff, r.exportLeavers)
			m.Get("/graduate/leavers/{person}", staff, r.showLeaver)
			m.Post("/graduate/leavers/{person}", staff, r.takeContact)
			m.Get("/graduate/years", staff, r.showYears)
			m.Get("/graduate/events", staff, r.showEvents)
			m.Post("/graduate/events", staff, r.takeEvent)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "graduate.menu", Href: atDesk, Order: 62, Icon: "people"},
			{Roles: []string{account.Seeker}, Key: "graduate.menu.mine", Href: atHome, Order: 66, Icon: "book"},
		}}
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

// why is a rule's answer to somebody, line by line.
type why struct {
	ID, Head string
	Tag      cell
	Reasons  []web.Reason
}

// content is everything that a page of the room may show, from the top down.
type content struct {
	Tabs, Chips []web.Tab
	Figures     []web.Figure
	Tags        []cell
	Pairs       []web.Pair
	Lines       []string
	Whys        []why
	Tables      []table
	Events      []web.Event
	Boxes       []box
	Paging      web.Paging
	Paged       bool
	Actions     []web.Tab
}

func (r *Room) tabs(c *web.Ctx, at string) (list []web.Tab) {
	if !account.RoleOf(c.User.Role).Staff || account.Coordinator(c.User) || c.User.Role == account.Admin {
		return nil
	}
	for _, t := range []struct{ key, href string }{{"desk", atDesk}, {"quota", atQuota}, {"service", atService}, {"leavers", atLeavers}, {"years", atYears}, {"events", atEvents}, {"portal", atHome}} {
		list = append(list, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

// heads are column heads by their word keys; + in front sets numbers right.
func heads(c *web.Ctx, keys ...string) (list []cell) {
	for _, k := range keys {
		right := k[0] == '+'
		if right {
			k = k[1:]
		}
		list = append(list, cell{Text: c.T("graduate." + k), Right: right})
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
func word(c *web.Ctx, list, code string) string { return c.T("graduate." + list + "." + code) }

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

// below is the cursor of lists that go from the newest back.
func below(c *web.Ctx) (int64, error) {
	at, err := c.Cursor(1)
	if err != nil || at.Start() {
		return math.MaxInt64, err
	}
	return at.Int(0), nil
}

// cut cuts a list that was read one row too long, and makes the cursor behind it.
func cut[T any](list []T, id func(*T) int64) ([]T, web.Cursor) {
	if len(list) <= shown {
		return list, nil
	}
	list = list[:shown]
	return list, web.NewCursor(id(&list[shown-1]))
}

func ref(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n }
