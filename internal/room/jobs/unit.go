package jobs

import (
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
)

// Post is one of an employer's own vacancies in its list.
type Post struct {
	ID                      int64
	Title, Pay              string
	Openings                int
	State                   map[string]any
	Applied, Recommended    int
	Closes                  db.Date
	Left                    string // "还剩 11 个工作日"
	Version                 int64
	NextHref, NextText, Act string
}

func (r *Room) ownVacancies(c *web.Ctx) error {
	ctx := c.Context()
	if c.User.EmployerID == 0 {
		return fault.New(fault.Denied, "您的账号没有对应的用人单位，请联系管理员")
	}
	f := c.Form(web.Field{Name: "q", Label: c.T("jobs.title"), Max: 60},
		web.Field{Name: "state", Label: c.T("jobs.unit.state"), Kind: "select", Options: []web.Option{{Value: "open", Text: c.T("jobs.unit.open")}, {Value: "full", Text: c.T("jobs.unit.full")}, {Value: "closed", Text: c.T("jobs.unit.closed")}}})
	list, err := r.Employers.VacanciesOf(ctx, c.User.EmployerID)
	if err != nil {
		return err
	}
	var offers []*Offer
	var ids []int64
	for _, v := range list {
		offers, ids = append(offers, &Offer{Vacancy: v}), append(ids, v.ID)
	}
	if err := r.dress(ctx, offers); err != nil {
		return err
	}
	recommended, err := r.store.recommended(ctx, ids)
	if err != nil {
		return err
	}
	words, wantedState := wanted(f.Text("q")), f.Choice("state")
	var posts []Post
	open, openings, applied, still := 0, 0, 0, 0
	hidden, err := r.store.hiddenOf(ctx, c.User.EmployerID)
	if err != nil {
		return err
	}
	for _, o := range offers {
		p := r.post(c, o, recommended[o.ID])
		state := p.State["state"].(string)
		if v := &o.Vacancy; v.State == employer.Hidden {
			p.Left = hidden[v.ID].Text
		}
		if r.unsure(&o.Vacancy, hidden[o.ID].Why) {
			still++
		}
		if state == "open" {
			open, openings = open+1, openings+o.Openings
		}
		applied += o.Applied
		if wantedState != "" && state != wantedState || slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(o.words, w) }) {
			continue
		}
		posts = append(posts, p)
	}
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	total := len(posts)
	if !after.Start() {
		at := slices.IndexFunc(posts, func(p Post) bool { return p.ID == after.Int(0) })
		posts = posts[at+1:]
	}
	var next web.Cursor
	if len(posts) > 50 {
		posts = posts[:50]
		next = web.NewCursor(posts[49].ID)
	}
	return c.Render("jobs/unit", web.Page{Title: c.T("jobs.unit.title"), Lede: c.T("jobs.unit.lede", strconv.Itoa(open), strconv.Itoa(openings), strconv.Itoa(applied)),
		Form: f, Data: map[string]any{"Posts": posts, "Total": total, "Paging": c.Paging(int64(total), len(posts), next), "Still": still, "Filtered": len(words) > 0 || wantedState != ""}})
}

func (r *Room) post(c *web.Ctx, o *Offer, recommended int) Post {
	p := Post{ID: o.ID, Title: o.Title, Pay: strings.TrimSuffix(pay(o.PayLow, o.PayHigh), " 元"), Openings: o.Openings, Applied: o.Applied, Recommended: recommended,
		Closes: o.Closes, Version: o.Version}
	at := "/jobs/employer/vacancy/" + strconv.FormatInt(o.ID, 10)
	today := r.Clock.Today()
	p.NextHref, p.NextText = at+"/candidates", c.T("jobs.unit.candidates")
	state, tag := "closed", ""
	if o.Applied == 0 && recommended > 0 {
		p.NextText = c.T("jobs.unit.suggested")
	}
	switch {
	case o.State == employer.Open && !o.Closes.Before(today) && o.Left() == 0:
		state = "full"
	case o.State == employer.Open && !o.Closes.Before(today):
		state, tag = "open", "ok"
		p.Left = c.T("jobs.unit.left", strconv.Itoa(max(0, workday.Between(today, o.Closes.Time))))
		if o.Applied == 0 && recommended == 0 {
			p.NextHref, p.NextText = at+"/edit", c.T("jobs.unit.edit")
		}
	case o.State == employer.Hidden:
		state, tag = "hidden", "warn"
		p.NextHref, p.NextText = at+"/edit", c.T("jobs.unit.edit")
	default:
		p.Left, p.NextHref, p.NextText = c.T("jobs.unit.notShown"), at+"/edit", c.T("jobs.unit.again")
	}
	p.State = map[string]any{"kind": tag, "text": c.T("jobs.unit." + state), "state": state}
	return p
}

func (r *Room) unitLeague(c *web.Ctx) (string, error) {
	unit, err := r.Employers.Get(c.Context(), c.User.EmployerID)
	return leagueOf(unit.Area), err
}

func (r *Room) newVacancy(c *web.Ctx) error {
	league, err := r.unitLeague(c)
	if err != nil {
		return err
	}
	f := r.vacancyForm(c, league)
	f.Set("openings", "1")
	f.Set("education", "0")
	f.Set("contract", "12")
	f.Set("unit", "month")
	f.Set("experience", "0")
	f.Set("closes", lang.DateShort(r.Clock.Today().AddDate(0, 1, 0)))
	return r.showForm(c, f, employer.Vacancy{})
}

func (r *Room) editVacancy(c *web.Ctx) error {
	v, err := r.ownVacancy(c)
	if err != nil {
		return err
	}
	f := r.vacancyForm(c, leagueOf(v.Area))
	fillForm(f, v)
	return r.showForm(c, f, v)
}

// ownVacancy is the vacancy of the address, when it is the user's own.
func (r *Room) ownVacancy(c *web.Ctx) (employer.Vacancy, error) {
	id, err := c.PathID("id")
	if err != nil {
		return employer.Vacancy{}, err
	}
	v, err := r.Employers.Vacancy(c.Context(), id)
	if err != nil {
		return v, err
	}
	return v, ownsVacancy(c.User, v)
}

func (r *Room) showForm(c *web.Ctx, f *web.Form, v employer.Vacancy) error {
	title := c.T("jobs.form.new")
	if v.ID != 0 {
		title = c.T("jobs.form.edit", v.Title)
	}
	var objections []Objection
	for _, name := range []string{"title", "occupation", "benefits", "body"} {
		for _, o := range Objections(f.Value(name)) {
			if !slices.ContainsFunc(objections, func(a Objection) bool { return a.Phrase == o.Phrase && a.Law == o.Law }) {
				objections = append(objections, o)
			}
		}
	}
	var stop *employer.Vacancy
	if v.ID != 0 && isOpen(v, r.today()) {
		stop = &v
	}
	groups := formGroups
	for i := range groups { // what is wrong must not be folded away
		if slices.ContainsFunc(groups[i].Fields, func(name string) bool { return f.Error(name) != "" || groups[i].Folded && f.Value(name) != "" }) {
			groups[i].Folded = false
		}
	}
	return c.Render("jobs/form", web.Page{Title: title, Form: f, Nav: "/jobs/employer", Crumbs: []web.Crumb{{Text: c.T("jobs.unit.title"), Href: "/jobs/employer"}, {Text: title}},
		Data: map[string]any{"Path": c.R.URL.Path, "Objections": objections, "Stop": stop, "Groups": groups, "Offered": offeredText(c, v), "Coded": r.className(v.Code), "ID": v.ID}})
}

func (r *Room) saveVacancy(c *web.Ctx) error {
	var v employer.Vacancy
	var err error
	var league string
	if c.R.PathValue("id") == "" {
		league, err = r.unitLeague(c)
	} else {
		v, err = r.ownVacancy(c)
		league = leagueOf(v.Area)
	}
	if err != nil {
		return err
	}
	f := r.vacancyForm(c, league)
	takeForm(f, &v)
	if err := r.settleWork(c.Context(), &v); err != nil {
		return err
	}
	for _, p := range r.checker().problems(c.Context(), v) {
		if f.Error(p.Field) == "" || len(Objections(f.Value(p.Field))) > 0 {
			f.Fail(p.Field, p.Text)
		}
	}
	if !f.OK() {
		at := func(e web.FieldError) int {
			return slices.IndexFunc(f.Fields, func(d web.Field) bool { return d.Name == e.Name })
		}
		slices.SortStableFunc(f.Errors, func(a, b web.FieldError) int { return at(a) - at(b) })
		return r.showForm(c, f, v)
	}
	id, err := r.Publish(c.Context(), c.User, v, c.Once())
	if err != nil {
		if fault.Is(err, fault.Conflict) { // keeps what was typed
			f.Fail("", fault.TextOf(err))
			return r.showForm(c, f, v)
		}
		return err
	}
	said, err := r.saidOf(c, id, v.Title)
	if err != nil {
		return err
	}
	c.Flash("ok", said)
	return c.Redirect("/jobs/employer")
}

func (r *Room) postState(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "state", Label: c.T("jobs.unit.state"), Kind: "radios", Need: true, Options: []web.Option{{Value: employer.Open}, {Value: employer.Closed}}})
	state := f.Choice("state")
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	if err := r.Close(c.Context(), c.User, id, state == employer.Open, f.Version(), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.unit.done."+state))
	return c.Redirect("/jobs/employer")
}
