package relief

import (
	"embed"
	"strconv"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
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

// The room's pages are made of the house's tables and boxes.
type (
	cell  = web.Cell
	table = web.Table
	box   = web.Box
)

const desk = web.Desk("relief")

var heads, options, word, boxOf = desk.Heads, desk.Options, desk.Word, desk.Box

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

func ref(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n }
