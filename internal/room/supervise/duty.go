package supervise

import (
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
)

// Sources of a duty.
const (
	FromPlan     = "plan"     // a task of a plan document
	FromDecision = "decision" // of a meeting
	FromProblem  = "problem"  // that a meeting is to coordinate
	FromFinding  = "finding"  // of an inspection
	FromForm     = "form"     // that has not come in time
	ByHand       = "byhand"
)

var sources = []string{FromPlan, FromDecision, FromProblem, FromFinding, FromForm, ByHand}

// States of a duty.
const (
	Open    = "open"
	Done    = "done"
	Stopped = "stopped"
)

var states = []string{Open, Done, Stopped}

// Reported is the state of a milestone that its unit calls reached and nobody has checked yet; the others are Open, Done and Stopped.
const Reported = "reported"

// Stages of supervision of an open milestone (提醒、催办、提级、纳入监督贯通协调平台).
const (
	Reminded  = "reminded"
	Pressed   = "pressed"
	Escalated = "escalated"
	Platform  = "platform"
)

var stages = []string{Reminded, Pressed, Escalated, Platform}

// Duty is what one unit of an area answers for.
type Duty struct {
	ID        int64
	Area      string // the unit's
	UnitID    int64
	Unit      string // its name
	Joint     string // units that help, as words
	Source    string
	SourceID  int64  // meeting or inspection
	Plan, No  string // of the document
	Title     string
	What      string
	Quote     string
	Indicator string // that tells how far it is; "" for none
	Year      int64
	Percent   int64
	State     string
	By        string
	At        int64 // unix ms
	Version   int64
	Giver     string // area whose office gave it
	Href      string // what it is about, where that is a page of another room
}

// Milestone is a step of a duty with its last day.
type Milestone struct {
	DutyID, ID int64
	Area       string
	UnitID     int64
	Text       string
	Due        db.Date
	State      string
	Stage      string
	AnswerBy   db.Date // last day to answer a press
	Promise    db.Date // day promised in the answer
	On         db.Date // day it was reported reached, or stopped
	ReporterID int64
}

// Late says whether a milestone is open although its day has passed.
func (m *Milestone) Late(today time.Time) bool { return m.State == Open && m.Due.Before(today) }

// Left is how many working days remain; below 0 those that have gone by since.
func (m *Milestone) Left(today time.Time) int { return workday.Between(today, m.Due.Time) }

// Step is one thing that happened to a duty. Text is sealed where it is stored.
type Step struct {
	DutyID, ID, MilestoneID int64
	What                    string // give, progress, report, answer, extend, extended, check, return, remind, press, escalate, platform, stop, arrive
	Text                    string
	By                      string
	At                      int64
}

// Late is one milestone past its day, as other rooms and leaders read it.
type Late struct {
	DutyID          int64
	Title, Unit     string
	Area, Milestone string
	Due             db.Date
	Days            int // working days past
	Stage           string
	Href            string
}
