package rule

import (
	"strings"
	"unicode/utf8"
)

// called is what a name in a formula stands for; one of its parts is set.
type called struct {
	field *Field
	id    int
	dict  *Dictionary
	depth int // how many lists further out
	list  bool
	named *named
	param *Parameter
	call  *function
	fold  fold
	folds bool
}

// folds are the aggregates over lists.
var folds = []struct {
	fold  fold
	words []string
}{
	{foldExists, []string{"存在", "exists"}}, {foldEvery, []string{"全都", "每个都", "every"}}, {foldCount, []string{"计数", "count"}},
	{foldSum, []string{"合计", "sum"}}, {foldLeast, []string{"最小的", "minof"}}, {foldMost, []string{"最大的", "maxof"}}, {foldMean, []string{"平均", "mean"}},
}

// longest finds what the longest known name at the place stands for, and how many characters it takes. A function or an
// aggregate counts only with its bracket. Inner names go before outer ones of the same length.
func (r *formulas) longest() (c called, length int) {
	rest := r.rest()
	best := 0
	fits := func(name string) bool {
		return len(name) > best && stands(rest, name)
	}
	opens := func(name string) bool { return strings.HasPrefix(strings.TrimLeft(rest[len(name):], " "), "(") }
	take := func(name string, what called) { best, c = len(name), what }
	for up := range r.stack {
		d := r.stack[len(r.stack)-1-up]
		for _, s := range d.spelt {
			if fits(s.name) {
				take(s.name, called{field: &d.Fields[s.id], id: s.id, dict: d, depth: up})
			}
		}
		for i := range d.Lists {
			for _, n := range [2]string{d.Lists[i].Zh, d.Lists[i].En} {
				if fits(n) {
					take(n, called{list: true, id: i, dict: d, depth: up})
				}
			}
		}
	}
	for name, v := range r.named {
		if fits(name) {
			take(name, called{named: v})
		}
	}
	for name, p := range r.params {
		if fits(name) {
			take(name, called{param: p})
		}
	}
	if c.param == nil { // a function's own name with a bracket goes before a field of that name
		best--
	}
	for _, f := range functions {
		for _, w := range f.words {
			if fits(w) && opens(w) {
				take(w, called{call: f})
			}
		}
	}
	for _, f := range folds {
		for _, w := range f.words {
			if fits(w) && opens(w) {
				take(w, called{fold: f.fold, folds: true})
			}
		}
	}
	if c.param == nil && c.call == nil && !c.folds {
		best++
	}
	return c, utf8.RuneCountInString(rest[:best])
}

var todays = []string{"今天", "今日", "当日", "评估日", "today"}

func (r *formulas) primary() *formula {
	if r.nest++; r.nest > maxNest {
		return r.fail("套了 %d 层以上，请改写得平一些", maxNest)
	}
	defer func() { r.nest-- }()
	rest := r.rest()
	if rest == "" {
		return r.fail("写到这里还缺一项")
	}
	if r.take("(") {
		f := r.or()
		if !r.take(")") && r.err == "" {
			return r.fail("这里应以“)”结束")
		}
		return f
	}
	if rest[0] == '"' || rest[0] == '\'' {
		w, ok := r.quoted()
		if !ok {
			return r.fail("引号没有合上")
		}
		return r.made(formula{shape: textShape, texts: []string{w}})
	}
	if d, tail, ok := readDay(rest); ok {
		r.at += utf8.RuneCountInString(rest) - utf8.RuneCountInString(tail)
		return r.made(formula{shape: dateShape, n: int64(d)})
	}
	if rest[0] >= '0' && rest[0] <= '9' {
		return r.literal()
	}
	c, length := r.longest()
	if length == 0 {
		if r.take(todays...) {
			return r.made(formula{act: actToday, shape: dateShape})
		}
		switch {
		case r.take("是", "true", "yes"):
			return r.made(formula{shape: truthShape, n: 1})
		case r.take("否", "false", "no"):
			return r.made(formula{shape: truthShape})
		}
		if f := r.branch(); f != nil {
			return f
		}
		word := r.name()
		if root := r.stack[0]; root.Open && word != "" {
			r.at += utf8.RuneCountInString(word)
			return r.made(formula{act: actField, shape: textShape, field: root.add(word), depth: len(r.stack) - 1, dict: root})
		}
		word = r.word()
		return r.fail("不认识“%s”%s", word, maybe(r.nearest(word)))
	}
	if c.call != nil && c.call.words[0] == "如果" {
		if f := r.branch(); f != nil {
			return f
		}
	}
	r.blanks()
	r.at += length
	switch {
	case c.call != nil:
		return r.calling(c.call)
	case c.folds:
		return r.folding(c.fold)
	case c.named != nil && c.named.body == nil:
		r.at -= length
		return r.fail("“%s”在这一行或更后面才算出来，不能绕圈。请把先算的写在前面", c.named.name)
	case c.named != nil:
		f := r.made(formula{act: actNamed, shape: c.named.body.shape, unit: c.named.body.unit, named: c.named})
		r.nodes += c.named.cost
		return f
	case c.param != nil:
		return r.looked(c.param)
	case c.list:
		return r.fail("“%s”有许多条，应写成 存在(%s: …)、计数(%s: …)、合计(%s: …)", c.dict.Lists[c.id].Zh, c.dict.Lists[c.id].Zh, c.dict.Lists[c.id].Zh, c.dict.Lists[c.id].Zh)
	}
	return r.made(formula{act: actField, shape: shapeOf(c.field), unit: c.field.Unit.Zh, field: c.id, depth: c.depth, dict: c.dict})
}

func shapeOf(f *Field) shape {
	return [...]shape{Bool: truthShape, Number: numberShape, Date: dateShape, Choice: choiceShape, Text: textShape}[f.Type]
}

func (r *formulas) nearest(word string) string {
	var names []string
	for _, d := range r.stack {
		for i := range d.Fields {
			names = append(names, d.Fields[i].Zh, d.Fields[i].En)
		}
	}
	for name := range r.named {
		names = append(names, name)
	}
	for name := range r.params {
		names = append(names, name)
	}
	for _, f := range functions {
		names = append(names, f.words...)
	}
	return nearest(word, names)
}

// literal reads a number with what stands behind it: 20%, 2 万元, 6 个月, 500 元.
func (r *formulas) literal() *formula {
	n, ok := r.number()
	if !ok {
		return r.fail("数字最多 12 位整数、6 位小数")
	}
	f := formula{shape: numberShape}
	var bad failure
	if f.n, bad = scaled(n, fromScale, 1); bad != fine {
		return r.fail("数太大")
	}
	switch {
	case r.take("%", "％"):
		f.n /= 100
	case r.take("亿元", "亿"):
		f.n, bad = scaled(f.n, 1e8, 1)
		f.unit = r.money()
	case r.take("万元", "万"):
		f.n, bad = scaled(f.n, 1e4, 1)
		f.unit = r.money()
	case r.take("元", "yuan", "rmb", "cny"):
		f.unit = "元"
	case r.take("周岁", "岁", "years old", "years of age"):
		f.unit = "周岁"
	case r.take("人", "名", "户", "个人", "次", "小时", "课时", "分", "学分", "亩", "平方米", "公里", "km", "euros", "euro", "eur", "€", "dollars", "usd", "$", "points", "people", "persons", "hours", "times"):
	default:
		if months, days, is := r.period(f.n); is {
			if f.n%micro != 0 || f.n/micro > furthest {
				return r.fail("时长应为整数，且不超过 100 年")
			}
			f.shape, f.months, f.days, f.n = spanShape, months, days, f.n/micro
			f.texts = []string{""}
		}
	}
	if bad != fine {
		return r.fail("数太大")
	}
	return r.made(f)
}

// money says whether the amount just read was of money.
func (r *formulas) money() string {
	if r.text[r.at-1] == '元' || r.take("元") {
		return "元"
	}
	return ""
}

func (r *formulas) period(n int64) (months, days int, is bool) {
	whole := int(min(n/micro, furthest+1))
	switch {
	case r.take("年", "years", "year"):
		return 12 * whole, 0, true
	case r.take("个月", "月", "months", "month"):
		return whole, 0, true
	case r.take("个工作日"):
		return 0, 0, false
	case r.take("天", "日", "days", "day"):
		return 0, whole, true
	}
	return 0, 0, false
}

func (r *formulas) open(name string) bool {
	if !r.take("(") {
		r.fail("“%s”后面应写括号", name)
		return false
	}
	return true
}

func (r *formulas) close() {
	if r.err == "" && !r.take(")") {
		r.fail("这里应以“)”结束，或用逗号接下一项")
	}
}

func (r *formulas) calling(c *function) *formula {
	if !r.open(c.words[0]) {
		return r.fail("")
	}
	f := r.made(formula{act: actCall, shape: c.gives, call: c})
	for more := true; more && r.err == ""; more = r.take(",") {
		arg := r.or()
		if arg.shape == spanShape {
			arg = r.counted(arg, either(len(f.kids) > 0, first(f.units()), ""))
		}
		f.kids = append(f.kids, arg)
	}
	r.close()
	if r.err != "" {
		return f
	}
	if len(f.kids) < c.least || len(f.kids) > len(c.takes) && !c.more {
		return r.fail("“%s”的项数不对，应写成 %s", c.words[0], c.example)
	}
	if c.same { // 若 and 缺省 give what they are given
		return r.chosen(f)
	}
	for i, kid := range f.kids {
		wanted := c.takes[min(i, len(c.takes)-1)]
		if c.words[0] != "有数据" {
			r.cast(kid, wanted)
		}
		if kid.shape != wanted && c.words[0] != "有数据" {
			return r.fail("“%s”的第 %d 项应是%s，写的是%s，如 %s", c.words[0], i+1, shapeNames[wanted], shapeNames[kid.shape], c.example)
		}
	}
	if c.gives == numberShape && c.takes[0] == numberShape {
		f.unit = first(f.units())
	}
	return f
}

// units are the units of the parts that have one.
func (f *formula) units() (list []string) {
	for _, kid := range f.kids {
		if kid.unit != "" {
			list = append(list, kid.unit)
		}
	}
	return list
}

// looked reads a parameter with its key: 最低工资("一类").
func (r *formulas) looked(p *Parameter) *formula {
	f := r.made(formula{act: actParameter, shape: numberShape, unit: p.Unit.Zh, param: p, dict: r.stack[0]})
	switch id, ok := f.dict.ID(p.AreaField); {
	case p.Words != nil:
		return r.fail("“%s”是一组词，只能写在“属于”或“开头为”后面", p.Name.Zh)
	case p.AreaField != "" && !ok && f.dict.Open:
		f.field = 1 + f.dict.add(p.AreaField)
	case p.AreaField != "" && !ok:
		return r.fail("参数“%s”的地区字段“%s”不在字段里", p.Name.Zh, p.AreaField)
	case p.AreaField != "":
		f.field = 1 + id
	case f.dict.Area == 0 && p.areas():
		return r.fail("参数“%s”按地区取值，还要在参数里写“地区字段: 哪个字段”", p.Name.Zh)
	}
	if r.take("(") {
		if !r.take(")") {
			key := r.or()
			if key.shape == choiceShape {
				return r.fail("“%s”的类别应写成文字，如 %s(\"一类\")", p.Name.Zh, p.Name.Zh)
			}
			f.kids = append(f.kids, r.want(key, textShape))
			r.close()
		}
	}
	return f
}

// listAhead finds the longest name of a list that stands here.
func (r *formulas) listAhead() (c called, length int) {
	rest, best := r.rest(), ""
	for up := range r.stack {
		d := r.stack[len(r.stack)-1-up]
		for i := range d.Lists {
			for _, n := range [2]string{half(d.Lists[i].Zh), half(d.Lists[i].En)} {
				if len(n) > len(best) && n == strings.TrimSpace(n) && stands(rest, n) {
					best, c = n, called{list: true, id: i, dict: d, depth: up}
				}
			}
		}
	}
	return c, utf8.RuneCountInString(best)
}

// folding reads an aggregate: 存在(合同: 期限 >= 12 且 参保), 计数(培训), 合计(培训: 课时, 补贴性 是).
func (r *formulas) folding(how fold) *formula {
	word := ""
	for _, f := range folds {
		if f.fold == how {
			word = f.words[0]
		}
	}
	if !r.open(word) {
		return r.fail("")
	}
	c, length := r.listAhead()
	if word := r.name(); length == 0 && r.stack[0].Open && word != "" {
		root := r.stack[0]
		c, length = called{list: true, id: root.list(word), dict: root, depth: len(r.stack) - 1}, utf8.RuneCountInString(word)
	}
	if length == 0 {
		return r.fail("“%s”应以清单的名字开头，如 %s(合同: 期限 >= 12)，这里写的是“%s”", word, word, r.word())
	}
	r.blanks()
	r.at += length
	list := &c.dict.Lists[c.id]
	f := r.made(formula{act: actList, shape: truthShape, fold: how, list: c.id, depth: c.depth, dict: c.dict})
	if r.take(":", "里", "中") {
		r.stack = append(r.stack, list.Items)
		f.kids = append(f.kids, r.or())
		if how >= foldSum && r.take(",") {
			f.kids = append(f.kids, r.want(r.or(), truthShape))
		}
		r.stack = r.stack[:len(r.stack)-1]
	}
	r.close()
	if r.err != "" {
		return f
	}
	if id, ok := list.Items.ID("值"); ok && len(f.kids) == 0 && how >= foldSum { // of plain values
		item := &list.Items.Fields[id]
		f.kids = append(f.kids, r.made(formula{act: actField, shape: shapeOf(item), unit: item.Unit.Zh, field: id, dict: list.Items}))
	}
	switch {
	case len(f.kids) == 0 && how != foldCount:
		if how == foldExists { // 存在(合同): any item at all
			f.kids = append(f.kids, r.made(formula{shape: truthShape, n: 1}))
			return f
		}
		return r.fail("“%s”里还要写条件或数，如 %s(%s: …)", word, word, list.Zh)
	case how <= foldCount:
		if f.shape = truthShape; how == foldCount {
			f.shape = numberShape
		}
		if len(f.kids) > 0 {
			r.want(f.kids[0], truthShape)
		}
	default:
		if f.kids[0].shape == textShape || f.kids[0].shape == truthShape {
			r.cast(f.kids[0], numberShape)
		}
		if s := f.kids[0].shape; s != numberShape && !(s == dateShape && (how == foldLeast || how == foldMost)) {
			return r.fail("“%s”里应是数字，写的是%s", word, shapeNames[s])
		}
		f.shape, f.unit = f.kids[0].shape, f.kids[0].unit
	}
	return f
}
