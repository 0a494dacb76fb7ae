package gig

import (
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func parseDay(s string) (db.Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	return db.On(t), err
}

// scope is the area that somebody of staff looks at: their own, or one below it that the address names.
func scope(c *web.Ctx) (string, error) {
	code := c.Query("area")
	if code == "" || !area.Exists(code) {
		return c.User.Area, nil
	}
	return code, MaySee(c.User, code)
}

func areaField(c *web.Ctx) web.Field {
	return web.Field{Name: "area", Label: c.T("gig.h.area"), Kind: "select", Options: account.Banners(c.User.Area)}
}

// desk lists an area's jobs in every state.
func (r *Room) desk(c *web.Ctx) error {
	code, err := scope(c)
	if err != nil {
		return err
	}
	from, err := below(c)
	if err != nil {
		return err
	}
	f := c.Form(areaField(c), web.Field{Name: "kind", Label: c.T("gig.h.kind"), Kind: "select", Options: options(c, "kind", kinds)},
		web.Field{Name: "state", Label: c.T("gig.h.state"), Kind: "select", Options: options(c, "state", []string{Open, Cancelled, Stopped})})
	rows, err := jobsUnder(c.Context(), r.DB, code, f.Choice("kind"), f.Choice("state"), from, shown+1)
	if err != nil {
		return err
	}
	rows, next := cut(rows, func(j *Job) int64 { return j.ID })
	jobs, free, err := countJobs(c.Context(), r.DB, code, db.On(r.today()))
	if err != nil {
		return err
	}
	workers, err := countWorkers(c.Context(), r.DB, code, db.On(r.today()))
	if err != nil {
		return err
	}
	d := page{Tabs: r.tabs(c, atDesk), Actions: []web.Tab{{Text: c.T("gig.act.new"), Href: atNew}, {Text: c.T("gig.publicPage"), Href: atHome, Current: true}}, Filter: &filter{Form: f, Names: []string{"area", "kind", "state"}, Clear: atDesk},
		Figures: []web.Figure{{Label: c.T("gig.n.jobs"), Value: lang.Int(jobs)}, {Label: c.T("gig.n.free"), Value: lang.Int(free)}, {Label: c.T("gig.n.workers"), Value: lang.Int(workers)}}, Tables: []table{r.jobTable(c, rows)}, Paged: true, Paging: c.Paging(-1, len(rows), next)}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.title"), Lede: c.T("gig.deskLede"), Nav: atDesk, Data: d})
}

// late lists overdue pay: by hirer, and one by one.
func (r *Room) late(c *web.Ctx) error { return r.renderLate(c, nil, "") }

func (r *Room) renderLate(c *web.Ctx, failing *web.Form, failed string) error {
	code, err := scope(c)
	if err != nil {
		return err
	}
	ctx, today := c.Context(), db.On(r.today())
	sums, err := arrearsUnder(ctx, r.DB, code, today, 100)
	if err != nil {
		return err
	}
	after, person, job := db.On(clock.Date(2000, time.January, 1)), int64(0), int64(0)
	at, err := c.Cursor(3)
	if err != nil {
		return err
	}
	if !at.Start() {
		if after, err = parseDay(at.Text(0)); err != nil {
			return fault.New(fault.Invalid, "地址里的页码写错了，请从第一页看起")
		}
		person, job = at.Int(1), at.Int(2)
	}
	rows, err := r.lateUnder(ctx, r.DB, code, today, after, person, job, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(rows) > shown {
		rows = rows[:shown]
		last := rows[shown-1]
		next = web.NewCursor(last.DueOn.String(), last.PersonID, last.JobID)
	}
	var people, jobIDs []int64
	for _, t := range rows {
		people, jobIDs = append(people, t.PersonID), append(jobIDs, t.JobID)
	}
	names, err := r.People.Names(ctx, people)
	if err != nil {
		return err
	}
	jobs, err := jobsIn(ctx, r.DB, jobIDs)
	if err != nil {
		return err
	}
	by := table{ID: "hirers", Head: c.T("gig.byHirer"), Heads: heads(c, "hirer", "+jobs", "+people", "+owed", "oldest", "mayPost"), Empty: c.T("gig.noLate")}
	d := page{Tabs: r.tabs(c, atLate), Paged: true, Paging: c.Paging(-1, len(rows), next)}
	for _, a := range sums {
		may := tag("ok", c.T("gig.may"))
		if a.Jobs >= mostLate {
			if may = tag("stop", c.T("gig.mayNot")); !a.Allowed.IsZero() && !a.Allowed.Before(today.Time) {
				may = tag("warn", c.T("gig.allowedTo", a.Allowed.String()))
				may.Small = a.AllowedWhy
			} else {
				name := "allow" + number(a.HirerID)
				b := boxOf(c, "allow", atLate+"/"+number(a.HirerID), 0, nil, "", web.Field{Name: "why" + number(a.HirerID), Label: c.T("gig.f.why"), Kind: "textarea", Need: true, Max: 200, Rows: 2})
				b.ID, b.Head = name, c.T("gig.allowOf", a.Name)
				if failed == name {
					b.Form, b.Open = failing, true
				}
				d.Boxes = append(d.Boxes, b)
			}
		}
		by.Rows = append(by.Rows, []cell{{Text: a.Name}, {Text: lang.Int(a.Jobs), Right: true}, {Text: lang.Int(a.People), Right: true}, {Text: lang.Fen(a.Fen), Right: true}, {Text: a.Oldest.String()}, may})
	}
	each := table{ID: "late", Head: c.T("gig.tab.late"), Heads: heads(c, "work", "worker", "+owed", "due", "payState"), Empty: c.T("gig.noLate")}
	for _, t := range rows {
		j := jobs[t.JobID]
		each.Rows = append(each.Rows, []cell{{Text: j.Title, Href: manageAt(j.ID), Small: j.Hirer}, {Text: web.MaskName(names[t.PersonID])}, {Text: lang.Fen(t.Due), Right: true}, {Text: t.DueOn.String()}, stateTag(c, "paid", t.Pay)})
	}
	d.Tables = []table{by, each}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.tab.late"), Lede: c.T("gig.lateLede", mostLate), Nav: atDesk, Form: failing, Data: d})
}

func (r *Room) allow(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	h, err := hirerByID(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	if err := MayKeep(c.User, h.Area); err != nil {
		return err
	}
	f, names := web.ActForm(c, "allow", web.Field{Name: "why" + number(id), Label: c.T("gig.f.why"), Kind: "textarea", Need: true, Max: 200, Rows: 2})
	why := f.Text(names[0])
	if f.OK() {
		if err := r.Allow(c.Context(), c.User, id, why, c.Once()); err == nil {
			c.Flash("ok", c.T("gig.done"))
			return c.Redirect(atLate)
		} else if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderLate(c, f, "allow"+number(id))
}

// differ lists the days on which the two sides say different times.
func (r *Room) differ(c *web.Ctx) error {
	code, err := scope(c)
	if err != nil {
		return err
	}
	days, err := differing(c.Context(), r.DB, code, 100)
	if err != nil {
		return err
	}
	var people, jobIDs []int64
	for _, s := range days {
		people, jobIDs = append(people, s.PersonID), append(jobIDs, s.JobID)
	}
	names, err := r.People.Names(c.Context(), people)
	if err != nil {
		return err
	}
	jobs, err := jobsIn(c.Context(), r.DB, jobIDs)
	if err != nil {
		return err
	}
	t := table{ID: "differ", Head: c.T("gig.tab.differ"), Heads: heads(c, "work", "worker", "day", "workerSays", "hirerSays"), Empty: c.T("gig.noDiffer")}
	for _, s := range days {
		j := jobs[s.JobID]
		t.Rows = append(t.Rows, []cell{{Text: j.Title, Href: manageAt(j.ID), Small: j.Hirer}, {Text: web.MaskName(names[s.PersonID])}, {Text: s.Day.String()}, {Text: clockText(s.WorkerIn) + "～" + clockText(s.WorkerOut)}, {Text: clockText(s.HirerIn) + "～" + clockText(s.HirerOut)}})
	}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.tab.differ"), Lede: c.T("gig.differLede", tolerance), Nav: atDesk, Data: page{Tabs: r.tabs(c, atDiffer), Tables: []table{t}}})
}

// sums are an area's figures of this year.
type sums struct {
	Code       string
	From       db.Date
	Work       Work
	Jobs, Free int64
	Late       int64 // fen
	Hirers     int64
	Prices     []Price
}

func (r *Room) sums(c *web.Ctx) (s sums, err error) {
	if s.Code, err = scope(c); err != nil {
		return s, err
	}
	ctx, today := c.Context(), db.On(r.today())
	s.From = db.On(clock.Date(today.Year(), time.January, 1))
	if s.Work, err = workUnder(ctx, r.DB, s.Code, s.From, today); err != nil {
		return s, err
	}
	if s.Jobs, s.Free, err = countJobs(ctx, r.DB, s.Code, today); err != nil {
		return s, err
	}
	late, err := arrearsUnder(ctx, r.DB, s.Code, today, 10_000)
	if err != nil {
		return s, err
	}
	for _, a := range late {
		s.Late, s.Hirers = s.Late+a.Fen, s.Hirers+1
	}
	s.Prices, err = prices(ctx, r.DB, s.Code, monthOf(s.From))
	return s, err
}

func (s *sums) figures(c *web.Ctx) []web.Figure {
	return []web.Figure{{Label: c.T("gig.n.days"), Value: lang.Int(s.Work.Days)}, {Label: c.T("gig.n.people"), Value: lang.Int(s.Work.People)}, {Label: c.T("gig.n.hours"), Value: lang.Int(s.Work.Minutes / 60)}, {Label: c.T("gig.n.jobs"), Value: lang.Int(s.Jobs)},
		{Label: c.T("gig.n.late"), Value: yuan(s.Late), Unit: c.T("gig.yuan")}, {Label: c.T("gig.n.hirers"), Value: lang.Int(s.Hirers)}}
}

func (r *Room) figures(c *web.Ctx) error {
	s, err := r.sums(c)
	if err != nil {
		return err
	}
	file := atFigures + ".xlsx?area=" + s.Code
	d := page{Tabs: r.tabs(c, atFigures), Actions: []web.Tab{{Text: c.T("gig.export"), Href: file}}, Filter: &filter{Form: c.Form(areaField(c)), Names: []string{"area"}, Clear: atFigures}, Figures: s.figures(c), Tables: []table{priceTable(c, s.Prices)}}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.tab.figures"), Lede: c.T("gig.figuresLede", area.Name(s.Code), s.From.String()), Nav: atDesk, Data: d})
}

// exportFigures writes the figures as a workbook; the export is recorded.
func (r *Room) exportFigures(c *web.Ctx) error {
	s, err := r.sums(c)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.note(c.Context(), tx, c.User, "export", "gigjob", 0, s.Code, "导出零工统计："+area.Name(s.Code))
	}); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(area.Name(s.Code)+"-"+c.T("gig.tab.figures")+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
	if err := x.Sheet(c.T("gig.tab.figures"), sheet.Column{Title: c.T("gig.h.item"), Width: 24}, sheet.Column{Title: c.T("gig.h.value"), Kind: sheet.Number}); err != nil {
		return err
	}
	for _, f := range s.figures(c) {
		if err := x.Row(f.Label, strings.ReplaceAll(f.Value, ",", "")); err != nil {
			return err
		}
	}
	if err := x.Sheet(c.T("gig.prices"), sheet.Column{Title: c.T("gig.h.kind")}, sheet.Column{Title: c.T("gig.h.month")}, sheet.Column{Title: c.T("gig.h.mean"), Kind: sheet.Number}, sheet.Column{Title: c.T("gig.low"), Kind: sheet.Number},
		sheet.Column{Title: c.T("gig.high"), Kind: sheet.Number}, sheet.Column{Title: c.T("gig.h.jobs"), Kind: sheet.Number}, sheet.Column{Title: c.T("gig.h.people"), Kind: sheet.Number}); err != nil {
		return err
	}
	for _, p := range s.Prices {
		if err := x.Row(word(c, "kind", p.Kind), number(p.Month), web.Yuan(p.Mean), web.Yuan(p.Low), web.Yuan(p.High), number(p.Jobs), number(p.People)); err != nil {
			return err
		}
	}
	return x.Close()
}

func marketFields(c *web.Ctx, with bool) []web.Field {
	list := []web.Field{{Name: "name", Label: c.T("gig.f.marketName"), Need: true, Max: 40}, {Name: "kind", Label: c.T("gig.f.marketKind"), Kind: "radios", Need: true, Inline: true, Options: options(c, "market", marketKinds)}}
	if with {
		list = append(list, web.Field{Name: "area", Label: c.T("gig.h.area"), Kind: "select", Need: true, Options: account.Banners(c.User.Area)})
	}
	return append(list, web.Field{Name: "address", Label: c.T("gig.h.address"), Need: true, Max: 80}, web.Field{Name: "hours", Label: c.T("gig.h.hours"), Hint: c.T("gig.f.hoursHint"), Need: true, Max: 40}, web.Field{Name: "operator", Label: c.T("gig.h.operator"), Max: 60},
		web.Field{Name: "capacity", Label: c.T("gig.h.capacity"), Kind: "number", Min: 0, Top: 100_000, Width: "8", Unit: c.T("gig.persons")}, web.Field{Name: "services", Label: c.T("gig.h.services"), Kind: "checkboxes", Options: options(c, "service", services)},
		web.Field{Name: "officer", Label: c.T("gig.h.officer"), Hint: c.T("gig.f.officerHint"), Need: true, Max: 60})
}

func readMarket(f *web.Form, name string) Market {
	return Market{Name: f.Text(name + "_name"), Kind: f.Choice(name + "_kind"), Address: f.Text(name + "_address"), Hours: f.Text(name + "_hours"), Operator: f.Text(name + "_operator"), Capacity: f.Int(name + "_capacity"),
		Services: strings.Join(f.Many(name+"_services"), " "), Officer: f.Text(name + "_officer")}
}

func (r *Room) marketList(c *web.Ctx) error { return r.renderMarkets(c, nil, "") }

func (r *Room) renderMarkets(c *web.Ctx, failing *web.Form, failed string) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	rows, err := markets(c.Context(), r.DB, c.User.Area, at.Int(0), shown+1)
	if err != nil {
		return err
	}
	rows, next := cut(rows, func(m *Market) int64 { return m.ID })
	t := table{ID: "markets", Head: c.T("gig.markets"), Heads: heads(c, "market", "area", "hours", "+capacity", "officer"), Empty: c.T("gig.noMarkets")}
	for _, m := range rows {
		name := cell{Text: m.Name, Href: keepAt(m.ID), Small: word(c, "market", m.Kind)}
		if m.Closed {
			name.Small += "　" + c.T("gig.closed")
		}
		t.Rows = append(t.Rows, []cell{name, {Text: area.Name(m.Area), Small: m.Address}, {Text: m.Hours}, {Text: lang.Int(m.Capacity), Right: true}, {Text: m.Officer}})
	}
	d := page{Tabs: r.tabs(c, atMarkets), Tables: []table{t}, Paged: true, Paging: c.Paging(-1, len(rows), next), Boxes: []box{boxOf(c, "market", atMarkets, 0, failing, failed, marketFields(c, true)...)}}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.markets"), Lede: c.T("gig.marketsLede"), Nav: atDesk, Form: failing, Data: d})
}

func (r *Room) takeMarket(c *web.Ctx) error {
	f, _ := web.ActForm(c, "market", marketFields(c, true)...)
	m := readMarket(f, "market")
	m.Area = f.Choice("market_area")
	if f.OK() {
		if id, err := r.AddMarket(c.Context(), c.User, m, c.Once()); err == nil {
			c.Flash("ok", c.T("gig.done"))
			return c.Redirect(keepAt(id))
		} else if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderMarkets(c, f, "market")
}

func (r *Room) theMarket(c *web.Ctx) (Market, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Market{}, err
	}
	m, err := marketByID(c.Context(), r.DB, id)
	if err == nil {
		err = MayKeep(c.User, m.Area)
	}
	return m, err
}

func (r *Room) keepMarket(c *web.Ctx) error { return r.renderMarket(c, nil, "") }

func sessionFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "day", Label: c.T("gig.h.day"), Kind: "date", Need: true, Width: "8"}, {Name: "theme", Label: c.T("gig.h.theme"), Need: true, Max: 60}, {Name: "came", Label: c.T("gig.h.came"), Hint: c.T("gig.f.cameHint"), Kind: "number", Min: 0, Top: 100_000, Width: "8", Unit: c.T("gig.persons")}}
}

func (r *Room) renderMarket(c *web.Ctx, failing *web.Form, failed string) error {
	m, err := r.theMarket(c)
	if err != nil {
		return err
	}
	days, err := sessions(c.Context(), r.DB, m.ID, 60)
	if err != nil {
		return err
	}
	change := boxOf(c, "change", keepAt(m.ID)+"/change", m.Version, failing, failed, append(marketFields(c, false), web.Field{Name: "closed", Label: c.T("gig.f.closed"), Kind: "check"})...)
	if failed != "change" {
		for k, v := range map[string]string{"name": m.Name, "kind": m.Kind, "address": m.Address, "hours": m.Hours, "operator": m.Operator, "capacity": number(m.Capacity), "officer": m.Officer} {
			change.Form.Set("change_"+k, v)
		}
		change.Form.Set("change_services", strings.Fields(m.Services)...)
		if m.Closed {
			change.Form.Set("change_closed", "yes")
		}
	}
	d := page{Actions: []web.Tab{{Text: c.T("gig.publicPage"), Href: marketAt(m.ID), Current: true}}, Tags: []cell{tag("", word(c, "market", m.Kind))}, Pairs: marketPairs(c, &m), Tables: []table{sessionTable(c, days)},
		Boxes: []box{boxOf(c, "session", keepAt(m.ID)+"/session", 0, failing, failed, sessionFields(c)...), change}}
	return c.Render("gig/sheet", web.Page{Title: m.Name, Nav: atDesk, Form: failing, Crumbs: []web.Crumb{{Text: c.T("gig.markets"), Href: atMarkets}}, Data: d})
}

func (r *Room) actMarket(c *web.Ctx) error {
	m, err := r.theMarket(c)
	if err != nil {
		return err
	}
	what := c.R.PathValue("act")
	var f *web.Form
	var do func() error
	switch what {
	case "change":
		f, _ = web.ActForm(c, what, append(marketFields(c, false), web.Field{Name: "closed", Label: c.T("gig.f.closed"), Kind: "check"})...)
		changed := readMarket(f, what)
		changed.ID, changed.Closed = m.ID, f.Flag("change_closed")
		do = func() error { return r.ChangeMarket(c.Context(), c.User, changed, f.Version(), c.Once()) }
	case "session":
		f, _ = web.ActForm(c, what, sessionFields(c)...)
		s := Session{MarketID: m.ID, Day: db.On(f.Date("session_day")), Theme: f.Text("session_theme"), Came: -1}
		if f.Value("session_came") != "" {
			s.Came = f.Int("session_came")
		}
		do = func() error { return r.AddSession(c.Context(), c.User, s, c.Once()) }
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if f.OK() {
		if err := do(); err == nil {
			c.Flash("ok", c.T("gig.done"))
			return c.Redirect(keepAt(m.ID))
		} else if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderMarket(c, f, what)
}

// isStaff tells those who serve from those who are served.
func isStaff(u web.User) bool { return account.RoleOf(u.Role).Staff }
