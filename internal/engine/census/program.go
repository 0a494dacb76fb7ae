package census

import (
	"fmt"
	"slices"
	"strings"
)

// Range is a run of values, both ends included.
type Range struct{ From, To int64 }

// Op says what a node of a rule is.
type Op uint8

// The nodes of a rule.
const (
	Is      Op = iota // the column's value lies in one of the ranges, or has one of the bits
	All               // every kid
	Any               // one kid at least
	Not               // its one kid does not hold
	AtLeast           // N of the kids
)

// Rule is a condition. A value that is not known makes a clause unknown; unknown goes through the nodes as Kleene has it.
type Rule struct {
	Op     Op
	Column int     // of Is
	In     []Range // of Is
	Bits   uint64  // of Is instead of In, for columns that hold sets: one of these bits of the value (less Min)
	N      int     // of AtLeast
	Kids   []Rule
}

// Program is a number of rules made ready for everybody. Clauses that several rules share are decided once.
type Program struct {
	rules   int
	atoms   []atom
	columns []int // that some atom asks
	code    [][]step
	slots   int
	counts  bool // some rule counts
}

// atom is a clause in codes: true where the code lies in a range, the other way round when negated.
type atom struct {
	column  int
	in      []span
	bits    uint64 // instead of in
	negated bool
}

type span struct{ from, to uint64 }

type stepKind uint8

const (
	stepLoad stepKind = iota // slot = atom
	stepAnd
	stepOr
	stepAndSlot // slot = slot and the next slot
	stepOrSlot
	stepNot
	stepYes // slot = yes for everybody
	stepNo
	stepZero  // counters of the slot to zero
	stepCount // the next slot is counted
	stepReach // slot = at least n of many were counted
)

type step struct {
	kind    stepKind
	slot    int
	atom    int
	negated bool
	n, many int
}

const (
	maxDepth    = 64
	counterBits = 6 // so at most 63 kids under AtLeast
)

// Compile makes rules ready for a census' columns.
func (c *Census) Compile(rules []Rule) (*Program, error) {
	p := &Program{rules: len(rules)}
	known := map[string]int{}
	for i := range rules {
		m := &compiler{c: c, p: p, known: known}
		if err := m.node(&rules[i], 0); err != nil {
			return nil, fmt.Errorf("rule %d: %w", i+1, err)
		}
		p.code = append(p.code, m.steps)
	}
	for _, a := range p.atoms {
		if !slices.Contains(p.columns, a.column) {
			p.columns = append(p.columns, a.column)
		}
	}
	slices.Sort(p.columns)
	return p, nil
}

// Clauses is how many different clauses the rules have.
func (p *Program) Clauses() int { return len(p.atoms) }

type compiler struct {
	c     *Census
	p     *Program
	known map[string]int // canonical clause → atom
	steps []step
}

func (m *compiler) emit(s step) { m.steps = append(m.steps, s) }

// leaf finds the clause under Is and Not.
func leaf(r *Rule) (is *Rule, negated, ok bool) {
	for r.Op == Not && len(r.Kids) == 1 {
		r, negated = &r.Kids[0], !negated
	}
	return r, negated, r.Op == Is
}

func (m *compiler) node(r *Rule, slot int) error {
	if slot >= maxDepth {
		return fmt.Errorf("census: conditions stand more than %d deep in each other", maxDepth)
	}
	m.p.slots = max(m.p.slots, slot+1)
	if is, negated, ok := leaf(r); ok {
		return m.clause(stepLoad, is, negated, slot)
	}
	switch r.Op {
	case Not:
		if len(r.Kids) != 1 {
			return fmt.Errorf("census: Not has %d kids", len(r.Kids))
		}
		if err := m.node(&r.Kids[0], slot); err != nil {
			return err
		}
		m.emit(step{kind: stepNot, slot: slot})
	case All:
		return m.junction(r, slot, stepYes, stepAnd, stepAndSlot)
	case Any:
		return m.junction(r, slot, stepNo, stepOr, stepOrSlot)
	case AtLeast:
		return m.quorum(r, slot)
	default:
		return fmt.Errorf("census: no node of kind %d", r.Op)
	}
	return nil
}

// junction decides the kids one after the other, the larger ones first so that few slots are needed.
func (m *compiler) junction(r *Rule, slot int, empty, withAtom, withSlot stepKind) error {
	if len(r.Kids) == 0 {
		m.emit(step{kind: empty, slot: slot})
		return nil
	}
	first := true
	for _, plain := range []bool{false, true} {
		for i := range r.Kids {
			kid := &r.Kids[i]
			is, negated, ok := leaf(kid)
			if ok != plain {
				continue
			}
			var err error
			switch {
			case first:
				err = m.node(kid, slot)
			case ok:
				err = m.clause(withAtom, is, negated, slot)
			default:
				if err = m.node(kid, slot+1); err == nil {
					m.emit(step{kind: withSlot, slot: slot})
				}
			}
			if err != nil {
				return err
			}
			first = false
		}
	}
	return nil
}

func (m *compiler) quorum(r *Rule, slot int) error {
	switch {
	case r.N <= 0:
		m.emit(step{kind: stepYes, slot: slot})
		return nil
	case r.N > len(r.Kids):
		m.emit(step{kind: stepNo, slot: slot})
		return nil
	case len(r.Kids) >= 1<<counterBits:
		return fmt.Errorf("census: at least %d of %d: more than %d kids", r.N, len(r.Kids), 1<<counterBits-1)
	}
	m.p.counts = true
	m.emit(step{kind: stepZero, slot: slot})
	for i := range r.Kids {
		if err := m.node(&r.Kids[i], slot+1); err != nil {
			return err
		}
		m.emit(step{kind: stepCount, slot: slot})
	}
	m.emit(step{kind: stepReach, slot: slot, n: r.N, many: len(r.Kids)})
	return nil
}

// clause finds or makes the atom of an Is node.
func (m *compiler) clause(kind stepKind, r *Rule, negated bool, slot int) error {
	if r.Column < 0 || r.Column >= len(m.c.columns) {
		return fmt.Errorf("census: no column %d", r.Column)
	}
	a := atom{column: r.Column, bits: r.Bits}
	if r.Bits == 0 {
		a = m.c.columns[r.Column].atom(r.Column, r.In)
	}
	var key strings.Builder
	fmt.Fprint(&key, a.column, a.bits, a.in)
	at, has := m.known[key.String()]
	if !has {
		at = len(m.p.atoms)
		m.known[key.String()] = at
		m.p.atoms = append(m.p.atoms, a)
	}
	// The clause and its opposite share an atom: whichever side has fewer ranges is kept.
	m.emit(step{kind: kind, slot: slot, atom: at, negated: negated != a.negated})
	return nil
}

// atom puts ranges into codes: sorted, joined where they touch, and turned round where the rest is simpler.
func (c *Column) atom(column int, in []Range) atom {
	var list []span
	for _, r := range in {
		if r.From <= r.To && r.To >= c.Min && r.From <= c.Max {
			list = append(list, span{c.code(r.From), c.code(r.To)})
		}
	}
	slices.SortFunc(list, func(a, b span) int {
		if a.from < b.from {
			return -1
		}
		return 1
	})
	joined := list[:0]
	for _, s := range list {
		if n := len(joined); n > 0 && s.from <= joined[n-1].to+1 {
			joined[n-1].to = max(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	rest := complement(joined, c.code(c.Max))
	if len(rest) < len(joined) || len(rest) == len(joined) && len(rest) > 0 && rest[0].from < joined[0].from {
		return atom{column: column, in: rest, negated: true}
	}
	return atom{column: column, in: joined}
}

func complement(in []span, top uint64) (out []span) {
	from := uint64(0)
	for _, s := range in {
		if s.from > from {
			out = append(out, span{from, s.from - 1})
		}
		from = s.to + 1
	}
	if from <= top {
		out = append(out, span{from, top})
	}
	return out
}
