package dispatch

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/sheet"
)

// The holidays of October 2025 last to the eighth.
func TestAReportIsDueOnTheFifthWorkingDay(t *testing.T) {
	for _, c := range []struct {
		month int
		want  string
	}{{202509, "2025-09-05"}, {202508, "2025-08-07"}, {202510, "2025-10-14"}, {202501, "2025-01-08"}} {
		got := Due(c.month)
		if got.String() != c.want || !workday.IsWorkday(got.Time) {
			t.Errorf("the report of %d is due on %s, want %s", c.month, got, c.want)
		}
	}
}

func TestWhoIsLate(t *testing.T) {
	for _, c := range []struct {
		name         string
		since, first db.Date
		today        db.Date
		want         bool
	}{
		{"nothing yet on the last day", on(2025, 1, 1), db.Date{}, on(2025, 9, 5), false},
		{"nothing the day after", on(2025, 1, 1), db.Date{}, on(2025, 9, 6), true},
		{"on the last day", on(2025, 1, 1), on(2025, 9, 5), on(2025, 9, 24), false},
		{"a day late stays late", on(2025, 1, 1), on(2025, 9, 6), on(2025, 9, 24), true},
		{"on the list only since", on(2025, 9, 8), db.Date{}, on(2025, 9, 24), false},
	} {
		var p *Report
		if !c.first.IsZero() {
			p = &Report{FirstOn: c.first}
		}
		if got := Late(p, c.since, 202509, c.today.Time); got != c.want {
			t.Errorf("%s: late %v", c.name, got)
		}
	}
}

func TestWhoIsNewWithAnEmployer(t *testing.T) {
	run := func(from, to int) begun { return begun{From: from, To: to} }
	for _, c := range []struct {
		name string
		runs []begun
		want []int
	}{
		{"first time", []begun{run(202507, 0)}, []int{202507}},
		{"before what is counted", []begun{run(202401, 0)}, nil},
		{"back after a break of a month", []begun{run(202401, 202505), run(202507, 0)}, nil},
		{"insured there within six months", []begun{run(202401, 202501), run(202507, 0)}, nil},
		{"insured there seven months before", []begun{run(202401, 202412), run(202507, 0)}, []int{202507}},
		{"two runs at once", []begun{run(202506, 202508), run(202507, 0)}, []int{202506}},
		{"still paid", []begun{run(202506, 0), run(202508, 0)}, []int{202506}},
	} {
		var got []int
		newlyInsured(c.runs, 202501, func(m int) { got = append(got, m) })
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAGapIsFilledWithinThreeMonthsAndNeverMoreThanItIs(t *testing.T) {
	hired := map[int]int64{202505: 9, 202506: 1, 202507: 2, 202508: 3, 202509: 4}
	for _, c := range []struct {
		openings int64
		month    int
		want     Closing
		rate     int64
	}{
		{10, 202506, Closing{Openings: 10, Filled: 6}, 6000},
		{4, 202506, Closing{Openings: 4, Filled: 4}, 10_000},
		{10, 202507, Closing{Openings: 10, Filled: 9, Open: true}, 9000},
		{0, 202506, Closing{}, -1},
		{3, 202502, Closing{Openings: 3}, 0},
	} {
		got := closingOf(c.openings, 0, c.month, hired, 202508)
		if got != c.want || got.Rate() != c.rate {
			t.Errorf("gap %d of %d: %+v, rate %d; want %+v, %d", c.openings, c.month, got, got.Rate(), c.want, c.rate)
		}
	}
}

func TestARateLiesBetweenNothingAndAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hired, sum := map[int]int64{}, Closing{}
		for i := range 8 {
			hired[202501+i] = rapid.Int64Range(0, 50).Draw(t, "hired")
			c := closingOf(rapid.Int64Range(0, 60).Draw(t, "gap"), 0, 202501+i, hired, 202508)
			sum.add(c)
			if r := c.Rate(); r < -1 || r > 10_000 || c.Filled > c.Openings {
				t.Fatalf("%+v has rate %d", c, r)
			}
		}
		if r := sum.Rate(); r < -1 || r > 10_000 {
			t.Fatalf("%+v has rate %d", sum, r)
		}
	})
}

func TestWhatIsWrongWithAReport(t *testing.T) {
	for _, c := range []struct {
		name string
		p    Report
		want bool
	}{
		{"no gap", Report{}, true},
		{"a gap with a reason", Report{Gaps: gaps(3), Reasons: []string{"pay"}}, true},
		{"a gap without a reason", Report{Gaps: gaps(3)}, false},
		{"nothing needed", Report{Gaps: gaps(0), Reasons: []string{"pay"}}, false},
		{"more found than needed", Report{Gaps: []Gap{{Occupation: "电工", Openings: 1, Told: 2}}, Reasons: []string{"pay"}}, false},
		{"pay upside down", Report{Gaps: []Gap{{Occupation: "电工", Openings: 1, PayLow: 2, PayHigh: 1}}, Reasons: []string{"pay"}}, false},
		{"no work named", Report{Gaps: []Gap{{Openings: 1}}, Reasons: []string{"pay"}}, false},
		{"the same work twice", Report{Gaps: append(gaps(1), gaps(2)...), Reasons: []string{"pay"}}, false},
		{"training in nothing", Report{Train: 4}, false},
		{"training in something", Report{Train: 4, Trade: "焊工"}, true},
	} {
		if err := c.p.check(); (err == nil) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	p := Report{Gaps: gaps(3, 2), Reasons: []string{"pay"}}
	p.Gaps[1].Told = 1
	if err := p.check(); err != nil || p.Openings != 5 || p.Told != 1 || p.Left() != 4 || p.Gaps[1].ID != 2 {
		t.Errorf("%+v %v", p, err)
	}
}

func TestHeadsOfDepartmentsLists(t *testing.T) {
	m, ok := mapHead([]string{"序号", "项目名称", "项目单位", "所在旗县", "工种", "2026年一季度", "2026年第2季度", "2026Q3", "备注"})
	if !ok || len(m.missing()) != 0 || m.quarters[5] != "2026Q1" || m.quarters[6] != "2026Q2" || m.quarters[7] != "2026Q3" || !slices.Equal(m.Unknown, []string{"序号", "备注"}) {
		t.Errorf("%+v, lacks %v", m, m.missing())
	}
	if _, ok := mapHead([]string{"阿拉善盟 2026 年重点项目用工需求表"}); ok {
		t.Error("a heading is no row of heads")
	}
	m, _ = mapHead([]string{"项目名称", "建设单位"})
	if got := fmt.Sprint(m.missing()); got != "[所在地区 工种 用工人数]" {
		t.Errorf("lacks %s", got)
	}
}

func TestRowsOfDepartmentsLists(t *testing.T) {
	m, _ := mapHead([]string{"项目名称", "建设单位", "统一社会信用代码", "所在地区", "总投资（万元）", "计划开工日期", "工种", "用工人数", "用工季度"})
	for _, c := range []struct {
		name  string
		cells []string
		want  string // of the reason; "": taken
	}{
		{"all there", []string{"光伏", "某公司", code(9), "阿拉善左旗", "86000", "2026-03-01", "电工", "40", "2026年一季度"}, ""},
		{"by code of the banner", []string{"光伏", "某公司", "", "152921", "", "", "电工", "40人", ""}, ""},
		{"with its league's name", []string{"光伏", "某公司", "", "阿拉善盟阿拉善左旗", "", "", "电工", "40", ""}, ""},
		{"another banner", []string{"光伏", "某公司", "", "150102", "", "", "电工", "40", ""}, "权限范围"},
		{"a league", []string{"光伏", "某公司", "", "1529", "", "", "电工", "40", ""}, "具体到旗县"},
		{"no such place", []string{"光伏", "某公司", "", "某某旗", "", "", "电工", "40", ""}, "没有找到"},
		{"a wrong code", []string{"光伏", "某公司", "91152921MA0000000X", "阿拉善左旗", "", "", "电工", "40", ""}, "信用代码"},
		{"a wrong number", []string{"光伏", "某公司", "", "阿拉善左旗", "", "", "电工", "约40", ""}, "整数"},
		{"a wrong quarter", []string{"光伏", "某公司", "", "阿拉善左旗", "", "", "电工", "40", "明年"}, "2026年一季度"},
		{"a wrong day", []string{"光伏", "某公司", "", "阿拉善左旗", "", "明年春天", "电工", "40", ""}, "2026-03-01"},
		{"no project", []string{"", "某公司", "", "阿拉善左旗", "", "", "电工", "40", ""}, "项目名称"},
		{"nobody needed", []string{"光伏", "某公司", "", "阿拉善左旗", "", "", "电工", "0", ""}, "用工人数"},
	} {
		l, why := m.lead(sheet.Row{Number: 2, Cells: c.cells}, chief, "发改委")
		if (why == "") != (c.want == "") || !contains(why, c.want) {
			t.Errorf("%s: %q, want %q", c.name, why, c.want)
		}
		if why == "" && (l.People != 40 || l.Area != "152921" || l.Department != "发改委") {
			t.Errorf("%s: %+v", c.name, l)
		}
	}
}

func TestQuartersOfForecasts(t *testing.T) {
	for q, want := range map[string]string{"2026Q1": "2026-03-31", "2026Q2": "2026-06-30", "2025Q4": "2025-12-31", "": "2026-03-24"} {
		if got := quarterEnd(q, db.On(clock.Date(2025, 9, 24))); got.String() != want {
			t.Errorf("%q ends on %s, want %s", q, got, want)
		}
	}
	if quarterName("2026Q3") != "2026 年三季度" || quarterName("") != "未定" {
		t.Error(quarterName("2026Q3"), quarterName(""))
	}
}

// Whatever a department writes as a head, reading it neither fails nor maps two columns to one.
func FuzzMapHead(f *testing.F) {
	f.Add("项目名称", "建设单位", "2026年一季度")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		m, _ := mapHead([]string{a, b, c})
		seen := map[int]bool{}
		for _, i := range m.at {
			if seen[i] {
				t.Errorf("%q %q %q: column %d twice", a, b, c, i)
			}
			seen[i] = true
		}
	})
}
