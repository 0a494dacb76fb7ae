package assess

import (
	"strings"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// export writes one assessment as a table: every figure with its source, every check, opinions, measures and follow-ups.
func (r *Room) export(c *web.Ctx) error {
	v, err := r.seen(c)
	if err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(c.T("assess.menu")+"-"+strings.NewReplacer("/", "-", "\\", "-").Replace(cut(v.Title, 40))+".xlsx", xlsxType))
	if err := x.Sheet(c.T("assess.menu"), sheet.Column{Title: c.T("assess.x.part"), Width: 14}, sheet.Column{Title: c.T("assess.x.item"), Width: 34}, sheet.Column{Title: c.T("assess.x.value"), Width: 24}, sheet.Column{Title: c.T("assess.x.source"), Width: 60}); err != nil {
		return err
	}
	d := showData{Dimensions: dimensionsOf(c, &v)}
	if _, err := r.measures(c, &v, &d); err != nil {
		return err
	}
	if err := r.besides(c, &v, &d); err != nil {
		return err
	}
	subject := c.T("assess.part.subject")
	rows := [][]string{{subject, c.T("assess.name"), v.Title, ""}, {subject, c.T("assess.kind"), word(c, "kind", v.Kind), ""}, {subject, c.T("assess.area"), area.FullName(v.Area), ""}, {subject, c.T("assess.unit"), v.Unit, ""},
		{subject, c.T("assess.state"), word(c, "state", v.State), ""}}
	for _, p := range d.Subject {
		rows = append(rows, []string{subject, p.Key, p.Value, p.Note})
	}
	for _, n := range d.Dimensions {
		rows = append(rows, []string{n.Name, c.T("assess.x.light"), n.Grade.Text, ""})
		for _, p := range n.Pairs {
			rows = append(rows, []string{n.Name, p.Key, p.Value, p.Note})
		}
		for _, w := range n.Why {
			rows = append(rows, []string{n.Name, c.T("assess.x.check"), w.Text, w.Note})
		}
		for _, m := range n.Measures {
			rows = append(rows, []string{n.Name, c.T("assess.measures"), m.Text, join(m.Unit, m.Days, m.State.Text)})
		}
	}
	opinions, err := opinionsOf(c.Context(), r.DB, v.ID)
	if err != nil {
		return err
	}
	for _, o := range opinions {
		rows = append(rows, []string{c.T("assess.opinions"), o.Department, word(c, "stance", o.Stance), join(o.Text, o.Document)})
	}
	if d.Verdict != "" {
		rows = append(rows, []string{c.T("assess.conclusion"), d.Verdict, d.Conclusion, d.Concluder})
	}
	for _, f := range d.Follow {
		rows = append(rows, []string{c.T("assess.follow"), c.T("assess.months", f.Months), c.T("assess.x.follow", lang.Int(f.Estimate), lang.Int(f.Actual)), f.Source})
	}
	for _, row := range rows {
		if err := x.Row(row...); err != nil {
			return err
		}
	}
	return x.Close()
}

// exportCompare writes the comparison as it is shown.
func (r *Room) exportCompare(c *web.Ctx) error {
	rows, _, err := r.ranking(c)
	if err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(c.T("assess.compare")+".xlsx", xlsxType))
	columns := []sheet.Column{{Title: c.T("assess.name"), Width: 36}, {Title: c.T("assess.unit"), Width: 24}, {Title: c.T("assess.industry"), Width: 20}, {Title: c.T("assess.area"), Width: 14},
		{Title: c.T("assess.invest") + c.T("assess.inWan"), Kind: sheet.Number}, {Title: c.T("assess.f.permanent"), Kind: sheet.Number}, {Title: c.T("assess.x.interval")},
		{Title: c.T("assess.f.intensity"), Kind: sheet.Number}, {Title: c.T("assess.perWan"), Kind: sheet.Number}}
	for _, d := range Dimensions {
		columns = append(columns, sheet.Column{Title: word(c, "dimension", d)})
	}
	if err := x.Sheet(c.T("assess.compare"), append(columns, sheet.Column{Title: c.T("assess.follow")}, sheet.Column{Title: c.T("assess.policies"), Width: 40})...); err != nil {
		return err
	}
	number := strings.NewReplacer(",", "")
	for _, v := range rows {
		cells := []string{v.Title, v.Unit, v.Industry, v.Place, number.Replace(v.Invest), number.Replace(lang.Int(v.Posts)), v.Interval, number.Replace(v.Intensity), v.PerWan}
		for _, l := range v.Lights {
			cells = append(cells, l.Grade.Text)
		}
		var names []string
		for _, p := range v.Policies {
			names = append(names, p.Text)
		}
		if err := x.Row(append(cells, v.Actual, strings.Join(names, "、"))...); err != nil {
			return err
		}
	}
	return x.Close()
}
