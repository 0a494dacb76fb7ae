package outwork

import (
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

type peopleData struct {
	At, Note, Next string
	Filter         *web.Form
	Clear          string
	Rows           []candidateRow
}

type candidateRow struct {
	ID              int64
	Name, Sub, Area string
	Yes, No         string
	Allowed         bool
	Score           int
}

// people looks for people of the officer's area who want to work and fit a batch.
func (r *Room) people(c *web.Ctx) error { return r.renderPeople(c, nil) }

func (r *Room) renderPeople(c *web.Ctx, failing *web.Form) error {
	b, err := r.worked(c)
	if err != nil {
		return err
	}
	if err := MayRecruit(c.User, &b); err != nil {
		return err
	}
	where := field(c, "township", "select", false, 0)
	where.Options = []web.Option{{Text: area.Name(c.User.Area)}}
	for _, a := range area.Children(c.User.Area) {
		where.Options = append(where.Options, web.Option{Value: a.Code, Text: a.Name})
	}
	filter := c.Form(where, web.Field{Name: "q", Label: c.T("outwork.f.reasonWord"), Hint: c.T("outwork.f.reasonWordHint")})
	code := c.User.Area
	if t := c.Query("township"); area.Exists(t) && area.Within(t, code) {
		code = t
	}
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	var from mark
	if !at.Start() {
		from = mark{at.Text(0), at.Int(1)}
	}
	list, more, err := r.Find(c.Context(), &b, code, strings.TrimSpace(c.Query("q")), from)
	if err != nil {
		return err
	}
	d := peopleData{At: deskBatchAt(b.ID) + "/people", Filter: filter, Clear: deskBatchAt(b.ID) + "/people", Note: c.T("outwork.findNote", searched)}
	if more != nil {
		d.Next = c.Paging(-1, len(list), web.NewCursor(more.Area, more.Person)).Next
	}
	for _, x := range list {
		row := candidateRow{ID: x.Facts.ID, Name: web.MaskName(x.Facts.Name), Sub: c.T("outwork.ageN", x.Facts.Age(r.today())), Area: area.Name(x.Facts.Area), Allowed: x.Allowed, Score: x.Score}
		var yes, no []string
		for _, w := range x.Why {
			text := w.Zh
			if c.Lang == lang.English {
				text = w.En
			}
			if w.For {
				yes = append(yes, text)
			} else {
				no = append(no, text)
			}
		}
		row.Yes, row.No = orDash(strings.Join(yes, c.T("outwork.comma"))), strings.Join(no, c.T("outwork.comma"))
		d.Rows = append(d.Rows, row)
	}
	return c.Render("outwork/people", web.Page{Title: c.T("outwork.find"), Lede: b.Title + "　" + b.Place, Form: failing, Data: d, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("outwork.deskTitle"), Href: atDesk}, {Text: b.Title, Href: deskBatchAt(b.ID)}}})
}

func (r *Room) takePeople(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	people, err := chosen(c)
	if err != nil {
		return err
	}
	f := c.Form()
	if len(people) == 0 {
		f.Fail("", "请先勾选要推荐的人员")
	} else {
		n, err := r.Recruit(c.Context(), c.User, id, people, c.Once())
		if err == nil {
			c.Flash("ok", c.T("outwork.recruitedN", n))
			return c.Redirect(deskBatchAt(id))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderPeople(c, f)
}

// theTrip is the journey of an address, with who travels, for staff who may work at the batch.
func (r *Room) theTrip(c *web.Ctx) (b Batch, t Trip, list []Member, err error) {
	if b, err = r.worked(c); err != nil {
		return b, t, nil, err
	}
	id, err := c.PathID("trip")
	if err != nil {
		return b, t, nil, err
	}
	trips, err := r.trips(c.Context(), r.DB, b.ID)
	if err != nil {
		return b, t, nil, err
	}
	for _, one := range trips {
		if one.ID == id {
			t = one
		}
	}
	if t.ID == 0 {
		return b, t, nil, fault.New(fault.NotFound, "没有这次出行")
	}
	all, err := r.onTrip(c.Context(), r.DB, b.ID, id)
	own := reach(c.User, &b)
	for _, m := range all {
		if area.Within(m.Area, own) {
			list = append(list, m)
		}
	}
	return b, t, list, err
}

// trip is the list of a journey, to be printed: names in full, numbers masked. The read is written into everybody's log.
func (r *Room) trip(c *web.Ctx) error {
	b, t, list, err := r.theTrip(c)
	if err != nil {
		return err
	}
	rows, err := r.travellers(c, &b, list, false)
	if err != nil {
		return err
	}
	x := table{ID: "list", Head: c.T("outwork.travellers"), Note: c.T("outwork.total", len(rows)), Heads: heads(c, "person", "idNumber", "phone", "area", "pickup"), Empty: c.T("outwork.emptyTravellers")}
	for _, row := range rows {
		x.Rows = append(x.Rows, []cell{{Text: row[0]}, {Text: row[1]}, {Text: row[2]}, {Text: row[3]}, {Text: row[4]}})
	}
	d := screen{Pairs: []web.Pair{{Key: c.T("outwork.h.trip"), Value: t.Day.String()}, {Key: c.T("outwork.h.vehicle"), Value: t.Vehicle}, {Key: c.T("outwork.h.leader"), Value: t.Leader + " " + t.Phone}, {Key: c.T("outwork.h.pickups"), Value: t.Pickups}},
		Tables: []table{x}, Actions: []web.Tab{{Text: c.T("outwork.export"), Href: tripAt(b.ID, t.ID) + "/export"}, {Text: c.T("outwork.exportPhones"), Href: tripAt(b.ID, t.ID) + "/export?phones=1"}}}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.tripOf", b.Title), Data: d, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("outwork.deskTitle"), Href: atDesk}, {Text: b.Title, Href: deskBatchAt(b.ID)}}})
}

// travellers are the rows of people: name, identity number masked, phone, area, pick-up. Phones are whole for the leader alone.
func (r *Room) travellers(c *web.Ctx, b *Batch, list []Member, phones bool) (rows [][]string, err error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].PersonID
	}
	if len(ids) == 0 {
		return nil, nil
	}
	people, err := r.People.ListIn(c.Context(), r.DB, ids)
	if err != nil {
		return nil, err
	}
	known := map[int64]int{}
	for i := range people {
		known[people[i].ID] = i
	}
	for _, m := range list {
		i, ok := known[m.PersonID]
		if !ok {
			continue
		}
		p := &people[i]
		phone := web.MaskPhone(p.Phone)
		if phones {
			phone = p.Phone
		}
		rows = append(rows, []string{p.Name, web.MaskID(p.IDNumber), orDash(phone), area.Name(area.At(m.Area, area.Banner)), orDash(m.Pickup)})
	}
	return rows, r.recordRead(c, b, ids, phones)
}
