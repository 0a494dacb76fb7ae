package graduate

import (
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// Answers of one line of the check.
const (
	Yes = "yes"
	No  = "no"
	Ask = "ask" // the register does not know: the person states it and the officer looks at the papers
)

// Line is one condition of a post, answered, with the reason in both languages.
type Line struct{ Kind, Zh, En string }

// leaving is a person's latest graduation: from the register, otherwise as stated; known is false when neither says.
func leaving(f *person.Facts, s Said) (g person.Graduate, known, stated bool) {
	for _, one := range f.Graduates {
		if !known || one.Graduated.After(g.Graduated.Time) {
			g, known = one, true
		}
	}
	if known || s.Graduated == "" {
		return g, known, false
	}
	var d db.Date
	if err := d.Scan(s.Graduated); err != nil {
		return g, false, false
	}
	return person.Graduate{PersonID: f.ID, Graduated: d, School: s.School, Degree: s.Degree, Major: s.Major}, true, true
}

func eduZh(code int) string { e, _ := person.EducationOf(code); return e.Zh }
func eduEn(code int) string { e, _ := person.EducationOf(code); return e.En }

// Check compares somebody with a post's conditions, line by line. What is stated and not in the register is asked, never taken
// for granted.
func Check(r *Round, p *Post, f *person.Facts, s Said) (lines []Line) {
	add := func(kind, zh, en string) { lines = append(lines, Line{kind, zh, en}) }
	sure := func(good, stated bool) string {
		switch {
		case !good:
			return No
		case stated:
			return Ask
		}
		return Yes
	}
	g, known, stated := leaving(f, s)
	tail, tailEn := "", ""
	if stated {
		tail, tailEn = "（本人填写，待核验证书）", " (as stated; certificate to be checked)"
	}
	if r.Window > 0 {
		first := db.On(r.Closes.AddDate(-r.Window, 0, 0))
		if !known {
			add(Ask, "登记库中没有毕业信息，请填写毕业院校、专业和毕业日期", "The register knows of no graduation: please state school, major and day")
		} else {
			add(sure(g.Graduated.After(first.Time) && !g.Graduated.After(r.Starts.Time), stated), fmt.Sprintf("%s 毕业，要求在 %s 以后、上岗以前毕业%s", g.Graduated, first, tail),
				fmt.Sprintf("Graduated %s; asked: after %s and before the service begins%s", g.Graduated, first, tailEn))
		}
	}
	if p.Degree > 0 {
		if !known {
			add(Ask, "学历要求"+eduZh(p.Degree)+"以上，登记库中没有您的学历", "At least "+eduEn(p.Degree)+" is asked; the register does not know yours")
		} else {
			add(sure(g.Degree > 0 && g.Degree <= p.Degree, stated), fmt.Sprintf("学历%s，要求%s以上%s", eduZh(g.Degree), eduZh(p.Degree), tail), fmt.Sprintf("%s; asked: %s or higher%s", eduEn(g.Degree), eduEn(p.Degree), tailEn))
		}
	}
	if words := p.majors(); len(words) > 0 {
		if !known || g.Major == "" {
			add(Ask, "专业要求"+strings.Join(words, "、")+"类，登记库中没有您的专业", "Majors of "+strings.Join(words, ", ")+" are asked; the register does not know yours")
		} else {
			fits := slices.ContainsFunc(words, func(w string) bool { return strings.Contains(g.Major, w) })
			add(sure(fits, stated), fmt.Sprintf("专业“%s”，要求%s类%s", g.Major, strings.Join(words, "、"), tail), fmt.Sprintf("Major %s; asked: %s%s", g.Major, strings.Join(words, ", "), tailEn))
		}
	}
	if r.MaxAge > 0 {
		age := f.Age(r.Closes.Time)
		add(sure(age <= r.MaxAge, false), fmt.Sprintf("报名截止日 %d 周岁，要求不超过 %d 周岁", age, r.MaxAge), fmt.Sprintf("Aged %d on the last day; asked: at most %d", age, r.MaxAge))
	}
	if f.Dead(r.Opens.Time) {
		add(No, "登记库中此人已登记死亡", "Registered as deceased")
	}
	return lines
}

// Verdict sums lines up: no when one says no, otherwise ask when one asks.
func Verdict(lines []Line) string {
	out := Yes
	for _, l := range lines {
		if l.Kind == No {
			return No
		}
		if l.Kind == Ask {
			out = Ask
		}
	}
	return out
}

// InGroup says whether somebody may take a reserved seat on a day.
func InGroup(f *person.Facts, day db.Date) bool {
	return slices.ContainsFunc(helped, func(kind string) bool { return f.InGroup(kind, day.Time) != nil })
}
