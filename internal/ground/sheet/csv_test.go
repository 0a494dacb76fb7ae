package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"jiuye/internal/ground/fault"
)

// open opens content that is already in memory.
func open(t testing.TB, content string, limits Limits) *Book {
	t.Helper()
	b, err := OpenReader(strings.NewReader(content), int64(len(content)), "名单.csv", limits)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// shown lists rows as "number: a|b", and errors as "number! text".
func shown(b *Book, sheet string) []string {
	var out []string
	for row, err := range b.Rows(sheet) {
		if err != nil {
			out = append(out, fmt.Sprintf("%d! %s", row.Number, fault.TextOf(err)))
			continue
		}
		out = append(out, fmt.Sprintf("%d: %s", row.Number, strings.Join(row.Cells, "|")))
	}
	return out
}

func gb(s string) string {
	out, _ := simplifiedchinese.GB18030.NewEncoder().String(s)
	return out
}

func wide16(s string, order unicode.Endianness) string {
	out, _ := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(s)
	return out
}

func TestDepartmentsTextFilesAreReadWhateverTheirEncodingAndSeparator(t *testing.T) {
	const table = "姓名,证件号\n苏敏,152921199001011234\n"
	want := []string{"1: 姓名|证件号", "2: 苏敏|152921199001011234"}
	late := "name,no\n" + strings.Repeat("abc,1\n", 20_000)
	cases := []struct {
		name, content string
		want          []string
	}{
		{"UTF-8", table, want},
		{"UTF-8 with a mark", "\ufeff" + table, want},
		{"GB18030", gb(table), want},
		{"UTF-16, little end first", wide16(table, unicode.LittleEndian), want},
		{"UTF-16, big end first", wide16(table, unicode.BigEndian), want},
		{"tabs", strings.ReplaceAll(table, ",", "\t"), want},
		{"semicolons", strings.ReplaceAll(table, ",", ";"), want},
		{"bars", strings.ReplaceAll(table, ",", "|"), want},
		{"tabs in UTF-16, as a spreadsheet's Unicode text", wide16(strings.ReplaceAll(table, ",", "\t"), unicode.LittleEndian), want},
		{"CR LF", strings.ReplaceAll(table, "\n", "\r\n"), want},
		{"CR alone", strings.ReplaceAll(table, "\n", "\r"), want},
		{"no end of line at the end", strings.TrimSuffix(table, "\n"), want},
		{"an announced separator", "sep=|\r\na,b|c\r\n", []string{"2: a,b|c"}},
		{"rows without text are left out and counted", "a,b\n\n,,\nc,d\n", []string{"1: a|b", "4: c|d"}},
		{"empty cells at the end are dropped", "a,b,,\n\"c\",\"\",\n", []string{"1: a|b", "2: c"}},
		{"quotes, separators and ends of line inside a cell", "a,\"b \"\"x\"\", y\"\n\"two\nlines\",z\nlast,1\n", []string{"1: a|b \"x\", y", "2: two\nlines|z", "3: last|1"}},
		{"a quote within a cell", "a,5\" pipe\n", []string{"1: a|5\" pipe"}},
		{"a title above the head", "2020 年就业登记\n姓名;证件号\n苏敏;1\n", []string{"1: 2020 年就业登记", "2: 姓名|证件号", "3: 苏敏|1"}},
		{"one column", "姓名\n苏敏\n", []string{"1: 姓名", "2: 苏敏"}},
		{"commas in the cells of a tab file", "姓名\t地址\n苏敏\t巴彦浩特,南区,3\n张三\t乙\n", []string{"1: 姓名|地址", "2: 苏敏|巴彦浩特,南区,3", "3: 张三|乙"}},
		{"rare characters of GB18030", gb("姓名,生僻字\n㐀㑇,𠮷\n"), []string{"1: 姓名|生僻字", "2: 㐀㑇|𠮷"}},
	}
	for _, c := range cases {
		b := open(t, c.content, Limits{})
		if got := shown(b, ""); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	b := open(t, late+gb("苏敏,2\n"), Limits{})
	if got := shown(b, "名单"); got[len(got)-1] != "20002: 苏敏|2" {
		t.Errorf("Chinese comes late: got %q", got[len(got)-1])
	}
}

func TestATextFileWithABrokenEncodingNamesTheRowAndGoesOn(t *testing.T) {
	rest := strings.Repeat("张三,乙\n", 20)
	cases := []struct{ name, content string }{
		{"a byte lost in UTF-8", "姓名,地址\n苏\xe6\x95,南区\n" + rest},
		{"a byte lost in GB18030", gb("姓名,地址\n") + "\xcb\xd5\xc3,\xff" + "\n" + gb(rest)},
	}
	for _, c := range cases {
		got := shown(open(t, c.content, Limits{}), "")
		if len(got) != 22 || !strings.Contains(got[1], "第 2 行") || !strings.Contains(got[1], "另存为“CSV UTF-8”") || got[2] != "3: 张三|乙" {
			t.Errorf("%s: got %q", c.name, got[:min(3, len(got))])
		}
	}
}

func TestAnUnclosedQuoteEndsWithTheRowWhereItBegan(t *testing.T) {
	want := "第 2 行的双引号没有配对"
	got := shown(open(t, "a,b\n\"c,d\n"+strings.Repeat("e,f\n", 10), Limits{}), "")
	if len(got) != 2 || !strings.Contains(got[1], want) {
		t.Errorf("short file: %q", got)
	}
	got = shown(open(t, "a,b\n\"c,d\n"+strings.Repeat("e,f\n", 100_000), Limits{MaxCell: 1000}), "")
	if len(got) != 2 || !strings.Contains(got[1], want) {
		t.Errorf("long file: %d rows, %.200q", len(got), got)
	}
}

func TestLimitsOfATextFile(t *testing.T) {
	cases := []struct {
		name, content string
		limits        Limits
		want          string
	}{
		{"rows", "a\nb\nc\n", Limits{MaxRows: 2}, "行数超过上限 2"},
		{"columns", "a,b,c\n", Limits{MaxColumns: 2}, "第 1 行有 3 列，超过上限 2 列"},
		{"a long cell", "a,b\n1," + strings.Repeat("x", 50) + "\n", Limits{MaxCell: 40}, "第 2 行 B 列的内容太长"},
		{"a long row", "a,b\n" + strings.Repeat("x", 1<<20), Limits{MaxCell: 1000}, "第 2 行太长"},
	}
	for _, c := range cases {
		got := shown(open(t, c.content, c.limits), "")
		if last := got[len(got)-1]; !strings.Contains(last, c.want) {
			t.Errorf("%s: %q", c.name, last)
		}
	}
	_, err := OpenReader(strings.NewReader("a,b\n"), 4, "x", Limits{MaxBytes: 3})
	if fault.KindOf(err) != fault.TooLarge {
		t.Errorf("a file over the limit: %v", err)
	}
}

func TestRowsCanBeGoneThroughAgainAndLeftEarly(t *testing.T) {
	b := open(t, "a\nb\nc\n", Limits{})
	for row := range b.Rows("") {
		if row.Number == 2 {
			break
		}
	}
	if got := shown(b, ""); len(got) != 3 {
		t.Errorf("got %q", got)
	}
	got := shown(b, "没有")
	if len(got) != 1 || !strings.Contains(got[0], "文件里没有名为“没有”的表，现有：名单") {
		t.Errorf("got %q", got)
	}
}

func TestWhatIsWrittenAsCSVReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[0-9A-Za-z\p{Han} ,;"|\n]{0,8}`)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 1, 6).Draw(t, "rows")
		encoding := rapid.SampledFrom([]Encoding{UTF8, GB18030}).Draw(t, "encoding")
		var out bytes.Buffer
		w := NewCSV(&out, encoding)
		_ = w.Sheet("x", Columns("甲", "乙", "丙")...)
		for _, row := range rows {
			_ = w.Row(row...)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := OpenReader(bytes.NewReader(out.Bytes()), int64(out.Len()), "x", Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[int][]string{}
		for row, err := range b.Rows("") {
			if err != nil {
				t.Fatal(err)
			}
			got[row.Number] = row.Cells
		}
		for i, row := range rows {
			back := Row{Cells: got[i+2]}
			for j, cell := range row {
				if back.Cell(j) != cell {
					t.Fatalf("row %d: wrote %q, read %q", i, row, back.Cells)
				}
			}
		}
	})
}

func TestACSVNeverHandsAFormulaToASpreadsheet(t *testing.T) {
	cases := []struct{ cell, want string }{
		{"=1+1", "'=1+1"}, {"@SUM(A1)", "'@SUM(A1)"}, {"+cmd|'/c calc'!A1", "'+cmd|'/c calc'!A1"}, {"-2+3", "'-2+3"}, {"-", "'-"},
		{"-12.5", "-12.5"}, {"+8613812345678", "+8613812345678"}, {"=A,B", "\"'=A,B\""}, {"152921199001011234", "152921199001011234"}, {" x", `" x"`},
	}
	for _, c := range cases {
		var out bytes.Buffer
		w := NewCSV(&out, UTF8)
		_ = w.Row(c.cell)
		_ = w.Close()
		if got := strings.TrimSuffix(strings.TrimPrefix(out.String(), "\ufeff"), "\r\n"); got != c.want {
			t.Errorf("%q is written %s, want %s", c.cell, got, c.want)
		}
	}
}

type fullDisk struct{ left int }

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(p), nil
}

func TestAFullDiskIsToldAndNotForgotten(t *testing.T) {
	for name, w := range map[string]Writer{"csv": NewCSV(&fullDisk{1000}, GB18030), "xlsx": NewXLSX(&fullDisk{1000})} {
		_ = w.Sheet("名单", Columns("姓名")...)
		for i := range 100_000 {
			if err := w.Row(strings.Repeat(fmt.Sprint(i), 20)); err != nil {
				break
			}
		}
		if err := w.Close(); fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.TextOf(err), "磁盘空间") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\xff\xfea\x00", "\"", "sep=;\na;b", gb("姓名,地址\n苏敏,乙"), "\x84\x31\x95\x33", "a\r\rb", "PK\x03\x04", "<html>", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := Limits{MaxCell: 64, MaxColumns: 16, MaxRows: 1000}
		b, err := OpenReader(bytes.NewReader(content), int64(len(content)), "x.csv", limits)
		if err != nil {
			return
		}
		last := 0
		for row, err := range b.Rows("") {
			if row.Number <= last && err == nil || len(row.Cells) > limits.MaxColumns || row.Number > limits.MaxRows+1 {
				t.Fatalf("row %d after %d, %d cells", row.Number, last, len(row.Cells))
			}
			last = row.Number
		}
	})
}

func BenchmarkReadCSV(b *testing.B) {
	for _, encoding := range []Encoding{UTF8, GB18030} {
		b.Run(string(encoding), func(b *testing.B) {
			content := made(b, NewCSV, encoding, 100_000)
			benchmarkRead(b, content)
		})
	}
}

func benchmarkRead(b *testing.B, content []byte) {
	cells := 0
	b.ReportAllocs()
	for b.Loop() {
		cells = 0
		book, err := OpenReader(bytes.NewReader(content), int64(len(content)), "x", Limits{})
		if err != nil {
			b.Fatal(err)
		}
		for row, err := range book.Rows("") {
			if err != nil {
				b.Fatal(err)
			}
			cells += len(row.Cells)
		}
	}
	b.ReportMetric(float64(cells)*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
}

var benchColumns = []Column{{Title: "姓名"}, {Title: "证件号"}, {Title: "登记日期", Kind: Date}, {Title: "苏木乡镇"}, {Title: "缴费月数", Kind: Number},
	{Title: "手机号"}, {Title: "人员类别"}, {Title: "单位名称"}, {Title: "工资", Kind: Number}, {Title: "备注"}}

func fill(b testing.TB, w Writer, rows int) {
	if err := w.Sheet("就业失业登记", benchColumns...); err != nil {
		b.Fatal(err)
	}
	for i := range rows {
		if err := w.Row("苏敏", "152921199001011234", "2020-03-01", "巴彦浩特镇", "17", "13812345678", "农牧民", "阿拉善盟某某商贸有限公司", "3500.5", "转移就业"); err != nil {
			b.Fatal(i, err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
}

func made(b testing.TB, writer func(io.Writer, Encoding) Writer, e Encoding, rows int) []byte {
	var out bytes.Buffer
	fill(b, writer(&out, e), rows)
	return out.Bytes()
}
