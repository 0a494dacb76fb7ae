package supervise

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

func (r *Room) inspectionList(c *web.Ctx) error {
	at, err := below(c)
	if err != nil {
		return err
	}
	list, err := inspections(c.Context(), r.DB, c.User.Area, at, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t := table{ID: "list", Head: word(c, "tab", "inspections"), Heads: heads(c, "inspection", "theme", "span", "area", "state"), Empty: c.T("supervise.noInspections")}
	for _, x := range list {
		t.Rows = append(t.Rows, []cell{{Text: x.Title, Href: inspectAt(x.ID)}, {Text: word(c, "theme", x.Theme)}, {Text: x.From.String() + "～" + x.Until.String()}, {Text: area.Name(x.Area)},
			{Text: word(c, "inspect", x.State), Kind: map[string]string{Underway: "warn", Closed: "ok"}[x.State]}})
	}
	d := content{Tabs: tabs(c, atInspect), Tables: []table{t}, Paged: len(list) > 0, Paging: c.Paging(-1, len(list), next)}
	open, err := duties(c.Context(), r.DB, Filter{Area: c.User.Area, Source: FromFinding, State: Open, Today: r.today()}, newest, 50)
	if err != nil {
		return err
	}
	x, err := r.dutyTable(c, open)
	if err != nil {
		return err
	}
	x.ID, x.Head, x.Empty = FromFinding, c.T("supervise.open.finding"), c.T("supervise.noFindings")
	d.Tables = append(d.Tables, x)
	if MayLead(c.User, c.User.Area) == nil {
		d.Actions = []web.Tab{{Text: c.T("supervise.newInspection"), Href: atInspect + "/new"}}
	}
	return c.Render("supervise/sheet", page(c, word(c, "tab", "inspections"), c.T("supervise.inspectionsLede"), atHome, c.T("supervise.title"), nil, d))
}

func (r *Room) askInspection(c *web.Ctx) error  { return r.newInspection(c, false) }
func (r *Room) takeInspection(c *web.Ctx) error { return r.newInspection(c, true) }

func (r *Room) newInspection(c *web.Ctx, take bool) error {
	if err := MayLead(c.User, c.User.Area); err != nil {
		return err
	}
	b := desk.Box(c, "inspect", atInspect+"/new", 0, nil, "", web.Field{Name: "title", Label: c.T("supervise.f.inspectionName"), Need: true, Max: 80},
		web.Field{Name: "theme", Label: c.T("supervise.theme"), Kind: "select", Need: true, Options: options(c, "theme", themes)}, web.Field{Name: "from", Label: c.T("supervise.f.from"), Kind: "date", Need: true, Width: "8"},
		web.Field{Name: "until", Label: c.T("supervise.f.ends"), Kind: "date", Need: true, Width: "8"}, web.Field{Name: "leader", Label: c.T("supervise.f.leader"), Need: true, Max: 20}, web.Field{Name: "member", Label: c.T("supervise.f.member"), Hint: c.T("supervise.f.memberHint"), Need: true, Max: 60},
		web.Field{Name: "places", Label: c.T("supervise.f.places"), Kind: "checkboxes", Need: true, Options: account.Places(c.User.Area)}, web.Field{Name: "list", Label: c.T("supervise.checklist"), Hint: c.T("supervise.f.lines"), Kind: "textarea", Need: true, Rows: 6, Max: 1000})
	f := b.Form
	again := func() error {
		return c.Render("supervise/form", page(c, c.T("supervise.newInspection"), "", atInspect, word(c, "tab", "inspections"), f, b))
	}
	if !take {
		return again()
	}
	in := Inspection{Area: c.User.Area, Title: f.Text("inspect_title"), Theme: f.Choice("inspect_theme"), From: db.On(f.Date("inspect_from")), Until: db.On(f.Date("inspect_until")), Leader: f.Text("inspect_leader"),
		Member: f.Text("inspect_member"), Places: strings.Join(f.Many("inspect_places"), " "), Checklist: lines(f.Text("inspect_list"))}
	id := int64(0)
	return carry(c, f, func() string { return inspectAt(id) }, func() (err error) {
		id, err = r.Plan(c.Context(), c.User, in, c.Once())
		return err
	}, again)
}

// lines leaves out blank lines and blanks at the ends.
func lines(text string) string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

func (r *Room) theInspection(c *web.Ctx) (Inspection, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Inspection{}, err
	}
	in, err := inspectionByID(c.Context(), r.DB, id)
	if err != nil {
		return in, err
	}
	return in, MayRead(c.User, in.Area)
}

func (r *Room) inspectionFields(c *web.Ctx, act string, in *Inspection) ([]web.Field, error) {
	switch act {
	case "look":
		item, place := web.Field{Name: "item", Label: c.T("supervise.f.item"), Kind: "select", Need: true}, web.Field{Name: "area", Label: c.T("supervise.area"), Kind: "select", Need: true}
		for i, l := range strings.Split(in.Checklist, "\n") {
			item.Options = append(item.Options, web.Option{Value: itoa(int64(i)), Text: l})
		}
		for _, p := range strings.Fields(in.Places) {
			place.Options = append(place.Options, web.Option{Value: p, Text: area.Name(p)})
		}
		all, err := units(c.Context(), r.DB, in.Area)
		return []web.Field{item, place, {Name: "note", Label: c.T("supervise.f.seen"), Kind: "textarea", Need: true, Rows: 3, Max: 600}, {Name: "unit", Label: c.T("supervise.f.fixUnit"), Hint: c.T("supervise.f.fixHint"), Kind: "select", Options: unitOptions(all)},
			{Name: "day", Label: c.T("supervise.f.fixDay"), Kind: "date", Width: "8"}, {Name: "file", Label: c.T("supervise.f.file"), Kind: "file", Accept: evidence.Accept}}, err
	case "conclude":
		return []web.Field{{Name: "note", Label: c.T("supervise.f.conclusion"), Kind: "textarea", Need: true, Rows: 4, Max: 1000}}, nil
	}
	return nil, nil
}

func (r *Room) showInspection(c *web.Ctx) error { return r.renderInspection(c, nil, "") }

func (r *Room) renderInspection(c *web.Ctx, failing *web.Form, failed string) error {
	in, err := r.theInspection(c)
	if err != nil {
		return err
	}
	list, err := r.checks(c.Context(), in.ID)
	if err != nil {
		return err
	}
	var named []string
	for _, p := range strings.Fields(in.Places) {
		named = append(named, area.Name(p))
	}
	d := content{Tags: []cell{{Text: word(c, "inspect", in.State), Kind: map[string]string{Underway: "warn", Closed: "ok"}[in.State]}}, Pairs: []web.Pair{{Key: c.T("supervise.theme"), Value: word(c, "theme", in.Theme)},
		{Key: c.T("supervise.span"), Value: in.From.String() + "～" + in.Until.String()}, {Key: c.T("supervise.team"), Value: in.Leader + "、" + in.Member}, {Key: c.T("supervise.f.places"), Value: strings.Join(named, "、")}, {Key: c.T("supervise.by"), Value: in.By}}}
	if in.Conclusion != "" {
		d.Paragraphs = []string{c.T("supervise.labelled", c.T("supervise.f.conclusion"), in.Conclusion)}
	}
	t := table{ID: "checks", Head: c.T("supervise.checks"), Heads: heads(c, "f.item", "area", "f.seen", "result", "on", "by"), Empty: c.T("supervise.noChecks")}
	for i, l := range strings.Split(in.Checklist, "\n") {
		d.Paragraphs = append(d.Paragraphs, itoa(int64(i+1))+". "+l)
	}
	for _, k := range list {
		if MaySee(c.User, k.Area) != nil { // other banners' findings are theirs
			continue
		}
		result := cell{Text: c.T("supervise.noProblem"), Kind: "ok"}
		if k.DutyID != 0 {
			result = cell{Text: c.T("supervise.toFix"), Href: dutyAt(k.DutyID)}
		}
		t.Rows = append(t.Rows, []cell{{Text: k.Item}, {Text: area.Name(k.Area)}, {Text: k.Text}, result, {Text: k.On.String()}, {Text: k.By}})
	}
	d.Tables = []table{t}
	if MayLead(c.User, in.Area) == nil && in.State != Closed {
		for _, act := range []string{"look", "conclude"} {
			fields, err := r.inspectionFields(c, act, &in)
			if err != nil {
				return err
			}
			d.Boxes = append(d.Boxes, desk.Box(c, act, inspectAt(in.ID)+"/"+act, in.Version, failing, failed, fields...))
		}
	}
	return c.Render("supervise/sheet", page(c, in.Title, "", atInspect, word(c, "tab", "inspections"), failing, d))
}

func (r *Room) actInspection(c *web.Ctx) error {
	in, err := r.theInspection(c)
	if err != nil {
		return err
	}
	if err := MayLead(c.User, in.Area); err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields, err := r.inspectionFields(c, act, &in)
	if err != nil {
		return err
	}
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fields...)
	note := f.Text(act + "_note")
	do := func() error { return r.Conclude(c.Context(), c.User, in.ID, note, f.Version(), c.Once()) }
	if act == "look" {
		k := Checked{Area: f.Choice("look_area"), Text: note}
		if all := strings.Split(in.Checklist, "\n"); f.Choice("look_item") != "" {
			k.Item = all[idOf(f, "look_item")]
		}
		unit, day := idOf(f, "look_unit"), db.On(f.Date("look_day"))
		proof, err := proofOf(c, f, "look_file")
		if err != nil {
			return err
		}
		do = func() error { return r.Look(c.Context(), c.User, in.ID, k, unit, day, proof, f.Version(), c.Once()) }
	}
	return carry(c, f, func() string { return inspectAt(in.ID) }, do, func() error { return r.renderInspection(c, f, act) })
}
