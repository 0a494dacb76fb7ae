package plan

import (
	"math"
	"testing"

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

func TestTheYearsEndFollowsFromTheMonths(t *testing.T) {
	season := func(m int) float64 { return 100 + 60*math.Sin(float64(m%12)) }
	full := 0.0
	for m := range 12 {
		full += season(m)
	}
	cases := []struct {
		name string
		c    *course
		want float64 // 2025, from January to December
		off  float64
	}{
		{"every month the same", monthly(NewUrban, 80, func(int) float64 { return 50 }), 600, 1},
		{"a season that returns", monthly(NewUrban, 80, season), full, full / 100},
		{"a level that stays", monthly(UrbanShare, 80, func(int) float64 { return 6390 }), 6390, 1},
		{"the year is over", monthly(NewUrban, 84, func(m int) float64 { return float64(m) }), (72 + 83) * 6, 0},
		{"a year's survey is all its answers", monthly(SurveyedRate, 84, func(m int) float64 { return float64(500 + m%2*20) }), 510, 0},
	}
	for _, c := range cases {
		list, _, _, err := c.c.outcome(72, 83)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		sum := 0.0
		for _, v := range list {
			sum += v / float64(len(list))
		}
		if math.Abs(sum-c.want) > c.off+1e-9 {
			t.Errorf("%s: expected is %.1f, want %.1f", c.name, sum, c.want)
		}
	}
}

func TestWhatIsThereDoesNotGoAway(t *testing.T) {
	c := monthly(Transfers6m, 80, func(m int) float64 { return map[bool]float64{true: 500, false: 10}[m >= 74] })
	c.unripe = ripening
	list, _, _, err := c.outcome(72, 83)
	must(t, err)
	for _, v := range list {
		if v < 20+6*500 {
			t.Fatalf("a future of %.0f is less than what has been counted", v)
		}
	}
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
	if off := monthly(NewUrban, 80, func(int) float64 { return 50 }).pastError(2025, 202508); off != 0 {
		t.Errorf("what never changes was forecast %d off", off)
	}
	jump := func(m int) float64 { return map[bool]float64{true: 100, false: 50}[m >= 70] } // since November 2024
	if off := monthly(NewUrban, 80, jump).pastError(2025, 202508); off < 100 {
		t.Errorf("what nobody could know was forecast %d off", off)
	}
	if off := monthly(NewUrban, 9, jump).pastError(2019, 201909); off != -1 {
		t.Errorf("a first year was forecast %d off", off)
	}
}
