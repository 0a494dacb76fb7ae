package plandoc

import (
	"fmt"
	"math"
	"strings"
)

// words compares what the text says with what the tables say of the same indicator and year, and asks for missing dates.
func (c *checker) words() {
	printed := map[string][]Indicator{}
	for _, x := range c.d.Indicators {
		if x.FromTable {
			printed[stem(x.Name)] = append(printed[stem(x.Name)], x)
		}
	}
	for _, t := range c.d.Indicators {
		if t.FromTable {
			continue
		}
		if !t.Dated && !t.Past && t.TargetValue != "" && t.Comparator != Words && !t.PerArea {
			c.found("no-date", t, fmt.Sprintf("“%s %s%s”没有说到什么时候", t.Name, t.TargetValue, t.Unit), "这个数字的时限是哪一年，是累计还是当年")
		}
		for _, x := range printed[stem(t.Name)] {
			c.compare(t, x)
		}
	}
}

// compare tells two sayings of one indicator apart: another figure, or the same figure rounded.
func (c *checker) compare(t, x Indicator) {
	said, printed := t.TargetValue, x.TargetValue
	if t.Past && t.Done != "" && (t.BaseValue == "" || x.BaseValue != "") {
		said, printed = t.Done, x.Done
		if printed == "" && x.TargetValue != "" && x.BaseValue != "" && !x.Cumulative {
			printed = x.BaseValue
		}
		if printed == "" || t.Cumulative != x.Cumulative || t.Comparator == Most {
			return
		}
	} else if t.Past || x.Past || t.TargetYear != x.TargetYear || t.Cumulative != x.Cumulative {
		return
	}
	a, okA := value(said)
	b, okB := value(printed)
	n, mt := scale(t.Unit)
	m, mx := scale(x.Unit)
	if !okA || !okB || measureOf(mt) != measureOf(mx) {
		return
	}
	inTable := a * n / m
	switch {
	case math.Abs(inTable-b) < 1e-9*math.Max(1, math.Abs(b)):
		if !t.Past && t.Comparator != x.Comparator && (t.Comparator == Equal) != (x.Comparator == Equal) {
			c.found("text-table", t, fmt.Sprintf("“%s”正文说“%s”，表里是“%s”，数相同但松紧不同", t.Name, comparatorWord(t), comparatorWord(x)), "以哪一处为准", x.Quote)
		}
	case rounded(inTable, b, said, printed):
		c.found("rounding", t, fmt.Sprintf("“%s”正文 %s%s，表中 %s%s，是四舍五入的差别", t.Name, said, t.Unit, printed, x.Unit), "两处取位是否要统一", x.Quote)
	default:
		c.found("text-table", t, fmt.Sprintf("“%s”正文 %s%s，表中 %s%s，不一致", t.Name, said, t.Unit, printed, x.Unit), "以哪一处为准", x.Quote)
	}
}

// rounded reports whether one figure is the other rounded to its own digits.
func rounded(a, b float64, sa, sb string) bool {
	digits := min(decimals(sa), decimals(sb))
	p := math.Pow(10, float64(digits))
	return decimals(sa) != decimals(sb) && math.Round(a*p) == math.Round(b*p) || math.Abs(a-b)*p <= .5+1e-9 && decimals(sa) != decimals(sb)
}

func decimals(s string) int {
	if _, after, ok := strings.Cut(s, "."); ok {
		return len(after)
	}
	return 0
}

// measureOf calls 人 and 名, 个 and 家 the same.
func measureOf(m string) string {
	switch m {
	case "名", "位":
		return "人"
	case "家", "所":
		return "个"
	}
	return m
}

// comparatorWord writes a target as a person says it.
func comparatorWord(x Indicator) string {
	v := x.TargetValue + x.Unit
	switch x.Comparator {
	case Least:
		return v + "以上"
	case Most:
		return v + "以内"
	case About:
		return v + "左右"
	}
	return v
}

// tasks asks for units.
func (c *checker) tasks() {
	without := 0
	for _, t := range c.d.Tasks {
		if len(t.Units) == 0 {
			without++
		}
	}
	for _, t := range c.d.Tasks {
		if len(t.Units) > 0 {
			continue
		}
		ask := "由哪个单位牵头，哪些单位参与"
		if without == len(c.d.Tasks) && without > 1 {
			ask += "；全文各项任务都没有写责任单位，是否另有分工方案"
		}
		c.out = append(c.out, Finding{Kind: "no-unit", Doc: c.d.Name, Place: t.Place, Indicator: t.Title, Quotes: []string{t.Quote}, Seen: fmt.Sprintf("任务“%s”没有写责任单位", t.Title), Ask: ask})
	}
}

// levels compares an upper plan with lower ones: units, ways of counting, and the sum of the lower targets.
func levels(upper Draft, lower []Draft) []Finding {
	var out []Finding
	for _, x := range upper.Indicators {
		if !x.FromTable || x.Past || x.TargetValue == "" {
			continue
		}
		sum, with := 0.0, 0
		var quotes []string
		for _, d := range lower {
			y, ok := same(d, x)
			if !ok {
				continue
			}
			f := Finding{Doc: d.Name, Place: y.Place, Indicator: y.Name, Quotes: []string{x.Quote, y.Quote}}
			n, mx := scale(x.Unit)
			m, my := scale(y.Unit)
			switch {
			case measureOf(mx) != measureOf(my):
				f.Kind, f.Seen, f.Ask = "definition", fmt.Sprintf("“%s”上级用“%s”，本级用“%s”，计数方法不同", x.Name, x.Unit, y.Unit), "两级怎样汇总，以哪种计数为准"
				out = append(out, f)
				continue
			case n != m:
				f.Kind, f.Seen, f.Ask = "unit", fmt.Sprintf("“%s”上级用“%s”，本级用“%s”", x.Name, x.Unit, y.Unit), "汇总前要换算单位，请确认不会差 10 的倍数"
				out = append(out, f)
			}
			if x.Cumulative != y.Cumulative || x.Attribute != y.Attribute && x.Attribute != "" && y.Attribute != "" || x.TargetYear != y.TargetYear {
				f.Kind, f.Seen, f.Ask = "definition", fmt.Sprintf("“%s”两级口径不同：上级 %s，本级 %s", x.Name, kindWord(x), kindWord(y)), "两级口径是否应当一致"
				out = append(out, f)
			}
			if v, ok := value(y.TargetValue); ok {
				sum += v * m / n
				with++
				quotes = append(quotes, y.Quote)
			}
		}
		target, ok := value(x.TargetValue)
		if ok && with > 1 && additive(x) && sum < target*(1-1e-9) {
			out = append(out, Finding{Kind: "sum-short", Doc: upper.Name, Place: x.Place, Indicator: x.Name, Quotes: append([]string{x.Quote}, quotes...),
				Seen: fmt.Sprintf("“%s”上级目标 %s%s，所给 %d 个下级的目标合计 %s%s，少 %s%s", x.Name, x.TargetValue, x.Unit, with, short(sum), x.Unit, short(target-sum), x.Unit),
				Ask:  "下级是否齐全；齐全的话差额由谁承担"})
		}
	}
	return out
}

func kindWord(x Indicator) string {
	s := x.TargetYear
	if s == Annual {
		s = "每年"
	}
	if x.Cumulative {
		s += "累计"
	}
	return strings.TrimSpace(s + x.Attribute)
}

// additive reports whether lower levels' targets add up to the upper one.
func additive(x Indicator) bool {
	return x.Unit != "%" && x.Unit != "‰" && x.Unit != "年" && x.Unit != "岁" && !strings.Contains(x.Unit, "/") && x.Comparator != Most && !strings.Contains(x.Name, "率")
}

// same finds an indicator in another draft's tables.
func same(d Draft, x Indicator) (Indicator, bool) {
	for _, y := range d.Indicators {
		if y.FromTable && !y.Past && y.TargetValue != "" && stem(y.Name) == stem(x.Name) {
			return y, true
		}
	}
	return Indicator{}, false
}
