package demodata

import (
	"strconv"

	"jiuye/internal/register/person"
)

// Shares of those whom two registers contradict: what the comparison of registers is to find. The rows say nothing that an
// indicator counts: pupils and people past sixty stand outside the rate of insurance, a second registration of work beside a
// running one counts for nobody.
const (
	studentInsured = .004 // of grown students: insured by a unit
	twoPlaces      = .0003
	unpaidPastAge  = .25  // of those past sixty at a unit: it stopped paying in spring
	overstated     = .012 // of employers: report three times their staff
)

// contradict throws whether a member is one whom registers contradict.
func (f *files) contradict(m *Member) dice {
	return throw(f.stream.opts.Seed, forDeath, uint64(m.ID)+1<<42)
}

// lapses says whether a unit's payment for somebody past sixty ended though the work goes on.
func (f *files) lapses(m *Member) bool {
	d := f.contradict(m)
	return m.Age(f.stream.today.time()) >= 60 && d.chance(unpaidPastAge)
}

// beside writes rows that contradict others: insurance of a student, a second place of work.
func (f *files) beside(m *Member) {
	d := f.contradict(m)
	units := len(f.stream.market.units)
	switch now := m.AtWork(f.stream.today.time()); {
	case m.Student && m.Age(f.stream.today.time()) >= 18:
		if d.chance(studentInsured) {
			name, code := f.unit(int64(d.n(units)) + 1)
			f.put(tInsurance, m, m.Name, m.IDNumber, kindZh[person.Pension], code, name, monthZh(lastYear*100+d.between(2, 6)), "")
		}
	case now != nil && now.Kind == person.Unit && now.Urban && now.Until.IsZero() && d.chance(twoPlaces):
		e := d.n(units)
		u := &f.stream.market.units[e]
		since := max(day(now.Since.Unix()/86400)+30, u.opened)
		if since < f.stream.today-60 {
			f.put(tSpell, m, m.Name, m.IDNumber, dated(since.date()), formZh[person.Unit], f.stream.market.name(e), f.stream.market.code(e),
				f.stream.places.villages[u.village].code, yes(true), yes(false), contractZh(12), now.Occupation, "")
		}
	}
}

// stated is what an employer reports as its staff.
func stated(staff int, d *dice) string {
	if staff >= 8 && d.chance(overstated) {
		staff *= 3
	}
	return strconv.Itoa(max(staff, 1))
}
