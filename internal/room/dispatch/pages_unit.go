package dispatch

import (
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

var stateKind = map[string]string{On: "ok", Asked: "warn", Submitted: "warn", Verified: "ok", Returned: "stop", OpenRequest: "warn", Done: "ok", Contracted: "ok", Chosen: "ok", Fresh: "warn", Contacted: "warn", Made: "ok"}

func (r *Room) unitList(c *web.Ctx) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	want := unitFilter{area: areaAsked(c), level: c.Query("level"), state: On, industry: c.Query("industry"), name: strings.TrimSpace(c.Query("q"))}
	if s := c.Query("state"); s == Asked || s == Off {
		want.state = s
	}
	switch c.Query("officer") {
	case "none":
		want.officer = -1
	case "mine":
		want.officer = c.User.ID
	}
	list, err := r.units(c.Context(), want, at.Text(0), at.Int(1), shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].Area, list[shown-1].EmployerID)
	}
	total, err := r.countUnits(c.Context(), want)
	if err != nil {
		return err
	}
	var sections []web.Option
	for s := 'A'; s <= 'T'; s++ {
		sections = append(sections, web.Option{Value: string(s), Text: word(c, "industry", string(s))})
	}
	d := sheetData{Tabs: tabs(c, atUnits), Fields: []string{"q", "area", "level", "officer", "industry", "state"}, Paged: true, Paging: c.Paging(total, len(list), next), Actions: []web.Tab{{Text: c.T("dispatch.enter"), Href: atUnits + "/new"}},
		Filter: c.Form(web.Field{Name: "q", Label: c.T("dispatch.name")}, web.Field{Name: "area", Label: c.T("dispatch.area"), Kind: "select", Options: placesIn(c.User)}, web.Field{Name: "level", Label: c.T("dispatch.level"), Kind: "select", Options: options(c, "level", levels)},
			web.Field{Name: "officer", Label: c.T("dispatch.officer"), Kind: "select", Options: []web.Option{{Value: "mine", Text: c.T("dispatch.officerMine")}, {Value: "none", Text: c.T("dispatch.noOfficer")}}},
			web.Field{Name: "industry", Label: c.T("dispatch.of.industries"), Kind: "select", Options: sections}, web.Field{Name: "state", Label: c.T("dispatch.state"), Kind: "select", Options: options(c, "state", []string{On, Asked, Off})})}
	t := table{ID: "rows", Head: c.T("dispatch.tab.units"), Heads: heads(c, "name", "area", "level", "criteria", "since", "officer", "state"), Empty: c.T("dispatch.noUnits")}
	for i := range list {
		u := &list[i]
		officer := cell{Text: u.OfficerName}
		if u.OfficerID == 0 {
			officer = cell{Text: c.T("dispatch.noOfficer"), Kind: "warn"}
		}
		t.Rows = append(t.Rows, []cell{{Text: u.Name, Href: unitAt(u.EmployerID), Small: industryName(c, u.Industry)}, {Text: area.Name(area.At(u.Area, area.Banner))}, {Text: word(c, "level", u.Level)}, {Text: wordsOf(c, "criterion", u.Criteria)}, {Text: u.Since.String()}, officer,
			{Text: word(c, "state", u.State), Kind: stateKind[u.State]}})
	}
	d.Tables = []table{t}
	return c.Render("dispatch/sheet", web.Page{Title: c.T("dispatch.tab.units"), Lede: c.T("dispatch.unitsLede"), Nav: atHome, Crumbs: crumb(c), Data: d})
}

func (r *Room) entryForm(c *web.Ctx) box {
	return boxOf(c, "enter", atUnits+"/new", 0, nil, "", web.Field{Name: "code", Label: c.T("dispatch.l.code"), Hint: c.T("dispatch.l.codeHint"), Need: true, Max: 18, Width: "16"},
		web.Field{Name: "level", Label: c.T("dispatch.level"), Hint: c.T("dispatch.l.levelHint"), Kind: "radios", Need: true, Options: options(c, "level", levels)},
		web.Field{Name: "criteria", Label: c.T("dispatch.criteria"), Kind: "checkboxes", Need: true, Options: options(c, "criterion", criteria)},
		web.Field{Name: "why", Label: c.T("dispatch.l.why"), Hint: c.T("dispatch.l.whyHint"), Kind: "textarea", Need: true, Max: 300, Rows: 2},
		web.Field{Name: "document", Label: c.T("dispatch.l.document"), Max: 60}, web.Field{Name: "since", Label: c.T("dispatch.l.since"), Kind: "date", Need: true, Width: "8"})
}

// recruiters are how many employers that recruit now are offered for the list.
const recruiters = 15

func (r *Room) askUnit(c *web.Ctx) error {
	b := r.entryForm(c)
	b.Form.Set("enter_since", r.today().String())
	if code := c.Query("code"); code != "" {
		b.Form.Set("enter_code", code)
	}
	return r.renderEntry(c, b)
}

func (r *Room) renderEntry(c *web.Ctx, b box) error {
	list, err := r.Employers.Recruiting(c.Context(), c.User.Area, r.today(), 2*recruiters)
	if err != nil {
		return err
	}
	var ids []int64
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	known, err := listedAmong(c.Context(), r.DB, ids)
	if err != nil {
		return err
	}
	t := table{ID: "recruiting", Head: c.T("dispatch.h.recruiting"), Note: c.T("dispatch.recruitingNote"), Heads: heads(c, "name", "area", "+staff", "pick"), Empty: c.T("dispatch.none")}
	for _, e := range list {
		if known[e.ID] || len(t.Rows) == recruiters {
			continue
		}
		t.Rows = append(t.Rows, []cell{{Text: e.Name, Small: industryName(c, e.Industry)}, {Text: area.Name(area.At(e.Area, area.Banner))}, num(int64(e.Staff)), {Text: c.T("dispatch.pickThis"), Href: atUnits + "/new?code=" + e.CreditCode}})
	}
	b.Open = true
	return c.Render("dispatch/sheet", web.Page{Title: c.T("dispatch.enter"), Lede: c.T("dispatch.enterLede"), Form: b.Form, Nav: atHome, Crumbs: crumb(c, web.Crumb{Text: c.T("dispatch.tab.units"), Href: atUnits}), Data: sheetData{Tables: []table{t}, Boxes: []box{b}}})
}

func (r *Room) takeUnit(c *web.Ctx) error {
	b := r.entryForm(c)
	f := b.Form
	u := Unit{Level: f.Choice("enter_level"), Criteria: f.Many("enter_criteria"), Why: f.Text("enter_why"), Document: f.Text("enter_document"), Since: db.On(f.Date("enter_since"))}
	code := strings.ToUpper(f.Text("enter_code"))
	if f.OK() {
		known, err := r.Employers.Resolve(c.Context(), r.DB, []string{code})
		if err != nil {
			return err
		}
		if u.EmployerID = known[code]; u.EmployerID == 0 {
			f.Fail("enter_code", c.T("dispatch.noSuchUnit", code))
		}
	}
	if f.OK() {
		asked, err := r.Enter(c.Context(), c.User, u, c.Once())
		if err == nil {
			c.Flash("ok", c.T(map[bool]string{true: "dispatch.askedRegion", false: "dispatch.done"}[asked]))
			return c.Redirect(unitAt(u.EmployerID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderEntry(c, b)
}

// theUnit is the unit of an address, for staff who reach it.
func (r *Room) theUnit(c *web.Ctx) (Unit, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Unit{}, err
	}
	u, err := r.unitByID(c.Context(), r.DB, id)
	if err != nil {
		return u, err
	}
	return u, MaySee(c.User, u.Area, u.EmployerID)
}

func (r *Room) showUnit(c *web.Ctx) error { return r.renderUnit(c, nil, "") }

// taskPlaces are where a request may be sent: the level above, those beside and those below.
func taskPlaces(u web.User) (list []web.Option) {
	up := area.Parent(u.Area)
	if up != "" {
		list = append(list, web.Option{Value: up, Text: area.Name(up)})
		for _, a := range area.Children(up) {
			if a.Code != u.Area && a.Level <= area.Banner {
				list = append(list, web.Option{Value: a.Code, Text: a.Name})
			}
		}
	}
	return append(list, placesIn(u)...)
}

// unitFields are the fields of an act about a unit; nil for acts that there are none of.
func (r *Room) unitFields(c *web.Ctx, u *Unit, act string) ([]web.Field, error) {
	text := func(name, label string, max, rows int) web.Field {
		return web.Field{Name: name, Label: c.T("dispatch.l." + label), Kind: "textarea", Need: true, Max: max, Rows: rows}
	}
	asking := func(need bool) []web.Field {
		return []web.Field{{Name: "kind", Label: c.T("dispatch.l.askKind"), Kind: "select", Need: need, Options: options(c, "ask", asks)}, {Name: "text", Label: c.T("dispatch.l.askText"), Kind: "textarea", Need: need, Max: 400, Rows: 2}, {Name: "doer", Label: c.T("dispatch.l.doer"), Hint: c.T("dispatch.l.doerHint"), Max: 40},
			{Name: "days", Label: c.T("dispatch.l.days"), Kind: "number", Min: 1, Top: assignment.MostDays, Width: "4", Unit: c.T("dispatch.workdays")}, {Name: "to", Label: c.T("dispatch.l.to"), Hint: c.T("dispatch.l.toHint"), Kind: "select", Options: taskPlaces(c.User)}}
	}
	switch act {
	case "officer":
		list, err := officersIn(c.Context(), r.DB, area.At(u.Area, area.Banner), area.At(u.Area, area.League), mostOfficers)
		f := web.Field{Name: "who", Label: c.T("dispatch.officer"), Kind: "select", Need: true}
		for _, o := range list {
			f.Options = append(f.Options, web.Option{Value: strconv.FormatInt(o.ID, 10), Text: o.Name + "（" + area.Name(o.Area) + "）"})
		}
		return []web.Field{f}, err
	case "visit":
		return append([]web.Field{{Name: "day", Label: c.T("dispatch.l.day"), Kind: "date", Need: true, Width: "8"}, {Name: "way", Label: c.T("dispatch.l.way"), Kind: "radios", Inline: true, Need: true, Options: options(c, "way", ways)}, text("said", "said", 600, 3)}, asking(false)...), nil
	case "ask":
		return asking(true), nil
	case "contact":
		return []web.Field{{Name: "name", Label: c.T("dispatch.l.contact"), Need: true, Max: 20}, {Name: "phone", Label: c.T("dispatch.l.phone"), Kind: "tel", Need: true, Max: 30}}, nil
	case "leave":
		return []web.Field{text("why", "leaveWhy", 200, 2)}, nil
	case "answer":
		return []web.Field{{Name: "which", Label: c.T("dispatch.request"), Kind: "select", Need: true}, text("text", "answer", 400, 2)}, nil
	case "rate":
		return []web.Field{{Name: "which", Label: c.T("dispatch.request"), Kind: "select", Need: true}, {Name: "content", Label: c.T("dispatch.l.content"), Kind: "radios", Need: true, Options: options(c, "content", contents)}}, nil
	}
	return nil, nil
}

// withRequests puts the requests in a state into the field "which".
func withRequests(c *web.Ctx, fields []web.Field, list []Request, state string) []web.Field {
	for _, q := range list {
		if q.State == state {
			fields[0].Options = append(fields[0].Options, web.Option{Value: strconv.FormatInt(q.ID, 10), Text: q.Day.String() + " " + word(c, "ask", q.Kind) + "：" + cut(q.Text, 18)})
		}
	}
	return fields
}

// cut shortens a text.
func cut(text string, most int) string {
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

func (r *Room) renderUnit(c *web.Ctx, failing *web.Form, failed string) error {
	u, err := r.theUnit(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	reports, closings, err := r.Months(ctx, &u, 12)
	if err != nil {
		return err
	}
	visits, err := r.visits(ctx, u.EmployerID, 20)
	if err != nil {
		return err
	}
	requests, err := r.requestsOf(ctx, u.EmployerID, 30)
	if err != nil {
		return err
	}
	events, err := r.events(ctx, u.EmployerID)
	if err != nil {
		return err
	}
	acts, err := actionsOf(ctx, r.DB, u.EmployerID, 0, 20)
	if err != nil {
		return err
	}
	open, err := r.Employers.VacanciesOf(ctx, u.EmployerID)
	if err != nil {
		return err
	}
	openings := int64(0)
	for _, v := range open {
		if v.State == "open" && !v.Closes.Before(r.Clock.Today()) {
			openings += int64(v.Openings)
		}
	}
	officer := u.OfficerName
	if officer == "" {
		officer = c.T("dispatch.noOfficer")
	}
	d := sheetData{Tags: []cell{{Text: word(c, "level", u.Level)}, {Text: word(c, "state", u.State), Kind: stateKind[u.State]}},
		Pairs: []web.Pair{{Key: c.T("dispatch.l.code"), Value: u.CreditCode}, {Key: c.T("dispatch.area"), Value: area.FullName(area.At(u.Area, area.Banner))}, {Key: c.T("dispatch.of.industries"), Value: industryName(c, u.Industry)}, {Key: c.T("dispatch.criteria"), Value: wordsOf(c, "criterion", u.Criteria)},
			{Key: c.T("dispatch.l.why"), Value: u.Why}, {Key: c.T("dispatch.since"), Value: u.Since.String(), Note: u.Document}, {Key: c.T("dispatch.officer"), Value: officer}, {Key: c.T("dispatch.l.contact"), Value: strings.TrimSpace(u.Contact.Name + " " + u.Contact.Phone)}},
		Figures: []web.Figure{{Label: c.T("dispatch.staff"), Value: lang.Int(int64(u.Staff)), Unit: c.T("dispatch.people")}, {Label: c.T("dispatch.f.open"), Value: lang.Int(openings), Unit: c.T("dispatch.people")}}}
	if len(reports) > 0 {
		d.Figures = append(d.Figures, web.Figure{Label: c.T("dispatch.f.lastGap"), Value: lang.Int(reports[0].Openings), Unit: c.T("dispatch.people")}, rateFigure(c, closings[0]))
	}
	if u.State == On {
		d.Actions = []web.Tab{{Text: c.T("dispatch.thisMonth", strconv.Itoa(r.month()%100)), Href: reportAt(u.EmployerID, r.month())}}
	}
	d.Tables = []table{monthTable(c, &u, reports, closings), requestTable(c, requests, r.today()), actionTable(c, acts), visitTable(c, visits)}
	for _, e := range events {
		d.Events = append(d.Events, web.Event{When: stamp(e.At), Text: word(c, "event", e.What), Note: strings.TrimPrefix(e.Text+"　"+e.By, "　")})
	}
	for _, act := range []string{"officer", "visit", "ask", "answer", "rate", "contact", "leave"} {
		if act == "leave" && u.State != On {
			continue
		}
		fields, err := r.unitFields(c, &u, act)
		if err != nil {
			return err
		}
		if state := map[string]string{"answer": OpenRequest, "rate": Done}[act]; state != "" {
			if fields = withRequests(c, fields, requests, state); len(fields[0].Options) == 0 {
				continue
			}
		}
		b := boxOf(c, act, unitAt(u.EmployerID)+"/"+act, u.Version, failing, failed, fields...)
		if act == "visit" && failed != act {
			b.Form.Set("visit_day", r.today().String())
			b.Form.Set("visit_days", strconv.Itoa(defaultDays))
		}
		if act == "ask" && failed != act {
			b.Form.Set("ask_days", strconv.Itoa(defaultDays))
		}
		b.Open = b.Open || act == "officer" && u.OfficerID == 0 && failed == ""
		d.Boxes = append(d.Boxes, b)
	}
	return c.Render("dispatch/sheet", web.Page{Title: u.Name, Form: failing, Nav: atHome, Crumbs: crumb(c, web.Crumb{Text: c.T("dispatch.tab.units"), Href: atUnits}, web.Crumb{Text: u.Name}), Data: d})
}

func (r *Room) actUnit(c *web.Ctx) error {
	u, err := r.theUnit(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields, err := r.unitFields(c, &u, act)
	if err != nil {
		return err
	}
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if state := map[string]string{"answer": OpenRequest, "rate": Done}[act]; state != "" {
		list, err := r.requestsOf(c.Context(), u.EmployerID, 30)
		if err != nil {
			return err
		}
		fields = withRequests(c, fields, list, state)
	}
	f, _ := web.ActForm(c, act, fields...)
	ctx, id, version, once := c.Context(), u.EmployerID, f.Version(), c.Once()
	which := func(name string) int64 {
		n, _ := strconv.ParseInt(f.Choice(name), 10, 64) // the form has checked it against its options
		return n
	}
	asking := func(prefix string) Asking {
		return Asking{Kind: f.Choice(prefix + "_kind"), Text: f.Text(prefix + "_text"), Doer: f.Text(prefix + "_doer"), WorkDays: int(f.Int(prefix + "_days")), To: f.Choice(prefix + "_to")}
	}
	var do func() error
	switch act {
	case "officer":
		who := which("officer_who")
		do = func() error { return r.Name(ctx, c.User, id, who, version, once) }
	case "visit":
		v, ask := Visit{EmployerID: id, Day: db.On(f.Date("visit_day")), Way: f.Choice("visit_way"), Said: f.Text("visit_said")}, asking("visit")
		do = func() error { return r.See(ctx, c.User, v, ask, once) }
	case "ask":
		ask := asking("ask")
		do = func() error { return r.Ask(ctx, c.User, id, ask, once) }
	case "contact":
		contact := Contact{Name: f.Text("contact_name"), Phone: f.Text("contact_phone")}
		do = func() error { return r.SetContact(ctx, c.User, id, contact, version, once) }
	case "leave":
		why := f.Text("leave_why")
		do = func() error { return r.Leave(ctx, c.User, id, why, version, once) }
	case "answer":
		request, text := which("answer_which"), f.Text("answer_text")
		do = func() error { return r.Answer(ctx, c.User, id, request, text, once) }
	case "rate":
		request, content := which("rate_which"), int(which("rate_content"))
		do = func() error { return r.Rate(ctx, c.User, id, request, content, once) }
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("dispatch.done"))
			return c.Redirect(unitAt(id))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	if err := MayManage(c.User, u.Area); err != nil {
		return err
	}
	return r.renderUnit(c, f, act)
}
