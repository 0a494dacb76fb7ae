package plan

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/register/indicator"
)

// monthly is a course of so many months from 2019 on.
func monthly(i Index, n int, of func(m int) float64) *course {
	c := &course{of: Of(i), first: 201901, seed: 1}
	for m := range n {
		c.values = append(c.values, of(m))
		if i == SurveyedRate {
			c.sizes = append(c.sizes, 100)
		}
	}
	return c
}

// fitted is a course with a model of its own.
func fitted(c *course) *course {
	family{c}.fit()
	return c
}

func TestTheYearsEndFollowsFromTheMonths(t *testing.T) {
	season := func(m int) float64 { return math.Round(100 + 60*math.Sin(float64(m%12))) }
	full := 0.0
	for m := range 12 {
		full += season(m)
	}
	cases := []struct {
		name   string
		c      *course
		want   float64 // 2025, from January to December
		off    float64
		method string
	}{
		{"every month the same", monthly(NewUrban, 80, func(int) float64 { return 50 }), 600, 1, "counts"},
		{"a season that returns", monthly(NewUrban, 80, season), full, full / 100, "counts"},
		{"a level that stays", monthly(UrbanShare, 80, func(int) float64 { return 6390 }), 6390, 1, "theta"},
		{"the year is over", monthly(NewUrban, 84, func(m int) float64 { return float64(m) }), (72 + 83) * 6, 0, "known"},
		{"a year's survey is all its answers", monthly(SurveyedRate, 84, func(m int) float64 { return float64(500 + m%2*20) }), 510, 0, "known"},
		{"a survey goes on", monthly(SurveyedRate, 80, func(m int) float64 { return 500 }), 500, 10, "counts"},
	}
	for _, c := range cases {
		list := fitted(c.c).outcome(72, 83, futures)
		if got := mean(list); math.Abs(got-c.want) > c.off+1e-9 {
			t.Errorf("%s: expected is %.1f, want %.1f", c.name, got, c.want)
		}
		if method, points := c.c.method(83); method != c.method || points != len(c.c.values) {
			t.Errorf("%s: by %s from %d values", c.name, method, points)
		}
	}
}

func TestWhatIsThereDoesNotGoAway(t *testing.T) {
	c := monthly(Transfers6m, 80, func(m int) float64 { return map[bool]float64{true: 500, false: 10}[m >= 74] })
	c.unripe = ripening
	for _, v := range fitted(c).foresee(72, 83, farthest) {
		if v < 20+6*500 {
			t.Fatalf("a future of %.0f is less than what has been counted", v)
		}
	}
}

func TestTooShortAPastSaysNothing(t *testing.T) {
	for _, c := range []*course{monthly(NewUrban, 11, func(int) float64 { return 50 }), monthly(UrbanShare, 20, func(int) float64 { return math.NaN() })} {
		if list := fitted(c).foresee(0, 30, 1); list != nil {
			t.Errorf("%s: %v", c.of.ID, list[:3])
		}
	}
}

func TestIntervalsAreWidenedAsPastForecastsTeach(t *testing.T) {
	made := func(years, areas int, off float64) (list []said) { // forecasts of 100, ±10
		for n := range years * areas {
			list = append(list, said{year: 2024 - n%years, mean: 100, low: 90, high: 110, came: 100 + off*float64(1-2*(n%2))})
		}
		return list
	}
	cases := []struct {
		name string
		past []said
		want float64
	}{
		{"no past", nil, 1},
		{"as wide as they should be", made(4, 5, 10), 1},
		{"one year that was twice as far off", made(1, 5, 20), math.Pow(2, 1./3)},
		{"four years that were twice as far off", made(4, 5, 20), math.Pow(2, 2./3)},
		{"four years that were half as far off", made(4, 5, 5), math.Pow(.5, 2./3)},
		{"a break that nobody could foresee", made(4, 5, 900), math.Pow(farthest, 2./3)},
		{"always right", made(4, 5, 0), math.Pow(1./farthest, 2./3)},
		{"one of five was far off: four of five lay inside", append(made(4, 5, 10), made(1, 4, 900)...), 1},
		{"whole numbers that were met", []said{{year: 2024, mean: 26, low: 26, high: 26, came: 26.5}}, 1},
	}
	for _, c := range cases {
		if got := spread(c.past); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %.3f, want %.3f", c.name, got, c.want)
		}
	}
	outcomes := []float64{90, 100, 110}
	if widen(outcomes, 2, 85); outcomes[0] != 85 || outcomes[1] != 100 || outcomes[2] != 120 {
		t.Errorf("%v", outcomes)
	}
}

// Whatever the past forecasts were, the spread stays within its bounds, and is the same in whichever order the areas stand.
func TestTheSpreadIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []said
		for range rapid.IntRange(0, 30).Draw(t, "n") {
			low, wide := rapid.Float64Range(0, 1e6).Draw(t, "low"), rapid.Float64Range(0, 1e6).Draw(t, "wide")
			list = append(list, said{year: rapid.IntRange(2021, 2024).Draw(t, "year"), low: low, mean: low + wide/3, high: low + wide, came: rapid.Float64Range(0, 1e6).Draw(t, "came")})
		}
		by := spread(list)
		slices.Reverse(list)
		if by < 1./farthest || by > farthest || spread(list) != by {
			t.Fatalf("%v", by)
		}
	})
}

func TestChancesAreOfMeetingWhatIsWanted(t *testing.T) {
	outcomes := func() []float64 { // 0, 1 … 99
		list := make([]float64, 100)
		for i := range list {
			list[i] = float64(i)
		}
		return list
	}
	target := func(comparator string, value, high int64, cumulative bool) *indicator.Target {
		return &indicator.Target{Comparator: comparator, Value: value, High: high, Cumulative: cumulative, BaseYear: 2020, Year: 2025}
	}
	cases := []struct {
		name   string
		of     Index
		target *indicator.Target
		year   int
		wanted int64
		chance int64
	}{
		{"at least 80", NewUrban, target(indicator.AtLeast, 80, 0, true), 2025, 80, 2000},
		{"80 in all is at least 80", NewUrban, target(indicator.Equal, 80, 0, true), 2025, 80, 2000},
		{"two fifths of the way after two years", NewUrban, target(indicator.Equal, 100, 0, true), 2022, 40, 6000},
		{"a ceiling", RegisteredRate, target(indicator.AtMost, 19, 0, false), 2025, 19, 2000},
		{"a ceiling holds each year", RegisteredRate, target(indicator.AtMost, 19, 0, false), 2022, 19, 2000},
		{"about 50, less is better", SurveyedRate, target(indicator.About, 50, 0, false), 2025, 50, 5600},
		{"about 50, more is better", Productivity, target(indicator.About, 50, 0, false), 2025, 50, 5500},
		{"from 20 to 29", Productivity, target(indicator.Between, 20, 29, false), 2025, 20, 1000},
		{"not below the base", LabourShare, &indicator.Target{Comparator: indicator.InWords, Base: 90, Year: 2025}, 2025, 90, 1000},
		{"no target", NewUrban, nil, 2025, 0, -1},
	}
	for _, c := range cases {
		var o indicator.Outlook
		weigh(&o, outcomes(), goalOf(Of(c.of), c.target, nil, c.year))
		if o.Wanted != c.wanted || o.Chance != c.chance || o.Low != 10 || o.High != 89 || o.Mean != 50 {
			t.Errorf("%s: %+v", c.name, o)
		}
	}
}

func TestAForecastsPastErrorIsShown(t *testing.T) {
	missed := func(c *course, year, known int) int64 { return c.pastError(family{c}.past(year, known)) }
	if off := missed(monthly(NewUrban, 80, func(int) float64 { return 50 }), 2025, 8); off > 10 {
		t.Errorf("what never changes was forecast %d off", off)
	}
	jump := func(m int) float64 { return map[bool]float64{true: 100, false: 50}[m >= 70] } // since November 2024
	if off := missed(monthly(NewUrban, 80, jump), 2025, 8); off < 100 {
		t.Errorf("what nobody could know was forecast %d off", off)
	}
	if off := missed(monthly(NewUrban, 9, jump), 2019, 9); off != -1 {
		t.Errorf("a first year was forecast %d off", off)
	}
}
