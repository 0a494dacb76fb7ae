package assess

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Cast is who plays in the demonstration.
type Cast struct{ Officer, League, Region web.User }

// demoCase is one made-up assessment. The projects are those of the boxes of Alxa's plan; their figures are invented.
type demoCase struct {
	Case
	by       int // 0 officer, 1 league
	lines    []Line
	opinion  Opinion
	measures []Measure
	verdict  string // "": stays a draft
	until    string // state it is left in
	policies []string
}

const wan = 1_000_000 // ten thousand yuan, in fen

var allMet = Conditions{"safety": Met, "health": Met, "hours": Met, "housing": Met, "women": Met, "union": NotFor}

const demoPlan = "《阿拉善盟“十四五”就业促进规划》专栏"

var demoCases = []demoCase{
	{Case: Case{Kind: Project, Title: "阿拉善盟公共实训基地建设项目", Unit: "阿拉善盟发展和改革委员会", Industry: "P83", InvestFen: 3_600 * wan, Starts: db.On(clock.Date(2025, time.November, 1)), Document: demoPlan + "“公共实训基地建设项目”",
		Summary: "以中、高级技能培训为主的盟市级公共实训基地，开展订单式、定向式培训。", Conditions: allMet}, by: 1, verdict: Proceed, until: Published, policies: []string{"R05", "R62"},
		lines: []Line{{Occupation: "职业培训师", Education: 20, People: 24, Months: 60, Insured: true, PayFen: 680_000}, {Occupation: "机械设备安装工", Education: 40, People: 8, Months: 36, Insured: true, PayFen: 560_000},
			{Occupation: "保洁员", People: 12, Months: 24, Insured: true, PayFen: 290_000}, {Occupation: "砌筑工", People: 60, Temporary: true, Months: 8, Insured: true, PayFen: 720_000}},
		opinion: Opinion{Department: "阿拉善盟财政局", Stance: Agrees, Text: "建设资金已列入年度计划，培训补贴按规定渠道列支", Document: "阿财函〔2025〕41 号"}},
	{Case: Case{Kind: Project, Title: "阿拉善左旗返乡入乡创业园建设项目", Unit: "阿拉善左旗人力资源和社会保障局", Industry: "L72", InvestFen: 2_200 * wan, Starts: db.On(clock.Date(2025, time.December, 1)), Document: demoPlan + "“返乡入乡创业园建设项目”",
		Summary: "依托现有产业园区整合改造，承接产业转移和返乡创业，入驻单位预计 30 家。", Conditions: Conditions{"safety": Met, "health": NotFor, "hours": Met, "housing": Unmet, "women": Met}}, verdict: Conditional, until: Waiting, policies: []string{"R01", "R02", "R44", "R45"},
		lines:    []Line{{Occupation: "电子商务师", Education: 30, People: 30, Months: 12, Insured: true, PayFen: 480_000}, {Occupation: "包装工", People: 60, Months: 6, PayFen: 360_000}, {Occupation: "装卸搬运工", People: 20, Months: 12, Insured: true, PayFen: 450_000}},
		opinion:  Opinion{Department: "阿拉善左旗自然资源局", Stance: WithChanges, Text: "改造不新增用地，通勤班车线路与镇区公交衔接后再启用", Document: "左自然资函〔2025〕18 号"},
		measures: []Measure{{Dimension: Environment, Text: "入驻单位与职工签订一年以上劳动合同并参加职工社会保险，列入入园条件；开通通勤班车", Unit: "阿拉善左旗人力资源和社会保障局", WorkDays: 40}, {Dimension: Posts, Text: "缺口岗位在周边旗区同步招聘，开展电子商务订单班", Unit: "阿拉善左旗就业服务中心", WorkDays: 30}}},
	{Case: Case{Kind: Project, Title: "阿拉善左旗家政服务业提质扩容示范基地", Unit: "阿拉善左旗商务局", Industry: "O80", InvestFen: 480 * wan, Starts: db.On(clock.Date(2025, time.October, 1)), Document: demoPlan + "“家政服务业提质扩容‘领跑者’行动项目”",
		Summary: "每年家政服务从业人员职业技能培训 100 人以上，员工制企业统一派单。", Conditions: allMet}, verdict: Conditional, until: Concluded, policies: []string{"R05", "R52"},
		measures: []Measure{{Dimension: Environment, Text: "推行员工制，按技能等级定薪，两年内月薪达到本旗在招岗位中位数", Unit: "阿拉善左旗商务局", WorkDays: 60}},
		lines:    []Line{{Occupation: "家政服务员", People: 64, Months: 24, Insured: true, PayFen: 450_000}, {Occupation: "养老护理员", People: 20, Months: 24, Insured: true, PayFen: 480_000}, {Occupation: "行政办事员", Education: 30, People: 6, Months: 36, Insured: true, PayFen: 420_000}},
		opinion:  Opinion{Department: "阿拉善左旗财政局", Stance: Agrees, Text: "同意，场地由国有资产公司提供", Document: "左财函〔2025〕22 号"}},
	{Case: Case{Kind: PolicySubject, Title: "高校毕业生基层岗位拓展（全盟 300 个）", Unit: "阿拉善盟人力资源和社会保障局", Starts: db.On(clock.Date(2025, time.January, 1)), Ends: db.On(clock.Date(2025, time.December, 31)), Document: demoPlan + "“高校毕业生岗位拓展项目”",
		Summary: "“十四五”期间在全盟开发 300 个基层岗位用于吸纳高校毕业生，本年度开发 60 个。", Conditions: Conditions{"safety": NotFor, "health": NotFor, "hours": Met, "housing": Met, "women": Met, "union": NotFor}}, by: 1, verdict: Conditional, until: Published, policies: []string{"R11", "R12"},
		measures: []Measure{{Dimension: Environment, Text: "参照同类人员工资标准，补足岗位补贴", Unit: "阿拉善盟财政局", WorkDays: 30}},
		lines:    []Line{{Occupation: "行政办事员", Education: 30, People: 60, Months: 36, Insured: true, PayFen: 430_000}},
		opinion:  Opinion{Department: "阿拉善盟教育体育局", Stance: Agrees, Text: "同意，与“三支一扶”、社区民生志愿服务统筹"}},
	{Case: Case{Kind: Investment, Title: "吉兰泰光伏基地二期", Unit: "阿拉善盟能源局", Industry: "D44", InvestFen: 120_000 * wan, Starts: db.On(clock.Date(2026, time.March, 1)), Document: "企业投资项目备案，建设规模 30 万千瓦", Summary: "二月起分三批进场，建设期用工多，投产后用工少。",
		Conditions: Conditions{"safety": Met, "hours": Met, "housing": Met, "women": Met}}, until: Draft,
		lines: []Line{{Occupation: "光伏发电运维值班员", Education: 40, People: 40, Months: 36, Insured: true, PayFen: 620_000}, {Occupation: "变配电运行值班员", Education: 30, People: 5, Months: 36, Insured: true, PayFen: 700_000}, {Occupation: "电焊工", People: 600, Temporary: true, Months: 6, PayFen: 750_000}}},
}

// demoValues are thresholds for the demonstration; the factor for indirect posts stays open.
var demoValues = map[string]int64{intensityFloor: 200, fillFloor: 3_000, contractFloor: 8_000, insuredFloor: 9_000, medianFloor: 3_000, lostYellow: 10, lostRed: 200, olderCeiling: 3_000, industryCeiling: 2_000,
	earnerCeiling: 10, contributions: 480_000, contributeRate: 2_400, benefitStandard: 170_000, fundCeiling: 300_000_000}

// SeedDemo puts some assessments into the demonstration, three of them followed up. It does nothing where there are any.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if n, err := r.countCases(ctx, filter{area: region}); err != nil || n > 0 {
		return err
	}
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, p := range Parameters {
			v, ok := demoValues[p.Code]
			if !ok {
				continue
			}
			if err := insertSetting(ctx, tx, &Setting{ID: r.IDs.Next(), Code: p.Code, From: db.On(clock.Date(2025, time.January, 1)), Area: cast.League.Area, Value: v, Source: "演示取值，不是正式标准",
				By: account.Signature(cast.League), Approver: account.Signature(cast.Region), At: r.Clock.Now().UnixMilli()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := r.seedFinished(ctx, cast); err != nil {
		return err
	}
	closing, err := r.demoClosure(ctx, cast)
	if err != nil {
		return err
	}
	for i, d := range append(demoCases, closing...) {
		if _, err := r.play(ctx, cast, d, fmt.Sprintf("assess-demo-%02d", i)); err != nil {
			return err
		}
	}
	return nil
}

// play lets somebody file an assessment, and takes it as far as it is to come.
func (r *Room) play(ctx context.Context, cast Cast, d demoCase, key string) (int64, error) {
	who, decider := cast.Officer, cast.League
	if d.by == 1 {
		who, decider = cast.League, cast.Region
	}
	d.Area = who.Area
	step := 0
	once := func() string { step++; return fmt.Sprintf("%s-%02d", key, step) }
	code := ""
	if d.EmployerID != 0 {
		e, err := r.Employers.Get(ctx, d.EmployerID)
		if err != nil {
			return 0, err
		}
		code = e.CreditCode
	}
	id, err := r.File(ctx, who, Filing{Case: d.Case, CreditCode: code, Policies: d.policies}, once())
	if err != nil {
		return 0, err
	}
	for _, l := range d.lines {
		if err := r.AddLine(ctx, who, id, l, once()); err != nil {
			return 0, err
		}
	}
	if d.opinion.Department != "" {
		if err := r.Say(ctx, who, id, d.opinion, once()); err != nil {
			return 0, err
		}
	}
	for _, m := range d.measures {
		m.To = who.Area
		if err := r.AddMeasure(ctx, who, id, m, once()); err != nil {
			return 0, err
		}
	}
	if d.verdict == "" {
		return id, nil
	}
	return id, r.finish(ctx, who, decider, id, d, once)
}

// finish sends it, decides and publishes. Where the small demonstration's figures leave a light without a measure it stays a draft.
func (r *Room) finish(ctx context.Context, who, decider web.User, id int64, d demoCase, once func() string) error {
	text := map[string]string{Proceed: "新增岗位与投资规模相称，劳动条件有保障，可以实施。", Conditional: "总体可行，落实缓解措施后实施。", Reconsider: "影响面大，建议调整实施步骤。"}[d.verdict]
	if err := r.Send(ctx, who, id, d.verdict, text, once()); err != nil {
		if fault.Is(err, fault.Invalid) {
			return nil
		}
		return err
	}
	if d.until == Waiting {
		return nil
	}
	waiting, err := r.Approvals.List(ctx, approval.Filter{Kind: kindConclude, Object: "assess", ObjectID: id, States: []approval.State{approval.Waiting}}, 0, 1)
	if err != nil || len(waiting) == 0 {
		return err
	}
	if err := r.Approvals.Decide(ctx, decider, waiting[0].ID, waiting[0].Version, true, "", once()); err != nil || d.until != Published {
		return err
	}
	c, err := caseByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	return r.Publish(ctx, decider, id, c.Version, once())
}

// demoStart is when the finished investments began to work.
var demoStart = clock.Date(2025, time.January, 15)

// seedFinished makes three investments of units that have grown, as they would have been filed then, and follows them up.
func (r *Room) seedFinished(ctx context.Context, cast Cast) error {
	then := person.MonthOf(demoStart.AddDate(0, -1, 0))
	now, before, err := r.insuredIn(ctx, cast.Officer.Area, r.month(), then)
	if err != nil {
		return err
	}
	n := 0
	for _, g := range grown(before, now) {
		if n == 3 {
			break
		}
		e, err := r.Employers.Get(ctx, g.Employer)
		if err != nil {
			return err
		}
		if e.Kind != employer.Enterprise || !area.Within(e.Area, cast.Officer.Area) {
			continue
		}
		more := g.Now - g.Before
		id, err := r.play(ctx, cast, demoCase{Case: Case{Kind: Investment, Title: e.Name + "扩建项目", Unit: "阿拉善左旗发展和改革委员会", Industry: e.Industry, InvestFen: []int64{1_500, 2_800, 900}[n] * wan, Starts: db.On(demoStart),
			Document: fmt.Sprintf("左发改备字〔2024〕%d 号", 61+n), Conditions: allMet, EmployerID: e.ID}, verdict: Proceed, until: Published, policies: []string{"R52", "R70"},
			lines:   []Line{{Occupation: "生产操作人员", People: more + []int64{1, 3, 2}[n], Months: 24, Insured: true, PayFen: 680_000}},
			opinion: Opinion{Department: "阿拉善左旗工业和信息化局", Stance: Agrees, Text: "同意"}}, fmt.Sprintf("assess-demo-f%d", n))
		if err != nil {
			return err
		}
		n++
		if err := r.backdate(ctx, id, then); err != nil {
			return err
		}
	}
	_, err = r.Follow(ctx)
	return err
}

// backdate makes a concluded case one of the month before it began.
func (r *Room) backdate(ctx context.Context, id int64, month int) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := caseByID(ctx, tx, id)
		if err != nil || c.Result == nil || c.State == Draft {
			return err
		}
		day := demoStart.AddDate(0, 0, -30)
		if c.Result.Insured, err = insuredAt(ctx, tx, c.EmployerID, month); err != nil {
			return err
		}
		c.Result.Month, c.Result.On, c.Result.AsOf = month, db.On(day).String(), db.On(day).String()
		if err := redateOpinions(ctx, tx, id, day.UnixMilli()); err != nil {
			return err
		}
		c.At, c.ConcludeOn, c.PublishOn = day.UnixMilli(), db.On(day), db.On(day)
		return updateCase(ctx, tx, &c, c.Version)
	})
}

// demoClosure is the end of the old line of the banner's largest plant of mining or chemistry.
func (r *Room) demoClosure(ctx context.Context, cast Cast) ([]demoCase, error) {
	insured, _, err := r.insuredIn(ctx, cast.Officer.Area, r.month(), r.month())
	if err != nil {
		return nil, err
	}
	var plant employer.Employer
	err = r.Employers.Each(ctx, cast.Officer.Area, func(e *employer.Employer) error {
		if (e.Industry == "C26" || e.Industry == "B06") && (plant.ID == 0 || insured[e.ID] > insured[plant.ID]) {
			plant = *e
		}
		return nil
	})
	if err != nil || insured[plant.ID] < 3 {
		return nil, err
	}
	lost := insured[plant.ID] * 3 / 5
	return []demoCase{{Case: Case{Kind: Exit, Title: plant.Name + "退出落后产能", Unit: "阿拉善左旗工业和信息化局", Industry: plant.Industry, Lost: lost, Starts: db.On(clock.Date(2025, time.December, 31)), Document: "自治区淘汰落后产能年度任务（演示）",
		Summary: "关停老生产线，其余生产线保留。", EmployerID: plant.ID, Conditions: Conditions{}}, verdict: Conditional, until: Concluded, policies: []string{"R37", "R59", "R60", "R80"},
		opinion: Opinion{Department: "阿拉善左旗总工会", Stance: WithChanges, Text: "职工安置方案须经职工代表大会讨论通过，五十岁以上职工优先内部转岗", Document: "左工函〔2025〕7 号"},
		measures: []Measure{{Dimension: Posts, Text: "与园区新建项目对接，组织专场招聘不少于 2 场", Unit: "阿拉善左旗就业服务中心", WorkDays: 30}, {Dimension: Risk, Text: "五十岁以上和单人就业家庭职工一人一策，优先转岗或公益性岗位安置", Unit: "阿拉善左旗人力资源和社会保障局", WorkDays: 40},
			{Dimension: Security, Text: "集中办理失业保险金申领和社会保险关系接续", Unit: "阿拉善左旗社会保险事业服务中心", WorkDays: 20}}}}, nil
}
