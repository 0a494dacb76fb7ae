package demodata

import (
	"fmt"

	"jiuye/internal/register/person"
)

// drill is how the year's trainings are drawn: blocks of ranks, one for each year.
type drill struct {
	first           yearly // before work that begins
	town, rural     yearly // while at work; of people with agricultural registration
	ruralSubsidised yearly // of these
}

// drills divides the course's trainings between those who begin work, those at work in town, and the country.
func (w *world) drills() (d drill) {
	for y := range yearCount {
		d.rural[y] = w.course.trainedRural[y]
		d.ruralSubsidised[y] = d.rural[y] * 6 / 10
		rest := w.course.trained[y] - d.ruralSubsidised[y]
		d.first[y] = min(rest*45/100, w.pickedN[trainedFirst+y])
		d.town[y] = rest - d.first[y]
	}
	return d
}

// block finds the year into whose block a rank falls and the place in it; ok is false beyond the last, by how much is in place.
func (n *yearly) block(rank int) (y, place int, ok bool) {
	for y := range n {
		if rank < n[y] {
			return y, rank, true
		}
		rank -= n[y]
	}
	return 0, rank, false
}

// train writes trainings and certificates.
func (s *stream) train(m *Member, f *family, d *draft, l *place) {
	if rank, ok := s.rank(l, trainedTown); ok {
		y, past, ok := s.drilled.town.block(rank)
		switch {
		case ok:
			s.takes(m, f, s.sometime(y), true)
		case past < s.pickedN[trainedTown]/40: // at their firm's cost
			s.takes(m, f, s.sometime(past%yearCount), false)
		}
	}
	if rank, ok := s.rank(l, trainedRural); ok {
		if y, place, ok := s.drilled.rural.block(rank); ok {
			s.takes(m, f, s.sometime(y), place < s.drilled.ruralSubsidised[y])
		}
	}
	for y := range yearCount {
		if rank, ok := s.rank(l, trainedFirst+y); ok && rank < s.drilled.first[y] {
			s.takes(m, f, s.beforeWork(m, y), true)
		}
	}
	s.certify(m, d, l)
}

// sometime is a day of a year, before the data end.
func (s *stream) sometime(y int) day {
	to := 12
	if y == yearCount-1 {
		to = 8
	}
	return even.in(firstYear+y, 1, to, s.dice.float(), &s.dice)
}

// beforeWork is a day of a year, up to five months before the spell that begins in it.
func (s *stream) beforeWork(m *Member, y int) day {
	begin := on(firstYear+y, 1, 1)
	for i := range m.Spells {
		if sp := &m.Spells[i]; sp.Urban && sp.Since.Year() == firstYear+y {
			work := day(sp.Since.Unix() / 86400)
			return max(begin+1, work-day(s.dice.between(3, 150)))
		}
	}
	return begin + 40
}

// takes writes one course that ends on a day.
func (s *stream) takes(m *Member, f *family, until day, subsidised bool) {
	dice := &s.dice
	days := dice.between(5, 25)
	banner := s.places.banners[s.places.villages[f.village].banner].code
	trade := of(dice, taught)
	m.Trainings = append(m.Trainings, person.Training{PersonID: m.ID, Class: fmt.Sprintf("%s-%d-%03d", banner, until.year(), dice.between(1, 180)),
		Since: (until - day(days)).date(), Until: until.date(), Hours: days * 8, Subsidised: subsidised, Occupation: trade})
	if dice.chance(.45) && until+30 < s.today {
		m.Certificates = append(m.Certificates, person.Certificate{PersonID: m.ID, Issued: (until + day(dice.between(10, 30))).date(), Level: dice.between(4, 5), Occupation: trade})
	}
}

// certify writes the certificates of 高级工 and better, which people have by rank: the first ones before 2019 ended.
func (s *stream) certify(m *Member, d *draft, l *place) {
	rank, ok := s.rank(l, skilled)
	high := &s.course.highSkill
	if !ok || rank >= high[yearCount-1] {
		return
	}
	dice := &s.dice
	issued := on(dice.between(2008, 2019), dice.between(1, 12), dice.between(5, 27))
	for y := 1; y < yearCount; y++ {
		if rank >= high[y-1] && rank < high[y] {
			issued = s.sometime(y)
		}
	}
	if youth := d.birth.addYears(19) + 30; rank < high[0] && issued < youth {
		issued = min(youth, on(2019, 12, 20))
	}
	trade := of(dice, mastered)
	level := 1 + dice.weighted([]float64{.07, .2, .73})
	m.Certificates = append(m.Certificates, person.Certificate{PersonID: m.ID, Issued: issued.date(), Level: level, Occupation: trade})
}
