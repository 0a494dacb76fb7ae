package rule

import "slices"

// Horizon is how far ahead, in days, time alone is awaited for a no to be near.
const Horizon = 366

// Future is a Source that knows how its facts go on when nothing but time passes. Fields that Dictionary says grow
// need none; it is for facts such as how many of an employer's workers have been insured for twelve months.
type Future interface {
	Source
	// At is the same subject on a later day.
	At(on Day) Source
	// Turns are the days, after on and not after until, on which a field takes a new value by itself.
	Turns(field int, on, until Day) []Day
}

// near decides whether a no is near: one changeable comparison short of yes, or awaiting nothing but time.
func (p *Policy) near(facts Source, on Day) Answer {
	if p.hint >= 0 && p.truth(p.hint, facts, on) != isYes {
		return Answer{}
	}
	if p.hope(p.root, facts, on) {
		if from := p.turn(facts, on, isYes); from != 0 {
			return Answer{Verdict: Near, From: from}
		}
	}
	if p.soft && p.lacks(p.root, facts, on) == 1 {
		return Answer{Verdict: Near}
	}
	return Answer{}
}

const tooMany = 2 // more than one comparison lacks, which is no longer near

// lacks counts the comparisons that would have to come out otherwise for a yes, up to tooMany.
func (p *Policy) lacks(at int, facts Source, on Day) int {
	n := &p.nodes[at]
	switch n.kind {
	case kindLeaf:
		l := &p.leaves[n.leaf]
		switch {
		case l.truth(p.dict, facts, on) == isYes:
			return 0
		case p.closable(l, facts, on):
			return 1
		}
		return tooMany
	case kindAll:
		sum := 0
		for _, kid := range n.kids {
			if sum += p.lacks(kid, facts, on); sum >= tooMany {
				return tooMany
			}
		}
		return sum
	case kindAny:
		least := tooMany
		for _, kid := range n.kids {
			if least = min(least, p.lacks(kid, facts, on)); least == 0 {
				break
			}
		}
		return least
	}
	var count [tooMany + 1]int
	for _, kid := range n.kids {
		count[p.lacks(kid, facts, on)]++
	}
	switch {
	case count[0] >= n.n:
		return 0
	case count[0] == n.n-1 && count[1] > 0:
		return 1
	}
	return tooMany
}

// closable says whether a comparison that fails can be made to hold on purpose: the field is not fixed, is not
// moved by time, and not more than its margin lacks.
func (p *Policy) closable(l *leaf, facts Source, on Day) bool {
	if l.formula != nil {
		return false
	}
	f := &p.dict.Fields[l.field]
	if !p.dict.soft(l.field) || l.truth(p.dict, facts, on) != isNo {
		return false
	}
	if f.Type != Number || f.Margin == 0 {
		return true
	}
	gap, ok := l.gap(facts, on)
	return ok && gap <= f.Margin*Scale
}

// soft says whether a field may be changed on purpose.
func (d *Dictionary) soft(field int) bool {
	f := &d.Fields[field]
	return !f.Fixed && f.Grows == Steady && f.Type != Date
}

// gap is how far a number or date lies from its nearest threshold.
func (l *leaf) gap(facts Source, on Day) (int64, bool) {
	v, known := facts.Field(l.field)
	low, ok := l.low.resolve(facts, on)
	if !known || !ok {
		return 0, false
	}
	gap := abs(v.n - low)
	if l.op == opBetween || l.op == opOutside {
		high, ok := l.high.resolve(facts, on)
		if !ok {
			return 0, false
		}
		gap = min(gap, abs(v.n-high))
	}
	return gap, true
}

func abs(n int64) int64 { return max(n, -n) }

// hope says whether the tree could become true if every comparison that time moves did.
func (p *Policy) hope(at int, facts Source, on Day) bool {
	n := &p.nodes[at]
	switch n.kind {
	case kindLeaf:
		l := &p.leaves[n.leaf]
		return p.moves(l, facts) || l.truth(p.dict, facts, on) == isYes
	case kindAll:
		for _, kid := range n.kids {
			if !p.hope(kid, facts, on) {
				return false
			}
		}
		return true
	case kindAny:
		for _, kid := range n.kids {
			if p.hope(kid, facts, on) {
				return true
			}
		}
		return false
	}
	count := 0
	for _, kid := range n.kids {
		if p.hope(kid, facts, on) {
			count++
		}
	}
	return count >= n.n
}

// moves says whether the outcome of a comparison may change with time alone.
func (p *Policy) moves(l *leaf, facts Source) bool {
	if l.formula != nil {
		return l.formula.timely(p.dict)
	}
	if p.dict.since[l.field] >= 0 || p.travels(l.low) || p.travels(l.high) {
		return true
	}
	_, knows := facts.(Future)
	return knows
}

// travels says whether a threshold changes with time alone.
func (p *Policy) travels(o operand) bool {
	return o.base == today || o.base == other && p.dict.since[o.field] >= 0
}

// turn is the first day within Horizon on which the policy takes the wanted truth by time alone, 0 when there is none.
func (p *Policy) turn(facts Source, on Day, wanted truth) Day {
	days := p.turns(facts, on, on+Horizon)
	for _, day := range days {
		if p.InForce(day) && p.truth(p.root, p.later(facts, on, day), day) == wanted {
			return day
		}
	}
	return 0
}

// turns are the days on which some comparison may come out otherwise.
func (p *Policy) turns(facts Source, on, until Day) []Day {
	var days []Day
	add := func(list ...Day) {
		for _, day := range list {
			if on < day && day <= until {
				days = append(days, day)
			}
		}
	}
	future, knows := facts.(Future)
	for i := range p.leaves {
		l := &p.leaves[i]
		if l.formula != nil {
			if !l.formula.turning(stage(facts, on), p.dict, until, func(day Day) { add(day) }) { // any day may be the one
				for day := on + 1; day <= until; day++ {
					days = append(days, day)
				}
			}
			continue
		}
		if knows {
			add(future.Turns(l.field, on, until)...)
			for _, o := range []operand{l.low, l.high} {
				if o.base == other {
					add(future.Turns(o.field, on, until)...)
				}
			}
		}
		for _, o := range []operand{l.low, l.high} {
			add(p.passes(l, o, facts)...)
		}
		if l.low.base == other { // a growing threshold
			add(p.births(l.low.field, facts, on, until)...)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// passes are the days around which a field and one threshold pass each other.
func (p *Policy) passes(l *leaf, o operand, facts Source) []Day {
	if l.as == Date && o.base == today {
		v, ok := l.fact(p.dict, facts)
		if !ok {
			return nil
		}
		// The day D with D moved by the offset = v; months of unequal length make it one of a few.
		d := Day(v.n - int64(o.days)).AddMonths(-o.months)
		return []Day{d - 3, d - 2, d - 1, d, d + 1, d + 2, d + 3, d + 4}
	}
	since := p.dict.since[l.field]
	if since < 0 || o.base == today {
		return nil
	}
	from, ok := facts.Field(since)
	n, known := o.resolve(facts, 0)
	if !ok || !known {
		return nil
	}
	step := 1
	if p.dict.Fields[l.field].Grows == ByYear {
		step = 12
	}
	whole := int(n / Scale)
	var days []Day
	for k := whole; k <= whole+1; k++ { // at the threshold itself and where it is left behind
		days = append(days, Day(from.n).AddMonths(k*step))
	}
	return days
}

// births are the days on which a growing field rises.
func (p *Policy) births(field int, facts Source, on, until Day) []Day {
	since := p.dict.since[field]
	if since < 0 {
		return nil
	}
	from, ok := facts.Field(since)
	if !ok {
		return nil
	}
	var days []Day
	for k := Day(from.n).Months(on) + 1; ; k++ {
		day := Day(from.n).AddMonths(k)
		if day > until {
			return days
		}
		days = append(days, day)
	}
}

// later is the subject on a later day, if nothing but time passes.
func (p *Policy) later(facts Source, on, day Day) Source {
	if f, ok := facts.(Future); ok {
		facts = f.At(day)
	}
	return aged{dict: p.dict, facts: facts, on: day}
}

// aged counts growing fields anew for its day.
type aged struct {
	dict  *Dictionary
	facts Source
	on    Day
}

// Field implements Source.
func (a aged) Field(id int) (Value, bool) {
	v, ok := a.facts.Field(id)
	since := a.dict.since[id]
	if !ok || since < 0 {
		return v, ok
	}
	from, known := a.facts.Field(since)
	if !known {
		return v, ok
	}
	n := Day(from.n).Months(a.on)
	if a.dict.Fields[id].Grows == ByYear {
		n /= 12
	}
	return Int(int64(n)), true
}
