package plandoc

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cell is a value as a table writes it.
type cell struct {
	value, comparator string
	total             bool   // in 〔〕: a total over the years
	star              bool   // marked *: another year
	unit              string // written with the value
	year              string // in brackets behind it
	empty, words      bool
}

// cellYear is the year of a value behind it: 89.6(2014年).
var cellYear = regexp.MustCompile(`[\d%][(\[](20\d\d)年?[)\]]$`)

// thanCell is a value that only compares: 比2015年提高10%.
var thanCell = regexp.MustCompile(`^(?:比|较)(?:20\d\d年|上年|基期|"?十)`)

var (
	dashRE  = regexp.MustCompile(`^[-/\\.…·]*$|^(?:无|略)$`)
	valueRE = regexp.MustCompile(`^(.*?)([-+]?\d+(?:\.\d+)?)(?:[-至到](\d+(?:\.\d+)?))?(.*)$`)
	attrRE  = regexp.MustCompile(`^(?:预期|约束|引导|参考|指导)(?:性)?(?:指标)?$`)
	wordsRE = regexp.MustCompile(`^(?:比(?:20|上年|基期|"?十)|达到|达|完成|按|符合|控制在|稳[步中定]|持续|逐[年步]|明显|显著|基本|保持|不低于|高于|低于|大幅|力争|动态|全面|进一步|较|与|同步|高于|位居|居|国家|自治区|上级|待|翻|实现|有所|合理|全覆盖|优化|提[高升]|下降|增[加长])`)
)

// least and most tell a comparator by the words before and after a number.
var (
	leastRE = regexp.MustCompile(`>|≥|^超|[^不]超|逾|不低于|不少于|不小于|不得少于|大于|高于|超过|超出|突破|以上|至少|之上|最低`)
	mostRE  = regexp.MustCompile(`<|≤|不高于|不超过|不大于|不超|小于|低于|以内|以下|之内|内$|至多|最高|最多|控制在`)
	aboutRE = regexp.MustCompile(`左右|上下|约|±|大致|接近|近$|≈`)
)

// comparatorOf reads the words around a number; the ones after it weigh more: 控制在6%左右 is about six.
func comparatorOf(before, after string) string {
	for _, s := range []string{after, before} {
		switch {
		case aboutRE.MatchString(s):
			return About
		case strings.Contains(s, "不低于"), strings.Contains(s, "不少于"):
			return Least
		case strings.Contains(s, "不高于"), strings.Contains(s, "不超过"), strings.Contains(s, "不大于"):
			return Most
		case leastRE.MatchString(s):
			return Least
		case mostRE.MatchString(s):
			return Most
		}
	}
	return Equal
}

// cellOf reads a cell of a value column.
func cellOf(raw string) cell {
	s := plain(raw)
	c := cell{star: strings.ContainsAny(s, "*※＊")}
	s = strings.Trim(s, "*※")
	if m := cellYear.FindStringSubmatchIndex(s); m != nil {
		c.year, s = s[m[2]:m[3]], s[:m[0]+1]
	}
	if i := strings.IndexAny(s, "①②③④⑤⑥⑦⑧⑨"); i >= 0 {
		s = s[:i]
	}
	if s == "" || dashRE.MatchString(s) {
		c.empty = true
		return c
	}
	m := valueRE.FindStringSubmatch(s)
	if m == nil || thanCell.MatchString(s) || utf8.RuneCountInString(m[1]) > 10 || wordsCount(m[4]) > 6 {
		c.value, c.comparator, c.words = strings.TrimSpace(raw), Words, true
		return c
	}
	c.total = strings.ContainsAny(m[1], "[") || strings.Contains(m[1], "(") && strings.Contains(m[4], ")")
	before, after := strings.Trim(m[1], "[("), strings.Trim(m[4], ")]")
	c.value, c.comparator = strings.TrimPrefix(m[2], "+"), comparatorOf(before, after)
	if m[3] != "" {
		c.value, c.comparator = strings.TrimPrefix(m[2], "-")+"-"+m[3], Range
	}
	c.unit = unitAtStart(after)
	return c
}

func wordsCount(s string) int {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// valueLike reports whether a token of a text table stands in a value column.
func valueLike(s string) bool {
	s = plain(s)
	if m := cellYear.FindStringIndex(s); m != nil {
		s = s[:m[0]+1]
	}
	if dashRE.MatchString(s) {
		return true
	}
	m := valueRE.FindStringSubmatch(s)
	return m != nil && wordsCount(m[1]) <= 5 && !strings.Contains(m[4], "(") && wordsCount(m[4]) <= 5 &&
		(m[1] == "" || leastRE.MatchString(m[1]) || mostRE.MatchString(m[1]) || aboutRE.MatchString(m[1]) || strings.Trim(m[1], "[(*+-±<>≥≤累计年均达到增长") == "")
}

// bracketUnit parts "城镇新增就业（万人）" into name and unit; a unit printed twice goes too.
func bracketUnit(name string) (string, string) {
	unit := ""
	for {
		s := strings.TrimRight(name, " 　")
		r, w := utf8.DecodeLastRuneInString(s)
		if r != ')' && r != '）' {
			return s, unit
		}
		open := max(strings.LastIndex(s, "（"), strings.LastIndex(s, "("))
		if open < 0 {
			return s, unit
		}
		_, ow := utf8.DecodeRuneInString(s[open:])
		inside := plain(s[open+ow : len(s)-w])
		if !isUnit(inside) {
			return s, unit
		}
		name, unit = s[:open], inside
	}
}
