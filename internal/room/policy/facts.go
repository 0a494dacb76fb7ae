package policy

import (
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// row is one person's facts by field. It is filled anew for each person.
type row struct {
	values [personFieldCount]rule.Value
	known  [personFieldCount]bool
}

// Field implements rule.Source.
func (r *row) Field(id int) (rule.Value, bool) { return r.values[id], r.known[id] }

func (r *row) set(id int, v rule.Value) { r.values[id], r.known[id] = v, true }

func (r *row) answer(id int, asked *bool) {
	if asked != nil {
		r.set(id, rule.Yes(*asked))
	}
}

// around is what facts of a person need from outside of their file.
type around struct {
	today   time.Time
	on      rule.Day
	asOf    int // last month that the departments' data cover, 202508
	zero    map[int64]bool
	founder map[int64]bool   // people who are legal representatives
	kinds   map[int64]string // of employers
}

// fill reads a person's file into the row. What nobody has reported stays unknown.
func (a *around) fill(r *row, f *person.Facts) {
	*r = row{}
	birth := rule.DayOf(f.Birth)
	r.set(fBirth, rule.On(birth))
	r.set(fAge, rule.Int(int64(birth.Months(a.on)/12)))
	r.set(fSex, rule.One(f.Sex-1))
	r.set(fRetires, rule.On(retirement(f.Sex, birth)))
	r.set(fArea, rule.Str(f.Area))
	r.set(fRural, rule.Yes(f.Rural))
	r.set(fStudent, rule.Yes(f.Student))
	r.answer(fAble, f.Able)
	r.answer(fWilling, f.Willing)
	for i, e := range person.Educations {
		if e.Code == f.Education {
			r.set(fEducation, rule.One(i))
		}
	}
	r.set(fZero, rule.Yes(a.zero[f.HouseholdID]))
	a.groups(r, f)
	a.work(r, f)
	a.insurance(r, f)
	a.graduation(r, f)
	a.training(r, f)
}

var groupFields = map[string]int{
	person.Hard: fHard, person.LowIncome: fLowIncome, person.Disabled: fDisabled, person.OutOfPoverty: fOutOfPoverty,
}

func (a *around) groups(r *row, f *person.Facts) {
	for _, id := range groupFields {
		r.set(id, rule.Yes(false))
	}
	r.set(fVeteran, rule.Yes(false))
	r.set(fSettlement, rule.Some(0))
	for i := range f.Groups {
		g := &f.Groups[i]
		if g.Kind == person.Veteran { // being discharged in the future is known too
			r.set(fVeteran, rule.Yes(true))
			r.set(fDischarged, rule.On(rule.DayOf(g.Since.Time)))
			r.known[fSettlement] = false
			for place, w := range settlements {
				if g.Detail == w.Zh {
					r.set(fSettlement, rule.One(place))
				}
			}
			continue
		}
		if id, is := groupFields[g.Kind]; is && !g.Since.After(a.today) && (g.Until.IsZero() || g.Until.After(a.today)) {
			r.set(id, rule.Yes(true))
		}
	}
}

// workingAge is the age from which anybody may be employed (劳动法第十五条).
const workingAge = 16

// work tells how somebody works. Who never was in the registration of employment or unemployment may work anyhow,
// unless studying or too young.
func (a *around) work(r *row, f *person.Facts) {
	registered := f.Registered(a.today)
	r.set(fRegistered, rule.Yes(registered != nil))
	r.set(fMonthsUnemployed, rule.Int(0))
	if registered != nil {
		since := rule.DayOf(registered.Since.Time)
		r.set(fRegisteredSince, rule.On(since))
		r.set(fMonthsUnemployed, rule.Int(int64(since.Months(a.on))))
	}
	spell := f.AtWork(a.today)
	founder := a.founder[f.ID] || spell != nil && spell.Kind == person.Self
	if founder {
		r.set(fFounder, rule.Yes(true))
	}
	if len(f.Spells) == 0 && len(f.Registrations) == 0 && !f.Student && f.Age(a.today) >= workingAge {
		return
	}
	var now person.Spell
	if spell != nil {
		now = *spell
	}
	for i, form := range forms {
		if form.kind == now.Kind {
			r.set(fEmployment, rule.One(i))
		}
	}
	r.set(fNewForm, rule.Yes(now.NewForm))
	r.set(fContracted, rule.Yes(now.Contract > 0))
	r.set(fUrban, rule.Yes(now.Urban))
	r.set(fFounder, rule.Yes(founder))
}

// insurance is the running pension insurance of employees or flexible workers.
func (a *around) insurance(r *row, f *person.Facts) {
	r.set(fMonthsInsured, rule.Int(0))
	for i := range f.Insurances {
		in := &f.Insurances[i]
		if in.Kind != person.Pension && in.Kind != person.Flexible || in.To != 0 && in.To < a.asOf {
			continue
		}
		since := firstOf(in.From)
		if r.known[fInsuredSince] && r.values[fInsuredSince].Day() <= since {
			continue
		}
		r.set(fInsuredSince, rule.On(since))
		r.set(fMonthsInsured, rule.Int(int64(since.Months(a.on))))
	}
}

func (a *around) graduation(r *row, f *person.Facts) {
	r.set(fGraduate, rule.Yes(len(f.Graduates) > 0))
	if len(f.Graduates) == 0 {
		return
	}
	last := f.Graduates[len(f.Graduates)-1].Graduated // in the order of dates
	r.set(fGraduated, rule.On(rule.DayOf(last.Time)))
	r.set(fInStateUnit, rule.Yes(false))
	for i := range f.Spells {
		s := &f.Spells[i]
		if s.Since.Before(last.Time) || s.Kind != person.Unit && s.Kind != person.Transfer {
			continue
		}
		switch kind := a.kinds[s.EmployerID]; kind {
		case employer.Institution:
			r.set(fInStateUnit, rule.Yes(true))
			return
		case employer.Individual, employer.Organisation:
		default: // an enterprise may be the state's; an employer nobody knows may be anything
			r.known[fInStateUnit] = false
		}
	}
}

// training takes the course that serves the person best: with a contract of a year within six months and insured.
func (a *around) training(r *row, f *person.Facts) {
	r.set(fTrained, rule.Yes(false))
	best := -1
	for i := range f.Trainings {
		t := &f.Trainings[i]
		end := rule.DayOf(t.Until.Time)
		if !t.Subsidised || end > a.on {
			continue
		}
		contract, uninsured, known := a.after(f, t)
		rank := contract
		if known && uninsured {
			rank = 0
		}
		if rank < best || rank == best && end < r.values[fTrainingEnd].Day() {
			continue
		}
		best = rank
		r.set(fTrained, rule.Yes(true))
		r.set(fTrainingEnd, rule.On(end))
		r.set(fContractAfter, rule.Int(int64(contract)))
		r.set(fUninsuredAfter, rule.Yes(uninsured))
		r.known[fUninsuredAfter] = known
	}
}

// after looks for the longest contract signed within six months of a course, and whether its insurance was paid. The
// insurance is not known for a contract younger than the departments' data.
func (a *around) after(f *person.Facts, t *person.Training) (contract int, uninsured, known bool) {
	known = true
	last := rule.DayOf(t.Until.Time).AddMonths(6)
	for i := range f.Spells {
		s := &f.Spells[i]
		if s.Contract <= contract || s.Since.Before(t.Until.Time) || rule.DayOf(s.Since.Time) > last || s.Since.After(a.today) {
			continue
		}
		contract = s.Contract
		insured := false
		for m, n := s.Since.Time, 0; n < 3 && person.MonthOf(m) <= a.asOf; m, n = m.AddDate(0, 1, 0), n+1 {
			insured = insured || f.Insured(person.MonthOf(m), person.Pension, person.Unemployment)
		}
		uninsured, known = !insured, insured || person.MonthOf(s.Since.Time) <= a.asOf
	}
	return contract, uninsured, known
}

// firstOf is the first day of a month written 202501.
func firstOf(month int) rule.Day { return rule.DayOf(day(month/100, time.Month(month%100), 1)) }

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
