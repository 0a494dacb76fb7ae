package jobs

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/area"
)

// flawHeads are the columns behind the original ones in a table of refused rows. When it comes back mended they are not read.
var flawHeads = []string{"行号", "原因"}

// FlawSheet writes refused rows as they came, with their number and the reason behind: mended, the table can be imported again.
type FlawSheet struct {
	out  sheet.Writer
	head int
}

// NewFlawSheet begins a table of refused rows: a workbook, or csv.
func NewFlawSheet(w io.Writer, xlsx bool) *FlawSheet {
	if xlsx {
		return &FlawSheet{out: sheet.NewXLSX(w)}
	}
	return &FlawSheet{out: sheet.NewCSV(w, sheet.UTF8)}
}

// Add writes one refused row. The head is that of the first one.
func (s *FlawSheet) Add(heads []string, f *Flaw) error {
	if s.head == 0 {
		s.head = max(len(heads), 1)
		if err := s.out.Sheet("退回的行", sheet.Columns(append(append([]string(nil), heads...), flawHeads...)...)...); err != nil {
			return err
		}
	}
	line := make([]string, s.head+2)
	copy(line[:s.head], f.cells)
	line[s.head], line[s.head+1] = strconv.Itoa(f.Row), f.Text()
	return s.out.Row(line...)
}

// Close ends the table; without a row it has none.
func (s *FlawSheet) Close() error {
	if s.head == 0 {
		if err := s.out.Sheet("退回的行", sheet.Columns(flawHeads...)...); err != nil {
			return err
		}
	}
	return s.out.Close()
}

// Text is the report for people.
func (d *Delivery) Text() string {
	var b strings.Builder
	if d.Dry {
		b.WriteString("试读，没有写入。")
	}
	fmt.Fprintf(&b, "%s：按“%s”对照，来源 %s，地区 %s\n%s\n", d.File, d.Mapping, d.Source, area.Name(d.Area), d.Counts())
	if !d.Dry {
		fmt.Fprintf(&b, "单位：按信用代码对应 %d 个岗位，按名称对应 %d 个，待核实单位 %d 个；新登记单位 %d 家\n", d.ByCredit, d.ByName, d.Unverified, d.NewUnits)
	}
	if len(d.Unknown) > 0 {
		fmt.Fprintf(&b, "没有对照的列（内容保留在描述里）：%s\n", strings.Join(d.Unknown, "、"))
	}
	if d.DoubtfulRows > 0 {
		fmt.Fprintf(&b, "收下但请核对：%d 行\n", d.DoubtfulRows)
		for _, x := range d.Doubts {
			fmt.Fprintf(&b, "  %s：%d 行，例如%s\n", x.What, x.Rows, x.Example)
		}
	}
	return b.String()
}
