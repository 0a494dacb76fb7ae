package honest_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"jiuye/internal/engine/honest"
	"jiuye/internal/engine/honest/trial"
)

// twelve is a year that nobody would ask about.
var twelve = []float64{83, 61, 97, 104, 122, 131, 118, 96, 109, 127, 93, 142}

func panel(years ...[]float64) *honest.Panel {
	s := honest.Series{Area: "152921"}
	for _, y := range years {
		s.Reported = append(s.Reported, y...)
	}
	return &honest.Panel{First: 2023, Series: []honest.Series{s}}
}

func times(by float64, list []float64) []float64 {
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = math.Round(by * v)
	}
	return out
}

func find(t *testing.T, p *honest.Panel, kind honest.Kind, year int) *honest.Finding {
	t.Helper()
	scores, err := honest.Examine(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range honest.Usual.Findings(scores) {
		if f.Kind == kind && f.Year == year {
			return &f
		}
	}
	return nil
}

func TestWhatAReportShows(t *testing.T) {
	other := []float64{90, 55, 101, 99, 130, 122, 125, 90, 117, 119, 99, 133}
	with := func(p *honest.Panel, do func(s *honest.Series)) *honest.Panel { do(&p.Series[0]); return p }
	for _, c := range []struct {
		name string
		p    *honest.Panel
		kind honest.Kind
		has  bool
	}{
		{"last year's figures times 1.05", panel(twelve, times(1.05, twelve)), honest.Copy, true},
		{"last year's figures", panel(twelve, twelve), honest.Copy, true},
		{"a year of its own", panel(twelve, other), honest.Copy, false},
		{"all figures end in 0", panel(twelve, times(10, times(.1, other))), honest.Round, true},
		{"all figures end in 0, as declared", with(panel(twelve, times(10, times(.1, other))), func(s *honest.Series) { s.Rounded = 10 }), honest.Round, false},
		{"figures end as they do", panel(twelve, other), honest.Round, false},
		{"the register has a fifth less", with(panel(twelve, other), func(s *honest.Series) { s.Recomputed = times(1/1.2, s.Reported) }), honest.Compare, true},
		{"the register has two people more", with(panel(twelve, other), func(s *honest.Series) { s.Recomputed = slices.Clone(s.Reported); s.Recomputed[20] += 2 }), honest.Compare, false},
		{"the year's total is not that of its months", with(panel(twelve, other), func(s *honest.Series) { s.Totals = map[int]float64{2024: 1290} }), honest.Sum, true},
		{"the year's total differs by one in two thousand", with(panel(times(10, twelve), times(10, other)), func(s *honest.Series) { s.Totals = map[int]float64{2024: 12806} }), honest.Sum, false},
		{"a cumulative figure that fell", panel(twelve, append([]float64{-5}, other[1:]...)), honest.Falling, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if f := find(t, c.p, c.kind, 2024); (f != nil) != c.has {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestASumSaysWhichMonthItsPartsDoNotMakeUp(t *testing.T) {
	p := panel(twelve)
	p.Series = append(p.Series, honest.Series{Area: "152922", Reported: times(2, twelve)}, honest.Series{Area: "1529", Reported: times(3, twelve), Parts: []int{0, 1}})
	if f := find(t, p, honest.Sum, 2023); f != nil {
		t.Errorf("a sum that adds up: %+v", f)
	}
	p.Series[1].Reported[4] += 10
	if f := find(t, p, honest.Sum, 2023); f == nil || f.Series != 2 || f.Seen != 366 || f.Expected != 376 {
		t.Errorf("%+v", f)
	}
}

func TestAnInflatedYearSaysHowMuchWasExpected(t *testing.T) {
	p := trial.Honest(trial.Common, 5)
	trial.Frauds[2].Do(rand.New(rand.NewPCG(1, 1)), p, 80, 7)
	for i := range p.Series {
		p.Series[i].Recomputed = nil
	}
	f := find(t, p, honest.Inflate, p.First+7)
	if f == nil || f.Series != 80 || math.Abs(f.Seen/f.Expected-1.2) > .08 {
		t.Errorf("%+v", f)
	}
}

func TestAPanelWithAShortSeriesIsRefused(t *testing.T) {
	p := panel(twelve)
	p.Series = append(p.Series, honest.Series{Reported: twelve[:11]})
	if _, err := honest.Examine(p); err == nil {
		t.Error("taken")
	}
}

func TestMissingMonthsAndEmptyYearsAreNotJudged(t *testing.T) {
	gap := slices.Clone(twelve)
	gap[3] = math.NaN()
	p := panel(twelve, gap, make([]float64, 12), twelve)
	scores, err := honest.Examine(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range scores {
		if s.Year == 2024 && s.Kind != honest.Falling && s.Kind != honest.Sum {
			t.Errorf("a year with a gap: %+v", s)
		}
		if math.IsNaN(s.Value) {
			t.Errorf("not a number: %+v", s)
		}
	}
}

func TestBunchingAndBenford(t *testing.T) {
	totals, targets := []float64{1001, 1004, 1003, 1002, 1009, 985}, []float64{1000, 1000, 1000, 1000, 1000, 1000}
	if z, over, under := honest.Bunching(totals, targets, .02); over != 5 || under != 1 || math.Abs(z-4/math.Sqrt(6)) > 1e-9 {
		t.Error(z, over, under)
	}
	var natural, even []float64
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 2000 {
		natural, even = append(natural, math.Exp(9*r.Float64())), append(even, 1+float64(i))
	}
	if chi, ok := honest.Benford(natural); !ok || chi > 20 {
		t.Error(chi, ok)
	}
	if chi, ok := honest.Benford(even); !ok || chi < 100 {
		t.Error(chi, ok)
	}
	huge := slices.Repeat([]float64{1e15, 1e12, 999_999_999_999_999, 1e9}, 30) // 1e15 has a logarithm just below 15
	if _, ok := honest.Benford(huge); !ok {
		t.Error("120 figures from 1e9 to 1e15 are not judged")
	}
	if _, ok := honest.Benford(twelve); ok {
		t.Error("twelve figures are no sample")
	}
}

func BenchmarkExamine103AreasTenYears(b *testing.B) {
	p := trial.Honest(trial.Common, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := honest.Examine(p); err != nil {
			b.Fatal(err)
		}
	}
}
