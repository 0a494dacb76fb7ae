package lang

import (
	"strconv"
	"time"
)

// None is written where there is no value.
const None = "—"

// Int writes a whole number with thousands separators: 12,286.
func Int(n int64) string {
	return string(group(nil, n))
}

// group appends n with thousands separators. Working on the unsigned magnitude keeps the smallest int64 right.
func group(b []byte, n int64) []byte {
	m := uint64(n)
	if n < 0 {
		b = append(b, '-')
		m = -m
	}
	digits := strconv.FormatUint(m, 10)
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, digits[i])
	}
	return b
}

// decimal writes n / 10^places with thousands separators; trim drops zeros at the end of the fraction.
func decimal(n int64, places int, trim bool) string {
	scale := uint64(1)
	for range places {
		scale *= 10
	}
	m, b := uint64(n), []byte(nil)
	if n < 0 {
		m, b = -m, append(b, '-')
	}
	b = group(b, int64(m/scale))
	fraction := m % scale
	if fraction == 0 && trim {
		return string(b)
	}
	b = append(b, '.')
	start := len(b)
	for range places {
		b = append(b, '0')
	}
	for i := len(b) - 1; i >= start; i-- {
		b[i] = '0' + byte(fraction%10)
		fraction /= 10
	}
	for trim && b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return string(b)
}

// Fen writes an amount in fen as yuan without the unit: 4,000 or 1,960.50.
func Fen(fen int64) string { return decimal(fen, 2, fen%100 == 0) }

// WanYuan writes an amount in fen as ten thousands of yuan with at most one decimal, without the unit: 146.2.
func WanYuan(fen int64) string { return decimal(divide(fen, 100_000), 1, true) }

// Percent writes a rate given in ten-thousandths: 329 → 3.29%, 7760 → 77.6%, 10000 → 100%.
func Percent(tenThousandths int64) string { return decimal(tenThousandths, 2, true) + "%" }

// divide rounds half away from zero.
func divide(n, by int64) int64 {
	quotient, rest := n/by, n%by
	switch {
	case rest >= (by+1)/2:
		return quotient + 1
	case -rest >= (by+1)/2:
		return quotient - 1
	}
	return quotient
}

// Date writes a day as text has it: 2025年9月24日, in English 24 Sep 2025. The zero time is written —.
func Date(language string, t time.Time) string {
	switch {
	case t.IsZero():
		return None
	case language == English:
		return t.Format("2 Jan 2006")
	}
	return t.Format("2006年1月2日")
}

// DateShort writes a day as tables have it: 2025-09-24. The zero time is written —.
func DateShort(t time.Time) string {
	if t.IsZero() {
		return None
	}
	return t.Format(time.DateOnly)
}
