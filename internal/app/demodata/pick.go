package demodata

// The shares drawn within tracks.
const (
	unpaid       = iota // 基本养老保险 not paid
	skilled             // 高技能人才
	steadyPoor          // out of poverty and at work throughout
	idlePoor            // out of poverty and not at work
	trainedTown         // trained while at work in town, no agricultural registration
	trainedRural        // trained, agricultural registration
	asked               // asked by the survey, at work
	askedIdle           // asked by the survey, without work and not registered
	askedListed         // asked by the survey, registered unemployed
	trainedFirst        // + index of the year: trained before work that began in the year, no agricultural registration
	pickCount    = trainedFirst + yearCount
)

// picks say who can be drawn in each.
var picks = func() (p [pickCount]func(t *track, c *class) bool) {
	p[unpaid] = func(t *track, c *class) bool {
		return (t.kind == outside || t.kind == land) && c.low >= 22 && c.high <= 59
	}
	p[skilled] = func(t *track, _ *class) bool { return t.kind == town || t.kind == townR }
	p[steadyPoor] = func(t *track, _ *class) bool { return t.kind == townR }
	p[idlePoor] = func(t *track, c *class) bool { return t.kind == outside && c.rural && c.low >= 20 }
	p[trainedTown] = func(t *track, c *class) bool { return t.kind == town && !c.rural && c.high <= 54 }
	p[trainedRural] = func(t *track, c *class) bool {
		return c.rural && c.high <= 59 && (t.kind == townR || t.kind == land || t.kind == season1)
	}
	p[asked] = func(t *track, _ *class) bool { return t.kind == town }
	p[askedIdle] = func(t *track, c *class) bool {
		return t.kind == outside && !c.rural && c.low >= 22 && c.high <= 59
	}
	p[askedListed] = func(t *track, c *class) bool { return (t.kind == idle || t.kind == idleFirst) && !c.rural }
	for y := range yearCount {
		p[trainedFirst+y] = func(t *track, c *class) bool {
			return t.y == y && !c.rural && (t.kind == again || t.kind == firstAgain || t.kind == fresh || t.kind == graduate)
		}
	}
	return p
}()

// number counts the people of each pick and notes in each cell where it begins.
func (w *world) number() {
	var n [pickCount]int
	for c := range w.lots {
		for i := range w.lots[c].cells {
			cell := &w.lots[c].cells[i]
			for p := range picks {
				cell.picks[p] = -1
				if picks[p](cell.track, &classes[c]) {
					cell.picks[p] = int32(n[p])
					n[p] += cell.n
				}
			}
		}
	}
	for p := range w.picked {
		w.picked[p] = newShuffle(n[p], w.opts.Seed, uint64(2000+p))
		w.pickedN[p] = n[p]
	}
}

// rank is a person's place in a pick, an even spread over 0 … n−1; ok is false for those outside of it.
func (w *world) rank(l *place, pick int) (rank int, ok bool) {
	if l.cell == nil || l.cell.picks[pick] < 0 {
		return 0, false
	}
	return w.picked[pick].at(int(l.cell.picks[pick]) + l.at), true
}

// place is what a person drew.
type place struct {
	track *track
	k     int
	cell  *cell // nil: drew no lot
	at    int   // place in the cell
}
