package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

// row is one line of the form over a policy's conditions: the heading of a group, a comparison, or a formula. Rows stand
// in the order of the tree, each with how deep it lies.
type row struct {
	Depth int
	Kind  string // all, any, not, least: groups; row: a comparison; text: a formula
	N     int    // of least
	Field string
	Op    string
	Value string
	left  string // how many are left, as the last count says
}

func (r *row) group() bool { return r.Kind != "row" && r.Kind != "text" }

// tree is the conditions as rows; the first is the group of everything.
type tree []row

// groups are the connectives, with the words of the language.
var groups = []struct{ kind, word string }{{"all", "全部"}, {"any", "任一"}, {"not", "非"}, {"least", "至少"}}

// relation is one of them.
type relation struct {
	Op    string // in forms
	Write string
	Also  []string
	For   []rule.Type
}

// relations are what may stand between a field and a value: how it is written, and the other ways in which it may be written.
var relations = []relation{
	{"yes", "是", nil, []rule.Type{rule.Bool}}, {"no", "否", nil, []rule.Type{rule.Bool}},
	{"ge", ">=", []string{"不少于", "不低于", "不早于", "≥"}, []rule.Type{rule.Number, rule.Date}},
	{"le", "<=", []string{"不超过", "不高于", "不晚于", "≤"}, []rule.Type{rule.Number, rule.Date}},
	{"gt", ">", []string{"超过", "晚于", "多于"}, []rule.Type{rule.Number, rule.Date}},
	{"lt", "<", []string{"少于", "早于", "低于"}, []rule.Type{rule.Number, rule.Date}},
	{"eq", "=", []string{"等于"}, []rule.Type{rule.Number, rule.Date, rule.Text}},
	{"between", "介于", nil, []rule.Type{rule.Number, rule.Date}},
	{"within", "在", nil, []rule.Type{rule.Date}},
	{"in", "属于", nil, []rule.Type{rule.Choice, rule.Text}}, {"out", "不属于", nil, []rule.Type{rule.Choice, rule.Text}},
	{"starts", "开头为", nil, []rule.Type{rule.Text}}, {"apart", "开头不为", nil, []rule.Type{rule.Text}},
}

// readTree makes rows of a policy's conditions. Faults: Invalid, when the text is no yaml or has no conditions.
func readTree(text string, dict *rule.Dictionary) (tree, error) {
	doc, err := document(text)
	if err != nil {
		return nil, err
	}
	at := child(doc, "条件")
	if at == nil {
		return tree{{Kind: "all"}}, nil
	}
	var t tree
	t.read(at, 0, dict)
	if len(t) == 0 {
		return tree{{Kind: "all"}}, nil
	}
	if !t[0].group() || t[0].Kind == "not" {
		for i := range t {
			t[i].Depth++
		}
		t = append(tree{{Kind: "all"}}, t...)
	}
	return t, nil
}

// document reads yaml: one mapping.
func document(text string) (*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, fault.Wrap(fault.Invalid, err, "这项政策的文本读不出来")
	}
	return doc.Content[0], nil
}

func child(at *yaml.Node, name string) *yaml.Node {
	for i := 0; at != nil && i+1 < len(at.Content); i += 2 {
		if at.Content[i].Value == name {
			return at.Content[i+1]
		}
	}
	return nil
}

func (t *tree) read(at *yaml.Node, depth int, dict *rule.Dictionary) {
	switch at.Kind {
	case yaml.ScalarNode:
		made := readLine(at.Value, dict)
		made.Depth = depth
		*t = append(*t, made)
	case yaml.SequenceNode:
		*t = append(*t, row{Depth: depth, Kind: "all"})
		for _, kid := range at.Content {
			t.read(kid, depth+1, dict)
		}
	case yaml.MappingNode:
		if len(at.Content) != 2 {
			return
		}
		made := row{Depth: depth, Kind: "all"}
		name, body := strings.TrimSpace(at.Content[0].Value), at.Content[1]
		for _, g := range groups {
			if rest, found := strings.CutPrefix(name, g.word); found {
				made.Kind = g.kind
				made.N, _ = strconv.Atoi(strings.Trim(rest, " 项条"))
			}
		}
		*t = append(*t, made)
		if made.Kind == "not" { // who meets any of the lines below is out
			if any := child(body, "任一"); any != nil && body.Kind == yaml.MappingNode {
				body = any
			} else if body.Kind == yaml.SequenceNode {
				t.read(body, depth+1, dict)
				return
			}
		}
		if body.Kind == yaml.SequenceNode {
			for _, kid := range body.Content {
				t.read(kid, depth+1, dict)
			}
		} else {
			t.read(body, depth+1, dict)
		}
	}
}

// readLine takes a comparison apart; what is none stays a formula.
func readLine(line string, dict *rule.Dictionary) row {
	line = strings.TrimSpace(line)
	best := ""
	for i := range dict.Fields {
		for _, name := range []string{dict.Fields[i].Zh, dict.Fields[i].En} {
			if strings.HasPrefix(line, name) && len(name) > len(best) {
				best = name
			}
		}
	}
	formula := row{Kind: "text", Value: line}
	id, known := dict.ID(best)
	if best == "" || !known {
		return formula
	}
	rest := strings.TrimSpace(line[len(best):])
	if rest == "" && dict.Fields[id].Type == rule.Bool {
		return row{Kind: "row", Field: dict.Fields[id].Zh, Op: "yes"}
	}
	op, word := "", ""
	for _, r := range relations {
		if !slices.Contains(r.For, dict.Fields[id].Type) {
			continue
		}
		for _, w := range append([]string{r.Write}, r.Also...) {
			if strings.HasPrefix(rest, w) && len(w) > len(word) {
				op, word = r.Op, w
			}
		}
	}
	if op == "" || strings.ContainsAny(rest, "()") {
		return formula
	}
	value := strings.TrimSpace(rest[len(word):])
	switch op {
	case "between":
		value = strings.TrimSpace(strings.TrimSuffix(value, "之间"))
	case "in", "out", "starts", "apart":
		value = strings.TrimSuffix(strings.TrimPrefix(value, "["), "]")
	}
	return row{Kind: "row", Field: dict.Fields[id].Zh, Op: op, Value: value}
}

// line writes a comparison.
func (r *row) line() string {
	if r.Kind == "text" {
		return strings.TrimSpace(r.Value)
	}
	value := strings.TrimSpace(r.Value)
	write := ""
	for _, rel := range relations {
		if rel.Op == r.Op {
			write = rel.Write
		}
	}
	switch r.Op {
	case "yes", "no":
		return r.Field + " " + write
	case "between":
		value += " 之间"
	case "in", "out", "starts", "apart":
		parts := strings.FieldsFunc(value, func(c rune) bool { return strings.ContainsRune("、,，", c) })
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		value = "[" + strings.Join(parts, ", ") + "]"
	}
	return r.Field + " " + write + " " + value
}

// end is the place behind everything that lies inside a row.
func (t tree) end(at int) int {
	for i := at + 1; i < len(t); i++ {
		if t[i].Depth <= t[at].Depth {
			return i
		}
	}
	return len(t)
}

// node writes a row and what lies inside it as yaml.
func (t tree) node(at int) *yaml.Node {
	r := &t[at]
	if !r.group() {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: r.line()}
	}
	body := &yaml.Node{Kind: yaml.SequenceNode}
	for i := at + 1; i < t.end(at); i = t.end(i) {
		body.Content = append(body.Content, t.node(i))
	}
	if r.Kind == "not" && len(body.Content) == 1 {
		body = body.Content[0]
	} else if r.Kind == "not" {
		body = &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "任一"}, body}}
	}
	word := ""
	for _, g := range groups {
		if g.kind == r.Kind {
			word = g.word
		}
	}
	if r.Kind == "least" {
		word = fmt.Sprintf("至少 %d", r.N)
	}
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: word}, body}}
}

// insert puts rows at the end of a group.
func (t tree) insert(group int, rows ...row) tree {
	if group < 0 || group >= len(t) || !t[group].group() {
		return t
	}
	for i := range rows {
		rows[i].Depth += t[group].Depth + 1
	}
	return slices.Insert(t, t.end(group), rows...)
}

// remove drops a row with everything inside it; the group of everything stays.
func (t tree) remove(at int) tree {
	if at < 1 || at >= len(t) {
		return t
	}
	return slices.Delete(slices.Clone(t), at, t.end(at))
}

// confined says whether the conditions hold only for one area's people: a line of the outermost group that all must meet.
func (t tree) confined(field, area string) bool {
	if t[0].Kind != "all" {
		return false
	}
	for i := 1; i < len(t); i = t.end(i) {
		r := &t[i]
		if r.Kind != "row" || r.Field != field || r.Op != "starts" {
			continue
		}
		codes := strings.FieldsFunc(r.Value, func(c rune) bool { return strings.ContainsRune("、,， ", c) })
		if len(codes) > 0 && !slices.ContainsFunc(codes, func(code string) bool { return !strings.HasPrefix(code, area) }) {
			return true
		}
	}
	return false
}

// put sets a line of a document, below the keys of a path; an empty value takes it away.
func put(doc *yaml.Node, value *yaml.Node, path ...string) {
	for i, name := range path {
		last := i == len(path)-1
		at := slices.IndexFunc(keysOf(doc), func(k *yaml.Node) bool { return k.Value == name })
		if last && value == nil {
			if at >= 0 {
				doc.Content = slices.Delete(doc.Content, 2*at, 2*at+2)
			}
			return
		}
		if at < 0 {
			doc.Content = append(doc.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: name}, &yaml.Node{Kind: yaml.MappingNode})
			at = len(doc.Content)/2 - 1
		}
		if last {
			doc.Content[2*at+1] = value
			return
		}
		doc = doc.Content[2*at+1]
	}
}

func keysOf(doc *yaml.Node) (keys []*yaml.Node) {
	for i := 0; i+1 < len(doc.Content); i += 2 {
		keys = append(keys, doc.Content[i])
	}
	return keys
}

// words is a text as yaml, nil where it is empty; many a list.
func words(text string) *yaml.Node {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

func many(text string, sep string) *yaml.Node {
	made := &yaml.Node{Kind: yaml.SequenceNode}
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(sep, c) }) {
		if w := words(part); w != nil {
			made.Content = append(made.Content, w)
		}
	}
	if len(made.Content) == 0 {
		return nil
	}
	return made
}

// write is a document as text.
func write(doc *yaml.Node) (string, error) {
	var b strings.Builder
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	err := e.Encode(doc)
	return b.String(), err
}
