package policy

import (
	"fmt"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

type oneData struct {
	Offer  offer
	Clause part
	File   string // address of the person's file
	Others []offer
	Quote  string
	Source string
	Notes  []string
}

// person is every clause of one policy for one person, for staff.
func (r *Room) person(c *web.Ctx) error {
	p, id, err := r.address(c, "pid", false)
	if err != nil {
		return err
	}
	who, err := r.People.Get(c.Context(), id)
	if err != nil {
		return err
	}
	if err := account.CanSeePerson(c.User, who.Area, who.ID); err != nil {
		return err
	}
	if err := r.note(c, "person", id, who.Area, "查看了“"+p.Name.Zh+"”的判断结果"); err != nil {
		return err
	}
	_, list, err := r.ExplainPerson(c.Context(), id)
	if err != nil {
		return err
	}
	return r.one(c, p, list, who.Name, fmt.Sprintf("/casework/person/%d", id), fmt.Sprintf("person/%d", id))
}

// unit is every clause of one policy for one employer, for staff.
func (r *Room) unit(c *web.Ctx) error {
	p, id, err := r.address(c, "eid", true)
	if err != nil {
		return err
	}
	e, err := r.Employers.Get(c.Context(), id)
	if err != nil {
		return err
	}
	if err := account.CanSeeEmployer(c.User, e.Area, e.ID); err != nil {
		return err
	}
	if err := r.note(c, "employer", id, e.Area, "查看了“"+p.Name.Zh+"”的判断结果"); err != nil {
		return err
	}
	_, list, err := r.ExplainEmployer(c.Context(), id)
	if err != nil {
		return err
	}
	return r.one(c, p, list, e.Name, "", fmt.Sprintf("unit/%d", id))
}

// address reads the policy and the number of an address.
func (r *Room) address(c *web.Ctx, name string, employer bool) (*rule.Policy, int64, error) {
	p, err := r.catalogue().find(c.R.PathValue("id"))
	if err != nil {
		return nil, 0, err
	}
	if err := isFor(p, employer); err != nil {
		return nil, 0, err
	}
	id, err := c.PathID(name)
	return p, id, err
}

func (r *Room) one(c *web.Ctx, p *rule.Policy, list []*rule.Explanation, name, file, tail string) error {
	data := oneData{File: file, Quote: p.Quote, Source: p.Document + p.Place, Notes: p.Notes}
	sortByVerdict(list)
	for _, e := range list {
		o := offerOf(c.Lang, e, rule.Plain)
		if e.Policy == p {
			data.Offer, data.Clause = o, clauses(c.Lang, e, rule.Plain)
			continue
		}
		o.ID = atHome + "/" + o.ID + "/" + tail
		data.Others = append(data.Others, o)
	}
	title := in(c.Lang, p.Name)
	return c.Render("policy/one", web.Page{Title: name, Window: windowOf(name, file) + " " + title, Lede: title + c.T("policy.colon") + data.Offer.Lead, Data: data, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: title, Href: atHome + "/" + p.ID}, {Text: name}}})
}

// windowOf masks a person's name for the window title; an employer's stays as it is.
func windowOf(name, file string) string {
	if file == "" {
		return name
	}
	return web.MaskName(name)
}

type mineData struct {
	Counts []mineCount
	Now    []offer // can have, almost, information missing
	No     []offer
	First  string // what the page offers when nothing fits
}

type mineCount struct {
	Verdict string
	N       int
}

// mine is what a citizen can have.
func (r *Room) mine(c *web.Ctx) error {
	if err := ownFile(c.User.PersonID, "实名档案"); err != nil {
		return err
	}
	_, list, err := r.ExplainPerson(c.Context(), c.User.PersonID)
	if err != nil {
		return err
	}
	return r.ours(c, list, c.T("policy.mine"), c.T("policy.mineLede"))
}

// own is what an employer can have.
func (r *Room) own(c *web.Ctx) error {
	if err := ownFile(c.User.EmployerID, "单位"); err != nil {
		return err
	}
	e, list, err := r.ExplainEmployer(c.Context(), c.User.EmployerID)
	if err != nil {
		return err
	}
	if err := account.CanSeeEmployer(c.User, e.Area, e.ID); err != nil {
		return fault.Wrap(fault.NotFound, err, "没有这个单位的资料")
	}
	return r.ours(c, list, c.T("policy.employer"), c.T("policy.employerLede", e.Name))
}

// ours shows the cards, the eligible first.
func (r *Room) ours(c *web.Ctx, list []*rule.Explanation, title, lede string) error {
	sortByVerdict(list)
	var data mineData
	count := map[string]int{}
	for _, e := range list {
		o := offerOf(c.Lang, e, rule.You)
		count[o.Verdict]++
		if e.Verdict == rule.No {
			o.Reasons = failing(o.Reasons)
			data.No = append(data.No, o)
		} else {
			data.Now = append(data.Now, o)
		}
	}
	for _, v := range []string{"yes", "near", "ask", "no"} {
		if v == "ask" && count[v] == 0 { // that nothing is missing goes without saying
			continue
		}
		data.Counts = append(data.Counts, mineCount{v, count[v]})
	}
	return c.Render("policy/mine", web.Page{Title: title, Lede: lede, Data: data, Public: true})
}

// failing keeps the reasons against: for a no the rest is of no use to a citizen.
func failing(list []web.Reason) []web.Reason {
	var out []web.Reason
	for _, reason := range list {
		if reason.Kind != "yes" {
			out = append(out, reason)
		}
	}
	return out
}
