package demodata

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/register/person"
)

// Household is a household as departments know it. Visitors must not keep it: its memory is used again.
type Household struct {
	person.Household
	Address string
	Zero    bool // made to be a 零就业家庭 on the demonstration's day
	Members []Member
}

// Member is somebody with everything that the files tell of them. PersonID is the number of the person in the order of
// making, EmployerID that of the unit.
type Member struct {
	person.Facts
	Surveys []person.Survey
	Origin  string // where a graduate comes from, six digits

	kind kind
}

// stream is the second pass: it deals the lots and writes the lives.
type stream struct {
	*world
	market  *market
	numbers numbers
	gap     [courseMonths]int // by month: how many of the pick `unpaid` do not pay
	drilled drill
	dealt   [classCount]int
	zeros   int
	people  int64
	phones  uint64
	home    Household
	dice    dice
}

func newStream(w *world) *stream {
	s := &stream{world: w, market: newMarket(w), numbers: newNumbers(w.places), gap: w.gaps(), drilled: w.drills()}
	d := throw(w.opts.Seed, forShuffle, 1)
	s.phones = d.next() % phoneRange
	return s
}

func (s *stream) each(ctx context.Context, visit func(*Household) error) error {
	return s.families(ctx, func(f *family) error {
		s.live(f)
		return visit(&s.home)
	})
}

// live turns a drafted household into people.
func (s *stream) live(f *family) {
	v := &s.places.villages[f.village]
	h := &s.home
	s.dice = throw(s.opts.Seed, forPerson, uint64(f.number))
	banner := s.places.banners[v.banner]
	h.Household = person.Household{ID: int64(f.number) + 1, Number: fmt.Sprintf("%s%08d", banner.code, f.number+1), Area: v.code, Rural: f.rural}
	h.Address = v.name + s.door(v.town)
	h.Zero = f.zero
	for len(h.Members) < len(f.members) {
		h.Members = append(h.Members, Member{})
	}
	h.Members = h.Members[:len(f.members)]
	family := ""
	for i := range f.members {
		d, m := &f.members[i], &h.Members[i]
		m.clear()
		s.people++
		m.ID, m.HouseholdID, m.Relation = s.people, h.ID, d.relation
		m.Area, m.Rural, m.Student, m.Education = v.code, f.rural, d.student, int(d.edu)
		m.Birth = d.birth.time()
		m.Sex = person.Female
		if d.male {
			m.Sex = person.Male
		}
		s.name(f, d, m, &family)
		m.IDNumber = s.numbers.next(&s.dice, v.banner, d)
		if d.age >= 12 && s.dice.chance(.96) {
			m.Phone = s.phone()
		}
		l := s.deal(f, d)
		if l.track != nil {
			m.kind = l.track.kind
			s.career(m, f, d, &l)
		}
		s.insure(m, d, &l)
		s.groups(m, d, &l)
		s.train(m, f, d, &l)
		s.ask(m, &l)
	}
	s.relief(f, h)
}

// clear empties a member and keeps its memory.
func (m *Member) clear() {
	f := &m.Facts
	*m = Member{Surveys: m.Surveys[:0], Facts: person.Facts{Registrations: f.Registrations[:0], Insurances: f.Insurances[:0], Spells: f.Spells[:0],
		Groups: f.Groups[:0], Graduates: f.Graduates[:0], Trainings: f.Trainings[:0], Certificates: f.Certificates[:0]}, kind: outside}
}

// deal lets a member draw a lot.
func (s *stream) deal(f *family, d *draft) (l place) {
	if f.works(d) {
		l.track, l.k = s.tracks[0], s.zeros
		s.zeros++
		return l
	}
	c := f.classOf(d)
	if c < 0 {
		return l
	}
	l.cell, l.at = s.lots[c].draw(s.dealt[c])
	s.dealt[c]++
	l.track, l.k = l.cell.track, l.cell.base+l.at
	return l
}

// name names a member: children bear their father's family name, or the head's.
func (s *stream) name(f *family, d *draft, m *Member, family *string) {
	m.Ethnic = f.ethnic
	if d.relation == "配偶" && s.dice.chance(.08) {
		m.Ethnic = ethnics[s.dice.weighted(ethnicShares)].code
	}
	own := *family
	if d.relation == "户主" || d.relation == "配偶" || d.relation == "母" || own == "" {
		own = surname(&s.dice, m.Ethnic)
	}
	if d.relation == "户主" || d.relation == "配偶" && d.male && own != "" {
		*family = own
	}
	if m.Ethnic == "02" {
		own = ""
	}
	m.Name = fullName(&s.dice, own, m.Ethnic, d.male, d.birth.year())
}

func (s *stream) door(town bool) string {
	if town {
		return strconv.Itoa(s.dice.between(1, 32)) + "号楼" + strconv.Itoa(s.dice.between(1, 4)) + "单元" + strconv.Itoa(s.dice.between(1, 6)*100+s.dice.between(1, 2)) + "室"
	}
	return strconv.Itoa(s.dice.between(1, 180)) + "号"
}

// phoneRange is how many mobile numbers there are: 13 000 000 000 to 19 999 999 999.
const phoneRange = 7_000_000_000

// phone is a number nobody else has: the step shares no factor with the range.
func (s *stream) phone() string {
	s.phones = (s.phones + 4_326_237_913) % phoneRange
	return strconv.FormatUint(13_000_000_000+s.phones, 10)
}

// numbers gives out ID numbers, each once: a counter for every place and day of birth.
type numbers struct {
	regions []string
	same    []int // the first region with the same six digits: a zone shares the numbers of the banner around it
	home    int   // how many of them are in the area
	taken   [][]uint16
}

const earliestBirth day = -16436 // 1925-01-01

// numbersADay is how many people born in one place on one day an ID number can tell apart, whatever their sex.
const numbersADay = 500

func newNumbers(p *places) numbers {
	n := numbers{home: len(p.banners)}
	for _, b := range p.banners {
		n.regions = append(n.regions, b.idRegion)
	}
	n.regions = append(n.regions, elsewhere...)
	for _, r := range n.regions {
		n.same = append(n.same, slices.Index(n.regions, r))
		n.taken = append(n.taken, make([]uint16, int(on(lastYear, 12, 31)-earliestBirth)))
	}
	return n
}

func (n *numbers) next(d *dice, banner int, m *draft) string {
	region := banner
	switch x := d.float(); {
	case x < .06:
		region = d.n(n.home)
	case x < .18:
		region = n.home + d.n(len(n.regions)-n.home)
	}
	region = n.same[region]
	for n.taken[region][m.birth-earliestBirth] == numbersADay { // only when far too many people are asked of a small area
		region = n.same[(region+1)%len(n.regions)]
	}
	at := &n.taken[region][m.birth-earliestBirth]
	seq := (int(*at)+int(mix(uint64(m.birth)+uint64(region)<<32)%numbersADay))%numbersADay*2 + one(m.male)
	*at++
	return identity.MakeIDNumber(n.regions[region], m.birth.time(), seq)
}
