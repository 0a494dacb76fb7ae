package analysis

import (
	"slices"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func TestAPlaceWithFewPeopleIsPublishedWithoutTheirNumber(t *testing.T) {
	few, many := Sums{Demand: 40, Supply: 3, Arrived: 2, Hired: 4}, Sums{Demand: 40, Supply: 30, Arrived: 20, Hired: 40}
	v := View{Area: "152923", Period: Period{monthFrom(202506), true}, Run: Counted{Month: monthFrom(202506), Vacancies: monthFrom(201901), First: monthFrom(201901)}, Total: few, Before: &many, Ago: &many}
	for m := monthFrom(202501); m <= v.Period.Month; m++ {
		v.Trend = append(v.Trend, Point{m, few})
	}
	c := write(&v, "2025-06-30")
	for _, f := range c.Figures {
		if slices.Contains([]string{"登记求职人数", "新登记求职人次", "单位新进人员"}, f.Name) && f.Value != "＜5" {
			t.Errorf("%+v", f)
		}
		if strings.Contains(f.Name, "求人倍率") || strings.Contains(f.Name, "登记求职人数比") {
			t.Errorf("the number follows from %+v", f)
		}
	}
	for _, l := range c.Lines {
		if l.Name == "求人倍率" || slices.ContainsFunc(l.Values, func(v float64) bool { return v != 0 }) {
			t.Errorf("the number can be read off %+v", l)
		}
	}
}

func TestWhatWasSaidAtAVisitIsSealedAndOneOfTheAnswers(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.plant()
		w.Refused(fault.Invalid, "请选择走访结果", w.Ask(ctx, suriya, 5, "", "", w.Once()))
		w.Must(w.Ask(ctx, suriya, 5, "wants", "找张经理 13900000000", w.Once()))
		said := must(db.Value[[]byte](ctx, w.World.DB, `SELECT said FROM analysis_contact WHERE employer_id = 5 ORDER BY employer_id`))
		if len(said) == 0 || strings.Contains(string(said), "139") {
			t.Errorf("%q", said)
		}
		if l, _, err := w.leadByID(ctx, w.World.DB, 5); err != nil || l.Note != "找张经理 13900000000" {
			t.Errorf("%+v %v", l, err)
		}
	})
}
