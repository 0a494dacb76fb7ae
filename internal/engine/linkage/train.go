package linkage

import (
	"math"
	"slices"
)

// Trained is a model with all that was learnt: everything that a weight depends on.
type Trained struct {
	Model  string      `json:"model"`  // hash of the model file
	Prior  float64     `json:"prior"`  // log2 of the odds that two random records belong together
	Levels [][]Level   `json:"levels"` // comparison → level
	Bits   [][]float64 `json:"bits"`   // comparison → level → weight
	// Shifts are the classes of pairs that break the independence of columns; empty when the model names no related columns.
	Shifts []Shift     `json:"shifts,omitempty"`
	M      [][]float64 `json:"m"`      // share of the level among pairs that belong together, missing left out
	U      [][]float64 `json:"u"`      // and among pairs that do not
	Labels int         `json:"labels"` // pairs with the same valid identifier that served as labels
	Rounds int         `json:"rounds"`
	Found  float64     `json:"found"` // pairs that belong together, as estimated among the candidates

	p *plan
	d *Data
}

// Shift is a class of pairs: of one person at one place, of one person who has moved, or of two people who live together.
type Shift struct {
	Kin   bool        `json:"kin"`
	Prior float64     `json:"prior"` // log2 of its share among pairs of one person; for kin of its odds among all others
	Bits  [][]float64 `json:"bits"`  // comparison → level → log2 of the ratio to all pairs of one person; for kin to strangers
}

// count is how often a vector was seen.
type count struct {
	vector uint64
	n      float64
}

// train learns u, then m and the prior.
func train(d *Data, b *blocks) *Trained {
	t := &Trained{Model: d.plan.model.Hash(), p: d.plan, d: d}
	t.p.classify(d)
	t.U = t.p.randomShares(d)
	labels := t.p.labels(d)
	pairs := t.p.histogram(d, b)
	t.expect(pairs, labels)
	for _, c := range t.p.comps {
		t.Levels = append(t.Levels, c.levels)
	}
	t.p.arrange(t)
	return t
}

// valueCounts counts the records that have each value of a column, in the left and right file together.
func (d *Data) valueCounts(col int) []int {
	counts := make([]int, d.plan.columns[col].dom.values.size())
	for i := col; i < len(d.codes); i += d.width {
		counts[d.codes[i]]++
	}
	return counts
}

// classify puts every value into its class of rareness.
func (p *plan) classify(d *Data) {
	for _, c := range p.comps {
		if c.classes == 1 {
			continue
		}
		counts := d.valueCounts(c.col)
		present := d.n - counts[0]
		c.buckets = make([]uint8, len(counts))
		c.mass = make([]float64, len(c.levels))
		for v := 1; v < len(counts); v++ {
			c.buckets[v] = classOf(counts[v], present)
			c.mass[c.same+c.buckets[v]] += float64(counts[v]) / float64(present)
		}
		if c.sounding != 0 {
			c.classifySounds(p.columns[c.col].dom.kind.(sounder), counts, present)
		}
	}
}

// randomShares is u: agreement on the same value is computed from the values' frequencies, the rest measured on random pairs.
func (p *plan) randomShares(d *Data) [][]float64 {
	u := make([][]float64, len(p.comps))
	sampled := p.sample(d)
	for i, c := range p.comps {
		exact := p.exactShares(d, c)
		rest, total := 0.0, 0.0
		for l := 1; l < len(c.levels); l++ {
			if exact[l] < 0 {
				rest += sampled[i][l] + .5/float64(len(c.levels))
			} else {
				total += exact[l]
			}
		}
		u[i] = make([]float64, len(c.levels))
		for l := 1; l < len(c.levels); l++ {
			if exact[l] >= 0 {
				u[i][l] = exact[l]
			} else {
				u[i][l] = (1 - total) * (sampled[i][l] + .5/float64(len(c.levels))) / rest
			}
		}
	}
	return u
}

// exactShares gives the shares of levels that only equal values reach, -1 for the others.
func (p *plan) exactShares(d *Data, c *comparison) []float64 {
	out := make([]float64, len(c.levels))
	for l := range out {
		out[l] = -1
	}
	for l := range c.classes {
		out[int(c.same)+l] = 0
	}
	size := p.columns[c.col].dom.values.size()
	left, right := make([]int, size), make([]int, size)
	edge := d.rights() * d.width
	for i := c.col; i < len(d.codes); i += d.width {
		if i < edge {
			left[d.codes[i]]++
		} else {
			right[d.codes[i]]++
		}
	}
	nl, nr := float64(d.rights()-left[0]), float64(d.n-d.rights()-right[0])
	pairs := nl * (nl - 1) / 2
	if d.matching() {
		pairs = nl * nr
	}
	pairs = max(pairs, 1)
	floor := make([]float64, len(c.levels))
	dom := p.columns[c.col].dom
	if c.sounding != 0 {
		p.soundShares(c, left, right, d.matching(), pairs, out, floor)
	}
	for v := 1; v < size; v++ {
		if dom.same(uint32(v)) != 0 {
			continue
		}
		l := int(c.same)
		if c.classes > 1 {
			l += int(c.buckets[v])
			// However rare a value seems, another record can have it: at least half of what its class says.
			share := float64(left[v]+right[v]) / max(1, nl+nr)
			floor[l] += share * math.Exp2(-float64(frequencies-int(c.buckets[v])+commonest)) / 2
		}
		if d.matching() {
			out[l] += float64(left[v]) * float64(right[v]) / pairs
		} else {
			out[l] += float64(left[v]) * float64(left[v]-1) / 2 / pairs
		}
	}
	for l := range out {
		if out[l] >= 0 {
			out[l] = max(out[l], floor[l], .01/pairs)
		}
	}
	return out
}

// soundShares gives the shares of levels that only other values with the same sound reach: all pairs that sound the same less
// those that are written the same. They are too rare to be met among random pairs.
func (p *plan) soundShares(c *comparison, left, right []int, matching bool, pairs float64, out, floor []float64) {
	_, key := p.columns[c.col].dom.kind.(sounder).sounds()
	type sum struct{ left, right, same float64 }
	chance := func(l, r float64) float64 {
		if matching {
			return l * r
		}
		return l * (l - 1) / 2
	}
	bySound := map[uint64]*sum{}
	keys := make([]uint64, len(left))
	for v := 1; v < len(left); v++ {
		if left[v]+right[v] == 0 {
			continue
		}
		keys[v] = key(uint32(v))
		s := bySound[keys[v]]
		if s == nil {
			s = &sum{}
			bySound[keys[v]] = s
		}
		s.left += float64(left[v])
		s.right += float64(right[v])
		s.same += chance(float64(left[v]), float64(right[v]))
	}
	from := int(c.sounding)
	for l := range frequencies {
		out[from+l] = 0
	}
	all, other, records := 0.0, 0.0, 0.0
	done := map[uint64]bool{}
	for v := 1; v < len(left); v++ { // in order, so that sums are always the same
		if s := bySound[keys[v]]; left[v]+right[v] > 0 && !done[keys[v]] {
			done[keys[v]] = true
			n := chance(s.left, s.right)
			out[from+int(c.sounds[v])] += (n - s.same) / pairs
			all, other, records = all+n, other+n-s.same, records+s.left+s.right
		}
	}
	for v := 1; v < len(left); v++ {
		if n := left[v] + right[v]; n > 0 {
			l := from + int(c.sounds[v])
			floor[l] += float64(n) / records * math.Exp2(-float64(frequencies-int(c.sounds[v])+commonest)) / 2 * other / max(all, 1)
		}
	}
}

// sample counts levels on random pairs.
func (p *plan) sample(d *Data) [][]float64 {
	counts := make([][]float64, len(p.comps))
	for i, c := range p.comps {
		counts[i] = make([]float64, len(c.levels))
	}
	if d.n < 2 || d.matching() && d.rights() == d.n {
		return counts
	}
	const parts = 16
	partial := make([][][]float64, parts)
	n := int(min(float64(p.model.Training.Sample), d.possible()*4)) / parts
	parallel(parts, func(part int) {
		r := random(mix(p.model.Training.Seed, uint64(part)))
		mine := make([][]float64, len(p.comps))
		for i, c := range p.comps {
			mine[i] = make([]float64, len(c.levels))
		}
		for range n {
			x, y := 0, 0
			if d.matching() {
				x, y = r.below(d.split), d.split+r.below(d.n-d.split)
			} else if x, y = r.below(d.n), r.below(d.n); x == y {
				continue
			}
			a, b := d.row(uint32(x)), d.row(uint32(y))
			for i, c := range p.comps {
				mine[i][c.level(p, a, b)]++
			}
		}
		partial[part] = mine
	})
	for _, mine := range partial {
		for i := range mine {
			for l, n := range mine[i] {
				counts[i][l] += n
			}
		}
	}
	return counts
}

// histogram counts the vectors of the candidates; when there are more than the model wants, of a part of the blocks.
func (p *plan) histogram(d *Data, b *blocks) []count {
	every := uint32(max(1, math.Ceil(b.total()/float64(p.model.Training.Pairs))))
	want := func(key uint32) bool { return every == 1 || key32(mix(uint64(key), p.model.Training.Seed))%every == 0 }
	parts := make([]map[uint64]float64, b.chunks())
	b.scan(want, func(chunk int, i, j uint32) {
		if parts[chunk] == nil {
			parts[chunk] = map[uint64]float64{}
		}
		parts[chunk][p.vector(d.row(i), d.row(j))] += float64(every)
	})
	all := map[uint64]float64{}
	for _, part := range parts {
		for v, n := range part {
			all[v] += n
		}
	}
	return sorted(all)
}

func sorted(m map[uint64]float64) []count {
	out := make([]count, 0, len(m))
	for v, n := range m {
		out = append(out, count{v, n})
	}
	slices.SortFunc(out, func(a, b count) int {
		if a.vector < b.vector {
			return -1
		}
		return 1
	})
	return out
}

// classifySounds puts every value into the class of its sound, which is commoner than the value alone.
func (c *comparison) classifySounds(s sounder, counts []int, present int) {
	_, key := s.sounds()
	bySound := map[uint64]int{}
	keys := make([]uint64, len(counts))
	for v := 1; v < len(counts); v++ {
		keys[v] = key(uint32(v))
		bySound[keys[v]] += counts[v]
	}
	c.sounds = make([]uint8, len(counts))
	for v := 1; v < len(counts); v++ {
		c.sounds[v] = classOf(bySound[keys[v]], present)
		c.mass[c.sounding+c.sounds[v]] += float64(counts[v]) / float64(present)
	}
}
