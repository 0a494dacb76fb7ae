package policy

import (
	"testing"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// The day of the tests is 24 September 2025; the departments' data reach to August.
var (
	today   = clock.Date(2025, time.September, 24)
	yes     = true
	no      = false
	shop    = employer.Individual
	known   = map[int64]string{1: employer.Enterprise, 2: employer.Institution, 3: shop}
	studied = func(date string) []person.Graduate {
		return []person.Graduate{{Graduated: on(date), School: "内蒙古大学", Degree: 20}}
	}
)

func on(s string) db.Date {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return db.On(t)
}

func group(kind, detail string, since string) []person.Group {
	return []person.Group{{Kind: kind, Since: on(since), Detail: detail}}
}

func spell(kind string, employerID int64, since string, contract int) person.Spell {
	return person.Spell{Kind: kind, EmployerID: employerID, Since: on(since), Contract: contract}
}

func course(until string) []person.Training {
	return []person.Training{{Class: "PX1", Since: on("2024-01-01"), Until: on(until), Hours: 80, Subsidised: true}}
}

// somebody lives in Bayanhot, is a man born on 1 May 1985, and is nothing else.
func somebody(change func(f *person.Facts)) *person.Facts {
	f := &person.Facts{Person: person.Person{ID: 1, Sex: person.Male, Birth: clock.Date(1985, time.May, 1), Area: "152921100001", HouseholdID: 7}}
	change(f)
	return f
}

type situation struct {
	policy string
	who    string
	person func(f *person.Facts)
	want   string // verdict
	lead   string // the sentence for the person
}

var situations = []situation{
	{"R04", "合同一年、已参保", func(f *person.Facts) {
		f.Trainings, f.Spells = course("2025-02-10"), []person.Spell{spell(person.Unit, 1, "2025-04-01", 12)}
		f.Insurances = []person.Insurance{{Kind: person.Pension, EmployerID: 1, From: 202504}}
	}, "yes", "各条都符合"},
	{"R04", "合同半年、已参保", func(f *person.Facts) {
		f.Trainings, f.Spells = course("2025-02-10"), []person.Spell{spell(person.Unit, 1, "2025-04-01", 6)}
		f.Insurances = []person.Insurance{{Kind: person.Pension, EmployerID: 1, From: 202504}}
	}, "near", "只差一条：您的培训后合同月数为 6 个月，应不少于 12 个月，差 6 个月"},
	{"R04", "合同一年、没有参保", func(f *person.Facts) {
		f.Trainings, f.Spells = course("2025-02-10"), []person.Spell{spell(person.Unit, 1, "2025-04-01", 12)}
	}, "near", "只差一条：您培训后签了合同却没有参保缴费"},
	{"R04", "上月结业，还没有签合同", func(f *person.Facts) { f.Trainings = course("2025-08-20") }, "near",
		"只差一条：您的培训后合同月数为 0 个月，应不少于 12 个月，差 12 个月"},
	{"R04", "本月签合同，参保数据还没有到", func(f *person.Facts) {
		f.Trainings, f.Spells = course("2025-08-20"), []person.Spell{spell(person.Unit, 1, "2025-09-10", 24)}
	}, "unknown", "缺信息：签合同未参保（社会保险经办机构）"},
	{"R04", "结业过了半年没有签合同", func(f *person.Facts) { f.Trainings = course("2024-12-01") }, "no", "有条件不符合"},
	{"R04", "结业七个月后才签合同", func(f *person.Facts) {
		f.Trainings, f.Spells = course("2024-12-01"), []person.Spell{spell(person.Unit, 1, "2025-07-02", 36)}
	}, "no", "有条件不符合"},
	{"R04", "参加两次培训，第一次之后签了合同", func(f *person.Facts) {
		f.Trainings = append(course("2024-02-10"), person.Training{Class: "PX2", Since: on("2025-08-01"), Until: on("2025-08-30"), Subsidised: true})
		f.Spells = []person.Spell{spell(person.Unit, 1, "2024-04-01", person.OpenEnded)}
		f.Insurances = []person.Insurance{{Kind: person.Pension, EmployerID: 1, From: 202404}}
	}, "yes", "各条都符合"},

	{"R08", "去年毕业，没有工作过", func(f *person.Facts) { f.Graduates = studied("2024-07-01") }, "yes", "各条都符合，到2026年7月1日为止"},
	{"R08", "去年毕业，在个体户干过", func(f *person.Facts) {
		f.Graduates, f.Spells = studied("2024-07-01"), []person.Spell{spell(person.Unit, 3, "2024-09-01", 12)}
	}, "yes", "各条都符合，到2026年7月1日为止"},
	{"R08", "今年年底毕业", func(f *person.Facts) { f.Graduates = studied("2025-12-31") }, "near", "其他条件不变，2025年12月31日起符合"},
	{"R08", "去年毕业，在企业工作，不知道是不是国企", func(f *person.Facts) {
		f.Graduates, f.Spells = studied("2024-07-01"), []person.Spell{spell(person.Unit, 1, "2024-09-01", 12)}
	}, "unknown", "缺信息：已在机关国企事业单位就业（国有资产监管部门）"},
	{"R08", "去年毕业，进了事业单位", func(f *person.Facts) {
		f.Graduates, f.Spells = studied("2024-07-01"), []person.Spell{spell(person.Unit, 2, "2024-09-01", 36)}
	}, "no", "有条件不符合"},
	{"R08", "毕业三年", func(f *person.Facts) { f.Graduates = studied("2022-07-01") }, "no", "有条件不符合"},
	{"R08", "没有上过大学", func(f *person.Facts) {}, "no", "有条件不符合"},

	{"R28", "零就业家庭，有劳动能力", func(f *person.Facts) { f.HouseholdID, f.Able = 100, &yes }, "yes", "各条都符合"},
	{"R28", "零就业家庭，下个月满十六周岁", func(f *person.Facts) {
		f.HouseholdID, f.Able, f.Birth = 100, &yes, clock.Date(2009, time.October, 20)
	}, "near", "其他条件不变，2025年10月20日起符合"},
	{"R28", "零就业家庭，没有人问过劳动能力", func(f *person.Facts) { f.HouseholdID = 100 }, "unknown", "缺信息：有劳动能力（公共就业服务机构）"},
	{"R28", "零就业家庭里上学的孩子", func(f *person.Facts) { f.HouseholdID, f.Able, f.Student = 100, &yes, true }, "no", "有条件不符合"},
	{"R28", "家里有人上班", func(f *person.Facts) { f.Able = &yes }, "no", "有条件不符合"},

	{"R33", "男，今年六月满六十周岁又两个月", func(f *person.Facts) {
		f.Birth, f.Able, f.Willing = clock.Date(1965, time.April, 10), &yes, &yes
	}, "yes", "各条都符合"},
	{"R33", "女，五十五岁", func(f *person.Facts) {
		f.Sex, f.Birth, f.Able, f.Willing = person.Female, clock.Date(1970, time.March, 1), &yes, &yes
	}, "yes", "各条都符合"},
	{"R33", "男，今年十一月到退休年龄", func(f *person.Facts) {
		f.Birth, f.Able, f.Willing = clock.Date(1965, time.August, 20), &yes, &yes
	}, "near", "其他条件不变，2025年10月21日起符合"},
	{"R33", "男，六十二岁，没有人问过就业意愿", func(f *person.Facts) { f.Birth, f.Able = clock.Date(1963, time.January, 1), &yes }, "unknown", "缺信息：有就业意愿（公共就业服务机构）"},
	{"R33", "男，六十二岁，不想工作", func(f *person.Facts) {
		f.Birth, f.Able, f.Willing = clock.Date(1963, time.January, 1), &yes, &no
	}, "no", "有条件不符合"},
	{"R33", "男，四十岁", func(f *person.Facts) { f.Able, f.Willing = &yes, &yes }, "no", "有条件不符合"},

	{"R36", "就业困难人员，开了店", func(f *person.Facts) {
		f.Groups, f.Spells = group(person.Hard, "大龄", "2024-01-01"), []person.Spell{spell(person.Self, 0, "2025-01-01", 0)}
	}, "yes", "各条都符合"},
	{"R36", "就业困难人员，在打零工", func(f *person.Facts) {
		f.Groups, f.Spells = group(person.Hard, "大龄", "2024-01-01"), []person.Spell{spell(person.Flex, 0, "2025-01-01", 0)}
	}, "near", "只差一条：您没有登记自主创业"},
	{"R36", "就业困难人员，从来没有就业登记", func(f *person.Facts) { f.Groups = group(person.Hard, "大龄", "2024-01-01") }, "unknown", "缺信息：自主创业（公共就业服务机构）"},
	{"R36", "开了店，不是就业困难人员", func(f *person.Facts) { f.Spells = []person.Spell{spell(person.Self, 0, "2025-01-01", 0)} }, "no", "有条件不符合"},
	{"R36", "已经退出的就业困难人员，开了店", func(f *person.Facts) {
		f.Groups, f.Spells = group(person.Hard, "大龄", "2023-01-01"), []person.Spell{spell(person.Self, 0, "2025-01-01", 0)}
		f.Groups[0].Until = on("2025-01-01")
	}, "no", "有条件不符合"},

	{"R42", "外卖骑手，没有合同", func(f *person.Facts) {
		f.Spells = []person.Spell{{Kind: person.Flex, Since: on("2025-01-01"), NewForm: true}}
	}, "yes", "各条都符合"},
	{"R42", "灵活就业，没有登记为新就业形态", func(f *person.Facts) { f.Spells = []person.Spell{spell(person.Flex, 0, "2025-01-01", 0)} }, "near", "只差一条：您没有登记为新就业形态"},
	{"R42", "从来没有就业登记", func(f *person.Facts) {}, "unknown", "缺信息：新就业形态（公共就业服务机构）、签订劳动合同（公共就业服务机构）"},
	{"R42", "十岁的孩子", func(f *person.Facts) { f.Birth = clock.Date(2015, time.May, 1) }, "no", "有条件不符合"},
	{"R42", "骑手，签了合同", func(f *person.Facts) {
		f.Spells = []person.Spell{{Kind: person.Unit, Since: on("2025-01-01"), NewForm: true, Contract: 12}}
	}, "no", "有条件不符合"},
	{"R42", "在单位上班，没有合同", func(f *person.Facts) { f.Spells = []person.Spell{spell(person.Unit, 1, "2025-01-01", 0)} }, "no", "有条件不符合"},

	{"R54", "自主就业退役军人", func(f *person.Facts) { f.Groups = group(person.Veteran, "自主就业", "2023-09-01") }, "yes", "各条都符合"},
	{"R54", "年底退役，自主就业", func(f *person.Facts) { f.Groups = group(person.Veteran, "自主就业", "2025-12-01") }, "near", "其他条件不变，2025年12月1日起符合"},
	{"R54", "退役军人，没有写安置方式", func(f *person.Facts) { f.Groups = group(person.Veteran, "", "2023-09-01") }, "unknown", "缺信息：安置方式（退役军人事务部门）"},
	{"R54", "由政府安排工作的退役军人", func(f *person.Facts) { f.Groups = group(person.Veteran, "政府安排工作", "2023-09-01") }, "no", "有条件不符合"},

	{"R72", "农村低保对象，有劳动能力", func(f *person.Facts) {
		f.Rural, f.Able, f.Groups = true, &yes, group(person.LowIncome, "城乡低保", "2022-01-01")
	}, "yes", "各条都符合"},
	{"R72", "脱贫户的孩子，下个月满十六周岁", func(f *person.Facts) {
		f.Rural, f.Able, f.Birth, f.Groups = true, &yes, clock.Date(2009, time.October, 20), group(person.OutOfPoverty, "", "2018-01-01")
	}, "near", "其他条件不变，2025年10月20日起符合"},
	{"R72", "农村低保对象，没有人问过劳动能力", func(f *person.Facts) {
		f.Rural, f.Groups = true, group(person.LowIncome, "", "2022-01-01")
	}, "unknown", "缺信息：有劳动能力（公共就业服务机构）"},
	{"R72", "城镇低保对象", func(f *person.Facts) {
		f.Able, f.Groups = &yes, group(person.LowIncome, "", "2022-01-01")
	}, "no", "有条件不符合"},
	{"R72", "收入不低的农牧民", func(f *person.Facts) { f.Rural, f.Able = true, &yes }, "no", "有条件不符合"},
}

func mustCatalogue(t testing.TB) *catalogue {
	t.Helper()
	c, err := mustLibrary(t).make(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPeopleInTheirSituations(t *testing.T) {
	c := mustCatalogue(t)
	a := &dictionary.Around{Today: today, On: rule.DayOf(today), AsOf: 202508, Zero: map[int64]bool{100: true}, Founder: map[int64]bool{}, Kinds: known}
	tried := map[string]bool{}
	for _, s := range situations {
		p, err := c.find(s.policy)
		if err != nil {
			t.Fatal(err)
		}
		var facts dictionary.Row
		a.Fill(&facts, somebody(s.person))
		e := rule.Explain(p, &facts, a.On)
		if got := e.Verdict.String(); got != s.want || e.Lead(rule.You) != s.lead {
			t.Errorf("%s %s：%s，%s；应为 %s，%s", s.policy, s.who, got, e.Lead(rule.You), s.want, s.lead)
			for _, c := range e.Clauses {
				t.Logf("    %v %s", c.Outcome, c.Zh(rule.Plain))
			}
		}
		tried[s.policy+s.want] = true
	}
	for _, id := range []string{"R04", "R08", "R28", "R33", "R36", "R42", "R54", "R72"} { // the rest by their cases
		for _, v := range rule.Verdicts {
			if !tried[id+v] {
				t.Errorf("%s has no situation for %s", id, v)
			}
		}
	}
}

func TestThePoliciesSayWhereTheyComeFromAndWhatToDo(t *testing.T) {
	c := mustCatalogue(t)
	for _, p := range c.all() {
		for name, text := range map[string]string{"place": p.Place, "quote": p.Quote, "office": p.Office.Zh, "channel": p.Channel.Zh, "next": p.Next.Zh,
			"english name": p.Name.En, "english result": p.Result.En, "english next": p.Next.En, "english office": p.Office.En, "english channel": p.Channel.En} {
			if text == "" {
				t.Errorf("%s has no %s", p.ID, name)
			}
		}
	}
}
