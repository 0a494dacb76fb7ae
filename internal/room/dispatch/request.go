package dispatch

import "jiuye/internal/ground/db"

// ways are how a visit is made.
var ways = []string{"visit", "phone", "online"}

// Visit is a service officer's talk with a unit.
type Visit struct {
	EmployerID int64
	ID         int64
	Day        db.Date
	Way        string
	Said       string // sealed
	By         string
}

// asks are what units ask for.
var asks = []string{"recruit", "training", "policy", "insurance", "housing", "labour", "other"}

// States of a request.
const (
	OpenRequest = "open"
	Done        = "done"   // answered; the unit has not said whether it is content
	Closed      = "closed" // the unit has said how content it is
)

// contents are how content a unit is, from 5 to 1.
var contents = []string{"5", "4", "3", "2", "1"}

// Request is what a unit asks for.
type Request struct {
	EmployerID   int64
	ID           int64
	Area         string
	Kind         string
	Text         string // sealed
	Answer       string // sealed
	Day          db.Date
	Doer         string
	Due          db.Date
	State        string
	AssignmentID int64 // 0: done by the officer
	Content      int   // 1 to 5; 0: not said
	Closed       db.Date
	Version      int64

	Unit string // name, in lists
}
