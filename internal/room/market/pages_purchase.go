package market

import (
	"io"
	"math"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

func (r *Room) purchaseList(c *web.Ctx) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	below := int64(math.MaxInt64)
	if !at.Start() {
		below = at.Int(0)
	}
	list, err := r.purchases(c.Context(), c.User.Area, below, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	all, err := deliverables(c.Context(), r.DB, list)
	if err != nil {
		return err
	}
	t := table{ID: "list", Head: c.T("market.tab.purchases"), Heads: heads(c, "what", "item", "area", "+amount", "+payable", "+paid", "valid"), Empty: c.T("market.none")}
	for i := range list {
		p := &list[i]
		t.Rows = append(t.Rows, []cell{{Text: p.Title, Href: purchaseAt(p.ID), Small: p.Number}, {Text: word(c, "item", p.Item)}, {Text: area.Name(p.Area)}, {Text: lang.Fen(p.Amount), Right: true},
			{Text: lang.Fen(payable(all[p.ID])), Right: true}, {Text: lang.Fen(p.Paid), Right: true}, {Text: p.From.String() + "～" + p.Until.String()}})
	}
	d := sheet{Tabs: r.tabs(c, atPurchases), Actions: []web.Tab{{Text: c.T("market.purchase.new"), Href: atPurchases + "/new"}}, Tables: []table{t}, Paged: true, Paging: c.Paging(-1, len(list), next)}
	return c.Render("market/sheet", web.Page{Title: c.T("market.tab.purchases"), Lede: c.T("market.purchasesLede"), Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.title"), Href: atHome}}, Data: d})
}

func (r *Room) askPurchase(c *web.Ctx) error { return r.purchaseForm(c, false) }

func (r *Room) takePurchase(c *web.Ctx) error { return r.purchaseForm(c, true) }

func (r *Room) purchaseForm(c *web.Ctx, take bool) error {
	firms, err := r.agencies(c.Context(), c.User.Area, 0, 500)
	if err != nil {
		return err
	}
	var choice []web.Option
	for _, a := range firms {
		if a.Valid(r.today()) && a.Listed.IsZero() {
			choice = append(choice, web.Option{Value: number(a.ID), Text: a.Name})
		}
	}
	b := desk.Box(c, "buy", atPurchases+"/new", 0, nil, "", web.Field{Name: "title", Label: c.T("market.f.project"), Need: true, Max: 80}, web.Field{Name: "agency", Label: c.T("market.agency"), Hint: c.T("market.f.agencyHint"), Kind: "select", Need: true, Options: choice},
		web.Field{Name: "area", Label: c.T("market.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)}, web.Field{Name: "item", Label: c.T("market.item"), Kind: "select", Need: true, Options: options(c, "item", items)},
		web.Field{Name: "number", Label: c.T("market.f.number"), Need: true, Max: 40}, web.Field{Name: "amount", Label: c.T("market.amount"), Kind: "number", Need: true, Width: "16", Unit: c.T("market.yuan")},
		web.Field{Name: "from", Label: c.T("market.f.starts"), Kind: "date", Need: true, Width: "8"}, web.Field{Name: "until", Label: c.T("market.f.ends"), Kind: "date", Need: true, Width: "8"})
	f := b.Form
	if take {
		p := Purchase{Title: f.Text("buy_title"), Area: f.Choice("buy_area"), Item: f.Choice("buy_item"), Number: f.Text("buy_number"), Amount: f.Fen("buy_amount"), From: db.On(f.Date("buy_from")), Until: db.On(f.Date("buy_until"))}
		p.AgencyID, _ = strconv.ParseInt(f.Choice("buy_agency"), 10, 64)
		if f.OK() {
			id, err := r.Buy(c.Context(), c.User, p, c.Once())
			if err == nil {
				c.Flash("ok", c.T("market.done"))
				return c.Redirect(purchaseAt(id))
			}
			if err := f.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("market/form", web.Page{Title: c.T("market.purchase.new"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.tab.purchases"), Href: atPurchases}, {Text: c.T("market.purchase.new")}}, Data: b})
}

func (r *Room) showPurchase(c *web.Ctx) error { return r.renderPurchase(c, nil, "") }

func (r *Room) thePurchase(c *web.Ctx) (Purchase, []Deliverable, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Purchase{}, nil, err
	}
	p, err := purchaseByID(c.Context(), r.DB, id)
	if err != nil {
		return p, nil, err
	}
	if err := MaySee(c.User, p.Area); err != nil {
		return p, nil, err
	}
	all, err := deliverables(c.Context(), r.DB, []Purchase{p})
	return p, all[p.ID], err
}

var deliverableKind = map[string]string{Submitted: "warn", Passed: "ok", Returned: "stop"}

func purchaseFields(c *web.Ctx, act string, list []Deliverable) []web.Field {
	which := func(states ...string) web.Field {
		f := web.Field{Name: "which", Label: c.T("market.deliverable"), Kind: "select", Need: true}
		for i := range list {
			if _, err := pick(list, list[i].ID, states...); err == nil {
				f.Options = append(f.Options, web.Option{Value: number(list[i].ID), Text: list[i].What})
			}
		}
		return f
	}
	note := web.Field{Name: "note", Label: c.T("market.f.note"), Kind: "textarea", Need: true, Max: 400, Rows: 2}
	switch act {
	case "promise":
		return []web.Field{{Name: "what", Label: c.T("market.deliverable"), Need: true, Max: 80}, {Name: "quantity", Label: c.T("market.f.quantity"), Kind: "number", Need: true, Min: 1, Top: 1_000_000, Width: "8"},
			{Name: "unit", Label: c.T("market.f.unit"), Need: true, Max: 8, Width: "4"}, {Name: "due", Label: c.T("market.deadline"), Kind: "date", Need: true, Width: "8"}, {Name: "amount", Label: c.T("market.f.worth"), Kind: "number", Need: true, Width: "16", Unit: c.T("market.yuan")}}
	case "submit":
		return []web.Field{which(Planned, Returned), {Name: "done", Label: c.T("market.f.done"), Kind: "number", Need: true, Min: 1, Top: 1_000_000, Width: "8"}, note,
			{Name: "file", Label: c.T("market.f.file"), Kind: "file", Need: true, Accept: evidence.Accept}}
	case "check":
		return []web.Field{which(Submitted), {Name: "pass", Label: c.T("market.f.pass"), Kind: "radios", Need: true, Options: []web.Option{{Value: "yes", Text: c.T("market.pass.yes")}, {Value: "no", Text: c.T("market.pass.no")}}}, note}
	case "paid":
		return []web.Field{{Name: "amount", Label: c.T("market.f.paid"), Kind: "number", Need: true, Width: "16", Unit: c.T("market.yuan")}}
	}
	return nil
}

func (r *Room) renderPurchase(c *web.Ctx, failing *web.Form, failed string) error {
	p, list, err := r.thePurchase(c)
	if err != nil {
		return err
	}
	a, err := agencyByID(c.Context(), r.DB, p.AgencyID)
	if err != nil {
		return err
	}
	d := sheet{Pairs: []web.Pair{{Key: c.T("market.agency"), Value: a.Name}, {Key: c.T("market.item"), Value: word(c, "item", p.Item)}, {Key: c.T("market.f.number"), Value: p.Number}, {Key: c.T("market.valid"), Value: p.From.String() + "～" + p.Until.String()},
		{Key: c.T("market.area"), Value: area.FullName(p.Area)}, {Key: c.T("market.by"), Value: p.By}}, Figures: []web.Figure{{Label: c.T("market.amount"), Value: lang.Fen(p.Amount), Unit: c.T("market.yuan")},
		{Label: c.T("market.payable"), Value: lang.Fen(payable(list)), Unit: c.T("market.yuan")}, {Label: c.T("market.paid"), Value: lang.Fen(p.Paid), Unit: c.T("market.yuan")}}}
	t := table{ID: "list", Head: c.T("market.deliverables"), Heads: heads(c, "deliverable", "+quantity", "deadline", "+worth", "state", "proof"), Empty: c.T("market.none")}
	for i := range list {
		x := &list[i]
		proof := cell{Text: "—"}
		files, err := r.Evidence.List(c.Context(), r.DB, p.AgencyID, "market", x.ID)
		if err != nil {
			return err
		}
		if n := len(files); n > 0 {
			proof = cell{Text: files[n-1].Name, Href: "/market/file/" + number(files[n-1].ID)}
		}
		by := x.Submitter
		if x.Acceptor != "" {
			by += " → " + x.Acceptor
		}
		t.Rows = append(t.Rows, []cell{{Text: x.What, Small: x.Note}, {Text: lang.Int(x.Done) + "/" + lang.Int(x.Quantity) + " " + x.Unit, Right: true}, {Text: x.Due.String()}, {Text: lang.Fen(x.Amount), Right: true},
			{Text: word(c, "deliver", x.State), Kind: deliverableKind[x.State], Small: by}, proof})
	}
	d.Tables = []table{t}
	for _, act := range []string{"promise", "submit", "check", "paid"} {
		fields := purchaseFields(c, act, list)
		if fields[0].Name == "which" && len(fields[0].Options) == 0 {
			continue
		}
		d.Boxes = append(d.Boxes, desk.Box(c, act, purchaseAt(p.ID)+"/"+act, p.Version, failing, failed, fields...))
	}
	return c.Render("market/sheet", web.Page{Title: p.Title, Form: failing, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.tab.purchases"), Href: atPurchases}, {Text: p.Title}}, Data: d})
}

func (r *Room) actPurchase(c *web.Ctx) error {
	p, list, err := r.thePurchase(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields := purchaseFields(c, act, list)
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fields...)
	ctx, version := c.Context(), f.Version()
	var which int64
	if fields[0].Name == act+"_which" {
		which, _ = strconv.ParseInt(f.Choice(act+"_which"), 10, 64)
	}
	var do func() error
	switch act {
	case "promise":
		x := Deliverable{PurchaseID: p.ID, What: f.Text("promise_what"), Quantity: f.Int("promise_quantity"), Unit: f.Text("promise_unit"), Due: db.On(f.Date("promise_due")), Amount: f.Fen("promise_amount")}
		do = func() error { return r.Promise(ctx, c.User, x, version, c.Once()) }
	case "submit":
		done, note := f.Int("submit_done"), f.Text("submit_note")
		proof, err := proofOf(c, f)
		if err != nil {
			return err
		}
		do = func() error { return r.Submit(ctx, c.User, p.ID, which, done, note, proof, version, c.Once()) }
	case "check":
		pass, note := f.Choice("check_pass") == "yes", f.Text("check_note")
		do = func() error { return r.Accept(ctx, c.User, p.ID, which, pass, note, version, c.Once()) }
	case "paid":
		fen := f.Fen("paid_amount")
		do = func() error { return r.Paid(ctx, c.User, p.ID, fen, version, c.Once()) }
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("market.done"))
			return c.Redirect(purchaseAt(p.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderPurchase(c, f, act)
}

// proofOf reads the file handed in with a deliverable; nil when there is none.
func proofOf(c *web.Ctx, f *web.Form) (*Proof, error) {
	up, err := c.Upload("submit_file", evidence.Limit)
	if err != nil || up == nil {
		return nil, err
	}
	from, err := up.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	content, kind, err := evidence.Read("成果材料", io.Reader(from))
	if err != nil {
		return nil, f.Mend(err)
	}
	return &Proof{content, kind}, nil
}

// file gives evidence out again, to staff whose area reaches the agency's.
func (r *Room) file(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f, err := r.Evidence.Find(c.Context(), "market", id)
	if err != nil {
		return err
	}
	a, err := agencyByID(c.Context(), r.DB, f.OwnerID)
	if err != nil {
		return err
	}
	if err := MaySee(c.User, a.Area); err != nil {
		return err
	}
	_, err = c.Attachment(f.Filename(), f.Type).Write(f.Content)
	return err
}

func needFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "offer", Label: c.T("market.f.side"), Kind: "radios", Need: true, Inline: true, Options: []web.Option{{Value: "need", Text: c.T("market.need")}, {Value: "offer", Text: c.T("market.offer")}}},
		{Name: "text", Label: c.T("market.f.needText"), Kind: "textarea", Need: true, Max: 400, Rows: 3}, {Name: "phone", Label: c.T("market.f.phone"), Kind: "tel", Need: true, Max: 30}, {Name: "until", Label: c.T("market.f.until"), Kind: "date", Need: true, Width: "8"}}
}

func (r *Room) needList(c *web.Ctx) error { return r.renderNeeds(c, nil, "") }

// renderNeeds lists the region's needs and offers that stand.
func (r *Room) renderNeeds(c *web.Ctx, failing *web.Form, failed string) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	list, err := r.needs(c.Context(), "15", r.today(), at.Int(0), shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t := table{ID: "list", Head: c.T("market.tab.needs"), Heads: heads(c, "f.needText", "who", "area", "f.phone", "f.until"), Empty: c.T("market.none")}
	for _, n := range list {
		t.Rows = append(t.Rows, []cell{{Text: n.Text, Small: c.T(map[bool]string{true: "market.offer", false: "market.need"}[n.Offer])}, {Text: n.Name, Small: word(c, "side", n.Side)}, {Text: area.Name(n.Area)}, {Text: n.Phone}, {Text: n.Until.String()}})
	}
	d := sheet{Tables: []table{t}, Paged: true, Paging: c.Paging(-1, len(list), next), Boxes: []box{desk.Box(c, "need", atNeeds, 0, failing, failed, needFields(c)...)}}
	if account.RoleOf(c.User.Role).Staff {
		d.Tabs = r.tabs(c, atNeeds)
	}
	return c.Render("market/sheet", web.Page{Title: c.T("market.tab.needs"), Lede: c.T("market.needsLede"), Form: failing, Nav: atHome, Data: d})
}

func (r *Room) takeNeed(c *web.Ctx) error {
	f, _ := web.ActForm(c, "need", needFields(c)...)
	n := Need{Offer: f.Choice("need_offer") == "offer", Text: f.Text("need_text"), Phone: f.Text("need_phone"), Until: db.On(f.Date("need_until"))}
	if f.OK() {
		err := r.Tell(c.Context(), c.User, n, c.Once())
		if err == nil {
			c.Flash("ok", c.T("market.done"))
			return c.Redirect(atNeeds)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderNeeds(c, f, "need")
}
