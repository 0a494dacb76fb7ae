package analysis

import (
	"fmt"
	"strconv"
	"time"

	"jiuye/internal/ground/db"
)

// Month is a month, counted from January of year 0.
type Month int

func monthOf(t time.Time) Month { return Month(t.Year()*12 + int(t.Month()) - 1) }

// monthFrom reads 202508.
func monthFrom(n int) Month { return Month(n/100*12 + n%100 - 1) }

// Int is the month as 202508.
func (m Month) Int() int { return int(m)/12*100 + int(m)%12 + 1 }

func (m Month) year() int     { return int(m) / 12 }
func (m Month) of() int       { return int(m)%12 + 1 }
func (m Month) quarter() int  { return int(m)%12/3 + 1 }
func (m Month) begins() Month { return m - m%3 }     // first month of its quarter
func (m Month) ends() Month   { return m - m%3 + 2 } // last month of its quarter
func (m Month) in() int       { return int(m)%3 + 1 }
func (m Month) first() db.Date {
	return db.On(time.Date(m.year(), time.Month(m.of()), 1, 0, 0, 0, 0, time.UTC))
}
func (m Month) last() db.Date {
	return db.On(time.Date(m.year(), time.Month(m.of())+1, 0, 0, 0, 0, 0, time.UTC))
}
func (m Month) String() string  { return fmt.Sprintf("%d-%02d", m.year(), m.of()) }
func (m Month) Quarter() string { return fmt.Sprintf("%dQ%d", m.year(), m.quarter()) }

// lastWhole is the last month that the data cover to its end.
func lastWhole(asOf time.Time) Month {
	m := monthOf(asOf)
	if asOf.AddDate(0, 0, 1).Day() != 1 {
		m--
	}
	return m
}

// Period is a month, or a quarter up to one of its months.
type Period struct {
	Month    Month // the last month that is in it
	Quarters bool
}

// parsePeriod reads 2025-08 and 2025Q3; a quarter reaches no further than the last month there is.
func parsePeriod(text string, last Month) (p Period, ok bool) {
	var y, n int
	if k, err := fmt.Sscanf(text, "%4dQ%1d", &y, &n); k == 2 && err == nil && n >= 1 && n <= 4 && len(text) == 6 {
		p = Period{Month(y*12 + n*3 - 1), true}
		if p.Month.begins() > last {
			return p, false
		}
		p.Month = min(p.Month, last)
		return p, true
	}
	if k, err := fmt.Sscanf(text, "%4d-%2d", &y, &n); k == 2 && err == nil && n >= 1 && n <= 12 && len(text) == 7 {
		p = Period{Month: Month(y*12 + n - 1)}
		return p, p.Month <= last
	}
	return p, false
}

// Code is the period as addresses hold it.
func (p Period) Code() string {
	if p.Quarters {
		return p.Month.Quarter()
	}
	return p.Month.String()
}

// Whole reports whether a quarter's three months are all in it.
func (p Period) Whole() bool { return !p.Quarters || p.Month == p.Month.ends() }

// From is the first month.
func (p Period) From() Month {
	if p.Quarters {
		return p.Month.begins()
	}
	return p.Month
}

// before is the period n steps earlier, a whole one.
func (p Period) before(n int) Period {
	if p.Quarters {
		return Period{p.Month.ends() - Month(3*n), true}
	}
	return Period{Month: p.Month - Month(n)}
}

var numerals = [...]string{"", "一", "二", "三", "四"}

// Zh is the period as documents say it.
func (p Period) Zh() string {
	switch {
	case !p.Quarters:
		return fmt.Sprintf("%d 年 %d 月", p.Month.year(), p.Month.of())
	case p.Whole():
		return fmt.Sprintf("%d 年第%s季度", p.Month.year(), numerals[p.Month.quarter()])
	}
	return fmt.Sprintf("%d 年第%s季度（截至 %d 月）", p.Month.year(), numerals[p.Month.quarter()], p.Month.of())
}

// En is the same in English.
func (p Period) En() string {
	switch {
	case !p.Quarters:
		return p.Month.String()
	case p.Whole():
		return fmt.Sprintf("Q%d %d", p.Month.quarter(), p.Month.year())
	}
	return fmt.Sprintf("Q%d %d (to %s)", p.Month.quarter(), p.Month.year(), p.Month)
}

func reportAt(id int64) string { return atReport + "/" + strconv.FormatInt(id, 10) }
