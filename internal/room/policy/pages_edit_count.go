package policy

import (
	"fmt"
	"regexp"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/crowd"
)

// countView is whom the wording in the form would hit now.
type countView struct {
	Figures []web.Figure
	Lacks   []web.Pair // what those lack whose answer is unknown
	Areas   []areaCount
	Costs   bool       // the areas have costs
	Lines   []web.Pair // each line of the outermost group, with how many are left behind it
	Against string
	Notes   []string // what the costs hold and what they do not
	Took    string
}

type areaCount struct {
	Name             string
	Yes, Unknown, No int64
	Cost             string // of the first twelve months, in yuan
}

// mostLacks is how many missing fields are told at the form.
const mostLacks = 4

// tally counts whom the form's wording hits, line by line.
func (r *Room) tally(c *web.Ctx, text string, v *Version, t tree) (*countView, error) {
	params := r.catalogue().params
	p, err := r.library.load([]byte(text), params)
	if err != nil {
		return nil, err
	}
	list := []*rule.Policy{p}
	var lines []int
	if t[0].Kind == "all" {
		doc, err := document(text)
		if err != nil {
			return nil, err
		}
		group := &yaml.Node{Kind: yaml.SequenceNode}
		for i := 1; i < len(t); i = t.end(i) {
			group.Content = append(group.Content, t.node(i))
			put(doc, group, "条件")
			part, err := write(doc)
			if err != nil {
				return nil, err
			}
			q, err := r.library.load([]byte(part), params)
			if err != nil {
				return nil, err
			}
			list, lines = append(list, q), append(lines, i)
		}
	}
	now, inForce := r.catalogue().find(v.PolicyID)
	if inForce == nil && now.For == p.For {
		list = append(list, now)
	}
	found, err := r.Count(c.Context(), list, c.User.Area)
	if err != nil {
		return nil, err
	}
	view := r.countOf(c, p, &found[0])
	for k, i := range lines {
		t[i].left = lang.Int(found[k+1].Yes())
		view.Lines = append(view.Lines, web.Pair{Key: r.lineText(c, &t[i]), Value: t[i].left})
	}
	if inForce == nil && len(found) > len(lines)+1 {
		before := found[len(found)-1].Yes()
		view.Against = c.T("policy.ed.against", lang.Int(before), fmt.Sprintf("%+d", found[0].Yes()-before))
	}
	return view, nil
}

// countOf tells what was found.
func (r *Room) countOf(c *web.Ctx, p *rule.Policy, all *Found) *countView {
	view := &countView{Took: c.T("policy.ed.took", lang.Int(all.Of), fmt.Sprintf("%.2f", all.Took.Seconds())), Costs: all.Bill.Named}
	unit := c.T("policy.people")
	if p.For == rule.Employer {
		unit = c.T("policy.units")
	}
	for _, verdict := range []rule.Verdict{rule.Eligible, rule.Near, rule.Unknown, rule.No} {
		if verdict == rule.Near && all.Coarse {
			continue
		}
		view.Figures = append(view.Figures, web.Figure{Label: c.T("frame.verdict." + marks[verdict]), Value: lang.Int(all.Verdicts[verdict]), Unit: unit})
	}
	costs, notes := costsOf(c, &all.Bill, all.Paid)
	view.Figures, view.Notes = append(view.Figures, costs...), notes
	fields := p.Dictionary().Fields
	for _, l := range all.Lacks[:min(mostLacks, len(all.Lacks))] {
		f := &fields[l.Field]
		name := f.Zh
		if c.Lang == lang.English {
			name = f.Label()
		}
		view.Lacks = append(view.Lacks, web.Pair{Key: c.T("policy.missing", name, in(c.Lang, f.Holder)), Value: c.T("policy.ed.lacking", lang.Int(l.N))})
	}
	rest, others := int64(0), int64(0)
	for _, a := range all.By {
		if a.Yes+a.Unknown == 0 {
			rest += a.Of
			others += min(1, a.Of)
			continue
		}
		view.Areas = append(view.Areas, areaCount{area.Short(a.Area), a.Yes, a.Unknown, a.Of - a.Yes - a.Unknown, lang.Fen(a.Paid.First)})
	}
	if others > 0 {
		view.Areas = append(view.Areas, areaCount{Name: c.T("policy.ed.others", lang.Int(others)), No: rest, Cost: "0"})
	}
	return view
}

// costsOf tells what a wording costs: in the first twelve months, and altogether where that is more; notes say what the figures hold.
func costsOf(c *web.Ctx, b *crowd.Bill, paid crowd.Paid) (figures []web.Figure, notes []string) {
	if !b.Named {
		return nil, nil
	}
	yuan, people := c.T("policy.ed.yuan"), lang.Int(paid.Open)
	label := c.T("policy.ed.cost")
	if b.Monthly || b.Endless {
		label = c.T("policy.ed.costYear")
	}
	figures = append(figures, web.Figure{Label: label, Value: lang.Fen(paid.First), Unit: yuan})
	switch {
	case b.Monthly:
		figures = append(figures, web.Figure{Label: c.T("policy.ed.costWhole"), Value: lang.Fen(paid.Whole), Unit: yuan})
	case b.Endless:
		notes = append(notes, c.T("policy.ed.endless"))
	}
	if paid.Open > 0 && b.WhyOpen != "" && c.Lang != lang.English {
		notes = append(notes, c.T("policy.ed.unpricedWhy", people, b.WhyOpen))
	} else if paid.Open > 0 {
		notes = append(notes, c.T("policy.ed.unpriced", people))
	}
	if b.Every > 1 {
		notes = append(notes, c.T("policy.ed.sampled", lang.Int(b.Every)))
	}
	return figures, notes
}

// codes are area codes among what was typed.
var codes = regexp.MustCompile(`\d{2,12}`)

// lineText is a row in short, for the list of what is left behind it.
func (r *Room) lineText(c *web.Ctx, at *row) string {
	if at.group() {
		return c.T("policy.group." + at.Kind)
	}
	for _, rel := range relations {
		if rel.Op == at.Op && len(rel.Also) > 0 {
			return at.Field + " " + rel.Also[0] + " " + at.Value
		}
	}
	if at.Kind == "row" && (at.Op == "starts" || at.Op == "apart") && (at.Field == "居住地" || at.Field == "登记地") {
		return at.Field + " " + c.T("policy.op."+at.Op+".place") + " " + codes.ReplaceAllStringFunc(at.Value, func(code string) string {
			if !area.Exists(code) {
				return code
			}
			return area.FullName(code)
		})
	}
	return at.line()
}
