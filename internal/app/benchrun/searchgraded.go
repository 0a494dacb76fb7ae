package benchrun

import (
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/register/area"
)

// Graded is a question with what ought to be found: 3 is what was asked for, 1 what misses one thing but the occupation.
type Graded struct {
	Kind   string // 找某一个岗位, 按条件找, 拼音, 错别字
	Text   string
	Grades map[int64]int
}

// Kinds of graded questions. The last two are what only a search for Chinese can be asked.
const (
	KnownItem  = "找某一个岗位"
	Attributes = "按条件找"
	ByPinyin   = "拼音"
	Misspelt   = "错别字"
)

// GradedSet makes up n questions of each kind about a market's vacancies.
func GradedSet(list []search.Vacancy, n int) (set []Graded) {
	seed := lot(2026)
	d := dice{&seed}
	for len(set) < 4*n {
		v := &list[d.below(int64(len(list)))]
		if v.Occupation == "" || v.PayLow == 0 {
			continue
		}
		var g Graded
		switch len(set) % 4 {
		case 0:
			g = knownItem(d, list, v)
		case 1:
			g = byAttributes(d, list, v)
		case 2:
			g = sameOccupation(list, v, ByPinyin, inPinyin(d.of(calledOf(v))))
		case 3:
			g = sameOccupation(list, v, Misspelt, misspelt(d, d.of(calledOf(v))))
		}
		set = append(set, g)
	}
	return set
}

// knownItem asks for a vacancy that somebody has seen: by its employer and work, or by its work and street.
func knownItem(d dice, list []search.Vacancy, v *search.Vacancy) Graded {
	g := Graded{Kind: KnownItem, Grades: map[int64]int{}}
	name := d.of(calledOf(v))
	var same func(o *search.Vacancy) bool
	if d.below(2) == 0 {
		employer := v.Employer
		for _, ending := range []string{"有限责任公司", "有限公司", "经营部", "合作社"} {
			employer = strings.TrimSuffix(employer, ending)
		}
		g.Text = employer + " " + name
		same = func(o *search.Vacancy) bool { return o.Employer == v.Employer }
	} else {
		_, street, _ := strings.Cut(v.Body, "工作地点：")
		street, _, _ = strings.Cut(street, "街")
		street = strings.TrimPrefix(street, area.Name(area.At(v.Area, area.League))+area.Name(area.At(v.Area, area.Banner)))
		g.Text = name + " " + street + "街"
		same = func(o *search.Vacancy) bool {
			return area.At(o.Area, area.Township) == area.At(v.Area, area.Township) && strings.Contains(o.Body, street+"街")
		}
	}
	for i := range list {
		if o := &list[i]; o.Occupation == v.Occupation && same(o) {
			g.Grades[o.ID] = 3
		}
	}
	return g
}

// byAttributes asks by occupation, place, pay and conditions as people type them.
func byAttributes(d dice, list []search.Vacancy, v *search.Vacancy) Graded {
	banner := area.At(v.Area, area.Banner)
	g := Graded{Kind: Attributes, Grades: map[int64]int{}}
	words := []string{search.ShortPlace(area.Name(banner)), d.of(calledOf(v))}
	wanted := []func(o *search.Vacancy) bool{func(o *search.Vacancy) bool { return strings.HasPrefix(o.Area, banner) }}
	yuan := v.PayHigh / 50000 * 500
	if d.below(2) == 0 {
		words = append(words, fmt.Sprintf("%d以上", yuan))
		wanted = append(wanted, func(o *search.Vacancy) bool { return o.PayHigh >= yuan*100 })
	}
	for i, w := range []string{"包住", "包吃", "五险一金", "双休"} {
		if flag := search.Flags(1 << i); v.Flags&flag != 0 && d.below(3) == 0 {
			words = append(words, w)
			wanted = append(wanted, func(o *search.Vacancy) bool { return o.Flags&flag != 0 })
		}
	}
	g.Text = strings.Join(words, " ")
	for i := range list {
		o := &list[i]
		if o.Occupation != v.Occupation {
			continue
		}
		switch misses := len(slices.DeleteFunc(slices.Clone(wanted), func(f func(*search.Vacancy) bool) bool { return f(o) })); misses {
		case 0:
			g.Grades[o.ID] = 3
		case 1:
			g.Grades[o.ID] = 1
		}
	}
	return g
}

func sameOccupation(list []search.Vacancy, v *search.Vacancy, kind, text string) Graded {
	g := Graded{Kind: kind, Text: text, Grades: map[int64]int{}}
	for i := range list {
		if list[i].Occupation == v.Occupation {
			g.Grades[list[i].ID] = 3
		}
	}
	return g
}
