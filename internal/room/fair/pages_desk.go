package fair

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// managed is the fair of an address, for somebody who may run it.
func (r *Room) managed(c *web.Ctx) (Fair, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Fair{}, err
	}
	f, err := fairByID(c.Context(), r.DB, id)
	if err == nil {
		err = MayManage(c.User, &f)
	}
	return f, err
}

type deskData struct {
	Filter *web.Form
	Year   []web.Figure
	Coming []fairCard
	Past   []fairCard
	Paging web.Paging
}

// desk lists the fairs of an area: what is to come, and what was, with figures.
func (r *Room) desk(c *web.Ctx) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	form := c.Form(web.Field{Name: "kind", Label: c.T("fair.kind"), Kind: "select", Options: append([]web.Option{{Text: c.T("fair.all")}}, options(c, "kind", kinds)...)},
		web.Field{Name: "state", Label: c.T("fair.stateLabel"), Kind: "select", Options: append([]web.Option{{Text: c.T("fair.all")}}, options(c, "state", states)...)})
	want := filter{area: c.User.Area, kind: c.Query("kind"), state: c.Query("state")}
	today := db.On(r.today())
	coming := want
	coming.from = today
	next, err := comingFairs(c.Context(), r.DB, coming, db.Date{Time: time.Unix(0, 0).UTC()}, 0, 100)
	if err != nil {
		return err
	}
	before, beforeID := today, int64(0)
	if !at.Start() {
		day, err := time.Parse(time.DateOnly, at.Text(0))
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "分页地址不完整，请从第一页重新查看")
		}
		before, beforeID = db.On(day), at.Int(1)
		next = nil
	}
	past, err := pastFairs(c.Context(), r.DB, want, before, beforeID, shown+1)
	if err != nil {
		return err
	}
	var more web.Cursor
	if len(past) > shown {
		past = past[:shown]
		more = web.NewCursor(past[shown-1].Day.String(), past[shown-1].ID)
	}
	d := deskData{Filter: form, Paging: c.Paging(-1, len(past), more)}
	if at.Start() {
		if d.Year, err = r.year(c, want); err != nil {
			return err
		}
	}
	var ids []int64
	for _, f := range slices.Concat(next, past) {
		ids = append(ids, f.ID)
	}
	sums, err := sumsOf(c.Context(), r.DB, ids)
	if err != nil {
		return err
	}
	card := func(f *Fair) fairCard {
		v := cardOf(c, f, deskAt(f.ID))
		v.Sums = sums[f.ID]
		return v
	}
	for i := range next {
		d.Coming = append(d.Coming, card(&next[i]))
	}
	for i := range past {
		d.Past = append(d.Past, card(&past[i]))
	}
	return c.Render("fair/desk", web.Page{Title: c.T("fair.deskTitle"), Lede: c.T("fair.deskLede"), Data: d, Nav: atDesk})
}

// year adds up the fairs of the last twelve months.
func (r *Room) year(c *web.Ctx, want filter) ([]web.Figure, error) {
	want.from, want.to = db.On(r.today().AddDate(-1, 0, 1)), db.On(r.today())
	list, err := pastFairs(c.Context(), r.DB, want, db.On(r.today().AddDate(0, 0, 1)), math.MaxInt64, 1_000)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, f := range list {
		if f.Public() {
			ids = append(ids, f.ID)
		}
	}
	sums, err := sumsOf(c.Context(), r.DB, ids)
	var all Sums
	for _, s := range sums {
		all.Came, all.Units, all.Openings = all.Came+s.Came, all.Units+s.Units, all.Openings+s.Openings
		all.Promising, all.Known1, all.Month1 = all.Promising+s.Promising, all.Known1+s.Known1, all.Month1+s.Month1
	}
	return []web.Figure{{Label: c.T("fair.f.fairs"), Value: number(int64(len(ids))), Unit: c.T("fair.u.fairs")}, {Label: c.T("fair.f.came"), Value: number(all.Came), Unit: c.T("fair.u.people")},
		{Label: c.T("fair.f.openings"), Value: number(all.Openings), Unit: c.T("fair.u.posts")}, {Label: c.T("fair.f.promising"), Value: number(all.Promising), Unit: c.T("fair.u.people")},
		{Label: c.T("fair.f.month1"), Value: number(all.Month1), Unit: c.T("fair.ofKnown", number(all.Known1))}}, err
}

type showData struct {
	At                    string
	State                 tag
	Pairs                 []web.Pair
	Figures               []web.Figure
	Booths                []boothRow
	List                  []checkRow
	Check, Close, Off     *web.Form
	CanEdit, CanPublish   bool
	CanDoor, CanAllocate  bool
	CanClose              bool
	Left                  int
	Version               int64
	Sum, Public, FirstNum string
	Summary               string
}

type checkRow struct {
	Code, Text string
	Done       bool
}

// show is the desk's page of one fair.
func (r *Room) show(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	return r.renderShow(c, &f, nil)
}

func (r *Room) renderShow(c *web.Ctx, f *Fair, wrong *web.Form) error {
	ctx := c.Context()
	sums, err := sumsOf(ctx, r.DB, []int64{f.ID})
	if err != nil {
		return err
	}
	booths, err := boothsOf(ctx, r.DB, f.ID)
	if err != nil {
		return err
	}
	s, today := sums[f.ID], r.today()
	live := f.State == Planned || f.State == Open
	d := showData{At: deskAt(f.ID), State: stateTag(c, "state", f.State), Pairs: pairsOf(c, f), Summary: f.Summary, CanEdit: live, CanPublish: f.State == Planned, CanDoor: f.State == Open && f.Begun(today) && f.Kind != Online,
		CanAllocate: f.State == Open, CanClose: f.State == Open && f.Begun(today), Left: len(f.left()), Version: f.Version, Sum: f.Sum,
		Figures: []web.Figure{{Label: c.T("fair.f.registered"), Value: number(s.Registered), Unit: c.T("fair.u.people")}, {Label: c.T("fair.f.came"), Value: number(s.Came), Unit: c.T("fair.u.people")},
			{Label: c.T("fair.f.units"), Value: number(s.Units), Unit: c.T("fair.ofBooths", f.Booths)}, {Label: c.T("fair.f.openings"), Value: number(s.Openings), Unit: c.T("fair.u.posts")},
			{Label: c.T("fair.f.promising"), Value: number(s.Promising), Unit: c.T("fair.u.people")}}}
	if f.Public() {
		d.Public = eventAt(f.ID)
	}
	if d.Booths, err = r.boothRows(c, f, booths); err != nil {
		return err
	}
	used := map[int]bool{}
	for _, b := range booths {
		used[b.Number] = true
	}
	for n := 1; n <= f.Booths && d.FirstNum == ""; n++ {
		if !used[n] {
			d.FirstNum = strconv.Itoa(n)
		}
	}
	for _, code := range checklist {
		d.List = append(d.List, checkRow{code, word(c, "check", code), slices.Contains(f.Done, code)})
	}
	d.Close, d.Off = blank(closeForm(c)), blank(cancelForm(c))
	page := web.Page{Title: f.Title, Lede: lang.Date(c.Lang, f.Day.Time) + " " + f.Hours() + "　" + f.Place, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("fair.deskTitle"), Href: atDesk}}}
	if wrong != nil {
		page.Form = wrong
		if wrong.Show("reason").Name != "" {
			d.Off = wrong
		} else {
			d.Close = wrong
		}
	}
	page.Data = d
	return c.Render("fair/show", page)
}

func closeForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "text", Label: c.T("fair.sum"), Hint: c.T("fair.sumHint"), Kind: "textarea", Need: true, Max: 1000, Rows: 4, Width: "full"})
}

func cancelForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "reason", Label: c.T("fair.reason"), Need: true, Max: 100})
}

// act is everything that is posted on the desk's page of a fair.
func (r *Room) act(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	act, version := c.R.PathValue("act"), c.Form().Version()
	switch act {
	case "publish":
		err = r.Publish(c.Context(), c.User, f.ID, version, c.Once())
	case "check":
		err = r.Tick(c.Context(), c.User, f.ID, version, c.R.PostForm["done"], c.Once())
	case "close", "cancel":
		form, field, do := closeForm(c), "text", r.Close
		if act == "cancel" {
			form, field, do = cancelForm(c), "reason", r.Cancel
		}
		text := form.Text(field)
		if !form.OK() {
			return r.renderShow(c, &f, form)
		}
		err = do(c.Context(), c.User, f.ID, version, text, c.Once())
	case "booth":
		form := c.Form(web.Field{Name: "unit", Kind: "number", Label: c.T("fair.unit"), Need: true, Min: 1, Top: math.MaxInt64 / 2}, web.Field{Name: "number", Kind: "number", Label: c.T("fair.number"), Min: 1, Top: 2_000},
			web.Field{Name: "why", Label: c.T("fair.reason"), Max: 100})
		unit, n, why := form.Int("unit"), form.Int("number"), form.Text("why")
		if !form.OK() {
			return r.renderShow(c, &f, form)
		}
		err = r.Answer(c.Context(), c.User, f.ID, unit, int(n), why, version, c.Once())
	case "unit":
		return r.addUnit(c, &f)
	default:
		return fault.New(fault.NotFound, "没有这个页面")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", word(c, "done", act))
	return c.Redirect(deskAt(f.ID))
}

// addUnit goes to the booth of an employer that has no account, by its credit code.
func (r *Room) addUnit(c *web.Ctx, f *Fair) error {
	form := c.Form(web.Field{Name: "creditcode", Label: c.T("fair.creditcode"), Need: true, Max: 30})
	text := form.Text("creditcode")
	if form.OK() {
		code, err := identity.ParseCreditCode(text)
		if err != nil {
			form.Fail("creditcode", err.Error())
		} else if known, err := r.Employers.Resolve(c.Context(), r.DB, []string{code.Code}); err != nil {
			return err
		} else if id := known[code.Code]; id != 0 {
			return c.Redirect(unitAt(f.ID, id))
		} else {
			form.Fail("creditcode", c.T("fair.noUnit"))
		}
	}
	return r.renderShow(c, f, form)
}

func planForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "kind", Label: c.T("fair.kind"), Kind: "radios", Need: true, Options: options(c, "kind", kinds)},
		web.Field{Name: "title", Label: c.T("fair.name"), Need: true, Max: 60}, web.Field{Name: "theme", Label: c.T("fair.theme"), Hint: c.T("fair.themeHint"), Max: 60},
		web.Field{Name: "area", Label: c.T("fair.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)},
		web.Field{Name: "place", Label: c.T("fair.place"), Hint: c.T("fair.placeHint"), Need: true, Max: 100},
		web.Field{Name: "with", Label: c.T("fair.with"), Hint: c.T("fair.withHint"), Max: 100},
		web.Field{Name: "organisers", Label: c.T("fair.organisers"), Hint: c.T("fair.organisersHint"), Need: true, Max: 120},
		web.Field{Name: "day", Label: c.T("fair.day"), Kind: "date", Need: true},
		web.Field{Name: "from", Label: c.T("fair.from"), Hint: c.T("fair.clockHint"), Need: true, Max: 5, Width: "4"}, web.Field{Name: "to", Label: c.T("fair.to"), Need: true, Max: 5, Width: "4"},
		web.Field{Name: "booths", Label: c.T("fair.booths"), Kind: "number", Need: true, Min: 1, Top: 2_000, Width: "4", Unit: c.T("fair.u.booths")},
		web.Field{Name: "groups", Label: c.T("fair.groups"), Hint: c.T("fair.groupsHint"), Kind: "checkboxes", Options: options(c, "group", groups)},
		web.Field{Name: "summary", Label: c.T("fair.summary"), Kind: "textarea", Max: 1000, Rows: 4, Width: "full"})
}

// planned is the fair whose form is asked for; the zero one at /fair/new.
func (r *Room) planned(c *web.Ctx) (Fair, error) {
	if c.R.PathValue("id") == "" {
		return Fair{}, nil
	}
	f, err := r.managed(c)
	if err == nil && f.State != Planned && f.State != Open {
		err = fault.New(fault.Conflict, "这场招聘会已经结束，安排不能再改")
	}
	return f, err
}

func (r *Room) askPlan(c *web.Ctx) error {
	f, err := r.planned(c)
	if err != nil {
		return err
	}
	form := planForm(c)
	if f.ID == 0 {
		form.Set("area", c.User.Area)
		form.Set("from", "09:00")
		form.Set("to", "12:00")
		form.Set("organisers", c.User.AreaName+"就业服务中心")
		return r.renderPlan(c, form, &f)
	}
	for name, value := range map[string]string{"kind": f.Kind, "title": f.Title, "theme": f.Theme, "area": f.Area, "place": f.Place, "with": f.With, "organisers": f.Organisers, "day": f.Day.String(),
		"from": clockText(f.From), "to": clockText(f.To), "booths": strconv.Itoa(f.Booths), "summary": f.Summary} {
		form.Set(name, value)
	}
	form.Set("groups", f.Groups...)
	form.SetVersion(f.Version)
	return r.renderPlan(c, form, &f)
}

type planData struct{ At string }

func (r *Room) renderPlan(c *web.Ctx, form *web.Form, f *Fair) error {
	title, at := c.T("fair.new"), atHome+"/new"
	if f.ID != 0 {
		title, at = c.T("fair.edit"), deskAt(f.ID)+"/edit"
	}
	return c.Render("fair/plan", web.Page{Title: title, Lede: c.T("fair.newLede"), Form: form, Data: planData{at}, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("fair.deskTitle"), Href: atDesk}}})
}

func (r *Room) takePlan(c *web.Ctx) error {
	f, err := r.planned(c)
	if err != nil {
		return err
	}
	form := planForm(c)
	in := Fair{ID: f.ID, Version: form.Version(), Kind: form.Choice("kind"), Title: form.Text("title"), Theme: form.Text("theme"), Area: form.Choice("area"), Place: form.Text("place"), With: form.Text("with"),
		Organisers: form.Text("organisers"), Day: db.On(form.Date("day")), Booths: int(form.Int("booths")), Groups: form.Many("groups"), Summary: form.Text("summary")}
	for _, one := range []struct {
		name string
		to   *int
	}{{"from", &in.From}, {"to", &in.To}} {
		text, ok := form.Text(one.name), false
		if *one.to, ok = readClock(text); !ok && text != "" {
			form.Fail(one.name, c.T("fair.wrong.clock", strings.TrimSpace(text)))
		}
	}
	if form.OK() && in.Day.Before(r.today()) {
		form.Fail("day", c.T("fair.wrong.day", lang.Date(c.Lang, r.today())))
	}
	if form.OK() && in.To-in.From < slotMinutes {
		form.Fail("to", c.T("fair.wrong.to", slotMinutes))
	}
	if !form.OK() {
		return r.renderPlan(c, form, &f)
	}
	id, err := r.Plan(c.Context(), c.User, in, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("fair.done.plan"))
	return c.Redirect(deskAt(id))
}
