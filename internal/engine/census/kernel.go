package census

import "math/bits"

// blockWords is how many words are decided together: few enough that everything in between stays in the nearest caches.
const blockWords = 128

type vec = [blockWords]uint64

// both says of 64 people a word who surely does and who surely does not; who is in neither is unknown.
type both struct{ yes, no vec }

// counter counts people's answers bit by bit.
type counter struct{ yes, no [counterBits]vec }

// machine decides one block at a time. Each worker has its own.
type machine struct {
	p      *Program
	c      *Census
	atoms  []both
	slots  []both
	counts []counter
}

func newMachine(c *Census, p *Program) *machine {
	m := &machine{p: p, c: c, atoms: make([]both, len(p.atoms)), slots: make([]both, p.slots+1)}
	if p.counts {
		m.counts = make([]counter, p.slots)
	}
	return m
}

// planes are where a block's planes lie: plane k begins at slab[k*stride+offset].
type planes struct {
	slab           []uint64
	stride, offset int
}

func (s *planes) at(plane int) *vec { return (*vec)(s.slab[plane*s.stride+s.offset:]) }

// clauses decides all clauses for a block.
func (m *machine) clauses(s planes) {
	for i := range m.p.atoms {
		a := &m.p.atoms[i]
		col := &m.c.columns[a.column]
		out := &m.atoms[i]
		clear(out.yes[:])
		for k := range col.width {
			if a.bits>>k&1 == 1 {
				p := s.at(col.first + k)
				for w := range out.yes {
					out.yes[w] |= p[w]
				}
			}
		}
		for k, r := range a.in {
			if k == 0 {
				between(&out.yes, &s, col, r)
				continue
			}
			between(&out.no, &s, col, r)
			for w := range out.yes {
				out.yes[w] |= out.no[w]
			}
		}
		if v := col.valid(); v >= 0 {
			known := s.at(v)
			for w := range out.yes {
				y, k := out.yes[w], known[w]
				out.yes[w], out.no[w] = y&k, k&^y
			}
			continue
		}
		for w := range out.yes {
			out.no[w] = ^out.yes[w]
		}
	}
}

// between finds the codes of a range.
func between(out *vec, s *planes, col *Column, r span) {
	top := uint64(1)<<col.width - 1
	switch {
	case r.from == r.to:
		equal(out, s, col, r.from)
	case r.to == top:
		reach(out, s, col, r.from)
	case r.from == 0:
		reach(out, s, col, r.to+1)
		for w := range out {
			out[w] = ^out[w]
		}
	default:
		var above vec
		reach(out, s, col, r.from)
		reach(&above, s, col, r.to+1)
		for w := range out {
			out[w] &^= above[w]
		}
	}
}

func equal(out *vec, s *planes, col *Column, code uint64) {
	for w := range out {
		out[w] = ^uint64(0)
	}
	for k := 0; k < col.width; k++ {
		p := s.at(col.first + k)
		// Two planes at a time: half the loads and stores of the result.
		if k+1 < col.width {
			q := s.at(col.first + k + 1)
			x, y := flip(code, k), flip(code, k+1)
			for w := range out {
				out[w] &= (p[w] ^ x) & (q[w] ^ y)
			}
			k++
			continue
		}
		x := flip(code, k)
		for w := range out {
			out[w] &= p[w] ^ x
		}
	}
}

// flip turns a plane round whose bit must be 0.
func flip(code uint64, k int) uint64 { return code>>k&1 - 1 }

// reach finds codes of at least a bound: from the lowest bit up, a 1 in the bound asks for a 1, a 0 is beaten by one.
func reach(out *vec, s *planes, col *Column, bound uint64) {
	if bound == 0 {
		for w := range out {
			out[w] = ^uint64(0)
		}
		return
	}
	k := bits.TrailingZeros64(bound)
	if k >= col.width {
		clear(out[:])
		return
	}
	*out = *s.at(col.first + k)
	for k++; k < col.width; k++ {
		p := s.at(col.first + k)
		if k+1 == col.width {
			if bound>>k&1 == 1 {
				for w := range out {
					out[w] &= p[w]
				}
			} else {
				for w := range out {
					out[w] |= p[w]
				}
			}
			return
		}
		q := s.at(col.first + k + 1)
		switch bound >> k & 3 {
		case 0:
			for w := range out {
				out[w] |= p[w] | q[w]
			}
		case 1:
			for w := range out {
				out[w] = out[w]&p[w] | q[w]
			}
		case 2:
			for w := range out {
				out[w] = (out[w] | p[w]) & q[w]
			}
		case 3:
			for w := range out {
				out[w] &= p[w] & q[w]
			}
		}
		k++
	}
}

// rule decides one rule for the block whose clauses are decided. The answer stands in the first slot.
func (m *machine) rule(i int) *both {
	for n := range m.p.code[i] {
		s := &m.p.code[i][n]
		to := &m.slots[s.slot]
		switch s.kind {
		case stepLoad:
			yes, no := m.atom(s)
			to.yes, to.no = *yes, *no
		case stepAnd:
			yes, no := m.atom(s)
			meet(&to.yes, &to.no, yes, no)
		case stepOr:
			yes, no := m.atom(s)
			meet(&to.no, &to.yes, no, yes)
		case stepAndSlot:
			kid := &m.slots[s.slot+1]
			meet(&to.yes, &to.no, &kid.yes, &kid.no)
		case stepOrSlot:
			kid := &m.slots[s.slot+1]
			meet(&to.no, &to.yes, &kid.no, &kid.yes)
		case stepNot:
			to.yes, to.no = to.no, to.yes
		case stepYes:
			fill(&to.yes, ^uint64(0))
			fill(&to.no, 0)
		case stepNo:
			fill(&to.yes, 0)
			fill(&to.no, ^uint64(0))
		case stepZero:
			m.counts[s.slot] = counter{}
		case stepCount:
			count(&m.counts[s.slot].yes, &m.slots[s.slot+1].yes)
			count(&m.counts[s.slot].no, &m.slots[s.slot+1].no)
		case stepReach:
			counted(&to.yes, &m.counts[s.slot].yes, s.n)
			counted(&to.no, &m.counts[s.slot].no, s.many-s.n+1)
		}
	}
	return &m.slots[0]
}

func (m *machine) atom(s *step) (yes, no *vec) {
	a := &m.atoms[s.atom]
	if s.negated {
		return &a.no, &a.yes
	}
	return &a.yes, &a.no
}

// meet is all of two: yes when both are, no when either is.
func meet(yes, no, otherYes, otherNo *vec) {
	for w := range yes {
		yes[w] &= otherYes[w]
		no[w] |= otherNo[w]
	}
}

func fill(v *vec, with uint64) {
	for w := range v {
		v[w] = with
	}
}

// count adds one bit to everybody's counter.
func count(to *[counterBits]vec, more *vec) {
	for w := range more {
		carry := more[w]
		for k := 0; carry != 0; k++ {
			carry, to[k][w] = carry&to[k][w], carry^to[k][w]
		}
	}
}

// counted finds whose counter has reached n.
func counted(out *vec, of *[counterBits]vec, n int) {
	fill(out, ^uint64(0))
	for k := range of {
		if n>>k&1 == 1 {
			for w := range out {
				out[w] &= of[k][w]
			}
		} else {
			for w := range out {
				out[w] |= of[k][w]
			}
		}
	}
}
