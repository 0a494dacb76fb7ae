package rank

// block is some vacancies of one occupation, with what the best of them could have of everything.
type block struct {
	from, to   int32 // rows
	high, mid  int32
	fresh      int16
	good       int16
	experience span16
	skillBits  uint64
	skills     uint8 // the most that one of them names
	schooling  int8  // the least asked for
	hours      Hours // all of them; everything when one does not say
	friendly   Groups
	unpaid     bool // one does not state its pay
	safe       bool // one is not hazardous
	any        bool
}

type span16 struct{ least, most int16 }

func (b *block) add(r *row) {
	if !b.any {
		b.any, b.schooling, b.fresh, b.good, b.experience = true, r.schooling, r.fresh, r.good, span16{r.experience, r.experience}
	}
	b.to++
	b.high, b.mid = max(b.high, r.high), max(b.mid, r.mid)
	b.fresh, b.good = max(b.fresh, r.fresh), max(b.good, r.good)
	b.experience = span16{min(b.experience.least, r.experience), max(b.experience.most, r.experience)}
	b.skillBits |= r.skillBits
	b.skills = max(b.skills, r.nSkills)
	b.schooling = min(b.schooling, r.schooling)
	b.friendly |= r.friendly
	b.unpaid = b.unpaid || r.high <= 0
	b.safe = b.safe || !r.hazard
	if r.hours == 0 {
		b.hours = ^Hours(0)
	}
	b.hours |= r.hours
}

// bound is at least the points of each of the block's vacancies that no hard condition bars; −1 when all are barred.
func (s *Seeker) bound(b *block, k kin, way int, own bool) int32 {
	gap := s.gap(b.schooling)
	if gap > mostGap || s.profile.Young && !b.safe || s.profile.Hours != 0 && b.hours&s.profile.Hours == 0 || s.floor > 0 && !b.unpaid && b.high < s.floor {
		return -1
	}
	points := k.points + way + int(b.fresh)
	benefit := int(b.good)
	switch {
	case b.high <= 0:
		points += payUnsaid
		benefit += benefitUnsaid
	case b.unpaid:
		points += max(payUnsaid, s.payPoints(b.high))
		benefit += max(benefitUnsaid, s.payBenefit(b.mid))
	default:
		points += s.payPoints(b.high)
		benefit += s.payBenefit(b.mid)
	}
	if gap > 0 {
		points += schoolShort * gap
	}
	if b.experience.most > 0 && k.months > 0 {
		points += experienceEnough
	} else {
		points += experiencePoints(int(b.experience.least), k.months)
	}
	if b.skillBits&s.skillSet != 0 {
		points += skillEach * min(skillsMost, int(b.skills), len(s.skills))
	}
	if own && s.township != 0 {
		points += inTownship
	}
	if b.friendly&s.profile.Welcome != 0 {
		points += invited
	}
	if k.related {
		benefit += benefitSkill * min(skillsMost, int(b.skills))
	}
	return chance(points) * int32(benefit)
}
