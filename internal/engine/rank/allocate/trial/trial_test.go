package trial

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var little = Size{Seekers: 200, Vacancies: 100, Weeks: 3, Top: 20, Recommendations: 4}

func TestNobodyIsHiredTwiceAndNoOpeningFilledTwice(t *testing.T) {
	w := newWorld(little, 5)
	for _, p := range Policies {
		r, err := try(w, p)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int]bool{}
		for j, list := range r.hired {
			if len(list) > w.vacancies[j].openings {
				t.Errorf("%s: %d hired on %d openings", p.Name, len(list), w.vacancies[j].openings)
			}
			for _, e := range list {
				if seen[e.seeker] || e.fit < line || r.benefit[e.seeker] == 0 || !r.offered[e.seeker] {
					t.Errorf("%s: %+v", p.Name, e)
				}
				seen[e.seeker] = true
			}
		}
		if len(seen) == 0 || int(r.result().Hires) != len(seen) {
			t.Errorf("%s: %d people, %v hires", p.Name, len(seen), r.result().Hires)
		}
	}
}

func TestTheSameSeedGivesTheSameTrial(t *testing.T) {
	compare := func() []Row {
		rows, err := Compare(little, 5, func(int) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	first := compare()
	if len(first) != len(Policies)*len(measures) {
		t.Errorf("%d rows", len(first))
	}
	if diff := cmp.Diff(first, compare()); diff != "" {
		t.Error(diff)
	}
}

// In the middling market allocating hires more people than giving everybody their own best, and crowds fewer of them.
func TestAllocatingHiresMoreThanEverybodysOwnBest(t *testing.T) {
	rows, err := Compare(Balanced, 5, func(int) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Policy != "congestion" {
			continue
		}
		d := r.Difference
		switch r.Measure {
		case "hires", "benefit", "offered":
			if d.Mean <= 0 {
				t.Errorf("%s changes by %v ± %v", r.Measure, d.Mean, d.Half)
			}
		case "gini", "crowd p90", "deserted":
			if d.Mean >= 0 {
				t.Errorf("%s changes by %v ± %v", r.Measure, d.Mean, d.Half)
			}
		}
	}
}

func TestAComparisonCanBeStopped(t *testing.T) {
	stop := errors.New("stopped")
	if _, err := Compare(little, 5, func(seeds int) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
	if _, err := Compare(little, 4, nil); err == nil {
		t.Error("four seeds have no interval")
	}
}

func TestGini(t *testing.T) {
	for _, c := range []struct {
		amounts []float64
		want    float64
	}{
		{nil, 0}, {[]float64{0, 0}, 0}, {[]float64{3, 3, 3}, 0}, {[]float64{0, 0, 0, 8}, .75}, {[]float64{1, 3}, .25},
	} {
		if got := Gini(c.amounts); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v, want %v", c.amounts, got, c.want)
		}
	}
}

// The known value for 19 degrees of freedom is 2.0930.
func TestStudent(t *testing.T) {
	if got := student(19); math.Abs(got-2.0930) > 1e-3 {
		t.Error(got)
	}
	if i := interval([]float64{1, 3, 2, 2, 2}); i.Mean != 2 || math.Abs(i.Half-2.776*math.Sqrt(.1)) > .01 {
		t.Errorf("%+v", i)
	}
}
