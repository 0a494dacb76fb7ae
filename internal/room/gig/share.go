package gig

import (
	"time"

	"jiuye/internal/ground/db"
)

// Sides of a post: people to spare, people wanted.
const (
	Offer = "offer"
	Need  = "need"
)

// Post is an enterprise's surplus of people, or its need of them (共享用工供需信息).
type Post struct {
	ID         int64
	EmployerID int64
	Side       string
	Occupation string
	People     int64
	From       db.Date
	Until      db.Date
	Area       string
	Pay        int64 // fen a month for one person
	Note       string
	Closed     bool
	Version    int64
}

// States of an agreement.
const (
	Proposed = "proposed" // one side has asked the other
	Agreed   = "agreed"   // both sides have signed; people give their consent, and go
	Declined = "declined"
	Halted   = "halted" // by an officer, with the reason
	Ended    = "ended"  // everybody is back, as both sides say
)

// Share is an agreement on lending people (共享用工合作协议).
type Share struct {
	ID         int64
	LenderID   int64
	BorrowerID int64
	AskedBy    int64 // the employer that proposed it
	Occupation string
	People     int64 // at most
	From       db.Date
	Until      db.Date
	Area       string // of the place of work
	Place      string
	Pay        int64  // fen a month, to the person
	Payer      string // who pays the wage: lender, borrower (through the lender's payroll or by order)
	Insurer    string // who bears social insurance and accidents: lender, borrower
	Terms      string // working hours, rest, safety, board
	State      string
	Why        string
	Reminded   db.Date
	By         string
	Version    int64
}

// Stage is how an agreement stands on a day: its state, and of an agreed one coming, running or overdue for return.
func (s *Share) Stage(today time.Time) string {
	switch {
	case s.State != Agreed:
		return s.State
	case today.Before(s.From.Time):
		return "coming"
	case today.After(s.Until.Time):
		return "return"
	}
	return "running"
}

// States of a person's part in an agreement.
const (
	Waiting   = "waiting" // has been asked
	Consented = "consented"
	Refused   = "refused"
	Withdrawn = "withdrawn" // took the consent back
	Returned  = "returned"  // both sides say that the person is back
)

// Lent is a person in an agreement.
type Lent struct {
	PersonID int64
	ShareID  int64
	State    string
	At       int64   // unix ms of the answer
	Back     db.Date // the lender says: is back
	Sent     db.Date // the borrower says: has been let go
	Version  int64
}

// remindDays is how long before the end both sides and the people are reminded.
const remindDays = 7

// likeness compares a surplus with a need: whether they suit each other, and why.
func likeness(offer, need *Post) (fit, bool) {
	from, until := later(offer.From, need.From), earlier(offer.Until, need.Until)
	if offer.Side != Offer || need.Side != Need || offer.EmployerID == need.EmployerID || until.Before(from.Time) {
		return fit{}, false
	}
	var f fit
	switch {
	case offer.Occupation == need.Occupation:
		f.add(50, true, "工种相同", "the same occupation")
	case common(offer.Occupation, need.Occupation):
		f.add(25, true, "工种相近", "a similar occupation")
	default:
		f.add(-20, false, "工种不同，需要培训", "another occupation: training is needed")
	}
	days := int64(until.Sub(from.Time).Hours()/24) + 1
	f.add(int(min(days, 60)/3), true, "期限重合 "+from.String()+"～"+until.String(), "both from "+from.String()+" to "+until.String())
	if km := kilometres(offer.Area, need.Area); km == 0 {
		f.add(20, true, "在同一旗县（市、区）", "in the same banner")
	} else if km > 0 {
		f.add(-int(km)/10, false, "两地相距约 "+number(km)+" 公里", "about "+number(km)+" km apart")
	}
	if need.Pay >= offer.Pay {
		f.add(10, true, "需方工资不低于原工资", "pays no less than now")
	} else {
		f.add(-10, false, "需方工资低于原工资，差额由谁补足请写进协议", "pays less than now: say in the agreement who makes up for it")
	}
	if need.People <= offer.People {
		f.add(5, true, "人数够用", "enough people")
	}
	return f, f.Score > 0
}

func later(a, b db.Date) db.Date {
	if a.Before(b.Time) {
		return b
	}
	return a
}

func earlier(a, b db.Date) db.Date {
	if b.Before(a.Time) {
		return b
	}
	return a
}

// common reports whether two words for an occupation share two characters in a row.
func common(a, b string) bool {
	x, y := []rune(a), []rune(b)
	for i := 0; i+1 < len(x); i++ {
		for k := 0; k+1 < len(y); k++ {
			if x[i] == y[k] && x[i+1] == y[k+1] {
				return true
			}
		}
	}
	return false
}
