package plan

import (
	"math/rand/v2"
	"testing"

	"jiuye/internal/ground/clock"
)

func TestPastForecastsAreHeldAgainstWhatCame(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 2))
	cases := []struct {
		name    string
		c       *course
		of      int     // forecasts
		at, off float64 // share inside, mean error at most
	}{
		{"what never changes", monthly(NewUrban, 80, func(int) float64 { return 50 }), 12, 1, 1e-9},
		{"what comes by chance", monthly(NewUrban, 80, func(int) float64 { return 100 + 10*luck.NormFloat64() }), 12, .5, .1},
		{"a year that nobody could foresee", monthly(NewUrban, 80, func(m int) float64 { return map[bool]float64{true: 9, false: 900}[m >= 48] }), 12, 0, 99},
		{"two years are not enough", monthly(NewUrban, 24, func(int) float64 { return 50 }), 0, 0, 0},
	}
	for _, c := range cases {
		var v Coverage
		v.add(c.c, clock.Date(2025, 8, 31))
		if v.Forecasts != c.of || v.Share() < c.at || v.Error > c.off*float64(max(1, v.measurable)) {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
}

func TestCoverageIsMeasuredOnTheRegister(t *testing.T) {
	inHouses(t, func(t *testing.T, h *house) {
		if list, err := h.Coverage(ctx); err != nil || len(list) > 0 {
			t.Errorf("before the first count %d indicators are measured (%v)", len(list), err)
		}
		h.crowd(400)
		h.compute()
		list, err := h.Coverage(ctx)
		must(t, err)
		n := 0
		for _, v := range list {
			n += v.Forecasts
			if v.Inside > v.Forecasts || v.Indicator.ID == "" {
				t.Errorf("measured is %+v", v)
			}
		}
		if n == 0 {
			t.Error("no past forecast was made again")
		}
	})
}
