package web

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"jiuye/internal/ground/clock"
)

// digits is what people type for numbers in one writing: full-width digits, thousands separators and spaces go.
func digits(s string) string {
	s = width.Narrow.String(strings.TrimSpace(s))
	return strings.NewReplacer(",", "", " ", "", "−", "-", "　", "").Replace(s)
}

// Int reads a whole number and checks it against Min and Top of its field. 0 when there is none.
func (f *Form) Int(name string) int64 {
	d := f.field(name)
	typed := f.Values.Get(name)
	s := digits(typed)
	if s == "" {
		f.need(d)
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		f.Fail(name, f.c.T("frame.badInt", d.Label, typed))
		return 0
	}
	f.inRange(d, n, strconv.FormatInt(d.Min, 10), strconv.FormatInt(d.Top, 10))
	return n
}

// Fen reads an amount in yuan with at most two decimals, as fen. Min and Top of its field are in fen too.
func (f *Form) Fen(name string) int64 {
	d := f.field(name)
	typed := f.Values.Get(name)
	s := digits(typed)
	if s == "" {
		f.need(d)
		return 0
	}
	units, cents, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(units+(cents + "00")[:2], 10, 64)
	if err != nil || len(cents) > 2 || strings.ContainsAny(cents, "+-") || strings.HasPrefix(units, "+") || len(units) > 13 {
		f.Fail(name, f.c.T("frame.badFen", d.Label, typed))
		return 0
	}
	f.inRange(d, n, Yuan(d.Min), Yuan(d.Top))
	return n
}

func (f *Form) inRange(d Field, n int64, least, most string) {
	if d.Min < d.Top && (n < d.Min || n > d.Top) {
		f.Fail(d.Name, f.c.T("frame.badRange", d.Label, least, most))
	}
}

var dateLayouts = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}

// Date reads a calendar day as people write it: 2025-09-24, 2025/9/24, 2025年9月24日, 20250924. Zero when there is none.
func (f *Form) Date(name string) time.Time {
	d := f.field(name)
	typed := f.Values.Get(name)
	s := digits(typed)
	if s == "" {
		f.need(d)
		return time.Time{}
	}
	if day, ok := ParseDate(s); ok {
		return day
	}
	f.Fail(name, f.c.T("frame.badDate", d.Label, typed))
	return time.Time{}
}

// ParseDate reads a calendar day between 1900 and 2100 in any of the usual writings, as midnight UTC.
func ParseDate(s string) (time.Time, bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1900 && t.Year() <= 2100 {
			return clock.Date(t.Year(), t.Month(), t.Day()), true
		}
	}
	return time.Time{}, false
}
