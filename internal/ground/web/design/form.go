package design

import (
	"jiuye/internal/ground/web"
)

// ask is the sample form: one question of every kind.
func ask(c *web.Ctx) *web.Form {
	return c.Form(
		web.Field{Name: "job", Label: "岗位名称", Hint: "写通用的职业名称，便于匹配", Need: true, Max: 20},
		web.Field{Name: "seats", Label: "招聘人数", Kind: "number", Need: true, Min: 1, Top: 500, Width: "2", Unit: "人"},
		web.Field{Name: "wage", Label: "月工资", Kind: "number", Min: 100000, Top: 10000000, Width: "4", Unit: "元"},
		web.Field{Name: "until", Label: "截止日期", Hint: "例如 2025-09-24", Kind: "date", Need: true, Width: "8"},
		web.Field{Name: "place", Label: "工作地点", Kind: "select", Need: true, Options: []web.Option{{Value: "a", Text: "阿拉善左旗巴彦浩特镇额鲁特街道西花园社区"}, {Value: "b", Text: "额济纳旗"}}},
		web.Field{Name: "away", Label: "是否可以在外地工作", Kind: "radios", Inline: true, Need: true, Options: []web.Option{{Value: "y", Text: "可以"}, {Value: "n", Text: "不可以"}}},
		web.Field{Name: "offers", Label: "提供的待遇", Kind: "checkboxes", Options: []web.Option{{Value: "s", Text: "社会保险", Hint: "按月足额缴纳五项社会保险"}, {Value: "h", Text: "住宿"}, {Value: "m", Text: "工作餐"}}},
		web.Field{Name: "text", Label: "任职要求", Hint: "只写与做好这份工作直接有关的条件", Kind: "textarea", Max: 120, Rows: 3},
		web.Field{Name: "act", Label: "您的决定", Kind: "choices", Options: []web.Option{
			{Value: "post", Text: "保存并提交审核", Hint: "审核通过后向求职者展示，可以随时撤下"}, {Value: "keep", Text: "只存为草稿", Hint: "不展示，草稿保留 90 日"}}},
		web.Field{Name: "true", Label: "以上内容真实，愿意接受核查", Kind: "check", Need: true},
	)
}

func form(c *web.Ctx) error {
	f := ask(c)
	f.Set("job", "仓库管理员")
	f.SetVersion(3)
	return show(c, f)
}

func show(c *web.Ctx, f *web.Form) error {
	return c.Render("design/form", web.Page{Title: c.T("design.formTitle"), Form: f, Data: map[string]any{"Tabs": tabs(c)},
		Crumbs: []web.Crumb{{Text: c.T("design.all"), Href: "/design"}, {Text: c.T("design.form")}}})
}

// submit checks the sample form as a room would, and keeps nothing.
func submit(c *web.Ctx) error {
	f := ask(c)
	f.Text("job")
	f.Int("seats")
	f.Fen("wage")
	f.Date("until")
	f.Choice("place")
	f.Choice("away")
	f.Many("offers")
	f.Text("text")
	f.Choice("act")
	f.Flag("true")
	if !f.OK() {
		return show(c, f)
	}
	c.Flash("ok", c.T("design.accepted"))
	return c.Redirect("/design/form")
}

func askFile(c *web.Ctx) *web.Form {
	return c.Form(
		web.Field{Name: "kind", Label: "文件类别", Kind: "select", Options: []web.Option{{Value: "auto", Text: "按表头自动认出"}, {Value: "grad", Text: "高校毕业生"}}},
		web.Field{Name: "file", Label: "部门文件", Hint: "xlsx 或 csv，一次一个", Kind: "file", Need: true, Accept: ".xlsx,.csv", Top: UploadLimit},
	)
}

func uploadForm(c *web.Ctx) error { return showUpload(c, askFile(c)) }

func showUpload(c *web.Ctx, f *web.Form) error {
	return c.Render("design/upload", web.Page{Title: c.T("design.upload"), Form: f, Data: map[string]any{"Tabs": tabs(c)}})
}

// upload takes a file, says how large it was, and forgets it.
func upload(c *web.Ctx) error {
	got, err := c.Upload("file", UploadLimit)
	if err != nil {
		return err
	}
	f := askFile(c)
	if got == nil {
		f.Fail("file", "请选择部门文件")
		return showUpload(c, f)
	}
	c.Flash("ok", c.T("design.received", got.Name, web.Size(got.Size)))
	return c.Redirect("/design/upload")
}
