package rule

import (
	"slices"
	"strings"
	"testing"
)

// contracts and members are lists of the tests' subject.
var listed = func() *Dictionary {
	d := must(NewDictionary([]Field{
		{Zh: "姓名", En: "name", Type: Text},
		{Zh: "培训结束日期", En: "training_end", Type: Date},
		{Zh: "家庭月收入", En: "household_income", Type: Number, Unit: Word{"元", "yuan"}, Holder: Word{"民政局", "civil affairs"}},
		{Zh: "家庭人数", En: "household_size", Type: Number},
		{Zh: "见习月数", En: "intern_months", Type: Number, Unit: Word{"个月", "months"}},
		{Zh: "残疾等级", En: "disability", Type: Number},
		{Zh: "居住地", En: "area", Type: Text},
		{Zh: "企业规模", En: "size", Type: Choice, Values: []Word{{"大型", "large"}, {"中型", "medium"}, {"小微", "small"}}},
		{Zh: "登记失业", En: "registered", Type: Bool},
		{Zh: "出生日期", En: "born", Type: Date},
		{Zh: "年收入", En: "salary", Type: Number},
	}))
	d.Area = 7
	d.Lists = []List{
		{Zh: "合同", En: "contracts", Items: must(NewDictionary([]Field{
			{Zh: "开始日期", En: "start", Type: Date}, {Zh: "期限", En: "term", Type: Number, Unit: Word{"个月", "months"}}, {Zh: "参保", En: "insured", Type: Bool},
			{Zh: "月薪", En: "wage", Type: Number, Unit: Word{"元", "yuan"}}, {Zh: "单位", En: "employer", Type: Text}}))},
		{Zh: "培训", En: "trainings", Items: must(NewDictionary([]Field{{Zh: "课时", En: "hours", Type: Number}, {Zh: "补贴性", En: "subsidised", Type: Bool}}))},
	}
	return d
}()

// subject is facts with lists by Chinese name.
type subject struct {
	dict  *Dictionary
	facts map[string]Value
	lists map[string][]map[string]Value
}

func (s subject) Field(id int) (Value, bool) { v, ok := s.facts[s.dict.Fields[id].Zh]; return v, ok }

func (s subject) List(id int) ([]Source, bool) {
	l := &s.dict.Lists[id]
	items, ok := s.lists[l.Zh]
	var out []Source
	for _, item := range items {
		out = append(out, subject{dict: l.Items, facts: item})
	}
	return out, ok
}

var wages = &Parameter{Name: Word{"最低工资", "minimum_wage"}, Unit: Word{"元", "yuan"}, Rows: []Setting{
	{From: date(2021, 12, 1), Key: "一类", Value: 1980 * Scale}, {From: date(2021, 12, 1), Key: "二类", Value: 1910 * Scale},
	{From: date(2024, 12, 1), Key: "一类", Value: 2270 * Scale}, {From: date(2021, 12, 1), Key: "三类", Open: true},
	{From: date(2021, 12, 1), Key: "二类", Area: "1529", Value: 1920 * Scale},
}}

func calc(t *testing.T, text string, s Source, on Day) result {
	t.Helper()
	f, bad, err := readFormula(text, listed, nil, map[string]*Parameter{"最低工资": wages, "minimum_wage": wages})
	if err != "" {
		t.Fatalf("%s: at %d: %s", text, bad, err)
	}
	return f.calc(stage(s, on))
}

func TestFormulasAreCalculatedAsTheyRead(t *testing.T) {
	someone := subject{listed, map[string]Value{
		"姓名": Str("其力格尔"), "培训结束日期": On(date(2025, 3, 31)), "家庭月收入": Int(3000), "家庭人数": Int(4), "见习月数": Int(6), "残疾等级": Int(2),
		"居住地": Str("152921100001"), "企业规模": One(2), "登记失业": Yes(true), "年收入": Int(120000),
	}, map[string][]map[string]Value{
		"合同": {
			{"开始日期": On(date(2025, 4, 15)), "期限": Int(12), "参保": Yes(true), "月薪": Int(4000), "单位": Str("甲")},
			{"开始日期": On(date(2024, 1, 1)), "期限": Int(6), "参保": Yes(false), "月薪": Int(3000), "单位": Str("乙")},
			{"开始日期": On(date(2023, 1, 1)), "期限": Int(24), "月薪": Int(3500), "单位": Str("甲")},
		},
		"培训": {{"课时": Int(40), "补贴性": Yes(true)}, {"课时": Int(24), "补贴性": Yes(false)}},
	}}
	for text, want := range map[string]string{
		`最低工资("一类") * 70% * 见习月数`:    "9534 元",
		`minimum_wage("二类")`:         "1920 元",
		`最低工资("三类")`:                 "?",
		`家庭月收入 / 家庭人数`:               "750 元",
		`1 / 3 * 3`:                  "0.999999",
		`1 + 2 * 3 - -4`:             "11",
		`（1 + 2） × 3`:                "9",
		`最小值(家庭月收入, 2000 元, 5 万元)`:   "2000 元",
		`最大值(年收入 - 6 万, 0) * 3%`:     "1800",
		`四舍五入(10 / 3, 2)`:            "3.33",
		`向上取整(7 / 2)`:                "4",
		`向下取整(-7 / 2)`:               "-4",
		`若(残疾等级 <= 2, 500 元, 300 元)`: "500 元",
		`若(年收入 > 36000 且 年收入 <= 144000, 年收入 * 10% - 2520, 年收入 * 3%)`: "9480",
		`存在(合同: 期限 >= 12 且 参保 且 开始日期 介于 培训结束日期 和 培训结束日期 + 6 个月)`:     "是",
		`存在(合同: 期限 >= 2 年 且 参保)`:                                     "?",
		`存在(合同: 期限 >= 36 且 参保)`:                                      "否",
		`计数(合同: 参保) >= 1`:                                            "是",
		`计数(合同: 参保) >= 2`:                                            "?",
		`计数(合同: 参保) >= 3`:                                            "否",
		`计数(合同)`:                                                     "3",
		`合计(培训: 课时)`:                                                 "64",
		`合计(培训: 课时, 补贴性 是)`:                                          "40",
		`合计(培训: 课时, 补贴性 否) = 24`:                                     "是",
		`最大的(合同: 月薪)`:                                                "4000 元",
		`最大的(合同: 开始日期) >= 2025-01-01`:                                "是",
		`平均(合同: 月薪)`:                                                 "3500 元",
		`全都(合同: 月薪 >= 3000)`:                                         "是",
		`存在(合同: 单位 = 甲)`:                                             "是",
		`存在(合同: 单位 属于 [丙, 丁])`:                                       "否",
		`计数(合同: 存在(培训: 课时 >= 40) 且 期限 > 6)`:                          "2",
		`企业规模 属于 [小微, 中型] 且 (登记失业 或 家庭人数 > 10)`:                      "是",
		`企业规模 = 小微`:                                                  "是",
		`非 企业规模 = 小微 或 非 登记失业`:                                       "否",
		`登记失业 是 且 残疾等级 属于 [1, 2]`:                                    "是",
		`登记失业 = 否`:                                                   "否",
		`居住地 开头为 [1501, 1529]`:                                       "是",
		`相隔月数(培训结束日期, 今天)`:                                           "5",
		`今天 - 培训结束日期`:                                                "177 天",
		`培训结束日期 + 6 个月`:                                              "2025-09-30",
		`加月(培训结束日期, 见习月数)`:                                           "2025-09-30",
		`培训结束日期 在 1 年内`:                                              "是",
		`年份(培训结束日期) = 2025 且 月份(今天) = 9`:                             "是",
		`缺省(相隔年数(出生日期, 今天), 99) > 60`:                                "是",
		`有数据(出生日期)`:                                                  "否",
		`出生日期 > 2000-01-01 且 登记失业 否`:                                 "否",
		`出生日期 > 2000-01-01 且 登记失业 是`:                                 "?",
		`家庭月收入 / (家庭人数 - 4)`:                                         "? 除数为 0",
		`年收入 * 年收入 * 年收入 * 年收入`:                                      "? 数太大，算不出来",
		`salary > 100000 and (disability <= 2 or not registered)`:    "是",
		`if(size in [small], 0.5, 0.2)`:                              "0.5",
		`exists(contracts: term >= 12 and insured)`:                  "是",
		`max(0, min(household_income, 2500)) + 0.5`:                  "2500.5 元",
		`household_size between 3 and 5`:                             "是",
	} {
		f, bad, err := readFormula(text, listed, nil, map[string]*Parameter{"最低工资": wages, "minimum_wage": wages})
		if err != "" {
			t.Errorf("%s: at %d: %s", text, bad, err)
			continue
		}
		r := f.calc(stage(someone, today24))
		got := "?"
		if r.known {
			if got = f.say(r, false); f.shape == dateShape {
				got = Day(r.n).String()
			}
		} else if r.fail != fine && r.fail != noParameter {
			got = "? " + failures[r.fail].Zh
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	if got := calc(t, `最低工资("一类")`, someone, date(2024, 11, 30)); got.n != 1980*micro {
		t.Error("on the last day of the old wage:", got)
	}
}

func TestAWrongFormulaIsToldWhereAndHow(t *testing.T) {
	for text, want := range map[string]string{
		`最低工资("一类" * 2`:            "这里应是数字",
		`家庭月收入 + 登记失业`:             "这里应是数字，写的是是否",
		`存在(合同 期限 > 1)`:            "这里应以“)”结束",
		`存在(合约: 期限 > 1)`:           "应以清单的名字开头",
		`合同 > 1`:                   "“合同”有许多条",
		`家庭月收人 / 2`:                "最接近的是“家庭月收入”",
		`若(登记失业, 1)`:               "应写成 若(残疾等级 <= 2, 500, 300)",
		`家庭月收入 + 见习月数 > 3`:         "单位不同",
		`培训结束日期 > 3`:               "这里应是日期",
		`企业规模 属于 [小形]`:             "没有“小形”这一类",
		`1 / `:                     "还缺一项",
		`(1 + 2`:                   "这里应以“)”结束",
		`1 + 2)`:                   "多出了“)”",
		strings.Repeat("(", 100):   "套了 60 层以上",
		strings.Repeat("1+", 2001): "这一条太长",
	} {
		_, _, err := readFormula(text, listed, nil, map[string]*Parameter{"最低工资": wages})
		if !strings.Contains(err, want) || err == "" {
			t.Errorf("%.40s: %q, want %q", text, err, want)
		}
	}
}

func TestAFormulaIsAConditionWithReasons(t *testing.T) {
	p := must(Load([]byte(document("- 家庭月收入 / 家庭人数 <= 700 元\n- 存在(合同: 期限 >= 12 且 参保)\n- 登记失业 是")), listed))
	facts := map[string]Value{"家庭月收入": Int(3000), "家庭人数": Int(4), "登记失业": Yes(true)}
	s := subject{listed, facts, map[string][]map[string]Value{"合同": {{"期限": Int(24), "参保": Yes(true)}}}}
	e := Explain(p, s, today24)
	if e.Verdict != No || e.Clauses[1].Zh(You) != "家庭月收入 / 家庭人数为 750 元，应不超过 700 元，超出 50 元" || e.Clauses[2].Zh(You) != "符合：存在(合同: 期限 >= 12 且 参保)" {
		t.Error(e.Verdict, e.Clauses[1].Zh(You), e.Clauses[2].Zh(You))
	}
	delete(facts, "家庭月收入")
	e = Explain(p, s, today24)
	if e.Verdict != Unknown || len(e.Missing()) != 1 || e.Clauses[1].Zh(You) != "还不知道家庭月收入（民政局）" {
		t.Error(e.Verdict, e.Missing(), e.Clauses[1].Zh(You))
	}
}

func TestAFieldIsComparedWithABareParameter(t *testing.T) {
	p := must(LoadIn([]byte(document("- 家庭月收入 <= 低保标准")), listed, map[string]*Parameter{"低保标准": {Name: Word{Zh: "低保标准"}, Unit: Word{Zh: "元"}, Rows: []Setting{{From: 1, Value: 900 * Scale}}}}))
	for income, want := range map[int64]Verdict{900: Eligible, 901: No} {
		if got := Holds(p, subject{dict: listed, facts: map[string]Value{"家庭月收入": Int(income)}}, today24); got != want {
			t.Errorf("%d: %v", income, got)
		}
	}
}

func TestWhatIsPaidByMonthIsSplitByYearAndStepsDown(t *testing.T) {
	p := must(Load([]byte(strings.Replace(document("- 登记失业 是"), "结果: {说明: 可享受}", `结果: {说明: 可享受, 金额: 年收入 / 100, 上限: 1500}
发放:
  每: 月
  从: 培训结束日期
  到: 加天(加月(培训结束日期, 见习月数), 0)
  最长: 2 年
  阶段: [{满: 12 个月, 金额: 年收入 / 200}]`, 1)), listed))
	for _, c := range []struct {
		months int64
		want   []Payment
	}{
		{6, []Payment{{2025, 6, 6 * 1200_00}}},
		{12, []Payment{{2025, 10, 10 * 1200_00}, {2026, 2, 2 * 1200_00}}},
		{60, []Payment{{2025, 10, 10 * 1200_00}, {2026, 12, 2*1200_00 + 10*600_00}, {2027, 2, 2 * 600_00}}},
		{0, nil},
	} {
		s := subject{dict: listed, facts: map[string]Value{"登记失业": Yes(true), "年收入": Int(120000), "培训结束日期": On(date(2025, 3, 31)), "见习月数": Int(c.months)}}
		got, known, why := p.Payments(s, today24)
		if !known || !slices.Equal(got, c.want) {
			t.Errorf("%d months: %v %v %s, want %v", c.months, got, known, why, c.want)
		}
	}
	s := subject{dict: listed, facts: map[string]Value{"登记失业": Yes(true), "年收入": Int(220000), "见习月数": Int(6)}}
	if _, known, why := p.AmountFor(s, today24); known || why != "还不知道培训结束日期" {
		t.Error(known, why)
	}
	if got := p.Lacks(s, today24); len(got) != 1 || listed.Fields[got[0]].Zh != "培训结束日期" {
		t.Error("the schedule lacks", got)
	}
	s.facts["培训结束日期"] = On(date(2025, 3, 31))
	if list, known, _ := p.Months(s, today24); !known || len(list) != 6 || list[5] != (Month{date(2025, 8, 31), 1500_00}) || len(p.Lacks(s, today24)) != 0 {
		t.Error(list, known)
	}
	if fen, known, _ := p.AmountFor(s, today24); !known || fen != 6*1500_00 {
		t.Error("the limit is a month's:", fen)
	}
}

func FuzzFormula(f *testing.F) {
	for _, s := range []string{`最低工资("一类") * 70% * 见习月数`, `存在(合同: 期限 >= 12 且 参保 且 开始日期 介于 培训结束日期 和 培训结束日期 + 6 个月)`, `若(a, 1, 2)`, `计数(合同) >= 1 或 非 登记失业`, `企业规模 属于 [小微]`} {
		f.Add(s)
	}
	someone := subject{listed, map[string]Value{"家庭月收入": Int(3000), "家庭人数": Int(0), "登记失业": Yes(true), "培训结束日期": On(today24)}, map[string][]map[string]Value{"合同": {{"期限": Int(24)}}}}
	f.Fuzz(func(t *testing.T, text string) {
		g, _, err := readFormula(text, listed, nil, map[string]*Parameter{"最低工资": wages})
		if err != "" {
			return
		}
		g.calc(stage(someone, today24))
		l := leaf{formula: g, text0: text, field: -1}
		if g.shape == truthShape {
			l.tell(listed, stage(someone, today24))
		}
	})
}
