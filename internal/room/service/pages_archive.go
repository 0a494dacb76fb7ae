package service

import (
	"math"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

const archivesShown = 50

// lendDays is how long an archive is lent when nothing else is said, in working days.
const lendDays = 10

type archivesData struct {
	Tabs, States []web.Tab
	Filter       *web.Form
	Rows         []archiveRow
	Paging       web.Paging
}

type archiveRow struct {
	Number, Name, Shelf, Office, Note, Href string
	State                                   tag
}

func archiveLine(c *web.Ctx, a *Archive, today time.Time) archiveRow {
	row := archiveRow{Number: a.Number, Shelf: a.Shelf, Office: area.Name(a.Area), Href: archiveAt(a.ID), State: tag{"ok", c.T("service.archive.kept")}}
	switch {
	case a.Overdue(today):
		row.State, row.Note = tag{"stop", c.T("service.archive.overdue")}, c.T("service.archive.dueWas", a.Borrower, a.DueOn.String())
	case a.State == Lent:
		row.State, row.Note = tag{"warn", c.T("service.archive.lent")}, c.T("service.archive.dueIs", a.Borrower, a.DueOn.String())
	case a.State == Gone:
		row.State, row.Note = tag{"", c.T("service.archive.gone")}, c.T("service.archive.goneTo", a.GoneTo, a.GoneOn.String())
	}
	return row
}

// archives lists what the area's offices keep, with the twin of those that are lent and overdue.
func (r *Room) archives(c *web.Ctx) error {
	ctx, today := c.Context(), r.Clock.Today()
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	filters := map[string]archiveFilter{"": {}, Kept: {state: Kept}, Lent: {state: Lent}, "overdue": {overdue: db.On(today)}, Gone: {state: Gone}}
	form := c.Form(web.Field{Name: "q", Label: c.T("service.archive.number"), Max: 40})
	d := archivesData{Tabs: tabs(c, atArchive), Filter: form}
	asked := c.Query("state")
	var f archiveFilter
	for _, s := range []string{"", Kept, Lent, "overdue", Gone} {
		one := filters[s]
		one.area, one.number = c.User.Area, strings.TrimSpace(c.Query("q"))
		n, err := r.countArchives(ctx, one)
		if err != nil {
			return err
		}
		d.States = append(d.States, web.Tab{Text: c.T("service.archive.tab."+orAll(s), n), Href: atArchive + "?state=" + s, Current: s == asked})
		if s == asked {
			f = one
		}
	}
	if f.area == "" {
		return fault.New(fault.NotFound, "没有这种状态的档案，请从列表上方选择")
	}
	below := int64(math.MaxInt64)
	if !at.Start() {
		below = at.Int(0)
	}
	list, err := r.listArchives(ctx, f, below, archivesShown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > archivesShown {
		list = list[:archivesShown]
		next = web.NewCursor(list[archivesShown-1].ID)
	}
	d.Paging = c.Paging(-1, len(list), next)
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].PersonID
	}
	names, err := r.People.Names(ctx, ids)
	if err != nil {
		return err
	}
	for i := range list {
		row := archiveLine(c, &list[i], today)
		row.Name = identity.MaskName(names[list[i].PersonID])
		d.Rows = append(d.Rows, row)
	}
	return c.Render("service/archives", web.Page{Title: c.T("service.archive.title"), Lede: c.T("service.archive.lede"), Data: d, Nav: atHome})
}

func orAll(s string) string {
	if s == "" {
		return "all"
	}
	return s
}

func archiveForm(c *web.Ctx) *web.Form {
	return c.Form(
		web.Field{Name: "number", Label: c.T("service.archive.number"), Need: true, Max: 40, Width: "16"},
		web.Field{Name: "shelf", Label: c.T("service.archive.shelf"), Hint: c.T("service.archive.shelfHint"), Need: true, Max: 40, Width: "16"},
		web.Field{Name: "from", Label: c.T("service.archive.from"), Need: true, Max: 60},
		web.Field{Name: "on", Label: c.T("service.archive.on"), Kind: "date", Need: true},
		web.Field{Name: "letter", Label: c.T("service.archive.letterIn"), Max: 60},
		web.Field{Name: "items", Label: c.T("service.archive.items"), Hint: c.T("service.archive.itemsHint"), Kind: "textarea", Max: 2000, Rows: 5})
}

type newArchiveData struct{ At string }

func (r *Room) askArchive(c *web.Ctx) error {
	p, err := r.theClient(c, "登记人事档案")
	if err != nil {
		return err
	}
	f := archiveForm(c)
	f.Set("on", r.Clock.Today().Format(time.DateOnly))
	return r.renderNewArchive(c, p, f)
}

func (r *Room) renderNewArchive(c *web.Ctx, p *client, f *web.Form) error {
	title := c.T("service.archive.new")
	return c.Render("service/archivenew", web.Page{Title: title, Window: title, Lede: c.T("service.actLede", p.Name, identity.MaskID(p.IDNumber), c.T("service.place."+p.Right)), Form: f,
		Data: newArchiveData{personAt(p.ID) + "/archive"}, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("service.menu"), Href: atHome}, {Text: p.Name, Href: personAt(p.ID)}, {Text: title}}})
}

func (r *Room) takeArchive(c *web.Ctx) error {
	p, err := r.theClient(c, "登记人事档案")
	if err != nil {
		return err
	}
	f := archiveForm(c)
	a := Archive{PersonID: p.ID, Number: f.Text("number"), Shelf: f.Text("shelf"), CameFrom: f.Text("from"), CameOn: db.On(f.Date("on")), Letter: f.Text("letter"), Items: f.Text("items")}
	if f.Error("on") == "" && a.CameOn.After(r.Clock.Today()) {
		f.Fail("on", c.T("service.future"))
	}
	if !f.OK() {
		return r.renderNewArchive(c, p, f)
	}
	id, err := r.TakeIn(c.Context(), c.User, a, c.Once())
	if fault.Is(err, fault.Conflict) {
		f.Fail("number", fault.TextOf(err))
		return r.renderNewArchive(c, p, f)
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("service.archive.taken", a.Number))
	return c.Redirect(archiveAt(id))
}

type archiveData struct {
	Archive         Archive
	Row             archiveRow
	Pairs           []web.Pair
	Items           []string
	Events          []web.Event
	Person          string
	CanMove         bool
	Lend, Back, Out bool
	At              string
}

// theArchive is the archive of the address, if the reader may see it: whoever's area the office lies in.
func (r *Room) theArchive(c *web.Ctx, what string) (Archive, string, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Archive{}, "", err
	}
	a, err := archiveByID(c.Context(), r.DB, id)
	if err != nil {
		return a, "", err
	}
	if err := account.CanSeeArea(c.User, a.Area); err != nil {
		return a, "", err
	}
	p, err := r.look(c.Context(), a.PersonID)
	if err != nil {
		return a, "", err
	}
	return a, p.Name, r.Audit.Note(c.Context(), r.entry(c.User, "person.read", p, what))
}

func moveForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "who", Label: c.T("service.archive.who"), Max: 60}, web.Field{Name: "due", Label: c.T("service.archive.due"), Kind: "date"},
		web.Field{Name: "note", Label: c.T("service.archive.note"), Max: 100})
}

func (r *Room) showArchive(c *web.Ctx) error {
	a, name, err := r.theArchive(c, "查看了人事档案的保管情况")
	if err != nil {
		return err
	}
	f := moveForm(c)
	f.SetVersion(a.Version)
	f.Set("due", workday.Add(r.Clock.Today(), lendDays).Format(time.DateOnly))
	return r.renderArchive(c, &a, name, f)
}

func (r *Room) renderArchive(c *web.Ctx, a *Archive, name string, f *web.Form) error {
	today := r.Clock.Today()
	d := archiveData{Archive: *a, Row: archiveLine(c, a, today), Person: personAt(a.PersonID), At: archiveAt(a.ID), CanMove: account.CanManageArea(c.User, a.Area) == nil,
		Lend: a.State == Kept, Back: a.State == Lent, Out: a.State == Kept}
	d.Pairs = []web.Pair{{Key: c.T("service.archive.office"), Value: area.FullName(a.Area)}, {Key: c.T("service.archive.shelf"), Value: a.Shelf},
		{Key: c.T("service.archive.from"), Value: a.CameFrom, Note: a.CameOn.String()}, {Key: c.T("service.archive.letterIn"), Value: orDash(a.Letter)}}
	for _, line := range strings.Split(a.Items, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			d.Items = append(d.Items, line)
		}
	}
	steps, err := r.stepsOf(c.Context(), a)
	if err != nil {
		return err
	}
	for _, s := range steps {
		at := time.UnixMilli(s.At).In(r.Clock.Now().Location())
		d.Events = append(d.Events, web.Event{When: at.Format("2006-01-02 15:04"), ISO: at.Format(time.RFC3339), Text: c.T("service.archive.step."+s.Kind, orDash(s.Who)) + note(s.Note), Note: s.ByName})
	}
	title := c.T("service.archive.of", name)
	return c.Render("service/archive", web.Page{Title: title, Window: c.T("service.archive.of", web.MaskName(name)), Lede: c.T("service.archive.numberIs", a.Number), Form: f, Data: d, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("service.menu"), Href: atHome}, {Text: c.T("service.tab.archive"), Href: atArchive}, {Text: a.Number}}})
}

func note(s string) string {
	if s == "" {
		return ""
	}
	return "（" + s + "）"
}

func (r *Room) moveArchive(c *web.Ctx) error {
	a, name, err := r.theArchive(c, "办理人事档案")
	if err != nil {
		return err
	}
	f := moveForm(c)
	m := Moved{Step: c.R.PathValue("step"), Who: f.Text("who"), Note: f.Text("note")}
	if m.Step == Lend {
		m.DueOn = f.Date("due")
	}
	if m.Step != Back && f.OK() && m.Who == "" {
		f.Fail("who", c.T("service.archive.needWho"))
	}
	if !f.OK() {
		return r.renderArchive(c, &a, name, f)
	}
	err = r.Move(c.Context(), c.User, a.ID, f.Version(), m, c.Once())
	if fault.Is(err, fault.Invalid) {
		f.Fail("due", fault.TextOf(err))
		return r.renderArchive(c, &a, name, f)
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("service.archive.moved."+m.Step, a.Number))
	return c.Redirect(archiveAt(a.ID))
}

type letterData struct {
	Number, Name, Sex, Birth, To, Office, Today, Archive string
	In                                                   bool
}

// letter is the 调档函 to print: asking another unit for an archive that shall come, or going with one that goes.
func (r *Room) letter(c *web.Ctx) error {
	a, _, err := r.theArchive(c, "打印调档函")
	if err != nil {
		return err
	}
	p, err := r.look(c.Context(), a.PersonID)
	if err != nil {
		return err
	}
	today := r.Clock.Today()
	d := letterData{Number: letterNumber(&a, today), Name: p.Name, Sex: c.T([]string{"service.male", "service.female"}[p.Sex%2^1]), Birth: p.Birth.Format(time.DateOnly), To: a.CameFrom,
		Office: area.FullName(a.Area), Today: today.Format(time.DateOnly), Archive: a.Number, In: a.State != Gone}
	if a.State == Gone {
		d.To = a.GoneTo
	}
	title := c.T("service.letter")
	return c.Render("service/letter", web.Page{Title: title, Data: d, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("service.tab.archive"), Href: atArchive}, {Text: a.Number, Href: archiveAt(a.ID)}, {Text: title}}})
}
