package outwork

import (
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// requestList lists requests of an area, the most urgent first.
func (r *Room) requestList(c *web.Ctx) error {
	state := c.Query("state")
	if state != Done {
		state = Waiting
	}
	after, afterID, _, err := dayCursor(c)
	if err != nil {
		return err
	}
	list, err := r.requests(c.Context(), c.User.Area, state, after, afterID, shown+1)
	if err != nil {
		return err
	}
	waiting, late, done, inTime, err := r.countRequests(c.Context(), c.User.Area, db.On(r.today()))
	if err != nil {
		return err
	}
	total := map[string]int64{Waiting: waiting, Done: done}[state]
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].Due.String(), list[shown-1].ID)
	}
	aways := make([]Away, len(list))
	for i := range list {
		aways[i].PersonID = list[i].PersonID
	}
	names, err := r.namesOf(c, aways)
	if err != nil {
		return err
	}
	t := table{ID: "list", Head: word(c, "requestState", state), Heads: heads(c, "kind", "person", "area", "askedOn", "deadline"), Empty: c.T("outwork.emptyRequests")}
	for i := range list {
		v := &list[i]
		day := r.left(c, v.Due)
		if v.State == Done {
			day = cell{Text: v.DoneOn.String()}
			if v.DoneOn.After(v.Due.Time) {
				day.Small = c.T("outwork.wasLate")
			}
		}
		t.Rows = append(t.Rows, []cell{{Text: word(c, "request", v.Kind), Href: requestAt(v)}, {Text: names[v.PersonID]}, {Text: area.Name(v.Area)}, {Text: v.On.String()}, day})
	}
	d := screen{Tabs: r.tabs(c, atRequests), Tables: []table{t}, Paged: true, Paging: c.Paging(total, len(list), next),
		Figures: []web.Figure{{Label: word(c, "requestState", Waiting), Value: lang.Int(waiting)}, {Label: c.T("outwork.g.late"), Value: lang.Int(late), Kind: map[bool]string{true: "stop"}[late > 0]},
			{Label: word(c, "requestState", Done), Value: lang.Int(done)}, {Label: c.T("outwork.g.inTime"), Value: lang.Int(inTime)}},
		Chips: []web.Tab{{Text: word(c, "requestState", Waiting), Href: atRequests, Current: state == Waiting}, {Text: word(c, "requestState", Done), Href: atRequests + "?state=" + Done, Current: state == Done}}}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.tab.requests"), Lede: c.T("outwork.requestsLede"), Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.deskTitle", atDesk)})
}

// theRequest is the request of an address, for those who deal with it.
func (r *Room) theRequest(c *web.Ctx) (Request, error) {
	who, err := c.PathID("person")
	if err != nil {
		return Request{}, err
	}
	id, err := c.PathID("id")
	if err != nil {
		return Request{}, err
	}
	v, err := r.requestByID(c.Context(), r.DB, who, id)
	if err == nil {
		err = MayAnswer(c.User, &v)
	}
	return v, err
}

func requestFields(c *web.Ctx, act string) []web.Field {
	if act == "hand" {
		to := field(c, "to", "select", true, 0)
		to.Label, to.Options = c.T("outwork.f.handTo"), account.Banners(region)
		return []web.Field{to, field(c, "why", "", true, 150)}
	}
	answer := field(c, "answer", "textarea", true, 500)
	answer.Rows = 3
	return []web.Field{answer}
}

func (r *Room) showRequest(c *web.Ctx) error { return r.renderRequest(c, nil, "") }

func (r *Room) renderRequest(c *web.Ctx, failing *web.Form, failed string) error {
	v, err := r.theRequest(c)
	if err != nil {
		return err
	}
	p, err := r.People.Get(c.Context(), v.PersonID)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.noteOf(c.Context(), tx, c.User, "read", v.Area, "查看外出务工服务请求", v.PersonID)
	}); err != nil {
		return err
	}
	aways, err := awaysOf(c.Context(), r.DB, v.PersonID, 1)
	if err != nil {
		return err
	}
	d := screen{Tags: []cell{{Text: word(c, "requestState", v.State), Kind: stateKind[v.State]}}, Pairs: []web.Pair{{Key: c.T("outwork.h.person"), Value: p.Name, Note: web.MaskID(p.IDNumber)}, {Key: c.T("outwork.h.home"), Value: area.FullName(p.Area)},
		{Key: c.T("outwork.h.said"), Value: v.Text}, {Key: c.T("outwork.h.area"), Value: area.FullName(v.Area)}, {Key: c.T("outwork.h.askedOn"), Value: v.On.String()}}}
	if len(aways) > 0 {
		a := &aways[0]
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("outwork.h.place"), Value: a.Place, Note: a.Work}, web.Pair{Key: c.T("outwork.f.contact"), Value: r.contactText(c, a, &p)})
	}
	if v.CenterID != 0 {
		centers, err := r.centers(c.Context(), region, most)
		if err != nil {
			return err
		}
		for _, x := range centers {
			if x.ID == v.CenterID {
				d.Pairs = append(d.Pairs, web.Pair{Key: c.T("outwork.h.center"), Value: x.Name, Note: x.Phone})
			}
		}
	}
	if v.Handed != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("outwork.handed"), Value: v.Handed})
	}
	if v.State == Done {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("outwork.h.answer"), Value: v.Answer, Note: v.DoneOn.String() + "　" + v.By})
	} else {
		day := r.left(c, v.Due)
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("outwork.h.deadline"), Value: day.Text, Note: v.Due.String()})
		for _, act := range []string{"answer", "hand"} {
			d.Boxes = append(d.Boxes, boxOf(c, act, requestAt(&v)+"/"+act, v.Version, failing, failed, requestFields(c, act)...))
		}
	}
	return c.Render("outwork/sheet", web.Page{Title: word(c, "request", v.Kind), Form: failing, Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.tab.requests", atRequests)})
}

func (r *Room) actRequest(c *web.Ctx) error {
	v, err := r.theRequest(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	if act != "answer" && act != "hand" {
		return noPage
	}
	a := answering(c, act, requestFields(c, act)...)
	version := a.Version()
	var do func() error
	if act == "hand" {
		to, why := a.pick("to"), a.text("why")
		do = func() error { return r.Hand(c.Context(), c.User, v.PersonID, v.ID, to, why, version, c.Once()) }
	} else {
		text := a.text("answer")
		do = func() error { return r.Answer(c.Context(), c.User, v.PersonID, v.ID, text, version, c.Once()) }
	}
	if a.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(atRequests)
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderRequest(c, a.Form, act)
}
