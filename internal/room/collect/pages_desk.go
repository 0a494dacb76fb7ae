package collect

import (
	"fmt"
	"strconv"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// deskShown is how many hints, and how many newcomers, the desk shows at once.
const deskShown = 50

type deskData struct {
	Hints       []hintRow
	Newcomers   []newcomerRow
	More        bool // there are more than are shown; the oldest come first
	Registers   bool
	HintPaging  web.Paging
	PeoplePages web.Paging
}

type hintRow struct {
	Hint
	Name, Place, Text, Act, Person string
	May                            bool
}

type newcomerRow struct {
	Newcomer
	Place, Found, Act string
	May               bool
}

func (r *Room) desk(c *web.Ctx) error {
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	hints, err := r.store.hints(c.Context(), c.User.Area, after.Int(0), deskShown+1)
	if err != nil {
		return err
	}
	people, err := r.store.newcomers(c.Context(), c.User.Area, after.Int(1), deskShown+1)
	if err != nil {
		return err
	}
	data := deskData{More: len(hints) > deskShown || len(people) > deskShown}
	hints, people = hints[:min(deskShown, len(hints))], people[:min(deskShown, len(people))]
	ids := make([]int64, 0, len(hints)+len(people))
	for i := range hints {
		ids = append(ids, hints[i].PersonID)
	}
	for i := range people {
		ids = append(ids, people[i].PersonID)
	}
	names, err := r.People.Names(c.Context(), ids)
	if err != nil {
		return err
	}
	lastHint, lastPerson := after.Int(0), after.Int(1)
	for _, h := range hints {
		lastHint = h.ID
		row := hintRow{Hint: h, Name: web.MaskName(names[h.PersonID]), Place: area.FullName(h.Area), Text: named(c, "hint", h.Kind), Person: fmt.Sprintf("/casework/person/%d", h.PersonID),
			Act: fmt.Sprintf("/collect/desk/hint/%d/%d", h.PersonID, h.ID), May: mayDecide(c.User, h.Area, h.ByID) == nil}
		if h.Kind == HintPhone {
			row.Value = web.MaskPhone(h.Value)
		}
		data.Hints = append(data.Hints, row)
	}
	for _, n := range people {
		lastPerson = n.ID
		row := newcomerRow{Newcomer: n, Place: area.FullName(n.Area), Act: "/collect/desk/newcomer/" + strconv.FormatInt(n.ID, 10), May: mayDecide(c.User, n.Area, n.ByID) == nil}
		row.Name, row.IDNumber, row.Phone = web.MaskName(n.Name), web.MaskID(n.IDNumber), web.MaskPhone(n.Phone)
		if n.Why != "" {
			row.Found = named(c, "found", n.Why, web.MaskName(names[n.PersonID]))
		}
		data.Newcomers = append(data.Newcomers, row)
	}
	var next web.Cursor
	if data.More {
		next = web.NewCursor(lastHint, lastPerson)
	}
	data.HintPaging = c.Paging(-1, len(hints)+len(people), next)
	return c.Render("collect/desk", web.Page{Title: c.T("collect.desk"), Lede: c.T("collect.desk.lede", len(hints), len(people)), Data: data, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("collect.menu"), Href: atHome}}})
}

// decision reads the form of one row: the choice, the reason, the version.
func decision(c *web.Ctx) (choice, reason string, version int64, ok bool) {
	f := c.Form(web.Field{Name: "choice", Label: c.T("collect.decision")}, web.Field{Name: "reason", Label: c.T("collect.reason"), Need: true, Max: 200})
	choice, reason = f.Value("choice"), f.Text("reason")
	if !f.OK() {
		c.Flash("stop", c.T("collect.wrong.reason"))
	}
	return choice, reason, f.Version(), f.OK()
}

func (r *Room) decideHint(c *web.Ctx) error {
	personID, err := c.PathID("person")
	if err != nil {
		return err
	}
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	h, err := r.store.hint(c.Context(), r.DB, personID, id)
	if err != nil {
		return err
	}
	if err := mayDecide(c.User, h.Area, h.ByID); err != nil {
		return err
	}
	choice, reason, version, ok := decision(c)
	if !ok {
		return c.Redirect(atDesk)
	}
	if err := r.DecideHint(c.Context(), c.User, personID, id, version, choice == StateRight, reason, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("collect.decided"))
	return c.Redirect(atDesk)
}

func (r *Room) decideNewcomer(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	n, err := r.store.newcomer(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	if err := mayDecide(c.User, n.Area, n.ByID); err != nil {
		return err
	}
	choice, reason, version, ok := decision(c)
	if !ok {
		return c.Redirect(atDesk)
	}
	if err := r.DecideNewcomer(c.Context(), c.User, id, version, choice, reason, c.Once()); err != nil {
		return err
	}
	said := "collect.decided"
	if choice == StateNew {
		said = "collect.proposed"
	}
	c.Flash("ok", c.T(said))
	return c.Redirect(atDesk)
}
