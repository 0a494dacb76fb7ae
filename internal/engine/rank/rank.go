package rank

// Profile is what a person looks for and brings along. Empty fields are "not said" and neither help nor harm.
type Profile struct {
	Wish      string   // occupation looked for, as written in the registration
	Past      []string // occupations of earlier work
	Trained   []string // occupations of courses taken
	Certified []string // occupations of skill certificates
	Pay       int64    // wished for, fen a month; 0: not said
	Education int      // tens of GB/T 4658 (10 … 90); 0: not known
	Place     Place    // home
}

// Place is where somebody lives or works: an area code of 6, 9 or 12 digits, and the point to measure from.
type Place struct {
	Area     string
	Lon, Lat float64 // degrees of the banner's seat
	Known    bool    // whether the point is known
}

// Vacancy is work that is offered.
type Vacancy struct {
	ID         int64
	Title      string
	Occupation string
	PayLow     int64 // fen a month; both 0: not said
	PayHigh    int64
	Education  int // lowest accepted, as Profile.Education; 0 or 90: none asked
	Place      Place
	Openings   int // still free; 0 is not recommended to anybody
	Applicants int // have applied so far
}

// Result is one vacancy's fit for one person.
type Result struct {
	ID      int64
	Score   int // 0 to 1,000
	Reasons []Reason
	Grounds []Ground // the same as Reasons, as a database keeps it
}

// The greatest share of each part; together they are 1,000.
const (
	most           = mostOccupation + mostPlace + mostPay + mostEducation
	mostOccupation = 500
	mostPlace      = 250
	mostPay        = 150
	mostEducation  = 100
)

// Seeker is a profile prepared for many comparisons. It is for one goroutine at a time.
type Seeker struct {
	profile Profile
	wish    Occupation
	marks   []mark
}

// mark is evidence that the person knows an occupation.
type mark struct {
	occupation Occupation
	points     int    // for the very occupation; half for its family
	ground     string // key of the reason
}

// Points that evidence of an occupation adds: a certificate counts more than a course, a course more than having done it.
const (
	pointsCertified = 100
	pointsTrained   = 90
	pointsPast      = 80
)

// Prepare reads a profile's occupations once.
func Prepare(p Profile) *Seeker {
	s := &Seeker{profile: p, wish: Code(p.Wish)}
	add := func(texts []string, points int, ground string) {
		for _, text := range texts {
			if o := Code(text); o.Name != "" {
				s.marks = append(s.marks, mark{o, points, ground})
			}
		}
	}
	add(p.Certified, pointsCertified, "certified")
	add(p.Trained, pointsTrained, "trained")
	add(p.Past, pointsPast, "past")
	return s
}

// Score compares the person with one vacancy and gives the reasons.
func (s *Seeker) Score(v Vacancy) Result {
	o := v.occupation()
	score := s.occupation(o) + s.place(v.Place) + s.pay(v.PayLow, v.PayHigh) + s.education(v.Education)
	grounds := s.grounds(v, o)
	return Result{ID: v.ID, Score: score, Reasons: Reasons(grounds), Grounds: grounds}
}

// occupation is coded from the occupation as given, and from the title where that says nothing.
func (v Vacancy) occupation() Occupation {
	if o := Code(v.Occupation); o.Family != "" || v.Title == "" {
		return o
	}
	if o := Code(v.Title); o.Family != "" {
		return o
	}
	return Code(v.Occupation)
}

// occupation is the wish (up to 400) and the best evidence (up to 100); without a wish the evidence stands for both.
func (s *Seeker) occupation(o Occupation) int {
	best := 0
	for _, m := range s.marks {
		switch kinship(m.occupation, o) {
		case same:
			best = max(best, m.points)
		case related:
			best = max(best, m.points/2)
		}
	}
	if s.wish.Name == "" {
		return 5 * best
	}
	switch kinship(s.wish, o) {
	case same:
		return 400 + best
	case related:
		return 260 + best
	}
	return best
}

// pay compares with the wish: all of it from the lower end on, less and less the further the upper end lies below.
// It never falls when the pay rises.
func (s *Seeker) pay(low, high int64) int {
	wish := s.profile.Pay
	high = max(low, high)
	switch {
	case high <= 0:
		return 0
	case wish <= 0: // nothing to compare with: half, and more up to 8,000 yuan
		return mostPay/2 + int(min(high, 800000)*(mostPay/2)/800000)
	case low >= wish:
		return mostPay
	case high >= wish:
		return 110 + int(max(0, low)*40/wish)
	default: // nothing left when 40 % are missing
		return int(max(0, 110-(wish-high)*275/wish))
	}
}

// steps of schooling; vocational and general upper secondary stand side by side.
var steps = map[int]int{10: 6, 20: 5, 30: 4, 40: 3, 60: 3, 70: 2, 80: 1, 90: 0}

// gap is how many steps of schooling are missing; unknown schooling misses nothing.
func (s *Seeker) gap(asked int) int {
	has, known := steps[s.profile.Education]
	if !known {
		return 0
	}
	return max(0, steps[asked]-has)
}

// education lowers, and never excludes: employers often accept experience instead.
func (s *Seeker) education(asked int) int {
	return max(0, mostEducation-mostEducation/2*s.gap(asked))
}
