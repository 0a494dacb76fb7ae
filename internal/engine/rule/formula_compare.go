package rule

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cast takes a field of a file for what the place needs, if it may be: its kind is only guessed.
func (r *formulas) cast(f *formula, s shape) { f.taken(s) }

// taken is the shape of a formula after cast.
func (f *formula) taken(s shape) shape {
	if f.shape == s || s == choiceShape || s == spanShape {
		return f.shape
	}
	if f.guessed() {
		f.shape = s
	}
	if f.act == actNamed && f.named.body.guessed() {
		*f = *f.named.body
		f.shape = s
	}
	return f.shape
}

func (f *formula) guessed() bool {
	return f.act == actField && f.shape != choiceShape && f.dict.Fields[f.field].Guessed
}

// comparison reads one, or a chain: 16 <= 年龄 <= 59.
func (r *formulas) comparison() *formula {
	f := r.compare()
	if f.act != actCompare || f.op < opLt || f.op > opLe {
		return f
	}
	var l leaf
	start := r.at
	if r.err != "" || !r.operator(&l) || l.op < opLt || l.op > opLe {
		r.at = start
		return f
	}
	return r.made(formula{act: actAnd, kids: []*formula{f, r.compared(f.kids[1], l.op)}})
}

func (r *formulas) compare() *formula {
	from := r.at
	a := r.sum()
	if r.err != "" {
		return a
	}
	if a.guessed() && a.shape != dateShape && r.lapse() {
		a.shape = dateShape
	}
	if a.shape == dateShape {
		if f, is := r.lately(a); is {
			return f
		}
	}
	var l leaf
	start := r.at
	if !r.operator(&l) {
		if a.shape == truthShape && r.take("否", "no") {
			return r.made(formula{act: actNot, kids: []*formula{a}})
		}
		return a
	}
	if a.guessed() && (a.shape == numberShape || a.shape == dateShape) && (l.op == opEq || l.op == opNe) && r.truthAhead() {
		a.shape = truthShape // 1 and 0 in the file
	}
	if a.guessed() && a.shape == truthShape && l.op != opEq && l.op != opNe {
		a.shape = numberShape
	}
	if a.shape == truthShape { // 参保 是, 参保 = 否
		f := a
		switch negate := l.op == opNe; {
		case r.take("是", "yes", "true", "1"):
		case r.take("否", "no", "false", "0"):
			negate = !negate
			if negate {
				f = r.made(formula{act: actNot, kids: []*formula{a}})
			}
			return f
		case l.op == opEq || l.op == opNe:
			rest := r.rest()
			if text := string(r.text[start:r.at]); rest == "" || strings.Contains(text, "是") && !startsValue(rest) {
				break
			}
			b := r.want(r.sum(), truthShape)
			f = r.made(formula{act: actCompare, op: l.op, kids: []*formula{a, b}})
			return f
		default:
			return r.fail("“是否”只能与“是”或“否”比较")
		}
		if l.op == opNe {
			return r.made(formula{act: actNot, kids: []*formula{a}})
		}
		return f
	}
	f := r.compared(a, l.op)
	f.from, f.to = from, r.at
	return f
}

// wordy is want for texts; a guessed field that looks like a number, such as a code, is one too.
func (r *formulas) wordy(f *formula) *formula {
	if f.act == actField && f.dict.Fields[f.field].Guessed {
		return f
	}
	return r.want(f, textShape)
}

// startsValue says whether something that can be compared begins here.
func startsValue(rest string) bool {
	c, _ := utf8.DecodeRuneInString(rest)
	return c != ')' && c != ',' && c != ']' && !strings.HasPrefix(rest, "且") && !strings.HasPrefix(rest, "或") && !strings.HasPrefix(rest, "并且") &&
		!strings.HasPrefix(strings.ToLower(rest), "and ") && !strings.HasPrefix(strings.ToLower(rest), "or ")
}

// lapse says whether 在 2 年内 stands here.
func (r *formulas) lapse() bool {
	at := r.at
	is := r.within(&leaf{})
	r.at = at
	return is
}

// truthAhead says whether 是 or 否 stands here.
func (r *formulas) truthAhead() bool {
	at := r.at
	is := r.take("是", "yes", "true", "否", "no", "false")
	r.at = at
	return is
}

// wordsAhead says whether what stands here, one value or a list, are words and neither numbers, days nor names.
func (r *formulas) wordsAhead() (are bool) {
	at := r.at
	defer func() { r.at = at }()
	if !r.take("[", "{") {
		if c, length := r.longest(); length > 0 && (c.param == nil || c.param.Words == nil) {
			return false
		}
	} else {
		r.at = at
	}
	for _, w := range r.bracketed() {
		_, number := ReadNumber(w)
		_, day := ReadDay(w)
		first, _ := utf8.DecodeRuneInString(w)
		if !number && !day && (w == "" || !unicode.IsDigit(first) || r.dict.Open && len(w) > 1) {
			are = true
		}
	}
	return are
}

func (r *formulas) compared(a *formula, o op) *formula {
	if a.guessed() && (a.shape == numberShape || a.shape == dateShape) && (o == opEq || o == opNe || o == opIn || o == opNotIn) && r.wordsAhead() {
		a.shape = textShape
	}
	if a.shape == choiceShape && (o == opHas || o == opNotHas) {
		o -= opHas - opIn
	}
	switch o {
	case opBetween, opOutside:
		first := r.sum()
		if a.shape == textShape { // a field of a file
			r.cast(a, either(first.shape == spanShape || first.guessed(), numberShape, first.shape))
		}
		low := r.level(a, first)
		if !r.take("和", "至", "到", "~", ",", "and", "to") {
			return r.fail("范围应写成“介于 16 和 59 之间”，这里缺“和”")
		}
		high := r.level(a, r.sum())
		r.take("之间")
		if a.shape != numberShape && a.shape != dateShape {
			return r.fail("%s不能写范围", shapeNames[a.shape])
		}
		return r.made(formula{act: actBetween, negated: o == opOutside, kids: []*formula{a, low, high}})
	case opIn, opNotIn:
		return r.among(a, o == opNotIn)
	case opStarts, opNotStarts, opEnds, opNotEnds, opHas, opNotHas:
		f := r.made(formula{act: actStarts, op: o, negated: o&1 == 1, kids: []*formula{r.wordy(a)}})
		for _, w := range r.items() {
			f.texts = append(f.texts, w.text)
		}
		return f
	}
	switch a.shape {
	case choiceShape, textShape:
		if o != opEq && o != opNe {
			if a.guessed() {
				b := r.sum()
				r.cast(a, either(b.shape == dateShape, dateShape, numberShape))
				return r.made(formula{act: actCompare, op: o, kids: []*formula{a, r.level(a, b)}})
			}
			return r.fail("%s不能比大小，应用“属于”或“=”", shapeNames[a.shape])
		}
		if b := r.another(a); b != nil {
			return r.made(formula{act: actCompare, op: o, kids: []*formula{a, b}})
		}
		return r.among(a, o == opNe)
	}
	b := r.level(a, r.sum())
	return r.made(formula{act: actCompare, op: o, kids: []*formula{a, b}})
}

// another reads another text field than a, with which a is compared; nil where a word stands.
func (r *formulas) another(a *formula) *formula {
	c, length := r.longest()
	if a.shape != textShape || length == 0 || c.field == nil || c.field.Type != Text || c.field.absent {
		return nil
	}
	return r.primary()
}

// level brings the other side of a comparison to the same shape and unit.
func (r *formulas) level(a, b *formula) *formula {
	if r.err != "" {
		return b
	}
	if a.shape == numberShape && b.shape == spanShape { // 参保月数 >= 2 年
		return r.counted(b, a.unit)
	}
	if a.shape == dateShape && b.act == actLiteral && b.shape == numberShape { // 20250901
		if d, _, ok := readDate(decimal(b.n)); ok {
			return r.made(formula{shape: dateShape, n: int64(d)})
		}
	}
	if a.guessed() && !b.guessed() {
		r.cast(a, b.shape)
	}
	if a.shape == spanShape {
		return r.fail("时长不能放在比较的左边，请写成“字段 >= 时长”")
	}
	r.want(b, a.shape)
	if a.shape == numberShape && a.unit != "" && b.unit != "" && a.unit != b.unit {
		r.fail("单位不同，不能比较：%s和%s", a.unit, b.unit)
	}
	return b
}

// counted makes a number of a span: 2 年 compared with months is 24.
func (r *formulas) counted(b *formula, unit string) *formula {
	n := int64(b.months)
	switch {
	case b.days != 0 && (unit == "天" || unit == ""):
		n = int64(b.days)
	case b.days == 0 && (unit == "年" || unit == "周岁" || unit == "岁") && b.months%12 == 0:
		n /= 12
	case b.days == 0 && unit == "" && b.texts != nil: // the unit as written
		n = b.n
	case b.days == 0 && (unit == "个月" || unit == "月"):
	default:
		return r.fail("这里的单位应为%s", either(unit == "", "天、月或年", unit))
	}
	return r.made(formula{act: actLiteral, shape: numberShape, n: n * micro, unit: unit})
}

// lately reads 在 2 年内 behind a date.
func (r *formulas) lately(a *formula) (*formula, bool) {
	l := leaf{}
	if !r.within(&l) {
		return nil, false
	}
	now := r.made(formula{act: actToday, shape: dateShape})
	move := func(o operand) *formula {
		return r.made(formula{act: actMove, shape: dateShape, months: o.months, days: o.days, kids: []*formula{now}})
	}
	return r.made(formula{act: actBetween, kids: []*formula{a, move(l.low), move(l.high)}}), true
}

// among reads the values behind 属于 or =.
func (r *formulas) among(a *formula, negated bool) *formula {
	f := r.made(formula{act: actIn, negated: negated, kids: []*formula{a}})
	switch a.shape {
	case choiceShape:
		l := leaf{}
		field := &a.dict.Fields[a.field]
		if err := r.listed(&l, field); err != "" {
			return r.fail("%s", err)
		}
		f.mask, f.field, f.dict = l.mask, a.field, a.dict
	case textShape:
		for _, w := range r.bracketed() {
			f.texts = append(f.texts, w)
			if h := half(w); h != w {
				f.texts = append(f.texts, h)
			}
		}
		if len(f.texts) == 0 {
			return r.fail("这里应写文字")
		}
	case numberShape, dateShape:
		open := r.take("[", "(", "{")
		for more := true; more && r.err == ""; more = open && r.take(",") {
			f.kids = append(f.kids, r.level(a, r.sum()))
		}
		if open && !r.take("]", ")", "}") && r.err == "" {
			return r.fail("这里应以“]”结束")
		}
	default:
		return r.fail("%s不能用“属于”", shapeNames[a.shape])
	}
	return f
}

// bracketed reads one word, or several in brackets. Without brackets it ends at a blank, a bracket or a connective.
func (r *formulas) bracketed() (list []string) {
	read := func() []string {
		r.blanks()
		plain := r.at < len(r.text) && r.text[r.at] != '"' && r.text[r.at] != '\''
		w, ok := r.literalText()
		if p := r.params[w]; plain && p != nil && p.Words != nil {
			return p.Words
		}
		if !ok {
			return nil
		}
		return []string{w}
	}
	if !r.take("[", "(", "{") {
		return read()
	}
	for {
		w := read()
		if w == nil {
			return nil
		}
		list = append(list, w...)
		if !r.take(",") {
			break
		}
	}
	if !r.take("]", ")", "}") {
		return nil
	}
	return list
}

// literalText reads a quoted text, or a word up to a blank, a comma or a bracket.
func (r *formulas) literalText() (string, bool) {
	r.blanks()
	if r.at < len(r.text) && (r.text[r.at] == '"' || r.text[r.at] == '\'') {
		return r.quoted()
	}
	start := r.at
	for r.at < len(r.text) && !unicode.IsSpace(r.text[r.at]) && !strings.ContainsRune(",[](){}", r.text[r.at]) {
		r.at++
	}
	return string(r.own[start:r.at]), r.at > start
}

// listed reads values of a choice field.
func (r *formulas) listed(l *leaf, f *Field) string {
	start := r.at
	for _, w := range r.bracketed() {
		found := false
		for i, v := range f.Values {
			if w == v.Zh || half(w) == half(v.Zh) || strings.EqualFold(w, v.En) {
				l.mask, found = l.mask|1<<i, true
			}
		}
		if !found && f.Guessed { // nobody has it
			l.texts = append(l.texts, w)
			continue
		}
		if !found {
			return fmt.Sprintf("“%s”没有“%s”这一类，可写：%s", f.Zh, w, f.list(1<<len(f.Values)-1, "、", false))
		}
	}
	if l.mask == 0 && l.texts == nil {
		r.at = start
		return fmt.Sprintf("“%s”后面应写类别，如 [%s]", f.Zh, f.Values[0].Zh)
	}
	return ""
}
