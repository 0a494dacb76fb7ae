package search

import (
	mathbits "math/bits"
	"sync"
)

// bits is a set of vacancies of a segment, by their numbers.
type bits []uint64

func wordsFor(n int) int { return (n + 63) / 64 }

func (b bits) has(i uint32) bool { return b[i>>6]&(1<<(i&63)) != 0 }

func (b bits) set(i uint32) { b[i>>6] |= 1 << (i & 63) }

func (b bits) clear(i uint32) { b[i>>6] &^= 1 << (i & 63) }

func (b bits) and(o bits) {
	o = o[:len(b)]
	for i := range b {
		b[i] &= o[i]
	}
}

func (b bits) or(o bits) {
	o = o[:len(b)]
	for i := range b {
		b[i] |= o[i]
	}
}

func (b bits) andNot(o bits) {
	o = o[:len(b)]
	for i := range b {
		b[i] &^= o[i]
	}
}

func (b bits) count() (n int) {
	for _, w := range b {
		n += mathbits.OnesCount64(w)
	}
	return n
}

// countBoth is the size of the intersection.
func countBoth(a, b bits) (n int) {
	b = b[:len(a)]
	for i := range a {
		n += mathbits.OnesCount64(a[i] & b[i])
	}
	return n
}

// fill sets the first n.
func (b bits) fill(n int) {
	for i := range b[:n/64] {
		b[i] = ^uint64(0)
	}
	if n%64 != 0 {
		b[n/64] |= 1<<(n%64) - 1
	}
}

// all yields the numbers in the set.
func (b bits) all(yield func(uint32) bool) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			if !yield(uint32(i<<6 + mathbits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// arena lends sets for the time of one question.
type arena struct{ free, lent []bits }

var arenas = sync.Pool{New: func() any { return &arena{} }}

// get lends an empty set.
func (a *arena) get(n int) bits {
	b := a.lend(n)
	clear(b)
	return b
}

// copyOf lends a set that begins as another.
func (a *arena) copyOf(o bits, n int) bits {
	b := a.lend(n)
	copy(b, o)
	return b
}

// lend lends a set with whatever is in it.
func (a *arena) lend(n int) bits {
	words := wordsFor(n)
	for i := len(a.free) - 1; i >= 0; i-- {
		if b := a.free[i]; cap(b) >= words {
			a.free[i] = a.free[len(a.free)-1]
			a.free = a.free[:len(a.free)-1]
			a.lent = append(a.lent, b)
			return b[:words]
		}
	}
	b := make(bits, words)
	a.lent = append(a.lent, b)
	return b
}

// reset takes everything back.
func (a *arena) reset() {
	a.free = append(a.free, a.lent...)
	a.lent = a.lent[:0]
}
