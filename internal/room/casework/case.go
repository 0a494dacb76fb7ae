package casework

import (
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
)

// Days is how many working days there are from recognition to work (2018 implementation plan 四（五）, rule R28). The
// day of recognition does not count.
const Days = 10

// ZeroEmployment is the only kind of case so far: a zero-employment household (零就业家庭).
const ZeroEmployment = "zero"

// Case states and outcomes, with what people read in words.*.json as state.NAME and outcome.NAME.
const (
	StateOpen   = "open"
	StateClosed = "closed"

	Placed = "placed" // a member is at work and insured
	Left   = "left"   // no longer a zero-employment household for another reason
)

// StepKinds are what an officer may record, with what people read as step.NAME. The program itself writes stepOpened
// and stepClosed.
var StepKinds = []string{"visit", "call", "referral", "note"}

const (
	stepOpened = "opened"
	stepClosed = "closed"
)

// Case is the help for one household.
type Case struct {
	HouseholdID int64
	ID          int64
	Kind        string
	State       string
	Area        string // the household's, 12 digits
	PersonID    int64  // whom the case is named after: the head, or the eldest member
	Recognised  db.Date
	Deadline    db.Date
	Closed      db.Date // zero while open
	Outcome     string  // "" while open
	Proof       string  // what the closing rests on, in words
	NextStep    string
	NextOn      db.Date // zero: no day was set
	Version     int64
}

// Step is one thing that was done. Steps are never changed; they stay with the case after it has closed.
type Step struct {
	CaseID int64
	ID     int64
	At     time.Time
	Kind   string
	ByID   int64 // account; 0: the program itself
	ByName string
	Note   string
}

// opening is a new case for a household, recognised on a day.
func opening(household, id int64, area string, personID int64, on time.Time) Case {
	return Case{HouseholdID: household, ID: id, Kind: ZeroEmployment, State: StateOpen, Area: area, PersonID: personID,
		Recognised: db.On(on), Deadline: db.On(workday.Add(on, Days))}
}

// close ends a case, as judged on a day.
func (c *Case) close(on time.Time, outcome, proof string) {
	c.State, c.Closed, c.Outcome, c.Proof = StateClosed, db.On(on), outcome, proof
	c.NextStep, c.NextOn = "", db.Date{}
}

// Clock is how a case stands on a day.
type Clock struct {
	Used int  // working days gone since recognition, 0 to Days
	Left int  // working days that remain; negative or zero when Over: working days gone since the deadline
	Over bool // the deadline has passed; on the weekend after it no working day has gone yet
}

// ClockOf tells how a case stands on a day; a closed case stands as on the day it closed.
func (c *Case) ClockOf(today time.Time) Clock {
	if c.State == StateClosed {
		today = c.Closed.Time
	}
	left := workday.Between(today, c.Deadline.Time)
	return Clock{Used: min(Days, max(0, Days-left)), Left: left, Over: today.After(c.Deadline.Time)}
}

// Urgency sorts the desk.
type Urgency int

// The desk's groups, most urgent first.
const (
	Overdue Urgency = iota
	DueToday
	DueSoon // within Soon working days
	DueLater
)

// Soon is how many working days before its deadline a case counts as urgent.
const Soon = 3

// UrgencyOf is the group of the desk an open case stands in.
func (c *Case) UrgencyOf(today time.Time) Urgency {
	switch k := c.ClockOf(today); {
	case k.Over:
		return Overdue
	case k.Left == 0:
		return DueToday
	case k.Left <= Soon:
		return DueSoon
	}
	return DueLater
}
