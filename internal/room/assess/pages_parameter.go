package assess

import (
	"net/url"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

type parameterRow struct{ Href, Name, Value, By, Source string }

type parametersData struct {
	Tabs      []web.Tab
	Open, Set []parameterRow
}

func parameterHref(code string) string { return "/assess/parameter?code=" + url.QueryEscape(code) }

func parameterName(c *web.Ctx, p Parameter) string {
	if english(c) {
		return p.En
	}
	return p.Zh
}

// parameters lists what counts today for the reader's area, the open ones first.
func (r *Room) parameters(c *web.Ctx) error {
	values, err := settings(c.Context(), r.DB)
	if err != nil {
		return err
	}
	d := parametersData{Tabs: tabs(c, atParameters)}
	for _, p := range Parameters {
		row := parameterRow{Href: parameterHref(p.Code), Name: parameterName(c, p), By: p.By}
		if s, ok := valueAt(values, p.Code, c.User.Area, "", db.On(r.Clock.Today())); ok {
			row.Value, row.Source = sayUnit(c, p.Unit, s.Value), s.Source
			d.Set = append(d.Set, row)
		} else {
			d.Open = append(d.Open, row)
		}
	}
	return c.Render("assess/parameters", web.Page{Title: c.T("assess.parameters"), Lede: c.T("assess.parametersLede"), Data: d, Nav: atHome})
}

func sayUnit(c *web.Ctx, unit string, v int64) string {
	if unit == money {
		return c.T("assess.yuan", sayValue(unit, v))
	}
	return sayValue(unit, v)
}

type settingRow struct{ From, Area, Section, Value, Source, By, Approver string }

type parameterData struct {
	Name, By string
	At       string
	Rows     []settingRow
	CanSet   bool
}

func parameterForm(c *web.Ctx, p Parameter) *web.Form {
	where := []web.Option{}
	if c.User.Area == region {
		where = append(where, web.Option{Value: "", Text: c.T("assess.everywhere")})
	}
	top := homeOf(c.User)
	if top != region {
		where = append(where, web.Option{Value: top, Text: area.Name(top)})
	}
	for _, a := range area.Children(top) {
		where = append(where, web.Option{Value: a.Code, Text: area.Name(a.Code)})
	}
	fields := []web.Field{{Name: "value", Label: c.T("assess.p.value"), Hint: c.T("assess.p.valueHint", examples[p.Unit]), Need: true, Max: 20, Width: "8"},
		{Name: "from", Label: c.T("assess.p.from"), Kind: "date", Need: true},
		{Name: "area", Label: c.T("assess.area"), Kind: "select", Options: where},
		{Name: "source", Label: c.T("assess.p.source"), Hint: c.T("assess.p.sourceHint"), Need: true, Max: 120}}
	if p.Keyed {
		keys := []web.Option{{Text: c.T("assess.allSections")}}
		for _, s := range sections {
			keys = append(keys, web.Option{Value: s.Letter, Text: industryText(s.Letter, english(c))})
		}
		fields = append(fields, web.Field{Name: "key", Label: c.T("assess.section"), Kind: "select", Options: keys})
	}
	return c.Form(fields...)
}

func (r *Room) askParameter(c *web.Ctx) error {
	p, err := parameterOf(c.Query("code"))
	if err != nil {
		return err
	}
	return r.renderParameter(c, p, parameterForm(c, p))
}

func (r *Room) renderParameter(c *web.Ctx, p Parameter, f *web.Form) error {
	values, err := settings(c.Context(), r.DB)
	if err != nil {
		return err
	}
	d := parameterData{Name: parameterName(c, p), By: p.By, At: parameterHref(p.Code), CanSet: c.User.Role == account.Manager}
	for _, s := range values {
		if s.Code == p.Code {
			d.Rows = append(d.Rows, settingRow{s.From.String(), area.Name(regionOr(s.Area)), industryText(s.Key, english(c)), sayUnit(c, p.Unit, s.Value), s.Source, s.By, s.Approver})
		}
	}
	return c.Render("assess/parameter", web.Page{Title: d.Name, Lede: c.T("assess.p.lede", p.By), Form: f, Data: d, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("assess.title"), Href: atHome}, {Text: c.T("assess.parameters"), Href: atParameters}}})
}

func (r *Room) takeParameter(c *web.Ctx) error {
	p, err := parameterOf(c.Query("code"))
	if err != nil {
		return err
	}
	if c.User.Role != account.Manager {
		return MaySet(c.User, c.User.Area)
	}
	f := parameterForm(c, p)
	s := Setting{Code: p.Code, From: db.On(f.Date("from")), Area: f.Choice("area"), Source: f.Text("source")}
	if p.Keyed {
		s.Key = f.Choice("key")
	}
	if s.Value, err = parseValue(p.Unit, f.Text("value")); err != nil && f.Value("value") != "" {
		f.Fail("value", fault.TextOf(err))
	}
	if !f.OK() {
		return r.renderParameter(c, p, f)
	}
	if err := r.SetParameter(c.Context(), c.User, s, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("assess.p.sent"))
	return c.Redirect(atParameters)
}
