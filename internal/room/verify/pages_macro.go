package verify

import (
	"math"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

func (r *Room) macro(c *web.Ctx) error { return r.renderMacro(c, nil, nil) }

func (r *Room) takeMacro(c *web.Ctx) error {
	f, _ := web.ActForm(c, "import", fileField(c, MacroColumns))
	return r.take(c, f, func(path string) (Brought, error) { return r.BringMacro(c.Context(), c.User, path, c.Once()) },
		func(f *web.Form, got *Brought) error { return r.renderMacro(c, f, got) })
}

// numbers are an indicator's months in an area: as reported where somebody reported, otherwise as counted.
func (r *Room) numbers(c *web.Ctx, of indicator.Definition, code string, last indicator.Period) (map[int]float64, error) {
	out := map[int]float64{}
	if of.FromRegister() {
		first := indicator.Period((last.Year() - 6) * 100)
		sums, err := r.Indicators.SumsOf(c.Context(), []string{code}, of.ID, first+1, last, zeroDay)
		if err != nil {
			return nil, err
		}
		for _, s := range sums {
			if !s.Period.IsYear() {
				out[int(s.Period)] = float64(s.Numerator)
			}
		}
	}
	reports, err := r.Indicators.Reports(c.Context(), []string{code}, zeroDay)
	for _, rep := range reports {
		if rep.Indicator == of.ID && !rep.Period.IsYear() && rep.State != indicator.Returned {
			out[int(rep.Period)] = float64(rep.Value)
		}
	}
	return out, err
}

// renderMacro holds an indicator beside a macro series of an area.
func (r *Room) renderMacro(c *web.Ctx, failing *web.Form, got *Brought) error {
	list, err := r.indicators(c)
	if err != nil {
		return err
	}
	areas, err := withMacros(c.Context(), r.DB, c.User.Area)
	if err != nil {
		return err
	}
	d := sheetData{Tabs: tabs(c, atMacro), Note: c.T("verify.macroNote"), Actions: []web.Tab{{Text: c.T("verify.template"), Href: atMacro + "/template.xlsx"}}}
	if got != nil {
		d.Inform, d.Tables = broughtTold(c, got)
	}
	if len(areas) == 0 {
		d.Tables = append(d.Tables, rows{ID: "list", Head: c.T("verify.macroTable"), Empty: c.T("verify.noMacro")})
	} else if err := r.compared(c, &d, list, areas); err != nil {
		return err
	}
	b := desk.Box(c, "import", atMacro, 0, failing, failedAs(failing, "import"), fileField(c, MacroColumns))
	b.Open = true
	d.Boxes = []box{b}
	page := web.Page{Title: c.T("verify.tab.macro"), Lede: c.T("verify.macroLede"), Nav: atHome, Crumbs: crumb(c, web.Crumb{Text: c.T("verify.tab.macro")}), Data: d}
	if failing != nil && !failing.OK() {
		page.Form = failing
	}
	return c.Render("verify/sheet", page)
}

func (r *Room) compared(c *web.Ctx, d *sheetData, list []indicator.Definition, areas []string) error {
	var places, choices []web.Option
	for _, code := range areas {
		places = append(places, web.Option{Value: code, Text: area.Name(code)})
	}
	for _, x := range list {
		choices = append(choices, web.Option{Value: x.ID, Text: x.NameIn(c.Lang)})
	}
	code := c.Query("area")
	if !slices.Contains(areas, code) {
		code = areas[0]
	}
	macro, err := macros(c.Context(), r.DB, code)
	if err != nil {
		return err
	}
	var series []web.Option
	for _, m := range macro {
		if !slices.ContainsFunc(series, func(o web.Option) bool { return o.Value == m.Series }) {
			series = append(series, web.Option{Value: m.Series, Text: m.Series})
		}
	}
	f := c.Form(web.Field{Name: "area", Label: c.T("verify.area"), Kind: "select", Options: places}, web.Field{Name: "indicator", Label: c.T("verify.indicator"), Kind: "select", Options: choices},
		web.Field{Name: "series", Label: c.T("verify.series"), Kind: "select", Options: series})
	id, name := c.Query("indicator"), c.Query("series")
	at := slices.IndexFunc(list, func(x indicator.Definition) bool { return x.ID == id })
	if at < 0 {
		at = 0
	}
	if !slices.ContainsFunc(series, func(o web.Option) bool { return o.Value == name }) {
		name = series[0].Value
	}
	of := list[at]
	f.Set("area", code)
	f.Set("indicator", of.ID)
	f.Set("series", name)
	d.Filter, d.Fields = f, []string{"area", "indicator", "series"}
	last := indicator.MonthOf(r.Clock.Today())
	if run, found, err := r.Indicators.Latest(c.Context(), time.Time{}); err != nil {
		return err
	} else if found {
		last = indicator.MonthOf(run.AsOf)
	}
	figure, err := r.numbers(c, of, code, last)
	if err != nil {
		return err
	}
	beside, unit, source := map[int]float64{}, "", ""
	for _, m := range macro {
		if m.Series == name {
			beside[m.Month], unit, source = m.Value, m.Unit, m.Source
		}
	}
	result, ok := Compare(figure, beside)
	if !ok {
		d.Tables = append(d.Tables, rows{ID: "list", Head: c.T("verify.macroTable"), Empty: c.T("verify.tooFew", fewest)})
		return nil
	}
	d.Figures = []web.Figure{{Label: c.T("verify.slope"), Value: decimal(math.Round(result.Slope*100) / 100)}, {Label: c.T("verify.explained"), Value: percent(result.Share)}, {Label: c.T("verify.monthsBoth"), Value: lang.Int(int64(len(result.Rows)))}}
	var x []string
	var residual, on []float64
	t := rows{ID: "list", Wide: true, Head: c.T("verify.macroTable"), Note: c.T("verify.macroSource", name, unit, source), Heads: desk.Heads(c, "month", "+figure", "+figureOn", "+macroValue", "+macroOn", "+residual", "mark")}
	for i := len(result.Rows) - 1; i >= 0; i-- {
		v := result.Rows[i]
		mark := cell{Text: "—"}
		if math.Abs(v.Strikingly) > striking {
			mark = cell{Text: c.T("verify.striking"), Kind: "warn"}
		}
		month := strconv.Itoa(v.Month)
		t.Rows = append(t.Rows, []cell{{Text: month[:4] + "-" + month[4:]}, num(indicator.Figure(int64(v.Figure), of.Unit)), num(one(v.FigureOn)), num(plain(v.Macro)), num(one(v.MacroOn)), num(one(v.Residual)), mark})
	}
	for _, v := range result.Rows {
		month := strconv.Itoa(v.Month)
		x, residual, on = append(x, month[2:4]+"-"+month[4:]), append(residual, math.Round(v.Residual*10)/10), append(on, math.Round(v.FigureOn*10)/10)
	}
	words := draw.ChartWords{Actual: c.T("verify.residual"), Table: c.T("verify.chartTable"), Time: c.T("verify.month")}
	d.Chart, d.ChartHead, d.ChartNote = draw.Chart{Label: c.T("verify.macroChart", area.Name(code), of.NameIn(c.Lang), name), X: x, Actual: residual, Words: words}, c.T("verify.macroChart", area.Name(code), of.NameIn(c.Lang), name), c.T("verify.points")
	d.Script = lines(x, residual, on, words, c.T("verify.figureOn"))
	d.Tables = append(d.Tables, t)
	return nil
}

// plain writes a number of a series: marks between thousands, or decimals where it is small.
func plain(v float64) string {
	if math.Abs(v) >= 1000 {
		return lang.Int(int64(math.Round(v)))
	}
	return decimal(v)
}

// one writes a number with its sign and one decimal.
func one(v float64) string { return draw.Signed1(v) }
