package dispatch

import (
	"embed"
	"strconv"
	"strings"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome     = "/dispatch"
	atUnits    = "/dispatch/unit"
	atLeads    = "/dispatch/lead"
	atExchange = "/dispatch/exchange"
	atMine     = "/dispatch/mine"
)

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, units := account.Desk(account.Officer, account.Manager), web.Roles(account.Employer)
	both := func(u web.User) bool { return staff(u) || units(u) }
	return web.Room{Name: "dispatch", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/dispatch", staff, r.board)
			m.Get("/dispatch/board.xlsx", staff, r.export)
			m.Get("/dispatch/unit", staff, r.unitList)
			m.Get("/dispatch/unit/new", staff, r.askUnit)
			m.Post("/dispatch/unit/new", staff, r.takeUnit)
			m.Get("/dispatch/unit/{id}", staff, r.showUnit)
			m.Post("/dispatch/unit/{id}/{act}", staff, r.actUnit)
			m.Get("/dispatch/unit/{id}/report/{month}", both, r.showReport)
			m.Post("/dispatch/unit/{id}/report/{month}/{act}", both, r.actReport)
			m.Get("/dispatch/mine", units, r.mine)
			m.Post("/dispatch/mine/{act}", units, r.actMine)
			m.Get("/dispatch/lead", staff, r.leadList)
			m.Post("/dispatch/lead", staff, r.takeLeads)
			m.Get("/dispatch/lead/template.xlsx", staff, r.template)
			m.Get("/dispatch/lead/{id}", staff, r.showLead)
			m.Post("/dispatch/lead/{id}/{act}", staff, r.actLead)
			m.Get("/dispatch/exchange", both, r.needList)
			m.Post("/dispatch/exchange", both, r.takeNeed)
			m.Get("/dispatch/exchange/{id}", both, r.showNeed)
			m.Post("/dispatch/exchange/{id}/{act}", both, r.actNeed)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "dispatch.menu", Href: atHome, Order: 54, Icon: "work"},
			{Roles: []string{account.Employer}, Key: "dispatch.menu.mine", Href: atMine, Order: 62, Icon: "file"},
		}}
}

// shown is how many rows a page has.
const shown = 30

// The room's pages are made of the house's tables and boxes.
type (
	cell  = web.Cell
	table = web.Table
	box   = web.Box
)

const desk = web.Desk("dispatch")

var heads, options, word = desk.Heads, desk.Options, desk.Word

// boxOf is a box of the house; on a page where another act's form failed it begins anew.
func boxOf(c *web.Ctx, act, action string, version int64, failing *web.Form, failed string, fields ...web.Field) box {
	b := desk.Box(c, act, action, version, failing, failed, fields...)
	if act != failed && failing != nil {
		b.Form.Posted, b.Form.Values, b.Form.Errors = false, map[string][]string{}, nil
		b.Form.SetVersion(version)
	}
	return b
}

// sheetData is everything that a page of the room may show, from the top down.
type sheetData struct {
	Tabs    []web.Tab
	Chips   []web.Tab
	Filter  *web.Form
	Fields  []string // of the filter
	Tags    []cell
	Inform  *inform
	Figures []web.Figure
	Pairs   []web.Pair
	Tables  []table
	Events  []web.Event
	Boxes   []box
	Chart   any // draw.Chart
	ChartH  string
	Note    string
	Paging  web.Paging
	Paged   bool
	Actions []web.Tab
}

// inform is a message with what can be done.
type inform struct{ Kind, Head, Text, Href, Act string }

func tabs(c *web.Ctx, at string) (list []web.Tab) {
	for _, t := range []struct{ key, href string }{{"board", atHome}, {"units", atUnits}, {"leads", atLeads}, {"exchange", atExchange}} {
		list = append(list, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

func num(n int64) cell { return cell{Text: lang.Int(n), Right: true} }

// wordsOf are the texts of several codes, with commas.
func wordsOf(c *web.Ctx, list string, codes []string) (text string) {
	for i, code := range codes {
		if i > 0 {
			text += c.T("dispatch.and")
		}
		text += word(c, list, code)
	}
	return text
}

// rateText is a closing rate as people read it.
func rateText(c *web.Ctx, x Closing) string {
	switch {
	case x.Rate() < 0:
		return "—"
	case x.None:
		return c.T("dispatch.noData")
	case x.Open:
		return lang.Percent(x.Rate()) + c.T("dispatch.soFar")
	}
	return lang.Percent(x.Rate())
}

// rateFigure is a closing rate among a page's figures.
func rateFigure(c *web.Ctx, x Closing) web.Figure {
	f := web.Figure{Label: c.T("dispatch.f.rate"), Value: "—"}
	if x.Rate() >= 0 && !x.None {
		f.Value = lang.Percent(x.Rate())
		if x.Open {
			f.Unit = c.T("dispatch.soFarUnit")
		}
	} else if x.None {
		f.Unit = c.T("dispatch.noData")
	}
	return f
}

func monthName(c *web.Ctx, month int) string {
	return c.T("dispatch.monthOf", strconv.Itoa(month/100), strconv.Itoa(month%100))
}

// industryName is an industry's section with its name.
func industryName(c *web.Ctx, industry string) string {
	section := sectionOf(industry)
	if section < "A" || section > "T" {
		return c.T("dispatch.industry.none")
	}
	return word(c, "industry", section)
}

// crumb leads back to the board.
func crumb(c *web.Ctx, more ...web.Crumb) []web.Crumb {
	return append([]web.Crumb{{Text: c.T("dispatch.title"), Href: atHome}}, more...)
}

// placesIn are the areas of a filter: somebody's own and those one level below.
func placesIn(u web.User) (list []web.Option) {
	for _, a := range area.Children(u.Area) {
		if a.Level <= area.Banner {
			list = append(list, web.Option{Value: a.Code, Text: a.Name})
		}
	}
	return list
}

// areaAsked is the area of the address, when the reader reaches it, otherwise the reader's own.
func areaAsked(c *web.Ctx) string {
	if asked := c.Query("area"); asked != "" && area.Exists(asked) && area.Within(asked, c.User.Area) {
		return asked
	}
	return c.User.Area
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// plainNumber is a number without the marks between its thousands.
func plainNumber(text string) string { return strings.ReplaceAll(text, ",", "") }
