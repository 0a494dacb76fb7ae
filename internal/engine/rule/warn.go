package rule

import (
	"fmt"
	"slices"
)

// Warning is something in policies that can be loaded but is surely not meant.
type Warning struct {
	Policy string // id
	Line   int    // of the document; 0: the policy as a whole
	Zh, En string
}

// String is the warning for a Chinese reader.
func (w Warning) String() string {
	if w.Line == 0 {
		return w.Policy + "：" + w.Zh
	}
	return fmt.Sprintf("%s 第 %d 行：%s", w.Policy, w.Line, w.Zh)
}

// Warn looks through policies by reasoning about the ranges and sets that fields may lie in: conditions that cannot hold,
// comparisons that decide nothing, policies behind which another always comes second, exclusions without an order. It
// finds no more than that: formulas and comparisons between fields are taken to be able to hold.
func Warn(policies []*Policy, on Day) (list []Warning) {
	envs := make([]env, len(policies))
	for i, p := range policies {
		s := &sceptic{p: p, on: on}
		var can bool
		if envs[i], can = s.node(p.root, env{}); !can {
			s.say(0, "条件互相矛盾，谁都不会符合", "the conditions contradict each other: nobody can meet them")
			envs[i] = nil
		}
		list = append(list, s.list...)
	}
	for i, p := range policies {
		for _, id := range p.Excludes {
			j := slices.IndexFunc(policies, func(o *Policy) bool { return o.ID == id })
			if j < 0 {
				list = append(list, Warning{Policy: p.ID, Zh: "互斥里的 " + id + " 不在这些政策里", En: "excludes " + id + ", which is not among these policies"})
			}
		}
		for j := range policies[:i] {
			if o := policies[j]; envs[i] != nil && envs[j] != nil && p.For == o.For && p.Rivals(o) {
				list = append(list, rivals(p, o, envs[i], envs[j], on)...)
			}
		}
	}
	return list
}

// rivals looks at two policies that exclude each other.
func rivals(p, o *Policy, mine, others env, on Day) []Warning {
	if p.To != 0 && p.To < o.From || o.To != 0 && o.To < p.From {
		return nil // never in force together
	}
	for field, d := range mine {
		if e, both := others[field]; both && d.meet(e).empty() {
			return nil // nobody meets both
		}
	}
	first, second := p, o
	narrow := others
	if o.Rank < p.Rank || o.Rank == p.Rank && o.Amount.Fen > p.Amount.Fen {
		first, second, narrow = o, p, mine
	}
	fixed := first.amount == nil && second.amount == nil
	if first.Rank == second.Rank && !(fixed && first.Amount.Fen != second.Amount.Fen) {
		return []Warning{{Policy: p.ID, Zh: fmt.Sprintf("与 %s 互斥，有人会同时符合，又没有写优先，也分不出金额大小：请写“优先”", o.ID),
			En: "excludes " + o.ID + ", both may be met by one person, and neither rank nor amount decides: give a rank"}}
	}
	if (&sceptic{p: first, on: on}).implied(first.root, narrow, second) {
		return []Warning{{Policy: second.ID, Zh: fmt.Sprintf("符合这一项的人都符合排在前面的 %s，两项互斥，这一项永远轮不到", first.ID),
			En: "whoever meets it meets " + first.ID + " too, which goes first and excludes it: it is never had"}}
	}
	return nil
}

// env is what fields may be where a condition holds; a field that is not there may be anything.
type env map[int]domain

// sceptic goes through one policy.
type sceptic struct {
	p    *Policy
	on   Day
	list []Warning
}

func (s *sceptic) say(line int, zh, en string) {
	s.list = append(s.list, Warning{s.p.ID, line, zh, en})
}

// node is what fields may be where a node holds and the fields lie in around; can is false where it surely holds nowhere.
func (s *sceptic) node(at int, around env) (inside env, can bool) {
	n := &s.p.nodes[at]
	switch {
	case n.kind == kindLeaf:
		l := &s.p.leaves[n.leaf]
		d, plain := l.domainOf(s.p.dict, s.on)
		if !plain {
			return env{}, true
		}
		if had, has := around[l.field]; has {
			return env{l.field: d}, !d.meet(had).empty()
		}
		return env{l.field: d}, !d.empty()
	case n.kind == kindAll || n.kind == kindAtLeast && n.n == len(n.kids):
		return s.all(n.kids, around)
	}
	return s.some(n, around)
}

// all is the meeting of its parts. Comparisons that the others imply are told.
func (s *sceptic) all(kids []int, around env) (env, bool) {
	out, can := env{}, true
	s.idle(kids)
	for _, kid := range kids {
		wide := env{}
		for f, d := range around {
			wide[f] = d
		}
		for f, d := range out {
			wide[f] = meetIn(wide, f, d)
		}
		inside, ok := s.node(kid, wide)
		if !ok && s.p.nodes[kid].kind == kindLeaf && can {
			l := &s.p.leaves[s.p.nodes[kid].leaf]
			s.say(l.line, "“"+s.p.dict.Fields[l.field].Zh+"”的这一条与前面的要求矛盾，不会同时符合", "this comparison of "+s.p.dict.Fields[l.field].Label()+" contradicts what stands before it")
		}
		can = can && ok
		for f, d := range inside {
			out[f] = meetIn(out, f, d)
		}
	}
	return out, can
}

func meetIn(e env, field int, d domain) domain {
	if had, has := e[field]; has {
		return had.meet(d)
	}
	return d
}

// idle tells of comparisons in a group that another one of the same field implies. Of two that say the same the later one
// is told.
func (s *sceptic) idle(kids []int) {
	for i, kid := range kids {
		n := &s.p.nodes[kid]
		if n.kind != kindLeaf {
			continue
		}
		l := &s.p.leaves[n.leaf]
		mine, plain := l.domainOf(s.p.dict, s.on)
		if !plain || mine.empty() {
			continue
		}
		if everything(&s.p.dict.Fields[l.field]).within(mine) {
			s.say(l.line, "“"+s.p.dict.Fields[l.field].Zh+"”的这一条总是符合，不起作用", "this comparison of "+s.p.dict.Fields[l.field].Label()+" always holds")
			continue
		}
		for j, other := range kids {
			o := &s.p.nodes[other]
			if i == j || o.kind != kindLeaf || s.p.leaves[o.leaf].field != l.field {
				continue
			}
			d, plain := s.p.leaves[o.leaf].domainOf(s.p.dict, s.on)
			if plain && !d.empty() && d.within(mine) && (j < i || !mine.within(d)) {
				s.say(l.line, fmt.Sprintf("“%s”的这一条已包含在第 %d 行里，不起作用", s.p.dict.Fields[l.field].Zh, s.p.leaves[o.leaf].line),
					fmt.Sprintf("line %d implies this comparison of %s: it decides nothing", s.p.leaves[o.leaf].line, s.p.dict.Fields[l.field].Label()))
				break
			}
		}
	}
}

// some is 任一 and 至少: parts that cannot hold are told, where others can.
func (s *sceptic) some(n *node, around env) (env, bool) {
	var insides []env
	var lost []int
	for _, kid := range n.kids {
		if inside, can := s.node(kid, around); can {
			insides = append(insides, inside)
		} else {
			lost = append(lost, kid)
		}
	}
	need := max(1, n.n)
	if n.kind == kindAny {
		need = 1
	}
	if len(insides) < need {
		return env{}, false
	}
	for _, kid := range lost {
		s.say(s.line(kid), "这一支与外面的要求矛盾，永远不会符合", "this branch contradicts what stands around it: it never holds")
	}
	out := env{}
	if len(insides) == 1 {
		return insides[0], true
	}
	for f, d := range insides[0] { // a field that every branch bounds by ranges is bounded by their union
		joined, everywhere := domain{in: d.in}, plainRanges(d)
		for _, other := range insides[1:] {
			o, has := other[f]
			everywhere = everywhere && has && plainRanges(o)
			joined.in = union(append(slices.Clone(joined.in), o.in...))
		}
		if everywhere {
			out[f] = joined
		}
	}
	return out, true
}

func plainRanges(d domain) bool {
	return d.some == nil && d.none == 0 && d.each == nil && d.not == nil
}

// line is where a node begins.
func (s *sceptic) line(at int) int {
	for n := &s.p.nodes[at]; ; n = &s.p.nodes[n.kids[0]] {
		if n.kind == kindLeaf {
			return s.p.leaves[n.leaf].line
		}
	}
}

// implied says whether a node surely holds for those whose fields lie in an env and who meet another policy.
func (s *sceptic) implied(at int, given env, other *Policy) bool {
	n := &s.p.nodes[at]
	if n.kind == kindLeaf {
		l := &s.p.leaves[n.leaf]
		if d, plain := l.domainOf(s.p.dict, s.on); plain {
			had, has := given[l.field]
			return has && had.within(d)
		}
		return slices.ContainsFunc(other.demanded(other.root), func(o *leaf) bool { return o.key() == l.key() })
	}
	holds := 0
	for _, kid := range n.kids {
		if s.implied(kid, given, other) {
			holds++
		}
	}
	switch n.kind {
	case kindAll:
		return holds == len(n.kids)
	case kindAny:
		return holds > 0
	}
	return holds >= n.n
}

// demanded are the comparisons that every yes of a policy needs.
func (p *Policy) demanded(at int) (list []*leaf) {
	n := &p.nodes[at]
	switch n.kind {
	case kindLeaf:
		return []*leaf{&p.leaves[n.leaf]}
	case kindAll:
		for _, kid := range n.kids {
			list = append(list, p.demanded(kid)...)
		}
	}
	return list
}
