package linkage

// A person's decision on a pair goes before every rule and weight. Pairs carry it as one of these rules.
const (
	byAlways int8 = 126
	byNever  int8 = 127
)

// Names of decisions where a rule's name stands.
const (
	AlwaysRule = "人工判定：是同一个"
	NeverRule  = "人工判定：不是同一个"
)

var alwaysRule, forbidRule = rule{Rule: Rule{Name: AlwaysRule, Then: linkRule}, links: true}, rule{Rule: Rule{Name: NeverRule, Then: conflictRule}}

// rule is the rule or the decision that stands behind a pair's Rule.
func (p *plan) rule(i int8) *rule {
	switch i {
	case byAlways:
		return &alwaysRule
	case byNever:
		return &forbidRule
	}
	return &p.rules[i]
}

// Never remembers that people found two records not to be the same: no run and no group joins them, also not by way of
// others. Records are counted from 0 in the order in which they were added, in a match through both files.
func (d *Data) Never(a, b int) { d.decide(a, b, byNever) }

// Always remembers that people found two records to be the same, whatever rules and weights say. What was said last holds.
func (d *Data) Always(a, b int) { d.decide(a, b, byAlways) }

func (d *Data) decide(a, b int, how int8) {
	if a == b || a < 0 || b < 0 || a >= d.n || b >= d.n {
		return
	}
	if d.decided == nil {
		d.decided = map[uint64]int8{}
	}
	d.decided[d.Pair(a, b)] = how
}

// heed puts people's decisions in the place of what rules and weights said, and adds decided pairs that were not compared.
func (r *Result) heed(d *Data) {
	if len(d.decided) == 0 {
		return
	}
	kept := r.Pairs[:0]
	for _, p := range r.Pairs {
		if _, found := d.decided[uint64(p.Left)<<32|uint64(p.Right)]; !found {
			kept = append(kept, p)
		}
	}
	for n, how := range d.decided {
		p := Pair{Left: uint32(n >> 32), Right: uint32(n), Rule: how}
		if d.matching() && len(d.pair(p.Left, p.Right)) == 0 {
			continue
		}
		p.Vector = d.plan.vector(d.row(p.Left), d.row(p.Right))
		p.Bits = r.Trained.sum(p.Vector, -1)
		kept = append(kept, p)
		if how == byAlways {
			r.Report.Always++
		} else {
			r.Report.Never++
		}
	}
	r.Pairs = inOrder(kept)
}

// Decision is what people found about the record asked about and a record of an index.
type Decision struct {
	Record int
	Same   bool
}

// first puts what people decided before what rules decided.
func first(a, b Candidate) int {
	switch {
	case (a.Rule == AlwaysRule) == (b.Rule == AlwaysRule):
		return 0
	case a.Rule == AlwaysRule:
		return -1
	}
	return 1
}

// decideFor puts decisions in the place of what was computed about candidates.
func (a *Answer) decideFor(x *Index, row []uint32, decisions []Decision) {
	for _, d := range decisions {
		if d.Record < 0 || d.Record >= x.d.n {
			continue
		}
		c := Candidate{Record: d.Record, Rule: NeverRule}
		if d.Same {
			c.Rule, c.Probability = AlwaysRule, 1
		}
		c.Vector = x.d.plan.vector(x.d.row(uint32(d.Record)), row)
		c.Bits = x.t.sum(c.Vector, -1)
		replaced := false
		for i := range a.Candidates {
			if a.Candidates[i].Record == d.Record {
				a.Candidates[i], replaced = c, true
			}
		}
		if !replaced {
			a.Candidates = append(a.Candidates, c)
		}
	}
}
