package casework

import (
	"fmt"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

const (
	deskRows   = 50 // cases the desk shows at once
	deskNear   = 3  // of these, drawn with their working days beside the list
	deskClosed = 5  // cases closed last
)

type deskData struct {
	Groups  []deskGroup
	Near    []web.Deadline
	Reviews bool
	Waiting int64
	Closed  []deskRow
	Paging  web.Paging
}

type deskGroup struct {
	Urgency Urgency
	Head    string
	Count   int // of the whole group, shown or not
	Rows    []deskRow
}

type deskRow struct {
	Href, Who, Place string
	Due              time.Time
	State            tag // 剩 5 个工作日
	Note, Act        string
}

// desk is what is to be done, the most urgent first.
func (r *Room) desk(c *web.Ctx) error {
	ctx, today := c.Context(), r.Clock.Today()
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	var after db.Date
	if !at.Start() {
		if err := after.Scan(at.Text(0)); err != nil {
			return fault.Wrap(fault.Invalid, err, "翻页位置无效，请从工作台第一页看起")
		}
	}
	cases, err := r.store.open(ctx, c.User.Area, after, at.Int(1), deskRows+1)
	if err != nil {
		return err
	}
	closed, err := r.store.closedSince(ctx, c.User.Area, db.On(today.AddDate(0, -1, 0)), deskClosed)
	if err != nil {
		return err
	}
	n, err := r.counts(ctx, c.User.Area)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(cases) > deskRows {
		cases = cases[:deskRows]
		next = web.NewCursor(cases[deskRows-1].Deadline.String(), cases[deskRows-1].ID)
	}
	data := deskData{Paging: c.Paging(int64(n.Open), len(cases), next)}
	names, err := r.namesOf(c, cases, closed)
	if err != nil {
		return err
	}
	for i := range cases {
		cs := &cases[i]
		data.add(c, cs.UrgencyOf(today), n, openRow(c, cs, names[cs.PersonID], today))
		if i < deskNear && at.Start() {
			d := deadline(c, cs, names[cs.PersonID], today)
			d.Href = fmt.Sprintf(atCase, cs.ID)
			data.Near = append(data.Near, d)
		}
	}
	for i := range closed {
		data.Closed = append(data.Closed, closedRow(c, &closed[i], names[closed[i].PersonID]))
	}
	if data.Reviews = r.Reviews != nil; data.Reviews {
		if data.Waiting, err = r.Reviews.Waiting(ctx, c.User.Area); err != nil {
			return err
		}
	}
	title := "casework.desk.title"
	if c.User.Role != account.Officer {
		title = "casework.desk.cases"
	}
	return c.Render("casework/desk", web.Page{Title: c.T(title), Nav: atDesk, Data: data,
		Lede: c.T("casework.desk.lede", dayText(c, today), c.T(fmt.Sprintf("casework.weekday.%d", today.Weekday())), n.Open, n.Overdue, n.Today)})
}

// add puts a row under the heading of its urgency; rows come in the order of deadlines.
func (d *deskData) add(c *web.Ctx, u Urgency, n counts, row deskRow) {
	if len(d.Groups) == 0 || d.Groups[len(d.Groups)-1].Urgency != u {
		d.Groups = append(d.Groups, deskGroup{Urgency: u, Head: c.T(fmt.Sprintf("casework.urgency.%d", u)), Count: n.of(u)})
	}
	g := &d.Groups[len(d.Groups)-1]
	g.Rows = append(g.Rows, row)
}

// namesOf reads the names that the cases go by.
func (r *Room) namesOf(c *web.Ctx, lists ...[]Case) (map[int64]string, error) {
	var ids []int64
	for _, l := range lists {
		for i := range l {
			ids = append(ids, l[i].PersonID)
		}
	}
	return r.People.Names(c.Context(), ids)
}

func openRow(c *web.Ctx, cs *Case, name string, today time.Time) deskRow {
	row := deskRow{Href: fmt.Sprintf(atCase, cs.ID), Who: identity.MaskName(name), Place: place(c, cs.Area), Due: cs.Deadline.Time,
		State: left(c, cs.ClockOf(today)), Note: cs.NextStep, Act: c.T("casework.desk.go")}
	switch {
	case row.Note == "":
		row.Note, row.Act = c.T("casework.desk.nothing"), c.T("casework.desk.contact")
	case !cs.NextOn.IsZero():
		row.Note = c.T("casework.desk.planned", lang.DateShort(cs.NextOn.Time), row.Note)
	}
	if mayRecord(c.User, cs) != nil {
		row.Act = c.T("casework.desk.look")
	}
	return row
}

func closedRow(c *web.Ctx, cs *Case, name string) deskRow {
	return deskRow{Href: fmt.Sprintf(atCase, cs.ID), Who: identity.MaskName(name), Place: place(c, cs.Area), Due: cs.Closed.Time,
		State: tag{Text: c.T("casework.outcome." + cs.Outcome)}}
}

// left says how much time is left, and in which state that is.
func left(c *web.Ctx, k Clock) tag {
	switch {
	case k.Over && k.Left == 0: // the weekend after the deadline
		return tag{"stop", c.T("casework.over.now")}
	case k.Over:
		return tag{"stop", c.T("casework.over", -k.Left)}
	case k.Left == 0:
		return tag{"warn", c.T("casework.today")}
	}
	return tag{"", c.T("casework.left", k.Left)}
}

// deadline draws a case's working days.
func deadline(c *web.Ctx, cs *Case, name string, today time.Time) web.Deadline {
	k := cs.ClockOf(today)
	note := c.T("casework.due", dayText(c, cs.Deadline.Time))
	if why := workday.Why(cs.Deadline.Time); why != "" {
		note = c.T("casework.dueWhy", dayText(c, cs.Deadline.Time), why)
	}
	if cs.NextStep != "" {
		note += "　" + cs.NextStep
	}
	return web.Deadline{Text: c.T("casework.household", identity.MaskName(name), place(c, cs.Area)), Left: left(c, k).Text, Note: note,
		Used: k.Used, Total: Days, Urgent: k.Over || k.Left <= 1}
}

// place names a household's township, with the banner for those who see several. A village founded after the register
// of areas was made lies in the last place that is known.
func place(c *web.Ctx, code string) string {
	path := area.Path(area.At(code, area.Township))
	if len(path) == 0 {
		return code
	}
	last := path[len(path)-1]
	if last.Level == area.Township && area.Level(c.User.Area) < area.Banner {
		return area.Short(last.Parent) + " " + last.Name
	}
	return last.Name
}

// dayText writes a day for people, in their language.
func dayText(c *web.Ctx, t time.Time) string { return lang.Date(c.Lang, t) }
