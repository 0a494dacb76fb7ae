package policy

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
	"jiuye/internal/register/crowd"
)

type askData struct {
	Form     *web.Form
	Done     bool
	Figures  []web.Figure
	Rows     []crowd.Count
	Names    map[string]string
	Bars     []draw.Row
	Examples []web.Tab
	Fields   []string
}

// ask counts by area who meets a condition that somebody writes.
func (r *Room) ask(c *web.Ctx) error {
	if r.Crowd == nil {
		return fault.New(fault.Unavailable, "人口列还没有接入，不能查询")
	}
	f := c.Form(web.Field{Name: "q", Label: c.T("policy.ask.q"), Hint: c.T("policy.ask.hint"), Kind: "textarea", Need: true, Rows: 4, Max: 4000, Width: "full"})
	data := askData{Form: f}
	if q := f.Value("q"); q != "" {
		if err := r.answer(c, q, f, &data); err != nil {
			return err
		}
	}
	for _, example := range []string{"登记失业 是\n失业月数 >= 12", "高校毕业生 是\n毕业日期 在 2 年内\n当前就业形式 属于 未就业", "零就业家庭成员 是 或 残疾人 是"} {
		data.Examples = append(data.Examples, web.Tab{Text: strings.ReplaceAll(example, "\n", c.T("policy.ask.and")), Href: atHome + "/ask?q=" + url.QueryEscape(example)})
	}
	d := r.Crowd.Dictionary()
	for i := range d.Fields {
		name := d.Fields[i].Zh
		if c.Lang == lang.English {
			name = d.Fields[i].En
		}
		data.Fields = append(data.Fields, name)
	}
	return c.Render("policy/ask", web.Page{Title: c.T("policy.ask"), Lede: c.T("policy.ask.lede"), Data: data, Form: f, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.ask")}}})
}

func (r *Room) answer(c *web.Ctx, q string, f *web.Form, data *askData) error {
	draft, wrong := r.condition(q)
	for _, text := range wrong {
		f.Fail("q", text)
	}
	if len(wrong) > 0 {
		return nil
	}
	if err := r.UseCrowd(c.Context()); err != nil {
		return err
	}
	list, err := r.Crowd.Ask(c.Context(), draft)
	if fault.KindOf(err) == fault.Invalid {
		f.Fail("q", fault.TextOf(err))
		return nil
	}
	if err != nil {
		return err
	}
	everybody, err := r.Crowd.CountPeople(c.Context())
	if err != nil {
		return err
	}
	var children []string
	for _, a := range area.Children(c.User.Area) {
		children = append(children, a.Code)
	}
	data.Done, data.Names = true, map[string]string{}
	var yes, unknown, all int64
	for _, n := range crowd.Under(everybody, c.User.Area, children) {
		all += n.Yes
	}
	for _, n := range crowd.Under(list, c.User.Area, children) {
		yes, unknown = yes+n.Yes, unknown+n.Unknown
		if n.Yes+n.Unknown == 0 {
			continue
		}
		data.Names[n.Area] = area.Short(n.Area)
		data.Rows = append(data.Rows, n)
		data.Bars = append(data.Bars, draw.Row{Name: area.Short(n.Area), Value: float64(n.Yes), Text: lang.Int(n.Yes)})
	}
	people := c.T("policy.people")
	data.Figures = []web.Figure{{Label: c.T("policy.ask.yes"), Value: lang.Int(yes), Unit: people}, {Label: c.T("policy.ask.unknown"), Value: lang.Int(unknown), Unit: people},
		{Label: c.T("policy.ask.all"), Value: lang.Int(all), Unit: people}}
	return nil
}

// above is how many lines of the document stand before the conditions, and margin how far these are moved in.
const (
	above  = 6
	margin = 3
)

// condition reads conditions, one a line, all of which must hold. What is wrong is told with the line as it was typed.
func (r *Room) condition(q string) (p *rule.Policy, wrong []string) {
	var b strings.Builder
	b.WriteString("编号: 查询\n名称: 查询\n来源: {原文: 查询}\n结果: {说明: 查询}\n办理: {下一步: 查询}\n条件:\n")
	for line := range strings.Lines(strings.ReplaceAll(q, "\r", "")) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		fmt.Fprintf(&b, "- '%s'\n", strings.ReplaceAll(line, "'", "''"))
	}
	p, err := rule.LoadIn([]byte(b.String()), r.library.person, r.catalogue().params)
	var list interface{ Unwrap() []error }
	var one *rule.Error
	switch {
	case err == nil:
		return p, nil
	case errors.As(err, &list):
		for _, e := range list.Unwrap() {
			wrong = append(wrong, told(e))
		}
	case errors.As(err, &one):
		wrong = append(wrong, told(one))
	default:
		wrong = append(wrong, err.Error())
	}
	return nil, wrong
}

func told(err error) string {
	var e *rule.Error
	if errors.As(err, &e) && e.Line > above {
		return fmt.Sprintf("第 %d 行第 %d 字：%s", e.Line-above, max(1, e.Column-margin), e.Text)
	}
	return err.Error()
}
