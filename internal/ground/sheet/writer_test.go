package sheet

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"jiuye/internal/ground/fault"
)

func TestWhatIsWrittenAsXLSXReadsBackAndOpensInAnotherProgram(t *testing.T) {
	columns := []Column{{Title: "姓名"}, {Title: "证件号"}, {Title: "登记日期", Kind: Date}, {Title: "月数", Kind: Number, Width: 8}}
	rows := [][]string{
		{"苏敏", "152921199001011234", "2020-03-01", "17"},
		{"=HYPERLINK(\"x\")", "+1", "不详", "十七"},
		{" 前后有空格 ", "a<b>&\"c\"", "1900-01-01", "-3.50"},
		{"两\n行\r", "_x0041_\x01", "2020-02-30", "007"},
		{"", "", "", "150102199001011234"},
	}
	var out bytes.Buffer
	w := NewXLSX(&out)
	for _, name := range []string{"就业失业登记", "第二张"} {
		if err := w.Sheet(name, columns...); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if err := w.Row(row...); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b := open(t, out.String(), Limits{})
	n := 0
	for row, err := range b.Rows("第二张") {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 1 {
			continue
		}
		if got, want := strings.Join(row.Cells, "¦"), strings.Join(rows[n-2], "¦"); got != want {
			t.Errorf("row %d: got %q, want %q", row.Number, got, want)
		}
	}
	if n != len(rows)+1 {
		t.Errorf("%d rows", n)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A1": "姓名", "B2": "152921199001011234", "C2": "2020-03-01", "D2": "17", "A3": "=HYPERLINK(\"x\")", "D4": "-3.5"} {
		if got, err := f.GetCellValue("就业失业登记", cell); got != want || err != nil {
			t.Errorf("%s: another program reads %q, %v", cell, got, err)
		}
	}
	for cell, want := range map[string]excelize.CellType{"B2": excelize.CellTypeInlineString, "D2": excelize.CellTypeUnset, "C2": excelize.CellTypeUnset, "D6": excelize.CellTypeInlineString} {
		if got, _ := f.GetCellType("就业失业登记", cell); got != want {
			t.Errorf("%s has type %v, want %v", cell, got, want)
		}
	}
	if formula, _ := f.GetCellFormula("就业失业登记", "A3"); formula != "" {
		t.Errorf("a formula was written: %s", formula)
	}
	panes, err := f.GetPanes("就业失业登记")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head is not frozen: %+v %v", panes, err)
	}
	head, _ := f.GetCellStyle("就业失业登记", "A1")
	if style, err := f.GetStyle(head); err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("the head is not bold: %v", err)
	}
	if width, _ := f.GetColWidth("就业失业登记", "D"); width != 8 {
		t.Errorf("width %v", width)
	}
}

func TestAnyTextSurvivesAWorkbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.String().Draw(t, "cell") + "x"
		var out bytes.Buffer
		w := NewXLSX(&out)
		_ = w.Sheet("a")
		_ = w.Row("", cell)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := OpenReader(bytes.NewReader(out.Bytes()), int64(out.Len()), "x", Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range b.Rows("") {
			if err != nil || row.Cell(1) != cell {
				t.Fatalf("wrote %q, read %q, %v", cell, row.Cells, err)
			}
		}
	})
}

func TestTheSameRowsGiveTheSameBytes(t *testing.T) {
	xlsx := func(w io.Writer, _ Encoding) Writer { return NewXLSX(w) }
	if !bytes.Equal(made(t, xlsx, "", 100), made(t, xlsx, "", 100)) {
		t.Error("two workbooks of the same rows differ")
	}
}

func TestWhatASpreadsheetCannotHoldIsRefusedWhenWritten(t *testing.T) {
	cases := []struct {
		name string
		do   func(w Writer) error
		want string
	}{
		{"an empty sheet name", func(w Writer) error { return w.Sheet("") }, "表名应为 1 至 31 个字"},
		{"a long sheet name", func(w Writer) error { return w.Sheet(strings.Repeat("表", 32)) }, "表名应为 1 至 31 个字"},
		{"a slash", func(w Writer) error { return w.Sheet("2020/2021") }, "里不能有"},
		{"a name twice", func(w Writer) error { _ = w.Sheet("a"); return w.Sheet("A") }, "重复"},
		{"a row before any sheet", func(w Writer) error { return w.Row("x") }, "还没有开始任何一张表"},
		{"a long cell", func(w Writer) error { _ = w.Sheet("a"); return w.Row("", strings.Repeat("长", 32_768)) }, "第 1 行 B 列的内容超过 32767 个字"},
		{"too many columns", func(w Writer) error { _ = w.Sheet("a"); return w.Row(make([]string, 16_385)...) }, "最多 16384 列"},
	}
	for _, c := range cases {
		if err := c.do(NewXLSX(io.Discard)); !strings.Contains(fault.TextOf(err), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	w := NewCSV(io.Discard, UTF8)
	_ = w.Sheet("a", Columns("x")...)
	if err := w.Sheet("b", Columns("x")...); err == nil {
		t.Error("a csv took a second sheet")
	}
	var out bytes.Buffer
	if err := NewXLSX(&out).Close(); err != nil {
		t.Fatal(err)
	}
	if got := open(t, out.String(), Limits{}).Sheets(); len(got) != 1 {
		t.Errorf("an empty workbook has the sheets %q", got)
	}
}

func TestTheRowBeyondTheLastIsRefusedAndSaysWhatToDo(t *testing.T) {
	w := NewXLSX(io.Discard).(*xlsxWriter)
	_ = w.Sheet("a")
	w.row = xlsxRows
	if err := w.Row("x"); !strings.Contains(fault.TextOf(err), "请改用 csv") {
		t.Errorf("got %v", err)
	}
	if err := w.Close(); err == nil {
		t.Error("a workbook that lacks a row was closed as if whole")
	}
}

func BenchmarkWriteXLSX(b *testing.B) {
	benchmarkWrite(b, func() Writer { return NewXLSX(io.Discard) })
}

func BenchmarkWriteCSV(b *testing.B) {
	b.Run("UTF-8", func(b *testing.B) { benchmarkWrite(b, func() Writer { return NewCSV(io.Discard, UTF8) }) })
	b.Run("GB18030", func(b *testing.B) { benchmarkWrite(b, func() Writer { return NewCSV(io.Discard, GB18030) }) })
}

func benchmarkWrite(b *testing.B, writer func() Writer) {
	const rows = 100_000
	b.ReportAllocs()
	for b.Loop() {
		fill(b, writer(), rows)
	}
	b.ReportMetric(float64(rows*len(benchColumns))*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
}
