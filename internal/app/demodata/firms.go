package demodata

import (
	"strconv"
	"strings"

	"jiuye/internal/register/person"
)

// peoplePerVacancy is how many people there are for each vacancy.
const peoplePerVacancy = 180

// firms writes the employers, whose founders and staff are known now, and their vacancies.
func (f *files) firms() error {
	m := f.stream.market
	for e := range m.units {
		u := &m.units[e]
		d := throw(m.seed, forEmployer, uint64(e)+1<<41)
		boss := u.founder
		if boss == "" {
			boss = fullName(&d, surname(&d, "01"), "01", d.chance(.75), d.between(1960, 1995))
		}
		staff := int(u.staff)
		if staff > 20 { // firms count some whom nobody registered
			staff += d.n(staff / 15)
		}
		phone := strconv.Itoa(13_000_000_000 + int(d.next()%phoneRange))
		if u.kind == institution {
			phone = "0483-8" + strconv.Itoa(d.between(220000, 359999))
		}
		f.put(tEmployer, nil, m.name(e), m.code(e), unitKinds[u.kind].zh, u.industry(), f.stream.places.villages[u.village].code, dated(u.opened.date()),
			boss, u.number, stated(staff, &d), phone)
		f.sum.Employers++
	}
	f.vacancies()
	return f.err
}

var benefitWords = words("五险一金 包吃住 包住 工作餐 带薪年假 节日福利 高温补贴 取暖补贴 通勤班车 年终奖 定期体检")

// notice is what departments know a vacancy by.
type notice struct {
	unit   int
	title  string
	posted day
}

// vacancies writes the vacancies, more for bigger units; two thirds are open on the demonstration's day.
func (f *files) vacancies() {
	s := f.stream
	total := s.opts.People / peoplePerVacancy
	shares := make([]float64, len(s.places.banners))
	for b := range shares {
		shares[b] = s.places.banners[b].share
	}
	seen := map[notice]bool{}
	for i := range total {
		d := throw(s.opts.Seed, forVacancy, uint64(i))
		e := s.market.hire(&d, d.weighted(shares), s.today, d.chance(.05))
		u := &s.market.units[e]
		j := of(&d, u.jobs())
		posted := s.today - day(d.n(110))
		closes := on(lastYear, 9, 26) + day(d.n(85))
		if i%3 == 2 {
			posted = on(lastYear, 3, 1) + day(d.n(120))
			closes = min(posted+day(d.between(15, 60)), on(lastYear, 9, 20))
		}
		posted = max(posted, u.opened+1)
		for ; seen[notice{e, j.title, posted}]; posted-- { // the same vacancy is not posted twice in a day
		}
		seen[notice{e, j.title, posted}] = true
		low := j.low + d.between(-4, 6)*100
		openings := 1 + d.n(4)
		if d.chance(.12) && u.staff > 15 {
			openings = d.between(8, 40)
		}
		education := "不限"
		if j.education != 0 && d.chance(.85) {
			education = educationZh(j.education)
		}
		contract := of(&d, []int{12, 12, 24, 36, 36, person.OpenEnded, 0})
		f.put(tVacancy, nil, s.market.name(e), s.market.code(e), j.title, j.occupation, strconv.Itoa(openings), strconv.Itoa(low), strconv.Itoa(max(j.high+d.between(-5, 8)*100, low+300)),
			education, s.places.villages[u.village].code, contractZh(contract), dated(posted.date()), dated(closes.date()), benefits(&d))
		f.sum.Vacancies++
	}
}

// benefits are some of the usual ones, each once.
func benefits(d *dice) string {
	from := d.n(len(benefitWords))
	some := make([]string, d.between(1, 4))
	for i := range some {
		some[i] = benefitWords[(from+i*3)%len(benefitWords)]
	}
	return strings.Join(some, "、")
}

// bannerName is the name of the banner of an area.
func (f *files) bannerName(area string) string {
	for i := range f.stream.places.banners {
		if b := &f.stream.places.banners[i]; strings.HasPrefix(area, b.code) {
			return b.name
		}
	}
	return ""
}
