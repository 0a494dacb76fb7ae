package collect

import (
	"fmt"
	"net/url"
	"strconv"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

type householdData struct {
	Members []memberRow
	Visits  []web.Event
	CanAsk  bool
	Act     string
	New     string // address where somebody new is entered
}

type memberRow struct {
	Href, Name, Number, Relation, Note, Kind string
	Age                                      int
	Wanted                                   bool
}

func (r *Room) household(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	return r.showHousehold(c, id, visitForm(c, today(r).String()))
}

func (r *Room) showHousehold(c *web.Ctx, id int64, f *web.Form) error {
	h, members, err := r.People.Household(c.Context(), id)
	if err != nil {
		return err
	}
	if err := maySee(c.User, h.Area); err != nil {
		return err
	}
	if err := r.read(c, "查看了入户采集的一户", h.Area, members); err != nil {
		return err
	}
	ids := make([]int64, len(members))
	for i := range members {
		ids[i] = members[i].ID
	}
	last, err := r.People.LastNeeds(c.Context(), r.DB, ids)
	if err != nil {
		return err
	}
	visits, err := r.store.visits(c.Context(), id)
	if err != nil {
		return err
	}
	data := householdData{CanAsk: mayWork(c.User, h.Area) == nil, Act: fmt.Sprintf(atHousehold, id), New: fmt.Sprintf(atVillage, h.Area) + "/new"}
	for i := range members {
		data.Members = append(data.Members, r.member(c, &members[i], last))
	}
	for _, v := range visits {
		e := web.Event{When: v.Visited.String(), ISO: v.Visited.String(), Text: v.Note, Note: v.ByName}
		if v.Headcount > 0 {
			e.Text = c.T("collect.visit.people", v.Headcount) + v.Note
		}
		data.Visits = append(data.Visits, e)
	}
	title := c.T("collect.household")
	window := title
	if len(members) > 0 {
		title, window = c.T("collect.home", members[0].Name), c.T("collect.home", web.MaskName(members[0].Name))
	}
	return c.Render("collect/household", web.Page{Title: title, Window: window, Lede: c.T("collect.household.lede", area.FullName(h.Area), len(members)),
		Crumbs: crumbs(c, h.Area, true), Data: data, Form: f, Nav: atHome, Public: true})
}

// read writes into the log that people's files were looked at.
func (r *Room) read(c *web.Ctx, what, code string, people []person.Person) error {
	for i := range people {
		err := r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: account.Signature(c.User), Act: "person.read", Object: "person", ObjectID: people[i].ID, Area: code, What: what})
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Room) member(c *web.Ctx, p *person.Person, last map[int64]person.Need) memberRow {
	row := memberRow{Name: p.Name, Number: web.MaskID(p.IDNumber), Relation: p.Relation, Age: p.Age(r.Clock.Today()), Wanted: wanted(p, r.Clock.Today())}
	if mayAsk(c.User, p) == nil {
		row.Href = fmt.Sprintf(atPerson, p.ID)
	}
	switch n, ok := last[p.ID]; {
	case ok && !n.Asked.Before(r.Clock.Today().Add(-Every)):
		row.Note, row.Kind = c.T("collect.asked", n.Asked.String()), "ok"
	case ok:
		row.Note, row.Kind = c.T("collect.asked", n.Asked.String()), "warn"
	case row.Wanted:
		row.Note, row.Kind = c.T("collect.never"), "warn"
	default:
		row.Note = c.T("collect.notWanted")
	}
	return row
}

func visitForm(c *web.Ctx, day string) *web.Form {
	f := c.Form(
		web.Field{Name: "visited", Label: c.T("collect.f.visited"), Kind: "date", Need: true, Width: "8"},
		web.Field{Name: "headcount", Label: c.T("collect.f.headcount"), Kind: "number", Width: "4", Unit: c.T("collect.person")},
		web.Field{Name: "visit_note", Label: c.T("collect.f.visit_note"), Kind: "textarea", Rows: 3, Max: 500, Hint: c.T("collect.h.visit_note")},
	)
	f.Set("visited", day)
	return f
}

// dayField is the question that says when: forms of one page need names of their own.
var dayField = map[string]string{KindNeed: "asked", KindVisit: "visited", KindNew: "met"}

// sent is an item made of a page's form.
func sent(c *web.Ctx, kind string, f *web.Form) Item {
	it := Item{Key: c.Once(), Kind: kind, Asked: f.Value(dayField[kind]), Seen: f.Value("seen"), Over: f.Value("over"), Answers: map[string]string{}}
	for _, d := range f.Fields {
		it.Answers[d.Name] = f.Value(d.Name)
	}
	return it
}

// takeForm takes one item of a page; what is wrong with it goes to the form. ok means that it is taken.
func (r *Room) takeForm(c *web.Ctx, f *web.Form, it Item) (Result, bool, error) {
	list, err := r.Submit(c.Context(), readerOf(c), []Item{it})
	if err != nil {
		return Result{}, false, err
	}
	res := list[0]
	switch {
	case res.Result == Refused && len(res.Wrong) == 0:
		f.Fail("", res.Reason)
	case res.Result == Refused:
		for _, w := range res.Wrong {
			f.Fail(w.Field, w.Text)
		}
	case res.Result == Conflict:
		f.Fail("", c.T("collect.conflict", res.Theirs.By, res.Theirs.On))
	}
	return res, res.Result == Saved || res.Result == Repeated, nil
}

func (r *Room) saveVisit(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	h, _, err := r.People.Household(c.Context(), id)
	if err != nil {
		return err
	}
	if err := mayWork(c.User, h.Area); err != nil {
		return err
	}
	f := visitForm(c, "")
	it := sent(c, KindVisit, f)
	it.Household = strconv.FormatInt(id, 10)
	_, ok, err := r.takeForm(c, f, it)
	if err != nil {
		return err
	}
	if !ok {
		return r.showHousehold(c, id, f)
	}
	c.Flash("ok", c.T("collect.saved"))
	return c.Redirect(fmt.Sprintf(atHousehold, id))
}

func (r *Room) newPerson(c *web.Ctx) error {
	code, err := r.villageOf(c)
	if err != nil {
		return err
	}
	if err := mayWork(c.User, code); err != nil {
		return err
	}
	return r.showNew(c, code, newForm(c, today(r).String()))
}

func (r *Room) showNew(c *web.Ctx, code string, f *web.Form) error {
	return c.Render("collect/new", web.Page{Title: c.T("collect.new"), Lede: c.T("collect.new.lede"), Crumbs: crumbs(c, code, true), Form: f, Nav: atHome, Public: true,
		Data: fmt.Sprintf(atVillage, url.PathEscape(code)) + "/new"})
}

func (r *Room) saveNew(c *web.Ctx) error {
	code, err := r.villageOf(c)
	if err != nil {
		return err
	}
	if err := mayWork(c.User, code); err != nil {
		return err
	}
	f := newForm(c, "")
	it := sent(c, KindNew, f)
	it.Area = code
	res, ok, err := r.takeForm(c, f, it)
	if err != nil {
		return err
	}
	if !ok {
		return r.showNew(c, code, f)
	}
	c.Flash("ok", c.T("collect.savedNew"))
	if res.Found != "" {
		c.Flash("warn", res.Found)
	}
	return c.Redirect(fmt.Sprintf(atVillage, code))
}

func newForm(c *web.Ctx, day string) *web.Form {
	f := c.Form(
		web.Field{Name: "name", Label: c.T("collect.f.name"), Need: true, Max: 60, Auto: "off"},
		web.Field{Name: "idnumber", Label: c.T("collect.f.idnumber"), Max: 60, Auto: "off", Hint: c.T("collect.h.idnumber")},
		web.Field{Name: "tel", Label: c.T("collect.f.tel"), Kind: "tel", Max: 40, Auto: "off"},
		web.Field{Name: "met", Label: c.T("collect.f.met"), Kind: "date", Need: true, Width: "8"},
		web.Field{Name: "new_note", Label: c.T("collect.f.new_note"), Kind: "textarea", Rows: 2, Max: 300, Hint: c.T("collect.h.new_note")},
	)
	f.Set("met", day)
	return f
}
