package graduate

import (
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// States of a service period.
const (
	Serving = "serving"
	Done    = "done" // to the end
	Left    = "left" // before
)

// Service is a service period.
type Service struct {
	PersonID  int64
	ID        int64
	RoundID   int64
	PostID    int64
	Programme string
	Year      int
	Area      string
	Unit      string
	Title     string
	Starts    db.Date
	Ends      db.Date
	State     string
	EndedOn   db.Date
	Allowance int64 // fen a month
	Version   int64
}

// Acts on a service period.
const (
	Yearly   = "yearly"   // yearly check
	Transfer = "transfer" // to another unit of the programme
	Leave    = "leave"
	Complete = "complete"
)

// Served is one thing that happened in a service period.
type Served struct {
	ServiceID int64
	What      string
	Result    string // of a yearly check: good, fair, poor
	On        db.Date
	Text, By  string
}

// gradesOfYear are the results of a yearly check: 优秀, 合格, 不合格.
var gradesOfYear = []string{"good", "fair", "poor"}

// Last is the last day of the service as it stands: its end, or the day it ended.
func (s *Service) Last() db.Date {
	if s.State == Serving || s.EndedOn.IsZero() {
		return s.Ends
	}
	return s.EndedOn
}

// Months counts the months for which the allowance is due up to a day: the month in which service begins and every one begun
// since, up to the one it ends in.
func (s *Service) Months(day time.Time) int {
	last := s.Last().Time
	if day.Before(last) {
		last = day
	}
	if last.Before(s.Starts.Time) {
		return 0
	}
	return person.MonthsBetween(person.MonthOf(s.Starts.Time), person.MonthOf(last))
}

// YearsDue counts the yearly checks that must have been made by a day: one for each full year served.
func (s *Service) YearsDue(day time.Time) (n int) {
	last := s.Last().Time
	if day.Before(last) {
		last = day
	}
	for !s.Starts.AddDate(n+1, 0, -1).After(last) {
		n++
	}
	return n
}

// Working is what somebody lives on in a month by their insurance.
type Working string

// The answers.
const (
	AtUnit    Working = "unit"     // a unit pays the pension
	Flexible  Working = "flexible" // pays as a flexible worker
	Uninsured Working = "none"     // neither
)

// Insured says what somebody lives on in a month, and which unit pays.
func Insured(list []person.Insurance, month int) (w Working, employerID int64) {
	w = Uninsured
	for _, i := range list {
		if i.From > month || i.To != 0 && i.To < month {
			continue
		}
		switch {
		case i.Kind == person.Pension && i.EmployerID != 0:
			return AtUnit, i.EmployerID
		case i.Kind == person.Flexible:
			w = Flexible
		}
	}
	return w, 0
}
