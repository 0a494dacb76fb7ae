package rule

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Limits of a policy document: beyond them it is refused with a reason.
const (
	MaxBytes  = 512 << 10
	MaxLeaves = 1000
	MaxDepth  = 100 // of yaml: 48 connectives in each other
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
func Load(text []byte, dict *Dictionary) (*Policy, error) { return LoadIn(text, dict, nil) }

// LoadIn is Load for a policy of a catalogue whose policies share parameters. The policy's own parameters go first.
func LoadIn(text []byte, dict *Dictionary, shared map[string]*Parameter) (*Policy, error) {
	p, err := LoadBare(text, dict, shared)
	if err != nil {
		return nil, err
	}
	if names := p.Unsaid(); len(names) > 0 {
		return nil, &Error{Line: 1, Column: 1, Text: "缺少" + strings.Join(names, "、")}
	}
	return p, nil
}

// LoadBare is LoadIn for a policy that need say no more than its conditions: it can be decided, but not published.
func LoadBare(text []byte, dict *Dictionary, shared map[string]*Parameter) (*Policy, error) {
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
		return nil, &Error{Text: "不是合格的 yaml：" + yamlTrouble(err) + "。请检查缩进和冒号后的空格，含方括号或冒号的条件请各占一行"}
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, &Error{Line: 1, Column: 1, Text: "文件应以“编号: …”这样的条目组成"}
	}
	return doc.Content[0], nil
}

var yamlLine = regexp.MustCompile(`line (\d+): `)

// yamlTrouble is what the yaml reader says, with its place first.
func yamlTrouble(err error) string {
	text := yamlLine.ReplaceAllString(strings.TrimPrefix(err.Error(), "yaml: "), "第 $1 行，")
	for _, t := range yamlTroubles {
		if before, _, is := strings.Cut(text, t[0]); is {
			return before + t[1]
		}
	}
	return text
}

var yamlTroubles = [][2]string{
	{"mapping values are not allowed", "冒号的位置不对，含冒号的文字要加引号"}, {"did not find expected", "括号、引号或缩进没有对上"},
	{"found character that cannot start any token", "有不能放在开头的字符，缩进请用空格，不用制表符"}, {"control characters are not allowed", "有看不见的控制字符"},
	{"exceeded max depth", "套得太深"}, {"found unexpected end of stream", "引号没有合上"}, {"could not find expected", "名称后面缺冒号，或缩进没有对上"},
	{"found unexpected", "有不能写在这里的字符"}, {"invalid leading UTF-8", "文字编码不是 UTF-8"},
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

// longWord is how much of somebody's text an error repeats.
const longWord = 300

func (l *loader) fail(at *yaml.Node, offset int, format string, args ...any) {
	if len(l.wrong) >= enough {
		return
	}
	for i, arg := range args { // what stands there may be endless
		if text, is := arg.(string); is && utf8.RuneCountInString(text) > longWord {
			args[i] = string([]rune(text)[:longWord]) + "……"
		}
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
	zh, en string // several with | between them
	read   func(l *loader, at *yaml.Node)
}

func (k *key) is(name string) bool {
	name = strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(half(name)), "-", "_"), " ", "_")
	return slices.ContainsFunc(k.names(), func(n string) bool { return strings.EqualFold(n, name) })
}

func (k *key) names() []string { return append(strings.Split(k.zh, "|"), strings.Split(k.en, "|")...) }

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

// oneOr reads a part that may be one line too.
func oneOr(line func(p *Policy) *string, keys []key) func(*loader, *yaml.Node) {
	return func(l *loader, at *yaml.Node) {
		if at.Kind == yaml.ScalarNode {
			text(line)(l, at)
			return
		}
		l.mapping(at, keys)
	}
}

func amountKeys() []key {
	return []key{
		{"金额", "amount", (*loader).amount},
		{"舍入", "rounding", (*loader).rounding},
		{"上限", "at_most|max|cap", paid(func(p *Policy) **formula { return &p.atMost })},
		{"下限", "at_least|min|floor", paid(func(p *Policy) **formula { return &p.atLeast })},
	}
}

func documentKeys() []key {
	return append(amountKeys(), []key{
		{"编号", "id", text(func(p *Policy) *string { return &p.ID })},
		{"名称", "name|title", text(func(p *Policy) *string { return &p.Name.Zh })},
		{"对象", "for|subject", (*loader).subject},
		{"来源", "source", oneOr(func(p *Policy) *string { return &p.Document }, []key{
			{"文件", "document", text(func(p *Policy) *string { return &p.Document })},
			{"条款", "place", text(func(p *Policy) *string { return &p.Place })},
			{"原文", "quote", text(func(p *Policy) *string { return &p.Quote })},
		})},
		{"有效期", "valid", part([]key{
			{"从", "from", day(func(p *Policy) *Day { return &p.From })},
			{"到", "to|until", day(func(p *Policy) *Day { return &p.To })},
		})},
		{"生效", "valid_from", day(func(p *Policy) *Day { return &p.From })},
		{"失效", "valid_to|valid_until", day(func(p *Policy) *Day { return &p.To })},
		{"参数", "parameters|params", (*loader).parameters},
		{"计算", "values|let|compute", (*loader).values},
		{"发放", "payments", (*loader).payments},
		{"互斥", "excludes", texts(func(p *Policy) *[]string { return &p.Excludes })},
		{"互斥组", "exclusive_group|group", text(func(p *Policy) *string { return &p.Group })},
		{"优先", "rank|priority", (*loader).rank},
		{"条件", "when|if|conditions", func(l *loader, at *yaml.Node) { l.p.root = l.tree(at, false) }},
		{"差一点", "near", func(l *loader, at *yaml.Node) { l.p.hint = l.tree(at, false) }},
		{"结果", "result|then|benefit", oneOr(func(p *Policy) *string { return &p.Result.Zh }, append([]key{
			{"说明", "text|description", text(func(p *Policy) *string { return &p.Result.Zh })},
		}, amountKeys()...))},
		{"办理", "apply", oneOr(func(p *Policy) *string { return &p.Next.Zh }, []key{
			{"部门", "office", text(func(p *Policy) *string { return &p.Office.Zh })},
			{"渠道", "channel", text(func(p *Policy) *string { return &p.Channel.Zh })},
			{"材料", "evidence", texts(func(p *Policy) *[]string { return &p.Evidence })},
			{"期限", "term", text(func(p *Policy) *string { return &p.Term })},
			{"线上", "online", (*loader).online},
			{"下一步", "next", text(func(p *Policy) *string { return &p.Next.Zh })},
		})},
		{"说明", "description", text(func(p *Policy) *string { return &p.Result.Zh })},
		{"链接", "url|link", func(*loader, *yaml.Node) {}},
		{"口径", "notes", texts(func(p *Policy) *[]string { return &p.Notes })},
		{"英文", "english", part([]key{
			{"名称", "name", text(func(p *Policy) *string { return &p.Name.En })},
			{"说明", "text", text(func(p *Policy) *string { return &p.Result.En })},
			{"部门", "office", text(func(p *Policy) *string { return &p.Office.En })},
			{"渠道", "channel", text(func(p *Policy) *string { return &p.Channel.En })},
			{"下一步", "next", text(func(p *Policy) *string { return &p.Next.En })},
		})},
	}...)
}

func (l *loader) document(at *yaml.Node) {
	ordered := *at
	ordered.Content = sortedKeys(at.Content, "参数", "parameters", "params", "计算", "values", "let", "compute") // what conditions may name comes first
	l.p.Kind = Subjects[Person]
	l.mapping(&ordered, documentKeys())
	if l.p.root < 0 && len(l.wrong) == 0 {
		l.fail(at, 0, "缺少条件。人人都符合的写“条件: 是”")
	}
	if l.p.From != 0 && l.p.To != 0 && l.p.From > l.p.To {
		l.fail(at, 0, "有效期的“到”早于“从”，请核对")
	}
	if l.p.schedule != nil && l.p.amount == nil {
		if l.p.amount = (&formula{shape: numberShape, unit: "元", n: l.p.Amount.Fen * (micro / 100)}); l.p.Amount.Fen == 0 && len(l.wrong) == 0 {
			l.fail(at, 0, "有发放而没有金额，请在结果里写金额（每月的）")
		}
	}
	if (l.p.atMost != nil || l.p.atLeast != nil || l.p.step != 0) && l.p.amount == nil && l.p.Amount.Fen != 0 && l.p.Amount.Most == 0 { // a figure is limited and rounded too
		l.p.amount = &formula{shape: numberShape, unit: "元", n: l.p.Amount.Fen * (micro / 100)}
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
		if strings.HasPrefix(name.Value, "x_") || strings.HasPrefix(name.Value, "x-") { // somebody's own remark
			continue
		}
		for _, k := range keys {
			if !k.is(name.Value) {
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
			known = append(known, k.names()...)
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
		names = append(names, strings.ReplaceAll(k.zh, "|", "、"))
	}
	return strings.Join(names, "、")
}

func (l *loader) subject(at *yaml.Node) {
	said := strings.TrimSpace(at.Value)
	var words []string
	for i, w := range Subjects {
		if said == w.Zh || strings.EqualFold(said, w.En) {
			l.p.For, l.p.Kind = Subject(i), w
			return
		}
		words = append(words, w.Zh)
	}
	if l.p.dict.Open && said != "" { // a file may be of anything
		l.p.For, l.p.Kind = Other, Word{said, said}
		return
	}
	l.fail(at, 0, "对象应为%s，您写的是“%s”", strings.Join(words, "、"), at.Value)
}

func (l *loader) amount(at *yaml.Node) {
	if l.fromTo(at) {
		return
	}
	made := newReader(l.p.dict, strings.TrimSpace(at.Value))
	n, ok := made.grouped()
	rest := made.rest()
	if tail, wan := strings.CutPrefix(rest, "万"); wan {
		n, rest = n*10_000, tail
	}
	yuan := false
	for _, w := range []string{"元", "yuan", "rmb", "cny"} {
		if tail, is := strings.CutPrefix(rest, w); is {
			rest, yuan = tail, true
		}
	}
	yuan = yuan || regular.MatchString(rest) || rest == "" && strings.Contains(made.line, ",")
	if !ok || !yuan || n < 0 || n%(Scale/100) != 0 || strings.ContainsAny(rest, "+-*/×÷") {
		if paid(func(p *Policy) **formula { return &p.amount })(l, at); l.p.amount != nil {
			l.p.Amount.How = strings.TrimSpace(at.Value)
			if f := l.p.amount; f.act == actLiteral && f.texts == nil && strings.HasSuffix(half(l.p.Amount.How), "%") {
				l.fail(at, 0, "金额应是钱数，“%s”是比例，请写成 %s * 某个金额", at.Value, at.Value)
			}
			if f := l.p.amount; f.act == actNegate && f.kids[0].act == actLiteral {
				l.fail(at, 0, "金额不能小于 0，您写的是“%s”", at.Value)
			}
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

// regular is how often a plain figure is paid: 500 per month.
var regular = regexp.MustCompile(`^(?i)(per |a |each )?(one-off|once|monthly|yearly|quarterly|month|year|day|每月|每年|每人|一次性)`)

var amountRange = regexp.MustCompile(`^(\d[\d,.]*)\s*(万)?\s*(?:元|yuan)?\s*(?:至|到|~|～|-|–|to)\s*(\d[\d,.]*)\s*(万)?\s*(?:元|yuan)?(.*)$`)

// fromTo reads an amount of which the text only states a range: 300 至 500 元 每月.
func (l *loader) fromTo(at *yaml.Node) bool {
	m := amountRange.FindStringSubmatch(strings.TrimSpace(half(at.Value)))
	if m == nil || strings.ContainsAny(m[5], "+-*/×÷()") {
		return false
	}
	fen := func(text, wan string) int64 {
		v, ok := ReadNumber(text)
		if !ok || v.n > 1<<40*Scale {
			return -1
		}
		return v.n / (Scale / 100) * either[int64](wan != "", 10_000, 1)
	}
	low, high := fen(m[1], either(m[2] != "", m[2], m[4])), fen(m[3], m[4])
	if low < 0 || high <= low {
		l.fail(at, 0, "金额的范围应由小到大，如 300 至 500 元；要相减请写成 (500 - 300)，您写的是“%s”", at.Value)
		return true
	}
	l.p.Amount = Amount{Fen: low, Most: high, How: strings.TrimSpace(at.Value)}
	return true
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

// online reads whether people apply through the system.
func (l *loader) online(at *yaml.Node) {
	switch strings.ToLower(strings.TrimSpace(at.Value)) {
	case "是", "yes", "true":
		l.p.Offline = false
	case "否", "no", "false":
		l.p.Offline = true
	default:
		l.fail(at, 0, "线上应写是或否，您写的是“%s”", at.Value)
	}
}

func (l *loader) rank(at *yaml.Node) {
	n, err := strconv.Atoi(strings.TrimSpace(at.Value))
	if err != nil {
		l.fail(at, 0, "优先应写整数，小的在前，您写的是“%s”", at.Value)
	}
	l.p.Rank = n
}
