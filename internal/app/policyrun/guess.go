package policyrun

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

// itemName is the field of items that are plain values: months insured, say.
const itemName = "值"

// seen is what the values of one field have looked like.
type seen struct {
	name                               string
	some, bools, marks, numbers, dates int  // marks: 0 and 1
	texts, lists                       bool // lists of texts, lists of anything
	words                              map[string]bool
	items                              *guess
	odd                                string // one that is not a number, and
	oddDay                             string // one that is not a day
}

// guess gathers what fields there are.
type guess struct {
	order  []string
	fields map[string]*seen
	many   int // subjects
}

func newGuess(order []string) *guess {
	g := &guess{fields: map[string]*seen{}}
	for _, name := range order {
		if name != "" {
			g.of(name)
		}
	}
	return g
}

func (g *guess) of(name string) *seen {
	s := g.fields[name]
	if s == nil {
		s = &seen{name: name}
		g.fields[name] = s
		g.order = append(g.order, name)
	}
	return s
}

func (g *guess) look(one raw) {
	g.many++
	for name, v := range one {
		g.of(name).look(v)
	}
}

func (s *seen) look(v any) {
	switch v := v.(type) {
	case nil:
	case bool:
		s.some++
		s.bools++
	case []any:
		s.lookAll(v)
	case map[string]any: // an empty object
	default:
		text := written(v)
		s.some++
		if s.texts { // some have a list, others one value
			s.words[text] = true
		}
		if text == "0" || text == "1" {
			s.marks++
			s.numbers++
			return
		}
		if _, is := rule.ReadYesNo(text); is {
			s.bools++
			return
		}
		_, number := rule.ReadNumber(text)
		if number {
			s.numbers++
		} else if s.odd == "" {
			s.odd = text
		}
		if _, is := rule.ReadDay(text); is {
			s.dates++
		} else if s.oddDay == "" {
			s.oddDay = text
		}
	}
}

// written is a value as text.
func written(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return fmt.Sprint(v)
}

func (s *seen) lookAll(items []any) {
	s.lists = true
	for _, item := range items {
		if text, is := item.(string); is {
			if _, date := rule.ReadDay(text); !date {
				s.texts = true
			}
			if s.words == nil {
				s.words = map[string]bool{}
			}
			s.words[strings.TrimSpace(text)] = true
		}
		if s.items == nil {
			s.items = newGuess(nil)
		}
		s.items.look(itemOf(item))
	}
}

func itemOf(item any) raw {
	if m, is := item.(map[string]any); is {
		return raw(m).flat()
	}
	if empty(item) {
		return raw{}
	}
	return raw{itemName: item}
}

// join adds what another guess has seen of other subjects.
func (g *guess) join(o *guess) {
	g.many += o.many
	for _, name := range slices.Sorted(slices.Values(o.order)) { // maps have no order, the fields should
		s, t := g.of(name), o.fields[name]
		s.some, s.bools, s.marks, s.numbers, s.dates = s.some+t.some, s.bools+t.bools, s.marks+t.marks, s.numbers+t.numbers, s.dates+t.dates
		s.texts, s.lists = s.texts || t.texts, s.lists || t.lists
		s.odd, s.oddDay = or(s.odd, t.odd), or(s.oddDay, t.oddDay)
		if s.words == nil {
			s.words = t.words
		} else {
			for w := range t.words {
				s.words[w] = true
			}
		}
		if t.items != nil {
			if s.items == nil {
				s.items = newGuess(nil)
			}
			s.items.join(t.items)
		}
	}
}

// most is how many values a choice may have; of more only those that the policies name are told apart.
const most = 62

// dictionary makes fields and lists of what was seen. It is open: names that policies use and no subject has are fields too.
func (g *guess) dictionary(policies string) (*rule.Dictionary, error) {
	var fields []rule.Field
	var lists []rule.List
	for _, name := range g.order {
		s := g.fields[name]
		if s.lists {
			items := s.items
			if items == nil {
				items = newGuess(nil)
			}
			inner, err := items.dictionary(policies)
			if err != nil {
				return nil, err
			}
			lists = append(lists, rule.List{Zh: name, En: name + " ", Items: inner})
		}
		if !s.lists || s.texts {
			f, err := s.field(policies)
			if err != nil {
				return nil, err
			}
			fields = append(fields, f)
		}
	}
	d, err := rule.NewDictionary(fields)
	if err != nil {
		return nil, err
	}
	d.Lists, d.Open = lists, true
	for i := range fields {
		if n := strings.ToLower(fields[i].Zh); d.Area == 0 && slices.Contains([]string{"居住地", "地区", "地区代码", "行政区划", "area", "area_code", "region_code"}, n) {
			d.Area = i + 1
		}
	}
	return d, nil
}

func (s *seen) field(policies string) (rule.Field, error) {
	f := rule.Field{Zh: s.name, En: s.name + " ", Type: rule.Text, Guessed: true}
	if s.name == itemName {
		f.En = "value"
	}
	switch {
	case s.texts:
		f.Type = rule.Choice
		words := make([]string, 0, len(s.words))
		for w := range s.words {
			if len(s.words) <= most || strings.Contains(policies, w) {
				words = append(words, w)
			}
		}
		if sort.Strings(words); len(words) > most {
			return f, fault.New(fault.Invalid, "“%s”有 %d 种值写在政策里，一个字段最多 %d 种。请把它拆成几个字段", s.name, len(words), most)
		}
		if len(words) == 0 {
			words = []string{"其他"}
		}
		for _, w := range words {
			f.Values = append(f.Values, rule.Word{Zh: w, En: w})
		}
	case s.some == 0:
	case s.bools > 0 && 2*(s.bools+s.marks) > s.some:
		f.Type = rule.Bool
	case s.dates == s.some, 2*s.dates > s.some && s.numbers <= s.dates:
		f.Type = rule.Date
	case 2*s.numbers > s.some:
		f.Type = rule.Number
	}
	return f, nil
}

// doubt says of which values a field's kind is not, "" when of none.
func (s *seen) doubt(t rule.Type) string {
	switch {
	case t == rule.Number && s.numbers < s.some:
		return fmt.Sprintf("“%s”有 %d 个值不是数字（如“%s”），作数字比较时按不知道处理", s.name, s.some-s.numbers, or(s.odd, "是"))
	case t == rule.Date && s.dates < s.some:
		return fmt.Sprintf("“%s”有 %d 个值不是日期（如“%s”），作日期比较时按不知道处理", s.name, s.some-s.dates, or(s.oddDay, s.odd))
	}
	return ""
}

// guessOf goes through a file once and finds what its fields are.
func guessOf(ctx context.Context, s *source) (*guess, error) {
	all := newGuess(nil)
	err := inOrder(ctx, s, func(b *batch) (*guess, error) {
		list, err := b.raws()
		if err != nil {
			return nil, err
		}
		g := newGuess(b.source.titles)
		for _, one := range list {
			g.look(one)
		}
		return g, nil
	}, func(g *guess) error { all.join(g); return nil })
	return all, err
}
