package fair

import (
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

type guestRow struct {
	Time, Name, Vacancy, Result, Note string
	PersonID                          int64
	Kind                              string
}

type unitData struct {
	At                string
	Fair              fairCard
	Pairs             []web.Pair
	State             tag
	Reason            string
	Number            string
	Ask, Say          *web.Form
	CanAsk, CanSay    bool
	None              bool // no open vacancies
	Guests            []guestRow
	Came              []guestRow
	Public            string
	Registered, Staff bool
}

// ofUnit are the fair and the employer of an address, for somebody who may fill in the booth.
func (r *Room) ofUnit(c *web.Ctx) (f Fair, b Booth, found bool, err error) {
	if f, err = r.seen(c); err != nil {
		return f, b, false, err
	}
	unit, err := c.PathID("unit")
	if err != nil {
		return f, b, false, err
	}
	if err = MayRunBooth(c.User, &f, unit); err != nil {
		return f, b, false, err
	}
	b, found, err = boothOf(c.Context(), r.DB, unit, f.ID)
	b.EmployerID, b.FairID = unit, f.ID
	return f, b, found, err
}

// askForm is what an employer fills in.
func (r *Room) askForm(c *web.Ctx, f *Fair, b *Booth) (*web.Form, error) {
	open, err := r.openOf(c.Context(), b.EmployerID, f)
	if err != nil {
		return nil, err
	}
	box := web.Field{Name: "vacancies", Label: c.T("fair.vacancies"), Hint: c.T("fair.vacanciesHint"), Kind: "checkboxes", Need: true}
	for _, v := range open {
		box.Options = append(box.Options, web.Option{Value: strconv.FormatInt(v.ID, 10), Text: c.T("fair.vacancyLine", v.Title, v.Openings, payText(c, &v))})
	}
	return c.Form(box, web.Field{Name: "intro", Label: c.T("fair.intro"), Hint: c.T("fair.introHint"), Kind: "textarea", Max: 600, Rows: 4, Width: "full"},
		web.Field{Name: "contact", Label: c.T("fair.contact"), Hint: c.T("fair.contactHint"), Need: true, Max: 60}), nil
}

// sayForm is what came of a talk.
func (r *Room) sayForm(c *web.Ctx, b *Booth) (*web.Form, error) {
	list, err := r.Employers.Vacancies(c.Context(), r.DB, b.Vacancies)
	if err != nil {
		return nil, err
	}
	var choices []web.Option
	for _, v := range list {
		choices = append(choices, web.Option{Value: strconv.FormatInt(v.ID, 10), Text: v.Title})
	}
	return c.Form(web.Field{Name: "code", Label: c.T("fair.code"), Hint: c.T("fair.codeHint"), Need: true, Max: 20, Width: "16", Auto: "off"},
		web.Field{Name: "vacancy", Label: c.T("fair.vacancy"), Kind: "select", Need: true, Options: choices},
		web.Field{Name: "result", Label: c.T("fair.resultLabel"), Kind: "radios", Need: true, Options: options(c, "result", results)},
		web.Field{Name: "note", Label: c.T("fair.note"), Hint: c.T("fair.noteHint"), Max: 200}), nil
}

// unit is an employer's booth: its registration, who is expected, and what came of the talks.
func (r *Room) unit(c *web.Ctx) error {
	f, b, found, err := r.ofUnit(c)
	if err != nil {
		return err
	}
	return r.renderUnit(c, &f, &b, found, "", nil)
}

func (r *Room) renderUnit(c *web.Ctx, f *Fair, b *Booth, found bool, act string, wrong *web.Form) error {
	e, err := r.Employers.Get(c.Context(), b.EmployerID)
	if err != nil {
		return err
	}
	d := unitData{At: unitAt(f.ID, b.EmployerID), Fair: cardOf(c, f, eventAt(f.ID)), Pairs: pairsOf(c, f), CanAsk: f.Takes(r.today()), Registered: found, Reason: b.Reason,
		Staff: c.User.Role != account.Employer}
	if d.Ask, err = r.askForm(c, f, b); err != nil {
		return err
	}
	if d.Say, err = r.sayForm(c, b); err != nil {
		return err
	}
	page := web.Page{Title: e.Name, Lede: f.Title, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("fair.title"), Href: atHome}, {Text: f.Title, Href: eventAt(f.ID)}}}
	if d.Staff {
		page.Nav, page.Crumbs = atDesk, []web.Crumb{{Text: c.T("fair.deskTitle"), Href: atDesk}, {Text: f.Title, Href: deskAt(f.ID)}}
	}
	clear := map[string]**web.Form{"ask": &d.Ask, "say": &d.Say}
	for name, form := range clear {
		if wrong != nil && name == act {
			*form, page.Form = wrong, wrong
		} else {
			blank(*form)
		}
	}
	d.None = len(d.Ask.Show("vacancies").Options) == 0
	if act != "ask" && found {
		var ids []string
		for _, v := range b.Vacancies {
			ids = append(ids, strconv.FormatInt(v, 10))
		}
		d.Ask.Set("vacancies", ids...)
		d.Ask.Set("intro", b.Intro)
		d.Ask.Set("contact", b.Contact)
	}
	if found {
		d.State = stateTag(c, "booth", b.State)
		if b.Number > 0 {
			d.Number, d.Public = strconv.Itoa(b.Number), boothAt(f.ID, b.EmployerID)
		}
		d.CanSay = b.State == Confirmed && f.Begun(r.today()) && !f.Day.AddDate(0, 0, talkDays).Before(r.today())
		if err := r.guests(c, f, b, &d); err != nil {
			return err
		}
	}
	page.Data = d
	return c.Render("fair/unit", page)
}

// guests are those a booth expects and those it has talked with. Whom it has not talked with yet it knows by surname only.
func (r *Room) guests(c *web.Ctx, f *Fair, b *Booth, d *unitData) error {
	invites, err := invitesOf(c.Context(), r.DB, f.ID, 0)
	if err != nil {
		return err
	}
	talks, err := talksOf(c.Context(), r.DB, f.ID)
	if err != nil {
		return err
	}
	invites = slices.DeleteFunc(invites, func(v Invite) bool { return v.EmployerID != b.EmployerID || v.SentAt == 0 })
	talks = slices.DeleteFunc(talks, func(t Talk) bool { return t.EmployerID != b.EmployerID })
	var ids []int64
	for _, v := range invites {
		ids = append(ids, v.PersonID)
	}
	for _, t := range talks {
		ids = append(ids, t.PersonID)
	}
	names, err := r.People.Names(c.Context(), ids)
	if err != nil {
		return err
	}
	vacancies, err := r.Employers.Vacancies(c.Context(), r.DB, b.Vacancies)
	if err != nil {
		return err
	}
	titles := map[int64]string{}
	for _, v := range vacancies {
		titles[v.ID] = v.Title
	}
	slices.SortStableFunc(invites, func(a, b Invite) int { return a.Slot - b.Slot })
	for _, v := range invites {
		d.Guests = append(d.Guests, guestRow{Time: clockText(v.Slot), Name: identity.MaskName(names[v.PersonID]), Vacancy: titles[v.VacancyID]})
	}
	slices.SortStableFunc(talks, func(a, b Talk) int { return int(b.At/1000 - a.At/1000) })
	for _, t := range talks {
		d.Came = append(d.Came, guestRow{Time: timeOf(t.At), Name: names[t.PersonID], Vacancy: titles[t.VacancyID], Result: word(c, "result", t.Result), Note: t.Note, Kind: stateKind[t.Result]})
	}
	return nil
}

func (r *Room) takeUnit(c *web.Ctx) error {
	f, b, found, err := r.ofUnit(c)
	if err != nil {
		return err
	}
	form, err := r.askForm(c, &f, &b)
	if err != nil {
		return err
	}
	in := Booth{EmployerID: b.EmployerID, FairID: f.ID, Intro: form.Text("intro"), Contact: form.Text("contact")}
	for _, text := range form.Many("vacancies") {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "岗位编号不对，请刷新后重新选择")
		}
		in.Vacancies = append(in.Vacancies, id)
	}
	if !form.OK() {
		return r.renderUnit(c, &f, &b, found, "ask", form)
	}
	err = r.AskBooth(c.Context(), c.User, in, c.Once())
	if fault.KindOf(err) == fault.Invalid {
		form.Fail("vacancies", fault.TextOf(err))
		return r.renderUnit(c, &f, &b, found, "ask", form)
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("fair.done.ask"))
	return c.Redirect(unitAt(f.ID, b.EmployerID))
}

func (r *Room) takeTalk(c *web.Ctx) error {
	f, b, found, err := r.ofUnit(c)
	if err != nil {
		return err
	}
	form, err := r.sayForm(c, &b)
	if err != nil {
		return err
	}
	code, vacancy := form.Text("code"), form.Choice("vacancy")
	t := Talk{FairID: f.ID, EmployerID: b.EmployerID, Result: form.Choice("result"), Note: form.Text("note")}
	if !form.OK() {
		return r.renderUnit(c, &f, &b, found, "say", form)
	}
	if t.VacancyID, err = strconv.ParseInt(vacancy, 10, 64); err != nil {
		return fault.Wrap(fault.Invalid, err, "岗位编号不对，请刷新后重新选择")
	}
	err = r.Note(c.Context(), c.User, t, code, c.Once())
	if k := fault.KindOf(err); k == fault.Invalid || k == fault.NotFound {
		form.Fail("code", fault.TextOf(err))
		return r.renderUnit(c, &f, &b, found, "say", form)
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("fair.done.talk"))
	return c.Redirect(unitAt(f.ID, b.EmployerID) + "#talks")
}

// blank empties a form of what was posted to another one of the page.
func blank(f *web.Form) *web.Form {
	f.Posted, f.Values, f.Errors = false, map[string][]string{}, nil
	return f
}

func number(n int64) string { return lang.Int(n) }
