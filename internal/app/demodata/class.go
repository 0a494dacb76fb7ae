package demodata

// bands are the ages, on the last day of the data, by which people are told apart: narrow where careers begin.
var bands = [...]int{16, 18, 20, 22, 24, 26, 28, 30, 32, 35, 40, 45, 50, 55, 60, 65, 70, 75}

const (
	bandCount  = len(bands) - 1 // people of 75 and more have no working life any more
	classCount = bandCount * 16
)

// class is what decides which tracks somebody can be on. Students, children and the old have none.
type class struct {
	low, high                      int // ages, both included
	rural, anchor, college, female bool
}

// noClass is for those who draw no lot.
const noClass = -1

var bandOf = func() (b [128]int8) {
	for a := range b {
		b[a] = noClass
		for i := 0; i < bandCount; i++ {
			if a >= bands[i] && a < bands[i+1] {
				b[a] = int8(i)
			}
		}
	}
	return b
}()

// classOf is the number of the class of a member, or noClass.
func (f *family) classOf(m *draft) int {
	band := bandOf[m.age]
	if band < 0 || m.student || f.zero {
		return noClass
	}
	c := int(band) * 16
	for i, bit := range [4]bool{f.rural, m.anchor, college(m.edu), !m.male} {
		if bit {
			c += 8 >> i
		}
	}
	return c
}

// classes are all classes by number.
var classes = func() (all [classCount]class) {
	for c := range all {
		all[c] = class{low: bands[c/16], high: bands[c/16+1] - 1, rural: c&8 != 0, anchor: c&4 != 0, college: c&2 != 0, female: c&1 != 0}
	}
	return all
}()

// youngest and oldest are the least and greatest age that people of a class had in a year of the course, by its index.
func (c *class) youngest(y int) int { return c.low - (yearCount - 1 - y) - 1 }
func (c *class) oldest(y int) int   { return c.high - (yearCount - 1 - y) + 1 }

// aged says whether people of a class were, give or take a year, between two ages in a year of the course.
func (c *class) aged(y, from, to int) bool { return c.youngest(y) >= from-1 && c.oldest(y) <= to+1 }
