package demodata

import (
	"slices"
)

// cell is the part of a track that a class fills.
type cell struct {
	track *track
	from  int // place in the class
	n     int
	base  int              // k of the first
	picks [pickCount]int32 // where the cell begins in each pick, -1: not in it
}

// lot hands out the places of a class.
type lot struct {
	order shuffle
	cells []cell
}

// draw gives the i-th person of the class a cell and a place in it.
func (l *lot) draw(i int) (*cell, int) {
	p := l.order.at(i)
	c, found := slices.BinarySearchFunc(l.cells, p, func(c cell, p int) int { return c.from - p })
	if !found {
		c--
	}
	return &l.cells[c], p - l.cells[c].from
}

// allot hands the classes' people to the tracks: the choosiest kinds first, the outside last. What does not fit anywhere is
// left off the track and counted in w.short.
func (w *world) allot(people *[classCount]int) {
	left := *people
	order := slices.Clone(w.tracks)
	slices.SortStableFunc(order, func(a, b *track) int { return int(a.kind) - int(b.kind) })
	out := w.track(outside, yearCount-1, 0)
	for _, t := range append(order, out) {
		if t.kind == zeroMember {
			continue
		}
		if t.kind == outside {
			for _, n := range left {
				t.n += n
			}
			t.order = newShuffle(t.n, w.opts.Seed, uint64(t.number))
		}
		took := w.spread(t, &left, t.n, 0, func(c *class) float64 { return fit[t.kind](c, t.y) })
		if took < t.n {
			took += w.spread(t, &left, t.n-took, took, func(c *class) float64 { return when(loose(t.kind, c), 1) })
		}
		w.short += t.n - took
	}
	for c := range w.lots {
		w.lots[c].order = newShuffle(max(people[c], 1), w.opts.Seed, uint64(1000+c))
	}
}

// spread takes n people for a track from the classes in proportion to weight and number, and says how many it got.
func (w *world) spread(t *track, left *[classCount]int, n, base int, weight func(*class) float64) (took int) {
	var weights, want [classCount]float64
	for c := range classes {
		weights[c] = weight(&classes[c])
	}
	fill(&weights, left, float64(n), &want)
	sum := 0.0
	for c := range want {
		sum += want[c]
		take := min(max(int(sum+1e-6)-took, 0), left[c], n-took)
		w.take(t, c, take, base+took)
		left[c] -= take
		took += take
	}
	for c := range want { // what rounding left over
		take := min(left[c], n-took)
		if weights[c] > 0 && take > 0 {
			w.take(t, c, take, base+took)
			left[c] -= take
			took += take
		}
	}
	return took
}

// fill finds how much each class gives: weight × number, raised until n is reached, never more than are there.
func fill(weights *[classCount]float64, left *[classCount]int, n float64, want *[classCount]float64) {
	for range 40 {
		open, have := 0.0, 0.0
		for c, wt := range weights {
			have += want[c]
			if want[c] < float64(left[c]) {
				open += wt * float64(left[c])
			}
		}
		if open == 0 || n-have < 1e-6 {
			return
		}
		for c, wt := range weights {
			want[c] = min(want[c]+wt*float64(left[c])*(n-have)/open*one64(want[c] < float64(left[c])), float64(left[c]))
		}
	}
}

func one64(yes bool) float64 { return float64(one(yes)) }

func (w *world) take(t *track, c, n, base int) {
	if n == 0 {
		return
	}
	l := &w.lots[c]
	from := 0
	if len(l.cells) > 0 {
		last := &l.cells[len(l.cells)-1]
		from = last.from + last.n
	}
	l.cells = append(l.cells, cell{track: t, from: from, n: n, base: base})
}
