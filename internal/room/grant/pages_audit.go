package grant

import (
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

type auditRow struct {
	Href, Name, Policy, Place, Why string
	Score                          int64
	State                          tag
	View                           string
}

type findingRow struct{ Href, Name, Place, Rule, What, Next string }

func drawForm(c *web.Ctx, today time.Time) *web.Form {
	f := c.Form(web.Field{Name: "from", Label: c.T("grant.audit.from"), Kind: "date", Need: true}, web.Field{Name: "to", Label: c.T("grant.audit.to"), Kind: "date", Need: true},
		web.Field{Name: "share", Label: c.T("grant.audit.share"), Hint: c.T("grant.audit.shareHint"), Kind: "number", Need: true, Top: 1000, Width: "4", Unit: "‰"},
		web.Field{Name: "risk", Label: c.T("grant.audit.risk"), Hint: c.T("grant.audit.riskHint"), Kind: "number", Need: true, Min: 1, Top: 101, Width: "4"},
		web.Field{Name: "days", Label: c.T("grant.audit.days"), Kind: "number", Need: true, Min: 1, Top: int64(assignment.MostDays), Width: "4"})
	f.Set("from", today.AddDate(0, -3, 0).Format(time.DateOnly))
	f.Set("to", today.Format(time.DateOnly))
	f.Set("share", "50")
	f.Set("risk", "40")
	f.Set("days", "10")
	return f
}

func (r *Room) audits(c *web.Ctx) error { return r.renderAudits(c, drawForm(c, r.Clock.Today())) }

func (r *Room) renderAudits(c *web.Ctx, f *web.Form) error {
	ctx := c.Context()
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	list, err := r.store.inspections(ctx, c.User.Area, at.Int(0), pageSize+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > pageSize {
		list = list[:pageSize]
		next = web.NewCursor(list[pageSize-1].ID)
	}
	found, err := r.store.findings(ctx, c.User.Area, 200)
	if err != nil {
		return err
	}
	var ids []int64
	for _, x := range found {
		ids = append(ids, x.OwnerID)
	}
	for _, x := range list {
		ids = append(ids, x.OwnerID)
	}
	names, err := r.anyNames(c, ids)
	if err != nil {
		return err
	}
	var rows []auditRow
	for i := range list {
		x := &list[i]
		row := auditRow{auditAt(x), names[x.OwnerID], x.PolicyName, area.Name(x.Area), whyWords[x.Why].in(c.Lang), x.Score, tag{"warn", auditWords[x.State].in(c.Lang)}, ""}
		if x.State == AuditClosed {
			row.State.Kind, row.View = "ok", sanctionWord(x.Sanction).in(c.Lang)
		}
		rows = append(rows, row)
	}
	var odd []findingRow
	for _, x := range found {
		p := r.rules.ruleOf(x.RuleID)
		odd = append(odd, findingRow{caseAt(&Application{OwnerID: x.OwnerID, ID: x.GrantID}), names[x.OwnerID], area.Name(x.Area), p.Name.Zh, p.Result.Zh, p.Next.Zh})
	}
	return c.Render("grant/audits", web.Page{Title: c.T("grant.audit.title"), Lede: c.T("grant.audit.lede"), Form: f, Nav: atDesk,
		Data: map[string]any{"Tabs": tabs(c, atAudit), "Rows": rows, "Found": odd, "Cut": len(odd) == 200, "Paging": c.Paging(-1, len(rows), next), "CanDraw": c.User.Role == account.Manager}})
}

// anyNames reads the masked names of people and units alike: an id belongs to one of the two.
func (r *Room) anyNames(c *web.Ctx, ids []int64) (map[int64]string, error) {
	var list []Beneficiary
	for _, id := range ids {
		list = append(list, Beneficiary{id, true}, Beneficiary{id, false})
	}
	return r.names(c.Context(), list)
}

func sanctionWord(code string) Label {
	for _, s := range Sanctions {
		if s.Code == code {
			return s.Label
		}
	}
	return Label{}
}

func (r *Room) draw(c *web.Ctx) error {
	f := drawForm(c, r.Clock.Today())
	in := Sample{From: db.On(f.Date("from")), To: db.On(f.Date("to")), PerMille: f.Int("share"), Risk: f.Int("risk"), WorkDays: int(f.Int("days"))}
	if f.OK() {
		n, err := r.Draw(c.Context(), c.User, in, c.Once())
		if err == nil {
			c.Flash("ok", c.T("grant.saved.draw", n))
			return c.Redirect(atAudit)
		}
		if err = formFault(f, err); err != nil {
			return err
		}
	}
	return r.renderAudits(c, f)
}

// pathAudit reads the audit of an address.
func (r *Room) pathAudit(c *web.Ctx) (Inspection, error) {
	owner, err := c.PathID("owner")
	if err != nil {
		return Inspection{}, err
	}
	id, err := c.PathID("id")
	if err != nil {
		return Inspection{}, err
	}
	x, err := r.store.inspection(c.Context(), r.DB, owner, id)
	if err != nil {
		return x, err
	}
	if err := account.CanSeeArea(c.User, x.Area); err != nil {
		return x, err
	}
	return x, r.openInspection(&x)
}

func viewForm(c *web.Ctx, x *Inspection) *web.Form {
	list := []web.Field{{Name: "view", Label: c.T("grant.audit.view"), Kind: "radios", Need: true, Inline: true, Options: []web.Option{{Value: Clean, Text: viewWords[Clean].in(c.Lang)}, {Value: Wrong, Text: viewWords[Wrong].in(c.Lang)}}},
		{Name: "said", Label: c.T("grant.audit.said"), Hint: c.T("grant.audit.saidHint"), Kind: "textarea", Need: true, Max: 1000, Rows: 4}}
	if x.State == AuditViewed && x.FirstView == Wrong {
		var options []web.Option
		for _, s := range Sanctions {
			options = append(options, web.Option{Value: s.Code, Text: s.in(c.Lang)})
		}
		list = append(list, web.Field{Name: "sanction", Label: c.T("grant.audit.sanction"), Kind: "select", Options: options})
	}
	f := c.Form(list...)
	f.SetVersion(x.Version)
	return f
}

func (r *Room) oneAudit(c *web.Ctx) error {
	x, err := r.pathAudit(c)
	if err != nil {
		return err
	}
	return r.renderAudit(c, &x, viewForm(c, &x))
}

func (r *Room) renderAudit(c *web.Ctx, x *Inspection, f *web.Form) error {
	a, err := r.read(c.Context(), r.DB, x.OwnerID, x.GrantID)
	if err != nil {
		return err
	}
	name, err := r.name(c.Context(), a.Owner())
	if err != nil {
		return err
	}
	if err := r.Audit.Note(c.Context(), entry(c.User, "audit.read", &a, "查看了“"+a.PolicyName+"”事后核查")); err != nil {
		return err
	}
	due := c.User.Role == account.Manager && (x.State == AuditAnswered || x.State == AuditViewed)
	return c.Render("grant/auditone", web.Page{Title: name + " · " + a.PolicyName, Window: masked(a.Owner(), name) + " " + a.PolicyName, Lede: auditWords[x.State].in(c.Lang), Form: f, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("grant.audit.title"), Href: atAudit}},
		Data: map[string]any{"X": x, "Facts": r.facts(c, &a), "Case": caseAt(&a), "Task": assignment.Href(x.TaskID), "Why": whyWords[x.Why].in(c.Lang), "First": viewWords[x.FirstView].in(c.Lang),
			"Second": viewWords[x.SecondView].in(c.Lang), "Sanction": sanctionWord(x.Sanction).in(c.Lang), "At": auditAt(x), "Due": due && x.FirstBy != c.User.ID, "Same": due && x.FirstBy == c.User.ID, "Against": x.State == AuditViewed}})
}

func (r *Room) view(c *web.Ctx) error {
	x, err := r.pathAudit(c)
	if err != nil {
		return err
	}
	f := viewForm(c, &x)
	view, said := f.Choice("view"), f.Text("said")
	if f.OK() {
		err := r.View(c.Context(), c.User, x.OwnerID, x.ID, f.Version(), view, said, f.Value("sanction"), c.Once())
		if err == nil {
			c.Flash("ok", c.T("grant.saved.view"))
			return c.Redirect(auditAt(&x))
		}
		if !fault.Is(err, fault.Invalid) {
			return err
		}
		f.Fail("", fault.TextOf(err))
	}
	return r.renderAudit(c, &x, f)
}

type effectRow struct {
	Effect
	Shown bool
}

type takenRow struct {
	Taken
	Place    string
	Eligible string
}

// effect shows what became of beneficiaries, and how budgets and policies are taken up by area.
func (r *Room) effect(c *web.Ctx) error {
	ctx := c.Context()
	scope := area.At(c.User.Area, area.League)
	if len(c.User.Area) < 4 {
		scope = c.User.Area
	}
	list, err := r.store.effects(ctx, scope)
	if err != nil {
		return err
	}
	var rows []effectRow
	for _, e := range list {
		rows = append(rows, effectRow{e, e.Matched >= few})
	}
	taken, err := r.store.taken(ctx, c.User.Area)
	if err != nil {
		return err
	}
	eligible := map[string]map[string]int64{}
	var uses []takenRow
	for _, t := range taken {
		if eligible[t.Area] == nil {
			if eligible[t.Area], err = r.Policies.Eligible(ctx, t.Area); err != nil {
				return err
			}
		}
		row := takenRow{Taken: t, Place: area.Name(t.Area), Eligible: "—"}
		if n := eligible[t.Area][t.PolicyID]; n > 0 { // nobody where a statement is needed
			row.Eligible = lang.Int(n)
		}
		uses = append(uses, row)
	}
	funds, err := r.store.funds(ctx, c.User.Area, r.Clock.Today().Year())
	if err != nil {
		return err
	}
	return c.Render("grant/effect", web.Page{Title: c.T("grant.effect.title"), Lede: c.T("grant.effect.lede"), Nav: atDesk,
		Data: map[string]any{"Tabs": tabs(c, atEffect), "Rows": rows, "Uses": uses, "Areas": byArea(funds), "Few": few}})
}

type areaRow struct {
	Place                   string
	Budget, Committed, Paid int64
	Rate                    int64
}

// byArea adds funds up by area: the execution rate is what was paid of the budget.
func byArea(funds []Fund) []areaRow {
	var rows []areaRow
	for _, f := range funds {
		name := area.Name(f.Area)
		if len(rows) == 0 || rows[len(rows)-1].Place != name {
			rows = append(rows, areaRow{Place: name})
		}
		x := &rows[len(rows)-1]
		x.Budget, x.Committed, x.Paid = x.Budget+f.Budget, x.Committed+f.Committed+f.AtBank, x.Paid+f.Paid
		if x.Budget > 0 {
			x.Rate = x.Paid * 10000 / x.Budget
		}
	}
	return rows
}

func (r *Room) declareSelf(c *web.Ctx) error {
	f := selfForm(c)
	number := f.Text("idnumber")
	if f.OK() {
		id, err := identity.ParseIDNumber(number)
		if err != nil {
			f.Fail("idnumber", err.Error())
		} else {
			number = id.Number
		}
	}
	if !f.OK() {
		return r.renderSelf(c, f)
	}
	if err := r.Declare(c.Context(), c.User, number, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("grant.saved.self"))
	return c.Redirect(atSelf)
}
