package jobs

import (
	"strconv"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// dayNumber and numberOfDay write a day as a number, for cursors; a number somebody made up gives a day all the same.
func dayNumber(n int64) time.Time   { return time.Unix(max(0, min(n, 50000))*86400, 0).UTC() }
func numberOfDay(t time.Time) int64 { return t.Unix() / 86400 }

func (r *Room) showVacancy(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	ctx := c.Context()
	vacancy, err := r.Employers.Vacancy(ctx, id)
	if err != nil {
		return err
	}
	v, err := r.visitor(ctx, c.User)
	if err != nil {
		return err
	}
	o := &Offer{Vacancy: vacancy}
	if err := r.dress(ctx, []*Offer{o}); err != nil {
		return err
	}
	unit, err := r.Employers.Get(ctx, o.EmployerID)
	if err != nil {
		return err
	}
	var a Application
	var steps []web.Event
	if v.facts != nil {
		if a, err = r.store.application(ctx, r.DB, v.facts.ID, id); err != nil {
			return err
		}
		if steps, err = r.history(c, v.facts.ID, id); err != nil {
			return err
		}
	}
	pairs := []web.Pair{
		{Key: c.T("jobs.kv.openings"), Value: c.T("jobs.kv.openingsText", strconv.Itoa(o.Openings), strconv.Itoa(o.Applied))},
		{Key: c.T("jobs.kv.occupation"), Value: o.Occupation},
		{Key: c.T("jobs.kv.education"), Value: educationText(c, o.Education)},
		{Key: c.T("jobs.kv.contract"), Value: contractText(c, o.Contract)},
		{Key: c.T("jobs.kv.place"), Value: placeText(c, o.Area, v.home)},
		{Key: c.T("jobs.kv.posted"), Value: lang.Date(c.Lang, o.Posted.Time)},
		{Key: c.T("jobs.kv.closes"), Value: lang.Date(c.Lang, o.Closes.Time)},
	}
	if o.Benefits != "" {
		pairs = append(pairs, web.Pair{Key: c.T("jobs.kv.benefits"), Value: o.Benefits})
	}
	more, err := r.morePairs(c, vacancy)
	if err != nil {
		return err
	}
	pairs = append(pairs, more...)
	data := map[string]any{"ID": id, "Pay": payText(c, o.PayLow, o.PayHigh), "Employer": o.Employer, "Pairs": pairs, "Open": isOpen(vacancy, r.today()), "Body": o.Body,
		"Known": v.facts != nil, "Seeker": c.User.Role == roleSeeker, "Guest": !c.User.SignedIn(), "Applied": a.State != "", "Note": a.Note, "Steps": steps,
		"Tag": stateTag(c, a.State), "MayApply": v.facts != nil && May(Person, a.State, Sent), "MayWithdraw": v.facts != nil && May(Person, a.State, Withdrawn),
		"Referred": a.State == Referred, "Offered": a.State == Offered, "Reports": r.Reports != nil && c.User.SignedIn(), "Whys": reasonOptions(c, Person)}
	if v.seeker != nil {
		data["Reasons"] = reasons(c, v.seeker.Score(o.ranked).Reasons, false)
	}
	if c.User.SignedIn() {
		data["Phone"] = unit.Phone
	}
	if err := r.interviewInto(c, a, data); err != nil {
		return err
	}
	hidden, err := r.store.hiddenOf(ctx, vacancy.EmployerID)
	if err != nil {
		return err
	}
	if _, is := hidden[id]; is { // what follows another advert of the same work may still be applied for
		data["Open"] = false
	}
	if data["Open"] == true {
		data["Posting"] = posting(o, c.Origin())
	}
	if data["Similar"], err = r.similar(c, v, id, v.league); err != nil {
		return err
	}
	return c.Render("jobs/vacancy", web.Page{Title: o.Title, Public: true, OwnHead: true, Nav: "/jobs", Data: data,
		Form:   c.Form(web.Field{Name: "note", Label: c.T("jobs.apply.note"), Hint: c.T("jobs.apply.noteHint"), Max: 200}),
		Crumbs: []web.Crumb{{Text: c.T("jobs.find.title"), Href: "/jobs"}, {Text: o.Title}}})
}

// reasonOptions are the reasons that a side may choose from.
func reasonOptions(c *web.Ctx, side Side) []web.Option {
	var out []web.Option
	for _, x := range Reasons[side] {
		out = append(out, web.Option{Value: x.Code, Text: pick(c, x.Zh, x.En)})
	}
	return out
}

// history is what became of an application, newest first.
func (r *Room) history(c *web.Ctx, personID, vacancyID int64) ([]web.Event, error) {
	steps, err := r.store.steps(c.Context(), personID, vacancyID)
	out := make([]web.Event, len(steps))
	for i, s := range steps {
		at := db.On(clock.DayOf(time.UnixMilli(s.At)))
		out[i] = web.Event{When: lang.Date(c.Lang, at.Time), ISO: at.String(), Text: stateText(c, s.State) + "，" + s.ByName, Note: noted(reasonText(c.Lang, s.Reason), s.Note)}
	}
	return out, err
}

// noted are a reason and a note in one line.
func noted(reason, note string) string {
	if reason == "" || note == "" {
		return reason + note
	}
	return reason + "。" + note
}

func pick(c *web.Ctx, zh, en string) string {
	if c.Lang == lang.English && en != "" {
		return en
	}
	return zh
}

func (r *Room) postApply(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "note", Label: c.T("jobs.apply.note"), Max: 200})
	note := f.Text("note")
	if !f.OK() {
		c.Flash("stop", f.Errors[0].Text)
		return c.Redirect("/jobs/vacancy/" + strconv.FormatInt(id, 10))
	}
	if err := r.Apply(c.Context(), c.User, id, note, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.apply.done"))
	return c.Redirect("/jobs/vacancy/" + strconv.FormatInt(id, 10))
}

func (r *Room) postWithdraw(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "reason", Label: c.T("jobs.withdraw.why"), Kind: "select", Options: reasonOptions(c, Person)})
	if err := r.withdraw(c.Context(), c.User, id, f.Choice("reason"), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.withdraw.done"))
	return c.Redirect("/jobs/vacancy/" + strconv.FormatInt(id, 10))
}

// postAccept is a person's yes to an offer.
func (r *Room) postAccept(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := r.Accept(c.Context(), c.User, id, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.accept.done"))
	return c.Redirect(vacancyAt(id))
}

// mine shows a person's applications and what officers referred them to.
func (r *Room) mine(c *web.Ctx) error {
	personID, err := asPerson(c.User)
	if err != nil {
		return err
	}
	ctx := c.Context()
	list, err := r.store.applicationsOf(ctx, personID)
	if err != nil {
		return err
	}
	ids := make([]int64, len(list))
	for i, a := range list {
		ids[i] = a.VacancyID
	}
	vacancies, err := r.Employers.Vacancies(ctx, r.DB, ids)
	if err != nil {
		return err
	}
	offers := map[int64]*Offer{}
	var all []*Offer
	for _, v := range vacancies {
		o := &Offer{Vacancy: v}
		offers[v.ID], all = o, append(all, o)
	}
	if err := r.dress(ctx, all); err != nil {
		return err
	}
	var cards []Card
	live := 0
	for _, a := range list {
		o := offers[a.VacancyID]
		if o == nil {
			continue
		}
		if a.State.Live() {
			live++
		}
		at := clock.DayOf(time.UnixMilli(a.UpdatedAt))
		note := c.T("jobs.mine.at", lang.Date(c.Lang, at))
		if why := reasonText(c.Lang, a.Reason); why != "" {
			note += " " + c.T("jobs.mine.why", why)
		}
		if a.Note != "" {
			note += " " + c.T("jobs.mine.note", a.Note)
		}
		x := Card{ID: o.ID, Title: o.Title, Employer: o.Employer, Pay: payText(c, o.PayLow, o.PayHigh),
			Work: area.FullName(area.At(o.Area, area.Banner)), State: stateTag(c, a.State), Note: note}
		if a.State == Interview || a.State == Offered {
			x.More, x.MoreText = vacancyAt(o.ID), c.T("jobs.mine.do."+string(a.State))
		}
		cards = append(cards, x)
	}
	return c.Render("jobs/mine", web.Page{Title: c.T("jobs.mine.title"), Lede: c.T("jobs.mine.lede", strconv.Itoa(len(cards)), strconv.Itoa(live)), Public: true,
		Data: map[string]any{"Cards": cards, "Own": own(c, "/jobs/mine")}})
}
