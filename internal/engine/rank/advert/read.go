package advert

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiuye/internal/engine/rank/pay"
)

// longest is how much of a text is read, in bytes; an advert is shorter.
const longest = 20_000

// Read reads a text. It gives one advert at least, an empty one when the text says nothing that it knows.
func Read(text string) []Advert {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	var all Advert // what holds for the whole text
	var offers []Advert
	var free []string
	for _, line := range lines(text) {
		field, value := named(line)
		if field == Title {
			if list := positions(value); len(list) > 0 {
				offers = append(offers, list...)
			} else if t := title(value); t != "" {
				offers = append(offers, Advert{Title: t, Found: []Found{{Title, value}}})
			}
			continue
		}
		into := &all
		if len(offers) > 0 && field != Contact && field != Employer {
			into = &offers[len(offers)-1]
		}
		if field != "" {
			into.take(field, value, line)
			continue
		}
		if list := positions(line); len(list) > 0 {
			offers = append(offers, list...)
			continue
		}
		free = append(free, line)
		into.look(line)
	}
	if len(offers) == 0 {
		offers = []Advert{{}}
		for _, line := range free {
			if t := announced(line); t != "" {
				offers[0].Title = t
				offers[0].saw(Title, line)
				break
			}
		}
		if offers[0].Title == "" && len(free) > 0 && utf8.RuneCountInString(free[0]) <= 20 {
			if t := title(free[0]); t != "" {
				offers[0].Title = t
				offers[0].saw(Title, free[0])
			}
		}
	}
	for i := range offers {
		offers[i].inherit(&all)
	}
	if len(offers) > 1 { // said once behind a list: for all of it
		last := offers[len(offers)-1]
		for i := range offers[:len(offers)-1] {
			offers[i].inherit(&last)
		}
	}
	return offers
}

// lines are a text's lines and sentences without ornament.
func lines(text string) []string {
	var out []string
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r == '\n' || r == '\r' || r == '；' || r == ';' || r == '。' || r == '！' || r == '!'
	}) {
		line = strings.TrimFunc(line, func(r rune) bool {
			return r == ' ' || r == '　' || r == '\t' || r == '*' || r == '•' || r > 0xffff || r >= 0x2600 && r < 0x2800
		})
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

// inherit fills what a does not say from what another says.
func (a *Advert) inherit(from *Advert) {
	for _, f := range from.Found {
		if f.Field == Title || a.Words(f.Field) != "" {
			continue
		}
		a.Found = append(a.Found, f)
		switch f.Field {
		case Openings:
			a.Openings = from.Openings
		case Pay:
			a.Pay = from.Pay
		case Place:
			a.Place = from.Place
		case Education:
			a.Education = from.Education
		case Experience:
			a.Experience = from.Experience
		case Hours:
			a.Hours = from.Hours
		case Benefits:
			a.Benefits = slices.Clone(from.Benefits)
		case Employer:
			a.Employer = from.Employer
		case Contact:
			a.Contact = from.Contact
		}
	}
}

var count = regexp.MustCompile(`(\d{1,4}|[一二两三四五六七八九十]{1,3}|若干|数)\s*(?:名|人|位|个人|个)`)

// position is a kind of work with its number, alone on a line or in a list: 焊工3名，厨师两名。
var position = regexp.MustCompile(`^(?:[（(]?[0-9一二三四五六七八九十]{1,2}[)）、.．]\s*)?(?:急招|急聘|诚聘|诚招|现招聘|招聘|招|聘)?\s*([\p{Han}A-Za-z/（）()+]{2,16}?)\s*[:：]?\s*(\d{1,4}|[一二两三四五六七八九十]{1,3}|若干|数)\s*(?:名|人|位)`)

func positions(line string) []Advert {
	var out []Advert
	for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == '，' || r == ',' || r == '、' && strings.Count(line, "名") > 1 }) {
		part = strings.TrimSpace(part)
		m := position.FindStringSubmatch(part)
		if _, after, colon := cutColon(part); m == nil && colon { // 日结零工：搬运工5名
			if m = position.FindStringSubmatch(after); m != nil {
				part = after
			}
		}
		if m != nil {
			t := title(m[1])
			if t == "" {
				continue
			}
			a := Advert{Title: t, Openings: numeral(m[2]), Found: []Found{{Title, m[1]}, {Openings, m[2]}}}
			a.look(part[len(m[0]):])
			if part != line {
				a.hours(line)
			}
			out = append(out, a)
		} else if len(out) > 0 {
			out[len(out)-1].look(part)
		}
	}
	return out
}

var announcing = regexp.MustCompile(`(?:急招|急聘|诚聘|诚招|高薪聘请|招聘|招工|聘用|聘|招)\s*[:：]?\s*([\p{Han}A-Za-z/（）()+]{2,16})`)

// announced is the work that a sentence announces: 某厂急招电焊工，…
func announced(line string) string {
	if m := announcing.FindStringSubmatch(line); m != nil {
		return title(m[1])
	}
	return ""
}

// notTitles are words that stand where a title would and are none.
var notTitles = []string{"启事", "公告", "信息", "广告", "简章", "人员", "人才", "员工", "要求", "职责", "条件", "待遇", "以下", "如下", "若干", "公司", "我们", "单位", "电话", "要求如下", "岗位"}

func title(text string) string {
	text = strings.Trim(text, " 　【】[]（）():：,，、.。-—\"“”")
	for _, cut := range []string{"若干", "数名", "，", ",", "。", "；", "要求", "月薪", "工资"} {
		text, _, _ = strings.Cut(text, cut)
	}
	for _, w := range []string{"急招", "急聘", "诚聘", "诚招", "招聘", "招工"} { // 某饭店急招服务员
		if _, after, found := strings.Cut(text, w); found {
			text = after
		}
	}
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n < 2 || n > 30 || slices.Contains(notTitles, text) {
		return ""
	}
	return text
}

func numeral(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	const digits = "零一二三四五六七八九"
	n, seen := 0, false
	for _, r := range strings.ReplaceAll(text, "两", "二") {
		if r == '十' {
			n = max(n, 1) * 10
			seen = true
			continue
		}
		at := strings.IndexRune(digits, r)
		if at < 0 {
			return 0
		}
		n, seen = n+at/len("零"), true
	}
	if !seen {
		return 0
	}
	return n
}

// take reads a field's value where the text names the field.
func (a *Advert) take(field, value, line string) {
	switch field {
	case Openings:
		if m := count.FindStringSubmatch(value + "人"); m != nil {
			a.Openings = numeral(m[1])
			a.saw(Openings, line)
		}
	case Pay:
		if p := pay.Read(value); p.Said() || p.Negotiable {
			a.Pay = p
			a.saw(Pay, value)
		}
		a.benefits(value)
	case Place:
		a.Place = value
		a.saw(Place, value)
	case Education:
		a.education(value)
	case Experience:
		a.experience(value+"经验", true)
	case Hours:
		a.hours(value)
	case Benefits:
		a.benefits(value)
	case Employer:
		a.Employer = value
		a.saw(Employer, value)
	case Contact:
		a.Contact = strings.TrimSpace(a.Contact + " " + value)
		a.saw(Contact, value)
	}
}

var (
	payHint = regexp.MustCompile(`月薪|年薪|日薪|时薪|工资|薪资|薪酬|待遇|底薪|综合|元|\d[kKwW千万]|面议|日结|/[天月时]`)
	placeAt = regexp.MustCompile(`(?:地点|地址|位于|在)[在是为：:]*\s*([\p{Han}]{1,10}?(?:市|盟|旗|县|区|镇|苏木|街道|乡|园区)[\p{Han}0-9]{0,20})`)
	phone   = regexp.MustCompile(`(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})`)
)

// look reads what a free sentence says.
func (a *Advert) look(line string) {
	if payHint.MatchString(line) && a.Words(Pay) == "" {
		if p := pay.Read(line); p.Said() || p.Negotiable {
			a.Pay = p
			a.saw(Pay, line)
		}
	}
	if m := placeAt.FindStringSubmatch(line); m != nil && a.Place == "" {
		a.Place = m[1]
		a.saw(Place, m[1])
	}
	if m := phone.FindString(line); m != "" {
		a.Contact = strings.TrimSpace(a.Contact + " " + m)
		a.saw(Contact, m)
	}
	if m := count.FindStringSubmatch(line); m != nil && a.Openings == 0 && (strings.Contains(line, "招") || strings.Contains(line, "聘")) {
		a.Openings = numeral(m[1])
		a.saw(Openings, m[0])
	}
	a.education(line)
	a.experience(line, false)
	a.hours(line)
	a.benefits(line)
}
