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

var someOccupations = []string{"", "保洁员", "家政服务员", "电工", "焊工", "会计", "羊倌", "驯鹰人", "汽车维修工", "养老护理员"}

func place(t *rapid.T, label string) Place {
	return rapid.SampledFrom([]Place{bayan, jilan, ejin, nobody, {Area: "152921"}, {Area: "150102", Lon: 111.7, Lat: 40.8, Known: true}}).Draw(t, label)
}

func education(t *rapid.T, label string) int {
	return rapid.SampledFrom([]int{0, 10, 20, 30, 40, 60, 70, 80, 90, 55}).Draw(t, label)
}

func person(t *rapid.T) Profile {
	some := rapid.SliceOfN(rapid.SampledFrom(someOccupations), 0, 3)
	return Profile{Wish: rapid.SampledFrom(someOccupations).Draw(t, "wish"), Past: some.Draw(t, "past"), Trained: some.Draw(t, "trained"),
		Certified: some.Draw(t, "certified"), Pay: rapid.Int64Range(0, 1000000).Draw(t, "pay"), Education: education(t, "education"), Place: place(t, "home")}
}

func vacancy(t *rapid.T, id int64) Vacancy {
	return Vacancy{ID: id, Occupation: rapid.SampledFrom(someOccupations).Draw(t, "occupation"), Title: rapid.SampledFrom(someOccupations).Draw(t, "title"),
		PayLow: rapid.Int64Range(0, 900000).Draw(t, "low"), PayHigh: rapid.Int64Range(0, 900000).Draw(t, "high"), Education: education(t, "asked"),
		Place: place(t, "work"), Openings: rapid.IntRange(0, 3).Draw(t, "openings"), Applicants: rapid.IntRange(0, 3).Draw(t, "applicants")}
}

func TestEveryScoreLiesBetweenZeroAndAThousand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Prepare(person(t)).Score(vacancy(t, 1))
		if r.Score < 0 || r.Score > 1000 {
			t.Fatalf("score %d", r.Score)
		}
		if len(r.Reasons) == 0 || len(r.Reasons) != len(r.Grounds) {
			t.Fatalf("%d reasons for %d grounds", len(r.Reasons), len(r.Grounds))
		}
	})
}

func TestMorePayNeverLowersAScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, v := Prepare(person(t)), vacancy(t, 1)
		better := v
		better.PayLow += rapid.Int64Range(0, 500000).Draw(t, "more low")
		better.PayHigh += rapid.Int64Range(0, 500000).Draw(t, "more high")
		if a, b := s.Score(v).Score, s.Score(better).Score; b < a {
			t.Fatalf("%d became %d with more pay", a, b)
		}
	})
}

func TestMoreSchoolingNeverLowersAScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, v := person(t), vacancy(t, 1)
		p.Education = 70
		q := p
		q.Education = 30
		if a, b := Prepare(p).Score(v).Score, Prepare(q).Score(v).Score; b < a {
			t.Fatalf("%d became %d with more schooling", a, b)
		}
	})
}

// bruteForce compares with every vacancy.
func bruteForce(p Profile, vacancies []Vacancy, k int) []Result {
	s := Prepare(p)
	var all []found
	for i, v := range vacancies {
		if v.Openings > 0 {
			all = append(all, found{at: i, score: s.Score(v).Score, applicants: v.Applicants, id: v.ID})
		}
	}
	slices.SortFunc(all, better)
	var out []Result
	for _, f := range all[:min(k, len(all))] {
		out = append(out, s.Score(vacancies[f.at]))
	}
	return out
}

func TestTheIndexGivesWhatComparingWithEveryVacancyGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var vacancies []Vacancy
		for i := range rapid.IntRange(0, 60).Draw(t, "n") {
			vacancies = append(vacancies, vacancy(t, int64(i+1)))
		}
		p, k := person(t), rapid.IntRange(1, 12).Draw(t, "k")
		want := bruteForce(p, vacancies, k)
		got := Top(p, NewIndex(vacancies), k)
		if len(got) == 0 && len(want) == 0 {
			return
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		slices.Reverse(vacancies)
		if diff := cmp.Diff(got, Top(p, NewIndex(vacancies), k)); diff != "" {
			t.Fatalf("the order in which vacancies come decides: %s", diff)
		}
	})
}

func TestGroundsSurviveTheDatabase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Prepare(person(t)).Score(vacancy(t, 1))
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

func market(n int) ([]Vacancy, []Profile) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var names []string
	for _, f := range families {
		for _, line := range f.occupations {
			names = append(names, firstWord(line))
		}
	}
	at := func() Place {
		b := []Place{bayan, ejin, {Area: "152922", Lon: 101.67, Lat: 39.21, Known: true}}[rnd.IntN(3)]
		b.Area = fmt.Sprintf("%s%03d", b.Area[:6], 100+rnd.IntN(10))
		return b
	}
	edu := []int{0, 70, 60, 40, 30, 20}
	vacancies := make([]Vacancy, n)
	for i := range vacancies {
		pay := int64(250000 + 10000*rnd.IntN(60))
		vacancies[i] = Vacancy{ID: int64(i + 1), Occupation: names[rnd.IntN(len(names))], PayLow: pay, PayHigh: pay + 100000,
			Education: edu[rnd.IntN(len(edu))], Place: at(), Openings: 1 + rnd.IntN(5), Applicants: rnd.IntN(4)}
	}
	people := make([]Profile, 256)
	for i := range people {
		people[i] = Profile{Wish: names[rnd.IntN(len(names))], Past: []string{names[rnd.IntN(len(names))]}, Pay: int64(250000 + 10000*rnd.IntN(40)),
			Education: edu[1+rnd.IntN(5)], Place: at()}
	}
	return vacancies, people
}

func firstWord(line string) string {
	for i, r := range line {
		if r == ' ' {
			return line[:i]
		}
	}
	return line
}

func BenchmarkTop(b *testing.B) {
	for _, n := range []int{1500, 100000} {
		vacancies, people := market(n)
		ix := NewIndex(vacancies)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				Top(people[i%len(people)], ix, 10)
			}
		})
	}
}

func BenchmarkNewIndex(b *testing.B) {
	vacancies, _ := market(100000)
	b.ReportAllocs()
	for b.Loop() {
		NewIndex(vacancies)
	}
}
