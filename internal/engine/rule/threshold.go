package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// thresholds reads one value, or two for a range.
func (r *reader) thresholds(l *leaf, f *Field) (err string) {
	open := (l.op == opBetween || l.op == opOutside) && r.take("[", "(")
	if l.low, err = r.operand(l, f); err != "" || l.op != opBetween && l.op != opOutside {
		return err
	}
	if !r.take("和", "至", "到", "~", "-", ",", "and", "to") {
		return fmt.Sprintf("范围应写成“%s 介于 16 和 59 之间”，这里缺“和”", f.Zh)
	}
	if l.high, err = r.operand(l, f); err != "" {
		return err
	}
	if r.take("之间"); open && !r.take("]", ")") {
		return "范围的括号没有合上"
	}
	if l.low.base == literal && l.high.base == literal && l.low.n > l.high.n {
		return "范围的前一个值比后一个大，请对调"
	}
	return ""
}

func (r *reader) operand(l *leaf, f *Field) (operand, string) {
	if f.Type == Date {
		return r.date(f)
	}
	o := operand{field: -1}
	negative := r.take("-")
	if f.Guessed && (l.op == opEq || l.op == opNe) && r.code() {
		return o, fmt.Sprintf("“%s”与编号比较", f.Zh)
	}
	if n, ok := r.grouped(); ok {
		factor, err := r.unit(f)
		if err != "" {
			return o, err
		}
		if n > 1<<62/factor {
			return o, fmt.Sprintf("“%s”的值太大", f.Zh)
		}
		o.n = n * factor
		if negative {
			o.n = -o.n
		}
		return o, ""
	}
	start := r.at
	if id, ok := r.name(); ok && !negative && r.dict.Fields[id].Type == Number {
		if r.dict.Fields[id].Unit != f.Unit {
			r.at = start
			return o, fmt.Sprintf("“%s”与“%s”单位不同，不能比较", f.Zh, r.dict.Fields[id].Zh)
		}
		o.base, o.field = other, id
		return o, ""
	}
	r.at = start
	return o, fmt.Sprintf("“%s”应与数字（单位%s）比较，您写的是“%s”%s", f.Zh, orNone(f.Unit.Zh), r.word(), maybe(r.numeric()))
}

func orNone(unit string) string {
	if unit == "" {
		return "无"
	}
	return "为" + unit
}

// numeric is the number field nearest to the word here, "" for none.
func (r *reader) numeric() string {
	id, ok := r.dict.ID(r.dict.Nearest(r.word()))
	if !ok || r.dict.Fields[id].Type != Number {
		return ""
	}
	return r.dict.Fields[id].Zh
}

func (r *reader) number() (int64, bool) {
	rest := r.rest()
	n, tail, ok := readNumber(rest)
	if ok {
		r.at += utf8.RuneCountInString(rest) - utf8.RuneCountInString(tail)
	}
	return n, ok
}

// grouped is number, also with its thousands apart: 1,500,000.
func (r *reader) grouped() (int64, bool) {
	m := groups.FindString(r.rest())
	if m == "" {
		return r.number()
	}
	n, _, ok := readNumber(strings.ReplaceAll(m, ",", ""))
	r.at += len(m)
	return n, ok
}

var groups = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+(?:\.\d+)?\b`)

// code says whether what looks like a number begins with a zero, as codes do: 007.
func (r *reader) code() bool {
	rest := r.rest()
	return len(rest) > 1 && rest[0] == '0' && rest[1] >= '0' && rest[1] <= '9'
}

// numbers reads the list of numbers or days of which the field should be one.
func (r *reader) numbers(l *leaf, f *Field) string {
	for _, w := range r.items() {
		inner := newReader(r.dict, w.text)
		if f.Guessed && f.Type == Number && inner.code() {
			return fmt.Sprintf("“%s”与编号比较", f.Zh)
		}
		o, err := inner.operand(l, f)
		if err == "" && (o.base != literal || inner.rest() != "") {
			err = fmt.Sprintf("“%s”的各项应是%s，您写的是“%s”", f.Zh, either(f.Type == Date, "日期", "数字"), w.text)
		}
		if err != "" {
			r.at = w.at
			return err
		}
		l.nums = append(l.nums, o.n)
	}
	if slices.Sort(l.nums); len(l.nums) == 0 {
		return fmt.Sprintf("“%s”后面应写几个值，如 [1, 2]", f.Zh)
	}
	return ""
}

// units that mean the same, the first being the name in dictionaries; from a longer unit by a factor.
var units = map[string][]struct {
	factor int64
	words  []string
}{
	"个月": {{12, []string{"年", "years", "year"}}, {1, []string{"个月", "月", "months", "month"}}},
	"周岁": {{1, []string{"周岁", "岁", "years of age", "years", "year"}}},
	"年":  {{1, []string{"年", "years", "year"}}},
	"元":  {{10_000, []string{"万元"}}, {1, []string{"元", "yuan", "rmb", "cny", "euro", "euros", "eur", "€", "dollars", "usd", "$"}}},
	"人":  {{1, []string{"人", "名", "people", "persons", "person"}}},
	"天":  {{1, []string{"天", "日", "days", "day"}}},
}

// UnitOf is a unit by any of its names: months is 个月. Money of any country counts like yuan, for nothing is exchanged.
func UnitOf(name string) Word {
	for _, u := range []struct{ zh, names string }{
		{"个月", "月 months month"}, {"年", "years year"}, {"周岁", "岁 age"}, {"天", "日 days day"}, {"人", "名 people persons person"},
		{"元", "yuan rmb cny euro euros eur € dollar dollars usd $ money"},
	} {
		names := strings.Fields(u.names)
		if strings.EqualFold(name, u.zh) || slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			return Word{u.zh, names[min(len(names)-1, either(u.zh == "个月" || u.zh == "周岁" || u.zh == "天" || u.zh == "人", 1, 0))]}
		}
	}
	return Word{name, name}
}

// guessedUnits are taken behind any number of a guessed field.
var guessedUnits = []struct {
	factor int64
	words  []string
}{{10_000, []string{"万元", "万"}}, {1, []string{"元", "yuan", "周岁", "岁", "years old", "years of age", "years", "year", "年", "个月", "月", "months", "month", "天", "日", "days", "day", "人", "名", "户", "次", "小时", "课时"}}}

// unit reads the unit behind a number and returns by what the number is to be multiplied.
func (r *reader) unit(f *Field) (int64, string) {
	known := units[f.Unit.Zh]
	if f.Guessed {
		known = guessedUnits
	}
	for _, u := range known {
		if r.take(u.words...) {
			return u.factor, ""
		}
	}
	if f.Unit.Zh != "" && r.take(f.Unit.Zh, f.Unit.En) {
		return 1, ""
	}
	if behind := r.at < len(r.text) && (unicode.IsSpace(r.text[r.at]) || strings.ContainsRune("€$£", r.text[r.at])); f.Guessed && behind && r.next() != "" { // euros, km; 2A is a code
		r.at += utf8.RuneCountInString(r.next())
		return 1, ""
	}
	if next := r.word(); next != "" && !strings.HasPrefix(next, "和") && !strings.HasPrefix(next, "至") && !strings.HasPrefix(next, "到") &&
		!strings.HasPrefix(next, "之间") && !strings.HasPrefix(next, "and") && !strings.HasPrefix(next, "to") && !strings.HasPrefix(next, "~") && !strings.HasPrefix(next, "-") {
		return 0, fmt.Sprintf("“%s”的单位%s，您写的是“%s”", f.Zh, orNone(f.Unit.Zh), next)
	}
	return 1, ""
}

// next is the word here where it is one of letters that joins nothing.
func (r *reader) next() string {
	w := r.word()
	c, _ := utf8.DecodeRuneInString(w)
	switch strings.ToLower(w) {
	case "and", "or", "to", "和", "至", "到", "之间", "且", "或":
		return ""
	}
	for _, s := range []string{"和", "至", "到", "且", "或"} {
		if strings.HasPrefix(w, s) {
			return ""
		}
	}
	if unicode.IsLetter(c) || strings.ContainsRune("€$£", c) {
		return w
	}
	return ""
}

// date reads a day, 今天 or a date field, and what is added to it: 今天 - 2 年, 评估日前 6 个月, 培训结束日期 + 6 个月.
func (r *reader) date(f *Field) (operand, string) {
	o := operand{field: -1}
	rest := r.rest()
	if d, tail, ok := readDate(rest); ok {
		r.at += utf8.RuneCountInString(rest) - utf8.RuneCountInString(tail)
		o.n = int64(d)
		return o, ""
	}
	start := r.at
	switch id, ok := r.name(); {
	case ok && r.dict.Fields[id].Type == Date:
		o.base, o.field = other, id
	case !ok && r.take("今天", "今日", "当日", "评估日", "today"):
		o.base = today
	default:
		r.at = start
		return o, fmt.Sprintf("“%s”应与日期比较，如 2025-01-01、今天 - 2 年，您写的是“%s”", f.Zh, r.word())
	}
	sign := 0
	switch {
	case r.take("-", "之前", "前", "minus"):
		sign = -1
	case r.take("+", "之后", "后", "plus"):
		sign = 1
	default:
		return o, ""
	}
	months, days, err := r.span()
	o.months, o.days = sign*months, sign*days
	return o, err
}

const longest = 1200 // months; nothing in a policy is further away than a century

// span reads 2 年, 6 个月, 30 天.
func (r *reader) span() (months, days int, err string) {
	n, ok := r.number()
	if !ok || n%Scale != 0 || n/Scale > longest*31 {
		return 0, 0, fmt.Sprintf("这里应写时长，如 2 年、6 个月、30 天，您写的是“%s”", r.word())
	}
	whole := int(n / Scale)
	switch {
	case r.take("年", "years", "year"):
		months = 12 * whole
	case r.take("个月", "月", "months", "month"):
		months = whole
	case r.take("天", "日", "days", "day"):
		days = whole
	default:
		return 0, 0, fmt.Sprintf("时长的单位应为年、个月或天，您写的是“%s”", r.word())
	}
	if months > longest {
		return 0, 0, "时长超过 100 年，请核对"
	}
	return months, days, ""
}

// within reads 在 2 年内, 在未来 6 个月内, within 2 years.
func (r *reader) within(l *leaf) bool {
	start := r.at
	if r.take("在", "近", "within", "in the last", "in the past") {
		ahead := r.take("未来", "今后", "the next", "next")
		r.take("the last", "the past", "last", "过去", "最近")
		if months, days, err := r.span(); err == "" {
			r.take("以内", "之内", "内")
			l.op = opBetween
			l.low, l.high = operand{base: today, field: -1}, operand{base: today, field: -1}
			if ahead {
				l.high.months, l.high.days = months, days
			} else {
				l.low.months, l.low.days = -months, -days
			}
			return true
		}
	}
	r.at = start
	return false
}

// choices reads one value or [several].
func (r *reader) choices(l *leaf, f *Field) string {
	for _, w := range r.items() {
		found := -1
		for i, v := range f.Values {
			if w.text == v.Zh || half(w.text) == half(v.Zh) || strings.EqualFold(w.text, v.En) {
				found = i
			}
		}
		if found < 0 && f.Guessed { // nobody has it
			l.texts = append(l.texts, w.text)
			continue
		}
		if found < 0 {
			r.at = w.at
			var known []string
			for _, v := range f.Values {
				known = append(known, v.Zh, v.En)
			}
			if near := nearest(w.text, known); near != "" {
				return fmt.Sprintf("“%s”没有“%s”这一类，最接近的是“%s”", f.Zh, w.text, near)
			}
			return fmt.Sprintf("“%s”没有“%s”这一类，可写：%s", f.Zh, w.text, f.list(1<<len(f.Values)-1, "、", false))
		}
		l.mask |= 1 << found
	}
	if l.mask == 0 && l.texts == nil {
		return fmt.Sprintf("“%s”后面应写类别，如 [%s]", f.Zh, f.Values[0].Zh)
	}
	return ""
}

// many texts are looked up instead of gone through.
const many = 8

func (r *reader) strings(l *leaf) string {
	start := r.at
	list := r.items()
	if (l.op == opEq || l.op == opNe) && len(list) == 1 && !list[0].quoted {
		if id, ok := r.dict.ID(list[0].text); ok && r.dict.Fields[id].Type == Text && !r.dict.Fields[id].absent {
			r.at, r.twin = start, true
			return fmt.Sprintf("“%s”是字段，与它比较的应写成算式", list[0].text)
		}
	}
	for _, w := range list {
		l.texts = append(l.texts, w.text)
		if h := half(w.text); h != w.text {
			l.texts = append(l.texts, h)
		}
	}
	if len(l.texts) == 0 {
		return "这里应写文字"
	}
	if len(l.texts) > many && l.op < opStarts {
		l.among = make(map[string]bool, len(l.texts))
		for _, t := range l.texts {
			l.among[t] = true
		}
	}
	return ""
}

type item struct {
	text   string
	at     int
	quoted bool
}

// items reads the rest as a list of words as they are written, with or without brackets; in quotes anything may stand. A
// parameter that is a list of words stands for them.
func (r *reader) items() (list []item) {
	r.take("[", "(", "{")
	for r.at < len(r.text) {
		r.blanks()
		w := item{at: r.at}
		if r.at < len(r.text) && (r.text[r.at] == '"' || r.text[r.at] == '\'') {
			if w.text, w.quoted = r.quoted(); !w.quoted {
				return nil
			}
			list = append(list, w)
		} else {
			for depth := 0; r.at < len(r.text) && (depth > 0 || !strings.ContainsRune(",[]{})", r.text[r.at])); r.at++ {
				switch r.text[r.at] { // 甲（乙）
				case '(':
					depth++
				case ')':
					depth--
				}
			}
			if w.text = strings.TrimSpace(string(r.own[w.at:r.at])); w.text != "" {
				list = append(list, r.unfolded(w)...)
			}
		}
		if !r.take(",") {
			break
		}
	}
	r.take("]", ")", "}")
	return list
}

// unfolded is a word, or the words of the parameter that it names.
func (r *reader) unfolded(w item) []item {
	p := r.params[w.text]
	if p == nil || p.Words == nil {
		return []item{w}
	}
	list := make([]item, len(p.Words))
	for i, word := range p.Words {
		list[i] = item{word, w.at, true}
	}
	return list
}

// quoted reads a text in quotes, as it is written.
func (r *reader) quoted() (string, bool) {
	for end := r.at + 1; end < len(r.text); end++ {
		if r.text[end] == r.text[r.at] {
			w := string(r.own[r.at+1 : end])
			r.at = end + 1
			return w, true
		}
	}
	return "", false
}
