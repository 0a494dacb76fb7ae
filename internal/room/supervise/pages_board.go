package supervise

import (
	"context"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// count is the number behind the menu's entry: milestones of the user's own area that are pressed or escalated.
func (r *Room) count(ctx context.Context, u web.User) (int64, error) {
	return waitingAt(ctx, r.DB, u.Area)
}

var stageKind = map[string]string{Reminded: "group", Pressed: "warn", Escalated: "stop", Platform: "stop"}

// board shows leaders what is past its day, by area and unit.
func (r *Room) board(c *web.Ctx) error {
	ctx, code := c.Context(), c.User.Area
	n, late, err := r.Overdue(ctx, code)
	if err != nil {
		return err
	}
	list, err := tallies(ctx, r.DB, code, r.today())
	if err != nil {
		return err
	}
	all, err := units(ctx, r.DB, code)
	if err != nil {
		return err
	}
	names := map[int64]string{}
	for _, u := range all {
		names[u.ID] = u.Name
	}
	var sum Tally
	byArea, order := map[string]*Tally{}, []string{}
	shownUnits, left := boardUnits(list, code)
	byUnit := table{ID: "units", Head: c.T("supervise.byUnit"), Heads: heads(c, "unit", "+open", "+reported", "+late", "+pressed", "+high", "+closed"), Empty: c.T("supervise.noDuties")}
	if left > 0 {
		byUnit.Note = c.T("supervise.unitsCut", left)
	}
	for _, t := range shownUnits {
		byUnit.Rows = append(byUnit.Rows, row(cell{Text: names[t.UnitID], Href: unitAt(t.UnitID), Small: area.Name(t.Area)}, t))
	}
	for _, t := range list { // areas one level down stand for everything below them
		at := t.Area
		for at != code && area.Parent(at) != code {
			at = area.Parent(at)
		}
		if byArea[at] == nil {
			byArea[at] = &Tally{Area: at}
			order = append(order, at)
		}
		byArea[at].add(t)
		sum.add(t)
	}
	d := content{Tabs: tabs(c, atHome), Actions: []web.Tab{{Text: c.T("supervise.split"), Href: atSplit}, {Text: c.T("supervise.newDuty"), Href: atDuties + "/new", Current: true}},
		Figures: []web.Figure{
			{Label: c.T("supervise.late"), Value: lang.Int(sum.Late), Unit: c.T("supervise.items"), Kind: kindIf(sum.Late > 0, "stop"), Href: atDuties + "?late=yes"},
			{Label: c.T("supervise.pressed"), Value: lang.Int(sum.Pressed), Unit: c.T("supervise.items"), Kind: kindIf(sum.Pressed > 0, "warn"), Href: atDuties + "?late=pressed"},
			{Label: c.T("supervise.high"), Value: lang.Int(sum.High), Unit: c.T("supervise.items"), Kind: kindIf(sum.High > 0, "stop"), Href: atDuties + "?late=high"},
			{Label: c.T("supervise.reported"), Value: lang.Int(sum.Reported), Unit: c.T("supervise.items"), Href: atDuties + "?late=reported"},
			{Label: c.T("supervise.doneOf"), Value: lang.Int(sum.Done) + "/" + lang.Int(sum.Done+sum.Open+sum.Reported), Unit: c.T("supervise.items")}}}
	overdue := table{ID: "late", Head: c.T("supervise.lateList"), Heads: heads(c, "duty", "unit", "milestone", "due", "stage"), Empty: c.T("supervise.noLate")}
	if n > len(late) {
		overdue.Note = c.T("supervise.lateCut", n, len(late))
	}
	for _, l := range late {
		overdue.Rows = append(overdue.Rows, []cell{{Text: l.Title, Href: l.Href}, {Text: l.Unit}, {Text: l.Milestone}, {Text: l.Due.String(), Small: c.T("supervise.over", l.Days)}, stageCell(c, l.Stage)})
	}
	d.Tables = append(d.Tables, overdue)
	if len(order) > 1 || len(order) == 1 && order[0] != code {
		t := table{ID: "areas", Head: c.T("supervise.byArea"), Heads: heads(c, "area", "+open", "+reported", "+late", "+pressed", "+high", "+closed")}
		for _, a := range order {
			t.Rows = append(t.Rows, row(cell{Text: area.Name(a), Href: atDuties + "?area=" + a}, *byArea[a]))
		}
		d.Tables = append(d.Tables, t)
	}
	d.Tables = append(d.Tables, byUnit)
	rule, found := RuleOn(r.Clock.Today())
	lede := c.T("supervise.noRule")
	if found {
		lede = c.T("supervise.rule", rule.Remind, rule.Answer)
	}
	return c.Render("supervise/sheet", page(c, c.T("supervise.title"), lede, "", "", nil, d))
}

// boardMost is how many units of the areas below the board lists.
const boardMost = 100

// boardUnits are the units that a board lists: an area's own, and of those below the ones with something late, as far as they fit; and how many
// are left out.
func boardUnits(list []Tally, code string) (out []Tally, left int) {
	below := 0
	for _, t := range list {
		switch {
		case t.Area == code:
		case len(list) > boardMost && t.Late == 0, below == boardMost:
			left++
			continue
		default:
			below++
		}
		out = append(out, t)
	}
	return out, left
}

func (t *Tally) add(o Tally) {
	t.Open, t.Reported, t.Done, t.Late, t.Pressed, t.High = t.Open+o.Open, t.Reported+o.Reported, t.Done+o.Done, t.Late+o.Late, t.Pressed+o.Pressed, t.High+o.High
}

func row(first cell, t Tally) []cell {
	out := []cell{first}
	for _, n := range []int64{t.Open, t.Reported, t.Late, t.Pressed, t.High, t.Done} {
		out = append(out, cell{Text: lang.Int(n), Right: true})
	}
	return out
}

func stageCell(c *web.Ctx, stage string) cell {
	if stage == "" {
		return cell{Text: "—"}
	}
	return cell{Text: word(c, "stage", stage), Kind: stageKind[stage]}
}

func kindIf(is bool, kind string) string {
	if is {
		return kind
	}
	return ""
}
