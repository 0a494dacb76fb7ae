package jobs

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
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
	open, openings, applied := 0, 0, 0
	for _, o := range offers {
		p := r.post(c, o, recommended[o.ID])
		state := p.State["state"].(string)
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
		Form: f, Data: map[string]any{"Posts": posts, "Total": total, "Paging": c.Paging(int64(total), len(posts), next), "Filtered": len(words) > 0 || wantedState != ""}})
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
	default:
		p.Left, p.NextHref, p.NextText = c.T("jobs.unit.notShown"), at+"/edit", c.T("jobs.unit.again")
	}
	p.State = map[string]any{"kind": tag, "text": c.T("jobs.unit." + state), "state": state}
	return p
}

func (r *Room) vacancyForm(c *web.Ctx, league string) *web.Form {
	var places []web.Option
	for _, b := range area.Children(league) {
		places = append(places, web.Option{Value: b.Code, Text: b.Name})
		for _, t := range area.Children(b.Code) {
			places = append(places, web.Option{Value: t.Code, Text: b.Name + " " + t.Name})
		}
	}
	schooling := []web.Option{{Value: "0", Text: c.T("jobs.education.any")}}
	for _, e := range slices.Backward(person.Educations) {
		if e.Code != 90 {
			schooling = append(schooling, web.Option{Value: strconv.Itoa(e.Code), Text: educationText(c, e.Code)})
		}
	}
	var contracts []web.Option
	for _, months := range []int{0, 3, 6, 12, 24, 36, 60, person.OpenEnded} {
		contracts = append(contracts, web.Option{Value: strconv.Itoa(months), Text: contractText(c, months)})
	}
	return c.Form(
		web.Field{Name: "title", Label: c.T("jobs.title"), Hint: c.T("jobs.form.titleHint"), Need: true, Max: 40},
		web.Field{Name: "occupation", Label: c.T("jobs.form.occupation"), Hint: c.T("jobs.form.occupationHint"), Max: 40},
		web.Field{Name: "openings", Label: c.T("jobs.form.openings"), Kind: "number", Need: true, Min: 1, Top: 5000, Width: "4", Unit: c.T("jobs.people")},
		web.Field{Name: "low", Label: c.T("jobs.form.low"), Hint: c.T("jobs.form.lowHint", lang.Fen(minimumWage(r.Clock.Today()).fen)), Kind: "number", Need: true, Width: "8", Unit: c.T("jobs.yuan")},
		web.Field{Name: "high", Label: c.T("jobs.form.high"), Kind: "number", Need: true, Width: "8", Unit: c.T("jobs.yuan")},
		web.Field{Name: "education", Label: c.T("jobs.kv.education"), Kind: "select", Need: true, Options: schooling},
		web.Field{Name: "area", Label: c.T("jobs.form.area"), Kind: "select", Need: true, Options: places},
		web.Field{Name: "contract", Label: c.T("jobs.kv.contract"), Kind: "select", Need: true, Options: contracts},
		web.Field{Name: "closes", Label: c.T("jobs.form.closes"), Hint: c.T("jobs.form.closesHint"), Kind: "date", Need: true, Width: "8"},
		web.Field{Name: "benefits", Label: c.T("jobs.form.benefits"), Hint: c.T("jobs.form.benefitsHint"), Kind: "textarea", Max: 500, Rows: 3},
	)
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
	f.Set("closes", lang.DateShort(r.Clock.Today().AddDate(0, 1, 0)))
	return r.showForm(c, f, employer.Vacancy{})
}

func (r *Room) editVacancy(c *web.Ctx) error {
	v, err := r.ownVacancy(c)
	if err != nil {
		return err
	}
	f := r.vacancyForm(c, leagueOf(v.Area))
	f.Set("title", v.Title)
	f.Set("occupation", v.Occupation)
	f.Set("openings", strconv.Itoa(v.Openings))
	f.Set("low", strings.ReplaceAll(lang.Fen(v.PayLow), ",", ""))
	f.Set("high", strings.ReplaceAll(lang.Fen(v.PayHigh), ",", ""))
	f.Set("education", strconv.Itoa(v.Education%90))
	f.Set("area", area.At(v.Area, area.Township))
	f.Set("contract", strconv.Itoa(v.Contract))
	f.Set("closes", v.Closes.String())
	f.Set("benefits", v.Benefits)
	f.SetVersion(v.Version)
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
	for _, name := range []string{"title", "occupation", "benefits"} {
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
	return c.Render("jobs/form", web.Page{Title: title, Form: f, Nav: "/jobs/employer", Crumbs: []web.Crumb{{Text: c.T("jobs.unit.title"), Href: "/jobs/employer"}, {Text: title}},
		Data: map[string]any{"Path": c.R.URL.Path, "Objections": objections, "Stop": stop}})
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
	was := v.Area
	v.Title, v.Occupation, v.Openings = f.Text("title"), f.Text("occupation"), int(f.Int("openings"))
	v.PayLow, v.PayHigh, v.Area = f.Fen("low"), f.Fen("high"), f.Choice("area")
	v.Education, _ = strconv.Atoi(f.Choice("education"))
	v.Contract, _ = strconv.Atoi(f.Choice("contract"))
	v.Closes, v.Benefits, v.Version = db.On(f.Date("closes")), f.Text("benefits"), f.Version()
	if area.At(was, area.Township) == v.Area { // a village known from elsewhere stays known
		v.Area = was
	}
	if v.Occupation == "" {
		if err := r.codeTitles(c.Context()); err != nil {
			return err
		}
		v.Occupation = cmp.Or(r.className(r.codeOf(v.Title, "")), v.Title)
	}
	for _, p := range Check(v, r.Clock.Today()) {
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
