package assess

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

// concluding is what a manager agrees to.
type concluding struct{ Verdict, Conclusion string }

// Chinese names for requests and tasks, which are kept in Chinese.
var (
	dimensionZh = map[string]string{Posts: "就业岗位", Environment: "就业环境", Risk: "失业风险", Security: "社会保障"}
	gradeZh     = map[string]string{Green: "绿", Yellow: "黄", Red: "红", Open: "待定", None: "不涉及", "": "待定"}
	verdictZh   = map[string]string{Proceed: "可以实施", Conditional: "落实措施后实施", Reconsider: "建议调整方案"}
	stanceZh    = map[string]string{Agrees: "同意", WithChanges: "修改后同意", Against: "不同意"}
)

// Send asks a manager, who must be somebody else, to conclude. The sums are done anew and do not change from then on.
// Faults: NotFound, Denied, Invalid (no opinion yet, a light without a measure, a red light called fine), Conflict, Repeat.
func (r *Room) Send(ctx context.Context, who web.User, id int64, verdict, conclusion, once string) error {
	c, err := caseByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayEdit(who, &c); err != nil {
		return err
	}
	if c.Result, err = r.Compute(ctx, &c); err != nil {
		return err
	}
	c.Lights, c.Permanent = c.Result.Lights, c.Result.Posts.Permanent
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		opinions, err := opinionsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		measures, err := measuresOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := ready(&c, verdict, conclusion, opinions, measures); err != nil {
			return err
		}
		c.State = Waiting
		if err := updateCase(ctx, tx, &c, c.Version); err != nil {
			return err
		}
		_, err = r.Approvals.Request(ctx, tx, approval.Request{Kind: kindConclude, Object: "assess", ObjectID: id, Area: c.Area, Title: "就业影响评估：" + c.Title, Why: conclusion,
			Href: caseAt(id), Lines: requestLines(&c, verdict, opinions, measures), Payload: concluding{verdict, conclusion}, By: who})
		return err
	})
}

// ready refuses what cannot be concluded yet, and says what is missing.
func ready(c *Case, verdict, conclusion string, opinions []Opinion, measures []Measure) error {
	if conclusion == "" || verdictZh[verdict] == "" {
		return fault.New(fault.Invalid, "请选择评估意见并写明结论")
	}
	if len(opinions) == 0 {
		return fault.New(fault.Invalid, "还没有其他部门的意见，请先征求至少一个部门的意见")
	}
	if missing := lacking(c.Lights, measures); len(missing) > 0 {
		names := make([]string, len(missing))
		for i, d := range missing {
			names[i] = dimensionZh[d]
		}
		return fault.New(fault.Invalid, "%s亮了黄灯或红灯，还没有缓解措施，请先填写", strings.Join(names, "、"))
	}
	if c.Lights.Worst() == Red && verdict == Proceed {
		return fault.New(fault.Invalid, "有一项是红灯，不能写“可以实施”，请选择“落实措施后实施”或“建议调整方案”")
	}
	return nil
}

func requestLines(c *Case, verdict string, opinions []Opinion, measures []Measure) []approval.Line {
	lines := []approval.Line{{Label: "评估意见", After: verdictZh[verdict]}}
	for i, d := range Dimensions {
		lines = append(lines, approval.Line{Label: dimensionZh[d], After: gradeZh[c.Lights[i]]})
	}
	for _, o := range opinions {
		lines = append(lines, approval.Line{Label: o.Department, After: stanceZh[o.Stance]})
	}
	if len(measures) > 0 {
		lines = append(lines, approval.Line{Label: "缓解措施", After: lang.Int(int64(len(measures))) + " 项，审定后交办"})
	}
	return lines
}

// concluded takes a manager's yes: the measures are handed out by the manager's area.
func (r *Room) concluded(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var in concluding
	if err := d.Payload(&in); err != nil {
		return err
	}
	c, err := caseByID(ctx, tx, d.ObjectID)
	if err != nil {
		return err
	}
	c.State, c.Verdict, c.Conclusion = Concluded, in.Verdict, in.Conclusion
	c.Concluder, c.ConcludeOn = account.Signature(d.By), db.On(r.Clock.Today())
	if err := updateCase(ctx, tx, &c, c.Version); err != nil {
		return err
	}
	measures, err := measuresOf(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	for i := range measures {
		m := &measures[i]
		if m.To == d.By.Area { // nobody hands out to themselves: it stands in the assessment only
			continue
		}
		if m.TaskID, err = r.Assignments.Give(ctx, tx, assignment.Task{Kind: kindMeasure, Object: "assess", ObjectID: c.ID, From: d.By.Area, To: m.To,
			Title: dimensionZh[m.Dimension] + "：" + cut(c.Title, 40), Body: m.Text + "\n责任单位：" + m.Unit, Href: caseAt(c.ID), WorkDays: m.WorkDays, By: d.By}); err != nil {
			return err
		}
		if err := setTask(ctx, tx, m); err != nil {
			return err
		}
	}
	return r.Audit.Write(ctx, tx, entryOf(d.By, "conclude", &c, "审定就业影响评估："+c.Title+"，"+verdictZh[c.Verdict]))
}

// reopened makes it a draft again when nobody said yes.
func (r *Room) reopened(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	c, err := caseByID(ctx, tx, d.ObjectID)
	if err != nil || c.State != Waiting {
		return err
	}
	c.State = Draft
	return updateCase(ctx, tx, &c, c.Version)
}

// measureDone keeps the answer that was accepted.
func (r *Room) measureDone(ctx context.Context, tx *db.Tx, a assignment.Answer) error {
	return doneMeasure(ctx, tx, a.ObjectID, a.ID, db.On(r.Clock.Today()), a.Result)
}

// Publish shows a conclusion to everybody. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Publish(ctx context.Context, who web.User, id, version int64, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := caseByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayPublish(who, &c); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if c.State != Concluded {
			return fault.New(fault.Conflict, "只有审定后还没有公布的评估才能公布")
		}
		c.State, c.PublishOn = Published, db.On(r.Clock.Today())
		if err := updateCase(ctx, tx, &c, version); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "publish", &c, "公布就业影响评估："+c.Title))
	})
}

// SetParameter asks another manager to agree to a value. Faults: NotFound, Denied, Invalid, Repeat.
func (r *Room) SetParameter(ctx context.Context, who web.User, s Setting, once string) error {
	p, err := parameterOf(s.Code)
	if err != nil {
		return err
	}
	if err := MaySet(who, s.Area); err != nil {
		return err
	}
	if s.Key != "" && !p.Keyed {
		return fault.New(fault.Invalid, "这个参数不分行业门类")
	}
	values, err := settings(ctx, r.DB)
	if err != nil {
		return err
	}
	before := "尚未设定"
	if old, ok := valueAt(values, s.Code, regionOr(s.Area), s.Key, s.From); ok {
		before = sayValue(p.Unit, old.Value)
	}
	s.By = account.Signature(who)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		_, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindParameter, Object: "assess.parameter", Area: regionOr(s.Area), Title: "评估参数“" + p.Zh + "”设为 " + sayValue(p.Unit, s.Value),
			Why: "依据：" + s.Source, Href: atParameters, Lines: []approval.Line{{Label: p.Zh, Before: before, After: sayValue(p.Unit, s.Value)}, {Label: "地区", After: area.Name(regionOr(s.Area))},
				{Label: "行业门类", After: s.Key}, {Label: "自", After: s.From.String()}}, Payload: s, By: who})
		return err
	})
}

func (r *Room) parameterSet(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var s Setting
	if err := d.Payload(&s); err != nil {
		return err
	}
	s.ID, s.Approver, s.At = r.IDs.Next(), account.Signature(d.By), r.Clock.Now().UnixMilli()
	return insertSetting(ctx, tx, &s)
}

// cut shortens a text to so many characters.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
