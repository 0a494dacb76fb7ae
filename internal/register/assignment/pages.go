package assignment

import (
	"embed"
	"fmt"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed pages/*.html words.zh.json words.en.json
var pageFiles embed.FS

const (
	atList   = "/assignment"
	pageRows = 50
)

// Href is the page of one task.
func Href(id int64) string { return fmt.Sprintf("/assignment/%d", id) }

// Web is the register's pages.
func (s *Service) Web() web.Room {
	staff := web.Roles(account.Officer, account.Manager)
	return web.Room{Name: "assignment", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/assignment", staff, s.page)
			m.Get("/assignment/new", staff, s.newTask)
			m.Post("/assignment/new", staff, s.give)
			m.Get("/assignment/{id}", staff, s.show)
			m.Post("/assignment/{id}/answer", staff, s.answer)
			m.Post("/assignment/{id}/judge", staff, s.judge)
			m.Post("/assignment/{id}/withdraw", staff, s.takeBack)
		},
		Menu: []web.MenuItem{{Roles: []string{account.Officer, account.Manager}, Key: "assignment.menu", Href: atList, Order: 85, Icon: "next", Count: s.WaitingFor}}}
}

type listData struct {
	Tabs   []web.Tab
	Tab    string
	Filter *web.Form
	Rows   []row
	Paging web.Paging
	Stats  []statRow
	Total  statRow
}

type row struct {
	Item
	KindName, FromName, ToName, Result string
	State                              tag
	Left                               tag
	Can                                bool // the reader is who acts next
	Waits                              bool // for a yes or a return
}

type statRow struct {
	Stat
	Name, Rate string
}

// tag is a small label: its words, and ok, warn, stop or nothing for its colour.
type tag struct{ Kind, Text string }

// unfinished are the states in which somebody has to do something.
var unfinished = []State{Open, Returned, Answered}

// page lists what was sent to the reader's area, what it sent, or everything below it (the ledger) with figures.
func (s *Service) page(c *web.Ctx) error {
	tab := c.Query("tab")
	if tab != "given" && tab != "ledger" {
		tab = "mine"
	}
	form := s.filterForm(c, tab)
	f := map[string]Filter{"mine": toUs(c.User, nil), "given": byUs(c.User, nil), "ledger": {To: c.User.Area}}[tab]
	if tab == "ledger" && form.Value("way") == "up" {
		f = Filter{From: c.User.Area}
	}
	if sub := form.Value("area"); tab == "ledger" && sub != "" && area.Within(sub, c.User.Area) {
		if f.To != "" {
			f.To = sub
		} else {
			f.From = sub
		}
	}
	f.Kind = form.Value("kind")
	switch form.Value("state") {
	case "unfinished":
		f.States = unfinished
	case "late":
		f.Overdue = true
	case "answered":
		f.States = []State{Answered}
	case "done":
		f.States = []State{Accepted, Withdrawn}
	}
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	var after db.Date
	if !at.Start() {
		if err := after.Scan(at.Text(0)); err != nil {
			return fault.Wrap(fault.Invalid, err, "翻页位置无效，请从第一页看起")
		}
	}
	items, err := s.List(c.Context(), f, after, at.Int(1), pageRows+1)
	if err != nil {
		return err
	}
	total, err := s.Count(c.Context(), f)
	if err != nil {
		return err
	}
	waiting, err := s.WaitingFor(c.Context(), c.User)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(items) > pageRows {
		items = items[:pageRows]
		next = web.NewCursor(items[pageRows-1].Deadline, items[pageRows-1].ID)
	}
	data := listData{Tab: tab, Filter: form, Paging: c.Paging(total, len(items), next)}
	for _, t := range []string{"mine", "given", "ledger"} {
		data.Tabs = append(data.Tabs, web.Tab{Text: c.T("assignment.tab." + t), Href: atList + "?tab=" + t, Current: t == tab})
	}
	for i := range items {
		data.Rows = append(data.Rows, s.row(c, items[i]))
	}
	if tab == "ledger" && f.To != "" {
		if data.Stats, data.Total, err = s.statRows(c, f.To); err != nil {
			return err
		}
	}
	return c.Render("assignment/list", web.Page{Title: c.T("assignment.title"), Lede: c.T("assignment.lede", waiting), Nav: atList, Data: data})
}

func (s *Service) statRows(c *web.Ctx, code string) (rows []statRow, total statRow, err error) {
	list, err := s.Stats(c.Context(), code)
	total.Name = c.T("assignment.total")
	for _, st := range list {
		rows = append(rows, statRow{Stat: st, Name: area.Name(st.Area), Rate: rate(st)})
		total.add(st)
	}
	total.Rate = rate(total.Stat)
	return rows, total, err
}

func rate(s Stat) string {
	if r := s.Rate(); r >= 0 {
		return fmt.Sprintf("%d.%d%%", r/100, r%100/10)
	}
	return "—"
}

func (s *Service) row(c *web.Ctx, it Item) row {
	k := s.kinds[it.Kind]
	r := row{Item: it, KindName: k.name(c.Lang), FromName: area.Name(it.From), ToName: area.Name(it.To), State: stateTag(c, it.State),
		Left: left(c, &it, s.Clock.Today()), Result: k.resultName(c.Lang, it.Result)}
	r.Waits = it.State == Answered
	r.Can = it.State.Due() && mayAnswer(c.User, &it) == nil || it.State == Answered && mayJudge(c.User, &it) == nil
	return r
}

func stateTag(c *web.Ctx, st State) tag {
	return tag{map[State]string{Accepted: "ok", Returned: "stop", Answered: "warn"}[st], c.T("assignment.state." + string(st))}
}

// left says how much time is left, and in which state that is; nothing for what needs no answer.
func left(c *web.Ctx, it *Item, today time.Time) tag {
	k := it.ClockOf(today)
	switch {
	case !it.State.Due():
		return tag{}
	case k.Over && k.Left == 0:
		return tag{"stop", c.T("assignment.overNow")}
	case k.Over:
		return tag{"stop", c.T("assignment.over", -k.Left)}
	case k.Left == 0:
		return tag{"warn", c.T("assignment.today")}
	}
	return tag{"", c.T("assignment.left", k.Left)}
}

// deadline draws a task's working days.
func deadline(c *web.Ctx, it *Item, today time.Time) web.Deadline {
	k := it.ClockOf(today)
	note := c.T("assignment.due", lang.Date(c.Lang, it.Deadline.Time))
	if why := workday.Why(it.Deadline.Time); why != "" {
		note = c.T("assignment.dueWhy", lang.Date(c.Lang, it.Deadline.Time), why)
	}
	return web.Deadline{Text: c.T("assignment.days", k.Used, it.WorkDays), Left: left(c, it, today).Text, Note: note, Used: k.Used, Total: it.WorkDays,
		Urgent: it.State.Due() && (k.Over || k.Left <= 1)}
}

func (s *Service) filterForm(c *web.Ctx, tab string) *web.Form {
	var kinds, states, places []web.Option
	for _, code := range s.order {
		kinds = append(kinds, web.Option{Value: code, Text: s.kinds[code].name(c.Lang)})
	}
	for _, st := range []string{"unfinished", "late", "answered", "done"} {
		states = append(states, web.Option{Value: st, Text: c.T("assignment.filter." + st)})
	}
	fields := []web.Field{{Name: "state", Label: c.T("assignment.stateHead"), Kind: "select", Options: states},
		{Name: "kind", Label: c.T("assignment.kind"), Kind: "select", Options: kinds}}
	if tab == "ledger" {
		for _, a := range area.Children(c.User.Area) {
			places = append(places, web.Option{Value: a.Code, Text: a.Name})
		}
		fields = append(fields, web.Field{Name: "area", Label: c.T("assignment.area"), Kind: "select", Options: places},
			web.Field{Name: "way", Label: c.T("assignment.way"), Kind: "select", Options: []web.Option{{Value: "down", Text: c.T("assignment.down")}, {Value: "up", Text: c.T("assignment.up")}}})
	}
	f := c.Form(fields...)
	if tab == "ledger" {
		f.Set("way", "down")
	} else {
		f.Set("state", "unfinished")
	}
	return f
}
