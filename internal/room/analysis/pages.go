package analysis

import (
	"embed"
	"fmt"
	"slices"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/area/refdata"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome    = "/analysis"
	atMethod  = "/analysis/method"
	atReport  = "/analysis/report"
	atDesk    = "/analysis/desk"
	atOutlook = "/analysis/outlook"
	atLeads   = "/analysis/lead"
	atDrafts  = "/analysis/drafts"
)

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff := account.Desk(account.Officer, account.Manager)
	return web.Room{Name: "analysis", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/analysis", web.Anyone, r.home)
			m.Get("/analysis/method", web.Anyone, r.method)
			m.Get("/analysis/report/{id}", web.Anyone, r.showReport)
			m.Get("/analysis/report/{id}/export", web.Anyone, r.exportReport)
			m.Get("/analysis/report/{id}/paper", web.Anyone, r.paper)
			m.Post("/analysis/report/{id}/{act}", staff, r.actReport)
			m.Get("/analysis/drafts", staff, r.drafts)
			m.Post("/analysis/drafts", staff, r.takeDraft)
			m.Get("/analysis/desk", staff, r.desk)
			m.Get("/analysis/desk/export", staff, r.exportDesk)
			m.Get("/analysis/occupation/{code}", staff, r.occupation)
			m.Get("/analysis/outlook", staff, r.outlook)
			m.Get("/analysis/lead", staff, r.leads)
			m.Get("/analysis/lead/export", staff, r.exportLeads)
			m.Get("/analysis/lead/{id}", staff, r.lead)
			m.Post("/analysis/lead/{id}", staff, r.takeLead)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "analysis.menu", Href: atDesk, Order: 59, Icon: "chart"},
		}}
}

// The room's tables are the house's.
type (
	cell  = web.Cell
	table = web.Table
)

type chart struct {
	Head, Note string
	Chart      draw.Chart
}

// page is everything that a page of the room may show, from the top down.
type page struct {
	Tabs    []web.Tab
	Filter  *web.Form
	Names   []string
	Clear   string
	Notes   []string
	Figures []web.Figure
	Reasons []web.Reason
	Pairs   []web.Pair
	Charts  []chart
	Map     draw.Choropleth
	MapHead string
	Halves  []table // two beside each other
	Tables  []table
	After   []table // below the paging
	Act     string  // address of the form
	Form    *web.Form
	Fields  []string
	Button  string
	Head    string // of the form
	Paging  web.Paging
	Paged   bool
	Actions []web.Tab
}

func (r *Room) tabs(c *web.Ctx, at string) (list []web.Tab) {
	for _, t := range []struct{ key, href string }{{"desk", atDesk}, {"outlook", atOutlook}, {"leads", atLeads}, {"drafts", atDrafts}, {"method", atMethod}} {
		list = append(list, web.Tab{Text: c.T("analysis.tab." + t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

// notYet shows the room before its first count; any other error stays one.
func (r *Room) notYet(c *web.Ctx, err error) error {
	if !fault.Is(err, fault.Conflict) {
		return err
	}
	d := page{Tabs: r.tabs(c, ""), Tables: []table{{ID: "none", Head: c.T("analysis.deskTitle"), Empty: fault.TextOf(err)}}}
	return c.Render("analysis/page", web.Page{Title: c.T("analysis.deskTitle"), Data: d, Nav: atDesk})
}

func english(c *web.Ctx) bool { return c.Lang == lang.English }

// periodText is a period in the reader's language.
func periodText(c *web.Ctx, p Period) string {
	if english(c) {
		return p.En()
	}
	return p.Zh()
}

var heads = web.Desk("analysis").Heads

func right(text string) cell { return cell{Text: text, Right: true} }

// number writes a number of people, small ones concealed.
func number(n int64) string {
	if few(n) {
		return "＜5"
	}
	return lang.Int(n)
}

// own is the area that a member of staff begins with.
func own(c *web.Ctx) string { return area.At(c.User.Area, area.Banner) }

// asked is the area and period of an address; the own area and the latest quarter when it says none. Faults: NotFound, Denied.
func (r *Room) asked(c *web.Ctx, run Counted) (where string, p Period, form *web.Form, err error) {
	where = own(c)
	if code := c.Query("area"); code != "" {
		where = code
	}
	if err := MayLook(c.User, where); err != nil {
		return where, p, nil, err
	}
	p, ok := parsePeriod(c.Query("period"), run.Month)
	if !ok || !run.known(p) {
		p = Period{run.Month, true}
	}
	form = c.Form(web.Field{Name: "area", Label: c.T("analysis.area"), Kind: "select", Options: account.Places(own(c))}, web.Field{Name: "period", Label: c.T("analysis.period"), Kind: "select", Options: periods(c, run, true)})
	form.Set("area", where)
	form.Set("period", p.Code())
	return where, p, form, nil
}

// periods are what may be chosen: eight quarters, and thirteen months when they are asked for.
func periods(c *web.Ctx, run Counted, months bool) (list []web.Option) {
	for i := range 8 {
		p := Period{run.Month, true}
		if i > 0 {
			p = p.before(i)
		}
		if run.known(p) {
			list = append(list, web.Option{Value: p.Code(), Text: periodText(c, p)})
		}
	}
	for i := range 13 {
		if p := (Period{Month: run.Month - Month(i)}); months && run.known(p) {
			list = append(list, web.Option{Value: p.Code(), Text: periodText(c, p)})
		}
	}
	return list
}

// lineChart draws a course.
func lineChart(c *web.Ctx, l Line) draw.Chart {
	n := len(l.Values)
	if key := lineKey[l.Name]; key != "" {
		l.Name = c.T("analysis.line." + key)
	}
	return draw.Chart{Label: fmt.Sprintf("%s：%s %s", l.Name, l.X[n-1], floatText(l.Values[n-1])), X: l.X, Actual: l.Values,
		Words: draw.ChartWords{Actual: c.T("analysis.chart.actual"), Forecast: c.T("analysis.chart.forecast"), Interval: c.T("analysis.chart.interval"), Table: c.T("analysis.chart.table"), Time: c.T("analysis.chart.time")}}
}

func floatText(v float64) string {
	if v == float64(int64(v)) {
		return lang.Int(int64(v))
	}
	return fmt.Sprintf("%.2f", v)
}

const (
	mapWidth  = 440.0
	mapHeight = 380.0
)

// mapOf draws the ratio of the places below: darker where there are more openings for each person.
func mapOf(c *web.Ctx, where string, bars []Bar, href func(code string) string) draw.Choropleth {
	m := draw.Choropleth{View: [4]float64{0, 0, mapWidth, mapHeight}, Enter: c.T("analysis.map.enter")}
	level := area.Banner
	if area.Level(where) == area.Region {
		level = area.League
	}
	if area.Level(where) > area.League || !slices.ContainsFunc(bars, func(b Bar) bool { return b.Class > 0 }) {
		return m
	}
	by := map[string]Bar{}
	for _, b := range bars {
		by[b.Area] = b
	}
	label := c.T("analysis.map.label")
	for _, s := range refdata.MapOf(where, level, mapWidth, mapHeight) {
		b := by[s.Code]
		one := draw.Shape{Code: s.Code, Name: area.Short(s.Code), D: s.D, CX: s.CX, CY: s.CY, Class: b.Class, Value: b.Text, Href: href(s.Code)}
		if b.Text == "" {
			one.Value = "—"
		}
		m.Shapes = append(m.Shapes, one)
		label += " " + one.Name + " " + one.Value
	}
	m.Label = label
	low := "0"
	for _, s := range steps {
		m.Legend = append(m.Legend, low+"～"+ratioText(s))
		low = ratioText(s)
	}
	m.Legend = append(m.Legend, "≥"+low)
	return m
}
