package rule

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var dict = must(NewDictionary([]Field{
	{Zh: "登记失业", En: "registered", Type: Bool, Yes: "已登记失业", No: "没有登记失业", Holder: Word{"公共就业服务机构", "public employment service"}},
	{Zh: "失业登记日期", En: "registered_since", Type: Date},
	{Zh: "失业月数", En: "months_unemployed", Type: Number, Unit: Word{"个月", "months"}, Grows: ByMonth, Since: "失业登记日期", Holder: Word{"公共就业服务机构", "public employment service"}},
	{Zh: "人员类别", En: "groups", Type: Choice, Fixed: true, Values: []Word{{"零就业家庭成员", "zero"}, {"残疾人", "disabled"}, {"脱贫人口", "out_of_poverty"}}, Holder: Word{"残联", "disability federation"}},
	{Zh: "担任企业法人", En: "legal_representative", Type: Bool},
	{Zh: "出生日期", En: "birth", Type: Date, Fixed: true},
	{Zh: "年龄", En: "age", Type: Number, Unit: Word{"周岁", "years"}, Grows: ByYear, Since: "出生日期"},
	{Zh: "带动就业人数", En: "jobs", Type: Number, Unit: Word{"人", "people"}, Margin: 1},
	{Zh: "一年前带动就业人数", En: "jobs_before", Type: Number, Unit: Word{"人", "people"}},
	{Zh: "毕业日期", En: "graduated", Type: Date},
	{Zh: "居住地", En: "area", Type: Text},
	{Zh: "月收入", En: "income", Type: Number, Unit: Word{"元", "yuan"}},
}))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// row is facts by Chinese name; what is not there is not known.
type row map[string]Value

func (r row) Field(id int) (Value, bool) { v, ok := r[dict.Fields[id].Zh]; return v, ok }

func document(when string) string {
	lines := strings.Split(strings.TrimSpace(when), "\n")
	return "编号: T01\n名称: 试行补贴\n对象: 人员\n来源: {文件: \"002\", 条款: 任务8, 原文: 原文}\n有效期: {从: 2020-01-01}\n结果: {说明: 可享受}\n办理: {下一步: 请到窗口}\n条件:\n  " +
		strings.Join(lines, "\n  ") + "\n"
}

func date(y, m, d int64) Day { return civil(y, m, d) }

var today24 = date(2025, 9, 24)

const example1 = `
全部:
  - 登记失业 是
  - 任一:
      - 失业月数 >= 12
      - 人员类别 属于 [零就业家庭成员, 残疾人]
  - 非: 担任企业法人 是`

func TestAnOfficialsRuleHasFourAnswers(t *testing.T) {
	p := must(Load([]byte(document(example1)), dict))
	base := func() row {
		return row{"登记失业": Yes(true), "失业登记日期": On(date(2024, 9, 1)), "失业月数": Int(12), "人员类别": Some(0), "担任企业法人": Yes(false)}
	}
	with := func(name string, v Value) row { r := base(); r[name] = v; return r }
	without := func(name string) row { r := base(); delete(r, name); return r }
	nine := with("失业月数", Int(9))
	nine["失业登记日期"] = On(date(2024, 12, 10))
	for _, c := range []struct {
		situation string
		facts     row
		want      Answer
		lead      string
	}{
		{"registered for a year", base(), Answer{Verdict: Eligible}, "各条都符合"},
		{"registered for nine months: time brings it", nine, Answer{Near, date(2025, 12, 10)}, "其他条件不变，2025年12月10日起符合"},
		{"nobody knows whether he is registered", without("登记失业"), Answer{Verdict: Unknown}, "缺信息：登记失业（公共就业服务机构）"},
		{"is a legal representative, which can be changed", with("担任企业法人", Yes(true)), Answer{Verdict: Near}, "只差一条：担任企业法人：是"},
		{"disabled, so the months do not matter", row{"登记失业": Yes(true), "人员类别": One(1), "担任企业法人": Yes(false)}, Answer{Verdict: Eligible}, "各条都符合"},
		{"not registered and a legal representative", row{"登记失业": Yes(false), "失业月数": Int(0), "人员类别": Some(0), "担任企业法人": Yes(true)}, Answer{}, "有条件不符合"},
	} {
		e := Explain(p, c.facts, today24)
		if got := Evaluate(p, c.facts, today24); got != c.want || (Answer{e.Verdict, e.From}) != c.want {
			t.Errorf("%s: got %v, explained %v from %v, want %v", c.situation, got, e.Verdict, e.From, c.want)
		}
		if e.Lead(Plain) != c.lead {
			t.Errorf("%s: said %q, want %q", c.situation, e.Lead(Plain), c.lead)
		}
	}
}

func TestEveryClauseIsASentence(t *testing.T) {
	for _, c := range []struct {
		when  string
		facts row
		zh    string
		you   string
		en    string
	}{
		{"失业月数 >= 12", row{"失业月数": Int(9)}, "失业月数为 9 个月，应不少于 12 个月，差 3 个月", "您的失业月数为 9 个月，应不少于 12 个月，差 3 个月", "Months unemployed: 9 months, must be at least 12 months, short by 3 months"},
		{"失业月数不少于1年", row{"失业月数": Int(13)}, "失业月数为 13 个月，应不少于 12 个月", "您的失业月数为 13 个月，应不少于 12 个月", "Months unemployed: 13 months, must be at least 12 months"},
		{"登记失业 是", row{"登记失业": Yes(true)}, "已登记失业", "您已登记失业", "Registered: yes, must be yes"},
		{"登记失业", row{}, "还不知道是否已登记失业，这一项由公共就业服务机构掌握", "还不知道您是否已登记失业，这一项由公共就业服务机构掌握", "Registered: not known, held by public employment service"},
		{"人员类别 属于【残疾人、脱贫人口】", row{"人员类别": Some(0)}, "人员类别为无，应属于残疾人或脱贫人口", "您的人员类别为无，应属于残疾人或脱贫人口", "Groups: none, must be one of disabled or out of poverty"},
		{"毕业日期 在 2 年内", row{"毕业日期": On(date(2024, 7, 1))}, "毕业日期为2024年7月1日，应介于2023年9月24日和2025年9月24日之间", "您的毕业日期为2024年7月1日，应介于2023年9月24日和2025年9月24日之间", "Graduated: 1 Jul 2024, must be between 24 Sep 2023 and 24 Sep 2025"},
		{"非: 年龄 介于 16 和 59 之间", row{"年龄": Int(60)}, "年龄为 60 周岁，不应介于 16 和 59 周岁之间", "您的年龄为 60 周岁，不应介于 16 和 59 周岁之间", "Age: 60 years, must not be between 16 and 59 years"},
		{"带动就业人数 >= 一年前带动就业人数", row{"带动就业人数": Int(2), "一年前带动就业人数": Int(4)}, "带动就业人数为 2 人，应不少于一年前带动就业人数（4 人），差 2 人", "您的带动就业人数为 2 人，应不少于一年前带动就业人数（4 人），差 2 人", "Jobs: 2 people, must be at least Jobs before (4 people), short by 2 people"},
		{"月收入 <= 1.25 万元", row{"月收入": Int(12501)}, "月收入为 12501 元，应不超过 12500 元，超出 1 元", "您的月收入为 12501 元，应不超过 12500 元，超出 1 元", "Income: 12501 yuan, must be at most 12500 yuan, over by 1 yuan"},
	} {
		p, err := Load([]byte(document("- "+c.when)), dict)
		if err != nil {
			t.Errorf("%s: %v", c.when, err)
			continue
		}
		clause := Explain(p, c.facts, today24).Clauses[1]
		if clause.Zh(Plain) != c.zh || clause.Zh(You) != c.you || clause.En() != c.en {
			t.Errorf("%s:\n%s\n%s\n%s", c.when, clause.Zh(Plain), clause.Zh(You), clause.En())
		}
	}
}

func TestMistakesAreToldWithPlaceAndNearestName(t *testing.T) {
	for _, c := range []struct{ when, want string }{
		{"- 失业月份 >= 12", "第 9 行第 5 列：不认识的字段“失业月份”，最接近的是“失业月数”"},
		{"- 失业月数 大约 12", "第 9 行第 10 列：“失业月数”后面应写比较，如“失业月数 >= 12”，您写的是“大约”"},
		{"- 失业月数 >= 12 元", "“失业月数”的单位为个月，您写的是“元”"},
		{"- 失业月数 >= 很久", "“失业月数”应与数字（单位为个月）比较，您写的是“很久”"},
		{"- 登记失业 可能", "“登记失业”只能是“是”或“否”，您写的是“可能”"},
		{"- 人员类别 属于 [残疾]", "“人员类别”没有“残疾”这一类，最接近的是“残疾人”"},
		{"- 人员类别 >= 3", "“人员类别”是分类，应用“属于”或“不属于”"},
		{"- 年龄 介于 60 和 16 之间", "范围的前一个值比后一个大，请对调"},
		{"- 登记失业 是 年龄 <= 59", "一条只写一个比较"},
		{"- 毕业日期 >= 2025-02-30", "“毕业日期”应与日期比较"},
		{"- 带动就业人数 >= 失业月数", "单位不同，不能比较"},
		{"- 全不: [登记失业 是]", "这里应写“全部”“任一”“非”“都不”或“至少 n”，您写的是“全不”，最接近的是“全部”"},
		{"- 至少 3: [登记失业 是, 担任企业法人 否]", "“至少”应在 1 至 2 之间"},
		{"任一: []", "“任一”下面至少要有一个条件"},
		{"- &a 登记失业 是\n- *a", "不能用 & 和 * 引用"},
	} {
		_, err := Load([]byte(document(c.when)), dict)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.when, err, c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"编好: 1", "第 1 行第 1 列：不认识“编好”，最接近的是“编号”"},
		{"编号: 1\n编号: 2", "第 2 行第 1 列：“编号”写了两次，请留一个"},
		{"编号: 1", "缺少条件"},
		{"- 1", "文件应以“编号: …”这样的条目组成"},
		{strings.Repeat("[", 200), "不是合格的 yaml"},
		{document("- 登记失业") + "口径: " + strings.Repeat("[", 120) + strings.Repeat("]", 120), "套了 100 层以上"},
	} {
		if _, err := Load([]byte(c.text), dict); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40s: got %v, want %s", c.text, err, c.want)
		}
	}
}

func TestFullWidthPunctuationAndEnglishSayTheSame(t *testing.T) {
	facts := row{"登记失业": Yes(true), "失业登记日期": On(date(2024, 9, 1)), "失业月数": Int(12), "人员类别": One(1), "年龄": Int(30)}
	for _, when := range []string{
		"- 登记失业＝是\n- 失业月数＞＝１２个月\n- 人员类别 属于［残疾人，脱贫人口］\n- 年龄 介于 16 和 59 之间",
		"all:\n  - registered is yes\n  - months_unemployed at least 1 year\n  - groups in [disabled, out_of_poverty]\n  - age between 16 and 59",
		"全部：\n  - 登记失业\n  - 失业月数≥12\n  - 人员类别 属于 残疾人、脱贫人口\n  - 年龄在16至59之间",
		"至少 4 项：\n  - 登记失业 是\n  - 失业月数 满 12 个月\n  - 人员类别 = 残疾人\n  - 年龄 介于 16～59 之间",
	} {
		when = strings.ReplaceAll(when, "年龄在16至59之间", "年龄 介于 16至59 之间")
		p, err := Load([]byte(document(when)), dict)
		if err != nil {
			t.Errorf("%s: %v", when, err)
			continue
		}
		if got := Evaluate(p, facts, today24); got.Verdict != Eligible {
			t.Errorf("%s: %v", when, got)
		}
	}
}

func TestDaysAreCountedAsOnACalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int64Range(-200_000, 200_000).Draw(t, "day"))
		if d != 0 && DayOf(d.Time()) != d || d.String() != must(d.Time(), nil).Format("2006-01-02") && d != 0 {
			t.Fatalf("%d is %s", d, d)
		}
		n := rapid.IntRange(0, 600).Draw(t, "months")
		if got := d.Months(d.AddMonths(n)); got != n {
			t.Fatalf("%s and %d months on: %d", d, n, got)
		}
		if n > 0 && d.Months(d.AddMonths(n)-1) != n-1 {
			t.Fatalf("%s: one day before %d months", d, n)
		}
	})
	for _, c := range []struct {
		from Day
		n    int
		want string
	}{{date(2025, 8, 31), 6, "2026-02-28"}, {date(2024, 2, 29), 12, "2025-02-28"}, {date(2025, 1, 15), -1, "2024-12-15"}} {
		if got := c.from.AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAmountsAreKeptInFen(t *testing.T) {
	for text, want := range map[string]Amount{"20000 元 一次性": {Fen: 2_000_000, How: "一次性"}, "2 万元，一次性": {Fen: 2_000_000, How: ",一次性"}, "460.5元 每月": {Fen: 46_050, How: "每月"}} {
		p := must(Load([]byte(strings.Replace(document("- 登记失业"), "可享受}", "可享受, 金额: \""+text+"\"}", 1)), dict))
		if p.Amount != want {
			t.Errorf("%s: %v", text, p.Amount)
		}
	}
}

func TestTheRuleIsToldWithoutAnybodysFacts(t *testing.T) {
	p := must(Load([]byte(document(example1+"\n  - 带动就业人数 >= 一年前带动就业人数")), dict))
	var got []string
	for _, d := range p.Demands(today24) {
		got = append(got, strings.Repeat("  ", d.Depth)+d.Zh)
	}
	want := `同时符合以下各条
  已登记失业
  符合以下任意一条
    失业月数应不少于 12 个月
    人员类别应属于零就业家庭成员或残疾人
  担任企业法人为否
  带动就业人数应不少于一年前带动就业人数`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("told as\n%s", s)
	}
}
