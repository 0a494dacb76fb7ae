package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
)

// fill posts one answer to one question and returns what the check made of it, and the page.
func fill(t *testing.T, d web.Field, typed string, read func(*web.Form) any) (any, answer) {
	t.Helper()
	var value any
	d.Name, d.Label = "q", "月工资"
	r := room(map[string]string{"p": `<form method="post">{{template "once" .Form}}{{template "field" (.Form.Show "q")}}</form>`}, func(m *web.Mux) {
		m.Post("/ask", web.Anyone, func(c *web.Ctx) error {
			f := c.Form(d)
			value = read(f)
			return c.Render("test/p", web.Page{Title: "提问", Form: f})
		})
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	return value, post(t, server.URL+"/ask", url.Values{"q": {typed}})
}

func TestAnswersAreReadAsPeopleWriteThem(t *testing.T) {
	number := func(f *web.Form) any { return f.Int("q") }
	fen := func(f *web.Form) any { return f.Fen("q") }
	text := func(f *web.Form) any { return f.Text("q") }
	date := func(f *web.Form) any {
		if d := f.Date("q"); !d.IsZero() {
			return d.Format("2006-01-02")
		}
		return ""
	}
	for _, c := range []struct {
		field web.Field
		typed string
		read  func(*web.Form) any
		want  any
		wrong string
	}{
		{web.Field{}, " 12 ", number, int64(12), ""},
		{web.Field{}, "１２，０００", number, int64(12000), ""},
		{web.Field{}, "三", number, int64(0), "月工资应为整数，您填了“三”"},
		{web.Field{Need: true}, "", number, int64(0), "请填写月工资"},
		{web.Field{}, "", number, int64(0), ""},
		{web.Field{Min: 1, Top: 500}, "501", number, int64(501), "月工资应在 1～500 之间"},
		{web.Field{}, "3,200", fen, int64(320000), ""},
		{web.Field{}, "3200.5", fen, int64(320050), ""},
		{web.Field{}, "-0.05", fen, int64(-5), ""},
		{web.Field{}, "3200.555", fen, int64(0), "最多两位小数，您填了“3200.555”"},
		{web.Field{}, "1.-5", fen, int64(0), "月工资应为金额"},
		{web.Field{}, ".", fen, int64(0), ""},
		{web.Field{Min: 100000, Top: 900000}, "10", fen, int64(1000), "月工资应在 1000～9000 之间"},
		{web.Field{}, "2025-09-24", date, "2025-09-24", ""},
		{web.Field{}, "2025年9月4日", date, "2025-09-04", ""},
		{web.Field{}, "20250924", date, "2025-09-24", ""},
		{web.Field{}, "２０２５／９／２４", date, "2025-09-24", ""},
		{web.Field{}, "2025.6.31", date, "", "月工资应为日期，例如 2025-09-24，您填了“2025.6.31”"},
		{web.Field{}, "0024-01-01", date, "", "应为日期"},
		{web.Field{Max: 3}, "阿拉善左旗", text, "阿拉善左旗", "最多 3 个字，您填了 5 个"},
		{web.Field{Need: true}, " \t ", text, "", "请填写月工资"},
		{web.Field{}, "a\x00b", text, "", "无法识别的字符"},
		{web.Field{Kind: "select", Need: true}, "", func(f *web.Form) any { return f.Choice("q", "a") }, "", "请选择月工资"},
		{web.Field{Kind: "select"}, "b", func(f *web.Form) any { return f.Choice("q", "a") }, "", "选项已经变了"},
		{web.Field{Kind: "check", Need: true}, "", func(f *web.Form) any { return f.Flag("q") }, false, "请勾选“月工资”"},
	} {
		got, page := fill(t, c.field, c.typed, c.read)
		if c.typed != "." && got != c.want {
			t.Errorf("%q reads as %v, want %v", c.typed, got, c.want)
		}
		if c.wrong == "" && c.typed != "." {
			wants(t, page, 200)
		} else if c.wrong != "" {
			wants(t, page, 422, c.wrong, "<title>错误：提问", `href="#f-q"`, `id="f-q"`, `aria-invalid="true"`)
		}
	}
}

func TestAFormThatComesBackKeepsEverythingTyped(t *testing.T) {
	kinds := []string{"text", "textarea", "select", "radios", "checkboxes", "check", "date", "tel", "password", "choices"}
	fields := func(c *web.Ctx) *web.Form {
		var list []web.Field
		for _, k := range kinds {
			list = append(list, web.Field{Name: k, Label: k, Kind: k, Options: []web.Option{{Value: "a", Text: "甲"}, {Value: "b", Text: "乙"}}})
		}
		return c.Form(append(list, web.Field{Name: "missing", Label: "单位", Need: true})...)
	}
	body := `<form method="post">{{template "once" .Form}}`
	for _, k := range kinds {
		if k == "choices" {
			body += `{{template "choices" (.Form.Show "choices")}}`
			continue
		}
		body += `{{template "field" (.Form.Show "` + k + `")}}`
	}
	r := room(map[string]string{"p": body + "</form>"}, func(m *web.Mux) {
		m.Post("/form", web.Anyone, func(c *web.Ctx) error {
			f := fields(c)
			f.SetVersion(99) // what was typed from goes on
			f.Text("missing")
			return c.Render("test/p", web.Page{Title: "表单", Form: f})
		})
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	got := post(t, server.URL+"/form", url.Values{"text": {`<娜仁> "托雅"`}, "textarea": {"第一行\r\n第二行"}, "select": {"b"}, "radios": {"b"}, "checkboxes": {"a", "b"},
		"check": {"1"}, "date": {"九月"}, "tel": {"138"}, "password": {"geheim"}, "choices": {"b"}, "_version": {"7"}})
	wants(t, got, 422, `value="&lt;娜仁&gt; &#34;托雅&#34;"`, "第一行", "第二行</textarea>", `<option value="b" selected>`, `name="radios" value="b" checked`,
		`name="checkboxes" value="a" checked`, `name="checkboxes" value="b" checked`, `value="1" checked`, `value="九月"`, `value="138"`,
		`name="choices" value="b" checked`, `name="_version" value="7"`, "有 1 处需要修改")
	if strings.Contains(got.body, "geheim") {
		t.Error("a password is written back")
	}
}

func TestAGetFillsTheFormFromTheAddress(t *testing.T) {
	r := room(map[string]string{"p": `<form>{{template "filter" (.Form.Show "q")}}{{template "filter" (.Form.Show "s")}}</form>`}, func(m *web.Mux) {
		m.Get("/list", web.Anyone, func(c *web.Ctx) error {
			f := c.Form(web.Field{Name: "q", Label: "姓名"}, web.Field{Name: "s", Label: "状态", Kind: "select", Options: []web.Option{{Value: "1", Text: "未办"}}})
			f.Set("q", "不该出现")
			return c.Render("test/p", web.Page{Title: fmt.Sprint(f.Posted), Form: f})
		})
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	wants(t, get(t, server.URL+"/list?q=%E8%8B%8F&s=1"), 200, `value="苏"`, `<option value="1" selected>`)
}
