package policy

import (
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
)

// simulateRoutes are the pages that ask the columns.
func (r *Room) simulateRoutes(m *web.Mux) {
	m.Get(atHome+"/simulate/{id}", staffRoles, r.fresh(r.simulate))
	m.Get(atHome+"/ask", staffRoles, r.fresh(r.ask))
}

// shiftRow is one area or group of a simulation.
type shiftRow struct {
	Name               string
	Before, Gain, Loss int64
	After              int64
	Cost               string
}

type simulateData struct {
	ID      string
	Form    *web.Form
	None    bool // nothing can be turned
	Figures []web.Figure
	Rows    []shiftRow
	Groups  []shiftRow
	Bars    []draw.Row
	Chart   draw.Chart
	Priced  bool
	Note    string
	Done    bool
}

const farthest = 100_000 // a threshold beyond is a slip

// simulate tries another value of one of a policy's figures.
func (r *Room) simulate(c *web.Ctx) error {
	p, err := r.catalogue().find(c.R.PathValue("id"))
	if err != nil {
		return err
	}
	if err := isFor(p, false); err != nil {
		return err
	}
	if r.Crowd == nil {
		return fault.New(fault.Unavailable, "人口列还没有接入，不能模拟")
	}
	name := in(c.Lang, p.Name)
	turns := r.turns(p)
	data := simulateData{ID: p.ID, None: len(turns) == 0}
	var options []web.Option
	for _, t := range turns {
		options = append(options, web.Option{Value: t.Key, Text: c.T(t.word(), in(c.Lang, t.Text), value0(c, &t, t.Value))})
	}
	f := c.Form(web.Field{Name: "what", Label: c.T("policy.sim.what"), Kind: "select", Options: options},
		web.Field{Name: "value", Label: c.T("policy.sim.value"), Hint: c.T("policy.sim.hint"), Kind: "number", Min: 0, Top: farthest, Width: "8"})
	data.Form = f
	if len(turns) > 0 {
		f.Set("what", turns[0].Key)
		if f.Value("value") != "" {
			if err := r.tried(c, p, turns, f, &data); err != nil {
				return err
			}
		}
	}
	return c.Render("policy/simulate", web.Page{Title: c.T("policy.sim.title", name), Lede: c.T("policy.sim.lede"), Data: data, Form: f, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: name, Href: atHome + "/" + p.ID}, {Text: c.T("policy.sim")}}})
}

// tried fills the page with what a value changes.
func (r *Room) tried(c *web.Ctx, p *rule.Policy, turns []Turn, f *web.Form, data *simulateData) error {
	at := slices.IndexFunc(turns, func(t Turn) bool { return t.Key == f.Value("what") })
	if at < 0 {
		at = 0
	}
	t := &turns[at]
	value := f.Int("value")
	if !f.OK() {
		return nil
	}
	s, err := r.Simulate(c.Context(), p, t, value, c.User.Area)
	if err != nil {
		return err
	}
	people := c.T("policy.people")
	data.Done, data.Priced = true, s.Priced
	data.Figures = []web.Figure{{Label: c.T("policy.sim.now", value0(c, t, t.Value)), Value: lang.Int(s.Total.Before), Unit: people},
		{Label: c.T("policy.sim.then", value0(c, t, value)), Value: lang.Int(s.Total.Before + s.Total.Gain - s.Total.Loss), Unit: people},
		{Label: c.T("policy.sim.gain"), Value: lang.Int(s.Total.Gain), Unit: people}, {Label: c.T("policy.sim.loss"), Value: lang.Int(s.Total.Loss), Unit: people}}
	if s.Priced {
		data.Figures = append(data.Figures, web.Figure{Label: c.T("policy.sim.cost"), Value: lang.Fen(s.Cost(s.Total)), Unit: c.T("policy.sim.yuan")})
	}
	for _, a := range s.Areas {
		row := shiftRow{Name: area.Short(a.Area), Before: a.Before, Gain: a.Gain, Loss: a.Loss, After: a.Before + a.Gain - a.Loss}
		if s.Priced {
			row.Cost = lang.Fen(s.Cost(a))
		}
		data.Rows = append(data.Rows, row)
		data.Bars = append(data.Bars, draw.Row{Name: row.Name, Value: float64(a.Gain + a.Loss), Text: c.T("policy.sim.bar", lang.Int(a.Gain), lang.Int(a.Loss))})
	}
	slices.SortStableFunc(data.Bars, func(a, b draw.Row) int { return int(b.Value - a.Value) })
	for _, g := range s.Groups {
		field := &r.Crowd.Dictionary().Fields[g.Field]
		data.Groups = append(data.Groups, shiftRow{Name: in(c.Lang, rule.Word{Zh: field.Zh, En: field.Label()}), Before: g.Before, After: g.After})
	}
	data.sweep(c, t, &s)
	data.Note = c.T("policy.sim.took", lang.Int(max(1, s.Took.Milliseconds())))
	if s.Doubt > 0 {
		data.Note += c.T("policy.sim.doubt", lang.Int(s.Doubt))
	}
	return nil
}

// value0 is a figure with its unit.
func value0(c *web.Ctx, t *Turn, v int64) string {
	unit := in(c.Lang, t.Unit)
	if unit != "" && unit != "%" {
		unit = " " + unit
	}
	return lang.Int(v) + unit
}

// word is how a figure is offered: of a range, which of its ends it is.
func (t *Turn) word() string {
	switch {
	case t.threshold != nil && t.threshold.Upper:
		return "policy.sim.upper"
	case t.threshold != nil && t.threshold.Range:
		return "policy.sim.lower"
	}
	return "policy.sim.figure"
}

func (d *simulateData) sweep(c *web.Ctx, t *Turn, s *Simulation) {
	if len(s.Y) == 0 || slices.Max(s.Y) == 0 {
		return
	}
	unit := in(c.Lang, t.Unit)
	d.Chart = draw.Chart{Label: c.T("policy.sim.sweepLabel", in(c.Lang, t.Text)), Words: draw.ChartWords{Actual: c.T("policy.sim.could"), Table: c.T("policy.sim.table"), Time: unit}}
	for i := range s.X {
		d.Chart.X = append(d.Chart.X, lang.Int(s.X[i]))
		d.Chart.Actual = append(d.Chart.Actual, float64(s.Y[i]))
	}
}
