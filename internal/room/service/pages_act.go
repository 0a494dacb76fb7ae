package service

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

type actData struct {
	Act, Name, At string
	Warnings      []string
	Facts         []web.Pair
}

// askedField is the tick that answers what the register holds against an act.
func askedField(c *web.Ctx) web.Field {
	return web.Field{Name: "sure", Label: c.T("service.sure"), Kind: "check"}
}

func yesNoField(c *web.Ctx, name string) web.Field {
	return web.Field{Name: name, Label: c.T("service.field." + name), Kind: "radios", Need: true, Inline: true,
		Options: []web.Option{{Value: "是", Text: c.T("service.yes")}, {Value: "否", Text: c.T("service.no")}}}
}

func listField(c *web.Ctx, name, prefix string, values []string) web.Field {
	f := web.Field{Name: name, Label: c.T("service.field." + name), Kind: "select", Need: true}
	for i, v := range values {
		f.Options = append(f.Options, web.Option{Value: v, Text: c.T("service." + prefix + "." + strconv.Itoa(i))})
	}
	return f
}

// workplaces are the banners of the region, the reader's own first.
func workplaces(c *web.Ctx) []web.Option {
	var list []web.Option
	add := func(code string) { list = append(list, web.Option{Value: code, Text: area.FullName(code)}) }
	own := area.At(c.User.Area, area.Banner)
	add(own)
	for _, league := range area.Children("15") {
		for _, banner := range area.Children(league.Code) {
			if banner.Code != own {
				add(banner.Code)
			}
		}
	}
	return list
}

// form asks what an act needs.
func (r *Room) form(c *web.Ctx, act string, warned bool) *web.Form {
	day := web.Field{Name: "day", Label: c.T("service.day." + act), Kind: "date", Need: true}
	var fields []web.Field
	switch act {
	case Unemployed:
		fields = []web.Field{day, listField(c, "reason", "reason", Reasons), yesNoField(c, "able"), yesNoField(c, "willing"),
			{Name: "occupation", Label: c.T("service.field.wish"), Hint: c.T("service.field.wishHint"), Max: 50},
			{Name: "pay", Label: c.T("service.field.pay"), Kind: "number", Min: 100, Top: 10000000, Unit: c.T("service.yuan"), Width: "8"},
			{Name: "phone", Label: c.T("service.phone"), Kind: "tel", Max: 20, Width: "16"}}
	case Employed:
		var kinds, contracts []web.Option
		for _, k := range Kinds {
			kinds = append(kinds, web.Option{Value: k, Text: kindName(c, k)})
		}
		for _, m := range Contracts {
			contracts = append(contracts, web.Option{Value: m, Text: contractName(c, m)})
		}
		fields = []web.Field{day, {Name: "kind", Label: c.T("service.field.kind"), Kind: "radios", Need: true, Options: kinds},
			{Name: "creditcode", Label: c.T("service.field.creditcode"), Hint: c.T("service.field.creditcodeHint"), Max: 30, Width: "16"},
			{Name: "employer", Label: c.T("service.field.employer"), Hint: c.T("service.field.employerHint"), Max: 100},
			{Name: "area", Label: c.T("service.field.area"), Kind: "select", Need: true, Options: workplaces(c)},
			yesNoField(c, "urban"), yesNoField(c, "newform"), {Name: "contract", Label: c.T("service.field.contract"), Kind: "select", Need: true, Options: contracts},
			{Name: "occupation", Label: c.T("service.field.occupation"), Max: 50}}
	case Unlisted:
		fields = []web.Field{day, listField(c, "outcome", "outcome", Outcomes)}
	case Left:
		fields = []web.Field{day, listField(c, "why", "leftwhy", LeftWhys)}
	}
	if warned {
		fields = append(fields, askedField(c))
	}
	return c.Form(fields...)
}

func contractName(c *web.Ctx, months string) string {
	switch months {
	case "0":
		return c.T("service.contract.none")
	case strconv.Itoa(person.OpenEnded):
		return c.T("service.contract.open")
	}
	return c.T("service.contract.months", months)
}

// theAct is what the address names, and what the register holds against it.
func (r *Room) theAct(c *web.Ctx) (*client, string, []Finding, error) {
	act := c.R.PathValue("act")
	if !slices.Contains(Acts, act) {
		return nil, "", nil, fault.New(fault.NotFound, "没有这项办理事项，请从窗口页面进入")
	}
	p, err := r.theClient(c, "在服务窗口办理登记")
	if err != nil {
		return nil, "", nil, err
	}
	found := Check(act, p.Facts, r.Clock.Today(), p.units)
	for _, f := range found {
		if f.Refuse {
			return nil, "", nil, fault.New(fault.Conflict, "%s", c.T("service.finding."+f.Key, f.Args...))
		}
	}
	return p, act, found, nil
}

func (r *Room) ask(c *web.Ctx) error {
	p, act, found, err := r.theAct(c)
	if err != nil {
		return err
	}
	f := r.form(c, act, len(found) > 0)
	f.Set("day", r.Clock.Today().Format(time.DateOnly))
	f.Set("contract", "0")
	f.Set("area", area.At(c.User.Area, area.Banner))
	return r.renderAct(c, p, act, found, f)
}

func (r *Room) renderAct(c *web.Ctx, p *client, act string, found []Finding, f *web.Form) error {
	d := actData{Act: act, Name: p.Name, At: personAt(p.ID) + "/act/" + act}
	for _, w := range found {
		d.Warnings = append(d.Warnings, c.T("service.finding."+w.Key, w.Args...))
	}
	today := r.Clock.Today()
	if open := p.Registered(today); open != nil {
		d.Facts = append(d.Facts, web.Pair{Key: c.T("service.status.listed"), Value: c.T("service.since", open.Since.String())})
		if act == Employed {
			d.Facts = append(d.Facts, web.Pair{Key: c.T("service.also"), Value: c.T("service.alsoUnlist")})
		}
	}
	if work := p.AtWork(today); work != nil {
		d.Facts = append(d.Facts, web.Pair{Key: c.T("service.status.work", kindName(c, work.Kind)), Value: c.T("service.sinceAt", work.Since.String(), unitName(work.EmployerID, p.units))})
	}
	title := c.T("service.act." + act)
	return c.Render("service/act", web.Page{Title: title, Lede: c.T("service.actLede", p.Name, identity.MaskID(p.IDNumber), c.T("service.place."+p.Right)), Form: f, Data: d, Nav: atHome,
		Window: title, Crumbs: []web.Crumb{{Text: c.T("service.menu"), Href: atHome}, {Text: p.Name, Href: personAt(p.ID)}, {Text: title}}})
}

func (r *Room) act(c *web.Ctx) error {
	p, act, found, err := r.theAct(c)
	if err != nil {
		return err
	}
	f := r.form(c, act, len(found) > 0)
	e := Entry{Act: act, PersonID: p.ID, Sure: f.Value("sure") != ""}
	if e.Fields, err = r.fieldsOf(c, act, p, f); err != nil {
		return err
	}
	if f.OK() && len(found) > 0 && !e.Sure {
		f.Fail("sure", c.T("service.notSure"))
	}
	if !f.OK() {
		return r.renderAct(c, p, act, found, f)
	}
	for _, d := range f.Fields {
		if d.Name == "sure" || f.Value(d.Name) == "" {
			continue
		}
		e.Lines = append(e.Lines, Line{d.Label, shownOf(d, f.Value(d.Name))})
	}
	receipt, err := r.Do(c.Context(), c.User, e, c.Once())
	var asked *Asked
	switch {
	case errors.As(err, &asked): // it has changed while the form was filled in
		return fault.Wrap(fault.Conflict, err, c.T("service.changed"))
	case fault.Is(err, fault.Invalid):
		f.Fail("", fault.TextOf(err))
		return r.renderAct(c, p, act, found, f)
	case err != nil:
		return err
	}
	c.Flash("ok", c.T("service.done", c.T("service.act."+act)))
	return c.Redirect(personAt(p.ID) + "/receipt/" + strconv.FormatInt(receipt, 10))
}

// shownOf is an answer as people read it.
func shownOf(d web.Field, value string) string {
	for _, o := range d.Options {
		if o.Value == value {
			return o.Text
		}
	}
	return strings.TrimSpace(value + " " + d.Unit)
}

// fieldsOf reads a form into the fields of the template, and notes what is wrong.
func (r *Room) fieldsOf(c *web.Ctx, act string, p *client, f *web.Form) (map[string]string, error) {
	day, today := f.Date("day"), r.Clock.Today()
	if f.Error("day") == "" && day.After(today) {
		f.Fail("day", c.T("service.future"))
	}
	on := day.Format(time.DateOnly)
	switch act {
	case Unemployed:
		fields := map[string]string{"since": on, "reason": f.Choice("reason"), "able": f.Choice("able"), "willing": f.Choice("willing"), "occupation": f.Text("occupation"), "phone": f.Text("phone")}
		for _, name := range []string{"able", "willing"} {
			if fields[name] == "否" {
				f.Fail(name, c.T("service.must."+name))
			}
		}
		if fields["phone"] != "" {
			if _, err := identity.ParsePhone(fields["phone"]); err != nil {
				f.Fail("phone", err.Error())
			}
		}
		if pay := f.Fen("pay"); pay > 0 {
			fields["pay"] = web.Yuan(pay)
		}
		return fields, nil
	case Employed:
		return r.employedFields(c, f, on)
	case Unlisted:
		open := p.Registered(today)
		fields := registrationFields(open)
		if fields["until"], fields["outcome"] = on, f.Choice("outcome"); f.Error("day") == "" && day.Before(open.Since.Time) {
			f.Fail("day", c.T("service.beforeSince", open.Since.String()))
		}
		return fields, nil
	}
	work := p.AtWork(today)
	code := ""
	if work.EmployerID != 0 {
		e, err := r.Employers.Get(c.Context(), work.EmployerID)
		if err != nil {
			return nil, err
		}
		code = e.CreditCode
	}
	fields := spellFields(work, code)
	f.Choice("why")
	if fields["until"] = on; f.Error("day") == "" && day.Before(work.Since.Time) {
		f.Fail("day", c.T("service.beforeSince", work.Since.String()))
	}
	return fields, nil
}

func (r *Room) employedFields(c *web.Ctx, f *web.Form, on string) (map[string]string, error) {
	fields := map[string]string{"since": on, "kind": kindZh[f.Choice("kind")], "area": f.Choice("area"), "urban": f.Choice("urban"), "newform": f.Choice("newform"),
		"contract": f.Choice("contract"), "occupation": f.Text("occupation"), "employer": f.Text("employer")}
	code := strings.TrimSpace(f.Text("creditcode"))
	if code == "" {
		if needsUnit[f.Value("kind")] {
			f.Fail("creditcode", c.T("service.needUnit"))
		}
		return fields, nil
	}
	parsed, err := identity.ParseCreditCode(code)
	if err != nil {
		f.Fail("creditcode", err.Error())
		return fields, nil
	}
	fields["creditcode"] = parsed.Code
	known, err := r.Employers.Find(c.Context(), r.DB, []string{parsed.Code})
	if err != nil {
		return nil, err
	}
	if known[parsed.Code] == (employer.Ref{}) && fields["employer"] == "" {
		f.Fail("employer", c.T("service.newUnit"))
	}
	return fields, nil
}
