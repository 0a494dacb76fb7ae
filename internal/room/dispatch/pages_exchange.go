package dispatch

import (
	"math"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func (r *Room) needList(c *web.Ctx) error { return r.renderNeeds(c, nil) }

// needFields are what a need asks; staff choose the unit among the list's.
func (r *Room) needFields(c *web.Ctx) ([]web.Field, error) {
	fields := []web.Field{{Name: "service", Label: c.T("dispatch.service"), Kind: "select", Need: true, Options: options(c, "service", services)}, {Name: "occupation", Label: c.T("dispatch.occupation"), Need: true, Max: 40},
		{Name: "people", Label: c.T("dispatch.l.openings"), Kind: "number", Need: true, Min: 1, Top: 100_000, Width: "4", Unit: c.T("dispatch.people")}, {Name: "text", Label: c.T("dispatch.l.needText"), Hint: c.T("dispatch.l.needHint"), Kind: "textarea", Max: 400, Rows: 3},
		{Name: "until", Label: c.T("dispatch.until"), Kind: "date", Need: true, Width: "8"}}
	if c.User.Role == account.Employer {
		return fields, nil
	}
	list, err := r.units(c.Context(), unitFilter{area: c.User.Area, state: On}, "", 0, 500)
	f := web.Field{Name: "unit", Label: c.T("dispatch.name"), Hint: c.T("dispatch.l.needUnit"), Kind: "select", Need: true}
	for i := range list {
		f.Options = append(f.Options, web.Option{Value: strconv.FormatInt(list[i].EmployerID, 10), Text: list[i].Name})
	}
	return append([]web.Field{f}, fields...), err
}

// renderNeeds lists what stands before agencies: staff see their area's, agencies what is open, units their own.
func (r *Room) renderNeeds(c *web.Ctx, failing *web.Form) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	before := int64(math.MaxInt64)
	if !at.Start() {
		before = at.Int(0)
	}
	ctx := c.Context()
	_, agency, err := r.ownAgency(ctx, c.User)
	if err != nil {
		return err
	}
	d := sheetData{Paged: true, Note: c.T("dispatch.exchangeNote")}
	var list, own []Need
	switch {
	case c.User.Role != account.Employer:
		d.Tabs = tabs(c, atExchange)
		d.Actions = []web.Tab{{Text: c.T("dispatch.board.market"), Href: "/market/need"}, {Text: c.T("dispatch.board.agencies"), Href: "/market/agency"}}
		d.Filter, d.Fields = c.Form(web.Field{Name: "area", Label: c.T("dispatch.area"), Kind: "select", Options: placesIn(c.User)}, web.Field{Name: "state", Label: c.T("dispatch.state"), Kind: "select", Options: options(c, "nstate", needStates)}), []string{"area", "state"}
		list, err = needs(ctx, r.DB, areaAsked(c), c.Query("state"), before, shown+1)
	case agency:
		list, err = openNeeds(ctx, r.DB, r.today(), before, shown+1)
	}
	if err == nil && c.User.Role == account.Employer {
		own, err = needsOf(ctx, r.DB, c.User.EmployerID, 100)
	}
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	d.Paging = c.Paging(-1, len(list), next)
	if c.User.Role == account.Employer {
		t, err := r.needTable(c, "own", own)
		if err != nil {
			return err
		}
		d.Tables, d.Paged = append(d.Tables, t), agency
	}
	if c.User.Role != account.Employer || agency {
		t, err := r.needTable(c, "list", list)
		if err != nil {
			return err
		}
		t.ID = "rows"
		d.Tables = append(d.Tables, t)
	}
	fields, err := r.needFields(c)
	if err != nil {
		return err
	}
	d.Boxes = []box{boxOf(c, "want", atExchange, 0, failing, map[bool]string{true: "want"}[failing != nil], fields...)}
	page := web.Page{Title: c.T("dispatch.tab.exchange"), Lede: c.T("dispatch.exchangeLede"), Form: failing, Nav: atHome, Crumbs: crumb(c), Data: d}
	if c.User.Role == account.Employer {
		page.Nav, page.Crumbs = atMine, []web.Crumb{{Text: c.T("dispatch.menu.mine"), Href: atMine}}
	}
	return c.Render("dispatch/sheet", page)
}

func (r *Room) needTable(c *web.Ctx, id string, list []Need) (table, error) {
	t := table{ID: id, Head: c.T("dispatch.h.needs." + id), Heads: heads(c, "need", "name", "area", "+people.n", "until", "+offers", "state"), Empty: c.T("dispatch.noNeeds")}
	counts, err := countOffers(c.Context(), r.DB, list)
	for i := range list {
		n := &list[i]
		t.Rows = append(t.Rows, []cell{{Text: word(c, "service", n.Service) + "：" + n.Occupation, Href: needAt(n.ID)}, {Text: n.Name}, {Text: area.Name(n.Area)}, num(n.People), {Text: n.Until.String()}, num(counts[n.ID]), {Text: word(c, "nstate", n.State), Kind: stateKind[n.State]}})
	}
	return t, err
}

func (r *Room) takeNeed(c *web.Ctx) error {
	fields, err := r.needFields(c)
	if err != nil {
		return err
	}
	f, _ := web.ActForm(c, "want", fields...)
	n := Need{Service: f.Choice("want_service"), Occupation: f.Text("want_occupation"), People: f.Int("want_people"), Text: f.Text("want_text"), Until: db.On(f.Date("want_until"))}
	if c.User.Role != account.Employer {
		n.EmployerID, _ = strconv.ParseInt(f.Choice("want_unit"), 10, 64) // the form has checked it against its options
	}
	if f.OK() {
		id, err := r.Want(c.Context(), c.User, n, c.Once())
		if err == nil {
			c.Flash("ok", c.T("dispatch.done"))
			return c.Redirect(needAt(id))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderNeeds(c, f)
}

// theNeed is the need of an address, for whoever may see it.
func (r *Room) theNeed(c *web.Ctx) (Need, []Offer, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Need{}, nil, err
	}
	n, err := needByID(c.Context(), r.DB, id)
	if err != nil {
		return n, nil, err
	}
	if err := r.maySeeNeed(c.Context(), c.User, &n); err != nil {
		return n, nil, err
	}
	offers, err := offersOf(c.Context(), r.DB, id)
	return n, offers, err
}

// needActFields are the fields of an act about a need; nil where the reader may not, or there is none.
func (r *Room) needActFields(c *web.Ctx, n *Need, offers []Offer, act string) ([]web.Field, error) {
	text := func(label string) web.Field {
		return web.Field{Name: "text", Label: c.T("dispatch.l." + label), Kind: "textarea", Need: true, Max: 400, Rows: 2}
	}
	switch act {
	case "offer":
		fields := []web.Field{{Name: "people", Label: c.T("dispatch.l.offerPeople"), Kind: "number", Need: true, Min: 1, Top: 100_000, Width: "4", Unit: c.T("dispatch.people")}, {Name: "days", Label: c.T("dispatch.l.offerDays"), Kind: "number", Need: true, Min: 1, Top: 365, Width: "4", Unit: c.T("dispatch.days")},
			{Name: "fee", Label: c.T("dispatch.l.fee"), Hint: c.T("dispatch.l.feeHint"), Kind: "number", Width: "8", Unit: c.T("dispatch.yuan")}, text("offerText")}
		if c.User.Role == account.Employer {
			return fields, nil
		}
		list, err := r.agencies(c.Context(), area.At(n.Area, area.League))
		f := web.Field{Name: "agency", Label: c.T("dispatch.agency"), Kind: "select", Need: true}
		for i := range list {
			mark := ""
			if list[i].Bad() {
				mark = c.T("dispatch.badMark")
			}
			f.Options = append(f.Options, web.Option{Value: strconv.FormatInt(list[i].ID, 10), Text: list[i].Name + "（" + list[i].Grade + "）" + mark})
		}
		return append([]web.Field{f}, fields...), err
	case "choose":
		f := web.Field{Name: "which", Label: c.T("dispatch.offer"), Kind: "radios", Need: true}
		for _, o := range offers {
			f.Options = append(f.Options, web.Option{Value: strconv.FormatInt(o.ID, 10), Text: o.Name, Hint: o.Text})
		}
		return []web.Field{f}, nil
	case "sign":
		return []web.Field{{Name: "contract", Label: c.T("dispatch.l.contract"), Need: true, Max: 60}, {Name: "on", Label: c.T("dispatch.l.signed"), Kind: "date", Need: true, Width: "8"}}, nil
	case "finish":
		return []web.Field{{Name: "brought", Label: c.T("dispatch.l.brought"), Kind: "number", Need: true, Min: 0, Top: 100_000, Width: "4", Unit: c.T("dispatch.people")}, text("resultText")}, nil
	case "withdraw":
		return []web.Field{}, nil
	}
	return nil, nil
}

// needActs are the acts that a state allows.
var needActs = map[string][]string{OpenNeed: {"offer", "choose", "withdraw"}, Chosen: {"sign", "finish", "withdraw"}, Contracted: {"finish"}}

func (r *Room) showNeed(c *web.Ctx) error { return r.renderNeed(c, nil, "") }

func (r *Room) renderNeed(c *web.Ctx, failing *web.Form, failed string) error {
	n, offers, err := r.theNeed(c)
	if err != nil {
		return err
	}
	own, agency, err := r.ownAgency(c.Context(), c.User)
	if err != nil {
		return err
	}
	decides := mayChoose(c.User, &n) == nil
	staff := c.User.Role != account.Employer
	d := sheetData{Tags: []cell{{Text: word(c, "nstate", n.State), Kind: stateKind[n.State]}}, Pairs: []web.Pair{{Key: c.T("dispatch.name"), Value: n.Name}, {Key: c.T("dispatch.area"), Value: area.FullName(n.Area)}, {Key: c.T("dispatch.service"), Value: word(c, "service", n.Service)},
		{Key: c.T("dispatch.occupation"), Value: n.Occupation}, {Key: c.T("dispatch.people.n"), Value: lang.Int(n.People)}, {Key: c.T("dispatch.until"), Value: n.Until.String()}, {Key: c.T("dispatch.l.needText"), Value: n.Text}, {Key: c.T("dispatch.by"), Value: n.By}}}
	if n.Contract != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("dispatch.l.contract"), Value: n.Contract, Note: n.Signed.String()})
	}
	if n.State == ClosedNeed {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("dispatch.l.brought"), Value: lang.Int(n.Brought)}, web.Pair{Key: c.T("dispatch.result"), Value: n.Result})
	}
	bad, err := r.badAgencies(c, offers)
	if err != nil {
		return err
	}
	t := table{ID: "offers", Head: c.T("dispatch.h.offers"), Heads: heads(c, "agency", "content", "+people.n", "+offerDays", "+fee", "state"), Empty: c.T("dispatch.noOffers")}
	for _, o := range offers {
		if !decides && !staff && (!agency || o.AgencyID != own.ID) {
			continue // agencies do not see one another's offers
		}
		state := cell{Text: c.T("dispatch.ostate." + map[bool]string{true: "chosen", false: "open"}[o.ID == n.OfferID])}
		if o.ID == n.OfferID {
			state.Kind = "ok"
		}
		name := cell{Text: o.Name, Small: c.T("dispatch.gradeOn", o.Grade, stamp(o.At))}
		if mark := bad[o.AgencyID]; mark != "" {
			name.Small += "　" + mark
		}
		if staff {
			name.Href = "/market/agency/" + strconv.FormatInt(o.AgencyID, 10)
		}
		t.Rows = append(t.Rows, []cell{name, {Text: o.Text}, num(o.People), num(int64(o.Days)), {Text: lang.Fen(o.Fee), Right: true}, state})
	}
	d.Tables = []table{t}
	for _, act := range needActs[n.State] {
		if act == "offer" && !(agency && n.EmployerID != c.User.EmployerID) && !(staff && decides) || act != "offer" && !decides || act == "choose" && len(offers) == 0 {
			continue
		}
		fields, err := r.needActFields(c, &n, offers, act)
		if err != nil {
			return err
		}
		d.Boxes = append(d.Boxes, boxOf(c, act, needAt(n.ID)+"/"+act, n.Version, failing, failed, fields...))
	}
	return c.Render("dispatch/sheet", web.Page{Title: n.Name + "：" + n.Occupation, Form: failing, Nav: map[bool]string{true: atHome, false: atMine}[staff], Crumbs: []web.Crumb{{Text: c.T("dispatch.tab.exchange"), Href: atExchange}}, Data: d})
}

// badAgencies are the marks of those who offer and are of bad credit as of today.
func (r *Room) badAgencies(c *web.Ctx, offers []Offer) (map[int64]string, error) {
	out := map[int64]string{}
	if len(offers) == 0 || r.Agencies == nil {
		return out, nil
	}
	var ids []int64
	for _, o := range offers {
		ids = append(ids, o.AgencyID)
	}
	list, err := r.Agencies.Numbered(c.Context(), ids)
	for i := range list {
		switch a := &list[i]; {
		case a.Listed:
			out[a.ID] = c.T("dispatch.mark.listed")
		case !a.Licensed:
			out[a.ID] = c.T("dispatch.mark.licence")
		case a.Bad():
			out[a.ID] = c.T("dispatch.mark.grade", a.Grade)
		}
	}
	return out, err
}

func (r *Room) actNeed(c *web.Ctx) error {
	n, offers, err := r.theNeed(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields, err := r.needActFields(c, &n, offers, act)
	if err != nil {
		return err
	}
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if act != "offer" {
		if err := mayChoose(c.User, &n); err != nil {
			return err
		}
	}
	f, _ := web.ActForm(c, act, fields...)
	ctx, version, once := c.Context(), f.Version(), c.Once()
	var do func() error
	switch act {
	case "offer":
		o := Offer{NeedID: n.ID, People: f.Int("offer_people"), Days: int(f.Int("offer_days")), Fee: f.Fen("offer_fee"), Text: f.Text("offer_text")}
		if c.User.Role != account.Employer {
			o.AgencyID, _ = strconv.ParseInt(f.Choice("offer_agency"), 10, 64) // the form has checked it against its options
		}
		do = func() error { return r.Offer(ctx, c.User, o, once) }
	case "choose":
		which, _ := strconv.ParseInt(f.Choice("choose_which"), 10, 64)
		do = func() error { return r.Choose(ctx, c.User, n.ID, which, version, once) }
	case "sign":
		contract, on := f.Text("sign_contract"), db.On(f.Date("sign_on"))
		do = func() error { return r.Sign(ctx, c.User, n.ID, contract, on, version, once) }
	case "finish":
		brought, text := f.Int("finish_brought"), f.Text("finish_text")
		do = func() error { return r.Finish(ctx, c.User, n.ID, brought, text, version, once) }
	case "withdraw":
		do = func() error { return r.Withdraw(ctx, c.User, n.ID, version, once) }
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("dispatch.done"))
			return c.Redirect(needAt(n.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderNeed(c, f, act)
}
