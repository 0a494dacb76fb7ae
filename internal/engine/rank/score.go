package rank

// worth is a pair's expected benefit in points, and its two factors.
type worth struct {
	points  int32 // chance × benefit
	chance  int32
	benefit int32
}

// worth compares the person with a vacancy of an occupation in a place. Hard conditions are not looked at.
func (s *Seeker) worth(r *row, texts words, k kin, way reach) worth {
	points := k.points + int(way.points) + int(r.fresh) + s.payPoints(r.high) + s.schoolPoints(r.schooling) + experiencePoints(int(r.experience), k.months)
	knows := 0
	if r.skillBits&s.skillSet != 0 {
		knows = s.skills.shared(r.skillWords(texts))
	}
	points += skillEach * min(skillsMost, knows)
	if way.own && s.township != 0 && s.township == r.township {
		points += inTownship
	}
	if r.friendly&s.profile.Welcome != 0 {
		points += invited
	}
	benefit := int32(r.good) + int32(s.payBenefit(r.mid))
	if k.related {
		benefit += int32(benefitSkill * min(skillsMost, int(r.nSkills)-knows))
	}
	w := worth{chance: chance(points), benefit: benefit}
	w.points = w.chance * w.benefit
	return w
}

// Score compares the person with one vacancy, whatever its openings, and gives the reasons, hard conditions among them.
func (s *Seeker) Score(v Vacancy) Result { return s.compare(&v, true) }

// Rate is Score without the reasons: for putting many vacancies in order.
func (s *Seeker) Rate(v Vacancy) Result { return s.compare(&v, false) }

func (s *Seeker) compare(v *Vacancy, reasons bool) Result {
	var texts words
	c := codeOf(v.Work.Code)
	r := rowOf(v, c, &texts)
	return s.result(v, c, &r, texts, s.kin(c), reachOf(s.profile.Home, v.Place), reasons)
}

// result puts a pair into figures and words. What a hard condition forbids has no chance.
func (s *Seeker) result(v *Vacancy, c code, r *row, texts words, k kin, way reach, reasons bool) Result {
	w := s.worth(r, texts, k, way)
	out := Result{ID: v.ID, Benefit: int(w.benefit)}
	barred := s.bars(r, texts, way)
	if out.Barred = barred != free; !out.Barred {
		out.Score, out.Chance = Pick{Points: w.points}.Score(), int(w.chance*1000+chanceMost/2)/chanceMost
	}
	out.Value = out.Score
	if s.profile.Weight > 0 {
		out.Value = (out.Score*s.profile.Weight + 500) / 1000
	}
	if reasons {
		out.Grounds = s.grounds(v, c, r, k, way, barred)
		out.Reasons = Reasons(out.Grounds)
	}
	return out
}
