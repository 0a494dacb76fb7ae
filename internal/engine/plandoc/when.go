package plandoc

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var digitsRE = regexp.MustCompile(`\d+`)

// untilRE is what stands before a year that is a limit, not a time of its own.
var untilRE = regexp.MustCompile(`[到至]$|力争$`)

var asOfRE = regexp.MustCompile(`截[至止](?:到|至)?$`)

var perHeadRE = regexp.MustCompile(`每(?:人|户|生|亩|床)$`)

// baseTimeRE is what stands before the time of a base: 由2020年, 从“十三五”末.
var baseTimeRE = regexp.MustCompile(`(?:由|[^自服]从|^从)$`)

// notTimeRE is what follows a year that is no time of a target: 自2022年起, 在2020年基础上.
var notTimeRE = regexp.MustCompile(`^(?:起|的?基础上|为基|价格|不变价|水平|标准)`)

// strivesRE tells an aim, whatever the year.
var strivesRE = regexp.MustCompile(`力争|争取|确保|预期目标`)

// lastOnlyRE is what follows 去年 where it is only compared with.
var lastOnlyRE = regexp.MustCompile(`^(?:同期|水平|实际|底|末|的|基础|相比|持平)`)

// alonePace is a number alone behind 年均: 新增5万人，年均1万人.
var alonePace = regexp.MustCompile(`^\d`)

// paceOnlyRE is what follows 年均 or 每年 where it is a rate of growth, not so much a year.
var paceOnlyRE = regexp.MustCompile(`^(?:值|(?:分别)?(?:增长|递增|提高|增速|增加|提升|下降|降低|减少)(?:率|幅)?[^，。；\d]{0,8}\d[\d.]*(?:[-至到]\d[\d.]*)?(?:%|‰|个?百分点|倍))`)

// when is the time a target is said for.
type when struct {
	year   string // "2025", Annual, or empty: no time said
	period bool   // a span of years: a flow over it is a total
	said   bool
	loose  bool // 五年, 三年: which ones the section says
	alone  bool // 2024年, without 到 or 底: what that year alone brings
	past   bool // a time at or before the plan's base year
	base   string
	first  string // the first year of a span
	guess  bool   // past only because the plan aims at a later year
}

var whenRE = regexp.MustCompile(`(?P<end>` + fiveYears + `(?:规划)?(?:期)?末(?:期|年)?)|(?P<period>` + fiveYears + `(?:规划)?(?:时期|期间|期内|以来|五年))|(?P<span>20\d\d年?[-至到](?:20)?\d\d年(?:期间|间)?)|(?P<compare>(?:低于|少于|高于|超过|相当于)20\d\d年(?:底|末)?(?:的|水平)|` + thanTime + `)|(?P<from>` + fromYearsRE + `)|(?P<since>20\d\d年以来)|(?P<year>20\d\d年(?:年?底|末|前|内|中)?)|(?P<annual>每年度?|年均|逐年|每学年|各年度)|(?P<last>(?:去年|过去的?一年|上年度?)(?:全年)?)|(?P<months>[1-9]-\d{1,2}月份?|前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个(?:月|季度)|前三季度|(?:今年以来|截至目前))|(?P<now>今年|全年|本年度|当年)|(?P<years>(?:未来|今后|连续|利?用)?(?:规划期|五年|5年|三年|3年|两年)(?:左右)?的?(?:内|间|时间|来|累计|共计)?|(?:连续|利?用)[24四]年(?:左右)?的?(?:内|时间)?|(?:经过|通过|用)?(?:\d-\d|[三五两]|[三3]-?至?[五5]|\d)年(?:左右)?的?努力)`)

// memo keeps the times found from one place of a text on, since every number of a sentence asks for them.
type memo struct {
	s      string
	a, end int
	found  [][]int
}

// times finds the times said in s[a:at].
func (h horizon) times(s string, a, at int) [][]int {
	m := h.memo
	if m == nil || at-a > 3*longest {
		return whenRE.FindAllStringSubmatchIndex(s[a:at], -1)
	}
	if m.a != a || at > m.end || len(m.s) != len(s) || m.s != s {
		*m = memo{s: s, a: a, end: min(len(s), a+3*longest)}
		m.found = whenRE.FindAllStringSubmatchIndex(s[a:m.end], -1)
	}
	for i, f := range m.found {
		if a+f[1] > at { // the last one may be shorter here
			cut := a + f[0]
			if cut >= at {
				return m.found[:i]
			}
			found := m.found[:i:i]
			for _, last := range whenRE.FindAllStringSubmatchIndex(s[cut:at], -1) {
				for k := range last {
					if last[k] >= 0 {
						last[k] += f[0]
					}
				}
				found = append(found, last)
			}
			return found
		}
	}
	return m.found
}

// when reads the last time said in s[a:at]; carried is what was said before. 每年 at the head of a clause holds for those
// after it, elsewhere only for its own and for 其中.
func (h horizon) when(s string, a, at int, carried when) when {
	w, each := h.scan(s, a, at, carried)
	if each {
		return when{year: Annual, said: true, past: w.past, base: w.base}
	}
	return w
}

// scan is when with 每年 told apart.
func (h horizon) scan(s string, a, at int, carried when) (w when, each bool) {
	w = carried
	names := whenRE.SubexpNames()
	for _, m := range h.times(s, a, at) {
		text := s[a+m[0] : a+m[1]]
		kind := ""
		for i := 1; i < len(names); i++ {
			if m[2*i] >= 0 {
				kind = names[i]
			}
		}
		base := w.base
		switch kind {
		case "end", "period":
			if baseTimeRE.MatchString(s[:a+m[0]]) {
				continue
			}
			end := periodOf(text)
			w = when{year: strconv.Itoa(end), period: kind == "period", said: true, past: h.first > 0 && end <= h.first}
		case "span":
			years := digitsRE.FindAllString(text, -1)
			last := years[len(years)-1]
			if len(last) == 2 {
				last = "20" + last
			}
			n, _ := strconv.Atoi(last)
			w = when{year: last, period: true, said: true, past: h.past(n) && !(h.first == 0 && h.issued == 0 && h.ahead), first: years[0]}
		case "compare":
			if y := yearRE.FindString(text); y != "" {
				w.base = y[:4]
			} else if end := periodOf(text); end > 0 {
				w.base = strconv.Itoa(end)
			}
			continue
		case "from":
			w = when{year: strconv.Itoa(fromYears(text)), period: true, said: true}
			w.past = h.past(fromYears(text))
		case "since":
			w = when{said: true, period: h.many(), past: true}
		case "year":
			if notTimeRE.MatchString(s[a+m[1]:]) || baseTimeRE.MatchString(s[:a+m[0]]) {
				continue // 自2022年起; 由2020年的3%提高到5%
			}
			n, _ := strconv.Atoi(text[:4])
			w = when{year: text[:4], said: true, past: h.past(n) && !h.aimed(s[:a+m[0]]), alone: len(text) == len("2025年") && !untilRE.MatchString(s[:a+m[0]])}
			if asOfRE.MatchString(s[:a+m[0]]) {
				w.past, w.alone = true, false
			} else if w.guess = w.past && h.first == 0 && h.issued == 0 && h.ahead; w.past && h.first == 0 && h.issued == 0 && strivesRE.MatchString(s[a:at]) {
				w.past = false
			}
		case "annual":
			if perHeadRE.MatchString(s[:a+m[0]]) { // 每人每年6000元
				continue
			}
			if paceOnlyRE.MatchString(s[a+m[1]:]) {
				continue
			}
			each = true
			head := headOnly(s[a:a+m[0]]) || strings.HasSuffix(s[:a+m[0]], "，") || strings.HasSuffix(s[:a+m[0]], "。") || strings.HasSuffix(s[:a+m[0]], "；")
			if rest := s[a+m[1] : at]; text == "年均" && alonePace.MatchString(rest) || !head {
				if i := strings.Index(outside(rest), "，"); i >= 0 && !strings.HasPrefix(rest[i:], "，其中") {
					each = false
				}
			}
			continue
		case "months": // 1-6月: of a year that runs
			w = when{said: true, past: true}
			if h.last > 0 {
				w.year = strconv.Itoa(h.last)
			}
		case "last":
			if strings.HasSuffix(s[:a+m[0]], "以") && strings.HasPrefix(text, "上") { // 2家以上年销售收入达…
				continue
			}
			if lastOnlyRE.MatchString(s[a+m[1]:]) || h.many() {
				continue
			}
			w = when{said: true, past: true}
			if h.last > 0 {
				w.year = strconv.Itoa(h.last - 1)
			}
		case "now":
			if h.last > 0 && !h.many() && (text == "今年" || !w.said) { // not 2024年全年
				w = when{year: strconv.Itoa(h.last), said: true}
			}
		case "years":
			if !span(s, a+m[0], a+m[1]) {
				continue
			}
			if w.said && w.past {
				w.period = true
				continue
			}
			w = when{period: true, said: true, loose: true}
			if h.last > 0 {
				w.year = strconv.Itoa(h.last)
			}
			if strings.HasSuffix(text, "来") && !strings.HasPrefix(text, "未来") && h.first > 0 { // 五年来
				w = when{year: strconv.Itoa(h.first), period: true, said: true, past: true}
			}
		}
		w.base = base
		each = false
	}
	return w, each
}

// headOnly reports whether nothing but a time, an area and adverbs stand before a word in its clause: 到2030年，全市每年…
func headOnly(s string) bool {
	if i := strings.LastIndex(s, "，"); i >= 0 {
		s = s[i+len("，"):]
	}
	return bare(strings.TrimSuffix(s, "平均")) == ""
}

// aimed reports whether a year that nothing dates is written as an aim: 到2027年.
func (h horizon) aimed(before string) bool {
	return h.first == 0 && h.issued == 0 && (strings.HasSuffix(before, "到") || strings.HasSuffix(before, "至") && !strings.HasSuffix(before, "截至"))
}

var leadsRE = regexp.MustCompile(`(?:预计|力争|争取|计划|确保|通过|经过|用|在|是|为)$`)

// span reports whether 三年, 五年 … at s[i:k] is the time of what follows, not a length of something: 运营三年以上, 三年行动.
func span(s string, i, k int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	if strings.HasSuffix(s[i:k], "年内") && !strings.ContainsRune("业校后证起立册满过", before) && actsRE.MatchString(s[k:min(len(s), k+60)]) {
		return true // 全市两年内建成5个
	}
	if i > 0 && !strings.ContainsRune("，。；：", before) && !leadsRE.MatchString(s[max(0, i-9):i]) {
		return false
	}
	for _, word := range []string{"以上", "以下", "及", "制", "行动", "计划", "规划", "的", "以内", "期", "前"} {
		if strings.HasPrefix(s[k:], word) {
			return false
		}
	}
	return true
}

// lead is the time said in the words before a colon or alone in a clause: 到2025年，要实现以下目标：
var bareTime = regexp.MustCompile(`^(?:力争|争取|确保|计划|预计|努力)?(?:到|至|在|于|截至|截止)?(?:` + fiveYears + `(?:规划)?(?:期末|末期|末|时期|期间|期内)|20\d\d年(?:年?底|末|前)?|20\d\d年?[-至到](?:20)?\d\d年(?:期间)?)(?:内|间|前|止)?$`)
