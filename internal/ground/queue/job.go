package queue

import (
	"encoding/json"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
)

// Job is work to be enqueued. Only Kind is needed.
type Job struct {
	Kind     string
	Key      string    // at most one unfinished job of a kind has this key; "": any number
	Payload  any       // becomes JSON
	RunAt    time.Time // not before; zero: at once
	Deadline time.Time // not after; zero: whenever
	MaxTries int       // 0: 8, which is about 20 minutes of trying
}

// State is where a job stands.
type State string

// The states. Ready and Working are unfinished.
const (
	Ready   State = "ready"
	Working State = "running"
	Done    State = "done"
	Dead    State = "dead"
)

var labels = map[State]string{Ready: "等待办理", Working: "正在办理", Done: "已完成", Dead: "没有办成"}

// Zh is the state as people read it.
func (s State) Zh() string { return labels[s] }

// Status is what a page shows of a job.
type Status struct {
	ID              int64
	Kind, Key       string
	State           State
	Tries, MaxTries int
	RunAt           time.Time
	Deadline        time.Time // zero when there is none
	Created         time.Time
	Started, Ended  time.Time // of the last try; zero before
	Step            string    // what is being done now
	Done, Total     int64     // units of the step; Total 0: not known
	Left            time.Duration
	LeftKnown       bool            // whether Left is an estimate already
	Text            string          // result in a sentence
	Result          json.RawMessage // result for programs, nil when there is none
	Error           string          // last failure in a sentence

	stepAt time.Time
}

// Unfinished reports whether the job still waits or runs, so that a page goes on asking.
func (s Status) Unfinished() bool { return s.State == Ready || s.State == Working }

// Percent is how much of the step is done, 0 to 100; 0 while the total is not known.
func (s Status) Percent() int {
	if s.Total <= 0 {
		return 0
	}
	return int(min(s.Done, s.Total) * 100 / s.Total)
}

// estimate fills in the time left, as seen at now.
func (s *Status) estimate(now time.Time) {
	if s.State == Working && !s.stepAt.IsZero() {
		s.Left, s.LeftKnown = progress.Left(s.Done, s.Total, now.Sub(s.stepAt))
	}
}

const (
	firstPause = 10 * time.Second
	lastPause  = time.Hour
)

// backoff is the pause before the next try, after so many tries; luck is from 0 to 1 and moves it by a quarter at most.
func backoff(tries int, luck float64) time.Duration {
	d := lastPause
	if tries < 10 {
		d = min(firstPause<<max(0, tries-1), lastPause)
	}
	return time.Duration(float64(d) * (0.75 + luck/2))
}

// hopeless are the faults that the same input brings again.
var hopeless = map[fault.Kind]bool{fault.Invalid: true, fault.NotFound: true, fault.Denied: true, fault.Late: true, fault.TooLarge: true}

// Schedule says when recurring work is due.
type Schedule interface {
	// First is the first turn for a process that starts now.
	First(now time.Time) time.Time
	// Next is the turn after one that ended at end.
	Next(end time.Time) time.Time
}

// Interval is a turn at once, and then this long after the end of each turn.
type Interval time.Duration

// First implements Schedule.
func (i Interval) First(now time.Time) time.Time { return now }

// Next implements Schedule.
func (i Interval) Next(end time.Time) time.Time { return end.Add(time.Duration(i)) }

// Daily is a turn every day at this time after midnight of clock.Zone: Daily(2*time.Hour) is 02:00.
type Daily time.Duration

// First implements Schedule.
func (d Daily) First(now time.Time) time.Time { return d.Next(now) }

// Next implements Schedule.
func (d Daily) Next(end time.Time) time.Time {
	y, m, day := end.In(clock.Zone).Date()
	at := time.Date(y, m, day, 0, 0, 0, 0, clock.Zone).Add(time.Duration(d))
	if !at.After(end) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}
