package plan

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/indicator"
)

// Kinds of what goes down and what is decided.
const (
	splitKind = "plan.split"
	// answerDays is how many working days a lower area has to answer an offer.
	answerDays = 5
)

// HandleKinds names the kinds of assignment and approval that plans and decompositions use; the house calls it once.
func (r *Room) HandleKinds() {
	r.Approvals.Handle(approval.Kind{Code: confirmKind, Zh: "规划生效", En: "Plan to be in force", Roles: []string{manager}, Do: r.planApproved, Ended: r.planEnded})
	r.Assignments.Handle(assignment.Kind{Code: splitKind, Zh: "规划指标分解征求意见", En: "Offer of a share of a target"})
	r.Approvals.Handle(approval.Kind{Code: splitKind, Zh: "下达规划指标分解", En: "Targets of lower areas", Roles: []string{manager}, Do: r.splitApproved, Ended: r.splitEnded})
}

// basis is what the shares of a target can follow from: people, results of the base year, people of working age, by area with people.
func (r *Room) basis(ctx context.Context, d Indicator, t *indicator.Target) ([]Basis, error) {
	children := codes(area.Children(t.Area))
	own, err := r.below(ctx, d.ID, children, time.Time{})
	if err != nil {
		return nil, err
	}
	labour, err := r.below(ctx, PensionRate.ID(), children, time.Time{})
	if err != nil {
		return nil, err
	}
	var out []Basis
	for _, code := range children {
		p := own[code]
		if p.people == 0 {
			continue
		}
		b := Basis{Area: code, Population: p.people, Base: p.years[t.BaseYear].numerator}
		for year, c := range labour[code].years {
			if year <= t.BaseYear+1 || b.Labour == 0 {
				b.Labour = max(b.Labour, c.denominator)
			}
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Conflict, "%s的下级地区在登记库中还没有人员，没有分解的依据", area.Name(t.Area))
	}
	return out, nil
}

// Propose begins a decomposition: the shares of the first round go to the areas below for their opinion. Faults: Denied, Invalid where the
// shares do not add up to the target, Conflict where one is under way.
func (r *Room) Propose(ctx context.Context, who web.User, once string, t indicator.Target, rule SplitRule, offers []Offer) (int64, error) {
	if err := canWrite(who, t.Area); err != nil {
		return 0, err
	}
	if err := rule.Check(); err != nil {
		return 0, err
	}
	if err := checkSum(t.Value, t.Unit, offers); err != nil {
		return 0, err
	}
	now := r.Clock.Now().UnixMilli()
	s := Split{ID: r.IDs.Next(), Area: t.Area, Plan: t.Plan, Indicator: t.Indicator, Year: t.Year, Total: t.Value, Rule: rule.String(), Round: 1, State: Asked, At: now, ByName: who.Name}
	return s.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.store.addSplit(ctx, tx, s); err != nil {
			return err
		}
		return r.send(ctx, tx, who, s, t.Unit, offers)
	})
}

// checkSum: shares add up to the target, to the unit.
func checkSum(total int64, unit string, offers []Offer) error {
	sum := int64(0)
	for _, o := range offers {
		if o.Offered < 0 {
			return fault.New(fault.Invalid, "%s的数不能小于 0", area.Name(o.Area))
		}
		sum += o.Offered
	}
	if sum != total {
		return fault.New(fault.Invalid, "各地合计应为 %s，您填的合计是 %s，相差 %s", Figure(total, unit)+unit, Figure(sum, unit)+unit, plus(sum-total, unit))
	}
	return nil
}

// send keeps a round's offers and asks every area for its opinion.
func (r *Room) send(ctx context.Context, tx *db.Tx, who web.User, s Split, unit string, offers []Offer) error {
	d, err := r.Indicators.Definition(ctx, s.Indicator)
	if err != nil {
		return err
	}
	var tasks []assignment.Task
	for i := range offers {
		offers[i].Round, offers[i].TaskID, offers[i].Answer = s.Round, r.IDs.Next(), ""
		tasks = append(tasks, assignment.Task{Kind: splitKind, Object: "split", ObjectID: offers[i].TaskID, From: s.Area, To: offers[i].Area, WorkDays: answerDays, By: who,
			Title: fmt.Sprintf("“%s”%d 年目标分解征求意见（第 %d 轮）", d.Name, s.Year, s.Round), Href: splitHref(s.ID),
			Body: fmt.Sprintf("拟分给%s：%s%s。请在页面上答复同意，或写明建议数和理由", area.Name(offers[i].Area), Figure(offers[i].Offered, unit), unit)})
	}
	if err := r.store.addOffers(ctx, tx, s.ID, offers); err != nil {
		return err
	}
	if _, err := r.Assignments.GiveAll(ctx, tx, tasks); err != nil {
		return err
	}
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "plan.split", Object: "split", ObjectID: s.ID, Area: s.Area,
		What: fmt.Sprintf("把“%s”%d 年目标分解到下级，第 %d 轮征求意见", d.Name, s.Year, s.Round)})
}

// Split is one decomposition, for the area that made it and those it offers to.
func (r *Room) Split(ctx context.Context, who web.User, id int64) (Split, error) {
	s, found, err := r.store.split(ctx, r.DB, id)
	if err != nil {
		return s, err
	}
	if !found {
		return s, fault.New(fault.NotFound, "没有这项分解，请从分解列表进入")
	}
	for _, o := range s.Offers {
		if o.Area == home(who) {
			return s, nil
		}
	}
	return s, canSee(who, s.Area)
}

// now is the latest offers, in the order of areas.
func (s *Split) now() []Offer {
	var out []Offer
	for _, o := range s.Offers {
		if o.Round == s.Round {
			out = append(out, o)
		}
	}
	return out
}

// AnswerOffer is what an area below says to its share. An objection needs a number and a reason.
func (r *Room) AnswerOffer(ctx context.Context, who web.User, once string, id int64, o Offer) error {
	s, err := r.Split(ctx, who, id)
	if err != nil {
		return err
	}
	var own *Offer
	for _, now := range s.now() {
		if now.Area == home(who) {
			own = &now
		}
	}
	switch {
	case own == nil || who.Role != manager && who.Role != officer || who.Area != own.Area:
		return fault.New(fault.Denied, "只有被征求意见的地区可以答复")
	case s.State != Asked:
		return fault.New(fault.Late, "这项分解已经不再征求意见")
	case o.Answer == "object" && o.Wanted < 0:
		return fault.New(fault.Invalid, "建议数不能小于 0")
	case o.Answer == "object" && o.Reason == "":
		return fault.New(fault.Invalid, "不同意的，请写明理由")
	case o.Answer != "object" && o.Answer != "agree":
		return fault.New(fault.Invalid, "请选择同意或不同意")
	}
	if o.Answer == "agree" {
		o.Wanted = own.Offered
	}
	o.Area, o.Round, o.At, o.ByName = own.Area, s.Round, r.Clock.Now().UnixMilli(), who.Name
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.store.answer(ctx, tx, id, o); err != nil {
			return err
		}
		if err := r.Assignments.Cancel(ctx, tx, splitKind, "split", own.TaskID, "已在分解页面答复"); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "plan.split", Object: "split", ObjectID: id, Area: o.Area,
			What: "答复指标分解：" + map[string]string{"agree": "同意", "object": "不同意"}[o.Answer]})
	})
}

// NextRound offers other shares, with a reason where they differ from what was wanted.
func (r *Room) NextRound(ctx context.Context, who web.User, once string, id, version int64, offers []Offer) error {
	s, t, err := r.mine(ctx, who, id, version)
	if err != nil {
		return err
	}
	if err := checkSum(s.Total, t.Unit, offers); err != nil {
		return err
	}
	s.Round++
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.withdraw(ctx, tx, s, s.Round-1); err != nil {
			return err
		}
		if err := r.store.moveSplit(ctx, tx, s); err != nil {
			return err
		}
		return r.send(ctx, tx, who, s, t.Unit, offers)
	})
}

// Drop gives a decomposition up: it was begun by mistake, or the target has changed meanwhile. What was said stays on record.
func (r *Room) Drop(ctx context.Context, who web.User, once string, id, version int64, why string) error {
	s, err := r.Split(ctx, who, id)
	if err != nil {
		return err
	}
	if err := canWrite(who, s.Area); err != nil {
		return err
	}
	switch {
	case s.State != Asked:
		return fault.New(fault.Late, "这项分解已经送审、下达或作废，不能再作废")
	case s.Version != version:
		return stale("这项分解")
	case why == "":
		return fault.New(fault.Invalid, "请写明作废的原因")
	}
	s.State = Dropped
	return r.leaveRound(ctx, once, s, func(tx *db.Tx) error {
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "plan.split", Object: "split", ObjectID: id, Area: s.Area, What: "作废指标分解：" + why})
	})
}

// leaveRound keeps the new state of a decomposition once, asks nobody of its last round any more, and does what follows.
func (r *Room) leaveRound(ctx context.Context, once string, s Split, then func(tx *db.Tx) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.withdraw(ctx, tx, s, s.Round); err != nil {
			return err
		}
		if err := r.store.moveSplit(ctx, tx, s); err != nil {
			return err
		}
		return then(tx)
	})
}

// withdraw takes back the questions of a round that nobody has answered.
func (r *Room) withdraw(ctx context.Context, tx *db.Tx, s Split, round int) error {
	for _, o := range s.Offers {
		if o.Round == round && o.Answer == "" {
			if err := r.Assignments.Cancel(ctx, tx, splitKind, "split", o.TaskID, "这一轮已经结束"); err != nil {
				return err
			}
		}
	}
	return nil
}

// Finish asks a second person to approve the latest shares; approved, they are the targets of the areas below.
func (r *Room) Finish(ctx context.Context, who web.User, once string, id, version int64, why string) error {
	s, t, err := r.mine(ctx, who, id, version)
	if err != nil {
		return err
	}
	if err := checkSum(s.Total, t.Unit, s.now()); err != nil {
		return err
	}
	d, err := r.Indicators.Definition(ctx, s.Indicator)
	if err != nil {
		return err
	}
	var lines []approval.Line
	for _, o := range s.now() {
		said := map[string]string{"": "未答复", "agree": "同意", "object": "不同意，建议 " + Figure(o.Wanted, t.Unit)}[o.Answer]
		lines = append(lines, approval.Line{Label: area.Name(o.Area) + "（" + said + "）", After: Figure(o.Offered, t.Unit) + t.Unit})
	}
	s.State = ForApproval
	return r.leaveRound(ctx, once, s, func(tx *db.Tx) error {
		_, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: splitKind, Object: "split", ObjectID: id, Area: s.Area, Why: why, Href: splitHref(id), Lines: lines,
			Title: fmt.Sprintf("下达%s“%s”%d 年目标分解", area.Name(s.Area), d.Name, s.Year), Payload: s.Round, By: who})
		return err
	})
}

// mine is a decomposition that somebody may go on with, and the target it divides.
func (r *Room) mine(ctx context.Context, who web.User, id, version int64) (Split, *indicator.Target, error) {
	s, err := r.Split(ctx, who, id)
	if err != nil {
		return s, nil, err
	}
	if err := canWrite(who, s.Area); err != nil {
		return s, nil, err
	}
	if s.State != Asked {
		return s, nil, fault.New(fault.Late, "这项分解已经送审或下达，不能再改")
	}
	if s.Version != version {
		return s, nil, stale("这项分解")
	}
	t, err := r.divided(ctx, s)
	return s, t, err
}

// divided is the target that a decomposition divides.
func (r *Room) divided(ctx context.Context, s Split) (*indicator.Target, error) {
	list, err := r.Indicators.Targets(ctx, s.Area)
	for i := range list {
		if t := &list[i]; t.Plan == s.Plan && t.Indicator == s.Indicator && t.Year == s.Year {
			return t, err
		}
	}
	if err == nil {
		err = fault.New(fault.Conflict, "上级目标已经改变，请重新分解")
	}
	return nil, err
}

// splitApproved makes the shares targets.
func (r *Room) splitApproved(ctx context.Context, tx *db.Tx, a approval.Decided) error {
	s, found, err := r.store.split(ctx, tx, a.ObjectID)
	if err != nil || !found || s.State != ForApproval {
		return stale("这项分解")
	}
	t, err := r.divided(ctx, s)
	if err != nil {
		return err
	}
	if t.Value != s.Total {
		return fault.New(fault.Conflict, "上级目标已经改为 %s，请重新分解", Figure(t.Value, t.Unit)+t.Unit)
	}
	offers := s.now()
	areas := make([]string, len(offers))
	for i, o := range offers {
		areas[i] = o.Area
	}
	base, err := r.below(ctx, s.Indicator, areas, time.Time{})
	if err != nil {
		return err
	}
	var list []indicator.Target
	for _, o := range offers {
		own := *t
		own.Area, own.Value, own.Shared, own.Base = o.Area, o.Offered, true, base[o.Area].years[t.BaseYear].numerator
		own.Quote = fmt.Sprintf("%s分解下达，按人口、基期实绩、劳动力 %s 计算，第 %d 轮", area.Name(s.Area), s.Rule, s.Round)
		list = append(list, own)
	}
	if err := r.Indicators.SaveTargets(ctx, tx, list); err != nil {
		return err
	}
	s.State = Final
	if err := r.store.moveSplit(ctx, tx, s); err != nil {
		return err
	}
	return r.foreseeSoon(ctx, tx)
}

// splitEnded opens a decomposition again that was refused or taken back.
func (r *Room) splitEnded(ctx context.Context, tx *db.Tx, a approval.Decided) error {
	s, found, err := r.store.split(ctx, tx, a.ObjectID)
	if err != nil || !found || s.State != ForApproval {
		return err
	}
	s.State = Asked
	return r.store.moveSplit(ctx, tx, s)
}

func splitHref(id int64) string { return fmt.Sprintf("/plan/split/%d", id) }
