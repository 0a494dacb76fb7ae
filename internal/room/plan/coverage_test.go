package plan

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPastForecastsAreHeldAgainstWhatCame(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 2))
	cases := []struct {
		name    string
		c       *course
		of      int     // forecasts
		at, off float64 // share inside, mean error at most
	}{
		{"what never changes", monthly(NewUrban, 80, func(int) float64 { return 50 }), 12, 1, 1e-3},
		{"what comes by chance", monthly(NewUrban, 80, func(int) float64 { return 100 + 10*luck.NormFloat64() }), 12, .5, .1},
		{"a year that nobody could foresee", monthly(NewUrban, 80, func(m int) float64 { return map[bool]float64{true: 9, false: 900}[m >= 48] }), 12, 0, 99},
		{"two years are not enough", monthly(NewUrban, 24, func(int) float64 { return 50 }), 0, 0, 0},
	}
	for _, c := range cases {
		v := family{c.c}.coverage(2025)
		if v.Forecasts != c.of || v.Share() < c.at || v.Error > c.off {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
}

func TestChancesOfThePastAreHeldAgainstWhatHappened(t *testing.T) {
	var v Coverage
	v.hold([]float64{80, 90, 100, 110}, 95, 70, 100, 200) // certain and so, a half and not, impossible and not
	v.Brier = share(v.Brier, v.Asked)
	if want := (.01*.01 + .5*.5 + .01*.01) / 3; math.Abs(v.Brier-want) > 1e-9 || v.Asked != 3 {
		t.Errorf("%+v", v)
	}
	for i, want := range []Bin{{Asked: 1, Said: .01}, {}, {Asked: 1, Said: .5}, {}, {Asked: 1, Happened: 1, Said: .99}} {
		if v.Bins[i] != want {
			t.Errorf("bin %d is %+v", i, v.Bins[i])
		}
	}
}

// What was known later must not change what would have been said.
func TestPastForecastsDoNotPeek(t *testing.T) {
	luck := rand.New(rand.NewPCG(3, 4))
	a := monthly(NewUrban, 80, func(int) float64 { return math.Round(100 + 10*luck.NormFloat64()) })
	b := *a
	b.values = slices.Clone(a.values)
	for m := 5*12 + 7; m < len(b.values); m++ { // from August 2024 on
		b.values[m] *= 9
	}
	then, _ := family{a}.when(2024, 7)
	other, _ := family{&b}.when(2024, 7)
	then.fit()
	other.fit()
	by := spread(then.past(2024, 7))
	if again := spread(other.past(2024, 7)); again != by {
		t.Errorf("spread by %v and %v", by, again)
	}
	if !slices.Equal(then[0].foresee(60, 71, by), other[0].foresee(60, 71, by)) {
		t.Error("the same past has two forecasts")
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
