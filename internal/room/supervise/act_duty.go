package supervise

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
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

// notOfForms are the acts that a form that has not come knows nothing of: it is handed in where it stands.
var notOfForms = []string{"progress", "extend", "check", "milestone"}

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
		if d.Source == FromForm && slices.Contains(notOfForms, act) {
			return fault.New(fault.Conflict, "这一件上报后自动销号，请打开要报的表上报；一时报不了的，请答复催办")
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
		if !m.Promise.IsZero() && promise.After(m.Promise.Time) { // a second answer puts nothing off
			return fault.New(fault.Conflict, "已承诺 %s 前完成，只能提前，不能推后；需要更长时间请申请延期", m.Promise)
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
		if err := MayCheck(who, f.Duty, m); err != nil {
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

// Stop ends a duty that is not needed any more. What was late stays late in an appraisal.
func (r *Room) Stop(ctx context.Context, who web.User, id int64, text string, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "stop", "停止任务", func(tx *db.Tx, f *file) error {
		if err := MayStop(who, f.Duty); err != nil {
			return err
		}
		if text == "" {
			return fault.New(fault.Invalid, "请写明停止的原因")
		}
		f.State = Stopped
		if err := stopMilestones(ctx, tx, f.ID, r.today()); err != nil {
			return err
		}
		return r.addStep(ctx, tx, &Milestone{DutyID: f.ID, Area: f.Area}, "stop", text, account.Signature(who))
	})
}
