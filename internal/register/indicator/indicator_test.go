package indicator

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
)

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func inRegisters(t *testing.T, body func(t *testing.T, r *Register)) {
	dbtest.Run(t, []db.Schema{db.OwnSchema, Schema}, func(t *testing.T, d *db.DB) {
		r, err := New(ctx, Deps{DB: d, Clock: clock.NewFake("2025-09-24")})
		must(t, err)
		body(t, r)
	})
}

// count writes a finished count of 152921: "2025 7, 202508 3/12" are sums of new_urban.
func (r *Register) count(on, text string) error {
	list := []Sum{{Area: "152921", Indicator: People, Period: 2025, Numerator: 90}}
	for _, one := range strings.Split(text, ",") {
		s := Sum{Area: "152921", Indicator: "new_urban"}
		if _, err := fmt.Sscanf(strings.ReplaceAll(one, "/", " "), "%d %d %d", &s.Period, &s.Numerator, &s.Denominator); err != nil && s.Period == 0 {
			return err
		}
		list = append(list, s)
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := r.Replace(ctx, tx, Run{On: day(on), AsOf: day(on), People: 90}, list)
		return err
	})
}

func TestAFigureIsShownAsItWasKnownOnAnyDay(t *testing.T) {
	inRegisters(t, func(t *testing.T, r *Register) {
		must(t, r.count("2025-07-10", "2025 40,202506 10"))
		must(t, r.count("2025-08-10", "2025 55,202506 12,202507 13"))
		must(t, r.count("2025-08-11", "2025 55,202506 12,202507 13"))
		must(t, r.count("2025-09-10", "2025 60,202507 13")) // June is gone
		cases := []struct {
			on     string
			period Period
			want   string
		}{
			{"2025-07-09", 2025, "unknown"},
			{"2025-07-10", 2025, "40"},
			{"2025-08-09", 2025, "40"},
			{"2025-08-10", 2025, "55"},
			{"2025-09-09", 2025, "55"},
			{"", 2025, "60"},
			{"2025-08-01", 202506, "10"},
			{"2025-08-31", 202506, "12"},
			{"", 202506, "0"},
			{"2025-08-01", 202507, "0"}, // nothing had happened as far as was known
			{"2025-08-20", 202507, "13"},
			{"", 202507, "13"},
		}
		for _, c := range cases {
			var on time.Time
			if c.on != "" {
				on = day(c.on)
			}
			list, err := r.values(ctx, []string{"152921"}, "new_urban", c.period, c.period, on)
			must(t, err)
			got := "unknown"
			if n, ok := list[0].Number(); ok {
				got = fmt.Sprint(n)
			}
			if got != c.want {
				t.Errorf("on %s the figure of %d is %s, want %s", c.on, c.period, got, c.want)
			}
		}
		steps, err := r.History(ctx, "152921", "new_urban", 2025)
		must(t, err)
		told := ""
		for _, s := range steps {
			told += fmt.Sprintf("%s %d; ", s.KnownOn.Format("0102"), s.Numerator)
		}
		if told != "0710 40; 0810 55; 0910 60; " {
			t.Errorf("the history is %s", told)
		}
		rows, err := db.Value[int](ctx, r.DB, `SELECT count(*) FROM indicator_past`)
		must(t, err)
		if rows != 4 { // 2025 twice, June twice; the night that changed nothing left no row
			t.Errorf("%d superseded sums are kept", rows)
		}
		if err := r.count("2025-08-01", "2025 1"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a count from before the last one got %v", err)
		}
	})
}

func TestMonthsThatAreNoLongerLookedAtStay(t *testing.T) {
	inRegisters(t, func(t *testing.T, r *Register) {
		month := func(indicator string, p Period) Sum {
			return Sum{Area: "1529", Indicator: indicator, Period: p, Numerator: 5, Denominator: 9}
		}
		people := Sum{Area: "1529", Indicator: People, Period: 2025, Numerator: 9}
		for on, list := range [][]Sum{{people, month("urban_share", 202307), month("urban_share", 202308), month("new_urban", 202307)}, {people, month("urban_share", 202308)}} {
			must(t, r.DB.Tx(ctx, func(tx *db.Tx) error {
				_, err := r.Replace(ctx, tx, Run{On: day("2025-09-01").AddDate(0, 0, on), AsOf: day("2025-08-31"), Stocks: 202307 + Period(on)}, list)
				return err
			}))
		}
		for _, c := range []struct {
			id   string
			want int64
		}{{"urban_share", 5}, {"new_urban", 0}} { // the share was not looked at again; the event is gone
			list, err := r.Months(ctx, []string{"1529"}, c.id, 202307, 202307, time.Time{})
			must(t, err)
			if list[0].Numerator != c.want {
				t.Errorf("%s is %+v, want %d", c.id, list[0], c.want)
			}
		}
	})
}

func TestWhatIsKnownIsTheLastCountBeforeTheDay(t *testing.T) {
	inRegisters(t, knowsEveryDay)
}

func knowsEveryDay(t *testing.T, r *Register) {
	area := 152900
	rapid.Check(t, func(rt *rapid.T) {
		must(t, r.DB.Tx(ctx, func(tx *db.Tx) error {
			for _, table := range []string{"indicator_sum", "indicator_past", "indicator_run"} {
				if _, err := tx.Exec(ctx, `DELETE FROM `+table); err != nil {
					return err
				}
			}
			return nil
		}))
		area++
		code := fmt.Sprint(area)
		known := map[int]int64{} // by day
		on := 0
		for range rapid.IntRange(1, 8).Draw(rt, "counts") {
			on += rapid.IntRange(0, 3).Draw(rt, "days") // the same day again takes the first one's place
			n := int64(rapid.IntRange(0, 3).Draw(rt, "value"))
			known[on] = n
			must(t, r.DB.Tx(ctx, func(tx *db.Tx) error {
				_, err := r.Replace(ctx, tx, Run{On: day("2025-01-01").AddDate(0, 0, on), AsOf: day("2025-01-01")}, []Sum{{Area: code, Indicator: People, Period: 2025, Numerator: 5},
					{Area: code, Indicator: "new_urban", Period: 2025, Numerator: n}})
				return err
			}))
		}
		for at := 0; at <= on+1; at++ {
			want, ok := int64(0), false
			for d := at; d >= 0 && !ok; d-- {
				want, ok = known[d]
			}
			v, err := r.Year(ctx, code, "new_urban", 2025, day("2025-01-01").AddDate(0, 0, at))
			must(t, err)
			if got, there := v.Number(); got != want || there != ok {
				rt.Fatalf("on day %d it is %d (%v), want %d (%v); counts %v", at, got, there, want, ok, known)
			}
		}
	})
}

func TestThePlansAreThereFromTheStart(t *testing.T) {
	inRegisters(t, func(t *testing.T, r *Register) {
		_, err := New(ctx, r.Deps) // opened a second time nothing is doubled
		must(t, err)
		definitions, err := r.Definitions(ctx)
		must(t, err)
		plans, err := r.Plans(ctx)
		must(t, err)
		region, err := r.Targets(ctx, "15")
		must(t, err)
		league, err := r.Targets(ctx, "1529")
		must(t, err)
		tasks, err := r.Tasks(ctx, "002")
		must(t, err)
		if len(definitions) != 17 || len(plans) != 3 || len(region) != 17 || len(league) != 17 || len(tasks) != 21 {
			t.Errorf("%d definitions, %d plans, %d and %d targets, %d tasks", len(definitions), len(plans), len(region), len(league), len(tasks))
		}
		if d := definitions[0]; d.ID != "new_urban" || d.Formula == "" || d.Lead == "" || d.Type != Cumulative {
			t.Errorf("the first definition is %+v", d)
		}
		v, err := r.Year(ctx, "1529", "productivity", 2020, time.Time{})
		must(t, err)
		if n, ok := v.Number(); !ok || n != 320 || !v.Reported {
			t.Errorf("the printed value of productivity is %+v", v)
		}
	})
}

func TestAChangedTargetStandsBesideWhatItWas(t *testing.T) {
	inRegisters(t, func(t *testing.T, r *Register) {
		want := Target{Plan: "001", Area: "152921", Indicator: "new_urban", Unit: "人", BaseYear: 2020, Year: 2025, Value: 800, Comparator: AtLeast, Cumulative: true, Shared: true}
		for _, n := range []int64{800, 900} {
			want.Value = n
			must(t, r.DB.Tx(ctx, func(tx *db.Tx) error { return r.SaveTargets(ctx, tx, []Target{want}) }))
		}
		list, err := r.Targets(ctx, "152921")
		must(t, err)
		if len(list) != 1 || list[0].Value != 900 || list[0].Version != 2 {
			t.Errorf("what stands is %+v", list)
		}
	})
}

func TestOfTwoPlansTheOneInForceJudges(t *testing.T) {
	old, mid, next := Target{Indicator: "a", Plan: "1", BaseYear: 2020, Year: 2025}, Target{Indicator: "a", Plan: "1", BaseYear: 2020, Year: 2023}, Target{Indicator: "a", Plan: "2", BaseYear: 2025, Year: 2030}
	again := old
	again.Plan = "3"
	cases := []struct {
		name string
		list []Target
		year int
		want *Target
	}{
		{"none", nil, 2025, nil},
		{"another indicator", []Target{{Indicator: "b", Year: 2025}}, 2025, nil},
		{"the only one", []Target{old}, 2025, &old},
		{"the last one after its end", []Target{old}, 2027, &old},
		{"the mid-term one until then", []Target{old, mid}, 2022, &mid},
		{"the end after the mid-term", []Target{mid, old}, 2024, &old},
		{"the next plan", []Target{old, next}, 2026, &next},
		{"the later document", []Target{old, again}, 2024, &again},
	}
	for _, c := range cases {
		got := InForce(c.list, "a", c.year)
		if (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestAReportedFigureGoesUpAndComesBack(t *testing.T) {
	inRegisters(t, func(t *testing.T, r *Register) {
		save := func(rep Report) error {
			return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.SaveReport(ctx, tx, rep) })
		}
		judge := func(rep Report) error {
			return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.JudgeReport(ctx, tx, rep) })
		}
		at := func(text string) int64 { return day(text).UnixMilli() }
		rep := Report{Area: "1529", Indicator: "productivity", Period: 2024, Value: 450, ByName: "盟", At: at("2025-02-01")}
		must(t, save(rep))
		if err := save(rep); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same again: %v", err)
		}
		waiting, err := r.Waiting(ctx, "15", 10)
		must(t, err)
		if len(waiting) != 1 || waiting[0].Version != 1 {
			t.Errorf("waiting for the region: %+v", waiting)
		}
		rep.Version, rep.State, rep.Judge = 1, Returned, "区"
		if err := judge(rep); !fault.Is(err, fault.Invalid) {
			t.Errorf("a return without reason: %v", err)
		}
		rep.Reason = "与统计公报不一致"
		must(t, judge(rep))
		if err := judge(rep); !fault.Is(err, fault.Conflict) {
			t.Errorf("judged twice: %v", err)
		}
		if v, err := r.Year(ctx, "1529", "productivity", 2024, time.Time{}); err != nil || v.Known {
			t.Errorf("a returned figure is %+v (%v)", v, err)
		}
		must(t, save(Report{Area: "1529", Indicator: "productivity", Period: 2024, Value: 460, ByName: "盟", At: at("2025-03-01"), Version: 1}))
		must(t, judge(Report{Area: "1529", Indicator: "productivity", Period: 2024, Version: 2, State: Signed, Judge: "区"}))
		v, err := r.Year(ctx, "1529", "productivity", 2024, time.Time{})
		must(t, err)
		if n, _ := v.Number(); n != 460 {
			t.Errorf("the correction is %+v", v)
		}
		if v, err := r.Year(ctx, "1529", "productivity", 2024, day("2025-01-31")); err != nil || v.Known {
			t.Errorf("before anybody reported it is %+v (%v)", v, err)
		}
		versions, err := r.ReportVersions(ctx, "1529", "productivity", 2024)
		must(t, err)
		if len(versions) != 2 || versions[1].Reason == "" {
			t.Errorf("the versions are %+v", versions)
		}
		again := func(list ...Report) error {
			return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.CorrectReports(ctx, tx, list) })
		}
		other := Report{Area: "1529", Indicator: "productivity", Period: 2023, Value: 1, State: Submitted, At: at("2025-03-02")}
		if err := again(other, Report{Area: "1529", Indicator: "productivity", Period: 2024, Value: 470, Version: 1, State: Submitted, At: at("2025-03-02")}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a correction of what had been corrected: %v", err)
		}
		must(t, again(other, Report{Area: "1529", Indicator: "productivity", Period: 2024, Value: 470, Version: 2, State: Submitted, At: at("2025-03-02")}))
		if versions, err = r.ReportVersions(ctx, "1529", "productivity", 2024); err != nil || len(versions) != 3 || versions[0].Value != 470 {
			t.Errorf("after many corrections at once: %+v (%v)", versions, err)
		}
	})
}

func TestFiguresAreReadAndWrittenInTheirUnit(t *testing.T) {
	cases := []struct {
		text, unit string
		kept       int64
		written    string
	}{
		{"23.22", "万人", 232200, "23.22"}, {"6.3", "%", 630, "6.3"}, {"10.5", "年", 1050, "10.5"}, {"12500", "人", 12500, "12,500"},
		{"-3.2", "%", -320, "−3.2"}, {"41", "家", 41, "41"}, {"3.5", "亿元", 350, "3.5"},
	}
	for _, c := range cases {
		n, err := Scaled(c.text, c.unit)
		if err != nil || n != c.kept || Figure(n, c.unit) != c.written {
			t.Errorf("%s %s is kept as %d, written %s (%v)", c.text, c.unit, n, Figure(n, c.unit), err)
		}
	}
	for _, c := range []struct {
		kept    int64
		written string
	}{{232249, "23.22"}, {232250, "23.23"}, {-232249, "−23.22"}, {-232250, "−23.23"}} {
		if got := Figure(c.kept, "万人"); got != c.written {
			t.Errorf("%d people are written %s ten thousand, not %s: rounded digit by digit", c.kept, got, c.written)
		}
	}
	for _, bad := range [][2]string{{"1.5", "人"}, {"", "人"}, {"约3", "%"}, {"1.234", "%"}} {
		if n, err := Scaled(bad[0], bad[1]); err == nil {
			t.Errorf("%v is read as %d", bad, n)
		}
	}
}
