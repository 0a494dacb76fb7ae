package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"jiuye/internal/ground/fault"
)

// zipped packs parts given as name, content, name, content, …
func zipped(t testing.TB, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// workbookOf is a workbook of one sheet with the given rows, styles and shared strings in raw XML.
func workbookOf(t testing.TB, rows, styles, shared string) string {
	return zipped(t,
		"[Content_Types].xml", "<Types/>",
		"_rels/.rels", `<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="名单 &amp; 表" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`+
			`<Relationship Id="rId2" Type="x/styles" Target="styles.xml"/><Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+rows+`</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`,
		"xl/styles.xml", `<styleSheet>`+styles+`</styleSheet>`,
		"xl/sharedStrings.xml", `<sst>`+shared+`</sst>`)
}

func TestCellsOfAWorkbookReadAsTheyShow(t *testing.T) {
	const styles = `<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/>` +
		`<numFmt numFmtId="166" formatCode="[$-804]yyyy\-mm\-dd hh:mm"/><numFmt numFmtId="167" formatCode="0.00&quot;dm&quot;"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="20"/><xf numFmtId="31"/></cellXfs>`
	const shared = `<si><t>苏敏</t></si><si><r><t>合</t></r><r><t xml:space="preserve">同 </t></r><rPh sb="0" eb="1"><t>hetong</t></rPh></si><si><t/></si><si><t>a_x000D_
b_x005F_x0041_</t></si><si><t><![CDATA[<b>&amp;]]></t></si>`
	cases := []struct{ name, cell, want string }{
		{"a shared text", `<c r="A1" t="s"><v>0</v></c>`, "苏敏"},
		{"a text in several looks, with a reading", `<c r="A1" t="s"><v>1</v></c>`, "合同 "},
		{"escapes of the workbook", `<c r="A1" t="s"><v>3</v></c>`, "a\r\nb_x0041_"},
		{"CDATA", `<c r="A1" t="s"><v>4</v></c>`, "<b>&amp;"},
		{"an inline text", `<c r="A1" t="inlineStr"><is><t>张&lt;三&gt; &#x4e00;&#19968;&amp;&nbsp;</t></is></c>`, "张<三> 一一&&nbsp;"},
		{"a formula's text", `<c r="A1" t="str"><f>A2&amp;"x"</f><v>乙x</v></c>`, "乙x"},
		{"a formula's number", `<c r="A1"><f>1+1</f><v>2</v></c>`, "2"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, "TRUE"},
		{"false", `<c r="A1" t="b"><v>0</v></c>`, "FALSE"},
		{"an error", `<c r="A1" t="e"><v>#N/A</v></c>`, "#N/A"},
		{"an integer", `<c r="A1"><v>12286</v></c>`, "12286"},
		{"an integer with exponent", `<c r="A1"><v>1.38123456780E10</v></c>`, "13812345678"},
		{"an ID number that lost digits, with exponent", `<c r="A1"><v>1.5010219900101101E+17</v></c>`, "1.5010219900101101E+17"},
		{"an ID number that lost digits, without", `<c r="A1"><v>150102199001011000</v></c>`, "150102199001011000"},
		{"a fraction", `<c r="A1"><v>3500.5</v></c>`, "3500.5"},
		{"a fraction's noise", `<c r="A1"><v>0.30000000000000004</v></c>`, "0.3"},
		{"a small fraction", `<c r="A1"><v>3.2899999999999999E-2</v></c>`, "0.0329"},
		{"a day", `<c r="A1" s="1"><v>43891</v></c>`, "2020-03-01"},
		{"a day in Chinese form", `<c r="A1" s="2"><v>43891</v></c>`, "2020-03-01"},
		{"a day in the built-in Chinese form", `<c r="A1" s="7"><v>43891</v></c>`, "2020-03-01"},
		{"a day format hides the time", `<c r="A1" s="1"><v>43891.75</v></c>`, "2020-03-01"},
		{"a moment", `<c r="A1" s="4"><v>43891.75</v></c>`, "2020-03-01 18:00:00"},
		{"a moment at midnight", `<c r="A1" s="4"><v>43891</v></c>`, "2020-03-01"},
		{"a time", `<c r="A1" s="6"><v>0.354166666666667</v></c>`, "08:30:00"},
		{"elapsed time is no date", `<c r="A1" s="3"><v>1.5</v></c>`, "1.5"},
		{"letters in quotes are no date", `<c r="A1" s="5"><v>1.5</v></c>`, "1.5"},
		{"the first days of 1900", `<c r="A1" s="1"><v>1</v></c>`, "1900-01-01"},
		{"the day that never was", `<c r="A1" s="1"><v>60</v></c>`, "1900-02-29"},
		{"the day after", `<c r="A1" s="1"><v>61</v></c>`, "1900-03-01"},
		{"a negative day", `<c r="A1" s="1"><v>-5</v></c>`, "-5"},
		{"a day beyond the calendar", `<c r="A1" s="1"><v>1e9</v></c>`, "1000000000"},
		{"an ISO day", `<c r="A1" t="d"><v>2020-03-01T00:00:00</v></c>`, "2020-03-01"},
		{"an unknown style", `<c r="A1" s="99"><v>7</v></c>`, "7"},
		{"gaps by reference", `<c r="B1"><v>1</v></c><c r="AA1"><v>2</v></c>`, "|1" + strings.Repeat("|", 25) + "2"},
		{"no references", `<c><v>1</v></c><c/><c><v>3</v></c>`, "1||3"},
		{"a comment and a > in an attribute", `<!-- <c> --><c r="A1" x='a>b' t = "str"><v>y</v></c>`, "y"},
	}
	for _, c := range cases {
		b := open(t, workbookOf(t, `<row r="1">`+c.cell+`</row>`, styles, shared), Limits{})
		if got := shown(b, "名单 & 表"); len(got) != 1 || got[0] != "1: "+c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRowsWithoutTextAreLeftOutAndNumbersKept(t *testing.T) {
	rows := `<row><c><v>1</v></c></row><row r="3"/><row r="5"><c r="A5" t="s"><v>0</v></c></row><row><c s="1"/></row><row><c><v>7</v></c></row>`
	got := shown(open(t, workbookOf(t, rows, "", `<si><t>甲</t></si>`), Limits{}), "")
	if want := []string{"1: 1", "5: 甲", "7: 7"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestADamagedWorkbookIsRefusedWithTheReason(t *testing.T) {
	whole := workbookOf(t, `<row><c><v>1</v></c></row>`, "", "")
	cases := []struct{ name, content, want string }{
		{"cut off", whole[:len(whole)/2], "文件已损坏"},
		{"a shared text that is not there", workbookOf(t, `<row><c t="s"><v>5</v></c></row>`, "", ""), "文件已损坏"},
		{"a document type", workbookOf(t, `<!DOCTYPE x [<!ENTITY a "aaaa">]><row/>`, "", ""), "文件已损坏"},
		{"broken XML", workbookOf(t, `<row><c<v>1</v></c></row>`, "", ""), "文件已损坏"},
		{"rows break off", strings.Replace(zipped(t, "[Content_Types].xml", "", "xl/workbook.xml", `<sheet name="a" id="r1"/>`, "xl/_rels/workbook.xml.rels",
			`<Relationship Id="r1" Target="worksheets/a.xml"/>`, "xl/worksheets/a.xml", `<worksheet><row><c><v>1</v>`), "x", "x", 1), "文件已损坏"},
		{"no sheets", zipped(t, "[Content_Types].xml", "", "xl/workbook.xml", `<workbook/>`), "工作簿里没有表"},
		{"a Word document", zipped(t, "word/document.xml", ""), "这是 Word 文档"},
		{"an ods", zipped(t, "mimetype", "", "content.xml", ""), "这是 .ods 文件"},
		{"an xlsb", zipped(t, "[Content_Types].xml", "", "xl/workbook.bin", ""), "这是 .xlsb 文件"},
		{"a zip of tables", zipped(t, "a.csv", "x"), "这是压缩包"},
	}
	for _, c := range cases {
		b, err := OpenReader(strings.NewReader(c.content), int64(len(c.content)), "x.xlsx", Limits{})
		text := fault.TextOf(err)
		if err == nil {
			got := shown(b, "")
			text = got[len(got)-1]
		}
		if !strings.Contains(text, c.want) {
			t.Errorf("%s: %s", c.name, text)
		}
	}
}

func TestWhatIsNoTableIsRefusedByContentNotByName(t *testing.T) {
	ole := func(name string) string {
		b := make([]byte, 2048)
		copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
		b[30], b[48] = 9, 1 // sectors of 512 bytes, directory in sector 1
		copy(b[1024+128:], wide(name))
		return string(b)
	}
	cases := []struct{ name, content, want string }{
		{"empty", "", "文件是空的"},
		{"an old xls", ole("Workbook"), "这是旧版 .xls 文件，请在 Excel 或 WPS 中另存为 .xlsx 后再上传"},
		{"a workbook with a password", ole("EncryptedPackage"), "设有打开密码"},
		{"an old Word document", ole("WordDocument"), "这是 Word 文档"},
		{"a short OLE2 file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧版 .xls 文件"},
		{"a web page", "\ufeff\r\n<HTML xmlns:o=\"x\"><table>", "这是网页"},
		{"a web page in UTF-16", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", "这是网页"},
		{"a table of 2003 in XML", "<?xml version=\"1.0\"?><Workbook>", "这是 XML 表格"},
		{"a PDF", "%PDF-1.7", "这是 PDF 文件"},
		{"a picture", "\x89PNG\r\n\x1a\n", "这是图片"},
		{"rar", "Rar!\x1a\x07", "这是压缩包"},
		{"bytes", "\x01\x02\x00\x03", "这不是表格文件"},
		{"no known encoding", strings.Repeat("\xff\x81 ", 50), "认不出文件的文字编码"},
	}
	dir := t.TempDir()
	for _, c := range cases {
		path := filepath.Join(dir, "名单.xlsx")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, Limits{}); !strings.Contains(fault.TextOf(err), c.want) || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := Open(filepath.Join(dir, "没有.xlsx"), Limits{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(dir, Limits{}); !strings.Contains(fault.TextOf(err), "不是文件") {
		t.Errorf("a folder: %v", err)
	}
}

// zeros is an endless run of spaces, which pack a thousandfold.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// bomb packs 40 MiB of blanks into one part of a workbook.
func bomb(t *testing.T, bad string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"[Content_Types].xml": "", "xl/workbook.xml": `<sheet name="a" id="r1"/>`,
		"xl/_rels/workbook.xml.rels": `<Relationship Id="r1" Target="worksheets/a.xml"/><Relationship Id="r2" Target="sharedStrings.xml"/>`,
		"xl/worksheets/a.xml":        "<worksheet></worksheet>", "xl/sharedStrings.xml": "<sst/>",
	} {
		w, err := z.Create(name)
		if err == nil && name == bad {
			_, err = io.CopyN(w, zeros{}, 40<<20)
		}
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// lie makes the zip's directory declare 1,000 bytes for a part: the size stands at offset 24 of its entry, the name at 46.
func lie(content []byte, part string) {
	copy(content[bytes.LastIndex(content, []byte(part))-46+24:], "\xe8\x03\x00\x00")
}

func TestAZipBombIsRefusedBeforeItUnfolds(t *testing.T) {
	for _, part := range []string{"xl/worksheets/a.xml", "xl/sharedStrings.xml", "xl/workbook.xml"} {
		content := bomb(t, part)
		for _, lying := range []bool{false, true} {
			if lying {
				lie(content, part)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			b, err := OpenReader(bytes.NewReader(content), int64(len(content)), "名单.xlsx", Limits{})
			if err == nil {
				for _, e := range b.Rows("") {
					err = e
				}
			}
			runtime.ReadMemStats(&after)
			if kind := fault.KindOf(err); err == nil || kind != fault.TooLarge && !lying || kind == fault.Internal {
				t.Errorf("%s, lying %v: %v", part, lying, err)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 32<<20 {
				t.Errorf("%s, lying %v: took %d MB", part, lying, used>>20)
			}
		}
	}
}

func TestLimitsOfAWorkbook(t *testing.T) {
	long := strings.Repeat("长", 100)
	many := strings.Repeat("<c><v>1</v></c>", 30)
	cases := []struct {
		name, content string
		limits        Limits
		want          string
	}{
		{"rows", workbookOf(t, `<row r="11"><c><v>1</v></c></row>`, "", ""), Limits{MaxRows: 10}, "行数超过上限 10"},
		{"columns", workbookOf(t, `<row>`+many+`</row>`, "", ""), Limits{MaxColumns: 20}, "第 1 行有 30 列，超过上限 20 列"},
		{"a column far to the right", workbookOf(t, `<row><c r="ZZZZZZZZZ1"><v>1</v></c></row>`, "", ""), Limits{}, "超过上限 1000 列"},
		{"the same column again and again", workbookOf(t, `<row>`+strings.Repeat(`<c r="A1"><v>1</v></c>`, 20_002)+`</row>`, "", ""), Limits{}, "第 1 行太长"},
		{"a long cell", workbookOf(t, `<row><c t="inlineStr"><is><t>`+long+`</t></is></c></row>`, "", ""), Limits{MaxCell: 100}, "第 1 行 A 列的内容太长"},
		{"a long shared text", workbookOf(t, "", "", `<si><t>`+long+`</t></si>`), Limits{MaxCell: 100}, "有一格的内容太长"},
		{"a text that never ends", workbookOf(t, `<row><c t="str"><v>`+strings.Repeat("x", 1<<20)+`</v></c></row>`, "", ""), Limits{MaxCell: 100}, "内容太长"},
		{"many shared texts", workbookOf(t, "", "", strings.Repeat(`<si><t>`+long+`</t></si>`, 100)), Limits{MaxText: 10_000}, "文件里的文字超过上限"},
	}
	for _, c := range cases {
		b, err := OpenReader(strings.NewReader(c.content), int64(len(c.content)), "x", c.limits)
		if err == nil {
			for _, e := range b.Rows("") {
				err = e
			}
		}
		if fault.KindOf(err) != fault.TooLarge || !strings.Contains(fault.TextOf(err), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestHiddenSheetsAndChartsAreLeftOut(t *testing.T) {
	f := excelize.NewFile()
	for _, name := range []string{"名单", "字典", "说明"} {
		_, _ = f.NewSheet(name)
		_ = f.SetCellValue(name, "A1", name)
	}
	_ = f.DeleteSheet("Sheet1")
	_ = f.SetSheetVisible("字典", false)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	b := open(t, out.String(), Limits{})
	if got := b.Sheets(); !slices.Equal(got, []string{"名单", "说明"}) {
		t.Errorf("got %q", got)
	}
	if got := shown(b, "说明"); !slices.Equal(got, []string{"1: 说明"}) {
		t.Errorf("got %q", got)
	}
	if b.Format() != "xlsx" {
		t.Error("format")
	}
}

func TestAnotherProgramsWorkbookReadsAsWritten(t *testing.T) {
	f := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "姓名", "B1": "登记日期", "C1": "月数", "D1": "比率", "A2": "苏 敏 ", "B2": time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC),
		"C2": 17, "D2": 0.0329, "A3": "<&>\"'", "C3": int64(13812345678), "D3": true} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	got := shown(open(t, out.String(), Limits{}), "Sheet1")
	if want := []string{"1: 姓名|登记日期|月数|比率", "2: 苏 敏 |2020-03-01|17|0.0329", "3: <&>\"'||13812345678|TRUE"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestColumnsAreNamedAsInASpreadsheet(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 27: "AB", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if columnName(i) != want || columnIndex([]byte(want+"12")) != i {
			t.Errorf("%d: %s, %s is %d", i, columnName(i), want, columnIndex([]byte(want)))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, 1<<20).Draw(t, "i")
		if columnIndex([]byte(columnName(i))) != i {
			t.Fatal(columnName(i))
		}
	})
}

func FuzzXLSXRows(f *testing.F) {
	for _, s := range []string{`<row><c><v>1</v></c></row>`, `<row r="3"><c r="B3" t="s"><v>0</v></c>`, `<!DOCTYPE`, `<![CDATA[`, `<c t="inlineStr"><is><t>&#x;&amp`, `</`, `<row r="99999999999">`, `<c s="-1"`, `<!-`, `<c r="A1" t="d"><v>1e400`} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, rows, shared string) {
		limits := Limits{MaxCell: 64, MaxColumns: 16, MaxRows: 1000, MaxText: 1000}
		content := workbookOf(t, rows, rows, "<si><t>a</t></si>"+shared)
		b, err := OpenReader(strings.NewReader(content), int64(len(content)), "x", limits)
		if err != nil {
			return
		}
		for row, err := range b.Rows("") {
			if err == nil && (len(row.Cells) > limits.MaxColumns || row.Number > limits.MaxRows || row.Number < 1) {
				t.Fatalf("row %d with %d cells", row.Number, len(row.Cells))
			}
		}
	})
}

func FuzzXLSXFile(f *testing.F) {
	f.Add([]byte(workbookOf(f, `<row><c><v>1</v></c></row>`, "", "")))
	f.Fuzz(func(t *testing.T, content []byte) {
		b, err := OpenReader(bytes.NewReader(content), int64(len(content)), "x", Limits{MaxBytes: 1 << 20})
		if err != nil {
			return
		}
		for range b.Rows("") {
			_ = fmt.Sprint()
		}
	})
}

func BenchmarkReadXLSX(b *testing.B) {
	b.Run("inline", func(b *testing.B) {
		benchmarkRead(b, made(b, func(w io.Writer, _ Encoding) Writer { return NewXLSX(w) }, "", 100_000))
	})
	b.Run("shared", func(b *testing.B) {
		f := excelize.NewFile()
		for i := range 20_000 {
			_ = f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &[]any{"苏敏", "152921199001011234", time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC), "巴彦浩特镇", i, "13812345678", "农牧民", "阿拉善盟某某商贸有限公司", 3500.5, fmt.Sprint("备注", i)})
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			b.Fatal(err)
		}
		benchmarkRead(b, out.Bytes())
	})
}
