package rule

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Limits of a policy document: beyond them it is refused with a reason.
const (
	MaxBytes  = 256 << 10
	MaxLeaves = 1000
	MaxDepth  = 32
)

// Error says where a policy document is wrong and how to mend it, in Chinese.
type Error struct {
	Line, Column int // from 1, in characters; 0: the document as a whole
	Text         string
}

// Error implements error.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Text
	}
	return fmt.Sprintf("第 %d 行第 %d 列：%s", e.Line, e.Column, e.Text)
}

// Load reads one policy document. The error joins every *Error found.
func Load(text []byte, dict *Dictionary) (*Policy, error) { return load(text, dict, nil) }

func load(text []byte, dict *Dictionary, shared map[string]*Parameter) (*Policy, error) {
	doc, err := parsed(text)
	if err != nil {
		return nil, err
	}
	l := &loader{p: &Policy{dict: dict, hint: -1, root: -1}, named: map[string]*named{}, params: merged(nil, shared)}
	if l.anchors(doc, 0); len(l.wrong) == 0 {
		l.document(doc)
	}
	if err := l.failed(); err != nil {
		return nil, err
	}
	return l.p, nil
}

// parsed reads yaml: one mapping.
func parsed(text []byte) (*yaml.Node, error) {
	if len(text) > MaxBytes {
		return nil, &Error{Text: fmt.Sprintf("文件超过 %d KB，一项政策写不了这么长，请拆开", MaxBytes>>10)}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(halfKeys(text), &doc); err != nil {
		return nil, &Error{Text: "不是合格的 yaml：" + strings.TrimPrefix(err.Error(), "yaml: ") + "。请检查缩进和冒号后的空格，含方括号或冒号的条件请各占一行"}
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, &Error{Line: 1, Column: 1, Text: "文件应以“编号: …”这样的条目组成"}
	}
	return doc.Content[0], nil
}

func (l *loader) failed() error {
	if len(l.wrong) == 0 {
		return nil
	}
	return errors.Join(l.wrong...)
}

type loader struct {
	p      *Policy
	named  map[string]*named
	params map[string]*Parameter
	wrong  []error
}

// enough mistakes are told at once; the rest is found when these are mended.
const enough = 20

func (l *loader) fail(at *yaml.Node, offset int, format string, args ...any) {
	if len(l.wrong) >= enough {
		return
	}
	l.wrong = append(l.wrong, &Error{Line: at.Line, Column: at.Column + offset, Text: fmt.Sprintf(format, args...)})
}

// anchors refuses references, which could unfold without end, and trees that are too deep.
func (l *loader) anchors(at *yaml.Node, depth int) {
	switch {
	case at.Kind == yaml.AliasNode || at.Anchor != "":
		l.fail(at, 0, "不能用 & 和 * 引用，请把内容写全")
	case depth > MaxDepth:
		l.fail(at, 0, "套了 %d 层以上，请改写得平一些", MaxDepth)
	default:
		for _, kid := range at.Content {
			if l.anchors(kid, depth+1); len(l.wrong) > 0 {
				return
			}
		}
	}
}

// keys of a document and of its parts: Chinese → English twin → what to do with the value.
type key struct {
	zh, en string
	read   func(l *loader, at *yaml.Node)
}

func text(to func(p *Policy) *string) func(*loader, *yaml.Node) {
	return func(l *loader, at *yaml.Node) {
		if at.Kind != yaml.ScalarNode {
			l.fail(at, 0, "这里应写一行文字")
			return
		}
		*to(l.p) = strings.TrimSpace(at.Value)
	}
}

func texts(to func(p *Policy) *[]string) func(*loader, *yaml.Node) {
	return func(l *loader, at *yaml.Node) {
		list := at.Content
		if at.Kind == yaml.ScalarNode {
			list = []*yaml.Node{at}
		}
		for _, item := range list {
			if item.Kind != yaml.ScalarNode {
				l.fail(item, 0, "这里应写一行文字")
				continue
			}
			*to(l.p) = append(*to(l.p), strings.TrimSpace(item.Value))
		}
	}
}

func day(to func(p *Policy) *Day) func(*loader, *yaml.Node) {
	return func(l *loader, at *yaml.Node) {
		d, rest, ok := readDay(half(at.Value))
		if !ok || strings.TrimSpace(rest) != "" {
			l.fail(at, 0, "应写日期，如 2025-01-01，您写的是“%s”", at.Value)
			return
		}
		*to(l.p) = d
	}
}

func part(keys []key) func(*loader, *yaml.Node) {
	return func(l *loader, at *yaml.Node) { l.mapping(at, keys) }
}

func documentKeys() []key {
	return []key{
		{"编号", "id", text(func(p *Policy) *string { return &p.ID })},
		{"名称", "name", text(func(p *Policy) *string { return &p.Name.Zh })},
		{"对象", "for", (*loader).subject},
		{"来源", "source", part([]key{
			{"文件", "document", text(func(p *Policy) *string { return &p.Document })},
			{"条款", "place", text(func(p *Policy) *string { return &p.Place })},
			{"原文", "quote", text(func(p *Policy) *string { return &p.Quote })},
		})},
		{"有效期", "valid", part([]key{
			{"从", "from", day(func(p *Policy) *Day { return &p.From })},
			{"到", "to", day(func(p *Policy) *Day { return &p.To })},
		})},
		{"参数", "parameters", (*loader).parameters},
		{"计算", "values", (*loader).values},
		{"发放", "payments", (*loader).payments},
		{"互斥", "excludes", texts(func(p *Policy) *[]string { return &p.Excludes })},
		{"优先", "rank", (*loader).rank},
		{"条件", "when", func(l *loader, at *yaml.Node) { l.p.root = l.tree(at, false) }},
		{"差一点", "near", func(l *loader, at *yaml.Node) { l.p.hint = l.tree(at, false) }},
		{"结果", "result", part([]key{
			{"说明", "text", text(func(p *Policy) *string { return &p.Result.Zh })},
			{"金额", "amount", (*loader).amount},
			{"舍入", "rounding", (*loader).rounding},
			{"上限", "at_most", paid(func(p *Policy) **formula { return &p.atMost })},
			{"下限", "at_least", paid(func(p *Policy) **formula { return &p.atLeast })},
		})},
		{"办理", "apply", part([]key{
			{"部门", "office", text(func(p *Policy) *string { return &p.Office.Zh })},
			{"渠道", "channel", text(func(p *Policy) *string { return &p.Channel.Zh })},
			{"材料", "evidence", texts(func(p *Policy) *[]string { return &p.Evidence })},
			{"期限", "term", text(func(p *Policy) *string { return &p.Term })},
			{"下一步", "next", text(func(p *Policy) *string { return &p.Next.Zh })},
		})},
		{"口径", "notes", texts(func(p *Policy) *[]string { return &p.Notes })},
		{"英文", "english", part([]key{
			{"名称", "name", text(func(p *Policy) *string { return &p.Name.En })},
			{"说明", "text", text(func(p *Policy) *string { return &p.Result.En })},
			{"部门", "office", text(func(p *Policy) *string { return &p.Office.En })},
			{"渠道", "channel", text(func(p *Policy) *string { return &p.Channel.En })},
			{"下一步", "next", text(func(p *Policy) *string { return &p.Next.En })},
		})},
	}
}

func (l *loader) document(at *yaml.Node) {
	ordered := *at
	ordered.Content = sortedKeys(at.Content, "参数", "parameters", "计算", "values") // what conditions may name comes first
	l.mapping(&ordered, documentKeys())
	for _, need := range []struct {
		missing bool
		name    string
	}{
		{l.p.ID == "", "编号"}, {l.p.Name.Zh == "", "名称"}, {l.p.Quote == "", "来源里的原文"}, {l.p.root < 0, "条件"},
		{l.p.Result.Zh == "", "结果里的说明"}, {l.p.Next.Zh == "", "办理里的下一步"},
	} {
		if need.missing && len(l.wrong) == 0 {
			l.fail(at, 0, "缺少%s", need.name)
		}
	}
	if l.p.schedule != nil && l.p.amount == nil {
		if l.p.amount = (&formula{shape: numberShape, unit: "元", n: l.p.Amount.Fen * (micro / 100)}); l.p.Amount.Fen == 0 && len(l.wrong) == 0 {
			l.fail(at, 0, "有发放而没有金额，请在结果里写金额（每月的）")
		}
	}
	for i := range l.p.leaves {
		f := &l.p.leaves[i]
		l.p.soft = l.p.soft || f.formula == nil && l.p.dict.soft(f.field)
	}
}

// mapping reads the keys of one part; unknown and doubled ones are errors with the nearest known name.
func (l *loader) mapping(at *yaml.Node, keys []key) {
	if at.Kind != yaml.MappingNode {
		l.fail(at, 0, "这里应写“名称: 内容”，一条一行")
		return
	}
	seen := map[string]bool{}
next:
	for i := 0; i+1 < len(at.Content); i += 2 {
		name, value := at.Content[i], at.Content[i+1]
		for _, k := range keys {
			if name.Value != k.zh && !strings.EqualFold(name.Value, k.en) {
				continue
			}
			if seen[k.zh] {
				l.fail(name, 0, "“%s”写了两次，请留一个", name.Value)
			} else {
				seen[k.zh] = true
				k.read(l, value)
			}
			continue next
		}
		var known []string
		for _, k := range keys {
			known = append(known, k.zh, k.en)
		}
		if near := nearest(name.Value, known); near != "" {
			l.fail(name, 0, "不认识“%s”，最接近的是“%s”", name.Value, near)
		} else {
			l.fail(name, 0, "不认识“%s”，这里可写：%s", name.Value, zhNames(keys))
		}
	}
}

func zhNames(keys []key) string {
	var names []string
	for _, k := range keys {
		names = append(names, k.zh)
	}
	return strings.Join(names, "、")
}

func (l *loader) subject(at *yaml.Node) {
	for i, w := range Subjects {
		if at.Value == w.Zh || strings.EqualFold(at.Value, w.En) {
			l.p.For = Subject(i)
			return
		}
	}
	l.fail(at, 0, "对象应为人员、单位或家庭，您写的是“%s”", at.Value)
}

func (l *loader) amount(at *yaml.Node) {
	n, rest, ok := readNumber(strings.TrimSpace(half(at.Value)))
	rest = strings.TrimSpace(rest)
	if tail, wan := strings.CutPrefix(rest, "万"); wan {
		n, rest = n*Scale, tail
	}
	rest, yuan := strings.CutPrefix(rest, "元")
	if !ok || !yuan || n < 0 || n%(Scale/100) != 0 || strings.ContainsAny(rest, "+-*/×÷") {
		if paid(func(p *Policy) **formula { return &p.amount })(l, at); l.p.amount != nil {
			l.p.Amount.How = strings.TrimSpace(at.Value)
			return
		}
		if len(l.wrong) > 0 {
			return
		}
		l.fail(at, 0, "金额应写成“20000 元 一次性”，最小到分，您写的是“%s”", at.Value)
		return
	}
	l.p.Amount = Amount{Fen: n / (Scale / 100), How: strings.TrimSpace(rest)}
}

// sortedKeys brings some keys of a mapping to the front, in the order given.
func sortedKeys(content []*yaml.Node, first ...string) (out []*yaml.Node) {
	for _, name := range first {
		for i := 0; i+1 < len(content); i += 2 {
			if strings.EqualFold(content[i].Value, name) {
				out = append(out, content[i], content[i+1])
			}
		}
	}
	for i := 0; i+1 < len(content); i += 2 {
		if !slices.Contains(out, content[i]) {
			out = append(out, content[i], content[i+1])
		}
	}
	return out
}

func (l *loader) rank(at *yaml.Node) {
	n, err := strconv.Atoi(strings.TrimSpace(at.Value))
	if err != nil {
		l.fail(at, 0, "优先应写整数，小的在前，您写的是“%s”", at.Value)
	}
	l.p.Rank = n
}
