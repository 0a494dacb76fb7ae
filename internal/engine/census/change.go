package census

import "math/bits"

// Move is somebody who comes in by a rule, leaves it, or of whom now too little or enough is known.
type Move struct {
	Rule            int
	At              int
	WasYes, Yes     bool
	WasMaybe, Maybe bool // unknown
}

// packed is how many people are decided together when single ones have changed.
const packed = blockWords * 64

// seat is where one of them stands in a segment.
type seat = uint16

// run is a stretch of seats in one segment.
type run struct{ segment, from, to int }

// Again decides people at the given places again, after Set has written them. Places rise. It returns what has changed.
// Only these people's bits are read: they are gathered into blocks of their own, decided, and put back.
func (r *Result) Again(places []int, workers int) []Move {
	r.grow()
	parts := partsOf(places)
	moves := make([][]Move, len(parts))
	share(len(parts), workers, func() func(int) {
		a := &again{Result: r, m: newMachine(r.c, r.p), slab: make([]uint64, r.c.planes*blockWords), seats: make([]seat, packed),
			was: make([]uint64, r.p.rules*2*blockWords)}
		return func(part int) { moves[part] = a.decide(parts[part]) }
	})
	var all []Move
	for _, some := range moves {
		all = append(all, some...)
	}
	return all
}

// partsOf cuts places into parts of at most packed people, where no two parts share a word.
func partsOf(places []int) (parts [][]int) {
	for len(places) > 0 {
		n := min(packed, len(places))
		for n < len(places) && places[n]/64 == places[n-1]/64 {
			n--
		}
		parts = append(parts, places[:n])
		places = places[n:]
	}
	return parts
}

type again struct {
	*Result
	m     *machine
	slab  []uint64
	seats []seat
	runs  []run
	was   []uint64 // of each rule: yes, unknown
}

func (a *again) decide(places []int) (moves []Move) {
	a.runs = a.runs[:0]
	for j, at := range places {
		if n := len(a.runs); n == 0 || a.runs[n-1].segment != at/segmentPeople {
			a.runs = append(a.runs, run{at / segmentPeople, j, j})
		}
		a.runs[len(a.runs)-1].to = j + 1
		a.seats[j] = seat(at % segmentPeople)
	}
	for _, run := range a.runs { // segment by segment, so that its planes are read one behind the other
		for _, column := range a.p.columns {
			col := &a.c.columns[column]
			planes := col.width
			if !col.Always {
				planes++ // validity stands behind the bits
			}
			a.gather(a.slab, a.c.segments[run.segment], col.first, planes, run)
		}
		a.gather(a.was, a.Result.segments[run.segment], 0, a.p.rules*2, run)
	}
	if rest := len(places) & 63; rest != 0 { // the last word is not full: its people stand in the upper end
		for at := len(places) >> 6; at < len(a.slab); at += blockWords {
			a.slab[at] >>= 64 - rest
		}
		for at := len(places) >> 6; at < len(a.was); at += blockWords {
			a.was[at] >>= 64 - rest
		}
	}
	a.m.clauses(planes{a.slab, blockWords, 0})
	for rule := range a.p.rules {
		moves = a.settle(rule, a.m.rule(rule), places, moves)
	}
	return moves
}

// gather brings the bits of some planes of everybody in a run of seats together. A word is filled from its upper end down;
// one that is not full goes on with the next run. Four planes go at once: their loads wait for each other's memory.
func (a *again) gather(to, from []uint64, first, planes int, run run) {
	for k := first; k < first+planes; k += 4 {
		last := first + planes - 1 // a plane that is not there is the last one once more
		k0, k1, k2, k3 := k, min(k+1, last), min(k+2, last), min(k+3, last)
		out0, out1, out2, out3 := (*vec)(to[k0*blockWords:]), (*vec)(to[k1*blockWords:]), (*vec)(to[k2*blockWords:]), (*vec)(to[k3*blockWords:])
		in0, in1 := (*[segmentWords]uint64)(from[k0*segmentWords:]), (*[segmentWords]uint64)(from[k1*segmentWords:])
		in2, in3 := (*[segmentWords]uint64)(from[k2*segmentWords:]), (*[segmentWords]uint64)(from[k3*segmentWords:])
		at := run.from
		for seats := a.seats[run.from:run.to]; len(seats) > 0; {
			n, w := min(len(seats), 64-at&63), at>>6&(blockWords-1)
			w0, w1, w2, w3 := out0[w], out1[w], out2[w], out3[w] // what stands there of earlier blocks is shifted out
			for _, s := range seats[:n] {
				w0 = w0>>1 | in0[s>>6]>>(s&63)<<63
				w1 = w1>>1 | in1[s>>6]>>(s&63)<<63
				w2 = w2>>1 | in2[s>>6]>>(s&63)<<63
				w3 = w3>>1 | in3[s>>6]>>(s&63)<<63
			}
			out0[w], out1[w], out2[w], out3[w] = w0, w1, w2, w3
			seats, at = seats[n:], at+n
		}
	}
}

// settle lays the new answers beside the old ones and writes those that differ.
func (a *again) settle(rule int, answer *both, places []int, moves []Move) []Move {
	wasYes, wasMaybe := (*vec)(a.was[rule*2*blockWords:]), (*vec)(a.was[(rule*2+1)*blockWords:])
	for w := range (len(places) + 63) / 64 {
		unknown := ^(answer.yes[w] | answer.no[w])
		other := (answer.yes[w] ^ wasYes[w]) | (unknown ^ wasMaybe[w])
		if left := len(places) - w*64; left < 64 {
			other &= 1<<left - 1
		}
		for ; other != 0; other &= other - 1 {
			bit := bits.TrailingZeros64(other)
			at := places[w*64+bit]
			m := Move{Rule: rule, At: at, Yes: answer.yes[w]>>bit&1 == 1, Maybe: unknown>>bit&1 == 1,
				WasYes: wasYes[w]>>bit&1 == 1, WasMaybe: wasMaybe[w]>>bit&1 == 1}
			word := at % segmentPeople / 64
			put(&a.yes(at/segmentPeople, rule)[word], uint(at%64), one(m.Yes))
			put(&a.unknown(at/segmentPeople, rule)[word], uint(at%64), one(m.Maybe))
			moves = append(moves, m)
		}
	}
	return moves
}

// grow makes room for people who have come since.
func (r *Result) grow() {
	for len(r.segments) < len(r.c.segments) {
		r.segments = append(r.segments, make([]uint64, r.p.rules*2*segmentWords))
	}
}
