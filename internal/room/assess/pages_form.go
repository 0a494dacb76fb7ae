package assess

import (
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// home is the area that somebody files for: at most a banner.
func homeOf(u web.User) string {
	if area.Level(u.Area) > area.Banner {
		return area.At(u.Area, area.Banner)
	}
	return u.Area
}

// mostInvest is the largest investment that can be typed, in hundredths of ten thousand yuan: a trillion yuan.
const mostInvest = 10_000_000_000

// wanHundredth is a hundredth of ten thousand yuan, in fen.
const wanHundredth = 10_000

func (r *Room) filingForm(c *web.Ctx) (*web.Form, error) {
	fields := []web.Field{
		{Name: "kind", Label: c.T("assess.kind"), Kind: "radios", Need: true, Options: options(c, "assess.kind.", subjects)},
		{Name: "title", Label: c.T("assess.name"), Need: true, Max: 80},
		{Name: "area", Label: c.T("assess.area"), Kind: "select", Need: true, Options: account.Places(homeOf(c.User))},
		{Name: "unit", Label: c.T("assess.unit"), Hint: c.T("assess.unitHint"), Need: true, Max: 60},
		{Name: "document", Label: c.T("assess.document"), Hint: c.T("assess.documentHint"), Need: true, Max: 120},
		{Name: "industry", Label: c.T("assess.industry"), Hint: c.T("assess.industryHint"), Max: 3, Width: "4"},
		{Name: "creditcode", Label: c.T("assess.creditcode"), Hint: c.T("assess.creditcodeHint"), Max: 30, Width: "16"},
		{Name: "invest", Label: c.T("assess.invest"), Kind: "number", Min: 0, Top: mostInvest, Width: "8", Unit: c.T("assess.wan")},
		{Name: "starts", Label: c.T("assess.starts"), Hint: c.T("assess.startsHint"), Kind: "date", Need: true},
		{Name: "ends", Label: c.T("assess.ends"), Kind: "date"},
		{Name: "lost", Label: c.T("assess.lost"), Hint: c.T("assess.lostHint"), Kind: "number", Min: 0, Top: 1_000_000, Width: "8", Unit: c.T("assess.posts")},
		{Name: "summary", Label: c.T("assess.summary"), Kind: "textarea", Max: 1000, Rows: 4, Width: "full"},
	}
	for _, q := range questions {
		fields = append(fields, web.Field{Name: "q-" + q.Code, Label: word(c, "question", q.Code), Kind: "radios", Inline: true,
			Options: []web.Option{{Value: Met, Text: c.T("assess.met")}, {Value: Unmet, Text: c.T("assess.unmet")}, {Value: NotFor, Text: c.T("assess.notFor")}}})
	}
	if r.Policies != nil {
		listed, err := r.Policies.Listed(c.Context(), english(c))
		if err != nil {
			return nil, err
		}
		box := web.Field{Name: "policies", Label: c.T("assess.policies"), Hint: c.T("assess.policiesHint"), Kind: "checkboxes"}
		for _, p := range listed {
			box.Options = append(box.Options, web.Option{Value: p.ID, Text: p.ID + " " + p.Name})
		}
		fields = append(fields, box)
	}
	return c.Form(fields...), nil
}

// filingOf is the draft whose form is asked for; the zero one at /assess/new.
func (r *Room) filingOf(c *web.Ctx) (Case, error) {
	if c.R.PathValue("id") == "" {
		return Case{}, nil
	}
	v, err := r.seen(c)
	if err != nil {
		return v, err
	}
	return v, MayEdit(c.User, &v)
}

func (r *Room) askFiling(c *web.Ctx) error {
	v, err := r.filingOf(c)
	if err != nil {
		return err
	}
	f, err := r.filingForm(c)
	if err != nil {
		return err
	}
	if v.ID == 0 {
		f.Set("area", homeOf(c.User))
		return r.renderFiling(c, f, &v)
	}
	for name, value := range map[string]string{"kind": v.Kind, "title": v.Title, "area": v.Area, "unit": v.Unit, "document": v.Document, "industry": v.Industry, "summary": v.Summary,
		"starts": v.Starts.String(), "ends": v.Ends.String()} {
		f.Set(name, value)
	}
	if v.InvestFen > 0 {
		f.Set("invest", web.Yuan(v.InvestFen/wanHundredth))
	}
	if v.Lost > 0 {
		f.Set("lost", sayValue(count, v.Lost))
	}
	for code, said := range v.Conditions {
		f.Set("q-"+code, said)
	}
	behind, err := policiesOf(c.Context(), r.DB, []int64{v.ID})
	if err != nil {
		return err
	}
	f.Set("policies", behind[v.ID]...)
	if v.EmployerID != 0 {
		e, err := r.Employers.Get(c.Context(), v.EmployerID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		f.Set("creditcode", e.CreditCode)
	}
	f.SetVersion(v.Version)
	return r.renderFiling(c, f, &v)
}

type filingData struct {
	At    string
	Parts []formPart
}

// formPart is some fields under a heading.
type formPart struct {
	Head   string
	Fields []string
}

func (r *Room) renderFiling(c *web.Ctx, f *web.Form, v *Case) error {
	d := filingData{At: atHome + "/new", Parts: []formPart{
		{c.T("assess.part.subject"), []string{"kind", "title", "area", "unit", "document", "summary"}},
		{c.T("assess.part.scale"), []string{"industry", "creditcode", "invest", "starts", "ends", "lost"}}, {Head: c.T("assess.part.conditions")}}}
	for _, q := range questions {
		d.Parts[2].Fields = append(d.Parts[2].Fields, "q-"+q.Code)
	}
	if r.Policies != nil {
		d.Parts = append(d.Parts, formPart{c.T("assess.part.policies"), []string{"policies"}})
	}
	title := c.T("assess.new")
	if v.ID != 0 {
		d.At, title = caseAt(v.ID)+"/edit", c.T("assess.edit")
	}
	return c.Render("assess/form", web.Page{Title: title, Lede: c.T("assess.newLede"), Form: f, Data: d, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("assess.title"), Href: atHome}}})
}

func (r *Room) takeFiling(c *web.Ctx) error {
	v, err := r.filingOf(c)
	if err != nil {
		return err
	}
	f, err := r.filingForm(c)
	if err != nil {
		return err
	}
	in := Filing{Case: Case{ID: v.ID, Version: f.Version(), Kind: f.Choice("kind"), Title: f.Text("title"), Area: f.Choice("area"), Unit: f.Text("unit"), Document: f.Text("document"),
		Industry: strings.ToUpper(f.Text("industry")), InvestFen: f.Fen("invest") * wanHundredth, Starts: db.On(f.Date("starts")), Lost: f.Int("lost"), Summary: f.Text("summary"), Conditions: Conditions{}}}
	if f.Value("ends") != "" {
		in.Ends = db.On(f.Date("ends"))
	}
	if r.Policies != nil {
		in.Policies = f.Many("policies")
	}
	for _, q := range questions {
		if said := f.Choice("q-" + q.Code); said != "" {
			in.Conditions[q.Code] = said
		}
	}
	if code := f.Text("creditcode"); code != "" {
		parsed, err := identity.ParseCreditCode(code)
		if err != nil {
			f.Fail("creditcode", err.Error())
		}
		in.CreditCode = parsed.Code
	}
	for _, p := range wrongIn(c, &in.Case) {
		f.Fail(p.Name, p.Text)
	}
	if !f.OK() {
		return r.renderFiling(c, f, &v)
	}
	id, err := r.File(c.Context(), c.User, in, c.Once())
	if fault.KindOf(err) == fault.Invalid {
		f.Fail("creditcode", fault.TextOf(err))
		return r.renderFiling(c, f, &v)
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("assess.saved"))
	return c.Redirect(caseAt(id))
}

// wrongIn are contradictions between answers.
func wrongIn(c *web.Ctx, v *Case) (list []web.FieldError) {
	if v.Industry != "" && !division.MatchString(v.Industry) {
		list = append(list, web.FieldError{Name: "industry", Text: c.T("assess.wrong.industry", v.Industry)})
	}
	if !v.Ends.IsZero() && v.Ends.Before(v.Starts.Time) {
		list = append(list, web.FieldError{Name: "ends", Text: c.T("assess.wrong.ends", v.Starts, v.Ends)})
	}
	if v.Kind == Exit && v.Lost == 0 {
		list = append(list, web.FieldError{Name: "lost", Text: c.T("assess.wrong.lost")})
	}
	return list
}
