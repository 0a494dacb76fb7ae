package cycle

import (
	"slices"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/indicator"
)

// States of a form: 待填报、填报中、待会签、已上报、已退回、已通过.
const (
	Waiting   = "waiting"
	Draft     = "draft"
	Signing   = "signing"
	Submitted = "submitted"
	Returned  = "returned"
	Accepted  = "accepted"
)

// Form is what one area hands in for a round.
type Form struct {
	RoundID int64
	Area    string
	State   string
	Due     db.Date
	Said    Said
	ByID    int64
	By      string
	Second  string
	In      db.Date // when it was first handed in; zero: never
	Reason  string  // why it was returned
	Version int64
}

// Said is what stands in a form.
type Said struct {
	Entries  []Entry
	Progress string // what was done
	Problems string // and the reasons why something is behind
	Measures string
	Requests string // what is asked of the level above
}

// Entry is one figure of a form.
type Entry struct {
	Indicator string
	Unit      string
	Period    indicator.Period // what a figure of one's own is of
	Month     string           // counted in the period, written; "" where the register cannot tell
	Year      string           // counted since January, or as it stands
	counted   int64            // Month as a kept number
	known     bool
	Need      bool   // a figure of one's own must be given
	May       bool   // it may
	Typed     string // the area's own figure as it was typed
	Note      string // how it differs, and why
}

// mine says whether a form is still its area's to change.
func (f *Form) mine() bool { return slices.Contains([]string{Waiting, Draft, Returned}, f.State) }

// in says whether a form has been handed in.
func (f *Form) in() bool { return f.State == Submitted || f.State == Accepted }

// Late is how many working days a form is or was late on a day; 0: not.
func (f *Form) Late(today time.Time) int {
	day := today
	if f.in() && !f.In.IsZero() {
		day = f.In.Time
	}
	return max(0, workday.Between(f.Due.Time, day))
}

// apart is how far a figure of one's own may be from the register's without a word on why: 5 %, and at least 3.
func apart(own, counted int64) bool {
	d := own - counted
	if d < 0 {
		d = -d
	}
	return d > 3 && d*20 > counted
}

// complete checks a form before it is handed in, and returns the figures of its own. Faults: Invalid names what is missing.
func (s *Said) complete(names map[string]string) (list []indicator.Report, err error) {
	for i := range s.Entries {
		e := &s.Entries[i]
		name := names[e.Indicator]
		if e.Typed == "" {
			if e.Need {
				return nil, fault.New(fault.Invalid, "请填写“%s”，登记库算不出这一项", name)
			}
			continue
		}
		n, err := scaled(e.Typed, e.Unit)
		if err != nil {
			return nil, fault.New(fault.Invalid, "“%s”填的是“%s”，请填写数字，单位是%s", name, e.Typed, e.Unit)
		}
		if e.known && apart(n, e.counted) && e.Note == "" {
			return nil, fault.New(fault.Invalid, "“%s”上报 %s，登记数是 %s，相差较大，请在说明里写明原因", name, e.Typed, e.Month)
		}
		list = append(list, indicator.Report{Indicator: e.Indicator, Period: e.Period, Value: n, Note: e.Note})
	}
	if s.Progress == "" {
		return nil, fault.New(fault.Invalid, "请填写工作进展")
	}
	return list, nil
}

// Step is something that was done about a form.
type Step struct {
	What string // signing, unsigned, submitted, returned, accepted, reminded, pressed, told
	Text string
	By   string
	At   int64
}
