package census

import (
	"math/bits"
	"sync"
)

// Shift is what another rule would change, by group.
type Shift struct {
	Gain  []int64 // not in now, in then
	Loss  []int64 // in now, not then
	Doubt int64   // surely in or out now, unknown then
}

// Simulate decides another rule for everybody and compares it with what one rule's answers are now.
func (r *Result) Simulate(rule int, other Rule, workers int) (Shift, error) {
	p, err := r.c.Compile([]Rule{other})
	if err != nil {
		return Shift{}, err
	}
	total := Shift{Gain: make([]int64, len(r.c.names)), Loss: make([]int64, len(r.c.names))}
	var lock sync.Mutex
	r.c.eachSegment(workers, func() func(int) {
		m := newMachine(r.c, p)
		return func(segment int) {
			mine := Shift{Gain: make([]int64, len(r.c.names)), Loss: make([]int64, len(r.c.names))}
			n, mask := r.c.words(segment)
			yes, unknown := r.yes(segment, rule), r.unknown(segment, rule)
			groups := r.c.groups[segment*segmentPeople:]
			m.segment(segment, func(offset, words, _ int, answer *both) {
				for i := range words {
					w := offset + i
					now, then := yes[w], answer.yes[i]
					doubt := ^(answer.yes[i] | answer.no[i]) &^ unknown[w]
					if w == n-1 {
						then &= mask
						doubt &= mask
					}
					tally(mine.Gain, groups, w, then&^now)
					tally(mine.Loss, groups, w, now&^then)
					mine.Doubt += int64(bits.OnesCount64(doubt))
				}
			})
			lock.Lock()
			defer lock.Unlock()
			for g := range mine.Gain {
				total.Gain[g] += mine.Gain[g]
				total.Loss[g] += mine.Loss[g]
			}
			total.Doubt += mine.Doubt
		}
	})
	return total, nil
}
