package linkage

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// dates are days, birthdays above all. A value is the number yyyymmdd; month or day may be 00 when only the year is known.
type dates struct{ ymd []uint32 }

func newDates() *dates { return &dates{ymd: []uint32{0}} }

func (d *dates) add(s string, _ Mark) {
	n := uint32(0)
	for i := range len(s) {
		if s[i] != '-' {
			n = n*10 + uint32(s[i]-'0')
		}
	}
	d.ymd = append(d.ymd, n)
}

func (d *dates) forget(n int) { d.ymd = d.ymd[:n] }

// clean reads 1979-03-08, 1979/3/8, 1979年3月8日, 19790308, 79.3.8 and the serial days of spreadsheets.
func (d *dates) clean(raw string) (string, Mark) {
	s := plain(raw)
	if s == "" {
		return "", Mark{}
	}
	if cut, _, found := strings.Cut(s, " "); found && len(cut) >= 8 { // a time of day follows
		s = cut
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	var y, m, day int
	switch {
	case len(parts) == 1 && len(parts[0]) == 8:
		y, m, day = atoi(parts[0][:4]), atoi(parts[0][4:6]), atoi(parts[0][6:])
	case len(parts) == 1 && len(parts[0]) == 6:
		y, m = atoi(parts[0][:4]), atoi(parts[0][4:])
	case len(parts) == 1 && len(parts[0]) == 5:
		t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, atoi(parts[0]))
		y, m, day = t.Year(), int(t.Month()), t.Day()
	case len(parts) == 1 && len(parts[0]) == 4:
		y = atoi(parts[0])
	case len(parts) == 2 && len(parts[0]) == 4:
		y, m = atoi(parts[0]), atoi(parts[1])
	case len(parts) == 3 && len(parts[2]) == 4 && len(parts[0]) <= 2: // day first, as elsewhere
		y, m, day = atoi(parts[2]), atoi(parts[1]), atoi(parts[0])
	case len(parts) >= 3:
		y, m, day = atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
		if len(parts[0]) == 2 {
			y += 1900
		}
	default:
		return "", Mark{Invalid, "date.form"}
	}
	return dated(y, m, day)
}

func dated(y, m, d int) (string, Mark) {
	text := fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	switch {
	case y < 1000 || y > 9999 || m > 99 || d > 99:
		return "", Mark{Invalid, "date.form"}
	case y < 1850 || y > 2150:
		return text, Mark{Suspicious, "date.year"}
	case m == 0 || d == 0:
		return text, Mark{Suspicious, "date.partial"}
	case m > 12 && d <= 12:
		return text, Mark{Suspicious, "date.swapped"}
	}
	if t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); t.Day() != d || int(t.Month()) != m {
		return text, Mark{Invalid, "date.calendar"}
	}
	if m == 1 && d == 1 {
		return text, Mark{Suspicious, "date.firstday"} // 0101 stands for unknown in many systems
	}
	return text, fine
}

// atoi reads at most nine digits, which is all that a part of a date can have.
func atoi(s string) int {
	n := 0
	for i := range min(len(s), 9) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

const (
	dateSame = iota
	datePartial
	dateSwapped
	dateFirstDay
	dateDigit
	dateDigits
	dateMonthDay
	dateNear
	dateYear
	dateYear1
	dateDifferent
)

var dateDegrees = []Degree{
	dateSame:      {"same", "一致", "same"},
	datePartial:   {"partial", "已知部分一致", "same as far as known"},
	dateSwapped:   {"swapped", "月、日对调", "day and month swapped"},
	dateFirstDay:  {"firstday", "同年，一方为 1 月 1 日", "same year, one of them 1 January"},
	dateDigit:     {"digit", "一位之差", "one digit differs"},
	dateDigits:    {"digits", "两位之差或邻位对调", "two digits differ"},
	dateMonthDay:  {"monthday", "月日一致、年不同", "same month and day"},
	dateNear:      {"near", "相差不到一个月", "within a month"},
	dateYear:      {"year", "同年", "same year"},
	dateYear1:     {"year1", "相差一两年", "up to two years apart"},
	dateDifferent: {"different", "不同", "different"},
}

func (d *dates) degrees() []Degree { return dateDegrees }

func (d *dates) same(uint32) uint8 { return dateSame }

func (d *dates) compare(v, w uint32) uint8 {
	a, b := d.ymd[v], d.ymd[w]
	ya, yb, ma, mb, da, db := a/10000, b/10000, a/100%100, b/100%100, a%100, b%100
	n := 0 // digits that differ
	for x, y := a, b; x != 0 || y != 0; x, y = x/10, y/10 {
		if x%10 != y%10 {
			n++
		}
	}
	gap := max(ya, yb) - min(ya, yb)
	switch {
	case ya == yb && (ma == mb || ma == 0 || mb == 0) && (da == 0 || db == 0):
		return datePartial
	case ya == yb && ma == db && da == mb:
		return dateSwapped
	case ya == yb && (a%10000 == 101) != (b%10000 == 101): // many systems write 0101 where only the year is known
		return dateFirstDay
	case n == 1:
		return dateDigit
	case n == 2:
		return dateDigits
	case ma == mb && da == db:
		return dateMonthDay
	case gap <= 1 && near(ya*372+ma*31+da, yb*372+mb*31+db):
		return dateNear
	case gap == 0:
		return dateYear
	case gap <= 2:
		return dateYear1
	}
	return dateDifferent
}

func near(a, b uint32) bool { return max(a, b)-min(a, b) <= 31 }

func (d *dates) feature(name string) func(uint32) uint64 {
	part := func(div, mod uint32) func(uint32) uint64 {
		return func(v uint32) uint64 { return mix(uint64(d.ymd[v]/div%mod), uint64(div)) }
	}
	switch name {
	case "year":
		return part(10000, 10000)
	case "month":
		return part(100, 100)
	case "day":
		return part(1, 100)
	case "monthday":
		return part(1, 10000)
	case "yearmonth":
		return part(100, 1000000)
	case "turned": // year with month and day in either order
		return func(v uint32) uint64 {
			m, day := d.ymd[v]/100%100, d.ymd[v]%100
			return mix(uint64(d.ymd[v]/10000), uint64(max(m, day)*100+min(m, day)))
		}
	}
	return nil
}
