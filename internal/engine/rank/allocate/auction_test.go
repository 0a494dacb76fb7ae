package allocate

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestNobodyGetsMoreThanAskedForAndNoVacancyMoreThanItsInvitations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, o := anything(t), someOptions(t)
		m := a.market(t, nil)
		s, err := Auction(m, o)
		if err != nil {
			t.Fatal(err)
		}
		for i := range m.Seekers() {
			list := s.Of(i)
			if len(list) > o.Recommendations {
				t.Fatalf("%d recommendations", len(list))
			}
			seen := map[int]bool{}
			for k, p := range list {
				listed := slices.ContainsFunc(a.lists[i], func(c Candidate) bool { return c.Vacancy == m.Vacancies()[p.Vacancy].ID })
				if !listed || seen[p.Vacancy] || p.Value <= 0 || k > 0 && p.Value > list[k-1].Value {
					t.Fatalf("%v of %v", list, a.lists[i])
				}
				seen[p.Vacancy] = true
			}
		}
		for j, n := range s.Load() {
			if n > m.Vacancies()[j].Openings*o.Invitations {
				t.Fatalf("%d people for %+v", n, m.Vacancies()[j])
			}
		}
	})
}

func TestTheValueLiesWithinItsProofOfTheOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, o := anything(t), someOptions(t)
		m := a.market(t, nil)
		s, err := Auction(m, o)
		if err != nil {
			t.Fatal(err)
		}
		best := flow(newRoom(m, o))
		if s.Value > best+1e-4 || best > s.Bound+1e-4 {
			t.Fatalf("value %v, optimum %v, bound %v", s.Value, best, s.Bound)
		}
		if s.Bound-s.Value > s.Step*float64(s.Pairs)+1e-4 {
			t.Fatalf("bound %v less value %v is more than %d steps of %v", s.Bound, s.Value, s.Pairs, s.Step)
		}
		within := o.Within
		if within == 0 {
			within = .005
		}
		if s.Value < (1-within)*best-1e-4 {
			t.Fatalf("value %v of %v", s.Value, best)
		}
	})
}

func TestTwoExactMethodsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, o := anything(t), someOptions(t)
		o.Recommendations, o.First = 1, 0
		r := newRoom(a.market(t, nil), o)
		if x, y := exact(r), flow(r); !near(x, y) {
			t.Fatalf("%v and %v", x, y)
		}
	})
}

func TestTheOrderOfInputChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, o := anything(t), someOptions(t)
		x, err := Auction(a.market(t, nil), o)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		r.Shuffle(len(a.vacancies), func(i, j int) { a.vacancies[i], a.vacancies[j] = a.vacancies[j], a.vacancies[i] })
		for _, list := range a.lists {
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		}
		y, err := Auction(a.market(t, r.Perm(len(a.seekers))), o)
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.seekers {
			if diff := cmp.Diff(x.Of(i), y.Of(i)); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// exactSize is how many seekers and vacancies the exact solver gets where it is slow (docs/jobs.md has the figures of 2000).
var exactSize = flag.Int("exact", 500, "seekers and vacancies for the exact solver")

func TestAtLeast99OfAHundredOfTheOptimum(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(made)) {
		for _, congestion := range []float64{0, 1} {
			t.Run(fmt.Sprint(name, " congestion ", congestion), func(t *testing.T) {
				n := *exactSize
				if name == "everybody may go everywhere" || name == "fifty places each at random" { // the exact solver is quick there
					n = 2000
				}
				if congestion > 0 {
					n = min(n, 600)
				}
				m := made[name](n, n, 7)
				o := Options{Recommendations: 1, Invitations: 1 + int(congestion), Congestion: congestion}
				s := auction(t, m, o)
				best := exact(newRoom(m, o))
				t.Logf("%.4f of the optimum, proven %.4f, %d bids", s.Value/best, s.Value/s.Bound, s.Bids)
				if s.Value < .99*best || best > s.Bound*(1+1e-6) {
					t.Errorf("value %v, optimum %v, bound %v", s.Value, best, s.Bound)
				}
			})
		}
	}
}
