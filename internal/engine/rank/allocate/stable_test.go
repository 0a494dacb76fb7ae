package allocate

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Alim and Batu both want the herding post most; the posts want the other way round: each side's stable matching is
// the one it likes.
func TestWhoProposesGetsTheBetterMatching(t *testing.T) {
	posts := []Post{{ID: 10, Seats: 1}, {ID: 20, Seats: 1}}
	d, err := NewDispatch(posts, []Application{
		{Seeker: 1, Post: 10, Wish: 2, Fit: 1}, {Seeker: 1, Post: 20, Wish: 1, Fit: 2},
		{Seeker: 2, Post: 20, Wish: 2, Fit: 1}, {Seeker: 2, Post: 10, Wish: 1, Fit: 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[int64]int64{1: 10, 2: 20}, d.Match(SeekersPropose)); diff != "" {
		t.Error("seekers propose", diff)
	}
	if diff := cmp.Diff(map[int64]int64{1: 20, 2: 10}, d.Match(PostsPropose)); diff != "" {
		t.Error("posts propose", diff)
	}
	if n := d.BlockingPairs(map[int64]int64{}); n != 4 {
		t.Errorf("%d blocking pairs when nobody has anything, want all 4", n)
	}
}

func TestAReservedSeatGoesToTheGroupFirstAndIsNotLeftEmpty(t *testing.T) {
	posts := []Post{{ID: 1, Seats: 2, Reserved: 1}}
	strong := []Application{{Seeker: 1, Post: 1, Fit: 9}, {Seeker: 2, Post: 1, Fit: 8}, {Seeker: 3, Post: 1, Fit: 1, Group: true}}
	for name, c := range map[string]struct {
		applications []Application
		want         map[int64]int64
	}{
		"one of the group applies": {strong, map[int64]int64{1: 1, 3: 1}},
		"nobody of the group does": {strong[:2], map[int64]int64{1: 1, 2: 1}},
	} {
		for _, side := range []Side{SeekersPropose, PostsPropose} {
			d, err := NewDispatch(posts, c.applications)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, d.Match(side)); diff != "" {
				t.Error(name, side, diff)
			}
		}
	}
}

func TestMistakesInADispatchAreToldWithTheirPlace(t *testing.T) {
	for _, c := range []struct {
		posts        []Post
		applications []Application
		want         string
	}{
		{[]Post{{ID: 1, Seats: 1, Reserved: 2}}, nil, "岗位 1 有 1 个名额、保留 2 个：名额不应为负，保留不应超过名额"},
		{[]Post{{ID: 1}, {ID: 1}}, nil, "岗位 1 出现了两次"},
		{[]Post{{ID: 1}}, []Application{{Seeker: 5, Post: 2}}, "求职者 5 填报的岗位 2 不在岗位清单中"},
		{[]Post{{ID: 1}}, []Application{{Seeker: 5, Post: 1}, {Seeker: 5, Post: 1, Wish: 1}}, "求职者 5 对岗位 1 填了两次志愿"},
	} {
		if _, err := NewDispatch(c.posts, c.applications); err == nil || err.Error() != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

func BenchmarkDispatch(b *testing.B) {
	m := made["fifty places each at random"](10_000, 2_000, 3)
	var posts []Post
	for _, v := range m.vacancies {
		posts = append(posts, Post{ID: v.ID, Seats: 4, Reserved: 1})
	}
	var applications []Application
	r := rand.New(rand.NewPCG(3, 3))
	for i, s := range m.seekers {
		for _, p := range m.List(i) {
			applications = append(applications, Application{s.ID, int64(p.Vacancy), r.Float64(), p.Chance, i%5 == 0})
		}
	}
	for side, name := range []string{"seekers propose", "posts propose"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d, err := NewDispatch(posts, applications)
				if err != nil {
					b.Fatal(err)
				}
				d.Match(Side(side))
			}
		})
	}
}

func TestNoPairWouldLeaveAStableMatching(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var posts []Post
		for j := range rapid.IntRange(1, 6).Draw(t, "posts") {
			seats := rapid.IntRange(0, 3).Draw(t, "seats")
			posts = append(posts, Post{ID: int64(j), Seats: seats, Reserved: rapid.IntRange(0, seats).Draw(t, "reserved")})
		}
		var applications []Application
		for i := range rapid.IntRange(0, 12).Draw(t, "seekers") {
			group := rapid.Bool().Draw(t, "group")
			for _, p := range posts {
				if rapid.Bool().Draw(t, "applies") {
					applications = append(applications, Application{int64(i), p.ID, float64(rapid.IntRange(0, 3).Draw(t, "wish")), float64(rapid.IntRange(0, 3).Draw(t, "fit")), group})
				}
			}
		}
		d, err := NewDispatch(posts, applications)
		if err != nil {
			t.Fatal(err)
		}
		seekers, employers := d.Match(SeekersPropose), d.Match(PostsPropose)
		if a, b := d.BlockingPairs(seekers), d.BlockingPairs(employers); a != 0 || b != 0 {
			t.Fatalf("%d and %d blocking pairs", a, b)
		}
		if len(seekers) != len(employers) {
			t.Fatalf("%d and %d people with a post: a stable matching always places the same people", len(seekers), len(employers))
		}
		wish := map[[2]int64]float64{}
		used := map[int64]int{}
		for _, a := range applications {
			wish[[2]int64{a.Seeker, a.Post}] = a.Wish
		}
		for i, p := range seekers {
			used[p]++
			if other, has := employers[i]; !has || wish[[2]int64{i, p}] < wish[[2]int64{i, other}] {
				t.Fatalf("%d is better off when posts propose", i)
			}
		}
		for _, p := range posts {
			if used[p.ID] > p.Seats {
				t.Fatalf("%d people on %d seats", used[p.ID], p.Seats)
			}
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		r.Shuffle(len(applications), func(i, j int) { applications[i], applications[j] = applications[j], applications[i] })
		again, err := NewDispatch(posts, applications)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(seekers, again.Match(SeekersPropose)); diff != "" {
			t.Fatal(diff)
		}
	})
}
