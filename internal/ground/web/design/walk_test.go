package design_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/design"
	"jiuye/internal/ground/web/webtest"
)

func TestTheMarkupKeepsToThePolicy(t *testing.T) {
	server := serve(t)
	paths := []string{"/design/errors/notfound", "/design/errors/unavailable", "/design/errors/panic", "/nowhere"}
	for _, page := range samplePages {
		paths = append(paths, path(page), path(page)+"?lang=en")
	}
	for _, at := range paths {
		resp, err := http.Get(server.URL + at)
		if err != nil {
			t.Fatal(err)
		}
		html, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		webtest.Markup(t, at, string(html))
	}
}

func TestEveryTextIsInBothLanguages(t *testing.T) { webtest.Words(t, design.Room()) }

func TestErrorPagesAreAccessible(t *testing.T) {
	server := serve(t)
	p := webtest.Open(t, server.URL+"/design/errors/unavailable", 390, 844)
	p.Axe()
	p.NoHorizontalScroll()
	p.Screenshot("design-error-503-390")
	p.Goto("/design/errors/notfound")
	p.Axe()
	p.Screenshot("design-error-404-390")
}

func TestARefusedFormLeadsToItsErrorsAndKeepsWhatWasTyped(t *testing.T) {
	server := serve(t)
	for _, width := range []int{390, 1440} {
		p := webtest.Open(t, server.URL+"/design/form", width, 900)
		p.Fill("#f-job", "仓库管理员兼叉车司机兼夜间值班员兼食堂采购员")
		p.Fill("#f-seats", "三")
		p.Click("button[type=submit].govuk-button")
		if !strings.HasPrefix(p.Title(), "错误：") {
			t.Errorf("title %q", p.Title())
		}
		if text := p.Text(".govuk-error-summary"); !strings.Contains(text, "招聘人数应为整数，您填了“三”") || !strings.Contains(text, "岗位名称最多 20 个字，您填了 22 个") {
			t.Errorf("summary: %s", text)
		}
		if focus := webtest.Eval[string](p, `document.activeElement.className`); !strings.Contains(focus, "error-summary") {
			t.Errorf("the keyboard is at %q", focus)
		}
		if typed := webtest.Eval[string](p, `document.querySelector("#f-seats").value`); typed != "三" {
			t.Errorf("the typed number became %q", typed)
		}
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot("design-form-errors-" + map[int]string{390: "390", 1440: "1440"}[width])
		p.Click(`.govuk-error-summary a[href="#f-until"]`)
		if focus := webtest.Eval[string](p, `document.activeElement.id`); focus != "f-until" {
			t.Errorf("the summary's link leads to %q", focus)
		}
	}
}

func TestAGoodFormIsAcceptedOnceAndSaidSo(t *testing.T) {
	server := serve(t)
	p := webtest.Open(t, server.URL+"/design/form", 1440, 900)
	p.Fill("#f-seats", "12")
	p.Fill("#f-until", "2025年10月15日")
	p.Choose("#f-place", "b")
	p.Click(`label[for="f-away"]`)
	p.Click(`label[for="f-true"]`)
	p.Click("button[type=submit].govuk-button")
	if text := p.Text(".jy-flash"); !strings.Contains(text, "已提交，受理号") {
		t.Errorf("flash: %s", text)
	}
}

func TestTheNextPageIsAddedBelow(t *testing.T) {
	server := serve(t)
	p := webtest.Open(t, server.URL+"/design/list?state=%E6%9C%AA%E5%8A%9E", 390, 844)
	p.Click(`#paging a[rel="next"]`)
	webtest.Eval[bool](p, `new Promise(done => { const look = () => document.querySelectorAll("#rows tr").length == 30 ? done(true) : requestAnimationFrame(look); look(); })`)
	if p.Has(`#paging a[rel="next"]`) {
		t.Error("all 30 rows are shown and there is still a next page")
	}
}

func TestTheProgressRefreshesItself(t *testing.T) {
	server := serve(t)
	p := webtest.Open(t, server.URL+"/design/progress?at=90", 390, 844)
	webtest.Eval[bool](p, `new Promise(done => { const look = () => document.querySelector("[role=progressbar]").getAttribute("aria-valuenow") == "100" ? done(true) : setTimeout(look, 50); look(); })`)
	if text := p.Text("#progress"); !strings.Contains(text, "已完成") {
		t.Errorf("progress: %s", text)
	}
}

func TestAFileThatIsTooLargeGetsAClearAnswerInTheBrowser(t *testing.T) {
	server := serve(t)
	big := filepath.Join(t.TempDir(), "税务扣缴全表.csv")
	if err := os.WriteFile(big, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, 2<<30); err != nil { // a sparse file: two gigabytes that take no room
		t.Fatal(err)
	}
	p := webtest.Open(t, server.URL+"/design/upload", 1440, 900)
	p.Attach("#f-file", big)
	if message := webtest.Eval[string](p, `document.querySelector("#f-file").validationMessage`); !strings.Contains(message, "最多 20 MB") {
		t.Errorf("before sending: %q", message)
	}
	webtest.Eval[bool](p, `document.querySelector("form[enctype]").noValidate = true`) // as without script
	p.Click("button[type=submit].govuk-button")
	if text := p.Text("main"); !strings.Contains(text, "一次最多 20 MB") || !strings.Contains(text, "内容太大") {
		t.Errorf("after sending: %s", text)
	}
	p.Screenshot("design-error-413-1440")
}

func TestASmallFileArrives(t *testing.T) {
	server := serve(t)
	small := filepath.Join(t.TempDir(), "毕业生.csv")
	if err := os.WriteFile(small, []byte("姓名\n苏日娜\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := webtest.Open(t, server.URL+"/design/upload", 390, 844)
	p.Attach("#f-file", small)
	p.Click("button[type=submit].govuk-button")
	if text := p.Text(".jy-flash"); !strings.Contains(text, "已收到 毕业生.csv，17 B") {
		t.Errorf("flash: %s", text)
	}
}

func TestTheFrontEndIsBuilt(t *testing.T) {
	if err := web.Built(); err != nil {
		t.Fatal(err)
	}
}

func TestEverythingWorksWithoutScript(t *testing.T) {
	server := serve(t)
	p := webtest.Open(t, server.URL+"/design/list", 390, 844).WithoutScript()
	p.Click(`#paging a[rel="next"]`)
	if at := p.Location(); !strings.Contains(at, "after=") {
		t.Errorf("the next page is at %s", at)
	}
	p.Goto("/design/form")
	p.Fill("#f-seats", "九百")
	p.Click("button[type=submit].govuk-button")
	if text := p.Text(".govuk-error-summary"); !strings.Contains(text, "您填了“九百”") {
		t.Errorf("summary: %s", text)
	}
	p.Goto("/design/progress?at=90")
	p.Click("#progress a")
	if text := p.Text("#progress"); !strings.Contains(text, "已完成") {
		t.Errorf("progress: %s", text)
	}
	p.Goto("/design?lang=en")
	if text := p.Text("h1"); text != "Design" {
		t.Errorf("in English: %s", text)
	}
}
