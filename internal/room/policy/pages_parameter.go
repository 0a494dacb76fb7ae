package policy

import (
	"slices"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
)

// parameterRow is one parameter in the list.
type parameterRow struct {
	Name, Href, Value, Note, By string
	Used                        []web.Tab // policies
}

type parametersData struct{ Open, Set []parameterRow }

// parameters lists what the documents leave to a later decision: first what nobody has set.
func (r *Room) parameters(c *web.Ctx) error {
	cat, on := r.catalogue(), rule.DayOf(r.Clock.Today())
	used := map[string][]web.Tab{}
	for _, e := range cat.entries {
		for _, name := range e.Parameters {
			used[name] = append(used[name], web.Tab{Text: e.ID + " " + in(c.Lang, e.Name), Href: atHome + "/" + e.ID})
		}
	}
	var data parametersData
	var names []string
	for name, p := range cat.params {
		if name == p.Name.Zh {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if len(used[a]) > 0 && len(used[b]) > 0 && used[a][0].Text != used[b][0].Text {
			return strings.Compare(used[a][0].Text, used[b][0].Text)
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		p := cat.params[name]
		row := parameterRow{Name: in(c.Lang, p.Name), Href: parameterHref(name), Value: valueNow(p, on), Note: p.Note, By: p.By, Used: used[name]}
		if unset(p, on) {
			row.Value = ""
			data.Open = append(data.Open, row)
		} else {
			data.Set = append(data.Set, row)
		}
	}
	return c.Render("policy/parameters", web.Page{Title: c.T("policy.par.title"), Lede: c.T("policy.par.lede", len(data.Open), len(data.Set)), Data: data, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.cat.title"), Href: atHome + "/catalogue"}}})
}

type settingLine struct{ From, Class, Area, Value, Source, By, Approver string }

type parameterData struct {
	Name    string
	Param   *rule.Parameter
	Open    bool
	Value   string
	History []settingLine
	Waiting []web.Tab
	MaySet  bool
	Used    []web.Tab
}

func (r *Room) parameterForm(c *web.Ctx, p *rule.Parameter) *web.Form {
	areas := []web.Option{}
	if c.User.Area == region {
		areas = append(areas, web.Option{Value: "", Text: c.T("policy.par.everywhere")})
	}
	f := c.Form(
		web.Field{Name: "value", Label: c.T("policy.par.value"), Hint: c.T("policy.par.valueHint"), Need: true, Max: 20, Width: "8", Unit: p.Unit.Zh},
		web.Field{Name: "from", Label: c.T("policy.par.from"), Kind: "date", Need: true},
		web.Field{Name: "area", Label: c.T("policy.par.area"), Hint: c.T("policy.par.areaHint"), Max: 12, Width: "8", Options: areas},
		web.Field{Name: "class", Label: c.T("policy.par.class"), Hint: c.T("policy.par.classHint"), Max: 20, Width: "8"},
		web.Field{Name: "source", Label: c.T("policy.par.source"), Hint: c.T("policy.par.sourceHint"), Need: true, Max: 200},
	)
	if c.User.Area != region {
		f.Set("area", c.User.Area)
	}
	return f
}

// parameter is one parameter: its value, its history, and for managers the form that sets it.
func (r *Room) parameter(c *web.Ctx) error { return r.parameterPage(c, nil) }

func (r *Room) parameterPage(c *web.Ctx, f *web.Form) error {
	cat, on := r.catalogue(), rule.DayOf(r.Clock.Today())
	p := cat.params[c.Query("name")]
	if p == nil {
		return fault.New(fault.NotFound, "没有名为“%s”的参数", c.Query("name"))
	}
	if f == nil {
		f = r.parameterForm(c, p)
	}
	data := parameterData{Name: p.Name.Zh, Param: p, Open: unset(p, on), Value: valueNow(p, on), MaySet: maySet(c.User, areaOf(c.User)) == nil}
	list, err := r.store.settings(c.Context(), p.Name.Zh)
	if err != nil {
		return err
	}
	slices.Reverse(list)
	for _, s := range list {
		l := settingLine{From: s.From.String(), Class: s.Key, Area: c.T("policy.par.everywhere"), Value: s.Value, Source: s.Source, By: s.By, Approver: s.Approver}
		if s.Area != "" {
			l.Area = r.AreaName(s.Area)
		}
		data.History = append(data.History, l)
	}
	for i := range r.library.params[p.Name.Zh].Rows {
		s := &r.library.params[p.Name.Zh].Rows[i]
		if !s.Open {
			data.History = append(data.History, settingLine{From: s.From.String(), Class: s.Key, Area: c.T("policy.par.everywhere"), Value: valueText(r.library.params[p.Name.Zh], s.From, s.Key, s.Area),
				Source: p.Note, By: c.T("policy.ver.shipped")})
		}
	}
	for _, e := range cat.entries {
		if slices.Contains(e.Parameters, p.Name.Zh) {
			data.Used = append(data.Used, web.Tab{Text: e.ID + " " + in(c.Lang, e.Name), Href: atHome + "/" + e.ID})
		}
	}
	if r.Approvals != nil {
		waiting, err := r.Approvals.List(c.Context(), approval.Filter{Kind: KindParameter, Object: "parameter", ObjectID: objectID(p.Name.Zh, 0), States: []approval.State{approval.Waiting}}, 0, perPage)
		if err != nil {
			return err
		}
		for _, it := range waiting {
			data.Waiting = append(data.Waiting, web.Tab{Text: it.Title + "（" + it.ByName + "）", Href: approval.Href(it.ID)})
		}
	}
	return c.Render("policy/parameter", web.Page{Title: in(c.Lang, p.Name), Lede: p.Note, Data: data, Form: f, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.par.title"), Href: atHome + "/parameters"}}})
}

// areaOf is the area for which somebody sets a parameter when they say nothing else.
func areaOf(u web.User) string {
	if u.Area == region {
		return ""
	}
	return u.Area
}

// askParameter asks a colleague to agree to a value.
func (r *Room) askParameter(c *web.Ctx) error {
	p := r.catalogue().params[c.Query("name")]
	if p == nil {
		return fault.New(fault.NotFound, "没有名为“%s”的参数", c.Query("name"))
	}
	f := r.parameterForm(c, p)
	s := setting{Name: p.Name.Zh, Value: f.Text("value"), From: db.On(f.Date("from")), Area: f.Text("area"), Key: f.Text("class"), Source: f.Text("source")}
	if f.OK() {
		if s.Area == "" {
			s.Area = areaOf(c.User)
		}
		if err := s.sound(p); err != nil {
			f.Fail("value", fault.TextOf(err))
		}
		if strings.Trim(s.Area, "0123456789") != "" {
			f.Fail("area", c.T("policy.par.areaWrong"))
		} else if err := maySet(c.User, s.Area); err != nil {
			f.Fail("area", fault.TextOf(err))
		}
	}
	if !f.OK() {
		return r.parameterPage(c, f)
	}
	if err := r.SetParameter(c.Context(), c.User, s, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("policy.par.asked"))
	return c.Redirect(parameterHref(p.Name.Zh))
}
