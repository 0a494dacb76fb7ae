package supervise

import (
	"context"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/evidence"
)

// Proof is a file that shows that something was done.
type Proof struct {
	Content []byte
	Type    string
}

// file is one duty in the hands of one act.
type file struct {
	*Duty
	list    []Milestone
	liaison int64 // account
}

func (f *file) pick(id int64, states ...string) (*Milestone, error) {
	for i := range f.list {
		for _, s := range states {
			if f.list[i].ID == id && f.list[i].State == s {
				return &f.list[i], nil
			}
		}
	}
	return nil, fault.New(fault.Conflict, "这个节点现在的状态不能这样办，请看过现在的样子再办")
}

// within does something about a duty in one transaction, and counts the change.
func (r *Room) within(ctx context.Context, who web.User, id, version int64, key, act, what string, do func(tx *db.Tx, f *file) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		d, err := dutyByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MaySee(who, d.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if d.State != Open {
			return fault.New(fault.Conflict, "这项任务已经办结或停止，不能再办理")
		}
		f := &file{Duty: &d}
		all, err := milestonesOf(ctx, tx, []Duty{d})
		if err != nil {
			return err
		}
		f.list = all[d.ID]
		if f.liaison, err = accountOf(ctx, tx, d.UnitID); err != nil {
			return err
		}
		if err := do(tx, f); err != nil {
			return err
		}
		if err := touchDuty(ctx, tx, &d, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, act, "duty", d.ID, d.Area, what+"："+d.Title)
	})
}

// Progress tells how far a duty is, and, with a milestone, that this one is reached: then evidence is needed.
func (r *Room) Progress(ctx context.Context, who web.User, id, milestone, percent int64, text string, proof *Proof, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "progress", "报送进展", func(tx *db.Tx, f *file) error {
		if err := MayReport(who, f.Area, f.liaison); err != nil {
			return err
		}
		switch {
		case text == "":
			return fault.New(fault.Invalid, "请写明做了什么、到了哪一步")
		case percent < f.Percent || percent > 100:
			return fault.New(fault.Invalid, "完成比例应在 %d～100 之间（不低于上次报送），您填了 %d", f.Percent, percent)
		case milestone != 0 && proof == nil:
			return fault.New(fault.Invalid, "报送节点完成须附证明材料（PDF 或照片）")
		}
		f.Percent = percent
		m := &Milestone{DutyID: f.ID, Area: f.Area}
		what := "progress"
		if milestone != 0 {
			var err error
			if m, err = f.pick(milestone, Open); err != nil {
				return err
			}
			m.State, m.On, m.ReporterID, what = Reported, r.today(), who.ID, "report"
			if err := updateMilestone(ctx, tx, m); err != nil {
				return err
			}
		}
		if proof != nil {
			if _, err := r.Evidence.Add(ctx, tx, evidence.File{OwnerID: f.UnitID, Object: "supervise", ObjectID: f.ID, Name: "任务进展材料", Type: proof.Type, Content: proof.Content, ByID: who.ID}); err != nil {
				return err
			}
		}
		return r.addStep(ctx, tx, m, what, text, account.Signature(who))
	})
}

// Answer answers a press: why, what is done, and the day by which it will be.
func (r *Room) Answer(ctx context.Context, who web.User, id, milestone int64, text string, promise db.Date, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "answer", "答复催办", func(tx *db.Tx, f *file) error {
		if err := MayReport(who, f.Area, f.liaison); err != nil {
			return err
		}
		m, err := f.pick(milestone, Open)
		if err != nil {
			return err
		}
		most := workday.Add(r.Clock.Today(), 10)
		switch {
		case m.Stage != Pressed && m.Stage != Escalated && m.Stage != Platform:
			return fault.New(fault.Conflict, "这个节点没有被催办，不需要答复；有进展请报送进展")
		case text == "":
			return fault.New(fault.Invalid, "请写明原因和措施")
		case promise.Before(r.Clock.Today()) || promise.After(most):
			return fault.New(fault.Invalid, "承诺完成日期应在今天至 %s（10 个工作日内）之间；需要更长时间请申请延期", most.Format(time.DateOnly))
		}
		m.Promise = promise
		if err := updateMilestone(ctx, tx, m); err != nil {
			return err
		}
		return r.addStep(ctx, tx, m, "answer", text+"；承诺 "+promise.String()+" 前完成", account.Signature(who))
	})
}

// Check takes what was reported, or returns it with a reason. The last milestone taken closes the duty.
func (r *Room) Check(ctx context.Context, who web.User, id, milestone int64, pass bool, text string, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "check", "核验节点", func(tx *db.Tx, f *file) error {
		m, err := f.pick(milestone, Reported)
		if err != nil {
			return err
		}
		if err := MayCheck(who, m); err != nil {
			return err
		}
		if text == "" {
			return fault.New(fault.Invalid, "请写明核验意见")
		}
		what := "check"
		if pass {
			m.State = Done
		} else {
			m.State, m.On, what = Open, db.Date{}, "return"
			if m.Stage == Pressed { // the days to answer begin anew
				rule, _ := RuleOn(r.Clock.Today())
				m.AnswerBy, m.Promise = db.On(workday.Add(r.Clock.Today(), rule.Answer)), db.Date{}
			}
		}
		if err := updateMilestone(ctx, tx, m); err != nil {
			return err
		}
		left := 0
		for i := range f.list {
			if f.list[i].State != Done {
				left++
			}
		}
		if left == 0 {
			f.State, f.Percent = Done, 100
		}
		return r.addStep(ctx, tx, m, what, text, account.Signature(who))
	})
}

// Press presses by hand, before the rules would.
func (r *Room) Press(ctx context.Context, who web.User, id, milestone int64, text string, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "press", "催办", func(tx *db.Tx, f *file) error {
		if err := MaySupervise(who, f.Area); err != nil {
			return err
		}
		m, err := f.pick(milestone, Open)
		if err != nil {
			return err
		}
		if m.Stage != "" && m.Stage != Reminded {
			return fault.New(fault.Conflict, "这个节点已经催办，等待答复到 %s", m.AnswerBy)
		}
		rule, _ := RuleOn(r.Clock.Today())
		by := workday.Add(r.Clock.Today(), rule.Answer)
		if _, err := advance(ctx, tx, m, Pressed, by); err != nil {
			return err
		}
		m.AnswerBy = db.On(by)
		return r.tell(ctx, tx, m, Pressed, by, account.Signature(who), text)
	})
}

// AddMilestone adds a step with its last day to a duty.
func (r *Room) AddMilestone(ctx context.Context, who web.User, id int64, text string, due db.Date, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "milestone", "增加节点", func(tx *db.Tx, f *file) error {
		if err := MaySupervise(who, f.Area); err != nil {
			return err
		}
		if text == "" || due.Before(r.Clock.Today()) {
			return fault.New(fault.Invalid, "请填写节点内容，期限应在今天以后")
		}
		m := Milestone{DutyID: f.ID, ID: r.IDs.Next(), Area: f.Area, UnitID: f.UnitID, Text: text, Due: due, State: Open}
		if err := insertMilestone(ctx, tx, &m); err != nil {
			return err
		}
		return r.addStep(ctx, tx, &m, "give", "增加节点："+text+"，"+due.String()+" 前", account.Signature(who))
	})
}

// Stop ends a duty that is not needed any more.
func (r *Room) Stop(ctx context.Context, who web.User, id int64, text string, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "stop", "停止任务", func(tx *db.Tx, f *file) error {
		if err := MaySupervise(who, f.Area); err != nil {
			return err
		}
		if text == "" {
			return fault.New(fault.Invalid, "请写明停止的原因")
		}
		f.State = Stopped
		if _, err := tx.Exec(ctx, `DELETE FROM supervise_milestone WHERE duty_id = $1 AND state = 'open'`, f.ID); err != nil {
			return err
		}
		return r.addStep(ctx, tx, &Milestone{DutyID: f.ID, Area: f.Area}, "stop", text, account.Signature(who))
	})
}

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
	m, found, err := db.One(ctx, tx, (*Milestone).fields, `SELECT `+milestoneColumns+` FROM supervise_milestone WHERE duty_id = $1 AND milestone_id = $2 ORDER BY milestone_id`, a.Duty, a.Milestone)
	if err == nil && (!found || m.State != Open) {
		err = fault.New(fault.Conflict, "这个节点已经报送完成或停止，申请不再需要，请退回")
	}
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
