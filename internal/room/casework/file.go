package casework

import (
	"fmt"
	"slices"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

const (
	fileEvents  = 12 // events a file shows before it is asked for all of them
	fileReaders = 5  // readings a file shows before its own page of them
	fileJobs    = 5  // vacancies a file shows
)

type fileData struct {
	ID       int64
	Name     string
	Status   tag
	Facts    []string // the line under the name
	Groups   []groupCard
	Policies *policyCards // nil: there is no policy room
	HasJobs  bool
	Jobs     []Line
	JobsAll  string // address of all of them; "" when there are none
	Events   []web.Event
	More     string // address of all events, "" when they are all shown
	Total    int    // events
	Members  []memberRow
	Record   string // where to record a step; "" when there is no open case or the reader may not
	Case     string // the household's latest case, "" when there is none
	Readers  readersData
	Own      bool
	Rights   string // corrections and consent
	Lists    string // the real-name lists that the person is on; "" for the person
	Sources  string // where everything known of the person comes from
}

type groupCard struct{ Name, Text, Source string }

// file is one person's file for staff.
func (r *Room) file(c *web.Ctx) error {
	facts, err := r.theFile(c)
	if err != nil {
		return err
	}
	if err := r.noteRead(c.Context(), c.User, "查看了个人档案", facts); err != nil {
		return err
	}
	data, err := r.fileOf(c, facts)
	if err != nil {
		return err
	}
	return c.Render("casework/person", web.Page{Title: facts.Name, Window: web.MaskName(facts.Name), OwnHead: true, Data: data, Nav: atPeople,
		Crumbs: []web.Crumb{{Text: c.T("casework.menu.people"), Href: atPeople}, {Text: facts.Name}}})
}

// theFile is the file of the address, if the reader may see it.
func (r *Room) theFile(c *web.Ctx) (*person.Facts, error) {
	id, err := c.PathID("id")
	if err != nil {
		return nil, err
	}
	facts, err := r.People.Facts(c.Context(), id)
	if err != nil {
		return nil, err
	}
	return facts, mayReadFile(c.User, &facts.Person)
}

// me is a seeker's own file. Reading one's own file is not noted: the list of readers tells who else looked.
func (r *Room) me(c *web.Ctx) error {
	if c.User.PersonID == 0 {
		return errNoFile
	}
	facts, err := r.People.Facts(c.Context(), c.User.PersonID)
	if err != nil {
		return err
	}
	data, err := r.fileOf(c, facts)
	if err != nil {
		return err
	}
	return c.Render("casework/me", web.Page{Title: c.T("casework.me.title"), Lede: c.T("casework.me.lede"), Public: true, Data: data, Nav: atOwn})
}

func (r *Room) fileOf(c *web.Ctx, f *person.Facts) (data fileData, err error) {
	ctx, today := c.Context(), r.Clock.Today()
	data = fileData{ID: f.ID, Name: f.Name, Facts: basics(c, f, today), Groups: groups(c, f, today), Own: c.User.Role == account.Seeker}
	data.Status, _ = status(c, f, today)
	family, err := r.family(ctx, f.HouseholdID)
	if err != nil {
		return data, err
	}
	for _, m := range family.Members {
		row := member(c, m, today)
		if m.ID == f.ID {
			row.Href = ""
		}
		if data.Own { // their work is their own affair
			row.Status, row.Href = tag{}, ""
		}
		data.Members = append(data.Members, row)
	}
	if err := r.addEvents(c, &data, f); err != nil {
		return data, err
	}
	if r.Policies != nil && !data.Own {
		lines, err := r.Policies.PolicyLines(ctx, c.Lang, f.ID)
		if err != nil {
			return data, err
		}
		data.Policies = sortPolicies(lines)
	}
	if data.HasJobs = r.Jobs != nil && !data.Own; data.HasJobs {
		if data.Jobs, err = r.Jobs.JobLines(ctx, c.Lang, f.ID, fileJobs); err != nil {
			return data, err
		}
		if len(data.Jobs) > 0 && r.JobsAt != "" {
			data.JobsAll = fmt.Sprintf(r.JobsAt, f.ID)
		}
	}
	data.Readers, err = r.readers(ctx, f.ID, fileReaders, audit.Cursor{})
	data.Readers.More = fmt.Sprintf(atFile, f.ID) + "/readers"
	data.Sources = fmt.Sprintf("/intake/person/%d", f.ID)
	data.Rights, data.Lists = fmt.Sprintf("/rights/person/%d", f.ID), fmt.Sprintf("/roster/person/%d", f.ID)
	if data.Own {
		data.Lists = ""
		data.Readers.More, data.Rights, data.Sources = atOwn+"/readers", "/rights/me", "/intake/me"
	}
	return data, err
}

// addEvents puts together what happened to a person: what departments reported, and what was done in the household's cases.
func (r *Room) addEvents(c *web.Ctx, data *fileData, f *person.Facts) error {
	ctx := c.Context()
	cases, err := r.store.ofHousehold(ctx, f.HouseholdID)
	if err != nil {
		return err
	}
	var next []web.Event
	if len(cases) > 0 {
		if data.Case = fmt.Sprintf(atCase, cases[0].ID); cases[0].State == StateOpen && mayRecord(c.User, &cases[0]) == nil {
			data.Record = data.Case + "#record"
		}
		if cases[0].NextStep != "" && !data.Own {
			next = append(next, nextEvent(c, &cases[0]))
		}
	}
	events, err := r.facts(ctx, c, f)
	if err != nil {
		return err
	}
	steps, err := r.store.steps(ctx, f.HouseholdID, 0)
	if err != nil {
		return err
	}
	for _, s := range steps {
		e := stepEvent(c, s)
		if data.Own && s.Kind != stepOpened { // what an officer wrote down is for officers
			e.Text = c.T("casework.step." + s.Kind)
		}
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b web.Event) int { return -compareISO(a.ISO, b.ISO) })
	data.Total = len(events)
	if len(events) > fileEvents && c.Query("events") != "all" {
		events, data.More = events[:fileEvents], c.R.URL.Path+"?events=all#history"
	}
	data.Events = append(next, events...)
	return nil
}

// basics is the line under the name: sex, age, masked numbers, place, schooling.
func basics(c *web.Ctx, f *person.Facts, today time.Time) []string {
	parts := []string{c.T(fmt.Sprintf("casework.sex.%d", f.Sex)), c.T("casework.age", f.Age(today)), identity.MaskID(f.IDNumber)}
	if f.Phone != "" {
		parts = append(parts, identity.MaskPhone(f.Phone))
	}
	parts = append(parts, area.FullName(f.Area))
	if e, ok := person.EducationOf(f.Education); ok {
		schooling := e.Zh
		if c.Lang == lang.English {
			schooling = e.En
		}
		parts = append(parts, schooling)
	}
	return parts
}

// groups are the key groups a person counts among today, each with what that rests on.
func groups(c *web.Ctx, f *person.Facts, today time.Time) []groupCard {
	var out []groupCard
	for _, g := range f.Groups {
		if g.Since.After(today) || !g.Until.IsZero() && !g.Until.After(today) {
			continue
		}
		text := c.T("casework.groupSince", dayText(c, g.Since.Time))
		if g.Detail != "" {
			text = c.T("casework.groupDetail", dayText(c, g.Since.Time), g.Detail)
		}
		out = append(out, groupCard{Name: c.T("casework.group." + g.Kind), Text: text, Source: c.T("casework.source." + g.Kind)})
	}
	for _, g := range f.Graduates {
		if g.Graduated.AddDate(2, 0, 0).After(today) {
			out = append(out, groupCard{Name: c.T("casework.group.graduate"), Text: c.T("casework.graduated", dayText(c, g.Graduated.Time), g.School, g.Major), Source: c.T("casework.source.graduate")})
		}
	}
	return out
}

// policyCards are the policy room's lines as the file shows them.
type policyCards struct {
	Shown, No       []lineCard // the ones that do not fit fold away
	Yes, Near, Asks int
}

type lineCard struct {
	Line
	Reasons []web.Reason
}

func sortPolicies(lines []Line) *policyCards {
	p := &policyCards{}
	for _, l := range lines {
		card := lineCard{Line: l}
		if l.Verdict == "unknown" {
			card.Verdict = "ask"
		}
		for _, why := range l.Reasons {
			card.Reasons = append(card.Reasons, web.Reason{Kind: reasonKind(card.Verdict, why.State), Text: why.Text})
		}
		switch card.Verdict {
		case "no":
			p.No = append(p.No, card)
			continue
		case "yes":
			p.Yes++
		case "near":
			p.Near++
		case "ask":
			p.Asks++
		}
		p.Shown = append(p.Shown, card)
	}
	return p
}

// reasonKind is how a reason is drawn: what keeps a near policy from fitting is what is still to be done.
func reasonKind(verdict, state string) string {
	switch {
	case state == "unknown":
		return "ask"
	case state == "no" && verdict == "near":
		return "near"
	}
	return state
}
