package roster

import (
	"io/fs"
	"strings"
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
	today = clock.Date(2025, time.September, 24)
	yes   = true
	no    = false
)

func on(s string) db.Date {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return db.On(t)
}

// around knows a zero-employment household (100), the owner of a firm (person 50), and a resettlement area.
func around() *dictionary.Around {
	return &dictionary.Around{Today: today, On: rule.DayOf(today), AsOf: 202508, Zero: map[int64]bool{100: true},
		Founder: map[int64]bool{50: true}, Legal: map[int64]bool{50: true}, Kinds: map[int64]string{1: employer.Enterprise}, Resettled: []string{"152921200"}}
}

// somebody lives in Bayanhot, is a man born on 1 May 1985 without agricultural registration, and is nothing else.
func somebody(change func(f *person.Facts)) *person.Facts {
	f := &person.Facts{Person: person.Person{ID: 1, Name: "某", Sex: person.Male, Birth: clock.Date(1985, time.May, 1), Area: "152921100001", HouseholdID: 7}}
	change(f)
	return f
}

func group(kind, detail, since, until string) person.Group {
	g := person.Group{Kind: kind, Since: on(since), Detail: detail}
	if until != "" {
		g.Until = on(until)
	}
	return g
}

func atWork(kind, since string) person.Spell {
	return person.Spell{Kind: kind, EmployerID: 1, Since: on(since), Area: "152921"}
}

func insured(from, to int) person.Insurance {
	return person.Insurance{Kind: person.Pension, EmployerID: 1, From: from, To: to}
}

func registered(since, reason string) []person.Registration {
	return []person.Registration{{Since: on(since), Reason: reason}}
}

func studied(date string) []person.Graduate {
	return []person.Graduate{{Graduated: on(date), School: "内蒙古大学", Degree: 20}}
}

func loaded(t *testing.T) map[string]*List {
	t.Helper()
	lists, err := loadAll(documents)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*List{}
	for _, l := range lists {
		byID[l.ID] = l
	}
	return byID
}

var members = []struct {
	list string
	who  string
	make func(f *person.Facts)
	was  bool // on the list already
	in   bool
	why  string // the reason of entering or leaving, where it changes
}{
	{"S26", "去年毕业，没有任何就业记录", func(f *person.Facts) { f.Graduates = studied("2024-07-01") }, false, true, "是高校毕业生；毕业日期为2024年7月1日，应介于2023年9月24日和2025年9月24日之间；没有在业的就业登记"},
	{"S26", "去年毕业，单位参保", func(f *person.Facts) {
		f.Graduates, f.Insurances = studied("2024-07-01"), []person.Insurance{insured(202409, 0)}
	}, false, false, ""},
	{"S26", "找到了工作", func(f *person.Facts) {
		f.Graduates, f.Spells = studied("2024-07-01"), []person.Spell{atWork(person.Unit, "2025-09-01")}
	}, true, false, "就业登记为在业"},
	{"S26", "离校满两年", func(f *person.Facts) { f.Graduates = studied("2023-07-01") }, true, false, "毕业日期为2023年7月1日，应介于2023年9月24日和2025年9月24日之间"},
	{"S26", "读研究生去了", func(f *person.Facts) { f.Graduates, f.Student = studied("2024-07-01"), true }, true, false, "是在校学生"},
	{"S27", "认定为就业困难人员", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.Hard, "登记失业满 12 个月", "2025-06-01", "")}
	}, false, true, "是认定的就业困难人员"},
	{"S27", "退出了认定", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.Hard, "登记失业满 12 个月", "2024-06-01", "2025-09-20")}
	}, true, false, "没有认定为就业困难人员"},
	{"S28", "零就业家庭的失业成员", func(f *person.Facts) { f.HouseholdID, f.Registrations = 100, registered("2025-05-01", "") }, false, true, "是零就业家庭成员；已登记失业"},
	{"S28", "零就业家庭里上学的孩子", func(f *person.Facts) { f.HouseholdID, f.Student, f.Birth = 100, true, clock.Date(2008, 1, 1) }, false, false, ""},
	{"S28", "家里有人上班了", func(f *person.Facts) { f.Registrations = registered("2025-05-01", "") }, true, false, "家庭不是零就业家庭"},
	{"S29", "脱贫人口劳动力", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.OutOfPoverty, "转移就业", "2017-01-01", "")}
	}, false, true, "是脱贫人口"},
	{"S29", "脱贫人口满六十", func(f *person.Facts) {
		f.Birth = clock.Date(1965, 9, 1)
		f.Groups = []person.Group{group(person.OutOfPoverty, "转移就业", "2017-01-01", "")}
	}, true, false, "年龄为 60 周岁，应少于 60 周岁"},
	{"S30", "易地搬迁户", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.OutOfPoverty, "易地搬迁后续帮扶", "2017-01-01", "")}
	}, false, true, "是易地搬迁安置对象或住在安置区"},
	{"S30", "住在设置的安置区", func(f *person.Facts) { f.Area = "152921200003" }, false, true, ""},
	{"S30", "住在别处", func(f *person.Facts) {}, true, false, "不是易地搬迁安置对象，也不住在安置区"},
	{"S31", "农牧民", func(f *person.Facts) { f.Rural = true }, false, true, ""},
	{"S31", "城镇居民", func(f *person.Facts) {}, false, false, ""},
	{"S31", "转为非农户口", func(f *person.Facts) {}, true, false, "不是农业户口"},
	{"S32", "退役军人", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.Veteran, "自主就业", "2023-09-01", "")}
	}, false, true, ""},
	{"S32", "年底才退役", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.Veteran, "自主就业", "2025-12-01", "")}
	}, false, false, ""},
	{"S32", "到了退休年龄", func(f *person.Facts) {
		f.Birth, f.Groups = clock.Date(1960, 1, 1), []person.Group{group(person.Veteran, "自主就业", "1983-09-01", "")}
	}, true, false, "法定退休日期为2020年1月1日，应晚于2025年9月24日"},
	{"S34", "退休了还想干", func(f *person.Facts) { f.Birth, f.Able, f.Willing = clock.Date(1960, 1, 1), &yes, &yes }, false, true, ""},
	{"S34", "没有问过意愿", func(f *person.Facts) { f.Birth, f.Able = clock.Date(1960, 1, 1), &yes }, false, false, ""},
	{"S34", "不想干了", func(f *person.Facts) { f.Birth, f.Able, f.Willing = clock.Date(1960, 1, 1), &yes, &no }, true, false, "没有就业意愿"},
	{"S35", "登记失业的青年", func(f *person.Facts) { f.Birth, f.Registrations = clock.Date(1999, 1, 1), registered("2025-01-01", "") }, false, true, ""},
	{"S35", "高中毕业没有升学", func(f *person.Facts) { f.Birth, f.Education = clock.Date(2006, 1, 1), 60 }, false, true, ""},
	{"S35", "三十多岁高中文化、没有登记失业", func(f *person.Facts) { f.Birth, f.Education = clock.Date(1992, 1, 1), 60 }, false, false, ""},
	{"S35", "找到了工作", func(f *person.Facts) {
		f.Birth, f.Spells = clock.Date(1999, 1, 1), []person.Spell{atWork(person.Unit, "2025-09-01")}
	}, true, false, "就业登记为在业；没有登记失业；年龄为 26 周岁，应少于 25 周岁"},
	{"S36", "去产能分流下岗", func(f *person.Facts) { f.Registrations = registered("2025-01-01", "去产能分流") }, false, true, ""},
	{"S36", "一般失业", func(f *person.Facts) { f.Registrations = registered("2025-01-01", "合同到期") }, false, false, ""},
	{"S36", "再就业三个月，还要跟踪", func(f *person.Facts) {
		f.Registrations = []person.Registration{{Since: on("2024-01-01"), Until: on("2025-06-01"), Reason: "去产能分流"}}
		f.Spells, f.Insurances = []person.Spell{atWork(person.Unit, "2025-06-01")}, []person.Insurance{insured(202506, 0)}
	}, true, true, ""},
	{"S36", "再就业并参保八个月", func(f *person.Facts) {
		f.Registrations = []person.Registration{{Since: on("2024-01-01"), Until: on("2025-01-01"), Reason: "去产能分流"}}
		f.Spells, f.Insurances = []person.Spell{atWork(person.Unit, "2025-01-01")}, []person.Insurance{insured(202501, 0)}
	}, true, false, "就业登记为在业；由单位缴纳职工养老或失业保险；参保月数为 8 个月，应不少于 6 个月"},
	{"S40", "三年前毕业", func(f *person.Facts) { f.Birth, f.Graduates = clock.Date(1999, 1, 1), studied("2022-07-01") }, false, true, ""},
	{"S40", "高级工", func(f *person.Facts) { f.Certificates = []person.Certificate{{Issued: on("2020-01-01"), Level: 3}} }, false, true, ""},
	{"S40", "初级工", func(f *person.Facts) { f.Certificates = []person.Certificate{{Issued: on("2020-01-01"), Level: 5}} }, true, false, "没有高校毕业记录；技能等级为初级工，应属于高级技师或技师或高级工"},
	{"S43", "农牧区低保户", func(f *person.Facts) {
		f.Rural, f.Groups = true, []person.Group{group(person.LowIncome, "农村牧区低保", "2022-01-01", "")}
	}, false, true, ""},
	{"S43", "城市低保户", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.LowIncome, "城市低保", "2022-01-01", "")}
	}, false, false, ""},
	{"S43", "低保停了", func(f *person.Facts) {
		f.Rural, f.Groups = true, []person.Group{group(person.LowIncome, "农村牧区低保", "2022-01-01", "2025-09-01")}
	}, true, false, "不是脱贫人口；不是低保对象"},
	{"S27", "去世了", func(f *person.Facts) {
		f.Died, f.Groups = on("2025-09-01"), []person.Group{group(person.Hard, "残疾", "2024-06-01", "")}
	}, true, false, "已登记死亡"},

	{"B01", "登记失业，单位在缴社保", func(f *person.Facts) {
		f.Registrations, f.Insurances = registered("2025-01-01", ""), []person.Insurance{insured(202503, 0)}
	}, false, true, "已登记失业；由单位缴纳职工养老或失业保险"},
	{"B01", "登记失业，自己缴灵活就业", func(f *person.Facts) {
		f.Registrations, f.Insurances = registered("2025-01-01", ""), []person.Insurance{{Kind: person.Flexible, From: 202503}}
	}, false, false, ""},
	{"B01", "单位停缴了", func(f *person.Facts) {
		f.Registrations, f.Insurances = registered("2025-01-01", ""), []person.Insurance{insured(202503, 202507)}
	}, true, false, "数据已更新：没有单位缴纳职工养老或失业保险"},
	{"B02", "去世三个月还在缴费", func(f *person.Facts) { f.Died, f.Insurances = on("2025-05-10"), []person.Insurance{insured(202001, 0)} }, false, true, ""},
	{"B02", "去世后低保还在发", func(f *person.Facts) {
		f.Died, f.Groups = on("2025-05-10"), []person.Group{group(person.LowIncome, "城市低保", "2022-01-01", "")}
	}, false, true, ""},
	{"B02", "缴到去世的当月", func(f *person.Facts) {
		f.Died, f.Insurances = on("2025-05-10"), []person.Insurance{insured(202001, 202505)}
	}, false, false, ""},
	{"B02", "低保停发了", func(f *person.Facts) {
		f.Died, f.Groups = on("2025-05-10"), []person.Group{group(person.LowIncome, "城市低保", "2022-01-01", "2025-06-01")}
	}, true, false, "数据已更新：不是低保对象；没有登记失业；没有在业的就业登记"},
	{"B03", "毕业生就业了还登记失业", func(f *person.Facts) {
		f.Graduates, f.Registrations, f.Spells = studied("2025-07-01"), registered("2025-07-10", ""), []person.Spell{atWork(person.Unit, "2025-08-01")}
	}, false, true, ""},
	{"B03", "毕业生没有就业", func(f *person.Facts) {
		f.Graduates, f.Registrations = studied("2025-07-01"), registered("2025-07-10", "")
	}, true, false, "数据已更新：没有在业的就业登记"},
	{"B04", "公益岗干到退休年龄", func(f *person.Facts) {
		f.Sex, f.Birth, f.Spells = person.Female, clock.Date(1970, 1, 1), []person.Spell{atWork(person.Post, "2022-01-01")}
	}, false, true, ""},
	{"B04", "公益岗、四十岁", func(f *person.Facts) { f.Spells = []person.Spell{atWork(person.Post, "2022-01-01")} }, true, false, "数据已更新：法定退休日期为2048年5月1日，应不晚于2025年9月24日"},
	{"B05", "低保户开着公司", func(f *person.Facts) {
		f.ID, f.Groups = 50, []person.Group{group(person.LowIncome, "城市低保", "2022-01-01", "")}
	}, false, true, ""},
	{"B05", "低保户", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.LowIncome, "城市低保", "2022-01-01", "")}
	}, true, false, "数据已更新：不是企业法定代表人"},
	{"B06", "在岗，单位五月起不缴", func(f *person.Facts) {
		f.Spells, f.Insurances = []person.Spell{atWork(person.Unit, "2023-01-01")}, []person.Insurance{insured(202301, 202504)}
	}, false, true, "就业登记为在业；在岗未缴月数为 4 个月，应不少于 3 个月"},
	{"B06", "七月才入职，还没有参保", func(f *person.Facts) { f.Spells = []person.Spell{atWork(person.Unit, "2025-07-15")} }, false, false, ""},
	{"B06", "单位补缴了", func(f *person.Facts) {
		f.Spells, f.Insurances = []person.Spell{atWork(person.Unit, "2023-01-01")}, []person.Insurance{insured(202301, 0)}
	}, true, false, "数据已更新：在岗未缴月数为 0 个月，应不少于 3 个月，差 3 个月"},
	{"B07", "两个旗县同时在岗", func(f *person.Facts) {
		second := atWork(person.Unit, "2025-01-01")
		second.Area = "152923"
		f.Spells = []person.Spell{atWork(person.Unit, "2023-01-01"), second}
	}, false, true, ""},
	{"B07", "同一个旗县两份工作", func(f *person.Facts) {
		f.Spells = []person.Spell{atWork(person.Unit, "2023-01-01"), atWork(person.Unit, "2025-01-01")}
	}, true, false, "数据已更新：同时就业旗县数为 1 个，应不少于 2 个，差 1 个"},
	{"B08", "认定后进了企业，没有退出", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.Hard, "残疾", "2024-06-01", "")}
		f.Spells = []person.Spell{atWork(person.Unit, "2025-01-01")}
	}, false, true, ""},
	{"B08", "认定后安排了公益性岗位", func(f *person.Facts) {
		f.Groups = []person.Group{group(person.Hard, "残疾", "2024-06-01", "")}
		f.Spells = []person.Spell{atWork(person.Post, "2025-01-01")}
	}, true, false, "数据已更新：当前就业形式为公益性岗位，应属于单位就业或自主创业或转移就业"},
	{"B09", "在校学生有单位参保", func(f *person.Facts) { f.Student, f.Insurances = true, []person.Insurance{insured(202503, 0)} }, false, true, "是在校学生；由单位缴纳职工养老或失业保险"},
	{"B09", "在校学生", func(f *person.Facts) { f.Student = true }, true, false, "数据已更新：没有单位缴纳职工养老或失业保险"},
}

func TestWhoStandsOnWhichListAndWhy(t *testing.T) {
	lists := loaded(t)
	tried := map[string][2]bool{}
	for _, c := range members {
		l := lists[c.list]
		if l == nil {
			t.Fatalf("no list %s", c.list)
		}
		f := somebody(c.make)
		row := new(dictionary.Row)
		around().Fill(row, f)
		s := subjectOf(row, f, rule.DayOf(today))
		var held []entry
		if c.was {
			held = []entry{{owner: 1, list: c.list, since: on("2025-08-01"), version: 1}}
		}
		got := draw(nil, []*List{l}, &s, held, nil, map[string]bool{c.list: true})
		in := len(got) == 1 && !got[0].gone
		why := ""
		if len(got) == 1 && got[0].gone {
			why = got[0].now.whyOut
		} else if len(got) == 1 && !c.was {
			why = got[0].now.whyIn
		}
		if in != c.in || c.why != "" && why != c.why {
			t.Errorf("%s %s：%v “%s”，应为 %v “%s”", c.list, c.who, in, why, c.in, c.why)
		}
		seen := tried[c.list]
		seen[map[bool]int{false: 0, true: 1}[c.in]] = true
		tried[c.list] = seen
	}
	for id, l := range lists {
		if !l.Employers() && tried[id] != [2]bool{true, true} {
			t.Errorf("%s is not tried both ways: %v", id, tried[id])
		}
	}
}

func TestAPersonOnAListByHandStaysAndOneLeftOutByHandDoesNotComeBack(t *testing.T) {
	l := loaded(t)["S27"]
	f := somebody(func(*person.Facts) {})
	row := new(dictionary.Row)
	around().Fill(row, f)
	s := subjectOf(row, f, rule.DayOf(today))
	in := draw(nil, []*List{l}, &s, nil, []manual{{owner: 1, list: "S27", takeIn: true, reason: "认定文件正在报送"}}, nil)
	if len(in) != 1 || !in[0].now.hand || in[0].now.whyIn != "手工列入：认定文件正在报送" || in[0].now.initial {
		t.Errorf("taken in: %+v", in)
	}
	f.Groups = []person.Group{group(person.Hard, "残疾", "2024-06-01", "")}
	around().Fill(row, f)
	out := draw(nil, []*List{l}, &s, []entry{in[0].now}, []manual{{owner: 1, list: "S27", reason: "本人放弃"}}, nil)
	if len(out) != 1 || !out[0].gone || out[0].now.whyOut != "手工移出：本人放弃" {
		t.Errorf("left out: %+v", out)
	}
	if again := draw(nil, []*List{l}, &s, nil, []manual{{owner: 1, list: "S27", reason: "本人放弃"}}, nil); len(again) != 0 {
		t.Errorf("came back: %+v", again)
	}
}

func TestEmployersOfTheQuotaAndOfTheStaffComparison(t *testing.T) {
	lists := loaded(t)
	for _, c := range []struct {
		who              string
		people, disabled int
		reported         int
		quota, gap       bool
		lacks            []string
	}{
		{"一百人的企业，没有残疾职工", 100, 0, 100, true, false, []string{"short", "none", "nourge"}},
		{"一百人的企业，有一名残疾职工", 100, 1, 100, true, false, []string{"short", "nourge"}},
		{"一百人的企业，有两名残疾职工", 100, 2, 100, true, false, []string{"nourge"}},
		{"六十六人的企业，应安排不到一人", 66, 0, 66, false, false, nil},
		{"报了五十人，参保十人", 10, 0, 50, false, true, nil},
		{"报了五十人，参保四十人", 40, 0, 50, false, false, nil},
	} {
		staff := dictionary.NewStaff()
		for i := range c.people {
			f := &person.Facts{Person: person.Person{ID: int64(i + 1)}, Insurances: []person.Insurance{insured(202401, 0)}}
			if i < c.disabled {
				f.Groups = []person.Group{group(person.Disabled, "肢体 四级", "2020-01-01", "")}
			}
			staff.Add(f, 202508, func(int64) int64 { return 0 })
		}
		e := &employer.Employer{ID: 1, Kind: employer.Enterprise, Staff: c.reported}
		s := subject{owner: 1, known: known{facts: staff.Of(e, rule.DayOf(today)), on: rule.DayOf(today)}}
		quota := draw(nil, []*List{lists["S33"]}, &s, nil, nil, nil)
		gap := draw(nil, []*List{lists["B10"]}, &s, nil, nil, nil)
		if (len(quota) == 1) != c.quota || (len(gap) == 1) != c.gap {
			t.Errorf("%s：名单 %v，疑点 %v", c.who, len(quota), len(gap))
		}
		if len(quota) == 1 {
			want := int64(0)
			for _, id := range c.lacks {
				_, bit := lists["S33"].twin(id)
				want |= bit
			}
			if got := lists["S33"].lacks(&s.known); got != want {
				t.Errorf("%s：缺项 %b，应为 %b", c.who, got, want)
			}
		}
	}
}

func TestWhatIsLacking(t *testing.T) {
	l := loaded(t)["S26"]
	f := somebody(func(f *person.Facts) { f.Graduates = studied("2024-07-01") })
	row := new(dictionary.Row)
	around().Fill(row, f)
	for _, c := range []struct {
		what string
		know func(k *known)
		want []string
	}{
		{"什么也没有做", func(*known) {}, []string{"novisit", "noneed", "norefer", "noevidence"}},
		{"上周走访过", func(k *known) { k.learn("visit", clock.Date(2025, 9, 18)) }, []string{"noneed", "norefer", "noevidence"}},
		{"正好三十天前走访", func(k *known) { k.learn("visit", clock.Date(2025, 8, 25)) }, []string{"noneed", "norefer", "noevidence"}},
		{"三十一天前走访", func(k *known) { k.learn("visit", clock.Date(2025, 8, 24)) }, []string{"novisit", "noneed", "norefer", "noevidence"}},
		{"问过需求", func(k *known) { k.need = &person.Need{Willing: &yes} }, []string{"novisit", "norefer", "noevidence"}},
		{"收了佐证、推荐过岗位", func(k *known) {
			k.learn("evidence", clock.Date(2025, 1, 1))
			k.learn("refer", clock.Date(2025, 9, 1))
		}, []string{"novisit", "noneed"}},
	} {
		k := known{facts: row, on: rule.DayOf(today)}
		c.know(&k)
		want := int64(0)
		for _, id := range c.want {
			_, bit := l.twin(id)
			want |= bit
		}
		if got := l.lacks(&k); got != want {
			t.Errorf("%s：%b，应为 %b", c.what, got, want)
		}
	}
}

func TestWrongListsAreRefusedWithTheReason(t *testing.T) {
	const head = "编号: X1\n名称: 甲\n英文: A\n来源: {原文: 引文}\n"
	personDict, err := dictionary.Person()
	if err != nil {
		t.Fatal(err)
	}
	employerDict, err := dictionary.Employer()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{head + "对象: 猫\n条件: 年龄 >= 16 周岁\n", "对象应为人员、单位或家庭，写的是“猫”"},
		{head + "对象: 人员\n", "条件：没有写"},
		{head + "对象: 人员\n条件: 年令 >= 16 周岁\n", "最接近的是“年龄”"},
		{head + "对象: 单位\n条件: 年龄 >= 16 周岁\n", "不认识的字段“年龄”"},
		{head + "对象: 人员\n起始: 年龄\n条件: 年龄 >= 16 周岁\n", "起始“年龄”不是日期字段"},
		{head + "对象: 人员\n条件: 年龄 >= 16 周岁\n缺项: [{编号: a, 名称: 无走访, 英文: A, 缺服务: visit}]\n", "缺项“无走访”应写缺服务、缺信息或条件之一"},
		{head + "对象: 人员\n条件: 年龄 >= 16 周岁\n应有信息: [{编号: a, 名称: 甲, 英文: A, 需求: 猫}]\n", "不认识的需求项“猫”"},
		{head + "对象: 人员\n条件: 年龄 >= 16 周岁\n维胡: {}\n", "field 维胡 not found"},
		{"编号: X1\n名称: 甲\n英文: A\n对象: 人员\n条件: 年龄 >= 16 周岁\n", "编号、名称、英文和来源的原文都要写"},
	} {
		_, err := load([]byte(c.text), personDict, employerDict)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	names, err := fs.Glob(documents, "*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(documents, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	personDict, err := dictionary.Person()
	if err != nil {
		f.Fatal(err)
	}
	employerDict, err := dictionary.Employer()
	if err != nil {
		f.Fatal(err)
	}
	row := new(dictionary.Row)
	around().Fill(row, somebody(func(*person.Facts) {}))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := load(text, personDict, employerDict)
		if err != nil || l.Employers() {
			return
		}
		s := subject{owner: 1, area: "152921100001", known: known{facts: row, on: rule.DayOf(today)}}
		for _, st := range draw(nil, []*List{l}, &s, nil, nil, nil) {
			st.settle()
		}
	})
}
