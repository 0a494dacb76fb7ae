package plan

import (
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// SplitLine is a target of the list, with its decomposition.
type SplitLine struct {
	Name, Target, Year, Unit string
	Href, State, Begin       string
	New                      bool // may be begun; received: waits for the reader's answer
}

// SplitList is the page of an area's targets and their decompositions.
type SplitList struct {
	AreaName string
	Lines    []SplitLine
	Received []SplitLine // offers from above
}

func (p pages) splits(c *web.Ctx) error {
	code := c.Query("area")
	if code == "" {
		code = home(c.User)
	}
	if err := canSee(c.User, code); err != nil {
		return err
	}
	f, err := p.read(c.Context(), code, time.Time{})
	if err != nil {
		return err
	}
	definitions, err := p.Indicators.Definitions(c.Context())
	if err != nil {
		return err
	}
	list, err := p.store.splits(c.Context(), code, 200)
	if err != nil {
		return err
	}
	own, err := p.store.sharesOf(c.Context(), code)
	if err != nil {
		return err
	}
	d := SplitList{AreaName: area.Name(code)}
	byID := map[string]Indicator{}
	for _, of := range definitions {
		byID[of.ID] = of
		t := f.targetAt(code, of.ID)
		if !adds(of, t) || !of.FromRegister() || area.Level(code) > area.League {
			continue
		}
		line := SplitLine{Name: nameOf(c.T, of), Target: targetText(c.T, of, t), Unit: unitOf(c.T, t.Unit), Year: text(t.Year), Begin: "/plan/split/new?area=" + code + "&indicator=" + of.ID, New: canWrite(c.User, code) == nil}
		for _, s := range list {
			if s.Area == code && s.Indicator == of.ID && s.Year == t.Year && s.State != Dropped {
				line.New = line.New && s.State == Final && s.Total != t.Value // handed down before the target changed
				line.Href, line.State = splitHref(s.ID), c.T("plan.split.state."+string(s.State), s.Round)
				break
			}
		}
		if line.New || line.State != "" {
			d.Lines = append(d.Lines, line)
		}
	}
	for _, s := range list {
		if s.Area != code {
			of := byID[s.Indicator]
			line := SplitLine{Name: nameOf(c.T, of), Year: text(s.Year), Href: splitHref(s.ID), State: c.T("plan.split.state."+string(s.State), s.Round), Target: Figure(own[s.ID].Offered, of.Unit), Unit: unitOf(c.T, of.Unit)}
			if line.New = s.State == Asked && own[s.ID].Answer == "" && c.User.Area == code; line.New {
				line.State = c.T("plan.split.waitsForYou", s.Round)
			}
			d.Received = append(d.Received, line)
		}
	}
	slices.SortStableFunc(d.Received, func(a, b SplitLine) int { // what waits for the reader comes first
		switch {
		case a.New == b.New:
			return 0
		case a.New:
			return -1
		}
		return 1
	})
	return c.Render("plan/splits", web.Page{Title: c.T("plan.split.title"), Lede: d.AreaName, Crumbs: inArea(c.User, code), Data: d, Nav: "/plan"})
}

// SplitPage is one decomposition, being made or made.
type SplitPage struct {
	Split
	Name, AreaName, Target, Unit string
	Rule                         string
	Rows                         []SplitRow
	Sum                          string
	Form                         *web.Form
	MayChange, MayAnswer         bool
	Outdated                     bool   // the target has changed since it was begun
	Own                          string // what the reader's area is offered
	Log                          []web.Event
	StateText                    string
	Action                       string
}

// SplitRow is one area's share.
type SplitRow struct {
	Area, Name                    string
	Population, Base, Labour      string
	Part, Offered, Answer, Wanted string
	Reason                        string
}

// ruleForm asks by what a target is divided.
func ruleForm(c *web.Ctx) *web.Form {
	field := func(name string) web.Field {
		return web.Field{Name: name, Label: c.T("plan.split." + name), Kind: "number", Min: 0, Top: 100, Width: "4", Unit: "%"}
	}
	return c.Form(field("population"), field("base"), field("labour"))
}

// shareForm asks for every area's share.
func (p pages) shareForm(c *web.Ctx, t *indicator.Target, list []Offer) *web.Form {
	var fields []web.Field
	for _, o := range list {
		fields = append(fields, web.Field{Name: "v" + o.Area, Label: area.Name(o.Area), Need: true, Max: 14, Width: "8", Unit: unitOf(c.T, t.Unit)})
	}
	fields = append(fields, web.Field{Name: "why", Label: c.T("plan.split.why"), Hint: c.T("plan.split.whyHint"), Kind: "textarea", Max: 300, Rows: 2})
	form := c.Form(fields...)
	for _, o := range list {
		form.Set("v"+o.Area, Figure(o.Offered, t.Unit))
	}
	return form
}

// shares reads the typed shares.
func shares(form *web.Form, c *web.Ctx, t *indicator.Target, list []Offer) []Offer {
	out := make([]Offer, len(list))
	for i, o := range list {
		typed := form.Text("v" + o.Area)
		n, err := indicator.Scaled(half(typed), t.Unit)
		if typed != "" && err != nil {
			form.Fail("v"+o.Area, c.T("plan.split.bad", area.Name(o.Area), typed))
		}
		out[i] = Offer{Area: o.Area, Offered: n, Why: form.Text("why")}
	}
	return out
}

// divisible is the target that a new decomposition is about.
func (p pages) divisible(c *web.Ctx) (Indicator, *indicator.Target, error) {
	code := c.Query("area")
	if err := canWrite(c.User, code); err != nil {
		return Indicator{}, nil, err
	}
	d, err := p.Indicators.Definition(c.Context(), c.Query("indicator"))
	if err != nil {
		return d, nil, err
	}
	f, err := p.read(c.Context(), code, time.Time{})
	if err != nil {
		return d, nil, err
	}
	t := f.targetAt(code, d.ID)
	if !adds(d, t) || !d.FromRegister() {
		return d, nil, fault.New(fault.Invalid, "“%s”的目标不是可以相加的人数，不分解；各地按同一标准掌握", d.Name)
	}
	return d, t, nil
}

func (p pages) newSplit(c *web.Ctx) error {
	d, t, err := p.divisible(c)
	if err != nil {
		return err
	}
	rule, list, err := p.draft(c, d, t)
	if err != nil {
		return err
	}
	return p.showNewSplit(c, d, t, rule, list, p.shareForm(c, t, offersOf(list, rule, t.Value)))
}

// draft is the rule asked for in the address, and what the shares follow from.
func (p pages) draft(c *web.Ctx, d Indicator, t *indicator.Target) (SplitRule, []Basis, error) {
	rule := SplitRule{Population: 50, Base: 30, Labour: 20}
	if c.Query("rule") != "" {
		rule = SplitRule{Population: number(c.Query("population")), Base: number(c.Query("base")), Labour: number(c.Query("labour"))}
	}
	list, err := p.basis(c.Context(), d, t)
	if err != nil {
		return rule, nil, err
	}
	return rule, list, rule.Check()
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// offersOf are the shares by a rule.
func offersOf(list []Basis, rule SplitRule, total int64) []Offer {
	out := make([]Offer, len(list))
	for i, n := range divide(total, parts(list, rule)) {
		out[i] = Offer{Area: list[i].Area, Offered: n}
	}
	return out
}

func (p pages) showNewSplit(c *web.Ctx, d Indicator, t *indicator.Target, rule SplitRule, list []Basis, form *web.Form) error {
	query := "?area=" + t.Area + "&indicator=" + d.ID
	ask := ruleForm(c)
	ask.Set("population", text(rule.Population))
	ask.Set("base", text(rule.Base))
	ask.Set("labour", text(rule.Labour))
	page := SplitPage{Split: Split{Area: t.Area, Indicator: d.ID, Year: t.Year}, Name: nameOf(c.T, d), AreaName: area.Name(t.Area), Target: targetText(c.T, d, t), Unit: unitOf(c.T, t.Unit),
		Form: ask, Sum: Figure(t.Value, t.Unit), Action: "/plan/split" + query + "&rule=1&population=" + text(rule.Population) + "&base=" + text(rule.Base) + "&labour=" + text(rule.Labour)}
	byRule := parts(list, rule)
	for i, o := range offersOf(list, rule, t.Value) {
		b := list[i]
		page.Rows = append(page.Rows, SplitRow{Area: o.Area, Name: area.Name(o.Area), Population: Figure(b.Population, "人"), Base: Figure(b.Base, "人"), Labour: Figure(b.Labour, "人"),
			Part: tenths(10 * whole(byRule[i]*1000)), Offered: Figure(o.Offered, t.Unit)})
	}
	return c.Render("plan/split_new", web.Page{Title: c.T("plan.split.of", page.Name), Lede: page.AreaName, Form: form, Data: page, Nav: "/plan",
		Crumbs: inArea(c.User, t.Area, web.Crumb{Text: c.T("plan.split.title"), Href: "/plan/splits?area=" + t.Area})})
}

func (p pages) propose(c *web.Ctx) error {
	d, t, err := p.divisible(c)
	if err != nil {
		return err
	}
	rule, list, err := p.draft(c, d, t)
	if err != nil {
		return err
	}
	form := p.shareForm(c, t, offersOf(list, rule, t.Value))
	offers := shares(form, c, t, offersOf(list, rule, t.Value))
	if form.OK() {
		if err := checkSum(t.Value, t.Unit, offers); err != nil {
			form.Fail("v"+offers[0].Area, err.Error())
		}
	}
	if !form.OK() {
		return p.showNewSplit(c, d, t, rule, list, form)
	}
	id, err := p.Propose(c.Context(), c.User, c.Once(), *t, rule, offers)
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.split.sent"))
	return c.Redirect(splitHref(id))
}
