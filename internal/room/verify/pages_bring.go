package verify

import (
	"strconv"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// mostFlaws is how many refused rows a page shows.
const mostFlaws = 50

// broughtTold says what became of a file.
func broughtTold(c *web.Ctx, b *Brought) (*inform, []rows) {
	kind := ""
	if len(b.Flaws) > 0 {
		kind = "warn"
	}
	say := &inform{Kind: kind, Head: c.T("verify.brought"), Text: c.T("verify.broughtText", lang.Int(int64(b.Rows)), lang.Int(int64(b.Taken)), lang.Int(int64(b.Changed)), lang.Int(int64(b.Same)), lang.Int(int64(len(b.Flaws))))}
	if len(b.Flaws) == 0 {
		return say, nil
	}
	t := rows{ID: "flaws", Head: c.T("verify.flaws"), Heads: desk.Heads(c, "row", "why", "content")}
	for _, f := range b.Flaws[:min(len(b.Flaws), mostFlaws)] {
		t.Rows = append(t.Rows, []cell{{Text: strconv.Itoa(f.Row)}, {Text: f.Why}, {Text: strings.Join(f.Cells, " ")}})
	}
	if len(b.Flaws) > mostFlaws {
		t.Note = c.T("verify.firstN", lang.Int(mostFlaws), lang.Int(int64(len(b.Flaws))))
	}
	return say, []rows{t}
}

func fileField(c *web.Ctx, names []string) web.Field {
	return web.Field{Name: "file", Label: c.T("verify.f.file"), Hint: c.T("verify.f.fileHint", strings.Join(names, "、")), Kind: "file", Need: true, Accept: ".xlsx,.csv"}
}

// take reads an uploaded table with read, and shows the page again with what became of it.
func (r *Room) take(c *web.Ctx, f *web.Form, read func(path string) (Brought, error), render func(*web.Form, *Brought) error) error {
	up, err := c.Upload("import_file", mostFile)
	if err != nil {
		return err
	}
	if up == nil {
		f.Fail("import_file", c.T("verify.noFile"))
	}
	if !f.OK() {
		return render(f, nil)
	}
	got, err := read(up.Path)
	if err != nil {
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
			return err
		}
		f.Fail("import_file", fault.TextOf(err))
		return render(f, nil)
	}
	return render(nil, &got)
}

func (r *Room) figures(c *web.Ctx) error { return r.renderFigures(c, nil, nil) }

// listed is how many reported figures the page lists.
const listed = 60

// renderFigures lists the newest figures reported in the reader's area, with a form to bring in more.
func (r *Room) renderFigures(c *web.Ctx, failing *web.Form, got *Brought) error {
	list, err := r.indicators(c)
	if err != nil {
		return err
	}
	var choices []web.Option
	for _, d := range list {
		choices = append(choices, web.Option{Value: d.ID, Text: d.NameIn(c.Lang)})
	}
	if len(choices) == 0 {
		return fault.New(fault.NotFound, "还没有可以按月核对的指标")
	}
	f := c.Form(web.Field{Name: "indicator", Label: c.T("verify.indicator"), Kind: "select", Options: choices}, web.Field{Name: "area", Label: c.T("verify.area"), Kind: "select", Options: own(c.User)})
	code, id := f.Choice("area"), f.Choice("indicator")
	if id == "" {
		id = choices[0].Value
	}
	if code == "" {
		if code, err = r.firstReporting(c, id); err != nil {
			return err
		}
	}
	f.Set("area", code)
	f.Set("indicator", id)
	of, err := r.Indicators.Definition(c.Context(), id)
	if err != nil {
		return err
	}
	reports, err := r.Indicators.Reports(c.Context(), []string{code}, zeroDay)
	if err != nil {
		return err
	}
	var own []indicator.Report
	for _, rep := range reports {
		if rep.Indicator == id && !rep.Period.IsYear() {
			own = append(own, rep)
		}
	}
	counted := map[indicator.Period]int64{}
	if len(own) > 0 && of.FromRegister() {
		sums, err := r.Indicators.SumsOf(c.Context(), []string{code}, id, own[0].Period, own[len(own)-1].Period, zeroDay)
		if err != nil {
			return err
		}
		for _, s := range sums {
			counted[s.Period] = s.Numerator
		}
	}
	t := rows{ID: "list", Head: c.T("verify.reportedList", area.Name(code), of.NameIn(c.Lang)), Note: of.Unit, Heads: desk.Heads(c, "month", "+reported", "+register", "reportState", "by"), Empty: c.T("verify.noReports")}
	for i := len(own) - 1; i >= 0 && len(t.Rows) < listed; i-- {
		rep := own[i]
		beside := num("—")
		if of.FromRegister() {
			beside = num(indicator.Figure(counted[rep.Period], of.Unit))
		}
		t.Rows = append(t.Rows, []cell{{Text: rep.Period.End().Format("2006-01")}, num(indicator.Figure(rep.Value, of.Unit)), beside, {Text: desk.Word(c, "reportState", string(rep.State)), Small: c.T("verify.version", rep.Version)}, {Text: rep.ByName}})
	}
	if len(own) > listed {
		t.Note = c.T("verify.newestN", lang.Int(listed), lang.Int(int64(len(own))))
	}
	d := sheetData{Tabs: tabs(c, atFigures), Filter: f, Fields: []string{"indicator", "area"}, Actions: []web.Tab{{Text: c.T("verify.template"), Href: atFigures + "/template.xlsx"}}}
	if got != nil {
		d.Inform, d.Tables = broughtTold(c, got)
	}
	d.Tables = append(d.Tables, t)
	b := desk.Box(c, "import", atFigures, 0, failing, failedAs(failing, "import"), fileField(c, FigureColumns), web.Field{Name: "note", Label: c.T("verify.f.note"), Hint: c.T("verify.f.noteHint"), Need: true, Max: 100})
	b.Open = true
	d.Boxes = []box{b}
	page := web.Page{Title: c.T("verify.tab.figures"), Lede: c.T("verify.figuresLede"), Nav: atHome, Crumbs: crumb(c, web.Crumb{Text: c.T("verify.tab.figures")}), Data: d}
	if failing != nil && !failing.OK() {
		page.Form = failing
	}
	return c.Render("verify/sheet", page)
}

// firstReporting is the first area that has reported an indicator by month: the reader's own, or one of those right below it.
func (r *Room) firstReporting(c *web.Ctx, id string) (string, error) {
	codes := []string{c.User.Area}
	for _, a := range area.Children(c.User.Area) {
		if a.Level <= area.Banner {
			codes = append(codes, a.Code)
		}
	}
	reports, err := r.Indicators.Reports(c.Context(), codes, zeroDay)
	for _, rep := range reports {
		if rep.Indicator == id && !rep.Period.IsYear() {
			return rep.Area, err
		}
	}
	return c.User.Area, err
}

func (r *Room) takeFigures(c *web.Ctx) error {
	f, _ := web.ActForm(c, "import", fileField(c, FigureColumns), web.Field{Name: "note", Label: c.T("verify.f.note"), Need: true, Max: 100})
	note := f.Text("import_note")
	return r.take(c, f, func(path string) (Brought, error) {
		return r.BringFigures(c.Context(), c.User, path, note, c.Once())
	}, func(f *web.Form, got *Brought) error { return r.renderFigures(c, f, got) })
}

func template(c *web.Ctx, name string, columns []string, example ...[]string) error {
	x := sheet.NewXLSX(c.Attachment(name+"导入模板.xlsx", xlsxType))
	if err := x.Sheet(name, sheet.Columns(columns...)...); err != nil {
		return err
	}
	for _, line := range example {
		if err := x.Row(line...); err != nil {
			return err
		}
	}
	return x.Close()
}

func (r *Room) figuresTemplate(c *web.Ctx) error {
	return template(c, "当月上报数", FigureColumns, []string{area.Name(c.User.Area), "城镇新增就业", r.today().AddDate(0, -1, 0).Format("2006-01"), "120"})
}

func (r *Room) macroTemplate(c *web.Ctx) error {
	return template(c, "宏观数列", MacroColumns, []string{area.Name(c.User.Area), "工业用电量", r.today().AddDate(0, -1, 0).Format("2006-01"), "4215.6", "万千瓦时", "供电公司月报"})
}
