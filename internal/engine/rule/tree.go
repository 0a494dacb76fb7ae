package rule

import (
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// connectives in both languages. “至少 n” is read apart, for its number.
var connectives = map[string]string{
	"全部": "all", "all": "all", "同时": "all",
	"任一": "any", "any": "any", "任意一条": "any", "or": "any", "and": "all",
	"非": "not", "not": "not", "都不": "none", "none": "none",
}

// tree reads a condition and returns its node; negated says whether an odd number of 非 stands above.
func (l *loader) tree(at *yaml.Node, negated bool) int {
	switch at.Kind {
	case yaml.ScalarNode:
		return l.comparison(at, negated)
	case yaml.SequenceNode: // a bare list means 全部
		return l.group(at, "all", 0, negated)
	case yaml.MappingNode:
		if len(at.Content) != 2 {
			l.fail(at, 0, "每一项只能有一个“全部”“任一”“非”或“至少 n”，请把其余的另起一项，前面加“- ”")
			return 0
		}
		name, body := at.Content[0], at.Content[1]
		word := strings.ToLower(strings.TrimSpace(half(name.Value)))
		if n, ok := atLeastOf(word); ok {
			return l.group(body, "least", n, negated)
		}
		switch c := connectives[strings.TrimSuffix(strings.ReplaceAll(word, "_", " "), " of")]; {
		case c == "not":
			return l.tree(body, !negated)
		case c == "none":
			return l.group(body, "any", 0, !negated)
		case c != "":
			return l.group(body, c, 0, negated)
		}
		if _, field := l.p.dict.ID(name.Value); field && body.Kind == yaml.ScalarNode {
			l.fail(name, 0, "条件写成一行，中间不加冒号，如“%s = %s”", name.Value, body.Value)
			return 0
		}
		if strings.ContainsAny(name.Value, "=<>\"(") {
			l.fail(name, 0, "含冒号的条件请整行用单引号引起来，如 '名称 = \"甲: 乙\"'")
			return 0
		}
		near := nearest(word, []string{"全部", "任一", "非", "都不", "至少 1"})
		l.fail(name, 0, "这里应写“全部”“任一”“非”“都不”或“至少 n”，您写的是“%s”%s", name.Value, maybe(near))
		return 0
	}
	l.fail(at, 0, "这里应写条件")
	return 0
}

func maybe(near string) string {
	if near == "" {
		return ""
	}
	return "，最接近的是“" + near + "”"
}

// atLeastOf reads 至少 2, 至少2项, at least 2.
func atLeastOf(word string) (int, bool) {
	rest, zh := strings.CutPrefix(word, "至少")
	if !zh {
		var en bool
		if rest, en = strings.CutPrefix(strings.ReplaceAll(word, "_", " "), "at least"); !en {
			return 0, false
		}
	}
	rest = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(rest), "项"), "条"), "of")
	n, err := strconv.Atoi(strings.TrimSpace(rest))
	return n, err == nil
}

// group reads a list under a connective. A negated group is its opposite over negated parts (De Morgan): not all is
// any, not at least n of k is at least k-n+1.
func (l *loader) group(at *yaml.Node, connective string, n int, negated bool) int {
	items := at.Content
	if at.Kind != yaml.SequenceNode {
		items = []*yaml.Node{at}
	}
	if len(items) == 0 {
		l.fail(at, 0, "“%s”下面至少要有一个条件", map[string]string{"all": "全部", "any": "任一", "least": "至少"}[connective])
		return 0
	}
	if connective == "least" && (n < 1 || n > len(items)) {
		l.fail(at, 0, "“至少”应在 1 至 %d 之间（下面有 %d 个条件），您写的是 %d", len(items), len(items), n)
		return 0
	}
	made := node{kind: kindAll, n: n}
	switch {
	case connective == "least":
		made.kind = kindAtLeast
		if negated {
			made.n = len(items) - n + 1
		}
	case connective == "any" != negated:
		made.kind = kindAny
	}
	place := len(l.p.nodes)
	l.p.nodes = append(l.p.nodes, node{})
	for _, item := range items {
		made.kids = append(made.kids, l.tree(item, negated))
	}
	l.p.nodes[place] = made
	return place
}

// comparison reads one line such as 失业月数 >= 12.
func (l *loader) comparison(at *yaml.Node, negated bool) int {
	if m := knownLine.FindStringSubmatch(at.Value); m != nil { // 毕业日期 有数据, income is not known
		if _, field := l.p.dict.ID(m[1]); field {
			plain := *at
			plain.Value = either(m[2]+m[3] != "", "not ", "") + "known(" + m[1] + ")"
			at = &plain
		}
	}
	made, err, r := l.leaf(at.Value)
	if err == "" && made.texts != nil && l.goesOn(at.Value) {
		err = "一条里有几个比较"
	}
	if head := newReader(l.p.dict, at.Value); err != "" && (formulaLike(at.Value) || r.twin || made.texts != nil || !head.begins() || l.p.dict.Open || l.mentions(at.Value)) {
		known := len(l.p.dict.Fields)
		f, bad, why := readFormula(at.Value, l.p.dict, l.named, l.params)
		if why == "" && f.guessed() {
			f.shape = truthShape
		}
		if len(l.p.dict.Fields) > known { // names that nobody's value is known of
			if again, wrong, _ := l.leaf(at.Value); wrong == "" && (again.texts == nil || !l.goesOn(at.Value)) {
				made, err, why = again, "", "read as a comparison"
			}
		}
		switch {
		case err == "":
		case why == "" && f.shape != truthShape:
			err = "条件应有真假，如“…… >= 12”，这一条算出来的是" + shapeNames[f.shape]
		case why == "":
			made, err = leaf{field: -1, formula: f, text0: strings.NewReplacer("： ", ": ", "， ", ", ").Replace(strings.TrimSpace(at.Value)), low: operand{field: -1}, high: operand{field: -1}}, ""
		case formulaLike(at.Value), l.p.dict.Open && !head.begins():
			err, r.at = why, bad
		}
	}
	if err != "" {
		offset := r.at
		if at.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			offset++
		}
		l.fail(at, offset, "%s", err)
		return 0
	}
	switch {
	case negated && made.formula != nil:
		made.formula, made.denied = &formula{act: actNot, kids: []*formula{made.formula}}, true
	case negated:
		made.op = made.op.not()
	}
	made.line = at.Line
	if len(l.p.leaves) == MaxLeaves {
		l.fail(at, 0, "条件超过 %d 条，请拆成几项政策", MaxLeaves)
	}
	l.p.leaves = append(l.p.leaves, made)
	l.p.nodes = append(l.p.nodes, node{kind: kindLeaf, leaf: len(l.p.leaves) - 1})
	return len(l.p.nodes) - 1
}

// begins says whether a field's name stands here.
func (r *reader) begins() bool {
	_, known := r.name()
	return known
}

var knownLine = regexp.MustCompile(`^\s*(.+?)\s*(?:\sis (not )?known|(没)?有数据)\s*$`)

var joint = regexp.MustCompile(`(?i)[^'"]\b(?:and|or)\b|&&|\|\||并且|而且|且|或者|或`)

// goesOn says whether a text that seems to be compared is more than a text: 学历 = 大专 且 年龄 > 16.
func (l *loader) goesOn(line string) bool {
	line = half(line)
	for _, at := range joint.FindAllStringIndex(line, -1) {
		before, rest := line[:at[0]+1], strings.TrimSpace(line[at[1]:])
		if strings.Count(before, `"`)%2 == 1 || strings.Count(before, "'")%2 == 1 || strings.Count(before, "[") > strings.Count(before, "]") {
			continue
		}
		next := newReader(l.p.dict, rest)
		if strings.ContainsAny(rest, "<>=≥≤(") || next.begins() || next.take("not", "非") {
			return true
		}
	}
	return false
}

func (l *loader) leaf(line string) (leaf, string, *reader) {
	r := newReader(l.p.dict, line)
	r.params = l.params
	made, err := r.leaf()
	return made, err, &r
}

// mentions says whether a line names a parameter or a value that is calculated.
func (l *loader) mentions(line string) bool {
	for name := range l.params {
		if strings.Contains(line, name) {
			return true
		}
	}
	for name := range l.named {
		if strings.Contains(line, name) {
			return true
		}
	}
	return false
}

// formulaLike says whether a line was meant as a formula, so that its errors are told instead of a comparison's.
func formulaLike(line string) bool {
	line = half(line)
	if strings.ContainsAny(line, "()*/+") {
		return true
	}
	for _, w := range []string{"且", "或", " and ", " or "} {
		if strings.Contains(line, w) {
			return true
		}
	}
	return false
}
