package rule

import (
	"fmt"
	"maps"
	"strings"

	"gopkg.in/yaml.v3"
)

// LoadParameters reads a document of parameters: names, each with its values by day, key and area.
func LoadParameters(text []byte) (map[string]*Parameter, error) {
	doc, err := parsed(text)
	if err != nil {
		return nil, err
	}
	l := &loader{p: &Policy{}, params: map[string]*Parameter{}}
	if l.anchors(doc, 0); len(l.wrong) == 0 {
		l.parameters(doc)
	}
	return l.params, l.failed()
}

// parameters reads 参数: one mapping of names.
func (l *loader) parameters(at *yaml.Node) {
	if at.Kind != yaml.MappingNode {
		l.fail(at, 0, "参数应写成“名称: 值”，一条一行")
		return
	}
	for i := 0; i+1 < len(at.Content); i += 2 {
		name, value := at.Content[i], at.Content[i+1]
		p := &Parameter{Name: Word{Zh: strings.TrimSpace(name.Value)}}
		switch value.Kind {
		case yaml.ScalarNode:
			p.Rows = []Setting{{From: -1 << 40}}
			l.setting(p, &p.Rows[0], value)
		case yaml.SequenceNode:
			p.Words = []string{}
			for _, item := range value.Content {
				if item.Kind != yaml.ScalarNode {
					l.fail(item, 0, "一组词应一项一个，如 [152921, 152922]；按日期的值请写在“取值”下")
					break
				}
				p.Words = append(p.Words, strings.TrimSpace(item.Value))
			}
		default:
			l.mapping(value, []key{
				{"英文", "english", word(&p.Name.En)},
				{"地区字段", "area_field", word(&p.AreaField)},
				{"单位", "unit", func(l *loader, at *yaml.Node) {
					word(&p.Unit.Zh)(l, at)
					p.Unit = UnitOf(p.Unit.Zh)
				}},
				{"确定", "by", word(&p.By)},
				{"说明", "note", word(&p.Note)},
				{"取值", "values", func(l *loader, at *yaml.Node) { l.settings(p, at) }},
			})
		}
		if l.params == nil {
			l.params = map[string]*Parameter{}
		}
		l.params[p.Name.Zh] = p
		if p.Name.En != "" {
			l.params[p.Name.En] = p
		}
	}
}

func word(to *string) func(*loader, *yaml.Node) {
	return text(func(*Policy) *string { return to })
}

func (l *loader) settings(p *Parameter, at *yaml.Node) {
	if at.Kind != yaml.SequenceNode {
		l.fail(at, 0, "取值应一条一行，如 - {从: 2024-12-01, 类别: 一类, 值: 2270}")
		return
	}
	for _, item := range at.Content {
		s := Setting{From: -1 << 40}
		set := false
		l.mapping(item, []key{
			{"从", "from", day(func(*Policy) *Day { return &s.From })},
			{"到", "to|until", day(func(*Policy) *Day { return &s.To })},
			{"类别", "key", word(&s.Key)},
			{"地区", "area", word(&s.Area)},
			{"值", "value", func(l *loader, at *yaml.Node) { set = true; l.setting(p, &s, at) }},
		})
		if !set {
			l.fail(item, 0, "这一条取值缺少“值”，尚未确定的请写“待定”")
		}
		p.Rows = append(p.Rows, s)
	}
}

// setting reads a number, a percentage, an amount, or 待定.
func (l *loader) setting(p *Parameter, s *Setting, at *yaml.Node) {
	if v := strings.TrimSpace(at.Value); v == "待定" || strings.EqualFold(v, "open") {
		s.Open = true
		return
	}
	f, bad, err := readFormula(at.Value, &Dictionary{}, nil, nil)
	if strings.HasPrefix(err, "不认识") {
		err += "。参数只能是数，算式请写在“计算”里"
	}
	if err == "" && f.shape == spanShape {
		f = &formula{shape: numberShape, n: int64(f.months+f.days) * micro, unit: either(f.days > 0, "天", "个月")}
	}
	if err == "" && f.shape != numberShape {
		err = "参数的值应是数字，尚未确定的请写“待定”"
	}
	if err != "" {
		l.fail(at, bad, "%s", err)
		return
	}
	r := f.calc(stage(nobody{}, 0))
	if p.Unit.Zh == "" {
		p.Unit.Zh = f.unit
	}
	s.Value = r.n / fromScale
	if !r.known || r.n%fromScale != 0 {
		l.fail(at, 0, "参数最多 6 位小数")
	}
}

// values reads 计算: names, each a formula or a table of decisions. A value may use those above it only.
func (l *loader) values(at *yaml.Node) {
	if at.Kind != yaml.MappingNode {
		l.fail(at, 0, "计算应写成“名称: 算式”，一条一行")
		return
	}
	for i := 0; i+1 < len(at.Content); i += 2 { // those that come later are known to
		if name := strings.TrimSpace(half(at.Content[i].Value)); l.named[name] == nil {
			l.named[name] = &named{name: name}
		}
	}
	for i := 0; i+1 < len(at.Content); i += 2 {
		name, value := at.Content[i], at.Content[i+1]
		v := &named{name: strings.TrimSpace(half(name.Value))}
		if id, field := l.p.dict.ID(v.name); field && !l.p.dict.Fields[id].absent {
			l.fail(name, 0, "“%s”是字段的名字，计算出来的请另取一个名", v.name)
			continue
		}
		if l.named[v.name].body != nil {
			l.fail(name, 0, "“%s”写了两次，请留一个", v.name)
			continue
		}
		if value.Kind == yaml.ScalarNode {
			v.body = l.formula(value)
		} else {
			v.body = l.table(value)
		}
		if v.body == nil { // told already; what uses it is read all the same
			v.body = &formula{shape: numberShape}
		}
		v.body.walk(func(g *formula) bool {
			if v.cost++; g.act == actNamed {
				v.cost += g.named.cost
			}
			return true
		})
		if v.cost > maxNodes {
			l.fail(name, 0, "“%s”用到的算式合起来太长", v.name)
			return
		}
		l.named[v.name] = v
	}
}

// formula reads a line as a formula; nil when it is wrong.
func (l *loader) formula(at *yaml.Node) *formula {
	if at.Kind != yaml.ScalarNode {
		l.fail(at, 0, "这里应写一行算式")
		return nil
	}
	f, bad, err := readFormula(at.Value, l.p.dict, l.named, l.params)
	if err == "" && f.shape == spanShape {
		err = "时长只能加在日期上"
	}
	if err != "" {
		if at.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			bad++
		}
		l.fail(at, bad, "%s", err)
		return nil
	}
	return f
}

func (l *loader) table(at *yaml.Node) *formula {
	f := &formula{act: actTable}
	ok := true
	l.mapping(at, []key{
		{"命中", "hit", func(l *loader, at *yaml.Node) {
			how, known := hits[strings.ToLower(strings.TrimSpace(at.Value))]
			if !known {
				l.fail(at, 0, "命中应为首个、唯一、合计、最大或最小，您写的是“%s”", at.Value)
			}
			f.n = int64(how)
		}},
		{"行", "rows", func(l *loader, at *yaml.Node) {
			for _, item := range at.Content {
				when, value := &formula{shape: truthShape, n: 1}, (*formula)(nil)
				l.mapping(item, []key{
					{"当", "when", func(l *loader, at *yaml.Node) { when = l.formula(at) }},
					{"值", "value", func(l *loader, at *yaml.Node) { value = l.formula(at) }},
				})
				switch {
				case when == nil || value == nil:
					ok = false
				case when.taken(truthShape) != truthShape:
					l.fail(item, 0, "“当”后面应是条件")
					ok = false
				case len(f.kids) > 0 && value.taken(f.shape) != f.shape:
					l.fail(item, 0, "各行的值应是同一类")
					ok = false
				default:
					f.kids = append(f.kids, when, value)
					f.shape = value.shape
					if f.unit == "" {
						f.unit = value.unit
					}
					f.dict, f.field = value.dict, value.field
				}
			}
		}},
	})
	if !ok || len(f.kids) == 0 {
		l.fail(at, 0, "表里至少要有一行 {当: 条件, 值: 算式}")
		return nil
	}
	return f
}

var roundings = []struct {
	word string
	how  Rounding
}{{"四舍五入", HalfUp}, {"舍去", Down}, {"进一", Up}, {"half up", HalfUp}, {"half_up", HalfUp}, {"nearest", HalfUp}, {"down", Down}, {"up", Up}}

var steps = []struct {
	words []string
	step  int64
}{{[]string{"分", "fen"}, micro / 100}, {[]string{"角"}, micro / 10}, {[]string{"十元"}, 10 * micro}, {[]string{"百元"}, 100 * micro}, {[]string{"元", "yuan", "unit", "1"}, micro}, {[]string{"cent", "0.01"}, micro / 100}, {[]string{"10"}, 10 * micro}, {[]string{"100"}, 100 * micro}}

// rounding reads 四舍五入到元.
func (l *loader) rounding(at *yaml.Node) {
	rest, found := strings.TrimSpace(at.Value), false
	for _, r := range roundings {
		if tail, is := strings.CutPrefix(rest, r.word); is {
			l.p.rounding, rest, found = r.how, strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(tail), "到"), "to")), true
			break
		}
	}
	for _, s := range steps {
		for _, w := range s.words {
			if rest == w && found {
				l.p.step = s.step
				return
			}
		}
	}
	l.fail(at, 0, "舍入应写成“四舍五入到元”（half up to yuan），可写四舍五入、舍去（down）、进一（up），到分（fen）、角、元（yuan）、十元、百元")
}

// paid reads a formula that must be money.
func paid(to func(p *Policy) **formula) func(*loader, *yaml.Node) {
	return func(l *loader, at *yaml.Node) {
		f := l.formula(at)
		if f == nil {
			return
		}
		f.taken(numberShape)
		if f.shape != numberShape || f.unit != "" && f.unit != "元" {
			l.fail(at, 0, "这里应是以元计的数，算出来的是%s%s", shapeNames[f.shape], either(f.unit == "", "", "（"+f.unit+"）"))
			return
		}
		*to(l.p) = f
	}
}

// AmountFor is what the policy pays somebody it lets in, in fen; over all months where it pays by month (发放). known is
// false where it names no amount or where facts or parameters are missing; why then says so.
func (p *Policy) AmountFor(facts Source, on Day) (fen int64, known bool, why string) {
	switch {
	case p.schedule != nil:
		list, known, why := p.Payments(facts, on)
		for _, one := range list {
			fen += one.Fen
		}
		return fen, known, why
	case p.Amount.Most != 0:
		return 0, false, "原文只说 " + p.Amount.How
	case p.amount == nil:
		return p.Amount.Fen, p.Amount.Fen != 0, ""
	}
	return p.priced(p.amount, stage(facts, on))
}

// priced is an amount within its limits and rounded.
func (p *Policy) priced(amount *formula, s *scene) (fen int64, known bool, why string) {
	r := amount.calc(s)
	for _, limit := range []struct {
		f     *formula
		lower bool
	}{{p.atMost, true}, {p.atLeast, false}} {
		if limit.f == nil || !r.known {
			continue
		}
		bound := limit.f.calc(s)
		if !bound.known {
			r = bound
		} else if (r.n > bound.n) == limit.lower {
			r.n = bound.n
		}
	}
	if r.known {
		r = unless(round(r.n, max(p.step, micro/100), p.rounding))
	}
	if !r.known {
		ids, fail := amount.missing(s, nil)
		why, _ = unable(p.dict, ids, fail, p.Amount.How)
		return 0, false, why
	}
	return r.n / (micro / 100), true, ""
}

func (p *Policy) String() string { return fmt.Sprintf("%s %s", p.ID, p.Name.Zh) }

func merged(own, shared map[string]*Parameter) map[string]*Parameter {
	out := maps.Clone(shared)
	if out == nil {
		out = map[string]*Parameter{}
	}
	maps.Copy(out, own)
	return out
}
