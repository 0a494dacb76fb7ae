package analysis

import (
	"fmt"
	"math"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// shown is how many rows a page has.
const shown = 30

// seasonText is the three months behind one: 9—11 月.
func seasonText(m Month) string { return fmt.Sprintf("%d—%d 月", (m + 1).of(), (m + ahead).of()) }

// why is a lead's reason in one sentence.
func (l *Lead) why(c *web.Ctx) string {
	return c.T("analysis.lead.why", seasonText(l.Made), l.Years[2], l.Years[1], l.Years[0])
}

func leadAt(id int64) string { return atLeads + "/" + strconv.FormatInt(id, 10) }

// expectedText writes a number of people to one decimal.
func expectedText(hundredths int64) string { return fmt.Sprintf("%.1f", float64(hundredths)/100) }

// leads lists employers likely to hire.
func (r *Room) leads(c *web.Ctx) error {
	run, err := r.latest(c.Context())
	if err != nil {
		return r.notYet(c, err)
	}
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	where := c.User.Area
	if code := c.Query("area"); code != "" {
		where = code
		if err := MayLook(c.User, where); err != nil {
			return err
		}
	}
	options := []web.Option{{Text: c.T("analysis.all")}, {Value: "-", Text: c.T("analysis.lead.unasked")}}
	for _, code := range results {
		options = append(options, web.Option{Value: code, Text: c.T("analysis.result." + code)})
	}
	form := c.Form(web.Field{Name: "area", Label: c.T("analysis.area"), Kind: "select", Options: account.Places(own(c))}, web.Field{Name: "result", Label: c.T("analysis.result"), Kind: "select", Options: options})
	form.Set("area", where)
	below, id := int64(-1), int64(math.MaxInt64)
	if !at.Start() {
		below, id = at.Int(0), at.Int(1)
	}
	today := db.On(r.today())
	list, err := r.leadsIn(c.Context(), r.DB, where, c.Query("result"), today, below, id, shown+1)
	if err != nil {
		return err
	}
	all, asked, err := countLeads(c.Context(), r.DB, where, today)
	if err != nil {
		return err
	}
	var more web.Cursor
	if len(list) > shown {
		list = list[:shown]
		more = web.NewCursor(list[shown-1].Expected, list[shown-1].EmployerID)
	}
	d := page{Tabs: r.tabs(c, atLeads), Filter: form, Names: []string{"area", "result"}, Clear: atLeads, Paging: c.Paging(-1, len(list), more), Paged: true, Notes: []string{c.T("analysis.lead.note", listed)},
		Actions: []web.Tab{{Text: c.T("analysis.export"), Href: atLeads + "/export?area=" + where}},
		Figures: []web.Figure{{Label: c.T("analysis.lead.all"), Value: lang.Int(all), Unit: c.T("analysis.u.units")}, {Label: c.T("analysis.lead.asked"), Value: lang.Int(asked), Unit: c.T("analysis.u.units")}}}
	t := table{ID: "rows", Head: c.T("analysis.lead.head", seasonText(run.Month)), Heads: heads(c, "lead.unit", "lead.reason", "+lead.expected", "+lead.chance", "+lead.result"), Empty: c.T("analysis.lead.empty")}
	for i := range list {
		l := &list[i]
		last := cell{Text: c.T("analysis.lead.ask"), Href: leadAt(l.EmployerID), Right: true}
		if l.Result != "" {
			last.Text = c.T("analysis.result." + l.Result)
		}
		t.Rows = append(t.Rows, []cell{{Text: l.Name, Small: area.Name(area.At(l.Area, area.Banner)), Href: leadAt(l.EmployerID)}, {Text: l.why(c)}, right(expectedText(l.Expected)), right(lang.Percent(int64(l.Chance) * 10)), last})
	}
	d.Tables = append(d.Tables, t)
	if at.Start() {
		trials, err := trialsIn(c.Context(), r.DB, area.At(where, area.League))
		if err != nil {
			return err
		}
		if len(trials) > 0 {
			d.After = append(d.After, trialTable(c, trials))
		}
	}
	return c.Render("analysis/page", web.Page{Title: c.T("analysis.leadTitle"), Lede: c.T("analysis.leadLede"), Data: d, Nav: atDesk})
}

// trialTable is how the lists of the past turned out.
func trialTable(c *web.Ctx, trials []Trial) table {
	t := table{ID: "trials", Head: c.T("analysis.trial.head"), Note: c.T("analysis.trial.note", judged), Heads: heads(c, "trial.origin", "+trial.hit", "+trial.naive", "+trial.base", "+trial.many", "+trial.baseMany")}
	share := func(hit, of int) string {
		if of == 0 {
			return "—"
		}
		return c.T("analysis.trial.of", hit, of, lang.Percent(int64(hit)*1000/int64(of)*10))
	}
	for _, one := range trials {
		t.Rows = append(t.Rows, []cell{{Text: periodText(c, Period{Month: one.Origin}), Small: area.Name(one.Area)}, right(share(one.Hit, one.Listed)), right(share(one.Naive, one.Listed)), right(share(one.PoolHit, one.Pool)), right(share(one.Many, one.Listed)), right(share(one.PoolMany, one.Pool))})
	}
	return t
}

// seen is the lead of an address. Faults: NotFound, Denied.
func (r *Room) seen(c *web.Ctx) (Lead, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Lead{}, err
	}
	l, found, err := r.leadByID(c.Context(), r.DB, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "名单上没有这家单位，可能已经重新推算过，请刷新名单")
	}
	if err == nil {
		err = account.CanSeeArea(c.User, l.Area)
	}
	return l, err
}

func leadForm(c *web.Ctx) *web.Form {
	var options []web.Option
	for _, code := range results {
		options = append(options, web.Option{Value: code, Text: c.T("analysis.result." + code)})
	}
	return c.Form(web.Field{Name: "result", Label: c.T("analysis.result"), Kind: "radios", Need: true, Options: options}, web.Field{Name: "note", Label: c.T("analysis.lead.remark"), Hint: c.T("analysis.lead.remarkHint"), Max: 200})
}

func (r *Room) lead(c *web.Ctx) error {
	l, err := r.seen(c)
	if err != nil {
		return err
	}
	form := leadForm(c)
	if l.Result != "" {
		form.Set("result", l.Result)
		form.Set("note", l.Note)
	}
	return r.renderLead(c, &l, form)
}

func (r *Room) renderLead(c *web.Ctx, l *Lead, form *web.Form) error {
	yes := func(ok bool) string {
		if ok {
			return "yes"
		}
		return "near"
	}
	d := page{Act: leadAt(l.EmployerID), Form: form, Fields: []string{"result", "note"}, Button: c.T("analysis.save"), Head: c.T("analysis.lead.form"),
		Figures: []web.Figure{{Label: c.T("analysis.lead.expected"), Value: expectedText(l.Expected), Unit: c.T("analysis.u.people")}, {Label: c.T("analysis.lead.chance"), Value: lang.Percent(int64(l.Chance) * 10)}},
		Reasons: []web.Reason{{Kind: yes(l.Years[0]+l.Years[1]+l.Years[2] > 0), Text: l.why(c)},
			{Kind: yes(l.Last12 >= l.Before12), Text: c.T("analysis.lead.growth", l.Last12, l.Before12)},
			{Kind: yes(l.Left12 > 0), Text: c.T("analysis.lead.left", l.Left12, l.Staff)},
			{Kind: "yes", Text: c.T("analysis.lead.noVacancy")}},
		Notes: []string{c.T("analysis.lead.how")}}
	if l.Result != "" {
		d.Notes = append(d.Notes, c.T("analysis.lead.was", c.T("analysis.result."+l.Result), l.ByName))
	}
	return c.Render("analysis/page", web.Page{Title: l.Name, Lede: area.Name(area.At(l.Area, area.Banner)), Data: d, Form: form, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("analysis.leadTitle"), Href: atLeads}}})
}

func (r *Room) takeLead(c *web.Ctx) error {
	l, err := r.seen(c)
	if err != nil {
		return err
	}
	form := leadForm(c)
	result, note := form.Choice("result"), form.Text("note")
	if !form.OK() {
		return r.renderLead(c, &l, form)
	}
	if err := r.Ask(c.Context(), c.User, l.EmployerID, result, note, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("analysis.lead.saved"))
	return c.Redirect(atLeads)
}

// exportLeads writes the list as xlsx; the read is recorded.
func (r *Room) exportLeads(c *web.Ctx) error {
	where := c.User.Area
	if code := c.Query("area"); code != "" {
		where = code
		if err := MayLook(c.User, where); err != nil {
			return err
		}
	}
	const all = 103*listed + 1
	list, err := r.leadsIn(c.Context(), r.DB, where, "", db.On(r.today()), -1, math.MaxInt64, all)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.Audit.Write(c.Context(), tx, entryOf(c.User, "export", "analysis", 0, where, fmt.Sprintf("导出可能招人的单位 %d 家：%s", len(list), area.Name(where))))
	}); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(fileName(area.Name(where)+c.T("analysis.leadTitle")), xlsxType))
	n := func(key string) sheet.Column { return sheet.Column{Title: c.T("analysis." + key), Kind: sheet.Number} }
	if err := x.Sheet(c.T("analysis.leadTitle"), sheet.Column{Title: c.T("analysis.lead.unit"), Width: 32}, sheet.Column{Title: c.T("analysis.area"), Width: 16}, n("lead.expected"), n("lead.chance"), sheet.Column{Title: c.T("analysis.lead.reason"), Width: 48},
		n("lead.last12"), n("lead.before12"), n("lead.left12"), n("lead.staff"), sheet.Column{Title: c.T("analysis.lead.result"), Width: 16}, sheet.Column{Title: c.T("analysis.lead.remark"), Width: 32}); err != nil {
		return err
	}
	for i := range list {
		l := &list[i]
		result := ""
		if l.Result != "" {
			result = c.T("analysis.result." + l.Result)
		}
		if err := x.Row(l.Name, area.Name(area.At(l.Area, area.Banner)), expectedText(l.Expected), lang.Percent(int64(l.Chance)*10), l.why(c), strconv.Itoa(l.Last12), strconv.Itoa(l.Before12), strconv.Itoa(l.Left12), strconv.Itoa(l.Staff), result, l.Note); err != nil {
			return err
		}
	}
	return x.Close()
}
