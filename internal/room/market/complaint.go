package market

import (
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
)

// What a complaint is about.
const (
	AboutVacancy  = "vacancy"
	AboutEmployer = "employer"
	AboutAgency   = "agency"
)

var abouts = []string{AboutVacancy, AboutEmployer, AboutAgency}

// kinds are what can be complained about; the codes of the room jobs are among them.
var kinds = []string{"fee", "false", "unlawful", "gone", "licence", "other"}

// States of a complaint.
const (
	Received   = "received"   // 待受理
	Refused    = "refused"    // 不予受理
	Accepted   = "accepted"   // 调查中
	Correcting = "correcting" // 责令改正
	Closed     = "closed"     // 已办结
)

var complaintStates = []string{Received, Accepted, Correcting, Closed, Refused}

// Outcomes of a closed complaint.
var outcomes = []string{"corrected", "punished", "moved", "unfounded"}

// Working days that a step may take: 《关于实施〈劳动保障监察条例〉若干规定》第十八条 five days for taking a complaint up,
// 《劳动保障监察条例》第十七条 sixty for its investigation.
const (
	daysToAccept = 5
	daysToDecide = 60
)

// Complaint is one complaint. Text and Contact are stored sealed.
type Complaint struct {
	ID         int64
	Code       string // by which whoever brought it can follow it
	About      string
	AboutID    int64 // 0: named only
	EmployerID int64 // 0: not in the register
	Name       string
	Area       string
	Kind       string
	Text       string
	Contact    string
	PersonID   int64 // 0: anonymous
	State      string
	On         db.Date
	Due        db.Date // last day of the step that stands
	Off        bool    // the advert is taken off meanwhile
	Outcome    string
	Told       string // what the person may read of the outcome
	Version    int64
}

// Live reports whether something is still to be done.
func (c *Complaint) Live() bool {
	return c.State == Received || c.State == Accepted || c.State == Correcting
}

// may tells which acts are possible in which state, in the order of the page.
var may = map[string][]string{
	Received:   {"accept", "refuse", "off", "hand"},
	Accepted:   {"interview", "correct", "off", "back", "close", "hand"},
	Correcting: {"interview", "close", "off", "back", "hand"},
}

// Step is one thing that was done about a complaint.
type Step struct {
	ComplaintID int64
	ID          int64
	What        string // act
	Text        string
	By          string
	At          int64
}

// Interview is the record of a joint interview (联合约谈).
type Interview struct {
	On                                     db.Date
	Departments, Attended, Points, Promise string
	CorrectBy                              db.Date
}

// due is a deadline so many working days after a day.
func due(from time.Time, days int) db.Date { return db.On(workday.Add(from, days)) }
