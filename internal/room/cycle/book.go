package cycle

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jiuye/internal/register/area"
)

// workbook writes cells one after the other and keeps the first error.
type workbook struct {
	*excelize.File
	sheet string
	row   int
	bold  int
	err   error
}

func newBook() (*workbook, error) {
	b := &workbook{File: excelize.NewFile()}
	b.bold, b.err = b.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	return b, b.err
}

// formula is counted by the reading program; {R} stands for its row.
type formula string

// open begins a sheet with wide first column.
func (b *workbook) open(name string) {
	if b.sheet == "" {
		b.note(b.SetSheetName("Sheet1", name))
	} else {
		_, err := b.NewSheet(name)
		b.note(err)
	}
	b.sheet, b.row = name, 0
	b.note(b.SetColWidth(name, "A", "A", 32))
	b.note(b.SetColWidth(name, "B", "P", 14))
}

func (b *workbook) note(err error) {
	if b.err == nil {
		b.err = err
	}
}

// line writes a row. What is typed stays text, whatever it begins with: only a formula is one.
func (b *workbook) line(bold bool, cells ...any) {
	b.row++
	for i, v := range cells {
		at, err := excelize.CoordinatesToCellName(i+1, b.row)
		b.note(err)
		if f, isFormula := v.(formula); isFormula {
			b.note(b.SetCellFormula(b.sheet, at, strings.ReplaceAll(string(f), "{R}", strconv.Itoa(b.row))))
		} else {
			b.note(b.SetCellValue(b.sheet, at, v))
		}
		if bold {
			b.note(b.SetCellStyle(b.sheet, at, at, b.bold))
		}
	}
}

func (b *workbook) write(w io.Writer) error {
	b.note(b.UpdateLinkedValue())
	if b.err != nil {
		return b.err
	}
	full := true
	b.note(b.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full}))
	if b.err == nil {
		b.err = b.Write(w)
	}
	return b.err
}

// value is a table's cell as a spreadsheet counts with it: 1,234 is a number, 12.5% a share, anything else is text.
func value(text string) any {
	plain := strings.NewReplacer(",", "", "−", "-", "+", "").Replace(text)
	if share, found := strings.CutSuffix(plain, "%"); found {
		if v, err := strconv.ParseFloat(share, 64); err == nil {
			return v / 100
		}
	}
	if v, err := strconv.ParseFloat(plain, 64); err == nil {
		return v
	}
	return text
}

// Book writes a document's tables with live formulas, its text, and where each figure comes from.
func Book(w io.Writer, p *Paper) error {
	b, err := newBook()
	if err != nil {
		return err
	}
	defer b.Close()
	b.open("正文")
	b.line(true, p.Title)
	for _, part := range p.Parts {
		b.line(true, part.Head)
		for _, line := range paragraphs(part.Text) {
			b.line(false, Bare(line))
		}
	}
	for _, part := range p.Parts {
		for i, t := range part.Tables {
			name := partHeads[part.Key]
			if i > 0 {
				name += strconv.Itoa(i + 1)
			}
			b.open(name)
			b.table(t.Head, t.Rows, part.Key)
			if t.Note != "" {
				b.line(false, t.Note)
			}
		}
	}
	b.open("数据来源")
	b.line(true, "数", "句子", "来源页面")
	for _, s := range Sources(p.Text()) {
		b.line(false, s.Figure, s.Sentence, s.Href)
	}
	return b.write(w)
}

// table writes a table; columns of counts are added up below by formulas, and each area's share of the first one stands beside it.
func (b *workbook) table(head []string, rows [][]string, key string) {
	titles := make([]any, 0, len(head)+1)
	for _, h := range head {
		titles = append(titles, h)
	}
	adds := key == "places" || key == "tasks"
	if key == "places" {
		titles = append(titles, head[1]+"占比")
	}
	b.line(true, titles...)
	first, last := b.row+1, b.row+len(rows)
	for _, r := range rows {
		cells := make([]any, 0, len(r)+1)
		for i, text := range r {
			if i == 0 {
				cells = append(cells, text)
				continue
			}
			cells = append(cells, value(text))
		}
		if key == "places" {
			cells = append(cells, formula("IF(SUM(B$"+strconv.Itoa(first)+":B$"+strconv.Itoa(last)+")=0,0,B{R}/SUM(B$"+strconv.Itoa(first)+":B$"+strconv.Itoa(last)+"))"))
		}
		b.line(false, cells...)
	}
	if !adds || len(rows) == 0 {
		return
	}
	total := []any{"合计"}
	for i := 1; i < len(head); i++ {
		if key == "places" && i >= len(head)-3 { // shares and places do not add up
			break
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		b.note(err)
		total = append(total, formula("SUM("+column+strconv.Itoa(first)+":"+column+strconv.Itoa(last)+")"))
	}
	b.line(true, total...)
}

// RoundBook writes a round's parts against the whole, added up by formulas, and who handed in when.
func RoundBook(w io.Writer, round *Round, forms []Form, sums []Sum) error {
	b, err := newBook()
	if err != nil {
		return err
	}
	defer b.Close()
	b.open("汇总")
	b.line(true, round.Title()+"汇总（登记数）")
	head := []any{"指标", "单位"}
	for _, f := range forms {
		head = append(head, area.Name(f.Area))
	}
	b.line(true, append(head, "合计", area.Name(round.Area), "差额", "核对")...)
	last, err := excelize.ColumnNumberToName(2 + len(forms))
	b.note(err)
	sum, err := excelize.ColumnNumberToName(3 + len(forms))
	b.note(err)
	whole, err := excelize.ColumnNumberToName(4 + len(forms))
	b.note(err)
	gap, err := excelize.ColumnNumberToName(5 + len(forms))
	b.note(err)
	for _, s := range sums {
		cells := []any{s.Name, s.Unit}
		for _, p := range s.Parts {
			cells = append(cells, known(p.Counted, p.Known))
		}
		cells = append(cells, formula("SUM(C{R}:"+last+"{R})"), known(s.Whole, s.HasWhole))
		if s.HasWhole {
			cells = append(cells, formula(whole+"{R}-"+sum+"{R}"), formula(`IF(`+gap+`{R}=0,"一致","不一致")`))
		}
		b.line(false, cells...)
	}
	b.open("上报数")
	b.line(true, append(head, "合计")...)
	for _, s := range sums {
		cells := []any{s.Name, s.Unit}
		for _, p := range s.Parts {
			cells = append(cells, known(p.Own, p.HasOwn))
		}
		b.line(false, append(cells, formula("SUM(C{R}:"+last+"{R})"))...)
	}
	b.open("填报情况")
	b.line(true, "地区", "状态", "截止", "上报日期", "填报人", "会签人", "进展", "问题和原因", "措施", "请求协调")
	for _, f := range forms {
		b.line(false, area.Name(f.Area), stateZh[f.State], f.Due.String(), f.In.String(), f.By, f.Second, f.Said.Progress, f.Said.Problems, f.Said.Measures, f.Said.Requests)
	}
	return b.write(w)
}

var stateZh = map[string]string{Waiting: "待填报", Draft: "填报中", Signing: "待会签", Submitted: "已上报", Returned: "已退回", Accepted: "已通过"}

func known(n int64, ok bool) any {
	if !ok {
		return "—"
	}
	return n
}
