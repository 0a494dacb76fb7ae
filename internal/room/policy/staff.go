package policy

import (
	"math"
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// worker is one person's time at one employer, and since when the insurance has been paid there without a break.
type worker struct {
	since, until rule.Day
	insured      rule.Day // 0: not now
}

const open = rule.Day(math.MaxInt32) // a spell without end

// staff gathers the workers of employers while people pass by.
type staff map[int64][]worker

// add takes one person's spells and insurances; spells at one employer that touch count as one.
func (s staff) add(f *person.Facts, asOf int, founder func(employerID int64) int64) {
	for i := range f.Spells {
		at := &f.Spells[i]
		if at.EmployerID == 0 || founder(at.EmployerID) == f.ID || overlapped(f.Spells[:i], at) {
			continue
		}
		w := worker{since: rule.DayOf(at.Since.Time), until: last(f.Spells[i:])}
		for j := range f.Insurances {
			in := &f.Insurances[j]
			if in.EmployerID == at.EmployerID && (in.Kind == person.Pension || in.Kind == person.Unemployment) && (in.To == 0 || in.To >= asOf) {
				if first := firstOf(in.From); w.insured == 0 || first < w.insured {
					w.insured = first
				}
			}
		}
		s[at.EmployerID] = append(s[at.EmployerID], w)
	}
}

// overlapped says whether an earlier spell at the same employer reaches into this one.
func overlapped(earlier []person.Spell, at *person.Spell) bool {
	return slices.ContainsFunc(earlier, func(e person.Spell) bool {
		return e.EmployerID == at.EmployerID && (e.Until.IsZero() || !e.Until.Before(at.Since.Time))
	})
}

// last is the last day of the run of touching spells at the first one's employer; spells are in the order of beginning.
func last(spells []person.Spell) rule.Day {
	end := rule.Day(0)
	for i := range spells {
		if spells[i].EmployerID != spells[0].EmployerID || i > 0 && rule.DayOf(spells[i].Since.Time) > end {
			continue
		}
		if spells[i].Until.IsZero() {
			return open
		}
		end = max(end, rule.DayOf(spells[i].Until.Time))
	}
	return end
}

// unit is one employer's facts on a day. It implements rule.Future: workers' insurance goes on if nothing changes.
type unit struct {
	employer *employer.Employer
	workers  []worker
	on       rule.Day
}

// Field implements rule.Source.
func (u unit) Field(id int) (rule.Value, bool) {
	e := u.employer
	switch id {
	case fKind:
		for i, k := range kinds {
			if k.kind == e.Kind {
				return rule.One(i), true
			}
		}
		return rule.Value{}, false
	case fOpened:
		return rule.On(rule.DayOf(e.Opened.Time)), !e.Opened.IsZero()
	case fMonthsOpen:
		return rule.Int(int64(rule.DayOf(e.Opened.Time).Months(u.on))), !e.Opened.IsZero()
	}
	if len(u.workers) == 0 && e.Staff > 0 { // it says that it has people, but no department has reported any
		return rule.Value{}, false
	}
	n := int64(0)
	for _, w := range u.workers {
		day := u.on
		if id == fJobsBefore {
			day = u.on.AddMonths(-12)
		}
		if w.since <= day && day <= w.until && (id != fJobsInsured || w.insured != 0 && w.insured.AddMonths(12) <= day) {
			n++
		}
	}
	return rule.Int(n), true
}

// At implements rule.Future.
func (u unit) At(on rule.Day) rule.Source { u.on = on; return u }

// Turns implements rule.Future.
func (u unit) Turns(field int, on, until rule.Day) []rule.Day {
	var days []rule.Day
	for _, w := range u.workers {
		switch field {
		case fJobs:
			days = append(days, w.since, w.until+1)
		case fJobsBefore:
			days = append(days, w.since.AddMonths(12))
			if w.until != open {
				days = append(days, (w.until + 1).AddMonths(12))
			}
		case fJobsInsured:
			days = append(days, w.since, w.until+1)
			if w.insured != 0 {
				days = append(days, w.insured.AddMonths(12))
			}
		}
	}
	return days
}
