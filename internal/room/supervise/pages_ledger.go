package supervise

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

func (r *Room) ledgerList(c *web.Ctx) error { return r.renderLedger(c, nil, "") }

func (r *Room) entryFields(c *web.Ctx) ([]web.Field, error) {
	all, err := units(c.Context(), r.DB, c.User.Area)
	if err != nil {
		return nil, err
	}
	source := web.Field{Name: "text", Label: c.T("supervise.f.sourceText"), Hint: c.T("supervise.f.sourceHint"), Need: true, Max: 120}
	out := []web.Field{{Name: "kind", Label: c.T("supervise.f.entryKind"), Kind: "radios", Need: true, Options: options(c, "entry", entryKinds)}, {Name: "unit", Label: c.T("supervise.unit"), Kind: "select", Need: true, Options: unitOptions(all)},
		{Name: "title", Label: c.T("supervise.f.matter"), Need: true, Max: 80}, {Name: "facts", Label: c.T("supervise.f.facts"), Kind: "textarea", Need: true, Rows: 3, Max: 800}, {Name: "day", Label: c.T("supervise.on"), Kind: "date", Need: true, Width: "8"},
		{Name: "conditions", Label: c.T("supervise.f.conditions"), Hint: c.T("supervise.f.conditionsHint"), Kind: "checkboxes", Options: options(c, "condition", conditions)},
		{Name: "source", Label: c.T("supervise.source"), Kind: "select", Need: true, Options: options(c, "from", entrySources)}, source}
	if r.Findings == nil {
		return out, nil
	}
	judged, err := r.Findings.Judged(c.Context(), c.User.Area, 50)
	if err != nil {
		return nil, err
	}
	f := web.Field{Name: "finding", Label: c.T("supervise.f.finding"), Kind: "select"}
	for _, x := range judged {
		f.Options = append(f.Options, web.Option{Value: x.Ref, Text: x.Text})
	}
	out[len(out)-1].Need = len(f.Options) == 0
	return append(out, f), nil
}

func (r *Room) renderLedger(c *web.Ctx, failing *web.Form, failed string) error {
	at, err := below(c)
	if err != nil {
		return err
	}
	asked := c.Form(web.Field{Name: "kind", Label: c.T("supervise.f.entryKind"), Kind: "select", Options: options(c, "entry", entryKinds)})
	list, err := r.entries(c.Context(), c.User.Area, asked.Choice("kind"), at, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t := table{ID: "list", Head: word(c, "tab", "ledger"), Heads: heads(c, "f.matter", "f.entryKind", "unit", "f.facts", "source", "on", "state"), Empty: c.T("supervise.noEntries")}
	for _, e := range list {
		var met []string
		for _, code := range strings.Fields(e.Conditions) {
			met = append(met, word(c, "condition", code))
		}
		t.Rows = append(t.Rows, []cell{{Text: e.Title}, {Text: word(c, "entry", e.Kind)}, {Text: e.Unit, Small: area.Name(e.Area)}, {Text: e.Facts, Small: strings.Join(met, "；")}, {Text: word(c, "from", e.Source), Small: e.SourceText}, {Text: e.On.String()},
			{Text: word(c, "kept", e.State), Kind: map[string]string{Waiting: "warn", Kept: "ok"}[e.State], Small: e.By + " → " + dash(e.Decider)}})
	}
	d := content{Tabs: tabs(c, atLedger), Filter: asked, FilterNames: []string{"kind"}, Tables: []table{t}, Paged: len(list) > 0, Paging: c.Paging(-1, len(list), next)}
	if MayLead(c.User, c.User.Area) == nil {
		fields, err := r.entryFields(c)
		if err != nil {
			return err
		}
		d.Boxes = []box{desk.Box(c, "entry", atLedger, 0, failing, failed, fields...)}
	}
	return c.Render("supervise/sheet", page(c, word(c, "tab", "ledger"), c.T("supervise.ledgerLede"), atHome, c.T("supervise.title"), failing, d))
}

func (r *Room) takeEntry(c *web.Ctx) error {
	if err := MayLead(c.User, c.User.Area); err != nil {
		return err
	}
	fields, err := r.entryFields(c)
	if err != nil {
		return err
	}
	f, _ := web.ActForm(c, "entry", fields...)
	e := Entry{Kind: f.Choice("entry_kind"), UnitID: idOf(f, "entry_unit"), Title: f.Text("entry_title"), Facts: f.Text("entry_facts"), On: db.On(f.Date("entry_day")), Conditions: strings.Join(f.Many("entry_conditions"), " "),
		Source: f.Choice("entry_source"), SourceText: f.Text("entry_text")}
	if last := fields[len(fields)-1]; last.Name == "entry_finding" {
		if ref := f.Choice("entry_finding"); ref != "" {
			e.SourceText = strings.TrimSpace(e.SourceText + " " + ref)
		}
	}
	return carry(c, f, func() string { return atLedger }, func() error { return r.Enter(c.Context(), c.User, e, c.Once()) }, func() error { return r.renderLedger(c, f, "entry") })
}
