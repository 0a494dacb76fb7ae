package rank

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var (
	someCodes  = []string{"", "4-09-08-01", "4-09-08-02", "4-10-01-06", "4-10-01-00", "4-10", "6-31-01-03", "6-18-02-04", "6-16-01-05", "2-06-03-00", "5-03-01-02"}
	someSkills = []string{"电焊", "制图", "叉车", "蒙古语", "收银", "养老护理", ""}
	somePapers = []string{"低压电工证", "C1驾驶证"}
)

func work(label string) *rapid.Generator[Work] {
	return rapid.Custom(func(t *rapid.T) Work {
		c := rapid.SampledFrom(someCodes).Draw(t, label)
		return Work{Code: c, Name: "工种" + c, Months: rapid.IntRange(0, 80).Draw(t, "months")}
	})
}

func place(t *rapid.T, label string) Place {
	return rapid.SampledFrom([]Place{bayan, jilan, ejin, nobody, {Area: "152921"}, {Area: "150102", Lon: 111.7, Lat: 40.8, Known: true}}).Draw(t, label)
}

func education(t *rapid.T, label string) int {
	return rapid.SampledFrom([]int{0, 10, 20, 30, 40, 60, 70, 80, 90, 55}).Draw(t, label)
}

var someAtlas = &Atlas{Moves: NewMoves([]Move{{"4-09-08-01", "4-10-01-06", 40}, {"6-31-01-03", "6-18-02-04", 12}, {"6-18-02-04", "2-06-03-00", 1}, {"5-03-01-02", "4-09-08-02", 7}, {"4-10-01-06", "6-31-01-03", 90}})}

func profile(t *rapid.T) Profile {
	list := rapid.SliceOfN(work("work"), 0, 3)
	hours := rapid.SampledFrom([]Hours{0, 0, 0, Full, Part | Day, Full | Shift})
	return Profile{Wish: list.Draw(t, "wish"), Past: list.Draw(t, "past"), Trained: list.Draw(t, "trained"), Certified: list.Draw(t, "certified"),
		Skills: rapid.SliceOfN(rapid.SampledFrom(someSkills), 0, 4).Draw(t, "skills"), Licences: rapid.SliceOfN(rapid.SampledFrom(somePapers), 0, 2).Draw(t, "licences"),
		Pay: rapid.SampledFrom([]int64{0, 300000, 350000, 500000, 990001}).Draw(t, "pay"), Education: education(t, "education"), Home: place(t, "home"), Willing: rapid.Bool().Draw(t, "willing"),
		Floor: rapid.SampledFrom([]int64{0, 0, 250000, 400000}).Draw(t, "floor"), Radius: rapid.SampledFrom([]int{0, 0, 50, 600}).Draw(t, "radius"), Hours: hours.Draw(t, "hours"),
		Young: rapid.Bool().Draw(t, "young"), Welcome: Groups(rapid.IntRange(0, 3).Draw(t, "groups")), Weight: rapid.SampledFrom([]int{0, 1000, 1500}).Draw(t, "weight")}
}

func vacancy(t *rapid.T, id int64) Vacancy {
	low := rapid.SampledFrom([]int64{0, 200000, 300000, 480000}).Draw(t, "low")
	return Vacancy{ID: id, Work: work("occupation").Draw(t, "work"), PayLow: low, PayHigh: low + rapid.SampledFrom([]int64{0, 70000, 300000}).Draw(t, "more"),
		Education: education(t, "asked"), Place: place(t, "work place"), Openings: rapid.IntRange(0, 3).Draw(t, "openings"), Applicants: rapid.IntRange(0, 9).Draw(t, "applicants"),
		Experience: rapid.SampledFrom([]int{0, 0, 6, 12, 36}).Draw(t, "experience"), Hours: rapid.SampledFrom([]Hours{0, Full, Shift, Part, Day, Intern}).Draw(t, "hours"),
		Contract: rapid.SampledFrom([]int{0, 3, 12, 36, 999}).Draw(t, "contract"), Age: rapid.IntRange(0, 120).Draw(t, "age"),
		Skills: rapid.SliceOfN(rapid.SampledFrom(someSkills), 0, 4).Draw(t, "asked skills"), Licences: rapid.SliceOfN(rapid.SampledFrom(somePapers), 0, 1).Draw(t, "asked licences"),
		Friendly: Groups(rapid.IntRange(0, 3).Draw(t, "friendly")), Hazard: rapid.Bool().Draw(t, "hazard")}
}

func TestEveryPairHasAChanceABenefitAndReasonsForAndAgainst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, v := someAtlas.Prepare(profile(t)), vacancy(t, 1)
		r, brief := s.Score(v), s.Rate(v)
		brief.Reasons, brief.Grounds = r.Reasons, r.Grounds
		if diff := cmp.Diff(r, brief); diff != "" {
			t.Fatal(diff)
		}
		if r.Score < 0 || r.Score > 1000 || r.Chance < 0 || r.Chance > 1000 || r.Benefit < 0 || r.Benefit > 1000 {
			t.Fatalf("%+v", r)
		}
		if r.Barred && r.Score+r.Chance+r.Value > 0 {
			t.Fatalf("a hard condition is not met: %+v", r)
		}
		if len(r.Reasons) != len(r.Grounds) {
			t.Fatalf("%d reasons for %d grounds", len(r.Reasons), len(r.Grounds))
		}
		var favour, against int
		for _, x := range r.Reasons {
			if x.For {
				favour++
			} else {
				against++
			}
		}
		if favour == 0 || against == 0 {
			t.Fatalf("%d for and %d against: %v", favour, against, r.Grounds)
		}
	})
}

func TestMoreStatedPayNeverLowersAScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, v := plainly(profile(t)), vacancy(t, 1)
		v.PayLow, v.PayHigh = max(v.PayLow, 1), max(v.PayHigh, 1)
		better := v
		better.PayLow += rapid.Int64Range(0, 500000).Draw(t, "more low")
		better.PayHigh += rapid.Int64Range(0, 500000).Draw(t, "more high")
		if a, b := s.Score(v), s.Score(better); b.Score < a.Score {
			t.Fatalf("%d became %d with more pay", a.Score, b.Score)
		}
	})
}

func TestSchoolingUpToWhatIsAskedNeverLowersAScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, v := profile(t), vacancy(t, 1)
		p.Education, v.Education = 70, 30
		q := p
		q.Education = 30
		if a, b := plainly(p).Score(v).Score, plainly(q).Score(v).Score; b < a {
			t.Fatalf("%d became %d with more schooling", a, b)
		}
	})
}

func TestBeingInAnInvitedGroupNeverHarms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, v := profile(t), vacancy(t, 1)
		q := p
		p.Welcome = 0
		a, b := plainly(p).Score(v), plainly(q).Score(v)
		if b.Score < a.Score || v.Friendly&q.Welcome == 0 && a.Score != b.Score {
			t.Fatalf("%d became %d", a.Score, b.Score)
		}
		if diff := cmp.Diff(withoutChance(a.Reasons), withoutChance(b.Reasons)); diff != "" {
			t.Fatalf("reasons tell the group: %s", diff)
		}
	})
}

// withoutChance leaves out the estimates themselves.
func withoutChance(list []Reason) []Reason {
	return slices.DeleteFunc(slices.Clone(list), func(r Reason) bool {
		return len(r.Zh) > 6 && r.Zh[:6] == "估计"
	})
}

// naive compares with every vacancy.
func naive(s *Seeker, vacancies []Vacancy, k int) []Result {
	var all []Pick
	for i, v := range vacancies {
		var texts words
		c := codeOf(v.Work.Code)
		r := rowOf(&v, c, &texts)
		way := reachOf(s.profile.Home, v.Place)
		if v.Openings > 0 && s.bars(&r, texts, way) == free {
			all = append(all, Pick{int32(i), s.worth(&r, texts, s.kin(c), way).points, v.ID})
		}
	}
	slices.SortFunc(all, func(a, b Pick) int {
		if better(a, b) {
			return -1
		}
		return 1
	})
	var out []Result
	for _, p := range all[:min(k, len(all))] {
		out = append(out, s.Score(vacancies[p.At]))
	}
	return out
}

func TestTheIndexGivesWhatComparingWithEveryVacancyGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var vacancies []Vacancy
		for i := range rapid.IntRange(0, 120).Draw(t, "n") {
			vacancies = append(vacancies, vacancy(t, int64(i+1)))
		}
		atlas := rapid.SampledFrom([]*Atlas{nil, {}, someAtlas}).Draw(t, "atlas")
		s, k := atlas.Prepare(profile(t)), rapid.IntRange(1, 12).Draw(t, "k")
		want := naive(s, vacancies, k)
		got := s.Top(NewIndex(vacancies), k)
		if len(got) == 0 && len(want) == 0 {
			return
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		slices.Reverse(vacancies)
		if diff := cmp.Diff(got, s.Top(NewIndex(vacancies), k)); diff != "" {
			t.Fatalf("the order in which vacancies come decides: %s", diff)
		}
	})
}

func TestALargeMarketGivesWhatComparingWithEveryVacancyGives(t *testing.T) {
	vacancies, people := market(20000, 40)
	ix := NewIndex(vacancies)
	for i, p := range people {
		s := someAtlas.Prepare(p)
		got := ix.Best(s, 20)
		want := naive(s, vacancies, 20)
		for j := range want {
			if got[j].ID != want[j].ID || got[j].Score() != want[j].Score {
				t.Fatalf("person %d, place %d: vacancy %d with %d, want %d with %d", i, j+1, got[j].ID, got[j].Score(), want[j].ID, want[j].Score)
			}
		}
	}
}

func TestListsDoNotHangOnWorkersOrParts(t *testing.T) {
	vacancies, people := market(3000, 300)
	lists := func(people []Profile, workers int) [][]Pick {
		out := make([][]Pick, len(people))
		NewIndex(vacancies).Lists(someAtlas, people, 20, workers, func(i int, _ *Seeker, best []Pick) { out[i] = best })
		return out
	}
	want := lists(people, 1)
	if diff := cmp.Diff(want, lists(people, 5)); diff != "" {
		t.Errorf("five workers: %s", diff)
	}
	if diff := cmp.Diff(want, slices.Concat(lists(people[:77], 2), lists(people[77:], 1))); diff != "" {
		t.Errorf("two parts: %s", diff)
	}
}

func TestGroundsSurviveTheDatabase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := plainly(profile(t)).Score(vacancy(t, 1))
		raw, err := json.Marshal(r.Grounds)
		if err != nil {
			t.Fatal(err)
		}
		var back []Ground
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r.Reasons, Reasons(back)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func market(vacancies, people int) ([]Vacancy, []Profile) {
	rnd := rand.New(rand.NewPCG(1, 2))
	works := make([]Work, 600)
	for i := range works {
		c := code(1+rnd.IntN(6))<<24 | code(1+rnd.IntN(20))<<16 | code(1+rnd.IntN(6))<<8 | code(1+rnd.IntN(8))
		works[i] = Work{Code: c.String(), Name: c.String(), Months: rnd.IntN(100)}
	}
	some := func() Work { return works[min(rnd.IntN(len(works)), rnd.IntN(len(works)))] }
	at := func() Place {
		n := min(rnd.IntN(100), rnd.IntN(100))
		return Place{Area: fmt.Sprintf("15%04d%03d", n, 100+rnd.IntN(10)), Lon: 100 + float64(n*7%23), Lat: 38 + float64(n*5%13), Known: true}
	}
	edu := []int{0, 70, 60, 40, 30, 20}
	hours := []Hours{Full, Full, Full, Shift, Part, Day}
	list := make([]Vacancy, vacancies)
	for i := range list {
		pay := int64(250000 + 10000*rnd.IntN(60))
		list[i] = Vacancy{ID: int64(i + 1), Work: some(), PayLow: pay, PayHigh: pay + 100000, Education: edu[rnd.IntN(len(edu))], Place: at(), Openings: 1 + rnd.IntN(5),
			Applicants: rnd.IntN(20), Hours: hours[rnd.IntN(len(hours))], Contract: 12 * rnd.IntN(4), Age: rnd.IntN(90), Skills: []string{someSkills[rnd.IntN(6)]}, Experience: 12 * rnd.IntN(3)}
	}
	profiles := make([]Profile, people)
	for i := range profiles {
		profiles[i] = Profile{Wish: []Work{some()}, Past: []Work{some(), some()}, Pay: int64(250000 + 10000*rnd.IntN(40)), Education: edu[1+rnd.IntN(5)], Home: at(), Willing: true,
			Skills: []string{someSkills[rnd.IntN(6)]}}
	}
	return list, profiles
}

func BenchmarkBest(b *testing.B) {
	for _, n := range []int{1500, 100000} {
		vacancies, people := market(n, 256)
		ix := NewIndex(vacancies)
		seekers := make([]*Seeker, len(people))
		for i, p := range people {
			seekers[i] = plainly(p)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				ix.Best(seekers[i%len(seekers)], 20)
			}
		})
		b.Run(fmt.Sprint(n, "WithReasons"), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				plainly(people[i%len(people)]).Top(ix, 20)
			}
		})
	}
}

func BenchmarkNewIndex(b *testing.B) {
	vacancies, _ := market(100000, 0)
	b.ReportAllocs()
	for b.Loop() {
		NewIndex(vacancies)
	}
}
