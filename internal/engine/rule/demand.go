package rule

import "fmt"

// Demand is one line of what a policy asks for, without anybody's facts.
type Demand struct {
	Depth int
	Group bool // the heading of the lines below it that stand deeper
	Zh    string
	En    string
}

// nobody knows nothing.
type nobody struct{}

// Field implements Source.
func (nobody) Field(int) (Value, bool) { return Value{}, false }

// Demands are the policy's conditions in plain words, as they stand on a day.
func (p *Policy) Demands(on Day) []Demand {
	e := &Explanation{Policy: p, On: on, Clauses: make([]Clause, 0, len(p.nodes))}
	e.clause(p.root, 0, nobody{})
	list := make([]Demand, len(e.Clauses))
	for i := range e.Clauses {
		c := &e.Clauses[i]
		list[i] = Demand{Depth: c.Depth, Group: c.Group != "", Zh: c.Zh(Plain), En: c.En()}
		if c.Group == "" {
			list[i].Zh, list[i].En = c.asked()
		}
	}
	return list
}

// asked is the demand of one comparison: 失业月数应不少于 12 个月; a bool by the fact it wants: 已登记失业.
func (c *Clause) asked() (zh, en string) {
	l := &c.policy.leaves[c.leaf]
	if l.formula != nil {
		return l.text0, l.text0
	}
	f := c.taken()
	if f.Type == Bool {
		wanted := Yes(l.op == opEq)
		if zh = either(wanted.IsYes(), f.Yes, f.No); zh == "" {
			zh = fmt.Sprintf("%s为%s", f.Zh, f.Say(wanted, false))
		}
		return zh, f.Label() + ": " + f.Say(wanted, true)
	}
	if l.low.base == other {
		o := &c.policy.dict.Fields[l.low.field]
		w := demands[l.op]
		if f.Type == Date {
			w = dateDemands[l.op]
		}
		move, moveEn := l.low.moved()
		return f.Zh + w.Zh + o.Zh + move, f.Label() + " " + w.En + " " + o.Label() + moveEn
	}
	return f.Zh + c.demand(false), f.Label() + " " + c.demand(true)
}

// moved is what is added to a threshold, in words.
func (o operand) moved() (zh, en string) {
	n, unit := o.months, Word{"个月", "months"}
	if n == 0 {
		n, unit = o.days, Word{"天", "days"}
	}
	switch {
	case n > 0:
		return fmt.Sprintf("后 %d %s", n, unit.Zh), fmt.Sprintf(" plus %d %s", n, unit.En)
	case n < 0:
		return fmt.Sprintf("前 %d %s", -n, unit.Zh), fmt.Sprintf(" minus %d %s", -n, unit.En)
	}
	return "", ""
}
