package trial

import (
	"cmp"
	"math"
	"slices"

	"jiuye/internal/engine/rank/allocate"
)

// Policy recommends: positions of vacancies for each seeker of the market, first place first, at most so many. Noise is
// luck from 0 to 1 for a pair in this week.
type Policy struct {
	Name, Zh  string
	Recommend func(m *allocate.Market, most int, noise func(i, j int) float64) ([][]int, error)
}

// Policies are compared with one another; the first is what the others are compared with.
var Policies = []Policy{
	{"top", "各取最好", top},
	{"noise", "最好加随机", noisy},
	{"cap", "首位每空缺限15人", capped},
	{"auction", "拍卖，不计拥挤", func(m *allocate.Market, most int, _ func(i, j int) float64) ([][]int, error) {
		return auction(m, most, 0, 0)
	}},
	{"congestion", "拍卖，计拥挤", func(m *allocate.Market, most int, _ func(i, j int) float64) ([][]int, error) {
		return auction(m, most, 1, 1)
	}},
	{"deferred", "延迟接受", deferred},
}

func top(m *allocate.Market, most int, _ func(i, j int) float64) ([][]int, error) {
	out := make([][]int, len(m.Seekers()))
	for i := range out {
		out[i] = positions(m.List(i), most)
	}
	return out, nil
}

func positions(list []allocate.Placed, most int) []int {
	out := make([]int, 0, most)
	for _, p := range list[:min(most, len(list))] {
		out = append(out, p.Vacancy)
	}
	return out
}

// noisy orders by value times luck with a heavy tail, about as wide as the differences within a list.
func noisy(m *allocate.Market, most int, noise func(i, j int) float64) ([][]int, error) {
	out := make([][]int, len(m.Seekers()))
	for i := range out {
		list := m.List(i)
		for k, p := range list {
			list[k].Value *= math.Exp(-.3 * math.Log(-math.Log(noise(i, p.Vacancy))))
		}
		slices.SortStableFunc(list, func(x, y allocate.Placed) int { return cmp.Compare(y.Value, x.Value) })
		out[i] = positions(list, most)
	}
	return out, nil
}

// capped is the room's spreading before there was an allocation: each opening is the first recommendation of at most 15.
func capped(m *allocate.Market, most int, _ func(i, j int) float64) ([][]int, error) {
	left := make([]int, len(m.Vacancies()))
	for j, v := range m.Vacancies() {
		left[j] = 15 * v.Openings
	}
	out := make([][]int, len(m.Seekers()))
	for i := range out {
		list := m.List(i)
		first := slices.IndexFunc(list, func(p allocate.Placed) bool { return left[p.Vacancy] > 0 })
		if first > 0 {
			p := list[first]
			list = slices.Insert(slices.Delete(list, first, first+1), 0, p)
		}
		if first >= 0 {
			left[list[0].Vacancy]--
		}
		out[i] = positions(list, most)
	}
	return out, nil
}

func auction(m *allocate.Market, most int, congestion, first float64) ([][]int, error) {
	s, err := allocate.Auction(m, allocate.Options{Recommendations: most, Invitations: 15, Congestion: congestion, First: first})
	if err != nil {
		return nil, err
	}
	out := make([][]int, len(m.Seekers()))
	for i := range out {
		out[i] = positions(s.Of(i), most)
	}
	return out, nil
}

// deferred gives one recommendation after the other, each by a stable matching of pairs not yet used, with three seats an
// opening each time. Seekers wish by benefit, employers by the estimated chance.
func deferred(m *allocate.Market, most int, _ func(i, j int) float64) ([][]int, error) {
	out := make([][]int, len(m.Seekers()))
	posts := make([]allocate.Post, len(m.Vacancies()))
	for j, v := range m.Vacancies() {
		posts[j] = allocate.Post{ID: int64(j), Seats: 3 * v.Openings}
	}
	for range most {
		var pairs []allocate.Application
		for i := range out {
			for _, p := range m.List(i) {
				if p.Value > 0 && !slices.Contains(out[i], p.Vacancy) {
					pairs = append(pairs, allocate.Application{Seeker: int64(i), Post: int64(p.Vacancy), Wish: p.Value / p.Chance, Fit: p.Chance})
				}
			}
		}
		d, err := allocate.NewDispatch(posts, pairs)
		if err != nil {
			return nil, err
		}
		for i, j := range d.Match(allocate.SeekersPropose) {
			out[i] = append(out[i], int(j))
		}
	}
	return out, nil
}
