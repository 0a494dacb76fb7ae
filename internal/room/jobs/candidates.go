package jobs

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"
)

// Candidate is a person as an employer sees them. There is no age, sex or origin in it on purpose.
type Candidate struct {
	ID         int64
	Name       string // whole only once the person has applied
	Phone      string // "" before
	Education  string
	Experience string
	Reasons    []web.Reason
	Tag        map[string]any
	When       string
	Note       string
	Version    int64
	Moves      []web.Option // what the employer may answer
	Href       string       // for staff: the person's page
	Coming     string       // when they come for an interview
	Declines   bool         // can be declined: with a reason
}

// candidates shows who applied for a vacancy and to whom it is recommended.
func (r *Room) candidates(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	ctx := c.Context()
	v, err := r.Employers.Vacancy(ctx, id)
	if err != nil {
		return err
	}
	if err := seesCandidates(c.User, v); err != nil {
		return err
	}
	o := &Offer{Vacancy: v}
	if err := r.dress(ctx, []*Offer{o}); err != nil {
		return err
	}
	applicants, nextA, err := r.applicants(c, o)
	if err != nil {
		return err
	}
	recommended, nextR, err := r.recommendedTo(c, o)
	if err != nil {
		return err
	}
	at := c.R.URL.Path
	data := map[string]any{"ID": id, "Vacancy": o, "Pay": payText(c, o.PayLow, o.PayHigh), "Work": placeText(c, o.Area, ""), "Applicants": applicants, "Recommended": recommended,
		"Own": c.User.Role == roleEmployer, "Back": at, "Title": o.Title, "Reasons": reasonOptions(c, Employer), "SilentDays": strconv.Itoa(silentDays)}
	if c.User.Role == roleEmployer {
		if data["Slots"], err = r.slotLines(c, id); err != nil {
			return err
		}
		data["SlotForm"] = slotForm(c)
	}
	if nextA != nil {
		data["NextApplicants"] = at + "?a=" + nextA.String()
	}
	if nextR != nil {
		data["NextRecommended"] = at + "?after=" + nextR.String() + "#recommended"
	}
	crumb := web.Crumb{Text: c.T("jobs.unit.title"), Href: "/jobs/employer"}
	if isStaff(c.User) {
		crumb = web.Crumb{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}
	}
	return c.Render("jobs/candidates", web.Page{Title: c.T("jobs.candidates.title", o.Title), Lede: c.T("jobs.candidates.lede", strconv.Itoa(o.Openings), strconv.Itoa(o.Applied), strconv.Itoa(o.Hired)),
		Nav: "/" + strings.TrimPrefix(crumb.Href, "/"), Crumbs: []web.Crumb{crumb, {Text: o.Title}}, Data: data})
}

// applicants are the people who applied, by name; showing them is written down. Staff see no names of people who live
// outside their area.
func (r *Room) applicants(c *web.Ctx, o *Offer) ([]Candidate, web.Cursor, error) {
	after, err := web.ParseCursor(c.Query("a"), 1)
	if err != nil {
		return nil, nil, err
	}
	list, err := r.store.applicationsFor(c.Context(), o.ID, after.Int(0), pageSize+1)
	if err != nil || len(list) == 0 {
		return nil, nil, err
	}
	var next web.Cursor
	if len(list) > pageSize {
		list = list[:pageSize]
		next = web.NewCursor(list[pageSize-1].PersonID)
	}
	ids := make([]int64, len(list))
	for i, a := range list {
		ids[i] = a.PersonID
	}
	people, err := r.People.List(c.Context(), ids)
	if err != nil {
		return nil, nil, err
	}
	coming, err := r.store.interviewsFor(c.Context(), o.ID)
	if err != nil {
		return nil, nil, err
	}
	named := slices.DeleteFunc(slices.Clone(people), func(p person.Person) bool { return isStaff(c.User) && reaches(c.User, p.Area) != nil })
	what := "查看应聘人（岗位“" + o.Title + "”）"
	if err := r.looked(c.Context(), c.User, named, what); err != nil {
		return nil, nil, err
	}
	facts, err := r.People.FactsOf(c.Context(), ids)
	if err != nil {
		return nil, nil, err
	}
	atlas, err := r.atlas(c.Context())
	if err != nil {
		return nil, nil, err
	}
	var out []Candidate
	for _, a := range list {
		f := find(facts, a.PersonID)
		if f == nil {
			continue
		}
		x := r.candidate(c, f, atlas.Prepare(r.profileOf(f, r.Clock.Today())).Score(o.ranked).Reasons)
		x.Name = web.MaskName(f.Name)
		if at := slices.IndexFunc(named, func(p person.Person) bool { return p.ID == a.PersonID }); at >= 0 {
			x.Name, x.Phone = named[at].Name, named[at].Phone
		}
		x.Tag, x.Note, x.Version = stateTag(c, a.State), a.Note, a.Version
		x.When = lang.Date(c.Lang, clock.DayOf(time.UnixMilli(a.CreatedAt)))
		if i, ok := coming[a.PersonID]; ok {
			x.Coming = c.T("jobs.interview.comes", timeText(i.Start()), i.Place)
		}
		if c.User.Role == roleEmployer {
			for _, s := range Next(Employer, a.State) {
				if s == Declined {
					x.Declines = true
					continue
				}
				x.Moves = append(x.Moves, web.Option{Value: string(s), Text: c.T("jobs.answer." + string(s))})
			}
		}
		out = append(out, x)
	}
	return out, next, nil
}

// recommendedTo are the people a vacancy is recommended to, without their names.
func (r *Room) recommendedTo(c *web.Ctx, o *Offer) ([]Candidate, web.Cursor, error) {
	after, err := c.Cursor(2)
	if err != nil {
		return nil, nil, err
	}
	score, last := int64(1001), int64(0)
	if !after.Start() {
		score, last = max(-1, min(after.Int(0), 1001)), after.Int(1)
	}
	list, err := r.store.matchesFor(c.Context(), o.ID, score, last, pageSize+1)
	if err != nil || len(list) == 0 {
		return nil, nil, err
	}
	var next web.Cursor
	if len(list) > pageSize {
		list = list[:pageSize]
		next = web.NewCursor(list[pageSize-1].Score, list[pageSize-1].PersonID)
	}
	ids := make([]int64, len(list))
	for i, m := range list {
		ids[i] = m.PersonID
	}
	facts, err := r.People.FactsOf(c.Context(), ids)
	if err != nil {
		return nil, nil, err
	}
	allowed, err := r.allowed(c, ids)
	if err != nil {
		return nil, nil, err
	}
	var out []Candidate
	for i := range list {
		if f := find(facts, list[i].PersonID); f != nil && allowed(f.ID) {
			x := r.candidate(c, f, list[i].Reasons())
			x.Name = web.MaskName(f.Name)
			out = append(out, x)
		}
	}
	return out, next, nil
}

// allowed tells whom an employer may see as recommended: those who agreed to it, and have not withdrawn since.
func (r *Room) allowed(c *web.Ctx, ids []int64) (func(id int64) bool, error) {
	if r.Consents == nil || isStaff(c.User) {
		return func(int64) bool { return true }, nil
	}
	said, err := r.Consents.Allowed(c.Context(), ids)
	return func(id int64) bool { return said[id] }, err
}

func find(facts []*person.Facts, id int64) *person.Facts {
	at, ok := slices.BinarySearchFunc(facts, id, func(f *person.Facts, id int64) int { return int(min(1, max(-1, f.ID-id))) })
	if !ok {
		return nil
	}
	return facts[at]
}

// candidate is what is shown of a person before they have said yes.
func (r *Room) candidate(c *web.Ctx, f *person.Facts, why []rank.Reason) Candidate {
	x := Candidate{ID: f.ID, Education: schoolingText(c, f.Education), Experience: r.experience(c, f), Reasons: reasons(c, why, true)}
	if reaches(c.User, f.Area) == nil {
		x.Href = "/jobs/person/" + strconv.FormatInt(f.ID, 10)
	}
	return x
}

// schoolingText is the schooling somebody has.
func schoolingText(c *web.Ctx, code int) string {
	if _, ok := person.EducationOf(code); ok && code != 90 {
		return educationText(c, code)
	}
	return c.T("jobs.candidates.noEducation")
}

// experience is what somebody worked as, the latest first, and for how long in all.
func (r *Room) experience(c *web.Ctx, f *person.Facts) string {
	var done []string
	for _, s := range slices.Backward(f.Spells) {
		if s.Occupation != "" && !slices.Contains(done, s.Occupation) && len(done) < 3 {
			done = append(done, s.Occupation)
		}
	}
	months := monthsWorked(f, r.Clock.Today())
	if months == 0 {
		return c.T("jobs.candidates.noExperience")
	}
	text := strings.Join(done, "、")
	if text != "" {
		text += "，"
	}
	if months < 12 {
		return text + c.T("jobs.candidates.months", strconv.Itoa(months))
	}
	return text + c.T("jobs.candidates.years", strconv.Itoa(months/12))
}

func (r *Room) postAnswer(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	personID, err := c.PathID("person")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "to", Label: c.T("jobs.answer"), Kind: "radios", Need: true,
		Options: []web.Option{{Value: string(Viewed)}, {Value: string(Interview)}, {Value: string(Offered)}, {Value: string(Hired)}, {Value: string(Declined)}}},
		web.Field{Name: "reason", Label: c.T("jobs.answer.reason"), Kind: "select", Options: reasonOptions(c, Employer)},
		web.Field{Name: "note", Label: c.T("jobs.answer.note"), Max: 200})
	to, note := State(f.Choice("to")), f.Text("note")
	for _, o := range Objections(note) {
		f.Fail("note", o.Text(c.T("jobs.answer.note")))
	}
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	x := act{personID: personID, to: to, note: note, version: f.Version(), key: c.Once()}
	if to == Declined {
		x.reason = f.Choice("reason")
	}
	if err := r.answer(c.Context(), c.User, x, id); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.answer.done", stateText(c, to)))
	return c.Redirect("/jobs/employer/vacancy/" + strconv.FormatInt(id, 10) + "/candidates")
}
