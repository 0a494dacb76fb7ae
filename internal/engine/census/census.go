package census

import (
	"fmt"
	"math/bits"
	"slices"
)

// SegmentPeople is how many people one segment holds.
const SegmentPeople = segmentPeople

const (
	segmentPeople = 1 << 16
	segmentWords  = segmentPeople / 64
)

// Census is a population. Readers and writers must not meet: the caller locks.
type Census struct {
	columns  []Column
	planes   int
	people   int
	segments [][]uint64 // planes × segmentWords each
	groups   []uint16   // of each person, an index into Names
	names    []string
	ids      ids
}

// New makes an empty census. names are the groups that people are counted by (areas), at most 65,535.
func New(columns []Column, names []string) (*Census, error) {
	c := &Census{columns: slices.Clone(columns), names: slices.Clone(names)}
	if len(names) > 1<<16-1 {
		return nil, fmt.Errorf("census: %d groups are more than %d", len(names), 1<<16-1)
	}
	var err error
	c.planes, err = layout(c.columns)
	return c, err
}

// People is how many there are.
func (c *Census) People() int { return c.people }

// Columns are what is known of them.
func (c *Census) Columns() []Column { return c.columns }

// Groups are the names of the groups people are counted by.
func (c *Census) Groups() []string { return c.names }

// Group is a person's group.
func (c *Census) Group(at int) int { return int(c.groups[at]) }

// Find is a person's place; ok is false for somebody who is not in the census.
func (c *Census) Find(id int64) (at int, ok bool) { return c.ids.find(id) }

// ID is the person at a place.
func (c *Census) ID(at int) int64 { return c.ids.at(at) }

// Bytes is the memory that planes, groups and ids take.
func (c *Census) Bytes() int64 {
	n := int64(len(c.groups))*2 + c.ids.bytes()
	for _, s := range c.segments {
		n += int64(len(s)) * 8
	}
	return n
}

// Set writes one person's values; a value counts only where known says so.
func (c *Census) Set(at, group int, values []int64, known []bool) {
	s, word, bit := at/segmentPeople, at%segmentPeople/64, uint(at%64)
	slab := c.segments[s]
	for i := range c.columns {
		col := &c.columns[i]
		code := uint64(0)
		if known[i] {
			code = col.code(values[i])
		}
		for k := range col.width {
			put(&slab[(col.first+k)*segmentWords+word], bit, code>>k&1)
		}
		if v := col.valid(); v >= 0 {
			put(&slab[v*segmentWords+word], bit, one(known[i]))
		}
	}
	c.groups[at] = uint16(group)
}

// Get reads one person's values, as far as the columns could hold them.
func (c *Census) Get(at int, values []int64, known []bool) {
	s, word, bit := at/segmentPeople, at%segmentPeople/64, uint(at%64)
	slab := c.segments[s]
	for i := range c.columns {
		col := &c.columns[i]
		code := uint64(0)
		for k := range col.width {
			code |= slab[(col.first+k)*segmentWords+word] >> bit & 1 << k
		}
		v := col.valid()
		known[i] = v < 0 || slab[v*segmentWords+word]>>bit&1 == 1
		if values[i] = 0; known[i] {
			values[i] = int64(code) + col.Min
		}
	}
}

// Append adds somebody who has come since the census was built; the id may be any that is not there yet. It returns the
// person's place; ok is false for somebody who is there already.
func (c *Census) Append(id int64, group int, values []int64, known []bool) (at int, ok bool) {
	if _, there := c.ids.find(id); there {
		return 0, false
	}
	at = c.people
	if at/segmentPeople == len(c.segments) {
		c.segments = append(c.segments, make([]uint64, c.planes*segmentWords))
	}
	c.ids.add(id)
	c.groups = append(c.groups, 0)
	c.people++
	c.Set(at, group, values, known)
	return at, true
}

// Value reads one column of one person.
func (c *Census) Value(at, column int) (value int64, known bool) {
	col := &c.columns[column]
	slab, word, bit := c.segments[at/segmentPeople], at%segmentPeople/64, uint(at%64)
	if v := col.valid(); v >= 0 && slab[v*segmentWords+word]>>bit&1 == 0 {
		return 0, false
	}
	code := uint64(0)
	for k := range col.width {
		code |= slab[(col.first+k)*segmentWords+word] >> bit & 1 << k
	}
	return int64(code) + col.Min, true
}

func put(word *uint64, bit uint, value uint64) { *word = *word&^(1<<bit) | value<<bit }

func one(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// words is how many words of a segment hold people, and mask hides, in the last of them, the places after the last person.
func (c *Census) words(segment int) (n int, mask uint64) {
	left := min(c.people-segment*segmentPeople, segmentPeople)
	n = (left + 63) / 64
	if left%64 == 0 {
		return n, ^uint64(0)
	}
	return n, 1<<(left%64) - 1
}

func popcount(words []uint64) (n int64) {
	for _, w := range words {
		n += int64(bits.OnesCount64(w))
	}
	return n
}
