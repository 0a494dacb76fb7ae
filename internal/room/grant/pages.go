package grant

import (
	"context"
	"embed"
	"io"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, own := web.Roles(account.Officer, account.Manager), web.Roles(account.Seeker, account.Employer)
	officer, manager := account.Desk(account.Officer), web.Roles(account.Manager)
	apply := web.Roles(account.Seeker, account.Employer, account.Officer)
	return web.Room{Name: "grant", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/grant", staff, r.desk)
			m.Get("/grant/case/{owner}/{id}", staff, r.one)
			m.Post("/grant/case/{owner}/{id}/{act}", officer, r.handle)
			m.Get("/grant/file/{owner}/{id}", web.Roles(account.Officer, account.Manager, account.Seeker, account.Employer), r.download)
			m.Get("/grant/apply/{policy}", apply, r.applyPage)
			m.Post("/grant/apply/{policy}", apply, r.sendApply)
			m.Get("/grant/mine", own, r.mine)
			m.Get("/grant/mine/{id}", own, r.mineOne)
			m.Post("/grant/mine/{id}/{act}", own, r.mineAct)
			m.Get("/grant/public", web.Anyone, r.public)
			m.Get("/grant/fund", staff, r.funds)
			m.Post("/grant/fund", manager, r.askBudget)
			m.Get("/grant/fund/{id}", staff, r.oneFund)
			m.Get("/grant/batch", staff, r.batches)
			m.Post("/grant/batch", officer, r.makeBatch)
			m.Get("/grant/batch/{id}", staff, r.oneBatch)
			m.Get("/grant/batch/{id}/file", officer, r.bankFile)
			m.Post("/grant/batch/{id}/return", officer, r.bankReturn)
			m.Get("/grant/audit", staff, r.audits)
			m.Post("/grant/audit", manager, r.draw)
			m.Get("/grant/audit/{owner}/{id}", staff, r.oneAudit)
			m.Post("/grant/audit/{owner}/{id}", manager, r.view)
			m.Get("/grant/effect", staff, r.effect)
			m.Get("/grant/self", staff, r.self)
			m.Post("/grant/self", staff, r.declareSelf)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Key: "grant.menu", Href: atDesk, Order: 25, Icon: "file"},
			{Roles: []string{account.Seeker, account.Employer}, Key: "grant.menu.mine", Href: atMine, Order: 45, Icon: "file"},
		}}
}

// tabs are the room's sections, for staff.
func tabs(c *web.Ctx, at string) []web.Tab {
	var list []web.Tab
	for _, t := range []struct{ text, href string }{{c.T("grant.tab.desk"), atDesk}, {c.T("grant.tab.batch"), atBatch}, {c.T("grant.tab.fund"), atFunds},
		{c.T("grant.tab.audit"), atAudit}, {c.T("grant.tab.effect"), atEffect}, {c.T("grant.tab.self"), atSelf}} {
		list = append(list, web.Tab{Text: t.text, Href: t.href, Current: t.href == at})
	}
	return list
}

// tag is a small label.
type tag struct{ Kind, Text string }

func stateTag(c *web.Ctx, s State) tag {
	for _, w := range stateWords {
		if w.State == s {
			return tag{w.Tag, w.in(c.Lang)}
		}
	}
	return tag{"", string(s)}
}

// left tells how many working days a step has, "" where nothing is due.
func (r *Room) left(c *web.Ctx, a *Application) (text string, late bool) {
	if a.Deadline.IsZero() || !a.State.Live() {
		return "", false
	}
	n := workday.Between(r.Clock.Today(), a.Deadline.Time)
	if n < 0 {
		return c.T("grant.late", -n), true
	}
	return c.T("grant.left", n), false
}

// names reads whom applications are for, masked.
func (r *Room) names(ctx context.Context, list []Beneficiary) (map[int64]string, error) {
	var people, units []int64
	for _, b := range list {
		if b.Unit {
			units = append(units, b.ID)
		} else {
			people = append(people, b.ID)
		}
	}
	out, err := r.Employers.Names(ctx, units)
	if err != nil {
		return nil, err
	}
	names, err := r.People.Names(ctx, people)
	for id, n := range names {
		out[id] = web.MaskName(n)
	}
	return out, err
}

func ownersOf(list []Application) []Beneficiary {
	out := make([]Beneficiary, len(list))
	for i := range list {
		out[i] = list[i].Owner()
	}
	return out
}

// told are the acts whose reasons the beneficiary reads.
var told = []Act{Return, Refuse, Stop, Object, Bounce, Mend, Withdraw, Appeal, Reopen, Uphold}

// events are an application's log, opened.
func (r *Room) events(c *web.Ctx, a *Application, staff bool) ([]web.Event, error) {
	steps, err := r.store.steps(c.Context(), a)
	if err != nil {
		return nil, err
	}
	list := make([]web.Event, 0, len(steps)+1)
	if next, ok := r.next(c, a); ok {
		list = append(list, next)
	}
	for _, s := range steps {
		if !staff && s.Act == Note { // the desk's own
			continue
		}
		note, err := r.Sealer.Open(s.note)
		if err != nil {
			return nil, err
		}
		e := web.Event{When: s.At.Format("2006-01-02 15:04"), ISO: s.At.Format(time.RFC3339), Text: wordOf(s.Act, s.Was).in(c.Lang), Note: note}
		switch {
		case staff:
			e.Note = s.ByName + "　" + note
		case !slices.Contains(told, s.Act): // what colleagues write to each other
			e.Note = ""
		}
		list = append(list, e)
	}
	return list, nil
}

// next is what is due.
func (r *Room) next(c *web.Ctx, a *Application) (web.Event, bool) {
	if a.Deadline.IsZero() || !a.State.Live() {
		return web.Event{}, false
	}
	text, _ := r.left(c, a)
	return web.Event{When: a.Deadline.String(), ISO: a.Deadline.String(), Text: a.State.Label().in(c.Lang), Note: text, Next: true}, true
}

// way is where an application stands on its way, in six steps.
func way(c *web.Ctx, a *Application) []web.Step {
	stages := []struct {
		text   string
		states []State
	}{
		{c.T("grant.way.submit"), []State{Draft, Returned}}, {c.T("grant.way.accept"), []State{Submitted}}, {c.T("grant.way.check"), []State{Accepted, Checked}},
		{c.T("grant.way.decide"), []State{Proposed, Refused, Appealed}}, {c.T("grant.way.public"), []State{Public}}, {c.T("grant.way.pay"), []State{Payable, Batched, Sent, Bounced, Paid, Stopped, Closed}},
	}
	at := -1
	for i, s := range stages {
		for _, x := range s.states {
			if x == a.State {
				at = i
			}
		}
	}
	var list []web.Step
	for i, s := range stages {
		done := i < at || i == at && (a.State == Paid || a.State == Stopped || a.State == Closed)
		list = append(list, web.Step{Text: s.text, Done: done, Current: i == at && !done})
	}
	return list
}

// pathCase reads the application of an address.
func (r *Room) pathCase(c *web.Ctx) (Application, error) {
	owner, err := c.PathID("owner")
	if err != nil {
		return Application{}, err
	}
	id, err := c.PathID("id")
	if err != nil {
		return Application{}, err
	}
	a, err := r.read(c.Context(), r.DB, owner, id)
	if err != nil {
		return a, err
	}
	return a, maySee(c.User, &a)
}

// received reads an uploaded document; what is wrong with it is the form's error.
func received(c *web.Ctx, f *web.Form) (content []byte, kind string, err error) {
	up, err := c.Upload("file", evidence.Limit)
	if err != nil {
		return nil, "", err
	}
	if up == nil {
		f.Fail("file", c.T("grant.file.none"))
		return nil, "", nil
	}
	from, err := up.Open()
	if err != nil {
		return nil, "", fault.Wrap(fault.Unavailable, err, "收到的文件读不出来，请再传一次")
	}
	defer from.Close()
	if content, kind, err = evidence.Read(up.Name, from); fault.Is(err, fault.Invalid) {
		f.Fail("file", fault.TextOf(err))
		err = nil
	}
	return content, kind, err
}

// download gives a document to whoever may see the application, and writes the look down.
func (r *Room) download(c *web.Ctx) error {
	owner, err := c.PathID("owner")
	if err != nil {
		return err
	}
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f, err := r.Evidence.Get(c.Context(), owner, id)
	if err != nil {
		return err
	}
	a, err := r.store.get(c.Context(), r.DB, owner, f.ObjectID)
	if err != nil {
		return err
	}
	if err := maySee(c.User, &a); err != nil {
		return err
	}
	if !owns(c.User, a.Owner()) {
		if err := r.Audit.Note(c.Context(), entry(c.User, "evidence", &a, "查看了补贴申请材料："+f.Name)); err != nil {
			return err
		}
	}
	_, err = c.Attachment(f.Filename(), f.Type).Write(f.Content)
	return err
}

// wide is a number as figures show it.
func wide(n int64) string { return strconv.FormatInt(n, 10) }

// public is the list that anybody may read: people without their given names.
func (r *Room) public(c *web.Ctx) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	list, err := r.store.shown(c.Context(), "15", at.Int(0), pageSize+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > pageSize {
		list = list[:pageSize]
		next = web.NewCursor(list[pageSize-1].ID)
	}
	names, err := r.names(c.Context(), ownersOf(list))
	if err != nil {
		return err
	}
	type row struct {
		Name, Place, Policy, Period string
		Fen                         int64
		Until                       db.Date
	}
	var rows []row
	for _, a := range list {
		rows = append(rows, row{names[a.OwnerID], area.FullName(area.At(a.Area, area.Township)), a.PolicyName, a.periodIn(c.Lang), a.Granted, a.PublicUntil})
	}
	return c.Render("grant/public", web.Page{Title: c.T("grant.public.title"), Lede: c.T("grant.public.lede", PublicDays), Public: true,
		Data: map[string]any{"Rows": rows, "Paging": c.Paging(-1, len(rows), next)}})
}

// pageSize is how many rows a page of a list has.
const pageSize = 50

// self is where staff say who they are.
func (r *Room) self(c *web.Ctx) error { return r.renderSelf(c, selfForm(c)) }

func selfForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "idnumber", Label: c.T("grant.self.number"), Hint: c.T("grant.self.hint"), Need: true, Max: 30, Width: "16", Auto: "off"})
}

func (r *Room) renderSelf(c *web.Ctx, f *web.Form) error {
	_, declared, err := r.store.staff(c.Context(), r.DB, c.User.ID)
	if err != nil {
		return err
	}
	return c.Render("grant/self", web.Page{Title: c.T("grant.self.title"), Lede: c.T("grant.self.lede"), Form: f, Nav: atDesk, Data: map[string]any{"Tabs": tabs(c, atSelf), "Declared": declared}})
}

// formFault puts what a person can mend into the form; other faults stay faults.
func formFault(f *web.Form, err error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		f.Fail("", fault.TextOf(err))
		return nil
	}
	return err
}

// copyTo sends a text as a file.
func copyTo(c *web.Ctx, name, kind, text string) error {
	_, err := io.WriteString(c.Attachment(name, kind), text)
	return err
}
