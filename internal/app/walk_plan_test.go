package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image/png"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web/webtest"
)

// planning is the walk of one plan: who walks, and what they read.
type planning struct {
	*stage
	league, region *webtest.Page
}

func newPlanning(t *testing.T) *planning {
	t.Helper()
	w := &planning{stage: newStage(t)}
	w.calm = true
	w.league, w.region = w.visit("mengshi", 1440), w.visit("zizhiqu", 1440)
	return w
}

// homeService is a plan of our own.
const homeService = `阿拉善盟“十四五”家政服务扩容促就业规划

阿署办发〔2021〕99号

第一章 发展目标

到2025年，全盟家政服务企业达到60家，城镇新增就业累计1.3万人以上，城镇登记失业率控制在4%以内。

专栏1 “十四五”家政服务就业主要指标

| 指标 | 单位 | 2020年基数 | 2025年目标 | 属性 |
| 城镇新增就业 | 人 | 6922 | 〔13000〕 | 预期性 |
| 城镇登记失业率 | % | 3.29 | 4以内 | 预期性 |
| 家政服务企业 | 家 | 40 | 60 | 约束性 |

第二章 重点任务

1.办好家政学校。到2024年底，每个旗建成1所家政学校，每年培训300人。（责任单位：盟人力资源社会保障局、盟教育体育局）
`

// A league uploads its plan, another person puts it in force, and its banners report on September. One is late: it is reminded, handed
// over to supervision and pressed. Then a briefing is written, issued by another person, and opened as a Word file and as a PDF; its
// numbers are those of the plan's pages.
func TestAPlanFromItsDocumentToTheBriefing(t *testing.T) {
	w := newPlanning(t)
	file := filepath.Join(t.TempDir(), "家政规划.txt")
	if err := os.WriteFile(file, []byte(homeService), 0o600); err != nil {
		t.Fatal(err)
	}
	w.confirm(file, "城镇新增就业", "〔13000〕", "办好家政学校")
	w.see(w.league, "main", "〔13,000〕", "家政服务企业", "60")
	w.dispatch()
	w.press()
	w.brief()
}

func (w *planning) look(p *webtest.Page, name string) {
	w.t.Helper()
	p.NoHorizontalScroll()
	p.Axe()
	p.Screenshot("plan-walk-" + name)
}

func (w *planning) see(p *webtest.Page, selector string, want ...string) {
	w.t.Helper()
	text := p.Text(selector)
	for _, one := range want {
		if !strings.Contains(text, one) {
			w.t.Errorf("%s does not say %s: %.1500s", p.Location(), one, text)
		}
	}
}

// confirm uploads a document, corrects one thing that was read, lets the region approve, and stands on the area's page then.
func (w *planning) confirm(file string, want ...string) (plan string) {
	t, p := w.t, w.league
	t.Helper()
	p.Goto("/plan/documents")
	p.Attach(`input[type="file"]`, file)
	p.Click(`main button[type="submit"]`)
	w.see(p, "main", want...)
	w.look(p, "draft")
	at := p.Location()
	p.Click(`tr[id^="p"] th a`) // the first proposal, read beside its text
	p.Click(`main button[type="submit"]`)
	p.Click(`button[formaction$="/confirm"]`)
	w.see(p, "main", "正在等另一位管理人员审批")
	w.region.Goto("/approval")
	w.region.Click("main a[href^='/approval/']")
	w.look(w.region, "approval")
	w.region.Click("#f-yes")
	w.region.Click("form[aria-labelledby='decision'] button")
	p.Goto(at)
	w.see(p, "main", "已由", "确认")
	p.Goto("/plan/area/1529")
	if others := "section[aria-labelledby=h-plan] details summary"; p.Has(others) {
		p.Click(others)
	}
	w.look(p, "area")
	return at[strings.LastIndex(at, "/")+1:]
}

// arrive lets the data of a month come in: the night's count on a day.
func (w *planning) arrive(day, asOf string) {
	w.t.Helper()
	ctx := context.Background()
	if err := w.app.set(ctx, settingAsOf, asOf); err != nil {
		w.t.Fatal(err)
	}
	w.on(day)
	if _, err := w.app.Plan.Compute(ctx, progress.None{}); err != nil {
		w.t.Fatal(err)
	}
}

// dispatch is September's round: it opens by itself, a banner hands in, the others are late and pressed.
func (w *planning) dispatch() {
	t, ctx := w.t, context.Background()
	t.Helper()
	w.arrive("2025-10-09", "2025-09-30")
	if n, err := w.app.Cycle.BeginNext(ctx); err != nil || n != 1 {
		t.Fatalf("%d rounds opened: %v", n, err)
	}
	banner := w.visit("jingban", 1440)
	banner.Goto("/cycle")
	banner.Click("#owed tbody th a")
	w.see(banner, "h1", "阿拉善左旗", "2025年9月调度")
	banner.Fill("input[name=own_new_urban]", "2")
	banner.Fill("#f-progress", "举办招聘会两场，走访登记失业人员。")
	banner.Fill("#f-problems", "企业招工以技术岗位为主。")
	w.look(banner, "form")
	banner.Click(`form[action$="/submit"] button:not([formaction])`)
	w.see(banner, ".jy-flash", "已上报")

	w.on("2025-10-22") // three working days after the last day, the 17th
	if n, err := w.app.Cycle.Remind(ctx); err != nil || n == 0 {
		t.Fatalf("%d reminded: %v", n, err)
	}
	w.league.Goto("/cycle")
	w.league.Click("#rounds tbody th a")
	w.see(w.league, "main", "系统发起", "已上报", "上报 2", "超期")
	w.look(w.league, "round")
	w.league.Click("#press summary")
	w.league.Click(`form[action$="/press"] button`)
}

// press is what follows for who is late, who works on a phone: it finds the late form on the list of what is supervised, hands in, and answers a duty that is pressed.
func (w *planning) press() {
	w.t.Helper()
	late := w.visit("jingban-ejina", 390)
	late.Goto("/cycle")
	w.see(late, "#owed", "2025年9月调度", "超期")
	late.Click("#owed tbody th a")
	w.see(late, "main", "催报", "列入督办", "阿拉善盟")
	w.look(late, "late")
	late.Goto("/supervise/duty?source=form&late=yes")
	late.Click("section[aria-labelledby=h-list] tbody th a")
	w.see(late, "main", "上报阿拉善盟2025年9月调度表", "额济纳旗人力资源和社会保障局", "超期")
	matter := late.Location()
	late.Click(".jy-head__acts a")
	late.Fill("#f-progress", "走访登记失业人员，补录求职意愿。")
	late.Click(`form[action$="/submit"] button:not([formaction])`)
	w.see(late, ".jy-flash", "已上报")
	late.Goto(matter)
	w.see(late, "main", "已办结", "已上报，自动销号")

	p := w.league
	p.Goto("/supervise/duty?area=152923&late=yes")
	w.see(p, "main", "超期")
	p.Click("section[aria-labelledby=h-list] tbody th a")
	duty := p.Location()
	p.Click("#press summary")
	webtest.Eval[int](p, lastOf("#f-press_which"))
	p.Fill("#f-press_note", "请说明迟报原因")
	p.Click(`form[action$="/press"] button`)
	w.see(p, "section[aria-labelledby=h-steps]", "催办：阿拉善盟人社局 值班", "请说明迟报原因")
	w.look(p, "pressed")
	late.Goto(duty)
	late.Click("#answer summary")
	webtest.Eval[int](late, lastOf("#f-answer_which"))
	late.Fill("#f-answer_note", "经办人员轮换，材料已备齐。")
	late.Fill("#f-answer_day", "2025-10-24")
	late.Click(`form[action$="/answer"] button`)
	w.see(late, "main", "经办人员轮换", "承诺 2025-10-24")
	w.look(late, "answered")
	p.Goto("/plan/area/1529")
	w.see(p, "main", "超期督办事项")
}

// lastOf chooses the last of a select's options.
func lastOf(selector string) string {
	return fmt.Sprintf(`(s => s.selectedIndex = s.options.length - 1)(document.querySelector(%q))`, selector)
}

// brief writes the briefing of September, lets the region issue it and opens both files.
func (w *planning) brief() {
	w.t.Helper()
	p := w.league
	p.Goto("/cycle")
	p.Click("#rounds tbody th a")
	p.Click(`form[action="/cycle/paper/new"] button`)
	w.see(p, "article", "总体情况", "主要指标完成情况", "阿拉善左旗", "企业招工以技术岗位为主", "没有报送")
	w.look(p, "written")
	w.found(p)
	at := p.Location()
	p.Click(`form[action$="/send"] button`)
	w.region.Goto(at)
	w.region.Click(`form[action$="/issue"] button`)
	w.see(w.region, "main", "已印发", "〔2025〕")
	w.look(w.region, "briefing")
	said := webtest.Eval[string](w.region, `[...document.querySelectorAll("article p, article td, article th")].map(e => e.textContent).join("\n")`)
	w.word(said, w.fetch(w.region, at+"/file/docx"))
	w.printed(w.fetch(w.region, at+"/file/pdf"))
}

// fetch takes a file away as the signed-in reader does.
func (w *planning) fetch(p *webtest.Page, address string) []byte {
	w.t.Helper()
	text := webtest.Eval[string](p, fmt.Sprintf(`(async () => {
		const r = await fetch(%q); if (!r.ok) return "";
		const bytes = new Uint8Array(await r.arrayBuffer()); let s = "";
		for (let i = 0; i < bytes.length; i += 0x8000) s += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
		return btoa(s) })()`, address))
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) == 0 {
		w.t.Fatalf("%s: %d bytes, %v", address, len(raw), err)
	}
	return raw
}

// cited is a figure of the briefing: what stands before it, its text, and the page it comes from.
type cited struct{ Before, Text, Href string }

// sources reads all figures of a briefing's text and of its table of indicators, and the pages that they come from.
const sources = `(async () => {
	const read = async href => new DOMParser().parseFromString((await (await fetch(href)).text()).replaceAll("<", " <"), "text/html").querySelector("main");
	const board = await read("/plan/area/1529"), of = {};
	for (const a of board.querySelectorAll("section[aria-labelledby=h-plan] th a")) of[a.textContent.trim()] = a.getAttribute("href");
	const figures = [...document.querySelectorAll("article p a")].map(a => ({Before: a.previousSibling?.textContent ?? "", Text: a.textContent, Href: a.getAttribute("href")}));
	const table = [...document.querySelectorAll("article table")].find(t => t.caption.textContent == "主要指标完成情况");
	for (const row of table.tBodies[0].rows) for (const cell of [...row.cells].slice(1))
		figures.push({Before: row.cells[0].textContent, Text: cell.textContent, Href: of[Object.keys(of).find(name => row.cells[0].textContent.endsWith(name.replace(/其中|\s/g, "")))] ?? "/plan/area/1529"});
	const pages = {};
	for (const href of new Set(figures.map(f => f.Href))) pages[href] = (await read(href)).textContent;
	return {Figures: figures, Pages: pages} })()`

// found looks for each figure of the briefing on the page that it comes from; of a difference to the year before, for the figure of that
// year; a growth follows from both.
func (w *planning) found(p *webtest.Page) {
	t := w.t
	t.Helper()
	got := webtest.Eval[struct {
		Figures []cited
		Pages   map[string]string
	}](p, sources)
	has := func(href string, n float64) bool {
		return slices.ContainsFunc(number.FindAllString(got.Pages[href], -1), func(one string) bool { return math.Abs(counted(one)-n) < 1e-9 })
	}
	var now, change, was float64
	looked := 0
	for _, c := range got.Figures {
		for _, one := range number.FindAllString(c.Text, -1) {
			looked++
			n := counted(one)
			switch {
			case strings.Contains(c.Before, "比上年同期"):
				change, was = n, now-n
				if strings.HasSuffix(strings.TrimSpace(c.Before), "少") || strings.HasSuffix(strings.TrimSpace(c.Before), "低") {
					was = now + n
				}
				if !has(c.Href, was) {
					t.Errorf("%s %s: a year before it was %v, which is not on %s", c.Before, c.Text, was, c.Href)
				}
			case strings.Contains(c.Before, "，增长") || strings.Contains(c.Before, "，下降"):
				if math.Abs(100*change/was-n) > 0.051 {
					t.Errorf("%s %s: %v of %v", c.Before, c.Text, change, was)
				}
			default:
				if now = n; !has(c.Href, n) {
					t.Errorf("%s %s is not on %s", c.Before, c.Text, c.Href)
				}
			}
		}
	}
	if looked < 100 {
		t.Errorf("only %d figures are cited", looked)
	}
}

var number = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)

// counted is a number as it is printed.
func counted(text string) float64 {
	n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil {
		return math.NaN()
	}
	return n
}

// word unzips the Word file: the numbers that the page says are in it, and its charts.
func (w *planning) word(said string, raw []byte) {
	t := w.t
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(content)
	}
	text := regexp.MustCompile(`<[^>]+>`).ReplaceAllString(parts["word/document.xml"], "")
	for _, want := range append(number.FindAllString(said, -1), "就业工作简报", "阿拉善盟就业工作领导小组办公室", "主要指标完成情况", "企业招工以技术岗位为主") {
		if !strings.Contains(text, want) {
			t.Errorf("the Word file does not say %s", want)
		}
	}
	if charts := slices.Collect(maps.Keys(parts)); !slices.ContainsFunc(charts, func(name string) bool { return strings.HasPrefix(name, "word/charts/") }) {
		t.Errorf("no chart among the parts of the Word file: %v", charts)
	}
}

// printed opens the PDF in the browser and waits until a page with print in black and red is to be seen.
func (w *planning) printed(raw []byte) {
	t := w.t
	t.Helper()
	if !bytes.HasPrefix(raw, []byte("%PDF-")) || bytes.Count(raw, []byte("/Type /Page\n")) < 2 {
		t.Fatalf("no PDF of some pages: %d bytes", len(raw))
	}
	file := filepath.Join(t.TempDir(), "briefing.pdf")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	p := webtest.Open(t, "file://"+file, 1440, 900)
	var white, black, red int
	for begun := time.Now(); time.Since(begun) < time.Minute; {
		var shot []byte
		p.Do("picture", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) (err error) {
			shot, err = chromedp.Run(ctx, chromedp.FullScreenshot(100))
			return err
		}))
		if white, black, red = inks(t, shot); white > 100_000 && black > 1000 && red > 1000 {
			if err := os.WriteFile(filepath.Join(webtest.Root(t), "shots", "plan-walk-pdf.png"), shot, 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Errorf("the PDF shows %d points white, %d black, %d red", white, black, red)
}

// inks counts the points of a picture that are white, black and red.
func inks(t *testing.T, shot []byte) (white, black, red int) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			switch r, g, b, _ := img.At(x, y).RGBA(); {
			case r>>8 > 250 && g>>8 > 250 && b>>8 > 250:
				white++
			case r>>8 < 20 && g>>8 < 20 && b>>8 < 20:
				black++
			case r>>8 > 180 && g>>8 < 80 && b>>8 < 80:
				red++
			}
		}
	}
	return white, black, red
}
