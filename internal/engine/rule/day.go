package rule

import (
	"fmt"
	"time"
)

// Day is a calendar day: days since 1970-01-01. The zero Day stands for "no day" in results; no policy reaches it.
type Day int64

// DayOf is the day of a time (its own calendar day); the zero time gives 0.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.Date()
	return civil(int64(y), int64(m), int64(d))
}

// Time is midnight UTC of the day; the zero Day gives the zero time.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d)*86400, 0).UTC()
}

// String is 2025-09-24.
func (d Day) String() string {
	y, m, n := d.parts()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, n)
}

// AddMonths is the same day of the month n months later; where the month is shorter, its last day.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.parts()
	total := y*12 + m - 1 + int64(n)
	y, m = floorDiv(total, 12), total-floorDiv(total, 12)*12+1
	return civil(y, m, min(day, daysIn(y, m)))
}

// Months are the whole months that have passed from d to on, at least 0. A month that began on the 31st is over on
// the last day of a shorter one.
func (d Day) Months(on Day) int {
	if on <= d {
		return 0
	}
	y, m, _ := d.parts()
	oy, om, _ := on.parts()
	n := int((oy-y)*12 + om - m)
	if d.AddMonths(n) > on {
		n--
	}
	return max(n, 0)
}

// civil counts days by Hinnant's algorithm: years begin in March, eras have 400 years.
func civil(y, m, d int64) Day {
	if m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	mp := (m + 9) % 12
	doy := (153*mp+2)/5 + d - 1
	return Day(era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468)
}

func (d Day) parts() (y, m, day int64) {
	z := int64(d) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	m = mp + 3
	if m > 12 {
		m -= 12
	}
	y = yoe + era*400
	if m <= 2 {
		y++
	}
	return y, m, day
}

func daysIn(y, m int64) int64 {
	switch {
	case m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
