package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// say writes a value of the formula's shape for people.
func (f *formula) say(r result, english bool) string {
	switch f.shape {
	case truthShape:
		return either(english, yesNoEn, yesNoZh)[r.n&1]
	case numberShape:
		s := decimal(r.n)
		if f.unit != "" {
			s += " " + f.unit
		}
		return s
	case dateShape:
		return Day(r.n).Say(english)
	case choiceShape:
		return f.dict.Fields[f.field].list(r.mask, either(english, ", ", "、"), english)
	}
	return r.text
}

// decimal writes millionths without needless zeros.
func decimal(n int64) string {
	sign := ""
	if n < 0 {
		sign = "-"
	}
	m := magnitude(n)
	s := sign + strconv.FormatUint(m/micro, 10)
	if rest := m % micro; rest != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%06d", rest), "0")
	}
	return s
}

// tell says what a formula that is a condition came to: what it was compared with, and by how much it failed.
func (l *leaf) tell(dict *Dictionary, s *scene) (zh, en string, lost []int) {
	f, negated := l.formula, false
	if l.denied {
		f, negated = f.kids[0], true
	}
	r := f.calc(s)
	if !r.known {
		ids, why := f.missing(s, nil)
		if names := f.lacking(s); len(ids) == 0 && len(names) > 0 {
			return "还不知道" + strings.Join(names, "、"), strings.Join(names, ", ") + ": not known", nil
		}
		zh, en = unable(dict, ids, why, l.text0)
		return zh, en, ids
	}
	if f.act == actCompare && (f.kids[0].shape == numberShape || f.kids[0].shape == dateShape) {
		a, b := f.kids[0], f.kids[1]
		x, y := a.calc(s), b.calc(s)
		if x.known && y.known {
			o := f.op
			if negated {
				o = o.not()
			}
			words := demands[o]
			if a.shape == dateShape && dateDemands[o].Zh != "" {
				words = dateDemands[o]
			}
			left, right := f.sides(l.text0)
			zh = fmt.Sprintf("%s为 %s，%s %s", left, a.say(x, false), words.Zh, b.say(y, false))
			en = fmt.Sprintf("%s: %s, %s %s", left, a.say(x, true), words.En, b.say(y, true))
			if b.act != actLiteral && right != "" {
				zh += "（" + right + "）"
				en += " (" + right + ")"
			}
			if gap := x.n - y.n; a.shape == numberShape && (o == opGe && gap < 0 || o == opLe && gap > 0) {
				zh += either(o == opGe, "，差 ", "，超出 ") + a.say(known(abs(gap)), false)
				en += either(o == opGe, ", short by ", ", over by ") + a.say(known(abs(gap)), true)
			}
			return zh, en, nil
		}
	}
	holds := (r.n != 0) != negated
	text := either(negated, "非 "+l.text0, l.text0)
	zh, en = f.found(dict, s)
	return either(holds, "符合：", "不符合：") + text + zh, either(holds, "Met: ", "Not met: ") + text + en, nil
}

// told is how many values a sentence of a long formula holds.
const told = 6

// found are the values of the fields that a formula asks about.
func (f *formula) found(dict *Dictionary, s *scene) (zh, en string) {
	var parts, partsEn []string
	seen := map[int]bool{}
	for _, id := range f.fields(dict, nil) {
		v, ok := s.facts.Field(id)
		if field := &dict.Fields[id]; ok && !seen[id] && len(parts) < told {
			seen[id] = true
			if field.Guessed && field.Type != Choice {
				parts, partsEn = append(parts, field.Zh+"为"+spaced(field, v.s)), append(partsEn, field.Label()+": "+v.s)
				continue
			}
			parts, partsEn = append(parts, field.Zh+"为"+spaced(field, field.Say(v, false))), append(partsEn, field.Label()+": "+field.Say(v, true))
		}
	}
	if len(parts) == 0 {
		return "", ""
	}
	return "（" + strings.Join(parts, "，") + "）", " (" + strings.Join(partsEn, ", ") + ")"
}

// lacking names the lists that a formula needs and nobody knows, and the fields of their items: 合同, 合同.参保.
func (f *formula) lacking(s *scene) (names []string) {
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	f.walk(func(g *formula) bool {
		switch {
		case g.act == actNamed:
			for _, name := range g.named.body.lacking(s.root) {
				add(name)
			}
		case g.act == actList:
			items, ok := g.items(s)
			name := g.dict.Lists[g.list].Zh
			if !ok {
				add(name)
			}
			for _, item := range items {
				in := s.inside(item)
				for _, kid := range g.kids {
					ids, _ := kid.missing(in, nil)
					for _, id := range ids {
						add(name + "." + g.dict.Lists[g.list].Items.Fields[id].Zh)
					}
				}
			}
			return false
		}
		return true
	})
	return names
}

// sides cuts a comparison's own words at its operator.
func (f *formula) sides(text string) (left, right string) {
	text = half(text)
	best, length := -1, 0
	for _, o := range operators {
		for _, w := range o.words {
			if at := strings.Index(text, w); at > 0 && (best < 0 || at < best || at == best && len(w) > length) && o.op == f.op {
				best, length = at, len(w)
			}
		}
	}
	if best < 0 {
		return text, ""
	}
	return strings.TrimSpace(text[:best]), strings.TrimSpace(text[best+length:])
}

// unable says why a formula has no value.
func unable(d *Dictionary, ids []int, why failure, text string) (zh, en string) {
	if len(ids) > 0 {
		var names, ends []string
		seen := map[int]bool{}
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				f := &d.Fields[id]
				names, ends = append(names, f.Zh+holder(f)), append(ends, f.Label())
			}
		}
		return "还不知道" + strings.Join(names, "、"), strings.Join(ends, ", ") + ": not known"
	}
	if why != fine {
		return failures[why].Zh + "：" + text, failures[why].En + ": " + text
	}
	return "资料不全，还判断不了：" + text, "not enough is known: " + text
}

func holder(f *Field) string {
	if f.Holder.Zh == "" {
		return ""
	}
	return "（" + f.Holder.Zh + "）"
}
