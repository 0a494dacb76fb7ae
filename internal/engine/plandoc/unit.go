package plandoc

import (
	"regexp"
	"strings"
)

// The measures plans count in. Longer ones stand before their beginnings.
const measure = `人\(次\)|人次|人年|人天|人日|人|名|位|个百分点|百分点|个月|个工作日|个班次|个班|个|家次|家|户次|户|所|岁|年|平方公里|平方米|立方米|公里|千米|米|公顷|m2|㎡|亩|吨标准煤|吨|公斤|斤|兆瓦|千瓦时|千瓦|元|美元|项次|项|场次|场|次|期|件|张|套|门|种|类|条|座|处|间|批次|批|支|台|辆|艘|架|头|只|株|棵|栋|幢|枚|盏|根|块|片|组|口|眼|趟|架次|轮次|轮|卷|班次|部|册|本|篇|例|起|宗|份|笔|单|倍|课时|学时|小时|天|日|分钟|月|周|班|床|张床|站|点|%|‰|‱|分|号|万|亿|千|部门`

var (
	unitWord    = `(?:万亿|千万|百万|十万|亿|万|千|百)?(?:` + measure + `)(?:/(?:万人|千人|百人|人|户|个|家|年|月|天|日|次|平方米|平方公里|亩|课时|万元|小时)){0,2}`
	unitExact   = regexp.MustCompile(`^(?:` + unitWord + `|元/人[·.]?[年月]?|[:：]1|1?/\d{0,2}[万千百]人?|-)$`)
	unitStart   = regexp.MustCompile(`^(?:` + unitWord + `)`)
	unitCaption = regexp.MustCompile(`单位[：:]\s*([^，。）)\s]+)`)
)

// isUnit reports whether a text, made even, is a measure alone; several (人、人次) count too.
func isUnit(s string) bool {
	for part := range strings.SplitSeq(s, "、") {
		if !unitExact.MatchString(part) {
			return false
		}
	}
	return s != ""
}

// unitAtStart is the measure a text begins with.
func unitAtStart(s string) string { return unitStart.FindString(s) }

// scale parts a unit into its power of ten and its measure: 万人 → 10000, 人.
func scale(unit string) (float64, string) {
	for _, p := range []struct {
		word string
		n    float64
	}{{"万亿", 1e12}, {"千万", 1e7}, {"百万", 1e6}, {"十万", 1e5}, {"亿", 1e8}, {"万", 1e4}, {"千", 1e3}, {"百", 100}} {
		if rest, ok := strings.CutPrefix(unit, p.word); ok && rest != "" && !strings.HasPrefix(rest, "分点") {
			return p.n, rest
		}
	}
	return 1, unit
}

var hanDigits = map[rune]int{'零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// hanInt reads a whole number below a hundred thousand written in characters or figures: 十九, 百, 一百二十, 17.
func hanInt(s string) (int, bool) {
	if s == "" || len(s) > 24 {
		return 0, false
	}
	total, section, last := 0, 0, -1
	for _, r := range s {
		if digit(r) {
			total = total*10 + int(r-'0')
			if total > 1_000_000 {
				return 0, false
			}
			continue
		}
		if d, ok := hanDigits[r]; ok {
			last = d
			continue
		}
		p := map[rune]int{'十': 10, '百': 100, '千': 1000, '万': 10000}[r]
		if p == 0 {
			return 0, false
		}
		if last < 0 {
			last = 1
			if p == 10000 && section > 0 {
				last = 0
			}
		}
		if p == 10000 {
			section = max(section+max(last, 0), 1) * p
		} else {
			section += last * p
		}
		last = -1
	}
	if last > 0 {
		section += last
	}
	return total + section, true
}
