package demodata

import (
	"jiuye/internal/register/person"
)

// career writes spells, registration, recognition and graduation of a member as the calendar of the track has them.
func (s *stream) career(m *Member, f *family, d *draft, l *place) {
	c := s.calendar(l.track, l.k)
	liked := anyForm
	for i := range c.n {
		st := &c.stints[i]
		if st.since == before && st.until != 0 && st.until < d.birth.addYears(17)+60 {
			continue // long ago, and still a child then
		}
		if st.form == anyForm {
			if liked == anyForm {
				liked = s.likes(l.track.kind, d)
			}
			st.form = liked
		}
		s.spell(m, f, d, st)
	}
	if c.registered.since != 0 {
		s.register(m, d, &c)
	}
	if c.hard.since != 0 {
		m.Groups = append(m.Groups, person.Group{PersonID: m.ID, Kind: person.Hard, Since: c.hard.since.date(), Until: c.hard.until.date(), Detail: s.hardship(f, d, c.hard.since)})
	}
	if c.graduated != 0 {
		s.graduate(m, f, d, c.graduated)
	}
}

// likes is how somebody works when the calendar leaves it open.
func (s *stream) likes(k kind, d *draft) form {
	weights := []float64{.60, .27, .13}
	switch {
	case k == graduate:
		weights = []float64{.88, .07, .05}
	case college(d.edu):
		weights = []float64{.84, .09, .07}
	case k == townR || k == leftTownR:
		weights = []float64{.45, .42, .13}
	}
	return inUnit + form(s.dice.weighted(weights))
}

// spell writes a stint as a spell.
func (s *stream) spell(m *Member, f *family, d *draft, st *stint) {
	v := &s.places.villages[f.village]
	out := person.Spell{PersonID: m.ID, Urban: st.urban, Area: v.code}
	since, latest := st.since, st.since
	if since == before {
		since, latest = s.began(d, st.until)
	}
	dice := &s.dice
	switch st.form {
	case inUnit:
		public := dice.chance(either(college(d.edu), .40, .08))
		e := s.market.hire(dice, v.banner, latest, public)
		if opened := s.market.units[e].opened; since < opened { // came later, when there was the unit
			since = opened + day(dice.n(int(latest-opened)+1))
		}
		s.employ(&out, e, public)
		out.Kind, out.Occupation = person.Unit, suited(dice, s.market.units[e].jobs(), d.edu).occupation
	case publicPost:
		e := s.market.hire(dice, v.banner, since, true)
		s.employ(&out, e, false)
		out.Kind, out.Occupation, out.Contract = person.Post, of(dice, postJobs), 12*dice.between(1, 3)
	case ownBusiness:
		out.Kind, out.Occupation = person.Self, "个体经营者"
		since = s.found(m, d, st, since, v.banner, &out)
	case transferred:
		out.Kind, out.Occupation = person.Transfer, of(dice, seasonJobs)
		out.Area = s.away(st.urban)
		if dice.chance(.6) {
			out.Contract = dice.between(3, 12)
		}
	case onLand:
		out.Kind, out.Occupation = person.Flex, of(dice, landJobs)
	default:
		out.Kind, out.Occupation = person.Flex, of(dice, looseJobs)
		if since >= on(2016, 1, 1) && st.urban && d.age < 50 && dice.chance(.4) {
			out.NewForm, out.Occupation = true, of(dice, platformJobs)
		}
	}
	out.Since, out.Until = since.date(), st.until.date()
	if st.until == 0 && (out.Kind == person.Unit || out.Kind == person.Post) {
		s.market.units[out.EmployerID-1].staff++
	}
	m.Spells = append(m.Spells, out)
}

// suited is a job for which somebody's schooling is enough, and not wasted when that can be had.
func suited(d *dice, jobs []job, edu int16) (j job) {
	for range 6 {
		j = of(d, jobs)
		if j.education == 0 && !college(edu) || j.education != 0 && int(edu) <= j.education {
			break
		}
	}
	return j
}

// began draws when work began that was there before 2019, and says when it may have begun at the latest.
func (s *stream) began(d *draft, until day) (since, latest day) {
	latest = on(firstYear-1, 12, 12)
	if until != 0 {
		latest = min(latest, until-100)
	}
	youth := max(d.birth.addYears(int(either(college(d.edu), 22, 18))), on(1988, 1, 5))
	if youth >= latest {
		youth = max(d.birth.addYears(16)+10, latest-300)
	}
	x := s.dice.float()
	return min(youth+day(float64(latest-youth)*x*(.4+.6*x)), latest), latest
}

func (s *stream) employ(out *person.Spell, e int, public bool) {
	out.EmployerID = int64(e) + 1
	out.Area = s.places.villages[s.market.units[e].village].code
	if public {
		out.Contract = of(&s.dice, []int{person.OpenEnded, person.OpenEnded, person.OpenEnded, 36})
	} else {
		out.Contract = of(&s.dice, []int{12, 12, 12, 24, 24, 36, 36, person.OpenEnded, person.OpenEnded, 6})
	}
}

// found lets somebody with an own business that lasts be the legal representative of a unit that still wants one.
func (s *stream) found(m *Member, d *draft, st *stint, since day, banner int, out *person.Spell) day {
	if st.until != 0 || s.dice.chance(.1) {
		return since
	}
	e := s.market.take(&s.dice, banner, st.since, d.birth.addYears(20))
	if e < 0 {
		return since
	}
	u := &s.market.units[e]
	u.founder, u.number = m.Name, m.IDNumber
	u.staff++
	out.EmployerID = int64(e) + 1
	out.Area = s.places.villages[u.village].code
	out.Occupation = "小微企业经营者"
	if st.since == before {
		return u.opened
	}
	return since
}

// away is where transferred people work: mostly in other leagues and provinces, otherwise in a town of the area.
func (s *stream) away(urban bool) string {
	if !urban && s.dice.chance(.55) {
		return of(&s.dice, elsewhere)
	}
	for range 30 {
		if v := &s.places.villages[s.dice.n(len(s.places.villages))]; v.town || !urban {
			return v.code
		}
	}
	return s.places.villages[0].code
}

// closedDown is the reason of which some are displaced by the reduction of capacity (去产能).
const closedDown = "用人单位关闭或停产"

// register writes the registration of unemployment.
func (s *stream) register(m *Member, d *draft, c *calendar) {
	dice := &s.dice
	r := person.Registration{PersonID: m.ID, Since: c.registered.since.date(), Until: c.registered.until.date(), Outcome: c.outcome}
	switch {
	case c.graduated != 0:
		r.Reason = "毕业后未就业"
	case len(m.Spells) > 0 && m.Spells[0].Since.Before(r.Since.Time):
		r.Reason = of(dice, []string{"劳动合同期满", "用人单位裁减人员", closedDown, "个人辞职", "停止经营"})
	case age(d.birth, c.registered.since) < 25:
		r.Reason = "新成长失业人员"
	default:
		r.Reason = of(dice, []string{"长期未就业", "停止灵活就业", "其他失业人员"})
	}
	if r.Outcome == "达到法定退休年龄" && age(d.birth, c.registered.until) < either50(d.male) {
		r.Outcome = "超过登记期限"
	}
	if r.Reason == closedDown && m.ID%3 == 0 {
		r.Reason = "去产能分流"
	}
	t := &trades[dice.weighted(tradeShares)]
	j := of(dice, t.jobs)
	if j.education != 0 && int(d.edu) > j.education { // wishes what can be had
		j = trades[12].jobs[dice.n(2)]
	}
	r.Occupation = j.occupation
	r.Pay = int64(max(2400, j.low+dice.between(-5, 8)*100)) * 100
	able, willing := true, true
	if r.Outcome == "本人申请注销" && !d.anchor {
		able, willing = dice.chance(.8), dice.chance(.5)
	}
	m.Able, m.Willing = &able, &willing
	m.Registrations = append(m.Registrations, r)
}

func either50(male bool) int {
	if male {
		return 58
	}
	return 50
}

// hardship is why somebody is hard to employ.
func (s *stream) hardship(f *family, d *draft, at day) string {
	a := age(d.birth, at)
	switch {
	case f.zero:
		return "零就业家庭成员"
	case a >= 50 || !d.male && a >= 40:
		return "大龄失业人员"
	case f.rural:
		return of(&s.dice, []string{"失地农牧民", "连续失业一年以上人员", "低保家庭成员"})
	}
	return of(&s.dice, []string{"连续失业一年以上人员", "连续失业一年以上人员", "低保家庭成员", "残疾人", "大龄失业人员"})
}

var (
	universities = words("内蒙古大学 内蒙古师范大学 内蒙古农业大学 内蒙古工业大学 内蒙古科技大学 内蒙古医科大学 内蒙古财经大学 内蒙古民族大学 河套学院 宁夏大学 北方民族大学 兰州大学 西北民族大学")
	colleges     = words("呼和浩特职业学院 包头职业技术学院 内蒙古化工职业学院 内蒙古建筑职业技术学院 阿拉善职业技术学院 乌海职业技术学院 宁夏职业技术学院 兴安职业技术学院")
	majors       = words("会计学 护理 机电一体化技术 化学工程与工艺 学前教育 汉语言文学 计算机科学与技术 土木工程 电气工程及其自动化 市场营销 畜牧兽医 工程造价 旅游管理 法学 环境工程 蒙古语言文学 临床医学 电子商务")
)

func (s *stream) graduate(m *Member, f *family, d *draft, day day) {
	schools := universities
	if d.edu == 30 {
		schools = colleges
	}
	m.Graduates = append(m.Graduates, person.Graduate{PersonID: m.ID, Graduated: day.date(), School: of(&s.dice, schools), Degree: int(d.edu), Major: of(&s.dice, majors)})
	m.Origin = s.places.banners[s.places.villages[f.village].banner].code
}
