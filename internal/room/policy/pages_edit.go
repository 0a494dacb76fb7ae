package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

// blankText is where a new policy begins.
const blankText = `编号: 新政策
名称: %s
对象: %s
来源:
  文件: %s
  条款: %s
  原文: %s
条件:
  全部:
    - %s 开头为 [%s]
结果:
  说明: %s
办理:
  下一步: 请带身份证到就业服务大厅办理
`

func (r *Room) blankForm(c *web.Ctx) *web.Form {
	var themes []web.Option
	for _, s := range subjects {
		themes = append(themes, web.Option{Value: s.Zh, Text: in(c.Lang, s)})
	}
	return c.Form(
		web.Field{Name: "name", Label: c.T("policy.ed.name"), Need: true, Max: 60},
		web.Field{Name: "for", Label: c.T("policy.for"), Kind: "radios", Need: true, Inline: true, Options: []web.Option{{Value: "人员", Text: in(c.Lang, rule.Subjects[0])}, {Value: "单位", Text: in(c.Lang, rule.Subjects[1])}}},
		web.Field{Name: "subject", Label: c.T("policy.cat.subject"), Kind: "select", Need: true, Options: themes},
		web.Field{Name: "document", Label: c.T("policy.ed.document"), Need: true, Max: 120},
		web.Field{Name: "place", Label: c.T("policy.ed.place"), Need: true, Max: 60},
		web.Field{Name: "quote", Label: c.T("policy.ed.quote"), Hint: c.T("policy.ed.quoteHint"), Kind: "textarea", Rows: 3, Need: true, Max: 1000},
		web.Field{Name: "result", Label: c.T("policy.ed.result"), Need: true, Max: 200},
	)
}

// blank asks for what a new policy is.
func (r *Room) blank(c *web.Ctx) error { return r.blankPage(c, r.blankForm(c)) }

func (r *Room) blankPage(c *web.Ctx, f *web.Form) error {
	return c.Render("policy/new", web.Page{Title: c.T("policy.ed.new"), Lede: c.T("policy.ed.newLede"), Form: f, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.cat.title"), Href: atHome + "/catalogue"}}})
}

// begin writes the first draft and opens the editor.
func (r *Room) begin(c *web.Ctx) error {
	f := r.blankForm(c)
	name, who, subject := f.Text("name"), f.Choice("for"), f.Choice("subject")
	document, place, quote, result := f.Text("document"), f.Text("place"), f.Text("quote"), f.Text("result")
	if !f.OK() {
		return r.blankPage(c, f)
	}
	where := "居住地"
	if who == "单位" {
		where = "登记地"
	}
	quoted := func(s string) string {
		text, err := yaml.Marshal(strings.Join(strings.Fields(s), " "))
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(text))
	}
	text := fmt.Sprintf(blankText, quoted(name), who, quoted(document), quoted(place), quoted(quote), where, c.User.Area, quoted(result))
	id, n, err := r.Begin(c.Context(), c.User, Version{Subject: subject, Name: name, Text: text, From: db.On(r.Clock.Today().AddDate(0, 0, 1))}, c.Once())
	if err != nil {
		return err
	}
	return c.Redirect(editHref(id, n))
}

// rowView is one line of the form over the conditions.
type rowView struct {
	row
	I     int
	Root  bool
	Kids  []*rowView
	Unit  string
	Left  string // how many are left when this line and those above it hold
	Error string
}

type option struct{ Value, Text string }

type editData struct {
	V          *Version
	Root       *rowView
	Fields     []option
	Relations  []option
	Connects   []option
	Count      *countView
	Policy     *rule.Policy
	Demands    part
	Offer      offer
	Action     string
	Version    string
	Parameters []openLine
}

// countView is whom the wording in the form would hit now.
type countView struct {
	Figures []web.Figure
	Areas   []areaCount
	Lines   []web.Pair // each line of the outermost group, with how many are left behind it
	Against string
	Open    string
	Unit    string
	Took    string
}

type areaCount struct {
	Name  string
	N     int64
	Share int64 // of the largest, in hundredths
}

// editFields are the questions apart from the conditions: their names, and where they stand in the document.
var editFields = []struct {
	name string
	path []string
	many string // separators of a list; "": one text
}{
	{"name", []string{"名称"}, ""}, {"document", []string{"来源", "文件"}, ""}, {"place", []string{"来源", "条款"}, ""}, {"quote", []string{"来源", "原文"}, ""},
	{"result", []string{"结果", "说明"}, ""}, {"amount", []string{"结果", "金额"}, ""}, {"office", []string{"办理", "部门"}, ""}, {"channel", []string{"办理", "渠道"}, ""},
	{"evidence", []string{"办理", "材料"}, "、,，"}, {"term", []string{"办理", "期限"}, ""}, {"next", []string{"办理", "下一步"}, ""}, {"notes", []string{"口径"}, "\n\r"},
}

func (r *Room) editForm(c *web.Ctx) *web.Form {
	var themes []web.Option
	for _, s := range subjects {
		themes = append(themes, web.Option{Value: s.Zh, Text: in(c.Lang, s)})
	}
	return c.Form(
		web.Field{Name: "name", Label: c.T("policy.ed.name"), Need: true, Max: 60},
		web.Field{Name: "subject", Label: c.T("policy.cat.subject"), Kind: "select", Need: true, Options: themes},
		web.Field{Name: "from", Label: c.T("policy.ed.from"), Kind: "date", Need: true},
		web.Field{Name: "document", Label: c.T("policy.ed.document"), Need: true, Max: 120},
		web.Field{Name: "place", Label: c.T("policy.ed.place"), Need: true, Max: 60},
		web.Field{Name: "quote", Label: c.T("policy.ed.quote"), Kind: "textarea", Rows: 3, Need: true, Max: 1000},
		web.Field{Name: "result", Label: c.T("policy.ed.result"), Need: true, Max: 200},
		web.Field{Name: "amount", Label: c.T("policy.ed.amount"), Hint: c.T("policy.ed.amountHint"), Max: 400},
		web.Field{Name: "office", Label: c.T("policy.office"), Max: 120},
		web.Field{Name: "channel", Label: c.T("policy.channel"), Max: 120},
		web.Field{Name: "evidence", Label: c.T("policy.evidence"), Hint: c.T("policy.ed.evidenceHint"), Max: 200},
		web.Field{Name: "term", Label: c.T("policy.term"), Max: 80},
		web.Field{Name: "next", Label: c.T("policy.ed.next"), Hint: c.T("policy.ed.nextHint"), Kind: "textarea", Rows: 3, Need: true, Max: 500},
		web.Field{Name: "notes", Label: c.T("policy.notes"), Hint: c.T("policy.ed.notesHint"), Kind: "textarea", Rows: 4},
	)
}

// edit opens a draft in the form.
func (r *Room) edit(c *web.Ctx) error {
	v, err := r.asked(c)
	if err != nil {
		return err
	}
	if err := mayWrite(c.User, &v); err != nil {
		return err
	}
	doc, err := document(v.Text)
	if err != nil {
		return err
	}
	f := r.editForm(c)
	f.SetVersion(v.Row)
	f.Set("subject", v.Subject)
	f.Set("from", v.From.String())
	for _, e := range editFields {
		at := doc
		for _, name := range e.path {
			at = child(at, name)
		}
		if at != nil {
			f.Set(e.name, spread(at, e.many))
		}
	}
	dict := r.dictOf(v.Text)
	t, err := readTree(v.Text, dict)
	if err != nil {
		return err
	}
	return r.editPage(c, f, &v, t, nil, nil)
}

// spread is a text, or the texts of a list with the first of some separators between them.
func spread(at *yaml.Node, many string) string {
	if at.Kind == yaml.ScalarNode {
		return at.Value
	}
	var list []string
	for _, kid := range at.Content {
		list = append(list, kid.Value)
	}
	sep := "\n"
	if strings.HasPrefix(many, "、") {
		sep = "、"
	}
	return strings.Join(list, sep)
}

// dictOf is the dictionary of those a text is for.
func (r *Room) dictOf(text string) *rule.Dictionary {
	if forEmployers([]byte(text)) {
		return r.library.employer
	}
	return r.library.person
}

// typed reads the rows of the form.
func typed(f *web.Form) tree {
	var t tree
	at := func(name string, i int) string {
		if list := f.Values[name]; i < len(list) {
			return strings.TrimSpace(list[i])
		}
		return ""
	}
	for i := range f.Values["row-kind"] {
		if i > rule.MaxLeaves {
			break
		}
		depth, _ := strconv.Atoi(at("row-depth", i))
		n, _ := strconv.Atoi(at("row-n", i))
		made := row{Depth: depth, Kind: at("row-kind", i), N: n, Field: at("row-field", i), Op: at("row-op", i), Value: at("row-value", i)}
		if i == 0 && (!made.group() || made.Kind == "not") {
			made.Kind = "all"
		}
		if i == 0 {
			made.Depth = 0
		} else { // nobody can lie deeper than just inside the group above
			most := t[i-1].Depth
			if t[i-1].group() {
				most++
			}
			made.Depth = min(max(1, made.Depth), most)
		}
		t = append(t, made)
	}
	if len(t) == 0 {
		t = tree{{Kind: "all"}}
	}
	return t
}

// change does what a button of the editor says: everything typed stays in the form until it is saved.
func (r *Room) change(c *web.Ctx) error {
	v, err := r.asked(c)
	if err != nil {
		return err
	}
	if err := mayWrite(c.User, &v); err != nil {
		return err
	}
	f := r.editForm(c)
	t := typed(f)
	do, place, _ := strings.Cut(f.Value("do"), ":")
	at, _ := strconv.Atoi(place)
	first := r.dictOf(v.Text).Fields[0].Zh
	switch do {
	case "row":
		return r.editPage(c, f, &v, t.insert(at, row{Kind: "row", Field: first, Op: "ge"}), nil, nil)
	case "text":
		return r.editPage(c, f, &v, t.insert(at, row{Kind: "text"}), nil, nil)
	case "group":
		return r.editPage(c, f, &v, t.insert(at, row{Kind: "any", N: 1}, row{Depth: 1, Kind: "row", Field: first, Op: "ge"}), nil, nil)
	case "drop":
		return r.editPage(c, f, &v, t.remove(at), nil, nil)
	}
	text, wrong := r.written(f, &v, t)
	if do == "count" {
		var found *countView
		if len(wrong) == 0 && f.OK() {
			if found, err = r.tally(c, text, &v, t); err != nil {
				return err
			}
		}
		return r.editPage(c, f, &v, t, wrong, found)
	}
	next := v
	next.Name, next.Subject, next.From, next.Text, next.Row = f.Text("name"), f.Choice("subject"), db.On(f.Date("from")), text, f.Version()
	for _, name := range []string{"document", "place", "quote", "result", "next"} {
		f.Text(name)
	}
	if f.OK() && next.From.Before(r.Clock.Today()) {
		f.Fail("from", c.T("policy.ed.fromPast"))
	}
	if !f.OK() || len(wrong) > 0 {
		return r.editPage(c, f, &v, t, wrong, nil)
	}
	if err := r.Save(c.Context(), c.User, next, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("policy.ed.saved"))
	return c.Redirect(versionHref(v.PolicyID, v.Version))
}

// written puts what was typed into the document, and says which rows cannot be read.
func (r *Room) written(f *web.Form, v *Version, t tree) (string, map[int]string) {
	wrong := map[int]string{}
	for i := range t {
		if t[i].group() && t.end(i) == i+1 {
			wrong[i] = "这一组下面至少要有一个条件，请加一条或删去这一组"
		}
	}
	with := func(conditions *yaml.Node, amount bool) string {
		doc, err := document(v.Text)
		if err != nil {
			f.Fail("", fault.TextOf(err))
			return ""
		}
		for _, e := range editFields {
			value := words(f.Value(e.name))
			if e.many != "" {
				value = many(f.Value(e.name), e.many)
			}
			put(doc, value, e.path...)
		}
		if !amount {
			put(doc, nil, "结果", "金额")
		}
		put(doc, conditions, "条件")
		text, err := write(doc)
		if err != nil {
			f.Fail("", fault.TextOf(err))
		}
		return text
	}
	params := r.catalogue().params
	for i := range t {
		if t[i].group() {
			continue
		}
		if _, err := r.library.load([]byte(with(t.node(i), false)), params); err != nil {
			for _, m := range mistakes(err) {
				wrong[i] = m.Text
				break
			}
		}
	}
	whole := with(t.node(0), true)
	if len(wrong) > 0 {
		return whole, wrong
	}
	if _, err := r.library.load([]byte(whole), params); err != nil {
		name := ""
		if _, without := r.library.load([]byte(with(t.node(0), false)), params); without == nil {
			name = "amount"
		}
		for _, m := range mistakes(err) {
			f.Fail(name, m.Text)
			break
		}
	}
	return whole, wrong
}

// tally counts whom the form's wording hits, line by line.
func (r *Room) tally(c *web.Ctx, text string, v *Version, t tree) (*countView, error) {
	params := r.catalogue().params
	p, err := r.library.load([]byte(text), params)
	if err != nil {
		return nil, err
	}
	list := []*rule.Policy{p}
	var lines []int
	if t[0].Kind == "all" {
		doc, err := document(text)
		if err != nil {
			return nil, err
		}
		group := &yaml.Node{Kind: yaml.SequenceNode}
		for i := 1; i < len(t); i = t.end(i) {
			group.Content = append(group.Content, t.node(i))
			put(doc, group, "条件")
			part, err := write(doc)
			if err != nil {
				return nil, err
			}
			q, err := r.library.load([]byte(part), params)
			if err != nil {
				return nil, err
			}
			list, lines = append(list, q), append(lines, i)
		}
	}
	now, inForce := r.catalogue().find(v.PolicyID)
	if inForce == nil && now.For == p.For {
		list = append(list, now)
	}
	found, err := r.Count(c.Context(), list, c.User.Area)
	if err != nil {
		return nil, err
	}
	view := &countView{Unit: c.T("policy.people")}
	for k, i := range lines {
		t[i].left = lang.Int(found[k+1].Yes())
		view.Lines = append(view.Lines, web.Pair{Key: r.lineText(c, &t[i]), Value: t[i].left})
	}
	all := &found[0]
	view.Took = c.T("policy.ed.took", lang.Int(all.Of), fmt.Sprintf("%.1f", all.Took.Seconds()))
	if p.For == rule.Employer {
		view.Unit = c.T("policy.units")
	}
	for _, verdict := range []rule.Verdict{rule.Eligible, rule.Near, rule.Unknown, rule.No} {
		if verdict == rule.Near && all.Coarse {
			continue
		}
		view.Figures = append(view.Figures, web.Figure{Label: c.T("frame.verdict." + marks[verdict]), Value: lang.Int(all.Verdicts[verdict]), Unit: view.Unit})
	}
	switch {
	case all.Unpriced > 0:
		view.Open = c.T("policy.ed.unpriced", lang.Int(all.Unpriced))
		fallthrough
	case all.Fen > 0:
		view.Figures = append(view.Figures, web.Figure{Label: c.T("policy.ed.cost"), Value: lang.Fen(all.Fen), Unit: c.T("policy.ed.yuan")})
	}
	if inForce == nil && len(found) > len(lines)+1 {
		view.Against = c.T("policy.ed.against", lang.Int(found[len(found)-1].Yes()), fmt.Sprintf("%+d", all.Yes()-found[len(found)-1].Yes()))
	}
	for code, n := range all.By {
		view.Areas = append(view.Areas, areaCount{Name: r.AreaName(code), N: n})
	}
	slices.SortFunc(view.Areas, func(a, b areaCount) int { return int(b.N - a.N) })
	for i := range view.Areas {
		view.Areas[i].Share = view.Areas[i].N * 100 / max(1, view.Areas[0].N)
	}
	return view, nil
}

func (r *Room) editPage(c *web.Ctx, f *web.Form, v *Version, t tree, wrong map[int]string, found *countView) error {
	dict := r.dictOf(v.Text)
	data := editData{V: v, Count: found, Action: editHref(v.PolicyID, v.Version), Version: versionHref(v.PolicyID, v.Version)}
	for i := range dict.Fields {
		data.Fields = append(data.Fields, option{dict.Fields[i].Zh, dict.Fields[i].Zh})
		if c.Lang == lang.English {
			data.Fields[i].Text = dict.Fields[i].Label()
		}
	}
	for _, rel := range relations {
		data.Relations = append(data.Relations, option{rel.Op, c.T("policy.op." + rel.Op)})
	}
	for _, g := range groups {
		data.Connects = append(data.Connects, option{g.kind, c.T("policy.group." + g.kind)})
	}
	rows := make([]*rowView, len(t))
	var above []*rowView
	for i := range t {
		made := &rowView{row: t[i], I: i, Root: i == 0, Left: t[i].left, Error: wrong[i]}
		if id, known := dict.ID(t[i].Field); known && t[i].Kind == "row" {
			made.Unit = in(c.Lang, dict.Fields[id].Unit)
		}
		rows[i] = made
		if i == 0 {
			data.Root, above = made, []*rowView{made}
			continue
		}
		above = above[:min(len(above), t[i].Depth)]
		parent := above[len(above)-1]
		parent.Kids = append(parent.Kids, made)
		above = append(above, made)
		if made.Error != "" {
			f.Fail("row"+strconv.Itoa(i), c.T("policy.ed.line", i)+made.Error)
		}
	}
	if wrong[0] != "" {
		f.Fail("row0", wrong[0])
	}
	said := f.Errors
	text, bad := r.written(f, v, t) // once more, for the preview: its errors have been told
	if f.Errors = said; len(bad) == 0 {
		if p, err := r.library.load([]byte(text), r.catalogue().params); err == nil {
			data.Policy, data.Demands = p, demands(c.Lang, p, rule.DayOf(r.Clock.Today()))
			data.Offer = offer{Name: in(c.Lang, p.Name), Verdict: "yes", Amount: amount(c.Lang, p), Result: in(c.Lang, p.Result), Lead: c.T("policy.ed.sample"), Act: actOf(c.Lang, p, rule.You)}
			data.Parameters = r.uses(c, &Entry{Parameters: named(text, r.catalogue().params)})
		}
	}
	return c.Render("policy/edit", web.Page{Title: v.Name, Lede: c.T("policy.ver.lede", v.Version, c.T("policy.state."+string(v.State)), v.From.String()), Data: data, Form: f, Nav: atHome,
		Crumbs: r.crumbs(c, v.PolicyID, v.Name, web.Crumb{Text: c.T("policy.ver.number", v.Version), Href: data.Version})})
}

// lineText is a row in short, for the list of what is left behind it.
func (r *Room) lineText(c *web.Ctx, at *row) string {
	if at.group() {
		return c.T("policy.group." + at.Kind)
	}
	for _, rel := range relations {
		if rel.Op == at.Op && len(rel.Also) > 0 {
			return at.Field + " " + rel.Also[0] + " " + at.Value
		}
	}
	return at.line()
}
