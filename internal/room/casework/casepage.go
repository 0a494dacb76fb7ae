package casework

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

type caseData struct {
	Case     Case
	Deadline web.Deadline
	Outcome  string
	Members  []memberRow
	Standing Standing
	Events   []web.Event
	CanAdd   bool
	Closed   bool
}

type memberRow struct {
	Href                  string // "" when the reader may not see that file
	Name, Relation, Since string
	Age                   int
	Status                tag
}

func (r *Room) showCase(c *web.Ctx) error {
	cs, err := r.theCase(c)
	if err != nil {
		return err
	}
	f := stepForm(c, &cs)
	f.SetVersion(cs.Version)
	return r.renderCase(c, &cs, web.Page{Form: f})
}

// theCase is the case of the address, if the reader may see it.
func (r *Room) theCase(c *web.Ctx) (Case, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Case{}, err
	}
	cs, err := r.store.get(c.Context(), r.DB, id)
	if err != nil {
		return cs, err
	}
	return cs, mayRead(c.User, &cs)
}

func (r *Room) renderCase(c *web.Ctx, cs *Case, page web.Page) error {
	ctx, today := c.Context(), r.Clock.Today()
	f, err := r.family(ctx, cs.HouseholdID)
	if err != nil {
		return err
	}
	if err := r.noteRead(ctx, c.User, "查看了零就业家庭帮扶", f.Members...); err != nil {
		return err
	}
	steps, err := r.store.steps(ctx, cs.HouseholdID, cs.ID)
	if err != nil {
		return err
	}
	names, err := r.People.Names(ctx, []int64{cs.PersonID})
	if err != nil {
		return err
	}
	name := names[cs.PersonID]
	data := caseData{Case: *cs, Deadline: deadline(c, cs, name, today), Standing: Judge(f, today), Closed: cs.State == StateClosed, CanAdd: mayRecord(c.User, cs) == nil}
	data.Deadline.Text = c.T("casework.case.days", data.Deadline.Used, Days)
	if data.Closed {
		data.Outcome = c.T("casework.outcome." + cs.Outcome)
	}
	for _, m := range f.Members {
		data.Members = append(data.Members, member(c, m, today))
	}
	if cs.NextStep != "" {
		data.Events = append(data.Events, nextEvent(c, cs))
	}
	for _, s := range steps {
		data.Events = append(data.Events, stepEvent(c, s))
	}
	page.Title, page.Data, page.Nav = c.T("casework.case.title", name), data, atDesk
	page.Window = c.T("casework.case.title", web.MaskName(name))
	page.Lede = c.T("casework.case.lede", area.FullName(cs.Area), dayText(c, cs.Recognised.Time), dayText(c, cs.Deadline.Time))
	page.Crumbs = []web.Crumb{{Text: c.T("casework.menu.desk"), Href: atDesk}, {Text: page.Title}}
	return c.Render("casework/case", page)
}

func nextEvent(c *web.Ctx, cs *Case) web.Event {
	e := web.Event{When: c.T("casework.next"), Text: c.T("casework.nextIs", cs.NextStep), Next: true}
	if !cs.NextOn.IsZero() {
		e.When, e.ISO = c.T("casework.before", cs.NextOn.String()), cs.NextOn.String()
	}
	return e
}

func stepEvent(c *web.Ctx, s Step) web.Event {
	return web.Event{When: s.At.Format("2006-01-02 15:04"), ISO: s.At.Format(time.RFC3339), Text: c.T("casework.step."+s.Kind) + c.T("casework.colon") + s.Note, Note: s.ByName}
}

// member is one line about somebody of a household.
func member(c *web.Ctx, m *person.Facts, today time.Time) memberRow {
	row := memberRow{Name: m.Name, Relation: m.Relation, Age: m.Age(today)}
	if mayReadFile(c.User, &m.Person) == nil {
		row.Href = fmt.Sprintf(atFile, m.ID)
	}
	row.Status, row.Since = status(c, m, today)
	return row
}

// status says what somebody does on a day, and since when where that is known.
func status(c *web.Ctx, m *person.Facts, today time.Time) (s tag, since string) {
	age, spell, reg := m.Age(today), m.AtWork(today), m.Registered(today)
	switch {
	case spell != nil:
		return tag{"ok", c.T("casework.status.work")}, spell.Since.String()
	case reg != nil:
		return tag{"warn", c.T("casework.status.registered")}, reg.Since.String()
	}
	key := "none"
	switch {
	case m.Student:
		key = "student"
	case age < workingFrom:
		key = "child"
	case age > workingTo:
		key = "old"
	case m.Able != nil && !*m.Able:
		key = "unable"
	}
	return tag{"", c.T("casework.status." + key)}, ""
}

// stepForm asks what was done; a closed case has no next step.
func stepForm(c *web.Ctx, cs *Case) *web.Form {
	var kinds []web.Option
	for _, k := range StepKinds {
		kinds = append(kinds, web.Option{Value: k, Text: c.T("casework.step." + k)})
	}
	fields := []web.Field{
		{Name: "kind", Label: c.T("casework.form.kind"), Kind: "radios", Need: true, Options: kinds, Inline: true},
		{Name: "note", Label: c.T("casework.form.note"), Hint: c.T("casework.form.noteHint"), Kind: "textarea", Need: true, Max: 500, Rows: 4},
	}
	if cs.State == StateOpen {
		fields = append(fields,
			web.Field{Name: "next", Label: c.T("casework.form.next"), Hint: c.T("casework.form.nextHint"), Max: 60},
			web.Field{Name: "nextOn", Label: c.T("casework.form.nextOn"), Hint: c.T("casework.form.nextOnHint"), Kind: "date", Width: "8"})
	}
	return c.Form(fields...)
}

func (r *Room) addStep(c *web.Ctx) error {
	cs, err := r.theCase(c)
	if err != nil {
		return err
	}
	f := stepForm(c, &cs)
	rec := Record{CaseID: cs.ID, Version: f.Version(), Kind: f.Choice("kind"), Note: f.Text("note")}
	if cs.State == StateOpen {
		rec.NextStep, rec.NextOn = f.Text("next"), f.Date("nextOn")
		today := r.Clock.Today()
		if !rec.NextOn.IsZero() && rec.NextOn.Before(today) {
			f.Fail("nextOn", c.T("casework.form.past", dayText(c, rec.NextOn), dayText(c, today)))
		}
		if !rec.NextOn.IsZero() && rec.NextStep == "" && f.Error("next") == "" {
			f.Fail("next", c.T("casework.form.what"))
		}
	}
	if !f.OK() {
		return r.renderCase(c, &cs, web.Page{Form: f})
	}
	err = r.Record(c.Context(), c.User, c.Once(), rec)
	if fault.Is(err, fault.Conflict) {
		return r.stale(c, fault.TextOf(err))
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("casework.recorded"))
	return c.Redirect(fmt.Sprintf(atCase, cs.ID))
}

// stale shows the case as it is now with what was typed still in the form, ready to be sent once more.
func (r *Room) stale(c *web.Ctx, text string) error {
	cs, err := r.theCase(c)
	if err != nil {
		return err
	}
	f := stepForm(c, &cs)
	f.Values.Set("_version", strconv.FormatInt(cs.Version, 10))
	f.Fail("", text)
	return r.renderCase(c, &cs, web.Page{Form: f, Status: http.StatusConflict})
}
