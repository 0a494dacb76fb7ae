package rule

import "slices"

// Explanation is a verdict with every clause behind it.
type Explanation struct {
	Policy  *Policy
	On      Day
	Verdict Verdict
	From    Day      // of a near: from this day on, if nothing changes; 0: something must be done
	Until   Day      // of a yes: first day on which time alone ends it; 0: not within Horizon
	Clauses []Clause // the tree, each part before what it contains
	Short   int      // of a near: place in Clauses of the one comparison that lacks, -1 when time brings it
}

// Clause is one comparison with what was found, or the heading of a group of clauses.
type Clause struct {
	Depth   int
	Outcome Verdict // Eligible, No or Unknown
	Group   string  // "": a comparison; all, any, least
	N       int     // of a group least
	Line    int     // in the document
	Field   int     // id
	Value   Value   // valid when Known
	Known   bool

	policy    *Policy
	leaf      int
	low, high int64 // thresholds of that day, valid when bound
	bound     bool
	said      Word     // of a formula: the whole sentence
	lost      []int    // of a formula: the fields it lacks
	lists     []string // of a formula: the lists and their items' fields that it lacks
}

// MissingNames are Missing by their Chinese names, and the lists that are not known.
func (e *Explanation) MissingNames() (names []string) {
	for _, id := range e.Missing() {
		names = append(names, e.Policy.dict.Fields[id].Zh)
	}
	e.undecided(func(c *Clause) {
		for _, name := range c.lists {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	})
	return names
}

// Missing are the fields whose absence keeps the verdict unknown, each once.
func (e *Explanation) Missing() []int {
	var ids []int
	seen := map[int]bool{}
	e.undecided(func(c *Clause) {
		for _, id := range c.absent() {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	})
	return ids
}

// undecided goes through the comparisons that keep the verdict unknown.
func (e *Explanation) undecided(yield func(*Clause)) {
	for i := 0; i < len(e.Clauses); {
		c := &e.Clauses[i]
		if c.Outcome != Unknown { // what is decided hides what is inside
			for i++; i < len(e.Clauses) && e.Clauses[i].Depth > c.Depth; i++ {
			}
			continue
		}
		i++
		if c.Group == "" {
			yield(c)
		}
	}
}

// Moot says whether a comparison that fails only repeats another: its field says nothing of somebody for whom the bool
// field it is given by fails too, as the settlement of somebody who is no veteran.
func (e *Explanation) Moot(c *Clause) bool {
	if c.Group != "" || c.Outcome == Eligible || c.Field < 0 || e.Policy.dict.Fields[c.Field].Given == "" {
		return false
	}
	given := e.Policy.dict.Fields[c.Field].Given
	return slices.ContainsFunc(e.Clauses, func(o Clause) bool {
		return o.Group == "" && o.Outcome == No && o.Field >= 0 && e.Policy.dict.Fields[o.Field].Zh == given
	})
}

// absent are the fields a comparison does not know.
func (c *Clause) absent() []int {
	l := &c.policy.leaves[c.leaf]
	if l.formula != nil {
		return c.lost
	}
	var ids []int
	if !c.Known {
		ids = append(ids, c.Field)
	}
	for _, o := range []operand{l.low, l.high} {
		if o.base == other && !c.bound {
			ids = append(ids, o.field)
		}
	}
	return ids
}

// Explain decides a policy as Evaluate does and keeps every clause. The clauses read as demands: 非 has been turned
// into the opposite demand.
func Explain(p *Policy, facts Source, on Day) *Explanation {
	answer := Evaluate(p, facts, on)
	e := &Explanation{Policy: p, On: on, Verdict: answer.Verdict, From: answer.From, Short: -1}
	e.Clauses = make([]Clause, 0, len(p.nodes))
	e.clause(p.root, 0, facts)
	switch {
	case e.Verdict == Near && e.From == 0:
		e.Short = e.short(facts)
	case e.Verdict == Eligible:
		e.Until = p.ends(facts, on)
	}
	return e
}

// ends is the first day on which a yes is no longer one by time alone.
func (p *Policy) ends(facts Source, on Day) Day {
	end := p.turn(facts, on, isNo)
	if p.To != 0 && p.To < on+Horizon && (end == 0 || p.To < end) {
		end = p.To + 1
	}
	return end
}

var outcomes = [3]Verdict{No, Unknown, Eligible}

func (e *Explanation) clause(at, depth int, facts Source) truth {
	p, place := e.Policy, len(e.Clauses)
	n := &p.nodes[at]
	e.Clauses = append(e.Clauses, Clause{Depth: depth, policy: p, N: n.n, Field: -1, leaf: -1})
	if n.kind == kindLeaf {
		l := &p.leaves[n.leaf]
		c := &e.Clauses[place]
		c.leaf, c.Line, c.Field = n.leaf, l.line, l.field
		if l.formula != nil {
			t := l.truth(p.dict, facts, e.On)
			c.said.Zh, c.said.En, c.lost = l.tell(p.dict, stage(facts, e.On))
			if c.Outcome = outcomes[t]; t == isUnknown {
				c.lists = l.formula.lacking(stage(facts, e.On))
			}
			return t
		}
		c.Value, c.Known = l.fact(p.dict, facts)
		var low, high bool
		c.low, low = l.low.resolve(facts, e.On)
		c.high, high = l.high.resolve(facts, e.On)
		c.bound = low && high
		t := l.truth(p.dict, facts, e.On)
		c.Outcome = outcomes[t]
		return t
	}
	var count [3]int
	for _, kid := range n.kids {
		count[e.clause(kid, depth+1, facts)]++
	}
	need, name := n.n, "least"
	switch n.kind {
	case kindAll:
		need, name = len(n.kids), "all"
	case kindAny:
		need, name = 1, "any"
	}
	t := atLeast(need, count[isYes], count[isUnknown])
	e.Clauses[place].Group, e.Clauses[place].N, e.Clauses[place].Outcome = name, need, outcomes[t]
	return t
}

// short finds the comparison whose change alone would bring the yes.
func (e *Explanation) short(facts Source) int {
	for i := range e.Clauses {
		c := &e.Clauses[i]
		if c.Group == "" && e.Policy.closable(&e.Policy.leaves[c.leaf], facts, e.On) && e.would(c.leaf, e.Policy.root, facts) == isYes {
			return i
		}
	}
	return -1
}

// would is the truth of a node if one comparison held.
func (e *Explanation) would(hold, at int, facts Source) truth {
	n := &e.Policy.nodes[at]
	if n.kind == kindLeaf {
		if n.leaf == hold {
			return isYes
		}
		return e.Policy.leaves[n.leaf].truth(e.Policy.dict, facts, e.On)
	}
	var count [3]int
	for _, kid := range n.kids {
		count[e.would(hold, kid, facts)]++
	}
	need := n.n
	switch n.kind {
	case kindAll:
		need = len(n.kids)
	case kindAny:
		need = 1
	}
	return atLeast(need, count[isYes], count[isUnknown])
}
