package roster

import (
	"context"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// Answer is what somebody found out about a finding.
type Answer struct {
	List    *List
	Owner   int64
	State   State // Confirmed, Cleared or Fixed
	Text    string
	Version int64
}

// Reply answers a finding. Faults: Denied, NotFound (it has closed), Invalid, Conflict (somebody answered meanwhile), Repeat.
func (r *Room) Reply(ctx context.Context, who web.User, a Answer, once string) error {
	sh := shelfOf(a.List)
	s, err := r.member(ctx, who, a.List, a.Owner)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		held, err := r.store.held(ctx, tx, sh, a.Owner-1, a.Owner)
		if err != nil {
			return err
		}
		e := entryOf(held, a.List.ID)
		if e == nil {
			return fault.New(fault.NotFound, "这条疑点已经随数据更新关闭，不用再反馈")
		}
		if e.version != a.Version {
			return fault.New(fault.Conflict, "这条疑点刚刚有人反馈过，请看最新的情况再办")
		}
		counts := map[slot]int64{}
		a.List.tell(counts, e, -1)
		if e.answered.IsZero() {
			e.answered = db.On(r.Clock.Today())
			e.answerDays = int(rule.DayOf(r.Clock.Today()) - rule.DayOf(e.since.Time))
		}
		e.state, e.version = a.State, e.version+1
		a.List.tell(counts, e, 1)
		if err := sh.write(ctx, tx, []entry{*e}); err != nil {
			return err
		}
		if err := r.store.change(ctx, tx, counts); err != nil {
			return err
		}
		if err := r.store.note(ctx, tx, sh, r.line(who, a.Owner, a.List.ID, string(a.State), a.Text, r.Clock.Today())); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.entry(who, "roster.answer", sh, a.Owner, s.area, "反馈了疑点“"+a.List.Name.Zh+"”："+stateZh[a.State]))
	})
}

// stateZh are the states in sentences that are kept.
var stateZh = map[State]string{Open: "待核实", Sent: "已交办", Confirmed: "属实", Cleared: "不属实", Fixed: "已整改"}
