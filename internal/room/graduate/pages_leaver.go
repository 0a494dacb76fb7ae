package graduate

import (
	"cmp"
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// share is a part of a whole in words; nothing of nothing.
func share(part, whole int64) string {
	if whole == 0 {
		return "—"
	}
	return lang.Percent(part * 10_000 / whole)
}

// leaverList is the list of an area's graduates without work, with the rate of service by area above it.
func (r *Room) leaverList(c *web.Ctx) error {
	ctx := c.Context()
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	want := c.Query("want")
	if !slices.Contains(leaverStates, want) {
		want = ""
	}
	list, err := leaversIn(ctx, r.DB, c.User.Area, want, at.Int(0), shown+1)
	if err != nil {
		return err
	}
	list, next := cut(list, func(l *Leaver) int64 { return l.PersonID })
	level := min(area.Level(c.User.Area)+1, area.Banner+1)
	sum, err := rates(ctx, r.DB, c.User.Area, len(area.At("152921100001", level)))
	if err != nil {
		return err
	}
	var all Rate
	t := table{ID: "rates", Head: c.T("graduate.rates"), Note: c.T("graduate.standard"), Heads: heads(c, "area", "+leavers", "+reached", "+wanting", "+studying", "+notnow", "+served", "+servedRate"), Empty: c.T("graduate.leaversNone")}
	for _, x := range sum {
		all.All, all.Reached, all.Wanting, all.Served = all.All+x.All, all.Reached+x.Reached, all.Wanting+x.Wanting, all.Served+x.Served
		n := func(v int64) cell { return cell{Text: lang.Int(v), Right: true} }
		t.Rows = append(t.Rows, []cell{{Text: area.Name(x.Area)}, n(x.All), n(x.Reached), n(x.Wanting), n(x.Studying), n(x.NotNow), n(x.Served), {Text: share(x.Served, x.Wanting), Right: true}})
	}
	rows, err := r.leaverRows(c, list)
	if err != nil {
		return err
	}
	d := content{Tabs: r.tabs(c, atLeavers), Paged: true, Paging: c.Paging(all.All, len(list), next), Actions: []web.Tab{{Text: c.T("graduate.export"), Href: atLeavers + "/export"}},
		Figures: []web.Figure{{Label: c.T("graduate.leavers"), Value: lang.Int(all.All), Unit: c.T("graduate.people")}, {Label: c.T("graduate.reachedRate"), Value: share(all.Reached, all.All)}, {Label: c.T("graduate.servedRate"), Value: share(all.Served, all.Wanting)}},
		Tables:  []table{t, {ID: "list", Head: c.T("graduate.leaversHead"), Note: c.T("graduate.leaversNote", lang.Date(c.Lang, r.asOf())), Heads: heads(c, "name", "area", "graduated", "degree", "wantHead", "+talks", "+guidances", "+offers", "+practices", "stateHead"), Rows: rows, Empty: c.T("graduate.leaversNone")}}}
	d.Chips = []web.Tab{{Text: c.T("graduate.all"), Href: atLeavers, Current: want == ""}}
	for _, s := range leaverStates {
		d.Chips = append(d.Chips, web.Tab{Text: word(c, "want", s), Href: atLeavers + "?want=" + s, Current: want == s})
	}
	if want != "" {
		d.Paging.Total = -1
	}
	return c.Render("graduate/sheet", web.Page{Title: c.T("graduate.tab.leavers"), Lede: c.T("graduate.leaversLede"), Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.title"), Href: atDesk}}, Data: d})
}

func (r *Room) leaverRows(c *web.Ctx, list []Leaver) (rows [][]cell, err error) {
	counts, states, err := given(c.Context(), r.DB, list)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, l := range list {
		ids = append(ids, l.PersonID)
	}
	names, err := r.People.Names(c.Context(), ids)
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		g, state := counts[l.PersonID], cmp.Or(states[l.PersonID], Unasked)
		n := func(v int64) cell { return cell{Text: lang.Int(v), Right: true} }
		rows = append(rows, []cell{{Text: identity.MaskName(names[l.PersonID]), Href: leaverAt(l.PersonID), Small: l.Major}, {Text: area.Name(area.At(l.Area, area.Banner+1))}, {Text: l.Graduated.String()}, {Text: eduName(c, l.Degree)}, {Text: word(c, "want", state)},
			n(g.Talk), n(g.Guidance), n(g.Vacancy), n(g.Practice), serviceTag(c, g, state)})
	}
	return rows, nil
}

// serviceTag says whether the standard of service is kept.
func serviceTag(c *web.Ctx, g Given, state string) cell {
	switch {
	case state == Unasked:
		return cell{Text: c.T("graduate.toReach"), Kind: "warn"}
	case state != Wants:
		return cell{Text: c.T("graduate.notNeeded")}
	case g.Enough():
		return cell{Text: c.T("graduate.enough"), Kind: "ok"}
	}
	return cell{Text: c.T("graduate.notEnough"), Kind: "warn"}
}

func (r *Room) theLeaver(c *web.Ctx) (Leaver, error) {
	id, err := c.PathID("person")
	if err != nil {
		return Leaver{}, err
	}
	l, found, err := leaverByID(c.Context(), r.DB, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "此人不在离校未就业毕业生名单中")
	}
	if err != nil {
		return l, err
	}
	return l, MayAct(c.User, l.Area)
}

func contactFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "kind", Label: c.T("graduate.f.kind"), Kind: "radios", Need: true, Options: options(c, "contact", contactKinds)}, {Name: "state", Label: c.T("graduate.f.want"), Hint: c.T("graduate.f.wantHint"), Kind: "select", Options: options(c, "want", leaverStates[1:])},
		{Name: "day", Label: c.T("graduate.f.day"), Kind: "date", Need: true, Width: "8"}, {Name: "text", Label: c.T("graduate.f.text"), Kind: "textarea", Need: true, Max: 400, Rows: 2}}
}

func (r *Room) showLeaver(c *web.Ctx) error {
	l, err := r.theLeaver(c)
	if err != nil {
		return err
	}
	return r.renderLeaver(c, &l, nil, "")
}

// renderLeaver shows what was done for somebody on the list; the look is recorded.
func (r *Room) renderLeaver(c *web.Ctx, l *Leaver, failing *web.Form, failed string) error {
	ctx := c.Context()
	p, err := r.People.Get(ctx, l.PersonID)
	if err != nil {
		return err
	}
	if failing == nil {
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			return r.note(ctx, tx, c.User, "look", "person", l.PersonID, l.Area, "查看毕业生实名服务记录")
		}); err != nil {
			return err
		}
	}
	counts, states, err := given(ctx, r.DB, []Leaver{*l})
	if err != nil {
		return err
	}
	list, err := r.contactsOf(ctx, r.DB, l.PersonID)
	if err != nil {
		return err
	}
	g, state := counts[l.PersonID], cmp.Or(states[l.PersonID], Unasked)
	d := content{Tabs: r.tabs(c, atLeavers), Tags: []cell{serviceTag(c, g, state)}, Pairs: []web.Pair{{Key: c.T("graduate.idNumber"), Value: web.MaskID(p.IDNumber)}, {Key: c.T("graduate.phone"), Value: p.Phone}, {Key: c.T("graduate.home"), Value: area.FullName(l.Area)},
		{Key: c.T("graduate.graduated"), Value: l.Graduated.String()}, {Key: c.T("graduate.degree"), Value: eduName(c, l.Degree)}, {Key: c.T("graduate.major"), Value: l.Major}, {Key: c.T("graduate.wantHead"), Value: word(c, "want", state)}},
		Actions: []web.Tab{{Text: c.T("graduate.toJobs"), Href: "/jobs/person/" + number(l.PersonID)}}}
	w := why{ID: "standard", Head: c.T("graduate.standardHead")}
	for _, x := range []struct {
		key       string
		have, ask int64
	}{{"talks", g.Talk, 1}, {"guidances", g.Guidance, 1}, {"offers", g.Vacancy, perVacant}, {"practices", g.Practice, 1}} {
		w.Reasons = append(w.Reasons, web.Reason{Kind: map[bool]string{true: Yes, false: No}[x.have >= x.ask], Text: c.T("graduate.haveOf", c.T("graduate."+x.key), x.have, x.ask)})
	}
	d.Whys = []why{w}
	for _, x := range list {
		text := word(c, "contact", x.Kind)
		if x.State != "" {
			text += "：" + word(c, "want", x.State)
		}
		d.Events = append(d.Events, web.Event{When: lang.Date(c.Lang, x.On.Time), ISO: x.On.String(), Text: text, Note: x.Text + "　" + x.By})
	}
	b := boxOf(c, "contact", leaverAt(l.PersonID), 0, failing, failed, contactFields(c)...)
	b.Open = true
	b.Form.Set("contact_day", r.today().String())
	d.Boxes = []box{b}
	return c.Render("graduate/sheet", web.Page{Title: p.Name, Window: identity.MaskName(p.Name), Form: failing, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.tab.leavers"), Href: atLeavers}}, Data: d})
}

func (r *Room) takeContact(c *web.Ctx) error {
	l, err := r.theLeaver(c)
	if err != nil {
		return err
	}
	f, _ := web.ActForm(c, "contact", contactFields(c)...)
	x := Contact{PersonID: l.PersonID, Kind: f.Choice("contact_kind"), State: f.Choice("contact_state"), On: db.On(f.Date("contact_day")), Text: f.Text("contact_text")}
	if f.OK() {
		err := r.Contact(c.Context(), c.User, x, c.Once())
		if err == nil {
			c.Flash("ok", c.T("graduate.done"))
			return c.Redirect(leaverAt(l.PersonID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderLeaver(c, &l, f, "contact")
}

// showYears tells how many of each year's graduates have work by insurance, by the areas under the reader's.
func (r *Room) showYears(c *web.Ctx) error {
	list, err := years(c.Context(), r.DB, c.User.Area)
	if err != nil {
		return err
	}
	level := min(area.Level(c.User.Area)+1, area.Banner)
	sum := map[string]*Year{}
	var order []*Year
	for _, y := range list {
		key := strconv.Itoa(y.Year) + area.At(y.Area, level)
		if sum[key] == nil {
			sum[key] = &Year{Area: area.At(y.Area, level), Year: y.Year}
			order = append(order, sum[key])
		}
		sum[key].People, sum[key].Unit, sum[key].Flexible = sum[key].People+y.People, sum[key].Unit+y.Unit, sum[key].Flexible+y.Flexible
	}
	slices.SortStableFunc(order, func(a, b *Year) int { return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.Area, b.Area)) })
	t := table{ID: "years", Head: c.T("graduate.yearsHead"), Note: c.T("graduate.yearsNote", lang.Date(c.Lang, r.asOf())), Heads: heads(c, "yearOf", "area", "+graduates", "+atUnit", "+flexible", "+rate"), Empty: c.T("graduate.yearsNone")}
	for _, y := range order {
		t.Rows = append(t.Rows, []cell{{Text: c.T("graduate.yearN", strconv.Itoa(y.Year))}, {Text: area.Name(y.Area)}, {Text: lang.Int(y.People), Right: true}, {Text: lang.Int(y.Unit), Right: true}, {Text: lang.Int(y.Flexible), Right: true}, {Text: share(y.Unit+y.Flexible, y.People), Right: true}})
	}
	return c.Render("graduate/sheet", web.Page{Title: c.T("graduate.tab.years"), Lede: c.T("graduate.yearsLede"), Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.title"), Href: atDesk}}, Data: content{Tabs: r.tabs(c, atYears), Tables: []table{t}}})
}

func eventFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "title", Label: c.T("graduate.f.event"), Need: true, Max: 60}, {Name: "kind", Label: c.T("graduate.f.eventKind"), Kind: "select", Need: true, Options: options(c, "event", eventKinds)}, {Name: "area", Label: c.T("graduate.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)},
		{Name: "school", Label: c.T("graduate.school"), Max: 60}, {Name: "place", Label: c.T("graduate.f.place"), Need: true, Max: 80}, {Name: "day", Label: c.T("graduate.f.day"), Kind: "date", Need: true, Width: "8"}}
}

func (r *Room) showEvents(c *web.Ctx) error { return r.renderEvents(c, nil, "") }

func (r *Room) renderEvents(c *web.Ctx, failing *web.Form, failed string) error {
	list, err := events(c.Context(), r.DB, c.User.Area, r.today(), 100)
	if err != nil {
		return err
	}
	t := table{ID: "events", Head: c.T("graduate.events"), Heads: heads(c, "f.event", "f.eventKind", "area", "school", "f.place", "f.day"), Empty: c.T("graduate.eventsNone")}
	for _, e := range list {
		t.Rows = append(t.Rows, []cell{{Text: e.Title}, {Text: word(c, "event", e.Kind)}, {Text: area.Name(e.Area)}, {Text: cmp.Or(e.School, "—")}, {Text: e.Place}, {Text: e.On.String()}})
	}
	d := content{Tabs: r.tabs(c, atEvents), Tables: []table{t}, Boxes: []box{boxOf(c, "event", atEvents, 0, failing, failed, eventFields(c)...)}}
	return c.Render("graduate/sheet", web.Page{Title: c.T("graduate.tab.events"), Lede: c.T("graduate.eventsLede"), Form: failing, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.title"), Href: atDesk}}, Data: d})
}

func (r *Room) takeEvent(c *web.Ctx) error {
	f, _ := web.ActForm(c, "event", eventFields(c)...)
	e := Event{Title: f.Text("event_title"), Kind: f.Choice("event_kind"), Area: f.Choice("event_area"), School: f.Text("event_school"), Place: f.Text("event_place"), On: db.On(f.Date("event_day"))}
	if f.OK() {
		err := r.AddEvent(c.Context(), c.User, e, c.Once())
		if err == nil {
			c.Flash("ok", c.T("graduate.done"))
			return c.Redirect(atEvents)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderEvents(c, f, "event")
}
