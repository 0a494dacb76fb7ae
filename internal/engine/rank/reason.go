package rank

import (
	"fmt"
	"strconv"
	"strings"
)

// Reason says one thing for or against a vacancy, to the person it is shown to.
type Reason struct {
	For    bool
	Zh, En string
}

// Ground is a reason as a database keeps it: the key of its wording, then what fills it.
type Ground []string

type wording struct {
	favour bool
	zh, en string
}

// wordings are what each ground says; %s takes the ground's values in their order.
var wordings = map[string]wording{
	"wish":       {true, "正是您想找的工种", "The very occupation you look for"},
	"wish.kin":   {true, "与您想找的“%s”同属%s", "Of the same kind (%[2]s) as the “%[1]s” you look for"},
	"wish.other": {false, "与您想找的“%s”不是一类工作", "Another kind of work than the “%s” you look for"},

	"certified":     {true, "您有“%s”证书", "You hold a certificate as “%s”"},
	"certified.kin": {true, "您有相近的“%s”证书", "You hold a related certificate, “%s”"},
	"trained":       {true, "您参加过“%s”培训", "You took a course in “%s”"},
	"trained.kin":   {true, "您参加过相近的“%s”培训", "You took a related course, “%s”"},
	"past":          {true, "您做过“%s”", "You have worked as “%s”"},
	"past.kin":      {true, "您做过相近的“%s”", "You have done related work, “%s”"},

	"township": {true, "就在您住的苏木乡镇（街道）", "In your own township"},
	"banner":   {true, "在您住的旗县（市、区）", "In your own banner"},
	"near":     {true, "离您家约 %s 公里", "About %s km from your home"},
	"far":      {false, "离您家约 %s 公里，当天来回不便", "About %s km from your home, too far for every day"},
	"league":   {false, "不在您住的旗县（市、区）", "In another banner than yours"},

	"pay":       {true, "工资达到您的要求", "Pays what you ask for"},
	"pay.above": {true, "工资比您的要求高 %s 元以上", "Pays at least %s yuan more than you ask for"},
	"pay.upto":  {true, "工资最高能达到您的要求", "Can pay what you ask for"},
	"pay.below": {false, "工资比您的要求低 %s 元", "Pays %s yuan less than you ask for"},
	"pay.none":  {false, "没有写明工资，应聘前请先问清", "Pay is not stated: ask before you apply"},

	"education":     {true, "学历符合要求", "Your education is enough"},
	"education.any": {true, "不要求学历", "No education required"},
	"education.gap": {false, "岗位要求%s，您登记的是%s", "%s required, yours is on record as %s"},
}

// Reasons puts grounds into words, those for it first. A ground of a key that is no longer known is left out.
func Reasons(grounds []Ground) []Reason {
	list := make([]Reason, 0, len(grounds))
	for _, favour := range [...]bool{true, false} {
		for _, g := range grounds {
			if len(g) == 0 {
				continue
			}
			if w, ok := wordings[g[0]]; ok && w.favour == favour {
				list = append(list, Reason{For: favour, Zh: g.fill(w.zh, false), En: g.fill(w.en, true)})
			}
		}
	}
	return list
}

func (g Ground) fill(text string, english bool) string {
	if len(g) == 1 {
		return text
	}
	args := make([]any, len(g)-1)
	for i, v := range g[1:] {
		if english {
			v = inEnglish(v)
		}
		args[i] = v
	}
	return fmt.Sprintf(text, args...)
}

// educations are the names of the levels asked for.
var educations = map[int]struct{ zh, en string }{
	10: {"研究生", "a master's degree"}, 20: {"大学本科", "a bachelor's degree"}, 30: {"大学专科", "a college diploma"},
	40: {"中等职业", "vocational school"}, 60: {"高中", "upper secondary school"}, 70: {"初中", "lower secondary school"},
	80: {"小学", "primary school"}, 90: {"未上学", "no schooling"},
}

// inEnglish translates the fixed words among a ground's values; occupations stay as people wrote them.
func inEnglish(value string) string {
	for _, e := range educations {
		if e.zh == value {
			return e.en
		}
	}
	return FamilyEn(value)
}

// grounds lists what speaks for and against, the most important part first.
func (s *Seeker) grounds(v Vacancy, o Occupation) []Ground {
	var list []Ground
	switch {
	case s.wish.Name == "":
	case kinship(s.wish, o) == same:
		list = append(list, Ground{"wish"})
	case kinship(s.wish, o) == related:
		list = append(list, Ground{"wish.kin", s.profile.Wish, o.Family})
	default:
		list = append(list, Ground{"wish.other", s.profile.Wish})
	}
	if g := s.evidence(o); g != nil {
		list = append(list, g)
	}
	if g := s.distance(v.Place); g != nil {
		list = append(list, g)
	}
	if g := s.money(v.PayLow, max(v.PayLow, v.PayHigh)); g != nil {
		list = append(list, g)
	}
	switch {
	case steps[v.Education] == 0:
		list = append(list, Ground{"education.any"})
	case s.gap(v.Education) > 0:
		list = append(list, Ground{"education.gap", educations[v.Education].zh, educations[s.profile.Education].zh})
	case s.profile.Education != 0:
		list = append(list, Ground{"education"})
	}
	return list
}

// evidence is the strongest mark for an occupation.
func (s *Seeker) evidence(o Occupation) Ground {
	var best Ground
	points := 0
	for _, m := range s.marks {
		switch k := kinship(m.occupation, o); {
		case k == same && m.points > points:
			best, points = Ground{m.ground, m.occupation.Name}, m.points
		case k == related && m.points/2 > points:
			best, points = Ground{m.ground + ".kin", m.occupation.Name}, m.points/2
		}
	}
	return best
}

// nearKm is how far is still near: an hour's drive.
const nearKm = 60

func (s *Seeker) distance(p Place) Ground {
	switch nearness(s.profile.Place.Area, p.Area) {
	case sameTownship:
		return Ground{"township"}
	case sameBanner:
		return Ground{"banner"}
	}
	km, ok := Km(s.profile.Place, p)
	switch {
	case ok && km <= nearKm:
		return Ground{"near", strconv.Itoa(int(km + .5))}
	case ok:
		return Ground{"far", strconv.Itoa(int(km + .5))}
	case s.profile.Place.Area != "" && p.Area != "":
		return Ground{"league"}
	}
	return nil
}

func (s *Seeker) money(low, high int64) Ground {
	wish := s.profile.Pay
	yuan := func(fen int64) string { return strconv.FormatInt((fen+99)/100, 10) }
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

// third turns a sentence to the person into one about the person.
var third = strings.NewReplacer("yours", "theirs", "your ", "their ", "you ", "they ", "You ", "They ", "Your ", "Their ")

// About is the reason as it is told to somebody else: to the employer, or to an officer.
func (r Reason) About() Reason {
	return Reason{For: r.For, Zh: strings.ReplaceAll(r.Zh, "您", "本人"), En: third.Replace(r.En)}
}

// Enough reports whether somebody's schooling reaches what is asked for; unknown schooling does.
func Enough(has, asked int) bool {
	return (&Seeker{profile: Profile{Education: has}}).gap(asked) == 0
}
