package duplicate

import (
	"fmt"
	"strconv"
	"strings"
)

// prepared is an advert ready to be compared.
type prepared struct {
	*Advert
	unit, title, phone string
	text               sketch
	long               bool // the text is long enough to be compared

	// teller is who tells of a vacancy: all units that post themselves are one teller, which tells of each unit's vacancies apart;
	// what a source brings is told of each unit. told is what a teller must not say in two ways of one vacancy.
	teller, told uint64
}

func prepare(a *Advert) prepared {
	p := prepared{Advert: a, unit: unitKey(a.Employer), title: titleKey(a.Title), phone: phone(a.Contact)}
	p.text, p.long = sketchOf(a.Body)
	if a.Source != "" {
		p.teller = sum(a.Source, p.unit)
	}
	p.told = sum(p.unit, p.title, a.Area, strconv.FormatInt(a.Low, 10), strconv.FormatInt(a.High, 10))
	return p
}

// Compare tells whether two adverts are of the same work, and why.
func Compare(a, b *Advert) (reasons []string, same bool) {
	x, y := prepare(a), prepare(b)
	return compare(&x, &y)
}

// Of two texts, the shares of common sequences from which they are called the same, similar and different.
const (
	copiedText  = 0.9 // of an advert that somebody else passes on
	sameText    = 0.8
	similarText = 0.4
	otherText   = 0.15
)

// compare says no unless place, pay and work agree; then the employer, the telephone or the text has to be the same. Two units that
// post themselves are two, however much their texts are alike: texts are copied from patterns. So is what one source tells of one
// unit with another title, place, pay or text.
func compare(a, b *prepared) (reasons []string, same bool) {
	say := func(format string, args ...any) { reasons = append(reasons, fmt.Sprintf(format, args...)) }
	if !strings.HasPrefix(a.Area, b.Area) && !strings.HasPrefix(b.Area, a.Area) && (len(a.Area) < 6 || len(b.Area) < 6 || a.Area[:6] != b.Area[:6]) {
		return nil, false
	}
	share := -1.0
	if a.long && b.long {
		share = alike(&a.text, &b.text)
	}
	sameUnit := a.unit == b.unit
	samePhone := a.phone != "" && a.phone == b.phone
	switch {
	case sameUnit && a.Employer == b.Employer:
		say("同一单位")
	case sameUnit:
		say("单位名称除组织形式外相同")
	case samePhone:
		say("联系电话相同")
	case share >= copiedText && a.Source != b.Source && (unsaid(a) || unsaid(b) || a.Low == b.Low && a.High == b.High):
		say("单位名称不同，可能由中介转发")
	default:
		return nil, false
	}
	if a.teller == b.teller && (a.told != b.told || share >= 0 && share < sameText) {
		return nil, false
	}
	switch {
	case a.Title == b.Title:
		say("名称相同")
	case a.title == b.title:
		say("名称实质相同（%s、%s）", a.Title, b.Title)
	case a.Code != "" && a.Code == b.Code && (share >= similarText || overlap(a.title, b.title)):
		say("职业相同，名称相近（%s、%s）", a.Title, b.Title)
	default:
		return nil, false
	}
	switch {
	case a.Low == b.Low && a.High == b.High && a.High > 0:
		say("工资区间相同")
	case unsaid(a) || unsaid(b):
		say("一方没有写明工资")
	case min(a.High, b.High) >= max(a.Low, b.Low):
		say("工资区间有重合")
	default:
		return nil, false
	}
	if a.Area == b.Area {
		say("工作地点相同")
	} else {
		say("工作地点在同一旗县")
	}
	switch {
	case share >= sameText:
		say("描述基本相同（相同部分约 %d%%）", int(share*100+.5))
	case share >= similarText:
		say("描述相近（相同部分约 %d%%）", int(share*100+.5))
	case share >= 0 && share < otherText && (a.Low != b.Low || a.High != b.High || !sameUnit):
		return nil, false // both say much, and other things
	}
	return reasons, true
}

// closeness orders pairs that are the same: an advert that fits two vacancies of a unit belongs to the closer one.
func closeness(a, b *prepared) int {
	n := 0
	for _, has := range []struct {
		it     bool
		weight int
	}{{a.title == b.title, 8}, {a.Low == b.Low && a.High == b.High, 4}, {a.Area == b.Area, 2}} {
		if has.it {
			n += 100 * has.weight
		}
	}
	if a.long && b.long {
		n += int(300 * alike(&a.text, &b.text))
	}
	return n
}

func unsaid(p *prepared) bool { return p.High == 0 }

// overlap tells whether one title holds the other, or both share half of their characters.
func overlap(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	n := 0
	for _, r := range a {
		if strings.ContainsRune(b, r) {
			n++
		}
	}
	return 2*n >= max(len([]rune(a)), len([]rune(b)))
}
