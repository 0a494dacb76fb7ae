package roster

import (
	"jiuye/internal/ground/web"
)

func (r *Room) noteForm(c *web.Ctx, l *List) *web.Form {
	var items []web.Option
	for i := range l.Services {
		items = append(items, web.Option{Value: l.Services[i].ID, Text: in(c.Lang, l.Services[i].Name)})
	}
	for i := range l.Wanted {
		items = append(items, web.Option{Value: l.Wanted[i].ID, Text: in(c.Lang, l.Wanted[i].Name)})
	}
	return c.Form(web.Field{Name: "item", Label: c.T("roster.item"), Kind: "select", Need: true, Options: items},
		web.Field{Name: "day", Label: c.T("roster.day"), Kind: "date", Need: true},
		web.Field{Name: "text", Label: c.T("roster.text"), Hint: c.T("roster.textHint"), Kind: "textarea", Max: 500, Rows: 3})
}

func (r *Room) manualForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "reason", Label: c.T("roster.reason"), Hint: c.T("roster.reasonHint"), Kind: "textarea", Need: true, Max: 300, Rows: 2})
}

func (r *Room) addNote(c *web.Ctx) error { return r.saveNote(c, false) }

func (r *Room) addUnitNote(c *web.Ctx) error { return r.saveNote(c, true) }

func (r *Room) saveNote(c *web.Ctx, employers bool) error {
	l, err := r.listFor(c, false, employers)
	if err != nil {
		return err
	}
	id, err := c.PathID(map[bool]string{false: "pid", true: "eid"}[employers])
	if err != nil {
		return err
	}
	if _, err := r.member(c.Context(), c.User, l, id); err != nil { // before anything is said of the form
		return err
	}
	f := r.noteForm(c, l)
	n := Note{List: l, Owner: id, Item: f.Choice("item"), Day: f.Date("day"), Text: f.Text("text")}
	if f.OK() && n.Day.After(r.Clock.Today()) {
		f.Fail("day", c.T("roster.dayToCome"))
	}
	if f.OK() && l.attribute(n.Item) != nil && n.Text == "" {
		f.Fail("text", c.T("roster.textNeeded"))
	}
	if !f.OK() {
		return r.memberPage(c, employers, f, nil)
	}
	if err := r.Write(c.Context(), c.User, n, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("roster.noted"))
	return c.Redirect(memberHref(l, id))
}

func (r *Room) askByHand(c *web.Ctx) error {
	l, err := r.listFor(c, false, false)
	if err != nil {
		return err
	}
	id, err := c.PathID("pid")
	if err != nil {
		return err
	}
	if _, err := r.member(c.Context(), c.User, l, id); err != nil {
		return err
	}
	f := r.manualForm(c)
	reason := f.Text("reason")
	if !f.OK() {
		return r.memberPage(c, false, nil, f)
	}
	held, err := r.store.held(c.Context(), r.DB, ofPeople, id-1, id)
	if err != nil {
		return err
	}
	if _, err := r.Ask(c.Context(), c.User, l, id, entryOf(held, l.ID) == nil, reason, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("roster.asked"))
	return c.Redirect(memberHref(l, id))
}
