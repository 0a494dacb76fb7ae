package person

import "time"

// Facts is everything the register knows of one person: what rules are evaluated on and what the file page shows.
type Facts struct {
	Person
	Registrations []Registration
	Insurances    []Insurance
	Spells        []Spell
	Groups        []Group
	Graduates     []Graduate
	Trainings     []Training
	Certificates  []Certificate
}

// Registered is the open registration of unemployment on a day, or nil.
func (f *Facts) Registered(on time.Time) *Registration {
	for i := range f.Registrations {
		r := &f.Registrations[i]
		if !r.Since.After(on) && (r.Until.IsZero() || r.Until.After(on)) {
			return r
		}
	}
	return nil
}

// AtWork is the latest spell that covers a day, or nil.
func (f *Facts) AtWork(on time.Time) *Spell {
	var latest *Spell
	for i := range f.Spells {
		s := &f.Spells[i]
		if !s.Since.After(on) && (s.Until.IsZero() || !s.Until.Before(on)) && (latest == nil || s.Since.After(latest.Since.Time)) {
			latest = s
		}
	}
	return latest
}

// Insured reports whether a month's contribution of any of the kinds was paid.
func (f *Facts) Insured(month int, kinds ...string) bool {
	for i := range f.Insurances {
		in := &f.Insurances[i]
		if in.From > month || in.To != 0 && in.To < month {
			continue
		}
		for _, k := range kinds {
			if in.Kind == k {
				return true
			}
		}
	}
	return false
}

// InGroup is the membership of a key group on a day, or nil.
func (f *Facts) InGroup(kind string, on time.Time) *Group {
	for i := range f.Groups {
		g := &f.Groups[i]
		if g.Kind == kind && !g.Since.After(on) && (g.Until.IsZero() || g.Until.After(on)) {
			return g
		}
	}
	return nil
}
