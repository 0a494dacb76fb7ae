package outwork

import (
	"embed"
	"strconv"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome       = "/outwork"
	atMine       = "/outwork/mine"
	atUnit       = "/outwork/unit"
	atDesk       = "/outwork/desk"
	atAgreements = "/outwork/agreement"
	atBrokers    = "/outwork/broker"
	atStable     = "/outwork/stable"
	atAway       = "/outwork/away"
	atCenters    = "/outwork/center"
	atRequests   = "/outwork/request"
	atBrands     = "/outwork/brand"
	atShow       = "/outwork/brands"
)

func number(id int64) string        { return strconv.FormatInt(id, 10) }
func batchAt(id int64) string       { return atHome + "/batch/" + number(id) }
func deskBatchAt(id int64) string   { return atDesk + "/batch/" + number(id) }
func agreementAt(id int64) string   { return atAgreements + "/" + number(id) }
func brokerAt(id int64) string      { return atBrokers + "/" + number(id) }
func brandAt(id int64) string       { return atBrands + "/" + number(id) }
func requestAt(v *Request) string   { return atRequests + "/" + number(v.PersonID) + "/" + number(v.ID) }
func awayAt(a *Away) string         { return atAway + "/" + number(a.PersonID) + "/" + number(a.ID) }
func tripAt(batch, id int64) string { return deskBatchAt(batch) + "/trip/" + number(id) }

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, seekers, units := account.Desk(account.Officer, account.Manager), web.Roles(account.Seeker), web.Roles(account.Employer)
	officers, all := web.Roles(account.Officer), web.Roles(account.Officer, account.Manager)
	return web.Room{Name: "outwork", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/outwork", web.Anyone, r.home)
			m.Get("/outwork/batch/{id}", web.Anyone, r.batch)
			m.Post("/outwork/batch/{id}/join", seekers, r.takeJoin)
			m.Get("/outwork/brands", web.Anyone, r.showBrands)
			m.Get("/outwork/brands/{id}", web.Anyone, r.showBrand)
			m.Post("/outwork/brands/{id}/{act}", seekers, r.takeMembership)
			m.Get("/outwork/mine", seekers, r.mine)
			m.Post("/outwork/mine/batch/{id}/{act}", seekers, r.takeMine)
			m.Post("/outwork/mine/away", seekers, r.takeMineAway)
			m.Post("/outwork/mine/away/{id}", seekers, r.takeMineBack)
			m.Post("/outwork/mine/request", seekers, r.takeMineRequest)
			m.Get("/outwork/unit", units, r.unit)
			m.Post("/outwork/unit", units, r.takeUnit)
			m.Get("/outwork/desk", staff, r.desk)
			m.Get("/outwork/desk/batch/new", staff, r.askBatch)
			m.Post("/outwork/desk/batch/new", staff, r.takeBatch)
			m.Get("/outwork/desk/batch/{id}", staff, r.group)
			m.Get("/outwork/desk/batch/{id}/edit", staff, r.askEdit)
			m.Post("/outwork/desk/batch/{id}/edit", staff, r.takeEdit)
			m.Post("/outwork/desk/batch/{id}/{act}", staff, r.actBatch)
			m.Get("/outwork/desk/batch/{id}/people", staff, r.people)
			m.Post("/outwork/desk/batch/{id}/people", staff, r.takePeople)
			m.Get("/outwork/desk/batch/{id}/export", staff, r.exportGroup)
			m.Get("/outwork/desk/batch/{id}/trip/{trip}", staff, r.trip)
			m.Get("/outwork/desk/batch/{id}/trip/{trip}/export", staff, r.exportTrip)
			m.Get("/outwork/agreement", staff, r.agreementList)
			m.Get("/outwork/agreement/new", staff, r.askAgreement)
			m.Post("/outwork/agreement/new", staff, r.takeAgreement)
			m.Get("/outwork/agreement/{id}", staff, r.showAgreement)
			m.Post("/outwork/agreement/{id}/{act}", staff, r.actAgreement)
			m.Get("/outwork/file/{id}", staff, r.file)
			m.Get("/outwork/broker", staff, r.brokerList)
			m.Post("/outwork/broker", staff, r.takeBroker)
			m.Get("/outwork/broker/{id}", staff, r.showBroker)
			m.Post("/outwork/broker/{id}", staff, r.takeMark)
			m.Get("/outwork/stable", staff, r.stable)
			m.Get("/outwork/stable/export", staff, r.exportStable)
			m.Get("/outwork/away", all, r.awayList)
			m.Get("/outwork/away/new", officers, r.askAway)
			m.Post("/outwork/away/new", officers, r.takeAway)
			m.Get("/outwork/away/{person}/{id}", all, r.showAway)
			m.Post("/outwork/away/{person}/{id}/{act}", officers, r.actAway)
			m.Get("/outwork/center", web.Anyone, r.centerList)
			m.Post("/outwork/center", staff, r.takeCenter)
			m.Get("/outwork/request", staff, r.requestList)
			m.Get("/outwork/request/{person}/{id}", staff, r.showRequest)
			m.Post("/outwork/request/{person}/{id}/{act}", staff, r.actRequest)
			m.Get("/outwork/brand", staff, r.brandList)
			m.Get("/outwork/brand/new", staff, r.askBrand)
			m.Post("/outwork/brand/new", staff, r.takeBrand)
			m.Get("/outwork/brand/{id}", staff, r.deskBrand)
			m.Post("/outwork/brand/{id}/{act}", staff, r.actBrand)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "outwork.menu", Href: atDesk, Order: 54, Icon: "people"},
			{Roles: []string{account.Officer}, Who: account.Coordinator, Key: "outwork.menu.away", Href: atAway, Order: 54, Icon: "people"},
			{Roles: []string{account.Seeker}, Key: "outwork.menu", Href: atHome, Order: 62, Icon: "people"},
			{Roles: []string{account.Employer}, Key: "outwork.menu.unit", Href: atUnit, Order: 62, Icon: "people"},
		}}
}

// shown is how many rows a page has.
const shown = 50

type (
	cell  = web.Cell
	table = web.Table
	box   = web.Box
)

const desk = web.Desk("outwork")

var (
	options, word, boxOf = desk.Options, desk.Word, desk.Box
	heads                = web.Desk("outwork.h").Heads
)

// screen is everything that a page of the room may show, from the top down.
type screen struct {
	Tabs, Chips, Actions []web.Tab
	Tags                 []cell
	Figures              []web.Figure
	Filter               *web.Form
	Clear                string
	Informs              []inform
	Pairs                []web.Pair
	Text                 string
	Tables               []table
	Boxes                []box
	Paging               web.Paging
	Paged                bool
	Narrow               bool
}

// inform is a notice at the top of a page.
type inform struct{ Kind, Head, Text, Href, Act string }

func (r *Room) tabs(c *web.Ctx, at string) (list []web.Tab) {
	for _, t := range []struct{ key, href string }{{"batches", atDesk}, {"agreements", atAgreements}, {"brokers", atBrokers}, {"stable", atStable}, {"away", atAway}, {"requests", atRequests}, {"centers", atCenters}, {"brands", atBrands}} {
		list = append(list, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

// withAll puts the choice of everything before options of a filter.
func withAll(c *web.Ctx, list []web.Option) []web.Option {
	return append([]web.Option{{Text: c.T("outwork.all")}}, list...)
}

// field is a field of the room whose label stands in the words.
func field(c *web.Ctx, name, kind string, need bool, maxChars int) web.Field {
	return web.Field{Name: name, Label: word(c, "f", name), Kind: kind, Need: need, Max: maxChars}
}

// outsideOr are the choices of where work lies: outside the region, or a banner.
func outsideOr(c *web.Ctx) []web.Option {
	return append([]web.Option{{Value: "out", Text: c.T("outwork.outside")}}, account.Banners(region)...)
}

// placeCode is the area of such a choice.
func placeCode(choice string) string {
	if choice == "out" {
		return ""
	}
	return choice
}

// left tells how many working days remain until a day, or how many it is over.
func (r *Room) left(c *web.Ctx, on db.Date) cell {
	n := workday.Between(r.today(), on.Time)
	if n < 0 {
		return cell{Text: c.T("outwork.over", strconv.Itoa(-n)), Small: on.String(), Kind: "stop"}
	}
	return cell{Text: c.T("outwork.left", strconv.Itoa(n)), Small: on.String()}
}

// firstDay is before every day there is.
var firstDay = db.On(clock.Date(1900, time.January, 1))

// dayCursor reads a cursor of a day and an id.
func dayCursor(c *web.Ctx) (day db.Date, id int64, start bool, err error) {
	at, err := c.Cursor(2)
	if err != nil || at.Start() {
		return firstDay, 0, true, err
	}
	t, err := time.Parse(time.DateOnly, at.Text(0))
	if err != nil {
		return firstDay, 0, false, fault.Wrap(fault.Invalid, err, "分页地址不完整，请从第一页重新查看")
	}
	return db.On(t), at.Int(1), false, nil
}

// crumb is the way back to a list.
func crumb(c *web.Ctx, key, href string) []web.Crumb {
	return []web.Crumb{{Text: c.T(key), Href: href}}
}

// public reports whether a page is shown as citizens see it.
func public(u web.User) bool { return !account.RoleOf(u.Role).Staff }

// answers reads the form of an act.
type answers struct {
	*web.Form
	act string
}

func (a answers) text(name string) string { return a.Text(a.act + "_" + name) }
func (a answers) pick(name string) string { return a.Choice(a.act + "_" + name) }
func (a answers) day(name string) db.Date { return db.On(a.Date(a.act + "_" + name)) }
func (a answers) fen(name string) int64   { return a.Fen(a.act + "_" + name) }
func (a answers) int(name string) int     { return int(a.Int(a.act + "_" + name)) }

// answering makes the form of an act and its reader.
func answering(c *web.Ctx, act string, fields ...web.Field) answers {
	f, _ := web.ActForm(c, act, fields...)
	return answers{f, act}
}
