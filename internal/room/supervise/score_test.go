package supervise

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/indicator"
)

func TestPointsOfOneCriterion(t *testing.T) {
	in := []Input{{Area: "a", Actual: 120, Wanted: 100, Ratio: 12000, Known: true, Unit: "人"}, {Area: "b", Actual: 80, Wanted: 100, Ratio: 8000, Known: true, Noise: 1000, Unit: "人"}, {Area: "c", Words: "没有可计算的目标"}}
	for _, c := range []struct {
		rule string
		want [3]int64
		most [3]int64
	}{
		{ByCompletion, [3]int64{1000, 800, 0}, [3]int64{1000, 1000, 0}},
		{ByRank, [3]int64{1000, 500, 0}, [3]int64{1000, 1000, 0}},
	} {
		for i, s := range scoreAll(Criterion{No: 1, Rule: c.rule, Weight: 1000, Cap: 10000}, in) {
			if s.Points != c.want[i] || s.Most != c.most[i] || s.Said == "" {
				t.Errorf("%s of %s: %+v", c.rule, s.Area, s)
			}
		}
	}
	three := []Input{{Area: "a", Actual: 3, Known: true}, {Area: "b", Actual: 30, Known: true}}
	if s := scoreAll(Criterion{Rule: ByDeduction, Weight: 500, EachOne: 50}, three); s[0].Points != 350 || s[1].Points != 0 {
		t.Errorf("deductions: %+v", s)
	}
	if s := scoreAll(Criterion{Rule: ByBonus, Weight: 300, EachOne: 100}, three[1:]); s[0].Points != 300 || s[0].Most != 0 {
		t.Errorf("bonuses: %+v", s)
	}
}

func TestAreasNearerThanTheDataCanTellAreTied(t *testing.T) {
	list := []Criterion{{No: 1, Rule: ByCompletion, Weight: Full}}
	lines := []Score{{Area: "a", No: 1, Points: 9000, Most: Full, Noise: 200}, {Area: "b", No: 1, Points: 8900, Most: Full, Noise: 200}, {Area: "c", No: 1, Points: 8000, Most: Full, Noise: 200}}
	got := totals([]string{"a", "b", "c"}, list, lines, []Appeal{{Area: "c", State: Upheld, Points: 100}, {Area: "c", State: Rejected, Points: 900}})
	if got[0].Rank != 1 || got[1].Rank != 1 || !got[0].Tie || !got[1].Tie || got[2].Rank != 3 || got[2].Tie || got[2].Points != 8100 {
		t.Errorf("%+v", got)
	}
	lines = []Score{{Area: "a", No: 1, Points: 9664, Most: Full, Noise: 108}, {Area: "b", No: 1, Points: 9339, Most: Full, Noise: 329}, {Area: "c", No: 1, Points: 9320, Most: Full, Noise: 323}}
	got = totals([]string{"a", "b", "c"}, list, lines, nil)
	if got[1].Rank != 1 || got[2].Rank != 2 || !got[2].Tie { // only the first is surely better than the last
		t.Errorf("%+v", got)
	}
}

func TestAnIndicatorIsHeldAgainstItsShareOfTheTarget(t *testing.T) {
	events := indicator.Definition{ID: "new_urban", Kind: indicator.Event, Unit: "人"}
	five := indicator.Target{Indicator: "new_urban", BaseYear: 2020, Year: 2025, Value: 1000, Cumulative: true, Comparator: indicator.AtLeast}
	value := func(n int64) indicator.Value {
		return indicator.Value{Indicator: "new_urban", Kind: indicator.Event, Numerator: n, Known: true}
	}
	got := against(events, "152921", 2024, &five, map[int]indicator.Value{2021: value(200), 2022: value(200), 2024: value(320)})
	if got.Actual != 720 || got.Wanted != 800 || got.Ratio != 9000 || got.Noise == 0 {
		t.Errorf("cumulative: %+v", got)
	}
	ceiling := indicator.Target{BaseYear: 2020, Base: 329, Year: 2025, Value: 500, Comparator: indicator.AtMost}
	rate := indicator.Definition{ID: "registered_rate", Kind: indicator.Rate, Unit: "%"}
	got = against(rate, "152921", 2024, &ceiling, map[int]indicator.Value{2024: {Kind: indicator.Rate, Numerator: 4, Denominator: 100, Known: true}})
	if got.Wanted != 500 || got.Actual != 400 || got.Ratio != 12500 {
		t.Errorf("ceiling: %+v", got)
	}
	if got := against(events, "152921", 2024, nil, nil); got.Known || got.Words == "" {
		t.Errorf("without a target: %+v", got)
	}
}

func TestTheSameDataGiveTheSameScores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SampledFrom(scoring)
		n := rapid.IntRange(1, 5).Draw(t, "areas")
		in := make([]Input, n)
		for i := range in {
			in[i] = Input{Area: string(rune('a' + i)), Actual: rapid.Int64Range(0, 1e6).Draw(t, "actual"), Wanted: rapid.Int64Range(1, 1e6).Draw(t, "wanted"), Known: rapid.Bool().Draw(t, "known"), Unit: "人"}
			in[i].Ratio = in[i].Actual * 10000 / in[i].Wanted
		}
		c := Criterion{No: 1, Rule: rules.Draw(t, "rule"), Weight: rapid.Int64Range(1, Full).Draw(t, "weight"), Cap: 10000, EachOne: rapid.Int64Range(0, 500).Draw(t, "each")}
		a, b := scoreAll(c, in), scoreAll(c, in)
		for i := range a {
			if a[i] != b[i] || a[i].Points < 0 || a[i].Points > c.Weight {
				t.Fatalf("%+v %+v", a[i], b[i])
			}
		}
		s := &Scheme{Area: "1529", Year: 2024}
		before := fingerprint(s, []Criterion{c}, map[int64][]Input{1: in})
		if again := fingerprint(s, []Criterion{c}, map[int64][]Input{1: append([]Input{}, in...)}); again != before {
			t.Fatal("two hashes of the same")
		}
		if in[0].Actual++; fingerprint(s, []Criterion{c}, map[int64][]Input{1: in}) == before {
			t.Fatal("another figure has the same hash")
		}
	})
}

func TestAnAppraisalFromDraftToFinal(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.Must(w.Room.DB.Tx(ctx, func(tx *db.Tx) error {
			run := indicator.Run{On: time.Date(2025, 1, 10, 0, 0, 0, 0, time.UTC), AsOf: time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC), People: 10}
			var sums []indicator.Sum
			for i, code := range (&Scheme{Area: "1529"}).Areas() {
				for y := 2021; y <= 2024; y++ {
					sums = append(sums, indicator.Sum{Area: code, Indicator: "new_urban", Period: indicator.Period(y), Numerator: int64(100 + 20*i)})
				}
			}
			if _, err := w.Indicators.Replace(ctx, tx, run, sums); err != nil {
				return err
			}
			var targets []indicator.Target
			for _, code := range (&Scheme{Area: "1529"}).Areas() {
				targets = append(targets, indicator.Target{Plan: "001", Area: code, Indicator: "new_urban", Unit: "人", BaseYear: 2020, Year: 2025, Value: 600, Comparator: indicator.AtLeast, Cumulative: true, Shared: true})
			}
			return w.Indicators.SaveTargets(ctx, tx, targets)
		}))
		s := Scheme{Area: "1529", Year: 2024, Title: "2024 年度考核", Cutoff: on(2025, time.January, 31)}
		_, err := w.Draw(ctx, suriya, s, w.Once())
		w.refused(fault.Denied, err)
		id, err := w.Draw(ctx, chief, s, w.Once())
		w.Must(err)
		w.refused(fault.Conflict, func() error { _, err := w.Draw(ctx, chief, s, w.Once()); return err }())
		w.Must(w.SetCriterion(ctx, chief, id, Criterion{No: 1, Name: "城镇新增就业", Rule: ByCompletion, Input: "new_urban", Weight: 1000}, 0, w.Once()))
		w.Refused(fault.Conflict, "权重合计 90 分", w.Compute(ctx, chief, id, 1, w.Once()))
		w.Must(w.SetCriterion(ctx, chief, id, Criterion{No: 1, Name: "城镇新增就业", Rule: ByCompletion, Input: "new_urban", Weight: 2000}, 1, w.Once()))
		w.Must(w.Compute(ctx, chief, id, 2, w.Once()))
		first, err := scoresOf(ctx, w.Room.DB, id)
		w.Must(err)
		if first[0].Actual != 400 || first[0].Wanted != 480 || first[0].Points != 1667 {
			t.Errorf("the first line: %+v", first[0])
		}
		got, err := schemeByID(ctx, w.Room.DB, id)
		w.Must(err)
		_, hash, err := w.work(ctx, &got)
		w.Must(err)
		if hash != got.Hash || len(hash) != 64 {
			t.Errorf("computed anew the hash is %s, was %s", hash, got.Hash)
		}
		w.Must(w.Publish(ctx, chief, id, on(2025, time.September, 5), 3, w.Once()))
		w.refused(fault.Denied, w.Object(ctx, chief, id, 1, "不对", 4, w.Once()))
		w.Must(w.Object(ctx, suriya, id, 1, "漏计 12 月", 4, w.Once()))
		list, err := w.appeals(ctx, w.Room.DB, id)
		w.Must(err)
		w.to("2025-09-08")
		w.refused(fault.Late, w.Object(ctx, suriya, id, 1, "再提", 5, w.Once()))
		w.refused(fault.Conflict, w.AskFinal(ctx, chief, id, "提请审定", 5, w.Once()))
		w.Must(w.Reply(ctx, chief, id, list[0].ID, true, 150, "核实，更正 1.5 分", 5, w.Once()))
		w.Must(w.AskFinal(ctx, chief, id, "提请审定", 6, w.Once()))
		w.refused(fault.Denied, w.approve(chief, kindFinal))
		w.Must(w.approve(region, kindFinal))
		got, err = schemeByID(ctx, w.Room.DB, id)
		w.Must(err)
		if got.State != Final {
			t.Errorf("the appraisal is %s", got.State)
		}
		lines, err := criteria(ctx, w.Room.DB, id)
		w.Must(err)
		all, err := w.appeals(ctx, w.Room.DB, id)
		w.Must(err)
		book, err := workbook(&got, lines, first, all)
		w.Must(err)
		defer book.Close()
		if text, _ := book.GetCellFormula("逐项得分", "L2"); text != "ROUND(D2*MIN(G2,H2),2)" {
			t.Errorf("the first line's formula is %q", text)
		}
		if v, err := book.CalcCellValue("逐项得分", "L2"); err != nil || v != "16.67" {
			t.Errorf("the workbook computes %s (%v), the program 16.67", v, err)
		}
	})
}
