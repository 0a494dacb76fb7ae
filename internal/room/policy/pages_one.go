package policy

import (
	"fmt"

	"jiuye/internal/engine/rule"
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
	Past   string // the day of the past that was asked for
	Ask    bool   // a day of the past may be asked for
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
	day, past, err := r.earlier(c)
	if err != nil {
		return err
	}
	var list []*rule.Explanation
	if past {
		list, err = r.ExplainPersonOn(c.Context(), id, day)
	} else {
		_, list, err = r.ExplainPerson(c.Context(), id)
	}
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
	data := oneData{Past: c.Query("on"), Ask: file != "", File: file, Quote: p.Quote, Source: p.Document + p.Place, Notes: p.Notes}
	sortByVerdict(list)
	for _, e := range list {
		o := offerOf(c.Lang, e, rule.Plain)
		if e.Policy.ID == p.ID {
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
