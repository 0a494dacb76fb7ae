package assess

import (
	"math"
	"slices"
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"

	"pgregory.net/rapid"
)

func TestAnIntervalNeedsThreeLikeProjects(t *testing.T) {
	for _, c := range []struct {
		about  string
		size   float64
		ratios []float64
		want   Interval
	}{
		{"nothing to go by", 100, nil, Interval{}},
		{"two projects are too few", 100, []float64{.8, .9}, Interval{N: 2}},
		{"nothing stated", 0, []float64{.8, .9, 1}, Interval{N: 3}},
		{"all came out alike", 200, []float64{.9, .9, .9}, Interval{180, 180, 180, 3}},
		// logs −0.6931, 0, 0.6931: mean 0, s 0.6931, × 1.886 × √(4/3) = 1.5095, so 100 ÷ and × 4.5245
		{"half, just right, double", 100, []float64{.5, 1, 2}, Interval{100, 22, 452, 3}},
		{"one brought nobody: a half of a post", 50, []float64{0, 1, 1}, Interval{11, 0, 1199, 3}},
	} {
		got := Predict(c.size, c.ratios)
		if c.about == "one brought nobody: a half of a post" { // its width is not the point
			if got.Mid != c.want.Mid || got.Low > got.Mid || got.High < got.Mid {
				t.Errorf("%s: %+v", c.about, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.about, got, c.want)
		}
	}
}

func TestAnIntervalHoldsItsMiddleAndGrowsWithSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratios := rapid.SliceOfN(rapid.Float64Range(.01, 20), 3, 40).Draw(t, "ratios")
		size := rapid.Float64Range(1, 1e5).Draw(t, "size")
		a, b := Predict(size, ratios), Predict(2*size, ratios)
		if a.Low > a.Mid || a.Mid > a.High || b.Mid < a.Mid {
			t.Fatalf("%+v, doubled %+v", a, b)
		}
		if m := slices.Max(ratios); float64(a.Mid) > math.Round(size*m)+1 {
			t.Fatalf("middle %d above the best ratio %g of %g", a.Mid, m, size)
		}
	})
}

func TestLikeProjectsAreThoseOfTheDivisionThenOfTheSection(t *testing.T) {
	all := []Outcome{{Industry: "C26"}, {Industry: "C26"}, {Industry: "C13"}, {Industry: "D44"}, {Industry: ""}}
	for _, c := range []struct {
		industry string
		more     []Outcome
		n        int
		level    string
	}{
		{"C26", []Outcome{{Industry: "C26"}}, 3, "division"},
		{"C26", nil, 3, "section"},
		{"D44", nil, 5, "all"},
		{"", nil, 5, "all"},
	} {
		list, level := alike(c.industry, append(c.more, all...))
		if len(list) != c.n || level != c.level {
			t.Errorf("%q: %d of %s, want %d of %s", c.industry, len(list), level, c.n, c.level)
		}
	}
}

func TestPostsOfAProject(t *testing.T) {
	lines := []Line{{People: 120}, {People: 30}, {People: 80, Temporary: true}}
	invest := int64(30_000_000_000) // three hundred million yuan
	thirds := []Outcome{{InvestFen: 1_000_000_000, Estimate: 10, Actual: 5}, {InvestFen: 1_000_000_000, Estimate: 10, Actual: 5}, {InvestFen: 1_000_000_000, Estimate: 10, Actual: 5}}
	for _, c := range []struct {
		about string
		v     Case
		lines []Line
		like  []Outcome
		times int64
		want  PostsResult
	}{
		{"stated, no factor, nothing to compare with", Case{Kind: Project, InvestFen: invest}, lines, nil, -1,
			PostsResult{Permanent: 150, Temporary: 80, Factor: -1, Net: 150, Worst: 150, Intensity: 500}},
		{"with a factor of 0.4", Case{Kind: Project, InvestFen: invest}, lines, nil, 4_000,
			PostsResult{Permanent: 150, Temporary: 80, Factor: 4_000, Indirect: 60, Net: 210, Worst: 210, Intensity: 500}},
		{"like projects kept half of what they said", Case{Kind: Project, InvestFen: invest}, lines, thirds, 0,
			PostsResult{Permanent: 150, Temporary: 80, Factor: 0, Stated: Interval{75, 75, 75, 3}, ByRate: Interval{150, 150, 150, 3}, Net: 150, Worst: 75, Intensity: 500}},
		{"nothing stated: by the investment", Case{Kind: Investment, InvestFen: invest}, nil, thirds, 0,
			PostsResult{Factor: 0, Stated: Interval{N: 3}, ByRate: Interval{150, 150, 150, 3}, Net: 150, Worst: 150, Intensity: 500}},
		{"a plant closes", Case{Kind: Exit, Lost: 300, InvestFen: 1_000_000_000}, nil, thirds, 4_000,
			PostsResult{Lost: 300, Factor: 4_000, Stated: Interval{N: 3}, Net: -300, Worst: -300}},
		{"a policy of no investment", Case{Kind: PolicySubject}, []Line{{People: 7}}, nil, -1,
			PostsResult{Permanent: 7, Factor: -1, Net: 7, Worst: 7, Intensity: -1}},
	} {
		got := sumPosts(&c.v, c.lines, c.like, "", c.times, "")
		if c.want.Stated.N == 0 {
			got.Stated, got.ByRate = Interval{}, Interval{}
		}
		if !equal(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.about, got, c.want)
		}
	}
}

func equal(a, b PostsResult) bool {
	a.Fits, b.Fits = nil, nil
	return a.Permanent == b.Permanent && a.Temporary == b.Temporary && a.Lost == b.Lost && a.Stated == b.Stated && a.ByRate == b.ByRate && a.Factor == b.Factor &&
		a.Indirect == b.Indirect && a.Net == b.Net && a.Worst == b.Worst && a.Intensity == b.Intensity
}

func TestNobodyIsCountedForTwoPosts(t *testing.T) {
	for _, c := range []struct {
		about string
		fits  []Fit
		want  int64
	}{
		{"no posts described", nil, -1},
		{"enough for all", []Fit{{People: 10, Schooled: 30, Place: "152921"}}, 10_000},
		{"half of them", []Fit{{People: 60, Schooled: 30, Place: "152921"}}, 5_000},
		{"the ten with a degree take the first posts, and count among the forty for the second", []Fit{{People: 10, Schooled: 10, Place: "152921"}, {People: 40, Schooled: 40, Place: "152921"}}, 8_000},
		{"another banner has people of its own", []Fit{{People: 10, Schooled: 10, Place: "152921"}, {People: 10, Schooled: 10, Place: "152923"}}, 10_000},
	} {
		if got := fillable(c.fits); got != c.want {
			t.Errorf("%s: %d, want %d", c.about, got, c.want)
		}
	}
}

func TestWorkingConditions(t *testing.T) {
	lines := []Line{{People: 60, Months: 36, Insured: true, PayFen: 500_000}, {People: 20, Months: 6, Insured: true, PayFen: 300_000}, {People: 20, Temporary: true, Months: 12, PayFen: 200_000}}
	said := Conditions{"safety": Met, "health": Unmet, "hours": NotFor, "housing": Unmet}
	got := sumEnvironment(lines, said, 227_000, 400_000)
	want := EnvironmentResult{Posts: 100, Lasting: 80, Contract: 60, Insured: 80, Below: 20, AtMedian: 60, Minimum: 227_000, Median: 400_000, Heavy: true}
	if got.Posts != want.Posts || got.Lasting != want.Lasting || got.Contract != want.Contract || got.Insured != want.Insured || got.Below != want.Below || got.AtMedian != want.AtMedian || !got.Heavy {
		t.Errorf("got %+v", got)
	}
	if !slices.Equal(got.Unmet, []string{"health", "housing"}) || !slices.Equal(got.Unsaid, []string{"women", "union"}) {
		t.Errorf("unmet %v, unsaid %v", got.Unmet, got.Unsaid)
	}
	if got := sumEnvironment(lines, said, 0, 0); got.Below != 0 || got.AtMedian != 0 {
		t.Errorf("without a minimum and a median nothing is compared: %+v", got)
	}
}

func TestTheMedianOfPayOffered(t *testing.T) {
	for _, c := range []struct {
		about    string
		offers   [][3]int64 // low, high, openings
		fen, all int64
	}{
		{"too few openings", [][3]int64{{300_000, 300_000, 9}}, 0, 9},
		{"the middle of low and high", [][3]int64{{300_000, 500_000, 10}}, 400_000, 10},
		{"openings weigh", [][3]int64{{300_000, 300_000, 6}, {900_000, 900_000, 4}}, 300_000, 10},
		{"of two in the middle the lower", [][3]int64{{300_000, 300_000, 5}, {900_000, 900_000, 5}}, 300_000, 10},
		{"pay not told is left out", [][3]int64{{0, 0, 50}, {300_000, 0, 10}}, 300_000, 10},
	} {
		p := pays{}
		for _, o := range c.offers {
			p.add(o[0], o[1], o[2])
		}
		if fen, all := p.median(); fen != c.fen || all != c.all {
			t.Errorf("%s: %d of %d, want %d of %d", c.about, fen, all, c.fen, c.all)
		}
	}
}

func date(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestTheRiskOfAClosure(t *testing.T) {
	workers := []Worker{{PersonID: 1, HouseholdID: 1, Birth: date("1975-08-31")}, {PersonID: 2, HouseholdID: 1, Birth: date("1975-09-01")}, {PersonID: 3, HouseholdID: 2, Birth: date("1990-01-01")}, {PersonID: 4, Birth: date("1990-01-01")}}
	got := sumRisk(&Case{EmployerID: 5, Lost: 3, Industry: "C26"}, workers, map[int64]int64{1: 2, 2: 1}, map[int64]int64{5: 4, 6: 6, 7: 90}, map[int64]string{5: "C26", 6: "C26", 7: "F52"}, date("2025-08-31"))
	want := RiskResult{Lost: 3, Workers: 4, Older: 1, Own: 4, AreaInsured: 100, Industry: 10, OneEarner: 1, OfUnit: true, IndustryCode: "C26"}
	if got != want {
		t.Errorf("got %+v, want %+v: fifty on the day counts, the day before does not; the worker without a household is in none", got, want)
	}
}

func TestHowLongUnemploymentInsurancePays(t *testing.T) {
	for paid, want := range map[int]int64{0: 0, 11: 0, 12: 12, 59: 12, 60: 18, 119: 18, 120: 24, 400: 24} {
		if got := benefitMonths(paid); got != want {
			t.Errorf("%d months of contributions: %d months of benefit, want %d", paid, got, want)
		}
	}
}

func TestSocialSecurity(t *testing.T) {
	workers := []Worker{{Months: 130}, {Months: 70}, {Months: 20}, {Months: 3}} // 24 + 18 + 12 = 54 months
	insured := []Line{{People: 10, Insured: true}, {People: 5, Insured: true, Temporary: true}, {People: 3}}
	for _, c := range []struct {
		about                string
		v                    Case
		lines                []Line
		base, rate, standard int64
		want                 SecurityResult
	}{
		{"a project brings insured posts", Case{}, insured, 0, 0, 0, SecurityResult{Newly: 10, GapFen: -1}},
		{"all are let go", Case{EmployerID: 5, Lost: 4}, nil, 500_000, 2_400, 170_000,
			SecurityResult{LostInsured: 4, Base: 500_000, Rate: 2_400, Standard: 170_000, GapFen: 5_760_000, Entitled: 3, Months: 54, FundFen: 9_180_000}},
		{"half of them", Case{EmployerID: 5, Lost: 2}, nil, 500_000, 2_400, 170_000,
			SecurityResult{LostInsured: 2, Base: 500_000, Rate: 2_400, Standard: 170_000, GapFen: 2_880_000, Entitled: 3, Months: 54, FundFen: 4_590_000}},
		{"more posts stated than insured", Case{EmployerID: 5, Lost: 40}, nil, 0, 0, 0, SecurityResult{LostInsured: 4, GapFen: -1, Entitled: 3, Months: 54, FundFen: -1}},
		{"new posts make up for lost ones", Case{EmployerID: 5, Lost: 4}, insured, 500_000, 2_400, 0,
			SecurityResult{Newly: 10, LostInsured: 4, Base: 500_000, Rate: 2_400, Entitled: 3, Months: 54, FundFen: -1}},
	} {
		w := workers
		if c.v.EmployerID == 0 {
			w = nil
		}
		if got := sumSecurity(&c.v, c.lines, w, c.base, c.rate, c.standard); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.about, got, c.want)
		}
	}
}

func TestLightsGoByThresholds(t *testing.T) {
	all := limits{intensityFloor: {300, "文"}, fillFloor: {3_000, ""}, contractFloor: {8_000, ""}, insuredFloor: {9_000, ""}, medianFloor: {5_000, ""}, lostYellow: {50, ""}, lostRed: {200, ""},
		olderCeiling: {3_000, ""}, industryCeiling: {2_000, ""}, earnerCeiling: {20, ""}, fundCeiling: {100_000_000, ""}}
	good := EnvironmentResult{Posts: 100, Lasting: 100, Contract: 90, Insured: 95, AtMedian: 60, Minimum: 227_000, Median: 400_000}
	with := func(change func(e *EnvironmentResult)) EnvironmentResult { e := good; change(&e); return e }
	closure := Case{Kind: Exit, Lost: 100}
	for _, c := range []struct {
		about string
		v     Case
		r     Result
		at    limits
		want  Lights
	}{
		{"a good project", Case{Kind: Project, InvestFen: 1}, Result{Posts: PostsResult{Permanent: 100, Worst: 80, Intensity: 500, Fits: []Fit{{People: 10, Schooled: 9}}}, Environment: good}, all, Lights{Green, Green, Green, Green}},
		{"few posts for the money", Case{Kind: Project, InvestFen: 1}, Result{Posts: PostsResult{Permanent: 100, Worst: 80, Intensity: 299}, Environment: good}, all, Lights{Yellow, Green, Green, Green}},
		{"nobody here could take them", Case{Kind: Project}, Result{Posts: PostsResult{Permanent: 100, Worst: 80, Fits: []Fit{{People: 10, Schooled: 2}}}, Environment: good}, all, Lights{Yellow, Green, Green, Green}},
		{"no thresholds at all", Case{Kind: Project, InvestFen: 1}, Result{Posts: PostsResult{Permanent: 100, Worst: 80, Intensity: 299}, Environment: good}, nil, Lights{Open, Open, Green, Green}},
		{"nothing said of posts", Case{Kind: PolicySubject}, Result{Posts: PostsResult{Intensity: -1}}, all, Lights{Open, None, Green, Green}},
		{"one post under the minimum wage", Case{Kind: Project}, Result{Posts: PostsResult{Permanent: 100}, Environment: with(func(e *EnvironmentResult) { e.Below = 1 })}, all, Lights{Green, Red, Green, Green}},
		{"safety is not met", Case{Kind: Project}, Result{Posts: PostsResult{Permanent: 100}, Environment: with(func(e *EnvironmentResult) { e.Unmet, e.Heavy = []string{"safety"}, true })}, all, Lights{Green, Red, Green, Green}},
		{"housing is not met", Case{Kind: Project}, Result{Posts: PostsResult{Permanent: 100}, Environment: with(func(e *EnvironmentResult) { e.Unmet = []string{"housing"} })}, all, Lights{Green, Yellow, Green, Green}},
		{"a question not answered", Case{Kind: Project}, Result{Posts: PostsResult{Permanent: 100}, Environment: with(func(e *EnvironmentResult) { e.Unsaid = []string{"housing"} })}, all, Lights{Green, Open, Green, Green}},
		{"no median and too little insurance: yellow, for what is known is enough", Case{Kind: Project}, Result{Posts: PostsResult{Permanent: 100}, Environment: with(func(e *EnvironmentResult) { e.Median, e.Insured = 0, 80 })}, all, Lights{Green, Yellow, Green, Green}},
		{"a small closure", closure, Result{Posts: PostsResult{Lost: 100, Worst: -100}, Risk: RiskResult{Lost: 100, OfUnit: true, Workers: 100, Older: 10, OneEarner: 5, AreaInsured: 50_000}, Security: SecurityResult{LostInsured: 100, FundFen: 1}}, all, Lights{Red, None, Green, Yellow}},
		{"a closure that the area feels", closure, Result{Posts: PostsResult{Lost: 100, Worst: -100}, Risk: RiskResult{Lost: 100, OfUnit: true, Workers: 100, Older: 10, AreaInsured: 10_000}, Security: SecurityResult{LostInsured: 100, FundFen: 100_000_000}}, all, Lights{Red, None, Yellow, Red}},
		{"a closure that hits hard", closure, Result{Posts: PostsResult{Lost: 100, Worst: -100}, Risk: RiskResult{Lost: 100, OfUnit: true, Workers: 100, AreaInsured: 5_000}, Security: SecurityResult{LostInsured: 100, FundFen: -1}}, all, Lights{Red, None, Red, Yellow}},
		{"many of them are old", closure, Result{Posts: PostsResult{Lost: 100, Worst: -100}, Risk: RiskResult{Lost: 100, OfUnit: true, Workers: 100, Older: 30, AreaInsured: 50_000}, Security: SecurityResult{Newly: 100, LostInsured: 100, FundFen: 0}}, all, Lights{Red, None, Yellow, Green}},
		{"a unit that nobody knows", closure, Result{Posts: PostsResult{Lost: 100, Worst: -100}, Risk: RiskResult{Lost: 100, AreaInsured: 50_000}, Security: SecurityResult{LostInsured: 100, FundFen: -1}}, all, Lights{Red, None, Open, Yellow}},
		{"the area hangs on one industry", closure, Result{Posts: PostsResult{Lost: 100, Worst: -100}, Risk: RiskResult{Lost: 100, OfUnit: true, Workers: 100, AreaInsured: 50_000, Industry: 10_000, IndustryCode: "C26"}, Security: SecurityResult{LostInsured: 100, FundFen: 0}}, all, Lights{Red, None, Yellow, Yellow}},
	} {
		if _, got := judge(&c.v, &c.r, c.at); got != c.want {
			t.Errorf("%s: %v, want %v", c.about, got, c.want)
		}
	}
}

func TestTheGravestLightCounts(t *testing.T) {
	for _, c := range []struct {
		lights Lights
		want   string
	}{{Lights{None, None, None, None}, None}, {Lights{Green, Open, None, Green}, Open}, {Lights{Open, Yellow, Green, Green}, Yellow}, {Lights{Open, Yellow, Red, Green}, Red}} {
		if got := c.lights.Worst(); got != c.want {
			t.Errorf("%v: %s, want %s", c.lights, got, c.want)
		}
	}
}

func TestTheValueOfAParameter(t *testing.T) {
	d := func(s string) db.Date { return db.On(date(s)) }
	list := []Setting{{ID: 1, Code: "indirect", From: d("2024-01-01"), Value: 1}, {ID: 2, Code: "indirect", From: d("2025-01-01"), Value: 2}, {ID: 3, Code: "indirect", From: d("2024-01-01"), Area: "1529", Value: 3},
		{ID: 4, Code: "indirect", From: d("2024-01-01"), Key: "C", Value: 4}, {ID: 5, Code: "indirect", From: d("2025-01-01"), Value: 5}, {ID: 6, Code: "fill", From: d("2020-01-01"), Value: 6}}
	for _, c := range []struct {
		about, area, industry, on string
		want                      int64
	}{
		{"before the first day nothing is set", "1501", "", "2023-12-31", 0},
		{"the first", "1501", "", "2024-06-01", 1},
		{"the latest day, and of two settings the later", "1501", "", "2025-06-01", 5},
		{"the section before the day", "1501", "C26", "2025-06-01", 4},
		{"the longest area before everything", "152921", "C26", "2025-06-01", 3},
	} {
		s, ok := valueAt(list, "indirect", c.area, c.industry, d(c.on))
		if s.Value != c.want || ok != (c.want != 0) {
			t.Errorf("%s: %d %v, want %d", c.about, s.Value, ok, c.want)
		}
	}
}

func TestValuesAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		unit, text string
		want       int64 // -1: refused
	}{{percent, "15%", 1500}, {percent, "15", 1500}, {percent, "2.5％", 250}, {percent, "101%", -1}, {percent, "2.555%", -1}, {factor, "0.35", 3500}, {factor, "35%", -1}, {money, "2,270 元", 227_000},
		{money, "1.5", 150}, {count, "30 户", 30}, {count, "3.5", -1}, {hundredth, "2.5", 250}, {count, "", -1}, {count, "-3", -1}, {count, "三十", -1}, {money, "999999999999", -1}} {
		got, err := parseValue(c.unit, c.text)
		if c.want < 0 != fault.Is(err, fault.Invalid) || err == nil && got != c.want {
			t.Errorf("%s %q: %d %v, want %d", c.unit, c.text, got, err, c.want)
		}
	}
	for _, c := range []struct {
		unit string
		v    int64
		want string
	}{{percent, 1500, "15%"}, {factor, 3500, "0.35"}, {factor, 20000, "2"}, {money, 227_000, "2,270"}, {count, 1234, "1,234"}, {hundredth, 250, "2.50"}} {
		if got := sayValue(c.unit, c.v); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.unit, c.v, got, c.want)
		}
	}
}

func TestWhenAnEstimateIsChecked(t *testing.T) {
	start := db.On(date("2025-01-31"))
	for _, c := range []struct {
		state, today string
		done         []FollowUp
		want         []int
	}{
		{Concluded, "2025-07-30", nil, nil}, {Concluded, "2025-07-31", nil, []int{6}}, {Published, "2026-01-31", nil, []int{6, 12}},
		{Published, "2026-01-31", []FollowUp{{CaseID: 1, Months: 6}}, []int{12}}, {Draft, "2026-01-31", nil, nil}, {Published, "2026-01-31", []FollowUp{{CaseID: 2, Months: 6}}, []int{6, 12}},
	} {
		if got := due(&Case{ID: 1, State: c.state, Starts: start}, c.done, date(c.today)); !slices.Equal(got, c.want) {
			t.Errorf("%s on %s: %v, want %v", c.state, c.today, got, c.want)
		}
	}
}

func TestWhatIsMissingBeforeTheConclusion(t *testing.T) {
	fine, risky, bad := Lights{Green, None, Green, Green}, Lights{Green, Green, Yellow, Green}, Lights{Red, None, Green, Green}
	said := []Opinion{{Department: "财政局", Stance: Agrees}}
	for _, c := range []struct {
		about    string
		lights   Lights
		verdict  string
		text     string
		opinions []Opinion
		measures []Measure
		ok       bool
	}{
		{"all there", fine, Proceed, "可行", said, nil, true},
		{"no words", fine, Proceed, "", said, nil, false},
		{"no verdict", fine, "", "可行", said, nil, false},
		{"nobody asked", fine, Proceed, "可行", nil, nil, false},
		{"a yellow light without a measure", risky, Conditional, "可行", said, []Measure{{Dimension: Posts}}, false},
		{"and with one", risky, Conditional, "可行", said, []Measure{{Dimension: Risk}}, true},
		{"a red light called fine", bad, Proceed, "可行", said, []Measure{{Dimension: Posts}}, false},
		{"a red light with conditions", bad, Conditional, "可行", said, []Measure{{Dimension: Posts}}, true},
	} {
		if err := ready(&Case{Lights: c.lights}, c.verdict, c.text, c.opinions, c.measures); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.about, err)
		}
	}
}

func TestUnitsThatGrowTheMostComeFirst(t *testing.T) {
	got := grown(map[int64]int64{1: 10, 2: 10, 3: 5}, map[int64]int64{1: 12, 2: 9, 3: 5, 4: 7, 5: 2})
	want := []growth{{4, 0, 7}, {1, 10, 12}, {5, 0, 2}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
