package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/paper"
)

func briefing(t *testing.T) *paper.Document {
	t.Helper()
	dot := image.NewRGBA(image.Rect(0, 0, 40, 20))
	dot.Set(1, 1, color.RGBA{200, 16, 46, 255})
	var picture bytes.Buffer
	if err := png.Encode(&picture, dot); err != nil {
		t.Fatal(err)
	}
	return &paper.Document{Head: "就业工作简报", Issue: "第 8 期", Office: "阿拉善盟就业工作领导小组办公室", Day: "2025年9月5日", Mark: "草稿", Title: "1—8 月就业主要指标完成情况",
		CopyTo: "报：自治区就业工作领导小组办公室", Base: "https://jiuye.example", Blocks: []paper.Block{
			paper.Heading{Rank: 1, Text: "一、总体情况"},
			paper.Heading{Rank: 2, Text: "（一）城镇新增就业"},
			paper.Text{{Text: "1—8 月全盟城镇新增就业 "}, {Text: "3,211 人", Href: "/plan/new_urban?area=1529&year=2025", Bold: true}, {Text: "，同比增长 4.2%，<比>进度&快。\x01"}},
			paper.Table{Caption: "各旗县进展", Head: []string{"旗县", "人数"}, Right: []bool{false, true}, Rows: [][]string{{"阿拉善左旗", "2,104"}, {"额济纳旗", "611"}}, Note: "注：数据截至 8 月 31 日。"},
			paper.Chart{Title: "各月新增", Unit: "人", Kind: paper.Bars, Labels: []string{"1月", "2月", "3月"}, Series: []paper.Series{{Name: "2025年", Values: []float64{210, math.NaN(), 402.5}}, {Name: "2024年", Values: []float64{190, 250, 380}}}},
			paper.Chart{Title: "失业率", Unit: "%", Kind: paper.Lines, Labels: []string{"1月", "2月", "3月"}, Series: []paper.Series{{Name: "登记失业率", Values: []float64{3.4, 3.5, 3.3}}}},
			paper.Picture{PNG: picture.Bytes(), Width: 60, Alt: "各旗县完成率图"},
		}}
}

func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	book, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, f := range book.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		list[f.Name] = string(raw)
	}
	return list
}

func TestABriefingUnzipsIntoWellFormedPartsWithItsTextAndLayout(t *testing.T) {
	var out bytes.Buffer
	if err := briefing(t).Docx(&out); err != nil {
		t.Fatal(err)
	}
	all := parts(t, out.Bytes())
	for name, text := range all {
		if strings.HasSuffix(name, ".png") {
			continue
		}
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	for _, c := range []struct{ part, text string }{
		{"word/document.xml", "就业工作简报"}, {"word/document.xml", "第 8 期"}, {"word/document.xml", "3,211 人"}, {"word/document.xml", "&lt;比&gt;进度&amp;快。\uFFFD"},
		{"word/document.xml", `w:pgSz w:w="11906" w:h="16838"`}, {"word/document.xml", `w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`},
		{"word/document.xml", "报：自治区就业工作领导小组办公室"}, {"word/document.xml", "草稿"},
		{"word/styles.xml", "仿宋_GB2312"}, {"word/styles.xml", "方正小标宋简体"}, {"word/footer.xml", " PAGE "},
		{"word/charts/chart3.xml", "<c:v>402.5</c:v>"}, {"word/charts/chart3.xml", "各月新增（人）"}, {"word/charts/chart4.xml", "lineChart"},
		{"word/_rels/document.xml.rels", "media/image5.png"}, {"[Content_Types].xml", "/word/charts/chart4.xml"}, {"word/media/image5.png", "\x89PNG"},
	} {
		if !strings.Contains(all[c.part], c.text) {
			t.Errorf("%s lacks %q", c.part, c.text)
		}
	}
	if strings.Contains(all["word/charts/chart3.xml"], "NaN") {
		t.Error("a month without a value is written as one")
	}
}

var relation = regexp.MustCompile(`Id="(rId\d+)" Type="[^"]+" Target="([^"]+)"`)

func TestEveryTieOfAWordFileHasAnEnd(t *testing.T) {
	var out bytes.Buffer
	if err := briefing(t).Docx(&out); err != nil {
		t.Fatal(err)
	}
	all := parts(t, out.Bytes())
	found := relation.FindAllStringSubmatch(all["word/_rels/document.xml.rels"], -1)
	if len(found) != 5 {
		t.Fatalf("%d ties", len(found))
	}
	for _, m := range found {
		if _, there := all["word/"+m[2]]; !there {
			t.Errorf("%s leads to %s, which is not there", m[1], m[2])
		}
		if m[2] != "styles.xml" && !strings.Contains(all["word/document.xml"], `"`+m[1]+`"`) {
			t.Errorf("nothing uses %s", m[1])
		}
	}
}

func TestTheSameBriefingPrintsAsAPageWithItsFiguresTraceable(t *testing.T) {
	var out bytes.Buffer
	if err := briefing(t).HTML(&out); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{`<h2>一、总体情况</h2>`, `<a href="https://jiuye.example/plan/new_urban?area=1529&amp;year=2025"><b>3,211 人</b></a>`, `<td class="r">2,104</td>`, "&lt;比&gt;", "各月新增（人）", "data:image/png"} {
		if !strings.Contains(out.String(), text) {
			t.Errorf("the page lacks %s", text)
		}
	}
}

func TestTheBrowserOfTheMachinePrintsAPDF(t *testing.T) {
	var out bytes.Buffer
	if err := briefing(t).PDF(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) || bytes.Count(out.Bytes(), []byte("/Type /Page\n")) < 1 || out.Len() < 10_000 {
		t.Errorf("no PDF of some pages: %d bytes", out.Len())
	}
	if to := os.Getenv("JIUYE_PAPER"); to != "" { // to look at it
		if err := os.WriteFile(to+".pdf", out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		var word, page bytes.Buffer
		if err := errors.Join(briefing(t).Docx(&word), briefing(t).HTML(&page), os.WriteFile(to+".docx", word.Bytes(), 0o600), os.WriteFile(to+".html", page.Bytes(), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWithoutABrowserThePersonHearsWhatElseThereIs(t *testing.T) {
	t.Setenv("JIUYE_CHROMIUM", "")
	t.Setenv("PATH", t.TempDir())
	_, err := paper.Browser()
	if fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "请下载 Word 文件") {
		t.Error(err)
	}
}

func TestATableWithACellTooManyIsRefused(t *testing.T) {
	for _, b := range []paper.Block{
		paper.Table{Head: []string{"旗县"}, Rows: [][]string{{"阿拉善左旗", "1"}}},
		paper.Chart{Labels: []string{"1月"}, Series: []paper.Series{{Values: []float64{1, 2}}}},
		paper.Chart{Labels: []string{"1月"}},
		paper.Heading{Rank: 5},
	} {
		d := paper.Document{Blocks: []paper.Block{b}}
		if d.Docx(io.Discard) == nil || d.HTML(io.Discard) == nil {
			t.Errorf("%+v is taken", b)
		}
	}
}
