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

// seat is where one of them stands in the planes of a segment.
type seat struct {
	word uint16
	bit  uint8
}

// run is a stretch of seats in one segment.
type run struct{ segment, from, to int }

// Again decides people at the given places again, after Set has written them. Places rise. It returns what has changed.
// Only these people's bits are read: they are gathered into blocks of their own, decided, and put back.
func (r *Result) Again(places []int, workers int) []Move {
	r.grow()
	parts := partsOf(places)
	moves := make([][]Move, len(parts))
	share(len(parts), workers, func() func(int) {
		a := &again{Result: r, m: newMachine(r.c, r.p), slab: make([]uint64, r.c.planes*blockWords), seats: make([]seat, packed)}
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
	was   both // of one rule: yes, and in no's place unknown
}

func (a *again) decide(places []int) (moves []Move) {
	a.runs = a.runs[:0]
	for j, at := range places {
		if n := len(a.runs); n == 0 || a.runs[n-1].segment != at/segmentPeople {
			a.runs = append(a.runs, run{at / segmentPeople, j, j})
		}
		a.runs[len(a.runs)-1].to = j + 1
		a.seats[j] = seat{uint16(at % segmentPeople / 64), uint8(at % 64)}
	}
	for _, column := range a.p.columns {
		col := &a.c.columns[column]
		planes := col.width
		if !col.Always {
			planes++ // validity stands behind the bits
		}
		for k := range planes {
			a.gather(a.slab[(col.first+k)*blockWords:], a.c.segments, col.first+k)
		}
	}
	a.m.clauses(planes{a.slab, blockWords, 0})
	for rule := range a.p.rules {
		moves = a.settle(rule, a.m.rule(rule), places, moves)
	}
	return moves
}

// gather brings the bits of one plane of everybody in the seats together.
func (a *again) gather(to []uint64, from [][]uint64, plane int) {
	out := (*vec)(to)
	word, at := uint64(0), 0 // the word that is filled from its upper end down, and how many people have been taken
	for _, run := range a.runs {
		in := (*[segmentWords]uint64)(from[run.segment][plane*segmentWords:])
		for seats := a.seats[run.from:run.to]; len(seats) > 0; {
			n := min(len(seats), 64-at&63)
			for _, s := range seats[:n] {
				word = word>>1 | in[s.word%segmentWords]>>(s.bit&63)<<63
			}
			seats = seats[n:]
			if at += n; at&63 == 0 {
				out[(at>>6-1)&(blockWords-1)] = word
			}
		}
	}
	if at&63 != 0 {
		out[at>>6&(blockWords-1)] = word >> (64 - at&63)
	}
}

// settle lays the new answers beside the old ones and writes those that differ.
func (a *again) settle(rule int, answer *both, places []int, moves []Move) []Move {
	a.gather(a.was.yes[:], a.Result.segments, rule*2)
	a.gather(a.was.no[:], a.Result.segments, rule*2+1)
	for w := range (len(places) + 63) / 64 {
		unknown := ^(answer.yes[w] | answer.no[w])
		other := (answer.yes[w] ^ a.was.yes[w]) | (unknown ^ a.was.no[w])
		if left := len(places) - w*64; left < 64 {
			other &= 1<<left - 1
		}
		for ; other != 0; other &= other - 1 {
			bit := bits.TrailingZeros64(other)
			at := places[w*64+bit]
			m := Move{Rule: rule, At: at, Yes: answer.yes[w]>>bit&1 == 1, Maybe: unknown>>bit&1 == 1,
				WasYes: a.was.yes[w]>>bit&1 == 1, WasMaybe: a.was.no[w]>>bit&1 == 1}
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
