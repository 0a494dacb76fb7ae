package plan

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

func (p pages) split(c *web.Ctx) error { return p.showSplit(c, nil) }

// readSplit is the decomposition of the address and its target.
func (p pages) readSplit(c *web.Ctx) (Split, *indicator.Target, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Split{}, nil, err
	}
	s, err := p.Split(c.Context(), c.User, id)
	if err != nil {
		return s, nil, err
	}
	t, err := p.divided(c.Context(), s)
	return s, t, err
}

func answerForm(c *web.Ctx, t *indicator.Target) *web.Form {
	return c.Form(web.Field{Name: "answer", Label: c.T("plan.split.answer"), Kind: "radios", Need: true, Options: []web.Option{
		{Value: "agree", Text: c.T("plan.split.agree")}, {Value: "object", Text: c.T("plan.split.object")}}},
		web.Field{Name: "wanted", Label: c.T("plan.split.wanted"), Max: 14, Width: "8", Unit: unitOf(c.T, t.Unit)},
		web.Field{Name: "reason", Label: c.T("plan.split.reason"), Kind: "textarea", Max: 300, Rows: 3})
}

func (p pages) showSplit(c *web.Ctx, form *web.Form) error {
	s, t, err := p.readSplit(c)
	if err != nil {
		return err
	}
	d, err := p.Indicators.Definition(c.Context(), s.Indicator)
	if err != nil {
		return err
	}
	rule := ruleOf(s.Rule)
	page := SplitPage{Split: s, Name: nameOf(c.T, d), AreaName: area.Name(s.Area), Target: targetText(c.T, d, t), Unit: unitOf(c.T, t.Unit), Sum: Figure(s.Total, t.Unit),
		Rule: c.T("plan.split.rule", rule.Population, rule.Base, rule.Labour), StateText: c.T("plan.split.state."+string(s.State), s.Round), Action: splitHref(s.ID)}
	above := canSee(c.User, s.Area) == nil
	for _, o := range s.Offers {
		if !above && o.Area != home(c.User) {
			continue
		}
		row := SplitRow{Area: o.Area, Name: area.Name(o.Area), Offered: Figure(o.Offered, t.Unit), Answer: c.T("plan.split.said." + o.Answer), Reason: o.Reason}
		if o.Answer == "object" {
			row.Wanted = Figure(o.Wanted, t.Unit)
		}
		if o.Round == s.Round {
			page.Rows = append(page.Rows, row)
			if o.Area == c.User.Area {
				page.Own, page.MayAnswer = row.Offered, s.State == Asked && o.Answer == "" && (c.User.Role == manager || c.User.Role == officer)
			}
		}
		e := web.Event{When: c.T("plan.split.round", o.Round), Text: c.T("plan.split.offered", row.Name, row.Offered), Note: o.Why}
		if o.Answer != "" {
			e.When, e.Note = stamp(o.At), c.T("plan.split.told", row.Answer, o.ByName)
			if row.Wanted != "" {
				e.Text += c.T("plan.split.wants", row.Wanted, o.Reason)
			}
		}
		page.Log = append([]web.Event{e}, page.Log...)
	}
	page.MayChange = s.State == Asked && canWrite(c.User, s.Area) == nil
	if page.Outdated = s.Total != t.Value && (s.State == Asked || s.State == ForApproval); page.Outdated {
		page.Target += " " + page.Unit
	}
	if form == nil {
		switch {
		case page.MayChange:
			form = p.shareForm(c, t, s.now())
			form.SetVersion(s.Version)
		case page.MayAnswer:
			form = answerForm(c, t)
		}
	}
	return c.Render("plan/split", web.Page{Title: c.T("plan.split.of", page.Name), Lede: page.AreaName, Form: form, Data: page, Nav: "/plan",
		Crumbs: inArea(c.User, home(c.User), web.Crumb{Text: c.T("plan.split.title"), Href: "/plan/splits"})})
}

func (p pages) answerSplit(c *web.Ctx) error {
	s, t, err := p.readSplit(c)
	if err != nil {
		return err
	}
	form := answerForm(c, t)
	o := Offer{Answer: form.Choice("answer"), Reason: form.Text("reason")}
	typed := form.Text("wanted")
	if o.Answer == "object" {
		var err error
		if o.Wanted, err = indicator.Scaled(half(typed), t.Unit); err != nil {
			form.Fail("wanted", c.T("plan.split.bad", c.T("plan.split.wanted"), typed))
		}
		if o.Reason == "" {
			form.Fail("reason", c.T("plan.split.needReason"))
		}
	}
	if !form.OK() {
		return p.showSplit(c, form)
	}
	if err := p.AnswerOffer(c.Context(), c.User, c.Once(), s.ID, o); err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.split.answered"))
	return c.Redirect(splitHref(s.ID))
}

// dropSplit gives a decomposition up; the shares typed do not matter.
func (p pages) dropSplit(c *web.Ctx, form *web.Form, id int64, why string) error {
	if why == "" {
		form.Fail("why", c.T("plan.split.needDropWhy"))
		return p.showSplit(c, form)
	}
	if err := p.Drop(c.Context(), c.User, c.Once(), id, form.Version(), why); err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.split.done.drop"))
	return c.Redirect("/plan/splits")
}

// goOn begins another round with the shares typed, or, with the button of the end, asks for approval of those that stand.
func (p pages) goOn(c *web.Ctx) error {
	s, t, err := p.readSplit(c)
	if err != nil {
		return err
	}
	if err := canWrite(c.User, s.Area); err != nil {
		return err
	}
	form := p.shareForm(c, t, s.now())
	offers, why := shares(form, c, t, s.now()), form.Text("why")
	act := c.R.PostFormValue("act")
	switch {
	case act == "drop":
		return p.dropSplit(c, form, s.ID, why)
	case act != "round" && act != "finish":
		return fault.New(fault.Invalid, "请选择再征求一轮意见，或送审下达")
	case form.OK() && act == "finish" && why == "":
		form.Fail("why", c.T("plan.split.needWhy"))
	}
	for i, o := range s.now() {
		if form.OK() && act == "finish" && offers[i].Offered != o.Offered {
			form.Fail("v"+o.Area, c.T("plan.split.changed", Figure(o.Offered, t.Unit)))
		}
	}
	if form.OK() {
		if err := checkSum(s.Total, t.Unit, offers); err != nil {
			form.Fail("v"+offers[0].Area, err.Error())
		}
	}
	if !form.OK() {
		return p.showSplit(c, form)
	}
	if act == "round" {
		err = p.NextRound(c.Context(), c.User, c.Once(), s.ID, form.Version(), offers)
	} else {
		err = p.Finish(c.Context(), c.User, c.Once(), s.ID, form.Version(), why)
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.split.done."+act))
	return c.Redirect(splitHref(s.ID))
}
