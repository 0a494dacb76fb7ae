package market

import (
	"strconv"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

const shown = 50

var stateKind = map[string]string{Received: "warn", Accepted: "warn", Correcting: "warn", Closed: "ok", Refused: ""}

// left tells how many working days remain until a day, or how many it is over.
func (r *Room) left(c *web.Ctx, on db.Date) cell {
	n := workday.Between(r.Clock.Today(), on.Time)
	if n < 0 {
		return cell{Text: c.T("market.over", strconv.Itoa(-n)), Kind: "stop"}
	}
	return cell{Text: c.T("market.left", strconv.Itoa(n)), Small: on.String()}
}

func (r *Room) complaintList(c *web.Ctx) error {
	state := c.Query("state")
	if state == "" {
		state = Received
	}
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	after, afterID := db.On(clock.Date(2000, time.January, 1)), int64(0)
	if !at.Start() {
		if err := after.Scan(at.Text(0)); err != nil {
			return fault.Wrap(fault.Invalid, err, "翻页位置无效，请从第一页看起")
		}
		afterID = at.Int(1)
	}
	list, err := r.complaints(c.Context(), c.User.Area, state, after, afterID, shown+1)
	if err != nil {
		return err
	}
	counts, late, err := r.countComplaints(c.Context(), c.User.Area, r.today())
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].Due.String(), list[shown-1].ID)
	}
	d := sheet{Tabs: r.tabs(c, atHome), Paged: true, Paging: c.Paging(counts[state], len(list), next),
		Figures: []web.Figure{{Label: word(c, "state", Received), Value: lang.Int(counts[Received])}, {Label: word(c, "state", Accepted), Value: lang.Int(counts[Accepted])},
			{Label: word(c, "state", Correcting), Value: lang.Int(counts[Correcting])}, {Label: c.T("market.late"), Value: lang.Int(late), Kind: map[bool]string{true: "stop"}[late > 0]}}}
	for _, s := range complaintStates {
		d.Chips = append(d.Chips, web.Tab{Text: word(c, "state", s), Href: atHome + "?state=" + s, Current: s == state})
	}
	t := table{ID: "list", Head: word(c, "state", state), Heads: heads(c, "what", "kind", "area", "on", "+deadline"), Empty: c.T("market.none")}
	for i := range list {
		v := &list[i]
		day := cell{Text: "—"}
		if v.Live() {
			day = r.left(c, v.Due)
		}
		day.Right = true
		t.Rows = append(t.Rows, []cell{{Text: v.Name, Href: complaintAt(v.ID), Small: word(c, "about", v.About)}, {Text: word(c, "why", v.Kind)}, {Text: area.Name(v.Area)}, {Text: v.On.String()}, day})
	}
	d.Tables = []table{t}
	return c.Render("market/sheet", web.Page{Title: c.T("market.title"), Lede: c.T("market.lede"), Nav: atHome, Data: d})
}

func (r *Room) showComplaint(c *web.Ctx) error { return r.renderComplaint(c, nil, "") }

func (r *Room) theComplaint(c *web.Ctx) (Complaint, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Complaint{}, err
	}
	v, err := r.complaint(c.Context(), r.DB, "complaint_id", id)
	if err != nil {
		return v, err
	}
	return v, MaySee(c.User, v.Area)
}

// fieldsOf are the fields of an act about a complaint.
func fieldsOf(c *web.Ctx, act string) []web.Field {
	text := web.Field{Name: "text", Label: c.T("market.f.text"), Kind: "textarea", Need: true, Max: 500, Rows: 3}
	days := web.Field{Name: "days", Label: c.T("market.f.days"), Kind: "number", Need: true, Min: 1, Top: 60, Width: "4", Unit: c.T("market.workdays")}
	switch act {
	case "interview":
		return []web.Field{{Name: "on", Label: c.T("market.f.on"), Kind: "date", Need: true, Width: "8"}, {Name: "departments", Label: c.T("market.f.departments"), Hint: c.T("market.f.departmentsHint"), Need: true, Max: 200},
			{Name: "attended", Label: c.T("market.f.attended"), Need: true, Max: 200}, {Name: "points", Label: c.T("market.f.points"), Kind: "textarea", Need: true, Max: 800, Rows: 3},
			{Name: "promise", Label: c.T("market.f.promise"), Kind: "textarea", Need: true, Max: 800, Rows: 3}, days}
	case "correct", "hand":
		return []web.Field{text, days}
	case "close":
		return []web.Field{{Name: "outcome", Label: c.T("market.f.outcome"), Kind: "radios", Need: true, Options: options(c, "outcome", outcomes)}, text}
	}
	return []web.Field{text}
}

func (r *Room) renderComplaint(c *web.Ctx, failing *web.Form, failed string) error {
	v, err := r.theComplaint(c)
	if err != nil {
		return err
	}
	steps, err := r.steps(c.Context(), v.ID)
	if err != nil {
		return err
	}
	talks, err := r.interviews(c.Context(), v.ID)
	if err != nil {
		return err
	}
	same, err := repeated(c.Context(), r.DB, v.About, v.AboutID)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.note(c.Context(), tx, c.User, "read", "complaint", v.ID, v.Area, "查看投诉："+v.Name)
	}); err != nil {
		return err
	}
	d := sheet{Tags: []cell{{Text: word(c, "state", v.State), Kind: stateKind[v.State]}}, Pairs: []web.Pair{{Key: c.T("market.kind"), Value: word(c, "why", v.Kind)}, {Key: c.T("market.about"), Value: word(c, "about", v.About)},
		{Key: c.T("market.area"), Value: area.FullName(v.Area)}, {Key: c.T("market.on"), Value: v.On.String()}, {Key: c.T("market.said"), Value: v.Text},
		{Key: c.T("market.from"), Value: c.T(map[bool]string{true: "market.named", false: "market.anonymous"}[v.PersonID != 0])}}}
	if v.Contact != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("market.f.contact"), Value: v.Contact})
	}
	if v.Live() {
		day := r.left(c, v.Due)
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("market.deadline"), Value: day.Text, Note: v.Due.String()})
	}
	if v.Off {
		d.Tags = append(d.Tags, cell{Text: c.T("market.off"), Kind: "stop"})
	}
	if same > 1 {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("market.same"), Value: lang.Int(same)})
	}
	if v.Outcome != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("market.f.outcome"), Value: word(c, "outcome", v.Outcome), Note: v.Told})
	}
	for i, t := range talks {
		d.Tables = append(d.Tables, table{ID: "talk" + strconv.Itoa(i), Head: c.T("market.talk"), Note: t.On.String(), Heads: heads(c, "entry", "content"), Rows: [][]cell{
			{{Text: c.T("market.f.departments")}, {Text: t.Departments}}, {{Text: c.T("market.f.attended")}, {Text: t.Attended}}, {{Text: c.T("market.f.points")}, {Text: t.Points}},
			{{Text: c.T("market.f.promise")}, {Text: t.Promise}}, {{Text: c.T("market.correctBy")}, {Text: t.CorrectBy.String()}}}})
	}
	for _, s := range steps {
		at := time.UnixMilli(s.At).In(clock.Zone)
		d.Events = append(d.Events, web.Event{When: lang.DateShort(at), ISO: at.Format(time.DateOnly), Text: word(c, "act", s.What) + "：" + s.Text, Note: s.By})
	}
	for _, act := range may[v.State] {
		switch {
		case act == "off" && (v.Off || v.About != AboutVacancy || v.AboutID == 0), act == "back" && !v.Off, act == "hand" && (c.User.Role != account.Manager || c.User.Area == v.Area):
			continue
		}
		d.Boxes = append(d.Boxes, desk.Box(c, act, complaintAt(v.ID)+"/"+act, v.Version, failing, failed, fieldsOf(c, act)...))
	}
	return c.Render("market/sheet", web.Page{Title: v.Name, Form: failing, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.title"), Href: atHome}, {Text: v.Name}}, Data: d})
}

func (r *Room) actComplaint(c *web.Ctx) error {
	v, err := r.theComplaint(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	known := false
	for _, list := range may {
		for _, a := range list {
			known = known || a == act
		}
	}
	if !known {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fieldsOf(c, act)...)
	get := func(name string) string { return f.Text(act + "_" + name) }
	do := Do{Act: act}
	switch act {
	case "interview":
		do.Interview = Interview{On: db.On(f.Date(act + "_on")), Departments: get("departments"), Attended: get("attended"), Points: get("points"), Promise: get("promise")}
		do.Days, do.Text = int(f.Int(act+"_days")), do.Interview.Points
	case "correct", "hand":
		do.Text, do.Days = get("text"), int(f.Int(act+"_days"))
	case "close":
		do.Outcome, do.Text = f.Choice(act+"_outcome"), get("text")
	default:
		do.Text = get("text")
	}
	if f.OK() {
		err := r.Handle(c.Context(), c.User, v.ID, do, f.Version(), c.Once())
		if err == nil {
			c.Flash("ok", c.T("market.done"))
			return c.Redirect(complaintAt(v.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderComplaint(c, f, act)
}

// mine is what a unit has to correct, without who complained.
func (r *Room) mine(c *web.Ctx) error {
	if c.User.EmployerID == 0 {
		return fault.New(fault.Denied, "您的账号没有对应的用人单位，请联系管理员")
	}
	list, err := r.complaintsOf(c.Context(), c.User.EmployerID, shown)
	if err != nil {
		return err
	}
	d := sheet{}
	t := table{ID: "list", Head: c.T("market.mine.list"), Heads: heads(c, "what", "kind", "state", "+deadline"), Empty: c.T("market.mine.none")}
	for i := range list {
		v := &list[i]
		day := cell{Text: "—", Right: true}
		if v.State == Correcting {
			day = r.left(c, v.Due)
			day.Right = true
			b := desk.Box(c, "said"+number(v.ID), atMine+"/"+number(v.ID), v.Version, nil, "", web.Field{Name: "text", Label: c.T("market.f.said"), Kind: "textarea", Need: true, Max: 500, Rows: 3})
			b.Head, b.Button = c.T("market.mine.say", v.Name), c.T("market.do.said")
			talks, err := r.interviews(c.Context(), v.ID)
			if err != nil {
				return err
			}
			if len(talks) > 0 {
				b.Note = talks[0].Points
			}
			d.Boxes = append(d.Boxes, b)
		}
		t.Rows = append(t.Rows, []cell{{Text: v.Name}, {Text: word(c, "why", v.Kind)}, {Text: word(c, "state", v.State), Kind: stateKind[v.State]}, day})
	}
	d.Tables = []table{t}
	return c.Render("market/sheet", web.Page{Title: c.T("market.mine.title"), Lede: c.T("market.mine.lede"), Nav: atMine, Data: d})
}

func (r *Room) takeCorrected(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	text := c.Form(web.Field{Name: "said" + number(id) + "_text", Label: c.T("market.f.said"), Max: 500}).Text("said" + number(id) + "_text")
	if err := r.Corrected(c.Context(), c.User, id, text, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("market.done"))
	return c.Redirect(atMine)
}
