package benchrun

import (
	"fmt"
	"strings"

	"github.com/mozillazg/go-pinyin"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/register/area"
)

// question is one of the log, of a kind.
type question struct {
	kind string
	search.Query
}

// marketKinds are the kinds of questions and how often each is asked, in a hundred.
var marketKinds = []struct {
	name  string
	share int64
	ask   func(d dice, v *search.Vacancy) search.Query
}{
	{"只筛选", 28, askFilters},
	{"一个词", 24, func(d dice, v *search.Vacancy) search.Query { return search.Query{Text: d.of(calledOf(v))} }},
	{"几个词", 18, func(d dice, v *search.Vacancy) search.Query {
		return search.Query{Text: attributes(d, v, 2+int(d.below(3)))}
	}},
	{"词加筛选", 10, func(d dice, v *search.Vacancy) search.Query {
		q := askFilters(d, v)
		q.Text = d.of(calledOf(v))
		return q
	}},
	{"短语", 6, askPhrase},
	{"开头", 5, func(d dice, v *search.Vacancy) search.Query {
		name := []rune(d.of(calledOf(v)))
		return search.Query{Text: string(name[:max(1, len(name)-1)]) + "*"}
	}},
	{"拼音", 5, func(d dice, v *search.Vacancy) search.Query { return search.Query{Text: inPinyin(d.of(calledOf(v)))} }},
	{"错别字", 4, func(d dice, v *search.Vacancy) search.Query {
		return search.Query{Text: misspelt(d, d.of(calledOf(v)))}
	}},
}

// marketLog makes up a log of questions about vacancies.
func marketLog(m *Market, vacancies, n int) []question {
	seed := lot(77)
	d := dice{&seed}
	var shares []int64
	for _, k := range marketKinds {
		shares = append(shares, k.share)
	}
	log := make([]question, n)
	for i := range log {
		v := m.Vacancy(int(d.below(int64(vacancies))))
		k := marketKinds[d.weighted(shares...)]
		log[i] = question{k.name, k.ask(d, &v)}
		log[i].Limit, log[i].Today = 20, MarketDay
	}
	return log
}

// askPhrase quotes what an occupation is called, an employer, or a piece of an advert.
func askPhrase(d dice, v *search.Vacancy) search.Query {
	text := []rune(d.of(calledOf(v)))
	switch d.below(4) {
	case 0:
		text = []rune(v.Employer)
	case 1:
		body := []rune(v.Body)
		from := d.below(int64(len(body) - 12))
		text = body[from : from+4+d.below(5)]
	}
	return search.Query{Text: `"` + string(text) + `"`}
}

// calledOf are the names of a vacancy's occupation.
func calledOf(v *search.Vacancy) []string {
	for _, t := range trades() {
		if t.code == v.Occupation {
			return t.called
		}
	}
	return []string{"司机"}
}

// askFilters asks for one to four of what a vacancy is.
func askFilters(d dice, v *search.Vacancy) (q search.Query) {
	f := &q.Filter
	for range 1 + d.below(3) {
		switch d.below(7) {
		case 0, 1:
			f.Areas = []string{v.Area[:[]int{4, 6, 6, 9}[d.below(4)]]}
		case 2:
			if code := search.OccupationCode(v.Occupation); code != "" {
				f.Occupations = []string{code[:min(len(code), []int{1, 4, 7, 10}[d.below(4)])]}
			}
		case 3:
			f.PayFrom = v.PayHigh / 50000 * 50000
		case 4:
			f.Flags |= v.Flags & (1 << d.below(12))
		case 5:
			f.AtMost = []search.Education{search.Junior, search.Senior, search.College}[d.below(3)]
		case 6:
			f.Since = v.Posted
		}
	}
	if v.Place != (search.Point{}) && d.below(10) == 0 {
		f.Areas, f.Near = nil, search.Near{Point: v.Place, Km: float64(5 + d.below(60))}
	}
	return q
}

// attributes writes n of a vacancy's place, occupation, pay and conditions as a person types them.
func attributes(d dice, v *search.Vacancy, n int) string {
	words := []string{d.of(calledOf(v)), search.ShortPlace(area.Name(area.At(v.Area, area.Banner)))}
	if v.PayLow > 0 {
		words = append(words, fmt.Sprintf("%d以上", v.PayLow/50000*500))
	}
	words = append(words, conditionsOf(v)...)
	return strings.Join(words[:min(n, len(words))], " ")
}

// conditionsOf are words for what a vacancy offers.
func conditionsOf(v *search.Vacancy) (words []string) {
	for bit, w := range []string{"包住", "包吃", "五险一金", "双休"} {
		if v.Flags&(1<<bit) != 0 {
			words = append(words, w)
		}
	}
	return words
}

func inPinyin(text string) string {
	return strings.Join(pinyin.LazyConvert(text, nil), "")
}

// misspelt puts another character of the same sound into a word.
func misspelt(d dice, text string) string {
	same := map[string]string{"焊": "汉", "电": "店", "工": "公", "司": "丝", "机": "鸡", "保": "宝", "员": "圆", "洁": "杰", "师": "诗", "服": "福", "厨": "橱", "收": "手", "客": "刻", "货": "或", "会": "汇", "教": "叫", "导": "倒", "维": "为", "修": "休", "管": "馆", "理": "里", "装": "庄", "验": "艳", "饲": "四", "运": "孕"}
	runes := []rune(text)
	start := int(d.below(int64(len(runes))))
	for i := range runes {
		if other := same[string(runes[(start+i)%len(runes)])]; other != "" {
			runes[(start+i)%len(runes)] = []rune(other)[0]
			break
		}
	}
	return string(runes)
}
