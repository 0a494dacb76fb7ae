package jobs

import (
	"cmp"
	"slices"
	"sort"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// officeRows is how many rows of each list a page shows.
const officeRows = 30

// Idle is somebody registered unemployed, in the list of people without work.
type Idle struct {
	ID                   int64
	Name, Work           string // name masked; township
	Wish, Pay            string
	Since                db.Date
	Days                 int
	Recommended, Applied int
}

// Work is an open vacancy in the list of work without people.
type Work struct {
	*Offer
	Pay, Place  string
	Days        int
	Recommended int
}

// office shows the two lists of an area: 有活没人干 and 有人没活干.
func (r *Room) office(c *web.Ctx) error {
	ctx, where := c.Context(), c.User.Area
	if where == "" {
		return fault.New(fault.Denied, "您的账号没有管辖地区，请联系管理员")
	}
	people, err := r.People.CountSeekers(ctx, where, r.today())
	if err != nil {
		return err
	}
	vacancies, openings, err := r.Employers.CountOpen(ctx, where, r.today())
	if err != nil {
		return err
	}
	last, err := r.store.lastRun(ctx)
	if err != nil {
		return err
	}
	list := c.Query("list")
	data := map[string]any{"People": people, "Vacancies": vacancies, "Openings": openings, "IsPeople": list == "people", "Last": last, "Officer": c.User.Role == roleOfficer,
		"Tabs": []web.Tab{{Text: c.T("jobs.office.work", lang.Int(vacancies)), Href: "/jobs/office", Current: list != "people"},
			{Text: c.T("jobs.office.people", lang.Int(people)), Href: "/jobs/office?list=people", Current: list == "people"}, {Text: c.T("jobs.asked.title"), Href: "/jobs/office/asked"}, {Text: c.T("jobs.left.tab"), Href: "/jobs/office/residual"}}}
	if c.User.Role == roleManager {
		data["Tabs"] = append(data["Tabs"].([]web.Tab), web.Tab{Text: c.T("jobs.judged.title"), Href: "/jobs/office/judged"})
	}
	if list == "people" {
		err = r.idlePeople(c, where, people, data)
	} else {
		err = r.openWork(c, where, data)
	}
	if err != nil {
		return err
	}
	return c.Render("jobs/office", web.Page{Title: c.T("jobs.office.title"),
		Lede: c.T("jobs.office.lede", area.Name(where), lang.Int(vacancies), lang.Int(openings), lang.Int(people)), Data: data})
}

func (r *Room) idlePeople(c *web.Ctx, where string, total int64, data map[string]any) error {
	ctx := c.Context()
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	from := person.Seeker{}
	if !after.Start() {
		from = person.Seeker{PersonID: after.Int(1), Since: db.On(dayNumber(after.Int(0)))}
	}
	seekers, err := r.People.Seekers(ctx, where, r.today(), from, officeRows+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(seekers) > officeRows {
		seekers = seekers[:officeRows]
		last := seekers[officeRows-1]
		next = web.NewCursor(numberOfDay(last.Since.Time), last.PersonID)
	}
	ids := make([]int64, len(seekers))
	for i, s := range seekers {
		ids[i] = s.PersonID
	}
	facts, err := r.People.FactsOf(ctx, ids)
	if err != nil {
		return err
	}
	matched, err := r.store.matchedTo(ctx, ids)
	if err != nil {
		return err
	}
	applied, err := r.store.appliedBy(ctx, ids)
	if err != nil {
		return err
	}
	rows := make([]Idle, 0, len(seekers))
	for _, s := range seekers {
		f := find(facts, s.PersonID)
		if f == nil {
			continue
		}
		row := Idle{ID: s.PersonID, Name: web.MaskName(f.Name), Work: placeText(c, area.At(f.Area, area.Township), ""), Since: s.Since,
			Days: int(r.Clock.Today().Sub(s.Since.Time).Hours() / 24), Recommended: matched[s.PersonID], Applied: applied[s.PersonID], Wish: lang.None, Pay: lang.None}
		if reg := f.Registered(r.Clock.Today()); reg != nil {
			row.Wish = cmp.Or(reg.Occupation, lang.None)
			if reg.Pay > 0 {
				row.Pay = lang.Fen(reg.Pay)
			}
		}
		rows = append(rows, row)
	}
	data["Idle"], data["Paging"] = rows, c.Paging(total, len(rows), next)
	return nil
}

// openWork lists what has found nobody: the fewest applicants for each opening first, then the oldest.
func (r *Room) openWork(c *web.Ctx, where string, data map[string]any) error {
	ctx := c.Context()
	after, err := c.Cursor(3)
	if err != nil {
		return err
	}
	b, err := r.board(ctx, cmp.Or(area.At(where, area.League), r.Home))
	if err != nil {
		return err
	}
	var list []*Offer
	for _, o := range b.offers {
		if area.Within(o.Area, where) && o.Left() > 0 {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, waiting)
	total := len(list)
	if !after.Start() {
		last := &Offer{Applied: int(after.Int(0))}
		last.Openings, last.Posted, last.ID = 1000, db.On(dayNumber(after.Int(1))), after.Int(2)
		at := sort.Search(len(list), func(i int) bool { return waiting(list[i], last) > 0 })
		list = list[at:]
	}
	var next web.Cursor
	if len(list) > officeRows {
		list = list[:officeRows]
		last := list[officeRows-1]
		next = web.NewCursor(crowd(last), numberOfDay(last.Posted.Time), last.ID)
	}
	ids := make([]int64, len(list))
	for i, o := range list {
		ids[i] = o.ID
	}
	recommended, err := r.store.recommended(ctx, ids)
	if err != nil {
		return err
	}
	rows := make([]Work, len(list))
	for i, o := range list {
		rows[i] = Work{Offer: o, Pay: payText(c, o.PayLow, o.PayHigh), Place: placeText(c, o.Area, ""), Recommended: recommended[o.ID],
			Days: int(r.Clock.Today().Sub(o.Posted.Time).Hours() / 24)}
	}
	data["Work"], data["Paging"] = rows, c.Paging(int64(total), len(rows), next)
	return nil
}

// crowd is applicants for a thousand openings.
func crowd(o *Offer) int { return o.Applied * 1000 / max(1, o.Openings) }

func waiting(a, b *Offer) int {
	return cmp.Or(cmp.Compare(crowd(a), crowd(b)), a.Posted.Compare(b.Posted.Time), cmp.Compare(a.ID, b.ID))
}

// Suggestion is one vacancy on a person's page for officers.
type Suggestion struct {
	Card
	Score int
	Refer bool // whether it can be recommended now
}

// personMatches shows an officer what fits a person. It reads the person's file, and that is written down.
func (r *Room) personMatches(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	ctx := c.Context()
	f, err := r.People.Facts(ctx, id)
	if err != nil {
		return err
	}
	if err := reaches(c.User, f.Area); err != nil {
		return err
	}
	if err := r.looked(ctx, c.User, []person.Person{f.Person}, "查看推荐的岗位"); err != nil {
		return err
	}
	b, err := r.board(ctx, leagueOf(f.Area))
	if err != nil {
		return err
	}
	list, err := r.recommendations(ctx, f, b)
	if err != nil {
		return err
	}
	applications, err := r.store.applicationsOf(ctx, id)
	if err != nil {
		return err
	}
	rows := make([]Suggestion, 0, len(list))
	for _, m := range list {
		o := b.byID[m.ID]
		if o == nil {
			continue
		}
		s := Suggestion{Score: m.Score, Card: Card{ID: o.ID, Title: o.Title, Employer: o.Employer, Pay: payText(c, o.PayLow, o.PayHigh),
			Work: placeText(c, o.Area, f.Area), Reasons: reasons(c, m.Reasons, true)}}
		var state State
		if at := slices.IndexFunc(applications, func(a Application) bool { return a.VacancyID == o.ID }); at >= 0 {
			state = applications[at].State
			s.State = stateTag(c, state)
		}
		s.Refer = c.User.Role == roleOfficer && May(Officer, state, Referred)
		rows = append(rows, s)
	}
	pairs := []web.Pair{{Key: c.T("jobs.person.education"), Value: schoolingText(c, f.Education)}, {Key: c.T("jobs.person.experience"), Value: r.experience(c, f)}}
	if reg := f.Registered(r.Clock.Today()); reg != nil {
		wish := cmp.Or(reg.Occupation, lang.None)
		if reg.Pay > 0 {
			wish += "，" + c.T("jobs.person.pay", lang.Fen(reg.Pay))
		}
		pairs = append([]web.Pair{{Key: c.T("jobs.person.wish"), Value: wish}, {Key: c.T("jobs.person.since"), Value: lang.Date(c.Lang, reg.Since.Time)}}, pairs...)
	}
	return c.Render("jobs/person", web.Page{Title: c.T("jobs.person.title", f.Name), Window: c.T("jobs.person.title", web.MaskName(f.Name)), Lede: c.T("jobs.person.lede", strconv.Itoa(len(rows))), Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office?list=people"}, {Text: f.Name}}, Data: map[string]any{"ID": id, "Rows": rows, "Pairs": pairs}})
}

func (r *Room) postRefer(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "vacancy", Label: c.T("jobs.vacancy"), Need: true}, web.Field{Name: "note", Label: c.T("jobs.answer.note"), Max: 200})
	vacancyID, note := f.Int("vacancy"), f.Text("note")
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	if err := r.Refer(c.Context(), c.User, id, vacancyID, note, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.refer.done"))
	return c.Redirect("/jobs/person/" + strconv.FormatInt(id, 10))
}
