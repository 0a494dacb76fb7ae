package relief

import (
	"fmt"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// most is how many projects are ranked against one another on one page.
const most = 200

func points(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

// projectList ranks an area's projects, beside what has been paid and what is owing.
func (r *Room) projectList(c *web.Ctx) error {
	ctx, state := c.Context(), c.Query("state")
	if !slices.Contains(projectStates, state) {
		state = ""
	}
	list, err := projects(ctx, r.DB, c.User.Area, state, 0, most+1)
	if err != nil {
		return err
	}
	d := content{Tabs: r.tabs(c, atHome), Actions: []web.Tab{{Text: c.T("relief.new"), Href: atHome + "/new"}}, Chips: []web.Tab{{Text: c.T("relief.all"), Href: atHome, Current: state == ""}}}
	for _, s := range projectStates {
		d.Chips = append(d.Chips, web.Tab{Text: word(c, "state", s), Href: atHome + "?state=" + s, Current: s == state})
	}
	t := table{ID: "list", Head: c.T("relief.ranking"), Note: c.T("relief.formula"), Heads: heads(c, "place", "project", "area", "+points", "+share", "+local", "+paid", "owing", "stateHead"), Empty: c.T("relief.none")}
	if len(list) > most {
		list, t.Note = list[:most], c.T("relief.cut", most)
	}
	all, err := sumsOf(ctx, r.DB, list)
	if err != nil {
		return err
	}
	running := slices.DeleteFunc(slices.Clone(list), func(p Project) bool { return p.State != Running }) // others owe nothing
	workers, err := workersOf(ctx, r.DB, running)
	if err != nil {
		return err
	}
	pays, err := paysOf(ctx, r.DB, running)
	if err != nil {
		return err
	}
	var people, local, paid, late int64
	for _, p := range Rank(list) {
		s, owing := all[p.ID], owingCell(c, Months(&p.Project, workers[p.ID], pays[p.ID], r.Clock.Today()))
		if owing.Kind == "stop" {
			late++
		}
		people, local, paid = people+s.workers, local+s.local, paid+s.paid
		t.Rows = append(t.Rows, []cell{{Text: number(int64(p.Place))}, {Text: p.Title, Href: projectAt(p.ID), Small: p.Owner}, {Text: area.Name(p.Area)}, {Text: points(p.Points), Right: true}, {Text: lang.Percent(p.Share()), Small: c.T("relief.paidShare", lang.Percent(part(s.paid, p.Spent))), Right: true},
			{Text: lang.Int(p.Local), Small: c.T("relief.hereNow", s.local), Right: true}, {Text: lang.WanYuan(s.paid), Right: true}, owing, {Text: word(c, "state", p.State), Kind: map[string]string{Running: "ok"}[p.State]}})
	}
	d.Figures = []web.Figure{{Label: c.T("relief.workers"), Value: lang.Int(people), Unit: c.T("relief.unit.people")}, {Label: c.T("relief.localWorkers"), Value: lang.Int(local), Unit: c.T("relief.unit.people")},
		{Label: c.T("relief.paidAll"), Value: lang.WanYuan(paid), Unit: c.T("relief.unit.wan")}, {Label: c.T("relief.owingProjects"), Value: lang.Int(late), Kind: map[bool]string{true: "stop"}[late > 0]}}
	d.Tables = []table{t}
	return c.Render("relief/sheet", web.Page{Title: c.T("relief.title"), Lede: c.T("relief.lede"), Nav: atHome, Data: d})
}

// owingCell says in one cell whether wages are owing.
func owingCell(c *web.Ctx, months []Month) cell {
	var n, late int64
	for _, m := range months {
		n, late = n+m.Owing(), late+m.Late
	}
	switch {
	case n > 0:
		return cell{Text: c.T("relief.owingN", n), Kind: "stop"}
	case late > 0:
		return cell{Text: c.T("relief.lateN", late), Kind: "warn"}
	case len(months) == 0:
		return cell{Text: "—"}
	}
	return cell{Text: c.T("relief.inTime"), Kind: "ok"}
}

func projectFields(c *web.Ctx) []web.Field {
	money := func(name string) web.Field {
		return web.Field{Name: name, Label: c.T("relief.f." + name), Kind: "number", Need: true, Min: 1, Top: 1_000_000_000_000, Width: "16", Unit: c.T("relief.unit.yuan")}
	}
	return []web.Field{{Name: "title", Label: c.T("relief.project"), Need: true, Max: 80}, {Name: "owner", Label: c.T("relief.owner"), Need: true, Max: 80}, {Name: "credit", Label: c.T("relief.f.credit"), Hint: c.T("relief.f.creditHint"), Max: 18},
		{Name: "area", Label: c.T("relief.area"), Hint: c.T("relief.f.areaHint"), Kind: "select", Need: true, Options: account.Places(c.User.Area)}, money("investment"), money("pay"), {Name: "people", Label: c.T("relief.f.people"), Kind: "number", Need: true, Min: 1, Top: 100_000, Width: "8"},
		{Name: "local", Label: c.T("relief.f.local"), Kind: "number", Need: true, Min: 0, Top: 100_000, Width: "8"}, {Name: "starts", Label: c.T("relief.f.starts"), Kind: "date", Need: true, Width: "8"}, {Name: "ends", Label: c.T("relief.f.ends"), Kind: "date", Need: true, Width: "8"},
		{Name: "payday", Label: c.T("relief.f.payday"), Hint: c.T("relief.f.paydayHint"), Kind: "number", Need: true, Min: 1, Top: 28, Width: "2"}}
}

func (r *Room) askProject(c *web.Ctx) error  { return r.projectForm(c, false) }
func (r *Room) takeProject(c *web.Ctx) error { return r.projectForm(c, true) }

func (r *Room) projectForm(c *web.Ctx, take bool) error {
	b := boxOf(c, "new", atHome+"/new", 0, nil, "", projectFields(c)...)
	f := b.Form
	f.Set("new_payday", "15")
	if take {
		p := Project{Title: f.Text("new_title"), Owner: f.Text("new_owner"), Area: f.Choice("new_area"), Investment: f.Fen("new_investment"), Pay: f.Fen("new_pay"), People: f.Int("new_people"), Local: f.Int("new_local"),
			Starts: db.On(f.Date("new_starts")), Ends: db.On(f.Date("new_ends")), PayDay: int(f.Int("new_payday"))}
		credit := f.Text("new_credit")
		if f.OK() {
			id, err := r.Add(c.Context(), c.User, p, credit, c.Once())
			if err == nil {
				c.Flash("ok", c.T("relief.done"))
				return c.Redirect(projectAt(id))
			}
			if err := f.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("relief/form", web.Page{Title: c.T("relief.new"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("relief.title"), Href: atHome}}, Data: b})
}

func (r *Room) theProject(c *web.Ctx) (Project, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Project{}, err
	}
	p, err := projectByID(c.Context(), r.DB, id)
	if err != nil {
		return p, err
	}
	return p, MayAct(c.User, p.Area)
}

func (r *Room) showProject(c *web.Ctx) error {
	p, err := r.theProject(c)
	if err != nil {
		return err
	}
	return r.renderProject(c, &p, nil, "", nil)
}

var actsIn = map[string][]string{Proposed: {"start"}, Running: {"pay", "hire", "leave", "progress", "finish"}}

func actFields(c *web.Ctx, act string, at []web.Option) []web.Field {
	day := web.Field{Name: "day", Label: c.T("relief.f.day"), Kind: "date", Need: true, Width: "8"}
	switch act {
	case "pay":
		return []web.Field{{Name: "file", Label: c.T("relief.f.file"), Hint: c.T("relief.f.fileHint"), Kind: "file", Need: true, Accept: ".xlsx,.csv"}}
	case "hire":
		return []web.Field{{Name: "number", Label: c.T("relief.idNumber"), Need: true, Max: 18, Auto: "off"}, {Name: "job", Label: c.T("relief.job"), Need: true, Max: 20}, day}
	case "leave":
		return []web.Field{{Name: "who", Label: c.T("relief.worker"), Kind: "select", Need: true, Options: at}, day}
	case "progress":
		return []web.Field{{Name: "percent", Label: c.T("relief.percent"), Kind: "number", Need: true, Min: 0, Top: 100, Width: "4", Unit: "%"}, {Name: "spent", Label: c.T("relief.spent"), Kind: "number", Need: true, Min: 0, Top: 1_000_000_000_000, Width: "16", Unit: c.T("relief.unit.yuan")},
			{Name: "text", Label: c.T("relief.f.text"), Kind: "textarea", Need: true, Max: 400, Rows: 2}}
	}
	return nil
}

// renderProject shows a project: months of wages, the roster, what has happened.
func (r *Room) renderProject(c *web.Ctx, p *Project, failing *web.Form, failed string, flaws []Flaw) error {
	ctx := c.Context()
	all, err := workersOf(ctx, r.DB, []Project{*p})
	if err != nil {
		return err
	}
	pays, err := paysOf(ctx, r.DB, []Project{*p})
	if err != nil {
		return err
	}
	workers, paid := all[p.ID], paidIn(pays[p.ID])
	months := Months(p, workers, pays[p.ID], r.Clock.Today())
	d := content{Tabs: r.tabs(c, atHome), Tags: []cell{{Text: word(c, "state", p.State)}, owingCell(c, months)}, Actions: []web.Tab{{Text: c.T("relief.export"), Href: projectAt(p.ID) + "/export"}},
		Pairs: []web.Pair{{Key: c.T("relief.owner"), Value: p.Owner}, {Key: c.T("relief.area"), Value: area.FullName(p.Area)}, {Key: c.T("relief.period"), Value: p.Starts.String() + "～" + p.Ends.String()}, {Key: c.T("relief.f.investment"), Value: lang.WanYuan(p.Investment) + " " + c.T("relief.unit.wan")},
			{Key: c.T("relief.promised"), Value: c.T("relief.promisedText", lang.WanYuan(p.Pay), lang.Percent(p.Share()), p.People, p.Local)}, {Key: c.T("relief.f.payday"), Value: c.T("relief.paydayText", p.PayDay)}},
		Figures: []web.Figure{{Label: c.T("relief.paidAll"), Value: lang.WanYuan(paid), Unit: c.T("relief.unit.wan")}, {Label: c.T("relief.shareNow"), Value: lang.Percent(part(paid, p.Spent)), Kind: map[bool]string{true: "warn"}[p.Spent > 0 && part(paid, p.Spent) < p.Share()]},
			{Label: c.T("relief.percent"), Value: number(int64(p.Percent)), Unit: "%"}, {Label: c.T("relief.spent"), Value: lang.WanYuan(p.Spent), Unit: c.T("relief.unit.wan")}}}
	if len(flaws) > 0 {
		t := table{ID: "flaws", Head: c.T("relief.flaws", len(flaws)), Note: c.T("relief.flawsNote"), Heads: heads(c, "row", "wrong")}
		for _, f := range flaws[:min(len(flaws), 200)] {
			t.Rows = append(t.Rows, []cell{{Text: c.T("relief.rowN", f.Row)}, {Text: f.Text}})
		}
		d.Tables = append(d.Tables, t)
	}
	d.Tables = append(d.Tables, monthTable(c, p, months))
	var ids []int64
	for _, w := range workers {
		ids = append(ids, w.PersonID)
	}
	names, err := r.People.Names(ctx, ids)
	if err != nil {
		return err
	}
	t := table{ID: "workers", Head: c.T("relief.roster"), Heads: heads(c, "worker", "job", "since", "localHead"), Empty: c.T("relief.rosterNone")}
	var at []web.Option
	for i, w := range workers {
		if w.Until.IsZero() {
			at = append(at, web.Option{Value: number(w.PersonID), Text: identity.MaskName(names[w.PersonID]) + " " + w.Job})
		}
		if i == most {
			t.Note = c.T("relief.rosterCut", most)
		}
		if i < most {
			t.Rows = append(t.Rows, []cell{{Text: identity.MaskName(names[w.PersonID])}, {Text: w.Job}, {Text: w.Since.String() + "～" + w.Until.String()}, {Text: c.T(map[bool]string{true: "relief.localYes", false: "relief.localNo"}[w.Local])}})
		}
	}
	d.Tables = append(d.Tables, t)
	told, err := steps(ctx, r.DB, p.ID, 100)
	if err != nil {
		return err
	}
	for _, s := range told {
		d.Events = append(d.Events, web.Event{When: lang.Date(c.Lang, s.On.Time), ISO: s.On.String(), Text: s.Text, Note: s.By})
	}
	for _, act := range actsIn[p.State] {
		if act == "leave" && len(at) == 0 {
			continue
		}
		b := boxOf(c, act, projectAt(p.ID)+"/"+act, p.Version, failing, failed, actFields(c, act, at)...)
		b.Note = c.T("relief.note." + act)
		d.Boxes = append(d.Boxes, b)
	}
	return c.Render("relief/sheet", web.Page{Title: p.Title, Form: failing, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("relief.title"), Href: atHome}}, Data: d})
}

func monthTable(c *web.Ctx, p *Project, months []Month) table {
	t := table{ID: "months", Head: c.T("relief.months"), Note: c.T("relief.monthsNote", p.PayDay), Heads: heads(c, "month", "+people", "+due", "+paidYuan", "+inTimeN", "+lateHead", "+shortHead", "+missingHead", "stateHead"), Empty: c.T("relief.monthsNone")}
	for i := range months {
		m := &months[i]
		n := func(v int64) cell { return cell{Text: lang.Int(v), Right: true} }
		t.Rows = append(t.Rows, []cell{{Text: c.T("relief.monthText", number(int64(m.Month/100)), m.Month%100)}, n(m.People), {Text: lang.Fen(m.Due), Right: true}, {Text: lang.Fen(m.Paid), Right: true}, n(m.InTime), n(m.Late), n(m.Short), n(m.Miss), owingCell(c, []Month{*m})})
	}
	return t
}

func (r *Room) actProject(c *web.Ctx) error {
	p, err := r.theProject(c)
	if err != nil {
		return err
	}
	ctx, act := c.Context(), c.R.PathValue("act")
	all, err := workersOf(ctx, r.DB, []Project{p})
	if err != nil {
		return err
	}
	var at []web.Option
	for _, w := range all[p.ID] {
		at = append(at, web.Option{Value: number(w.PersonID)})
	}
	f, _ := web.ActForm(c, act, actFields(c, act, at)...)
	version, key := f.Version(), c.Once()
	var flaws []Flaw
	var do func() error
	switch act {
	case "start":
		do = func() error { return r.Start(ctx, c.User, p.ID, version, key) }
	case "finish":
		do = func() error { return r.Finish(ctx, c.User, p.ID, version, key) }
	case "progress":
		percent, spent, text := int(f.Int("progress_percent")), f.Fen("progress_spent"), f.Text("progress_text")
		do = func() error { return r.Progress(ctx, c.User, p.ID, percent, spent, text, version, key) }
	case "hire":
		no, job, day := f.Text("hire_number"), f.Text("hire_job"), db.On(f.Date("hire_day"))
		do = func() error { return r.Hire(ctx, c.User, p.ID, no, job, day, version, key) }
	case "leave":
		who, day := ref(f.Choice("leave_who")), db.On(f.Date("leave_day"))
		do = func() error { return r.Leave(ctx, c.User, p.ID, who, day, version, key) }
	case "pay":
		list, wrong, err := r.readUpload(c, f)
		if err != nil {
			return err
		}
		if flaws = wrong; f.OK() && len(flaws) > 0 {
			f.Fail("pay_file", c.T("relief.flaws", len(flaws)))
		}
		do = func() error { return r.Report(ctx, c.User, p.ID, list, version, key) }
	default:
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("relief.done"))
			return c.Redirect(projectAt(p.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderProject(c, &p, f, act, flaws)
}

func (r *Room) readUpload(c *web.Ctx, f *web.Form) ([]Pay, []Flaw, error) {
	up, err := c.Upload("pay_file", 10<<20)
	if err != nil {
		return nil, nil, err
	}
	if up == nil {
		f.Fail("pay_file", c.T("relief.f.fileNone"))
		return nil, nil, nil
	}
	list, flaws, err := r.ReadWages(c.Context(), up.Path)
	if err != nil {
		return nil, nil, f.Mend(err)
	}
	return list, flaws, nil
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportWages writes a project's wages month by month, with whole names and numbers, in the columns that an import reads; it is recorded.
func (r *Room) exportWages(c *web.Ctx) error {
	p, err := r.theProject(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	all, err := workersOf(ctx, r.DB, []Project{p})
	if err != nil {
		return err
	}
	pays, err := paysOf(ctx, r.DB, []Project{p})
	if err != nil {
		return err
	}
	var ids []int64
	for _, w := range all[p.ID] {
		ids = append(ids, w.PersonID)
	}
	people, err := r.People.List(ctx, ids)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		return r.note(ctx, tx, c.User, "export", "project", p.ID, p.Area, "导出以工代赈工资表："+p.Title)
	}); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment("以工代赈工资表.xlsx", xlsxType))
	if err := x.Sheet("工资", sheet.Columns("姓名", wageColumns[0], wageColumns[1], wageColumns[2], wageColumns[3], wageColumns[4], "状态")...); err != nil {
		return err
	}
	by := map[int64]person.Person{}
	for _, one := range people {
		by[one.ID] = one
	}
	for i := range pays[p.ID] {
		v := &pays[p.ID][i]
		if who, ok := by[v.PersonID]; ok {
			if err := x.Row(who.Name, who.IDNumber, number(int64(v.Month)), web.Yuan(v.Due), web.Yuan(v.Paid), v.On.String(), word(c, "wage", Judge(v, v.Month, p.PayDay, r.Clock.Today()))); err != nil {
				return err
			}
		}
	}
	return x.Close()
}
