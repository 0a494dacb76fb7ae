package outwork

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// awayList lists who of an area works away. A coordinator enters people here on a phone.
func (r *Room) awayList(c *web.Ctx) error {
	at, err := c.Cursor(3)
	if err != nil {
		return err
	}
	afterArea, afterPerson, afterID := "", int64(0), int64(0)
	if !at.Start() {
		afterArea, afterPerson, afterID = at.Text(0), at.Int(1), at.Int(2)
	}
	all := c.Query("all") == "1"
	list, err := r.aways(c.Context(), c.User.Area, all, afterArea, afterPerson, afterID, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		l := &list[shown-1]
		next = web.NewCursor(l.Area, l.PersonID, l.ID)
	}
	names, err := r.namesOf(c, list)
	if err != nil {
		return err
	}
	away, within, err := r.countAway(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	t := table{ID: "list", Head: c.T("outwork.tab.away"), Heads: heads(c, "person", "area", "place", "work", "since", "back"), Empty: c.T("outwork.emptyAway")}
	for i := range list {
		a := &list[i]
		t.Rows = append(t.Rows, []cell{{Text: names[a.PersonID], Href: awayAt(a)}, {Text: area.Name(a.Area)}, {Text: a.Place}, {Text: a.Work}, {Text: a.Since.String()}, backCell(c, a)})
	}
	total := away
	if all {
		total = -1
	}
	d := screen{Tables: []table{t}, Paged: true, Paging: c.Paging(total, len(list), next), Figures: []web.Figure{{Label: c.T("outwork.g.away"), Value: lang.Int(away)}, {Label: c.T("outwork.g.outside"), Value: lang.Int(away - within)}},
		Chips: []web.Tab{{Text: c.T("outwork.onlyAway"), Href: atAway, Current: !all}, {Text: c.T("outwork.alsoBack"), Href: atAway + "?all=1", Current: all}}}
	if !account.Coordinator(c.User) {
		d.Tabs = r.tabs(c, atAway)
	}
	if c.User.Role == account.Officer {
		d.Actions = []web.Tab{{Text: c.T("outwork.away.new"), Href: atAway + "/new"}}
	}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.tab.away"), Lede: c.T("outwork.awayLede"), Data: d, Nav: navOf(c.User)})
}

// navOf is the menu entry that a page of people away belongs to.
func navOf(u web.User) string {
	if account.Coordinator(u) {
		return atAway
	}
	return atDesk
}

func (r *Room) namesOf(c *web.Ctx, list []Away) (map[int64]string, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].PersonID
	}
	names, err := r.People.Names(c.Context(), ids)
	for id, name := range names {
		names[id] = web.MaskName(name)
	}
	return names, err
}

func (r *Room) askAway(c *web.Ctx) error  { return r.awayForm(c, false) }
func (r *Room) takeAway(c *web.Ctx) error { return r.awayForm(c, true) }

// awayForm finds somebody of the area by name or identity number, and writes down that they work away.
func (r *Room) awayForm(c *web.Ctx, take bool) error {
	who := field(c, "who", "", true, 30)
	who.Hint, who.Auto = c.T("outwork.f.whoHint"), "off"
	b := boxOf(c, "away", atAway+"/new", 0, nil, "", append([]web.Field{who}, awayFields(c)...)...)
	b.Note = c.T("outwork.awayNote", area.Name(c.User.Area))
	if take {
		a := answers{b.Form, "away"}
		text := a.text("who")
		in := awayOf(a, 0)
		if a.OK() {
			p, err := r.only(c, text)
			if err == nil {
				in.PersonID = p.ID
				_, err = r.GoAway(c.Context(), c.User, in, c.Once())
			}
			if err == nil {
				c.Flash("ok", c.T("outwork.done"))
				return c.Redirect(atAway)
			}
			if fault.Is(err, fault.NotFound) {
				a.Fail("away_who", fault.TextOf(err))
			} else if err := a.Form.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("outwork/form", web.Page{Title: c.T("outwork.away.new"), Form: b.Form, Nav: navOf(c.User), Crumbs: crumb(c, "outwork.tab.away", atAway), Data: b})
}

// only is the one person of the reader's area with a name or identity number. Several of a name are told apart by the number.
func (r *Room) only(c *web.Ctx, text string) (person.Person, error) {
	found, err := r.People.Search(c.Context(), c.User.Area, text, "", 0, 50)
	if err != nil {
		return person.Person{}, err
	}
	var same []person.Person
	for _, p := range found {
		if len(text) >= 15 && text[0] >= '0' && text[0] <= '9' || person.NameKey(p.Name) == person.NameKey(text) {
			same = append(same, p)
		}
	}
	switch len(same) {
	case 0:
		return person.Person{}, fault.New(fault.NotFound, "%s没有找到“%s”，请写全姓名或改填身份证号", area.Name(c.User.Area), text)
	case 1:
		return same[0], nil
	}
	var births []string
	for _, p := range same[:min(len(same), 5)] {
		births = append(births, p.Birth.Format("2006年1月"))
	}
	return person.Person{}, fault.New(fault.Invalid, "叫“%s”的有 %d 人（%s出生），请改填身份证号", text, len(same), strings.Join(births, "、"))
}

// theAway is the time away of an address, for staff whose area reaches the person.
func (r *Room) theAway(c *web.Ctx) (Away, error) {
	who, err := c.PathID("person")
	if err != nil {
		return Away{}, err
	}
	id, err := c.PathID("id")
	if err != nil {
		return Away{}, err
	}
	a, err := awayByID(c.Context(), r.DB, who, id)
	if err == nil {
		err = account.CanSeePerson(c.User, a.Area, a.PersonID)
	}
	return a, err
}

func (r *Room) showAway(c *web.Ctx) error { return r.renderAway(c, nil, "") }

func (r *Room) renderAway(c *web.Ctx, failing *web.Form, failed string) error {
	a, err := r.theAway(c)
	if err != nil {
		return err
	}
	p, err := r.People.Get(c.Context(), a.PersonID)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.noteOf(c.Context(), tx, c.User, "read", a.Area, "查看外出务工记录", a.PersonID)
	}); err != nil {
		return err
	}
	d := screen{Pairs: []web.Pair{{Key: c.T("outwork.h.person"), Value: p.Name, Note: web.MaskID(p.IDNumber)}, {Key: c.T("outwork.h.area"), Value: area.FullName(a.Area)}, {Key: c.T("outwork.h.place"), Value: a.Place},
		{Key: c.T("outwork.h.work"), Value: a.Work}, {Key: c.T("outwork.h.since"), Value: a.Since.String()}, {Key: c.T("outwork.h.back"), Value: backCell(c, &a).Text}, {Key: c.T("outwork.f.contact"), Value: r.contactText(c, &a, &p)},
		{Key: c.T("outwork.writtenBy"), Value: a.By}}}
	requests, err := r.requestsOf(c.Context(), a.PersonID, 20)
	if err != nil {
		return err
	}
	t := table{ID: "requests", Head: c.T("outwork.tab.requests"), Heads: heads(c, "kind", "area", "state", "answer"), Empty: c.T("outwork.emptyRequests")}
	for i := range requests {
		v := &requests[i]
		one := cell{Text: word(c, "request", v.Kind), Small: v.On.String()}
		if MayAnswer(c.User, v) == nil {
			one.Href = requestAt(v)
		}
		answer := orDash(v.Answer)
		if account.Coordinator(c.User) { // what was done about wages or an injury is the person's and the banners'
			answer = "—"
		}
		t.Rows = append(t.Rows, []cell{one, {Text: area.Name(v.Area)}, {Text: word(c, "requestState", v.State), Kind: stateKind[v.State], Small: c.T("outwork.dueOn", v.Due.String())}, {Text: answer}})
	}
	d.Tables = []table{t}
	if account.CanVisit(c.User, a.Area) == nil {
		if a.Returned.IsZero() {
			d.Boxes = append(d.Boxes, boxOf(c, "back", awayAt(&a)+"/back", a.Version, failing, failed, backFields(c)...))
		}
		centers, err := r.centerOptions(c)
		if err != nil {
			return err
		}
		ask := boxOf(c, "ask", awayAt(&a)+"/ask", a.Version, failing, failed, askFields(c, centers)...)
		ask.Note = c.T("outwork.askNote")
		d.Boxes = append(d.Boxes, ask)
	}
	return c.Render("outwork/sheet", web.Page{Title: web.MaskName(p.Name), Form: failing, Data: d, Nav: navOf(c.User), Crumbs: crumb(c, "outwork.tab.away", atAway)})
}

// contactText is how somebody may be reached: the number only when they chose it.
func (r *Room) contactText(c *web.Ctx, a *Away, p *person.Person) string {
	if a.Contact == "phone" && p.Phone != "" {
		return word(c, "contact", a.Contact) + " " + web.MaskPhone(p.Phone)
	}
	return word(c, "contact", a.Contact)
}

func (r *Room) actAway(c *web.Ctx) error {
	v, err := r.theAway(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	var a answers
	var do func() error
	switch act {
	case "back":
		a = answering(c, act, backFields(c)...)
		on := a.day("on")
		do = func() error { return r.ComeBack(c.Context(), c.User, v.PersonID, v.ID, on, a.Version(), c.Once()) }
	case "ask":
		centers, err := r.centerOptions(c)
		if err != nil {
			return err
		}
		a = answering(c, act, askFields(c, centers)...)
		in := requestOf(a, v.PersonID, len(centers) > 0)
		do = func() error { _, err := r.Ask(c.Context(), c.User, in, c.Once()); return err }
	default:
		return noPage
	}
	if a.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(awayAt(&v))
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderAway(c, a.Form, act)
}

// centerList lists service centres for everybody; those who keep them add new ones.
func (r *Room) centerList(c *web.Ctx) error { return r.renderCenters(c, nil) }

func centerFields(c *web.Ctx) []web.Field {
	where := field(c, "area", "select", true, 0)
	where.Options = account.Places(c.User.Area)
	outside := field(c, "outsideRegion", "check", false, 0)
	return []web.Field{field(c, "centerName", "", true, 60), where, outside, field(c, "centerPlace", "", true, 100), field(c, "phone", "tel", true, 30), field(c, "hours", "", false, 60)}
}

func (r *Room) renderCenters(c *web.Ctx, failing *web.Form) error {
	list, err := r.centers(c.Context(), region, most)
	if err != nil {
		return err
	}
	t := table{ID: "list", Head: c.T("outwork.tab.centers"), Note: c.T("outwork.total", len(list)), Heads: heads(c, "center", "area", "address", "phone", "hours"), Empty: c.T("outwork.emptyCenters")}
	for i := range list {
		v := &list[i]
		name := cell{Text: v.Name}
		if v.Outside {
			name.Small = c.T("outwork.outside")
		}
		t.Rows = append(t.Rows, []cell{name, {Text: area.Name(v.Area)}, {Text: v.Place}, {Text: v.Phone}, {Text: orDash(v.Hours)}})
	}
	d := screen{Tables: []table{t}}
	nav := atHome
	if account.Desk(account.Officer, account.Manager)(c.User) {
		failed := ""
		if failing != nil {
			failed = "center"
		}
		d.Tabs, nav = r.tabs(c, atCenters), atDesk
		d.Boxes = []box{boxOf(c, "center", atCenters, 0, failing, failed, centerFields(c)...)}
	}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.centersTitle"), Lede: c.T("outwork.centersLede"), Form: failing, Data: d, Public: public(c.User), Nav: nav})
}

func (r *Room) takeCenter(c *web.Ctx) error {
	a := answering(c, "center", centerFields(c)...)
	in := Center{Name: a.text("centerName"), Area: a.pick("area"), Outside: a.Flag("center_outsideRegion"), Place: a.text("centerPlace"), Phone: a.text("phone"), Hours: a.text("hours")}
	if a.OK() {
		_, err := r.AddCenter(c.Context(), c.User, in, c.Once())
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(atCenters)
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderCenters(c, a.Form)
}
