package census

import (
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
)

// Result is who is in by each rule, and who may be.
type Result struct {
	p        *Program
	c        *Census
	segments [][]uint64 // of each: rules × (yes, unknown) × segmentWords
}

// Screen decides a program's rules for everybody. workers is how many processors may be used; 0: all there are.
func (c *Census) Screen(p *Program, workers int) *Result {
	r := &Result{p: p, c: c, segments: make([][]uint64, len(c.segments))}
	c.eachSegment(workers, func() func(int) {
		m := newMachine(c, p)
		return func(segment int) {
			out := make([]uint64, p.rules*2*segmentWords)
			r.segments[segment] = out
			m.segment(segment, func(offset, words, rule int, answer *both) {
				yes := out[rule*2*segmentWords+offset:][:words]
				unknown := out[(rule*2+1)*segmentWords+offset:][:words]
				for w := range yes {
					yes[w], unknown[w] = answer.yes[w], ^(answer.yes[w] | answer.no[w])
				}
			})
			n, mask := c.words(segment)
			for plane := range p.rules * 2 {
				out[plane*segmentWords+n-1] &= mask
			}
		}
	})
	return r
}

// segment decides all rules for a segment, block by block, and hands over each answer.
func (m *machine) segment(segment int, take func(offset, words, rule int, answer *both)) {
	n, _ := m.c.words(segment)
	for offset := 0; offset < n; offset += blockWords {
		m.clauses(planes{m.c.segments[segment], segmentWords, offset})
		for rule := range m.p.rules {
			take(offset, min(blockWords, n-offset), rule, m.rule(rule))
		}
	}
}

// eachSegment shares the segments out among workers; start gives each worker its own function.
func (c *Census) eachSegment(workers int, start func() func(segment int)) {
	share(len(c.segments), workers, start)
}

func share(parts, workers int, start func() func(part int)) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var running sync.WaitGroup
	for range min(workers, parts) {
		running.Go(func() {
			work := start()
			for {
				part := int(next.Add(1)) - 1
				if part >= parts {
					return
				}
				work(part)
			}
		})
	}
	running.Wait()
}

func (r *Result) yes(segment, rule int) []uint64 {
	return r.segments[segment][rule*2*segmentWords:][:segmentWords]
}

func (r *Result) unknown(segment, rule int) []uint64 {
	return r.segments[segment][(rule*2+1)*segmentWords:][:segmentWords]
}

// Count is how many are in by a rule, and of how many too little is known.
func (r *Result) Count(rule int) (yes, unknown int64) {
	for s := range r.segments {
		yes += popcount(r.yes(s, rule))
		unknown += popcount(r.unknown(s, rule))
	}
	return yes, unknown
}

// Answer is a person's: yes, or unknown, or neither.
func (r *Result) Answer(rule, at int) (yes, unknown bool) {
	s, word, bit := at/segmentPeople, at%segmentPeople/64, uint(at%64)
	return r.yes(s, rule)[word]>>bit&1 == 1, r.unknown(s, rule)[word]>>bit&1 == 1
}

// CountBy counts who is in by group.
func (r *Result) CountBy(rule, workers int) []int64 { return r.countBy(rule, workers, r.yes) }

// UnknownBy counts those of whom too little is known by group.
func (r *Result) UnknownBy(rule, workers int) []int64 { return r.countBy(rule, workers, r.unknown) }

func (r *Result) countBy(rule, workers int, of func(segment, rule int) []uint64) []int64 {
	total := make([]int64, len(r.c.names))
	var lock sync.Mutex
	r.c.eachSegment(workers, func() func(int) {
		return func(segment int) {
			mine := make([]int64, len(r.c.names))
			groups := r.c.groups[segment*segmentPeople:]
			for w, word := range of(segment, rule) {
				tally(mine, groups, w, word)
			}
			lock.Lock()
			defer lock.Unlock()
			for g, n := range mine {
				total[g] += n
			}
		}
	})
	return total
}

// tally counts the people of one word by their groups.
func tally(to []int64, groups []uint16, w int, word uint64) {
	for word != 0 {
		to[groups[w*64+bits.TrailingZeros64(word)]]++
		word &= word - 1
	}
}

// Each goes through those who are in by a rule, in order, from a place on, until told to stop with false.
func (r *Result) Each(rule, from int, yield func(at int) bool) {
	for s := from / segmentPeople; s < len(r.segments); s++ {
		for w, word := range r.yes(s, rule) {
			at := s*segmentPeople + w*64
			if at+63 < from {
				continue
			}
			for ; word != 0; word &= word - 1 {
				if one := at + bits.TrailingZeros64(word); one >= from && !yield(one) {
					return
				}
			}
		}
	}
}

// Bytes is the memory that the answers take.
func (r *Result) Bytes() (n int64) {
	for _, s := range r.segments {
		n += int64(len(s)) * 8
	}
	return n
}
