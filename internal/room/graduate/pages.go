package graduate

import (
	"embed"
	"math"
	"strconv"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
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

// The room's pages are made of the house's tables and boxes.
type (
	cell  = web.Cell
	table = web.Table
	box   = web.Box
)

const desk = web.Desk("graduate")

var heads, options, word, boxOf = desk.Heads, desk.Options, desk.Word, desk.Box

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
