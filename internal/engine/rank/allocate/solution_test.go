package allocate

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Three cleaners and one opening that all like best: with congestion one goes there and two go elsewhere.
func cleaners(t *testing.T, weightOfLast float64) *Market {
	b := NewMarket([]Vacancy{{ID: 7, Openings: 1}, {ID: 8, Openings: 2}, {ID: 9, Openings: 3}})
	for id := int64(1); id <= 3; id++ {
		s := Seeker{ID: id}
		if id == 3 {
			s.Weight = weightOfLast
		}
		if err := b.Add(s, []Candidate{{7, .8, 1000}, {8, .6, 1000}}); err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestWhatEverybodyLikesBestGoesToOneAndToTheKeyGroupFirst(t *testing.T) {
	for _, c := range []struct {
		name       string
		weight     float64
		congestion float64
		inviting   int
		want       []int // people sent to 7, 8 and 9
		last       int   // where the third person is sent
	}{
		{"no congestion: everybody to the best", 1, 0, 5, []int{3, 0, 0}, 0},
		{"congestion spreads", 1.2, 1, 5, []int{1, 2, 0}, 0},
		{"one invitation an opening", 1.2, 0, 1, []int{1, 2, 0}, 0},
		{"the weight decides", 3, 0, 1, []int{1, 2, 0}, 0},
	} {
		s := auction(t, cleaners(t, c.weight), Options{Recommendations: 1, Invitations: c.inviting, Congestion: c.congestion})
		if diff := cmp.Diff(c.want, s.Load()); diff != "" {
			t.Error(c.name, diff)
		}
		if list := s.Of(2); len(list) != 1 || list[0].Vacancy != c.last {
			t.Errorf("%s: %v", c.name, list)
		}
	}
}

func TestWhereMoreHaveAppliedAlreadyFewerAreSent(t *testing.T) {
	for _, c := range []struct {
		waiting int // at the better paid
		want    []int
	}{{0, []int{1, 0}}, {1, []int{1, 0}}, {8, []int{0, 1}}} {
		b := NewMarket([]Vacancy{{ID: 7, Openings: 1, Waiting: c.waiting}, {ID: 8, Openings: 1}})
		if err := b.Add(Seeker{ID: 1}, []Candidate{{7, .3, 1500}, {8, .3, 1000}}); err != nil {
			t.Fatal(err)
		}
		m, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, auction(t, m, Options{Recommendations: 1, Invitations: 5, Congestion: 1}).Load()); diff != "" {
			t.Errorf("%d waiting: %s", c.waiting, diff)
		}
	}
}

// The second person is worse everywhere; a weight on first recommendations still finds them a place when it outweighs
// what the first person loses.
func TestAWeightOnFirstRecommendationsLeavesFewWithout(t *testing.T) {
	for _, c := range []struct {
		first float64
		want  [2]int // recommendations of each
	}{{0, [2]int{2, 0}}, {1, [2]int{2, 0}}, {2, [2]int{1, 1}}} { // the mean best value is 0.5
		b := NewMarket([]Vacancy{{ID: 7, Openings: 1}, {ID: 8, Openings: 1}})
		for id, chance := range []float64{.9, .1} {
			if err := b.Add(Seeker{ID: int64(id)}, []Candidate{{7, chance, 1}, {8, chance, 1}}); err != nil {
				t.Fatal(err)
			}
		}
		m, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		s := auction(t, m, Options{Recommendations: 2, Invitations: 1, First: c.first})
		if got := [2]int{len(s.Of(0)), len(s.Of(1))}; got != c.want {
			t.Errorf("first %v: %v recommendations, want %v", c.first, got, c.want)
		}
	}
}

func TestHowManyPeopleHaveAnOffer(t *testing.T) {
	s := auction(t, cleaners(t, 1), Options{Recommendations: 1, Invitations: 5})
	if got, want := s.ExpectedOffers(), ExpectedHires(1, []float64{.8, .8, .8}); math.Abs(got-want) > 1e-6 {
		t.Errorf("three people for one opening: %v, want %v", got, want)
	}
	if got := OwnBest(s.Market, 2); got.Pairs != 6 || got.Of(0)[0].Vacancy != 0 {
		t.Errorf("%d pairs, %v", got.Pairs, got.Of(0))
	}
}

func TestWhatIsLeftOver(t *testing.T) {
	b := NewMarket([]Vacancy{{ID: 7, Openings: 1}, {ID: 9, Openings: 3}})
	for id := int64(1); id <= 3; id++ {
		if err := b.Add(Seeker{ID: id}, []Candidate{{7, .5, 1}}); err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	s := auction(t, m, Options{Recommendations: 1, Invitations: 2})
	cleaning, welding := Cell{"152921", "保洁员"}, Cell{"152921", "焊工"}
	got := s.Residual(func(int) Cell { return cleaning }, func(j int) Cell { return []Cell{cleaning, welding}[j] })
	want := []Residue{
		{Cell: cleaning, Seekers: 3, Nothing: 1, Openings: 1, Unfilled: .25},
		{Cell: welding, Openings: 3, Unsought: 3, Unfilled: 3},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestExpectedHires(t *testing.T) {
	for _, c := range []struct {
		openings int
		chances  []float64
		want     float64
	}{
		{0, []float64{1}, 0},
		{1, nil, 0},
		{1, []float64{.5, .5}, .75},
		{2, []float64{.5, .5}, 1},
		{2, []float64{1, 1, 1}, 2},
	} {
		if got := ExpectedHires(c.openings, c.chances); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d openings, %v: %v, want %v", c.openings, c.chances, got, c.want)
		}
	}
}

func TestTheChargeIsTheChanceThatOpeningsAreGone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		openings, n := rapid.IntRange(0, 6).Draw(t, "openings"), rapid.IntRange(1, 30).Draw(t, "people")
		chance := rapid.Float64Range(0, 1).Draw(t, "chance")
		curve := filled(openings, chance, n)
		people := make([]float64, n)
		for k := range people {
			people[k] = chance
		}
		for k := range n - 1 {
			gain := ExpectedHires(openings, people[:k+1]) - ExpectedHires(openings, people[:k])
			if math.Abs(gain-chance*(1-float64(curve[k]))) > 1e-6 || k > 0 && curve[k] < curve[k-1] {
				t.Fatalf("the person after %d adds %v, curve %v", k, gain, curve)
			}
		}
	})
}

func TestMistakesInTheInputAreToldWithTheirPlace(t *testing.T) {
	for _, c := range []struct {
		seeker Seeker
		list   []Candidate
		want   string
	}{
		{Seeker{ID: 1, Weight: -1}, nil, "求职者 1 的权重应为正数，现为 -1"},
		{Seeker{ID: 1}, []Candidate{{8, 1, 1}}, "求职者 1 的候选岗位 8 不在岗位清单中"},
		{Seeker{ID: 1}, []Candidate{{7, 1, 1}, {7, 1, 1}}, "求职者 1 的候选岗位 7 出现了两次"},
		{Seeker{ID: 1}, []Candidate{{7, 1.5, 1}}, "求职者 1 对岗位 7 的录用概率应在 0 到 1 之间，现为 1.5"},
		{Seeker{ID: 1}, []Candidate{{7, math.NaN(), 1}}, "求职者 1 对岗位 7 的录用概率应在 0 到 1 之间，现为 NaN"},
		{Seeker{ID: 1}, []Candidate{{7, 1, -2}}, "求职者 1 对岗位 7 的收益不应为负，现为 -2"},
	} {
		err := NewMarket([]Vacancy{{ID: 7, Openings: 1}}).Add(c.seeker, c.list)
		if err == nil || err.Error() != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

func TestASeekerWhoIsAddedTwiceAndOptionsOutOfRangeAreRefused(t *testing.T) {
	b := NewMarket([]Vacancy{{ID: 7, Openings: 1}})
	for range 2 {
		if err := b.Add(Seeker{ID: 4}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Build(); err == nil || err.Error() != "求职者 4 被加入了两次" {
		t.Error(err)
	}
	for _, o := range []Options{{}, {Recommendations: 1}, {Recommendations: 1, Invitations: 1, Congestion: -1}, {Recommendations: 1, Invitations: 1, First: math.Inf(1)}} {
		if _, err := Auction(cleaners(t, 1), o); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
}
