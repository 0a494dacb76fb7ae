package planrun_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/app/planrun"
	"jiuye/internal/engine/plandoc"
)

// read reads a file of testdata.
func read(t *testing.T, name string) plandoc.Draft {
	t.Helper()
	doc, err := planrun.Load(filepath.Join("testdata", name), "auto")
	if err != nil {
		t.Fatal(err)
	}
	return plandoc.Read(doc)
}

// A table of 24 rows that runs over a page, printed by LibreOffice: its second part has no head, its groups' cells are cut.
func TestReadsATableThatRunsOverAPage(t *testing.T) {
	d := read(t, "115_pages.pdf")
	if len(d.Indicators) != 24 || len(d.Tasks) != 1 || d.Tasks[0].Lead != "州人社局" {
		t.Fatalf("%d indicators, %d tasks: %+v", len(d.Indicators), len(d.Tasks), d.Tasks)
	}
	for i, x := range d.Indicators {
		if !strings.HasSuffix(x.Name, "组职业技能培训") || x.Unit != "人次" || x.BaseValue != fmt.Sprint(1000+i) || x.TargetValue != fmt.Sprint(6000+i) || !x.Cumulative || x.Attribute != "预期性" {
			t.Errorf("row %d: %+v", i+1, x)
		}
	}
}

// A page printed by Chromium: each glyph is a drawing (Type 3), some characters are written as radicals.
func TestReadsFontsThatAreDrawings(t *testing.T) {
	d := read(t, "116_drawn.pdf")
	if len(d.Indicators) != 2 || d.Indicators[1].Name != "第乙组职业技能培训" || d.Indicators[1].TargetValue != "6001" || d.Title != "连山州“十四五”技能培训规划" {
		t.Errorf("%q %+v", d.Title, d.Indicators)
	}
}

// What Word prints before a paragraph because of its style: the list belongs to the style, or to the style that one is based on;
// a list of the same pattern goes on counting unless it says that it begins anew.
func TestReadsTheNumbersOfStyles(t *testing.T) {
	p := func(style, num, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + num + `</w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	raw := docx(map[string]string{
		"word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="1"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="2"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>` +
			`<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>`,
		"word/styles.xml": `<w:styles xmlns:w="w"><w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:styleId="2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style><w:style w:styleId="item"><w:basedOn w:val="2"/></w:style></w:styles>`,
		"word/document.xml": `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>某县稳就业工作方案</w:t></w:r></w:p>` + p("1", "", "总体要求") + p("1", "", "重点任务") +
			p("item", "", "扩大岗位供给。归集岗位信息。（县人社局负责）") + p("2", `<w:numPr><w:ilvl w:val="1"/><w:numId w:val="6"/></w:numPr>`, "办好招聘活动。组织专场招聘。（县总工会负责）") +
			p("2", `<w:numPr><w:numId w:val="0"/></w:numPr>`, "这一段不编号。") + p("1", "", "保障措施") +
			p("2", `<w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>`, "加强宣传。营造氛围。（县融媒体中心负责）") + `</w:body></w:document>`,
	})
	doc, err := planrun.Parse("方案.docx", "", raw)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, strings.SplitN(b.Text, "。", 2)[0])
	}
	want := "某县稳就业工作方案|一、总体要求|二、重点任务|（一）扩大岗位供给|（二）办好招聘活动|这一段不编号|三、保障措施|（一）加强宣传"
	if strings.Join(got, "|") != want {
		t.Errorf("%s", strings.Join(got, "|"))
	}
}
