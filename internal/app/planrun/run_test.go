package planrun_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiuye/internal/app/planrun"
	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/fault"
)

const heldOut = "../../engine/plandoc/testdata/heldout/"

// rows reads a csv file as one map a row.
func rows(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range all[1:] {
		m := map[string]string{}
		for i, name := range all[0] {
			m[name] = r[i]
		}
		out = append(out, m)
	}
	return out
}

// The same plan as a web page, a Word document and a PDF gives the same indicators.
func TestReadsPagesWordAndPDF(t *testing.T) {
	for _, file := range []string{heldOut + "104_html.html", "testdata/113_web.docx", "testdata/114_writer.pdf"} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			out := t.TempDir()
			var said bytes.Buffer
			if err := planrun.Read(planrun.Options{Files: []string{file}, Out: out}, &said); err != nil {
				t.Fatal(err)
			}
			got := rows(t, filepath.Join(out, "indicators.csv"))
			for _, w := range rows(t, heldOut+"indicators.csv") {
				if w["doc"] != "104" {
					continue
				}
				if !found(got, w) {
					t.Errorf("no indicator %s %s%s (%s)", w["indicator"], w["target_value"], w["unit"], w["quote"])
				}
			}
			tasks := rows(t, filepath.Join(out, "tasks.csv"))
			if len(tasks) != 3 || tasks[2]["units"] != "区人社局;区农业农村局;人民银行兰溪支行" {
				t.Errorf("tasks: %v", tasks)
			}
			if !strings.Contains(said.String(), "任务 3 项") {
				t.Error(said.String())
			}
			if t.Failed() {
				for _, g := range got {
					t.Log(g)
				}
			}
		})
	}
}

func found(got []map[string]string, w map[string]string) bool {
	for _, g := range got {
		ok := strings.Contains(g["indicator"], w["indicator"]) || strings.Contains(w["indicator"], g["indicator"])
		for _, f := range []string{"unit", "base_value", "base_year", "target_year", "target_value", "cumulative", "comparator", "attribute"} {
			ok = ok && g[f] == w[f]
		}
		if ok {
			return true
		}
	}
	return false
}

// docx makes a Word document of parts.
func docx(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range parts {
		w, _ := z.Create(name)
		w.Write([]byte(body))
	}
	z.Close()
	return b.Bytes()
}

func TestReadsTheNumbersThatWordPrints(t *testing.T) {
	item := func(depth int, text string) string {
		return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, depth, text)
	}
	raw := docx(map[string]string{
		"word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="3"><w:lvl><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>`,
		"word/document.xml": `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>某县稳就业工作方案</w:t></w:r></w:p>` + item(0, "总体要求") + item(0, "重点任务") +
			item(1, "扩大岗位供给。归集岗位500个。（责任单位：县人社局）") + item(1, "办好招聘活动。每年举办招聘活动12场。（责任单位：县总工会、县人社局）") + `</w:body></w:document>`,
	})
	doc, err := planrun.Parse("方案.docx", "", raw)
	if err != nil {
		t.Fatal(err)
	}
	d := plandoc.Read(doc)
	if len(d.Tasks) != 2 || d.Tasks[1].No != "（二）" || d.Tasks[1].Title != "办好招聘活动" || d.Tasks[1].Lead != "县总工会" || len(d.Indicators) != 2 {
		t.Errorf("%+v %+v", d.Tasks, d.Indicators)
	}
}

func TestReadsTablesOfYearsAndOfDuties(t *testing.T) {
	out := t.TempDir()
	files := []string{heldOut + "108_duty.html", heldOut + "111_years.html"}
	if err := planrun.Read(planrun.Options{Files: files, Out: out}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	got := rows(t, filepath.Join(out, "indicators.csv"))
	for _, w := range rows(t, heldOut+"indicators.csv") {
		if w["doc"] == "111" && !found(got, w) {
			t.Errorf("no %s %s of %s", w["indicator"], w["target_value"], w["target_year"])
		}
	}
	tasks := rows(t, filepath.Join(out, "tasks.csv"))
	if len(tasks) != 3 || tasks[1]["lead_unit"] != "县人社局" || tasks[1]["units"] != "县人社局;县财政局;县教育局;各乡镇" || tasks[0]["deadline"] != "2025年底" {
		t.Errorf("tasks: %v", tasks)
	}
}

func TestReadsTextInOldEncodings(t *testing.T) {
	text := "某市“十四五”就业促进规划\n到2025年，城镇新增就业5万人以上。\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{"utf8": text, "bom": "\xef\xbb\xbf" + text, "gb18030": gb} {
		doc, err := planrun.Parse(name+".txt", "auto", []byte(raw))
		if err != nil {
			t.Fatal(name, err)
		}
		if d := plandoc.Read(doc); len(d.Indicators) != 1 || d.Indicators[0].TargetValue != "5" {
			t.Errorf("%s: %+v", name, d.Indicators)
		}
	}
}

func TestSaysWhyAFileCannotBeRead(t *testing.T) {
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, _ := z.Create("word/document.xml")
	w.Write([]byte("<document><body>"))
	blank := bytes.Repeat([]byte("<p><t>一二三四五六七八九十</t></p>"), 4096)
	for range 1200 {
		w.Write(blank)
	}
	z.Close()
	for _, c := range []struct{ name, raw, want string }{
		{"旧.doc", "\xd0\xcf\x11\xe0", "另存为 .docx"},
		{"空.docx", "PK\x03\x04", "不是完整的 Word 文档"},
		{"坏.pdf", "%PDF-1.4 nothing", "PDF 文件 坏.pdf"},
		{"扫描.pdf", scanned(), "扫描的图片"},
		{"炸弹.docx", bomb.String(), "解开后太大"},
		{"空.html", "<html><body></body></html>", "没有文字"},
	} {
		_, err := planrun.Parse(c.name, "auto", []byte(c.raw))
		if err == nil || !strings.Contains(fault.TextOf(err), c.want) {
			t.Errorf("%s: %v, wanted %q", c.name, err, c.want)
		}
	}
	if _, err := planrun.Load("没有这个文件.txt", ""); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

// scanned is a PDF of one page without text.
func scanned() string {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	var at []int
	for _, object := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s endobj\n", len(at), object)
	}
	start := b.Len()
	b.WriteString("xref\n0 4\n0000000000 65535 f \n")
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", start)
	return b.String()
}

func TestTellsWhoseDocumentItIs(t *testing.T) {
	for _, c := range []struct{ title, level, code string }{
		{"阿拉善盟“十四五”就业促进规划", "league", "152900"},
		{"内蒙古自治区就业促进行动实施方案", "region", "150000"},
		{"额济纳旗就业创业三年行动方案", "banner", "152923"},
		{"云岭市“十五五”就业促进规划", "league", ""},
		{"“十四五”就业促进规划", "", ""},
	} {
		level, code := planrun.Where(plandoc.Draft{Title: c.title})
		if level != c.level || code != c.code {
			t.Errorf("%s: %s %s", c.title, level, code)
		}
	}
	if level, code := planrun.Where(plandoc.Draft{Title: "“十四五”就业促进规划", Number: "国发〔2021〕14号"}); level != "nation" || code != "000000" {
		t.Errorf("%s %s", level, code)
	}
}

func TestNamesADocumentByItsNumber(t *testing.T) {
	for name, want := range map[string]string{"002_293ee.txt": "002", "规划.docx": "规划", "a_b.pdf": "a_b"} {
		if got := planrun.Doc(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
