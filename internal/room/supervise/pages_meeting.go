package supervise

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func (r *Room) meetingList(c *web.Ctx) error {
	at, err := below(c)
	if err != nil {
		return err
	}
	list, err := meetings(c.Context(), r.DB, c.User.Area, at, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t := table{ID: "list", Head: word(c, "tab", "meetings"), Heads: heads(c, "meeting", "on", "area", "chair"), Empty: c.T("supervise.noMeetings")}
	for _, m := range list {
		t.Rows = append(t.Rows, []cell{{Text: m.Title, Href: meetingAt(m.ID)}, {Text: m.On.String()}, {Text: area.Name(m.Area)}, {Text: m.Chair}})
	}
	d := content{Tabs: tabs(c, atMeetings), Tables: []table{t}, Paged: len(list) > 0, Paging: c.Paging(-1, len(list), next)}
	for _, source := range []string{FromDecision, FromProblem} {
		open, err := duties(c.Context(), r.DB, Filter{Area: c.User.Area, Source: source, State: Open, Today: r.today()}, newest, 50)
		if err != nil {
			return err
		}
		x, err := r.dutyTable(c, open)
		if err != nil {
			return err
		}
		x.ID, x.Head, x.Empty = source, c.T("supervise.open."+source), c.T("supervise.noFollow")
		d.Tables = append(d.Tables, x)
	}
	if MayLead(c.User, c.User.Area) == nil {
		d.Actions = []web.Tab{{Text: c.T("supervise.newMeeting"), Href: atMeetings + "/new"}}
	}
	return c.Render("supervise/sheet", page(c, word(c, "tab", "meetings"), c.T("supervise.meetingsLede"), atHome, c.T("supervise.title"), nil, d))
}

func (r *Room) askMeeting(c *web.Ctx) error  { return r.newMeeting(c, false) }
func (r *Room) takeMeeting(c *web.Ctx) error { return r.newMeeting(c, true) }

func (r *Room) newMeeting(c *web.Ctx, take bool) error {
	if err := MayLead(c.User, c.User.Area); err != nil {
		return err
	}
	b := desk.Box(c, "hold", atMeetings+"/new", 0, nil, "", web.Field{Name: "title", Label: c.T("supervise.f.meetingName"), Need: true, Max: 80}, web.Field{Name: "area", Label: c.T("supervise.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)},
		web.Field{Name: "day", Label: c.T("supervise.on"), Kind: "date", Need: true, Width: "8"}, web.Field{Name: "chair", Label: c.T("supervise.chair"), Need: true, Max: 40},
		web.Field{Name: "attended", Label: c.T("supervise.attended"), Max: 200}, web.Field{Name: "agenda", Label: c.T("supervise.agenda"), Hint: c.T("supervise.f.lines"), Kind: "textarea", Need: true, Rows: 4, Max: 800})
	f := b.Form
	f.Set("hold_area", c.User.Area)
	again := func() error {
		return c.Render("supervise/form", page(c, c.T("supervise.newMeeting"), "", atMeetings, word(c, "tab", "meetings"), f, b))
	}
	if !take {
		return again()
	}
	m := Meeting{Title: f.Text("hold_title"), Area: f.Choice("hold_area"), On: db.On(f.Date("hold_day")), Chair: f.Text("hold_chair"), Attended: f.Text("hold_attended"), Agenda: f.Text("hold_agenda")}
	id := int64(0)
	return carry(c, f, func() string { return meetingAt(id) }, func() (err error) {
		id, err = r.Hold(c.Context(), c.User, m, c.Once())
		return err
	}, again)
}

func (r *Room) theMeeting(c *web.Ctx) (Meeting, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Meeting{}, err
	}
	m, err := r.meetingByID(c.Context(), id)
	if err != nil {
		return m, err
	}
	return m, MayRead(c.User, m.Area)
}

func (r *Room) showMeeting(c *web.Ctx) error { return r.renderMeeting(c, nil, "") }

func (r *Room) meetingFields(c *web.Ctx, act string, m *Meeting) ([]web.Field, error) {
	switch act {
	case "minutes":
		return []web.Field{{Name: "text", Label: c.T("supervise.minutes"), Kind: "textarea", Need: true, Rows: 8, Max: 5000}}, nil
	case "decide":
		all, err := units(c.Context(), r.DB, m.Area)
		kind := web.Field{Name: "kind", Label: c.T("supervise.f.kind"), Kind: "radios", Need: true, Options: options(c, "source", []string{FromDecision, FromProblem})}
		return append([]web.Field{kind}, dutyFieldsNew(c, all)...), err
	}
	return nil, nil
}

func (r *Room) renderMeeting(c *web.Ctx, failing *web.Form, failed string) error {
	m, err := r.theMeeting(c)
	if err != nil {
		return err
	}
	var list []Duty
	for _, source := range []string{FromDecision, FromProblem} {
		some, err := duties(c.Context(), r.DB, Filter{Area: m.Area, Source: source, SourceID: m.ID, Today: r.today()}, newest, 100)
		if err != nil {
			return err
		}
		for _, x := range some {
			if MaySee(c.User, x.Area) == nil {
				list = append(list, x)
			}
		}
	}
	t, err := r.dutyTable(c, list)
	if err != nil {
		return err
	}
	t.Head, t.Empty = c.T("supervise.follow"), c.T("supervise.noFollow")
	d := content{Pairs: []web.Pair{{Key: c.T("supervise.on"), Value: m.On.String()}, {Key: c.T("supervise.area"), Value: area.FullName(m.Area)}, {Key: c.T("supervise.chair"), Value: m.Chair},
		{Key: c.T("supervise.attended"), Value: dash(m.Attended)}, {Key: c.T("supervise.by"), Value: m.By}}, Tables: []table{t}}
	for i, line := range strings.Split(m.Agenda, "\n") {
		d.Paragraphs = append(d.Paragraphs, c.T("supervise.agendaNo", i+1)+strings.TrimSpace(line))
	}
	if m.Minutes != "" {
		d.Paragraphs = append(append(d.Paragraphs, c.T("supervise.minutes")+"："), strings.Split(m.Minutes, "\n")...)
	}
	if MayLead(c.User, m.Area) == nil {
		for _, act := range []string{"decide", "minutes"} {
			fields, err := r.meetingFields(c, act, &m)
			if err != nil {
				return err
			}
			b := desk.Box(c, act, meetingAt(m.ID)+"/"+act, m.Version, failing, failed, fields...)
			if act == "minutes" {
				b.Form.Set("minutes_text", m.Minutes)
			}
			d.Boxes = append(d.Boxes, b)
		}
	}
	return c.Render("supervise/sheet", page(c, m.Title, "", atMeetings, word(c, "tab", "meetings"), failing, d))
}

func (r *Room) actMeeting(c *web.Ctx) error {
	m, err := r.theMeeting(c)
	if err != nil {
		return err
	}
	if err := MayLead(c.User, m.Area); err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields, err := r.meetingFields(c, act, &m)
	if err != nil {
		return err
	}
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fields...)
	var do func() error
	if act == "minutes" {
		text := f.Text("minutes_text")
		do = func() error { return r.Record(c.Context(), c.User, m.ID, text, f.Version(), c.Once()) }
	} else {
		d, first := dutyTyped(f, "decide")
		d.Source = f.Choice("decide_kind")
		do = func() error {
			_, err := r.Decide(c.Context(), c.User, m.ID, d, first, c.Once())
			return err
		}
	}
	return carry(c, f, func() string { return meetingAt(m.ID) }, do, func() error { return r.renderMeeting(c, f, act) })
}
