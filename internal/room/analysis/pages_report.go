package analysis

import (
	"math"
	"strconv"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

func instant(ms int64) time.Time { return time.UnixMilli(ms).In(clock.Zone) }

func dayOf(c *web.Ctx, ms int64) string { return lang.Date(c.Lang, instant(ms)) }

// home lists published reports for everybody.
func (r *Room) home(c *web.Ctx) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	where := region
	if code := c.Query("area"); area.Exists(code) && area.Within(code, region) && area.Level(code) <= area.Banner {
		where = code
	}
	before, id := int64(math.MaxInt64), int64(math.MaxInt64)
	if !at.Start() {
		before, id = at.Int(0), at.Int(1)
	}
	list, err := publishedIn(c.Context(), r.DB, where, before, id, shown+1)
	if err != nil {
		return err
	}
	var more web.Cursor
	if len(list) > shown {
		list = list[:shown]
		more = web.NewCursor(list[shown-1].PublishedAt, list[shown-1].ID)
	}
	form := c.Form(web.Field{Name: "area", Label: c.T("analysis.area"), Kind: "select", Options: account.Places(region)})
	form.Set("area", where)
	d := page{Filter: form, Names: []string{"area"}, Clear: atHome, Paging: c.Paging(-1, len(list), more), Paged: true, Actions: []web.Tab{{Text: c.T("analysis.tab.method"), Href: atMethod}}}
	t := table{ID: "rows", Head: c.T("analysis.reports"), Heads: heads(c, "report.title", "area", "+report.on"), Empty: c.T("analysis.report.none")}
	for i := range list {
		v := &list[i]
		name := cell{Text: v.Content.Title, Href: reportAt(v.ID)}
		if v.Edition > 1 {
			name.Small = c.T("analysis.report.edition", v.Edition) + "　" + v.Erratum
		}
		t.Rows = append(t.Rows, []cell{name, {Text: area.Name(v.Area)}, right(dayOf(c, v.PublishedAt))})
	}
	d.Tables = []table{t}
	return c.Render("analysis/page", web.Page{Title: c.T("analysis.title"), Lede: c.T("analysis.lede"), Data: d, Public: !account.RoleOf(c.User.Role).Staff, Nav: atHome})
}

type methodData struct {
	Definitions []string
	Tabs        []web.Tab
}

// method says what the numbers mean and how they come about.
func (r *Room) method(c *web.Ctx) error {
	d := methodData{}
	staff := account.RoleOf(c.User.Role).Staff && !account.Coordinator(c.User)
	if staff && c.User.Role != account.Admin {
		d.Tabs = r.tabs(c, atMethod)
	}
	for i := range definitions {
		d.Definitions = append(d.Definitions, c.T("analysis.definition."+strconv.Itoa(i+1)))
	}
	return c.Render("analysis/method", web.Page{Title: c.T("analysis.tab.method"), Lede: c.T("analysis.methodLede"), Data: d, Public: !staff, Nav: atHome})
}

var stateKind = map[string]string{Draft: "warn", Waiting: "warn", Published: "ok", Replaced: "stop"}

// drafts lists the reports of an area as staff work on them.
func (r *Room) drafts(c *web.Ctx) error { return r.renderDrafts(c, nil) }

func (r *Room) startForm(c *web.Ctx, run Counted) *web.Form {
	return c.Form(web.Field{Name: "area", Label: c.T("analysis.area"), Kind: "select", Need: true, Options: account.Places(own(c))}, web.Field{Name: "period", Label: c.T("analysis.quarter"), Kind: "select", Need: true, Options: periods(c, run, false)},
		web.Field{Name: "erratum", Label: c.T("analysis.report.erratum"), Hint: c.T("analysis.report.erratumHint"), Max: 200})
}

func (r *Room) renderDrafts(c *web.Ctx, form *web.Form) error {
	run, err := r.latest(c.Context())
	if err != nil {
		return r.notYet(c, err)
	}
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	before := int64(math.MaxInt64)
	if !at.Start() {
		before = at.Int(0)
	}
	list, err := workedOn(c.Context(), r.DB, own(c), before, shown+1)
	if err != nil {
		return err
	}
	var more web.Cursor
	if len(list) > shown {
		list = list[:shown]
		more = web.NewCursor(list[shown-1].ID)
	}
	if form == nil {
		form = r.startForm(c, run)
		form.Set("area", own(c))
		p := Period{run.Month, true}
		if !p.Whole() {
			p = p.before(1)
		}
		form.Set("period", p.Code())
	}
	d := page{Tabs: r.tabs(c, atDrafts), Paging: c.Paging(-1, len(list), more), Paged: true, Act: atDrafts, Form: form, Fields: []string{"area", "period", "erratum"}, Button: c.T("analysis.report.start"), Head: c.T("analysis.report.new")}
	t := table{ID: "rows", Head: c.T("analysis.reports"), Heads: heads(c, "report.title", "report.by", "+report.state"), Empty: c.T("analysis.report.noDrafts")}
	for i := range list {
		v := &list[i]
		name := cell{Text: v.Content.Title, Href: reportAt(v.ID)}
		if v.Edition > 1 {
			name.Small = c.T("analysis.report.edition", v.Edition)
		}
		t.Rows = append(t.Rows, []cell{name, {Text: v.ByName, Small: dayOf(c, v.CreatedAt)}, {Text: c.T("analysis.state." + v.State), Kind: stateKind[v.State], Right: true}})
	}
	d.Tables = []table{t}
	return c.Render("analysis/page", web.Page{Title: c.T("analysis.reports"), Lede: c.T("analysis.draftsLede"), Data: d, Form: form, Nav: atDesk})
}

func (r *Room) takeDraft(c *web.Ctx) error {
	run, err := r.latest(c.Context())
	if err != nil {
		return r.notYet(c, err)
	}
	form := r.startForm(c, run)
	where, text, erratum := form.Choice("area"), form.Choice("period"), form.Text("erratum")
	p, ok := parsePeriod(text, run.Month)
	if form.OK() && !ok {
		form.Fail("period", c.T("analysis.wrong.period"))
	}
	if !form.OK() {
		return r.renderDrafts(c, form)
	}
	id, err := r.Draft(c.Context(), c.User, where, p, erratum, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("analysis.done.draft"))
	return c.Redirect(reportAt(id))
}

type reportData struct {
	Report
	At                string
	State             cell
	Pairs             []web.Pair
	Charts            []chart
	Map               draw.Choropleth
	Remarks           *web.Form
	CanWrite, CanEdit bool
	CanCorrect        bool
	Waiting           string // address of the request
	Editions          []web.Tab
	Latest            string // address of the edition in force, where this one was corrected
	Export            string
}

// readable is the report of an address. Faults: NotFound.
func (r *Room) readable(c *web.Ctx) (Report, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Report{}, err
	}
	v, err := reportByID(c.Context(), r.DB, id)
	if err == nil {
		err = MayRead(c.User, &v)
	}
	return v, err
}

func (r *Room) showReport(c *web.Ctx) error {
	v, err := r.readable(c)
	if err != nil {
		return err
	}
	return r.renderReport(c, &v, nil)
}

func (r *Room) renderReport(c *web.Ctx, v *Report, form *web.Form) error {
	staff := MayWrite(c.User, v.Area) == nil
	d := reportData{Report: *v, At: reportAt(v.ID), State: cell{Text: c.T("analysis.state." + v.State), Kind: stateKind[v.State]}, CanWrite: staff, CanEdit: staff && v.State == Draft, CanCorrect: staff && v.State == Published, Export: reportAt(v.ID) + "/export"}
	d.Pairs = []web.Pair{{Key: c.T("analysis.area"), Value: area.Name(v.Area)}, {Key: c.T("analysis.quarter"), Value: periodText(c, v.Period)}, {Key: c.T("analysis.report.editionLabel"), Value: c.T("analysis.report.edition", v.Edition)}}
	if v.PublishedAt > 0 {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("analysis.report.on"), Value: dayOf(c, v.PublishedAt)})
	}
	if staff {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("analysis.report.by"), Value: v.ByName})
		if v.CheckedBy != "" {
			d.Pairs = append(d.Pairs, web.Pair{Key: c.T("analysis.report.checked"), Value: v.CheckedBy})
		}
	}
	for _, l := range v.Content.Lines {
		d.Charts = append(d.Charts, chart{Head: c.T("analysis.line." + lineKey[l.Name]), Note: c.T("analysis.monthly"), Chart: lineChart(c, l)})
	}
	d.Map = mapOf(c, v.Area, v.Content.Bars, func(code string) string { return atHome + "?area=" + code })
	list, err := editionsOf(c.Context(), r.DB, v.Area, v.Period.Month)
	if err != nil {
		return err
	}
	for i := range list {
		e := &list[i]
		if e.State != Dropped && MayRead(c.User, e) == nil {
			d.Editions = append(d.Editions, web.Tab{Text: c.T("analysis.report.edition", e.Edition) + "　" + c.T("analysis.state."+e.State), Href: reportAt(e.ID), Current: e.ID == v.ID})
		}
		if v.State == Replaced && e.State == Published {
			d.Latest = reportAt(e.ID)
		}
	}
	if v.State == Waiting && staff {
		asks, err := r.Approvals.List(c.Context(), approval.Filter{Kind: kindPublish, Object: "analysis", ObjectID: v.ID, States: []approval.State{approval.Waiting}}, 0, 1)
		if err != nil {
			return err
		}
		if len(asks) > 0 {
			d.Waiting = approval.Href(asks[0].ID)
		}
	}
	if d.CanEdit {
		if d.Remarks = form; form == nil {
			d.Remarks = remarkForm(c)
			d.Remarks.Set("remark", v.Remark)
			d.Remarks.SetVersion(v.Version)
		}
	}
	p := web.Page{Title: v.Content.Title, Lede: c.T("analysis.asOf", v.Content.AsOf), Data: d, Public: !account.RoleOf(c.User.Role).Staff, Nav: atHome, Form: form, Crumbs: []web.Crumb{{Text: c.T("analysis.title"), Href: atHome}}}
	if staff {
		p.Nav, p.Crumbs = atDesk, []web.Crumb{{Text: c.T("analysis.reports"), Href: atDrafts}}
	}
	return c.Render("analysis/report", p)
}

func remarkForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "remark", Label: c.T("analysis.report.remark"), Hint: c.T("analysis.report.remarkHint"), Kind: "textarea", Max: 2000, Rows: 5, Width: "full"})
}

// actReport is everything that is posted on a report's page.
func (r *Room) actReport(c *web.Ctx) error {
	v, err := r.readable(c)
	if err != nil {
		return err
	}
	if err := MayWrite(c.User, v.Area); err != nil {
		return err
	}
	act, version := c.R.PathValue("act"), c.Form().Version()
	switch act {
	case "remark":
		form := remarkForm(c)
		text := form.Text("remark")
		if !form.OK() {
			return r.renderReport(c, &v, form)
		}
		err = r.Remark(c.Context(), c.User, v.ID, version, text, c.Once())
	case "submit":
		err = r.Submit(c.Context(), c.User, v.ID, version, c.Once())
	case "drop":
		err = r.Drop(c.Context(), c.User, v.ID, version, c.Once())
	case "correct":
		form := c.Form(web.Field{Name: "erratum", Label: c.T("analysis.report.erratum"), Need: true, Max: 200})
		why := form.Text("erratum")
		if err := v.may("correct"); err != nil {
			return err
		}
		if !form.OK() {
			return r.renderReport(c, &v, form)
		}
		p := v.Period
		if run, err := r.latest(c.Context()); err == nil {
			p.Month = min(p.Month.ends(), run.Month)
		}
		id, err := r.Draft(c.Context(), c.User, v.Area, p, why, c.Once())
		if err != nil {
			return err
		}
		c.Flash("ok", c.T("analysis.done.draft"))
		return c.Redirect(reportAt(id))
	default:
		return fault.New(fault.NotFound, "没有这个页面")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("analysis.done."+act))
	if act == "drop" {
		return c.Redirect(atDrafts)
	}
	return c.Redirect(reportAt(v.ID))
}

// exportReport writes a report's tables and figures as xlsx. They are public once it is published.
func (r *Room) exportReport(c *web.Ctx) error {
	v, err := r.readable(c)
	if err != nil {
		return err
	}
	return writeBook(c, v.Content.Title, &v.Content)
}
