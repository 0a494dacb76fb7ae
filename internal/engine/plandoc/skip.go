package plandoc

import (
	"regexp"
	"strings"
)

var (
	reachRE  = regexp.MustCompile(`达到|控制在|保持在|提高到`)
	ofPlanRE = regexp.MustCompile(`(?:任务|计划|目标)数?的$`)
	fundRE   = regexp.MustCompile(`(?:资金|支出|规模|总额|余额|基金)$`)
	liftRE   = regexp.MustCompile(`提高|调整|增加|达到|突破|超过`)
	shareRE  = regexp.MustCompile(`(?:按|按照|给予|上浮|补贴|比例)[^，]{0,14}$`)
	floatRE  = regexp.MustCompile(`(?:上浮|下浮|给予|减按|按照?)$`)
)

// measured drops the numbers that date or order.
func measured(s string, c clause, in []quantity) []quantity {
	out := in[:0]
	for _, q := range in {
		pre := s[c.a:q.a]
		if noMeasure[q.unit] && !(q.unit == "年" && ageRE.MatchString(s[c.a:c.b])) && !(q.unit == "万" && verbEnd.MatchString(pre)) && !(q.unit == "条" && anyVerb.MatchString(pre) && !measureRE.MatchString(s[q.b:c.b])) {
			continue
		}
		out = append(out, q)
	}
	return out
}

// ignored reports whether a number is no target: a date, a condition, an amount paid, a list's count.
func (r *reader) ignored(s string, c clause, q quantity, pre, post string) bool {
	switch {
	case q.unit == "次" && meetRE.MatchString(pre):
		return true
	case ifTail.MatchString(post) && (q.after != "" || overRE.MatchString(pre)) && !reachRE.MatchString(pre):
		return true
	case eachRE.MatchString(pre):
		return true
	case q.unit == "%" && ofPlanRE.MatchString(pre):
		return true
	case strings.HasSuffix(q.unit, "元") && payRE.MatchString(pre) && !fundRE.MatchString(pre) && !liftRE.MatchString(pre):
		return true
	case (q.unit == "项" || q.unit == "个" || q.unit == "次" || q.unit == "件") && listNoun.MatchString(post) && !verbEnd.MatchString(pre):
		return true
	case q.unit == "%" && strings.HasPrefix(post, "的") && shareRE.MatchString(pre):
		return true
	case strings.HasSuffix(pre, "支持") && sideRE.MatchString(post):
		return true
	case strings.HasSuffix(pre, "与") || withRE.MatchString(post):
		return true
	case floatRE.MatchString(pre):
		return true
	}
	return false
}

// conditional reports whether clauses beginning with 对… say what a policy gives to whom.
func (r *reader) conditional(s string, cs []clause) bool {
	for _, c := range cs {
		if t := s[c.a:c.b]; strings.HasSuffix(t, "的") || benefitRE.MatchString(t) {
			return true
		}
	}
	return false
}
