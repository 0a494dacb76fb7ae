package policy

import (
	"slices"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// lineChoice is what may be chosen at one line of the form: relations that go with its field, and values where they can be listed.
type lineChoice struct {
	Relations []option
	Picks     []pick
	Picked    string // the names of what is ticked
	Sample    string // how a value is written that is typed
}

type pick struct {
	Value, Text string
	On          bool
}

// values are the parts of a list as it is typed.
func values(text string) []string {
	parts := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("、,，", c) })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// choiceOf is what a line about a field offers to somebody.
func choiceOf(c *web.Ctx, dict *rule.Dictionary, id int, at *row) (l lineChoice) {
	f := &dict.Fields[id]
	for _, rel := range relations {
		if slices.Contains(rel.For, f.Type) {
			name := "policy.op." + rel.Op
			if id+1 == dict.Area && (rel.Op == "starts" || rel.Op == "apart") {
				name += ".place"
			}
			l.Relations = append(l.Relations, option{rel.Op, c.T(name)})
		}
	}
	chosen := values(at.Value)
	switch {
	case f.Type == rule.Choice:
		for _, v := range f.Values {
			l.Picks = append(l.Picks, pick{v.Zh, strings.ReplaceAll(in(c.Lang, v), "_", " "), slices.Contains(chosen, v.Zh)})
		}
	case id+1 == dict.Area && (at.Op == "starts" || at.Op == "apart"):
		l.Picks = places(c.User.Area, chosen)
	case f.Type == rule.Date:
		l.Sample = c.T("policy.ed.sampleDate")
	case at.Op == "between":
		l.Sample = c.T("policy.ed.sampleRange")
	}
	var names []string
	for _, p := range l.Picks {
		if p.On {
			names = append(names, p.Text)
		}
	}
	sep := "、"
	if c.Lang == lang.English {
		sep = ", "
	}
	l.Picked = strings.Join(names, sep)
	return l
}

// places are the areas somebody may choose of: their own, those right below, and what has been chosen already.
func places(own string, chosen []string) (list []pick) {
	codes := []string{own}
	for _, a := range area.Children(own) {
		codes = append(codes, a.Code)
	}
	for _, code := range chosen {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	for i, code := range codes {
		name := area.Short(code)
		if name == "" || i > 0 && !strings.HasPrefix(code, own) {
			name = area.FullName(code)
		}
		list = append(list, pick{code, name, slices.Contains(chosen, code)})
	}
	return list
}

// settle makes a line's relation and values such as go with its field: another field may have been chosen since.
func (r *row) settle(dict *rule.Dictionary) {
	id, known := dict.ID(r.Field)
	if r.Kind != "row" || !known {
		return
	}
	f := &dict.Fields[id]
	fits := func(op string) bool {
		return slices.ContainsFunc(relations, func(rel relation) bool { return rel.Op == op && slices.Contains(rel.For, f.Type) })
	}
	if !fits(r.Op) {
		r.Op = ""
		for _, op := range []string{"yes", "ge", "in", "eq"} {
			if r.Op == "" && fits(op) {
				r.Op = op
			}
		}
		if id+1 == dict.Area {
			r.Op = "starts"
		}
	}
	if f.Type == rule.Choice {
		r.Value = strings.Join(slices.DeleteFunc(values(r.Value), func(v string) bool {
			return !slices.ContainsFunc(f.Values, func(w rule.Word) bool { return w.Zh == v })
		}), "、")
	}
}
