package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/indicator"
)

func findingAt(id int64) string { return fmt.Sprintf("/verify/finding/%d", id) }

// nameOf is what a finding is about, in Chinese, for lists of other rooms: 阿拉善左旗 2024 年“城镇新增就业”.
func (r *Room) nameOf(ctx context.Context, f *Finding) (string, error) {
	what := checkNames[f.Kind]
	if f.Indicator != "" {
		d, err := r.Indicators.Definition(ctx, f.Indicator)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s%d 年“%s”", area.Name(f.Area), f.Period, d.Name), nil
	}
	return area.Name(f.Area) + " " + f.PeriodText() + " " + what, nil
}

// checkNames are the checks as other rooms' lists show them.
var checkNames = map[string]string{TwoPlaces: "同一人同时在两地就业", Twice: "同一份工作重复登记", Uninsured: "已就业三个月未参保", Phone: "多人共用一个电话"}

// Ask sends findings to the areas that reported, each with a deadline. The list is cut to those that wait to be sent.
func (r *Room) Ask(ctx context.Context, who web.User, ids []int64, key string) (n int, err error) {
	var list []Finding
	for _, id := range ids {
		f, err := r.finding(ctx, r.DB, id)
		if err != nil {
			return 0, err
		}
		if err := MayJudge(who, f.Area); err != nil {
			return 0, err
		}
		if f.State == Found {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return 0, fault.New(fault.Conflict, "没有待发出的事项，请刷新页面看现在的状态")
	}
	return len(list), r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		for i := range list {
			if err := r.ask(ctx, tx, who, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Room) ask(ctx context.Context, tx *db.Tx, who web.User, f *Finding) error {
	name, err := r.nameOf(ctx, f)
	if err != nil {
		return err
	}
	if _, err := r.Assignments.Give(ctx, tx, assignment.Task{Kind: kindFinding, Object: "finding", ObjectID: f.ID, From: who.Area, To: f.Area, Title: name + "需要说明",
		Body: "核查时看到的和预期的列在核查单上。请对照原始台账，说明情况；数据有误的，请先更正。", Href: findingAt(f.ID), WorkDays: daysToTell, By: who}); err != nil {
		return err
	}
	f.State, f.Due = Asked, db.On(workday.Add(r.Clock.Today(), daysToTell))
	if err := change(ctx, tx, f); err != nil {
		return err
	}
	if err := r.step(ctx, tx, f.ID, "ask", fmt.Sprintf("请在 %s 前说明", f.Due), account.Signature(who)); err != nil {
		return err
	}
	return r.note(ctx, tx, who, "ask", f.ID, f.Area, "请说明："+name)
}

// task is the newest assignment of a finding.
func (r *Room) task(ctx context.Context, id int64) (assignment.Item, bool, error) {
	list, err := r.Assignments.List(ctx, assignment.Filter{Kind: kindFinding, Object: "finding", ObjectID: id}, db.Date{}, 0, 20)
	if err != nil || len(list) == 0 {
		return assignment.Item{}, false, err
	}
	return slices.MaxFunc(list, func(a, b assignment.Item) int { return int(a.ID>>1 - b.ID>>1) }), true, nil
}

// Explain is the area's explanation. It answers the task that the area was sent.
func (r *Room) Explain(ctx context.Context, who web.User, id int64, answer, text, key string) error {
	f, err := r.finding(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayTell(who, f.Area); err != nil {
		return err
	}
	t, found, err := r.task(ctx, id)
	if err != nil {
		return err
	}
	if !found || !slices.Contains(may[f.State], "explain") {
		return fault.New(fault.Conflict, "这件现在不需要说明，请刷新页面看现在的状态")
	}
	return r.Assignments.Answer(ctx, who, t.ID, t.Version, answer, strings.TrimSpace(text), key)
}

// told takes an answer to the task, wherever it was written, as the explanation.
func (r *Room) told(ctx context.Context, tx *db.Tx, a assignment.Answer) error {
	f, err := r.finding(ctx, tx, a.ObjectID)
	if err != nil {
		return err
	}
	if f.State != Asked && f.State != Told {
		return fault.New(fault.Conflict, "这件核查事项已有结论，不用再说明")
	}
	f.State = Told
	if err := change(ctx, tx, &f); err != nil {
		return err
	}
	if err := r.step(ctx, tx, f.ID, a.Result, a.Text, account.Signature(a.By)); err != nil {
		return err
	}
	return r.note(ctx, tx, a.By, "explain", f.ID, f.Area, "说明核查事项")
}

// Correct reports another figure for a month of the finding's year; the one before stays as a version.
func (r *Room) Correct(ctx context.Context, who web.User, id int64, month int, value int64, why, key string) error {
	f, err := r.finding(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayTell(who, f.Area); err != nil {
		return err
	}
	if f.Indicator == "" || !slices.Contains(may[f.State], "correct") {
		return fault.New(fault.Conflict, "这件不能在这里更正数据：登记数据请到个人档案或采集库更正")
	}
	if month < 1 || month > 12 || value < 0 || strings.TrimSpace(why) == "" {
		return fault.New(fault.Invalid, "请填写月份（1～12）、更正后的数（不小于 0）和更正依据")
	}
	period := indicator.Period(f.Period*100 + month)
	versions, err := r.Indicators.ReportVersions(ctx, f.Area, f.Indicator, period)
	if err != nil {
		return err
	}
	d, err := r.Indicators.Definition(ctx, f.Indicator)
	if err != nil {
		return err
	}
	rep := indicator.Report{Area: f.Area, Indicator: f.Indicator, Period: period, Value: value, Note: why, ByID: who.ID, ByName: who.Name, At: r.now()}
	before := "没有上报"
	if len(versions) > 0 {
		rep.Version = versions[0].Version
		before = indicator.Figure(versions[0].Value, d.Unit)
	}
	text := fmt.Sprintf("%d 年 %d 月：%s 改为 %s%s。%s", f.Period, month, before, indicator.Figure(value, d.Unit), d.Unit, why)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.SaveReport(ctx, tx, rep); err != nil {
			return err
		}
		if err := r.step(ctx, tx, f.ID, "correct", text, account.Signature(who)); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "correct", f.ID, f.Area, "更正上报数："+text)
	})
}

// decision is what a request to uphold carries.
type decision struct{ Why string }

// Judge gives a verdict with its reason. 成立 is only asked for: another person decides. 已更正 asks for figures that have changed.
func (r *Room) Judge(ctx context.Context, who web.User, id int64, verdict, why string, version int64, key string) error {
	f, err := r.finding(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayJudge(who, f.Area); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	switch {
	case !slices.Contains(may[f.State], "judge"):
		return fault.New(fault.Conflict, "这件现在不能作结论，请刷新页面看现在的状态")
	case !slices.Contains(verdicts, verdict) || why == "":
		return fault.New(fault.Invalid, "请选择结论，写明理由")
	case f.State == Found && verdict != Unfounded:
		return fault.New(fault.Conflict, "还没有请%s说明，不能定为成立或已更正。请先发出", area.Name(f.Area))
	case f.State == Asked && verdict != Unfounded && !f.Due.Before(r.Clock.Today()):
		return fault.New(fault.Conflict, "%s的说明期限到 %s，期限以前没有说明时不能定为成立或已更正", area.Name(f.Area), f.Due)
	}
	if verdict == Corrected && f.Indicator != "" {
		changed, err := r.changed(ctx, &f)
		if err != nil {
			return err
		}
		if !changed {
			return fault.New(fault.Conflict, "最近一次核查以后上报数没有变化，不能定为已更正。请核对是否已经更正")
		}
	}
	t, has, err := r.task(ctx, id)
	if err != nil {
		return err
	}
	answered := has && t.State == assignment.Answered && t.From == who.Area
	if f.Version != version {
		return fault.New(fault.Conflict, "这件刚刚被别人办理过，请看过现在的样子再办")
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if !answered {
			if err := r.Assignments.Cancel(ctx, tx, kindFinding, "finding", id, "已作结论"); err != nil {
				return err
			}
		}
		if verdict == Upheld {
			return r.propose(ctx, tx, who, &f, why)
		}
		return r.close(ctx, tx, who, &f, verdict, why)
	}); err != nil || !answered {
		return err
	}
	return r.Assignments.Accept(ctx, who, t.ID, t.Version, "已作结论", key+"-task")
}

func (r *Room) close(ctx context.Context, tx *db.Tx, who web.User, f *Finding, verdict, why string) error {
	f.State, f.Verdict = Closed, verdict
	if err := change(ctx, tx, f); err != nil {
		return err
	}
	if err := r.step(ctx, tx, f.ID, verdict, why, account.Signature(who)); err != nil {
		return err
	}
	return r.note(ctx, tx, who, "judge", f.ID, f.Area, "核查结论："+verdictNames[verdict])
}

var verdictNames = map[string]string{Upheld: "成立", Corrected: "已更正", Unfounded: "不成立"}

// propose asks a second person whether a finding is upheld.
func (r *Room) propose(ctx context.Context, tx *db.Tx, who web.User, f *Finding, why string) error {
	name, err := r.nameOf(ctx, f)
	if err != nil {
		return err
	}
	f.State = Proposed
	if err := change(ctx, tx, f); err != nil {
		return err
	}
	if _, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindUphold, Object: "finding", ObjectID: f.ID, Area: area.Parent(f.Area), Title: name + "核查结论", Why: why, Href: findingAt(f.ID),
		Lines: []approval.Line{{Label: "结论", Before: "待结论", After: "成立"}}, Payload: decision{why}, By: who}); err != nil {
		return err
	}
	if err := r.step(ctx, tx, f.ID, "propose", why, account.Signature(who)); err != nil {
		return err
	}
	return r.note(ctx, tx, who, "propose", f.ID, f.Area, "提请审批核查结论：成立")
}

// upheld closes a finding when a second person agrees.
func (r *Room) upheld(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var asked decision
	if err := d.Payload(&asked); err != nil {
		return err
	}
	f, err := r.finding(ctx, tx, d.ObjectID)
	if err != nil {
		return err
	}
	return r.close(ctx, tx, d.By, &f, Upheld, asked.Why)
}

// Entry is an upheld finding as the ledger of accountability takes it.
type Entry struct {
	ID          int64
	Area        string
	Title, Href string
	On          db.Date // day it was found
}

// Upheld lists findings of an area's subtree that two people upheld, the newest first.
func (r *Room) Upheld(ctx context.Context, area string, limit int) ([]Entry, error) {
	list, err := r.findings(ctx, filter{area: area, state: Closed, verdict: Upheld}, 0, limit)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(list))
	for i := range list {
		f := &list[i]
		name, err := r.nameOf(ctx, f)
		if err != nil {
			return nil, err
		}
		out[i] = Entry{ID: f.ID, Area: f.Area, Title: name, Href: findingAt(f.ID), On: f.On}
	}
	return out, nil
}

// notUpheld puts a finding back when the second person does not agree.
func (r *Room) notUpheld(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	f, err := r.finding(ctx, tx, d.ObjectID)
	if err != nil || f.State != Proposed {
		return err
	}
	f.State = Told
	if err := change(ctx, tx, &f); err != nil {
		return err
	}
	return r.step(ctx, tx, f.ID, "refused", d.Reason, account.Signature(d.By))
}

// changed says whether what was reported differs from what the finding saw.
func (r *Room) changed(ctx context.Context, f *Finding) (bool, error) {
	now, err := r.reported(ctx, f)
	if err != nil {
		return false, err
	}
	for m, v := range now {
		var was *int64
		if m < len(f.Evidence.Reported) {
			was = f.Evidence.Reported[m]
		}
		if (v == nil) != (was == nil) || v != nil && *v != *was {
			return true, nil
		}
	}
	return false, nil
}

// reported are the figures that stand now for a finding's months.
func (r *Room) reported(ctx context.Context, f *Finding) ([]*int64, error) {
	out := make([]*int64, 12)
	list, err := r.Indicators.Reports(ctx, []string{f.Area}, zeroDay)
	for i := range list {
		rep := &list[i]
		if rep.Indicator == f.Indicator && !rep.Period.IsYear() && rep.Period.Year() == f.Period && rep.State != indicator.Returned {
			out[rep.Period.Month()-1] = &rep.Value
		}
	}
	return out, err
}

// SetLimit changes a check's limit from the next run on.
func (r *Room) SetLimit(ctx context.Context, who web.User, kind string, value float64, why, key string) error {
	if err := MaySet(who); err != nil {
		return err
	}
	all, err := limitsNow(ctx, r.DB)
	if err != nil {
		return err
	}
	old, known := all[kind]
	if !known || value < 0 || strings.TrimSpace(why) == "" {
		return fault.New(fault.Invalid, "请选择核查项目，填写不小于 0 的界限和调整理由")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := saveLimit(ctx, tx, Limit{Kind: kind, Version: old.Version + 1, Value: round3(value), Why: why, By: account.Signature(who), At: r.now()}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "limit", 0, region, fmt.Sprintf("核查界限 %s：%s 改为 %s。%s", kind, decimal(old.Value), decimal(value), why))
	})
}

// Declare writes down that an area reports in multiples of a unit; 0 takes it back.
func (r *Room) Declare(ctx context.Context, who web.User, g Rounding, key string) error {
	if err := MayBring(who, g.Area); err != nil {
		return err
	}
	if g.Unit != 0 && g.Unit != 10 && g.Unit != 100 && g.Unit != 1000 && g.Unit != 10000 || g.Unit != 0 && strings.TrimSpace(g.Why) == "" {
		return fault.New(fault.Invalid, "取整单位应为 10、100、1000 或 10000，并写明依据")
	}
	g.By, g.At = account.Signature(who), r.now()
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := saveRounding(ctx, tx, g); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "rounding", 0, g.Area, "申明上报数取整到 "+lang.Int(g.Unit))
	})
}
