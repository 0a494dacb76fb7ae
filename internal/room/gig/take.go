package gig

import (
	"time"

	"jiuye/internal/ground/db"
)

// States of a place.
const (
	Asked  = "asked"  // the hirer is to pick
	Taken  = "taken"  // the place is this worker's
	Passed = "passed" // the hirer picked somebody else
	Left   = "left"   // the worker stepped back, or the job was called off
	Absent = "absent" // did not come
)

// States of payment.
const (
	Unpaid    = ""          // nothing is owed yet
	Owed      = "owed"      // work was done
	Said      = "said"      // the hirer says that it is paid
	Confirmed = "confirmed" // the worker says so too
	Disputed  = "disputed"  // the worker says otherwise
	Settled   = "settled"   // an officer has settled it
)

// Take is a worker's place at a job, with its payment.
type Take struct {
	PersonID   int64
	JobID      int64
	HirerID    int64
	Area       string // of the job
	TeamID     int64  // 0: for oneself
	From       db.Date
	Until      db.Date
	Start, End int64
	State      string
	At         int64 // unix ms
	Pay        string
	Due        int64 // fen, by attendance
	DueOn      db.Date
	Paid       int64 // fen, as the hirer says
	PaidOn     db.Date
	Objection  string // the worker's words; stored sealed
	Settlement string // how an officer settled it
	Version    int64
}

// bars reports whether this place keeps its worker from a job: it is the same one, or one at the same time.
func (t *Take) bars(j *Job) bool {
	if t.JobID == j.ID {
		return t.State != Left
	}
	return t.State == Taken && !t.From.After(j.Until.Time) && !t.Until.Before(j.From.Time) && t.Start < j.End && t.End > j.Start
}

// open reports whether the hirer may still say what was seen on a day: nothing has been paid, or the day came after the payment.
func (t *Take) open(day time.Time) bool {
	return t.State == Taken && (t.Pay == Unpaid || t.Pay == Owed || !t.PaidOn.IsZero() && day.After(t.PaidOn.Time))
}

// owe writes what a worker's days are worth. More than was paid is owed, also when an earlier day's pay has been confirmed.
func (t *Take) owe(fen int64) {
	more := fen > t.Due && fen > t.Paid
	if t.Due = fen; more && t.Pay != Disputed {
		t.Pay = Owed
	}
}

// Shift is one worker's day at a job. Times are minutes of the day, −1 where nobody has said.
type Shift struct {
	PersonID, JobID       int64
	Day                   db.Date
	Area                  string
	WorkerIn, WorkerOut   int64
	HirerIn, HirerOut     int64
	SettledIn, SettledOut int64
	Pieces                int64 // as the hirer counts
	Why, By               string
	Worked                int64 // minutes that count
	Version               int64
}

func newShift(t *Take, day db.Date) Shift {
	return Shift{PersonID: t.PersonID, JobID: t.JobID, Day: day, Area: t.Area, WorkerIn: -1, WorkerOut: -1, HirerIn: -1, HirerOut: -1, SettledIn: -1, SettledOut: -1}
}

// tolerance is by how many minutes the two sides' times may differ and still agree.
const tolerance = 15

func near(a, b int64) bool { return a < 0 || b < 0 || max(a, b)-min(a, b) <= tolerance }

// Differs reports whether the two sides say different times and nobody has settled it.
func (s *Shift) Differs() bool {
	return s.SettledIn < 0 && !(near(s.WorkerIn, s.HirerIn) && near(s.WorkerOut, s.HirerOut))
}

// span are the times that count: the settled ones; else, where both sides have spoken, the time on which they agree; else what the
// one side says.
func (s *Shift) span() (in, out int64) {
	pick := func(a, b int64, both func(a, b int64) int64) int64 {
		switch {
		case a < 0:
			return b
		case b < 0:
			return a
		}
		return both(a, b)
	}
	if s.SettledIn >= 0 {
		return s.SettledIn, s.SettledOut
	}
	return pick(s.WorkerIn, s.HirerIn, func(a, b int64) int64 { return max(a, b) }), pick(s.WorkerOut, s.HirerOut, func(a, b int64) int64 { return min(a, b) })
}

// count fills in the minutes that count: the rest is taken off who stays for more than half of the day. What the worker alone has said counts
// within the job's hours.
func (s *Shift) count(j *Job) {
	in, out := s.span()
	s.Worked = 0
	if s.SettledIn < 0 && s.HirerIn < 0 && s.HirerOut < 0 && in >= 0 && out >= 0 {
		in, out = max(in, j.Start), min(out, j.End)
	}
	if in < 0 || out <= in {
		return
	}
	if s.Worked = out - in; s.Worked > (j.End-j.Start)/2 {
		s.Worked = max(s.Worked-j.Rest, 0)
	}
}

// due is what a worker's days at a job are worth. Who was there all day but a quarter of an hour gets the whole day.
func due(j *Job, days []Shift) (fen int64) {
	for i := range days {
		s := &days[i]
		worked := min(s.Worked, j.Minutes())
		if worked >= j.Minutes()-tolerance && s.Worked > 0 {
			worked = j.Minutes()
		}
		switch j.Unit {
		case PerHour:
			fen += j.Price * max(worked, s.Worked) / 60
		case PerPiece:
			fen += j.Price * s.Pieces
		default:
			fen += j.Price * worked / max(j.Minutes(), 1)
		}
	}
	return fen
}
