package policy

import (
	"net/url"
	"slices"
	"strconv"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
	"jiuye/internal/register/crowd"
)

// simulateRoutes are the pages that ask the columns.
func (r *Room) simulateRoutes(m *web.Mux) {
	m.Get(atHome+"/simulate/{id}", staffRoles, r.fresh(r.simulate))
	m.Get(atHome+"/ask", staffRoles, r.fresh(r.ask))
}

// shiftRow is one area or part of a simulation.
type shiftRow struct {
	Name               string
	Before, Gain, Loss int64
	After              int64
	First, Whole       string // what it costs more (or less): in the first twelve months, altogether
}

// shiftTable is one way to part the people.
type shiftTable struct {
	Head string
	Rows []shiftRow
}

type simulateData struct {
	ID      string
	Form    *web.Form
	None    bool // nothing can be turned
	Figures []web.Figure
	Costs   []costRow
	Notes   []string
	Areas   shiftTable
	Parts   []shiftTable
	Map     draw.Choropleth
	Chart   draw.Chart
	Priced  bool
	Monthly bool // there is more to pay than in the first twelve months
	Took    string
	Export  string
	Done    bool
}

// costRow is one figure of the costs: before, after, and what lies between.
type costRow struct{ Name, Before, After, Change string }

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
	turns, err := r.wordings(c.Context(), c.User, p, r.turns(p))
	if err != nil {
		return err
	}
	data := simulateData{ID: p.ID, None: len(turns) == 0}
	var options []web.Option
	for _, t := range turns {
		options = append(options, web.Option{Value: t.Key, Text: t.option(c)})
	}
	f := c.Form(web.Field{Name: "what", Label: c.T("policy.sim.what"), Kind: "select", Options: options},
		web.Field{Name: "value", Label: c.T("policy.sim.value"), Hint: c.T("policy.sim.hint"), Kind: "number", Min: 0, Top: farthest, Width: "8"})
	data.Form = f
	if len(turns) > 0 {
		at := max(0, slices.IndexFunc(turns, func(t Turn) bool { return t.Key == f.Value("what") }))
		t := &turns[at]
		f.Set("what", t.Key)
		if f.Value("value") != "" || t.version != nil && c.Query("what") != "" {
			value := f.Int("value")
			if f.OK() {
				s, err := r.Simulate(c.Context(), p, t, value, c.User.Area)
				if err != nil {
					return err
				}
				if c.Query("as") == "xlsx" {
					return r.exportSimulation(c, name, t, value, &s)
				}
				r.tried(c, t, value, &s, &data)
			}
		}
	}
	return c.Render("policy/simulate", web.Page{Title: c.T("policy.sim.title", name), Lede: c.T("policy.sim.lede"), Data: data, Form: f, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: name, Href: atHome + "/" + p.ID}, {Text: c.T("policy.sim")}}})
}

// tried fills the page with what a value changes.
func (r *Room) tried(c *web.Ctx, t *Turn, value int64, s *Simulation, data *simulateData) {
	people := c.T("policy.people")
	data.Done, data.Priced, data.Monthly = true, s.Paid.Named || s.Pays.Named, s.Paid.Monthly || s.Pays.Monthly
	data.Figures = []web.Figure{{Label: c.T("policy.sim.now", value0(c, t, t.Value)), Value: lang.Int(s.Total.Before), Unit: people},
		{Label: c.T("policy.sim.then", value0(c, t, value)), Value: lang.Int(s.Total.After()), Unit: people},
		{Label: c.T("policy.sim.gain"), Value: lang.Int(s.Total.Gain), Unit: people}, {Label: c.T("policy.sim.loss"), Value: lang.Int(s.Total.Loss), Unit: people}}
	if t.version != nil {
		data.Figures[0].Label, data.Figures[1].Label = c.T("policy.sim.nowIt"), in(c.Lang, t.Text)
	}
	data.costs(c, s)
	data.Areas = shiftTable{Head: c.T("policy.sim.byArea")}
	for i := range s.Areas {
		data.Areas.Rows = append(data.Areas.Rows, shiftOf(area.Short(s.Areas[i].Area), &s.Areas[i]))
	}
	data.Parts = partTables(c, r.library.person, s)
	data.Map = changesMap(c, s)
	data.sweep(c, t, s)
	data.Took = c.T("policy.sim.took", lang.Int(max(1, s.Took.Milliseconds())))
	if s.Doubt > 0 {
		data.Took += c.T("policy.sim.doubt", lang.Int(s.Doubt))
	}
	q := url.Values{"what": {t.Key}, "value": {strconv.FormatInt(value, 10)}, "as": {"xlsx"}}
	data.Export = atHome + "/simulate/" + url.PathEscape(data.ID) + "?" + q.Encode()
}

// costs tells what is paid before and after.
func (d *simulateData) costs(c *web.Ctx, s *Simulation) {
	if !d.Priced {
		return
	}
	row := func(name string, before, after int64) {
		d.Costs = append(d.Costs, costRow{name, lang.Fen(before), lang.Fen(after), signedFen(after - before)})
	}
	paid, pays := s.Total.Paid, s.Total.Pays
	switch {
	case d.Monthly:
		row(c.T("policy.sim.costYear"), paid.First, pays.First)
		row(c.T("policy.sim.costWhole"), paid.Whole, pays.Whole)
	case s.Pays.Endless:
		row(c.T("policy.sim.costYear"), paid.First, pays.First)
	default:
		row(c.T("policy.sim.costOnce"), paid.Whole, pays.Whole)
	}
	if _, notes := costsOf(c, &s.Pays, pays); len(notes) > 0 {
		d.Notes = notes
	} else {
		_, d.Notes = costsOf(c, &s.Paid, paid)
	}
}

// signedFen is a change in yuan with its sign.
func signedFen(fen int64) string {
	if fen > 0 {
		return "+" + lang.Fen(fen)
	}
	return lang.Fen(fen)
}

func shiftOf(name string, m *crowd.Moved) shiftRow {
	return shiftRow{Name: name, Before: m.Before, Gain: m.Gain, Loss: m.Loss, After: m.After(), First: signedFen(m.Pays.First - m.Paid.First), Whole: signedFen(m.Pays.Whole - m.Paid.Whole)}
}

// partTables are the parts of the people, a table for each way to part them; those of whom nothing is known make the last row.
func partTables(c *web.Ctx, dict *rule.Dictionary, s *Simulation) (tables []shiftTable) {
	at := map[string]int{}
	sums := map[string]*crowd.Moved{}
	for i, one := range parts(dict) {
		if i >= len(s.Parts) {
			break
		}
		k, known := at[one.Kind]
		if !known {
			k = len(tables)
			at[one.Kind], sums[one.Kind] = k, &crowd.Moved{}
			tables = append(tables, shiftTable{Head: c.T("policy.sim.by." + one.Kind)})
		}
		sums[one.Kind].Add(s.Parts[i])
		if s.Parts[i].Before+s.Parts[i].Gain > 0 {
			tables[k].Rows = append(tables[k].Rows, shiftOf(in(c.Lang, one.Name), &s.Parts[i]))
		}
	}
	for kind, k := range at {
		sum := sums[kind]
		if rest := s.Total.Before + s.Total.Gain - sum.Before - sum.Gain; kind != "group" && rest > 0 {
			tables[k].Rows = append(tables[k].Rows, shiftRow{Name: c.T("policy.sim.rest"), Before: s.Total.Before - sum.Before, Gain: s.Total.Gain - sum.Gain, Loss: s.Total.Loss - sum.Loss,
				After: s.Total.After() - sum.After(), First: "—", Whole: "—"})
		}
	}
	return slices.DeleteFunc(tables, func(t shiftTable) bool { return len(t.Rows) == 0 })
}

// value0 is a figure with its unit.
func value0(c *web.Ctx, t *Turn, v int64) string {
	unit := in(c.Lang, t.Unit)
	if unit != "" && unit != "%" {
		unit = " " + unit
	}
	return lang.Int(v) + unit
}

// option is how a figure is offered.
func (t *Turn) option(c *web.Ctx) string {
	if t.version != nil {
		return in(c.Lang, t.Text)
	}
	return c.T(t.word(), in(c.Lang, t.Text), value0(c, t, t.Value))
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
