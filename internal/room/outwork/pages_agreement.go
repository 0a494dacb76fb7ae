package outwork

import (
	"slices"
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

// agreementList lists agreements, those that end first, with their progress of this year.
func (r *Room) agreementList(c *web.Ctx) error {
	after, afterID, _, err := dayCursor(c)
	if err != nil {
		return err
	}
	list, err := r.agreements(c.Context(), c.User.Area, after, afterID, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].Until.String(), list[shown-1].ID)
	}
	t := table{ID: "list", Head: c.T("outwork.tab.agreements"), Note: c.T("outwork.progressNote"), Heads: heads(c, "partner", "number", "area", "validUntil", "+promised", "+arrived", "+six"), Empty: c.T("outwork.emptyAgreements")}
	year := r.today().Year()
	for i := range list {
		a := &list[i]
		p, err := progressOf(c.Context(), r.DB, a.ID)
		if err != nil {
			return err
		}
		standing := a.Standing(r.today())
		t.Rows = append(t.Rows, []cell{{Text: a.Partner, Href: agreementAt(a.ID), Small: word(c, "agreementKind", a.Kind)}, {Text: a.Number}, {Text: area.Name(a.Area)}, {Text: word(c, "standing", standing), Kind: stateKind[standing], Small: a.Until.String()},
			num(a.Promised), num64(p[year].Arrived), num64(p[year].Six)})
	}
	d := screen{Tabs: r.tabs(c, atAgreements), Tables: []table{t}, Paged: true, Paging: c.Paging(-1, len(list), next), Actions: []web.Tab{{Text: c.T("outwork.agreement.new"), Href: atAgreements + "/new"}}}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.tab.agreements"), Lede: c.T("outwork.agreementsLede"), Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.deskTitle", atDesk)})
}

func agreementFields(c *web.Ctx) []web.Field {
	kind := field(c, "agreementKind", "select", true, 0)
	kind.Options = options(c, "agreementKind", agreementKinds)
	signed, until := field(c, "signed", "date", true, 0), field(c, "validUntil", "date", true, 0)
	signed.Width, until.Width = "8", "8"
	promised := field(c, "promised", "number", true, 0)
	promised.Min, promised.Top, promised.Width, promised.Unit = 0, 1_000_000, "8", c.T("outwork.people")
	code := field(c, "partnerCode", "", false, 12)
	code.Hint, code.Width = c.T("outwork.f.partnerCodeHint"), "8"
	contacts := field(c, "contacts", "textarea", false, 300)
	contacts.Rows, contacts.Hint = 2, c.T("outwork.f.contactsHint")
	return []web.Field{kind, field(c, "partner", "", true, 60), code, field(c, "agreementNumber", "", true, 60), signed, until, promised, contacts, field(c, "agreementNote", "", false, 200)}
}

func agreementOf(a answers) Agreement {
	return Agreement{Kind: a.pick("agreementKind"), Partner: a.text("partner"), PartnerCode: a.text("partnerCode"), Number: a.text("agreementNumber"), Signed: a.day("signed"), Until: a.day("validUntil"), Promised: a.int("promised"),
		Contacts: a.text("contacts"), Note: a.text("agreementNote")}
}

func (r *Room) askAgreement(c *web.Ctx) error  { return r.agreementForm(c, false) }
func (r *Room) takeAgreement(c *web.Ctx) error { return r.agreementForm(c, true) }

func (r *Room) agreementForm(c *web.Ctx, take bool) error {
	where := field(c, "area", "select", true, 0)
	where.Options = account.Places(c.User.Area)
	b := boxOf(c, "agreement", atAgreements+"/new", 0, nil, "", append([]web.Field{where}, agreementFields(c)...)...)
	if !take {
		b.Form.Set("agreement_area", c.User.Area)
	}
	if take {
		a := answers{b.Form, "agreement"}
		in := agreementOf(a)
		in.Area = a.pick("area")
		if a.OK() {
			id, err := r.AddAgreement(c.Context(), c.User, in, c.Once())
			if err == nil {
				c.Flash("ok", c.T("outwork.done"))
				return c.Redirect(agreementAt(id))
			}
			if err := a.Form.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("outwork/form", web.Page{Title: c.T("outwork.agreement.new"), Form: b.Form, Nav: atDesk, Crumbs: crumb(c, "outwork.tab.agreements", atAgreements), Data: b})
}

// theAgreement is the agreement of an address, for those who keep it.
func (r *Room) theAgreement(c *web.Ctx) (Agreement, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Agreement{}, err
	}
	a, err := r.agreementByID(c.Context(), r.DB, id)
	if err == nil {
		err = MayKeep(c.User, a.Area)
	}
	return a, err
}

func (r *Room) showAgreement(c *web.Ctx) error { return r.renderAgreement(c, nil, "") }

func (r *Room) renderAgreement(c *web.Ctx, failing *web.Form, failed string) error {
	a, err := r.theAgreement(c)
	if err != nil {
		return err
	}
	progress, err := progressOf(c.Context(), r.DB, a.ID)
	if err != nil {
		return err
	}
	standing := a.Standing(r.today())
	d := screen{Tags: []cell{{Text: word(c, "standing", standing), Kind: stateKind[standing]}, {Text: word(c, "agreementKind", a.Kind)}}, Text: a.Note,
		Pairs: []web.Pair{{Key: c.T("outwork.f.partner"), Value: a.Partner, Note: a.PartnerCode}, {Key: c.T("outwork.h.area"), Value: area.FullName(a.Area)}, {Key: c.T("outwork.f.agreementNumber"), Value: a.Number},
			{Key: c.T("outwork.valid"), Value: a.Signed.String() + "～" + a.Until.String()}, {Key: c.T("outwork.f.promised"), Value: lang.Int(int64(a.Promised))}, {Key: c.T("outwork.f.contacts"), Value: orDash(a.Contacts)}}}
	if standing != "valid" {
		d.Informs = []inform{{Kind: "warn", Head: word(c, "standing", standing), Text: c.T("outwork.endingText")}}
	}
	t := table{ID: "progress", Head: c.T("outwork.progressHead"), Note: c.T("outwork.basisNote"), Heads: heads(c, "year", "+promised", "+batches", "+need", "+agreed", "+arrived", "+atWork", "+six"), Empty: c.T("outwork.emptyProgress")}
	var years []int
	for y := range progress {
		years = append(years, y)
	}
	slices.Sort(years)
	for _, y := range slices.Backward(years) {
		p := progress[y]
		t.Rows = append(t.Rows, []cell{{Text: strconv.Itoa(y)}, num(a.Promised), num64(p.Batches), num64(p.Need), num64(p.Agreed), num64(p.Arrived), num64(p.AtWork), num64(p.Six)})
	}
	batches, err := r.batches(c.Context(), batchFilter{area: region, agreementID: a.ID}, latest, shown)
	if err != nil {
		return err
	}
	bt, err := r.batchTable(c, batches, deskBatchAt)
	if err != nil {
		return err
	}
	bt.Head, bt.Empty = c.T("outwork.tab.batches"), c.T("outwork.emptyDesk")
	files, err := r.Evidence.List(c.Context(), r.DB, a.ID, "outwork", a.ID)
	if err != nil {
		return err
	}
	ft := table{ID: "files", Head: c.T("outwork.scans"), Heads: heads(c, "file", "handedIn"), Empty: c.T("outwork.emptyScans")}
	for _, f := range files {
		ft.Rows = append(ft.Rows, []cell{{Text: f.Name, Href: "/outwork/file/" + number(f.ID), Small: web.Size(f.Size)}, {Text: f.At.Format("2006-01-02")}})
	}
	d.Tables = []table{t, bt, ft}
	scan := boxOf(c, "scan", agreementAt(a.ID)+"/scan", a.Version, failing, failed, web.Field{Name: "file", Label: c.T("outwork.f.file"), Kind: "file", Need: true, Accept: evidence.Accept})
	change := boxOf(c, "change", agreementAt(a.ID)+"/change", a.Version, failing, failed, agreementFields(c)...)
	change.Head = c.T("outwork.prolong")
	if failed != "change" {
		for name, value := range map[string]string{"agreementKind": a.Kind, "partner": a.Partner, "partnerCode": a.PartnerCode, "agreementNumber": a.Number, "signed": a.Signed.String(), "validUntil": a.Until.String(), "promised": strconv.Itoa(a.Promised),
			"contacts": a.Contacts, "agreementNote": a.Note} {
			change.Form.Set("change_"+name, value)
		}
	}
	d.Boxes = []box{scan, change}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.with", a.Partner), Form: failing, Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.tab.agreements", atAgreements)})
}

func (r *Room) actAgreement(c *web.Ctx) error {
	x, err := r.theAgreement(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	var a answers
	var do func() error
	switch act {
	case "change":
		a = answering(c, act, agreementFields(c)...)
		in := agreementOf(a)
		in.ID = x.ID
		do = func() error { return r.ChangeAgreement(c.Context(), c.User, in, a.Version(), c.Once()) }
	case "scan":
		a = answering(c, act, web.Field{Name: "file", Label: c.T("outwork.f.file"), Kind: "file", Need: true, Accept: evidence.Accept})
		scan, err := scanOf(c, a)
		if err != nil {
			return err
		}
		do = func() error { return r.AddScan(c.Context(), c.User, x.ID, scan, c.Once()) }
	default:
		return noPage
	}
	if a.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(agreementAt(x.ID))
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderAgreement(c, a.Form, act)
}

// scanOf reads the file handed in; what is wrong with it belongs to the form.
func scanOf(c *web.Ctx, a answers) (Scan, error) {
	up, err := c.Upload("scan_file", evidence.Limit)
	if err != nil {
		return Scan{}, err
	}
	if up == nil {
		a.Fail("scan_file", "请选择协议扫描件（PDF、JPG 或 PNG）")
		return Scan{}, nil
	}
	from, err := up.Open()
	if err != nil {
		return Scan{}, err
	}
	defer from.Close()
	content, kind, err := evidence.Read(up.Name, from)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooLarge) {
		a.Fail("scan_file", fault.TextOf(err))
		return Scan{}, nil
	}
	return Scan{content, kind}, err
}

// file gives a scan out again, to those who keep the agreement.
func (r *Room) file(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f, err := r.Evidence.Find(c.Context(), "outwork", id)
	if err != nil {
		return err
	}
	a, err := r.agreementByID(c.Context(), r.DB, f.OwnerID)
	if err != nil {
		return err
	}
	if err := MayKeep(c.User, a.Area); err != nil {
		return err
	}
	_, err = c.Attachment(f.Filename(), f.Type).Write(f.Content)
	return err
}

// brokerList lists labour brokers with their marks, and registers new ones.
func (r *Room) brokerList(c *web.Ctx) error { return r.renderBrokers(c, nil) }

func brokerFields(c *web.Ctx) []web.Field {
	where := field(c, "area", "select", true, 0)
	where.Options = account.Places(c.User.Area)
	return []web.Field{field(c, "brokerName", "", true, 30), field(c, "phone", "tel", true, 20), where}
}

func (r *Room) renderBrokers(c *web.Ctx, failing *web.Form) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	after := int64(0)
	if !at.Start() {
		after = at.Int(0)
	}
	list, err := r.brokers(c.Context(), c.User.Area, after, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t := table{ID: "list", Head: c.T("outwork.tab.brokers"), Note: c.T("outwork.brokersNote"), Heads: heads(c, "broker", "area", "mark", "markWhy", "since"), Empty: c.T("outwork.emptyBrokers")}
	for i := range list {
		b := &list[i]
		t.Rows = append(t.Rows, []cell{{Text: b.Name, Href: brokerAt(b.ID), Small: web.MaskPhone(b.Phone)}, {Text: area.Name(b.Area)}, {Text: b.Mark, Kind: markKind[b.Mark]}, {Text: b.Why, Small: b.MarkedOn.String()}, {Text: b.Since.String()}})
	}
	failed := ""
	if failing != nil {
		failed = "broker"
	}
	d := screen{Tabs: r.tabs(c, atBrokers), Tables: []table{t}, Paged: true, Paging: c.Paging(-1, len(list), next), Boxes: []box{boxOf(c, "broker", atBrokers, 0, failing, failed, brokerFields(c)...)}}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.tab.brokers"), Form: failing, Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.deskTitle", atDesk)})
}

var markKind = map[string]string{"A": "ok", "B": "ok", "C": "warn", "D": "stop"}

func (r *Room) takeBroker(c *web.Ctx) error {
	a := answering(c, "broker", brokerFields(c)...)
	in := Broker{Name: a.text("brokerName"), Phone: a.text("phone"), Area: a.pick("area")}
	if a.OK() {
		_, err := r.AddBroker(c.Context(), c.User, in, c.Once())
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(atBrokers)
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderBrokers(c, a.Form)
}

func (r *Room) showBroker(c *web.Ctx) error { return r.renderBroker(c, nil) }

func (r *Room) theBroker(c *web.Ctx) (Broker, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Broker{}, err
	}
	b, err := r.brokerByID(c.Context(), r.DB, id)
	if err == nil {
		err = MayKeep(c.User, b.Area)
	}
	return b, err
}

func markFields(c *web.Ctx) []web.Field {
	m := field(c, "mark", "radios", true, 0)
	m.Options, m.Inline = options(c, "mark", marks), true
	return []web.Field{m, field(c, "markWhy", "", true, 150)}
}

func (r *Room) renderBroker(c *web.Ctx, failing *web.Form) error {
	b, err := r.theBroker(c)
	if err != nil {
		return err
	}
	failed := ""
	if failing != nil {
		failed = "mark"
	}
	d := screen{Tags: []cell{{Text: word(c, "mark", b.Mark), Kind: markKind[b.Mark]}}, Pairs: []web.Pair{{Key: c.T("outwork.f.phone"), Value: b.Phone}, {Key: c.T("outwork.h.area"), Value: area.FullName(b.Area)}, {Key: c.T("outwork.h.since"), Value: b.Since.String()},
		{Key: c.T("outwork.h.markWhy"), Value: b.Why, Note: b.MarkedOn.String() + "　" + b.By}}, Boxes: []box{boxOf(c, "mark", brokerAt(b.ID), b.Version, failing, failed, markFields(c)...)}}
	return c.Render("outwork/sheet", web.Page{Title: b.Name, Window: c.T("outwork.h.broker"), Form: failing, Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.tab.brokers", atBrokers)})
}

func (r *Room) takeMark(c *web.Ctx) error {
	b, err := r.theBroker(c)
	if err != nil {
		return err
	}
	a := answering(c, "mark", markFields(c)...)
	m, why := a.pick("mark"), a.text("markWhy")
	if a.OK() {
		err := r.MarkBroker(c.Context(), c.User, b.ID, m, why, a.Version(), c.Once())
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(brokerAt(b.ID))
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderBroker(c, a.Form)
}
