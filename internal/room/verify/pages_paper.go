package verify

import (
	"math"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/paper"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// sheetDocx is the evidence sheet as a Word file, to be signed and filed. People stay out of it: they are looked up by right, and logged.
func (r *Room) sheetDocx(c *web.Ctx) error {
	f, err := r.theFinding(c)
	if err != nil {
		return err
	}
	title := desk.Word(c, "check", f.Kind)
	if f.Indicator != "" {
		of, err := r.Indicators.Definition(c.Context(), f.Indicator)
		if err != nil {
			return err
		}
		title = of.Name
	}
	steps, err := r.steps(c.Context(), f.ID)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.note(c.Context(), tx, c.User, "sheet", f.ID, f.Area, "下载核查单")
	}); err != nil {
		return err
	}
	d := paper.Document{Title: c.T("verify.sheetTitle", area.FullName(f.Area), periodOf(c.T, &f), title), Blocks: []paper.Block{
		paper.Plain("%s", c.T("verify.neutral")),
		paper.Plain("%s", c.T("verify.sheetData", f.On.String(), f.Evidence.AsOf)),
		paper.Heading{Rank: 1, Text: c.T("verify.sheet1")}}}
	signals := paper.Table{Head: []string{c.T("verify.kind"), c.T("verify.seen2"), c.T("verify.expected"), c.T("verify.measure"), c.T("verify.limit"), c.T("verify.rule")}, Right: []bool{false, true, true, true, true, false}}
	for _, s := range f.Signals {
		signals.Rows = append(signals.Rows, []string{desk.Word(c, "check", s.Kind), seenText(&f, s.Kind, s.Seen), seenText(&f, s.Kind, s.Expected), measured(c.T, s.Kind, s.Value), measured(c.T, s.Kind, s.Limit), desk.Word(c, "rule", s.Kind)})
	}
	d.Blocks = append(d.Blocks, signals)
	if f.Indicator != "" {
		d.Blocks = append(d.Blocks, paper.Heading{Rank: 1, Text: c.T("verify.sheet2")})
		d.Blocks = append(d.Blocks, monthsOnPaper(c, &f)...)
	}
	if f.Evidence.Of > 0 {
		d.Blocks = append(d.Blocks, paper.Plain("%s：%s", c.T("verify.employed"), lang.Int(f.Evidence.Of)))
	}
	if len(steps) > 0 {
		t := paper.Table{Head: []string{c.T("verify.sheetAt"), c.T("verify.sheetWhat"), c.T("verify.by"), c.T("verify.content")}}
		for _, s := range steps {
			t.Rows = append(t.Rows, []string{stamp(s.At), desk.Word(c, "step", s.What), s.By, s.Text})
		}
		d.Blocks = append(d.Blocks, paper.Heading{Rank: 1, Text: c.T("verify.sheet3")}, t)
	}
	return d.Docx(c.Attachment(d.Title+".docx", docxType))
}

// monthsOnPaper are the chart and the table of a finding's months.
func monthsOnPaper(c *web.Ctx, f *Finding) []paper.Block {
	e := &f.Evidence
	t := paper.Table{Head: []string{c.T("verify.month"), c.T("verify.reported"), c.T("verify.register"), c.T("verify.before")}, Right: []bool{false, true, true, true}, Note: e.Unit}
	g := paper.Chart{Title: c.T("verify.chart"), Kind: paper.Lines, Unit: e.Unit, Series: []paper.Series{{Name: c.T("verify.reported")}, {Name: c.T("verify.register")}}}
	at := func(list []*int64, m int) (string, float64) {
		if m >= len(list) || list[m] == nil {
			return "—", math.NaN()
		}
		return indicator.Figure(*list[m], e.Unit), indicator.Plot(*list[m], e.Unit)
	}
	for m := range e.Reported {
		reported, a := at(e.Reported, m)
		register, b := at(e.Register, m)
		before, _ := at(e.Before, m)
		t.Rows = append(t.Rows, []string{c.T("verify.monthN", m+1), reported, register, before})
		g.Labels = append(g.Labels, c.T("verify.monthN", m+1))
		g.Series[0].Values, g.Series[1].Values = append(g.Series[0].Values, a), append(g.Series[1].Values, b)
	}
	if e.Register == nil {
		g.Series = g.Series[:1]
	}
	return []paper.Block{g, t}
}
