package rule

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// half turns full-width characters into their usual ones, one for one, so that columns stay true.
func half(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '　':
			return ' '
		case r == '、':
			return ','
		case r == '【':
			return '['
		case r == '】':
			return ']'
		case r == '“' || r == '”':
			return '"'
		case r >= '！' && r <= '～':
			return r - 0xfee0
		}
		return r
	}, s)
}

var fullColon = regexp.MustCompile(`(?m)^([ ]*(?:- +)*)((?:` + strings.Join(colonKeys(), "|") + `|至少[ 0-9０-９]+[项条]?))：[ 　]*`)

func colonKeys() []string {
	names := []string{"文件", "条款", "原文", "从", "到", "说明", "金额", "部门", "渠道", "材料", "期限", "下一步"}
	for _, k := range documentKeys() {
		names = append(names, k.zh)
	}
	for word := range connectives {
		names = append(names, word)
	}
	return names
}

// halfKeys lets a known key end in a full-width colon, and keeps colons and commas within brackets, 存在(合同: 期限 > 6), from
// being read by yaml.
func halfKeys(text []byte) []byte {
	text = fullColon.ReplaceAll(text, []byte("$1$2: "))
	var out strings.Builder
	depth, braces, runes := 0, 0, []rune(string(text))
	for i, c := range runes {
		switch {
		case c == '\n':
			depth = 0
		case c == '{':
			braces++
		case c == '}':
			braces--
		case c == ',' && depth > 0 && braces > 0: // {金额: 最小值(月薪, 2000)}
			c = '，'
		case c == '(' || c == '（':
			depth++
		case c == ')' || c == '）':
			depth--
		case c == ':' && depth > 0 && i+1 < len(runes) && runes[i+1] == ' ':
			c = '：'
		}
		out.WriteRune(c)
	}
	return []byte(out.String())
}

// reader reads one comparison; at is the place it has come to, in characters.
type reader struct {
	dict *Dictionary
	text []rune
	at   int
}

func (r *reader) blanks() {
	for r.at < len(r.text) && unicode.IsSpace(r.text[r.at]) {
		r.at++
	}
}

func (r *reader) rest() string { r.blanks(); return string(r.text[r.at:]) }

// word is what stands at the place up to the next blank or sign, for error messages.
func (r *reader) word() string {
	r.blanks()
	end := r.at
	for end < len(r.text) && !unicode.IsSpace(r.text[end]) && !strings.ContainsRune("<>=!≥≤≠[](),:", r.text[end]) {
		end++
	}
	return string(r.text[r.at:end])
}

// take moves over one of some words, if it stands here and, being of Latin letters, ends here.
func (r *reader) take(words ...string) bool {
	rest := r.rest()
	for _, w := range words {
		if len(rest) < len(w) || !strings.EqualFold(rest[:len(w)], w) {
			continue
		}
		if tail := rest[len(w):]; latin(w[len(w)-1]) && tail != "" && latin(tail[0]) {
			continue
		}
		r.at += len([]rune(w))
		return true
	}
	return false
}

func latin(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// name moves over the longest field name that stands here.
func (r *reader) name() (id int, ok bool) {
	rest, best, found := r.rest(), "", 0
	for i, f := range r.dict.Fields {
		for _, n := range []string{f.Zh, f.En} {
			if len(n) > len(best) && len(rest) >= len(n) && strings.EqualFold(rest[:len(n)], n) &&
				!(latin(n[len(n)-1]) && len(rest) > len(n) && latin(rest[len(n)])) {
				best, found = n, i
			}
		}
	}
	if best == "" {
		return 0, false
	}
	r.at += len([]rune(best))
	return found, true
}

// operators, longer words before the shorter ones they begin with.
var operators = []struct {
	op    op
	words []string
}{
	{opGe, []string{">=", "=>", "≥", "不少于", "不低于", "不小于", "不早于", "大于等于", "至少", "满", "at least", "not before"}},
	{opLe, []string{"<=", "=<", "≤", "不超过", "不多于", "不大于", "不高于", "不晚于", "小于等于", "至多", "at most", "not after"}},
	{opNe, []string{"!=", "<>", "≠", "不等于", "不为", "不是", "is not"}},
	{opNotIn, []string{"不属于", "not in"}}, {opIn, []string{"属于", "in"}},
	{opOutside, []string{"不介于", "not between"}}, {opBetween, []string{"介于", "between"}},
	{opNotStarts, []string{"开头不为"}}, {opStarts, []string{"开头为", "starts with"}},
	{opGt, []string{">", "大于", "多于", "超过", "高于", "晚于", "after"}},
	{opLt, []string{"<", "少于", "小于", "低于", "早于", "不足", "不满", "before"}},
	{opEq, []string{"==", "=", "等于", "为", "是", "is"}},
}

// leaf reads a whole comparison. The error is a sentence for the person; the place is r.at.
func (r *reader) leaf() (l leaf, err string) {
	l.low.field, l.high.field = -1, -1
	start := r.at
	word := r.word()
	id, known := r.name()
	after := r.at
	if known && r.at < len(r.text) && word != "" && !unicode.IsSpace(r.text[r.at]) && !r.sign() {
		known = false // a longer word that only begins like a field
	}
	if !known {
		r.at = start
		r.blanks()
		if word == "" {
			return l, "条件应以字段名开头，如“失业月数 >= 12”"
		}
		return l, fmt.Sprintf("不认识的字段“%s”%s", word, maybe(r.dict.Nearest(word)))
	}
	r.at = after
	l.field = id
	f := &r.dict.Fields[id]
	if f.Type == Bool {
		return l, r.yesNo(&l, f)
	}
	if f.Type == Date && r.within(&l) {
		return l, r.end(f)
	}
	if !r.operator(&l) {
		return l, fmt.Sprintf("“%s”后面应写比较，如“%s”，您写的是“%s”", f.Zh, example(f), r.word())
	}
	if bad := unfit(f, l.op); bad != "" {
		return l, bad
	}
	switch {
	case f.Type == Choice:
		err = r.choices(&l, f)
	case f.Type == Text, l.op == opStarts, l.op == opNotStarts:
		err = r.strings(&l)
	default:
		err = r.thresholds(&l, f)
	}
	if err != "" {
		return l, err
	}
	return l, r.end(f)
}

// sign says whether an operator or 是, 否, 在 stands here.
func (r *reader) sign() bool {
	at := r.at
	defer func() { r.at = at }()
	var l leaf
	return r.operator(&l) || r.take("否", "在", "近")
}

func (r *reader) operator(l *leaf) bool {
	for _, o := range operators {
		if r.take(o.words...) {
			l.op = o.op
			return true
		}
	}
	return false
}

func (r *reader) end(f *Field) string {
	if rest := r.rest(); rest != "" {
		return fmt.Sprintf("“%s”的条件写到这里应当结束，多出了“%s”。一条只写一个比较，几条请分行", f.Zh, rest)
	}
	return ""
}

func (r *reader) yesNo(l *leaf, f *Field) string {
	l.low.n, l.op = 1, opEq
	if r.rest() == "" {
		return ""
	}
	negate := r.take("!=", "≠", "不等于", "不是", "is not")
	if !negate {
		r.take("==", "=", "等于", "为", "is")
	}
	switch {
	case r.take("是", "yes", "true"):
	case r.take("否", "no", "false"):
		l.op = opNe
	default:
		return fmt.Sprintf("“%s”只能是“是”或“否”，您写的是“%s”", f.Zh, r.word())
	}
	if negate {
		l.op = l.op.not()
	}
	return r.end(f)
}

// unfit refuses operators that make no sense for a field's type.
func unfit(f *Field, o op) string {
	ordered := o >= opLt && o <= opLe || o == opBetween || o == opOutside
	starts := o == opStarts || o == opNotStarts
	switch {
	case f.Guessed && f.Type == Number && starts: // a code that looks like a number
		return ""
	case f.Type == Choice && (ordered || starts):
		return fmt.Sprintf("“%s”是分类，应用“属于”或“不属于”，可写：%s", f.Zh, f.list(1<<len(f.Values)-1, "、", false))
	case f.Type == Text && ordered:
		return fmt.Sprintf("“%s”是文字，应用“属于”“等于”或“开头为”", f.Zh)
	case (f.Type == Number || f.Type == Date) && (starts || o == opIn || o == opNotIn):
		return fmt.Sprintf("“%s”是%s，应用 >=、<、介于 等比较", f.Zh, either(f.Type == Date, "日期", "数字"))
	}
	return ""
}

func example(f *Field) string {
	switch f.Type {
	case Number:
		return f.Zh + " >= 12"
	case Date:
		return f.Zh + " >= 今天 - 2 年"
	case Choice:
		return f.Zh + " 属于 [" + f.Values[0].Zh + "]"
	}
	return f.Zh + " = 文字"
}

// readNumber reads the decimal that a text begins with, in ten-thousandths.
func readNumber(s string) (n int64, rest string, ok bool) {
	end, point := 0, -1
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.' && point < 0 && end > 0) {
		if s[end] == '.' {
			point = end
		}
		end++
	}
	digits := s[:end]
	fraction := ""
	if point >= 0 {
		digits, fraction = s[:point], s[point+1:end]
	}
	if digits == "" || len(digits) > 14 || len(fraction) > 4 {
		return 0, s, false
	}
	n, err := strconv.ParseInt(digits+fraction+strings.Repeat("0", 4-len(fraction)), 10, 64)
	return n, s[end:], err == nil
}

var dayText = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})日)`)

// readDay reads the date that a text begins with.
func readDay(s string) (d Day, rest string, ok bool) {
	m := dayText.FindStringSubmatch(s)
	if m == nil {
		return 0, s, false
	}
	y, _ := strconv.ParseInt(m[1], 10, 64)
	mo, _ := strconv.ParseInt(m[2]+m[4], 10, 64)
	day, _ := strconv.ParseInt(m[3]+m[5], 10, 64)
	if mo < 1 || mo > 12 || day < 1 || day > daysIn(y, mo) {
		return 0, s, false
	}
	return civil(y, mo, day), s[len(m[0]):], true
}
