package outwork

import (
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// noPage is the answer to an act that there is not.
var noPage = fault.New(fault.NotFound, "没有这个页面")

// mine is what a seeker sees of themself: groups, times away, requests.
func (r *Room) mine(c *web.Ctx) error { return r.renderMine(c, nil, "") }

func (r *Room) renderMine(c *web.Ctx, failing *web.Form, failed string) error {
	ctx := c.Context()
	list, err := r.batchesOf(ctx, c.User.PersonID, shown)
	if err != nil {
		return err
	}
	var ids []int64
	for _, m := range list {
		ids = append(ids, m.BatchID)
	}
	batches, err := batchesByID(ctx, r.DB, ids)
	if err != nil {
		return err
	}
	d := screen{}
	t := table{ID: "groups", Head: c.T("outwork.myGroups"), Heads: heads(c, "batch", "place", "state", "trip", "stay"), Empty: c.T("outwork.emptyMine")}
	for i := range list {
		m := &list[i]
		b := batches[m.BatchID]
		row := []cell{{Text: b.Title, Href: batchAt(b.ID), Small: b.Unit}, {Text: b.Place, Small: b.Pay() + " " + c.T("outwork.yuanMonth")}, {Text: word(c, "state", m.State), Kind: stateKind[m.State]}, {Text: "—"}, stayCell(c, m)}
		if m.TripID != 0 {
			trips, err := r.trips(ctx, r.DB, m.BatchID)
			if err != nil {
				return err
			}
			for _, trip := range trips {
				if trip.ID == m.TripID {
					row[3] = cell{Text: trip.Day.String() + " " + trip.Vehicle, Small: m.Pickup + "　" + trip.Leader + " " + trip.Phone}
				}
			}
		}
		for _, act := range acts(m.State, true) {
			if act == "confirm" { // one tap, beside what it is about
				row[2].Acts = []web.Act{{Text: word(c, "do", act), Of: b.Title, Href: atMine + "/batch/" + number(b.ID) + "/" + act, Post: true}}
				continue
			}
			key := act + number(m.BatchID)
			fields := memberFields(c, act)
			f, names := web.ActForm(c, key, fields...)
			if key == failed {
				f = failing
			}
			d.Boxes = append(d.Boxes, box{ID: key, Head: word(c, "act", act) + "：" + b.Title, Action: atMine + "/batch/" + number(b.ID) + "/" + act, Button: word(c, "do", act), Form: f, Names: names, Open: key == failed})
		}
		t.Rows = append(t.Rows, row)
	}
	aways, err := awaysOf(ctx, r.DB, c.User.PersonID, 20)
	if err != nil {
		return err
	}
	away := table{ID: "away", Head: c.T("outwork.myAway"), Heads: heads(c, "place", "work", "since", "back"), Empty: c.T("outwork.emptyAway")}
	for i := range aways {
		a := &aways[i]
		away.Rows = append(away.Rows, []cell{{Text: a.Place}, {Text: a.Work}, {Text: a.Since.String()}, backCell(c, a)})
	}
	asked, err := r.requestsOf(ctx, c.User.PersonID, 20)
	if err != nil {
		return err
	}
	requests := table{ID: "requests", Head: c.T("outwork.myRequests"), Heads: heads(c, "kind", "said", "state", "answer"), Empty: c.T("outwork.emptyRequests")}
	for i := range asked {
		v := &asked[i]
		state := cell{Text: word(c, "requestState", v.State), Kind: stateKind[v.State], Small: c.T("outwork.dueOn", v.Due.String())}
		requests.Rows = append(requests.Rows, []cell{{Text: word(c, "request", v.Kind), Small: v.On.String()}, {Text: v.Text}, state, {Text: orDash(v.Answer)}})
	}
	d.Tables = []table{t, away, requests}
	if len(aways) > 0 && aways[0].Returned.IsZero() {
		x := boxOf(c, "back", atMine+"/away/"+number(aways[0].ID), aways[0].Version, failing, failed, backFields(c)...)
		d.Boxes = append(d.Boxes, x)
	}
	d.Boxes = append(d.Boxes, boxOf(c, "away", atMine+"/away", 0, failing, failed, awayFields(c)...))
	centers, err := r.centerOptions(c)
	if err != nil {
		return err
	}
	ask := boxOf(c, "ask", atMine+"/request", 0, failing, failed, askFields(c, centers)...)
	ask.Note = c.T("outwork.askNote")
	d.Boxes = append(d.Boxes, ask)
	d.Actions = []web.Tab{{Text: c.T("outwork.title"), Href: atHome}}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.mine"), Lede: c.T("outwork.mineLede"), Form: failing, Data: d, Public: true, Nav: atHome, Crumbs: crumb(c, "outwork.title", atHome)})
}

// stayCell tells what the register shows of somebody's work.
func stayCell(c *web.Ctx, m *Member) cell {
	if m.WorkFrom.IsZero() {
		return cell{Text: c.T("outwork.notSeen")}
	}
	kind := ""
	if m.Months >= stableMonths {
		kind = "ok"
	}
	return cell{Text: c.T("outwork.monthsN", m.Months), Kind: kind, Small: c.T("outwork.seenSince", m.WorkFrom.String())}
}

func backCell(c *web.Ctx, a *Away) cell {
	switch {
	case !a.Returned.IsZero():
		return cell{Text: a.Returned.String(), Small: c.T("outwork.returned")}
	case !a.Expected.IsZero():
		return cell{Text: c.T("outwork.expected", a.Expected.String())}
	}
	return cell{Text: c.T("outwork.stillAway")}
}

// memberFields are the fields of an act about somebody in a batch.
func memberFields(c *web.Ctx, act string) []web.Field {
	day := field(c, "on", "date", false, 0)
	day.Width, day.Hint = "8", c.T("outwork.onHint")
	why := field(c, "reason", "select", true, 0)
	why.Options = options(c, "reason", leaveReasons)
	note := field(c, "note", "", false, 200)
	switch act {
	case "arrive":
		return []web.Field{day}
	case "return":
		return []web.Field{day, why, note}
	case "drop":
		return []web.Field{why, note}
	}
	return nil
}

func (r *Room) takeMine(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	if actZh[act] == "" || act == "book" || act == "train" {
		return noPage
	}
	a := answering(c, act+number(id), memberFields(c, act)...)
	in := Move{Act: act}
	switch act {
	case "arrive":
		in.On = a.day("on")
	case "return":
		in.On, in.Reason, in.Note = a.day("on"), a.pick("reason"), a.text("note")
	case "drop":
		in.Reason, in.Note = a.pick("reason"), a.text("note")
	}
	if a.OK() {
		err := r.Move(c.Context(), c.User, id, []int64{c.User.PersonID}, in, c.Once())
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(atMine)
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderMine(c, a.Form, a.act)
}

func awayFields(c *web.Ctx) []web.Field {
	code := field(c, "where", "select", true, 0)
	code.Options = outsideOr(c)
	place := field(c, "awayPlace", "", true, 80)
	place.Hint = c.T("outwork.f.awayPlaceHint")
	since, expected := field(c, "since", "date", true, 0), field(c, "expected", "date", false, 0)
	since.Width, expected.Width = "8", "8"
	contact := field(c, "contact", "radios", true, 0)
	contact.Options, contact.Inline = options(c, "contact", contactWays), true
	return []web.Field{code, place, field(c, "work", "", true, 60), since, expected, contact}
}

func awayOf(a answers, personID int64) Away {
	return Away{PersonID: personID, PlaceCode: placeCode(a.pick("where")), Place: a.text("awayPlace"), Work: a.text("work"), Since: a.day("since"), Expected: a.day("expected"), Contact: a.pick("contact")}
}

func backFields(c *web.Ctx) []web.Field {
	day := field(c, "on", "date", true, 0)
	day.Width = "8"
	return []web.Field{day}
}

func askFields(c *web.Ctx, centers []web.Option) []web.Field {
	kind := field(c, "kind", "select", true, 0)
	for _, k := range requestKinds {
		kind.Options = append(kind.Options, web.Option{Value: k.Code, Text: word(c, "request", k.Code) + c.T("outwork.within", strconv.Itoa(k.Days))})
	}
	said := field(c, "said", "textarea", true, 500)
	said.Rows = 3
	list := []web.Field{kind, said}
	if len(centers) > 0 {
		center := field(c, "center", "select", false, 0)
		center.Options = append([]web.Option{{Value: "0", Text: c.T("outwork.noCenter")}}, centers...)
		list = append(list, center)
	}
	return list
}

func requestOf(a answers, personID int64, withCenter bool) Request {
	v := Request{PersonID: personID, Kind: a.pick("kind"), Text: a.text("said")}
	if withCenter {
		v.CenterID, _ = strconv.ParseInt(a.pick("center"), 10, 64)
	}
	return v
}

func (r *Room) centerOptions(c *web.Ctx) (out []web.Option, err error) {
	list, err := r.centers(c.Context(), region, most)
	for _, v := range list {
		out = append(out, web.Option{Value: number(v.ID), Text: v.Name})
	}
	return out, err
}

// takeOwn finishes a form of the seeker's page.
func (r *Room) takeOwn(c *web.Ctx, a answers, do func() error) error {
	if a.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(atMine)
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderMine(c, a.Form, a.act)
}

func (r *Room) takeMineAway(c *web.Ctx) error {
	a := answering(c, "away", awayFields(c)...)
	in := awayOf(a, c.User.PersonID)
	return r.takeOwn(c, a, func() error { _, err := r.GoAway(c.Context(), c.User, in, c.Once()); return err })
}

func (r *Room) takeMineBack(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	a := answering(c, "back", backFields(c)...)
	on := a.day("on")
	return r.takeOwn(c, a, func() error {
		return r.ComeBack(c.Context(), c.User, c.User.PersonID, id, on, a.Version(), c.Once())
	})
}

func (r *Room) takeMineRequest(c *web.Ctx) error {
	centers, err := r.centerOptions(c)
	if err != nil {
		return err
	}
	a := answering(c, "ask", askFields(c, centers)...)
	in := requestOf(a, c.User.PersonID, len(centers) > 0)
	return r.takeOwn(c, a, func() error { _, err := r.Ask(c.Context(), c.User, in, c.Once()); return err })
}

// unit is what an employer sees: what it asked for, and what came of it; and a form to ask for people.
func (r *Room) unit(c *web.Ctx) error { return r.renderUnit(c, nil) }

func (r *Room) renderUnit(c *web.Ctx, failing *web.Form) error {
	list, err := r.batches(c.Context(), batchFilter{area: region, employerID: c.User.EmployerID}, latest, shown)
	if err != nil {
		return err
	}
	if c.User.EmployerID == 0 {
		list = nil
	}
	t, err := r.batchTable(c, list, batchAt)
	if err != nil {
		return err
	}
	t.Head, t.Empty = c.T("outwork.unitHead"), c.T("outwork.emptyUnit")
	failed := ""
	if failing != nil {
		failed = "batch"
	}
	b := boxOf(c, "batch", atUnit, 0, failing, failed, batchFields(c)...)
	b.Head, b.Button, b.Note = c.T("outwork.unitAsk"), c.T("outwork.unitAskGo"), c.T("outwork.unitNote")
	b.Open = b.Open || len(list) == 0
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.unitTitle"), Lede: c.T("outwork.unitLede"), Form: failing, Data: screen{Tables: []table{t}, Boxes: []box{b}}, Public: true, Nav: atUnit})
}

func (r *Room) takeUnit(c *web.Ctx) error {
	a := answering(c, "batch", batchFields(c)...)
	in := batchOf(a)
	in.Unit = c.User.Name
	if a.OK() {
		_, err := r.AddBatch(c.Context(), c.User, in, c.Once())
		if err == nil {
			c.Flash("ok", c.T("outwork.asked"))
			return c.Redirect(atUnit)
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderUnit(c, a.Form)
}
