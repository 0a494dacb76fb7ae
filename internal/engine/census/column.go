package census

import (
	"fmt"
	"math/bits"
)

// Column is one thing that is known, or not, of everybody: a whole number between Min and Max. Choices are their places,
// days are counted from any day, codes of areas are places in a sorted list (so that a subtree is a range).
type Column struct {
	Name   string `json:"name"`
	Min    int64  `json:"min"`
	Max    int64  `json:"max"`    // values beyond are held as Max, values below as Min
	Always bool   `json:"always"` // never unknown: no plane of validity is kept

	first int // plane of bit 0; the validity plane, if any, comes after the bits
	width int // planes of bits
}

// bits is how many planes a column's values need.
func (c *Column) planes() int { return bits.Len64(uint64(c.Max - c.Min)) }

// code is a value as the planes hold it.
func (c *Column) code(v int64) uint64 { return uint64(min(max(v, c.Min), c.Max) - c.Min) }

// valid is the plane of validity, or -1.
func (c *Column) valid() int {
	if c.Always {
		return -1
	}
	return c.first + c.width
}

// layout places the columns' planes one after the other and returns how many there are.
func layout(columns []Column) (planes int, err error) {
	for i := range columns {
		c := &columns[i]
		if c.Max < c.Min || uint64(c.Max-c.Min) >= 1<<62 {
			return 0, fmt.Errorf("census: column %q holds nothing between %d and %d", c.Name, c.Min, c.Max)
		}
		c.first, c.width = planes, c.planes()
		planes += c.width
		if !c.Always {
			planes++
		}
	}
	return planes, nil
}
