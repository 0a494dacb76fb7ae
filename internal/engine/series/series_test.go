package series

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var nan = math.NaN()

func TestAConstantSeriesStaysAsItIs(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 12, 30, 60} {
		y := slices.Repeat([]float64{40}, n)
		for name, fit := range map[string]Fit{"theta": Theta, "thetaf": Thetaf, "naive": Naive, "seasonal": SeasonalNaive} {
			m, err := fit(y, 12)
			if err != nil {
				t.Fatalf("%s of %d: %v", name, n, err)
			}
			for _, v := range m.Mean(14) {
				if math.Abs(v-40) > 1e-6 {
					t.Errorf("%s of %d values says %v", name, n, v)
				}
			}
			lo, hi := m.Interval(3, .8)
			if n > 12 && (hi[2]-lo[2] > 1e-6) {
				t.Errorf("%s of %d values is unsure: %v to %v", name, n, lo[2], hi[2])
			}
			if n == 1 && hi[0]-lo[0] < 10 {
				t.Errorf("%s of a single value is sure of itself: %v to %v", name, lo[0], hi[0])
			}
		}
	}
}

func TestAStraightLineGoesOnWithHalfItsSlope(t *testing.T) {
	y := make([]float64, 40)
	for i := range y {
		y[i] = 100 + 10*float64(i)
	}
	m, err := Theta(y, 1)
	if err != nil {
		t.Fatal(err)
	}
	mean := m.Mean(4)
	if math.Abs(mean[3]-mean[0]-15) > .1 || mean[0] < 485 || mean[0] > 500 {
		t.Errorf("%v", mean)
	}
}

// Hiring that doubles every March does so in the forecast too, and what never happens in February never will.
func TestASeasonIsKept(t *testing.T) {
	var y []float64
	for i := range 60 {
		v := 100 + float64(i)
		switch i % 12 {
		case 2:
			v *= 2
		case 1:
			v = 0
		}
		y = append(y, v)
	}
	for name, fit := range map[string]Fit{"theta": Theta, "thetaf": Thetaf, "seasonal": SeasonalNaive} {
		m, err := fit(y, 12)
		if err != nil {
			t.Fatal(err)
		}
		mean := m.Mean(12)
		if mean[1] > 1 || mean[2] < 1.7*mean[3] || mean[2] > 2.3*mean[3] {
			t.Errorf("%s: %v", name, mean)
		}
	}
}

func TestMissingMonthsDoNotMoveTheRest(t *testing.T) {
	var whole []float64
	for i := range 48 {
		whole = append(whole, 200+2*float64(i)+60*math.Sin(2*math.Pi*float64(i)/12))
	}
	holed := slices.Clone(whole)
	holed[7], holed[20], holed[21] = nan, nan, nan
	holed = append([]float64{nan, nan}, holed...)
	a, err := Theta(whole, 12)
	b, err2 := Theta(holed, 12)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for i, v := range a.Mean(12) {
		if w := b.Mean(12)[i]; math.Abs(v-w) > .08*v {
			t.Errorf("step %d: %v with all months, %v with gaps", i+1, v, w)
		}
	}
}

func TestWhatCannotBeForecastSaysWhy(t *testing.T) {
	for _, c := range []struct {
		y      []float64
		season int
		want   string
	}{
		{nil, 12, "没有可用的历史数值，无法预测"},
		{[]float64{nan, nan}, 12, "没有可用的历史数值，无法预测"},
		{[]float64{1, 2}, 0, "一年的期数应为 1 或更大的整数，例如按月为 12、按季为 4"},
		{[]float64{1, 2, nan}, 12, "最后一期还没有数值，请预测到上一期为止的序列，再多预测一期"},
		{[]float64{1, nan, nan, nan, 3}, 4, "5 期里只有 2 期有数值，缺得太多，无法预测"},
		{[]float64{1, math.Inf(1)}, 4, "第 2 个数值是无穷大，请先更正"},
	} {
		for _, fit := range []Fit{Theta, Naive, SeasonalNaive, func(y []float64, m int) (Model, error) { return Best(y, m, 3) }} {
			if _, err := fit(c.y, c.season); err == nil || err.Error() != c.want {
				t.Errorf("%v: %v", c.y, err)
			}
		}
	}
}

func TestWhatAMethodMissedIsCountedFromEveryStep(t *testing.T) {
	// From 10 20 the naive forecast says 20 20, from 10 20 10 it says 10; 10 and 20 came.
	if off, err := missed([]float64{10, 20, 10, 20}, 1, 2, Naive); err != nil || off != 10+0+10 {
		t.Errorf("%v (%v)", off, err)
	}
	if off, err := missed([]float64{10, 20, nan, 20}, 1, 2, Naive); err != nil || off != 0 {
		t.Errorf("with a month that is not known: %v (%v)", off, err)
	}
}

func TestBestKeepsToTheSeasonWhereItIsAllThereIs(t *testing.T) {
	pattern := []float64{5, 90, 20, 60}
	var y []float64
	for i := range 32 {
		y = append(y, pattern[i%4])
	}
	y[15] = 300 // once; the theta method carries it on for a while
	m, err := Best(y, 4, 8)
	if err != nil {
		t.Fatal(err)
	}
	if mean := m.Mean(4); math.Abs(mean[1]-90) > 9 {
		t.Errorf("%s: %v", m.Name(), mean)
	}
}

// Whatever comes in: as many steps as asked for, the mean inside the interval, wide ones around narrow ones, nothing below zero that never was,
// and the same futures for the same seed.
func TestWhateverComesInForecastsAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOfN(rapid.Float64Range(0, 1e6), 1, 50).Draw(t, "y")
		season := rapid.SampledFrom([]int{1, 4, 12}).Draw(t, "season")
		h := rapid.IntRange(1, 20).Draw(t, "h")
		fit := rapid.SampledFrom([]Fit{Theta, Thetaf, Naive, SeasonalNaive}).Draw(t, "fit")
		m, err := fit(y, season)
		if err != nil {
			t.Fatal(err)
		}
		mean := m.Mean(h)
		lo, hi := m.Interval(h, .8)
		low, high := m.Interval(h, .95)
		for i := range h {
			if len(mean) != h || !(0 <= low[i] && low[i] <= lo[i] && lo[i] <= mean[i]+1e-9 && mean[i] <= hi[i]+1e-9 && hi[i] <= high[i]) {
				t.Fatalf("step %d: %v, %v to %v, %v to %v", i, mean[i], lo[i], hi[i], low[i], high[i])
			}
		}
		a, b := m.Paths(h, 5, 7), m.Paths(h, 5, 7)
		for k := range a {
			if len(a[k]) != h || !slices.Equal(a[k], b[k]) || slices.Min(a[k]) < 0 {
				t.Fatalf("%v, %v", a[k], b[k])
			}
		}
	})
}

// Simulated futures are as uncertain as the interval says.
func TestFuturesFillTheInterval(t *testing.T) {
	var y []float64
	for i := range 48 {
		y = append(y, 500+3*float64(i)+40*math.Sin(float64(i*i))+90*math.Sin(2*math.Pi*float64(i)/12))
	}
	for name, fit := range map[string]Fit{"theta": Theta, "naive": Naive, "seasonal": SeasonalNaive} {
		m, err := fit(y, 12)
		if err != nil {
			t.Fatal(err)
		}
		lo, hi := m.Interval(14, .8)
		paths := m.Paths(14, 4000, 1)
		for _, step := range []int{0, 5, 13} {
			in := 0
			for _, p := range paths {
				if lo[step] <= p[step] && p[step] <= hi[step] {
					in++
				}
			}
			if in < 3080 || in > 3320 {
				t.Errorf("%s: %d of 4000 futures lie in the 80 %% interval of step %d", name, in, step+1)
			}
		}
	}
}

func TestQuantilesOfStudentAreThoseOfTheTables(t *testing.T) {
	for _, c := range []struct {
		p    float64
		free int
		want float64
	}{{.9, 1, 3.078}, {.975, 2, 4.303}, {.9, 3, 1.638}, {.975, 5, 2.571}, {.975, 30, 2.042}, {.9, 1000, 1.282}} {
		if got := student(c.p, c.free); math.Abs(got-c.want) > .012*c.want {
			t.Errorf("t(%v, %d) = %.3f, the tables have %.3f", c.p, c.free, got, c.want)
		}
	}
}
