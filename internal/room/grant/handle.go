package grant

import (
	"context"
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/person"
)

// Found is the answer of one check: Outcome yes (in order), no (stands in the way) or ask (somebody has to look).
type Found struct {
	Code    string `json:"code"`
	Outcome string `json:"outcome"`
	Text    string `json:"text"`
}

// Handle does one of the desk's plain acts: accept, return, object, or note. Faults: as for act; Invalid without the reason that
// returning and objecting need; Denied for whoever must keep away.
func (r *Room) Handle(ctx context.Context, who web.User, owner, id, version int64, act Act, note, key string) error {
	switch act {
	case Accept, Return, Object, Note:
	default:
		return fault.New(fault.Invalid, "没有这项操作，请刷新页面后重新选择")
	}
	if note == "" && act != Accept {
		return fault.New(fault.Invalid, "请写明原因，申请人和审批人要据此知道怎么办")
	}
	return r.act(ctx, who, owner, id, version, key, mayDesk, func(tx *db.Tx, a *Application) error {
		if err := r.recuse(ctx, tx, who, a); err != nil {
			return err
		}
		switch act {
		case Note:
			return r.step(ctx, tx, who, a, Note, a.State, note)
		case Accept:
			a.TakenBy = who.ID
		case Object: // what was committed is free until it is decided again
			if err := r.uncommit(ctx, tx, who, a, "公示有异议"); err != nil {
				return err
			}
		}
		return r.move(ctx, tx, who, a, act, note)
	})
}

// uncommit takes a decision's money and its share of the year back.
func (r *Room) uncommit(ctx context.Context, tx *db.Tx, who web.User, a *Application, note string) error {
	if a.Granted == 0 {
		return nil
	}
	list, err := r.store.linesOf(ctx, tx, a)
	if err != nil {
		return err
	}
	funded := fundedOf(list)
	if err := r.moveMoney(ctx, tx, who, "release", a.FundID, total(funded), shares(funded), note); err != nil {
		return err
	}
	if err := r.count(ctx, tx, a, list, -1); err != nil {
		return err
	}
	if err := r.store.dropLines(ctx, tx, a); err != nil {
		return err
	}
	a.Granted, a.FundID, a.DecidedOn, a.PublicUntil = 0, 0, db.Date{}, db.Date{}
	return nil
}

// fundedOf are the lines that have their money.
func fundedOf(list []Line) (out []Line) {
	for _, l := range list {
		if l.FundID != 0 {
			out = append(out, l)
		}
	}
	return out
}

// RunCheck compares an application with the registers and keeps what was found. Faults: as for Handle.
func (r *Room) RunCheck(ctx context.Context, who web.User, owner, id, version int64, key string) error {
	first, err := r.read(ctx, r.DB, owner, id)
	if err != nil {
		return err
	}
	if err := mayDesk(who, &first); err != nil {
		return err
	}
	found, offer, err := r.compare(ctx, &first)
	if err != nil {
		return err
	}
	return r.act(ctx, who, owner, id, version, key, mayDesk, func(tx *db.Tx, a *Application) error {
		if err := r.recuse(ctx, tx, who, a); err != nil {
			return err
		}
		if err := r.judgedAll(ctx, tx, a); err != nil {
			return err
		}
		a.Checks, a.CheckedBy = found, who.ID
		if offer.AmountFen > 0 && (len(offer.Schedule) == 0 || offer.Schedule[0].Month == a.From && offer.Schedule[len(offer.Schedule)-1].Month == a.To) {
			a.price(&offer)
		}
		return r.move(ctx, tx, who, a, Check, "")
	})
}

// compare runs every check, with what the policy offers today.
func (r *Room) compare(ctx context.Context, a *Application) (list []Found, offer Offer, err error) {
	statements, err := r.statements(ctx, r.DB, a)
	if err != nil {
		return nil, offer, err
	}
	if offer, err = r.Policies.Offer(ctx, lang.Chinese, a.PolicyID, a.Owner(), counted(statements)); err != nil {
		return nil, offer, err
	}
	add := func(code, outcome, format string, args ...any) {
		list = append(list, Found{code, outcome, fmt.Sprintf(format, args...)})
	}
	add("policy", map[string]string{"yes": "yes", "unknown": "ask"}[offer.Verdict], "政策条件：%s", plainly(offer.Lead))
	if list[0].Outcome == "" {
		list[0].Outcome = "no"
	}
	for _, x := range offer.Reasons {
		text := plainly(x.Text)
		if x.Stated {
			text += "（据本人声明）"
		}
		add("clause", map[string]string{"yes": "yes", "no": "no"}[x.Outcome], "%s", text)
		if last := &list[len(list)-1]; last.Outcome == "" {
			last.Outcome = "ask"
		}
	}
	list = append(list, weighed(statements, &offer)...)
	if text, err := r.clash(ctx, r.DB, a, offer.Excludes); err != nil {
		return nil, offer, err
	} else if text != "" {
		add("double", "no", "%s", text)
	} else {
		add("double", "yes", "没有重复申请，也没有与之互斥的补贴")
	}
	name, dead, err := r.alive(ctx, a)
	if err != nil {
		return nil, offer, err
	}
	if dead {
		add("alive", "no", "登记显示本人已去世")
	}
	if a.Account != "" {
		switch n, err := r.store.sameAccount(ctx, r.DB, a); {
		case err != nil:
			return nil, offer, err
		case n > 0:
			add("account", "ask", "收款账户还被另外 %d 个申请人使用，请核实是否代领", n)
		}
		if person.NameKey(a.Holder) != person.NameKey(name) {
			add("holder", "ask", "账户户名与申请人不同，请核实")
		}
	}
	files, err := r.Evidence.List(ctx, r.DB, a.OwnerID, object, a.ID)
	if err != nil {
		return nil, offer, err
	}
	for _, want := range offer.Evidence {
		if !hasFile(files, want) {
			add("evidence", "ask", "没有上传：%s（部门已共享的不用再交，请核对）", want)
		}
	}
	barred, until, err := r.store.barred(ctx, r.DB, a.OwnerID, db.On(r.Clock.Today()))
	if barred {
		add("barred", "no", "因虚报冒领，%s 前不得申请", until)
	}
	return list, offer, err
}

func hasFile(files []evidence.File, name string) bool {
	for _, f := range files {
		if f.Name == name {
			return true
		}
	}
	return false
}

func (r *Room) alive(ctx context.Context, a *Application) (name string, dead bool, err error) {
	if a.Unit {
		name, err = r.name(ctx, a.Owner())
		return name, false, err
	}
	p, err := r.People.Get(ctx, a.OwnerID)
	return p.Name, p.Dead(r.Clock.Today()), err
}

// Opinion is what the desk proposes.
type Opinion struct {
	Grant     bool
	FundID    int64 // that pays; needed where there is an amount
	AmountFen int64 // 0: as checked
	Why       string
}

// payload is what approval keeps of an opinion.
type payload struct {
	OwnerID, ID, FundID, AmountFen int64
	Grant                          bool
}

// Give sends the desk's opinion to a second person. Faults: as for Handle; Invalid (no fund, no reason), Conflict when a check stands in
// the way of a grant.
func (r *Room) Give(ctx context.Context, who web.User, owner, id, version int64, in Opinion, key string) error {
	return r.act(ctx, who, owner, id, version, key, mayDesk, func(tx *db.Tx, a *Application) error {
		if err := r.recuse(ctx, tx, who, a); err != nil {
			return err
		}
		if in.AmountFen == 0 {
			in.AmountFen = a.Amount
		}
		if err := in.check(a); err != nil {
			return err
		}
		return r.propose(ctx, tx, who, a, KindDecide, in)
	})
}

func (in Opinion) check(a *Application) error {
	switch {
	case in.Why == "":
		return fault.New(fault.Invalid, "请写明意见和理由，审批人要据此决定")
	case !in.Grant:
		return nil
	case in.AmountFen < 0 || in.AmountFen > a.Amount:
		return fault.New(fault.Invalid, "拟批准 %s 元超过核定的 %s 元，请核对", lang.Fen(in.AmountFen), lang.Fen(a.Amount))
	case in.AmountFen > 0 && in.FundID == 0:
		return fault.New(fault.Invalid, "请选择从哪一项资金列支")
	}
	for _, f := range a.Checks {
		if f.Outcome == "no" && f.Code != "clause" {
			return fault.New(fault.Conflict, "核验没有通过（%s），不能提出批准意见。请退回补正，或提出不予批准", f.Text)
		}
	}
	return nil
}

// propose asks for the second person's decision, as part of the caller's transaction.
func (r *Room) propose(ctx context.Context, tx *db.Tx, who web.User, a *Application, kind string, in Opinion) error {
	name, err := r.name(ctx, a.Owner())
	if err != nil {
		return err
	}
	word := "拟批准"
	if !in.Grant {
		word = "拟不予批准"
	}
	lines := []approval.Line{{Label: "政策", After: a.PolicyName}, {Label: "期间", After: a.Period()}, {Label: word + "（元）", Before: lang.Fen(a.Amount), After: lang.Fen(in.AmountFen)}}
	if a.Account != "" {
		lines = append(lines, approval.Line{Label: "收款账户", After: a.Bank + " " + MaskAccount(a.Account)})
	}
	for _, f := range a.Checks {
		label := map[string]string{"yes": "核验符合", "no": "核验不符", "ask": "需要核实"}[f.Outcome]
		if f.Code == "stated" {
			label = "本人声明"
		}
		lines = append(lines, approval.Line{Label: label, After: f.Text})
	}
	if in.FundID != 0 {
		f, err := r.store.fund(ctx, tx, in.FundID)
		if err != nil {
			return err
		}
		if !area.Within(a.Area, f.Area) || f.PolicyID != "" && f.PolicyID != a.PolicyID {
			return fault.New(fault.Invalid, "资金“%s”不能用于这件申请，请另选一项", f.Name)
		}
		lines = append(lines, approval.Line{Label: "列支资金", After: fmt.Sprintf("%s（可用 %s 元）", f.Name, lang.Fen(f.Available))})
	}
	req := approval.Request{Kind: kind, Object: object, ObjectID: a.ID, PersonID: a.personOf(), Area: a.Area, Title: masked(a.Owner(), name) + "：" + a.PolicyName,
		Why: in.Why, Href: caseAt(a), Lines: lines, Payload: payload{a.OwnerID, a.ID, in.FundID, in.AmountFen, in.Grant}, By: who}
	ask := r.Approvals.Request
	if kind == KindAuto {
		ask = r.Approvals.Propose
	}
	if a.RequestID, err = ask(ctx, tx, req); err != nil {
		return err
	}
	act := Propose
	if kind == KindAuto {
		act = Auto
	}
	return r.move(ctx, tx, who, a, act, word+"："+in.Why)
}
