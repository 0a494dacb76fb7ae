package jobs

import (
	"context"
	"slices"
	"strings"
	"time"

	"jiuye/internal/engine/rank"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// profileOf is what the register says of a person that ranking may know. Whoever adds a field here reads rank's doc comment first: sex, ethnicity,
// household registration and age stay out. Key groups go into Welcome, which can only help with vacancies that invite them,
// and whether somebody is under 18 into Young, because the law protects them. The coder is ready (atlas).
func (r *Room) profileOf(f *person.Facts, today time.Time) rank.Profile {
	p := rank.Profile{Education: f.Education, Home: placeOf(f.Area), Young: f.Age(today) < grown, Welcome: welcome(f, today),
		Weight: weight(f, today), Willing: f.Willing != nil && *f.Willing}
	if reg := f.Registered(today); reg != nil {
		p.Pay, p.Willing = reg.Pay, true
		p.Wish = r.works(p.Wish, reg.Occupation, 0)
	}
	for _, s := range slices.Backward(f.Spells) {
		p.Past = r.works(p.Past, s.Occupation, months(&s, today))
	}
	for _, t := range slices.Backward(f.Trainings) {
		p.Trained = r.works(p.Trained, t.Occupation, 0)
	}
	for _, c := range slices.Backward(f.Certificates) {
		p.Certified = r.works(p.Certified, c.Occupation, 0)
	}
	var shown []string
	for _, w := range slices.Concat(p.Past, p.Certified) {
		shown = append(shown, w.Code)
	}
	p.Licences = papersHeld(shown)
	for _, w := range slices.Concat(p.Certified, p.Trained) {
		p.Skills = append(p.Skills, w.Name)
	}
	return p
}

// profiles are what ranking may know of people, with what they wish for themselves. The coder is ready.
func (r *Room) profiles(ctx context.Context, facts []*person.Facts) ([]rank.Profile, error) {
	ids := make([]int64, len(facts))
	for i, f := range facts {
		ids[i] = f.ID
	}
	wishes, err := r.store.wishes(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]rank.Profile, len(facts))
	for i, f := range facts {
		list[i] = r.profileOf(f, r.today().Time)
		wishes[f.ID].into(&list[i], r.codeOf)
	}
	return list, nil
}

// works adds an occupation as it was written to a list; the same text adds up its months.
func (r *Room) works(list []rank.Work, text string, months int) []rank.Work {
	if text == "" {
		return list
	}
	if at := slices.IndexFunc(list, func(w rank.Work) bool { return w.Name == text }); at >= 0 {
		list[at].Months += months
		return list
	}
	return append(list, rank.Work{Code: r.codeOf(text, ""), Name: text, Months: months})
}

// months is how long a spell has lasted by a day.
func months(s *person.Spell, today time.Time) int {
	until := s.Until.Time
	if until.IsZero() || until.After(today) {
		until = today
	}
	return max(0, int(until.Sub(s.Since.Time).Hours()/24)) * 12 / 365
}

// Ages that vacancies' invitations and the law speak of.
const (
	grown     = 18 // below that hazardous work is forbidden (劳动法第六十四条)
	olderFrom = 45 // 大龄人员, for everybody alike
)

// recentGraduate is how many years after graduation invitations to graduates still mean somebody.
const recentGraduate = 2

// What a unit of benefit counts, in thousandths, when vacancies are dealt out: more for key groups: 就业困难人员 (就业促进法
// 第五十二条), 长期失业人员, 高校毕业生. It changes nobody's own order.
const (
	ordinary = 1000
	keyGroup = 1500
)

// longTerm is for how many years somebody has been registered unemployed who counts as long unemployed.
const longTerm = 1

func weight(f *person.Facts, today time.Time) int {
	reg := f.Registered(today)
	if f.InGroup(person.Hard, today) != nil || graduate(f, today) || reg != nil && !reg.Since.AddDate(longTerm, 0, 0).After(today) {
		return keyGroup
	}
	return ordinary
}

// graduate reports whether somebody has left a school lately.
func graduate(f *person.Facts, today time.Time) bool {
	return slices.ContainsFunc(f.Graduates, func(g person.Graduate) bool { return g.Graduated.AddDate(recentGraduate, 0, 0).After(today) })
}

// welcome are the groups somebody counts among, by the bits of employer.Friendly.
func welcome(f *person.Facts, today time.Time) (set rank.Groups) {
	in := func(kind string) bool { return f.InGroup(kind, today) != nil }
	for key, yes := range map[string]bool{
		"veteran": in(person.Veteran), "disabled": in(person.Disabled), "hardship": in(person.Hard), "older": f.Age(today) >= olderFrom,
		"graduate": graduate(f, today),
	} {
		if yes {
			set |= groups(key)
		}
	}
	return set
}

// groups turns keys of employer.Friendly with blanks between into bits.
func groups(keys string) (set rank.Groups) {
	for key := range strings.FieldsSeq(keys) {
		if at := slices.IndexFunc(employer.Friendly, func(c employer.Choice) bool { return c.Key == key }); at >= 0 {
			set |= 1 << at
		}
	}
	return set
}

// hours are the kinds of working time as ranking knows them.
var hours = map[string]rank.Hours{"full": rank.Full, "shift": rank.Shift, "part": rank.Part, "season": rank.Season, "day": rank.Day, "flexible": rank.Flexible, "intern": rank.Intern}

// ranked is a vacancy as ranking sees it. The coder is ready.
func (r *Room) ranked(o *Offer) rank.Vacancy {
	told := o.Posted
	if o.Confirmed.After(told.Time) {
		told = o.Confirmed
	}
	age := 0
	if !told.IsZero() {
		age = max(0, int(r.today().Sub(told.Time).Hours()/24))
	}
	code := o.Code
	if code == "" {
		code = r.codeOf(o.Title, o.Occupation)
	}
	name := o.Occupation
	if name == "" {
		name = o.Title
	}
	return rank.Vacancy{ID: o.ID, Work: rank.Work{Code: code, Name: name}, PayLow: o.PayLow, PayHigh: o.PayHigh, Education: o.Education, Place: placeOf(o.Area),
		Openings: o.Left(), Applicants: o.Applied, Experience: o.Experience, Hours: hours[o.Hours], Contract: o.Contract, Age: age,
		Skills: strings.Fields(o.Skills), Licences: papersAsked(o.Title + "\n" + o.Skills + "\n" + o.Body), Friendly: groups(o.Friendly)}
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
