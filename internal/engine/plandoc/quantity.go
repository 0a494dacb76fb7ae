package plandoc

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// quantity is a number with its measure in a sentence; a and b are its first and last byte (with 以上, 左右 behind it).
type quantity struct {
	a, b        int
	value, unit string
	after       string // 以上, 左右 …
	ranged      bool
	more        bool // 余, 多
}

// around is what is said behind the number, 余 where it is only a little more.
func (q quantity) around() string {
	if q.more {
		return "余"
	}
	return q.after
}

// forms are the ways a number with its measure is written; the first that fits holds. need is a text without which none is there.
var forms = []struct {
	need string
	re   *regexp.Regexp
}{
	{"", regexp.MustCompile(`(?P<n>\d{1,12}(?:\.\d{1,6})?)%?(?:[-至到](?P<to>\d{1,12}(?:\.\d{1,6})?))?(?:(?P<scale>万|亿|千|百|十)?(?P<more>余|多))?(?P<unit>` + unitWord + `)(?:\(含\))?(?P<after>(?:及|的目标|的范围|(?:的)?(?:目标|控制|预期)(?:值|线)?)?(?:范围之?内|以上|以内|以下|之内|之上|左右|上下))?`)},
	// Shares and ratios have no measure: 比例达到1/3, 收入比缩小到2.5：1以内, 由28%提高到三分之一, 12/10万.
	{"", regexp.MustCompile(`(?:比例|比重|占比|比|倍率|系数|指数)(?:达到|达|超过|控制在|保持在|稳定在|(?:缩小|降低|下降|减少|收窄|提高|上升|回落|压缩)(?:到|至)|降至|升至|不低于|不高于|在|为|约)*(?P<n>\d{1,2}/\d{1,2}|\d+(?:\.\d+)?)(?P<one>：1)?(?P<after>以上|以内|以下|左右)?`)},
	{"：", regexp.MustCompile(`(?:率|比|比例|比值)(?:达到|达|不低于|超过|控制在|为|到|约)*(?P<n>\d{1,2}：\d{1,2})(?P<after>以上|以内|以下|左右)?`)},
	{"分之", regexp.MustCompile(`(?P<n>[二三四五六七八九十]分之[一二两三四五六七八九])(?P<after>以上|以内|以下|左右)?`)},
	{"/10万", regexp.MustCompile(`(?P<n>\d+(?:\.\d+)?)(?P<unit>/10万)(?P<after>以上|以内|以下|左右)?`)},
	// Numbers in characters count only with a word of comparison: 百名以上, 至少两家; 一倍 always does.
	{"", regexp.MustCompile(`(?P<n>[一二两三四五六七八九十百千万]{1,4})(?P<unit>名|人次|人|家|个|户|所|万人)(?P<after>以上|左右|以内)`)},
	{"", regexp.MustCompile(`(?:至少|不少于|不低于|超过|突破)[^，。；、\d]{0,6}?(?P<n>[一二两三四五六七八九十百千]{1,3})(?P<unit>名|人次|家|个|户|所)`)},
	{"", regexp.MustCompile(`(?:建成|新建|完成|改造|新增|打通|维修)(?P<n>[两三四五六七八九十]{1,3})(?P<unit>处|所|座|条|栋|公里)`)},
	{"倍", regexp.MustCompile(`(?:增长|提高|增加|提升|扩大)(?:了|约|近|超过|不少于)?(?P<n>[一两二三四五])(?P<unit>倍)(?P<after>以上|左右)?`)},
}

var (
	measureNext = regexp.MustCompile(`^(?:[\d.%‰/：]|` + measure + `|百|千|万|亿|多|余|-|至|到)`)
	// spans in which numbers are names or references: 《…》, (…), short quoted names.
	referRE = regexp.MustCompile(`《[^》]{0,120}》|\([^()]{0,160}\)|"[^"]{1,24}"|\[[^\]]{0,12}\]\d*号?`)
)

// noMeasure are units that date or order things, or measure what no target does.
var noMeasure = map[string]bool{"年": true, "个月": true, "个工作日": true, "月": true, "日": true, "天": true, "小时": true, "分钟": true, "号": true, "点": true, "分": true,
	"周": true, "班": true, "站": true, "部": true, "起": true, "类": true, "种": true, "份": true, "万": true, "亿": true, "千": true, "部门": true, "百": true}

// quantities finds the numbers with measures in s[a:b], outside of brackets and titles.
func quantities(s string, a, b int) []quantity {
	part := s[a:b]
	hidden := referRE.FindAllStringIndex(part, -1)
	in := func(i int) bool {
		for _, h := range hidden {
			if i >= h[0] && i < h[1] {
				return true
			}
		}
		return false
	}
	var out []quantity
	for _, f := range forms {
		if !strings.Contains(part, f.need) {
			continue
		}
		for _, m := range f.re.FindAllStringSubmatchIndex(part, -1) {
			at := func(name string) (a, b int) {
				i := 2 * f.re.SubexpIndex(name)
				if i < 0 {
					return -1, -1
				}
				return m[i], m[i+1]
			}
			get := func(name string) string {
				if i, k := at(name); i >= 0 {
					return part[i:k]
				}
				return ""
			}
			n, end := at("n")
			value, ok := numberOf(part[n:end])
			q := quantity{a: a + n, b: a + m[1], value: value, unit: get("scale") + strings.Replace(get("unit"), "人(次)", "人次", 1), after: get("after")} // 23万余名
			switch {
			case !ok || in(m[0]) || in(n) || joined(part[:n]) || overlaps(out, q.a) || overlaps(out, q.b-1):
				continue
			case strings.Contains(q.value, "："):
				if strings.HasPrefix(part[m[1]:], "：") || strings.HasSuffix(q.value, "：1") && !strings.HasPrefix(q.value, "1：") {
					continue // 高、中、初级比例1：4：5; 2.5：1
				}
				q.value = strings.Replace(q.value, "：", ":", 1)
			case q.unit == "" && get("one") != "":
				q.unit = ":1"
			case q.unit == "" && measureNext.MatchString(part[end:]):
				continue
			}
			if to := get("to"); to != "" {
				q.value, q.ranged = q.value+"-"+to, true
			}
			if q.after == "" && get("more") != "" {
				q.after, q.more = "以上", true // 8700余人
			}
			out = append(out, q)
		}
	}
	sortQuantities(out)
	return ranges(s, out)
}

// ranges puts 4个至6个 together.
func ranges(s string, in []quantity) []quantity {
	var out []quantity
	for _, q := range in {
		if n := len(out); n > 0 && !out[n-1].ranged && out[n-1].unit == q.unit && out[n-1].after == "" {
			last := out[n-1]
			if between := s[last.b:q.a]; (between == "至" || between == "到" || between == "-") && !strings.HasSuffix(s[:last.a], "由") && !strings.HasSuffix(s[:last.a], "从") {
				q.a, q.value, q.ranged = last.a, last.value+"-"+q.value, true
				out[n-1] = q
				continue
			}
		}
		out = append(out, q)
	}
	return out
}

// numberOf writes a number in figures: 三分之一 as 1/3, 百 as 100.
func numberOf(s string) (string, bool) {
	if digit(rune(s[0])) {
		return s, true
	}
	if below, above, ok := strings.Cut(s, "分之"); ok {
		b, _ := hanInt(below)
		a, _ := hanInt(above)
		return strconv.Itoa(a) + "/" + strconv.Itoa(b), true
	}
	n, ok := hanInt(s)
	return strconv.Itoa(n), ok
}

func overlaps(qs []quantity, at int) bool {
	for _, q := range qs {
		if at >= q.a && at < q.b {
			return true
		}
	}
	return false
}

func sortQuantities(qs []quantity) {
	for i := 1; i < len(qs); i++ {
		for k := i; k > 0 && qs[k].a < qs[k-1].a; k-- {
			qs[k], qs[k-1] = qs[k-1], qs[k]
		}
	}
}

// joined reports whether a number goes on with what stands before it (1+X, 5G, T3, 第3).
func joined(before string) bool {
	r, w := utf8.DecodeLastRuneInString(before)
	if letter(r) || r == '+' || r == '/' || r == '第' || r == '.' || digit(r) || r == '×' {
		return true
	}
	if r == '-' { // a minus sign stands behind a word, a dash behind a letter or figure
		p, _ := utf8.DecodeLastRuneInString(before[:len(before)-w])
		return letter(p) || digit(p)
	}
	return false
}

var oneFigure = regexp.MustCompile(`^\d{1,2}(?:\D|$)`)

// ratioColon reports whether a colon stands in a ratio: 2.5：1.
func ratioColon(before, after string) bool {
	return before != "" && digit(rune(before[len(before)-1])) && oneFigure.MatchString(after)
}

// clause is a piece of a sentence between commas.
type clause struct{ a, b int }

// clauses parts s[a:b] at commas and colons outside brackets and quotation marks.
func clauses(s string, a, b int) []clause {
	var out []clause
	start, depth, quoted := a, 0, false
	for i, r := range s[a:b] {
		switch r {
		case '(', '《':
			depth++
		case ')', '》':
			depth = max(0, depth-1)
		case '"':
			quoted = !quoted
		case '，', '：':
			if r == '：' && ratioColon(s[:a+i], s[a+i+len("："):]) {
				continue
			}
			if depth == 0 && !(quoted && strings.Contains(s[a+i:min(b, a+i+60)], `"`)) {
				if a+i > start {
					out = append(out, clause{start, a + i})
				}
				start = a + i + len(string(r))
				quoted = false
			}
		}
	}
	if b > start {
		out = append(out, clause{start, b})
	}
	return out
}

// longest is more bytes than a piece of a sentence has; a longer one is cut, so that odd texts cost no more than long ones.
const longest = 1500

// sentences parts a text at 。！？ and then at ；, giving groups of pieces: a time said in one piece holds for the next.
func sentences(s string) [][]clause {
	var out [][]clause
	var group []clause
	start := 0
	for i, r := range s {
		end := r == '。' || r == '！' || r == '？' || r == '…'
		if !end && r != '；' && (i-start < longest || r != '，' && i-start < 2*longest) {
			continue
		}
		if i > start {
			group = append(group, clause{start, i})
		}
		start = i + len(string(r))
		if end && group != nil {
			out = append(out, group)
			group = nil
		}
	}
	if start < len(s) {
		group = append(group, clause{start, len(s)})
	}
	if group != nil {
		out = append(out, group)
	}
	return out
}
