package relief

import (
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// Worker is somebody who works at a project.
type Worker struct {
	PersonID  int64
	ProjectID int64
	Job       string
	Since     db.Date
	Until     db.Date // zero: still
	Local     bool
	By        string
}

// in says whether somebody is on the roster on any day of a month.
func (w *Worker) in(month int) bool {
	return person.MonthOf(w.Since.Time) <= month && (w.Until.IsZero() || person.MonthOf(w.Until.Time) >= month)
}

// Pay is what a project's owner reports of somebody's wages of a month.
type Pay struct {
	PersonID  int64
	ProjectID int64
	Month     int
	Due       int64 // fen
	Paid      int64
	On        db.Date // last day of payment; zero: nothing paid
}

// dueDay is the last day on which a month's wages are in time.
func dueDay(month, payDay int) time.Time {
	return clock.Date(month/100, time.Month(month%100)+1, payDay)
}

// Wage answers.
const (
	InTime  = "intime"
	Late    = "late"    // in full, but after its day
	Short   = "short"   // less than due, and its day is over
	Missing = "missing" // nothing is reported, and its day is over
	Waiting = "waiting" // its day has not come
)

// Judge says how a month's wages stand on a day; p is nil where nothing is reported.
func Judge(p *Pay, month, payDay int, day time.Time) string {
	over := day.After(dueDay(month, payDay))
	switch {
	case p != nil && p.Paid >= p.Due && !p.On.After(dueDay(month, payDay)):
		return InTime
	case p != nil && p.Paid >= p.Due:
		return Late
	case !over:
		return Waiting
	case p != nil:
		return Short
	}
	return Missing
}

// Month is how a project's wages of a month stand.
type Month struct {
	Month                             int
	People, InTime, Late, Short, Miss int64
	Due, Paid                         int64 // fen
}

// Owing counts people whose wages are not there although they should be.
func (m *Month) Owing() int64 { return m.Short + m.Miss }

// Months adds up a project's wages month by month, the latest first: everybody on the roster in a month that has begun before the
// day's own is expected to be paid for it.
func Months(p *Project, workers []Worker, pays []Pay, day time.Time) (list []Month) {
	type key struct {
		person int64
		month  int
	}
	told := map[key]*Pay{}
	for i := range pays {
		told[key{pays[i].PersonID, pays[i].Month}] = &pays[i]
	}
	first := clock.Date(p.Starts.Year(), p.Starts.Month(), 1)
	for at := clock.Date(day.Year(), day.Month(), 1).AddDate(0, -1, 0); !at.Before(first); at = at.AddDate(0, -1, 0) {
		m := Month{Month: person.MonthOf(at)}
		for _, w := range workers {
			if !w.in(m.Month) {
				continue
			}
			x := told[key{w.PersonID, m.Month}]
			m.People++
			if x != nil {
				m.Due, m.Paid = m.Due+x.Due, m.Paid+x.Paid
			}
			switch Judge(x, m.Month, p.PayDay, day) {
			case InTime:
				m.InTime++
			case Late:
				m.Late++
			case Short:
				m.Short++
			case Missing:
				m.Miss++
			}
		}
		if m.People > 0 {
			list = append(list, m)
		}
	}
	return list
}

// paidIn adds up everything paid.
func paidIn(pays []Pay) (sum int64) {
	for _, p := range pays {
		sum += p.Paid
	}
	return sum
}
