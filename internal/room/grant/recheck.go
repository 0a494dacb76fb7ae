package grant

import (
	"context"
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
)

// Recheck looks again at every line that has come due: the beneficiary is alive and not barred, and for months after the decision the
// policy still says yes. What does not hold is held until two people decide; the others may be paid, and get their year's money where
// they have none yet. It returns how many may be paid and how many are held.
func (r *Room) Recheck(ctx context.Context) (due, held int, err error) {
	today := db.On(r.Clock.Today())
	said := map[int64]string{} // what stands against a grant, by grant: asked once
	for {
		list, err := r.store.dueLines(ctx, r.DB, today, 200)
		if err != nil || len(list) == 0 {
			return due, held, err
		}
		for i := range list {
			l := &list[i]
			a, err := r.read(ctx, r.DB, l.OwnerID, l.GrantID)
			if err != nil {
				return due, held, err
			}
			key, later := a.ID, l.Fact != single && ParseMonth(l.Fact) > monthOf(a.DecidedOn)
			if later {
				key = -key
			}
			why, asked := said[key]
			if !asked {
				if why, err = r.against(ctx, &a, later); err != nil {
					return due, held, err
				}
				said[key] = why
			}
			state, err := r.ripe(ctx, &a, l, why)
			if err != nil {
				return due, held, err
			}
			switch state {
			case LineDue:
				due++
			case LineHeld:
				held++
			}
		}
	}
}

func monthOf(d db.Date) int { return d.Year()*100 + int(d.Month()) }

// against is what stands against paying a grant on; "" when nothing does.
func (r *Room) against(ctx context.Context, a *Application, conditions bool) (string, error) {
	_, dead, err := r.alive(ctx, a)
	if err != nil {
		return "", err
	}
	if dead {
		return "登记显示本人已去世", nil
	}
	if barred, until, err := r.store.barred(ctx, r.DB, a.OwnerID, db.On(r.Clock.Today())); err != nil || barred {
		return "因虚报冒领，" + until.String() + " 前不得享受", err
	}
	if !conditions {
		return "", nil
	}
	said, err := r.said(ctx, r.DB, a)
	if err != nil {
		return "", err
	}
	offer, err := r.Policies.Offer(ctx, lang.Chinese, a.PolicyID, a.Owner(), said)
	switch {
	case fault.Is(err, fault.NotFound):
		return "这项政策已经停止执行", nil
	case err != nil:
		return "", err
	case offer.Verdict == "no" || offer.Verdict == "near":
		return "不再符合条件：" + offer.Lead, nil
	}
	return "", nil
}

// ripe lets a line be paid, or holds it. A line without money of its year gets it, or stays as it is.
func (r *Room) ripe(ctx context.Context, a *Application, l *Line, why string) (LineState, error) {
	return l.State, r.DB.Tx(ctx, func(tx *db.Tx) error {
		l.CheckedOn, l.State, l.why = db.On(r.Clock.Today()), LineDue, r.Sealer.Seal(why)
		if why != "" {
			l.State = LineHeld
			if err := r.step(ctx, tx, web.User{}, a, Note, a.State, l.Period()+"暂停发放："+why); err != nil {
				return err
			}
		} else if l.FundID == 0 {
			fund, err := r.anyFund(ctx, tx, a, l.Year, l.Fen)
			switch {
			case fault.Is(err, fault.Conflict): // another night
				l.State, l.why = LinePlanned, r.Sealer.Seal(fault.TextOf(err))
			case err != nil:
				return err
			default:
				if l.FundID = fund; r.moveMoney(ctx, tx, web.User{}, "commit", fund, l.Fen, []share{l.share()}, l.Period()) != nil {
					return stale()
				}
			}
		}
		return r.store.saveLine(ctx, tx, l)
	})
}

// KindStop is the two-person decision whether a grant is paid on.
const KindStop = "grant.stop"

// halt is what approval keeps of a proposal to stop, or to go on.
type halt struct {
	OwnerID, ID int64
	Stop        bool
}

// Halt proposes to stop what is left of a grant, or to pay on what was held; another person decides. Faults: as for act; Invalid without
// a reason, Conflict when nothing is left.
func (r *Room) Halt(ctx context.Context, who web.User, owner, id, version int64, stop bool, why, key string) error {
	if why == "" {
		return fault.New(fault.Invalid, "请写明停发或继续发放的理由，审批人要据此决定")
	}
	return r.act(ctx, who, owner, id, version, key, mayDesk, func(tx *db.Tx, a *Application) error {
		if err := r.recuse(ctx, tx, who, a); err != nil {
			return err
		}
		list, err := r.store.linesOf(ctx, tx, a)
		if err != nil {
			return err
		}
		open := left(list, !stop)
		if len(open) == 0 || a.State != Payable && a.State != Bounced {
			return fault.New(fault.Conflict, "现在没有可以停发或继续发放的款项（正在银行发放的，等回单后再办）")
		}
		word := "继续发放"
		if stop {
			word = "停发"
		}
		name, err := r.name(ctx, a.Owner())
		if err != nil {
			return err
		}
		if _, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: KindStop, Object: object, ObjectID: a.ID, PersonID: a.personOf(), Area: a.Area, By: who, Why: why, Href: caseAt(a),
			Title: word + " " + masked(a.Owner(), name) + "：" + a.PolicyName, Payload: halt{a.OwnerID, a.ID, stop},
			Lines: []approval.Line{{Label: word, After: fmt.Sprintf("%d 笔", len(open))}, {Label: "金额（元）", After: lang.Fen(total(open))}}}); err != nil {
			return err
		}
		return r.step(ctx, tx, who, a, Note, a.State, "提出"+word+"："+why)
	})
}

// left are the lines that have not gone to the bank; held only those that are held.
func left(list []Line, held bool) (out []Line) {
	for _, l := range list {
		if l.State == LineHeld || !held && (l.State == LinePlanned || l.State == LineDue || l.State == LineBounced) {
			out = append(out, l)
		}
	}
	return out
}

// halted is approval's Do: what is left is stopped, its money and its months are free again; or what was held may be paid.
func (r *Room) halted(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var p halt
	if err := d.Payload(&p); err != nil {
		return err
	}
	a, err := r.read(ctx, tx, p.OwnerID, p.ID)
	if err != nil {
		return err
	}
	if err := r.recuse(ctx, tx, d.By, &a); err != nil {
		return err
	}
	list, err := r.store.linesOf(ctx, tx, &a)
	if err != nil {
		return err
	}
	open := left(list, !p.Stop)
	if len(open) == 0 || a.State != Payable && a.State != Bounced {
		return fault.New(fault.Conflict, "这件补贴的发放情况已有变化，请选“不同意”退回后重新提出")
	}
	for i := range open {
		l := &open[i]
		if l.State, l.CheckedOn = LineDue, db.On(r.Clock.Today()); p.Stop {
			l.State = LineStopped
		}
		if err := r.store.saveLine(ctx, tx, l); err != nil {
			return err
		}
	}
	if !p.Stop {
		return r.step(ctx, tx, d.By, &a, Note, a.State, "同意继续发放："+d.Why)
	}
	if err := r.free(ctx, tx, d.By, &a, open, "停发"); err != nil {
		return err
	}
	return r.move(ctx, tx, d.By, &a, Stop, d.Why)
}

// free takes back the money, the share of the year and the months of lines that are not going to be paid.
func (r *Room) free(ctx context.Context, tx *db.Tx, who web.User, a *Application, list []Line, note string) error {
	funds := map[int64][]Line{}
	for _, l := range list {
		if err := r.store.unclaimFact(ctx, tx, a, l.Fact); err != nil {
			return err
		}
		if l.FundID != 0 {
			funds[l.FundID] = append(funds[l.FundID], l)
		}
	}
	for fund, part := range funds {
		if err := r.moveMoney(ctx, tx, who, "release", fund, total(part), shares(part), note); err != nil {
			return err
		}
	}
	return r.count(ctx, tx, a, list, -1)
}
