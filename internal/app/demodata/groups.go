package demodata

import (
	"strconv"

	"jiuye/internal/register/person"
)

// groups writes the key groups that one person belongs to, except the hard to employ, whom the calendar knows.
func (s *stream) groups(m *Member, d *draft, l *place) {
	dice := &s.dice
	add := func(kind string, since day, detail string) {
		m.Groups = append(m.Groups, person.Group{PersonID: m.ID, Kind: kind, Since: since.date(), Detail: detail})
	}
	if s.outOfPoverty(l) {
		add(person.OutOfPoverty, on(dice.between(2014, 2018), 1, 1), of(dice, []string{"产业帮扶", "转移就业", "公益性岗位", "易地搬迁后续帮扶", "低保兜底"}))
	}
	if d.male && d.age >= 23 && d.age <= 64 && !d.student && dice.chance(.05) || !d.male && d.age >= 25 && d.age < 55 && dice.chance(.002) {
		left := d.birth.addYears(20) + day(dice.n(4*365))
		settled := "自主就业"
		if dice.chance(.2) {
			left, settled = left+day(dice.n(8*365)), "政府安排工作"
		}
		if left < s.today-60 {
			add(person.Veteran, left, settled)
		}
	}
	if d.age >= 4 && dice.chance(disability(int(d.age))) {
		worst := 1
		if len(m.Spells) > 0 {
			worst = 3 // people who work are disabled lightly
		}
		issued := max(d.birth.addYears(3), on(2009, 3, 1))
		detail := of(dice, []string{"肢体", "肢体", "肢体", "视力", "听力", "智力", "精神", "多重"}) + " " + []string{"一级", "二级", "三级", "四级"}[dice.between(worst, 4)-1]
		add(person.Disabled, issued+day(dice.n(max(int(s.today-issued), 1))), detail)
	}
}

// outOfPoverty: those who work throughout, those away for one season, and some without work.
func (s *stream) outOfPoverty(l *place) bool {
	if l.track != nil && l.track.kind == poorSeason {
		return true
	}
	if rank, ok := s.rank(l, steadyPoor); ok && rank < s.course.steady() {
		return true
	}
	rank, ok := s.rank(l, idlePoor)
	return ok && rank < s.course.outOfPoverty[yearCount-1]
}

// disability is how many people of an age hold a certificate.
func disability(age int) float64 {
	switch {
	case age < 16:
		return .005
	case age < 45:
		return .012
	case age < 60:
		return .03
	}
	return .055
}

// relief decides whether a household lives on 低保: hardly one in which somebody has work beyond the land.
func (s *stream) relief(f *family, h *Household) {
	earners, land := 0, 0
	for i := range h.Members {
		for _, sp := range h.Members[i].Spells {
			switch {
			case !sp.Until.IsZero():
			case sp.Urban || sp.Kind == person.Transfer || sp.Kind == person.Post:
				earners++
			default:
				land++
			}
		}
	}
	share := either(f.rural, .16, .07)
	switch {
	case earners > 0:
		share = .0015
	case land > 0:
		share = .045
	case f.zero:
		share = .35
	}
	if !s.dice.chance(share) {
		return
	}
	since := on(2016, 1, 1) + day(s.dice.n(9*365+200))
	until := day(0)
	if s.dice.chance(.2) {
		if until = since + day(s.dice.between(365, 1500)); until > s.today {
			until = 0
		}
	}
	kind := "城市低保"
	if f.rural {
		kind = "农村牧区低保"
	}
	for i := range h.Members {
		m := &h.Members[i]
		born := f.members[i].birth
		if until != 0 && born >= until {
			continue
		}
		m.Groups = append(m.Groups, person.Group{PersonID: m.ID, Kind: person.LowIncome, Since: max(since, born).date(), Until: until.date(), Detail: kind + " " + strconv.Itoa(len(h.Members)) + "人户"})
	}
}
