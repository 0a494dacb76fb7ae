package series

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// months are so many, each as a function of its place says.
func months(n int, of func(m int) float64) Counted {
	c := Counted{}
	for m := range n {
		c.Values = append(c.Values, of(m))
	}
	return c
}

// busy is a season with a strong March and nothing in December.
var busy = []float64{1, 1, 4, 1, 1, 1, 1, .5, .5, .5, .5, 0}

func near(got, want, share float64) bool { return math.Abs(got-want) <= share*math.Abs(want)+1e-9 }

func TestCountsGoOnWithTheirLevelAndSeason(t *testing.T) {
	half := func(m int) float64 { return map[bool]float64{true: 100, false: 200}[m >= 36] }
	for _, c := range []struct {
		name string
		of   Counted
		want []float64 // the next months
		off  float64   // share of it
	}{
		{"what is always the same", months(36, func(int) float64 { return 50 }), []float64{50, 50, 50}, 1e-3},
		{"nobody ever came", months(36, func(int) float64 { return 0 }), []float64{0, 0}, 0},
		{"a season that returns, from April on", months(39, func(m int) float64 { return 60 * busy[m%12] }), []float64{60, 60, 60, 60, 30, 30, 30, 30, 0, 60, 60, 240}, .01},
		{"half since January", months(40, half), []float64{100, 100}, .12},
		{"a month that nobody knows", months(40, func(m int) float64 { return map[bool]float64{true: nan, false: 80}[m == 30] }), []float64{80, 80}, 1e-3},
		{"the last month is not known yet", months(40, func(m int) float64 { return map[bool]float64{true: nan, false: 80}[m == 39] }), []float64{80, 80}, 1e-3},
	} {
		m := Counts([]Counted{c.of}, 12)[0]
		for i, v := range m.Mean(len(c.want)) {
			if !near(v, c.want[i], c.off) && v > .05 {
				t.Errorf("%s: step %d is %.2f, want %.2f", c.name, i+1, v, c.want[i])
			}
		}
	}
}

func TestASmallAreaBorrowsTheSeasonOfTheOthers(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 1))
	var list []Counted
	for area := range 8 {
		size := map[bool]float64{true: 1, false: 100}[area == 0]
		list = append(list, months(26, func(m int) float64 { return poisson(luck, size*busy[m%12]) }))
	}
	alone, together := Counts(list[:1], 12)[0].Mean(12), Counts(list, 12)[0].Mean(12)
	off := func(said []float64) (sum float64) {
		for i, v := range said {
			sum += math.Abs(v - busy[(26+i)%12])
		}
		return sum
	}
	if off(together) > .7*off(alone) {
		t.Errorf("alone it is off by %.2f, together by %.2f", off(alone), off(together))
	}
}

func TestAnAreaWithASeasonOfItsOwnKeepsIt(t *testing.T) {
	var list []Counted
	for area := range 6 {
		list = append(list, months(60, func(m int) float64 { return 1000 * busy[(m+area/5*6)%12] }))
	}
	if mean := Counts(list, 12)[5].Mean(12); !near(mean[8], 4000, .05) { // its March is September
		t.Errorf("%.0f", mean)
	}
}

func TestASurveyIsCountedAmongItsAnswers(t *testing.T) {
	c := months(24, func(int) float64 { return 30 })
	for range c.Values {
		c.Among = append(c.Among, 300)
	}
	c.Ahead = 150
	if mean := Counts([]Counted{c}, 12)[0].Mean(2); !near(mean[1], 15, .01) {
		t.Errorf("%v", mean)
	}
}

func TestTooLittleIsNotCounted(t *testing.T) {
	short, whole := months(11, func(int) float64 { return 5 }), months(12, func(int) float64 { return 5 })
	if list := Counts([]Counted{short, whole, {}}, 12); list[0] != nil || list[1] == nil || list[2] != nil {
		t.Errorf("%v", list)
	}
	if len(Counts(nil, 12)) != 0 {
		t.Error("nothing brings something")
	}
}

// Whatever was counted: futures are whole numbers from zero on, the same for the same seed, their mean is Mean, and what the others are does not break them.
func TestWhateverWasCountedFuturesAreCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Counted
		for range rapid.IntRange(1, 4).Draw(t, "areas") {
			top := rapid.SampledFrom([]float64{0, 1, 9, 1e3, 1e7}).Draw(t, "top")
			c := Counted{Start: rapid.IntRange(0, 3).Draw(t, "start"), Ahead: rapid.SampledFrom([]float64{0, 3}).Draw(t, "ahead")}
			for range rapid.IntRange(0, 40).Draw(t, "n") {
				v := math.Round(rapid.Float64Range(0, top).Draw(t, "v"))
				if rapid.IntRange(0, 9).Draw(t, "gap") == 0 {
					v = nan
				}
				c.Values = append(c.Values, v)
			}
			list = append(list, c)
		}
		season := rapid.SampledFrom([]int{1, 4, 12}).Draw(t, "season")
		h := rapid.IntRange(1, 20).Draw(t, "h")
		for _, m := range Counts(list, season) {
			if m == nil {
				continue
			}
			for _, v := range m.Mean(h) {
				if !(v >= 0) || math.IsInf(v, 0) {
					t.Fatalf("%v", m.Mean(h))
				}
			}
			a, b := m.Paths(h, 7, 3), m.Paths(h, 7, 3)
			if len(a) != 7 {
				t.Fatalf("%d futures", len(a))
			}
			for k := range a {
				if len(a[k]) != h || !slices.Equal(a[k], b[k]) {
					t.Fatalf("%v, %v", a[k], b[k])
				}
				for _, v := range a[k] {
					if !(v >= 0) || v != math.Trunc(v) || math.IsInf(v, 0) {
						t.Fatalf("%v", a[k])
					}
				}
			}
		}
	})
}

// What wanders and strays as the model has it lies in about four of five 80 % intervals of a year's sum; seasons and wandering that are estimated
// from the same few years make them a little too narrow where counts are large.
func TestIntervalsOfWanderingCountsHoldWhatTheyShould(t *testing.T) {
	for _, c := range []struct {
		name         string
		size, wander float64
	}{{"few, steady", 4, 0}, {"many, steady", 300, 0}, {"few, wandering", 4, .05}, {"many, wandering", 300, .05}} {
		luck := rand.New(rand.NewPCG(7, 7))
		in, all := 0, 0
		for range 60 {
			var list []Counted
			var came []float64
			for range 5 {
				level, sum := c.size, 0.0
				course := months(60, func(m int) float64 {
					level *= math.Exp(c.wander * luck.NormFloat64())
					v := poisson(luck, level*busy[m%12])
					if m >= 51 {
						sum += v
					}
					return v
				})
				course.Values = course.Values[:51]
				list, came = append(list, course), append(came, sum)
			}
			for i, m := range Counts(list, 12) {
				var sums []float64
				for _, path := range m.Paths(9, 500, 1) {
					sum := 0.0
					for _, v := range path {
						sum += v
					}
					sums = append(sums, sum)
				}
				slices.Sort(sums)
				if all++; sums[50] <= came[i] && came[i] <= sums[449] {
					in++
				}
			}
		}
		share := float64(in) / float64(all)
		if share < .7 || share > .92 {
			t.Errorf("%s: %.2f of %d lie in the 80 %% interval", c.name, share, all)
		}
	}
}

func TestDrawsHaveTheirMeanAndVariance(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for _, c := range []struct{ mean, luck float64 }{{.4, 1}, {2, .3}, {12, 1}, {12, .3}, {12, 4}, {400, 1}, {400, 50}, {5000, .1}} {
		sum, square := 0.0, 0.0
		const n = 40_000
		for range n {
			v := counted(random, c.mean, c.luck)
			sum += v
			square += v * v
		}
		mean := sum / n
		luck := (square/n - mean*mean) / mean
		if want := map[bool]float64{true: c.luck, false: 1}[c.mean >= 3]; !near(mean, c.mean, .03) || !near(luck, want, .08) {
			t.Errorf("mean %v, luck %v: drawn are %.3f, %.3f", c.mean, c.luck, mean, luck)
		}
	}
	for _, shape := range []float64{.3, 2, 150, 300} {
		sum := 0.0
		for range 40_000 {
			sum += gamma(random, shape) / 40_000
		}
		if !near(sum, shape, .03) {
			t.Errorf("gamma of %v has mean %.3f", shape, sum)
		}
	}
}
