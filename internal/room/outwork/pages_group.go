package outwork

import (
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// worked is the batch of an address, for staff who may work at it.
func (r *Room) worked(c *web.Ctx) (Batch, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Batch{}, err
	}
	b, err := batchByID(c.Context(), r.DB, id)
	if err == nil {
		err = MayWork(c.User, &b)
	}
	return b, err
}

// reach is whose people somebody sees in a batch: everybody's when they run it, their own area's otherwise.
func reach(u web.User, b *Batch) string {
	if MayKeep(u, b.Area) == nil {
		return region
	}
	return u.Area
}

type groupData struct {
	screen
	At      string
	Members []memberRow
	Move    *web.Form
	Names   []string
	Action  string
	Note    string
}

type memberRow struct {
	ID                     int64
	Name, ID18, Area       string
	State, Stay            cell
	Trip, Training, Reason string
	Gaps                   string
}

// moveFields are the fields of one act about several people.
func (r *Room) moveFields(c *web.Ctx, trips []Trip) []web.Field {
	act := field(c, "act", "select", true, 0)
	act.Options = options(c, "act", []string{"confirm", "train", "book", "arrive", "return", "drop"})
	trip := field(c, "trip", "select", false, 0)
	trip.Options = []web.Option{{Value: "0", Text: "—"}}
	for _, t := range trips {
		trip.Options = append(trip.Options, web.Option{Value: number(t.ID), Text: t.Day.String() + " " + t.Vehicle})
	}
	why := field(c, "reason", "select", false, 0)
	why.Options = append([]web.Option{{Text: "—"}}, options(c, "reason", leaveReasons)...)
	day := field(c, "on", "date", false, 0)
	day.Width, day.Hint = "8", c.T("outwork.onHint")
	return []web.Field{act, trip, field(c, "pickup", "", false, 60), field(c, "training", "", false, 120), day, why, field(c, "note", "", false, 200)}
}

// group is the desk's page of a batch.
func (r *Room) group(c *web.Ctx) error { return r.renderGroup(c, nil, "") }

func (r *Room) renderGroup(c *web.Ctx, failing *web.Form, failed string) error {
	b, err := r.worked(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	after := int64(0)
	if !at.Start() {
		after = at.Int(0)
	}
	list, err := r.members(ctx, r.DB, b.ID, reach(c.User, &b), after, searched+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > searched {
		list = list[:searched]
		next = web.NewCursor(list[searched-1].PersonID)
	}
	trips, err := r.trips(ctx, r.DB, b.ID)
	if err != nil {
		return err
	}
	sums, err := sumsOf(ctx, r.DB, []int64{b.ID})
	if err != nil {
		return err
	}
	s := sums[b.ID]
	d := groupData{At: deskBatchAt(b.ID), Action: deskBatchAt(b.ID) + "/move", Note: c.T("outwork.membersPageNote")}
	d.Figures = []web.Figure{{Label: c.T("outwork.f.need"), Value: lang.Int(int64(b.Need))}, {Label: c.T("outwork.h.joined"), Value: lang.Int(s.Joined)}, {Label: c.T("outwork.h.agreed"), Value: lang.Int(s.Agreed)},
		{Label: c.T("outwork.h.arrived"), Value: lang.Int(s.Arrived)}, {Label: c.T("outwork.h.atWork"), Value: lang.Int(s.AtWork)}, {Label: c.T("outwork.h.six"), Value: lang.Int(s.Six)}}
	d.Tags = []cell{{Text: word(c, "state", b.State), Kind: stateKind[b.State]}, {Text: word(c, "source", b.Source)}}
	d.Pairs = pairsOf(c, &b)
	if b.Reason != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("outwork.f.reason"), Value: b.Reason})
	}
	if d.Members, err = r.memberRows(c, &b, list, trips); err != nil {
		return err
	}
	d.Paged, d.Paging = true, c.Paging(-1, len(list), next)
	if d.Move, d.Names = web.ActForm(c, "move", r.moveFields(c, trips)...); failed == "move" {
		d.Move = failing
	}
	if err := r.groupSides(c, &d, &b, trips, failing, failed); err != nil {
		return err
	}
	return c.Render("outwork/group", web.Page{Title: b.Title, Lede: b.Unit + "　" + b.Place, Form: failing, Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.deskTitle", atDesk)})
}

// groupSides puts shares, journeys and forms on a batch's page.
func (r *Room) groupSides(c *web.Ctx, d *groupData, b *Batch, trips []Trip, failing *web.Form, failed string) error {
	keeps := MayKeep(c.User, b.Area) == nil
	shares, err := sharesOf(c.Context(), r.DB, b.ID)
	if err != nil {
		return err
	}
	st := table{ID: "shares", Head: c.T("outwork.sharesHead"), Note: c.T("outwork.sharesNote"), Heads: heads(c, "area", "+number", "+answered", "answer"), Empty: c.T("outwork.emptyShares")}
	for _, s := range shares {
		answer := cell{Text: c.T("outwork.notAnswered"), Kind: "warn"}
		if s.Result != "" {
			answer.Text, answer.Kind = word(c, "shareResult", s.Result), map[string]string{"full": "ok", "part": "warn", "none": "stop"}[s.Result]
		}
		if area.Within(s.Area, c.User.Area) || area.Within(c.User.Area, s.Area) {
			answer.Acts = []web.Act{{Text: c.T("outwork.task"), Of: area.Name(s.Area), Href: "/assignment/" + number(s.TaskID), Second: true}}
		}
		st.Rows = append(st.Rows, []cell{{Text: area.Name(s.Area), Small: area.Name(s.FromArea)}, num(s.Number), num(s.Answered), answer})
	}
	tt := table{ID: "trips", Head: c.T("outwork.tripsHead"), Heads: heads(c, "trip", "vehicle", "leader", "pickups"), Empty: c.T("outwork.emptyTrips")}
	for _, t := range trips {
		tt.Rows = append(tt.Rows, []cell{{Text: t.Day.String(), Href: tripAt(b.ID, t.ID)}, {Text: t.Vehicle}, {Text: t.Leader, Small: t.Phone}, {Text: t.Pickups}})
	}
	d.Tables = []table{st, tt}
	if b.Takes(r.today()) && c.User.Role == account.Officer {
		d.Actions = append(d.Actions, web.Tab{Text: c.T("outwork.find"), Href: d.At + "/people"})
	}
	d.Actions = append(d.Actions, web.Tab{Text: c.T("outwork.export"), Href: d.At + "/export"})
	if keeps && (b.State == Open || b.State == Asked) {
		d.Actions = append(d.Actions, web.Tab{Text: c.T("outwork.edit"), Href: d.At + "/edit"})
	}
	for _, act := range []string{"publish", "share", "trip", "close", "cancel"} {
		open := map[string]bool{"publish": keeps && b.State == Asked, "share": b.State == Open && area.Level(c.User.Area) < area.Banner, "trip": b.State == Open || b.State == Closed, "close": keeps && b.State == Open,
			"cancel": keeps && (b.State == Open || b.State == Asked)}
		if !open[act] {
			continue
		}
		fields, err := r.actFields(c, act, b)
		if err != nil {
			return err
		}
		x := boxOf(c, act, d.At+"/"+act, b.Version, failing, failed, fields...)
		x.Note = word(c, "actNote", act)
		d.Boxes = append(d.Boxes, x)
	}
	return nil
}

// actFields are the fields of an act about a whole batch.
func (r *Room) actFields(c *web.Ctx, act string, b *Batch) ([]web.Field, error) {
	switch act {
	case "cancel":
		return []web.Field{{Name: "why", Label: c.T("outwork.f.why"), Need: true, Max: 100}}, nil
	case "trip":
		day := field(c, "day", "date", true, 0)
		day.Width = "8"
		phone := field(c, "leaderPhone", "tel", true, 30)
		return []web.Field{day, field(c, "vehicle", "", true, 60), field(c, "leader", "", true, 30), phone, field(c, "pickups", "", true, 150)}, nil
	case "share":
		children := area.Children(c.User.Area)
		numbers, err := r.suggested(c, b, children)
		if err != nil {
			return nil, err
		}
		var list []web.Field
		for i, a := range children {
			f := web.Field{Name: a.Code, Label: a.Name, Kind: "number", Min: 0, Top: 100_000, Width: "4", Unit: c.T("outwork.people")}
			if numbers[i] > 0 {
				f.Hint = c.T("outwork.suggest", numbers[i])
			}
			list = append(list, f)
		}
		days := field(c, "workdays", "number", true, 0)
		days.Min, days.Top, days.Width, days.Unit = 1, 60, "4", c.T("outwork.workdays")
		return append(list, days), nil
	}
	return nil, nil
}

// suggested deals a batch's number out by last year's transfers.
func (r *Room) suggested(c *web.Ctx, b *Batch, children []area.Area) ([]int, error) {
	counts, err := r.counts(c.Context(), c.User.Area)
	weights := make([]int64, len(children))
	for _, n := range counts {
		if i := slices.IndexFunc(children, func(a area.Area) bool { return strings.HasPrefix(n.Area, a.Code) }); i >= 0 && n.Year == r.today().Year()-1 {
			weights[i] += int64(n.Spells)
		}
	}
	return shareOut(b.Need, weights), err
}

// memberRows shows people of a batch, names masked, with what the register shows of their staying.
func (r *Room) memberRows(c *web.Ctx, b *Batch, list []Member, trips []Trip) ([]memberRow, error) {
	ids := make([]int64, len(list))
	look := make([]seen, len(list))
	for i, m := range list {
		ids[i] = m.PersonID
		look[i] = seen{PersonID: m.PersonID, From: b.From, EmployerID: b.EmployerID}
	}
	people, err := r.People.ListIn(c.Context(), r.DB, ids)
	if err != nil {
		return nil, err
	}
	names := map[int64][2]string{}
	for i := range people {
		names[people[i].ID] = [2]string{web.MaskName(people[i].Name), web.MaskID(people[i].IDNumber)}
	}
	stays, err := r.stays(c.Context(), look)
	if err != nil {
		return nil, err
	}
	rows := make([]memberRow, len(list))
	for i := range list {
		m := &list[i]
		m.WorkFrom, m.Months = stays[i].From, stays[i].Months
		x := memberRow{ID: m.PersonID, Name: names[m.PersonID][0], ID18: names[m.PersonID][1], Area: area.Name(area.At(m.Area, area.Banner)), State: cell{Text: word(c, "state", m.State), Kind: stateKind[m.State]}, Stay: stayCell(c, m), Training: m.Training}
		if m.Self {
			x.State.Small = c.T("outwork.self")
		}
		for _, t := range trips {
			if t.ID == m.TripID {
				x.Trip = t.Day.String() + " " + m.Pickup
			}
		}
		if m.Reason != "" {
			x.Reason = word(c, "reason", m.Reason)
		}
		var gaps []string
		for _, g := range stays[i].Gaps() {
			gaps = append(gaps, g.From.Format("2006-01-02")+"～"+g.To.Format("2006-01-02"))
		}
		if len(gaps) > 0 {
			x.Gaps = c.T("outwork.gaps", strings.Join(gaps, "、"))
		}
		rows[i] = x
	}
	return rows, nil
}

// actBatch is everything that is posted on a batch's desk page.
func (r *Room) actBatch(c *web.Ctx) error {
	b, err := r.worked(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	if act == "move" {
		return r.actMove(c, &b)
	}
	if !slices.Contains([]string{"publish", "share", "trip", "close", "cancel"}, act) {
		return noPage
	}
	fields, err := r.actFields(c, act, &b)
	if err != nil {
		return err
	}
	a := answering(c, act, fields...)
	version := a.Version()
	do := func() error { return r.Settle(c.Context(), c.User, b.ID, version, act, "", c.Once()) }
	switch act {
	case "cancel":
		why := a.text("why")
		do = func() error { return r.Settle(c.Context(), c.User, b.ID, version, act, why, c.Once()) }
	case "trip":
		t := Trip{BatchID: b.ID, Day: a.day("day"), Vehicle: a.text("vehicle"), Leader: a.text("leader"), Phone: a.text("leaderPhone"), Pickups: a.text("pickups")}
		do = func() error { _, err := r.AddTrip(c.Context(), c.User, t, c.Once()); return err }
	case "share":
		numbers := map[string]int{}
		for _, x := range area.Children(c.User.Area) {
			numbers[x.Code] = a.int(x.Code)
		}
		days := a.int("workdays")
		do = func() error { return r.ShareOut(c.Context(), c.User, b.ID, numbers, days, c.Once()) }
	}
	if a.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(deskBatchAt(b.ID))
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderGroup(c, a.Form, act)
}

// chosen are the people whose boxes are ticked.
func chosen(c *web.Ctx) (list []int64, err error) {
	for _, text := range c.R.PostForm["who"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "选择的人员编号“"+text+"”不对，请刷新页面再选")
		}
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list, nil
}

func (r *Room) actMove(c *web.Ctx, b *Batch) error {
	trips, err := r.trips(c.Context(), r.DB, b.ID)
	if err != nil {
		return err
	}
	a := answering(c, "move", r.moveFields(c, trips)...)
	people, err := chosen(c)
	if err != nil {
		return err
	}
	in := Move{Act: a.pick("act"), Reason: a.pick("reason"), Note: a.text("note"), Pickup: a.text("pickup"), Training: a.text("training"), On: a.day("on")}
	in.TripID, _ = strconv.ParseInt(a.pick("trip"), 10, 64)
	if len(people) == 0 {
		a.Fail("", "请先在名单中勾选人员")
	}
	if a.OK() {
		err := r.Move(c.Context(), c.User, b.ID, people, in, c.Once())
		if err == nil {
			c.Flash("ok", c.T("outwork.movedN", len(people)))
			return c.Redirect(deskBatchAt(b.ID))
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderGroup(c, a.Form, "move")
}
