package search

import (
	"math"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// Words that made-up vacancies and questions are put together from, so that they often meet.
var (
	madeTitles    = []string{"焊工", "电焊工", "急聘焊工学徒", "电工", "挖掘机司机", "货车司机", "Java开发工程师", "java开发", "保洁员（包吃住）", "会计", "厨师长", "C1驾照司机"}
	madeBodies    = []string{"负责钢结构焊接，持有焊工证。", "包住，五险一金，月薪5000-6000元", "熟悉Java、MySQL，C++优先", "工作地点：海流图镇新华街", "要求C1驾照；吃苦耐劳", "打扫楼道 卫生间", "焊 工也可兼电工", "无经验可带教"}
	madeEmployers = []string{"海流图鑫达钢构有限公司", "蒙洁物业服务有限公司", "乌拉特中旗远途物流", "青城科技"}
	madeAreas     = []string{"150824100", "150824101001", "150802", "152921100", "1529", "150105003", ""}
	madeWords     = []string{"焊工", "电焊", "电焊工", "司机", "java", "jav", "c1", "包住", "海流图", "乌拉特中旗", "五险一金", "焊", "工", "挖掘机司机", "会计", "5000以上", "物业保洁", "c++", "钢结构焊接", "包吃住", "新华街", "没有的词"}
)

func madeDictionary() *Dictionary {
	entries := append([]Entry{
		{Text: "焊工", Kind: Occupation, Filter: Filter{Occupations: []string{"6-18-02-04"}}},
		{Text: "电焊工", Name: "焊工", Kind: Occupation, Filter: Filter{Occupations: []string{"6-18-02-04"}}},
		{Text: "电工", Kind: Occupation, Filter: Filter{Occupations: []string{"6-31-01-03"}}},
		{Text: "司机", Name: "汽车驾驶员", Kind: Occupation, Filter: Filter{Occupations: []string{"4-02-02"}}},
		{Text: "挖掘机司机", Kind: Occupation, Filter: Filter{Occupations: []string{"6-30-05-05"}}},
		{Text: "保洁", Name: "保洁员", Kind: Occupation, Filter: Filter{Occupations: []string{"4-09-08-01"}}},
		{Text: "会计", Kind: Occupation, Filter: Filter{Occupations: []string{"2-06-03-00"}}},
		{Text: "海流图", Name: "乌拉特中旗海流图镇", Kind: Place, Filter: Filter{Areas: []string{"150824100"}}},
		{Text: "乌拉特中旗", Name: "巴彦淖尔市乌拉特中旗", Kind: Place, Filter: Filter{Areas: []string{"150824"}}},
		{Text: "阿拉善", Name: "阿拉善盟", Kind: Place, Filter: Filter{Areas: []string{"1529"}}},
	}, Conditions()...)
	return NewDictionary(entries)
}

func drawVacancy(t *rapid.T, id int64) Vacancy {
	pick := func(list []string, label string) string { return rapid.SampledFrom(list).Draw(t, label) }
	v := Vacancy{
		ID: id, Title: pick(madeTitles, "title"), Employer: pick(madeEmployers, "employer"), Area: pick(madeAreas, "area"),
		Body:       strings.Join(rapid.SliceOfN(rapid.SampledFrom(madeBodies), 0, 3).Draw(t, "body"), ""),
		Occupation: pick([]string{"6-18-02-04", "6-18-00-00", "4-02-02-01", "4-09-08-01", "2-06-03-00", ""}, "occupation"),
		Industry:   pick([]string{"C33", "C", "G54", ""}, "industry"),
		Education:  Education(rapid.IntRange(0, 7).Draw(t, "education")), Hours: Hours(rapid.IntRange(0, 6).Draw(t, "hours")),
		Contract: Contract(rapid.IntRange(0, 6).Draw(t, "contract")), Flags: Flags(rapid.IntRange(0, 1<<flagCount-1).Draw(t, "flags")),
		Posted: 20000 + int32(rapid.IntRange(0, 40).Draw(t, "posted")),
	}
	if v.Occupation == "6-18-02-04" {
		v.OccupationName = "焊工"
	}
	if rapid.Bool().Draw(t, "paid") {
		v.PayLow = int64(rapid.IntRange(20, 120).Draw(t, "low")) * 10000 / 2
		v.PayHigh = v.PayLow + int64(rapid.IntRange(0, 30).Draw(t, "more"))*10000
	}
	if rapid.Bool().Draw(t, "placed") {
		v.Place = Point{41.5 + rapid.Float64Range(-1, 1).Draw(t, "lat"), 108.5 + rapid.Float64Range(-1, 1).Draw(t, "lon")}
	}
	return v
}

func drawFilter(t *rapid.T) (f Filter) {
	if rapid.Bool().Draw(t, "byArea") {
		f.Areas = []string{rapid.SampledFrom([]string{"15", "1508", "150824", "150824100", "1529"}).Draw(t, "inArea")}
	}
	switch rapid.IntRange(0, 9).Draw(t, "by") {
	case 0:
		f.Occupations = []string{rapid.SampledFrom([]string{"6", "6-18", "6-18-02-04", "4-02-00-00"}).Draw(t, "inOccupation")}
	case 1:
		f.PayFrom = int64(rapid.IntRange(1, 80).Draw(t, "from")) * 12300
	case 2:
		f.PayTo = int64(rapid.IntRange(1, 80).Draw(t, "to")) * 12300
	case 3:
		f.Education = []Education{Junior, Senior}
	case 4:
		f.AtMost = College
	case 5:
		f.Flags = Housing | Meals
	case 6:
		f.Since = 20000 + int32(rapid.IntRange(0, 41).Draw(t, "since"))
	case 7:
		f.Near = Near{Point{41.5, 108.5}, rapid.Float64Range(1, 150).Draw(t, "km")}
	case 8:
		f.Hours, f.Contracts, f.Industries = []Hours{Standard, Shifts}, []Contract{FixedTerm, Service}, []string{"C"}
	}
	return f
}

// filtered is what a filter means, said of one vacancy.
func filtered(f *Filter, v *Vacancy) bool {
	within := func(list []string, code string, parent func(p, c string) bool) bool {
		return len(list) == 0 || slices.ContainsFunc(list, func(p string) bool { return parent(p, code) })
	}
	high := max(v.PayLow, v.PayHigh)
	class := func(p, c string) bool {
		p, c = OccupationCode(p), OccupationCode(c)
		return c == p || strings.HasPrefix(c, p+"-")
	}
	near := f.Near.Km == 0 || v.Place != (Point{}) && f.Near.Distance(Point{float64(float32(v.Place.Lat)), float64(float32(v.Place.Lon))}) <= f.Near.Km
	return within(f.Areas, v.Area, func(p, c string) bool { return strings.HasPrefix(c, p) }) && near &&
		within(f.Occupations, v.Occupation, class) &&
		within(f.Industries, v.Industry, func(p, c string) bool { return c != "" && (c == p || c[:1] == p) }) &&
		(f.PayFrom == 0 || high >= f.PayFrom) && (f.PayTo == 0 || high > 0 && v.PayLow <= f.PayTo) &&
		(len(f.Education) == 0 || slices.Contains(f.Education, v.Education)) && (f.AtMost == 0 || v.Education <= f.AtMost) &&
		(len(f.Hours) == 0 || slices.Contains(f.Hours, v.Hours)) && (len(f.Contracts) == 0 || slices.Contains(f.Contracts, v.Contract)) &&
		v.Flags&f.Flags == f.Flags && v.Posted >= f.Since
}

// fieldTexts are a vacancy's fields in normal form.
func fieldTexts(v *Vacancy) (texts []string) {
	for _, f := range []string{v.Title, v.OccupationName, v.Employer, v.Body} {
		texts = append(texts, string(normal(nil, f)))
	}
	return texts
}

// has is what a plan's clause means, said of one vacancy.
func (c *clause) has(v *Vacancy) bool {
	texts := fieldTexts(v)
	terms := map[uint64]bool{}
	for _, text := range texts {
		tokens([]rune(text), func(t uint64) { terms[t] = true })
	}
	for _, p := range c.pieces {
		if !slices.ContainsFunc(p, func(a alternative) bool {
			if a.filter != nil {
				return filtered(a.filter, v)
			}
			for _, k := range a.keys {
				if !terms[k] {
					return false
				}
			}
			whole := a.whole == nil || slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, string(a.whole)) })
			begins := a.begins == "" || slices.ContainsFunc(texts, func(text string) bool {
				return slices.ContainsFunc(strings.Split(text, string(edge)), func(w string) bool {
					return strings.HasPrefix(w, a.begins)
				})
			})
			return whole && begins && (len(a.keys) > 0 || a.begins != "")
		}) {
			return false
		}
	}
	return true
}

// naive answers a plan by looking at each vacancy, and weighs it from its texts.
func naive(p *plan, today int32, list []Vacancy) (best []ranked) {
	for i := range list {
		v := &list[i]
		ok := true
		for j := range p.must {
			ok = ok && p.must[j].has(v)
		}
		for j := range p.not {
			ok = ok && !p.not[j].has(v)
		}
		if ok {
			best = append(best, ranked{naiveScore(p, today, v), v.Posted, v.ID})
		}
	}
	slices.SortFunc(best, ranked.compare)
	return best
}

func naiveScore(p *plan, today int32, v *Vacancy) int32 {
	texts := fieldTexts(v)
	sum := int64(0)
	for _, t := range p.terms {
		mask := 0
		for i, text := range texts {
			tokens([]rune(text), func(k uint64) {
				if k == t.key {
					mask |= []int{1 | 2, 1 | 4, 1 | 8, 1}[i]
				}
			})
		}
		if mask != 0 {
			sum += int64(t.idf) * saturated[mask][lengthClass(len([]rune(texts[0])))]
		}
	}
	score := int32(sum >> 10)
	for _, m := range p.means {
		if filtered(m.filter, v) {
			score += m.idf
		}
	}
	for _, t := range p.together {
		switch {
		case strings.Contains(texts[0], string(t)):
			score += inTitleBonus
		case strings.Contains(strings.Join(texts, string(border)), string(t)):
			score += bonus
		}
	}
	if age := max(today-v.Posted, 0); age < 365 {
		score += int32(freshest * math.Exp2(-float64(age)/freshHalf))
	}
	return score
}
