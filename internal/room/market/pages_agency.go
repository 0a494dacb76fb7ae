package market

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

var gradeKind = map[string]string{"A": "ok", "B": "ok", "C": "warn", "D": "stop"}

// rows shows rated agencies.
func (r *Room) agencyRows(c *web.Ctx, list []rated, at func(int64) string) (rows [][]cell) {
	for i := range list {
		a := &list[i]
		until := cell{Text: a.Until.String()}
		if !a.Valid(r.today()) {
			until = cell{Text: c.T("market.invalid"), Kind: "stop", Small: a.Until.String()}
		}
		small := a.Licence
		if !a.Listed.IsZero() {
			small += " · " + c.T("market.listed")
		}
		rows = append(rows, []cell{{Text: a.Name, Href: at(a.ID), Small: small}, {Text: area.Name(a.Area)}, until, {Text: c.T("market.grade", a.Rating.Grade), Kind: gradeKind[a.Rating.Grade], Small: c.T("market.points", a.Rating.Points)}, {Text: itemsText(c, a.Services)}})
	}
	return rows
}

func itemsText(c *web.Ctx, keys string) string {
	var list []string
	for s := range strings.FieldsSeq(keys) {
		list = append(list, word(c, "service", s))
	}
	return strings.Join(list, c.T("market.comma"))
}

func (r *Room) page(c *web.Ctx, code string) ([]rated, web.Cursor, error) {
	at, err := c.Cursor(1)
	if err != nil {
		return nil, web.Cursor{}, err
	}
	list, err := r.agencies(c.Context(), code, at.Int(0), shown+1)
	if err != nil {
		return nil, web.Cursor{}, err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	out, err := r.rate(c.Context(), list)
	return out, next, err
}

func (r *Room) agencyList(c *web.Ctx) error {
	list, next, err := r.page(c, c.User.Area)
	if err != nil {
		return err
	}
	d := sheet{Tabs: r.tabs(c, atAgencies), Actions: []web.Tab{{Text: c.T("market.agency.new"), Href: atAgencies + "/new"}}, Paged: true, Paging: c.Paging(-1, len(list), next), Tables: []table{
		{ID: "list", Head: c.T("market.tab.agencies"), Note: c.T("market.scoresNote"), Heads: heads(c, "agency", "area", "until", "rating", "services"), Rows: r.agencyRows(c, list, agencyAt), Empty: c.T("market.none")}}}
	return c.Render("market/sheet", web.Page{Title: c.T("market.tab.agencies"), Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.title"), Href: atHome}}, Data: d})
}

// licenceFields are those of an agency's licence, for a new one and for a change.
func (r *Room) licenceFields(c *web.Ctx) ([]web.Field, error) {
	parks, err := r.parks(c.Context(), "15")
	if err != nil {
		return nil, err
	}
	choice := []web.Option{{Value: "0", Text: c.T("market.noPark")}}
	for _, p := range parks {
		choice = append(choice, web.Option{Value: number(p.ID), Text: p.Name})
	}
	return []web.Field{{Name: "licence", Label: c.T("market.f.licence"), Need: true, Max: 40}, {Name: "from", Label: c.T("market.f.from"), Kind: "date", Need: true, Width: "8"},
		{Name: "until", Label: c.T("market.f.until"), Kind: "date", Need: true, Width: "8"}, {Name: "services", Label: c.T("market.services"), Kind: "checkboxes", Need: true, Options: options(c, "service", services)},
		{Name: "park", Label: c.T("market.f.park"), Kind: "select", Options: choice}, {Name: "backbone", Label: c.T("market.f.backbone"), Kind: "check"}, {Name: "phone", Label: c.T("market.f.phone"), Kind: "tel", Max: 30}}, nil
}

func licenceOf(f *web.Form, act string, a *Agency) {
	a.Licence, a.From, a.Until, a.Phone = f.Text(act+"_licence"), db.On(f.Date(act+"_from")), db.On(f.Date(act+"_until")), f.Text(act+"_phone")
	a.Services, a.Backbone = strings.Join(f.Many(act+"_services"), " "), f.Flag(act+"_backbone")
	a.ParkID, _ = strconv.ParseInt(f.Choice(act+"_park"), 10, 64)
}

func (r *Room) askAgency(c *web.Ctx) error { return r.agencyForm(c, false) }

func (r *Room) takeAgency(c *web.Ctx) error { return r.agencyForm(c, true) }

func (r *Room) agencyForm(c *web.Ctx, take bool) error {
	licence, err := r.licenceFields(c)
	if err != nil {
		return err
	}
	fields := append([]web.Field{{Name: "name", Label: c.T("market.agency"), Need: true, Max: 80}, {Name: "code", Label: c.T("market.f.code"), Need: true, Max: 18, Width: "16"},
		{Name: "area", Label: c.T("market.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)}}, licence...)
	b := desk.Box(c, "new", atAgencies+"/new", 0, nil, "", fields...)
	b.Open = true
	f := b.Form
	if take {
		a := Agency{Name: f.Text("new_name"), CreditCode: strings.ToUpper(f.Text("new_code")), Area: f.Choice("new_area")}
		licenceOf(f, "new", &a)
		if f.OK() {
			id, err := r.AddAgency(c.Context(), c.User, a, c.Once())
			if err == nil {
				c.Flash("ok", c.T("market.done"))
				return c.Redirect(agencyAt(id))
			}
			if err := f.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("market/form", web.Page{Title: c.T("market.agency.new"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.tab.agencies"), Href: atAgencies}, {Text: c.T("market.agency.new")}}, Data: b})
}

func (r *Room) showAgency(c *web.Ctx) error { return r.renderAgency(c, nil, "") }

func (r *Room) theAgency(c *web.Ctx) (rated, error) {
	id, err := c.PathID("id")
	if err != nil {
		return rated{}, err
	}
	a, err := agencyByID(c.Context(), r.DB, id)
	if err != nil {
		return rated{}, err
	}
	list, err := r.rate(c.Context(), []Agency{a})
	if err != nil {
		return rated{}, err
	}
	return list[0], nil
}

func agencyPairs(c *web.Ctx, a *rated) []web.Pair {
	pairs := []web.Pair{{Key: c.T("market.f.code"), Value: a.CreditCode}, {Key: c.T("market.f.licence"), Value: a.Licence}, {Key: c.T("market.valid"), Value: a.From.String() + "～" + a.Until.String()},
		{Key: c.T("market.area"), Value: area.FullName(a.Area)}, {Key: c.T("market.services"), Value: itemsText(c, a.Services)}}
	if a.Phone != "" {
		pairs = append(pairs, web.Pair{Key: c.T("market.f.phone"), Value: a.Phone})
	}
	if !a.Listed.IsZero() {
		pairs = append(pairs, web.Pair{Key: c.T("market.listed"), Value: a.Listed.String(), Note: a.ListedWhy})
	}
	return pairs
}

func agencyTags(c *web.Ctx, a *rated) []cell {
	tags := []cell{{Text: c.T("market.grade", a.Rating.Grade), Kind: gradeKind[a.Rating.Grade]}}
	if a.Backbone {
		tags = append(tags, cell{Text: c.T("market.f.backbone")})
	}
	if !a.Listed.IsZero() {
		tags = append(tags, cell{Text: c.T("market.listed"), Kind: "stop"})
	}
	return tags
}

func eventTable(c *web.Ctx, list []Event, staff bool) table {
	t := table{ID: "events", Head: c.T("market.events"), Heads: heads(c, "entry", "+pointsHead", "on", "counts", "source"), Empty: c.T("market.events.none")}
	for _, e := range list {
		s, _ := scoreOf(e.Code, e.On.Time)
		name := s.Zh
		if c.Lang == lang.English {
			name = s.En
		}
		small := ""
		if staff {
			small = e.Text
		}
		t.Rows = append(t.Rows, []cell{{Text: name, Small: small}, {Text: fmt.Sprintf("%+d", e.Points), Right: true}, {Text: e.On.String()}, {Text: e.Until.String()}, {Text: e.Source}})
	}
	return t
}

func annualTable(c *web.Ctx, list []Annual) table {
	t := table{ID: "annual", Head: c.T("market.annual"), Heads: heads(c, "year", "+output", "+staffHead", "+served", "+units", "+placed"), Empty: c.T("market.annual.none")}
	for _, y := range list {
		t.Rows = append(t.Rows, []cell{{Text: strconv.Itoa(y.Year)}, {Text: wan(y.Output), Right: true}, {Text: lang.Int(y.Staff), Right: true}, {Text: lang.Int(y.Served), Right: true}, {Text: lang.Int(y.Units), Right: true}, {Text: lang.Int(y.Placed), Right: true}})
	}
	return t
}

// wan is an amount in ten thousand yuan.
func wan(fen int64) string { return lang.Int(fen / 1_000_000) }

func (r *Room) renderAgency(c *web.Ctx, failing *web.Form, failed string) error {
	a, err := r.theAgency(c)
	if err != nil {
		return err
	}
	if err := MaySee(c.User, a.Area); err != nil {
		return err
	}
	d := sheet{Tags: agencyTags(c, &a), Pairs: agencyPairs(c, &a), Reasons: a.Rating.Reasons, Tables: []table{eventTable(c, a.Events, true), annualTable(c, a.Annual)}}
	checks, err := r.inspections(c.Context(), a.ID)
	if err != nil {
		return err
	}
	t := table{ID: "checks", Head: c.T("market.checks"), Heads: heads(c, "on", "f.people", "f.findings", "correctBy", "f.result"), Empty: c.T("market.checks.none")}
	for _, i := range checks {
		by := "—"
		if !i.CorrectBy.IsZero() {
			by = i.CorrectBy.String()
		}
		t.Rows = append(t.Rows, []cell{{Text: i.On.String()}, {Text: i.People}, {Text: i.Findings}, {Text: by}, {Text: i.Result}})
	}
	bought, err := r.purchasesFrom(c.Context(), a.ID)
	if err != nil {
		return err
	}
	p := table{ID: "bought", Head: c.T("market.tab.purchases"), Heads: heads(c, "what", "+amount", "valid"), Empty: c.T("market.none")}
	for _, x := range bought {
		p.Rows = append(p.Rows, []cell{{Text: x.Title, Href: purchaseAt(x.ID)}, {Text: lang.Fen(x.Amount), Right: true}, {Text: x.From.String() + "～" + x.Until.String()}})
	}
	d.Tables = append(d.Tables, t, p)
	for _, act := range []string{"event", "annual", "inspect", "change", "list"} {
		fields, err := r.agencyFields(c, act)
		if err != nil {
			return err
		}
		b := desk.Box(c, act, agencyAt(a.ID)+"/"+act, a.Version, failing, failed, fields...)
		if act == "list" {
			b.Note = c.T("market.listNote")
			if !a.Listed.IsZero() {
				b.Head = c.T("market.act.unlist")
			}
		}
		if act == "change" && failed != "change" {
			b.Form.Set("change_licence", a.Licence)
			b.Form.Set("change_from", a.From.String())
			b.Form.Set("change_until", a.Until.String())
			b.Form.Set("change_park", number(a.ParkID))
			b.Form.Set("change_phone", a.Phone)
			b.Form.Set("change_services", strings.Fields(a.Services)...)
			if a.Backbone {
				b.Form.Set("change_backbone", "1")
			}
		}
		d.Boxes = append(d.Boxes, b)
	}
	return c.Render("market/sheet", web.Page{Title: a.Name, Form: failing, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.tab.agencies"), Href: atAgencies}, {Text: a.Name}}, Data: d})
}

func (r *Room) agencyFields(c *web.Ctx, act string) ([]web.Field, error) {
	num := func(name string) web.Field {
		return web.Field{Name: name, Label: c.T("market." + name), Kind: "number", Need: true, Min: 0, Top: 100_000_000, Width: "8"}
	}
	switch act {
	case "event":
		var list []web.Option
		for _, s := range scores {
			name := s.Zh
			if c.Lang == lang.English {
				name = s.En
			}
			list = append(list, web.Option{Value: s.Code, Text: name + "（" + fmt.Sprintf("%+d", s.Points) + "）"})
		}
		return []web.Field{{Name: "code", Label: c.T("market.entry"), Kind: "select", Need: true, Options: list}, {Name: "on", Label: c.T("market.on"), Kind: "date", Need: true, Width: "8"},
			{Name: "text", Label: c.T("market.f.text"), Kind: "textarea", Need: true, Max: 400, Rows: 2}, {Name: "source", Label: c.T("market.source"), Need: true, Max: 100}}, nil
	case "annual":
		return []web.Field{{Name: "year", Label: c.T("market.year"), Kind: "number", Need: true, Min: 2000, Top: 2100, Width: "4"}, {Name: "output", Label: c.T("market.outputYuan"), Kind: "number", Need: true, Width: "16", Unit: c.T("market.yuan")},
			num("staffHead"), num("served"), num("units"), num("placed")}, nil
	case "inspect":
		return []web.Field{{Name: "on", Label: c.T("market.on"), Kind: "date", Need: true, Width: "8"}, {Name: "people", Label: c.T("market.f.people"), Hint: c.T("market.f.peopleHint"), Need: true, Max: 100},
			{Name: "findings", Label: c.T("market.f.findings"), Kind: "textarea", Need: true, Max: 800, Rows: 3}, {Name: "correct", Label: c.T("market.correctBy"), Kind: "date", Width: "8"}, {Name: "result", Label: c.T("market.f.result"), Max: 300}}, nil
	case "change":
		return r.licenceFields(c)
	case "list":
		return []web.Field{{Name: "why", Label: c.T("market.f.why"), Kind: "textarea", Need: true, Max: 500, Rows: 3}}, nil
	}
	return nil, fault.New(fault.NotFound, "没有这种办法")
}

func (r *Room) actAgency(c *web.Ctx) error {
	a, err := r.theAgency(c)
	if err != nil {
		return err
	}
	if err := MaySee(c.User, a.Area); err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields, err := r.agencyFields(c, act)
	if err != nil {
		return err
	}
	f, _ := web.ActForm(c, act, slices.Clone(fields)...)
	get := func(name string) string { return f.Text(act + "_" + name) }
	day := func(name string) db.Date { return db.On(f.Date(act + "_" + name)) }
	n := func(name string) int64 { return f.Int(act + "_" + name) }
	var do func() error
	ctx, version := c.Context(), f.Version()
	switch act {
	case "event":
		e := Event{AgencyID: a.ID, Code: f.Choice("event_code"), On: day("on"), Text: get("text"), Source: get("source")}
		do = func() error { return r.AddEvent(ctx, c.User, e, version, c.Once()) }
	case "annual":
		y := Annual{AgencyID: a.ID, Year: int(n("year")), Output: f.Fen("annual_output"), Staff: n("staffHead"), Served: n("served"), Units: n("units"), Placed: n("placed")}
		do = func() error { return r.AddAnnual(ctx, c.User, y, version, c.Once()) }
	case "inspect":
		i := Inspection{AgencyID: a.ID, On: day("on"), People: get("people"), Findings: get("findings"), CorrectBy: day("correct"), Result: get("result")}
		do = func() error { return r.AddInspection(ctx, c.User, i, version, c.Once()) }
	case "change":
		change := a.Agency
		licenceOf(f, "change", &change)
		do = func() error { return r.ChangeAgency(ctx, c.User, change, version, c.Once()) }
	case "list":
		why := get("why")
		do = func() error { return r.AskListing(ctx, c.User, a.ID, why, c.Once()) }
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T(map[bool]string{true: "market.asked", false: "market.done"}[act == "list"]))
			return c.Redirect(agencyAt(a.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderAgency(c, f, act)
}

func (r *Room) showParks(c *web.Ctx) error { return r.renderParks(c, nil, "") }

// renderParks lists parks and backbone firms with the output of the year before and of the one before that.
func (r *Room) renderParks(c *web.Ctx, failing *web.Form, failed string) error {
	parks, err := r.parks(c.Context(), "15") // few, and of interest to everybody
	if err != nil {
		return err
	}
	lines, err := r.outputs(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	year := r.Clock.Today().Year() - 1
	sum := func(y int, in func(o outputLine) bool) (fen, n int64) {
		for _, o := range lines {
			if o.Year == y && in(o) {
				fen, n = fen+o.Output, n+o.Agencies
			}
		}
		return fen, n
	}
	all := func(outputLine) bool { return true }
	total, agencies := sum(year, all)
	before, _ := sum(year-1, all)
	d := sheet{Tabs: r.tabs(c, atParks), Figures: []web.Figure{{Label: c.T("market.total", year), Value: wan(total), Unit: c.T("market.wan")}, {Label: c.T("market.total", year-1), Value: wan(before), Unit: c.T("market.wan")},
		{Label: c.T("market.goal"), Value: lang.Int(goal / 10_000_000_000), Unit: c.T("market.yi")}, {Label: c.T("market.reporting"), Value: lang.Int(agencies)}}}
	t := table{ID: "parks", Head: c.T("market.parks"), Note: c.T("market.outputNote"), Heads: heads(c, "park", "area", "level", "+firms", "+outputLast", "+outputBefore"), Empty: c.T("market.none")}
	for _, p := range parks {
		in := func(o outputLine) bool { return o.Park == p.ID }
		now, n := sum(year, in)
		then, _ := sum(year-1, in)
		t.Rows = append(t.Rows, []cell{{Text: p.Name}, {Text: area.Name(p.Area)}, {Text: word(c, "level", p.Level)}, {Text: lang.Int(n), Right: true}, {Text: wan(now), Right: true}, {Text: wan(then), Right: true}})
	}
	firms, err := r.agencies(c.Context(), c.User.Area, 0, 500)
	if err != nil {
		return err
	}
	firms = slices.DeleteFunc(firms, func(a Agency) bool { return !a.Backbone })
	list, err := r.rate(c.Context(), firms)
	if err != nil {
		return err
	}
	b := table{ID: "firms", Head: c.T("market.backbones"), Heads: heads(c, "agency", "area", "rating", "+outputLast"), Empty: c.T("market.none")}
	for _, a := range list {
		out := "—"
		for _, y := range a.Annual {
			if y.Year == year {
				out = wan(y.Output)
			}
		}
		b.Rows = append(b.Rows, []cell{{Text: a.Name, Href: agencyAt(a.ID)}, {Text: area.Name(a.Area)}, {Text: c.T("market.grade", a.Rating.Grade), Kind: gradeKind[a.Rating.Grade]}, {Text: out, Right: true}})
	}
	d.Tables = []table{t, b}
	if c.User.Role == account.Manager {
		d.Boxes = []box{desk.Box(c, "park", atParks, 0, failing, failed, parkFields(c)...)}
	}
	return c.Render("market/sheet", web.Page{Title: c.T("market.tab.parks"), Lede: c.T("market.parksLede"), Form: failing, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.title"), Href: atHome}}, Data: d})
}

func parkFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "name", Label: c.T("market.park"), Need: true, Max: 60}, {Name: "area", Label: c.T("market.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)},
		{Name: "level", Label: c.T("market.level"), Kind: "select", Need: true, Options: options(c, "level", levels)}, {Name: "opened", Label: c.T("market.f.opened"), Kind: "date", Width: "8"}}
}

func (r *Room) takePark(c *web.Ctx) error {
	if err := MayKeep(c.User, c.User.Area); err != nil {
		return err
	}
	f, _ := web.ActForm(c, "park", parkFields(c)...)
	p := Park{Name: f.Text("park_name"), Area: f.Choice("park_area"), Level: f.Choice("park_level"), Opened: db.On(f.Date("park_opened"))}
	if f.OK() {
		err := r.AddPark(c.Context(), c.User, p, c.Once())
		if err == nil {
			c.Flash("ok", c.T("market.done"))
			return c.Redirect(atParks)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderParks(c, f, "park")
}
