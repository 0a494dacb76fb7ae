package census

import "fmt"

// Builder takes people in the order of their ids, 64 at a time, and turns their rows into planes. It is much faster than
// Set for many people.
type Builder struct {
	c       *Census
	waiting int // people of the word that is not full yet
	codes   [][64]uint64
	known   []uint64
	last    int64
}

// Build fills an empty census. Append comes after its End.
func (c *Census) Build() *Builder {
	return &Builder{c: c, codes: make([][64]uint64, len(c.columns)), known: make([]uint64, len(c.columns)), last: -1 << 63}
}

// Add appends a person. Ids must rise; one that does not is refused with false.
func (b *Builder) Add(id int64, group int, values []int64, known []bool) bool {
	if id <= b.last {
		return false
	}
	b.last = id
	for i := range b.c.columns {
		if known[i] {
			b.codes[i][b.waiting] = b.c.columns[i].code(values[i])
			b.known[i] |= 1 << b.waiting
		} else {
			b.codes[i][b.waiting] = 0
		}
	}
	b.c.ids.add(id)
	b.c.groups = append(b.c.groups, uint16(group))
	b.c.people++
	if b.waiting++; b.waiting == 64 {
		b.flush()
	}
	return true
}

// End writes what is left.
func (b *Builder) End() {
	if b.waiting > 0 {
		b.flush()
	}
}

func (b *Builder) flush() {
	c := b.c
	word := (c.people - b.waiting) / 64
	if word/segmentWords == len(c.segments) {
		c.segments = append(c.segments, make([]uint64, c.planes*segmentWords))
	}
	slab, word := c.segments[word/segmentWords], word%segmentWords
	for i := range c.columns {
		col := &c.columns[i]
		if col.width > 0 {
			codes := &b.codes[i]
			for j := b.waiting; j < 64; j++ {
				codes[j] = 0
			}
			for k := range col.width {
				slab[(col.first+k)*segmentWords+word] = gather(codes, uint(k))
			}
		}
		if v := col.valid(); v >= 0 {
			slab[v*segmentWords+word] = b.known[i]
		}
		b.known[i] = 0
	}
	b.waiting = 0
}

// gather puts bit k of 64 codes into one word.
func gather(codes *[64]uint64, k uint) (w uint64) {
	for j := 0; j < 64; j += 4 {
		w |= (codes[j]>>k&1 | codes[j+1]>>k&1<<1 | codes[j+2]>>k&1<<2 | codes[j+3]>>k&1<<3) << j
	}
	return w
}

// Join puts parts together that were built apart, in the order of their ids; the parts are used up. All but the last hold
// a multiple of SegmentPeople.
func Join(parts []*Census) (*Census, error) {
	whole := parts[0]
	for _, p := range parts[1:] {
		switch {
		case whole.people%segmentPeople != 0:
			return nil, fmt.Errorf("census: a part before the last holds %d people, no multiple of %d", whole.people, segmentPeople)
		case len(whole.ids.late)+len(p.ids.late) > 0 || p.people > 0 && whole.people > 0 && p.ids.at(0) <= whole.ids.last:
			return nil, fmt.Errorf("census: parts do not follow each other")
		}
		whole.segments = append(whole.segments, p.segments...)
		whole.groups = append(whole.groups, p.groups...)
		whole.ids.frames = append(whole.ids.frames, p.ids.frames...)
		whole.people += p.people
		whole.ids.rising += p.ids.rising
		if p.people > 0 {
			whole.ids.last = p.ids.last
		}
	}
	return whole, nil
}
