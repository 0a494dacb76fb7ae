package gig

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// managed is the job of an address, for whoever runs it.
func (r *Room) managed(c *web.Ctx) (Job, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Job{}, err
	}
	j, err := jobByID(c.Context(), r.DB, id)
	if err == nil {
		err = MayRun(c.User, &j)
	}
	return j, err
}

func (r *Room) manage(c *web.Ctx) error { return r.renderManage(c, nil, "") }

func (r *Room) renderManage(c *web.Ctx, failing *web.Form, failed string) error {
	j, err := r.managed(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	takes, err := r.takesAt(ctx, r.DB, j.ID)
	if err != nil {
		return err
	}
	var people []int64
	for _, t := range takes {
		people = append(people, t.PersonID)
	}
	names, err := r.People.Names(ctx, people)
	if err != nil {
		return err
	}
	phones, err := r.People.Phones(ctx, r.DB, people)
	if err != nil {
		return err
	}
	days, err := shiftsAt(ctx, r.DB, j.ID)
	if err != nil {
		return err
	}
	staff := c.User.Role != account.Employer
	d := page{FactsLast: true, Tags: []cell{tag("", word(c, "kind", j.Kind)), r.standing(c, &j)}, Pairs: jobPairs(c, &j, r.Wages.MinimumWage(ctx, j.Area, j.From.Time)), Actions: []web.Tab{{Text: c.T("gig.publicPage"), Href: jobAt(j.ID), Current: true}}}
	if staff && j.EmployerID == 0 {
		hirer, err := hirerByID(ctx, r.DB, j.HirerID)
		if err != nil {
			return err
		}
		h, err := r.household(&hirer)
		if err != nil {
			return err
		}
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("gig.f.hirer"), Value: h.Name + " " + h.Phone})
	}
	if !j.Insured {
		d.Informs = append(d.Informs, inform{"warn", c.T("gig.notInsured"), c.T("gig.insureThem")})
	}
	if j.Why != "" {
		d.Informs = append(d.Informs, inform{"warn", r.standing(c, &j).Text, j.Why})
	}
	d.Lists = append(d.Lists, r.takerList(c, &j, takes, names, phones))
	if !staff || j.EmployerID == 0 {
		d.Attend, d.Pay = r.attendForm(c, &j, takes, names, days, failing, failed), r.payForm(c, &j, takes, names, failing, failed)
	}
	if d.Attend != nil && j.Days() > 1 {
		d.Chips = r.dayTabs(c, &j)
	}
	var all []Shift
	for _, t := range takes {
		all = append(all, days[t.PersonID]...)
	}
	if len(all) > 0 {
		d.Tables = append(d.Tables, shiftTable(c, all, names))
	}
	if err := r.proposed(c, &j, &d); err != nil {
		return err
	}
	d.Boxes = r.manageBoxes(c, &j, takes, names, all, failing, failed)
	crumb := web.Crumb{Text: c.T("gig.hire"), Href: atHire}
	if staff {
		crumb = web.Crumb{Text: c.T("gig.tab.jobs"), Href: atDesk}
	}
	return c.Render("gig/sheet", web.Page{Title: j.Title, Lede: daysText(c, j.From, j.Until) + " " + j.Hours() + "　" + priceText(c, &j) + "　" + r.standing(c, &j).Text, Window: c.T("gig.hire"), Nav: crumb.Href, Form: failing, Crumbs: []web.Crumb{crumb}, Data: d})
}

// takerList lists who asked and who has a place. Whole names and telephones are those of people who have the place.
func (r *Room) takerList(c *web.Ctx, j *Job, takes []Take, names, phones map[int64]string) list {
	l := list{ID: "people", Head: c.T("gig.takers", lang.Int(j.Taken), lang.Int(j.Places)), Empty: c.T("gig.noTakers")}
	begun := !r.Clock.Now().Before(j.Begins())
	for _, t := range takes {
		x := line{Text: web.MaskName(names[t.PersonID]), Tags: []cell{stateTag(c, "take", t.State)}, Small: []string{inZone(t.At)}}
		if t.State == Taken || t.State == Absent {
			x.Text = names[t.PersonID]
			x.Small = []string{phones[t.PersonID]}
		}
		if t.Pay != Unpaid {
			x.Tags = append(x.Tags, stateTag(c, "paid", t.Pay))
			x.Right = lang.Fen(t.Due) + " " + c.T("gig.yuan")
		}
		if t.Objection != "" {
			x.Small = append(x.Small, c.T("gig.h.objection")+"："+t.Objection)
		}
		if t.Settlement != "" {
			x.Small = append(x.Small, c.T("gig.h.settlement")+"："+t.Settlement)
		}
		button := func(do string, second bool) {
			x.Acts = append(x.Acts, act{Post: true, Href: manageAt(j.ID) + "/" + do, Text: word(c, "do", do), Of: x.Text, Second: second, Hidden: []web.Hidden{{Name: "person", Value: number(t.PersonID)}}})
		}
		switch {
		case t.State == Asked && j.State == Open:
			button("choose", false)
			button("pass", true)
		case t.State == Taken && t.Pay == Unpaid && begun:
			button("missed", true)
		}
		l.Lines = append(l.Lines, x)
	}
	return l
}

// attendDay is the day that the form of attendance is about: the one asked for, or the last one that has come.
func (r *Room) attendDay(c *web.Ctx, j *Job) (db.Date, bool) {
	day := earlier(db.On(r.today()), j.Until)
	if t, err := parseDay(c.Query("day")); err == nil && !t.Before(j.From.Time) && !t.After(day.Time) {
		day = t
	}
	return day, !day.Before(j.From.Time)
}

// dayTabs lead to the attendance of each day that has come.
func (r *Room) dayTabs(c *web.Ctx, j *Job) (out []web.Tab) {
	now, _ := r.attendDay(c, j)
	for d := j.From.Time; !d.After(earlier(db.On(r.today()), j.Until).Time); d = d.AddDate(0, 0, 1) {
		day := db.On(d)
		out = append(out, web.Tab{Text: dayText(c, day), Href: manageAt(j.ID) + "?day=" + day.String(), Current: day.Equal(now.Time)})
	}
	return out
}

func attendFields(c *web.Ctx, j *Job, t *Take) []web.Field {
	id := number(t.PersonID)
	out := []web.Field{{Name: "in_" + id, Label: c.T("gig.f.in"), Max: 5, Width: "4"}, {Name: "out_" + id, Label: c.T("gig.f.out"), Max: 5, Width: "4"}}
	if j.Unit == PerPiece {
		out = append(out, web.Field{Name: "pieces_" + id, Label: c.T("gig.f.counted"), Kind: "number", Min: 0, Top: 100_000, Width: "4"})
	}
	return out
}

// attendForm is the hirer's word on one day, for everybody who has a place and is not paid yet.
func (r *Room) attendForm(c *web.Ctx, j *Job, takes []Take, names map[int64]string, days map[int64][]Shift, failing *web.Form, failed string) *many {
	day, ok := r.attendDay(c, j)
	if !ok {
		return nil
	}
	m := &many{Head: c.T("gig.attendOn", day.String()), Note: c.T("gig.attendNote"), Action: manageAt(j.ID) + "/attend?day=" + day.String(), Button: word(c, "do", "attend")}
	var fields []web.Field
	values := map[string]string{}
	for i := range takes {
		t := &takes[i]
		if !t.open(day.Time) {
			continue
		}
		s := newShift(t, day)
		for _, one := range days[t.PersonID] {
			if one.Day.Equal(day.Time) {
				s = one
			}
		}
		id := number(t.PersonID)
		in, out := s.HirerIn, s.HirerOut
		if in < 0 && out < 0 {
			in, out = j.Start, j.End
		}
		values["in_"+id], values["out_"+id] = clockText(in), clockText(out)
		if s.Pieces > 0 {
			values["pieces_"+id] = number(s.Pieces)
		}
		row := sheetRow{Name: names[t.PersonID]}
		if s.WorkerIn >= 0 {
			row.Small = c.T("gig.workerSaid", clockText(s.WorkerIn), clockText(s.WorkerOut))
		}
		for _, f := range attendFields(c, j, t) {
			fields = append(fields, f)
			row.Fields = append(row.Fields, f.Name)
		}
		m.Rows = append(m.Rows, row)
	}
	if len(m.Rows) == 0 {
		return nil
	}
	if m.Form = failing; failed != "attend" {
		m.Form = c.Form(fields...)
		for k, v := range values {
			m.Form.Set(k, strings.TrimSuffix(v, "—"))
		}
	}
	return m
}

// payForm is what the hirer has paid, for everybody whom something is owed to.
func (r *Room) payForm(c *web.Ctx, j *Job, takes []Take, names map[int64]string, failing *web.Form, failed string) *many {
	m := &many{Head: c.T("gig.payHead"), Note: c.T("gig.payNote"), Action: manageAt(j.ID) + "/pay", Button: word(c, "do", "pay")}
	var fields []web.Field
	for _, t := range takes {
		if t.Pay == Owed || t.Pay == Disputed {
			f := payField(c, t.PersonID, names[t.PersonID])
			fields = append(fields, f)
			m.Rows = append(m.Rows, sheetRow{Fields: []string{f.Name}})
		}
	}
	if len(fields) == 0 {
		return nil
	}
	if m.Form = failing; failed != "pay" {
		m.Form = c.Form(fields...)
		for _, t := range takes {
			if t.Pay == Owed || t.Pay == Disputed {
				m.Form.Set("fen_"+number(t.PersonID), web.Yuan(t.Due))
			}
		}
	}
	return m
}

func payField(c *web.Ctx, id int64, name string) web.Field {
	return web.Field{Name: "fen_" + number(id), Label: name, Kind: "number", Width: "8", Unit: c.T("gig.yuan")}
}

// proposed lists people who offer what the job asks for: surnames only, until they take the place.
func (r *Room) proposed(c *web.Ctx, j *Job, d *page) error {
	if !j.Takes(r.Clock.Now()) {
		return nil
	}
	fits, err := r.workersFor(c.Context(), j)
	if err != nil {
		return err
	}
	l := list{ID: "suit", Head: c.T("gig.workers"), Note: c.T("gig.workersNote"), Empty: c.T("gig.noWorkers")}
	for _, f := range fits {
		l.Lines = append(l.Lines, line{Text: web.MaskName(f.Of.Name), Small: []string{whyText(c, f.Why)}, Acts: []act{{Post: true, Href: manageAt(j.ID) + "/invite", Text: word(c, "do", "invite"), Of: web.MaskName(f.Of.Name), Second: true, Hidden: []web.Hidden{{Name: "person", Value: number(f.Of.ID)}}}}})
	}
	d.After = append(d.After, l)
	return nil
}

func whoField(c *web.Ctx, names map[int64]string, list []Take, ok func(*Take) bool) web.Field {
	f := web.Field{Name: "who", Label: c.T("gig.f.who"), Kind: "select", Need: true}
	for i := range list {
		if ok(&list[i]) {
			f.Options = append(f.Options, web.Option{Value: number(list[i].PersonID), Text: names[list[i].PersonID]})
		}
	}
	return f
}

// manageFields are the fields of the acts that stand in boxes; nil when there is nothing to do.
func manageFields(c *web.Ctx, what string, takes []Take, names map[int64]string) []web.Field {
	reason := web.Field{Name: "why", Label: c.T("gig.f.why"), Kind: "textarea", Need: true, Max: 200, Rows: 2}
	var who web.Field
	switch what {
	case "end":
		return []web.Field{reason}
	case "settle":
		who = whoField(c, names, takes, func(t *Take) bool { return t.State == Taken || t.State == Absent })
		who.Label = c.T("gig.f.who")
		if len(who.Options) > 0 {
			return []web.Field{who, {Name: "day", Label: c.T("gig.h.day"), Kind: "date", Need: true, Width: "8"}, {Name: "in", Label: c.T("gig.f.in"), Need: true, Max: 5, Width: "4"}, {Name: "out", Label: c.T("gig.f.out"), Need: true, Max: 5, Width: "4"}, reason}
		}
	case "close":
		who = whoField(c, names, takes, func(t *Take) bool { return t.Pay == Owed || t.Pay == Disputed || t.Pay == Said })
		if len(who.Options) > 0 {
			return []web.Field{who, {Name: "fen", Label: c.T("gig.h.paid"), Kind: "number", Need: true, Width: "8", Unit: c.T("gig.yuan")}, reason}
		}
	}
	return nil
}

func (r *Room) manageBoxes(c *web.Ctx, j *Job, takes []Take, names map[int64]string, days []Shift, failing *web.Form, failed string) (out []box) {
	for _, what := range []string{"settle", "close", "end"} {
		if what != "end" && c.User.Role == account.Employer || what == "end" && (j.State != Open || j.Until.Before(r.today()) || c.User.Role == account.Employer && !r.Clock.Now().Before(j.Begins())) {
			continue
		}
		fields := manageFields(c, what, takes, names)
		if fields == nil {
			continue
		}
		b := boxOf(c, what, manageAt(j.ID)+"/"+what, j.Version, failing, failed, fields...)
		if what == "settle" && failed != what {
			for _, s := range days {
				if s.Differs() {
					b.Open = true
					b.Form.Set("settle_who", number(s.PersonID))
					b.Form.Set("settle_day", s.Day.String())
				}
			}
		}
		out = append(out, b)
	}
	return out
}

func (r *Room) actManage(c *web.Ctx) error {
	j, err := r.managed(c)
	if err != nil {
		return err
	}
	ctx, what, person := c.Context(), c.R.PathValue("act"), asID(c.R.PostFormValue("person"))
	switch what {
	case "choose", "pass":
		err = r.Choose(ctx, c.User, j.ID, person, what == "choose", c.Once())
	case "missed":
		err = r.Missed(ctx, c.User, j.ID, person, c.Once())
	case "invite":
		err = r.Invite(ctx, c.User, j.ID, person, c.Once())
	case "attend", "pay", "settle", "close", "end":
		return r.formManage(c, &j, what)
	default:
		err = fault.New(fault.NotFound, "没有这种办法")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("gig.done"))
	return c.Redirect(manageAt(j.ID))
}

// formManage does the acts that bring a form.
func (r *Room) formManage(c *web.Ctx, j *Job, what string) error {
	ctx := c.Context()
	takes, err := r.takesAt(ctx, r.DB, j.ID)
	if err != nil {
		return err
	}
	var names map[int64]string
	var f *web.Form
	var do func() error
	switch what {
	case "attend":
		f, do = r.readAttend(c, j, takes)
	case "pay":
		f, do = r.readPay(c, j, takes)
	default:
		var people []int64
		for _, t := range takes {
			people = append(people, t.PersonID)
		}
		if names, err = r.People.Names(ctx, people); err != nil {
			return err
		}
		fields := manageFields(c, what, takes, names)
		if fields == nil {
			return fault.New(fault.Conflict, "没有可以调处的劳动者")
		}
		f, _ = web.ActForm(c, what, fields...)
		why := f.Text(what + "_why")
		switch what {
		case "end":
			do = func() error { return r.End(ctx, c.User, j.ID, f.Version(), why, c.Once()) }
		case "settle":
			who, day, in, out := asID(f.Choice("settle_who")), db.On(f.Date("settle_day")), clockIn(f, "settle_in"), clockIn(f, "settle_out")
			do = func() error { return r.Settle(ctx, c.User, j.ID, who, day, in, out, why, c.Once()) }
		case "close":
			who, fen := asID(f.Choice("close_who")), f.Fen("close_fen")
			do = func() error { return r.Close(ctx, c.User, j.ID, who, fen, why, c.Once()) }
		}
	}
	if f.OK() {
		if err := do(); err == nil {
			c.Flash("ok", c.T("gig.done"))
			return c.Redirect(manageAt(j.ID))
		} else if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderManage(c, f, what)
}

func (r *Room) readAttend(c *web.Ctx, j *Job, takes []Take) (*web.Form, func() error) {
	var fields []web.Field
	var open []Take
	day, ok := r.attendDay(c, j)
	for i := range takes {
		if t := &takes[i]; t.open(day.Time) {
			fields, open = append(fields, attendFields(c, j, t)...), append(open, *t)
		}
	}
	f := c.Form(fields...)
	if !ok || len(open) == 0 {
		f.Fail("", "还没有开工，或者没有可以登记出勤的劳动者")
	}
	var seen []Seen
	for _, t := range open {
		id := number(t.PersonID)
		s := Seen{PersonID: t.PersonID, In: clockIn(f, "in_"+id), Out: clockIn(f, "out_"+id)}
		if j.Unit == PerPiece {
			s.Pieces = f.Int("pieces_" + id)
		}
		if s.In >= 0 || s.Out >= 0 {
			seen = append(seen, s)
		}
	}
	return f, func() error { return r.Attend(c.Context(), c.User, j.ID, day, seen, c.Once()) }
}

func (r *Room) readPay(c *web.Ctx, j *Job, takes []Take) (*web.Form, func() error) {
	var fields []web.Field
	for _, t := range takes {
		if t.Pay == Owed || t.Pay == Disputed {
			fields = append(fields, payField(c, t.PersonID, c.T("gig.h.paid")))
		}
	}
	f := c.Form(fields...)
	var list []Paid
	for _, t := range takes {
		if t.Pay == Owed || t.Pay == Disputed {
			if fen := f.Fen("fen_" + number(t.PersonID)); fen > 0 {
				list = append(list, Paid{t.PersonID, fen})
			}
		}
	}
	if len(list) == 0 {
		f.Fail("", "请填写付给每个人的金额")
	}
	return f, func() error { return r.Pay(c.Context(), c.User, j.ID, list, c.Once()) }
}
