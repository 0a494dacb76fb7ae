package gig

import (
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// jobLine is a job as everybody sees it in a list.
func (r *Room) jobLine(c *web.Ctx, j *Job, href string) line {
	l := line{Text: j.Title, Href: href, Right: priceText(c, j), Tags: []cell{tag("", word(c, "kind", j.Kind))}, Small: []string{
		daysText(c, j.From, j.Until) + "　" + j.Hours(), area.Name(bannerOf(j.Area)) + "　" + addressFor(c, j), c.T("gig.placesOf", lang.Int(j.Places-j.Taken), lang.Int(j.Places)) + "　" + j.Hirer}}
	if j.State != Open || !j.Takes(r.Clock.Now()) {
		l.Tags = append(l.Tags, r.standing(c, j))
	}
	if j.Insured {
		l.Tags = append(l.Tags, tag("ok", c.T("gig.insured")))
	}
	return l
}

// addressFor is where the work is. Where a household lives, only people who look for work and staff read.
func addressFor(c *web.Ctx, j *Job) string {
	if j.EmployerID == 0 && c.User.Role != account.Seeker && !isStaff(c.User) {
		return c.T("gig.atHome")
	}
	return j.Address
}

// home is the area whose work a visitor sees first.
func (r *Room) home(u web.User) string {
	if u.ID != 0 && area.Exists(u.Area) {
		return league(u.Area)
	}
	return r.Home
}

// board is the public list of what work there is, by area, kind and day.
func (r *Room) board(c *web.Ctx) error {
	home := r.home(c.User)
	f := c.Form(web.Field{Name: "area", Label: c.T("gig.h.area"), Kind: "select", Options: account.Banners(home)},
		web.Field{Name: "kind", Label: c.T("gig.h.kind"), Kind: "select", Options: options(c, "kind", kinds)})
	w := wanted{Area: home, Kind: f.Choice("kind"), From: db.On(r.today()), Till: db.On(r.today().AddDate(0, 0, 60)), Limit: shown + 1}
	if a := f.Choice("area"); a != "" {
		w.Area = a
	}
	day := c.Query("day")
	switch day {
	case "today":
		w.Till = w.From
	case "tomorrow":
		w.From = db.On(r.today().AddDate(0, 0, 1))
		w.Till = w.From
	}
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	if !at.Start() {
		t, err := time.Parse(time.DateOnly, at.Text(0))
		if err != nil {
			return fault.New(fault.Invalid, "地址里的页码写错了，请从第一页看起")
		}
		w.After, w.AfterID = db.On(t), at.Int(1)
	}
	jobs, err := openJobs(c.Context(), r.DB, w)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(jobs) > shown {
		jobs = jobs[:shown]
		next = web.NewCursor(jobs[shown-1].Until.String(), jobs[shown-1].ID)
	}
	halls, err := markets(c.Context(), r.DB, w.Area, 0, 12)
	if err != nil {
		return err
	}
	work := list{ID: "work", Head: c.T("gig.work"), Note: c.T("gig.free"), Empty: c.T("gig.noWork")}
	for i := range jobs {
		work.Lines = append(work.Lines, r.jobLine(c, &jobs[i], jobAt(jobs[i].ID)))
	}
	where := list{ID: "markets", Head: c.T("gig.markets"), Empty: c.T("gig.noMarkets")}
	for _, m := range halls {
		if !m.Closed {
			where.Lines = append(where.Lines, line{Text: m.Name, Href: marketAt(m.ID), Right: m.Hours, Small: []string{area.Name(bannerOf(m.Area)) + "　" + m.Address}})
		}
	}
	d := page{Filter: &filter{Form: f, Names: []string{"area", "kind"}, Clear: atHome}, Lists: []list{work, where}, Paged: true, Paging: c.Paging(-1, len(jobs), next), Actions: []web.Tab{{Text: c.T("gig.prices"), Href: atPrice, Current: true}}}
	for _, t := range []string{"", "today", "tomorrow"} {
		q := atHome + "?day=" + t + "&area=" + f.Value("area") + "&kind=" + f.Value("kind")
		d.Chips = append(d.Chips, web.Tab{Text: word(c, "day", "x"+t), Href: q, Current: day == t})
	}
	switch {
	case c.User.Role == account.Seeker:
		d.Actions = append([]web.Tab{{Text: c.T("gig.mine"), Href: atMine}}, d.Actions...)
	case c.User.Role == account.Employer:
		d.Actions = append([]web.Tab{{Text: c.T("gig.act.new"), Href: atNew}, {Text: c.T("gig.menu.hire"), Href: atHire, Current: true}}, d.Actions...)
	}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.title"), Lede: c.T("gig.lede"), Nav: atHome, Public: public(c.User), Data: d})
}

// priceBoard tells everybody what work of each kind has paid.
func (r *Room) priceBoard(c *web.Ctx) error {
	home := r.home(c.User)
	f := c.Form(web.Field{Name: "area", Label: c.T("gig.h.area"), Kind: "select", Options: account.Banners(home)})
	code := home
	if a := f.Choice("area"); a != "" {
		code = a
	}
	rows, err := prices(c.Context(), r.DB, code, monthOf(db.On(r.today().AddDate(0, -5, 0))))
	if err != nil {
		return err
	}
	d := page{Filter: &filter{Form: f, Names: []string{"area"}, Clear: atPrice}, Tables: []table{priceTable(c, rows)}}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.prices"), Lede: c.T("gig.pricesLede"), Nav: atHome, Public: public(c.User), Crumbs: []web.Crumb{{Text: c.T("gig.title"), Href: atHome}}, Data: d})
}

func priceTable(c *web.Ctx, rows []Price) table {
	t := table{ID: "prices", Head: c.T("gig.prices"), Note: c.T("gig.pricesNote"), Heads: heads(c, "kind", "month", "+mean", "+range", "+jobs", "+people"), Empty: c.T("gig.noPrices")}
	for _, p := range rows {
		t.Rows = append(t.Rows, []cell{{Text: word(c, "kind", p.Kind)}, {Text: number(p.Month/100) + "-" + number(100 + p.Month%100)[1:]}, {Text: yuan(p.Mean), Right: true}, {Text: yuan(p.Low) + "～" + yuan(p.High), Right: true}, {Text: lang.Int(p.Jobs), Right: true},
			{Text: lang.Int(p.People), Right: true}})
	}
	return t
}

// yuan is an amount in whole yuan.
func yuan(fen int64) string { return lang.Int((fen + 50) / 100) }

func (r *Room) showMarket(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	m, err := marketByID(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	days, err := sessions(c.Context(), r.DB, id, 20)
	if err != nil {
		return err
	}
	today := db.On(r.today())
	jobs, err := openJobs(c.Context(), r.DB, wanted{Area: bannerOf(m.Area), Market: id, From: today, Till: db.On(today.AddDate(0, 0, 14)), Limit: 100})
	if err != nil {
		return err
	}
	d := page{Tags: []cell{tag("", word(c, "market", m.Kind))}, Pairs: marketPairs(c, &m)}
	if m.Closed {
		d.Tags = append(d.Tags, tag("stop", c.T("gig.closed")))
	}
	for _, part := range []struct {
		id       string
		from, to int
	}{{"today", 0, 0}, {"tomorrow", 1, 1}, {"later", 2, 14}} {
		l := list{ID: part.id, Head: word(c, "day", "x"+part.id), Empty: c.T("gig.noWork")}
		from, till := today.AddDate(0, 0, part.from), today.AddDate(0, 0, part.to)
		for i := range jobs {
			if j := &jobs[i]; !j.Until.Before(from) && !j.From.After(till) && (part.from < 2 || j.From.After(today.AddDate(0, 0, 1))) {
				l.Lines = append(l.Lines, r.jobLine(c, j, jobAt(j.ID)))
			}
		}
		d.Lists = append(d.Lists, l)
	}
	d.Tables = []table{sessionTable(c, days)}
	return c.Render("gig/sheet", web.Page{Title: m.Name, Nav: atHome, Public: public(c.User), Crumbs: []web.Crumb{{Text: c.T("gig.title"), Href: atHome}}, Data: d})
}

func marketPairs(c *web.Ctx, m *Market) []web.Pair {
	var offered []string
	for s := range strings.FieldsSeq(m.Services) {
		offered = append(offered, word(c, "service", s))
	}
	return []web.Pair{{Key: c.T("gig.h.address"), Value: area.FullName(bannerOf(m.Area)) + " " + m.Address}, {Key: c.T("gig.h.hours"), Value: m.Hours}, {Key: c.T("gig.h.operator"), Value: m.Operator}, {Key: c.T("gig.h.capacity"), Value: lang.Int(m.Capacity)},
		{Key: c.T("gig.h.services"), Value: strings.Join(offered, "、")}, {Key: c.T("gig.h.officer"), Value: m.Officer}}
}

func sessionTable(c *web.Ctx, days []Session) table {
	t := table{ID: "sessions", Head: c.T("gig.sessions"), Heads: heads(c, "day", "theme", "+came"), Empty: c.T("gig.noSessions")}
	for _, s := range days {
		came := "—"
		if s.Came >= 0 {
			came = lang.Int(s.Came)
		}
		t.Rows = append(t.Rows, []cell{{Text: s.Day.String()}, {Text: s.Theme}, {Text: came, Right: true}})
	}
	return t
}

// jobPairs is what everybody may read of a job.
func jobPairs(c *web.Ctx, j *Job, w Wage) []web.Pair {
	var given []string
	for _, x := range []struct {
		on  bool
		key string
	}{{j.Tools, "tools"}, {j.Meals, "meals"}, {j.Insured, "insured"}, {j.Teams, "teams"}} {
		if x.on {
			given = append(given, c.T("gig."+x.key))
		}
	}
	price := c.T("gig.aDay", lang.Fen(j.DayFen()), lang.Fen(j.HourFen()))
	if least, rule := w.least(); least > 0 {
		price += c.T("gig.leastNote", lang.Fen(least), rule)
	}
	list := []web.Pair{{Key: c.T("gig.h.price"), Value: priceText(c, j), Note: price}, {Key: c.T("gig.h.payWhen"), Value: word(c, "pay", j.Pay), Note: c.T("gig.dueOn", j.DueOn().String())}, {Key: c.T("gig.h.day"), Value: daysText(c, j.From, j.Until)},
		{Key: c.T("gig.h.hours"), Value: j.Hours(), Note: c.T("gig.restNote", hoursText(j.Minutes()), number(j.Rest))}, {Key: c.T("gig.h.address"), Value: area.FullName(j.Area) + " " + addressFor(c, j)}, {Key: c.T("gig.h.people"), Value: c.T("gig.placesOf", lang.Int(j.Places-j.Taken), lang.Int(j.Places)), Note: word(c, "how", map[bool]string{true: "pick", false: "first"}[j.Pick])},
		{Key: c.T("gig.h.given"), Value: strings.Join(given, "、")}, {Key: c.T("gig.h.hirer"), Value: j.Hirer}, {Key: c.T("gig.h.note"), Value: j.Note}, {Key: c.T("gig.h.fee"), Value: c.T("gig.free"), Note: c.T("gig.freeText")}, {Key: c.T("gig.h.leave"), Value: c.T("gig.leaveUntil", number(j.Notice))}}
	out := list[:0]
	for _, p := range list {
		if p.Value != "" {
			out = append(out, p)
		}
	}
	return out
}

func (r *Room) showJob(c *web.Ctx) error { return r.renderJob(c, nil) }

func (r *Room) renderJob(c *web.Ctx, failing *web.Form) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	j, err := jobByID(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	d := page{Tags: []cell{tag("", word(c, "kind", j.Kind)), r.standing(c, &j)}, Pairs: jobPairs(c, &j, r.Wages.MinimumWage(c.Context(), j.Area, j.From.Time))}
	if !j.Insured {
		d.Informs = append(d.Informs, inform{"warn", c.T("gig.notInsured"), c.T("gig.notInsuredText")})
	}
	if j.Why != "" {
		d.Informs = append(d.Informs, inform{"warn", r.standing(c, &j).Text, j.Why})
	}
	switch {
	case c.User.ID == 0 && j.Takes(r.Clock.Now()):
		d.Actions = []web.Tab{{Text: c.T("gig.signIn"), Href: "/signin?next=" + jobAt(id)}}
	case c.User.Role == account.Seeker:
		if err := r.ownPart(c, &j, &d, failing); err != nil {
			return err
		}
	case c.User.ID != 0 && MayRun(c.User, &j) == nil:
		d.Actions = []web.Tab{{Text: c.T("gig.toManage"), Href: manageAt(id)}}
	}
	return c.Render("gig/sheet", web.Page{Title: j.Title, Nav: atHome, Public: public(c.User), Form: failing, Crumbs: []web.Crumb{{Text: c.T("gig.title"), Href: atHome}}, Data: d})
}

// inZone is an instant as a clock shows it.
func inZone(ms int64) string { return time.UnixMilli(ms).In(clock.Zone).Format("01-02 15:04") }
