package linkage

import (
	"math"
	"slices"
)

const (
	enoughLabels = 2000 // pairs with the same identifier, from which on m is read off them
	pseudo       = 8.0  // pairs' worth of belief in the first guess of m
	rounds       = 200
	farthest     = 30.0 // bits: no single comparison says more
)

// labels counts the levels of pairs with the same valid identifier; nil when they are too few.
func (p *plan) labels(d *Data) [][]float64 {
	if p.id < 0 {
		return nil
	}
	id := p.comps[p.id]
	counts := make([][]float64, len(p.comps)+1)
	for i, c := range p.comps {
		counts[i] = make([]float64, len(c.levels))
	}
	counts[len(p.comps)] = []float64{0}
	p.labelledRecords(d, id, func(x, y uint32) {
		a, b := d.row(x), d.row(y)
		counts[len(p.comps)][0]++
		for i, c := range p.comps {
			counts[i][c.level(p, a, b)]++
		}
	})
	if counts[len(p.comps)][0] < enoughLabels {
		return nil
	}
	return counts
}

// labelledRecords goes through pairs with the same valid identifier: the neighbours among the records that share it.
func (p *plan) labelledRecords(d *Data, id *comparison, f func(x, y uint32)) {
	dom := p.columns[id.col].dom
	last := make([]uint32, dom.values.size()) // value → record before, plus one
	for rec := range uint32(d.n) {
		row := d.row(rec)
		v := row[id.col]
		if v == 0 || dom.same(v) != 0 {
			continue
		}
		right := int(rec) >= d.rights()
		if before := last[v]; before != 0 && (!d.matching() || right) {
			f(before-1, rec)
		}
		if !d.matching() || !right {
			last[v] = rec + 1
		}
	}
}

// expect estimates m and the prior by expectation maximisation over the counts of vectors, from several starts, and takes
// the likeliest end. u is known, so that the candidates need not be a fair sample of all pairs.
func (t *Trained) expect(pairs []count, labels [][]float64) {
	if labels != nil {
		t.Labels = int(labels[len(t.p.comps)][0])
	}
	var best *maximiser
	for _, start := range []struct{ agree, share float64 }{{.9, .5}, {.75, .05}, {.6, .5}} {
		e := newMaximiser(t, labels, start.agree, start.share)
		e.run(pairs)
		if best == nil || e.likelihood > best.likelihood+1e-9 {
			best = e
		}
	}
	t.M, t.U, t.Rounds = best.m, best.u, best.rounds
	t.Found = best.lambda * t.d.possible()
	t.Prior = math.Log2(best.lambda / (1 - best.lambda))
	t.Bits = make([][]float64, len(t.p.comps))
	for i, c := range t.p.comps {
		t.Bits[i] = c.weights(best.m[i], best.u[i])
	}
	if best.kin != nil {
		t.KinPrior = math.Log2(best.kinShare / (1 - best.kinShare))
		t.Kin = make([][]float64, len(t.p.comps))
		for i := range t.p.comps {
			t.Kin[i] = make([]float64, len(best.u[i]))
			for l := 1; l < len(t.Kin[i]); l++ {
				t.Kin[i][l] = min(max(math.Log2(best.kin[i][l]/best.u[i][l]), -farthest), farthest)
			}
		}
	}
}

// maximiser is one run of the algorithm.
type maximiser struct {
	t          *Trained
	m, u       [][]float64
	first      [][]float64 // the first guess, to which pseudo pairs hold
	fixed      []bool      // comparisons whose m the labels gave
	kin        [][]float64 // the shares among people who live together, nil without such a class
	kinShare   float64
	lambda     float64
	likelihood float64
	rounds     int
}

func newMaximiser(t *Trained, labels [][]float64, agree, share float64) *maximiser {
	n := len(t.p.comps)
	e := &maximiser{t: t, m: make([][]float64, n), u: make([][]float64, n), first: make([][]float64, n), fixed: make([]bool, n)}
	e.lambda = e.bound(share * float64(min(t.d.rights(), t.d.n)) / t.d.possible())
	if len(t.p.model.Training.Related) > 0 {
		e.kin, e.kinShare = make([][]float64, n), e.lambda
	}
	for i, c := range t.p.comps {
		e.first[i] = c.guess(t.U[i], agree)
		e.m[i] = slices.Clone(e.first[i])
		e.u[i] = slices.Clone(t.U[i])
		if e.kin != nil {
			e.kin[i] = slices.Clone(t.U[i])
			if c.related {
				e.kin[i] = slices.Clone(e.first[i])
			}
		}
		if labels != nil && i != t.p.id {
			e.fixed[i] = true
			e.learn(i, labels[i])
		}
	}
	return e
}

// guess is m before anything is learnt: most pairs agree, the weaker a degree the fewer; agreeing pairs are as rare or
// common as values are.
func (c *comparison) guess(u []float64, agree float64) []float64 {
	m := make([]float64, len(u))
	total := 0.0
	for l := range c.classes {
		m[int(c.same)+l] = u[int(c.same)+l]*math.Exp2(float64(frequencies-1-l)) + 1e-9
		total += m[int(c.same)+l]
	}
	for l := range c.classes {
		m[int(c.same)+l] *= agree / total
	}
	others, rest := len(u)-1-c.classes, 0.0
	for l := range others {
		rest += math.Exp2(-float64(l) / 2)
	}
	for l := range others {
		m[int(c.same)+c.classes+l] = (1 - agree) * math.Exp2(-float64(l)/2) / rest
	}
	return m
}

// bound keeps the prior from collapsing: at least one pair belongs together, at most twenty per record.
func (e *maximiser) bound(lambda float64) float64 {
	n := e.t.d.possible()
	return min(max(lambda, 1/n), min(20*float64(e.t.d.n)/n, .5))
}

func (e *maximiser) run(pairs []count) {
	for e.rounds = 1; e.rounds <= rounds; e.rounds++ {
		before := e.lambda
		change := e.round(pairs)
		if change < 1e-5 && math.Abs(e.lambda-before) < 1e-5*before {
			return
		}
	}
}

// round is one expectation and one maximisation; it returns by how much m changed at most.
func (e *maximiser) round(pairs []count) float64 {
	comps := e.t.p.comps
	ratio, counts := e.ratios(e.m)
	kinRatio, kinCounts := e.ratios(e.kin)
	matches, related, seen := 0.0, 0.0, 0.0
	e.likelihood = 0
	for _, c := range pairs {
		r, k := e.lambda, e.kinShare
		for i, comp := range comps {
			r *= ratio[i][comp.of(c.vector)]
			if kinRatio != nil {
				k *= kinRatio[i][comp.of(c.vector)]
			}
		}
		all := r + k + 1 - e.lambda - e.kinShare
		e.likelihood += c.n * math.Log(all)
		seen += c.n
		share := c.n * r / all
		matches += share
		for i, comp := range comps {
			counts[i][comp.of(c.vector)] += share
		}
		if kinRatio != nil {
			share = c.n * k / all
			related += share
			for i, comp := range comps {
				kinCounts[i][comp.of(c.vector)] += share
			}
		}
	}
	e.likelihood += max(0, e.t.d.possible()-seen) * math.Log1p(-e.lambda-e.kinShare)
	e.lambda = e.bound(matches / e.t.d.possible())
	if e.kin != nil {
		e.kinShare = e.bound(related / e.t.d.possible())
	}
	change := 0.0
	for i := range comps {
		if !e.fixed[i] {
			change = max(change, e.learn(i, counts[i]))
		}
		if e.kin != nil {
			e.learnKin(i, kinCounts[i])
		}
		// Random pairs are a mixture: what the pairs that belong together add to the measured shares is taken out again,
		// as far as nine tenths.
		for l := 1; l < len(e.u[i]); l++ {
			all := e.t.U[i][l]
			rest := all - e.lambda*e.m[i][l]
			if e.kin != nil {
				rest -= e.kinShare * e.kin[i][l]
			}
			e.u[i][l] = max(rest, .1*all, 1e-12)
		}
	}
	return change
}

// ratios are the likelihood ratios of a class against strangers, with room for its counts; nil for a class there is not.
func (e *maximiser) ratios(of [][]float64) (ratio, counts [][]float64) {
	if of == nil {
		return nil, nil
	}
	for i := range of {
		row := make([]float64, len(of[i]))
		row[0] = 1
		for l := 1; l < len(row); l++ {
			row[l] = of[i][l] / max(e.u[i][l], 1e-12)
		}
		ratio, counts = append(ratio, row), append(counts, make([]float64, len(row)))
	}
	return ratio, counts
}

// learnKin sets the shares among people who live together. What they do not share and what tells people apart by its
// rareness, such as the full name, they have in common as seldom as strangers; else the class would swallow people
// whose records differ.
func (e *maximiser) learnKin(i int, counts []float64) {
	c := e.t.p.comps[i]
	from, left := 1, 1.0
	if c.named && !c.related {
		from = int(c.same) + c.classes
		for l := 1; l < from; l++ {
			e.kin[i][l] = e.u[i][l]
			left -= e.u[i][l]
		}
	}
	base := e.t.U[i]
	if c.related {
		base = e.first[i]
	}
	total, belief := 0.0, 0.0
	for l := from; l < len(counts); l++ {
		total += counts[l]
		belief += base[l]
	}
	for l := from; l < len(counts); l++ {
		e.kin[i][l] = max(left*(counts[l]+pseudo*base[l]/belief)/(total+pseudo), 1e-12)
	}
}

// learn sets the m of a comparison from counts, with the first guess as a few pairs more.
func (e *maximiser) learn(i int, counts []float64) (change float64) {
	total := pseudo
	for _, n := range counts[1:] {
		total += n
	}
	for l := 1; l < len(counts); l++ {
		m := (counts[l] + pseudo*e.first[i][l]) / total
		change = max(change, math.Abs(m-e.m[i][l]))
		e.m[i][l] = m
	}
	return change
}

// weights are the bits of each level. A better degree never counts less than a worse one: where the estimates say so,
// neighbours are pooled. Rarer values never count less than commoner ones either.
func (c *comparison) weights(m, u []float64) []float64 {
	w := make([]float64, len(m))
	pool(m, u, w, int(c.same), int(c.same)+c.classes)
	pool(m, u, w, int(c.same)+c.classes, len(m))
	for l := 1; l < len(w); l++ {
		w[l] = min(max(w[l], -farthest), farthest)
	}
	return w
}

// pool writes decreasing weights for levels from to to by pooling adjacent violators.
func pool(m, u, w []float64, from, to int) {
	type group struct {
		m, u float64
		n    int
	}
	var groups []group
	for l := from; l < to; l++ {
		groups = append(groups, group{m[l], max(u[l], 1e-12), 1})
		for k := len(groups) - 1; k > 0 && groups[k-1].m*groups[k].u < groups[k].m*groups[k-1].u; k-- {
			groups[k-1] = group{groups[k-1].m + groups[k].m, groups[k-1].u + groups[k].u, groups[k-1].n + groups[k].n}
			groups = groups[:k]
		}
	}
	l := from
	for _, g := range groups {
		for range g.n {
			w[l] = math.Log2(g.m / g.u)
			l++
		}
	}
}

// arrange sorts the comparisons so that those that part most come first, which lets most pairs be dropped early.
func (p *plan) arrange(t *Trained) {
	gain := make([]float64, len(p.comps))
	for i := range p.comps {
		for l := 1; l < len(t.Bits[i]); l++ {
			gain[i] -= t.U[i][l] * t.Bits[i][l]
		}
		gain[i] += t.top(i) / 4
	}
	if p.id >= 0 {
		gain[p.id] += 1000 // rules ask for it first
	}
	slices.SortStableFunc(p.order, func(a, b int) int {
		switch {
		case gain[a] > gain[b]:
			return -1
		case gain[a] < gain[b]:
			return 1
		}
		return a - b
	})
}

// top is the largest weight of a comparison, at least that of the missing value.
func (t *Trained) top(i int) float64 { return slices.Max(t.Bits[i]) }
