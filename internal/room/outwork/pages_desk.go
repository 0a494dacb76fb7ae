package outwork

import (
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// batchTable shows batches with their people.
func (r *Room) batchTable(c *web.Ctx, list []Batch, at func(int64) string) (table, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	sums, err := sumsOf(c.Context(), r.DB, ids)
	t := table{ID: "list", Heads: heads(c, "batch", "source", "days", "+need", "+agreed", "+arrived", "+atWork", "+six", "state")}
	for i := range list {
		b := &list[i]
		s := sums[b.ID]
		t.Rows = append(t.Rows, []cell{{Text: b.Title, Href: at(b.ID), Small: b.Unit + "　" + b.Place}, {Text: word(c, "source", b.Source), Small: area.Name(b.Area)}, {Text: b.From.String(), Small: "～" + b.To.String()}, num(b.Need), num64(s.Agreed), num64(s.Arrived), num64(s.AtWork), num64(s.Six),
			{Text: word(c, "state", b.State), Kind: stateKind[b.State]}})
	}
	return t, err
}

func num(n int) cell     { return num64(int64(n)) }
func num64(n int64) cell { return cell{Text: lang.Int(n), Right: true} }

// desk lists the batches of an area, with figures of what runs.
func (r *Room) desk(c *web.Ctx) error {
	filter := c.Form(web.Field{Name: "state", Label: c.T("outwork.h.state"), Kind: "select", Options: withAll(c, options(c, "state", batchStates))}, web.Field{Name: "q", Label: c.T("outwork.f.words")})
	own := c.User.Area
	want := batchFilter{area: own, state: c.Query("state"), words: c.Query("q")}
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	before := latest
	if !at.Start() {
		before = at.Int(0)
	}
	list, err := r.batches(c.Context(), want, before, shown+1)
	if err != nil {
		return err
	}
	total, err := r.countBatches(c.Context(), want)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t, err := r.batchTable(c, list, deskBatchAt)
	if err != nil {
		return err
	}
	t.Head, t.Note, t.Empty = c.T("outwork.ownHead"), c.T("outwork.basisNote"), c.T("outwork.emptyDesk")
	d := screen{Tabs: r.tabs(c, atDesk), Filter: filter, Clear: atDesk, Tables: []table{t}, Paged: true, Paging: c.Paging(total, len(list), next),
		Actions: []web.Tab{{Text: c.T("outwork.batch.new"), Href: atDesk + "/batch/new"}, {Text: c.T("outwork.publicPage"), Href: atHome}}}
	if at.Start() {
		if err := r.deskHead(c, &d); err != nil {
			return err
		}
	}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.deskTitle"), Lede: c.T("outwork.deskLede"), Data: d, Nav: atDesk})
}

// deskHead puts figures, warnings and what lies above the area on the desk's first page.
func (r *Room) deskHead(c *web.Ctx, d *screen) error {
	ctx, today := c.Context(), db.On(r.today())
	valid, ending, err := r.standing(ctx, c.User.Area, today, db.On(r.today().AddDate(0, 0, warnDays)))
	if err != nil {
		return err
	}
	running, err := r.countBatches(ctx, batchFilter{area: c.User.Area, open: today})
	if err != nil {
		return err
	}
	asked, err := r.countBatches(ctx, batchFilter{area: c.User.Area, state: Asked})
	if err != nil {
		return err
	}
	waiting, late, _, _, err := r.countRequests(ctx, c.User.Area, today)
	if err != nil {
		return err
	}
	away, _, err := r.countAway(ctx, c.User.Area)
	if err != nil {
		return err
	}
	d.Figures = []web.Figure{{Label: c.T("outwork.g.running"), Value: lang.Int(running), Href: atDesk + "?state=" + Open}, {Label: c.T("outwork.g.agreements"), Value: lang.Int(valid), Href: atAgreements},
		{Label: c.T("outwork.g.away"), Value: lang.Int(away), Href: atAway}, {Label: c.T("outwork.g.requests"), Value: lang.Int(waiting), Kind: map[bool]string{true: "stop"}[late > 0], Href: atRequests}}
	if asked > 0 {
		d.Informs = append(d.Informs, inform{"warn", c.T("outwork.askedN", lang.Int(asked)), c.T("outwork.askedText"), atDesk + "?state=" + Asked, c.T("outwork.look")})
	}
	if ending > 0 {
		d.Informs = append(d.Informs, inform{"warn", c.T("outwork.endingN", lang.Int(ending)), c.T("outwork.endingText"), atAgreements, c.T("outwork.look")})
	}
	above, err := r.batches(ctx, batchFilter{area: region, open: today}, latest, 200)
	if err != nil {
		return err
	}
	kept := above[:0]
	for _, b := range above {
		if len(b.Area) < len(c.User.Area) && area.Within(c.User.Area, b.Area) {
			kept = append(kept, b)
		}
	}
	if len(kept) > 0 {
		t, err := r.batchTable(c, kept, deskBatchAt)
		if err != nil {
			return err
		}
		t.ID, t.Head, t.Note = "above", c.T("outwork.aboveHead"), c.T("outwork.aboveNote")
		d.Tables = append(d.Tables, t)
	}
	return nil
}

// batchFields are the words of a batch, for a new one and for a change.
func batchFields(c *web.Ctx) []web.Field {
	need := field(c, "need", "number", true, 0)
	need.Min, need.Top, need.Width, need.Unit = 1, 100_000, "8", c.T("outwork.people")
	low, high := field(c, "payLow", "number", true, 0), field(c, "payHigh", "number", false, 0)
	low.Unit, high.Unit, low.Width, high.Width = c.T("outwork.yuan"), c.T("outwork.yuan"), "8", "8"
	code := field(c, "where", "select", true, 0)
	code.Options = outsideOr(c)
	from, to := field(c, "from", "date", true, 0), field(c, "to", "date", true, 0)
	from.Width, to.Width = "8", "8"
	conditions, paid, travel := field(c, "conditions", "textarea", false, 300), field(c, "paid", "", false, 150), field(c, "travel", "", false, 150)
	conditions.Rows, paid.Hint, travel.Hint = 2, c.T("outwork.f.paidHint"), c.T("outwork.f.travelHint")
	conditions.Hint = c.T("outwork.f.conditionsHint")
	return []web.Field{field(c, "title", "", true, 60), field(c, "occupation", "", true, 40), need, low, high, code, field(c, "place", "", true, 80), conditions, paid, travel, from, to, field(c, "answers", "", true, 80)}
}

func batchOf(a answers) Batch {
	return Batch{Title: a.text("title"), Occupation: a.text("occupation"), Need: a.int("need"), PayLow: a.fen("payLow"), PayHigh: a.fen("payHigh"), PlaceCode: placeCode(a.pick("where")), Place: a.text("place"),
		Conditions: a.text("conditions"), Paid: a.text("paid"), Travel: a.text("travel"), From: a.day("from"), To: a.day("to"), Answers: a.text("answers")}
}

// sourceFields ask where demand comes from: an agreement, a broker, or an employer by its credit code.
func (r *Room) sourceFields(c *web.Ctx) ([]web.Field, error) {
	agreements, err := r.agreements(c.Context(), c.User.Area, db.On(r.today().AddDate(0, 0, -1)), latest, most)
	if err != nil {
		return nil, err
	}
	brokers, err := r.brokers(c.Context(), c.User.Area, 0, most)
	if err != nil {
		return nil, err
	}
	from := field(c, "source", "select", true, 0)
	for _, a := range agreements {
		from.Options = append(from.Options, web.Option{Value: "a" + number(a.ID), Text: c.T("outwork.source.agreement") + "：" + a.Partner + " " + a.Number})
	}
	for _, b := range brokers {
		if b.Mark != "D" {
			from.Options = append(from.Options, web.Option{Value: "b" + number(b.ID), Text: c.T("outwork.source.broker") + "：" + b.Name + "（" + b.Mark + "）"})
		}
	}
	from.Options = append(from.Options, web.Option{Value: "e", Text: c.T("outwork.source.employer")})
	code := field(c, "code", "", false, 18)
	code.Hint, code.Width = c.T("outwork.f.codeHint"), "16"
	where := field(c, "area", "select", true, 0)
	where.Options = account.Places(c.User.Area)
	return []web.Field{from, code, field(c, "unit", "", false, 60), where}, nil
}

func (r *Room) askBatch(c *web.Ctx) error  { return r.batchForm(c, false) }
func (r *Room) takeBatch(c *web.Ctx) error { return r.batchForm(c, true) }

func (r *Room) batchForm(c *web.Ctx, take bool) error {
	fields, err := r.sourceFields(c)
	if err != nil {
		return err
	}
	b := boxOf(c, "batch", atDesk+"/batch/new", 0, nil, "", append(fields, batchFields(c)...)...)
	if !take {
		b.Form.Set("batch_area", c.User.Area)
	}
	if take {
		a := answers{b.Form, "batch"}
		in := batchOf(a)
		in.Area, in.Unit = a.pick("area"), a.text("unit")
		if err := r.readSource(c, a, &in); err != nil {
			return err
		}
		if a.OK() {
			id, err := r.AddBatch(c.Context(), c.User, in, c.Once())
			if err == nil {
				c.Flash("ok", c.T("outwork.done"))
				return c.Redirect(deskBatchAt(id))
			}
			if err := a.Form.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("outwork/form", web.Page{Title: c.T("outwork.batch.new"), Form: b.Form, Nav: atDesk, Crumbs: crumb(c, "outwork.deskTitle", atDesk), Data: b})
}

// readSource turns the choice of a source into the batch's.
func (r *Room) readSource(c *web.Ctx, a answers, in *Batch) error {
	choice := a.pick("source")
	if choice == "" {
		return nil
	}
	var id int64
	for _, d := range choice[1:] {
		id = id*10 + int64(d-'0')
	}
	switch choice[0] {
	case 'a':
		in.Source, in.AgreementID = FromAgreement, id
	case 'b':
		in.Source, in.BrokerID = FromBroker, id
	default:
		in.Source = FromEmployer
		code := a.text("code")
		found, err := r.Employers.Resolve(c.Context(), r.DB, []string{code})
		if err != nil {
			return err
		}
		if found[code] == 0 {
			a.Fail("batch_code", "登记库中没有统一社会信用代码“"+code+"”，请核对")
			return nil
		}
		in.EmployerID = found[code]
		if in.Unit == "" {
			e, err := r.Employers.Get(c.Context(), in.EmployerID)
			if err != nil {
				return err
			}
			in.Unit = e.Name
		}
	}
	if in.Unit == "" {
		a.Fail("batch_unit", "请填写用工单位")
	}
	return nil
}

func (r *Room) askEdit(c *web.Ctx) error  { return r.editForm(c, false) }
func (r *Room) takeEdit(c *web.Ctx) error { return r.editForm(c, true) }

func (r *Room) editForm(c *web.Ctx, take bool) error {
	b, err := r.worked(c)
	if err != nil {
		return err
	}
	if err := MayKeep(c.User, b.Area); err != nil {
		return err
	}
	if b.State != Asked && b.State != Open {
		return fault.New(fault.Conflict, "这批需求已经结束，不能再改")
	}
	x := boxOf(c, "batch", deskBatchAt(b.ID)+"/edit", b.Version, nil, "", append([]web.Field{field(c, "unit", "", true, 60)}, batchFields(c)...)...)
	x.Button = word(c, "do", "change")
	a := answers{x.Form, "batch"}
	if take {
		in := batchOf(a)
		in.ID, in.Unit = b.ID, a.text("unit")
		if a.OK() {
			err := r.ChangeBatch(c.Context(), c.User, in, c.Form().Version(), c.Once())
			if err == nil {
				c.Flash("ok", c.T("outwork.done"))
				return c.Redirect(deskBatchAt(b.ID))
			}
			if err := a.Form.Mend(err); err != nil {
				return err
			}
		}
	} else {
		where := b.PlaceCode
		if where == "" {
			where = "out"
		}
		for name, value := range map[string]string{"unit": b.Unit, "title": b.Title, "occupation": b.Occupation, "need": number(int64(b.Need)), "payLow": web.Yuan(b.PayLow), "payHigh": web.Yuan(b.PayHigh), "where": where, "place": b.Place,
			"conditions": b.Conditions, "paid": b.Paid, "travel": b.Travel, "from": b.From.String(), "to": b.To.String(), "answers": b.Answers} {
			a.Set("batch_"+name, value)
		}
	}
	return c.Render("outwork/form", web.Page{Title: c.T("outwork.edit"), Form: a.Form, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("outwork.deskTitle"), Href: atDesk}, {Text: b.Title, Href: deskBatchAt(b.ID)}}, Data: x})
}
