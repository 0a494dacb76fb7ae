package rule

import (
	"math"
	"math/bits"
)

// micro is how many parts a unit has while a formula is calculated: numbers are exact to six decimals, products and
// quotients are rounded there, half away from zero.
const micro = 1_000_000

// fromScale turns a field's parts into millionths.
const fromScale = micro / Scale

// failure says why a formula has no value although all its fields are known.
type failure uint8

const (
	fine failure = iota
	byZero
	tooLarge
	noParameter
	severalRows
	noRow
	noDay
)

var failures = map[failure]Word{
	byZero:      {"除数为 0", "division by zero"},
	tooLarge:    {"数太大，算不出来", "the number is too large"},
	noParameter: {"参数待定", "a parameter is not set"},
	severalRows: {"表里有几行同时适用", "several rows of the table apply"},
	noDay:       {"没有这一天", "there is no such day"},
	noRow:       {"表里没有一行适用", "no row of the table applies"},
}

func add(a, b int64) (int64, failure) {
	c := a + b
	if (c > a) != (b > 0) && b != 0 {
		return 0, tooLarge
	}
	return c, fine
}

func multiply(a, b int64) (int64, failure) { return scaled(a, b, micro) }

func divide(a, b int64) (int64, failure) {
	if b == 0 {
		return 0, byZero
	}
	return scaled(a, micro, b)
}

// scaled is a × b ÷ c, rounded half away from zero, with 128 bits in between.
func scaled(a, b, c int64) (int64, failure) {
	negative := (a < 0) != (b < 0) != (c < 0)
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	d := magnitude(c)
	if high >= d {
		return 0, tooLarge
	}
	q, rest := bits.Div64(high, low, d)
	if rest >= d-rest {
		q++
	}
	if q > math.MaxInt64 {
		return 0, tooLarge
	}
	if negative {
		return -int64(q), fine
	}
	return int64(q), fine
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Rounding is how an amount is brought to a whole number of steps.
type Rounding uint8

// The roundings.
const (
	HalfUp Rounding = iota // 四舍五入
	Down                   // 舍去
	Up                     // 进一
)

// round brings millionths to whole steps.
func round(n, step int64, how Rounding) (int64, failure) {
	q := floorDiv(n, step)
	rest := n - q*step
	switch {
	case rest == 0:
	case how == Up, how == HalfUp && rest >= step-rest:
		q++
	}
	if q != 0 && magnitude(q) > math.MaxInt64/uint64(step) {
		return 0, tooLarge
	}
	return q * step, fine
}
