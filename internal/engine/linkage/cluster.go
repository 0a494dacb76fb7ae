package linkage

import (
	"math"
	"slices"
)

// Refusals counts unions that pairs called for and constraints forbade.
type Refusals struct {
	Identifiers int // both groups have a valid identifier, and not the same
	Conflicts   int // a rule said that two of the records are not the same
	Disagree    int // most pairs between the groups speak against it
	TooLarge    int // the group would be larger than the model allows: look at these by hand
}

// clusterer joins records, the surest pairs first, as long as nothing forbids it.
type clusterer struct {
	d       *Data
	s       *scorer
	parent  []uint32
	next    []uint32 // ring of the group's members
	size    []uint32
	id      []uint32            // valid identifier of the group, by its root; 0 for none
	against map[uint64]struct{} // pairs that must never be joined
	clashes map[uint32]bool     // records in such pairs
	refused Refusals
}

// crossLimit is how many pairs between two groups are weighed before they are joined, and crossBits how far one can go.
const crossLimit, crossBits = 64, 20.0

// cluster groups the records. Numbers are given in the order of each group's first record.
func (r *Result) cluster(d *Data) {
	c := newClusterer(d, r.Trained)
	least := r.Trained.p.model.Clusters.Threshold
	var edges []Pair
	bridges := r.bridges()
	for _, p := range r.Pairs {
		switch {
		case p.Rule == byNever:
			c.forbid(p.Left, p.Right)
		case p.Rule >= 0 && !r.Trained.p.rule(p.Rule).links:
			if bridges.over(p) {
				r.Report.Explained++
			} else {
				c.forbid(p.Left, p.Right)
			}
		case r.Trained.Probability(p) >= least:
			edges = append(edges, p)
		}
	}
	slices.SortFunc(edges, surest)
	limit := uint32(r.Trained.p.model.Clusters.Max)
	for _, e := range edges {
		c.join(e, limit)
	}
	r.Report.Refused = c.refused
	r.Clusters = make([]uint32, d.n)
	seen := make([]uint32, d.n)
	n := uint32(0)
	for rec := range uint32(d.n) {
		root := c.find(rec)
		if seen[root] == 0 {
			n++
			seen[root] = n
			if size := int(c.size[root]); size > 1 {
				r.Report.Groups++
				r.Report.LargestAt = max(r.Report.LargestAt, size)
			}
		}
		r.Clusters[rec] = seen[root] - 1
	}
}

// bridges are, of each record that a rule's conflict names, the records to which a rule links it.
type bridges map[uint32][]uint32

// bridges finds the links that can explain a conflict: two spellings that differ too much, where a third record with the
// same number agrees with both. Links that a model calls weak explain nothing.
func (r *Result) bridges() bridges {
	b := bridges{}
	for _, p := range r.Pairs {
		if p.Rule >= 0 && p.Rule != byNever && !r.Trained.p.rule(p.Rule).links {
			b[p.Left], b[p.Right] = nil, nil
		}
	}
	if len(b) == 0 {
		return b
	}
	for _, p := range r.Pairs {
		if p.Rule < 0 || !r.Trained.p.rule(p.Rule).links || r.Trained.p.rule(p.Rule).Weak {
			continue
		}
		for _, side := range [2][2]uint32{{p.Left, p.Right}, {p.Right, p.Left}} {
			if _, named := b[side[0]]; named {
				b[side[0]] = append(b[side[0]], side[1])
			}
		}
	}
	return b
}

// over reports whether a third record is linked to both sides of a conflict.
func (b bridges) over(p Pair) bool {
	return slices.ContainsFunc(b[p.Left], func(x uint32) bool { return slices.Contains(b[p.Right], x) })
}

// surest sorts people's decisions before rules, rules before weights, then by weight, then by record, so that the order never depends on chance.
func surest(a, b Pair) int {
	ruled := func(p Pair) bool { return p.Rule >= 0 }
	switch {
	case (a.Rule == byAlways) != (b.Rule == byAlways):
		if a.Rule == byAlways {
			return -1
		}
		return 1
	case ruled(a) != ruled(b):
		if ruled(a) {
			return -1
		}
		return 1
	case a.Bits > b.Bits:
		return -1
	case a.Bits < b.Bits:
		return 1
	case a.Left != b.Left:
		return compare(a.Left, b.Left)
	}
	return compare(a.Right, b.Right)
}

func newClusterer(d *Data, t *Trained) *clusterer {
	c := &clusterer{d: d, s: newScorer(t), parent: make([]uint32, d.n), next: make([]uint32, d.n), size: make([]uint32, d.n),
		id: make([]uint32, d.n), against: map[uint64]struct{}{}, clashes: map[uint32]bool{}}
	for i := range c.parent {
		c.parent[i], c.next[i], c.size[i] = uint32(i), uint32(i), 1
		if t.p.id >= 0 {
			col := t.p.comps[t.p.id].col
			if v := d.codes[i*d.width+col]; v != 0 && t.p.columns[col].dom.same(v) == 0 {
				c.id[i] = v
			}
		}
	}
	return c
}

func (c *clusterer) forbid(a, b uint32) {
	c.against[uint64(a)<<32|uint64(b)] = struct{}{}
	c.clashes[a], c.clashes[b] = true, true
}

func (c *clusterer) find(x uint32) uint32 {
	for c.parent[x] != x {
		c.parent[x] = c.parent[c.parent[x]]
		x = c.parent[x]
	}
	return x
}

func (c *clusterer) join(e Pair, limit uint32) {
	a, b := c.find(e.Left), c.find(e.Right)
	switch {
	case a == b:
		return
	case e.Rule != byAlways && c.id[a] != 0 && c.id[b] != 0 && c.id[a] != c.id[b] && !c.blind(c.id[a], c.id[b]):
		c.refused.Identifiers++
	case e.Rule != byAlways && c.size[a]+c.size[b] > limit:
		c.refused.TooLarge++
	case len(c.against) > 0 && c.forbidden(a, b):
		c.refused.Conflicts++
	case c.size[a]*c.size[b] > 1 && e.Rule < 0 && !c.agree(a, b):
		c.refused.Disagree++
	default:
		c.unite(a, b)
	}
}

// blind reports whether two identifiers cannot be compared.
func (c *clusterer) blind(v, w uint32) bool {
	blind := c.s.p.comps[c.s.p.id].blind
	return blind != nil && blind(v, w)
}

func (c *clusterer) unite(a, b uint32) {
	if c.size[a] < c.size[b] || c.size[a] == c.size[b] && b < a {
		a, b = b, a
	}
	c.parent[b] = a
	c.size[a] += c.size[b]
	c.next[a], c.next[b] = c.next[b], c.next[a]
	if c.id[a] == 0 {
		c.id[a] = c.id[b]
	}
}

// members goes around the ring of a group.
func (c *clusterer) members(root uint32, f func(uint32) bool) {
	for x := root; ; {
		if !f(x) {
			return
		}
		if x = c.next[x]; x == root {
			return
		}
	}
}

// forbidden reports whether a pair that must not be joined stands between two groups.
func (c *clusterer) forbidden(a, b uint32) (found bool) {
	c.members(a, func(x uint32) bool {
		if c.clashes[x] {
			c.members(b, func(y uint32) bool {
				_, found = c.against[uint64(min(x, y))<<32|uint64(max(x, y))]
				return !found
			})
		}
		return !found
	})
	return found
}

// agree reports whether the pairs between two groups speak for joining them, on average. One pair counts at most twenty
// bits either way, so that a single perfect likeness does not carry ten strangers.
func (c *clusterer) agree(a, b uint32) bool {
	sum, n := 0.0, 0
	c.members(a, func(x uint32) bool {
		c.members(b, func(y uint32) bool {
			bits := c.s.whole(c.d.row(x), c.d.row(y))
			sum += min(max(bits, -crossBits), crossBits)
			n++
			return n < crossLimit
		})
		return n < crossLimit
	})
	return sum > 0
}

// whole is the weight of a pair with nothing left out; a rule counts as much as weights can.
func (s *scorer) whole(a, b []uint32) float64 {
	vector := s.p.vector(a, b)
	if alive := s.p.decide(vector); alive != 0 {
		for r := range s.p.rules {
			if alive>>r&1 == 1 {
				if s.p.rules[r].links {
					return math.Inf(1)
				}
				return math.Inf(-1)
			}
		}
	}
	return s.t.sum(vector, -1)
}
