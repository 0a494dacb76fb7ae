package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Half turns full-width signs into their usual ones, as rules and names are read.
func Half(s string) string { return half(s) }

// half turns full-width characters into their usual ones, one for one, so that columns stay true.
func half(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '　':
			return ' '
		case r == '、' || r == ';' || r == '；':
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
		names = append(names, strings.Split(k.zh, "|")...)
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
	dict   *Dictionary
	params map[string]*Parameter // those that are lists of words may stand for them
	text   []rune                // with half-width signs
	own    []rune                // as it is written: texts are compared so
	line   string                // text once more, and where in it each character begins
	begin  []int
	at     int
	twin   bool // a text is compared with another field, which a formula reads
}

func newReader(d *Dictionary, written string) reader {
	r := reader{dict: d, own: []rune(written), line: half(written)}
	r.text = []rune(r.line)
	r.begin = make([]int, 0, len(r.text)+1)
	for i := range r.line {
		r.begin = append(r.begin, i)
	}
	r.begin = append(r.begin, len(r.line))
	return r
}

func (r *reader) blanks() {
	for r.at < len(r.text) && unicode.IsSpace(r.text[r.at]) {
		r.at++
	}
}

func (r *reader) rest() string { r.blanks(); return r.line[r.begin[r.at]:] }

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
		if inWord(rest, len(w)) {
			continue
		}
		r.at += utf8.RuneCountInString(w)
		return true
	}
	return false
}

// inWord says whether a word of Latin letters goes on at a place.
func inWord(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	return latin(before) && latin(after)
}

func latin(r rune) bool { return r == '_' || r >= '0' && r <= '9' || unicode.Is(unicode.Latin, r) }

// stands says whether a name stands at the beginning, as a word of its own.
func stands(rest, name string) bool {
	return len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) && !inWord(rest, len(name))
}

// name moves over the longest field name that stands here.
func (r *reader) name() (id int, ok bool) {
	rest, best := r.rest(), ""
	for _, s := range r.dict.spelt {
		if len(s.name) > len(best) && stands(rest, s.name) {
			best, id = s.name, s.id
		}
	}
	r.at += utf8.RuneCountInString(best)
	return id, best != ""
}

// operators, longer words before the shorter ones they begin with.
var operators = []struct {
	op    op
	words []string
}{
	{opGe, []string{">=", "=>", "≥", "不少于", "不低于", "不小于", "不早于", "大于等于", "大于或等于", "至少", "满", "at least", "at_least", "not before", "on or after", "not less than", "no less than"}},
	{opLe, []string{"<=", "=<", "≤", "不超过", "不多于", "不大于", "不高于", "不晚于", "小于等于", "小于或等于", "至多", "at most", "at_most", "not after", "on or before", "not more than", "no more than", "up to"}},
	{opNe, []string{"!=", "<>", "≠", "不等于", "不为", "不是", "is not"}},
	{opNotIn, []string{"不属于", "not in", "not_in"}}, {opIn, []string{"属于", "in", "one of"}},
	{opOutside, []string{"不介于", "not between"}}, {opBetween, []string{"介于", "between"}},
	{opNotStarts, []string{"开头不为", "does not start with"}}, {opStarts, []string{"开头为", "starts with", "starts_with"}},
	{opNotEnds, []string{"结尾不为", "does not end with"}}, {opEnds, []string{"结尾为", "ends with", "ends_with"}},
	{opNotHas, []string{"不包含", "does not contain"}}, {opHas, []string{"包含", "contains"}},
	{opGt, []string{">", "大于", "多于", "超过", "高于", "晚于", "after", "more than", "greater than", "over", "above"}},
	{opLt, []string{"<", "少于", "小于", "低于", "早于", "不足", "不满", "before", "less than", "under", "below"}},
	{opEq, []string{"==", "=", "等于", "为", "是", "is", "equals"}},
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
	f := &r.dict.Fields[id]
	bad := 0
	for i, kind := range f.kinds() { // a field of a file is taken for what the line needs
		as := *f
		as.Type = kind
		made := leaf{field: id, as: kind, low: operand{field: -1}, high: operand{field: -1}}
		r.at = after
		why := r.compares(&made, &as)
		switch {
		case why == "":
			return made, ""
		case i == 0:
			l.field, l.as, bad, err = id, kind, r.at, why
		}
	}
	r.at = bad
	return l, err
}

// kinds are what a field may be taken for, the likeliest first.
func (f *Field) kinds() []Type {
	if !f.Guessed || f.Type == Choice {
		return []Type{f.Type}
	}
	return append([]Type{f.Type}, slices.DeleteFunc([]Type{Number, Date, Bool, Text}, func(t Type) bool { return t == f.Type })...)
}

// compares reads what stands behind the field.
func (r *reader) compares(l *leaf, f *Field) (err string) {
	if f.Type == Bool {
		return r.yesNo(l, f)
	}
	if f.Type == Date && r.within(l) {
		return r.end(f)
	}
	if !r.operator(l) {
		return fmt.Sprintf("“%s”后面应写比较，如“%s”，您写的是“%s”", f.Zh, example(f), r.word())
	}
	if f.Type == Choice && (l.op == opHas || l.op == opNotHas) {
		l.op -= opHas - opIn
	}
	if bad := unfit(f, l.op); bad != "" {
		return bad
	}
	switch {
	case f.Type == Choice:
		err = r.choices(l, f)
	case f.Type == Text, l.op >= opStarts:
		err = r.strings(l)
	case (l.op == opIn || l.op == opNotIn) && r.dots():
		l.op += opBetween - opIn
		err = r.thresholds(l, f)
	case l.op == opIn || l.op == opNotIn:
		err = r.numbers(l, f)
	default:
		err = r.thresholds(l, f)
	}
	if err != "" {
		return err
	}
	return r.end(f)
}

// sign says whether an operator or 是, 否, 在 stands here.
func (r *reader) sign() bool {
	at := r.at
	defer func() { r.at = at }()
	var l leaf
	return r.operator(&l) || r.take("否", "在", "近")
}

func (r *reader) operator(l *leaf) bool {
	start := r.at
	if r.take("is", "are") { // is at least 3, is not in [a, b]
		if r.compareWord(l) && l.op != opEq {
			return true
		}
		r.at = start
	}
	return r.compareWord(l)
}

// dots says whether a range of figures stands here as a list, 18..26, and makes a sign of the dots.
func (r *reader) dots() bool {
	at := strings.Index(r.rest(), "..")
	if at < 1 || strings.ContainsAny(r.rest()[:at], ",\"'") {
		return false
	}
	place := r.at + utf8.RuneCountInString(r.rest()[:at])
	made := newReader(r.dict, string(r.own[:place])+" ~"+string(r.own[place+2:]))
	r.text, r.own, r.line, r.begin = made.text, made.own, made.line, made.begin
	return true
}

func (r *reader) compareWord(l *leaf) bool {
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
		r.take("==", "=", "等于", "为", "is", "equals")
	}
	switch {
	case r.take("是", "yes", "true", "1"):
	case r.take("否", "no", "false", "0"):
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
	starts := o >= opStarts
	switch {
	case f.Type == Choice && (ordered || starts):
		return fmt.Sprintf("“%s”是分类，应用“属于”或“不属于”，可写：%s", f.Zh, f.list(1<<len(f.Values)-1, "、", false))
	case f.Type == Text && ordered:
		return fmt.Sprintf("“%s”是文字，应用“属于”“等于”或“开头为”", f.Zh)
	case (f.Type == Number || f.Type == Date) && starts:
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

// readNumber reads the decimal that a text begins with, in millionths.
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
	if digits == "" || len(digits) > 12 || len(fraction) > 6 {
		return 0, s, false
	}
	n, err := strconv.ParseInt(digits+fraction+strings.Repeat("0", 6-len(fraction)), 10, 64)
	return n, s[end:], err == nil
}

var dayText = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)`)

// readDay reads the date that a text begins with: 2025-09-01, 2025/9/1, 2025.9.1, 2025年9月1日.
func readDay(s string) (d Day, rest string, ok bool) {
	m := dayText.FindStringSubmatch(s)
	if m == nil || len(s) > len(m[0]) && s[len(m[0])] >= '0' && s[len(m[0])] <= '9' {
		return 0, s, false
	}
	if mark := s[4]; (mark == '/' || mark == '.') && (s[:2] < "19" || s[:2] > "21") { // 1000/2/5 is a quotient
		return 0, s, false
	}
	d, ok = dayOf(m[1], m[2]+m[4]+m[6]+m[8], m[3]+m[5]+m[7]+m[9])
	return d, s[len(m[0]):], ok
}

// dayOf is the day of a year, a month and a day in digits.
func dayOf(year, month, day string) (Day, bool) {
	y, _ := strconv.ParseInt(year, 10, 64)
	m, _ := strconv.ParseInt(month, 10, 64)
	d, _ := strconv.ParseInt(day, 10, 64)
	if m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, false
	}
	return civil(y, m, d), true
}
