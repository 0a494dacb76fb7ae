package supervise

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/approval"
)

func (d *demo) unit(ctx context.Context, area, code string) (int64, error) {
	return db.Value[int64](ctx, d.DB, `SELECT unit_id FROM supervise_unit WHERE area = $1 AND code = $2 ORDER BY unit_id`, area, code)
}

func (d *demo) meet(ctx context.Context) error {
	then := d.at("2025-07-18")
	id, err := then.Hold(ctx, d.cast.League, Meeting{Area: d.cast.League.Area, On: on(2025, time.July, 18), Title: "盟就业工作领导小组 2025 年第二次会议", Chair: "盟行署分管负责同志", Attended: "领导小组各成员单位，各旗（区）",
		Agenda: "听取上半年就业目标任务完成情况\n研究农牧民转移就业和公益性岗位管理\n协调重点项目用工数据共享"}, d.once())
	if err != nil {
		return err
	}
	if err := then.Record(ctx, d.cast.League, id, "会议听取了上半年情况。会议要求，各旗（区）对照分解目标逐项核对，进度落后的列出原因和措施；公益性岗位到期人员按规定有序退岗；重点项目用工信息由审批部门按周推送。", 0, d.once()); err != nil {
		return err
	}
	for _, x := range []struct {
		source, code, title, text string
		due                       db.Date
	}{{FromDecision, "rs", "开展公益性岗位到期人员核查", "核查名单和退岗安排报盟人社局", on(2025, time.August, 29)}, {FromDecision, "nm", "摸清农牧民外出务工底数", "分苏木乡镇的务工台账", on(2025, time.October, 31)},
		{FromProblem, "fg", "重点项目用工信息推送不及时", "确定推送字段和频次并运行一个月", on(2025, time.September, 30)}} {
		unit, err := d.unit(ctx, d.cast.League.Area, x.code)
		if err != nil {
			return err
		}
		if _, err := then.Decide(ctx, d.cast.League, id, Duty{Source: x.source, UnitID: unit, Title: x.title}, Milestone{Text: x.text, Due: x.due}, d.once()); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) inspect(ctx context.Context) error {
	then := d.at("2025-09-10")
	list := "就业补助资金专款专用\n公益性岗位补贴按月发放\n重点群体实名台账与登记一致"
	id, err := then.Plan(ctx, d.cast.League, Inspection{Area: d.cast.League.Area, Theme: "money", Title: "2025 年下半年就业政策落实和资金检查", From: on(2025, time.September, 8), Until: on(2025, time.September, 30), Leader: "那仁", Member: "刘芳",
		Places: d.cast.Officer.Area + " " + d.cast.Other.Area, Checklist: list}, d.once())
	if err != nil {
		return err
	}
	unit, err := d.unit(ctx, d.cast.Officer.Area, "rs")
	if err != nil {
		return err
	}
	if err := then.Look(ctx, d.cast.League, id, Checked{Area: d.cast.Officer.Area, Item: "公益性岗位补贴按月发放", Text: "抽查 40 人，其中 3 人 7 月的补贴 8 月底才发放"}, unit, on(2025, time.October, 15), &Proof{[]byte("%PDF-1.4 演示"), "application/pdf"}, 0, d.once()); err != nil {
		return err
	}
	return then.Look(ctx, d.cast.League, id, Checked{Area: d.cast.Other.Area, Item: "就业补助资金专款专用", Text: "查看 2025 年 1～8 月账目，与批准用途一致"}, 0, db.Date{}, nil, 1, d.once())
}

// ledger keeps one reward of 2024 by two people, and leaves one question of tolerance to be decided.
func (d *demo) ledger(ctx context.Context) error {
	unit, err := d.unit(ctx, d.cast.Other.Area, "rs")
	if err != nil {
		return err
	}
	e := Entry{Kind: Reward, UnitID: unit, Title: "零就业家庭动态清零经验在全盟推广", Facts: "全年零就业家庭均在 10 个工作日内安置", Source: "meeting", SourceText: "领导小组 2024 年第四次会议纪要", On: on(2024, time.December, 12)}
	if err := d.Enter(ctx, d.cast.League, e, d.once()); err != nil {
		return err
	}
	if d.cast.Region.ID != 0 {
		list, err := d.Approvals.List(ctx, approval.Filter{Kind: kindLedger, Area: d.cast.Other.Area, States: []approval.State{approval.Waiting}}, newest, 5)
		if err != nil {
			return err
		}
		for _, q := range list {
			if err := d.Approvals.Decide(ctx, d.cast.Region, q.ID, q.Version, true, "", d.once()); err != nil {
				return err
			}
		}
	}
	if unit, err = d.unit(ctx, d.cast.Officer.Area, "rs"); err != nil {
		return err
	}
	return d.Enter(ctx, d.cast.League, Entry{Kind: Tolerance, UnitID: unit, Title: "零工市场试点首月成交低于预期", Facts: "试点方案经集体研究，未预见到当月持续沙尘天气停工", Conditions: "explore dutiful noprofit lawful unforeseen", Source: "inspection",
		SourceText: "2025 年下半年就业政策落实和资金检查", On: on(2025, time.April, 30)}, d.once())
}

// appraise finishes the appraisal of 2024: computed from what was known at the end of January, one appeal rejected, final by two people.
func (d *demo) appraise(ctx context.Context) error {
	then := d.at("2025-02-10")
	id, err := then.Draw(ctx, d.cast.League, Scheme{Area: d.cast.League.Area, Year: 2024, Title: "2024 年度就业目标责任考核", Cutoff: on(2025, time.January, 31)}, d.once())
	if err != nil {
		return err
	}
	if err := then.Compute(ctx, d.cast.League, id, 0, d.once()); err != nil {
		return err
	}
	if err := then.Publish(ctx, d.cast.League, id, on(2025, time.February, 28), 1, d.once()); err != nil {
		return err
	}
	if err := d.at("2025-02-17").Object(ctx, d.cast.Officer, id, 6, "12 月的培训结业名单 1 月才报送，请按结业日期计入", 2, d.once()); err != nil {
		return err
	}
	list, err := d.appeals(ctx, d.DB, id)
	if err != nil {
		return err
	}
	if err := d.at("2025-02-26").Reply(ctx, d.cast.League, id, list[0].ID, false, 0, "截止日 1 月 31 日前登记的已全部按结业日期计入，2 月补报的计入下一年度更正", 3, d.once()); err != nil {
		return err
	}
	if err := d.at("2025-03-05").AskFinal(ctx, d.cast.League, id, "申诉已答复，提请审定", 4, d.once()); err != nil {
		return err
	}
	if d.cast.Region.ID == 0 {
		return nil
	}
	asked, err := d.Approvals.List(ctx, approval.Filter{Kind: kindFinal, Object: "supervise.scheme", ObjectID: id, Area: d.cast.League.Area}, newest, 1)
	if err != nil || len(asked) == 0 {
		return err
	}
	return d.Approvals.Decide(ctx, d.cast.Region, asked[0].ID, asked[0].Version, true, "", d.once())
}
