package plan

import (
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/register/indicator"
)

func TestARankSaysHowSureItIs(t *testing.T) {
	event := func(n int64, people float64) Contender {
		return Contender{Indicator: indicator.Event, Cell: cell{numerator: n}, Base: people}
	}
	share := func(part, whole int64) Contender {
		return Contender{Indicator: indicator.Rate, Cell: cell{part, whole}}
	}
	cases := []struct {
		name string
		list []Contender
		down bool
		want []Rank
	}{
		{"far apart there is no doubt", []Contender{event(9000, 1000), event(1000, 1000), event(5000, 1000)}, false, []Rank{{1, 1, 1}, {3, 3, 3}, {2, 2, 2}}},
		{"a few people's difference is chance", []Contender{event(100, 1000), event(101, 1000)}, false, []Rank{{2, 1, 2}, {1, 1, 2}}},
		{"less unemployment is better", []Contender{share(900, 10000), share(100, 10000)}, true, []Rank{{2, 2, 2}, {1, 1, 1}}},
		{"nobody lives in one", []Contender{event(0, 0), event(5, 100)}, false, []Rank{{0, 0, 0}, {1, 1, 1}}},
		{"the same number is the same place", []Contender{event(50, 100), event(50, 100), event(9000, 100)}, false, []Rank{{2, 2, 3}, {2, 2, 3}, {1, 1, 1}}},
		{"none", nil, false, nil},
	}
	for _, c := range cases {
		got := ranks(c.list, c.down, 7)
		for i := range c.want {
			if got[i] != c.want[i] {
				t.Errorf("%s: the %d. has rank %+v, want %+v", c.name, i+1, got[i], c.want[i])
			}
		}
	}
}

func TestARankLiesWithinItsRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Contender
		for range rapid.IntRange(1, 12).Draw(t, "areas") {
			list = append(list, Contender{Indicator: indicator.Event, Cell: cell{numerator: rapid.Int64Range(0, 5000).Draw(t, "n")}, Base: rapid.Float64Range(1, 1e5).Draw(t, "people")})
		}
		for i, r := range ranks(list, false, 1) {
			if r.Low < 1 || r.Place < r.Low || r.High < r.Place || r.High > len(list) {
				t.Fatalf("%d of %d has %+v", i, len(list), r)
			}
		}
	})
}
