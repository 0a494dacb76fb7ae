package policy

import (
	"testing"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// hand works at employer 1 from a day on, insured there from a month on (0: not).
func hand(id int64, since string, insured int) *person.Facts {
	f := &person.Facts{Person: person.Person{ID: id}, Spells: []person.Spell{{PersonID: id, Kind: person.Unit, EmployerID: 1, Since: on(since)}}}
	if insured != 0 {
		f.Insurances = []person.Insurance{{PersonID: id, Kind: person.Pension, EmployerID: 1, From: insured}}
	}
	return f
}

func left(f *person.Facts, until string) *person.Facts { f.Spells[0].Until = on(until); return f }

func TestEmployersInTheirSituations(t *testing.T) {
	year := func(id int64) *person.Facts { return hand(id, "2024-01-01", 202401) }
	for _, s := range []struct {
		policy, who string
		opened      string
		kind        string
		staff       int
		hands       []*person.Facts
		want, lead  string
	}{
		{"R01", "三人参保满一年", "2023-01-01", employer.Enterprise, 3, []*person.Facts{year(1), year(2), year(3)}, "yes", "各条都符合"},
		{"R01", "三人里有一个是老板本人", "2023-01-01", employer.Enterprise, 3, []*person.Facts{year(1), year(2), year(9)}, "near",
			"只差一条：贵单位的带动就业参保满12个月人数为 2 人，应不少于 3 人，差 1 人"},
		{"R01", "第三个人再过两个多月满一年", "2023-01-01", employer.Individual, 3, []*person.Facts{year(1), year(2), hand(3, "2024-12-01", 202412)}, "near", "其他条件不变，2025年12月1日起符合"},
		{"R01", "报了五个人，没有一条登记", "2023-01-01", employer.Enterprise, 5, nil, "unknown", "缺信息：带动就业参保满12个月人数（社会保险经办机构）"},
		{"R01", "三人已经离职", "2023-01-01", employer.Enterprise, 3, []*person.Facts{left(year(1), "2025-06-30"), left(year(2), "2025-06-30"), left(year(3), "2025-06-30")}, "no", "有条件不符合"},
		{"R01", "三人都没有参保", "2023-01-01", employer.Enterprise, 3, []*person.Facts{hand(1, "2024-01-01", 0), hand(2, "2024-01-01", 0), hand(3, "2024-01-01", 0)}, "no", "有条件不符合"},
		{"R01", "事业单位", "2003-01-01", employer.Institution, 3, []*person.Facts{year(1), year(2), year(3)}, "no", "有条件不符合"},
		{"R01", "没有雇人", "2023-01-01", employer.Individual, 0, nil, "no", "有条件不符合"},

		{"R02", "开了三年多，人数没有减少", "2022-03-01", employer.Individual, 2, []*person.Facts{year(1), year(2)}, "yes", "各条都符合"},
		{"R02", "再过两个月满三年", "2022-12-01", employer.Individual, 2, []*person.Facts{year(1), year(2)}, "near", "其他条件不变，2025年12月1日起符合"},
		{"R02", "比一年前少一人", "2022-03-01", employer.Individual, 2, []*person.Facts{year(1), left(year(2), "2025-05-31")}, "near", "其他条件不变，2026年6月1日起符合"},
		{"R02", "报了两个人，没有一条登记", "2022-03-01", employer.Individual, 2, nil, "unknown", "缺信息：带动就业人数（公共就业服务机构）、一年前带动就业人数（公共就业服务机构）"},
		{"R02", "刚开一年", "2024-09-01", employer.Individual, 1, []*person.Facts{year(1)}, "no", "有条件不符合"},
	} {
		p, err := func() (*rule.Policy, error) { c := mustCatalogue(t); return c.find(s.policy) }()
		if err != nil {
			t.Fatal(err)
		}
		e := &employer.Employer{ID: 1, Kind: s.kind, Opened: on(s.opened), FounderID: 9, Staff: s.staff}
		workers := dictionary.NewStaff()
		for _, f := range s.hands {
			workers.Add(f, 202508, func(int64) int64 { return e.FounderID })
		}
		x := rule.Explain(p, workers.Of(e, rule.DayOf(today)), rule.DayOf(today))
		if got := x.Verdict.String(); got != s.want || x.Lead(rule.You) != s.lead {
			t.Errorf("%s %s：%s，%s；应为 %s，%s", s.policy, s.who, got, x.Lead(rule.You), s.want, s.lead)
			for _, c := range x.Clauses {
				t.Logf("    %v %s", c.Outcome, c.Zh(rule.Plain))
			}
		}
	}
}
