package rank

import "slices"

// Seeker is a profile prepared for many comparisons. Any number of goroutines may use it.
type Seeker struct {
	profile  Profile
	atlas    *Atlas
	wishes   []wish
	marks    []mark
	skills   words
	licences words
	skillSet uint64
	licSet   uint64
	township int32
	pay      int32
	usual    int32 // what pay is compared with for its benefit
	floor    int32
	schooled int8 // −1: not known
	base     int
}

type wish struct {
	code code
	less int // for a place further down the list
}

// mark is evidence that the person knows an occupation.
type mark struct {
	code   code
	points *byLevel
	moves  bool
	months int
	name   string
	ground string // key of the reason
}

// mostWishes is how many wishes count.
const mostWishes = 3

// Prepare reads a profile once, with what the atlas knows of moves.
func (a *Atlas) Prepare(p Profile) *Seeker {
	s := &Seeker{profile: p, atlas: a, skills: wordsOf(p.Skills), licences: wordsOf(p.Licences), township: p.Home.township(),
		pay: fen(p.Pay), usual: usualPay, floor: fen(p.Floor), schooled: -1, base: base}
	s.skillSet, s.licSet = s.skills.bits(), s.licences.bits()
	if n, ok := schooling[p.Education]; ok {
		s.schooled = int8(n)
	}
	if s.pay > 0 {
		s.usual = s.pay
	}
	if p.Willing {
		s.base += willing
	}
	for _, w := range p.Wish {
		if c := codeOf(w.Code); c != 0 && len(s.wishes) < mostWishes && !slices.ContainsFunc(s.wishes, func(o wish) bool { return o.code == c }) {
			s.wishes = append(s.wishes, wish{c, rankDiscount * len(s.wishes)})
		}
	}
	s.mark(p.Certified, &certifiedPoints, false, "certified")
	s.mark(p.Trained, &trainedPoints, false, "trained")
	s.mark(p.Past, &pastPoints, true, "past")
	return s
}

// mark adds evidence; an occupation that comes twice counts once, with its months added up.
func (s *Seeker) mark(list []Work, points *byLevel, moves bool, ground string) {
	for _, w := range list {
		c := codeOf(w.Code)
		if c == 0 {
			continue
		}
		at := slices.IndexFunc(s.marks, func(m mark) bool { return m.code == c && m.points == points })
		if at >= 0 {
			s.marks[at].months += max(0, w.Months)
			continue
		}
		s.marks = append(s.marks, mark{c, points, moves, max(0, w.Months), w.Name, ground})
	}
}

// kin is what a person's wishes and past are worth for one occupation.
type kin struct {
	points  int  // of the chance, with the person's base
	months  int  // done in the small class, half of what was done in the middle class
	related bool // at least the middle class of a wish or of evidence: what is new in it is learnt on what is known
}

// kin compares with an occupation; the rows of an index give the same, faster.
func (s *Seeker) kin(c code) kin {
	return s.sum(func(from code) (int, int16) { return common(from, c), s.atlas.moves().points(from, c) })
}

// sum adds up from what each occupation of the person's has in common with one occupation.
func (s *Seeker) sum(look func(from code) (level int, moves int16)) kin {
	var k kin
	wished, best := int(wishPoints[0]), 0
	for _, w := range s.wishes {
		level, _ := look(w.code)
		wished = max(wished, int(wishPoints[level])-w.less)
		k.related = k.related || level >= 2
	}
	for i := range s.marks {
		m := &s.marks[i]
		level, moves := look(m.code)
		p := int(m.points[level])
		if m.moves {
			p = max(p, int(moves))
			switch {
			case level >= 3:
				k.months += m.months
			case level == 2:
				k.months += m.months / 2
			}
		}
		best = max(best, p)
		k.related = k.related || level >= 2
	}
	if len(s.wishes) == 0 {
		wished = wishless + best
	}
	k.points = s.base + wished + best
	return k
}

// payPoints compares with the wish. They never fall when stated pay rises.
func (s *Seeker) payPoints(high int32) int {
	switch {
	case high <= 0:
		return payUnsaid
	case high >= s.pay:
		return 0
	}
	missing := int((int64(s.pay-high)*100 + int64(s.pay) - 1) / int64(s.pay))
	return max(payLeast, payMissing*missing)
}

// payBenefit is what the pay brings, against the wish or what is usual.
func (s *Seeker) payBenefit(mid int32) int {
	if mid <= 0 {
		return benefitUnsaid
	}
	percent := max(-50, min(50, int((int64(mid)-int64(s.usual))*100/int64(s.usual))))
	return (percent + 50) * benefitPay / 100
}

// schooling are steps; vocational and general upper secondary stand side by side. 0 asks for nothing.
var schooling = map[int]int{10: 6, 20: 5, 30: 4, 40: 3, 60: 3, 70: 2, 80: 1, 90: 0}

// gap is how many steps of schooling are missing, negative for steps above; unknown schooling misses nothing.
func (s *Seeker) gap(asked int8) int {
	if s.schooled < 0 || asked == 0 {
		return 0
	}
	return int(asked - s.schooled)
}

func (s *Seeker) schoolPoints(asked int8) int {
	switch gap := s.gap(asked); {
	case gap > 0:
		return schoolShort * gap
	case gap < -1:
		return max(schoolLeast, schoolOver*(-gap-1))
	}
	return 0
}

func experiencePoints(asked, months int) int {
	switch {
	case asked == 0:
		return 0
	case months >= asked:
		return experienceEnough
	}
	return max(experienceLeast, experienceShort*(asked-months))
}
