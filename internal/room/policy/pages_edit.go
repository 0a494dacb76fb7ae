package policy

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

// rowView is one line of the form over the conditions.
type rowView struct {
	row
	I     int
	Root  bool
	Kids  []*rowView
	Unit  string
	Left  string // how many are left when this line and those above it hold
	Error string
	lineChoice
}

type option struct{ Value, Text string }

type editData struct {
	V          *Version
	Root       *rowView
	Fields     []option
	Connects   []option
	Count      *countView
	Wrong      []string // what keeps the count from being made, for who sees it change while typing
	Monthly    bool     // the amount is paid by month
	PayFields  []string
	Policy     *rule.Policy
	Demands    part
	Offer      offer
	Action     string
	Version    string
	Parameters []openLine
}

// editFields are the questions apart from the conditions: their names, and where they stand in the document.
var editFields = []struct {
	name string
	path []string
	many string // separators of a list; "": one text
}{
	{"name", []string{"名称"}, ""}, {"document", []string{"来源", "文件"}, ""}, {"place", []string{"来源", "条款"}, ""}, {"quote", []string{"来源", "原文"}, ""},
	{"result", []string{"结果", "说明"}, ""}, {"amount", []string{"结果", "金额"}, ""}, {"office", []string{"办理", "部门"}, ""}, {"channel", []string{"办理", "渠道"}, ""},
	{"evidence", []string{"办理", "材料"}, "、,，"}, {"term", []string{"办理", "期限"}, ""}, {"online", []string{"办理", "线上"}, ""}, {"next", []string{"办理", "下一步"}, ""}, {"notes", []string{"口径"}, "\n\r"},
}

// Whether people apply through the system, as the document writes it.
const online, offline = "是", "否"

func (r *Room) editForm(c *web.Ctx, v *Version) *web.Form {
	var themes []web.Option
	for _, s := range subjects {
		themes = append(themes, web.Option{Value: s.Zh, Text: in(c.Lang, s)})
	}
	dict := r.dictOf(v.Text)
	kept := false
	if doc, err := document(v.Text); err == nil {
		_, fits := paying(doc, dict)
		kept = !fits
	}
	return c.Form(append(payForm(c, dict, kept),
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
		web.Field{Name: "online", Label: c.T("policy.ed.online"), Hint: c.T("policy.ed.onlineHint"), Kind: "radios", Inline: true, Need: true, Options: []web.Option{{Value: online, Text: c.T("policy.ed.onlineYes")}, {Value: offline, Text: c.T("policy.ed.onlineNo")}}},
		web.Field{Name: "next", Label: c.T("policy.ed.next"), Hint: c.T("policy.ed.nextHint"), Kind: "textarea", Rows: 3, Need: true, Max: 500},
		web.Field{Name: "notes", Label: c.T("policy.notes"), Hint: c.T("policy.ed.notesHint"), Kind: "textarea", Rows: 4},
	)...)
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
	f := r.editForm(c, &v)
	f.SetVersion(v.Row)
	f.Set("subject", v.Subject)
	f.Set("from", v.From.String())
	f.Set("online", online)
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
	answers, _ := paying(doc, dict)
	for name, value := range answers {
		f.Set(name, value)
	}
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
func typed(f *web.Form, dict *rule.Dictionary) tree {
	var t tree
	at := func(name string, i int) string {
		if list := f.Values[name]; i < len(list) {
			return strings.TrimSpace(list[i])
		}
		return ""
	}
	for i := range f.Values["row-kind"] {
		depth, _ := strconv.Atoi(at("row-depth", i))
		n, _ := strconv.Atoi(at("row-n", i))
		made := row{Depth: depth, Kind: at("row-kind", i), N: n, Field: at("row-field", i), Op: at("row-op", i), Value: at("row-value", i)}
		if picked := f.Values["row-pick-"+strconv.Itoa(i)]; len(picked) > 0 {
			made.Value = strings.Join(picked, "、")
		}
		made.settle(dict)
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
	f := r.editForm(c, &v)
	if n := len(f.Values["row-kind"]); n > rule.MaxLeaves { // cutting it would lose conditions unseen
		return fault.New(fault.Invalid, "条件最多 %d 行，您写了 %d 行，请合并相同的条件或分成几项政策", rule.MaxLeaves, n)
	}
	dict := r.dictOf(v.Text)
	t := typed(f, dict)
	do, place, _ := strings.Cut(f.Value("do"), ":")
	at, _ := strconv.Atoi(place)
	first := row{Kind: "row", Field: dict.Fields[0].Zh}
	first.settle(dict)
	switch do {
	case "row":
		return r.editPage(c, f, &v, t.insert(at, first), nil, nil)
	case "text":
		return r.editPage(c, f, &v, t.insert(at, row{Kind: "text"}), nil, nil)
	case "group":
		first.Depth = 1
		return r.editPage(c, f, &v, t.insert(at, row{Kind: "any", N: 1}, first), nil, nil)
	case "fields":
		return r.editPage(c, f, &v, t, nil, nil)
	case "drop":
		return r.editPage(c, f, &v, t.remove(at), nil, nil)
	}
	text, wrong := r.written(c, f, &v, t)
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
func (r *Room) written(c *web.Ctx, f *web.Form, v *Version, t tree) (string, map[int]string) {
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
			if e.name == "online" && f.Value(e.name) != offline { // what goes without saying is not written
				value = nil
			}
			if e.many != "" {
				value = many(f.Value(e.name), e.many)
			}
			put(doc, value, e.path...)
		}
		if amount {
			payWritten(c, f, doc)
		} else {
			put(doc, nil, "结果", "金额")
			put(doc, nil, "发放")
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

func (r *Room) editPage(c *web.Ctx, f *web.Form, v *Version, t tree, wrong map[int]string, found *countView) error {
	dict := r.dictOf(v.Text)
	data := editData{V: v, Count: found, Action: editHref(v.PolicyID, v.Version), Version: versionHref(v.PolicyID, v.Version)}
	for i := range dict.Fields {
		data.Fields = append(data.Fields, option{dict.Fields[i].Zh, dict.Fields[i].Zh})
		if c.Lang == lang.English {
			data.Fields[i].Text = dict.Fields[i].Label()
		}
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
			made.lineChoice = choiceOf(c, dict, id, &t[i])
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
	for _, e := range f.Errors {
		data.Wrong = append(data.Wrong, e.Text)
	}
	data.Monthly, data.PayFields = f.Value("pay") == payMonthly || f.Value("since") != "", payFields[1:]
	said := f.Errors
	text, bad := r.written(c, f, v, t) // once more, for the preview: its errors have been told
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
