package gig

import (
	"cmp"
	"embed"
	"math"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome    = "/gig"
	atPrice   = "/gig/price"
	atMine    = "/gig/mine"
	atHire    = "/gig/hire"
	atNew     = "/gig/new"
	atDesk    = "/gig/desk"
	atLate    = "/gig/desk/late"
	atDiffer  = "/gig/desk/differ"
	atFigures = "/gig/desk/figures"
	atMarkets = "/gig/desk/market"
	atShared  = "/gig/shared"
)

func jobAt(id int64) string     { return "/gig/job/" + number(id) }
func manageAt(id int64) string  { return "/gig/manage/" + number(id) }
func marketAt(id int64) string  { return "/gig/market/" + number(id) }
func keepAt(id int64) string    { return atMarkets + "/" + number(id) }
func shareAt(id int64) string   { return atShared + "/" + number(id) }
func postAt(id int64) string    { return atShared + "/post/" + number(id) }
func proposeAt(id int64) string { return postAt(id) + "/propose" }

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, units, seekers := account.Desk(account.Officer, account.Manager), web.Roles(account.Employer), web.Roles(account.Seeker)
	both := func(u web.User) bool { return staff(u) || units(u) }
	return web.Room{Name: "gig", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/gig", web.Anyone, r.board)
			m.Get("/gig/price", web.Anyone, r.priceBoard)
			m.Get("/gig/market/{id}", web.Anyone, r.showMarket)
			m.Get("/gig/job/{id}", web.Anyone, r.showJob)
			m.Post("/gig/job/{id}/{act}", seekers, r.actJob)
			m.Get("/gig/mine", seekers, r.mine)
			m.Post("/gig/mine/{act}", seekers, r.actMine)
			m.Get("/gig/hire", units, r.hire)
			m.Get("/gig/new", both, r.askJob)
			m.Post("/gig/new", both, r.takeJob)
			m.Get("/gig/manage/{id}", both, r.manage)
			m.Post("/gig/manage/{id}/{act}", both, r.actManage)
			m.Get("/gig/desk", staff, r.desk)
			m.Get("/gig/desk/late", staff, r.late)
			m.Post("/gig/desk/late/{id}", staff, r.allow)
			m.Get("/gig/desk/differ", staff, r.differ)
			m.Get("/gig/desk/figures", staff, r.figures)
			m.Get("/gig/desk/figures.xlsx", staff, r.exportFigures)
			m.Get("/gig/desk/market", staff, r.marketList)
			m.Post("/gig/desk/market", staff, r.takeMarket)
			m.Get("/gig/desk/market/{id}", staff, r.keepMarket)
			m.Post("/gig/desk/market/{id}/{act}", staff, r.actMarket)
			m.Get("/gig/shared", both, r.shared)
			m.Post("/gig/shared", units, r.takePost)
			m.Post("/gig/shared/post/{id}", units, r.dropPost)
			m.Get("/gig/shared/post/{id}/propose", units, r.askShare)
			m.Post("/gig/shared/post/{id}/propose", units, r.takeShare)
			m.Get("/gig/shared/{id}", both, r.showShare)
			m.Post("/gig/shared/{id}/{act}", both, r.actShare)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "gig.menu.desk", Href: atDesk, Order: 54, Icon: "people"},
			{Roles: []string{account.Seeker}, Key: "gig.menu", Href: atHome, Order: 62, Icon: "people"},
			{Roles: []string{account.Employer}, Key: "gig.menu.hire", Href: atHire, Order: 62, Icon: "people"},
		}}
}

// shown is how many rows a page has.
const shown = 30

type (
	cell  = web.Cell
	table = web.Table
	act   = web.Act
	box   = web.Box
)

// desk writes the room's forms, tables and boxes.
const desk = web.Desk("gig")

var (
	options, boxOf = desk.Options, desk.Box
	heads          = web.Desk("gig.h").Heads
)

// line is an entry of a list.
type line struct {
	Text, Href, Right string
	Tags              []cell
	Small             []string
	Acts              []act
}

type list struct {
	ID, Head, Note, Empty string
	Lines                 []line
}

// sheetRow is a person in a form about many.
type sheetRow struct {
	Name, Small string
	Fields      []string
}

// many is a form about many people.
type many struct {
	Head, Note, Action, Button string
	Form                       *web.Form
	Rows                       []sheetRow
}

type inform struct{ Kind, Head, Text string }

type filter struct {
	Form  *web.Form
	Names []string
	Clear string
}

// page is everything that a page of the room may show, from the top down.
type page struct {
	Actions     []web.Tab // Current: the second kind of button
	Tabs        []web.Tab
	Informs     []inform
	Figures     []web.Figure
	Filter      *filter
	Chips       []web.Tab
	Tags        []cell
	Pairs       []web.Pair
	Acts        []act
	FactsLast   bool // tags and pairs stand behind the rest: the page is for doing something
	Lists       []list
	Attend, Pay *many
	After       []list
	Tables      []table
	Paging      web.Paging
	Paged       bool
	Boxes       []box
}

func tag(kind, text string) cell { return cell{Kind: cmp.Or(kind, "plain"), Text: text} }

// word is the text of one code of a list: word(c, "kind", "carry").
func word(c *web.Ctx, list, code string, args ...any) string {
	return c.T("gig."+list+"."+code, args...)
}

// below is the cursor of a list that goes from the newest down.
func below(c *web.Ctx) (int64, error) {
	at, err := c.Cursor(1)
	if err != nil || at.Start() {
		return math.MaxInt64, err
	}
	return at.Int(0), nil
}

// cut keeps as many rows as a page has, and returns where to go on.
func cut[T any](rows []T, id func(*T) int64) ([]T, web.Cursor) {
	if len(rows) <= shown {
		return rows, web.Cursor{}
	}
	return rows[:shown], web.NewCursor(id(&rows[shown-1]))
}

func (r *Room) tabs(c *web.Ctx, at string) (out []web.Tab) {
	for _, t := range []struct{ key, href string }{{"jobs", atDesk}, {"late", atLate}, {"differ", atDiffer}, {"markets", atMarkets}, {"figures", atFigures}, {"shared", atShared}} {
		out = append(out, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return out
}

func public(u web.User) bool { return !account.RoleOf(u.Role).Staff }

func asID(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n }

// priceText is a job's price with its unit: 180 元/天.
func priceText(c *web.Ctx, j *Job) string { return c.T("gig.per."+j.Unit, lang.Fen(j.Price)) }

// daysText is a span of days as people say it: without the year, when it is this one.
func daysText(c *web.Ctx, from, until db.Date) string {
	if from.Equal(until.Time) {
		return dayText(c, from)
	}
	return c.T("gig.fromTo", dayText(c, from), dayText(c, until))
}

func dayText(c *web.Ctx, d db.Date) string {
	switch {
	case d.Year() != c.Clock().Today().Year():
		return d.String()
	case c.Lang == lang.English:
		return d.Format("2 Jan")
	}
	return d.Format("1月2日")
}

var stateKind = map[string]string{Open: "ok", Cancelled: "stop", Stopped: "stop", Asked: "warn", Taken: "ok", Passed: "", Left: "", Absent: "stop", Owed: "warn", Said: "warn", Confirmed: "ok", Disputed: "stop", Settled: "ok",
	Proposed: "warn", Agreed: "ok", Declined: "", Halted: "stop", Ended: "", "coming": "warn", "running": "ok", "return": "warn", Waiting: "warn", Consented: "ok", Refused: "", Withdrawn: "", Returned: "ok", "over": "", "full": "warn"}

func stateTag(c *web.Ctx, list, code string) cell { return tag(stateKind[code], word(c, list, code)) }

// standing is how a job stands now: its state, and of an open one full or over.
func (r *Room) standing(c *web.Ctx, j *Job) cell {
	switch {
	case j.State == Open && j.Until.Before(r.today()):
		return stateTag(c, "state", "over")
	case j.State == Open && j.Taken >= j.Places:
		return stateTag(c, "state", "full")
	}
	return stateTag(c, "state", j.State)
}
