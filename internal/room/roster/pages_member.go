package roster

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

// itemRow is one attribute or service of a member.
type itemRow struct {
	Name, Value, Note string
	Missing           bool
}

type memberData struct {
	List       *List
	On         bool
	Person     bool
	Can        bool // may write
	File       string
	Since      string
	Basis      string
	Why        []web.Reason
	WhyIn      string
	Wanted     []itemRow
	Services   []itemRow
	Tags       []string
	Events     []web.Event
	Notes      []web.Event
	Others     []web.Tab
	Asked      string // href of a waiting request
	NotePath   string
	ManualPath string
	Note       *web.Form
	Manual     *web.Form

	Check      *List // of a finding: what to do
	Registers  string
	State      web.Flash
	AnswerPath string
	Answer     *web.Form
	Act        string
	Office     string
}

// holder is the person or employer behind a page.
type holder struct {
	id      int64
	name    string
	area    string
	file    string
	subject *subject
	can     bool
}

// holderOf reads the owner of an address, after asking whether the reader may, and records the reading.
func (r *Room) holderOf(c *web.Ctx, l *List) (*holder, error) {
	if l.Employers() {
		id, err := c.PathID("eid")
		if err != nil {
			return nil, err
		}
		e, s, err := r.lookUnit(c.Context(), id)
		if err != nil {
			return nil, err
		}
		if err := account.CanSeeEmployer(c.User, e.Area, e.ID); err != nil {
			return nil, err
		}
		return &holder{id: id, name: e.Name, area: e.Area, subject: s, can: account.CanManageEmployer(c.User, e.Area, e.ID) == nil}, nil
	}
	id, err := c.PathID("pid")
	if err != nil {
		return nil, err
	}
	who, err := r.People.Get(c.Context(), id)
	if err != nil {
		return nil, err
	}
	if err := account.CanSeePerson(c.User, who.Area, who.ID); err != nil {
		return nil, err
	}
	if err := r.Audit.Note(c.Context(), r.entry(c.User, "roster.read", ofPeople, id, who.Area, "查看了“"+l.Name.Zh+"”中的记录")); err != nil {
		return nil, err
	}
	f, s, err := r.look(c.Context(), id)
	if err != nil {
		return nil, err
	}
	return &holder{id: id, name: f.Name, area: f.Area, file: fmt.Sprintf("/casework/person/%d", id), subject: s, can: account.CanManagePerson(c.User, f.Area, f.ID) == nil}, nil
}

func (r *Room) showMember(c *web.Ctx) error { return r.memberPage(c, false, nil, nil) }

func (r *Room) showUnit(c *web.Ctx) error { return r.memberPage(c, true, nil, nil) }

// listFor is the list of an address that is for this kind of owner.
func (r *Room) listFor(c *web.Ctx, check, employers bool) (*List, error) {
	name := "list"
	if check {
		name = "kind"
	}
	l, err := r.find(c.R.PathValue(name), check)
	if err == nil && l.Employers() != employers {
		return r.find("", check) // the same fault
	}
	return l, err
}

// memberPage is the page of one person or employer on a list; the forms carry what was typed.
func (r *Room) memberPage(c *web.Ctx, employers bool, note, manual *web.Form) error {
	l, err := r.listFor(c, false, employers)
	if err != nil {
		return err
	}
	h, err := r.holderOf(c, l)
	if err != nil {
		return err
	}
	data, err := r.memberData(c, l, h)
	if err != nil {
		return err
	}
	data.Note, data.Manual = note, manual
	if note == nil {
		data.Note = r.noteForm(c, l)
		data.Note.Set("day", r.Clock.Today().Format(time.DateOnly))
	}
	if manual == nil {
		data.Manual = r.manualForm(c)
	}
	form := note
	if manual != nil {
		form = manual
	}
	listName := in(c.Lang, l.Name)
	lede := c.T("roster.memberOn", listName)
	if !data.On {
		lede = c.T("roster.memberOff", listName)
	}
	return c.Render("roster/member", web.Page{Title: h.name, Window: windowOf(h, l) + " " + listName, Lede: lede + " " + area.FullName(h.area), Data: data, Nav: home, Form: form,
		Crumbs: []web.Crumb{{Text: c.T("roster.title"), Href: home}, {Text: listName, Href: listHref(l)}, {Text: windowOf(h, l)}}})
}

// windowOf masks a person's name; an employer's stays as it is.
func windowOf(h *holder, l *List) string {
	if l.Employers() {
		return h.name
	}
	return web.MaskName(h.name)
}

func (r *Room) memberData(c *web.Ctx, l *List, h *holder) (*memberData, error) {
	ctx, sh := c.Context(), shelfOf(l)
	history, err := r.store.history(ctx, sh, h.id)
	if err != nil {
		return nil, err
	}
	notes, err := r.store.notesOf(ctx, sh, h.id, 100)
	if err != nil {
		return nil, err
	}
	d := &memberData{List: l, Person: !l.Employers(), Can: h.can, File: h.file, NotePath: memberHref(l, h.id) + "/notes", ManualPath: memberHref(l, h.id) + "/manual",
		Why: reasons(c.Lang, l.Enter, h.subject)}
	for i := range history {
		e := &history[i]
		other := r.byID(e.list)
		if other == nil {
			continue
		}
		if e.list != l.ID {
			if e.until.IsZero() {
				d.Others = append(d.Others, web.Tab{Text: in(c.Lang, other.Name), Href: memberHref(other, h.id)})
			}
			continue
		}
		d.Events = append(d.Events, eventsOf(c, e)...)
		if e.until.IsZero() {
			d.On, d.Since, d.Basis, d.WhyIn = true, e.since.String(), e.basis.String(), e.whyIn
			if e.initial && e.whyIn == "" {
				d.WhyIn = c.T("roster.initial")
			}
			d.Tags = r.memberRow(c, l, e, "").Tags
			d.State = stateTag(c, e)
		}
	}
	d.items(c, l, h.subject, notes)
	for i := range notes {
		n := &notes[i]
		text := in(c.Lang, wordOf(r.byID(n.list), n.item))
		if n.text != "" {
			text += c.T("roster.colon") + n.text
		}
		d.Notes = append(d.Notes, web.Event{When: n.day.String(), ISO: n.day.String(), Text: text, Note: n.byName})
	}
	if d.Person && r.Approvals != nil {
		d.Asked, err = r.waiting(ctx, h.id)
	}
	return d, err
}

// items are the attributes and services of a member, with what is missing.
func (d *memberData) items(c *web.Ctx, l *List, s *subject, notes []noteLine) {
	for i := range l.Wanted {
		value := noted(c, &l.Wanted[i], s, notes)
		d.Wanted = append(d.Wanted, itemRow{Name: in(c.Lang, l.Wanted[i].Name), Value: value, Missing: value == ""})
	}
	for i := range l.Services {
		v := &l.Services[i]
		row := itemRow{Name: serviceText(c, v), Missing: s.due(v.ID, v.Every)}
		if last, done := s.done[v.ID]; done {
			row.Value = last.String()
			if v.Every > 0 {
				row.Note = c.T("roster.nextBy", (last + rule.Day(v.Every)).String())
			}
		}
		d.Services = append(d.Services, row)
	}
}

// eventsOf are the coming and going of an entry, the newest first.
func eventsOf(c *web.Ctx, e *entry) []web.Event {
	var list []web.Event
	if !e.until.IsZero() {
		list = append(list, web.Event{When: e.until.String(), ISO: e.until.String(), Text: c.T("roster.left"), Note: e.whyOut})
	}
	why := e.whyIn
	if e.initial {
		why = c.T("roster.initial")
	}
	return append(list, web.Event{When: e.since.String(), ISO: e.since.String(), Text: c.T("roster.came"), Note: why})
}

// wordOf is the name of an item as a note has it.
func wordOf(l *List, item string) rule.Word {
	if l != nil {
		if s := l.service(item); s != nil {
			return s.Name
		}
		if a := l.attribute(item); a != nil {
			return a.Name
		}
	}
	if zh, is := stateZh[State(item)]; is {
		return rule.Word{Zh: zh, En: item}
	}
	return rule.Word{Zh: item, En: item}
}

// waiting is the page of a request about a person that waits for its decision, "" for none.
func (r *Room) waiting(ctx context.Context, personID int64) (string, error) {
	list, err := r.Approvals.List(ctx, approval.Filter{Kind: approvalKind, States: []approval.State{approval.Waiting}, Object: "person", ObjectID: personID}, 0, 1)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return approval.Href(list[0].ID), nil
}

func (r *Room) noteForm(c *web.Ctx, l *List) *web.Form {
	var items []web.Option
	for i := range l.Services {
		items = append(items, web.Option{Value: l.Services[i].ID, Text: in(c.Lang, l.Services[i].Name)})
	}
	for i := range l.Wanted {
		items = append(items, web.Option{Value: l.Wanted[i].ID, Text: in(c.Lang, l.Wanted[i].Name)})
	}
	return c.Form(web.Field{Name: "item", Label: c.T("roster.item"), Kind: "select", Need: true, Options: items},
		web.Field{Name: "day", Label: c.T("roster.day"), Kind: "date", Need: true},
		web.Field{Name: "text", Label: c.T("roster.text"), Hint: c.T("roster.textHint"), Kind: "textarea", Max: 500, Rows: 3})
}

func (r *Room) manualForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "reason", Label: c.T("roster.reason"), Hint: c.T("roster.reasonHint"), Kind: "textarea", Need: true, Max: 300, Rows: 2})
}

func (r *Room) addNote(c *web.Ctx) error { return r.saveNote(c, false) }

func (r *Room) addUnitNote(c *web.Ctx) error { return r.saveNote(c, true) }

func (r *Room) saveNote(c *web.Ctx, employers bool) error {
	l, err := r.listFor(c, false, employers)
	if err != nil {
		return err
	}
	id, err := c.PathID(map[bool]string{false: "pid", true: "eid"}[employers])
	if err != nil {
		return err
	}
	if _, err := r.member(c.Context(), c.User, l, id); err != nil { // before anything is said of the form
		return err
	}
	f := r.noteForm(c, l)
	n := Note{List: l, Owner: id, Item: f.Choice("item"), Day: f.Date("day"), Text: f.Text("text")}
	if f.OK() && n.Day.After(r.Clock.Today()) {
		f.Fail("day", c.T("roster.dayToCome"))
	}
	if f.OK() && l.attribute(n.Item) != nil && n.Text == "" {
		f.Fail("text", c.T("roster.textNeeded"))
	}
	if !f.OK() {
		return r.memberPage(c, employers, f, nil)
	}
	if err := r.Write(c.Context(), c.User, n, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("roster.noted"))
	return c.Redirect(memberHref(l, id))
}

func (r *Room) askByHand(c *web.Ctx) error {
	l, err := r.listFor(c, false, false)
	if err != nil {
		return err
	}
	id, err := c.PathID("pid")
	if err != nil {
		return err
	}
	if _, err := r.member(c.Context(), c.User, l, id); err != nil {
		return err
	}
	f := r.manualForm(c)
	reason := f.Text("reason")
	if !f.OK() {
		return r.memberPage(c, false, nil, f)
	}
	held, err := r.store.held(c.Context(), r.DB, ofPeople, id-1, id)
	if err != nil {
		return err
	}
	if _, err := r.Ask(c.Context(), c.User, l, id, entryOf(held, l.ID) == nil, reason, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("roster.asked"))
	return c.Redirect(memberHref(l, id))
}

type personData struct {
	File string
	On   []memberRow
	Past []memberRow
	Off  []memberRow
}

// showPerson is one person on all lists and comparisons.
func (r *Room) showPerson(c *web.Ctx) error {
	h, err := r.holderOf(c, &List{Name: rule.Word{Zh: "全部名单"}})
	if err != nil {
		return err
	}
	history, err := r.store.history(c.Context(), ofPeople, h.id)
	if err != nil {
		return err
	}
	data := personData{File: h.file}
	on := map[string]bool{}
	for i := range history {
		e := &history[i]
		l := r.byID(e.list)
		if l == nil {
			continue
		}
		row := r.memberRow(c, l, e, in(c.Lang, l.Name))
		if e.until.IsZero() {
			on[l.ID] = true
			data.On = append(data.On, row)
			continue
		}
		row.Note = e.until.String() + " " + e.whyOut
		data.Past = append(data.Past, row)
	}
	for _, l := range r.people {
		if l.Check == nil && !on[l.ID] {
			data.Off = append(data.Off, memberRow{Name: in(c.Lang, l.Name), Href: memberHref(l, h.id), Note: offText(c, l, h.subject)})
		}
	}
	masked := web.MaskName(h.name)
	return c.Render("roster/person", web.Page{Title: h.name, Window: masked + " " + c.T("roster.title"), Lede: c.T("roster.personLede", fmt.Sprint(len(data.On))), Data: data, Nav: home,
		Crumbs: []web.Crumb{{Text: c.T("roster.title"), Href: home}, {Text: masked}}})
}

// offText is why somebody does not stand on a list.
func offText(c *web.Ctx, l *List, s *subject) string {
	for _, reason := range reasons(c.Lang, l.Enter, s) {
		if reason.Kind != "yes" {
			return reason.Text
		}
	}
	return ""
}

type areasData struct {
	Form  *web.Form
	Set   []string
	Can   bool
	Lists []web.Tab
}

// showAreas are the resettlement areas that are set.
func (r *Room) showAreas(c *web.Ctx) error { return r.areasPage(c, nil) }

func (r *Room) areasForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "codes", Label: c.T("roster.codes"), Hint: c.T("roster.codesHint"), Kind: "textarea", Max: 4000, Rows: 6})
}

func (r *Room) areasPage(c *web.Ctx, f *web.Form) error {
	codes, err := r.resettled(c.Context())
	if err != nil {
		return err
	}
	data := areasData{Form: f, Can: canSetAreas(c.User) == nil}
	for _, code := range codes {
		data.Set = append(data.Set, area.FullName(code))
	}
	if f == nil {
		data.Form = r.areasForm(c)
		data.Form.Set("codes", joinLines(slices.DeleteFunc(codes, func(code string) bool { return !area.Within(code, c.User.Area) })))
	}
	return c.Render("roster/areas", web.Page{Title: c.T("roster.areasTitle"), Lede: c.T("roster.areasLede", fmt.Sprint(len(codes))), Data: data, Nav: home, Form: f,
		Crumbs: []web.Crumb{{Text: c.T("roster.title"), Href: home}, {Text: c.T("roster.areasTitle")}}})
}

func (r *Room) saveAreas(c *web.Ctx) error {
	if err := canSetAreas(c.User); err != nil {
		return err
	}
	f := r.areasForm(c)
	codes, wrong := splitCodes(f.Text("codes"))
	if wrong != "" {
		f.Fail("codes", c.T("roster.codesWrong", wrong))
	}
	if !f.OK() {
		return r.areasPage(c, f)
	}
	for _, code := range codes {
		if err := account.CanSeeArea(c.User, code); err != nil {
			return err
		}
	}
	if err := r.setResettled(c.Context(), c.User, codes, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("roster.areasSaved"))
	return c.Redirect(home + "/resettled")
}
