package dispatch

import (
	"fmt"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
)

// monthAsked is the month of the address, otherwise this one.
func (r *Room) monthAsked(c *web.Ctx) int {
	if m, err := strconv.Atoi(c.Query("month")); err == nil && reportable(m, r.month()) {
		return m
	}
	return r.month()
}

// monthOptions are the months that can be chosen.
func (r *Room) monthOptions(c *web.Ctx) (list []web.Option) {
	for i := range 12 {
		m := monthAfter(r.month(), -i)
		list = append(list, web.Option{Value: strconv.Itoa(m), Text: monthName(c, m)})
	}
	return list
}

// boardRows is how many units the board shows; the list has them all.
const boardRows = 20

func (r *Room) board(c *web.Ctx) error {
	code, month := areaAsked(c), r.monthAsked(c)
	b, err := r.MakeBoard(c.Context(), code, month)
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "month", Label: c.T("dispatch.month"), Kind: "select", Options: r.monthOptions(c)}, web.Field{Name: "area", Label: c.T("dispatch.area"), Kind: "select", Options: placesIn(c.User)})
	f.Set("month", strconv.Itoa(month))
	query := fmt.Sprintf("?month=%d&area=%s", month, code)
	d := sheetData{Tabs: tabs(c, atHome), Filter: f, Fields: []string{"month", "area"}, Actions: []web.Tab{{Text: c.T("dispatch.export"), Href: "/dispatch/board.xlsx" + query}, {Text: c.T("dispatch.enter"), Href: atUnits + "/new"}}, Note: c.T("dispatch.definition")}
	kind := map[bool]string{true: "warn"}
	d.Figures = []web.Figure{
		{Label: c.T("dispatch.f.units"), Value: lang.Int(int64(len(b.Rows))), Unit: c.T("dispatch.unit"), Href: atUnits},
		{Label: c.T("dispatch.f.reported"), Value: lang.Int(b.Reported), Unit: c.T("dispatch.unit")},
		{Label: c.T("dispatch.f.late"), Value: lang.Int(b.Late), Unit: c.T("dispatch.unit"), Kind: kind[b.Late > 0]},
		{Label: c.T("dispatch.f.gap"), Value: lang.Int(b.Sum.Openings), Unit: c.T("dispatch.people")},
		{Label: c.T("dispatch.f.filled"), Value: lang.Int(b.Sum.Filled), Unit: c.T("dispatch.people")},
		{Label: c.T("dispatch.f.told"), Value: lang.Int(b.Sum.Told), Unit: c.T("dispatch.people")},
		rateFigure(c, b.Sum),
		{Label: c.T("dispatch.f.ahead"), Value: lang.Int(b.Ahead), Unit: c.T("dispatch.people")},
		{Label: c.T("dispatch.f.train"), Value: lang.Int(b.Train), Unit: c.T("dispatch.people")},
		{Label: c.T("dispatch.f.noOfficer"), Value: lang.Int(b.NoOfficer), Unit: c.T("dispatch.unit"), Kind: kind[b.NoOfficer > 0], Href: atUnits + "?officer=none"},
		{Label: c.T("dispatch.f.requests"), Value: lang.Int(b.Requests.Open), Unit: c.T("dispatch.piece"), Kind: kind[b.Requests.Late > 0]},
	}
	if b.Requests.Closed > 0 {
		d.Figures = append(d.Figures, web.Figure{Label: c.T("dispatch.f.content"), Value: lang.Percent(b.Requests.Content * 10_000 / b.Requests.Closed)})
	}
	if b.Cut {
		d.Inform = &inform{Kind: "warn", Head: c.T("dispatch.cut"), Text: c.T("dispatch.cutText", lang.Int(mostUnits))}
	}
	d.Tables = []table{unitRows(c, b, boardRows), partTable(c, "areas", b.Areas, func(k string) string { return area.Name(k) }, true), jobTable(c, b.Jobs), partTable(c, "industries", b.Industries, func(k string) string { return industryName(c, k) }, false), trendTable(c, b.Trend)}
	if len(b.Actions) > 0 {
		t := table{ID: "acts", Head: c.T("dispatch.h.acts"), Heads: heads(c, "kindOf", "+times", "+sent", "+met")}
		for _, a := range b.Actions {
			t.Rows = append(t.Rows, []cell{{Text: word(c, "kind", a.Kind)}, num(a.N), num(a.Sent), num(a.Met)})
		}
		d.Tables = append(d.Tables, t)
	}
	open, err := r.listRequests(c.Context(), code, boardRows)
	if err != nil {
		return err
	}
	if len(open) > 0 {
		t := table{ID: "requests", Head: c.T("dispatch.h.open"), Heads: heads(c, "name", "request", "doer", "due", "state")}
		for _, q := range open {
			due := cell{Text: q.Due.String()}
			if q.State == OpenRequest && q.Due.Before(r.Clock.Today()) {
				due.Small = c.T("dispatch.late")
			}
			t.Rows = append(t.Rows, []cell{{Text: q.Unit, Href: unitAt(q.EmployerID)}, {Text: cut(q.Text, 40), Small: word(c, "ask", q.Kind)}, {Text: q.Doer}, due, {Text: word(c, "qstate", q.State), Kind: stateKind[q.State]}})
		}
		d.Tables = append(d.Tables, t)
	}
	d.Chart, d.ChartH = trendChart(c, b.Trend), c.T("dispatch.h.chart")
	return c.Render("dispatch/sheet", web.Page{Title: c.T("dispatch.title"), Lede: c.T("dispatch.lede", area.Name(code), monthName(c, month), strconv.Itoa(dueDay)), Data: d})
}

// unitRows are the board's units, those with the most left first.
func unitRows(c *web.Ctx, b *Board, most int) table {
	t := table{ID: "units", Head: c.T("dispatch.h.units"), Heads: heads(c, "name", "area", "+gap", "+filled", "+told", "+rate", "officer", "report"), Empty: c.T("dispatch.noUnits")}
	if len(b.Rows) > most {
		t.Note = c.T("dispatch.firstN", lang.Int(int64(most)), lang.Int(int64(len(b.Rows))))
	}
	for i := range b.Rows[:min(len(b.Rows), most)] {
		x := &b.Rows[i]
		state := cell{Text: c.T("dispatch.notYet"), Href: reportAt(x.EmployerID, b.Month)}
		if x.Reported {
			state = cell{Text: word(c, "rstate", x.State), Href: reportAt(x.EmployerID, b.Month)}
		}
		if x.Late {
			state.Small = c.T("dispatch.late")
		}
		officer := x.OfficerName
		if officer == "" {
			officer = c.T("dispatch.noOfficer")
		}
		t.Rows = append(t.Rows, []cell{{Text: x.Name, Href: unitAt(x.EmployerID), Small: industryName(c, x.Industry)}, {Text: area.Name(area.At(x.Area, area.Banner))}, num(x.Openings), num(x.Filled), num(x.Told), {Text: rateText(c, x.Closing), Right: true}, {Text: officer}, state})
	}
	return t
}

func partTable(c *web.Ctx, id string, parts []Part, name func(string) string, late bool) table {
	keys := []string{"of." + id, "+units", "+gap", "+filled", "+told", "+rate"}
	if late {
		keys = append(keys, "+lateUnits")
	}
	t := table{ID: id, Head: c.T("dispatch.h." + id), Heads: heads(c, keys...), Empty: c.T("dispatch.none")}
	for _, p := range parts {
		row := []cell{{Text: name(p.Key)}, num(p.Units), num(p.Openings), num(p.Filled), num(p.Told), {Text: rateText(c, p.Closing), Right: true}}
		if late {
			row = append(row, num(p.Late))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func jobTable(c *web.Ctx, parts []Part) table {
	t := table{ID: "jobs", Head: c.T("dispatch.h.jobs"), Note: c.T("dispatch.jobsNote"), Heads: heads(c, "occupation", "+units", "+gap", "+told"), Empty: c.T("dispatch.none")}
	for _, p := range parts[:min(len(parts), boardRows)] {
		t.Rows = append(t.Rows, []cell{{Text: p.Key}, num(p.Units), num(p.Openings), num(p.Told)})
	}
	return t
}

func trendTable(c *web.Ctx, list []Month) table {
	t := table{ID: "trend", Head: c.T("dispatch.h.trend"), Heads: heads(c, "month", "+reportedUnits", "+gap", "+filled", "+told", "+rate")}
	for len(list) > 1 && list[0].Reported == 0 { // before there were reports
		list = list[1:]
	}
	for i := len(list) - 1; i >= 0; i-- {
		m := &list[i]
		t.Rows = append(t.Rows, []cell{{Text: monthName(c, m.Month)}, num(m.Reported), num(m.Openings), num(m.Filled), num(m.Told), {Text: rateText(c, m.Closing), Right: true}})
	}
	return t
}

// trendChart draws the gap of twelve months; nothing where nobody reported.
func trendChart(c *web.Ctx, list []Month) any {
	d := draw.Chart{Words: draw.ChartWords{Actual: c.T("dispatch.gap"), Time: c.T("dispatch.month"), Table: c.T("dispatch.h.chart")}}
	for _, m := range list {
		if m.Reported == 0 && len(d.X) == 0 {
			continue
		}
		d.X, d.Actual = append(d.X, strconv.Itoa(m.Month%100)+c.T("dispatch.monthUnit")), append(d.Actual, float64(m.Openings))
	}
	if len(d.X) < 2 {
		return nil
	}
	last := list[len(list)-1]
	d.Label = c.T("dispatch.chartLabel", monthName(c, last.Month), lang.Int(last.Openings))
	return d
}

// export writes the board of an area and month as a workbook. The read is recorded.
func (r *Room) export(c *web.Ctx) error {
	code, month := areaAsked(c), r.monthAsked(c)
	b, err := r.MakeBoard(c.Context(), code, month)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.note(c.Context(), tx, c.User, "export", "area", 0, code, fmt.Sprintf("导出重点企业用工调度表（%d），%d 家", month, len(b.Rows)))
	}); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(fmt.Sprintf("%s-%s-%d.xlsx", c.T("dispatch.title"), area.Name(code), month), xlsxType))
	all := unitRows(c, b, len(b.Rows))
	all.Heads = append(all.Heads, heads(c, "level", "criteria", "since", "+staff", "+ahead", "+train")...)
	for i := range b.Rows {
		u := &b.Rows[i]
		all.Rows[i] = append(all.Rows[i], cell{Text: word(c, "level", u.Level)}, cell{Text: wordsOf(c, "criterion", u.Criteria)}, cell{Text: u.Since.String()}, num(u.Staff), num(u.Ahead), num(u.Train))
	}
	for _, t := range []table{all, partTable(c, "areas", b.Areas, area.Name, true), jobTable(c, b.Jobs), partTable(c, "industries", b.Industries, func(k string) string { return industryName(c, k) }, false), trendTable(c, b.Trend)} {
		if err := writeTable(x, t); err != nil {
			return err
		}
	}
	return x.Close()
}

// writeTable writes a table of a page as a sheet; numbers lose the marks between their thousands.
func writeTable(x sheet.Writer, t table) error {
	var columns []sheet.Column
	for _, h := range t.Heads {
		columns = append(columns, sheet.Column{Title: h.Text})
	}
	if err := x.Sheet(t.Head, columns...); err != nil {
		return err
	}
	for _, row := range t.Rows {
		var cells []string
		for _, one := range row {
			text := one.Text
			if one.Right {
				text = plainNumber(text)
			}
			if one.Small != "" {
				text += "（" + one.Small + "）"
			}
			cells = append(cells, text)
		}
		if err := x.Row(cells...); err != nil {
			return err
		}
	}
	return nil
}
