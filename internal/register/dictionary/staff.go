package dictionary

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
	poor         bool     // 脱贫人口
}

const open = rule.Day(math.MaxInt32) // a spell without end

// Staff gathers the workers of employers, and those insured there, while people pass by.
type Staff struct {
	workers map[int64][]worker
	insured map[int64]*insured
}

// insured is how many people have their insurance paid by an employer in the data's last month.
type insured struct{ people, disabled int64 }

// NewStaff is nobody yet.
func NewStaff() *Staff { return &Staff{map[int64][]worker{}, map[int64]*insured{}} }

// Of is an employer's facts once all its people have been added.
func (s *Staff) Of(e *employer.Employer, on rule.Day) Unit {
	u := Unit{employer: e, workers: s.workers[e.ID], on: on}
	if n := s.insured[e.ID]; n != nil {
		u.insured = *n
	}
	return u
}

// insure counts one person's employers of the data's last month.
func (s *Staff) insure(f *person.Facts, asOf int) {
	var seen [4]int64
	n := 0
	for i := range f.Insurances {
		in := &f.Insurances[i]
		if in.EmployerID == 0 || in.Kind != person.Pension && in.Kind != person.Unemployment || in.From > asOf || in.To != 0 && in.To < asOf ||
			slices.Contains(seen[:n], in.EmployerID) || n == len(seen) {
			continue
		}
		seen[n] = in.EmployerID
		n++
		count := s.insured[in.EmployerID]
		if count == nil {
			count = &insured{}
			s.insured[in.EmployerID] = count
		}
		count.people++
		if f.InGroup(person.Disabled, firstOf(asOf).AddMonths(1).Time()) != nil {
			count.disabled++
		}
	}
}

// Add takes one person's spells and insurances; spells at one employer that touch count as one.
func (s *Staff) Add(f *person.Facts, asOf int, founder func(employerID int64) int64) {
	s.insure(f, asOf)
	for i := range f.Spells {
		at := &f.Spells[i]
		if at.EmployerID == 0 || founder(at.EmployerID) == f.ID || overlapped(f.Spells[:i], at) {
			continue
		}
		w := worker{since: rule.DayOf(at.Since.Time), until: last(f.Spells[i:]), poor: f.InGroup(person.OutOfPoverty, firstOf(asOf).AddMonths(1).Time()) != nil}
		for j := range f.Insurances {
			in := &f.Insurances[j]
			if in.EmployerID == at.EmployerID && (in.Kind == person.Pension || in.Kind == person.Unemployment) && (in.To == 0 || in.To >= asOf) {
				if first := firstOf(in.From); w.insured == 0 || first < w.insured {
					w.insured = first
				}
			}
		}
		s.workers[at.EmployerID] = append(s.workers[at.EmployerID], w)
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

// Unit is one employer's facts on a day. It implements rule.Source and rule.Future: workers' insurance goes on if nothing
// changes.
type Unit struct {
	employer *employer.Employer
	workers  []worker
	insured  insured
	on       rule.Day
}

// Field implements rule.Source.
func (u Unit) Field(id int) (rule.Value, bool) {
	e := u.employer
	switch id {
	case UnitKind:
		for i, k := range kinds {
			if k.kind == e.Kind {
				return rule.One(i), true
			}
		}
		return rule.Value{}, false
	case UnitOpened:
		return rule.On(rule.DayOf(e.Opened.Time)), !e.Opened.IsZero()
	case UnitMonthsOpen:
		return rule.Int(int64(rule.DayOf(e.Opened.Time).Months(u.on))), !e.Opened.IsZero()
	case Insured, InsuredDisabled, Reported, Quota, QuotaGap, StaffGap, StaffGapShare:
		return u.counted(id), true
	case UnitArea:
		return rule.Str(e.Area), e.Area != ""
	case UnitIndustry:
		return rule.Str(e.Industry), e.Industry != ""
	}
	if id > JobsPoor { // nobody reports it yet
		return rule.Value{}, false
	}
	if len(u.workers) == 0 && e.Staff > 0 { // it says that it has people, but no department has reported any
		return rule.Value{}, false
	}
	if id == JobsCut {
		return rule.Int(max(0, u.hands(JobsBefore)-u.hands(Jobs))), true
	}
	return rule.Int(u.hands(id)), true
}

// stable is for how many months somebody has to work at one place to count as stably employed.
const stable = 6

// hands counts the workers that a field is about.
func (u Unit) hands(id int) int64 {
	n := int64(0)
	for _, w := range u.workers {
		day := u.on
		if id == JobsBefore {
			day = u.on.AddMonths(-12)
		}
		if w.since <= day && day <= w.until && (id != JobsInsured || w.insured != 0 && w.insured.AddMonths(12) <= day) &&
			(id != JobsPoor || w.poor && w.since.AddMonths(stable) <= day) {
			n++
		}
	}
	return n
}

// At implements rule.Future.
func (u Unit) At(on rule.Day) rule.Source { u.on = on; return u }

// Turns implements rule.Future.
func (u Unit) Turns(field int, on, until rule.Day) []rule.Day {
	var days []rule.Day
	for _, w := range u.workers {
		switch field {
		case Jobs:
			days = append(days, w.since, w.until+1)
		case JobsBefore:
			days = append(days, w.since.AddMonths(12))
			if w.until != open {
				days = append(days, (w.until + 1).AddMonths(12))
			}
		case JobsPoor:
			days = append(days, w.since.AddMonths(stable), w.until+1)
		case JobsInsured:
			days = append(days, w.since, w.until+1)
			if w.insured != 0 {
				days = append(days, w.insured.AddMonths(12))
			}
		}
	}
	return days
}
