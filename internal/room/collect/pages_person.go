package collect

import (
	"fmt"
	"strconv"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

type personData struct {
	Facts  []web.Pair
	Last   []web.Pair // what was said last
	When   string     // and when, to whom
	Theirs *Theirs    // in a conflict
	Home   string
	Act    string
	Seen   string
}

func (r *Room) person(c *web.Ctx) error {
	p, err := r.whomToAsk(c)
	if err != nil {
		return err
	}
	return r.showPerson(c, p, needForm(c, today(r).String()), nil)
}

func (r *Room) whomToAsk(c *web.Ctx) (*person.Person, error) {
	id, err := c.PathID("id")
	if err != nil {
		return nil, err
	}
	p, err := r.People.Get(c.Context(), id)
	if err != nil {
		return nil, err
	}
	return &p, mayAsk(c.User, &p)
}

func (r *Room) showPerson(c *web.Ctx, p *person.Person, f *web.Form, theirs *Theirs) error {
	if err := r.read(c, "查看了个人信息采集表", p.Area, []person.Person{*p}); err != nil {
		return err
	}
	last, err := r.People.LastNeeds(c.Context(), r.DB, []int64{p.ID})
	if err != nil {
		return err
	}
	data := personData{Act: fmt.Sprintf(atPerson, p.ID), Home: fmt.Sprintf(atHousehold, p.HouseholdID), Theirs: theirs, Facts: []web.Pair{
		{Key: c.T("collect.f.number"), Value: web.MaskID(p.IDNumber)}, {Key: c.T("collect.f.age"), Value: c.T("collect.years", p.Age(r.Clock.Today()))},
		{Key: c.T("collect.f.tel"), Value: orDash(web.MaskPhone(p.Phone))},
	}}
	if n, ok := last[p.ID]; ok {
		data.When = c.T("collect.last", n.Asked.String(), n.ByName)
		data.Seen = n.Key
		for _, l := range tell(c.T, c.Lang == "en", &n) {
			data.Last = append(data.Last, web.Pair{Key: l.Label, Value: l.Value})
		}
	}
	if theirs != nil { // the next submission is made in view of the other answer
		data.Seen = f.Value("seen")
	}
	return c.Render("collect/person", web.Page{Title: p.Name, Window: web.MaskName(p.Name), Lede: area.FullName(p.Area), Form: f, Data: data, Nav: atHome, Public: true,
		Crumbs: append(crumbs(c, p.Area, true), web.Crumb{Text: c.T("collect.household"), Href: data.Home})})
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func (r *Room) savePerson(c *web.Ctx) error {
	p, err := r.whomToAsk(c)
	if err != nil {
		return err
	}
	f := needForm(c, "")
	it := sent(c, KindNeed, f)
	it.Person = strconv.FormatInt(p.ID, 10)
	res, ok, err := r.takeForm(c, f, it)
	if err != nil {
		return err
	}
	if !ok {
		return r.showPerson(c, p, f, res.Theirs)
	}
	c.Flash("ok", c.T("collect.saved"))
	return c.Redirect(fmt.Sprintf(atHousehold, p.HouseholdID))
}

// needForm asks the five items, what somebody does at present, and what has changed.
func needForm(c *web.Ctx, day string) *web.Form {
	yesNo := []web.Option{{Value: "yes", Text: c.T("collect.yes")}, {Value: "no", Text: c.T("collect.no")}}
	coded := func(list []person.Choice) (out []web.Option) {
		for _, o := range list {
			out = append(out, web.Option{Value: o.Code, Text: o.Text(c.Lang == "en")})
		}
		return out
	}
	l := func(name string) string { return named(c, "f", name) }
	f := c.Form(
		web.Field{Name: "asked", Label: l("asked"), Kind: "date", Need: true, Width: "8"},
		web.Field{Name: "source", Label: l("source"), Kind: "select", Options: coded(person.NeedSources[:3])},
		web.Field{Name: "resident", Label: l("resident"), Kind: "radios", Options: yesNo, Inline: true},
		web.Field{Name: "doing", Label: l("doing"), Kind: "select", Options: coded(person.NeedDoings)},
		web.Field{Name: "doing_at", Label: l("doing_at"), Max: 60, Hint: c.T("collect.h.doing_at")},
		web.Field{Name: "able", Label: l("able"), Kind: "radios", Options: yesNo, Inline: true},
		web.Field{Name: "skill", Label: l("skill"), Max: 60, Hint: c.T("collect.h.skill")},
		web.Field{Name: "willing", Label: l("willing"), Kind: "radios", Options: yesNo, Inline: true},
		web.Field{Name: "occupation", Label: l("occupation"), Max: 40, Hint: c.T("collect.h.occupation")},
		web.Field{Name: "pay", Label: l("pay"), Kind: "number", Width: "8", Unit: c.T("collect.unit.yuan")},
		web.Field{Name: "place", Label: l("place"), Kind: "select", Options: coded(person.NeedPlaces)},
		web.Field{Name: "obstacle", Label: l("obstacle"), Kind: "select", Options: coded(person.NeedObstacles)},
		web.Field{Name: "train", Label: l("train"), Kind: "radios", Options: yesNo, Inline: true},
		web.Field{Name: "training", Label: l("training"), Max: 40, Hint: c.T("collect.h.training")},
		web.Field{Name: "note", Label: l("note"), Kind: "textarea", Rows: 2, Max: 300},
		web.Field{Name: "phone", Label: l("phone"), Kind: "tel", Max: 40, Auto: "off", Hint: c.T("collect.h.phone")},
		web.Field{Name: "moved", Label: l("moved"), Kind: "check"},
		web.Field{Name: "moved_to", Label: l("moved_to"), Max: 60},
		web.Field{Name: "died", Label: l("died"), Kind: "check"},
	)
	for i := range f.Fields {
		f.Fields[i].Need = true // one of them is: no use in saying of each that it may be left out
	}
	f.Set("asked", day)
	return f
}
