package supervise

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// asked is what a request about a milestone carries.
type asked struct {
	Duty, Milestone int64
	Until           string
}

// Extend asks the level above for more time.
func (r *Room) Extend(ctx context.Context, who web.User, id, milestone int64, until db.Date, why string, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "extend", "申请延期", func(tx *db.Tx, f *file) error {
		if err := MayReport(who, f.Area, f.liaison); err != nil {
			return err
		}
		m, err := f.pick(milestone, Open)
		if err != nil {
			return err
		}
		if !until.After(m.Due.Time) || until.Before(r.Clock.Today()) || why == "" {
			return fault.New(fault.Invalid, "请写明理由；延期后的期限应在原期限 %s 和今天以后", m.Due)
		}
		if err := r.ask(ctx, tx, approval.Request{Kind: kindExtend, Area: upper(f.Area), Title: f.Unit + "：" + f.Title, Why: why, By: who,
			Lines: []approval.Line{{Label: m.Text, Before: m.Due.String(), After: until.String()}}}, m, until); err != nil {
			return err
		}
		return r.addStep(ctx, tx, m, "extend", why+"；申请延至 "+until.String(), account.Signature(who))
	})
}

// Hand asks for a milestone to go to the supervision platform. Another person decides.
func (r *Room) Hand(ctx context.Context, who web.User, id, milestone int64, why string, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "hand", "提请纳入监督贯通协调平台", func(tx *db.Tx, f *file) error {
		if err := MayLead(who, f.Area); err != nil {
			return err
		}
		m, err := f.pick(milestone, Open)
		if err != nil {
			return err
		}
		switch {
		case m.Stage != Escalated:
			return fault.New(fault.Conflict, "只有提级督办后仍未落实的节点才能提请纳入监督贯通协调平台")
		case why == "":
			return fault.New(fault.Invalid, "请写明提请的理由")
		}
		return r.ask(ctx, tx, approval.Request{Kind: kindPlatform, Area: upper(f.Area), Title: f.Unit + "：" + f.Title, Why: why, By: who,
			Lines: []approval.Line{{Label: m.Text, Before: "提级督办", After: "纳入监督贯通协调平台"}}}, m, db.Date{})
	})
}

// ask makes a request about a milestone, of which one may wait at a time.
func (r *Room) ask(ctx context.Context, tx *db.Tx, q approval.Request, m *Milestone, until db.Date) error {
	waiting, err := r.Approvals.Count(ctx, approval.Filter{Kind: q.Kind, Object: "supervise", ObjectID: m.ID, States: []approval.State{approval.Waiting}})
	if err != nil {
		return err
	}
	if waiting > 0 {
		return fault.New(fault.Conflict, "这个节点已有一件同样的申请在等待决定")
	}
	q.Object, q.ObjectID, q.Href, q.Payload = "supervise", m.ID, dutyAt(m.DutyID), asked{m.DutyID, m.ID, until.String()}
	_, err = r.Approvals.Request(ctx, tx, q)
	return err
}

// decided reads the milestone that a decision is about, which must still be open.
func (r *Room) decided(ctx context.Context, tx *db.Tx, q approval.Decided) (Milestone, asked, error) {
	var a asked
	if err := q.Payload(&a); err != nil {
		return Milestone{}, a, err
	}
	m, err := openMilestone(ctx, tx, a.Duty, a.Milestone)
	return m, a, err
}

func (r *Room) extended(ctx context.Context, tx *db.Tx, q approval.Decided) error {
	m, a, err := r.decided(ctx, tx, q)
	if err != nil {
		return err
	}
	until, err := time.Parse(time.DateOnly, a.Until)
	if err != nil {
		return err
	}
	before := m.Due
	m.Due, m.Stage, m.AnswerBy, m.Promise = db.On(until), "", db.Date{}, db.Date{}
	if err := updateMilestone(ctx, tx, &m); err != nil {
		return err
	}
	return r.addStep(ctx, tx, &m, "extended", "期限由 "+before.String()+" 延至 "+a.Until, account.Signature(q.By))
}

func (r *Room) notExtended(ctx context.Context, tx *db.Tx, q approval.Decided) error {
	var a asked
	if err := q.Payload(&a); err != nil {
		return err
	}
	d, err := dutyByID(ctx, tx, a.Duty)
	if err != nil {
		return err
	}
	return r.addStep(ctx, tx, &Milestone{DutyID: a.Duty, ID: a.Milestone, Area: d.Area}, "notextended", q.Reason, account.Signature(q.By))
}

func (r *Room) toPlatform(ctx context.Context, tx *db.Tx, q approval.Decided) error {
	m, _, err := r.decided(ctx, tx, q)
	if err != nil {
		return err
	}
	moved, err := advance(ctx, tx, &m, Platform, m.AnswerBy.Time)
	if err == nil && !moved {
		err = fault.New(fault.Conflict, "这个节点的状态已经改变，请看过现在的样子再决定")
	}
	if err != nil {
		return err
	}
	return r.tell(ctx, tx, &m, Platform, time.Time{}, account.Signature(q.By), q.Reason)
}
