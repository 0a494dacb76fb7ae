package jobs

import (
	"io"
	"strconv"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

func (r *Room) outsideForm(c *web.Ctx) *web.Form {
	kinds := []web.Option{{Value: "", Text: c.T("jobs.outside.byHead")}}
	for _, s := range shipped() {
		kinds = append(kinds, web.Option{Value: s.name, Text: s.Name})
	}
	return c.Form(
		web.Field{Name: "mapping", Label: c.T("jobs.outside.mapping"), Hint: c.T("jobs.outside.mappingHint"), Kind: "select", Options: kinds},
		web.Field{Name: "source", Label: c.T("jobs.outside.source"), Hint: c.T("jobs.outside.sourceHint"), Max: 40},
		web.Field{Name: "dry", Label: c.T("jobs.outside.dry"), Kind: "check"},
		web.Field{Name: "full", Label: c.T("jobs.outside.full"), Hint: c.T("jobs.outside.fullHint"), Kind: "check"},
		web.Field{Name: "file", Label: c.T("jobs.outside.file"), Hint: c.T("jobs.outside.fileHint"), Kind: "file", Need: true},
	)
}

func (r *Room) outsidePage(c *web.Ctx) error { return r.showOutside(c, r.outsideForm(c), nil) }

// showOutside is the page of deliveries; trial is what a trial reading came to.
func (r *Room) showOutside(c *web.Ctx, f *web.Form, trial map[string]any) error {
	ctx := c.Context()
	before, err := c.Cursor(1)
	if err != nil {
		return err
	}
	const page = 20
	list, err := r.store.deliveries(ctx, c.User.Area, before.Int(0), page+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > page {
		list = list[:page]
		next = web.NewCursor(list[page-1].ID)
	}
	units, err := r.Employers.ListUnverified(ctx, c.User.Area, 0, 1)
	if err != nil {
		return err
	}
	title := c.T("jobs.outside.title")
	return c.Render("jobs/outside", web.Page{Title: title, Lede: c.T("jobs.outside.lede"), Form: f, Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: title}},
		Data:   map[string]any{"List": list, "Paging": c.Paging(-1, len(list), next), "May": desk(c.User), "Trial": trial, "Units": len(units) > 0}})
}

// shownFlaws is how many refused rows a page shows; the table for download has them all.
const shownFlaws = 50

func (r *Room) postOutside(c *web.Ctx) error {
	f := r.outsideForm(c)
	o := Outside{Area: c.User.Area, Dry: f.Flag("dry"), Full: f.Flag("full"), ByID: c.User.ID, ByName: actor(c.User)}
	name, source := f.Choice("mapping"), f.Text("source")
	up, err := c.Upload("file", 200<<20)
	if err != nil {
		return err
	}
	if up == nil {
		f.Fail("file", c.T("jobs.upload.choose"))
	}
	if !f.OK() {
		return r.showOutside(c, f, nil)
	}
	o.Path, o.File = up.Path, up.Name
	if o.Mapping = shippedMapping(name); o.Mapping == nil && source != "" {
		o.Mapping = shippedMapping("general")
	}
	if source != "" && o.Mapping != nil {
		m := *o.Mapping
		m.Source = source
		o.Mapping = &m
	}
	if !o.Dry {
		if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error { return tx.Once(c.Context(), c.Once(), r.Clock.Now()) }); err != nil {
			return err
		}
	}
	var flaws []*Flaw
	sum, err := r.TakeOutside(c.Context(), o, func(_ []string, x *Flaw) error {
		if len(flaws) < shownFlaws {
			flaws = append(flaws, x)
		}
		return nil
	}, progress.None{})
	if err != nil {
		if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooLarge) {
			f.Fail("file", fault.TextOf(err))
			return r.showOutside(c, f, nil)
		}
		return err
	}
	if o.Dry {
		return r.showOutside(c, f, map[string]any{"Sum": &sum, "Flaws": flaws, "More": sum.Rejected - len(flaws)})
	}
	c.Flash("ok", c.T("jobs.outside.done", sum.Counts()))
	return c.Redirect("/jobs/outside/" + strconv.FormatInt(sum.ID, 10))
}

// seenDelivery is a delivery of the user's area.
func (r *Room) seenDelivery(c *web.Ctx) (Delivery, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Delivery{}, err
	}
	d, found, err := r.store.delivery(c.Context(), id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这次导入")
	}
	if err == nil {
		err = reaches(c.User, d.Area)
	}
	return d, err
}

func (r *Room) deliveryPage(c *web.Ctx) error {
	d, err := r.seenDelivery(c)
	if err != nil {
		return err
	}
	var flaws []*Flaw
	if err := r.store.eachFlaw(c.Context(), d.ID, shownFlaws, func(f *Flaw) error {
		x := *f
		flaws = append(flaws, &x)
		return nil
	}); err != nil {
		return err
	}
	return c.Render("jobs/outside_one", web.Page{Title: d.File, Lede: d.Counts(), Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: c.T("jobs.outside.title"), Href: "/jobs/outside"}, {Text: d.File}},
		Data:   map[string]any{"Sum": &d, "Flaws": flaws, "More": d.Rejected - len(flaws), "Area": area.Name(d.Area)}})
}

// flawSheet is the download of refused rows. They may hold telephone numbers, so that taking them is written down.
func (r *Room) flawSheet(c *web.Ctx) error {
	d, err := r.seenDelivery(c)
	if err != nil {
		return err
	}
	if err := r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: actor(c.User), Act: "jobs.outside", Object: "delivery", ObjectID: d.ID, Area: d.Area, What: "下载了 " + d.File + " 的退回表"}); err != nil {
		return err
	}
	var out io.Writer = c.Attachment("退回的行.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w := NewFlawSheet(out, true)
	if err := r.store.eachFlaw(c.Context(), d.ID, 1<<31-1, func(f *Flaw) error { return w.Add(d.Heads, f) }); err != nil {
		return err
	}
	return w.Close()
}

// unitRow is a unit known by name only, with the registered ones that it may be.
type unitRow struct {
	employer.Employer
	Where string
}

func (r *Room) unitsPage(c *web.Ctx) error {
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	const page = 50
	list, err := r.Employers.ListUnverified(c.Context(), c.User.Area, after.Int(0), page+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > page {
		list = list[:page]
		next = web.NewCursor(list[page-1].ID)
	}
	rows := make([]unitRow, len(list))
	for i, e := range list {
		rows[i] = unitRow{e, area.Name(e.Area)}
	}
	title := c.T("jobs.outside.units")
	f := c.Form(web.Field{Name: "credit", Label: c.T("jobs.outside.credit"), Max: 18})
	return c.Render("jobs/outside_units", web.Page{Title: title, Lede: c.T("jobs.outside.unitsLede"), Form: f, Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: c.T("jobs.outside.title"), Href: "/jobs/outside"}, {Text: title}},
		Data:   map[string]any{"Rows": rows, "Paging": c.Paging(-1, len(rows), next), "May": desk(c.User)}})
}

func (r *Room) postUnit(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "credit", Label: c.T("jobs.outside.credit"), Need: true, Max: 30})
	code := f.Text("credit")
	if !f.OK() {
		return fault.New(fault.Invalid, "请填写统一社会信用代码")
	}
	known, moved, err := r.LinkUnit(c.Context(), c.User, id, code, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.outside.linked", known.Name, strconv.FormatInt(moved, 10)))
	return c.Redirect("/jobs/outside/units")
}
