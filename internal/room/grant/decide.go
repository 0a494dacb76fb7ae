package grant

import (
	"context"
	"errors"
	"strings"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

// asked opens the application that a request is about.
func (r *Room) asked(ctx context.Context, tx *db.Tx, d *approval.Decided) (p payload, a Application, err error) {
	if err = d.Payload(&p); err != nil {
		return p, a, err
	}
	a, err = r.read(ctx, tx, p.OwnerID, p.ID)
	return p, a, err
}

// decided is approval's Do: the second person has said yes to the desk's opinion. Money is committed in this transaction. Faults: Denied for
// whoever accepted or checked the application, or must keep away; Conflict (over the budget or a limit, facts of another one).
func (r *Room) decided(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	p, a, err := r.asked(ctx, tx, &d)
	if err != nil {
		return err
	}
	if d.By.ID == a.TakenBy || d.By.ID == a.CheckedBy {
		return fault.New(fault.Denied, "这件申请由您受理或核验，经办与审批要分开，请由另一位同事审批")
	}
	if err := r.recuse(ctx, tx, d.By, &a); err != nil {
		return err
	}
	if err := r.earlier(ctx, tx, &d, []Application{a}); err != nil {
		return err
	}
	a.DecidedBy, a.DecidedOn = d.By.ID, db.On(r.Clock.Today())
	if !p.Grant {
		if err := r.store.unclaim(ctx, tx, &a); err != nil {
			return err
		}
		return r.refuse(ctx, tx, d.By, &a, d.Why)
	}
	if err := r.holds(ctx, tx, &a); err != nil {
		return err
	}
	a.Granted, a.FundID = p.AmountFen, p.FundID
	if err := r.commit(ctx, tx, d.By, &a); err != nil {
		return err
	}
	a.PublicUntil = db.On(workday.Add(r.Clock.Today(), PublicDays))
	return r.move(ctx, tx, d.By, &a, Grant, d.Reason)
}

// holds asks whether the application still has all its facts, and that nobody has been paid for one.
func (r *Room) holds(ctx context.Context, tx *db.Tx, a *Application) error {
	held, err := r.store.claims(ctx, tx, a.OwnerID, []string{a.PolicyID})
	if err != nil {
		return err
	}
	mine := 0
	for _, c := range held {
		if c.grant == a.ID && c.batch == 0 {
			mine++
		}
	}
	if mine != len(a.Facts()) {
		return fault.New(fault.Conflict, "这件申请的事项已由另一件申请占用或已经发放，不能重复批准，请退回核验")
	}
	return nil
}

// refuse ends an application with a reason, which says too what was stated and is not so.
func (r *Room) refuse(ctx context.Context, tx *db.Tx, who web.User, a *Application, why string) error {
	statements, err := r.statements(ctx, tx, a)
	if err != nil {
		return err
	}
	for _, s := range statements {
		if s.Verdict == False {
			why += "；声明“" + s.Field + "”为" + s.Said + "，经核实不属实：" + s.Why
		}
	}
	return r.move(ctx, tx, who, a, Refuse, strings.TrimPrefix(why, "；"))
}

// commit plans what is paid when, puts this year's money aside and counts everything to the owner's years.
func (r *Room) commit(ctx context.Context, tx *db.Tx, who web.User, a *Application) error {
	if a.Granted == 0 {
		return nil
	}
	list := a.plan()
	if err := r.count(ctx, tx, a, list, 1); err != nil {
		return err
	}
	if err := r.store.insertLines(ctx, tx, list); err != nil {
		return err
	}
	funded := fundedOf(list)
	return r.moveMoney(ctx, tx, who, "commit", a.FundID, total(funded), shares(funded), "")
}

// undecided is approval's Ended: a no to a grant is a refusal with the decider's reason; everything else goes back to the desk.
func (r *Room) undecided(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	p, a, err := r.asked(ctx, tx, &d)
	if err != nil {
		return err
	}
	if d.State == approval.Refused && p.Grant {
		if d.By.ID == a.TakenBy || d.By.ID == a.CheckedBy {
			return fault.New(fault.Denied, "这件申请由您受理或核验，经办与审批要分开，请由另一位同事审批")
		}
		if err := r.recuse(ctx, tx, d.By, &a); err != nil {
			return err
		}
		a.DecidedBy, a.DecidedOn = d.By.ID, db.On(r.Clock.Today())
		if err := r.store.unclaim(ctx, tx, &a); err != nil {
			return err
		}
		return r.refuse(ctx, tx, d.By, &a, d.Reason)
	}
	return r.move(ctx, tx, d.By, &a, Back, d.Reason)
}

// Sweep ends the public display of what has been shown for long enough, looks again at what has come due, and says how many displays ended.
func (r *Room) Sweep(ctx context.Context) (n int, err error) {
	if n, err = r.endDisplays(ctx); err == nil {
		_, _, err = r.Recheck(ctx)
	}
	return n, err
}

func (r *Room) endDisplays(ctx context.Context) (n int, err error) {
	for {
		list, err := r.store.over(ctx, r.DB, db.On(r.Clock.Today()), 200)
		if err != nil || len(list) == 0 {
			return n, err
		}
		for _, x := range list {
			err := r.DB.Tx(ctx, func(tx *db.Tx) error {
				a, err := r.read(ctx, tx, x.OwnerID, x.ID)
				if err != nil {
					return err
				}
				act := Shown
				if a.Granted == 0 {
					act = Finish
				}
				return r.move(ctx, tx, web.User{}, &a, act, "")
			})
			if err != nil {
				return n, err
			}
			n++
		}
	}
}

// AppealTo asks a manager of the level above to have a refusal looked at again. Faults: as for act; Late after its deadline, Invalid.
func (r *Room) AppealTo(ctx context.Context, who web.User, owner, id, version int64, why, key string) error {
	if why == "" {
		return fault.New(fault.Invalid, "请写明为什么不服，有新材料的请一并说明")
	}
	return r.act(ctx, who, owner, id, version, key, mayOwn, func(tx *db.Tx, a *Application) error {
		if a.State == Refused && r.Clock.Today().After(a.Deadline.Time) {
			return fault.New(fault.Late, "申诉期限到 %s 为止，已经过期。您仍可以依法申请行政复议或提起行政诉讼", a.Deadline)
		}
		name, err := r.name(ctx, a.Owner())
		if err != nil {
			return err
		}
		if a.RequestID, err = r.Approvals.Request(ctx, tx, approval.Request{Kind: KindAppeal, Object: object, ObjectID: a.ID, PersonID: a.personOf(), Area: area.At(a.Area, area.League),
			Title: masked(a.Owner(), name) + "：" + a.PolicyName, Why: why, Href: caseAt(a), Payload: payload{OwnerID: a.OwnerID, ID: a.ID}, By: who,
			Lines: []approval.Line{{Label: "申请金额（元）", After: lang.Fen(a.Amount)}, {Label: "决定", After: "不予批准"}}}); err != nil {
			return err
		}
		return r.move(ctx, tx, who, a, Appeal, why)
	})
}

// appealed is approval's Do: the refusal is looked at again.
func (r *Room) appealed(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	_, a, err := r.asked(ctx, tx, &d)
	if err != nil {
		return err
	}
	if d.By.ID == a.DecidedBy {
		return fault.New(fault.Denied, "原决定是您作出的，申诉请由另一位同事审理")
	}
	if err := r.recuse(ctx, tx, d.By, &a); err != nil {
		return err
	}
	if text, err := r.clash(ctx, tx, &a, nil); err != nil || text != "" {
		return orFault(err, text)
	}
	if _, err := r.store.claim(ctx, tx, &a); err != nil {
		return err
	}
	a.TakenBy, a.CheckedBy = 0, 0
	return r.move(ctx, tx, d.By, &a, Reopen, d.Reason)
}

// dismissed is approval's Ended of an appeal.
func (r *Room) dismissed(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	_, a, err := r.asked(ctx, tx, &d)
	if err != nil {
		return err
	}
	return r.move(ctx, tx, d.By, &a, Uphold, d.Reason)
}

// Propose grants a policy to people who have not applied (免申即享): for each an application that two people approve. Left out, and told,
// are those who have not agreed to it, who cannot have it by the registers, who have it already, and whose account is not known.
func (r *Room) Propose(ctx context.Context, policyID string, personIDs []int64) (done int, skipped map[int64]string, err error) {
	skipped = map[int64]string{}
	allowed := map[int64]bool{}
	if r.Consents != nil {
		if allowed, err = r.Consents.Allowed(ctx, personIDs); err != nil {
			return 0, skipped, err
		}
	}
	for _, id := range personIDs {
		if !allowed[id] {
			skipped[id] = "本人没有同意免申即享"
			continue
		}
		err := r.proposeOne(ctx, policyID, Beneficiary{ID: id})
		switch {
		case err == nil:
			done++
		case errors.Is(err, context.Canceled) || fault.Is(err, fault.Internal) || fault.Is(err, fault.Unavailable):
			return done, skipped, err
		default:
			skipped[id] = fault.TextOf(err)
		}
	}
	return done, skipped, nil
}

func (r *Room) proposeOne(ctx context.Context, policyID string, b Beneficiary) error {
	offer, err := r.Policies.Offer(ctx, lang.Chinese, policyID, b, nil)
	if err != nil {
		return err
	}
	today := r.Clock.Today()
	a := Application{OwnerID: b.ID, ID: r.IDs.Next(), Unit: b.Unit, State: Draft, Origin: FromAuto, CreatedAt: r.Clock.Now(), Version: 1,
		PolicyID: offer.PolicyID, PolicyName: offer.Name, PolicyVersion: offer.Version, Amount: offer.AmountFen, SubmittedOn: db.On(today)}
	switch {
	case offer.Verdict != "yes":
		return fault.New(fault.Conflict, "登记信息不能确认符合条件：%s", offer.Lead)
	case !offer.Auto:
		return fault.New(fault.Conflict, "这项政策还要提交材料，不能免申即享")
	}
	if offer.Monthly() {
		a.From = today.AddDate(0, -1, 0).Year()*100 + int(today.AddDate(0, -1, 0).Month())
		a.To = a.From
	}
	a.price(&offer)
	if a.Area, a.Holder, err = r.placeOf(ctx, b, ""); err != nil {
		return err
	}
	if a.Amount > 0 {
		if err := r.lastAccount(ctx, &a); err != nil {
			return err
		}
	}
	a.Checks = []Found{{"policy", "yes", "政策条件：" + plainly(offer.Lead)}}
	for _, x := range offer.Reasons {
		if x.Outcome == "yes" {
			a.Checks = append(a.Checks, Found{"clause", "yes", plainly(x.Text)})
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if barred, until, err := r.store.barred(ctx, tx, a.OwnerID, db.On(today)); err != nil || barred {
			if err == nil {
				err = fault.New(fault.Conflict, "因虚报冒领，%s 前不得申请", until)
			}
			return err
		}
		if err := r.begin(ctx, tx, web.User{}, &a); err != nil {
			return err
		}
		if err := r.takeClaims(ctx, tx, &a, offer.Excludes); err != nil {
			return err
		}
		fund := int64(0)
		if a.Amount > 0 {
			if fund, err = r.anyFund(ctx, tx, &a, r.Clock.Today().Year(), a.Amount); err != nil {
				return err
			}
		}
		return r.propose(ctx, tx, web.User{}, &a, KindAuto, Opinion{Grant: true, FundID: fund, AmountFen: a.Amount, Why: "登记信息显示符合全部条件，本人已同意免申即享"})
	})
}

// lastAccount takes the account that the owner was last paid to.
func (r *Room) lastAccount(ctx context.Context, a *Application) error {
	list, err := r.store.ofOwner(ctx, r.DB, a.OwnerID)
	if err != nil {
		return err
	}
	for i := range list {
		if err := r.open(&list[i]); err != nil {
			return err
		}
		if list[i].State == Paid && list[i].Account != "" {
			a.Bank, a.Account, a.Holder = list[i].Bank, list[i].Account, list[i].Holder
			return nil
		}
	}
	return fault.New(fault.Conflict, "没有本人确认过的收款账户，请本人先登记一次")
}

// anyFund is the nearest fund of a year that can pay an amount of an application.
func (r *Room) anyFund(ctx context.Context, q db.Querier, a *Application, year int, fen int64) (int64, error) {
	list, err := r.store.fundsAboveIn(ctx, q, a.Area, year)
	if err != nil {
		return 0, err
	}
	for _, f := range list {
		if (f.PolicyID == "" || f.PolicyID == a.PolicyID) && f.Available >= fen {
			return f.ID, nil
		}
	}
	return 0, fault.New(fault.Conflict, "没有余额足够的 %d 年资金，请先下达预算", year)
}
