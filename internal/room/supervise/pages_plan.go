package supervise

import (
	"cmp"
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func dutyFieldsNew(c *web.Ctx, all []Unit) []web.Field {
	return []web.Field{{Name: "title", Label: c.T("supervise.f.duty"), Need: true, Max: 80}, {Name: "what", Label: c.T("supervise.f.what"), Kind: "textarea", Max: 400, Rows: 2},
		{Name: "unit", Label: c.T("supervise.f.unit"), Kind: "select", Need: true, Options: unitOptions(all)}, {Name: "joint", Label: c.T("supervise.joint"), Max: 120},
		{Name: "text", Label: c.T("supervise.milestone"), Hint: c.T("supervise.f.milestoneHint"), Need: true, Max: 80}, {Name: "day", Label: c.T("supervise.due"), Kind: "date", Need: true, Width: "8"}}
}

func (r *Room) askDuty(c *web.Ctx) error  { return r.newDuty(c, false) }
func (r *Room) takeDuty(c *web.Ctx) error { return r.newDuty(c, true) }

// newDuty gives a duty by hand.
func (r *Room) newDuty(c *web.Ctx, take bool) error {
	all, err := units(c.Context(), r.DB, c.User.Area)
	if err != nil {
		return err
	}
	b := desk.Box(c, "give", atDuties+"/new", 0, nil, "", dutyFieldsNew(c, all)...)
	f := b.Form
	again := func() error {
		return c.Render("supervise/form", page(c, c.T("supervise.newDuty"), "", atDuties, word(c, "tab", "duties"), f, b))
	}
	if !take {
		return again()
	}
	d, m := dutyTyped(f, "give")
	d.Source = ByHand
	id := int64(0)
	return carry(c, f, func() string { return dutyAt(id) }, func() (err error) {
		id, err = r.Give(c.Context(), c.User, d, m, c.Once())
		return err
	}, again)
}

// dutyTyped reads a duty with its first milestone from a form.
func dutyTyped(f *web.Form, act string) (Duty, Milestone) {
	d := Duty{Title: f.Text(act + "_title"), What: f.Text(act + "_what"), UnitID: idOf(f, act+"_unit"), Joint: f.Text(act + "_joint")}
	return d, Milestone{Text: f.Text(act + "_text"), Due: db.On(f.Date(act + "_day"))}
}

func (r *Room) askSplit(c *web.Ctx) error  { return r.split(c, false) }
func (r *Room) takeSplit(c *web.Ctx) error { return r.split(c, true) }

// split gives what the plan documents want to an area's units.
func (r *Room) split(c *web.Ctx, take bool) error {
	all, names, err := r.offered(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	today := r.Clock.Today()
	fields := []web.Field{{Name: "area", Label: c.T("supervise.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)},
		{Name: "year", Label: c.T("supervise.year"), Kind: "number", Need: true, Min: 2021, Top: int64(today.Year() + 1), Width: "4"}}
	var plans []string
	byPlan := map[string]*web.Field{}
	for _, it := range all {
		if byPlan[it.Plan] == nil {
			plans = append(plans, it.Plan)
			byPlan[it.Plan] = &web.Field{Name: "items" + it.Plan, Label: cmp.Or(names[it.Plan], word(c, "plan", it.Plan)), Kind: "checkboxes"}
		}
		byPlan[it.Plan].Options = append(byPlan[it.Plan].Options, web.Option{Value: it.Key(), Text: it.No + "　" + it.Title + "（" + c.T("supervise.lead") + "：" + unitName(it.Lead, c.User.Area) + "）"})
	}
	for _, p := range plans {
		fields = append(fields, *byPlan[p])
	}
	b := desk.Box(c, "split", atSplit, 0, nil, "", fields...)
	f := b.Form
	f.Set("split_area", c.User.Area)
	f.Set("split_year", itoa(int64(today.Year())))
	again := func() error {
		return c.Render("supervise/form", page(c, c.T("supervise.split"), c.T("supervise.splitLede"), atDuties, word(c, "tab", "duties"), f, b))
	}
	if !take {
		return again()
	}
	code, year := f.Choice("split_area"), f.Int("split_year")
	var keys []string
	for _, p := range plans {
		keys = append(keys, f.Many("split_items"+p)...)
	}
	if f.OK() {
		n, err := r.Split(c.Context(), c.User, code, year, keys, c.Once())
		if err == nil {
			c.Flash("ok", c.T("supervise.splitDone", n))
			return c.Redirect(atDuties + "?area=" + code)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return again()
}

// road is the road map: units down, quarters across.
func (r *Room) road(c *web.Ctx) error {
	year := int64(r.Clock.Today().Year())
	f := c.Form(web.Field{Name: "area", Label: c.T("supervise.area"), Kind: "select", Options: account.Places(c.User.Area)}, web.Field{Name: "year", Label: c.T("supervise.year"), Kind: "number", Width: "4"})
	code := f.Choice("area")
	if code == "" {
		code = c.User.Area
	}
	f.Set("year", itoa(year))
	if n := f.Int("year"); n > 2000 && n < 2100 {
		year = n
	}
	list, err := roadOf(c.Context(), r.DB, code, year)
	if err != nil {
		return err
	}
	t := table{ID: "road", Head: c.T("supervise.roadOf", area.Name(code), year), Heads: heads(c, "unitDuty", "q1", "q2", "q3", "q4"), Empty: c.T("supervise.noDuties"), Wide: true}
	if len(list) == roadMost {
		t.Note = c.T("supervise.cut", roadMost)
	}
	today := r.Clock.Today()
	var duty int64
	for _, x := range list {
		if x.DutyID != duty {
			duty = x.DutyID
			t.Rows = append(t.Rows, []cell{{Text: x.Title, Href: dutyAt(x.DutyID), Small: x.Unit}, {}, {}, {}, {}})
		}
		at := &t.Rows[len(t.Rows)-1][1+(int(x.Due.Month())-1)/3]
		kind := map[string]string{Done: "ok", Reported: "warn", Open: "group"}[x.State]
		if x.Late(today) {
			kind = "stop"
		}
		at.More = append(at.More, cell{Text: x.Due.Format("1月2日"), Kind: kind, Small: x.Text})
	}
	d := content{Tabs: tabs(c, atRoad), Filter: f, FilterNames: []string{"area", "year"}, Tables: []table{t}}
	return c.Render("supervise/sheet", page(c, word(c, "tab", "road"), c.T("supervise.roadLede"), atHome, c.T("supervise.title"), nil, d))
}

// unitsMost is how many units a page lists; the page says so.
const unitsMost = 300

func (r *Room) unitList(c *web.Ctx) error { return r.renderUnits(c, nil, "") }

func unitFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "area", Label: c.T("supervise.area"), Kind: "select", Need: true, Options: account.Places(c.User.Area)}, {Name: "name", Label: c.T("supervise.unit"), Need: true, Max: 60}}
}

func (r *Room) renderUnits(c *web.Ctx, failing *web.Form, failed string) error {
	asked := c.Form(web.Field{Name: "area", Label: c.T("supervise.area"), Kind: "select", Options: account.Places(c.User.Area)})
	code := cmp.Or(asked.Choice("area"), c.User.Area)
	all, err := units(c.Context(), r.DB, code)
	if err != nil {
		return err
	}
	present, err := r.present(c.Context(), r.DB, code)
	if err != nil {
		return err
	}
	t := table{ID: "list", Head: word(c, "tab", "units"), Heads: heads(c, "unit", "area", "liaison", "phone", "since"), Empty: c.T("supervise.noUnits")}
	without := 0
	for _, u := range all {
		l, ok := present[u.ID]
		line := []cell{{Text: u.Name, Href: unitAt(u.ID)}, {Text: area.Name(u.Area)}, {Text: c.T("supervise.noLiaison"), Kind: "warn"}, {Text: "—"}, {Text: "—"}}
		if ok {
			line[2], line[3], line[4] = cell{Text: web.MaskName(l.Name)}, cell{Text: web.MaskPhone(l.Phone)}, cell{Text: l.Since.String()}
		} else {
			without++
		}
		if len(t.Rows) < unitsMost {
			t.Rows = append(t.Rows, line)
		}
	}
	if len(all) > unitsMost {
		t.Note = c.T("supervise.cut", unitsMost)
	}
	d := content{Tabs: tabs(c, atUnits), Filter: asked, FilterNames: []string{"area"}, Tables: []table{t}, Boxes: []box{desk.Box(c, "unit", atUnits, 0, failing, failed, unitFields(c)...)}}
	return c.Render("supervise/sheet", page(c, word(c, "tab", "units"), c.T("supervise.unitsLede", len(all), without), atHome, c.T("supervise.title"), failing, d))
}

func (r *Room) takeUnit(c *web.Ctx) error {
	f, _ := web.ActForm(c, "unit", unitFields(c)...)
	code, name := f.Choice("unit_area"), f.Text("unit_name")
	var u Unit
	return carry(c, f, func() string { return unitAt(u.ID) }, func() (err error) {
		u, err = r.AddUnit(c.Context(), c.User, code, name, c.Once())
		return err
	}, func() error { return r.renderUnits(c, f, "unit") })
}

func (r *Room) showUnit(c *web.Ctx) error { return r.renderUnit(c, nil, "") }

// liaisonFields ask for the one liaison; accounts are those of the unit's area.
func (r *Room) liaisonFields(c *web.Ctx, u *Unit) ([]web.Field, error) {
	out := []web.Field{{Name: "name", Label: c.T("supervise.f.name"), Need: true, Max: 20}, {Name: "phone", Label: c.T("supervise.phone"), Kind: "tel", Need: true, Max: 30}}
	if r.Accounts == nil {
		return out, nil
	}
	f := web.Field{Name: "account", Label: c.T("supervise.f.account"), Hint: c.T("supervise.f.accountHint"), Kind: "select"}
	const step = 1000 // the accounts below are among them
	for after, n := int64(0), step; n == step; {
		list, err := r.Accounts.List(c.Context(), u.Area, after, step)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			after = a.ID
			if a.Area == u.Area && (a.Role == account.Officer || a.Role == account.Manager) && !a.Disabled {
				f.Options = append(f.Options, web.Option{Value: itoa(a.ID), Text: a.Name + "（" + a.Login + "）"})
			}
		}
		n = len(list)
	}
	return append(out, f), nil
}

func (r *Room) theUnit(c *web.Ctx) (Unit, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Unit{}, err
	}
	u, err := unitByID(c.Context(), r.DB, id)
	if err != nil {
		return u, err
	}
	return u, MaySee(c.User, u.Area)
}

func (r *Room) renderUnit(c *web.Ctx, failing *web.Form, failed string) error {
	u, err := r.theUnit(c)
	if err != nil {
		return err
	}
	list, err := r.liaisons(c.Context(), r.DB, u.ID)
	if err != nil {
		return err
	}
	t := table{ID: "liaisons", Head: c.T("supervise.liaisons"), Heads: heads(c, "liaison", "phone", "since", "until", "by"), Empty: c.T("supervise.noLiaison")}
	for i, l := range list {
		phone := web.MaskPhone(l.Phone)
		if i == 0 && l.Until.IsZero() && MaySupervise(c.User, u.Area) == nil { // who supervises rings up
			phone = l.Phone
		}
		t.Rows = append(t.Rows, []cell{{Text: l.Name}, {Text: phone}, {Text: l.Since.String()}, {Text: dash(l.Until.String())}, {Text: l.By}})
	}
	mine, err := duties(c.Context(), r.DB, Filter{Area: u.Area, UnitID: u.ID, Today: r.today()}, newest, 100)
	if err != nil {
		return err
	}
	own, err := r.dutyTable(c, mine)
	if err != nil {
		return err
	}
	own.Head = c.T("supervise.unitDuties")
	if len(mine) == 100 {
		own.Note = c.T("supervise.cut", 100)
	}
	d := content{Pairs: []web.Pair{{Key: c.T("supervise.area"), Value: area.FullName(u.Area)}, {Key: c.T("supervise.unitDuties"), Value: fmt.Sprint(len(mine))}}, Tables: []table{t, own}}
	if MaySupervise(c.User, u.Area) == nil {
		fields, err := r.liaisonFields(c, &u)
		if err != nil {
			return err
		}
		d.Boxes = []box{desk.Box(c, "liaison", unitAt(u.ID), u.Version, failing, failed, fields...)}
	}
	return c.Render("supervise/sheet", page(c, u.Name, "", atUnits, word(c, "tab", "units"), failing, d))
}

func (r *Room) takeLiaison(c *web.Ctx) error {
	u, err := r.theUnit(c)
	if err != nil {
		return err
	}
	fields, err := r.liaisonFields(c, &u)
	if err != nil {
		return err
	}
	f, _ := web.ActForm(c, "liaison", fields...)
	l := Liaison{Name: f.Text("liaison_name"), Phone: f.Text("liaison_phone")}
	if len(fields) > 2 {
		l.AccountID = idOf(f, "liaison_account")
	}
	return carry(c, f, func() string { return unitAt(u.ID) }, func() error {
		return r.Appoint(c.Context(), c.User, u.ID, l, f.Version(), c.Once())
	}, func() error { return r.renderUnit(c, f, "liaison") })
}
