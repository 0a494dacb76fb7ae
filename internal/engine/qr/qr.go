// Package qr draws texts as QR codes (model 2, ISO/IEC 18004): bytes, error correction level L, versions 1 to 5, which have one
// block of codewords each. That holds up to 106 bytes, enough for an address.
package qr

import (
	"strconv"
	"strings"
)

// Drawing is a QR code as a path of unit squares, for an svg of Size × Size; Size 0: the text was too long.
type Drawing struct {
	Size int
	Path string
}

// quiet is the empty margin around the squares.
const quiet = 4

// qrCapacity are the data and correction codewords of versions 1 to 5 at level L (table 9).
var qrCapacity = [...]struct{ data, ecc int }{{19, 7}, {34, 10}, {55, 15}, {80, 20}, {108, 26}}

// Draw draws a text.
func Draw(text string) Drawing {
	for i, n := range qrCapacity {
		if len(text)+2 <= n.data {
			return matrixOf(i+1, codewords([]byte(text), n.data, n.ecc)).drawing()
		}
	}
	return Drawing{}
}

// codewords are the data with mode, length and padding, and their correction.
func codewords(text []byte, data, ecc int) []byte {
	out := []byte{0x40 | byte(len(text)>>4), byte(len(text)) << 4}
	for _, b := range text {
		out[len(out)-1] |= b >> 4
		out = append(out, b<<4)
	}
	for pad := byte(0xec); len(out) < data; pad ^= 0xec ^ 0x11 {
		out = append(out, pad)
	}
	return append(out, correction(out, ecc)...)
}

// gfMultiply multiplies in the field of 256 elements of ISO/IEC 18004 (polynomial 0x11d).
func gfMultiply(a, b byte) (p byte) {
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			p ^= a
		}
		high := a & 0x80
		if a <<= 1; high != 0 {
			a ^= 0x1d
		}
	}
	return p
}

// correction is the remainder of the data by the generator polynomial of a degree (Reed-Solomon).
func correction(data []byte, degree int) []byte {
	generator := make([]byte, degree)
	generator[degree-1] = 1
	root := byte(1)
	for range degree {
		for j := range generator {
			generator[j] = gfMultiply(generator[j], root)
			if j+1 < degree {
				generator[j] ^= generator[j+1]
			}
		}
		root = gfMultiply(root, 2)
	}
	rest := make([]byte, degree)
	for _, b := range data {
		factor := b ^ rest[0]
		rest = append(rest[1:], 0)
		for j := range rest {
			rest[j] ^= gfMultiply(generator[j], factor)
		}
	}
	return rest
}

// matrix is the squares of a code: dark, and fixed (patterns, which no data and no mask change).
type matrix struct {
	size        int
	dark, fixed [][]bool
}

func matrixOf(version int, words []byte) *matrix {
	m := &matrix{size: 17 + 4*version}
	for range m.size {
		m.dark, m.fixed = append(m.dark, make([]bool, m.size)), append(m.fixed, make([]bool, m.size))
	}
	m.patterns(version)
	m.fill(words)
	m.mask()
	return m
}

func (m *matrix) set(x, y int, dark bool) {
	if x >= 0 && y >= 0 && x < m.size && y < m.size {
		m.dark[y][x], m.fixed[y][x] = dark, true
	}
}

// patterns draws the finders, the timing, the alignment pattern and the format: level L, mask 0.
func (m *matrix) patterns(version int) {
	for i := range m.size {
		m.set(6, i, i%2 == 0)
		m.set(i, 6, i%2 == 0)
	}
	m.square(3, 3, 4, 3, 1)
	m.square(m.size-4, 3, 4, 3, 1)
	m.square(3, m.size-4, 4, 3, 1)
	if version > 1 {
		m.square(m.size-7, m.size-7, 2, 2, 0)
	}
	const format = 0x77c4 // 01 000 with its BCH code, masked with 0x5412 (table C.1)
	bit := func(i int) bool { return format>>i&1 == 1 }
	for i := range 6 {
		m.set(8, i, bit(i))
		m.set(5-i, 8, bit(9+i))
	}
	m.set(8, 7, bit(6))
	m.set(8, 8, bit(7))
	m.set(7, 8, bit(8))
	for i := range 8 {
		m.set(m.size-1-i, 8, bit(i))
	}
	for i := 8; i < 15; i++ {
		m.set(8, m.size-15+i, bit(i))
	}
	m.set(8, m.size-8, true)
}

// square draws rings around a centre: dark at distance ring and within core, light elsewhere up to reach.
func (m *matrix) square(x, y, reach, ring, core int) {
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			far := max(dx, -dx, dy, -dy)
			m.set(x+dx, y+dy, far == ring || far <= core)
		}
	}
}

// fill lays the codewords in columns of two, from the lower right corner upwards and downwards in turn.
func (m *matrix) fill(words []byte) {
	at := 0
	for right := m.size - 1; right > 0; right -= 2 {
		if right == 6 {
			right--
		}
		for step := range m.size {
			for x := right; x > right-2; x-- {
				y := step
				if (right+1)&2 == 0 {
					y = m.size - 1 - step
				}
				if !m.fixed[y][x] && at < 8*len(words) {
					m.dark[y][x] = words[at/8]>>(7-at%8)&1 == 1
					at++
				}
			}
		}
	}
}

// mask turns every other square over (mask 0).
func (m *matrix) mask() {
	for y := range m.size {
		for x := range m.size {
			if !m.fixed[y][x] && (x+y)%2 == 0 {
				m.dark[y][x] = !m.dark[y][x]
			}
		}
	}
}

func (m *matrix) drawing() Drawing {
	var b strings.Builder
	for y := range m.size {
		for x := 0; x < m.size; x++ {
			run := x
			for run < m.size && m.dark[y][run] {
				run++
			}
			if run > x {
				n := strconv.Itoa(run - x)
				b.WriteString("M" + strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + "h" + n + "v1h-" + n + "z")
				x = run
			}
		}
	}
	return Drawing{m.size + 2*quiet, b.String()}
}
