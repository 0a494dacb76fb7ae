package supervise

import (
	"embed"
	"strconv"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/evidence"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome      = "/supervise"
	atDuties    = "/supervise/duty"
	atSplit     = "/supervise/split"
	atRoad      = "/supervise/road"
	atUnits     = "/supervise/unit"
	atMeetings  = "/supervise/meeting"
	atInspect   = "/supervise/inspection"
	atLedger    = "/supervise/ledger"
	atAppraisal = "/supervise/appraisal"
)

// shown is how many rows a page of a list has.
const shown = 50

func dutyAt(id int64) string    { return atDuties + "/" + itoa(id) }
func unitAt(id int64) string    { return atUnits + "/" + itoa(id) }
func meetingAt(id int64) string { return atMeetings + "/" + itoa(id) }
func inspectAt(id int64) string { return atInspect + "/" + itoa(id) }
func schemeAt(id int64) string  { return atAppraisal + "/" + itoa(id) }

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff := account.Desk(account.Officer, account.Manager)
	return web.Room{Name: "supervise", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/supervise", staff, r.board)
			m.Get("/supervise/duty", staff, r.dutyList)
			m.Get("/supervise/duty/new", staff, r.askDuty)
			m.Post("/supervise/duty/new", staff, r.takeDuty)
			m.Get("/supervise/duty/{id}", staff, r.showDuty)
			m.Post("/supervise/duty/{id}/{act}", staff, r.actDuty)
			m.Get("/supervise/export", staff, r.export)
			m.Get("/supervise/file/{id}", staff, r.file)
			m.Get("/supervise/split", staff, r.askSplit)
			m.Post("/supervise/split", staff, r.takeSplit)
			m.Get("/supervise/road", staff, r.road)
			m.Get("/supervise/unit", staff, r.unitList)
			m.Post("/supervise/unit", staff, r.takeUnit)
			m.Get("/supervise/unit/{id}", staff, r.showUnit)
			m.Post("/supervise/unit/{id}", staff, r.takeLiaison)
			m.Get("/supervise/meeting", staff, r.meetingList)
			m.Get("/supervise/meeting/new", staff, r.askMeeting)
			m.Post("/supervise/meeting/new", staff, r.takeMeeting)
			m.Get("/supervise/meeting/{id}", staff, r.showMeeting)
			m.Post("/supervise/meeting/{id}/{act}", staff, r.actMeeting)
			m.Get("/supervise/inspection", staff, r.inspectionList)
			m.Get("/supervise/inspection/new", staff, r.askInspection)
			m.Post("/supervise/inspection/new", staff, r.takeInspection)
			m.Get("/supervise/inspection/{id}", staff, r.showInspection)
			m.Post("/supervise/inspection/{id}/{act}", staff, r.actInspection)
			m.Get("/supervise/ledger", staff, r.ledgerList)
			m.Post("/supervise/ledger", staff, r.takeEntry)
			m.Get("/supervise/appraisal", staff, r.schemeList)
			m.Post("/supervise/appraisal", staff, r.takeScheme)
			m.Get("/supervise/appraisal/{id}", staff, r.showScheme)
			m.Post("/supervise/appraisal/{id}/{act}", staff, r.actScheme)
			m.Get("/supervise/appraisal/{id}/area/{code}", staff, r.showLines)
			m.Get("/supervise/appraisal/{id}/export", staff, r.exportScheme)
		},
		Menu: []web.MenuItem{{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "supervise.menu", Href: atHome, Order: 26, Icon: "list", Count: r.count}}}
}

type (
	cell  = web.Cell
	table = web.Table
	box   = web.Box
)

// content is everything that a page of the room may show, from the top down.
type content struct {
	Tabs        []web.Tab
	Figures     []web.Figure
	Filter      *web.Form
	FilterNames []string
	Tags        []cell
	Pairs       []web.Pair
	Paragraphs  []string
	Tables      []table
	Events      []web.Event
	Boxes       []box
	Paging      web.Paging
	Paged       bool
	Actions     []web.Tab
}

func tabs(c *web.Ctx, at string) (list []web.Tab) {
	for _, t := range []struct{ key, href string }{{"board", atHome}, {"duties", atDuties}, {"road", atRoad}, {"units", atUnits}, {"meetings", atMeetings}, {"inspections", atInspect}, {"ledger", atLedger}, {"appraisals", atAppraisal}} {
		list = append(list, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

// desk writes the room's forms, tables and boxes.
const desk = web.Desk("supervise")

var heads, options, word = desk.Heads, desk.Options, desk.Word

func page(c *web.Ctx, title, lede, upHref, upText string, failing *web.Form, d any) web.Page {
	p := web.Page{Title: title, Lede: lede, Form: failing, Nav: atHome, Data: d}
	if upHref != "" {
		p.Crumbs = []web.Crumb{{Text: upText, Href: upHref}, {Text: title}}
	}
	return p
}

func unitOptions(list []Unit) (out []web.Option) {
	for _, u := range list {
		out = append(out, web.Option{Value: itoa(u.ID), Text: u.Name})
	}
	return out
}

// carry carries out an act of a form and leads on, or shows the page again with what is wrong.
func carry(c *web.Ctx, f *web.Form, to func() string, do func() error, again func() error) error {
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("supervise.done"))
			return c.Redirect(to())
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return again()
}

func idOf(f *web.Form, name string) int64 {
	n, _ := strconv.ParseInt(f.Choice(name), 10, 64)
	return n
}

// proofOf reads the file handed in; nil when there is none.
func proofOf(c *web.Ctx, f *web.Form, name string) (*Proof, error) {
	up, err := c.Upload(name, evidence.Limit)
	if err != nil || up == nil {
		return nil, err
	}
	from, err := up.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	content, kind, err := evidence.Read("证明材料", from)
	if err != nil {
		return nil, f.Mend(err)
	}
	return &Proof{content, kind}, nil
}

// below reads a list's cursor of one id.
func below(c *web.Ctx) (int64, error) {
	at, err := c.Cursor(1)
	if err != nil || at.Start() {
		return newest, err
	}
	return at.Int(0), nil
}
