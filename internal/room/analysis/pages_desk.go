package analysis

import (
	"fmt"
	"net/url"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func query(where string, p Period) string {
	return "?area=" + url.QueryEscape(where) + "&period=" + url.QueryEscape(p.Code())
}

func occupationAt(code, where string, p Period) string {
	if code == AllOccupations {
		code = "all"
	}
	return "/analysis/occupation/" + url.PathEscape(code) + query(where, p)
}

// desk shows an area's market in a period.
func (r *Room) desk(c *web.Ctx) error {
	run, err := r.latest(c.Context())
	if err != nil {
		return r.notYet(c, err)
	}
	where, p, form, err := r.asked(c, run)
	if err != nil {
		return err
	}
	v, err := r.View(c.Context(), where, p)
	if err != nil {
		return err
	}
	d := page{Tabs: r.tabs(c, atDesk), Filter: form, Names: []string{"area", "period"}, Clear: atDesk, Figures: figuresOf(c, &v), Notes: r.notes(c, &v),
		Actions: []web.Tab{{Text: c.T("analysis.export"), Href: atDesk + "/export" + query(where, p)}}}
	w := write(&v, lang.Date(c.Lang, r.asOf()))
	for _, l := range w.Lines {
		d.Charts = append(d.Charts, chart{Head: c.T("analysis.line." + lineKey[l.Name]), Note: c.T("analysis.monthly"), Chart: lineChart(c, l)})
	}
	if d.Map = mapOf(c, where, w.Bars, func(code string) string { return atDesk + query(code, p) }); len(d.Map.Shapes) > 0 {
		d.MapHead = c.T("analysis.map.head")
	}
	if run.demandKnown(p) {
		d.Halves = []table{r.partTable(c, "short", v.Short, where, p), r.partTable(c, "crowded", v.Crowded, where, p)}
	}
	d.Tables = append(d.Tables, r.partTable(c, "groups", v.Groups, where, p))
	if len(v.Places) > 0 {
		t := r.partTable(c, "places", v.Places, where, p)
		for i := range t.Rows {
			t.Rows[i][0].Href = atDesk + query(v.Places[i].Code, p)
		}
		d.Tables = append(d.Tables, t)
	}
	return c.Render("analysis/page", web.Page{Title: c.T("analysis.deskTitle"), Lede: area.Name(where) + "　" + periodText(c, p), Data: d, Nav: atDesk})
}

var lineKey = map[string]string{"求人倍率": "ratio", "登记求职人数": "supply", "单位新进人员": "hired"}

func figuresOf(c *web.Ctx, v *View) []web.Figure {
	list := []web.Figure{{Label: c.T("analysis.f.supply"), Value: number(v.Total[Supply]), Unit: c.T("analysis.u.people")}, {Label: c.T("analysis.f.arrived"), Value: number(v.Total[Arrived]), Unit: c.T("analysis.u.times")},
		{Label: c.T("analysis.f.hired"), Value: number(v.Total[Hired]), Unit: c.T("analysis.u.times")}}
	if !v.Run.demandKnown(v.Period) {
		return list
	}
	ratio := "—"
	if n, ok := Ratio(v.Total[Demand], v.Total[Supply]); ok && v.Total[Supply] >= fewest {
		ratio = ratioText(n)
	}
	return append([]web.Figure{{Label: c.T("analysis.f.ratio"), Value: ratio, Href: atMethod}, {Label: c.T("analysis.f.demand"), Value: lang.Int(v.Total[Demand]), Unit: c.T("analysis.u.people")}, {Label: c.T("analysis.f.vacancies"), Value: lang.Int(v.Total[Vacancies]), Unit: c.T("analysis.u.posts")}}, list...)
}

// notes are what a reader must know about the numbers.
func (r *Room) notes(c *web.Ctx, v *View) (list []string) {
	if names := v.partial(); names != "" {
		list = append(list, c.T("analysis.note.partial", names))
	}
	if !v.Period.Whole() {
		list = append(list, c.T("analysis.note.part", v.Period.Month.of()))
	}
	switch {
	case v.Run.Vacancies == 0:
		list = append(list, c.T("analysis.note.noVacancies"))
	case !v.Run.demandKnown(v.Period):
		list = append(list, c.T("analysis.note.demand", v.Run.Vacancies.year(), v.Run.Vacancies.of()))
	case v.Run.Month-v.Run.Vacancies < 24:
		list = append(list, c.T("analysis.note.short", v.Run.Vacancies.year(), v.Run.Vacancies.of(), int(v.Run.Month-v.Run.Vacancies)+1))
	}
	return append(list, c.T("analysis.note.small"))
}

func (r *Room) partTable(c *web.Ctx, key string, list []Part, where string, p Period) table {
	t := table{ID: key, Head: c.T("analysis.table." + key), Note: c.T("analysis.count", len(list)), Heads: heads(c, "name."+first(key), "+f.demand", "+f.supply", "+f.ratio"), Empty: c.T("analysis.empty." + first(key))}
	for i := range list {
		one := &list[i]
		name := cell{Text: one.Name, Href: occupationAt(one.Code, where, p)}
		t.Rows = append(t.Rows, []cell{name, right(one.number(Demand)), right(one.number(Supply)), right(one.ratio())})
	}
	return t
}

// first is what the first column of a table holds.
func first(key string) string {
	if key == "places" {
		return "place"
	}
	return "occupation"
}

// occupation shows one occupation over time and by place.
func (r *Room) occupation(c *web.Ctx) error {
	run, err := r.latest(c.Context())
	if err != nil {
		return r.notYet(c, err)
	}
	where, p, form, err := r.asked(c, run)
	if err != nil {
		return err
	}
	code := c.R.PathValue("code")
	if code == "all" {
		code = AllOccupations
	}
	name := occupationName(code)
	if name == code {
		return fault.New(fault.NotFound, "没有这个职业，请从供求表中选择")
	}
	rows, err := courseOf(c.Context(), r.DB, where, code, run.First, run.Month)
	if err != nil {
		return err
	}
	row := rows[p.Month]
	v := View{Area: where, Period: p, Run: run, Total: row.of(p)}
	self := Part{Code: code, Name: name, Sums: v.Total, Known: run.demandKnown(p)}
	if v.Places, err = r.placesOf(c.Context(), where, code, p, &run); err != nil {
		return err
	}
	at := occupationAt(code, where, p)
	d := page{Tabs: r.tabs(c, atDesk), Filter: form, Names: []string{"area", "period"}, Clear: strings.SplitN(at, "?", 2)[0], Figures: figuresOf(c, &v), Notes: r.notes(c, &v)}
	d.Charts = append(d.Charts, courses(c, rows, run, p.Month)...)
	if len(rows) == 0 {
		d.Notes = append(d.Notes, c.T("analysis.note.nothing", name, area.Name(where)))
	}
	if !single(code) || area.Level(where) == area.Region {
		t := r.partTable(c, "places", v.Places, where, p)
		for i := range t.Rows {
			t.Rows[i][0].Href = occupationAt(code, v.Places[i].Code, p)
		}
		if len(t.Rows) > 0 {
			d.Tables = append(d.Tables, t)
		}
	}
	for _, what := range tellable {
		if what == Demand && run.Vacancies == 0 {
			continue
		}
		q := quartersOf(rows, knownFrom(what, run.First, run.Vacancies), run.Month, what)
		o, ok, err := q.outlook(1)
		if err != nil {
			return err
		}
		if ok && self.Name != "" {
			d.Tables = append(d.Tables, saidTable(c, what, &o))
		}
	}
	return c.Render("analysis/page", web.Page{Title: name, Lede: area.Name(where) + "　" + periodText(c, p), Data: d, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("analysis.deskTitle"), Href: atDesk + query(where, p)}}})
}

// courses are the lines of an occupation: people and openings by month. Months with few people are left out as none.
func courses(c *web.Ctx, rows map[Month]Row, run Counted, to Month) (list []chart) {
	for _, what := range []int{Demand, Supply, Hired} {
		l := Line{Name: c.T("analysis.f." + measureKey[what])}
		for m := max(to-trendMonths+1, knownFrom(what, run.First, run.Vacancies)); m <= to; m++ {
			row := rows[m]
			l.X, l.Values = append(l.X, fmt.Sprintf("%02d-%02d", m.year()%100, m.of())), append(l.Values, drawn(what, row.InMonth[what]))
		}
		if len(l.X) > 1 && (what != Demand || run.Vacancies != 0) {
			list = append(list, chart{Head: c.T("analysis.line." + measureKey[what]), Note: c.T("analysis.monthly"), Chart: lineChart(c, l)})
		}
	}
	return list
}

var measureKey = [measures]string{"demand", "vacancies", "posted", "supply", "arrived", "hired"}

// saidTable is what would have been said a quarter before, and what came.
func saidTable(c *web.Ctx, what int, o *Outlook) table {
	t := table{ID: "said-" + measureKey[what], Head: c.T("analysis.said.head", c.T("analysis.f."+measureKey[what])), Note: offText(c, o), Heads: heads(c, "said.quarter", "+said.mean", "+said.interval", "+said.came", "+said.off")}
	t.Rows = append(t.Rows, []cell{{Text: periodText(c, Period{o.Quarter, true}), Small: c.T("analysis.said.ahead")}, right(lang.Int(o.Mean)), right(between(o.Low, o.High)), right("—"), right("—")})
	for i := len(o.Said) - 1; i >= 0; i-- {
		s := &o.Said[i]
		off := "—"
		if s.Came >= fewest {
			off = lang.Percent((s.Mean - s.Came) * 10000 / s.Came / 10 * 10)
		}
		t.Rows = append(t.Rows, []cell{{Text: periodText(c, Period{s.Quarter, true})}, right(lang.Int(s.Mean)), right(between(s.Low, s.High)), right(number(s.Came)), right(off)})
	}
	return t
}

// between is an interval: what is expected is no count of people, so nothing is concealed.
func between(low, high int64) string { return lang.Int(low) + "～" + lang.Int(high) }

func offText(c *web.Ctx, o *Outlook) string {
	if o.Tested == 0 || o.Off < 0 {
		return c.T("analysis.said.untested")
	}
	return c.T("analysis.said.tested", o.Tested, lang.Percent(o.Off/10*10), lang.Percent(o.Inside/100*100))
}

// outlook lists what is expected of this quarter and the next by class of occupations.
func (r *Room) outlook(c *web.Ctx) error {
	run, err := r.latest(c.Context())
	if err != nil {
		return r.notYet(c, err)
	}
	where := area.At(own(c), area.League)
	if code := c.Query("area"); code != "" {
		where = code
	}
	if err := MayLook(c.User, where); err != nil && where != area.At(own(c), area.League) {
		return err
	}
	if area.Level(where) > area.League {
		where = area.At(where, area.League)
	}
	list, err := outlooks(c.Context(), r.DB, where, run.Month)
	if err != nil {
		return err
	}
	d := page{Tabs: r.tabs(c, atOutlook), Notes: []string{c.T("analysis.outlook.note")}}
	if area.Level(own(c)) == area.Region {
		var options []web.Option
		for _, o := range account.Places(region) {
			if area.Level(o.Value) <= area.League {
				options = append(options, o)
			}
		}
		d.Filter = c.Form(web.Field{Name: "area", Label: c.T("analysis.area"), Kind: "select", Options: options})
		d.Filter.Set("area", where)
		d.Names, d.Clear = []string{"area"}, atOutlook
	}
	if !run.demandKnown(Period{run.Month.begins() - shortest*3 + 2, true}) && run.Vacancies != 0 {
		d.Notes = append(d.Notes, c.T("analysis.outlook.demand", run.Vacancies.year(), run.Vacancies.of(), shortest))
	}
	for _, what := range tellable {
		tables := map[Month]*table{}
		for i := range list {
			o := &list[i]
			if o.Measure != what {
				continue
			}
			t := tables[o.Quarter]
			if t == nil {
				q := Period{o.Quarter, true}
				d.Tables = append(d.Tables, table{ID: fmt.Sprintf("t%d-%d", what, o.Quarter.Int()), Head: c.T("analysis.outlook.head", periodText(c, q), c.T("analysis.f."+measureKey[what])),
					Heads: heads(c, "name.occupation", "+said.mean", "+said.interval", "+said.offMean", "+said.inside")})
				tables[o.Quarter] = &d.Tables[len(d.Tables)-1]
				t = tables[o.Quarter]
			}
			off, inside := "—", "—"
			if o.Tested > 0 && o.Off >= 0 {
				off, inside = lang.Percent(o.Off/10*10), c.T("analysis.said.of", int((o.Inside*int64(o.Tested)+5000)/10000), o.Tested)
			}
			t.Rows = append(t.Rows, []cell{{Text: occupationName(o.Occupation), Href: occupationAt(o.Occupation, where, Period{run.Month, true})}, right(lang.Int(o.Mean)), right(between(o.Low, o.High)), right(off), right(inside)})
			t.Note = c.T("analysis.count", len(t.Rows))
		}
	}
	if len(d.Tables) == 0 {
		d.Notes = append(d.Notes, c.T("analysis.outlook.none"))
	}
	return c.Render("analysis/page", web.Page{Title: c.T("analysis.outlookTitle"), Lede: c.T("analysis.outlookLede", area.Name(where), periodText(c, Period{Month: run.Month})), Data: d, Nav: atDesk})
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func fileName(title string) string {
	return strings.NewReplacer("/", "-", "\\", "-").Replace(title) + ".xlsx"
}

// exportDesk writes an area's market as xlsx; the read is recorded.
func (r *Room) exportDesk(c *web.Ctx) error {
	run, err := r.latest(c.Context())
	if err != nil {
		return r.notYet(c, err)
	}
	where, p, _, err := r.asked(c, run)
	if err != nil {
		return err
	}
	v, err := r.View(c.Context(), where, p)
	if err != nil {
		return err
	}
	title := area.Name(where) + " " + p.Zh() + "市场供求"
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.Audit.Write(c.Context(), tx, entryOf(c.User, "export", "analysis", 0, where, "导出"+title))
	}); err != nil {
		return err
	}
	content := write(&v, lang.Date(lang.Chinese, r.asOf()))
	return writeBook(c, title, &content)
}

// writeBook writes a content's tables, and the figures that its text tells.
func writeBook(c *web.Ctx, title string, content *Content) error {
	x := sheet.NewXLSX(c.Attachment(fileName(title), xlsxType))
	taken := map[string]bool{}
	for _, s := range content.Sections {
		for _, g := range s.Tables {
			if taken[g.Head] {
				continue
			}
			taken[g.Head] = true
			columns := []sheet.Column{{Title: g.Heads[0], Width: 30}}
			for _, h := range g.Heads[1:] {
				columns = append(columns, sheet.Column{Title: h, Kind: sheet.Number, Width: 16})
			}
			if err := x.Sheet(g.Head, columns...); err != nil {
				return err
			}
			for _, row := range g.Rows {
				if err := x.Row(plain(row)...); err != nil {
					return err
				}
			}
		}
	}
	if err := x.Sheet("引用数字", sheet.Column{Title: "序号", Kind: sheet.Number}, sheet.Column{Title: "名称", Width: 36}, sheet.Column{Title: "数值", Width: 14}, sheet.Column{Title: "单位"}, sheet.Column{Title: "来源", Width: 24}); err != nil {
		return err
	}
	for _, f := range content.Figures {
		if err := x.Row(fmt.Sprint(f.No), f.Name, f.Value, f.Unit, f.Source); err != nil {
			return err
		}
	}
	return x.Close()
}

// plain takes the commas out of numbers, so that a table can add them up.
func plain(row []string) []string {
	out := append([]string(nil), row...)
	for i := range out[1:] {
		out[i+1] = strings.ReplaceAll(out[i+1], ",", "")
	}
	return out
}
