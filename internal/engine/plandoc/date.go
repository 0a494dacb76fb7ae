package plandoc

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	meanRE    = regexp.MustCompile(`^每|人均|平均`)
	sumRE     = regexp.MustCompile(`累计(?:[^结余]|$)|共计`)
	coverRE   = regexp.MustCompile(`^(?:惠及|覆盖|受益)`)
	trainRE   = regexp.MustCompile(`(?:培训|轮训)$`)
	raiseRE   = regexp.MustCompile(`(?:培训|轮训|培养|培育|开发|转移)$`)
	eachOneRE = regexp.MustCompile(`每(?:个|名|位|户|家|人)`)
	standRE   = regexp.MustCompile(`总量|总数|总规模|保持|稳定在`)
)

// date settles year, total and past of a figure.
func (r *reader) date(x *Indicator, w when, pre, name, said, after string) {
	sec := r.sec
	x.Past = w.past || !w.said && sec != nil && sec.under(pastSection) || w.said && w.past
	if sec != nil && sec.under(pastSection) && (w.past || !w.said || w.loose || w.year == Annual) {
		x.Past = true
	}
	x.BaseYear = w.base
	x.Dated = w.said
	x.PerArea = perRE.MatchString(pre)
	_, linkers := strip(pre)
	rate := ratio(x.Unit)
	switch {
	case rate || meanRE.MatchString(name) || x.PerArea || eachOneRE.MatchString(pre) || w.year == Annual:
	case sumRE.MatchString(pre) || x.Past && strings.Contains(said, "累计") && !stockRE.MatchString(pre+name):
		x.Cumulative = true
	case coverRE.MatchString(name) && !strings.HasSuffix(x.Unit, "人次"):
	case x.Past && !w.said: // what was done is told for all the years
		x.Cumulative = r.span.many() && (doing(pre) || freshRE.MatchString(name+pre)) && !stockRE.MatchString(name+pre)
	case x.Past:
		x.Cumulative = w.period && (flowRE.MatchString(name+pre) || linkers == "") && (strings.HasPrefix(name, "新增") || !stockRE.MatchString(name+pre))
	case !r.span.many() && !w.period:
	case w.alone && r.span.many():
	case w.period:
		x.Cumulative = (flowRE.MatchString(name+pre) || doing(pre) || linkers == "" && (flowRE.MatchString(said) || anyVerb.MatchString(said))) && !standRE.MatchString(name+linkers)
	default:
		x.Cumulative = (freshRE.MatchString(name+pre) || freshRE.MatchString(said) && !anyVerb.MatchString(pre) || linkers == "" && strings.HasPrefix(name, "取得") && strings.HasSuffix(name, "证书")) && !strings.Contains(name, "总量") || (runningRE.MatchString(name) || runs(pre, x.Unit)) && !stockRE.MatchString(pre+name)
	}
	switch {
	case x.Past:
		if x.Comparator == Equal || after == "余" || x.Comparator == Most && !withinRE.MatchString(pre+after) {
			x.Comparator = "" // 控制在3.29% tells what was reached
		}
		x.Done, x.TargetValue = x.TargetValue, ""
	case w.said:
		x.TargetYear = w.year
	case sec != nil && sec.under(supportSection):
	case r.span.last > 0 && x.Comparator != Words:
		x.TargetYear = strconv.Itoa(r.span.last)
	}
}

// doing reports whether words before a number begin with what is done: 遴选评定文化名家达到50名, not 培训机构达到50家.
func doing(pre string) bool {
	pre = bare(pre)
	m := verbTop.FindString(pre)
	return m != "" && !meetingRE.MatchString(pre[len(m):])
}

// runs reports whether words before a number begin or end with training or bringing up people, which goes on from year to year.
func runs(pre, unit string) bool {
	re := trainRE
	if strings.HasSuffix(unit, "人") {
		re = raiseRE
	}
	pre = bare(pre)
	m := verbTop.FindStringSubmatch(pre)
	return m != nil && !meetingRE.MatchString(pre[len(m[0]):]) && re.MatchString(m[2]+m[3]) || re.MatchString(bareEnd(pre))
}

// ratio reports whether a unit measures a rate or a length, which no years add up.
func ratio(unit string) bool {
	return unit == "" || unit == ":1" || unit == "%" || unit == "‰" || strings.Contains(unit, "百分点") || unit == "倍" || unit == "年" || unit == "岁"
}
