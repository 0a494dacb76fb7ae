package fair

import (
	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

type doorData struct {
	At         string
	Came, Want int64
	Last       []guestRow
	Open       bool
	Note       string
}

func doorForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "code", Label: c.T("fair.doorCode"), Hint: c.T("fair.doorHint"), Need: true, Max: 30, Width: "16", Auto: "off"})
}

// door is the page of an officer's phone at the entrance. A scanned code comes in the address, already filled in.
func (r *Room) door(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	form := doorForm(c)
	form.Set("code", c.Query("code"))
	return r.renderDoor(c, &f, form)
}

func (r *Room) renderDoor(c *web.Ctx, f *Fair, form *web.Form) error {
	sums, err := sumsOf(c.Context(), r.DB, []int64{f.ID})
	if err != nil {
		return err
	}
	list, err := lastIn(c.Context(), r.DB, f.ID, 10)
	if err != nil {
		return err
	}
	var ids []int64
	for _, v := range list {
		ids = append(ids, v.PersonID)
	}
	names, err := r.People.Names(c.Context(), ids)
	if err != nil {
		return err
	}
	d := doorData{At: deskAt(f.ID) + "/door", Came: sums[f.ID].Came, Want: sums[f.ID].Registered, Open: f.State == Open && f.Begun(r.today())}
	for _, v := range list {
		row := guestRow{Time: timeOf(v.CheckedAt), Name: identity.MaskName(names[v.PersonID]), Result: c.T("fair.registered")}
		if v.WalkIn {
			row.Result = c.T("fair.walkIn")
		}
		d.Last = append(d.Last, row)
	}
	return c.Render("fair/door", web.Page{Title: c.T("fair.door"), Lede: f.Title, Form: form, Data: d, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("fair.deskTitle"), Href: atDesk}, {Text: f.Title, Href: deskAt(f.ID)}}})
}

func (r *Room) takeDoor(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	form := doorForm(c)
	text := form.Text("code")
	if !form.OK() {
		return r.renderDoor(c, &f, form)
	}
	in, err := r.CheckIn(c.Context(), c.User, f.ID, text)
	if k := fault.KindOf(err); k == fault.Invalid || k == fault.NotFound || k == fault.Late {
		form.Fail("code", fault.TextOf(err))
		return r.renderDoor(c, &f, form)
	}
	if err != nil {
		return err
	}
	if in.Again {
		c.Flash("warn", c.T("fair.again", identity.MaskName(in.Name), timeOf(in.CheckedAt)))
	} else {
		c.Flash("ok", c.T("fair.checked", identity.MaskName(in.Name)))
	}
	return c.Redirect(deskAt(f.ID) + "/door")
}
