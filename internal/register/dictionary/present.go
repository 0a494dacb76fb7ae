package dictionary

import (
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/person"
)

// end is whether and when somebody died.
func (a *Around) end(r *Row, f *person.Facts) {
	dead := f.Dead(a.Today)
	r.set(Dead, rule.Yes(dead))
	if dead {
		r.set(Died, rule.On(rule.DayOf(f.Died.Time)))
	}
}

// present is how the registers see somebody today: unlike the fields before it, what no register says counts as no, because
// lists and comparisons set one register against another.
func (a *Around) present(r *Row, f *person.Facts, spell *person.Spell) {
	r.set(AtWork, rule.Yes(spell != nil))
	if spell != nil {
		r.set(AtWorkSince, rule.On(rule.DayOf(spell.Since.Time)))
	}
	r.set(Legal, rule.Yes(a.Legal[f.ID]))
	r.set(Resettled, rule.Yes(a.resettled(f.Area)))
	if n := len(f.Registrations); n > 0 {
		r.set(Reason, rule.Str(f.Registrations[n-1].Reason))
	} else {
		r.set(Reason, rule.Str(""))
	}
	for i := range f.Groups {
		g := &f.Groups[i]
		if g.Since.After(a.Today) || !g.Until.IsZero() && !g.Until.After(a.Today) {
			continue
		}
		since := rule.On(rule.DayOf(g.Since.Time))
		switch g.Kind {
		case person.Hard:
			r.set(HardSince, since)
			r.set(HardKind, rule.Str(g.Detail))
		case person.OutOfPoverty:
			r.set(PoorSince, since)
			r.set(Measures, rule.Str(g.Detail))
			if g.Detail == resettlement {
				r.set(Resettled, rule.Yes(true))
			}
		case person.LowIncome:
			r.set(LowIncomeSince, since)
		}
	}
	best := len(skills)
	for i := range f.Certificates {
		if l := f.Certificates[i].Level; l >= 1 {
			best = min(best, l)
		}
	}
	r.set(Skill, rule.One(best-1))
}

// resettlement is the help for those who moved away from poor places, as the rural department writes it.
const resettlement = "易地搬迁后续帮扶"

// compared are the fields that lay the registers of work and of insurance side by side.
func (a *Around) compared(r *Row, f *person.Facts, spell *person.Spell) {
	last, employee, any := 0, false, false
	for i := range f.Insurances {
		in := &f.Insurances[i]
		to := in.To
		if to == 0 || to > a.AsOf {
			to = max(a.AsOf, in.From)
		}
		last = max(last, to)
		now := in.From <= a.AsOf && to >= a.AsOf
		employee = employee || now && (in.Kind == person.Pension || in.Kind == person.Unemployment)
		any = any || now && in.Kind != person.Unemployment
	}
	r.set(InsuredNow, rule.Yes(employee))
	r.set(Paying, rule.Yes(any))
	if last != 0 {
		r.set(LastPaid, rule.On(firstOf(last)))
	}
	r.set(Places, rule.Int(int64(a.places(f))))
	r.set(UnpaidMonths, rule.Int(int64(a.unpaid(f, spell))))
}

// places counts the banners in which somebody is registered to work at a unit today.
func (a *Around) places(f *person.Facts) int {
	var seen []string
	for i := range f.Spells {
		s := &f.Spells[i]
		if s.Kind != person.Unit || s.Area == "" || s.Since.After(a.Today) || !s.Until.IsZero() && s.Until.Before(a.Today) {
			continue
		}
		if banner := s.Area[:min(len(s.Area), bannerDigits)]; !slices.Contains(seen, banner) {
			seen = append(seen, banner)
		}
	}
	return len(seen)
}

const bannerDigits = 6

// unpaid counts the months up to the data's last one in which the unit at which somebody is registered to work paid
// nothing: since its last payment, or since the work began.
func (a *Around) unpaid(f *person.Facts, spell *person.Spell) int {
	if spell == nil || spell.Kind != person.Unit || spell.EmployerID == 0 {
		return 0
	}
	from := person.MonthOf(spell.Since.Time)
	for i := range f.Insurances {
		in := &f.Insurances[i]
		if in.EmployerID != spell.EmployerID || in.Kind != person.Pension && in.Kind != person.Unemployment {
			continue
		}
		if in.To == 0 || in.To >= a.AsOf {
			return 0
		}
		from = max(from, person.MonthOf(firstOf(in.To).AddMonths(1).Time()))
	}
	return max(0, person.MonthsBetween(from, a.AsOf))
}
