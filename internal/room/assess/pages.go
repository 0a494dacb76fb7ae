package assess

import (
	"embed"
	"math"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome       = "/assess"
	atCompare    = "/assess/compare"
	atUnits      = "/assess/units"
	atParameters = "/assess/parameters"
	atPublic     = "/assess/public"
)

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff := account.Desk(account.Officer, account.Manager)
	return web.Room{Name: "assess", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/assess", staff, r.list)
			m.Get("/assess/new", staff, r.askFiling)
			m.Post("/assess/new", staff, r.takeFiling)
			m.Get("/assess/case/{id}", staff, r.show)
			m.Get("/assess/case/{id}/edit", staff, r.askFiling)
			m.Post("/assess/case/{id}/edit", staff, r.takeFiling)
			m.Post("/assess/case/{id}/{act}", staff, r.act)
			m.Get("/assess/case/{id}/export", staff, r.export)
			m.Get("/assess/compare", staff, r.compare)
			m.Get("/assess/compare/export", staff, r.exportCompare)
			m.Get("/assess/units", staff, r.units)
			m.Get("/assess/parameters", staff, r.parameters)
			m.Get("/assess/parameter", staff, r.askParameter)
			m.Post("/assess/parameter", staff, r.takeParameter)
			m.Get("/assess/public", web.Anyone, r.published)
			m.Get("/assess/public/{id}", web.Anyone, r.publishedOne)
		},
		Menu: []web.MenuItem{{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "assess.menu", Href: atHome, Order: 75, Icon: "chart"}}}
}

// tag is a small label: its words, and ok, warn, stop or nothing for its colour.
type tag struct{ Kind, Text string }

var (
	gradeKind = map[string]string{Green: "ok", Yellow: "warn", Red: "stop"}
	stateKind = map[string]string{Waiting: "warn", Concluded: "ok", Published: "ok"}
)

// light is a grade with its dimension, for a row of four.
type light struct {
	Dimension string
	Grade     tag
}

func gradeTag(c *web.Ctx, grade string) tag {
	if grade == "" {
		grade = Open
	}
	return tag{gradeKind[grade], word(c, "grade", grade)}
}

func lightsOf(c *web.Ctx, l Lights) (list []light) {
	for i, d := range Dimensions {
		list = append(list, light{word(c, "dimension", d), gradeTag(c, l[i])})
	}
	return list
}

func tabs(c *web.Ctx, at string) (list []web.Tab) {
	for _, t := range []struct{ key, href string }{{"list", atHome}, {"compare", atCompare}, {"units", atUnits}, {"parameters", atParameters}, {"public", atPublic}} {
		list = append(list, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

// shown is how many rows a page has.
const shown = 50

type listRow struct {
	Href, Title, Unit, Kind, Place string
	Net                            int64 // lasting posts that come, less those that end
	Lights                         []light
	State                          tag
}

type listData struct {
	Tabs   []web.Tab
	Filter *web.Form
	Rows   []listRow
	Due    []web.Tab
	Paging web.Paging
}

func options(c *web.Ctx, prefix string, codes []string) (list []web.Option) {
	for _, code := range codes {
		list = append(list, web.Option{Value: code, Text: c.T(prefix + code)})
	}
	return list
}

// list shows the area's assessments, the newest first, and those that wait for a follow-up.
func (r *Room) list(c *web.Ctx) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "kind", Label: c.T("assess.kind"), Kind: "select", Options: append([]web.Option{{Text: c.T("assess.all")}}, options(c, "assess.kind.", subjects)...)},
		web.Field{Name: "state", Label: c.T("assess.state"), Kind: "select", Options: append([]web.Option{{Text: c.T("assess.all")}}, options(c, "assess.state.", states)...)})
	want := filter{area: c.User.Area, kind: c.Query("kind"), state: c.Query("state")}
	below := int64(math.MaxInt64)
	if !at.Start() {
		below = at.Int(0)
	}
	cases, err := r.listCases(c.Context(), want, below, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(cases) > shown {
		cases = cases[:shown]
		next = web.NewCursor(cases[shown-1].ID)
	}
	total, err := r.countCases(c.Context(), want)
	if err != nil {
		return err
	}
	d := listData{Tabs: tabs(c, atHome), Filter: f, Paging: c.Paging(total, len(cases), next)}
	for i := range cases {
		v := &cases[i]
		row := listRow{Href: caseAt(v.ID), Title: v.Title, Unit: v.Unit, Kind: word(c, "kind", v.Kind), Place: area.Name(v.Area), Net: v.Permanent - v.Lost, Lights: lightsOf(c, v.Lights),
			State: tag{stateKind[v.State], word(c, "state", v.State)}}
		if v.Result != nil {
			row.Net = v.Result.Posts.Direct() - v.Lost
		}
		d.Rows = append(d.Rows, row)
	}
	for _, months := range after {
		waiting, err := r.dueCases(c.Context(), c.User.Area, months, db.On(r.Clock.Today().AddDate(0, -months, 0)), false, 10)
		if err != nil {
			return err
		}
		for _, v := range waiting {
			d.Due = append(d.Due, web.Tab{Text: c.T("assess.due", v.Title, months), Href: caseAt(v.ID) + "#follow"})
		}
	}
	return c.Render("assess/list", web.Page{Title: c.T("assess.title"), Lede: c.T("assess.lede"), Data: d, Nav: atHome})
}

func english(c *web.Ctx) bool { return c.Lang == lang.English }

// word is the text of one code of a list: word(c, "kind", Project).
func word(c *web.Ctx, list, code string, args ...any) string {
	return c.T("assess."+list+"."+code, args...)
}
