package plandoc

import (
	"regexp"
	"strconv"
	"strings"
)

// fromTo reads 由A提高到B.
func (r *reader) fromTo(p *para, cs []clause, i int, from, to quantity, piece clause, carried when) {
	s, c := p.s, cs[i]
	pre := s[c.a:from.a]
	m := fromAt(pre, s[from.b:to.a])
	w := r.span.when(s, piece.a, c.a+m[0], carried)
	if whenRE.MatchString(s[from.b:to.a]) { // 由2020年的3万人增加到2025年的4万人
		w = r.span.when(s, from.b, to.a, w)
	}
	if w.year == Annual && !strings.Contains(pre, "每年") {
		w, _ = r.span.scan(s, piece.a, c.a+m[0], carried)
	}
	mid := s[from.b:to.a]
	rest, linkers := strip(mid)
	_ = rest
	x := Indicator{Name: before(pre[:m[0]]), Unit: to.unit, BaseValue: from.value, Comparator: comparatorOf(linkers, to.after), TargetValue: to.value}
	if x.Name == "" && i == 0 {
		x.Name = r.last.name
	}
	x.Name = tidy(r.complete(p, cs, i, x.Name))
	if !named(x.Name) {
		return
	}
	if from.unit != to.unit {
		x.BaseValue = rescale(from.value, from.unit, to.unit)
	}
	r.date(&x, w, pre, x.Name, pre, "")
	x.BaseYear = ""
	r.last = spoken{name: x.Name, unit: to.unit, based: true}
	if y := yearRE.FindString(pre[m[0]:]); y != "" {
		x.BaseYear = y[:4]
	} else if end := periodOf(endOfRE.FindString(pre[m[0]:])); end > 0 {
		x.BaseYear = strconv.Itoa(end)
	}
	if x.Past {
		x.Cumulative = false
		if x.BaseYear == "" {
			x.BaseYear = w.first
		}
		if x.BaseYear == "" && r.span.first > 0 {
			x.BaseYear = strconv.Itoa(r.span.first - 5)
		}
	}
	x.Quote = p.quote(r.quoteFrom(s, cs, i, c.a), c.b)
	r.file(p, x)
}

// fromAt is the place of 由 or 从 in what stands before a number that rises or falls to the next one, or nil.
func fromAt(pre, between string) []int {
	if m := fromToRE.FindStringIndex(pre); m != nil && toRE.MatchString(between) {
		return m
	}
	if m := fromFarRE.FindStringSubmatchIndex(pre); m != nil && toFarRE.MatchString(between) {
		return m[2:4]
	}
	return nil
}

var (
	endOfRE   = regexp.MustCompile(fiveYears + `(?:期|时期)?末`)
	fromFarRE = regexp.MustCompile(`(?:^|[^自服])((?:由|从)[^业事而严紧优此，].{0,120})$`)
	toFarRE   = regexp.MustCompile(`(?:^|[^比])(?:增加|提高|提升|增长|扩大|上升|升|下降|降低|降|减少|缩小|调整|缩短|压减|增|发展)[到至](?:约|近|近乎|不低于|不少于|超过)?$`)
	fromHalf  = regexp.MustCompile(`[由从][^，：]{0,24}\d[^，：]{0,9}$`)
	toHalf    = regexp.MustCompile(`^(?:稳步|逐步|大幅|持续|不断)?(?:增加|提高|提升|增长|扩大|上升|下降|降低|减少|缩小|调整|缩短|压减|升|降|增|发展)[到至为]`)
)

// rejoined puts together what a comma parts: 从2001年的3万人，增加到2005年的4万人.
func rejoined(s string, cs []clause) []clause {
	var out []clause
	for _, c := range cs {
		if n := len(out); n > 0 && toHalf.MatchString(s[c.a:c.b]) && fromHalf.MatchString(tail(s[out[n-1].a:out[n-1].b], linkWidth)) {
			out[n-1].b = c.b
			continue
		}
		out = append(out, c)
	}
	return out
}

// rescale turns a number of one unit into another of the same measure: 1.3亿人 → 万人.
func rescale(value, from, to string) string {
	a, ma := scale(from)
	b, mb := scale(to)
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || ma != mb {
		return value
	}
	return strconv.FormatFloat(v*a/b, 'f', -1, 64)
}
