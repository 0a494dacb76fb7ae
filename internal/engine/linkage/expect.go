package linkage

import (
	"math"
	"slices"
)

const (
	enoughLabels  = 2000 // pairs with the same identifier, from which on m is read off them
	enoughRecords = 500  // records from which on movers and people who live together can be told from the rest
	pseudo        = 8.0  // pairs' worth of belief in the first guess of m
	rounds        = 200
	farthest      = 30.0 // bits: no single comparison says more
	tiny          = 1e-12
	// People keep their names: the last two degrees of a name (surname, different) are no slips. However many twins share a house
	// and a birthday, such a pair is at least 512 times rarer among the records of one person than among strangers.
	otherNames, unexplained = 2, 1.0 / 512
	often                   = 100.0 // pairs of one person at a level that make its weight sure
)

// class is a kind of pair. Strangers are not among the classes: their shares are u.
type class struct {
	share  float64     // of all pairs
	levels [][]float64 // comparison → level → share among the pairs in which it is not missing
	kin    bool        // two people who live together; the others are pairs of one person
}

// maximiser is one run of expectation maximisation. The classes are: the same person at the same place; the same person
// who has moved, so that address and phone change together; two people who live together. Without related columns there
// is only the first.
type maximiser struct {
	t          *Trained
	classes    []class
	u          [][]float64
	first      [][]float64 // the first guess, to which pseudo pairs hold
	labels     []count     // vectors of pairs known to belong together
	likelihood float64
	rounds     int
}

// expect runs the algorithm from several starts over the counts of vectors and takes the likeliest end. u is known, so
// that the candidates need not be a fair sample of all pairs.
func (t *Trained) expect(pairs, labels []count) {
	for _, l := range labels {
		t.Labels += int(l.n)
	}
	if t.Labels < enoughLabels {
		t.Labels, labels = 0, nil
	}
	var best *maximiser
	for _, start := range []struct{ agree, share float64 }{{.9, .5}, {.75, .05}, {.6, .5}} {
		e := newMaximiser(t, start.agree, start.share)
		e.labels = labels
		e.run(pairs)
		if best == nil || e.likelihood > best.likelihood+1e-9 {
			best = e
		}
	}
	t.learnt(best)
}

func newMaximiser(t *Trained, agree, share float64) *maximiser {
	e := &maximiser{t: t}
	strangers, movers, kin := [][]float64{}, [][]float64{}, [][]float64{}
	for i, c := range t.p.comps {
		guess := c.guess(agree)
		e.first = append(e.first, guess)
		e.u = append(e.u, slices.Clone(t.U[i]))
		strangers = append(strangers, slices.Clone(guess))
		if c.related {
			movers, kin = append(movers, slices.Clone(t.U[i])), append(kin, slices.Clone(guess))
		} else {
			movers, kin = append(movers, slices.Clone(guess)), append(kin, slices.Clone(t.U[i]))
		}
	}
	lambda := e.bound(share * float64(min(t.d.rights(), t.d.n)) / t.d.possible())
	e.classes = []class{{lambda, strangers, false}}
	if len(t.p.model.Training.Related) > 0 && t.d.n >= enoughRecords {
		e.classes = append(e.classes, class{lambda / 8, movers, false}, class{lambda, kin, true})
	}
	return e
}

// guess is m before anything is learnt: most pairs agree, the weaker a degree the fewer; agreeing pairs are as rare or
// common as values are.
func (c *comparison) guess(agree float64) []float64 {
	m := make([]float64, len(c.levels))
	for _, g := range c.groups {
		total := 0.0
		for l := g.from; l < g.to; l++ {
			m[l] = 1
			if g.to-g.from > 1 {
				m[l] = c.mass[l] + 1e-6
			}
			total += m[l]
		}
		for l := g.from; l < g.to; l++ {
			m[l] *= g.guess(agree) / total
		}
	}
	return m
}

// bound keeps shares from collapsing: at least one pair, at most twenty per record.
func (e *maximiser) bound(share float64) float64 {
	n := e.t.d.possible()
	return min(max(share, 1/n), max(1/n, 20*float64(e.t.d.n)/n), .3)
}

func (e *maximiser) run(pairs []count) {
	for e.rounds = 1; e.rounds <= rounds; e.rounds++ {
		before := e.classes[0].share
		change := e.round(pairs)
		if change < 1e-4 && math.Abs(e.classes[0].share-before) < 1e-4*before {
			return
		}
	}
}

// round is one expectation and one maximisation; it returns by how much a share of a level changed at most.
func (e *maximiser) round(pairs []count) (change float64) {
	ratios, counts := e.ratios(), e.zeros()
	stranger := 1.0
	for _, c := range e.classes {
		stranger -= c.share
	}
	sums, weights := make([]float64, len(e.classes)), make([]float64, len(e.classes))
	seen := 0.0
	e.likelihood = 0
	for _, c := range pairs {
		all := stranger + e.weigh(ratios, c.vector, weights)
		e.likelihood += c.n * math.Log(all)
		seen += c.n
		for k, w := range weights {
			share := c.n * w / all
			sums[k] += share
			e.add(counts[k], c.vector, share)
		}
	}
	e.likelihood += max(0, e.t.d.possible()-seen) * math.Log(stranger)
	if e.labels != nil {
		e.read(ratios, counts, weights)
	}
	for k := range e.classes {
		e.classes[k].share = e.bound(sums[k] / e.t.d.possible())
	}
	for i := range e.t.p.comps {
		change = max(change, e.learn(i, counts))
		e.correct(i)
	}
	return change
}

// ratios are the likelihood ratios of each class against strangers.
func (e *maximiser) ratios() [][][]float64 {
	out := e.zeros()
	for k, c := range e.classes {
		for i, levels := range c.levels {
			out[k][i][0] = 1
			for l := 1; l < len(levels); l++ {
				out[k][i][l] = levels[l] / max(e.u[i][l], tiny)
			}
		}
	}
	return out
}

func (e *maximiser) zeros() [][][]float64 {
	out := make([][][]float64, len(e.classes))
	for k := range out {
		for i := range e.t.p.comps {
			out[k] = append(out[k], make([]float64, len(e.u[i])))
		}
	}
	return out
}

// weigh gives the weight of each class for a vector, and their sum.
func (e *maximiser) weigh(ratios [][][]float64, vector uint64, out []float64) (sum float64) {
	for k := range e.classes {
		w := e.classes[k].share
		for i, comp := range e.t.p.comps {
			w *= ratios[k][i][comp.of(vector)]
		}
		out[k] = w
		sum += w
	}
	return sum
}

func (e *maximiser) add(counts [][]float64, vector uint64, n float64) {
	bare := e.t.p.id < 0 || e.t.p.comps[e.t.p.id].bare(e.t.p.comps[e.t.p.id].of(vector))
	for i, comp := range e.t.p.comps {
		if bare || !comp.trusted {
			counts[i][comp.of(vector)] += n
		}
	}
}

// readable reports whether labelled pairs are a fair sample of a comparison: not of the identifier by which they were
// chosen, nor of what was taken from it.
func (e *maximiser) readable(i int) bool { return i != e.t.p.id && !e.t.p.comps[i].trusted }

// read replaces what the candidates say about pairs of one person by what the labelled pairs say, where
// those are a fair sample.
func (e *maximiser) read(ratios, counts [][][]float64, weights []float64) {
	for k, c := range e.classes {
		for i := range counts[k] {
			if e.readable(i) && !c.kin {
				clear(counts[k][i])
			}
		}
	}
	for _, l := range e.labels {
		sum := 0.0
		e.weigh(ratios, l.vector, weights)
		for k, c := range e.classes {
			if !c.kin {
				sum += weights[k]
			}
		}
		for k, c := range e.classes {
			if c.kin || sum == 0 {
				continue
			}
			for i, comp := range e.t.p.comps {
				if e.readable(i) {
					counts[k][i][comp.of(l.vector)] += l.n * weights[k] / sum
				}
			}
		}
	}
}

// learn sets the shares of one comparison's levels in every class from counts.
func (e *maximiser) learn(i int, counts [][][]float64) (change float64) {
	comp := e.t.p.comps[i]
	if len(e.classes) > 1 && !comp.related { // whether somebody has moved does not change how the name is written
		for l := range counts[0][i] {
			counts[0][i][l] += counts[1][i][l]
		}
		counts[1][i] = counts[0][i]
	}
	for k, c := range e.classes {
		base, from, left := e.first[i], 1, 1.0
		if c.kin && !comp.related || k == 1 && comp.related {
			base = e.t.U[i]
		}
		if c.kin && comp.named {
			// People who live together have a full name in common as seldom as strangers; else the class would swallow
			// people whose records differ.
			from = comp.groups[0].to
			for l := 1; l < from; l++ {
				c.levels[i][l] = e.u[i][l]
				left -= e.u[i][l]
			}
		}
		total, belief := 0.0, 0.0
		for l := from; l < len(base); l++ {
			total += counts[k][i][l]
			belief += base[l]
		}
		for l := from; l < len(base); l++ {
			p := max(left*(counts[k][i][l]+pseudo*base[l]/belief)/(total+pseudo), tiny)
			if !c.kin && comp.own && l >= len(base)-otherNames {
				p = min(p, e.u[i][l]*unexplained)
			}
			change = max(change, math.Abs(p-c.levels[i][l]))
			c.levels[i][l] = p
		}
	}
	return change
}

// correct takes out of the measured shares what pairs that are not strangers add to them, as far as nine tenths: random
// pairs are a mixture.
func (e *maximiser) correct(i int) {
	for l := 1; l < len(e.u[i]); l++ {
		rest := e.t.U[i][l]
		for _, c := range e.classes {
			rest -= c.share * c.levels[i][l]
		}
		e.u[i][l] = max(rest, .1*e.t.U[i][l], tiny)
	}
}

// learnt writes the result down as weights: of each level for one person against strangers, and what the classes change.
func (t *Trained) learnt(e *maximiser) {
	t.Rounds, t.U = e.rounds, e.u
	all := 0.0
	for _, c := range e.classes {
		if !c.kin {
			all += c.share
		}
	}
	t.Found = all * t.d.possible()
	t.Prior = math.Log2(all / (1 - all))
	for i, comp := range t.p.comps {
		m := make([]float64, len(e.u[i]))
		for _, c := range e.classes {
			for l := range m {
				if !c.kin {
					m[l] += c.levels[i][l] * c.share / all
				}
			}
		}
		t.M = append(t.M, m)
		t.Bits = append(t.Bits, comp.weights(m, e.u[i], t.Found))
	}
	if len(e.classes) == 1 {
		return
	}
	for _, c := range e.classes {
		against, odds := t.M, c.share/all
		if c.kin {
			against, odds = e.u, c.share/(1-c.share)
		}
		s := Shift{Kin: c.kin, Prior: math.Log2(odds)}
		for i := range t.p.comps {
			bits := make([]float64, len(against[i]))
			for l := 1; l < len(bits); l++ {
				bits[l] = min(max(math.Log2(c.levels[i][l]/max(against[i][l], tiny)), -farthest), farthest)
			}
			s.Bits = append(s.Bits, bits)
		}
		t.Shifts = append(t.Shifts, s)
	}
}

// arrange sorts the comparisons so that those that part most come first, which lets most pairs be dropped early.
func (p *plan) arrange(t *Trained) {
	gain := make([]float64, len(p.comps))
	for i := range p.comps {
		for l := 1; l < len(t.Bits[i]); l++ {
			gain[i] -= t.U[i][l] * t.Bits[i][l]
		}
		gain[i] += slices.Max(t.Bits[i]) / 4
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

// weights are the bits of each level. A better degree never counts less than a worse one: where the estimates say so,
// neighbours are pooled. Rarer values never count less than commoner ones either; degrees that are divided by rareness stand
// for themselves.
func (c *comparison) weights(m, u []float64, found float64) []float64 {
	w := make([]float64, len(m))
	var whole []int // levels that are a degree each
	for _, g := range c.groups {
		if c.athome > 0 && g.from >= int(c.athome) {
			pool(m, u, w, []int{g.from})
		} else if g.to-g.from > 1 {
			var divided []int
			for l := g.from; l < g.to; l++ {
				divided = append(divided, l)
			}
			pool(m, u, w, divided)
		} else {
			whole = append(whole, g.from)
		}
	}
	// What was met often needs no such help: the order of degrees is a guess.
	from := 0
	for k := range whole {
		if m[whole[k]]*found >= often && (k+1 == len(whole) || m[whole[k+1]]*found >= often) {
			pool(m, u, w, whole[from:k+1])
			from = k + 1
		}
	}
	pool(m, u, w, whole[from:])
	for l := 1; l < len(w); l++ {
		w[l] = min(max(w[l], -farthest), farthest)
	}
	return w
}

// pool writes decreasing weights for levels by pooling adjacent violators.
func pool(m, u, w []float64, levels []int) {
	type group struct {
		m, u float64
		n    int
	}
	var groups []group
	for _, l := range levels {
		groups = append(groups, group{m[l], max(u[l], tiny), 1})
		for k := len(groups) - 1; k > 0 && groups[k-1].m*groups[k].u < groups[k].m*groups[k-1].u; k-- {
			groups[k-1] = group{groups[k-1].m + groups[k].m, groups[k-1].u + groups[k].u, groups[k-1].n + groups[k].n}
			groups = groups[:k]
		}
	}
	at := 0
	for _, g := range groups {
		for range g.n {
			w[levels[at]] = math.Log2(g.m / g.u)
			at++
		}
	}
}
