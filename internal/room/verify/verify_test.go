package verify

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/engine/honest"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

func TestBannersThatReportWhatWasCountedAreNotAsked(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.report(honestly)
		if done := w.run(); done.Fresh != 0 || done.Series == 0 {
			t.Errorf("the run says %+v, findings %+v", done, w.all(""))
		}
	})
}

func TestAYearRaisedByAFifthIsAskedAboutOnceAndExplainedAndUpheldByTwo(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.report(raised)
		if done := w.run(); done.Fresh != 1 {
			t.Fatalf("the run says %+v: %+v", done, w.all(""))
		}
		if done := w.run(); done.Fresh != 0 || done.Gone != 0 {
			t.Errorf("the second run says %+v", done)
		}
		f := w.one()
		if f.Area != bold.Area || f.Period != 2024 || f.Kind != string(honest.Compare) || len(f.Evidence.Reported) != 12 || len(f.Evidence.Register) != 12 {
			t.Fatalf("found %+v", f)
		}
		if s := f.Signals[0]; s.Seen < 1.15*s.Expected || s.Limit != honest.Usual[honest.Compare] {
			t.Errorf("signal %+v", s)
		}

		_, err := w.Ask(ctx, bold, []int64{f.ID}, w.Once())
		w.Refused(fault.Denied, "上级", err)
		w.Refused(fault.Conflict, "不需要说明", w.Explain(ctx, bold, f.ID, Right, "x", w.Once()))
		w.Refused(fault.Conflict, "请先发出", w.Judge(ctx, chief, f.ID, Upheld, "x", f.Version, w.Once()))
		n, err := w.Ask(ctx, chief, []int64{f.ID}, w.Once())
		w.Must(err)
		f = w.one()
		if n != 1 || f.State != Asked || f.Due != on(2025, 9, 30) {
			t.Errorf("%d asked: %+v", n, f)
		}
		w.Refused(fault.Conflict, "期限", w.Judge(ctx, chief, f.ID, Upheld, "x", f.Version, w.Once()))
		w.Refused(fault.Denied, "额济纳旗", w.Explain(ctx, chief, f.ID, Right, "x", w.Once()))
		w.Must(w.Explain(ctx, bold, f.ID, Wrong, "照计划数报的", w.Once()))
		f = w.one()
		if f.State != Told {
			t.Errorf("after the explanation: %+v", f)
		}
		w.Refused(fault.Conflict, "没有变化", w.Judge(ctx, chief, f.ID, Corrected, "x", f.Version, w.Once()))
		w.Must(w.Judge(ctx, chief, f.ID, Upheld, "承认照计划数上报", f.Version, w.Once()))
		if f = w.one(); f.State != Proposed {
			t.Errorf("after the proposal: %+v", f)
		}
		tasks, err := w.Assignments.List(ctx, assignment.Filter{Kind: kindFinding}, db.Date{}, 0, 10)
		w.Must(err)
		if len(tasks) != 1 || tasks[0].State != assignment.Accepted {
			t.Errorf("tasks %+v", tasks)
		}
		asked, err := w.Approvals.List(ctx, approval.Filter{Kind: kindUphold}, 0, 10)
		w.Must(err)
		w.Refused(fault.Denied, "", w.Approvals.Decide(ctx, chief, asked[0].ID, asked[0].Version, true, "同意", w.Once()))
		w.Must(w.Approvals.Decide(ctx, deputy, asked[0].ID, asked[0].Version, true, "同意", w.Once()))
		if f = w.one(); f.State != Closed || f.Verdict != Upheld {
			t.Errorf("in the end: %+v", f)
		}
		ledger, err := w.Upheld(ctx, "1529", 10)
		w.Must(err)
		if len(ledger) != 1 || !strings.Contains(ledger[0].Title, "额济纳旗 2024 年") {
			t.Errorf("for the ledger: %+v", ledger)
		}
		if done := w.run(); done.Fresh != 0 {
			t.Errorf("a closed question was asked again: %+v", done)
		}
		steps, err := w.steps(ctx, f.ID)
		w.Must(err)
		var what []string
		for _, s := range steps {
			what = append(what, s.What)
		}
		if want := []string{"ask", Wrong, "propose", Upheld}; !slices.Equal(what, want) || steps[1].Text != "照计划数报的" {
			t.Errorf("steps %v, want %v", what, want)
		}
	})
}

func TestACorrectedFigureClosesTheQuestionAndOneThatWaitsGoesAway(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.report(func(code string, p indicator.Period, n int64) int64 {
			if p == 202405 && (code == bold.Area || code == suriya.Area) {
				return n + 300
			}
			return n
		})
		w.run()
		if n := len(w.all(Found)); n != 2 {
			t.Fatalf("%d findings: %+v", n, w.all(""))
		}
		for _, f := range w.all(Found) {
			who := suriya
			if f.Area == bold.Area {
				who = bold
				_, err := w.Ask(ctx, chief, []int64{f.ID}, w.Once())
				w.Must(err)
				w.Must(w.Correct(ctx, who, f.ID, 5, counted(f.Area, 202405), "台账", w.Once()))
				w.Must(w.Explain(ctx, who, f.ID, Fixed, "多写了", w.Once()))
				continue
			}
			w.Refused(fault.Conflict, "不能在这里更正", w.Correct(ctx, who, f.ID, 5, 1, "台账", w.Once())) // nobody has asked yet
			w.Tx(func(tx *db.Tx) error {
				return w.Indicators.SaveReport(ctx, tx, indicator.Report{Area: f.Area, Indicator: f.Indicator, Period: 202405, Value: counted(f.Area, 202405), Version: 1, At: w.World.Clock.Now().UnixMilli()})
			})
		}
		if done := w.run(); done.Gone != 1 || done.Fresh != 0 {
			t.Errorf("the run after the corrections says %+v", done)
		}
		f := w.all(Told)[0]
		if f.Still {
			t.Error("a corrected figure is not seen any more")
		}
		w.Must(w.Judge(ctx, chief, f.ID, Corrected, "与台账一致", f.Version, w.Once()))
		if f = w.all(Closed)[0]; f.Verdict != Corrected {
			t.Errorf("in the end: %+v", f)
		}
	})
}

func TestAQuestionGoesOnWhenACorrectionDoesNotSettleIt(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.report(raised)
		w.run()
		f := w.one()
		_, err := w.Ask(ctx, chief, []int64{f.ID}, w.Once())
		w.Must(err)
		w.Must(w.Correct(ctx, bold, f.ID, 1, counted(bold.Area, 202401), "台账", w.Once()))
		if done := w.run(); done.Fresh != 0 || done.Gone != 0 {
			t.Errorf("the run after the correction says %+v", done)
		}
		if now := w.one(); now.State != Asked || !now.Still || *now.Evidence.Reported[0] != counted(bold.Area, 202401) || now.Key == f.Key {
			t.Errorf("the question became %+v", now)
		}
	})
}

func TestDeclaredRoundingIsNoSignal(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.report(func(code string, p indicator.Period, n int64) int64 {
			if code == suriya.Area {
				return (n + 5) / 10 * 10
			}
			return n
		})
		w.run()
		if list := w.all(Found); len(list) == 0 || list[0].Kind != string(honest.Round) {
			t.Fatalf("rounding was not seen: %+v", list)
		}
		w.Refused(fault.Invalid, "依据", w.Declare(ctx, suriya, Rounding{Area: suriya.Area, Unit: 10}, w.Once()))
		w.Refused(fault.Denied, "", w.Declare(ctx, bold, Rounding{Area: suriya.Area, Unit: 10, Why: "x"}, w.Once()))
		w.Must(w.Declare(ctx, suriya, Rounding{Area: suriya.Area, Unit: 10, Why: "报表制度"}, w.Once()))
		w.run()
		if list := w.all(Found); len(list) != 0 {
			t.Errorf("declared rounding is still asked about: %+v", list)
		}
	})
}

func TestPeopleAtWorkInTwoPlacesEnteredTwiceUninsuredOrBehindOneTelephone(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.people(1, 30, "152921100001", "")
		w.people(101, 8, "152923100001", "13900001111")
		work := func(id, unit int64, place string, since db.Date) person.Spell {
			return person.Spell{PersonID: id, Since: since, Kind: person.Unit, EmployerID: unit, Area: place, Urban: true}
		}
		var b person.Batch
		for id := int64(1); id <= 30; id++ {
			b.Spells = append(b.Spells, work(id, 5, "152921100001", on(2025, 3, 1)))
			if id > 4 { // four of thirty are not insured, one of them only since July
				b.Insurances = append(b.Insurances, person.Insurance{PersonID: id, Kind: person.Pension, EmployerID: 5, From: 202503})
			}
		}
		b.Insurances = append(b.Insurances, person.Insurance{PersonID: 4, Kind: person.Pension, EmployerID: 5, From: 202507})
		for id := int64(11); id <= 16; id++ {
			b.Spells = append(b.Spells, work(id, 6, "152923100001", on(2025, 5, 1)))
		}
		for id := int64(21); id <= 23; id++ {
			b.Spells = append(b.Spells, work(id, 5, "152921100001", on(2025, 4, 1)))
		}
		w.facts(b)
		w.run()
		got := map[string]int64{}
		for _, f := range w.all("") {
			got[f.Area+" "+f.Kind] = f.Evidence.People
			if f.Period != 202508 {
				t.Errorf("period %d", f.Period)
			}
		}
		want := map[string]int64{"152921 " + TwoPlaces: 6, "152921 " + Twice: 3, "152923 " + Phone: 8}
		for k, n := range want {
			if got[k] != n {
				t.Errorf("%s: %d people, want %d", k, got[k], n)
			}
		}
		if len(got) != 3 {
			t.Errorf("found %v; three of thirty without insurance are within the limit", got)
		}
		w.Must(w.SetLimit(ctx, ulan, Uninsured, .05, "试点", w.Once()))
		w.run()
		if list := w.all(""); len(list) != 4 || list[0].Kind != Uninsured || list[0].Evidence.People != 3 || list[0].Evidence.Of != 30 {
			t.Errorf("after the limit was lowered: %+v", list)
		}
		w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{1}) })
		if list, err := hits(ctx, w.Room.DB, Uninsured, "152921", 0, 0, 10); err != nil || len(list) != 2 {
			t.Errorf("hits after somebody was forgotten: %v %v", list, err)
		}
	})
}

func TestWhatVerdictsSayOfALimit(t *testing.T) {
	list := func(pairs ...any) (out []Judged) {
		for i := 0; i < len(pairs); i += 3 {
			for range pairs[i].(int) {
				out = append(out, Judged{string(honest.Inflate), pairs[i+1].(float64), pairs[i+2].(string)})
			}
		}
		return out
	}
	for _, c := range []struct {
		name string
		kind string
		list []Judged
		want float64 // 0: nothing is proposed
	}{
		{"too few verdicts", "inflate", list(9, 5.0, Unfounded), 0},
		{"half and more were right", "inflate", list(6, 5.0, Upheld, 4, 4.0, Unfounded), 0},
		{"nearly all were right", "inflate", list(9, 5.0, Corrected, 1, 4.0, Unfounded), 3.24},
		{"the low ones were unfounded", "inflate", list(8, 4.0, Unfounded, 4, 6.0, Upheld), 4},
		{"all were unfounded", "inflate", list(10, 4.5, Unfounded), 4.5},
		{"what lies under today's limit does not count", "inflate", list(9, 3.0, Unfounded, 9, 5.0, Unfounded), 0},
		{"a sum is arithmetic", "sum", nil, 0},
	} {
		got, why, ok := Propose(c.kind, 3.6, c.list)
		if ok != (c.want != 0) || got != c.want || ok && why == "" {
			t.Errorf("%s: %v %v %q, want %v", c.name, got, ok, why, c.want)
		}
	}
}

func TestAComparisonWithElectricity(t *testing.T) {
	figure, macro := map[int]float64{}, map[int]float64{}
	for n := range 48 {
		m := (2021+n/12)*100 + n%12 + 1
		growth := 1 + .1*float64(n/12) + .02*float64(n*7%5)
		macro[m], figure[m] = 1000*growth, 100*growth
	}
	figure[202406] *= 1.5
	c, ok := Compare(figure, macro)
	if !ok || len(c.Rows) != 36 {
		t.Fatalf("%d rows, %v", len(c.Rows), ok)
	}
	var marked []int
	for _, r := range c.Rows {
		if r.Strikingly > striking {
			marked = append(marked, r.Month)
		}
	}
	if !slices.Contains(marked, 202406) || len(marked) > 2 {
		t.Errorf("marked %v", marked)
	}
	if _, ok := Compare(map[int]float64{202401: 1}, macro); ok {
		t.Error("one month is too few")
	}
}

func TestFiguresFromATable(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		table := func(columns []string, lines ...[]string) string {
			path := filepath.Join(t.TempDir(), "table.xlsx")
			f, err := os.Create(path)
			w.Must(err)
			x := sheet.NewXLSX(f)
			w.Must(x.Sheet("表", sheet.Columns(columns...)...))
			for _, l := range lines {
				w.Must(x.Row(l...))
			}
			w.Must(x.Close())
			w.Must(f.Close())
			return path
		}
		path := table(FigureColumns, []string{"阿拉善左旗", "城镇新增就业", "2025-07", "1,200"}, []string{"152921", "new_urban", "2025年8月", "130"}, []string{"额济纳旗", "城镇新增就业", "2025-07", "9"},
			[]string{"阿拉善左旗", "城镇登记失业率", "2025-07", "3"}, []string{"阿拉善左旗", "城镇新增就业", "2025-13", "9"}, []string{"阿拉善左旗", "城镇新增就业", "2025-07", "7"}, []string{"阿拉善左旗", "城镇新增就业", "2026-01", "7"})
		got, err := w.BringFigures(ctx, suriya, path, "月报", w.Once())
		w.Must(err)
		if got.Rows != 7 || got.Taken != 2 || len(got.Flaws) != 5 {
			t.Errorf("%+v", got)
		}
		again, err := w.BringFigures(ctx, suriya, table(FigureColumns, []string{"阿拉善左旗", "城镇新增就业", "2025-07", "1201"}, []string{"阿拉善左旗", "城镇新增就业", "2025-08", "130"}), "月报", w.Once())
		w.Must(err)
		if again.Changed != 1 || again.Same != 1 || again.Taken != 0 {
			t.Errorf("%+v", again)
		}
		_, err = w.BringFigures(ctx, suriya, table([]string{"姓名"}, []string{"x"}), "月报", w.Once())
		w.Refused(fault.Invalid, "表头", err)
		macro, err := w.BringMacro(ctx, chief, table(MacroColumns, []string{"阿拉善盟", "工业用电量", "2025/7", "812.5", "万千瓦时", "供电公司"}, []string{"呼和浩特市", "工业用电量", "2025/7", "1", "", ""}, []string{"阿拉善盟", "工业用电量", "2025/6", "NaN", "", ""}), w.Once())
		w.Must(err)
		if macro.Taken != 1 || len(macro.Flaws) != 2 {
			t.Errorf("%+v", macro)
		}
		if list, err := macros(ctx, w.Room.DB, "1529"); err != nil || len(list) != 1 || list[0].Value != 812.5 {
			t.Errorf("%v %v", list, err)
		}
	})
}

func TestTheDemonstrationHasFindingsInAllStates(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.people(1, 8, "152923100001", "13900001111")
		w.people(101, 8, "152921100001", "13900002222")
		w.Must(w.SeedDemo(ctx, cast))
		counts, _, err := w.counts(ctx, region, w.Room.today())
		w.Must(err)
		for _, s := range []string{Found, Asked, Told, Proposed, Closed} {
			if counts[s] == 0 {
				t.Errorf("no finding is %s: %v", s, counts)
			}
		}
		verdicts := map[string]bool{}
		for _, f := range w.all(Closed) {
			verdicts[f.Verdict] = true
			if !area.Within(f.Area, "1529") {
				t.Error(f.Area)
			}
		}
		if len(verdicts) != 3 {
			t.Errorf("verdicts %v", verdicts)
		}
		w.Must(w.SeedDemo(ctx, cast))
	})
}

func TestAFigureRaisedAfterItsYearUpToTheTargetIsAskedAbout(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.report(honestly)
		var sum int64
		for p := indicator.Period(202301); p <= 202312; p++ {
			sum += counted(suriya.Area, p)
		}
		w.Tx(func(tx *db.Tx) error {
			if err := w.Indicators.SaveTargets(ctx, tx, []indicator.Target{{Plan: "001", Area: suriya.Area, Indicator: demoIndicator, Unit: "人", BaseYear: 2022, Year: 2023, Value: sum + 10, Comparator: indicator.AtLeast}}); err != nil {
				return err
			}
			return w.Indicators.SaveReport(ctx, tx, indicator.Report{Area: suriya.Area, Indicator: demoIndicator, Period: 202312, Value: counted(suriya.Area, 202312) + 20, Version: 1, At: w.World.Clock.Now().UnixMilli()})
		})
		w.run()
		f := w.one()
		if s := f.Signals[len(f.Signals)-1]; s.Kind != Late || s.Seen != float64(sum+20) || s.Expected != float64(sum) || f.Evidence.Target != sum+10 {
			t.Errorf("found %+v", f)
		}
	})
}

func TestAProposalNeverAsksMoreThanVerdictsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.Float64Range(.1, 10).Draw(t, "limit")
		var list []Judged
		for range rapid.IntRange(0, 40).Draw(t, "verdicts") {
			list = append(list, Judged{"inflate", rapid.Float64Range(0, 20).Draw(t, "value"), rapid.SampledFrom(verdicts).Draw(t, "verdict")})
		}
		value, why, ok := Propose("inflate", limit, list)
		if !ok {
			return
		}
		above := slices.DeleteFunc(slices.Clone(list), func(j Judged) bool { return j.Value <= max(value, limit) })
		switch {
		case why == "":
			t.Error("a proposal without a reason")
		case value > limit && len(above) > 0 && precision(above) < poor:
			t.Errorf("above %v still only %v were right", value, precision(above))
		case value < limit && precision(slices.DeleteFunc(slices.Clone(list), func(j Judged) bool { return j.Value <= limit })) < good:
			t.Errorf("%v is lower than %v without good verdicts", value, limit)
		}
	})
}

func FuzzMonth(f *testing.F) {
	for _, s := range []string{"2025-08", "2025年8月", "202508", "2025/8", "2025.08", "8月", "", "2025-13-1", "-1-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if m, err := month(s); err == nil && (m < 199001 || m > 209912 || m%100 < 1 || m%100 > 12) {
			t.Errorf("%q is %d", s, m)
		}
	})
}

func TestWhatOnlyConcernsTheReadersOwnAreaIsNotOfferedToBeSent(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.report(raised)
		w.run()
		own := bold
		own.Role = account.Manager
		site := w.Site(own, w.Web())
		if page := site(atHome, nil, http.StatusOK, "待发出", "额济纳旗"); strings.Contains(page, "全部发出") {
			t.Error("who cannot send their own question is offered to")
		}
		w.Site(chief, w.Web())(atHome, nil, http.StatusOK, "全部发出")
		waits := func(who web.User) int64 {
			n, err := w.Room.count(ctx, who)
			w.Must(err)
			return n
		}
		if waits(chief) != 1 || waits(bold) != 0 || waits(suriya) != 0 {
			t.Errorf("before it is sent %d, %d and %d wait", waits(chief), waits(bold), waits(suriya))
		}
		_, err := w.Ask(ctx, chief, []int64{w.one().ID}, w.Once())
		w.Must(err)
		if waits(chief) != 0 || waits(bold) != 1 || waits(suriya) != 0 {
			t.Errorf("when it is sent %d, %d and %d wait", waits(chief), waits(bold), waits(suriya))
		}
	})
}
