package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
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
		return fmt.Sprintf("%s %s“%s”", area.Name(f.Area), f.PeriodText(), d.Name), nil
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
