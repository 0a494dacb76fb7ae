package verify

import (
	"embed"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/engine/honest"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome     = "/verify"
	atFigures  = "/verify/figures"
	atRounding = "/verify/rounding"
	atMacro    = "/verify/macro"
	atLimits   = "/verify/limit"
)

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff := account.Desk(account.Officer, account.Manager)
	return web.Room{Name: "verify", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/verify", staff, r.list)
			m.Post("/verify", staff, r.actList)
			m.Get("/verify/findings.xlsx", staff, r.export)
			m.Get("/verify/finding/{id}", staff, r.show)
			m.Get("/verify/finding/{id}/sheet.docx", staff, r.sheetDocx)
			m.Post("/verify/finding/{id}/{act}", staff, r.act)
			m.Get("/verify/figures", staff, r.figures)
			m.Post("/verify/figures", staff, r.takeFigures)
			m.Get("/verify/figures/template.xlsx", staff, r.figuresTemplate)
			m.Get("/verify/rounding", staff, r.rounding)
			m.Post("/verify/rounding", staff, r.takeRounding)
			m.Get("/verify/macro", staff, r.macro)
			m.Post("/verify/macro", staff, r.takeMacro)
			m.Get("/verify/macro/template.xlsx", staff, r.macroTemplate)
			m.Get("/verify/limit", staff, r.limits)
			m.Post("/verify/limit", staff, r.takeLimit)
		},
		Menu: []web.MenuItem{{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "verify.menu", Href: atHome, Order: 66, Icon: "check", Count: r.count}}}
}

// shown is how many rows a page has.
const shown = 30

// desk writes the room's forms, tables and boxes.
const desk = web.Desk("verify")

type (
	cell = web.Cell
	rows = web.Table
	box  = web.Box
)

type inform struct{ Kind, Head, Text string }

// sheetData is everything that a page of the room may show, from the top down.
type sheetData struct {
	Tabs                 []web.Tab
	Inform               *inform
	Filter               *web.Form
	Fields               []string
	Figures              []web.Figure
	Note                 string
	Tags                 []cell
	Pairs                []web.Pair
	First                *rows // above the chart
	Chart                any   // draw.Chart
	ChartHead, ChartNote string
	Script               string
	Tables               []rows
	Events               []web.Event
	Boxes                []box
	Paging               web.Paging
	Paged                bool
	Actions              []web.Tab
	Buttons              []web.Tab // POST; Current: the main one
}

func tabs(c *web.Ctx, at string) (list []web.Tab) {
	for _, t := range []struct{ key, href string }{{"findings", atHome}, {"figures", atFigures}, {"rounding", atRounding}, {"macro", atMacro}, {"limits", atLimits}} {
		list = append(list, web.Tab{Text: desk.Word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

func num(text string) cell { return cell{Text: text, Right: true} }

// failedAs is the name of an act whose form did not pass; "" without one.
func failedAs(failing *web.Form, act string) string {
	if failing == nil {
		return ""
	}
	return act
}

// own are the areas that somebody may choose, down to banners.
func own(u web.User) (list []web.Option) {
	for _, code := range reporting() {
		if area.Within(code, u.Area) {
			list = append(list, web.Option{Value: code, Text: area.FullName(code)})
		}
	}
	return list
}

// indicators are the indicators whose months can be examined.
func (r *Room) indicators(c *web.Ctx) ([]indicator.Definition, error) {
	all, err := r.Indicators.Definitions(c.Context())
	return slices.DeleteFunc(all, func(d indicator.Definition) bool { return !examined(d) }), err
}

func nameIn(language string, list []indicator.Definition, id string) string {
	for _, d := range list {
		if d.ID == id {
			return d.NameIn(language)
		}
	}
	return id
}

// lines is a chart as the page's script draws it: two lines, the second one thin.
func lines(x []string, actual, before []float64, words draw.ChartWords, second string) string {
	raw, err := json.Marshal(struct {
		X      []string          `json:"x"`
		Actual []float64         `json:"actual"`
		Before []float64         `json:"before,omitempty"`
		Target *float64          `json:"target"`
		Zero   bool              `json:"zero"`
		Words  map[string]string `json:"words"`
	}{x, actual, before, nil, false, map[string]string{"actual": words.Actual, "before": second, "forecast": "", "interval": "", "target": ""}})
	if err != nil { // numbers and words only
		return ""
	}
	return string(raw)
}

// text writes a check's number: a share in per cent, anything else as it is.
func text(v float64) string {
	switch {
	case math.IsNaN(v):
		return "—"
	case math.Abs(v) >= 100:
		return lang.Int(int64(math.Round(v)))
	}
	return decimal(math.Round(v*100) / 100)
}

// words tells a text in a language.
type words func(key string, args ...any) string

// official are the room's words in Chinese, for what is kept and for papers.
func official() (words, error) {
	dict, err := lang.Load(pageFiles)
	if err != nil {
		return nil, err
	}
	return func(key string, args ...any) string { return dict.T(lang.Chinese, key, args...) }, nil
}

// inPercent are the checks whose measure is a share: it is written, and entered, in per cent.
var inPercent = map[string]bool{string(honest.Sum): true, Late: true, Uninsured: true}

// measured writes a check's measure or limit with what it counts: 4 倍标准误差, 5 人, 10%.
func measured(t words, kind string, v float64) string {
	if inPercent[kind] {
		return percent(v)
	}
	return t("verify.in."+kind, text(v))
}

// periodOf is a finding's year or month in the reader's language.
func periodOf(t words, f *Finding) string {
	if f.Period < 10000 {
		return t("verify.yearOf", strconv.Itoa(f.Period))
	}
	return t("verify.monthOf", strconv.Itoa(f.Period/100), f.Period%100)
}

func percent(v float64) string { return decimal(math.Round(v*1000)/10) + "%" }

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// crumb leads back to the list.
func crumb(c *web.Ctx, more ...web.Crumb) []web.Crumb {
	return append([]web.Crumb{{Text: c.T("verify.title"), Href: atHome}}, more...)
}

// stamp is an instant as pages show it.
func stamp(ms int64) string {
	return time.UnixMilli(ms).In(clock.Zone).Format("2006-01-02 15:04")
}
