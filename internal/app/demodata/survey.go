package demodata

import "jiuye/internal/register/person"

// ask writes the answers to the labour-force survey. Each year the ranks begin elsewhere, so that others are asked.
func (s *stream) ask(m *Member, l *place) {
	for y := range yearCount {
		n := s.course.answers[y]
		idle := round(float64(n) * s.course.surveyed[y])
		listed := 0
		if y == yearCount-1 {
			listed = min(idle/2, s.pickedN[askedListed])
			if rank, ok := s.rank(l, askedListed); ok && rank < listed {
				s.answer(m, y, s.whileListed(m), person.Unemployed)
			}
		}
		if s.chosen(l, asked, y, 0, n-idle) {
			s.answer(m, y, 0, person.Working)
		}
		if l.track != nil && l.track.kind == land && s.dice.chance(.012) {
			m.Surveys = append(m.Surveys, person.Survey{PersonID: m.ID, Month: (firstYear+y)*100 + 1 + s.dice.n(8), Status: person.Working})
		}
		switch {
		case s.chosen(l, askedIdle, y, 0, idle-listed):
			s.answer(m, y, 0, person.Unemployed)
		case s.chosen(l, askedIdle, y, idle-listed, idle):
			s.answer(m, y, 0, person.Outside)
		}
	}
}

// chosen says whether somebody's rank, counted from where the year begins, lies in [from, to).
func (s *stream) chosen(l *place, pick, y, from, to int) bool {
	rank, ok := s.rank(l, pick)
	if !ok {
		return false
	}
	n := s.pickedN[pick]
	rank = (rank + y*n/yearCount) % n
	return rank >= from && rank < to
}

// answer writes an answer in a month of the year, any month for 0.
func (s *stream) answer(m *Member, y, month, status int) {
	if month == 0 {
		month = 1 + s.dice.n(12)
		if y == yearCount-1 {
			month = 1 + s.dice.n(8)
		}
	}
	m.Surveys = append(m.Surveys, person.Survey{PersonID: m.ID, Month: (firstYear+y)*100 + month, Status: status, Urban: true})
}

// whileListed is a month of the last year in which somebody who is registered unemployed at its end was so already.
func (s *stream) whileListed(m *Member) int {
	const last = 8
	first := last
	for _, r := range m.Registrations {
		switch {
		case !r.Until.IsZero():
		case r.Since.Year() < firstYear+yearCount-1:
			first = 1
		default:
			first = min(first, int(r.Since.Month()))
		}
	}
	return first + s.dice.n(last-first+1)
}
