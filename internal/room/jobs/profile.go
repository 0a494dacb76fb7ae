package jobs

import (
	"slices"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/register/person"
)

// profileOf is what ranking may know of a person. Whoever adds a field here reads rank's doc comment first.
func profileOf(f *person.Facts, today time.Time) rank.Profile {
	p := rank.Profile{Education: f.Education, Place: placeOf(f.Area)}
	if reg := f.Registered(today); reg != nil {
		p.Wish, p.Pay = reg.Occupation, reg.Pay
	}
	add := func(list *[]string, text string) {
		if text != "" && !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	for _, s := range slices.Backward(f.Spells) {
		add(&p.Past, s.Occupation)
	}
	for _, t := range slices.Backward(f.Trainings) {
		add(&p.Trained, t.Occupation)
	}
	for _, c := range slices.Backward(f.Certificates) {
		add(&p.Certified, c.Occupation)
	}
	return p
}

// Ages at which people who are not registered unemployed are taken to look for work, both included.
const (
	seekingFrom = 16 // employing anybody younger is forbidden (劳动法第十五条)
	seekingTo   = 59
)

// seeking reports whether vacancies are to be suggested to somebody: to everybody who is registered unemployed, and to
// others of working age who can work, do not study and are not at work.
func seeking(f *person.Facts, today time.Time) bool {
	age := f.Age(today)
	switch {
	case age < seekingFrom || f.Student:
		return false
	case f.Registered(today) != nil:
		return true
	}
	return age <= seekingTo && f.AtWork(today) == nil && (f.Able == nil || *f.Able) && (f.Willing == nil || *f.Willing)
}

// monthsWorked is how long a person has been at work in all, in whole months.
func monthsWorked(f *person.Facts, today time.Time) int {
	days := 0
	for _, s := range f.Spells {
		until := s.Until.Time
		if until.IsZero() || until.After(today) {
			until = today
		}
		days += max(0, int(until.Sub(s.Since.Time).Hours()/24))
	}
	return days * 12 / 365
}
