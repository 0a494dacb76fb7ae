package sheet

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// What a spreadsheet program can open at all.
const (
	xlsxRows    = 1_048_576
	xlsxColumns = 16_384
	xlsxCell    = 32_767 // UTF-16 units
)

// xlsxWriter writes one worksheet after the other straight into the zip, texts inline, and what needs the whole at the end.
type xlsxWriter struct {
	zip     *zip.Writer
	out     *bufio.Writer // of the open worksheet
	names   []string
	columns []Column
	row     int
	letters []string // column names
	line    []byte
	err     error
}

// NewXLSX writes a workbook with one or more sheets. The head is bold and stays in sight; text columns are marked as text, so
// that ID numbers typed or pasted into them stay whole. The same rows give the same bytes.
func NewXLSX(w io.Writer) Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed) // three times the speed for a tenth more bytes
	})
	return &xlsxWriter{zip: z}
}

// Sheet begins a sheet.
func (x *xlsxWriter) Sheet(name string, columns ...Column) error {
	if x.err != nil {
		return x.err
	}
	if err := x.named(name); err != nil {
		return err
	}
	if err := x.finish(); err != nil {
		return err
	}
	x.names = append(x.names, name)
	part, err := x.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(x.names)))
	if err != nil {
		return x.keep(err)
	}
	x.out, x.row, x.columns = bufio.NewWriterSize(part, 64<<10), 0, columns
	head := xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0">`
	if len(columns) > 0 {
		head += `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>`
	}
	head += `</sheetView></sheetViews>` + widths(columns) + `<sheetData>`
	if _, err := x.out.WriteString(head); err != nil {
		return x.keep(err)
	}
	if len(columns) == 0 {
		return nil
	}
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.Title
	}
	return x.write(titles, true)
}

// named refuses names that a spreadsheet program would not open.
func (x *xlsxWriter) named(name string) error {
	switch {
	case name == "" || len(utf16(name)) > 31:
		return refuse(0, "表名应为 1 至 31 个字：%q", name)
	case strings.ContainsAny(name, `[]:*?/\`) || strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'"):
		return refuse(0, `表名“%s”里不能有 [ ] : * ? / \，首尾不能有单引号`, name)
	}
	for _, other := range x.names {
		if strings.EqualFold(other, name) {
			return refuse(0, "表名“%s”重复，请换一个名字", name)
		}
	}
	return nil
}

// Row writes one row.
func (x *xlsxWriter) Row(cells ...string) error {
	if x.err != nil {
		return x.err
	}
	if x.out == nil {
		return refuse(0, "还没有开始任何一张表")
	}
	return x.write(cells, false)
}

func (x *xlsxWriter) write(cells []string, head bool) error {
	x.row++
	if x.row > xlsxRows {
		return x.keep(tooLarge(x.row, "xlsx 每张表最多 %d 行，请改用 csv 或分成几张表", xlsxRows))
	}
	if len(cells) > xlsxColumns {
		return x.keep(tooLarge(x.row, "xlsx 每张表最多 %d 列", xlsxColumns))
	}
	for len(x.letters) < len(cells) {
		x.letters = append(x.letters, columnName(len(x.letters)))
	}
	b := append(x.line[:0], `<row r="`...)
	b = strconv.AppendInt(b, int64(x.row), 10)
	b = append(b, `">`...)
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		if len(cell) > xlsxCell && len(utf16(cell)) > xlsxCell {
			return x.keep(tooLarge(x.row, "第 %d 行 %s 列的内容超过 %d 个字，表格里放不下", x.row, x.letters[i], xlsxCell))
		}
		b = append(b, `<c r="`...)
		b = append(b, x.letters[i]...)
		b = strconv.AppendInt(b, int64(x.row), 10)
		b = x.appendValue(b, cell, i, head)
	}
	x.line = append(b, `</row>`...)
	_, err := x.out.Write(x.line)
	return x.keep(err)
}

// The cell styles, as stylesXML lists them.
const (
	styleHead = ` s="1"`
	styleText = ` s="2"`
	styleDate = ` s="3"`
)

// appendValue ends the start tag of a cell and writes its value by the kind of its column.
func (x *xlsxWriter) appendValue(b []byte, cell string, i int, head bool) []byte {
	kind := Text
	if i < len(x.columns) && !head {
		kind = x.columns[i].Kind
	}
	switch kind {
	case Number:
		if countable(cell) {
			return append(append(append(b, `"><v>`...), cell...), `</v></c>`...)
		}
	case Date:
		if serial, ok := serialOf(cell); ok {
			b = append(append(append(b, '"'), styleDate...), `><v>`...)
			return append(strconv.AppendInt(b, serial, 10), `</v></c>`...)
		}
	}
	style := styleText
	if head {
		style = styleHead
	}
	b = append(append(b, '"'), style...)
	b = append(b, ` t="inlineStr"><is><t xml:space="preserve">`...)
	return append(appendEscaped(b, cell), `</t></is></c>`...)
}

// countable tells a number that a spreadsheet keeps as it stands: no leading zeros, and no more than 15 digits.
func countable(cell string) bool {
	if !numeric(cell) || cell[0] == '+' || len(cell) > 16 {
		return false
	}
	digits := strings.TrimPrefix(cell, "-")
	return len(digits) <= 15 && (digits[0] != '0' || len(digits) == 1 || digits[1] == '.')
}

// serialOf is the day number of 2006-01-02, from March 1900 on, where spreadsheets and the calendar agree.
func serialOf(cell string) (int64, bool) {
	if len(cell) != 10 {
		return 0, false
	}
	t, err := time.Parse(time.DateOnly, cell)
	serial := int64(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
	return serial, err == nil && serial > 60
}

// appendEscaped writes text as XML. Characters that XML has not, and text that looks like their escape, are written _xHHHH_.
func appendEscaped(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c < ' ' && c != '\n' && c != '\t':
			b = fmt.Appendf(b, "_x%04X_", c)
		case c == '_' && i+6 < len(s) && s[i+1] == 'x' && s[i+6] == '_':
			b = append(b, "_x005F_"...)
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == 0xfffe || r == 0xffff {
				b = fmt.Appendf(b, "_x%04X_", r)
			} else {
				b = utf8.AppendRune(b, r)
			}
			i += n
			continue
		default:
			b = append(b, c)
		}
		i++
	}
	return b
}

// finish ends the open worksheet.
func (x *xlsxWriter) finish() error {
	if x.out == nil {
		return nil
	}
	_, err := x.out.WriteString(`</sheetData></worksheet>`)
	if err == nil {
		err = x.out.Flush()
	}
	x.out = nil
	return x.keep(err)
}

// Close writes the parts that list the sheets, and the zip's directory.
func (x *xlsxWriter) Close() error {
	if x.err != nil {
		return x.err
	}
	if len(x.names) == 0 {
		if err := x.Sheet("表1"); err != nil {
			return err
		}
	}
	if err := x.finish(); err != nil {
		return err
	}
	for _, part := range closing(x.names) {
		w, err := x.zip.Create(part.name)
		if err == nil {
			_, err = io.WriteString(w, part.text)
		}
		if err != nil {
			return x.keep(err)
		}
	}
	return x.keep(x.zip.Close())
}

func (x *xlsxWriter) keep(err error) error {
	if _, ours := err.(*Error); err != nil && !ours {
		err = unwritten(err)
	}
	if x.err == nil {
		x.err = err
	}
	return x.err
}
