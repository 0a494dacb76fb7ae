package indicator

import (
	"time"

	"jiuye/internal/ground/clock"
)

// Period is a year (2025) or a month (202508).
type Period int

// IsYear tells a year from a month.
func (p Period) IsYear() bool { return p < 10000 }

// Year is the year a period lies in.
func (p Period) Year() int {
	if p.IsYear() {
		return int(p)
	}
	return int(p) / 100
}

// Month is a month's number, 12 for a year.
func (p Period) Month() int {
	if p.IsYear() {
		return 12
	}
	return int(p) % 100
}

// End is a period's last day.
func (p Period) End() time.Time { return clock.Date(p.Year(), time.Month(p.Month()+1), 0) }

// Next is the period after.
func (p Period) Next() Period {
	switch {
	case p.IsYear():
		return p + 1
	case p%100 == 12:
		return p + 89
	}
	return p + 1
}

// MonthOf is the month that a day lies in.
func MonthOf(day time.Time) Period { return Period(day.Year()*100 + int(day.Month())) }

// Value is what an indicator amounts to in an area and a period.
type Value struct {
	Indicator   string
	Kind        Kind
	Area        string
	Period      Period
	Numerator   int64
	Denominator int64     // of rates and means; 0 otherwise
	Known       bool      // false: nobody lives there, nobody has reported, or it was not known on the day asked for
	KnownOn     time.Time // the day from which it was known so
	Reported    bool      // entered by somebody (上报值) instead of counted; Numerator is then the kept number itself
	Note        string    // the reporter's
}

// Number is the value as it is kept: a count, or ten-thousandths for %, or hundredths for years. ok is false where there is
// none, because it is not known or nobody is in the base.
func (v Value) Number() (n int64, ok bool) {
	if !v.Known {
		return 0, false
	}
	if v.Reported {
		return v.Numerator, true
	}
	switch v.Kind {
	case Rate:
		return Ratio(v.Numerator, v.Denominator, 10000)
	case Mean:
		return Ratio(v.Numerator, v.Denominator, 100)
	}
	return v.Numerator, true
}

// Sum is a counted sum as it is kept.
type Sum struct {
	Area, Indicator        string
	Period                 Period
	Numerator, Denominator int64
	KnownOn                time.Time // set on reading
	Until                  time.Time // the day another took its place; zero while it stands
}

// Run is one finished count.
type Run struct {
	On     time.Time // the day it was made: from then on its figures are known
	AsOf   time.Time // the data's last day
	At     int64     // unix ms
	People int64     // how many were looked at
	Stocks Period    // the first month that stocks, rates and means were looked at; what is known of earlier ones stays. Not kept
}
