package linkage

import (
	"math"
	"slices"
)

// Pair is two records that may belong together. Left is less than Right.
type Pair struct {
	Left, Right uint32
	Vector      uint64
	Bits        float64 // with the prior: log2 of the odds
	Rule        int8    // index of the deciding rule, -1 for none
}

// Result is what a run found.
type Result struct {
	Trained  *Trained
	Pairs    []Pair // those worth keeping, by left and right; conflicts are among them
	Clusters []uint32
	Report   Report
	blocks   *blocks
}

// Report counts what a run did, so that nothing is left out silently.
type Report struct {
	Records   int
	Compared  int64        // different candidate pairs
	Passes    []PassReport // how they were found
	Ruled     []int64      // pairs that each rule decided
	Kept      int
	Linked    int      // pairs from the automatic threshold on, or by a rule
	Review    int      // pairs that a person should look at
	Unpaired  int      // pairs given up because a record can have one partner only
	Always    int      // pairs that people joined
	Never     int      // pairs that people parted
	Explained int      // conflicts of a rule that a third record explains, so that they part no group
	Refused   Refusals // unions that the constraints of clusters forbade
	Own       *OwnEstimate
	Groups    int // clusters with at least two records
	LargestAt int // records in the largest cluster
}

// Probability is the chance that the pair belongs together. Rules give 1 and 0.
func (t *Trained) Probability(p Pair) float64 {
	if p.Rule >= 0 {
		if t.p.rule(p.Rule).links {
			return 1
		}
		return 0
	}
	return 1 / (1 + math.Exp2(-p.Bits))
}

// RuleName is the name of the rule that decided a pair; "" when weights did.
func (t *Trained) RuleName(p Pair) string {
	if p.Rule < 0 {
		return ""
	}
	return t.p.rule(p.Rule).Name
}

// bitsOf is the weight in bits at which a probability is reached.
func bitsOf(probability float64) float64 { return math.Log2(probability / (1 - probability)) }

// Run trains the model on the data and links it: one file with itself, or the left with the right file.
func Run(d *Data) *Result {
	b := block(d)
	t := train(d, b)
	return link(d, b, t)
}

// Apply links with what was learnt before, on the same data or on other data under the same plan.
func Apply(d *Data, t *Trained) *Result { return link(d, block(d), t) }

func link(d *Data, b *blocks, t *Trained) *Result {
	r := &Result{Trained: t, blocks: b}
	r.Report.Records, r.Report.Passes = d.n, b.stats
	r.Report.Ruled = make([]int64, len(d.plan.rules))
	r.score(d, b)
	r.heed(d)
	if d.matching() {
		if d.plan.model.Clusters.OneToOne {
			r.assign(d)
		}
	}
	r.cluster(d)
	r.tally()
	r.Report.Own = t.own(d, b)
	return r
}

// scorer weighs pairs.
type scorer struct {
	t     *Trained
	p     *plan
	steps []step
	prior float64
	least float64 // bits below which a pair is dropped
	rules uint32
	never uint32  // rules whose pairs are only counted
	known [32]int // rule → step from which on all that it asks for has been compared
}

type step struct {
	c    *comparison
	bits []float64 // what a level can add at most, whatever the other columns say
	best float64   // most that all later steps can add
}

// hopeful are a comparison's weights in the class in which they are largest.
func (t *Trained) hopeful(i int) []float64 {
	out := slices.Clone(t.Bits[i])
	for l := 1; l < len(out); l++ {
		most := 0.0
		for k, s := range t.Shifts {
			if !s.Kin && (k == 0 || s.Bits[i][l] > most) {
				most = s.Bits[i][l]
			}
		}
		out[l] += most
	}
	return out
}

func newScorer(t *Trained) *scorer {
	s := &scorer{t: t, p: t.p, prior: t.Prior, least: bitsOf(t.p.model.Thresholds.Keep), rules: t.p.ruleBits()}
	for r, rule := range t.p.rules {
		if rule.Then == neverRule {
			s.never |= 1 << r
		}
	}
	best := 0.0
	for _, i := range slices.Backward(t.p.order) {
		bits := t.hopeful(i)
		s.steps = append(s.steps, step{t.p.comps[i], bits, best})
		best += slices.Max(bits)
	}
	slices.Reverse(s.steps)
	for r, rule := range t.p.rules {
		for i, st := range s.steps {
			if _, asked := rule.When[st.c.Column]; asked {
				s.known[r] = i
			}
		}
	}
	return s
}

// weigh compares two records. keep is false when the pair is not worth keeping; then vector and bits are not complete.
func (s *scorer) weigh(a, b []uint32) (vector uint64, bits float64, rule int8, keep bool) {
	bits = s.prior
	alive := s.rules
	for i := range s.steps {
		st := &s.steps[i]
		l := st.c.level(s.p, a, b)
		vector |= uint64(l) << st.c.shift
		bits += st.bits[l]
		alive &= st.c.rules[l]
		if alive == 0 {
			if bits+st.best < s.least {
				return vector, bits, -1, false
			}
		} else if first := int8(firstBit(alive)); s.never>>first&1 == 1 && i >= s.known[first] {
			return vector, bits, first, false
		}
	}
	// Added up in the model's order, so that an explanation gives the same sum bit for bit.
	bits = s.t.sum(vector, -1)
	if alive != 0 {
		rule = int8(firstBit(alive))
		return vector, bits, rule, s.never>>rule&1 == 0
	}
	return vector, bits, -1, bits >= s.least
}

// sum adds the weights of a vector to the prior, in the model's order, and corrects for columns that change together.
// skip is a comparison that is left out, or -1.
func (t *Trained) sum(vector uint64, skip int) float64 {
	bits := t.Prior
	for i, c := range t.p.comps {
		if i != skip {
			bits += t.Bits[i][c.of(vector)]
		}
	}
	moved, kin := t.shift(vector, skip)
	return bits + moved - kin
}

// shift is by how many bits a vector is likelier for one person when it is known that address and phone change together,
// and likelier for two people when some of them live together.
func (t *Trained) shift(vector uint64, skip int) (moved, kin float64) {
	if len(t.Shifts) == 0 {
		return 0, 0
	}
	one, two := 0.0, 1.0
	for _, s := range t.Shifts {
		bits := s.Prior
		for i, c := range t.p.comps {
			if i != skip {
				bits += s.Bits[i][c.of(vector)]
			}
		}
		if s.Kin {
			two += math.Exp2(bits)
		} else {
			one += math.Exp2(bits)
		}
	}
	return math.Log2(max(one, 1e-9)), math.Log2(two)
}

// score weighs all candidates and keeps the ones worth it.
func (r *Result) score(d *Data, b *blocks) {
	s := newScorer(r.Trained)
	type part struct {
		pairs    []Pair
		compared int64
		ruled    []int64
	}
	parts := make([]part, b.chunks())
	b.scan(nil, func(chunk int, i, j uint32) {
		p := &parts[chunk]
		p.compared++
		vector, bits, rule, keep := s.weigh(d.row(i), d.row(j))
		if rule >= 0 {
			if p.ruled == nil {
				p.ruled = make([]int64, len(d.plan.rules))
			}
			p.ruled[rule]++
		}
		if keep {
			p.pairs = append(p.pairs, Pair{i, j, vector, bits, rule})
		}
	})
	n := 0
	for _, p := range parts {
		n += len(p.pairs)
	}
	r.Pairs = make([]Pair, 0, n)
	for _, p := range parts {
		r.Pairs = append(r.Pairs, p.pairs...)
		r.Report.Compared += p.compared
		for i, n := range p.ruled {
			r.Report.Ruled[i] += n
		}
	}
	r.Pairs = inOrder(r.Pairs)
}

// inOrder sorts pairs by left and right record.
func inOrder(pairs []Pair) []Pair {
	order := make([]keyed, len(pairs))
	for i, p := range pairs {
		order[i] = keyed{p.Right, uint32(i)}
	}
	order = sortKeyed(order, make([]keyed, len(pairs)))
	for i, k := range order {
		order[i].key = pairs[k.rec].Left
	}
	order = sortKeyed(order, make([]keyed, len(pairs)))
	out := make([]Pair, len(pairs))
	for i, k := range order {
		out[i] = pairs[k.rec]
	}
	return out
}

// tally counts what will be linked and what people must look at.
func (r *Result) tally() {
	t := r.Trained.p.model.Thresholds
	r.Report.Kept = len(r.Pairs)
	for _, p := range r.Pairs {
		switch x := r.Trained.Probability(p); {
		case x >= t.Auto:
			r.Report.Linked++
		case x >= t.Review || p.Rule >= 0:
			r.Report.Review++
		}
	}
}

// Rule is the name of the i-th rule of the model.
func (t *Trained) Rule(i int) string { return t.p.rules[i].Name }

// Lefts is the number of records in the left file; in one file all are.
func (d *Data) Lefts() int { return d.rights() }
