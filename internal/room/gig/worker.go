package gig

import (
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/db"
)

// Worker is who offers day work: on which days, of which kinds, for how much.
type Worker struct {
	PersonID int64
	Area     string // where from: banner or below
	Kinds    string // with blanks between and around
	Days     int64  // weekdays, bit 0 is Monday
	Until    db.Date
	Least    int64 // fen a day; 0: whatever is usual
	Km       int64 // how far, between banners' seats
	On       bool  // shown to hirers
	Version  int64
}

// does reports whether somebody does a kind of work.
func (w *Worker) does(kind string) bool { return slices.Contains(strings.Fields(w.Kinds), kind) }

// free reports whether somebody offers every day of a job.
func (w *Worker) free(j *Job) bool {
	if w.Until.Before(j.Until.Time) {
		return false
	}
	for d := j.From.Time; !d.After(j.Until.Time); d = d.AddDate(0, 0, 1) {
		if w.Days&(1<<weekday(d)) == 0 {
			return false
		}
	}
	return true
}

// weekday is 0 for Monday to 6 for Sunday.
func weekday(d time.Time) int { return (int(d.Weekday()) + 6) % 7 }

// Team is people who work together. Each has joined by the team's code.
type Team struct {
	ID       int64
	LeaderID int64
	Name     string
	Code     string
	Area     string
}

// youngest is the age from which somebody may be hired (《劳动法》第十五条、《禁止使用童工规定》第二条).
const youngest = 16
