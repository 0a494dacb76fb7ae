package rank

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// educations are the names of the levels asked for.
var educations = map[int]string{10: "研究生", 20: "大学本科", 30: "大学专科", 40: "中等职业", 60: "高中", 70: "初中", 80: "小学", 90: "未上学"}

var timeNames = map[Hours]string{Full: "全日制", Shift: "倒班", Part: "非全日制", Season: "季节性", Day: "日结", Flexible: "弹性工时", Intern: "见习实习"}

// grounds lists what speaks for and against, the most important part first, at least one of each. The chance of being hired is not
// among them: it puts vacancies in an order, and is no probability that somebody could be told.
func (s *Seeker) grounds(v *Vacancy, c code, r *row, k kin, way reach, barred bar) []Ground {
	list := make([]Ground, 0, 10)
	add := func(g Ground) {
		if g != nil {
			list = append(list, g)
		}
	}
	add(s.barGround(v, r, barred))
	add(s.wishGround(c))
	add(s.evidence(c))
	add(experienceGround(r, k))
	add(s.distance(v.Place, way))
	if barred != barFloor {
		add(s.money(v.PayLow, max(v.PayLow, v.PayHigh)))
	}
	if barred != barSchool {
		add(s.school(v.Education, r.schooling))
	}
	list = append(list, s.skillGrounds(v, r, k)...)
	add(contractGround(v))
	add(ageGround(v))
	add(crowdGround(v))
	if r.friendly != 0 { // said of the vacancy to everybody, so that it tells an employer nothing about the person
		add(Ground{"invited"})
	}
	has := func(favour bool) bool {
		return slices.ContainsFunc(list, func(g Ground) bool { return wordings[g[0]].favour == favour })
	}
	if !has(true) {
		add(Ground{"listed"})
	}
	switch {
	case has(false):
	case v.Applicants > 0:
		add(Ground{"others", strconv.Itoa(v.Applicants)})
	default:
		add(Ground{"unsaid"})
	}
	return list
}

func (s *Seeker) barGround(v *Vacancy, r *row, barred bar) Ground {
	switch barred {
	case barYoung:
		return Ground{"bar.young"}
	case barFloor:
		return Ground{"bar.floor", yuan(int64(r.high)), yuan(s.profile.Floor)}
	case barHours:
		return Ground{"bar.hours", timeNames[v.Hours]}
	case barRadius:
		return Ground{"bar.radius", strconv.Itoa(s.profile.Radius)}
	case barPaper:
		for _, text := range v.Licences {
			if !slices.Contains(s.profile.Licences, text) {
				return Ground{"bar.paper", text}
			}
		}
	case barSchool:
		return Ground{"bar.school", educations[v.Education], educations[s.profile.Education]}
	}
	return nil
}

func (s *Seeker) wishGround(c code) Ground {
	best, name, coded := -1, "", false
	for _, w := range s.profile.Wish {
		from := codeOf(w.Code)
		if from == 0 {
			if !coded {
				name = cmp.Or(name, w.Name)
			}
			continue
		}
		if level := common(from, c); !coded || level > best {
			best, name, coded = level, w.Name, true
		}
	}
	switch {
	case !coded && name == "":
		return nil
	case !coded:
		return Ground{"wish.uncode", name}
	case best == 4:
		return Ground{"wish"}
	case best >= 2:
		return Ground{"wish.kin", name, s.atlas.name(c.up(best))}
	case best == 1:
		return Ground{"wish.far", name, s.atlas.name(c.up(1))}
	}
	return Ground{"wish.other", name}
}

// evidence is the strongest mark for an occupation.
func (s *Seeker) evidence(c code) Ground {
	var best Ground
	points := 0
	for i := range s.marks {
		m := &s.marks[i]
		level := common(m.code, c)
		if p := int(m.points[level]); p > points {
			points = p
			if best = (Ground{m.ground, m.name}); level < 4 {
				best[0] += ".kin"
			}
		}
		if m.moves {
			if p := int(s.atlas.moves().points(m.code, c)); p > points {
				lift := int(s.atlas.moves().lift(m.code, c)*10 + .5)
				points, best = p, Ground{"past.moves", m.name, strconv.Itoa(lift/10) + "." + strconv.Itoa(lift%10)}
			}
		}
	}
	return best
}

func experienceGround(r *row, k kin) Ground {
	if r.experience == 0 {
		return nil
	}
	key := "experience"
	if k.months < int(r.experience) {
		key = "experience.short"
	}
	return Ground{key, strconv.Itoa(int(r.experience)), strconv.Itoa(k.months)}
}

// nearKm is how far is still near: an hour's drive.
const nearKm = 60

func (s *Seeker) distance(p Place, way reach) Ground {
	switch {
	case way.own && s.township != 0 && s.township == p.township():
		return Ground{"township"}
	case way.own:
		return Ground{"banner"}
	case way.km >= 0 && way.km <= nearKm:
		return Ground{"near", strconv.Itoa(int(way.km))}
	case way.km >= 0:
		return Ground{"far", strconv.Itoa(int(way.km))}
	case s.profile.Home.Area != "" && p.Area != "":
		return Ground{"league"}
	}
	return nil
}

func yuan(fen int64) string { return strconv.FormatInt((fen+99)/100, 10) }

func (s *Seeker) money(low, high int64) Ground {
	wish := s.profile.Pay
	switch {
	case high <= 0:
		return Ground{"pay.none"}
	case wish <= 0:
		return nil
	case low >= wish+50000: // a difference worth telling
		return Ground{"pay.above", strconv.FormatInt((low-wish)/100, 10)}
	case low >= wish:
		return Ground{"pay"}
	case high >= wish:
		return Ground{"pay.upto"}
	}
	return Ground{"pay.below", yuan(wish - high)}
}

func (s *Seeker) school(asked int, steps int8) Ground {
	switch gap := s.gap(steps); {
	case steps == 0:
		return Ground{"education.any"}
	case gap > 0:
		return Ground{"education.gap", educations[asked], educations[s.profile.Education]}
	case gap < -1:
		return Ground{"education.over", educations[asked], educations[s.profile.Education]}
	case s.schooled >= 0:
		return Ground{"education"}
	}
	return nil
}

// told is how many skills a reason names.
const told = 3

func (s *Seeker) skillGrounds(v *Vacancy, r *row, k kin) []Ground {
	if r.nSkills == 0 {
		return nil
	}
	var known, fresh []string
	for _, text := range v.Skills {
		switch {
		case text == "" || slices.Contains(known, text) || slices.Contains(fresh, text):
		case slices.Contains(s.skills, word(text)):
			known = append(known, text)
		default:
			fresh = append(fresh, text)
		}
	}
	var out []Ground
	if len(known) > 0 {
		out = append(out, Ground{"skills", strconv.Itoa(len(known)), strings.Join(known[:min(told, len(known))], "、")})
	}
	if k.related && len(fresh) > 0 {
		out = append(out, Ground{"skills.new", strconv.Itoa(len(fresh)), strings.Join(fresh[:min(told, len(fresh))], "、")})
	}
	return out
}

// contractGround tells what is worth telling: long, or short, or an unusual kind of time.
func contractGround(v *Vacancy) Ground {
	switch {
	case v.Hours == Day || v.Hours == Season || v.Hours == Part:
		return Ground{"hours", timeNames[v.Hours]}
	case v.Contract >= 999:
		return Ground{"contract.open"}
	case v.Contract >= 12:
		return Ground{"contract", strconv.Itoa(v.Contract)}
	case v.Contract > 0 && v.Contract < 6:
		return Ground{"contract.short", strconv.Itoa(v.Contract)}
	}
	return nil
}

func ageGround(v *Vacancy) Ground {
	switch {
	case v.Age <= 0:
		return Ground{"today"}
	case v.Age <= 7:
		return Ground{"fresh", strconv.Itoa(v.Age)}
	case v.Age > 30:
		return Ground{"stale", strconv.Itoa(v.Age)}
	}
	return nil
}

func crowdGround(v *Vacancy) Ground {
	switch {
	case v.Openings > 0 && v.Applicants == 0:
		return Ground{"nobody", strconv.Itoa(v.Openings)}
	case v.Openings > 0 && v.Applicants > v.Openings:
		return Ground{"crowd", strconv.Itoa(v.Openings), strconv.Itoa(v.Applicants)}
	}
	return nil
}
