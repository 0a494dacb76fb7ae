package rule

import (
	"slices"
	"strings"
)

// Source gives the facts of one subject by field id; ok is false where a fact is not known.
type Source interface {
	Field(id int) (v Value, ok bool)
}

// Verdict is the answer to a policy.
type Verdict uint8

// The four answers.
const (
	No Verdict = iota
	Unknown
	Near
	Eligible
)

// Verdicts are their names in stores and addresses, in the order of the constants.
var Verdicts = []string{"no", "unknown", "near", "yes"}

// String is the verdict's name.
func (v Verdict) String() string { return Verdicts[v] }

// Answer is a verdict and, when time alone changes a no into a yes, from which day (0 otherwise).
type Answer struct {
	Verdict Verdict
	From    Day
}

// truth is a value of Kleene's logic; all is the least, any the greatest of its parts.
type truth uint8

const (
	isNo truth = iota
	isUnknown
	isYes
)

// Evaluate decides a policy for the facts of one subject on a day. The facts are those of that day. It allocates
// nothing unless time may bring a yes.
func Evaluate(p *Policy, facts Source, on Day) Answer {
	if !p.InForce(on) {
		return Answer{}
	}
	switch p.truth(p.root, facts, on) {
	case isYes:
		return Answer{Verdict: Eligible}
	case isUnknown:
		return Answer{Verdict: Unknown}
	}
	return p.near(facts, on)
}

// Holds decides as Evaluate does, but without asking how near a no is: Eligible, Unknown or No. Lists that are drawn over
// everybody need no more.
func Holds(p *Policy, facts Source, on Day) Verdict {
	if !p.InForce(on) {
		return No
	}
	return outcomes[p.truth(p.root, facts, on)]
}

func (p *Policy) truth(at int, facts Source, on Day) truth {
	n := &p.nodes[at]
	switch n.kind {
	case kindLeaf:
		return p.leaves[n.leaf].truth(p.dict, facts, on)
	case kindAll:
		all := isYes
		for _, kid := range n.kids {
			if all = min(all, p.truth(kid, facts, on)); all == isNo {
				break
			}
		}
		return all
	case kindAny:
		any := isNo
		for _, kid := range n.kids {
			if any = max(any, p.truth(kid, facts, on)); any == isYes {
				break
			}
		}
		return any
	}
	var count [3]int
	for _, kid := range n.kids {
		count[p.truth(kid, facts, on)]++
	}
	return atLeast(n.n, count[isYes], count[isUnknown])
}

func atLeast(n, yes, unknown int) truth {
	switch {
	case yes >= n:
		return isYes
	case yes+unknown >= n:
		return isUnknown
	}
	return isNo
}

func (l *leaf) truth(dict *Dictionary, facts Source, on Day) truth {
	if l.formula != nil {
		return l.formula.calc(stage(facts, on)).truth()
	}
	v, ok := l.fact(dict, facts)
	if !ok {
		if l.as != Bool && (l.op <= opNe || l.op == opIn || l.op == opNotIn) {
			if _, written := facts.Field(l.field); written { // 01053 is surely not 75056
				return either(l.op&1 == 0, isNo, isYes)
			}
		}
		return isUnknown
	}
	var holds bool
	switch {
	case l.as == Choice:
		holds = uint64(v.n)&l.mask != 0 == (l.op&1 == 0) // the even operators affirm
	case l.texts != nil:
		holds = l.text(v.s)
	case l.nums != nil:
		_, found := slices.BinarySearch(l.nums, v.n)
		holds = found == (l.op&1 == 0)
	default:
		low, ok := l.low.resolve(facts, on)
		if !ok {
			return isUnknown
		}
		high := low
		if l.op == opBetween || l.op == opOutside {
			if high, ok = l.high.resolve(facts, on); !ok {
				return isUnknown
			}
		}
		holds = l.compare(v.n, low, high)
	}
	if holds {
		return isYes
	}
	return isNo
}

func (l *leaf) compare(v, low, high int64) bool {
	switch l.op {
	case opEq:
		return v == low
	case opNe:
		return v != low
	case opLt:
		return v < low
	case opGe:
		return v >= low
	case opGt:
		return v > low
	case opLe:
		return v <= low
	case opBetween:
		return low <= v && v <= high
	}
	return v < low || v > high
}

// fact is the value of the comparison's field, taken for what it is compared as.
func (l *leaf) fact(dict *Dictionary, facts Source) (Value, bool) {
	v, ok := facts.Field(l.field)
	if f := &dict.Fields[l.field]; ok && f.Guessed {
		return f.as(v, l.as)
	}
	return v, ok
}

func (l *leaf) text(s string) bool {
	affirms := l.op&1 == 0
	if l.among != nil {
		return (l.among[s] || wide(s) && l.among[half(s)]) == affirms
	}
	return fits(l.op, s, l.texts) == affirms
}

// fits says whether a text is, begins with, ends with or has one of several.
func fits(o op, s string, texts []string) bool {
	holds := func(s, t string) bool {
		switch o {
		case opStarts, opNotStarts:
			return strings.HasPrefix(s, t)
		case opEnds, opNotEnds:
			return strings.HasSuffix(s, t)
		case opHas, opNotHas:
			return strings.Contains(s, t)
		}
		return s == t
	}
	for _, t := range texts {
		if holds(s, t) {
			return true
		}
	}
	if wide(s) { // 甲（乙） is 甲(乙)
		s = half(s)
		for _, t := range texts {
			if holds(s, t) {
				return true
			}
		}
	}
	return false
}

// wide says whether a text has full-width signs: those that half turns begin with this byte, or are rare.
func wide(s string) bool { return strings.IndexByte(s, 0xef) >= 0 }

// resolve is the threshold's value on a day; ok is false when it hangs on a field that is not known.
func (o *operand) resolve(facts Source, on Day) (n int64, ok bool) {
	switch o.base {
	case literal:
		return o.n, true
	case today:
		return o.move(on), true
	}
	v, ok := facts.Field(o.field)
	if !ok || o.months == 0 && o.days == 0 || v.n == unread {
		return v.n, ok && v.n != unread
	}
	return o.move(Day(v.n)), true
}

func (o *operand) move(d Day) int64 {
	if o.months != 0 {
		d = d.AddMonths(o.months)
	}
	return int64(d) + int64(o.days)
}
