package supervise

import (
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func (r *Room) schemeList(c *web.Ctx) error { return r.renderSchemes(c, nil, "") }

func (r *Room) schemeFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "title", Label: c.T("supervise.f.appraisalName"), Hint: c.T("supervise.f.appraisalHint"), Need: true, Max: 80}, {Name: "area", Label: c.T("supervise.area"), Hint: c.T("supervise.f.schemeArea"), Kind: "select", Need: true, Options: appraisers(c.User)},
		{Name: "year", Label: c.T("supervise.year"), Kind: "number", Need: true, Min: 2021, Top: 2100, Width: "4"}, {Name: "cutoff", Label: c.T("supervise.cutoff"), Hint: c.T("supervise.f.cutoffHint"), Kind: "date", Need: true, Width: "8"}}
}

// appraisers are the areas whose areas below somebody may appraise: leagues and the region.
func appraisers(u web.User) []web.Option {
	return slices.DeleteFunc(account.Places(u.Area), func(o web.Option) bool { return area.Level(o.Value) > area.League })
}

var schemeKind = map[string]string{Draft: "", Published: "warn", Asked: "warn", Final: "ok"}

func (r *Room) renderSchemes(c *web.Ctx, failing *web.Form, failed string) error {
	list, err := schemes(c.Context(), r.DB, c.User.Area)
	if err != nil {
		return err
	}
	t := table{ID: "list", Head: word(c, "tab", "appraisals"), Heads: heads(c, "appraisal", "+year", "area", "cutoff", "state"), Empty: c.T("supervise.noSchemes")}
	for _, s := range list {
		if !readable(c, &s) {
			continue
		}
		t.Rows = append(t.Rows, []cell{{Text: s.Title, Href: schemeAt(s.ID)}, {Text: itoa(s.Year), Right: true}, {Text: area.Name(s.Area)}, {Text: s.Cutoff.String()}, {Text: word(c, "scheme", s.State), Kind: schemeKind[s.State]}})
	}
	d := content{Tabs: tabs(c, atAppraisal), Tables: []table{t}}
	if MayLead(c.User, c.User.Area) == nil {
		d.Boxes = []box{desk.Box(c, "draw", atAppraisal, 0, failing, failed, r.schemeFields(c)...)}
	}
	return c.Render("supervise/sheet", page(c, word(c, "tab", "appraisals"), c.T("supervise.appraisalsLede"), atHome, c.T("supervise.title"), failing, d))
}

func (r *Room) takeScheme(c *web.Ctx) error {
	if err := MayLead(c.User, c.User.Area); err != nil {
		return err
	}
	f, _ := web.ActForm(c, "draw", r.schemeFields(c)...)
	s := Scheme{Title: f.Text("draw_title"), Area: f.Choice("draw_area"), Year: f.Int("draw_year"), Cutoff: db.On(f.Date("draw_cutoff"))}
	id := int64(0)
	return carry(c, f, func() string { return schemeAt(id) }, func() (err error) {
		id, err = r.Draw(c.Context(), c.User, s, c.Once())
		return err
	}, func() error { return r.renderSchemes(c, f, "draw") })
}

// readable: a draft is its makers'; what is published everybody reads whom it is about.
func readable(c *web.Ctx, s *Scheme) bool {
	return MayLead(c.User, s.Area) == nil || s.State != Draft && MayRead(c.User, s.Area) == nil
}

func (r *Room) theScheme(c *web.Ctx) (Scheme, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Scheme{}, err
	}
	s, err := schemeByID(c.Context(), r.DB, id)
	if err != nil {
		return s, err
	}
	if err := MayRead(c.User, s.Area); err != nil {
		return s, err
	}
	if !readable(c, &s) {
		return s, fault.New(fault.Denied, "考核方案还在制定，公布以后被考核地区可以查看")
	}
	return s, nil
}

func (r *Room) schemeActs(c *web.Ctx, s *Scheme, list []Criterion, appeals []Appeal) map[string][]web.Field {
	note := func(need bool) web.Field {
		return web.Field{Name: "note", Label: c.T("supervise.f.note"), Kind: "textarea", Need: need, Rows: 3, Max: 600}
	}
	out := map[string][]web.Field{}
	lead := MayLead(c.User, s.Area) == nil
	numbers := web.Field{Name: "no", Label: c.T("supervise.criterion"), Kind: "select"}
	for _, x := range list {
		numbers.Options = append(numbers.Options, web.Option{Value: itoa(x.No), Text: x.Name})
	}
	if lead && s.State == Draft {
		input := web.Field{Name: "input", Label: c.T("supervise.input"), Kind: "select"}
		defs, _ := r.Indicators.Definitions(c.Context())
		for _, d := range defs {
			input.Options = append(input.Options, web.Option{Value: d.ID, Text: d.Name})
		}
		input.Options = append(input.Options, options(c, "counted", counted)...)
		change := numbers
		change.Hint = c.T("supervise.f.criterionHint")
		out["criterion"] = []web.Field{change, {Name: "name", Label: c.T("supervise.f.criterionName"), Max: 40}, {Name: "rule", Label: c.T("supervise.scoring"), Kind: "select", Options: options(c, "rule", scoring)}, input,
			{Name: "weight", Label: c.T("supervise.weight"), Hint: c.T("supervise.f.weightHint"), Kind: "number", Need: true, Width: "4", Unit: c.T("supervise.points")}, {Name: "each", Label: c.T("supervise.each"), Kind: "number", Width: "4", Unit: c.T("supervise.points")}}
		out["compute"] = []web.Field{}
		if s.Hash != "" {
			out["publish"] = []web.Field{{Name: "day", Label: c.T("supervise.f.appealUntil"), Kind: "date", Need: true, Width: "8"}}
		}
	}
	if s.State == Published {
		if slices.Contains(s.Areas(), c.User.Area) {
			numbers.Need = true
			out["appeal"] = []web.Field{numbers, note(true)}
		}
		if lead {
			which := web.Field{Name: "which", Label: c.T("supervise.appeals"), Kind: "select", Need: true}
			for _, a := range appeals {
				if a.State == Open && a.ByID != c.User.ID {
					which.Options = append(which.Options, web.Option{Value: itoa(a.ID), Text: area.Name(a.Area) + "：" + a.Text})
				}
			}
			if len(which.Options) > 0 {
				out["reply"] = []web.Field{which, {Name: "upheld", Label: c.T("supervise.f.upheld"), Kind: "radios", Need: true, Options: options(c, "appeal", []string{Upheld, Rejected})},
					{Name: "points", Label: c.T("supervise.f.points"), Kind: "number", Width: "4", Unit: c.T("supervise.points")}, note(true)}
			}
			out["final"] = []web.Field{note(true)}
		}
	}
	return out
}
