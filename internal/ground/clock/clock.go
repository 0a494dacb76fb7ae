// Package clock is the only place that knows the time of day, so that every deadline can be tested.
package clock

import (
	"sync"
	"time"
)

// Zone is the legal time of the whole country, UTC+8 without summer time (GB/T 7408; State Council 1949).
var Zone = time.FixedZone("CST", 8*3600)

// Clock tells the time.
type Clock interface {
	// Now is the instant, in Zone.
	Now() time.Time
	// Today is the calendar day in Zone, as midnight UTC: the shape of every date in this program.
	Today() time.Time
}

// System is the machine's clock.
type System struct{}

// Now implements Clock.
func (System) Now() time.Time { return time.Now().In(Zone) }

// Today implements Clock.
func (s System) Today() time.Time { return DayOf(s.Now()) }

// From is a clock that stood at start when it was made and has run since. The demonstration uses it, so that its
// data and its deadlines fit together on whatever day it is shown.
func From(start time.Time) Clock { return shifted{offset: time.Until(start)} }

type shifted struct{ offset time.Duration }

func (s shifted) Now() time.Time   { return time.Now().Add(s.offset).In(Zone) }
func (s shifted) Today() time.Time { return DayOf(s.Now()) }

// Fake is a clock for tests that moves only when told to.
type Fake struct {
	mu  sync.Mutex
	now time.Time
}

// NewFake makes a clock that stands at the time written as "2006-01-02" or "2006-01-02 15:04" in Zone.
func NewFake(at string) *Fake {
	layout := "2006-01-02 15:04"
	if len(at) == len("2006-01-02") {
		at += " 09:00"
	}
	t, err := time.ParseInLocation(layout, at, Zone)
	if err != nil {
		panic("clock.NewFake: " + err.Error())
	}
	return &Fake{now: t}
}

// Now implements Clock.
func (f *Fake) Now() time.Time { f.mu.Lock(); defer f.mu.Unlock(); return f.now }

// Today implements Clock.
func (f *Fake) Today() time.Time { return DayOf(f.Now()) }

// Add moves the clock.
func (f *Fake) Add(d time.Duration) { f.mu.Lock(); f.now = f.now.Add(d); f.mu.Unlock() }

// DayOf is the calendar day of an instant in Zone, as midnight UTC.
func DayOf(t time.Time) time.Time {
	y, m, d := t.In(Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Date is a calendar day as midnight UTC.
func Date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
