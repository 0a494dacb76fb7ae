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

// States of a recovery.
const (
	RecoveryWaiting = "waiting"
	RecoveryRefused = "refused"
	RecoveryOpen    = "open"
	RecoveryDone    = "done"
)

// partsMost is the most instalments, one a month.
const partsMost = 24

// Recovery is money that is to be given back.
type Recovery struct {
	OwnerID, ID, GrantID, FundID int64
	Area, State                  string
	Fen, Received                int64
	Parts                        int
	Since                        db.Date
	ByID                         int64
	Why                          string
	why                          []byte
}

// Instalment is one part of a recovery.
type Instalment struct {
	Part          int
	DueOn         db.Date
	Fen, Received int64
	ReceivedOn    db.Date
}

// Plan cuts a recovery into equal monthly parts, the first due in a month; the last takes the rest.
func (v *Recovery) Plan(from db.Date) []Instalment {
	list := make([]Instalment, v.Parts)
	for i := range list {
		list[i] = Instalment{Part: i + 1, DueOn: db.On(from.AddDate(0, i+1, 0)), Fen: v.Fen / int64(v.Parts)}
	}
	list[v.Parts-1].Fen = v.Fen - v.Fen/int64(v.Parts)*int64(v.Parts-1)
	return list
}

// Reclaim proposes to take back what was paid, wholly or in part; another person approves. Faults: as for act; Invalid.
func (r *Room) Reclaim(ctx context.Context, who web.User, owner, id, version, fen int64, parts int, why, key string) error {
	switch {
	case why == "":
		return fault.New(fault.Invalid, "请写明追回的原因和依据")
	case parts < 1 || parts > partsMost:
		return fault.New(fault.Invalid, "分期应为 1 至 %d 期，填的是 %d", partsMost, parts)
	}
	return r.act(ctx, who, owner, id, version, key, mayDesk, func(tx *db.Tx, a *Application) error {
		if err := r.recuse(ctx, tx, who, a); err != nil {
			return err
		}
		if a.PaidOn.IsZero() {
			return fault.New(fault.Conflict, "这笔补贴还没有发放，不用追回")
		}
		before, err := r.store.reclaimed(ctx, tx, a)
		if err != nil {
			return err
		}
		if fen < int64(parts) || fen > a.Paid-before {
			return fault.New(fault.Invalid, "最多可以追回 %s 元，填的是 %s 元", lang.Fen(a.Paid-before), lang.Fen(fen))
		}
		v := Recovery{OwnerID: owner, ID: r.IDs.Next(), GrantID: id, FundID: a.FundID, Area: a.Area, State: RecoveryWaiting, Fen: fen, Parts: parts, Since: db.On(r.Clock.Today()), ByID: who.ID, why: r.Sealer.Seal(why)}
		if err := r.store.insertRecovery(ctx, tx, &v); err != nil {
			return err
		}
		name, err := r.name(ctx, a.Owner())
		if err != nil {
			return err
		}
		if _, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: KindRecover, Object: object, ObjectID: a.ID, PersonID: a.personOf(), Area: a.Area, By: who, Why: why, Href: caseAt(a),
			Title: "追回 " + masked(a.Owner(), name) + "：" + a.PolicyName, Payload: [2]int64{v.OwnerID, v.ID},
			Lines: []approval.Line{{Label: "已发放（元）", After: lang.Fen(a.Paid)}, {Label: "追回（元）", After: lang.Fen(fen)}, {Label: "分期", After: fmt.Sprint(parts)}}}); err != nil {
			return err
		}
		if err := r.seal(a); err != nil {
			return err
		}
		// The version moves on, so that two proposals at once cannot both take the same money back.
		if err := r.store.update(ctx, tx, a); err != nil {
			return err
		}
		if err := r.step(ctx, tx, who, a, Note, a.State, fmt.Sprintf("提出追回 %s 元：%s", lang.Fen(fen), why)); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(who, "recover", a, "“"+a.PolicyName+"”提出追回"))
	})
}

// recover is approval's Do: the instalments begin.
func (r *Room) recover(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	v, err := r.recovery(ctx, tx, &d)
	if err != nil {
		return err
	}
	a, err := r.read(ctx, tx, v.OwnerID, v.GrantID)
	if err != nil {
		return err
	}
	if err := r.recuse(ctx, tx, d.By, &a); err != nil {
		return err
	}
	v.State, v.Since = RecoveryOpen, db.On(r.Clock.Today())
	if err := r.store.saveRecovery(ctx, tx, &v); err != nil {
		return err
	}
	if err := r.tell(ctx, tx, Recover, []Application{a}, lang.Fen(v.Fen)); err != nil {
		return err
	}
	return r.store.insertInstalments(ctx, tx, &v, v.Plan(v.Since))
}

func (r *Room) unrecover(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	v, err := r.recovery(ctx, tx, &d)
	if err != nil {
		return err
	}
	v.State = RecoveryRefused
	return r.store.saveRecovery(ctx, tx, &v)
}

func (r *Room) recovery(ctx context.Context, tx *db.Tx, d *approval.Decided) (Recovery, error) {
	var key [2]int64
	if err := d.Payload(&key); err != nil {
		return Recovery{}, err
	}
	return r.store.recovery(ctx, tx, key[0], key[1])
}

// Receive notes money that came back: the earliest unpaid instalments are filled first, and the fund has it again. Faults: Denied, Invalid (more
// than is owed), Conflict, Repeat.
func (r *Room) Receive(ctx context.Context, who web.User, owner, id, fen int64, key string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		v, err := r.store.recovery(ctx, tx, owner, id)
		if err != nil {
			return err
		}
		a, err := r.read(ctx, tx, owner, v.GrantID)
		if err != nil {
			return err
		}
		if err := mayDesk(who, &a); err != nil {
			return err
		}
		switch {
		case v.State != RecoveryOpen:
			return fault.New(fault.Conflict, "这笔追回没有在进行")
		case fen <= 0 || fen > v.Fen-v.Received:
			return fault.New(fault.Invalid, "尚欠 %s 元，填的是 %s 元", lang.Fen(v.Fen-v.Received), lang.Fen(fen))
		}
		parts, err := r.store.instalments(ctx, tx, owner, id)
		if err != nil {
			return err
		}
		left := fen
		for i := range parts {
			p := &parts[i]
			if take := min(left, p.Fen-p.Received); take > 0 {
				p.Received, p.ReceivedOn, left = p.Received+take, db.On(r.Clock.Today()), left-take
				if err := r.store.saveInstalment(ctx, tx, &v, p); err != nil {
					return err
				}
			}
		}
		was := v.Received
		if v.Received += fen; v.Received == v.Fen {
			v.State = RecoveryDone
		}
		if err := r.store.receive(ctx, tx, &v, was); err != nil {
			return err
		}
		if err := r.moveMoney(ctx, tx, who, "recover", v.FundID, fen, []share{{owner, v.GrantID, fen}}, "追回入账"); err != nil {
			return err
		}
		if err := r.step(ctx, tx, who, &a, Note, a.State, "追回入账 "+lang.Fen(fen)+" 元"); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(who, "receive", &a, "“"+a.PolicyName+"”追回入账"))
	})
}
