package demodata

import (
	"context"
	"math"
	"testing"
	"time"

	"jiuye/internal/register/person"
	"jiuye/internal/room/plan"
)

// counted is what the plan's own count makes of the people, by indicator and year.
type counted [17][yearCount]struct{ above, below int64 }

func (c *counted) rate(i plan.Index, year int) float64 {
	n := c[i][year-firstYear]
	return float64(n.above) / float64(n.below)
}

func (c *counted) add(m *Member, period plan.Period) {
	plan.Count(&m.Facts, period, func(s plan.Share) {
		n := &c[s.Indicator][s.Year-firstYear]
		n.above += s.Numerator
		n.below += s.Denominator
	})
	for _, a := range m.Surveys {
		if n := &c[plan.SurveyedRate][a.Month/100-firstYear]; a.Urban && a.Status != person.Outside {
			n.below++
			if a.Status == person.Unemployed {
				n.above++
			}
		}
	}
}

// countAll makes people and counts them.
func countAll(t testing.TB, people int, area string, seed uint64) *counted {
	t.Helper()
	c := &counted{}
	period := plan.Period{First: firstYear, Last: lastYear, AsOf: asOf}
	err := Each(context.Background(), Options{Area: area, People: people, Seed: seed}, func(h *Household) error {
		for i := range h.Members {
			c.add(&h.Members[i], period)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// exact are the indicators that come out to a person.
func exact(c *course) map[plan.Index]yearly {
	return map[plan.Index]yearly{
		plan.NewUrban: c.newUrban, plan.Reemployed: c.reemployed, plan.HardPlaced: c.hardPlaced, plan.Graduates: c.graduates,
		plan.Transfers: c.transfers, plan.Transfers6m: c.transfers6m, plan.OutOfPovertyWork: c.outOfPoverty, plan.HighSkill: c.highSkill,
		plan.Trained: c.trained, plan.TrainedRural: c.trainedRural,
	}
}

func TestTheLeaguesIndicatorsAreThePrintedOnes(t *testing.T) {
	began := time.Now()
	got := countAll(t, printedPeople, "152900", 1)
	for i, want := range exact(&printed) {
		for y := range yearCount {
			if n := got[i][y].above; n != int64(want[y]) {
				t.Errorf("%s %d: %d, want %d", plan.Of(i).Name, firstYear+y, n, want[y])
			}
		}
	}
	for i, want := range map[plan.Index][yearCount]float64{
		plan.RegisteredRate: printed.unemployedShare, plan.UrbanShare: printed.urbanShare, plan.PensionRate: printed.pension, plan.SurveyedRate: printed.surveyed,
	} {
		for y := range yearCount {
			near(t, plan.Of(i).Name, firstYear+y, got.rate(i, firstYear+y), want[y])
		}
	}
	near(t, "平均受教育年限", 2020, got.rate(plan.Schooling, 2020), 10.5)
	near(t, "平均受教育年限", 2025, got.rate(plan.Schooling, 2025), 10.8)
	t.Logf("262,361 people counted in %.1f s", time.Since(began).Seconds())
}

// near allows 0.3 % of a rate.
func near(t *testing.T, name string, year int, got, want float64) {
	t.Helper()
	if math.Abs(got/want-1) > .003 {
		t.Errorf("%s %d: %.4f, want %.4f", name, year, got, want)
	}
}
