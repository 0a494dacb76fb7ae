package grant

import (
	"fmt"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

type deskRow struct {
	Href, Name, Place, Policy, Left string
	Late                            bool
	Fen                             int64
	State                           tag
}

type deskData struct {
	Tabs    []web.Tab
	Figures []web.Figure
	Filter  *web.Form
	Rows    []deskRow
	Paging  web.Paging
}

// desk lists what waits, the nearest deadline first.
func (r *Room) desk(c *web.Ctx) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	today := db.On(r.Clock.Today())
	by, late, err := r.store.counts(c.Context(), c.User.Area, today)
	if err != nil {
		return err
	}
	f := Filter{Area: c.User.Area}
	asked := c.R.URL.Query().Has("state")
	states := []web.Option{{Value: "live", Text: c.T("grant.state.live")}, {Value: "late", Text: c.T("grant.state.late")}, {Value: "held", Text: c.T("grant.state.held")}}
	for _, s := range stateWords {
		if s.State != Draft {
			states = append(states, web.Option{Value: string(s.State), Text: s.in(c.Lang)})
		}
		if s.State.Live() && (!asked || c.Query("state") == "live") {
			f.States = append(f.States, s.State)
		}
	}
	switch q := c.Query("state"); {
	case q == "late":
		f.Late = true
	case q == "held":
		f.Held = true
	case !asked || q == "live":
	case q != "" && slices.ContainsFunc(states, func(o web.Option) bool { return o.Value == q }):
		f.States = []State{State(q)}
	default:
		for _, s := range stateWords[1:] {
			f.States = append(f.States, s.State)
		}
	}
	var after db.Date
	if !at.Start() {
		if err := after.Scan(at.Text(0)); err != nil {
			return fault.Wrap(fault.Invalid, err, "翻页位置无效，请从第一页看起")
		}
	}
	list, err := r.store.list(c.Context(), r.DB, f, today, after, at.Int(1), pageSize+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > pageSize {
		list = list[:pageSize]
		last := list[pageSize-1]
		if last.Deadline.IsZero() {
			next = web.NewCursor("9999-12-31", last.ID)
		} else {
			next = web.NewCursor(last.Deadline.String(), last.ID)
		}
	}
	names, err := r.names(c.Context(), ownersOf(list))
	if err != nil {
		return err
	}
	d := deskData{Tabs: tabs(c, atDesk), Paging: c.Paging(-1, len(list), next), Filter: c.Form(web.Field{Name: "state", Label: c.T("grant.state"), Kind: "select", Options: states})}
	d.Filter.Set("state", "live")
	for i := range list {
		a := &list[i]
		left, over := r.left(c, a)
		fen := a.Granted
		if fen == 0 {
			fen = a.Amount
		}
		d.Rows = append(d.Rows, deskRow{caseAt(a), names[a.OwnerID], area.Name(a.Area), a.PolicyName, left, over, fen, stateTag(c, a.State)})
	}
	fig := func(text string, n int64, state, kind string) {
		d.Figures = append(d.Figures, web.Figure{Label: text, Value: wide(n), Unit: c.T("grant.items"), Kind: kind, Href: atDesk + "?state=" + state})
	}
	lateKind := ""
	if late > 0 {
		lateKind = "stop"
	}
	fig(c.T("grant.figure.accept"), by[Submitted], "submitted", "")
	fig(c.T("grant.figure.check"), by[Accepted]+by[Checked], "accepted", "")
	fig(c.T("grant.figure.decide"), by[Proposed], "proposed", "")
	fig(c.T("grant.figure.public"), by[Public], "public", "")
	fig(c.T("grant.figure.pay"), by[Payable], "payable", "")
	fig(c.T("grant.figure.late"), late, "late", lateKind)
	return c.Render("grant/desk", web.Page{Title: c.T("grant.menu"), Lede: c.T("grant.lede", area.Name(c.User.Area)), Data: d, Nav: atDesk})
}

type caseData struct {
	A                *Application
	At, Name, File   string
	State            tag
	Way              []web.Step
	Facts            []web.Pair
	Checks           []web.Reason
	Files            []fileRow
	Events           []web.Event
	Left             string
	Late             bool
	CanDesk          bool
	Acts             map[string]bool
	Funds            []Fund
	Request          string
	Others           []mineRow
	Recoveries       []recoveryRow
	Said             []saidRow
	Unjudged         bool // a statement waits for its verdict
	Lines            []lineRow
	Held             bool
	Opinion, Account *web.Form
}

type recoveryRow struct {
	ID            int64
	Fen, Received int64
	State, Why    string
	Open          bool
	Approved      bool
	Parts         []Instalment
}

// one is an application for staff; the look is written down.
func (r *Room) one(c *web.Ctx) error {
	a, err := r.pathCase(c)
	if err != nil {
		return err
	}
	if err := r.Audit.Note(c.Context(), entry(c.User, "read", &a, "查看了“"+a.PolicyName+"”申请")); err != nil {
		return err
	}
	return r.renderCase(c, &a, nil)
}

func (r *Room) renderCase(c *web.Ctx, a *Application, f *web.Form) error {
	ctx := c.Context()
	said, err := r.said(ctx, r.DB, a)
	if err != nil {
		return err
	}
	o, err := r.Policies.Offer(ctx, c.Lang, a.PolicyID, a.Owner(), said)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	name, err := r.name(ctx, a.Owner())
	if err != nil {
		return err
	}
	d := caseData{A: a, At: caseAt(a), Name: name, State: stateTag(c, a.State), Way: way(c, a), Facts: r.facts(c, a), CanDesk: mayDesk(c.User, a) == nil, Acts: map[string]bool{}}
	if d.Left, d.Late = r.left(c, a); !a.Unit {
		d.File = fmt.Sprintf("/casework/person/%d", a.OwnerID)
	}
	if f == nil {
		f = r.attachForm(c, &o, said)
	}
	for _, x := range a.Checks {
		d.Checks = append(d.Checks, web.Reason{Kind: x.Outcome, Text: x.Text})
	}
	if d.Files, _, err = r.files(c, a); err != nil {
		return err
	}
	if d.Said, err = r.saidRows(c, a, d.Files); err != nil {
		return err
	}
	for _, s := range d.Said {
		d.Unjudged = d.Unjudged || s.Verdict == ""
	}
	if d.Lines, d.Held, err = r.lineRows(c, a); err != nil {
		return err
	}
	d.Acts["verify"] = a.State == Accepted || a.State == Checked
	for _, l := range d.Lines {
		open := l.State == LinePlanned || l.State == LineDue || l.State == LineHeld || l.State == LineBounced
		d.Acts["stop"] = d.Acts["stop"] || open && (a.State == Payable || a.State == Bounced)
	}
	if d.Events, err = r.events(c, a, true); err != nil {
		return err
	}
	for _, act := range []Act{Accept, Return, Check, Propose, Object, Submit} {
		_, d.Acts[string(act)] = moveOf(act, a.State)
	}
	d.Acts["attach"] = a.State == Draft || a.State == Returned || a.State == Submitted || a.State == Accepted
	if d.Acts["propose"] {
		if d.Funds, err = r.FundsFor(ctx, a); err != nil {
			return err
		}
	}
	if a.State == Proposed || a.State == Appealed {
		d.Request = approval.Href(a.RequestID)
	}
	if d.Others, err = r.others(c, a); err != nil {
		return err
	}
	d.Acts["recover"] = !a.PaidOn.IsZero()
	if d.Recoveries, err = r.recoveries(c, a); err != nil {
		return err
	}
	return c.Render("grant/case", web.Page{Title: name + " · " + a.PolicyName, Window: masked(a.Owner(), name) + " " + a.PolicyName, Lede: d.State.Text, Form: f, Data: d, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("grant.menu"), Href: atDesk}}})
}

// others are the owner's other applications.
func (r *Room) others(c *web.Ctx, a *Application) ([]mineRow, error) {
	list, err := r.store.ofOwner(c.Context(), r.DB, a.OwnerID)
	var rows []mineRow
	for i := range list {
		if x := &list[i]; x.ID != a.ID && x.State != Draft {
			rows = append(rows, mineRow{caseAt(x), x.PolicyName, x.periodIn(c.Lang), "", x.Amount, stateTag(c, x.State)})
		}
	}
	return rows, err
}

func (r *Room) recoveries(c *web.Ctx, a *Application) ([]recoveryRow, error) {
	list, err := r.store.recoveriesOf(c.Context(), a)
	if err != nil {
		return nil, err
	}
	words := map[string]string{RecoveryWaiting: c.T("grant.recovery.waiting"), RecoveryRefused: c.T("grant.recovery.refused"), RecoveryOpen: c.T("grant.recovery.open"), RecoveryDone: c.T("grant.recovery.done")}
	var rows []recoveryRow
	for _, v := range list {
		why, err := r.Sealer.Open(v.why)
		if err != nil {
			return nil, err
		}
		parts, err := r.store.instalments(c.Context(), r.DB, v.OwnerID, v.ID)
		if err != nil {
			return nil, err
		}
		rows = append(rows, recoveryRow{v.ID, v.Fen, v.Received, words[v.State], why, v.State == RecoveryOpen, v.State == RecoveryOpen || v.State == RecoveryDone, parts})
	}
	return rows, nil
}

// handle does one of the desk's acts.
func (r *Room) handle(c *web.Ctx) error {
	a, err := r.pathCase(c)
	if err != nil {
		return err
	}
	if err := mayDesk(c.User, &a); err != nil {
		return err
	}
	ctx, who, version := c.Context(), c.User, c.Form().Version()
	f := c.Form(web.Field{Name: "note", Label: c.T("grant.why"), Max: 500}, web.Field{Name: "why", Label: c.T("grant.why"), Max: 500},
		web.Field{Name: "amount", Label: c.T("grant.amount"), Kind: "number", Unit: "元"}, web.Field{Name: "parts", Label: c.T("grant.parts"), Kind: "number"})
	act := c.R.PathValue("act")
	switch act {
	case "accept", "return", "object", "note":
		err = r.Handle(ctx, who, a.OwnerID, a.ID, version, Act(act), f.Text("note"), c.Once())
	case "check":
		err = r.RunCheck(ctx, who, a.OwnerID, a.ID, version, c.Once())
	case "propose":
		in := Opinion{Grant: f.Value("grant") == "yes", Why: f.Text("why"), AmountFen: f.Fen("amount")}
		_, _ = fmt.Sscan(f.Value("fund"), &in.FundID)
		if f.Value("grant") != "yes" && f.Value("grant") != "no" {
			return fault.New(fault.Invalid, "请选择批准或不予批准")
		}
		err = r.Give(ctx, who, a.OwnerID, a.ID, version, in, c.Once())
	case "verify":
		err = r.Verify(ctx, who, a.OwnerID, a.ID, version, f.Value("field"), f.Value("verdict"), f.Text("why"), c.Once())
	case "stop", "goon":
		err = r.Halt(ctx, who, a.OwnerID, a.ID, version, act == "stop", f.Text("why"), c.Once())
	case "recover":
		err = r.Reclaim(ctx, who, a.OwnerID, a.ID, version, f.Fen("amount"), int(f.Int("parts")), f.Text("why"), c.Once())
	case "receive":
		var id int64
		_, _ = fmt.Sscan(f.Value("recovery"), &id)
		err = r.Receive(ctx, who, a.OwnerID, id, f.Fen("amount"), c.Once())
	default:
		return r.ownAct(c, &a, caseAt(&a), func(f *web.Form) error { return r.renderCase(c, &a, f) })
	}
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("grant.saved.act"))
	return c.Redirect(caseAt(&a))
}

// fenYuan writes an amount for a page's text.
func fenYuan(c *web.Ctx, n int64) string { return lang.Fen(n) + " " + c.T("grant.yuan") }
