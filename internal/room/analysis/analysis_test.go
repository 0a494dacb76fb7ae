package analysis

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/approval"
)

func TestSmallNumbersAreConcealedAndDoNotFollowFromTheSum(t *testing.T) {
	for _, c := range []struct {
		people []int64
		want   string
	}{
		{[]int64{20, 30, 40}, "..."},
		{[]int64{20, 3, 40}, "xx."}, // 3 would follow from the sum if 20 were shown
		{[]int64{2, 3, 40}, "xx."},
		{[]int64{0, 0, 9}, "..."},
		{[]int64{4}, "x"},
		{[]int64{1, 0, 0}, "x.."},
		{nil, ""},
	} {
		got := ""
		for _, hidden := range conceal(c.people) {
			got += map[bool]string{true: "x", false: "."}[hidden]
		}
		if got != c.want {
			t.Errorf("%v: %s, want %s", c.people, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.SliceOfN(rapid.Int64Range(0, 30), 1, 12).Draw(t, "people")
		hidden := conceal(people)
		n, large := 0, 0
		for i, v := range people {
			if v > 0 && v < fewest && !hidden[i] {
				t.Fatalf("%v shows %d", people, v)
			}
			if hidden[i] {
				n++
			}
			if v >= fewest {
				large++
			}
		}
		if n == 1 && large > 0 {
			t.Fatalf("%v hides a single number that follows from the sum", people)
		}
	})
}

func TestARatioIsOpeningsForEachPerson(t *testing.T) {
	for _, c := range []struct {
		demand, supply int64
		want           string
	}{{125, 100, "1.25"}, {1, 3, "0.33"}, {0, 10, "0.00"}, {2, 3, "0.67"}, {5000, 4, "1,250.00"}} {
		v, ok := Ratio(c.demand, c.supply)
		if got := ratioText(v); !ok || got != c.want {
			t.Errorf("%d ÷ %d = %s, want %s", c.demand, c.supply, got, c.want)
		}
	}
	if _, ok := Ratio(3, 0); ok {
		t.Error("where nobody looks for work there is no ratio")
	}
}

func TestPeriodsAreReadFromAddresses(t *testing.T) {
	last := monthFrom(202508)
	for text, want := range map[string]string{"2025Q3": "2025 年第三季度（截至 8 月）", "2025Q2": "2025 年第二季度", "2025-08": "2025 年 8 月", "2025-09": "", "2025Q4": "", "2025Q5": "", "2025-13": "", "Q3": "", "2025-08x": "", "": ""} {
		p, ok := parsePeriod(text, last)
		if ok != (want != "") || ok && p.Zh() != want {
			t.Errorf("%q: %v %q, want %q", text, ok, p.Zh(), want)
		}
		if ok {
			if again, ok := parsePeriod(p.Code(), last); !ok || again != p {
				t.Errorf("%q comes back as %v", text, again)
			}
		}
	}
	if got := lastWhole(clock.Date(2025, time.August, 30)); got.Int() != 202507 {
		t.Errorf("on 30 August the last whole month is %s", got)
	}
}

func TestSomethingCountsInEveryMonthAndOnceInAQuarter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, last := monthFrom(202401), monthFrom(202508)
		from := Month(rapid.IntRange(int(first)-6, int(last)).Draw(t, "from"))
		to := from + Month(rapid.IntRange(0, 14).Draw(t, "months"))
		a := newTally(first, last)
		a.span(a.at("152921", "4-03-02-01"), from, to, Supply, 1)
		c := a.course("1529", "4-03-00-00")
		for m := first; m <= last; m++ {
			in := from <= m && m <= to
			quarter := from <= m && to >= m.begins()
			if (c.month[m-first][Supply] == 1) != in || (c.quarter[m-first][Supply] == 1) != quarter {
				t.Fatalf("%s to %s in %s: %v %v", from, to, m, c.month[m-first], c.quarter[m-first])
			}
		}
		if len(a.sums) != 8 { // region and league: all, class, occupation; banner: all, class
			t.Fatalf("%d courses", len(a.sums))
		}
	})
}

func TestTheCountSaysHowManyLookForWorkAndHowMuchThereIs(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.plant()
		v := must(w.View(ctx, "1529", Period{monthFrom(202508), true}))
		if v.Total[Demand] != 32 || v.Total[Vacancies] != 2 { // the closed one ended in June, the hidden one does not count
			t.Errorf("demand %v", v.Total)
		}
		var supply int64
		for _, p := range v.Groups {
			supply += p.Sums[Supply]
		}
		if v.Total[Supply] != 28 || supply != 28 { // registered from February to August: after 150 days those of February are in July still
			t.Errorf("%d people in all, %d by occupation", v.Total[Supply], supply)
		}
		if len(v.Short) != 1 || v.Short[0].Name == "" || v.Short[0].gap() != 30 {
			t.Errorf("short: %+v", v.Short)
		}
		if whole := must(w.View(ctx, "15", v.Period)); whole.partial() != "阿拉善盟" || v.partial() != "" {
			t.Errorf("numbers of a part of the region: %q", whole.partial())
		}
		if len(v.Places) != 2 || v.Places[0].number(Supply) != "不显示" || v.Places[1].number(Supply) != "＜5" {
			t.Errorf("places: %+v", v.Places)
		}
		if june := must(w.View(ctx, "152921", Period{Month: monthFrom(202506)})); june.Total[Demand] != 33 {
			t.Errorf("in June there was work for %d", june.Total[Demand])
		}
		old := must(w.View(ctx, "1529", Period{monthFrom(202312), true}))
		if old.Run.demandKnown(old.Period) || old.Groups[0].number(Demand) != "—" {
			t.Error("before the first vacancy nothing is known of demand")
		}
		if _, err := w.View(ctx, "1529", Period{monthFrom(201712), true}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a quarter that was not counted: %v", err)
		}
	})
}

// A night later everything is as it was; a vacancy that was closed in between counts up to the day when that was seen.
func TestCountingAgainChangesOnlyWhatChanged(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.plant()
		before := must(w.View(ctx, "15", Period{monthFrom(202508), true}))
		w.Must(w.Count(ctx, progress.None{}))
		if again := must(w.View(ctx, "15", Period{monthFrom(202508), true})); again.Total != before.Total || len(again.Groups) != len(before.Groups) {
			t.Errorf("%v, then %v", before.Total, again.Total)
		}
		list := must(w.World.Employers.Vacancies(ctx, w.World.DB, []int64{51}))
		list[0].State = "closed"
		w.Tx(func(tx *db.Tx) error { return w.World.Employers.SaveVacancies(ctx, tx, list) })
		w.Room.AsOf = clock.Date(2025, time.October, 31)
		w.World.Clock.Add(40 * 24 * time.Hour)
		w.Must(w.Count(ctx, progress.None{}))
		if v := must(w.View(ctx, "1529", Period{Month: monthFrom(202508)})); v.Total[Demand] != 32 {
			t.Errorf("August has %d", v.Total[Demand])
		}
		w.Room.AsOf = clock.Date(2026, time.January, 31)
		w.World.Clock.Add(90 * 24 * time.Hour)
		w.Must(w.Count(ctx, progress.None{}))
		if v := must(w.View(ctx, "1529", Period{Month: monthFrom(202512)})); v.Total[Demand] != 0 {
			t.Errorf("in December the closed vacancy still counts: %d", v.Total[Demand])
		}
	})
}

func TestWhatIsExpectedComesWithItsPastErrors(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.plant()
		v := must(w.View(ctx, "1529", Period{monthFrom(202508), true}))
		var seen []string
		for _, o := range v.Outlooks {
			if o.Occupation != AllOccupations {
				continue
			}
			seen = append(seen, fmt.Sprintf("%s %s", measureKey[o.Measure], o.Quarter.Quarter()))
			if o.Measure == Supply && (o.Mean < 22 || o.Mean > 40 || o.Low > o.Mean || o.High < o.Mean || o.Tested < 6 || o.Off > 500) {
				t.Errorf("the same every year, yet: %+v", o)
			}
		}
		slices.Sort(seen)
		if strings.Join(seen, ", ") != "supply 2025Q3, supply 2025Q4" && !slices.Contains(seen, "supply 2025Q4") {
			t.Errorf("said of %v", seen)
		}
		if strings.Contains(strings.Join(seen, " "), "demand") {
			t.Error("half a year of vacancies is too little to say anything of demand")
		}
	})
}

func TestEmployersThatHireEveryAutumnAreOnTheListInSummer(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.plant()
		list := must(w.leadsIn(ctx, w.World.DB, "152921", "", db.On(w.today()), -1, 1<<62, 10))
		if len(list) != 1 || list[0].Name != "恒瑞化工" || list[0].Years != [3]int{12, 12, 12} || list[0].Chance < 900 {
			t.Fatalf("%+v", list)
		}
		w.Must(w.Ask(ctx, suriya, 5, "wants", "十月要十个人", w.Once()))
		w.Refused(fault.Denied, "", w.Ask(ctx, bold, 5, "none", "", w.Once()))
		w.Refused(fault.NotFound, "名单上没有", w.Ask(ctx, suriya, 6, "none", "", w.Once())) // has a vacancy
		if list := must(w.leadsIn(ctx, w.World.DB, "1529", "wants", db.On(w.today()), -1, 1<<62, 10)); len(list) != 1 || list[0].Note != "十月要十个人" {
			t.Errorf("%+v", list)
		}
		trials := must(trialsIn(ctx, w.World.DB, "1529"))
		if len(trials) != 4 || trials[0].Origin.Int() != 202505 || trials[3].Hit != 1 && trials[3].Hit != 0 {
			t.Errorf("%+v", trials)
		}
	})
}

func TestHiringComesInLumps(t *testing.T) {
	for _, c := range []struct{ mean, low, high float64 }{{0.1, 0, .02}, {3, .35, .55}, {12, .89, .96}, {100, .99, 1}} {
		if got := reaches(c.mean, many); got < c.low || got > c.high {
			t.Errorf("with %v expected three come with %.3f", c.mean, got)
		}
	}
}

var numeral = regexp.MustCompile(`[0-9][0-9,.]*`)

// traceable checks that every number of a report's sentences is one of the figures that the sentence names.
func traceable(t *testing.T, c *Content) {
	t.Helper()
	for _, s := range c.Sections[:len(c.Sections)-1] { // the last one explains words
		for _, sentence := range s.Sentences {
			text := sentence.Text
			for _, n := range sentence.Figs {
				f := c.Figures[n-1]
				if f.No != n || f.Source == "" || !strings.Contains(text, f.Value) {
					t.Errorf("%q does not tell figure %+v", sentence.Text, f)
				}
			}
			text = regexp.MustCompile(`[0-9]{4} 年( [0-9]+ 月)?|截至 [0-9]+ 月`).ReplaceAllString(text, "")
			for _, number := range numeral.FindAllString(text, -1) {
				if !slices.ContainsFunc(sentence.Figs, func(n int) bool { return strings.TrimSuffix(c.Figures[n-1].Value, "%") == number }) {
					t.Errorf("%q tells %s, which is no figure", sentence.Text, number)
				}
			}
		}
	}
}

func TestAReportIsCheckedByASecondPersonAndCorrectedInTheOpen(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.plant()
		quarter := Period{monthFrom(202506), true}
		w.Refused(fault.Denied, "", second3(w.Draft(ctx, suriya, "152923", quarter, "", w.Once())))
		id := must(w.Draft(ctx, chief, "1529", quarter, "", w.Once()))
		r := must(reportByID(ctx, w.World.DB, id))
		traceable(t, &r.Content)
		latest := must(w.Draft(ctx, chief, "1529", Period{monthFrom(202508), true}, "", w.Once()))
		other := must(reportByID(ctx, w.World.DB, latest))
		traceable(t, &other.Content)
		w.Refused(fault.NotFound, "", MayRead(guest, &r))
		w.Refused(fault.Conflict, "正在办理", second3(w.Draft(ctx, second, "1529", quarter, "", w.Once())))
		w.Must(w.Remark(ctx, chief, id, 1, "二季度旅游旺季带动用工", w.Once()))
		w.Must(w.Submit(ctx, chief, id, 2, w.Once()))
		w.Refused(fault.Conflict, "等另一位同事", w.Remark(ctx, chief, id, 3, "又改", w.Once()))
		decide := func(yes bool) {
			t.Helper()
			list := must(w.Approvals.List(ctx, approval.Filter{Kind: kindPublish, Object: "analysis", ObjectID: id, States: []approval.State{approval.Waiting}}, 0, 2))
			if err := w.Approvals.Decide(ctx, chief, list[0].ID, list[0].Version, yes, "请核对", w.Once()); !fault.Is(err, fault.Denied) {
				t.Errorf("whoever wrote it may not check it: %v", err)
			}
			w.Must(w.Approvals.Decide(ctx, second, list[0].ID, list[0].Version, yes, "请核对", w.Once()))
		}
		decide(false)
		if r = must(reportByID(ctx, w.World.DB, id)); r.State != Draft {
			t.Fatalf("refused, it is %s", r.State)
		}
		w.Must(w.Submit(ctx, chief, id, r.Version, w.Once()))
		decide(true)
		r = must(reportByID(ctx, w.World.DB, id))
		w.Must(MayRead(guest, &r))
		if r.State != Published || r.CheckedBy == "" || r.Remark != "二季度旅游旺季带动用工" {
			t.Fatalf("%+v", r)
		}
		w.Refused(fault.Invalid, "更正的原因", second3(w.Draft(ctx, chief, "1529", quarter, "", w.Once())))
		first := id
		id = must(w.Draft(ctx, chief, "1529", quarter, "左旗漏报一个单位的岗位", w.Once()))
		w.Must(w.Submit(ctx, chief, id, 1, w.Once()))
		decide(true)
		if r = must(reportByID(ctx, w.World.DB, first)); r.State != Replaced || MayRead(guest, &r) != nil {
			t.Errorf("the first edition is %s", r.State)
		}
		if list := must(publishedIn(ctx, w.World.DB, "15", 1<<62, 1<<62, 10)); len(list) != 1 || list[0].Edition != 2 || list[0].Erratum == "" {
			t.Errorf("%+v", list)
		}
	})
}

func second3(_ int64, err error) error { return err }

func TestBeforeTheFirstCountThePagesSaySo(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		site := w.Site(chief, w.Web())
		for _, path := range []string{"/analysis/desk", "/analysis/outlook", "/analysis/lead", "/analysis/drafts", "/analysis/occupation/all"} {
			site(path, nil, 200, "还没有统计过")
		}
		w.Must(w.Count(ctx, progress.None{})) // of empty registers
		for _, path := range []string{"/analysis/desk", "/analysis/outlook", "/analysis/lead", "/analysis/drafts", "/analysis/occupation/all"} {
			site(path, nil, 200)
		}
	})
}

func TestPagesOfARoomAnswer(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.plant()
		id := must(w.Draft(ctx, chief, "1529", Period{monthFrom(202506), true}, "", w.Once()))
		site := w.Site(chief, w.Web(), w.Approvals.Web())
		site("/analysis/desk", nil, 200, "求人倍率", "短缺职业前十位", "只有 6 个月")
		site("/analysis/desk?area=152921&period=2025-06", nil, 200, "阿拉善左旗", "2025 年 6 月")
		site("/analysis/desk?area=1501", nil, 403)
		site("/analysis/desk?period=2019Q1", nil, 200, "登记求职人数")
		site("/analysis/desk/export", nil, 200)
		site("/analysis/occupation/4-03-00-00", nil, 200, "住宿和餐饮服务人员", "提前一季度的推算与实际")
		site("/analysis/occupation/all?area=152921", nil, 200, "全部职业")
		site("/analysis/occupation/zz", nil, 404)
		site("/analysis/outlook", nil, 200, "登记求职人数", "不推算需求")
		site("/analysis/lead", nil, 200, "恒瑞化工", "近三年 9—11 月新参保 12、12、12 人", "名单过去准不准")
		site("/analysis/lead/5", nil, 200, "保存", "没有在招岗位")
		site("/analysis/lead/6", nil, 404)
		site("/analysis/lead/export", nil, 200)
		site("/analysis/drafts", nil, 200, "起草报告", "草稿")
		site(reportAt(id), nil, 200, "人力资源市场供求分析报告", "引用的数字", "提交审核")
		site(reportAt(id)+"/export", nil, 200)
		site(reportAt(id)+"/paper", nil, 200, "word/document.xml")
		site("/analysis/method", nil, 200, "求人倍率等于")
		stranger := w.Site(guest, w.Web())
		stranger("/analysis", nil, 200, "还没有发布过报告")
		stranger(reportAt(id), nil, 404)
		stranger("/analysis/method", nil, 200)
	})
}
