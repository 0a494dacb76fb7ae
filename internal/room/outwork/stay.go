package outwork

import (
	"cmp"
	"slices"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// stableMonths is what counts as stable work: six months, as the plan's indicator of transfers counts them.
const stableMonths = 6

// run is a time in work without a break, from a day to the day on which it had ended.
type run struct {
	From, To time.Time
	Open     bool // goes on at the last day of the data
}

// months is how many whole months a run has lasted: until the day with the same number, or the month's last.
func (r run) months() int {
	n := 0
	for !later(r.From, n+1).After(r.To) {
		n++
	}
	return n
}

// later is a day some months on; there is no 31 February, so it is then the month's last day.
func later(d time.Time, months int) time.Time {
	first := clock.Date(d.Year(), d.Month(), 1).AddDate(0, months, 0)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(d.Day(), last.Day())-1)
}

// stay is what the register shows of somebody's work away.
type stay struct {
	Runs   []run
	Months int // of the longest run
	From   db.Date
	Open   bool // the last run goes on
	Spells int  // employment records of the kind 转移就业 that count
	Paid   int  // insurance runs that count
}

// Stable reports whether there were six months without a break.
func (s *stay) Stable() bool { return s.Months >= stableMonths }

// Gaps are the breaks between the runs.
func (s *stay) Gaps() (list []run) {
	for i := 1; i < len(s.Runs); i++ {
		list = append(list, run{From: s.Runs[i-1].To, To: s.Runs[i].From})
	}
	return list
}

// scope says which facts count: those that began in the month of since or later. Employment records of the kind 转移就业 always
// do; pension insurance does when the employer lies outside the person's banner, or is the one that asked for people.
type scope struct {
	since      time.Time
	asOf       time.Time
	employerID int64
	areas      map[int64]string // of the employers
}

// staying draws from a person's facts what counts.
func (sc *scope) staying(f *person.Facts) (s stay) {
	first := clock.Date(sc.since.Year(), sc.since.Month(), 1)
	var list []run
	for _, x := range f.Spells {
		if x.Kind != person.Transfer || x.Since.Before(first) || x.Since.After(sc.asOf) {
			continue
		}
		r := run{From: x.Since.Time, To: x.Until.Time}
		if x.Until.IsZero() || x.Until.After(sc.asOf) {
			r.To, r.Open = sc.asOf, true
		}
		list, s.Spells = append(list, r), s.Spells+1
	}
	for _, x := range f.Insurances {
		where := sc.areas[x.EmployerID]
		away := where != "" && area.At(where, area.Banner) != area.At(f.Area, area.Banner)
		if x.Kind != person.Pension || x.EmployerID == 0 || x.From < person.MonthOf(first) || x.From > person.MonthOf(sc.asOf) || !away && x.EmployerID != sc.employerID {
			continue
		}
		r := run{From: monthStart(x.From), To: monthStart(x.To).AddDate(0, 1, 0)}
		if x.To == 0 || x.To >= person.MonthOf(sc.asOf) {
			r.To, r.Open = monthStart(person.MonthOf(sc.asOf)).AddDate(0, 1, 0), true
		}
		list, s.Paid = append(list, r), s.Paid+1
	}
	s.Runs = joined(list)
	for _, r := range s.Runs {
		s.Months = max(s.Months, r.months())
	}
	if n := len(s.Runs); n > 0 {
		s.From, s.Open = db.On(s.Runs[0].From), s.Runs[n-1].Open
	}
	return s
}

func monthStart(month int) time.Time { return clock.Date(month/100, time.Month(month%100), 1) }

// joined puts runs that touch or overlap together, in the order of time.
func joined(list []run) (out []run) {
	slices.SortFunc(list, func(a, b run) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	for _, r := range list {
		if n := len(out); n > 0 && !r.From.After(out[n-1].To.AddDate(0, 0, 1)) {
			if r.To.After(out[n-1].To) {
				out[n-1].To = r.To
			}
			out[n-1].Open = out[n-1].Open || r.Open
			continue
		}
		out = append(out, r)
	}
	return out
}
