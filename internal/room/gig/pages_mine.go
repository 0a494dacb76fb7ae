package gig

import (
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// ownPart adds what a worker sees of the own place at a job, and can do.
func (r *Room) ownPart(c *web.Ctx, j *Job, d *page, failing *web.Form) error {
	ctx, me := c.Context(), c.User.PersonID
	t, found, err := r.takeOf(ctx, r.DB, me, j.ID)
	if err != nil {
		return err
	}
	team, err := teamOf(ctx, r.DB, me)
	if err != nil {
		return err
	}
	leads := team.ID != 0 && team.LeaderID == me
	button := func(do, key string, second bool) {
		d.Acts = append(d.Acts, act{Post: true, Href: jobAt(j.ID) + "/" + do, Text: word(c, "do", key), Second: second})
	}
	if (!found || t.State == Left) && j.Takes(r.Clock.Now()) {
		button("take", map[bool]string{true: "ask", false: "take"}[j.Pick], false)
		if leads && j.Teams {
			button("team", "team", true)
		}
		return nil
	}
	if !found {
		return nil
	}
	d.Tags = append(d.Tags, stateTag(c, "take", t.State))
	today := r.today()
	on := t.State == Taken && !today.Before(j.From.Time) && !today.After(j.Until.Time)
	days, err := shiftsOf(ctx, r.DB, me, j.ID)
	if err != nil {
		return err
	}
	var now Shift
	now.WorkerIn, now.WorkerOut = -1, -1
	if at := slices.IndexFunc(days, func(s Shift) bool { return s.Day.Equal(today) }); at >= 0 {
		now = days[at]
	}
	switch {
	case on && now.WorkerIn < 0:
		button("in", "in", false)
		if leads && t.TeamID == team.ID {
			button("teamin", "teamin", true)
		}
	case on:
		button("out", "out", false)
		if leads && t.TeamID == team.ID {
			button("teamout", "teamout", true)
		}
	}
	if t.Pay == Said {
		button("confirm", "confirm", false)
	}
	if t.State == Asked || t.State == Taken && r.Clock.Now().Before(j.Begins()) {
		button("leave", "leave", true)
	}
	if t.State != Taken {
		return nil
	}
	d.Tables = append(d.Tables, shiftTable(c, days, nil))
	d.Pairs = append(d.Pairs, payPairs(c, &t)...)
	if t.Pay == Said || t.Pay == Owed || t.Pay == Unpaid && !r.Clock.Now().Before(j.Begins()) {
		failed := ""
		if failing != nil {
			failed = "dispute"
		}
		d.Boxes = append(d.Boxes, boxOf(c, "dispute", jobAt(j.ID)+"/dispute", t.Version, failing, failed, web.Field{Name: "text", Label: c.T("gig.f.objection"), Kind: "textarea", Need: true, Max: 300, Rows: 3}))
	}
	return nil
}

func payPairs(c *web.Ctx, t *Take) (list []web.Pair) {
	if t.Pay == Unpaid {
		return nil
	}
	list = append(list, web.Pair{Key: c.T("gig.h.owed"), Value: lang.Fen(t.Due) + " " + c.T("gig.yuan"), Note: c.T("gig.dueOn", t.DueOn.String())}, web.Pair{Key: c.T("gig.h.payState"), Value: word(c, "paid", t.Pay)})
	if t.Paid > 0 {
		list = append(list, web.Pair{Key: c.T("gig.h.paid"), Value: lang.Fen(t.Paid) + " " + c.T("gig.yuan"), Note: t.PaidOn.String()})
	}
	if t.Objection != "" {
		list = append(list, web.Pair{Key: c.T("gig.h.objection"), Value: t.Objection})
	}
	if t.Settlement != "" {
		list = append(list, web.Pair{Key: c.T("gig.h.settlement"), Value: t.Settlement})
	}
	return list
}

// shiftTable lists days of work with what both sides say; names is nil on the worker's own page.
func shiftTable(c *web.Ctx, days []Shift, names map[int64]string) table {
	t := table{ID: "shifts", Head: c.T("gig.shifts"), Note: c.T("gig.shiftsNote"), Heads: heads(c, "day", "workerSays", "hirerSays", "settled", "+counted"), Empty: c.T("gig.noShifts")}
	for _, s := range days {
		first := cell{Text: s.Day.String()}
		if names != nil {
			first.Small = names[s.PersonID]
		}
		settled := cell{Text: "—"}
		switch {
		case s.SettledIn >= 0:
			settled = cell{Text: clockText(s.SettledIn) + "～" + clockText(s.SettledOut), Small: s.Why}
		case s.Differs():
			settled = tag("warn", c.T("gig.differs"))
		}
		t.Rows = append(t.Rows, []cell{first, {Text: clockText(s.WorkerIn) + "～" + clockText(s.WorkerOut)}, {Text: clockText(s.HirerIn) + "～" + clockText(s.HirerOut)}, settled, {Text: c.T("gig.hoursN", hoursText(s.Worked)), Right: true}})
	}
	return t
}

func (r *Room) actJob(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	ctx, what, done := c.Context(), c.R.PathValue("act"), c.T("gig.done")
	switch what {
	case "take", "team":
		var n int
		if n, err = r.Take(ctx, c.User, id, what == "team", c.Once()); err == nil {
			done = c.T("gig.taken", n)
		}
	case "leave":
		err = r.Leave(ctx, c.User, id, c.Once())
	case "in", "out", "teamin", "teamout":
		err = r.ClockIn(ctx, c.User, id, strings.HasSuffix(what, "out"), strings.HasPrefix(what, "team"), c.Once())
	case "confirm":
		err = r.Received(ctx, c.User, id, true, "", c.Once())
	case "dispute":
		f, _ := web.ActForm(c, "dispute", web.Field{Name: "text", Label: c.T("gig.f.objection"), Kind: "textarea", Need: true, Max: 300, Rows: 3})
		text := f.Text("dispute_text")
		if f.OK() {
			if err = f.Mend(r.Received(ctx, c.User, id, false, text, c.Once())); err != nil {
				return err
			}
		}
		if !f.OK() {
			return r.renderJob(c, f)
		}
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", done)
	return c.Redirect(jobAt(id))
}

func workerFields(c *web.Ctx, home string) []web.Field {
	var week []web.Option
	for i := range 7 {
		week = append(week, web.Option{Value: number(int64(i)), Text: word(c, "week", number(int64(i)))})
	}
	return []web.Field{{Name: "kinds", Label: c.T("gig.f.kinds"), Kind: "checkboxes", Options: options(c, "kind", kinds)}, {Name: "days", Label: c.T("gig.f.days"), Kind: "checkboxes", Options: week},
		{Name: "until", Label: c.T("gig.f.until"), Kind: "date", Need: true, Width: "8"}, {Name: "least", Label: c.T("gig.f.least"), Hint: c.T("gig.f.leastHint"), Kind: "number", Width: "8", Unit: c.T("gig.yuan")},
		{Name: "area", Label: c.T("gig.f.from"), Kind: "select", Need: true, Options: account.Banners(home)}, {Name: "km", Label: c.T("gig.f.km"), Hint: c.T("gig.f.kmHint"), Kind: "number", Width: "4", Unit: c.T("gig.km")}, {Name: "on", Label: c.T("gig.f.on"), Kind: "check"}}
}

func (r *Room) mine(c *web.Ctx) error { return r.renderMine(c, nil, "") }

func (r *Room) renderMine(c *web.Ctx, failing *web.Form, failed string) error {
	ctx, me := c.Context(), c.User.PersonID
	w, found, err := workerOf(ctx, r.DB, me)
	if err != nil {
		return err
	}
	var d page
	if err := r.myShares(c, &d); err != nil {
		return err
	}
	own, err := r.takesBy(ctx, r.DB, me, 30)
	if err != nil {
		return err
	}
	var jobIDs []int64
	for _, t := range own {
		jobIDs = append(jobIDs, t.JobID)
	}
	jobs, err := jobsIn(ctx, r.DB, jobIDs)
	if err != nil {
		return err
	}
	l := list{ID: "own", Head: c.T("gig.own"), Empty: c.T("gig.noOwn")}
	for _, t := range own {
		j := jobs[t.JobID]
		x := line{Text: j.Title, Href: jobAt(j.ID), Right: priceText(c, &j), Tags: []cell{stateTag(c, "take", t.State)}, Small: []string{daysText(c, j.From, j.Until) + "　" + j.Hours(), j.Hirer}}
		if t.Pay != Unpaid {
			x.Tags = append(x.Tags, stateTag(c, "paid", t.Pay))
		}
		l.Lines = append(l.Lines, x)
	}
	d.Lists = append(d.Lists, l)
	if found && w.On {
		fits, err := r.jobsFor(ctx, &w)
		if err != nil {
			return err
		}
		suit := list{ID: "suit", Head: c.T("gig.suit"), Note: c.T("gig.suitNote"), Empty: c.T("gig.noSuit")}
		for i := range fits {
			x := r.jobLine(c, &fits[i].Of, jobAt(fits[i].Of.ID))
			x.Small = append(x.Small, whyText(c, fits[i].Why))
			suit.Lines = append(suit.Lines, x)
		}
		d.Lists = append(d.Lists, suit)
	}
	f := boxOf(c, "offer", atMine+"/offer", w.Version, failing, failed, workerFields(c, region)...)
	if failed != "offer" {
		fillWorker(f.Form, &w, found && w.On, c.User.Area, db.On(r.today().AddDate(0, 1, 0)))
	}
	f.Open = f.Open || !found || !w.On
	d.Boxes = append(d.Boxes, f)
	if err := r.teamBoxes(c, &d, failing, failed); err != nil {
		return err
	}
	d.Actions = []web.Tab{{Text: c.T("gig.see"), Href: atHome}, {Text: c.T("gig.act.offer"), Href: "#offer", Current: true}}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.mine"), Lede: c.T("gig.mineLede"), Nav: atHome, Public: true, Form: failing, Crumbs: []web.Crumb{{Text: c.T("gig.title"), Href: atHome}}, Data: d})
}

func fillWorker(f *web.Form, w *Worker, on bool, home string, until db.Date) {
	if strings.TrimSpace(w.Kinds) == "" {
		w.Days, w.Km, w.Until, w.Area = 127, 50, until, home
	}
	var week []string
	for i := range 7 {
		if w.Days&(1<<i) != 0 {
			week = append(week, number(int64(i)))
		}
	}
	f.Set("offer_kinds", strings.Fields(w.Kinds)...)
	f.Set("offer_days", week...)
	f.Set("offer_until", w.Until.String())
	if w.Least > 0 {
		f.Set("offer_least", web.Yuan(w.Least))
	}
	f.Set("offer_km", number(w.Km))
	f.Set("offer_area", area.At(w.Area, area.Banner))
	if on || strings.TrimSpace(w.Kinds) == "" {
		f.Set("offer_on", "yes")
	}
}

// whyText is the reasons of a fit in one line.
func whyText(c *web.Ctx, list []why) string {
	var out []string
	for _, w := range list {
		text := w.Zh
		if c.Lang == lang.English {
			text = w.En
		}
		out = append(out, text)
	}
	return strings.Join(out, map[bool]string{true: "; ", false: "；"}[c.Lang == lang.English])
}

func (r *Room) teamBoxes(c *web.Ctx, d *page, failing *web.Form, failed string) error {
	t, err := teamOf(c.Context(), r.DB, c.User.PersonID)
	if err != nil {
		return err
	}
	if t.ID == 0 {
		d.Boxes = append(d.Boxes, boxOf(c, "join", atMine+"/join", 0, failing, failed, web.Field{Name: "code", Label: c.T("gig.f.code"), Hint: c.T("gig.f.codeHint"), Need: true, Max: 8, Width: "8"}),
			boxOf(c, "found", atMine+"/found", 0, failing, failed, web.Field{Name: "name", Label: c.T("gig.f.team"), Need: true, Max: 20}))
		return nil
	}
	people, err := members(c.Context(), r.DB, t.ID)
	if err != nil {
		return err
	}
	names, err := r.People.Names(c.Context(), people)
	if err != nil {
		return err
	}
	l := list{ID: "team", Head: c.T("gig.teamOf", t.Name), Note: c.T("gig.teamCode", t.Code)}
	for _, id := range people {
		x := line{Text: names[id]}
		if id == t.LeaderID {
			x.Tags = []cell{tag("", c.T("gig.leader"))}
		}
		if id == c.User.PersonID {
			x.Acts = []act{{Post: true, Href: atMine + "/quit", Text: word(c, "do", "quit"), Second: true}}
		}
		l.Lines = append(l.Lines, x)
	}
	d.Lists = append(d.Lists, l)
	return nil
}

// myShares lists what a person is asked to agree to, and has agreed to.
func (r *Room) myShares(c *web.Ctx, d *page) error {
	lent, err := lentOf(c.Context(), r.DB, c.User.PersonID)
	if err != nil || len(lent) == 0 {
		return err
	}
	l := list{ID: "shares", Head: c.T("gig.myShares"), Note: c.T("gig.sameRelation")}
	var shareIDs, units []int64
	for _, x := range lent {
		shareIDs = append(shareIDs, x.ShareID)
	}
	shares, err := sharesIn(c.Context(), r.DB, shareIDs)
	if err != nil {
		return err
	}
	for _, s := range shares {
		units = append(units, s.LenderID, s.BorrowerID)
	}
	names, err := r.Employers.Names(c.Context(), units)
	if err != nil {
		return err
	}
	for _, x := range lent {
		s := shares[x.ShareID]
		one := line{Text: s.Occupation, Right: c.T("gig.per.month", lang.Fen(s.Pay)), Tags: []cell{stateTag(c, "lent", x.State), stateTag(c, "share", s.Stage(r.today()))}, Small: []string{names[s.LenderID] + " → " + names[s.BorrowerID], daysText(c, s.From, s.Until) + "　" + s.Place,
			c.T("gig.whoPays", word(c, "side", s.Payer), word(c, "side", s.Insurer)), s.Terms}}
		if !x.Back.IsZero() && !x.Sent.IsZero() {
			one.Small = append(one.Small, c.T("gig.returnedOn", later(x.Back, x.Sent).String()))
		}
		answer := func(key, yes string, second bool) {
			one.Acts = append(one.Acts, act{Post: true, Href: atMine + "/consent", Text: word(c, "do", key), Of: s.Occupation, Second: second, Hidden: []web.Hidden{{Name: "share", Value: number(s.ID)}, {Name: "yes", Value: yes}}})
		}
		if s.State == Agreed && !s.Until.Before(r.today()) {
			switch x.State {
			case Waiting:
				answer("agree", "1", false)
				answer("disagree", "", true)
			case Consented:
				if r.today().Before(s.From.Time) {
					answer("withdraw", "", true)
				}
			}
		}
		l.Lines = append(l.Lines, one)
	}
	d.Lists = append(d.Lists, l)
	return nil
}

func (r *Room) actMine(c *web.Ctx) error {
	ctx, what := c.Context(), c.R.PathValue("act")
	var f *web.Form
	var do func() error
	switch what {
	case "offer":
		f, _ = web.ActForm(c, what, workerFields(c, region)...)
		w := Worker{Kinds: strings.Join(f.Many("offer_kinds"), " "), Until: db.On(f.Date("offer_until")), Least: f.Fen("offer_least"), Area: f.Choice("offer_area"), Km: f.Int("offer_km"), On: f.Flag("offer_on"), Version: f.Version()}
		for _, n := range f.Many("offer_days") {
			w.Days |= 1 << asID(n)
		}
		do = func() error { return r.Offer(ctx, c.User, w, c.Once()) }
	case "found":
		f, _ = web.ActForm(c, what, web.Field{Name: "name", Label: c.T("gig.f.team"), Need: true, Max: 20})
		name := f.Text("found_name")
		do = func() error { _, err := r.Found(ctx, c.User, name, c.Once()); return err }
	case "join":
		f, _ = web.ActForm(c, what, web.Field{Name: "code", Label: c.T("gig.f.code"), Hint: c.T("gig.f.codeHint"), Need: true, Max: 8, Width: "8"})
		code := f.Text("join_code")
		do = func() error { return r.Join(ctx, c.User, code, c.Once()) }
	case "quit":
		f = c.Form()
		do = func() error { return r.Quit(ctx, c.User, c.Once()) }
	case "consent":
		if err := r.Consent(ctx, c.User, asID(c.R.PostFormValue("share")), c.R.PostFormValue("yes") != "", c.Once()); err != nil {
			return err
		}
		c.Flash("ok", c.T("gig.done"))
		return c.Redirect(atMine)
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if f.OK() {
		if err := do(); err == nil {
			c.Flash("ok", c.T("gig.done"))
			return c.Redirect(atMine)
		} else if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderMine(c, f, what)
}
