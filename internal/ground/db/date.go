package db

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a day of the calendar as both databases keep it: the zero Date is NULL.
type Date struct{ time.Time }

// On makes a Date from a time whose UTC day is meant; a zero time gives the zero Date.
func On(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.Date()
	return Date{time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
}

// Value implements driver.Valuer.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.Format(time.DateOnly), nil
}

// Scan implements sql.Scanner.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
	case time.Time:
		*d = On(v)
	case string:
		return d.parse(v)
	case []byte:
		return d.parse(string(v))
	default:
		return fmt.Errorf("db.Date: cannot read %T", src)
	}
	return nil
}

func (d *Date) parse(s string) error {
	s = s[:min(len(s), len(time.DateOnly))]
	if y, m, day, ok := digits(s); ok {
		if *d = (Date{time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)}); d.Day() == day && m >= 1 && m <= 12 {
			return nil
		}
	}
	t, err := time.Parse(time.DateOnly, s) // tells what is wrong
	*d = Date{t}
	return err
}

// digits takes 2025-09-24 apart; time.Parse needs four times as long.
func digits(s string) (y, m, d int, ok bool) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	two := func(at int) int {
		a, b := int(s[at]-'0'), int(s[at+1]-'0')
		ok = ok && a <= 9 && b <= 9
		return a*10 + b
	}
	ok = true
	y, m, d = two(0)*100+two(2), two(5), two(8)
	return y, m, d, ok
}

// String is 2025-09-24, or nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}
