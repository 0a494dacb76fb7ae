package plan

import (
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/register/person"
)

// Period is the years that are counted and the last day that the data reach.
type Period struct {
	First, Last int
	AsOf        time.Time
}

// Day is D: a year's last day, or the data's last day if that comes first.
func (p Period) Day(year int) time.Time {
	if end := clock.Date(year, time.December, 31); end.Before(p.AsOf) {
		return end
	}
	return p.AsOf
}

// within is the year of a day that is to be counted, ok false for a day outside of the period or beyond the data.
func (p Period) within(day time.Time) (year int, ok bool) {
	year = day.Year()
	return year, year >= p.First && year <= p.Last && !day.After(p.AsOf)
}

// Share is what one person adds to one indicator in one year, and what in the person's file it rests on.
type Share struct {
	Indicator   Index
	Year        int
	Day         time.Time // when it happened; for stocks and rates the day that is looked at
	Numerator   int64
	Denominator int64 // 0 for events and stocks

	Spell        *person.Spell
	Registration *person.Registration
	Group        *person.Group
	Graduate     *person.Graduate
	Training     *person.Training
	Certificate  *person.Certificate
	Insured      string // kind of insurance paid in the month of Day
}

// Count tells what one person adds to every indicator that the register can tell, year by year; docs/architecture.md
// has the definitions as a table. The surveyed rate is not in it: survey answers are no part of the facts.
func Count(f *person.Facts, p Period, add func(Share)) {
	countEvents(f, p, add)
	for year := p.First; year <= p.Last; year++ {
		countStocks(f, p.Day(year), add)
	}
}

// countEvents are the indicators that ask what happened in a year.
func countEvents(f *person.Facts, p Period, add func(Share)) {
	if len(f.Spells) > 0 {
		firstInYear(f, p, NewUrban, newUrban, add)
		if len(f.Registrations) > 0 {
			firstInYear(f, p, Reemployed, reemployed, add)
		}
		if len(f.Groups) > 0 {
			firstInYear(f, p, HardPlaced, hardPlaced, add)
			outOfPovertyWork(f, p, add)
		}
		if len(f.Graduates) > 0 {
			graduates(f, p, add)
		}
		transfers(f, p, add)
	}
	trainings(f, p, add)
}

// firstInYear adds a person once for each year in which a spell begins that qualifies: its earliest one.
func firstInYear(f *person.Facts, p Period, i Index, qualifies func(*person.Facts, *person.Spell) (Share, bool), add func(Share)) {
	for year := p.First; year <= p.Last; year++ {
		var first Share
		for n := range f.Spells {
			s := &f.Spells[n]
			if y, ok := p.within(s.Since.Time); !ok || y != year || first.Spell != nil && !s.Since.Before(first.Day) {
				continue
			}
			if share, ok := qualifies(f, s); ok {
				first = share
				first.Indicator, first.Year, first.Day, first.Numerator, first.Spell = i, year, s.Since.Time, 1, s
			}
		}
		if first.Spell != nil {
			add(first)
		}
	}
}

// newUrban: an urban spell, and no other urban spell that began earlier lasts to that day or longer.
func newUrban(f *person.Facts, s *person.Spell) (Share, bool) {
	if !s.Urban {
		return Share{}, false
	}
	for n := range f.Spells {
		if o := &f.Spells[n]; o.Urban && o.Since.Before(s.Since.Time) && (o.Until.IsZero() || !o.Until.Before(s.Since.Time)) {
			return Share{}, false
		}
	}
	return Share{}, true
}

// reemployed: an urban spell that begins while registered unemployed, the registration's last day included.
func reemployed(f *person.Facts, s *person.Spell) (Share, bool) {
	if !s.Urban {
		return Share{}, false
	}
	for n := range f.Registrations {
		if r := &f.Registrations[n]; open(r.Since.Time, r.Until.Time, s.Since.Time) {
			return Share{Registration: r}, true
		}
	}
	return Share{}, false
}

// hardPlaced: any spell that begins while recognised as hard to employ, the last day included.
func hardPlaced(f *person.Facts, s *person.Spell) (Share, bool) {
	for n := range f.Groups {
		if g := &f.Groups[n]; g.Kind == person.Hard && open(g.Since.Time, g.Until.Time, s.Since.Time) {
			return Share{Group: g}, true
		}
	}
	return Share{}, false
}

// open says whether a time from since to until (zero: still open) covers a day, both ends included.
func open(since, until, day time.Time) bool {
	return !since.After(day) && (until.IsZero() || !until.Before(day))
}

// graduates: the first spell on or after graduation begins not later than two years after it; once a year.
func graduates(f *person.Facts, p Period, add func(Share)) {
	last := 0
	for n := range f.Graduates {
		g := &f.Graduates[n]
		var first *person.Spell
		for m := range f.Spells {
			if s := &f.Spells[m]; !s.Since.Before(g.Graduated.Time) && (first == nil || s.Since.Before(first.Since.Time)) {
				first = s
			}
		}
		if first == nil || first.Since.After(monthsLater(g.Graduated.Time, 24)) {
			continue
		}
		if year, ok := p.within(first.Since.Time); ok && year != last {
			last = year
			add(Share{Indicator: Graduates, Year: year, Day: first.Since.Time, Numerator: 1, Spell: first, Graduate: g})
		}
	}
}

// transfers: every transfer spell that begins; of these, those that have lasted six months by the data's last day.
func transfers(f *person.Facts, p Period, add func(Share)) {
	for n := range f.Spells {
		s := &f.Spells[n]
		year, ok := p.within(s.Since.Time)
		if !ok || s.Kind != person.Transfer {
			continue
		}
		share := Share{Indicator: Transfers, Year: year, Day: s.Since.Time, Numerator: 1, Spell: s}
		add(share)
		end := p.AsOf
		if !s.Until.IsZero() && s.Until.Before(end) {
			end = s.Until.Time
		}
		if !end.Before(monthsLater(s.Since.Time, 6)) {
			share.Indicator = Transfers6m
			add(share)
		}
	}
}

// outOfPovertyWork: people counted among the out-of-poverty at any time of a year, at work on any day of it. Its day is the
// first one at work in that year.
func outOfPovertyWork(f *person.Facts, p Period, add func(Share)) {
	for year := p.First; year <= p.Last; year++ {
		begin, end := clock.Date(year, time.January, 1), p.Day(year)
		var group *person.Group
		for n := range f.Groups {
			if g := &f.Groups[n]; g.Kind == person.OutOfPoverty && meets(g.Since.Time, g.Until.Time, begin, end) {
				group = g
				break
			}
		}
		if group == nil {
			continue
		}
		share := Share{Indicator: OutOfPovertyWork, Year: year, Numerator: 1, Group: group}
		for n := range f.Spells {
			s := &f.Spells[n]
			if !meets(s.Since.Time, s.Until.Time, begin, end) {
				continue
			}
			day := s.Since.Time
			if day.Before(begin) {
				day = begin
			}
			if share.Spell == nil || day.Before(share.Day) {
				share.Spell, share.Day = s, day
			}
		}
		if share.Spell != nil {
			add(share)
		}
	}
}

// meets says whether a time from since to until (zero: still open) has a day in common with begin to end.
func meets(since, until, begin, end time.Time) bool {
	return !since.After(end) && (until.IsZero() || !until.Before(begin))
}

// trainings: subsidised ones by the year they end in; and, subsidised or not, those of people with agricultural registration.
func trainings(f *person.Facts, p Period, add func(Share)) {
	for n := range f.Trainings {
		t := &f.Trainings[n]
		year, ok := p.within(t.Until.Time)
		if !ok {
			continue
		}
		share := Share{Indicator: Trained, Year: year, Day: t.Until.Time, Numerator: 1, Training: t}
		if t.Subsidised {
			add(share)
		}
		if f.Rural {
			share.Indicator = TrainedRural
			add(share)
		}
	}
}

// monthsLater is the day of the same number some months later, or that month's last day where it has none
// (民法典 第二百零二条).
func monthsLater(day time.Time, months int) time.Time {
	y, m, d := day.Date()
	last := clock.Date(y, m+time.Month(months)+1, 0)
	return clock.Date(last.Year(), last.Month(), min(d, last.Day()))
}

// endOf is the last day of the m-th month of the period (from 0), or the data's last day if that comes first.
func (p Period) endOf(m int) time.Time {
	if end := clock.Date(p.First, time.January+time.Month(m)+1, 0); end.Before(p.AsOf) {
		return end
	}
	return p.AsOf
}
