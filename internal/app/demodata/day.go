package demodata

import (
	"time"

	"jiuye/internal/ground/db"
)

// day counts days from 1970-01-01; calendars are reckoned in it. As an end it is 0 for "still".
type day int32

// on is a day of the calendar (Howard Hinnant's days_from_civil).
func on(y, m, d int) day {
	if m <= 2 {
		y--
	}
	era := y / 400
	yoe := y - era*400
	mp := (m + 9) % 12
	doy := (153*mp+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return day(era*146097 + doe - 719468)
}

// civil is the year, month and day of the month.
func (d day) civil() (y, m, dom int) {
	z := int(d) + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dom = doy - (153*mp+2)/5 + 1
	m = mp + 3
	if m > 12 {
		m -= 12
	}
	y = yoe + era*400
	if m <= 2 {
		y++
	}
	return y, m, dom
}

func (d day) year() int { y, _, _ := d.civil(); return y }

// month is the day's month as 202501.
func (d day) month() int { y, m, _ := d.civil(); return y*100 + m }

func (d day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// date is the day as facts have it; 0 is no day.
func (d day) date() db.Date {
	if d == 0 {
		return db.Date{}
	}
	return db.Date{Time: d.time()}
}

// addYears is the same day some years later, 1 March for 29 February.
func (d day) addYears(n int) day {
	y, m, dom := d.civil()
	if m == 2 && dom == 29 {
		return on(y+n, 3, 1)
	}
	return on(y+n, m, dom)
}

// age is the completed years of life on a day.
func age(birth, today day) int {
	by, bm, bd := birth.civil()
	y, m, d := today.civil()
	years := y - by
	if m < bm || m == bm && d < bd {
		years--
	}
	return years
}

// season is how much of a year's beginnings falls into each month.
type season [12]float64

var (
	hiring      = season{.5, .7, 1.7, 1.5, 1.2, 1, 1.1, 1, .9, .8, .6, .4}   // after the Spring Festival most
	graduation  = season{.3, .3, .8, .7, .5, .4, 2.2, 2.5, 1.9, 1.2, .7, .4} // from July on
	transferOut = season{.5, 1.1, 2.4, 1.9, 1.2, .8, .6, .5, .5, .4, .3, .1} // seasonal work away
	even        = season{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}                 // registrations, exits
)

// in draws a day of months from … to of a year by a share of the season in [0, 1). It is never one of a month's first or
// last days, on which stocks are taken.
func (s season) in(year, from, to int, share float64, d *dice) day {
	sum := 0.0
	for m := from; m <= to; m++ {
		sum += s[m-1]
	}
	m := from + at(s[from-1:to], share*sum)
	return on(year, m, d.between(5, 27))
}

// calm moves a day that would fall on a day on which stocks are taken, or next to it.
func calm(d day) day {
	switch _, m, dom := d.civil(); {
	case m == 12 && dom >= 30, m == 8 && dom >= 30:
		return d - 3
	case m == 1 && dom == 1, m == 9 && dom == 1:
		return d + 3
	}
	return d
}
