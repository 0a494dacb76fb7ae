package policy

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
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
	var whom []web.Option
	for _, s := range rule.Subjects[:rule.Household+1] { // the others stand in no register: there would be nobody to count
		whom = append(whom, web.Option{Value: s.Zh, Text: in(c.Lang, s)})
	}
	return c.Form(
		web.Field{Name: "name", Label: c.T("policy.ed.name"), Need: true, Max: 60},
		web.Field{Name: "for", Label: c.T("policy.for"), Hint: c.T("policy.ed.forHint"), Kind: "radios", Need: true, Inline: true, Options: whom},
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
