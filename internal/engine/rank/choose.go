package rank

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// better orders picks: most points, then lowest id. No two are equal.
func better(a, b Pick) bool { return a.Points > b.Points || a.Points == b.Points && a.ID < b.ID }

func order(a, b Pick) int { return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.ID, b.ID)) }

// chosen are the best so far, a heap with the worst of them on top.
type chosen struct {
	k    int
	list []Pick
}

// least is what something must reach to be looked at.
func (c *chosen) least() int32 {
	if len(c.list) < c.k {
		return 0
	}
	return c.list[0].Points
}

func (c *chosen) take(p Pick) {
	if len(c.list) < c.k {
		c.list = append(c.list, p)
		for i := len(c.list) - 1; i > 0 && better(c.list[(i-1)/2], c.list[i]); i = (i - 1) / 2 {
			c.list[i], c.list[(i-1)/2] = c.list[(i-1)/2], c.list[i]
		}
		return
	}
	if !better(p, c.list[0]) {
		return
	}
	c.list[0] = p
	for i := 0; ; {
		low := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(c.list); child++ {
			if better(c.list[low], c.list[child]) {
				low = child
			}
		}
		if low == i {
			return
		}
		c.list[i], c.list[low] = c.list[low], c.list[i]
		i = low
	}
}

// scratch is what one search needs for a while.
type scratch struct {
	kin    []kin
	bounds []int32
	order  []int32
	bins   [1002]int32
	rows   []*kinRow
}

// Best finds the k vacancies of the highest expected benefit that no hard condition bars, the best first, ties by id.
func (ix *Index) Best(s *Seeker, k int) []Pick {
	if k <= 0 || len(ix.rows) == 0 {
		return nil
	}
	t := ix.scratch.Get().(*scratch)
	defer ix.scratch.Put(t)
	w := ix.waysFrom(s.profile.Home)
	best := &chosen{k, make([]Pick, 0, min(k, len(ix.rows)))}
	t.arrange(ix, s, w)
	for _, at := range t.order {
		if t.bin(int(at))*chanceMost <= best.least() { // the order is by whole thousandths
			break
		}
		if t.bounds[at] < best.least() {
			continue
		}
		ix.occupation(s, int(at), t.kin[at], w, best)
	}
	slices.SortFunc(best.list, order)
	return best.list
}

// occupation looks through one occupation's places, the nearest first, until the way alone is too far.
func (ix *Index) occupation(s *Seeker, at int, k kin, w *ways, best *chosen) {
	groups := ix.groups[at*len(ix.places) : (at+1)*len(ix.places)]
	for _, p := range w.order {
		g, way := groups[p], w.to[p]
		if g.to == 0 || s.tooFar(way) {
			continue
		}
		if s.bound(&ix.sums[at], k, int(way.points), true) < best.least() { // no later place is nearer
			return
		}
		for i := g.from; i < g.to; i++ {
			if b := &ix.blocks[i]; s.bound(b, k, int(way.points), way.own) >= best.least() {
				ix.block(s, b, k, way, best)
			}
		}
	}
}

func (ix *Index) block(s *Seeker, b *block, k kin, way reach, best *chosen) {
	for j := b.from; j < b.to; j++ {
		r := &ix.rows[j]
		if s.bars(r, ix.texts, way) != free {
			continue
		}
		if points := s.worth(r, ix.texts, k, way).points; points >= best.least() {
			best.take(Pick{j, points, ix.vacancies[j].ID})
		}
	}
}

// arrange works out the person's kinship with every occupation and the order in which to look at them.
func (t *scratch) arrange(ix *Index, s *Seeker, w *ways) {
	n := len(ix.codes)
	t.kin, t.bounds, t.order = slices.Grow(t.kin[:0], n)[:n], slices.Grow(t.bounds[:0], n)[:n], slices.Grow(t.order[:0], n)[:n]
	t.rows = t.rows[:0]
	for _, x := range s.wishes {
		t.rows = append(t.rows, ix.kinTo(s.atlas, x.code))
	}
	for i := range s.marks {
		t.rows = append(t.rows, ix.kinTo(s.atlas, s.marks[i].code))
	}
	nearest := int(w.to[w.order[0]].points)
	clear(t.bins[:])
	for i := range n {
		next := 0
		t.kin[i] = s.sum(func(code) (int, int16) {
			r := t.rows[next]
			next++
			if r.moves == nil {
				return int(r.level[i]), 0
			}
			return int(r.level[i]), r.moves[i]
		})
		t.bounds[i] = s.bound(&ix.sums[i], t.kin[i], nearest, true)
		t.bins[t.bin(i)]++
	}
	sum := int32(0)
	for b := len(t.bins) - 1; b >= 0; b-- {
		sum, t.bins[b] = sum+t.bins[b], sum
	}
	for i := range n {
		b := t.bin(i)
		t.order[t.bins[b]] = int32(i)
		t.bins[b]++
	}
}

// bin is one more than a bound's whole thousandths, 0 for −1: a bound is less than its bin's thousandths.
func (t *scratch) bin(i int) int32 { return (t.bounds[i] + chanceMost) / chanceMost }

// Top gives the k best vacancies for a person with their reasons.
func (s *Seeker) Top(ix *Index, k int) []Result {
	best := ix.Best(s, k)
	if len(best) == 0 {
		return nil
	}
	out := make([]Result, len(best))
	for i, p := range best {
		out[i] = ix.Explain(s, p)
	}
	return out
}

// Explain gives a pick its factors and reasons.
func (ix *Index) Explain(s *Seeker, p Pick) Result {
	v := &ix.vacancies[p.At]
	c := codeOf(v.Work.Code)
	return s.result(v, c, &ix.rows[p.At], ix.texts, s.kin(c), reachOf(s.profile.Home, v.Place), true)
}

// Odds gives a pick's two factors without rounding: the chance of being hired, 0 to 1, and the benefit, 0 to 1,000.
func (ix *Index) Odds(s *Seeker, p Pick) (chance, benefit float64) {
	v := &ix.vacancies[p.At]
	w := s.worth(&ix.rows[p.At], ix.texts, s.kin(codeOf(v.Work.Code)), reachOf(s.profile.Home, v.Place))
	return float64(w.chance) / chanceMost, float64(w.benefit)
}

// Lists finds the k best of everybody, on several goroutines; done hears of each person once, from any of them, in any order.
// The lists do not depend on the number of workers, nor on how people are cut into parts.
func (ix *Index) Lists(a *Atlas, people []Profile, k, workers int, done func(person int, s *Seeker, best []Pick)) {
	const part = 64
	var next atomic.Int64
	var wait sync.WaitGroup
	for range max(1, workers) {
		wait.Go(func() {
			for {
				from := int(next.Add(part)) - part
				if from >= len(people) {
					return
				}
				for i := from; i < min(from+part, len(people)); i++ {
					s := a.Prepare(people[i])
					done(i, s, ix.Best(s, k))
				}
			}
		})
	}
	wait.Wait()
}

// Scan gives what Best gives by comparing with every vacancy: for checks.
func (ix *Index) Scan(s *Seeker, k int) []Pick {
	best := &chosen{k, nil}
	if k <= 0 {
		return nil
	}
	for i := range ix.rows {
		r, v := &ix.rows[i], &ix.vacancies[i]
		if way := reachOf(s.profile.Home, v.Place); s.bars(r, ix.texts, way) == free {
			best.take(Pick{int32(i), s.worth(r, ix.texts, s.kin(codeOf(v.Work.Code)), way).points, v.ID})
		}
	}
	slices.SortFunc(best.list, order)
	return best.list
}
