package policyrun

import (
	"strings"

	"jiuye/internal/engine/rule"
)

// subject is one row for the rules.
type subject struct {
	values []rule.Value
	known  []bool
	lists  [][]rule.Source
	listed []bool
}

// Field implements rule.Source.
func (s *subject) Field(id int) (rule.Value, bool) { return s.values[id], s.known[id] }

// List implements rule.Lists.
func (s *subject) List(id int) ([]rule.Source, bool) { return s.lists[id], s.listed[id] }

// needs is which of a dictionary's fields and lists some policy names; the others need not be read.
type needs struct {
	dict   *rule.Dictionary
	fields []int
	lists  []int
	inside map[int]*needs
}

func needsOf(d *rule.Dictionary, policies string) *needs {
	n := &needs{dict: d, inside: map[int]*needs{}}
	named := func(zh, en string) bool {
		return strings.Contains(policies, plain(zh)) || strings.Contains(policies, plain(strings.TrimSpace(en)))
	}
	for i, f := range d.Fields {
		if named(f.Zh, f.En) || i+1 == d.Area {
			n.fields = append(n.fields, i)
		}
	}
	for i, l := range d.Lists {
		if named(l.Zh, l.En) {
			n.lists = append(n.lists, i)
			n.inside[i] = needsOf(l.Items, policies)
		}
	}
	return n
}

// plain is a text as names are compared: without regard to case and full width.
func plain(s string) string { return strings.ToLower(rule.Half(s)) }

// fill turns raw subjects into what rules read.
func (n *needs) fill(one raw) *subject {
	d := n.dict
	s := &subject{values: make([]rule.Value, len(d.Fields)), known: make([]bool, len(d.Fields))}
	for _, i := range n.fields {
		if v, has := one[d.Fields[i].Zh]; has && v != nil {
			s.values[i], s.known[i] = value(&d.Fields[i], v)
		} else if v, has := one[d.Fields[i].En]; has && v != nil {
			s.values[i], s.known[i] = value(&d.Fields[i], v)
		}
	}
	if len(d.Lists) == 0 {
		return s
	}
	s.lists, s.listed = make([][]rule.Source, len(d.Lists)), make([]bool, len(d.Lists))
	for _, i := range n.lists {
		v, has := one[d.Lists[i].Zh]
		if !has {
			v, has = one[d.Lists[i].En]
		}
		items, is := v.([]any)
		if !has || !is {
			continue
		}
		s.listed[i] = true
		for _, item := range items {
			s.lists[i] = append(s.lists[i], n.inside[i].fill(itemOf(item)))
		}
	}
	return s
}

func value(f *rule.Field, v any) (rule.Value, bool) {
	if f.Type == rule.Choice {
		return choice(f, v), true
	}
	text := written(v)
	if text == "" {
		return rule.Value{}, false
	}
	out, is := rule.Str(text), true
	switch f.Type {
	case rule.Bool:
		var b bool
		b, is = rule.ReadYesNo(text)
		out = rule.Yes(b)
	case rule.Number:
		out, is = rule.ReadNumber(text)
	case rule.Date:
		var d rule.Day
		d, is = rule.ReadDay(text)
		out = rule.On(d)
	}
	switch {
	case !f.Guessed:
		return out, is
	case !is:
		return rule.Unread(text), true
	}
	return rule.Written(out, text), true
}

func choice(f *rule.Field, v any) rule.Value {
	items, is := v.([]any)
	if !is {
		items = []any{v}
	}
	mask := uint64(0)
	for _, item := range items {
		name := written(item)
		for i, w := range f.Values {
			if name == w.Zh || strings.EqualFold(name, w.En) {
				mask |= 1 << i
			}
		}
	}
	return rule.Some(mask)
}
