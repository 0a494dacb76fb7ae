package demodata

import "jiuye/internal/register/person"

// courseMonths are the months from January 2019 to August 2025.
const courseMonths = (lastYear-firstYear)*12 + 8

// monthFirst holds the first day of each month of the course, and of the one after it.
var monthFirst = func() (f [courseMonths + 1]day) {
	for i := range f {
		f[i] = on(firstYear+i/12, i%12+1, 1)
	}
	return f
}()

func monthAt(i int) int { return (firstYear+i/12)*100 + i%12 + 1 }

// gaps is how many of those who could do without do not pay in each month: as many as the year's rate leaves out in its last
// month, and in a straight line between.
func (w *world) gaps() (gap [courseMonths]int) {
	last, lastMonth := 0, 0
	for y := range yearCount {
		open := w.due[y] - round(float64(w.due[y])*w.course.pension[y])
		month := min(y*12+11, courseMonths-1)
		if y == 0 {
			last = open
		}
		for i := lastMonth; i <= month; i++ {
			gap[i] = last + (open-last)*(i-lastMonth)/max(month-lastMonth, 1)
		}
		last, lastMonth = open, month
	}
	return gap
}

// cover is what somebody pays in a month.
type cover struct {
	kind     string // "" nothing
	employer int64
}

// insure writes the runs of insured months: with the unit while there is one, otherwise as a flexible worker or a resident.
func (s *stream) insure(m *Member, d *draft, l *place) {
	if d.student || d.age < 16 {
		return
	}
	flexible := s.dice.chance(.55)
	rank, skips := s.rank(l, unpaid)
	from, to := d.birth.addYears(16), d.birth.addYears(60)
	run, start, first := cover{}, 0, true
	for i := range courseMonths {
		next := cover{}
		if monthFirst[i+1] > from && monthFirst[i] <= to {
			next = s.paid(m, i, flexible)
			if skips && next.employer == 0 && rank < s.gap[i] {
				next = cover{}
			}
		}
		if next == run && !first {
			continue
		}
		s.run(m, run, start, i-1)
		run, start, first = next, i, false
	}
	s.run(m, run, start, courseMonths)
	s.extend(m, from)
}

// paid is what a month is paid under.
func (s *stream) paid(m *Member, i int, flexible bool) cover {
	c := cover{kind: person.Resident}
	low, high := monthFirst[i].date(), monthFirst[i+1].date()
	for n := range m.Spells {
		sp := &m.Spells[n]
		if !sp.Since.Before(high.Time) || !sp.Until.IsZero() && sp.Until.Before(low.Time) {
			continue
		}
		if sp.Kind == person.Unit || sp.Kind == person.Post {
			return cover{person.Pension, sp.EmployerID}
		}
		if flexible && sp.Urban && sp.Kind != person.Transfer {
			c.kind = person.Flexible
		}
	}
	return c
}

// run adds a run of months; one that reaches beyond the course is still being paid.
func (s *stream) run(m *Member, c cover, from, to int) {
	if c.kind == "" {
		return
	}
	in := person.Insurance{PersonID: m.ID, Kind: c.kind, EmployerID: c.employer, From: monthAt(from)}
	if to < courseMonths {
		in.To = monthAt(to)
	}
	m.Insurances = append(m.Insurances, in)
	if c.kind == person.Pension {
		in.Kind = person.Unemployment
		m.Insurances = append(m.Insurances, in)
	}
}

// extend gives what was paid in January 2019 its beginning, and writes the units before.
func (s *stream) extend(m *Member, sixteen day) {
	const opening = firstYear*100 + 1
	start := max(sixteen.month(), 201201)
	for n := range m.Spells {
		sp := &m.Spells[n]
		if sp.Kind != person.Unit || sp.Until.IsZero() || person.MonthOf(sp.Until.Time) >= opening {
			continue
		}
		m.Insurances = append(m.Insurances, person.Insurance{PersonID: m.ID, Kind: person.Pension, EmployerID: sp.EmployerID,
			From: person.MonthOf(sp.Since.Time), To: person.MonthOf(sp.Until.Time)})
		start = max(start, monthAfter(person.MonthOf(sp.Until.Time)))
	}
	for n := range m.Insurances {
		in := &m.Insurances[n]
		if in.From != opening {
			continue
		}
		in.From = min(in.From, start)
		for k := range m.Spells {
			sp := &m.Spells[k]
			if !sp.Until.IsZero() && person.MonthOf(sp.Until.Time) < opening {
				continue
			}
			since := min(person.MonthOf(sp.Since.Time), opening)
			switch {
			case in.Kind == person.Flexible:
				in.From = max(in.From, since)
			case in.EmployerID != 0 && sp.EmployerID == in.EmployerID && (sp.Kind == person.Unit || sp.Kind == person.Post):
				in.From = since
			default:
				continue
			}
			break
		}
	}
}

func monthAfter(month int) int {
	if month%100 == 12 {
		return month + 89
	}
	return month + 1
}
