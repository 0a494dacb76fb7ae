package allocate

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// made are markets of different kinds, the same for the same seed.
var made = map[string]func(seekers, vacancies int, seed uint64) *Market{
	"everybody may go everywhere": func(n, v int, seed uint64) *Market {
		return draw(n, v, v, seed, func(r *rand.Rand, _, _ int) (float64, float64) { return r.Float64(), r.Float64() })
	},
	"fifty places each at random": func(n, v int, seed uint64) *Market {
		return draw(n, v, 50, seed, func(r *rand.Rand, _, _ int) (float64, float64) { return r.Float64(), 1 })
	},
	"all agree which places are best": func(n, v int, seed uint64) *Market {
		return draw(n, v, 50, seed, func(r *rand.Rand, _, j int) (float64, float64) { return .3, 1 / float64(1+j) })
	},
	"good people are good everywhere": func(n, v int, seed uint64) *Market {
		return draw(n, v, 50, seed, func(r *rand.Rand, i, j int) (float64, float64) {
			return float64(i+1) / float64(n), float64(j+1) / float64(v)
		})
	},
	"trades of their own, prices equal": func(n, v int, seed uint64) *Market {
		return draw(n, v, 50, seed, func(r *rand.Rand, i, j int) (float64, float64) {
			if i%20 == j%20 {
				return .5, 1
			}
			return .05, 1
		})
	},
	"whole numbers with many ties": func(n, v int, seed uint64) *Market {
		return draw(n, v, 50, seed, func(r *rand.Rand, _, _ int) (float64, float64) { return 1, float64(1 + r.IntN(3)) })
	},
}

func draw(seekers, vacancies, top int, seed uint64, pair func(r *rand.Rand, i, j int) (chance, benefit float64)) *Market {
	r := rand.New(rand.NewPCG(seed, 1))
	list := make([]Vacancy, vacancies)
	for j := range list {
		list[j] = Vacancy{ID: int64(j), Openings: 1}
	}
	b := NewMarket(list)
	for i := range seekers {
		cs := make([]Candidate, 0, top)
		for _, j := range someOf(r, vacancies, top) {
			chance, benefit := pair(r, i, j)
			cs = append(cs, Candidate{int64(j), chance, benefit})
		}
		if err := b.Add(Seeker{ID: int64(i)}, cs); err != nil {
			panic(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		panic(err)
	}
	return m
}

// someOf draws k different numbers below n.
func someOf(r *rand.Rand, n, k int) []int {
	if k >= n {
		return r.Perm(n)
	}
	seen := make(map[int]bool, k)
	out := make([]int, 0, k)
	for len(out) < k {
		if j := r.IntN(n); !seen[j] {
			seen[j] = true
			out = append(out, j)
		}
	}
	return out
}

// Asked is what a random market is made of, before it is built.
type asked struct {
	vacancies []Vacancy
	seekers   []Seeker
	lists     [][]Candidate
}

func anything(t *rapid.T) asked {
	var a asked
	for j := range rapid.IntRange(0, 8).Draw(t, "vacancies") {
		a.vacancies = append(a.vacancies, Vacancy{ID: int64(100 + j), Openings: rapid.IntRange(0, 3).Draw(t, "openings"), Waiting: rapid.SampledFrom([]int{0, 0, 1, 4}).Draw(t, "waiting")})
	}
	for i := range rapid.IntRange(0, 14).Draw(t, "seekers") {
		a.seekers = append(a.seekers, Seeker{ID: int64(i + 1), Weight: rapid.SampledFrom([]float64{0, 1, 1.5, 3}).Draw(t, "weight")})
		var list []Candidate
		for _, v := range a.vacancies {
			if rapid.Bool().Draw(t, "listed") {
				list = append(list, Candidate{v.ID, float64(rapid.IntRange(0, 10).Draw(t, "chance")) / 10, float64(rapid.IntRange(0, 5).Draw(t, "benefit"))})
			}
		}
		a.lists = append(a.lists, list)
	}
	return a
}

func (a asked) market(t interface{ Fatal(...any) }, order []int) *Market {
	b := NewMarket(a.vacancies)
	for k := range a.seekers {
		if order != nil {
			k = order[k]
		}
		if err := b.Add(a.seekers[k], a.lists[k]); err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func someOptions(t *rapid.T) Options {
	return Options{Recommendations: rapid.IntRange(1, 4).Draw(t, "recommendations"), Invitations: rapid.IntRange(1, 4).Draw(t, "invitations"),
		Congestion: rapid.SampledFrom([]float64{0, .5, 1, 2}).Draw(t, "congestion"), First: rapid.SampledFrom([]float64{0, 0, 1}).Draw(t, "first"), Within: rapid.SampledFrom([]float64{0, .1, .01}).Draw(t, "within")}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-4*(1+math.Abs(a)+math.Abs(b)) }

func auction(t testing.TB, m *Market, o Options) *Solution {
	t.Helper()
	s, err := Auction(m, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
