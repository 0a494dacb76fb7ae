package rule

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jiuye/internal/engine/census"
)

// domain is what a field's value may be for a condition to hold: ranges of a number, day, bool or single choice; or, of a
// choice of several, sets of which each must be met and what must not be there; or the same of texts.
type domain struct {
	in   []census.Range // rising, apart from each other
	some []uint64
	none uint64
	each [][]beginning // one of each list must fit
	not  []beginning
}

// beginning is a text, or with open any text that begins so.
type beginning struct {
	text string
	open bool
}

func (b beginning) holds(other beginning) bool {
	if b.open {
		return strings.HasPrefix(other.text, b.text)
	}
	return !other.open && b.text == other.text
}

// everything is all that a field's value may be.
func everything(f *Field) domain {
	switch {
	case f.Type == Bool:
		return domain{in: []census.Range{{From: 0, To: 1}}}
	case f.Type == Choice && f.Single:
		return domain{in: []census.Range{{From: 0, To: int64(len(f.Values))}}}
	case f.Type == Number && f.High > f.Low:
		return domain{in: []census.Range{{From: f.Low * Scale, To: f.High * Scale}}}
	}
	return domain{in: []census.Range{{From: math.MinInt64, To: math.MaxInt64}}}
}

// domainOf is what a comparison with constants lets in; ok is false for others.
func (l *leaf) domainOf(d *Dictionary, on Day) (out domain, ok bool) {
	if l.formula != nil || l.low.base == other || l.high.base == other || l.as != d.Fields[l.field].Type || l.op > opNotStarts || d.Fields[l.field].Guessed && l.texts != nil && l.mask != 0 {
		return out, false
	}
	f := &d.Fields[l.field]
	out = everything(f)
	affirms := l.op&1 == 0
	switch {
	case f.Type == Choice && !f.Single:
		if affirms {
			out.some = []uint64{l.mask}
		} else {
			out.none = l.mask
		}
	case f.Type == Choice:
		var in []census.Range
		for i := range f.Values {
			if (l.mask>>i&1 == 1) == affirms {
				in = append(in, census.Range{From: int64(i) + 1, To: int64(i) + 1})
			}
		}
		if !affirms {
			in = append(in, census.Range{})
		}
		out.in = union(in)
	case l.texts != nil:
		var list []beginning
		for _, t := range l.texts {
			list = append(list, beginning{t, l.op == opStarts || l.op == opNotStarts})
		}
		if affirms {
			out.each = [][]beginning{list}
		} else {
			out.not = list
		}
	default:
		out.in = intersect(out.in, union(l.ranges(on, 1)))
	}
	return out, true
}

// union sorts ranges and joins those that touch; empty ones go.
func union(list []census.Range) (out []census.Range) {
	list = slices.DeleteFunc(slices.Clone(list), func(r census.Range) bool { return r.From > r.To })
	slices.SortFunc(list, func(a, b census.Range) int { return cmp.Compare(a.From, b.From) })
	for _, r := range list {
		if n := len(out); n > 0 && (out[n-1].To == math.MaxInt64 || r.From <= out[n-1].To+1) {
			out[n-1].To = max(out[n-1].To, r.To)
			continue
		}
		out = append(out, r)
	}
	return out
}

func intersect(a, b []census.Range) (out []census.Range) {
	for _, x := range a {
		for _, y := range b {
			if r := (census.Range{From: max(x.From, y.From), To: min(x.To, y.To)}); r.From <= r.To {
				out = append(out, r)
			}
		}
	}
	return out
}

// meet is what both let in.
func (d domain) meet(o domain) domain {
	return domain{in: intersect(d.in, o.in), some: slices.Concat(d.some, o.some), none: d.none | o.none,
		each: slices.Concat(d.each, o.each), not: slices.Concat(d.not, o.not)}
}

// empty says whether surely no value is let in.
func (d domain) empty() bool {
	if len(d.in) == 0 || slices.ContainsFunc(d.some, func(m uint64) bool { return m&^d.none == 0 }) {
		return true
	}
	for i, list := range d.each {
		if !slices.ContainsFunc(list, func(b beginning) bool {
			return !slices.ContainsFunc(d.not, func(n beginning) bool { return n.holds(b) })
		}) {
			return true
		}
		for _, other := range d.each[:i] {
			if !slices.ContainsFunc(list, func(b beginning) bool {
				return slices.ContainsFunc(other, func(o beginning) bool { return b.holds(o) || o.holds(b) })
			}) {
				return true
			}
		}
	}
	return false
}

// within says whether all that d lets in o surely lets in too.
func (d domain) within(o domain) bool {
	for _, r := range d.in {
		if !slices.ContainsFunc(o.in, func(w census.Range) bool { return w.From <= r.From && r.To <= w.To }) {
			return false
		}
	}
	for _, m := range o.some {
		if !slices.ContainsFunc(d.some, func(n uint64) bool { return n&^d.none&^m == 0 }) {
			return false
		}
	}
	if o.none&^d.none != 0 {
		return false
	}
	for _, list := range o.each {
		if !slices.ContainsFunc(d.each, func(mine []beginning) bool { return covered(mine, list) }) {
			return false
		}
	}
	for _, n := range o.not {
		apart := slices.ContainsFunc(d.each, func(mine []beginning) bool {
			return !slices.ContainsFunc(mine, func(b beginning) bool { return n.holds(b) || b.holds(n) })
		})
		if !apart && !covered([]beginning{n}, d.not) {
			return false
		}
	}
	return true
}

// covered says whether everything in a list lies in another.
func covered(list, by []beginning) bool {
	for _, b := range list {
		if !slices.ContainsFunc(by, func(o beginning) bool { return o.holds(b) }) {
			return false
		}
	}
	return true
}
