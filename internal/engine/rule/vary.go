package rule

import "slices"

// Threshold is a figure in a policy's conditions that can be turned to see what would change: the bound of a number, or
// how long before or after today a day may lie.
type Threshold struct {
	leaf  int
	high  bool
	Line  int
	Field int
	Value int64 // whole units of Unit
	Unit  Word
	Said  Word // the demand as it stands: 失业月数应不少于 12 个月
	Range bool // one of the two bounds of a range
	Upper bool // the second of them
}

var periods = [2]Word{{"个月", "months"}, {"天", "days"}}

// Thresholds are the figures of a policy's conditions, in their order. Bounds that hang on another field are none.
func (p *Policy) Thresholds(on Day) (list []Threshold) {
	demands := map[int]Demand{}
	e := &Explanation{Policy: p, On: on, Clauses: make([]Clause, 0, len(p.nodes))}
	e.clause(p.root, 0, nobody{})
	for i := range e.Clauses {
		if c := &e.Clauses[i]; c.Group == "" {
			zh, en := c.asked()
			demands[c.leaf] = Demand{Zh: zh, En: en}
		}
	}
	for i := range p.leaves {
		l := &p.leaves[i]
		said, inConditions := demands[i] // those of 差一点 are no conditions
		if l.formula != nil || !inConditions {
			continue
		}
		for _, high := range []bool{false, true} {
			o := l.low
			if high {
				if o = l.high; l.op != opBetween && l.op != opOutside {
					continue
				}
			}
			t := Threshold{leaf: i, high: high, Line: l.line, Field: l.field, Said: Word{said.Zh, said.En}, Range: l.op == opBetween || l.op == opOutside, Upper: high}
			f := &p.dict.Fields[l.field]
			switch {
			case f.Type == Number && o.base == literal && o.n%Scale == 0:
				t.Value, t.Unit = o.n/Scale, f.Unit
			case f.Type == Date && o.base == today && o.months != 0:
				t.Value, t.Unit = abs(int64(o.months)), periods[0]
			case f.Type == Date && o.base == today && o.days != 0:
				t.Value, t.Unit = abs(int64(o.days)), periods[1]
			default:
				continue
			}
			list = append(list, t)
		}
	}
	return list
}

// With is the policy with another value of one of its thresholds.
func (p *Policy) With(t Threshold, value int64) *Policy {
	made := *p
	made.leaves = slices.Clone(p.leaves)
	o := &made.leaves[t.leaf].low
	if t.high {
		o = &made.leaves[t.leaf].high
	}
	sign := func(n int) int64 {
		if n < 0 {
			return -1
		}
		return 1
	}
	switch {
	case o.base == literal:
		o.n = value * Scale
	case o.months != 0:
		o.months = int(sign(o.months) * value)
	default:
		o.days = int(sign(o.days) * value)
	}
	return &made
}
