package demodata

import "math/bits"

// dice is a counter-based source of chance (splitmix64): the same seed and place give the same throws, wherever one begins.
type dice uint64

const golden = 0x9e3779b97f4a7c15

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// The separate tables that dice are thrown for.
const (
	forHousehold uint64 = iota + 1
	forPerson
	forCalendar
	forEmployer
	forVacancy
	forMistake
	forShuffle
	forDeath
)

// throw gives the dice of the i-th thing of a table.
func throw(seed, table, i uint64) dice {
	return dice(mix(mix(seed+table*golden) + i*0xd1b54a32d192ed03))
}

func (d *dice) next() uint64 {
	*d += golden
	return mix(uint64(*d))
}

// n is one of 0 … n−1.
func (d *dice) n(n int) int {
	high, _ := bits.Mul64(d.next(), uint64(n))
	return int(high)
}

// between is one of a … b.
func (d *dice) between(a, b int) int { return a + d.n(b-a+1) }

// float is in [0, 1).
func (d *dice) float() float64 { return float64(d.next()>>11) / (1 << 53) }

func (d *dice) chance(p float64) bool { return d.float() < p }

// of picks one of a list.
func of[T any](d *dice, list []T) T { return list[d.n(len(list))] }

// weighted picks an index by weight.
func (d *dice) weighted(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	return at(weights, d.float()*sum)
}

// at is the index into which x falls when the weights are laid side by side.
func at(weights []float64, x float64) int {
	for i, w := range weights {
		if x -= w; x < 0 && w > 0 {
			return i
		}
	}
	for i := len(weights) - 1; i > 0; i-- { // rounding pushed x beyond the end
		if weights[i] > 0 {
			return i
		}
	}
	return 0
}

// shuffle is a bijection of 0 … n−1 that carries neighbours far apart: i → (i·step + off) mod n with a step near the
// golden section, so that every run of a few thousand holds nearly the same share of everything.
type shuffle struct{ n, step, off uint64 }

func newShuffle(n int, seed, salt uint64) shuffle {
	if n < 1 {
		return shuffle{n: 1}
	}
	d := throw(seed, forShuffle, salt)
	s := shuffle{n: uint64(n), off: uint64(d.n(n))}
	s.step = uint64(float64(n)*0.6180339887498949) + uint64(d.n(3))
	for gcd(s.step, s.n) != 1 {
		s.step++
	}
	return s
}

func (s shuffle) at(i int) int { return int((uint64(i)%s.n*s.step + s.off) % s.n) }

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
