package census

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
		for k := range col.width {
			a.gather(col.first + k)
		}
		if v := col.valid(); v >= 0 {
			a.gather(v)
		}
	}
	a.m.clauses(planes{a.slab, blockWords, 0})
	for rule := range a.p.rules {
		answer := a.m.rule(rule)
		for _, run := range a.runs {
			moves = a.put(answer, rule, run, places, moves)
		}
	}
	return moves
}

func (a *again) gather(plane int) {
	out := (*vec)(a.slab[plane*blockWords:])
	var word uint64
	last := 0
	for _, run := range a.runs {
		from := (*[segmentWords]uint64)(a.c.segments[run.segment][plane*segmentWords:])
		for i, s := range a.seats[run.from:run.to] {
			j := run.from + i
			word |= from[s.word%segmentWords] >> (s.bit & 63) & 1 << (j & 63)
			if j&63 == 63 {
				out[j>>6&(blockWords-1)] = word
				word = 0
			}
		}
		last = run.to
	}
	if last&63 != 0 {
		out[last>>6] = word
	}
}

func (a *again) put(answer *both, rule int, run run, places []int, moves []Move) []Move {
	yes := (*[segmentWords]uint64)(a.yes(run.segment, rule))
	unknown := (*[segmentWords]uint64)(a.unknown(run.segment, rule))
	for i, s := range a.seats[run.from:run.to] {
		j := run.from + i
		at, w, bit := j>>6&(blockWords-1), s.word%segmentWords, s.bit&63
		now := answer.yes[at] >> (j & 63) & 1
		maybe := ^(answer.yes[at] | answer.no[at]) >> (j & 63) & 1
		was, wasMaybe := yes[w]>>bit&1, unknown[w]>>bit&1
		if was == now && wasMaybe == maybe {
			continue
		}
		yes[w] ^= (was ^ now) << bit
		unknown[w] ^= (wasMaybe ^ maybe) << bit
		moves = append(moves, Move{Rule: rule, At: places[j], WasYes: was == 1, Yes: now == 1, WasMaybe: wasMaybe == 1, Maybe: maybe == 1})
	}
	return moves
}

// grow makes room for people who have come since.
func (r *Result) grow() {
	for len(r.segments) < len(r.c.segments) {
		r.segments = append(r.segments, make([]uint64, r.p.rules*2*segmentWords))
	}
}
