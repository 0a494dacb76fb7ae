package dispatch

import (
	"embed"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/fault"
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
	Wide           bool // scrolls sideways
	Body           bool // the page's list, which grows
}

// box is a form beside what it changes.
type box struct {
	ID, Head, Note, Action, Button string
	Form                           *web.Form
	Names                          []string
	File, Open                     bool
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

// heads are a table's heads; those that begin with + stand right.
func heads(c *web.Ctx, keys ...string) (list []cell) {
	for _, k := range keys {
		right := k[0] == '+'
		if right {
			k = k[1:]
		}
		list = append(list, cell{Text: c.T("dispatch." + k), Right: right})
	}
	return list
}

func num(n int64) cell { return cell{Text: lang.Int(n), Right: true} }

func options(c *web.Ctx, list string, codes []string) (out []web.Option) {
	for _, code := range codes {
		out = append(out, web.Option{Value: code, Text: word(c, list, code)})
	}
	return out
}

// word is the text of one code of a list: word(c, "state", On).
func word(c *web.Ctx, list, code string) string { return c.T("dispatch." + list + "." + code) }

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
	} else if failing != nil {
		f.Posted, f.Values, f.Errors = false, map[string][]string{}, nil
	}
	f.SetVersion(version)
	b := box{ID: act, Head: word(c, "act", act), Action: action, Button: word(c, "do", act), Form: f, Names: names, Open: act == failed}
	b.File = slices.ContainsFunc(fields, func(d web.Field) bool { return d.Kind == "file" })
	return b
}

// typed turns a fault of the kind that the reader can mend into an error of the form, and gives back any other.
func typed(f *web.Form, err error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		f.Fail("", fault.TextOf(err))
		return nil
	}
	return err
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
