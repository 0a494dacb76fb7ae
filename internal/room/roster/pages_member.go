package roster

import (
	"context"
	"fmt"
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
		d.Events = append(d.Events, eventsOf(c, l, e)...)
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
func eventsOf(c *web.Ctx, l *List, e *entry) []web.Event {
	came, left, why := c.T("roster.came"), c.T("roster.left"), e.whyIn
	if l.Check != nil {
		came, left = c.T("roster.foundOn"), c.T("roster.closed")
	}
	if why == "" {
		why = c.T("roster.initial")
	}
	var list []web.Event
	if !e.until.IsZero() {
		list = append(list, web.Event{When: e.until.String(), ISO: e.until.String(), Text: left, Note: e.whyOut})
	}
	return append(list, web.Event{When: e.since.String(), ISO: e.since.String(), Text: came, Note: why})
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
