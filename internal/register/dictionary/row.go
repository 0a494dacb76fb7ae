package dictionary

import (
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Row is one person's facts by field. It is filled anew for each person and implements rule.Source.
type Row struct {
	values [personFieldCount]rule.Value
	known  [personFieldCount]bool
}

// Field implements rule.Source.
func (r *Row) Field(id int) (rule.Value, bool) {
	if !r.known[id] {
		return rule.Value{}, false // what stands there is somebody else's
	}
	return r.values[id], true
}

func (r *Row) set(id int, v rule.Value) { r.values[id], r.known[id] = v, true }

func (r *Row) answer(id int, asked *bool) {
	if asked != nil {
		r.set(id, rule.Yes(*asked))
	}
}

// Fill reads a person's file into the Row. What nobody has reported stays unknown.
func (a *Around) Fill(r *Row, f *person.Facts) {
	r.known = [personFieldCount]bool{} // what is not known is never read, so the values may stay
	birth := rule.DayOf(f.Birth)
	r.set(Birth, rule.On(birth))
	r.set(Age, rule.Int(int64(birth.Months(a.On)/12)))
	r.set(Sex, rule.One(f.Sex-1))
	r.set(Retires, rule.On(retirement(f.Sex, birth)))
	r.set(Area, rule.Str(f.Area))
	r.set(Rural, rule.Yes(f.Rural))
	r.set(Student, rule.Yes(f.Student))
	r.answer(Able, f.Able)
	r.answer(Willing, f.Willing)
	r.answer(TrainWish, f.Train)
	for i, e := range person.Educations {
		if e.Code == f.Education {
			r.set(Education, rule.One(i))
		}
	}
	r.set(Zero, rule.Yes(a.Zero[f.HouseholdID]))
	spell := f.AtWork(a.Today)
	a.groups(r, f)
	a.work(r, f, spell)
	a.insurance(r, f)
	a.graduation(r, f)
	a.training(r, f)
	a.end(r, f)
	a.present(r, f, spell)
	a.compared(r, f, spell)
	a.summed(r, f, spell)
}

// groupField is the field of a key group, other than veterans; -1: none.
func groupField(kind string) int {
	switch kind {
	case person.Hard:
		return Hard
	case person.LowIncome:
		return LowIncome
	case person.Disabled:
		return Disabled
	case person.OutOfPoverty:
		return OutOfPoverty
	}
	return -1
}

func (a *Around) groups(r *Row, f *person.Facts) {
	for _, id := range [...]int{Hard, LowIncome, Disabled, OutOfPoverty} {
		r.set(id, rule.Yes(false))
	}
	r.set(Veteran, rule.Yes(false))
	r.set(Settlement, rule.Some(0))
	for i := range f.Groups {
		g := &f.Groups[i]
		if g.Kind == person.Veteran { // being discharged in the future is known too
			r.set(Veteran, rule.Yes(true))
			r.set(Discharged, rule.On(rule.DayOf(g.Since.Time)))
			r.known[Settlement] = false
			for place, w := range settlements {
				if g.Detail == w.Zh {
					r.set(Settlement, rule.One(place))
				}
			}
			continue
		}
		if id := groupField(g.Kind); id >= 0 && !g.Since.After(a.Today) && (g.Until.IsZero() || g.Until.After(a.Today)) {
			r.set(id, rule.Yes(true))
		}
	}
}

// workingAge is the age from which anybody may be employed (劳动法第十五条).
const workingAge = 16

// work tells how somebody works. Who never was in the registration of employment or unemployment may work anyhow,
// unless studying or too young.
func (a *Around) work(r *Row, f *person.Facts, spell *person.Spell) {
	registered := f.Registered(a.Today)
	r.set(Registered, rule.Yes(registered != nil))
	r.set(MonthsUnemployed, rule.Int(0))
	if registered != nil {
		since := rule.DayOf(registered.Since.Time)
		r.set(RegisteredSince, rule.On(since))
		r.set(MonthsUnemployed, rule.Int(int64(since.Months(a.On))))
	}
	founder := a.Founder[f.ID] || spell != nil && spell.Kind == person.Self
	if founder {
		r.set(Founder, rule.Yes(true))
	}
	if len(f.Spells) == 0 && len(f.Registrations) == 0 && !f.Student && f.Age(a.Today) >= workingAge {
		return
	}
	var now person.Spell
	if spell != nil {
		now = *spell
	}
	for i, form := range forms {
		if form.kind == now.Kind {
			r.set(Employment, rule.One(i))
		}
	}
	r.set(NewForm, rule.Yes(now.NewForm))
	r.set(Contracted, rule.Yes(now.Contract > 0))
	r.set(Urban, rule.Yes(now.Urban))
	r.set(Founder, rule.Yes(founder))
}

// insurance is the running pension insurance of employees or flexible workers.
func (a *Around) insurance(r *Row, f *person.Facts) {
	r.set(MonthsInsured, rule.Int(0))
	for i := range f.Insurances {
		in := &f.Insurances[i]
		if in.Kind != person.Pension && in.Kind != person.Flexible || in.To != 0 && in.To < a.AsOf {
			continue
		}
		since := firstOf(in.From)
		if r.known[InsuredSince] && r.values[InsuredSince].Day() <= since {
			continue
		}
		r.set(InsuredSince, rule.On(since))
		r.set(MonthsInsured, rule.Int(int64(since.Months(a.On))))
	}
}

func (a *Around) graduation(r *Row, f *person.Facts) {
	r.set(Graduate, rule.Yes(len(f.Graduates) > 0))
	if len(f.Graduates) == 0 {
		return
	}
	last := f.Graduates[len(f.Graduates)-1].Graduated // in the order of dates
	r.set(Graduated, rule.On(rule.DayOf(last.Time)))
	r.set(InStateUnit, rule.Yes(false))
	for i := range f.Spells {
		s := &f.Spells[i]
		if s.Since.Before(last.Time) || s.Kind != person.Unit && s.Kind != person.Transfer {
			continue
		}
		switch kind := a.Kinds[s.EmployerID]; kind {
		case employer.Institution:
			r.set(InStateUnit, rule.Yes(true))
			return
		case employer.Individual, employer.Organisation:
		default: // an enterprise may be the state's; an employer nobody knows may be anything
			r.known[InStateUnit] = false
		}
	}
}

// training takes the course that serves the person best: with a contract of a year within six months and insured.
func (a *Around) training(r *Row, f *person.Facts) {
	r.set(Trained, rule.Yes(false))
	best := -1
	for i := range f.Trainings {
		t := &f.Trainings[i]
		end := rule.DayOf(t.Until.Time)
		if !t.Subsidised || end > a.On {
			continue
		}
		contract, uninsured, known := a.after(f, t)
		rank := contract
		if known && uninsured {
			rank = 0
		}
		if rank < best || rank == best && end < r.values[TrainingEnd].Day() {
			continue
		}
		best = rank
		r.set(Trained, rule.Yes(true))
		r.set(TrainingEnd, rule.On(end))
		r.set(ContractAfter, rule.Int(int64(contract)))
		r.set(UninsuredAfter, rule.Yes(uninsured))
		r.known[UninsuredAfter] = known
	}
}

// after looks for the longest contract signed within six months of a course, and whether its insurance was paid. The
// insurance is not known for a contract younger than the departments' data.
func (a *Around) after(f *person.Facts, t *person.Training) (contract int, uninsured, known bool) {
	known = true
	last := rule.DayOf(t.Until.Time).AddMonths(6)
	for i := range f.Spells {
		s := &f.Spells[i]
		if s.Contract <= contract || s.Since.Before(t.Until.Time) || rule.DayOf(s.Since.Time) > last || s.Since.After(a.Today) {
			continue
		}
		contract = s.Contract
		insured := false
		for m, n := s.Since.Time, 0; n < 3 && person.MonthOf(m) <= a.AsOf; m, n = m.AddDate(0, 1, 0), n+1 {
			insured = insured || f.Insured(person.MonthOf(m), person.Pension, person.Unemployment)
		}
		uninsured, known = !insured, insured || person.MonthOf(s.Since.Time) <= a.AsOf
	}
	return contract, uninsured, known
}

// firstOf is the first day of a month written 202501.
func firstOf(month int) rule.Day { return rule.DayOf(day(month/100, time.Month(month%100), 1)) }

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
