package grant

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

// ownOf is the beneficiary behind a public account.
func ownOf(who web.User) (Beneficiary, error) {
	b := Beneficiary{ID: who.PersonID}
	if who.Role == account.Employer {
		b = Beneficiary{who.EmployerID, true}
	}
	if b.ID == 0 {
		return b, fault.New(fault.NotFound, "您的账号还没有与档案对上，请带证件到就近的就业服务站办理关联")
	}
	return b, nil
}

type mineRow struct {
	Href, Policy, Period, Left string
	Fen                        int64
	State                      tag
}

type offerRow struct {
	Href, Name, Lead, Verdict, How string
	Fen                            int64
}

// mine lists somebody's own applications, and what they may apply for.
func (r *Room) mine(c *web.Ctx) error {
	b, err := ownOf(c.User)
	if err != nil {
		return err
	}
	list, err := r.store.ofOwner(c.Context(), r.DB, b.ID)
	if err != nil {
		return err
	}
	var rows []mineRow
	busy := map[string]bool{}
	for i := range list {
		a := &list[i]
		left, _ := r.left(c, a)
		busy[a.PolicyID] = busy[a.PolicyID] || a.State.Live() || a.State == Draft
		fen := a.Granted
		if fen == 0 {
			fen = a.Amount
		}
		rows = append(rows, mineRow{mineAt(a), a.PolicyName, a.periodIn(c.Lang), left, fen, stateTag(c, a.State)})
	}
	offers, err := r.Policies.Offers(c.Context(), c.Lang, b)
	if err != nil {
		return err
	}
	var may []offerRow
	for _, o := range offers {
		verdict := map[string]string{"yes": "yes", "unknown": "ask"}[o.Verdict]
		if verdict != "" && o.Online && !busy[o.PolicyID] && (verdict == "yes" || len(o.Asks) > 0) {
			may = append(may, offerRow{"/grant/apply/" + o.PolicyID, nameIn(c, &o), o.Lead, verdict, o.How, o.AmountFen})
		}
	}
	slices.SortStableFunc(may, func(a, b offerRow) int { return strings.Compare(b.Verdict, a.Verdict) }) // what is sure first
	return c.Render("grant/mine", web.Page{Title: c.T("grant.mine.title"), Lede: c.T("grant.mine.lede"), Public: true, Nav: atMine, Data: map[string]any{"Rows": rows, "Offers": may}})
}

func nameIn(c *web.Ctx, o *Offer) string {
	if c.Lang == lang.English && o.NameEn != "" {
		return o.NameEn
	}
	return o.Name
}

// applicant is whom an application form is for: oneself, or at the window whoever the address names.
func (r *Room) applicant(c *web.Ctx) (b Beneficiary, name string, err error) {
	if c.User.Role != account.Officer {
		if b, err = ownOf(c.User); err != nil {
			return b, "", err
		}
	} else {
		var id int64
		unit := c.Query("unit") != ""
		if _, err := fmt.Sscan(c.Query("person")+c.Query("unit"), &id); err != nil || id <= 0 {
			return b, "", fault.New(fault.NotFound, "请从个人档案或单位页面进入，代为申请")
		}
		b = Beneficiary{id, unit}
	}
	place, name, err := r.placeOf(c.Context(), b, "")
	if err != nil {
		return b, "", err
	}
	a := Application{OwnerID: b.ID, Unit: b.Unit, Area: place}
	return b, name, mayOwn(c.User, &a)
}

func applyForm(c *web.Ctx, o *Offer, asks []Ask) *web.Form {
	list := askFields(c, asks)
	if o.Monthly() {
		list = append(list, web.Field{Name: "from", Label: c.T("grant.apply.from"), Hint: "2025-01", Need: true, Max: 7, Width: "8"},
			web.Field{Name: "to", Label: c.T("grant.apply.to"), Hint: "2025-06", Need: true, Max: 7, Width: "8"})
	}
	if o.AmountFen > 0 {
		list = append(list, web.Field{Name: "bank", Label: c.T("grant.bank"), Hint: c.T("grant.bankHint"), Need: true, Max: 60, Width: "full"},
			web.Field{Name: "account", Label: c.T("grant.account"), Hint: c.T("grant.accountHint"), Need: true, Max: 50, Width: "full", Auto: "off"})
	}
	note := web.Field{Name: "note", Label: c.T("grant.apply.note"), Kind: "textarea", Max: 500, Rows: 3}
	if o.Verdict != "yes" {
		note.Hint = c.T("grant.apply.noteWhy")
		if o.Verdict != "unknown" {
			list = append(list, web.Field{Name: "insist", Label: c.T("grant.apply.insist"), Kind: "check"})
		}
	}
	return c.Form(append(list, note)...)
}

func (r *Room) applyPage(c *web.Ctx) error {
	b, name, err := r.applicant(c)
	if err != nil {
		return err
	}
	o, err := r.Policies.Offer(c.Context(), c.Lang, c.R.PathValue("policy"), b, nil)
	if err != nil {
		return err
	}
	if c.User.Citizen && !o.Online {
		return fault.New(fault.Conflict, "“%s”不在网上申请。%s", o.Name, o.Next)
	}
	f := applyForm(c, &o, o.Asks)
	if err := r.knownAccount(c, b, f); err != nil {
		return err
	}
	return r.renderApply(c, b, name, &o, f)
}

// knownAccount fills in the account that somebody gave last.
func (r *Room) knownAccount(c *web.Ctx, b Beneficiary, f *web.Form) error {
	list, err := r.store.ofOwner(c.Context(), r.DB, b.ID)
	for i := range list {
		if err := r.open(&list[i]); err != nil {
			return err
		}
		if list[i].Account != "" && !f.Values.Has("account") { // typed, or not asked yet
			f.Values["bank"], f.Values["account"] = []string{list[i].Bank}, []string{list[i].Account}
		}
	}
	return err
}

type applyData struct {
	Action   string
	Known    []web.Pair
	Verdict  string
	Lead     string
	Reasons  []web.Reason
	Evidence []string
	Next     string
	Asks     []web.Field // what no department reports
	Rest     []web.Field
	Schedule []Period
}

func (r *Room) renderApply(c *web.Ctx, b Beneficiary, name string, o *Offer, f *web.Form) error {
	d := applyData{Action: c.R.URL.RequestURI(), Verdict: map[string]string{"unknown": "ask"}[o.Verdict], Lead: o.Lead, Evidence: o.Evidence, Next: o.Next}
	if d.Verdict == "" {
		d.Verdict = o.Verdict
	}
	for _, x := range o.Reasons {
		kind := x.Outcome
		if kind == "unknown" {
			kind = "ask"
		}
		d.Reasons = append(d.Reasons, web.Reason{Kind: kind, Text: x.Text})
	}
	for _, x := range f.Fields {
		if strings.HasPrefix(x.Name, askPrefix) {
			d.Asks = append(d.Asks, x)
		} else {
			d.Rest = append(d.Rest, x)
		}
	}
	d.Schedule = o.Schedule
	var err error
	if d.Known, err = r.known(c, b, name); err != nil {
		return err
	}
	if o.AmountFen > 0 {
		d.Known = append(d.Known, web.Pair{Key: c.T("grant.amount"), Value: o.How + " " + lang.Fen(o.AmountFen) + " " + c.T("grant.yuan")})
	}
	page := web.Page{Title: c.T("grant.apply.title", nameIn(c, o)), Lede: c.T("grant.apply.lede"), Public: c.User.Citizen, Form: f, Data: d, Nav: atMine, Crumbs: []web.Crumb{{Text: c.T("grant.menu.mine"), Href: atMine}}}
	if !c.User.Citizen {
		page.Nav, page.Crumbs = atDesk, []web.Crumb{{Text: c.T("grant.menu"), Href: atDesk}}
	}
	return c.Render("grant/apply", page)
}

// known is what nobody has to fill in.
func (r *Room) known(c *web.Ctx, b Beneficiary, name string) ([]web.Pair, error) {
	if b.Unit {
		e, err := r.Employers.Get(c.Context(), b.ID)
		return []web.Pair{{Key: c.T("grant.unit"), Value: e.Name}, {Key: c.T("grant.creditcode"), Value: e.CreditCode}, {Key: c.T("grant.place"), Value: area.FullName(e.Area)}}, err
	}
	p, err := r.People.Get(c.Context(), b.ID)
	return []web.Pair{{Key: c.T("grant.name"), Value: name}, {Key: c.T("grant.idnumber"), Value: identity.MaskID(p.IDNumber)}, {Key: c.T("grant.phone"), Value: identity.MaskPhone(p.Phone)}, {Key: c.T("grant.place"), Value: area.FullName(p.Area)}}, err
}

func (r *Room) sendApply(c *web.Ctx) error {
	b, name, err := r.applicant(c)
	if err != nil {
		return err
	}
	first := r.posted(c, b.Unit)
	o, err := r.Policies.Offer(c.Context(), c.Lang, c.R.PathValue("policy"), b, readSaid(c.Form(askFields(c, first)...), first))
	if err != nil {
		return err
	}
	asks := more(first, o.Asks) // an answer may raise another question
	f := applyForm(c, &o, asks)
	in := Asked{Policy: o.PolicyID, For: b, Said: readSaid(f, asks), Note: f.Text("note"), Insist: f.Value("insist") != ""}
	if o.Monthly() {
		in.From, in.To = ParseMonth(f.Text("from")), ParseMonth(f.Text("to"))
		if in.From == 0 && f.Error("from") == "" {
			f.Fail("from", c.T("grant.apply.badMonth"))
		}
		if in.To == 0 && f.Error("to") == "" {
			f.Fail("to", c.T("grant.apply.badMonth"))
		}
	}
	switch {
	case o.AmountFen > 0 && !f.Values.Has("account"): // only the answers have told that there is money
		if err := r.knownAccount(c, b, f); err != nil {
			return err
		}
		f.Fail("account", c.T("grant.apply.money", lang.Fen(o.AmountFen)))
	case o.AmountFen > 0:
		in.Bank, in.Account = f.Text("bank"), f.Text("account")
		if _, err := CheckAccount(in.Account); err != nil && f.Error("account") == "" {
			f.Fail("account", fault.TextOf(err))
		}
	}
	var a Application
	if f.OK() {
		a, err = r.Apply(c.Context(), c.User, in, c.Once())
		if err = formFault(f, err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return r.renderApply(c, b, name, &o, f)
	}
	c.Flash("ok", c.T("grant.saved.draft"))
	if !c.User.Citizen {
		return c.Redirect(caseAt(&a))
	}
	return c.Redirect(mineAt(&a))
}

// pathOwn reads one of somebody's own applications.
func (r *Room) pathOwn(c *web.Ctx) (Application, error) {
	b, err := ownOf(c.User)
	if err != nil {
		return Application{}, err
	}
	id, err := c.PathID("id")
	if err != nil {
		return Application{}, err
	}
	a, err := r.read(c.Context(), r.DB, b.ID, id)
	if err == nil && a.Unit != b.Unit {
		err = fault.New(fault.NotFound, "没有这件申请")
	}
	return a, err
}

type ownData struct {
	A                                          *Application
	At                                         string
	State                                      tag
	Way                                        []web.Step
	Facts                                      []web.Pair
	Files                                      []fileRow
	Lacks                                      []string
	Events                                     []web.Event
	Statements                                 []saidRow
	Say                                        *web.Form
	Lines                                      []lineRow
	Recoveries                                 []recoveryRow
	Left                                       string
	CanSubmit, CanWithdraw, CanAppeal, CanMend bool
	Said                                       string // why it was returned or refused
}

type fileRow struct {
	ID         int64
	Name, Href string
	At         string
}

func (r *Room) attachForm(c *web.Ctx, o *Offer, said map[string]string) *web.Form {
	var options []web.Option
	for _, e := range o.Evidence {
		options = append(options, web.Option{Value: e, Text: e})
	}
	for _, field := range slices.Sorted(maps.Keys(said)) {
		options = append(options, web.Option{Value: proofOf(field), Text: proofOf(field)})
	}
	options = append(options, web.Option{Value: "其他材料", Text: c.T("grant.file.other")})
	return c.Form(web.Field{Name: "name", Label: c.T("grant.file.name"), Kind: "select", Need: true, Options: options},
		web.Field{Name: "file", Label: c.T("grant.file.file"), Hint: c.T("grant.file.hint"), Kind: "file", Need: true, Accept: evidence.Accept})
}

// files lists an application's documents.
func (r *Room) files(c *web.Ctx, a *Application) ([]fileRow, []evidence.File, error) {
	list, err := r.Evidence.List(c.Context(), r.DB, a.OwnerID, object, a.ID)
	var rows []fileRow
	for _, f := range list {
		rows = append(rows, fileRow{f.ID, f.Name, fmt.Sprintf("/grant/file/%d/%d", f.OwnerID, f.ID), f.At.Format("2006-01-02 15:04")})
	}
	return rows, list, err
}

func (r *Room) mineOne(c *web.Ctx) error {
	a, err := r.pathOwn(c)
	if err != nil {
		return err
	}
	return r.renderMine(c, &a, nil)
}

func (r *Room) renderMine(c *web.Ctx, a *Application, f *web.Form) error {
	said, err := r.said(c.Context(), r.DB, a)
	if err != nil {
		return err
	}
	o, err := r.Policies.Offer(c.Context(), c.Lang, a.PolicyID, a.Owner(), said)
	if err != nil && !fault.Is(err, fault.NotFound) { // a policy that has ended since
		return err
	}
	if f == nil {
		f = r.attachForm(c, &o, said)
	}
	d := ownData{A: a, At: mineAt(a), State: stateTag(c, a.State), Way: way(c, a)}
	d.Left, _ = r.left(c, a)
	d.Facts = r.facts(c, a)
	files, raw, err := r.files(c, a)
	if err != nil {
		return err
	}
	d.Files = files
	if d.Statements, err = r.saidRows(c, a, files); err != nil {
		return err
	}
	if a.State == Draft || a.State == Returned {
		d.Say = r.sayForm(c, a, &o, d.Statements)
	}
	if d.Lines, _, err = r.lineRows(c, a); err != nil {
		return err
	}
	recoveries, err := r.recoveries(c, a)
	if err != nil {
		return err
	}
	for _, v := range recoveries {
		if v.Approved {
			d.Recoveries = append(d.Recoveries, v)
		}
	}
	for _, e := range o.Evidence {
		if !hasFile(raw, e) {
			d.Lacks = append(d.Lacks, e)
		}
	}
	if d.Events, err = r.events(c, a, false); err != nil {
		return err
	}
	can := func(act Act) bool { _, ok := moveOf(act, a.State); return ok }
	d.CanSubmit, d.CanWithdraw, d.CanAppeal, d.CanMend = can(Submit), can(Withdraw), can(Appeal) && !r.Clock.Today().After(a.Deadline.Time), can(Mend)
	if a.State == Returned || a.State == Refused || a.State == Bounced {
		for _, e := range d.Events {
			if !e.Next {
				d.Said = e.Note
				break
			}
		}
	}
	return c.Render("grant/own", web.Page{Title: a.PolicyName, Lede: d.State.Text, Public: true, Nav: atMine, Form: f, Data: d, Crumbs: []web.Crumb{{Text: c.T("grant.menu.mine"), Href: atMine}}})
}

// facts are an application's data as both sides see them.
func (r *Room) facts(c *web.Ctx, a *Application) []web.Pair {
	list := []web.Pair{{Key: c.T("grant.period"), Value: a.periodIn(c.Lang)}}
	if a.Amount > 0 {
		list = append(list, web.Pair{Key: c.T("grant.asked"), Value: lang.Fen(a.Amount) + " " + c.T("grant.yuan")})
	}
	if a.Granted > 0 {
		list = append(list, web.Pair{Key: c.T("grant.granted"), Value: lang.Fen(a.Granted) + " " + c.T("grant.yuan")})
	}
	if a.Paid > 0 && a.Paid != a.Granted {
		list = append(list, web.Pair{Key: c.T("grant.paidSoFar"), Value: lang.Fen(a.Paid) + " " + c.T("grant.yuan")})
	}
	list = append(list, web.Pair{Key: c.T("grant.version"), Value: c.T("grant.versionOf", a.PolicyVersion)})
	if a.Account != "" {
		list = append(list, web.Pair{Key: c.T("grant.account"), Value: a.Bank + " " + MaskAccount(a.Account)})
	}
	for _, x := range []struct {
		key string
		on  string
	}{{c.T("grant.submittedOn"), a.SubmittedOn.String()}, {c.T("grant.decidedOn"), a.DecidedOn.String()}, {c.T("grant.publicUntil"), a.PublicUntil.String()}, {c.T("grant.paidOn"), a.PaidOn.String()}} {
		if x.on != "" {
			list = append(list, web.Pair{Key: x.key, Value: x.on})
		}
	}
	if a.Note != "" {
		list = append(list, web.Pair{Key: c.T("grant.apply.note"), Value: a.Note})
	}
	return list
}

// mineAct does one of the beneficiary's own acts.
func (r *Room) mineAct(c *web.Ctx) error {
	a, err := r.pathOwn(c)
	if err != nil {
		return err
	}
	return r.ownAct(c, &a, mineAt(&a), func(f *web.Form) error { return r.renderMine(c, &a, f) })
}

// ownAct does an act of the beneficiary, by themself or at the window; again shows the page with what is wrong.
func (r *Room) ownAct(c *web.Ctx, a *Application, at string, again func(*web.Form) error) error {
	ctx, who, version := c.Context(), c.User, c.Form().Version()
	f := c.Form(web.Field{Name: "why", Label: c.T("grant.why"), Max: 500}, web.Field{Name: "bank", Label: c.T("grant.bank"), Max: 60}, web.Field{Name: "account", Label: c.T("grant.account"), Max: 50})
	var err error
	done := ""
	switch c.R.PathValue("act") {
	case "attach":
		said, e := r.said(ctx, r.DB, a)
		if e != nil {
			return e
		}
		o, e := r.Policies.Offer(ctx, c.Lang, a.PolicyID, a.Owner(), said)
		if e != nil && !fault.Is(e, fault.NotFound) {
			return e
		}
		f = r.attachForm(c, &o, said)
		name := f.Choice("name")
		content, kind, e := received(c, f)
		if e != nil {
			return e
		}
		if !f.OK() {
			return again(f)
		}
		err, done = r.Attach(ctx, who, a.OwnerID, a.ID, name, kind, content, c.Once()), c.T("grant.saved.attach")
	case "detach":
		var file int64
		_, _ = fmt.Sscan(f.Value("file"), &file)
		err, done = r.Detach(ctx, who, a.OwnerID, a.ID, file, c.Once()), c.T("grant.saved.detach")
	case "state":
		err, done = r.restate(c, a), c.T("grant.saved.state")
	case "submit":
		err, done = r.Submit(ctx, who, a.OwnerID, a.ID, version, c.Once()), c.T("grant.saved.submit")
	case "withdraw":
		err, done = r.Take(ctx, who, a.OwnerID, a.ID, version, f.Text("why"), c.Once()), c.T("grant.saved.withdraw")
	case "appeal":
		err, done = r.AppealTo(ctx, who, a.OwnerID, a.ID, version, f.Text("why"), c.Once()), c.T("grant.saved.appeal")
	case "account":
		err, done = r.MendAccount(ctx, who, a.OwnerID, a.ID, version, f.Text("bank"), f.Text("account"), c.Once()), c.T("grant.saved.account")
	default:
		return fault.New(fault.NotFound, "没有这项操作")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", done)
	return c.Redirect(at)
}
