package market

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
	atHome      = "/market"
	atAgencies  = "/market/agency"
	atParks     = "/market/park"
	atPurchases = "/market/purchase"
	atNeeds     = "/market/need"
	atPublic    = "/market/public"
	atReport    = "/market/report"
	atMine      = "/market/mine"
)

func number(id int64) string       { return strconv.FormatInt(id, 10) }
func complaintAt(id int64) string  { return "/market/complaint/" + number(id) }
func agencyAt(id int64) string     { return atAgencies + "/" + number(id) }
func purchaseAt(id int64) string   { return atPurchases + "/" + number(id) }
func publicAgency(id int64) string { return atPublic + "/" + number(id) }

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, units := account.Desk(account.Officer, account.Manager), web.Roles(account.Employer)
	both := func(u web.User) bool { return staff(u) || units(u) }
	return web.Room{Name: "market", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/market", staff, r.complaintList)
			m.Get("/market/complaint/{id}", staff, r.showComplaint)
			m.Post("/market/complaint/{id}/{act}", staff, r.actComplaint)
			m.Get("/market/agency", staff, r.agencyList)
			m.Get("/market/agency/new", staff, r.askAgency)
			m.Post("/market/agency/new", staff, r.takeAgency)
			m.Get("/market/agency/{id}", staff, r.showAgency)
			m.Post("/market/agency/{id}/{act}", staff, r.actAgency)
			m.Get("/market/park", staff, r.showParks)
			m.Post("/market/park", staff, r.takePark)
			m.Get("/market/purchase", staff, r.purchaseList)
			m.Get("/market/purchase/new", staff, r.askPurchase)
			m.Post("/market/purchase/new", staff, r.takePurchase)
			m.Get("/market/purchase/{id}", staff, r.showPurchase)
			m.Post("/market/purchase/{id}/{act}", staff, r.actPurchase)
			m.Get("/market/file/{id}", staff, r.file)
			m.Get("/market/need", both, r.needList)
			m.Post("/market/need", both, r.takeNeed)
			m.Get("/market/mine", units, r.mine)
			m.Post("/market/mine/{id}", units, r.takeCorrected)
			m.Get("/market/public", web.Anyone, r.publicList)
			m.Get("/market/public/{id}", web.Anyone, r.publicOne)
			m.Get("/market/report", web.Anyone, r.askReport)
			m.Post("/market/report", web.Anyone, r.takeReport)
			m.Get("/market/report/{code}", web.Anyone, r.follow)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "market.menu", Href: atHome, Order: 58, Icon: "list"},
			{Roles: []string{account.Employer}, Key: "market.menu.mine", Href: atMine, Order: 60, Icon: "file"},
		}}
}

type (
	cell  = web.Cell
	table = web.Table
	box   = web.Box
)

// desk writes the room's forms, tables and boxes.
const desk = web.Desk("market")

var heads, options, word = desk.Heads, desk.Options, desk.Word

// sheet is everything that a page of the room may show, from the top down.
type sheet struct {
	Tabs    []web.Tab
	Chips   []web.Tab
	Tags    []cell
	Figures []web.Figure
	Pairs   []web.Pair
	Reasons []string
	Tables  []table
	Events  []web.Event
	Boxes   []box
	Paging  web.Paging
	Paged   bool
	New     web.Tab
	Actions []web.Tab
}

func (r *Room) tabs(c *web.Ctx, at string) (list []web.Tab) {
	for _, t := range []struct{ key, href string }{{"complaints", atHome}, {"agencies", atAgencies}, {"parks", atParks}, {"purchases", atPurchases}, {"needs", atNeeds}, {"public", atPublic}} {
		list = append(list, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}
