package sheet

import (
	"bufio"
	"io"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"jiuye/internal/ground/fault"
)

// Kind says what a column holds.
type Kind int

// The kinds. A cell that is not of its column's kind is written as text, so nothing is lost or changed.
const (
	Text   Kind = iota // also for ID numbers, phone numbers and codes: digits that are not counted
	Number             // plain digits with an optional sign and fraction
	Date               // 2006-01-02
)

// Column is the head of a column.
type Column struct {
	Title string
	Kind  Kind
	Width float64 // in characters; 0 chooses by kind and title
}

// Columns makes text columns of titles.
func Columns(titles ...string) []Column {
	columns := make([]Column, len(titles))
	for i, t := range titles {
		columns[i].Title = t
	}
	return columns
}

// Writer writes a table file from top to bottom in constant memory. A failed write makes all later calls fail with the same error.
type Writer interface {
	// Sheet begins the next sheet and writes its head; a csv has only one.
	Sheet(name string, columns ...Column) error
	// Row writes one row; cells beyond the columns are text.
	Row(cells ...string) error
	// Close completes the file. It does not close what is written to.
	Close() error
}

// csvWriter writes rows ended by CR LF, as spreadsheet programs do.
type csvWriter struct {
	out     *bufio.Writer
	encoder *transform.Writer // nil for UTF-8
	started bool
	line    []byte
	err     error
}

// NewCSV writes comma-separated text in UTF-8 with a byte order mark, by which spreadsheet programs know it, or in GB18030.
// Cells that such a program would take for a formula get an apostrophe in front.
func NewCSV(w io.Writer, e Encoding) Writer {
	c := &csvWriter{}
	if e == GB18030 {
		c.encoder = transform.NewWriter(w, simplifiedchinese.GB18030.NewEncoder())
		w = c.encoder
	}
	c.out = bufio.NewWriterSize(w, 64<<10)
	if e != GB18030 {
		_, c.err = c.out.WriteString("\xef\xbb\xbf")
	}
	return c
}

// Sheet writes the head; the name has no place in a csv.
func (c *csvWriter) Sheet(_ string, columns ...Column) error {
	if c.started {
		return refuse(0, "csv 文件只能放一张表，请改用 xlsx")
	}
	titles := make([]string, len(columns))
	for i, column := range columns {
		titles[i] = column.Title
	}
	return c.Row(titles...)
}

// Row writes one row.
func (c *csvWriter) Row(cells ...string) error {
	if c.err != nil {
		return c.err
	}
	c.started = true
	line := c.line[:0]
	for i, cell := range cells {
		if i > 0 {
			line = append(line, ',')
		}
		if formula(cell) {
			cell = "'" + cell
		}
		if cell != "" && cell[0] != ' ' && !strings.ContainsAny(cell, ",\"\r\n") {
			line = append(line, strings.ToValidUTF8(cell, "\ufffd")...)
			continue
		}
		if cell == "" && len(cells) > 1 {
			continue
		}
		line = append(line, '"')
		line = append(line, strings.ReplaceAll(strings.ToValidUTF8(cell, "\ufffd"), `"`, `""`)...)
		line = append(line, '"')
	}
	c.line = append(line, '\r', '\n')
	_, err := c.out.Write(c.line)
	return c.keep(err)
}

func (c *csvWriter) keep(err error) error {
	if err != nil && c.err == nil {
		c.err = unwritten(err)
	}
	return c.err
}

// Close writes out what is still held back.
func (c *csvWriter) Close() error {
	if c.err != nil {
		return c.err
	}
	err := c.out.Flush()
	if err == nil && c.encoder != nil {
		err = c.encoder.Close()
	}
	return c.keep(err)
}

func unwritten(err error) error {
	return &Error{Fault: fault.Wrap(fault.Unavailable, err, "文件没有写完，请核对磁盘空间后重新导出")}
}

// formula tells a cell that a spreadsheet program would run. Numbers with a sign are none.
func formula(cell string) bool {
	return cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 && !numeric(cell)
}

// numeric tells digits with an optional sign and one point between them.
func numeric(cell string) bool {
	if cell != "" && (cell[0] == '-' || cell[0] == '+') {
		cell = cell[1:]
	}
	point := false
	for i := range len(cell) {
		c := cell[i]
		if c == '.' && !point && i > 0 && i < len(cell)-1 {
			point = true
		} else if c < '0' || c > '9' {
			return false
		}
	}
	return cell != ""
}
