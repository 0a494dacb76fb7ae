package gig

import (
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func postFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "side", Label: c.T("gig.f.side"), Kind: "radios", Need: true, Inline: true, Options: options(c, "post", []string{Offer, Need})}, {Name: "occupation", Label: c.T("gig.h.occupation"), Need: true, Max: 30},
		{Name: "people", Label: c.T("gig.h.people"), Kind: "number", Need: true, Min: 1, Top: 5000, Width: "4", Unit: c.T("gig.persons")}, {Name: "from", Label: c.T("gig.f.starts"), Kind: "date", Need: true, Width: "8"}, {Name: "until", Label: c.T("gig.f.ends"), Kind: "date", Need: true, Width: "8"},
		{Name: "area", Label: c.T("gig.h.area"), Kind: "select", Need: true, Options: account.Banners(league(c.User.Area))}, {Name: "pay", Label: c.T("gig.f.monthPay"), Kind: "number", Need: true, Width: "8", Unit: c.T("gig.yuan")}, {Name: "note", Label: c.T("gig.h.note"), Kind: "textarea", Max: 300, Rows: 3}}
}

// sharedArea is the area whose posts somebody sees: the league, above it all of one's own.
func sharedArea(u web.User) string { return league(u.Area) }

func (r *Room) shared(c *web.Ctx) error { return r.renderShared(c, nil) }

func (r *Room) renderShared(c *web.Ctx, failing *web.Form) error {
	ctx, today, code := c.Context(), db.On(r.today()), sharedArea(c.User)
	offers, err := posts(ctx, r.DB, code, Offer, today, 200)
	if err != nil {
		return err
	}
	needs, err := posts(ctx, r.DB, code, Need, today, 200)
	if err != nil {
		return err
	}
	from, err := below(c)
	if err != nil {
		return err
	}
	var agreed []Share
	if isStaff(c.User) {
		agreed, err = sharesUnder(ctx, r.DB, c.User.Area, from, shown+1)
	} else {
		agreed, err = sharesOf(ctx, r.DB, c.User.EmployerID, from, shown+1)
	}
	if err != nil {
		return err
	}
	agreed, next := cut(agreed, func(s *Share) int64 { return s.ID })
	var who []int64
	for _, p := range append(append([]Post{}, offers...), needs...) {
		who = append(who, p.EmployerID)
	}
	for _, s := range agreed {
		who = append(who, s.LenderID, s.BorrowerID)
	}
	names, err := r.Employers.Names(ctx, who)
	if err != nil {
		return err
	}
	d := page{Informs: []inform{{"", c.T("gig.sameRelation"), c.T("gig.sharedRules")}}, Tables: []table{shareTable(c, agreed, names, r)}, Paged: true, Paging: c.Paging(-1, len(agreed), next),
		Lists: []list{postList(c, Offer, offers, needs, names), postList(c, Need, needs, offers, names)}}
	if isStaff(c.User) {
		d.Tabs = r.tabs(c, atShared)
	} else {
		failed := ""
		if failing != nil {
			failed = "post"
		}
		d.Boxes = []box{boxOf(c, "post", atShared, 0, failing, failed, postFields(c)...)}
		d.Actions = []web.Tab{{Text: c.T("gig.menu.hire"), Href: atHire, Current: true}}
	}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.tab.shared"), Lede: c.T("gig.sharedLede"), Nav: map[bool]string{true: atDesk, false: atHire}[isStaff(c.User)], Form: failing, Data: d})
}

// postList lists one side's posts. One's own come with the best posts of the other side and the reasons.
func postList(c *web.Ctx, side string, rows, others []Post, names map[int64]string) list {
	l := list{ID: side, Head: word(c, "post", side), Empty: word(c, "noPost", side)}
	for i := range rows {
		p := &rows[i]
		x := line{Text: p.Occupation, Right: c.T("gig.per.month", lang.Fen(p.Pay)), Small: []string{names[p.EmployerID] + "　" + area.Name(bannerOf(p.Area)), c.T("gig.personsN", lang.Int(p.People)) + "　" + daysText(c, p.From, p.Until), p.Note}}
		switch {
		case p.EmployerID == c.User.EmployerID && p.EmployerID != 0:
			x.Tags = []cell{tag("group", c.T("gig.yours"))}
			x.Acts = []act{{Post: true, Href: postAt(p.ID), Text: word(c, "do", "drop"), Of: p.Occupation, Second: true, Hidden: []web.Hidden{{Name: "_version", Value: number(p.Version)}}}}
			x.Small = append(x.Small, matchText(c, p, others, names))
		case c.User.Role == account.Employer:
			x.Href = proposeAt(p.ID)
		case isStaff(c.User):
			x.Small = append(x.Small, matchText(c, p, others, names))
		}
		l.Lines = append(l.Lines, x)
	}
	return l
}

// matchText is the best post of the other side, with the reasons.
func matchText(c *web.Ctx, p *Post, others []Post, names map[int64]string) string {
	var fits []fitting[Post]
	for i := range others {
		offer, need := p, &others[i]
		if p.Side == Need {
			offer, need = need, offer
		}
		if f, ok := likeness(offer, need); ok {
			fits = append(fits, fitting[Post]{others[i], f})
		}
	}
	if len(fits) == 0 {
		return c.T("gig.noMatch")
	}
	b := best(fits, 1)[0]
	return c.T("gig.matchWith", names[b.Of.EmployerID], b.Of.Occupation, whyText(c, b.Why))
}

func shareTable(c *web.Ctx, rows []Share, names map[int64]string, r *Room) table {
	t := table{ID: "shares", Head: c.T("gig.agreements"), Heads: heads(c, "occupation", "lender", "borrower", "period", "+people", "state"), Empty: c.T("gig.noAgreements")}
	for i := range rows {
		s := &rows[i]
		t.Rows = append(t.Rows, []cell{{Text: s.Occupation, Href: shareAt(s.ID), Small: area.Name(bannerOf(s.Area))}, {Text: names[s.LenderID]}, {Text: names[s.BorrowerID]}, {Text: daysText(c, s.From, s.Until)}, {Text: lang.Int(s.People), Right: true}, stateTag(c, "share", s.Stage(r.today()))})
	}
	return t
}

func (r *Room) takePost(c *web.Ctx) error {
	f, _ := web.ActForm(c, "post", postFields(c)...)
	p := Post{Side: f.Choice("post_side"), Occupation: f.Text("post_occupation"), People: f.Int("post_people"), From: db.On(f.Date("post_from")), Until: db.On(f.Date("post_until")), Area: f.Choice("post_area"), Pay: f.Fen("post_pay"), Note: f.Text("post_note")}
	if f.OK() {
		if _, err := r.Announce(c.Context(), c.User, p, c.Once()); err == nil {
			c.Flash("ok", c.T("gig.done"))
			return c.Redirect(atShared)
		} else if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderShared(c, f)
}

func (r *Room) dropPost(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := r.Unannounce(c.Context(), c.User, id, asID(c.R.PostFormValue("_version")), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("gig.done"))
	return c.Redirect(atShared)
}

func (r *Room) askShare(c *web.Ctx) error { return r.shareForm(c, false) }

func (r *Room) takeShare(c *web.Ctx) error { return r.shareForm(c, true) }

func (r *Room) shareForm(c *web.Ctx, take bool) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	p, err := postByID(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	unit, err := r.Employers.Get(c.Context(), p.EmployerID)
	if err != nil {
		return err
	}
	b := boxOf(c, "propose", proposeAt(id), 0, nil, "", web.Field{Name: "occupation", Label: c.T("gig.h.occupation"), Need: true, Max: 30}, web.Field{Name: "people", Label: c.T("gig.h.people"), Kind: "number", Need: true, Min: 1, Top: 5000, Width: "4", Unit: c.T("gig.persons")},
		web.Field{Name: "from", Label: c.T("gig.f.starts"), Kind: "date", Need: true, Width: "8"}, web.Field{Name: "until", Label: c.T("gig.f.ends"), Kind: "date", Need: true, Width: "8"}, web.Field{Name: "area", Label: c.T("gig.h.area"), Kind: "select", Need: true, Options: account.Banners(league(p.Area))},
		web.Field{Name: "place", Label: c.T("gig.f.place"), Need: true, Max: 80}, web.Field{Name: "pay", Label: c.T("gig.f.monthPay"), Kind: "number", Need: true, Width: "8", Unit: c.T("gig.yuan")},
		web.Field{Name: "payer", Label: c.T("gig.f.payer"), Hint: c.T("gig.f.payerHint"), Kind: "radios", Need: true, Inline: true, Options: options(c, "side", sides)}, web.Field{Name: "insurer", Label: c.T("gig.f.insurer"), Hint: c.T("gig.f.insurerHint"), Kind: "radios", Need: true, Inline: true, Options: options(c, "side", sides)},
		web.Field{Name: "terms", Label: c.T("gig.f.terms"), Hint: c.T("gig.f.termsHint"), Kind: "textarea", Need: true, Max: 600, Rows: 5})
	f := b.Form
	b.Note = c.T("gig.proposeTo", unit.Name, word(c, "post", p.Side))
	if !take {
		for k, v := range map[string]string{"occupation": p.Occupation, "people": number(p.People), "from": later(p.From, db.On(r.today())).String(), "until": p.Until.String(), "area": bannerOf(p.Area), "pay": web.Yuan(p.Pay), "payer": "lender", "insurer": "lender"} {
			f.Set("propose_"+k, v)
		}
	} else {
		s := Share{Occupation: f.Text("propose_occupation"), People: f.Int("propose_people"), From: db.On(f.Date("propose_from")), Until: db.On(f.Date("propose_until")), Area: f.Choice("propose_area"), Place: f.Text("propose_place"), Pay: f.Fen("propose_pay"),
			Payer: f.Choice("propose_payer"), Insurer: f.Choice("propose_insurer"), Terms: f.Text("propose_terms")}
		if f.OK() {
			if id, err := r.Propose(c.Context(), c.User, p.ID, s, c.Once()); err == nil {
				c.Flash("ok", c.T("gig.done"))
				return c.Redirect(shareAt(id))
			} else if err := f.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("gig/form", web.Page{Title: c.T("gig.act.propose"), Lede: c.T("gig.sameRelation"), Form: f, Nav: atHire, Crumbs: []web.Crumb{{Text: c.T("gig.tab.shared"), Href: atShared}}, Data: b})
}

// theShare is the agreement of an address, for those whom it concerns.
func (r *Room) theShare(c *web.Ctx) (Share, []Lent, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Share{}, nil, err
	}
	s, err := shareByID(c.Context(), r.DB, id)
	if err == nil {
		err = MayShare(c.User, &s)
	}
	if err != nil {
		return s, nil, err
	}
	list, err := lentIn(c.Context(), r.DB, id)
	return s, list, err
}

func (r *Room) showShare(c *web.Ctx) error { return r.renderShare(c, nil, "") }

func (r *Room) renderShare(c *web.Ctx, failing *web.Form, failed string) error {
	s, lent, err := r.theShare(c)
	if err != nil {
		return err
	}
	names, err := r.Employers.Names(c.Context(), []int64{s.LenderID, s.BorrowerID})
	if err != nil {
		return err
	}
	stage := s.Stage(r.today())
	d := page{Tags: []cell{stateTag(c, "share", stage)}, Informs: []inform{{"", c.T("gig.sameRelation"), c.T("gig.sharedRules")}}, Pairs: []web.Pair{{Key: c.T("gig.h.lender"), Value: names[s.LenderID]}, {Key: c.T("gig.h.borrower"), Value: names[s.BorrowerID]},
		{Key: c.T("gig.h.period"), Value: daysText(c, s.From, s.Until)}, {Key: c.T("gig.h.people"), Value: c.T("gig.personsN", lang.Int(s.People))}, {Key: c.T("gig.f.place"), Value: area.Name(bannerOf(s.Area)) + " " + s.Place}, {Key: c.T("gig.f.monthPay"), Value: lang.Fen(s.Pay) + " " + c.T("gig.yuan")},
		{Key: c.T("gig.f.payer"), Value: word(c, "side", s.Payer)}, {Key: c.T("gig.f.insurer"), Value: word(c, "side", s.Insurer), Note: c.T("gig.insureNote")}, {Key: c.T("gig.f.terms"), Value: s.Terms}}}
	if s.Why != "" {
		d.Informs = append(d.Informs, inform{"warn", word(c, "share", s.State), s.Why})
	}
	l, open, err := r.lentList(c, &s, lent)
	if err != nil {
		return err
	}
	d.Lists = []list{l}
	for _, what := range r.shareActs(c, &s, open) {
		d.Boxes = append(d.Boxes, boxOf(c, what, shareAt(s.ID)+"/"+what, s.Version, failing, failed, shareFields(c, what, open)...))
	}
	return c.Render("gig/sheet", web.Page{Title: s.Occupation, Window: c.T("gig.agreements"), Form: failing, Nav: map[bool]string{true: atDesk, false: atHire}[isStaff(c.User)], Crumbs: []web.Crumb{{Text: c.T("gig.tab.shared"), Href: atShared}}, Data: d})
}

// lentList lists the people of an agreement. The borrower reads names of those who have consented, and only a number of the others.
func (r *Room) lentList(c *web.Ctx, s *Share, lent []Lent) (list, []web.Option, error) {
	var people []int64
	for _, x := range lent {
		people = append(people, x.PersonID)
	}
	names, err := r.People.Names(c.Context(), people)
	if err != nil {
		return list{}, nil, err
	}
	l := list{ID: "people", Head: c.T("gig.lentPeople"), Note: c.T("gig.lentNote"), Empty: c.T("gig.noLent")}
	var open []web.Option
	borrower := c.User.EmployerID == s.BorrowerID && !isStaff(c.User)
	asked := 0
	for _, x := range lent {
		said := x.State == Consented || x.State == Returned
		if borrower && !said {
			asked++
			continue
		}
		one := line{Text: names[x.PersonID], Tags: []cell{stateTag(c, "lent", x.State)}}
		if isStaff(c.User) {
			one.Text = web.MaskName(one.Text)
		}
		if x.At > 0 {
			one.Small = append(one.Small, c.T("gig.answeredAt", inZone(x.At)))
		}
		if !x.Back.IsZero() {
			one.Small = append(one.Small, c.T("gig.backOn", x.Back.String()))
		}
		if !x.Sent.IsZero() {
			one.Small = append(one.Small, c.T("gig.sentOn", x.Sent.String()))
		}
		l.Lines = append(l.Lines, one)
		if x.State == Consented && (c.User.EmployerID == s.LenderID && x.Back.IsZero() || borrower && x.Sent.IsZero()) {
			open = append(open, web.Option{Value: number(x.PersonID), Text: names[x.PersonID]})
		}
	}
	if asked > 0 {
		l.Note = c.T("gig.othersAsked", asked)
	}
	return l, open, nil
}

// shareActs are what somebody may do about an agreement now.
func (r *Room) shareActs(c *web.Ctx, s *Share, open []web.Option) (out []string) {
	unit := c.User.EmployerID
	if isStaff(c.User) {
		unit = 0
	}
	if s.State == Proposed && unit != 0 && unit != s.AskedBy {
		out = append(out, "accept", "decline")
	}
	if s.State == Agreed && unit == s.LenderID && !s.Until.Before(r.today()) {
		out = append(out, "name")
	}
	if len(open) > 0 && unit != 0 && (s.State == Halted || s.State == Agreed && !r.today().Before(s.From.Time)) {
		out = append(out, "back")
	}
	if unit == 0 && (s.State == Proposed || s.State == Agreed) {
		out = append(out, "halt")
	}
	return out
}

func shareFields(c *web.Ctx, what string, open []web.Option) []web.Field {
	switch what {
	case "name":
		return []web.Field{{Name: "numbers", Label: c.T("gig.f.numbers"), Hint: c.T("gig.f.numbersHint"), Kind: "textarea", Need: true, Max: 2000, Rows: 4, Auto: "off"}}
	case "back":
		return []web.Field{{Name: "people", Label: c.T("gig.f.back"), Kind: "checkboxes", Need: true, Options: open}}
	case "accept":
		return nil
	}
	return []web.Field{{Name: "why", Label: c.T("gig.f.why"), Kind: "textarea", Need: true, Max: 200, Rows: 2}}
}

func (r *Room) actShare(c *web.Ctx) error {
	s, lent, err := r.theShare(c)
	if err != nil {
		return err
	}
	_, open, err := r.lentList(c, &s, lent)
	if err != nil {
		return err
	}
	ctx, what := c.Context(), c.R.PathValue("act")
	f, _ := web.ActForm(c, what, shareFields(c, what, open)...)
	version := f.Version()
	var do func() error
	switch what {
	case "accept":
		do = func() error { return r.Answer(ctx, c.User, s.ID, version, true, "", c.Once()) }
	case "decline":
		why := f.Text("decline_why")
		do = func() error { return r.Answer(ctx, c.User, s.ID, version, false, why, c.Once()) }
	case "halt":
		why := f.Text("halt_why")
		do = func() error { return r.Halt(ctx, c.User, s.ID, version, why, c.Once()) }
	case "name":
		numbers := numbersIn(f.Text("name_numbers"))
		do = func() error { _, err := r.Name(ctx, c.User, s.ID, version, numbers, c.Once()); return err }
	case "back":
		var people []int64
		for _, id := range f.Many("back_people") {
			people = append(people, asID(id))
		}
		do = func() error { return r.Back(ctx, c.User, s.ID, version, people, c.Once()) }
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if f.OK() {
		if err := do(); err == nil {
			c.Flash("ok", c.T("gig.done"))
			return c.Redirect(shareAt(s.ID))
		} else if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderShare(c, f, what)
}
