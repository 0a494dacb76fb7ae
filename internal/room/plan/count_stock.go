package plan

import (
	"time"

	"jiuye/internal/register/person"
)

// Working age (劳动年龄) in the pension and schooling indicators, in completed years, both included.
const (
	workingFrom = 16
	workingTo   = 59
)

// countStocks are the indicators that ask what is true on a day. The dead count in none of them, whatever is still open in
// the register.
func countStocks(f *person.Facts, on time.Time, add func(Share)) {
	if f.Dead(on) {
		return
	}
	urban, work := atWork(f, on)
	year := on.Year()
	if work != nil {
		share := Share{Indicator: UrbanShare, Year: year, Day: on, Denominator: 1, Spell: work}
		if urban != nil {
			share.Numerator, share.Spell = 1, urban
		}
		add(share)
	}
	registration := f.Registered(on)
	if urban != nil || registration != nil {
		share := Share{Indicator: RegisteredRate, Year: year, Day: on, Spell: urban, Registration: registration}
		if urban != nil {
			share.Denominator++
		}
		if registration != nil {
			share.Numerator = 1
			share.Denominator++
		}
		add(share)
	}
	if c := highSkill(f, on); c != nil {
		add(Share{Indicator: HighSkill, Year: year, Day: on, Numerator: 1, Certificate: c})
	}
	if age := f.Age(on); age < workingFrom || age > workingTo {
		return
	}
	if !f.Student {
		share := Share{Indicator: PensionRate, Year: year, Day: on, Denominator: 1}
		if share.Insured = insured(f, person.MonthOf(on)); share.Insured != "" {
			share.Numerator = 1
		}
		add(share)
	}
	if e, ok := person.EducationOf(f.Education); ok {
		add(Share{Indicator: Schooling, Year: year, Day: on, Numerator: int64(e.Years), Denominator: 1})
	}
}

// atWork finds the spells that cover a day: one in a town, and one of any kind; nil where there is none.
func atWork(f *person.Facts, on time.Time) (urban, work *person.Spell) {
	for n := range f.Spells {
		s := &f.Spells[n]
		if !open(s.Since.Time, s.Until.Time, on) {
			continue
		}
		work = s
		if s.Urban {
			urban = s
		}
	}
	return urban, work
}

// highSkill is the first certificate of 高级工 or better that was issued by a day.
func highSkill(f *person.Facts, on time.Time) *person.Certificate {
	for n := range f.Certificates {
		if c := &f.Certificates[n]; c.Level <= person.HighSkill && !c.Issued.After(on) {
			return c
		}
	}
	return nil
}

var pensions = []string{person.Pension, person.Flexible, person.Resident}

// insured is the kind of pension insurance paid for a month; "" when none was.
func insured(f *person.Facts, month int) string {
	for _, kind := range pensions {
		if f.Insured(month, kind) {
			return kind
		}
	}
	return ""
}
