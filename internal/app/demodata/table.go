package demodata

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// table is one sheet of one file, with what the makers of errors need to know of its columns.
type table struct {
	file, sheet string
	columns     []sheet.Column
	names       int // column of the name, −1: none
	ids         int // column of the ID number, −1: none
	codes       int // column of the credit code, −1: none
	days        int // column of the day that a row cannot do without, −1: none
	months      int // the same for a month
	sexes       int
	known       bool // rows are about people of 户籍.csv, so an unknown ID number can be planted
	number      int
	rows        int
	written     uint64 // rows before errors, for dice
}

// head makes a table from its titles; those that end in 日期 hold dates, and those of amounts numbers.
func head(file, name, titles string) *table {
	t := &table{file: file, sheet: name, names: -1, ids: -1, codes: -1, days: -1, months: -1, sexes: -1}
	for i, title := range words(titles) {
		c := sheet.Column{Title: title}
		switch {
		case strings.HasSuffix(title, "日期"):
			c.Kind = sheet.Date
			if t.days < 0 {
				t.days = i
			}
		case strings.HasSuffix(title, "(元)"), strings.HasSuffix(title, "人数"), title == "课时", title == "脱贫年度":
			c.Kind = sheet.Number
		}
		switch title {
		case "姓名":
			t.names = i
		case "身份证号", "公民身份号码", "社会保障号码", "证件号码":
			t.ids = i
		case "统一社会信用代码":
			t.codes = i
		case "缴费起始年月", "调查月份":
			t.months = i
		case "性别":
			t.sexes = i
		}
		t.columns = append(t.columns, c)
	}
	t.known = t.ids >= 0 && file != "户籍.csv"
	return t
}

// sink takes the rows of a table.
type sink interface {
	row(cells []string) error
}

// csvFile is a table in a file of its own.
type csvFile struct {
	file   *os.File
	writer sheet.Writer
}

func createCSV(dir string, t *table, e sheet.Encoding) (*csvFile, error) {
	f, err := os.Create(filepath.Join(dir, t.file))
	if err != nil {
		return nil, unwritten(t.file, err)
	}
	c := &csvFile{file: f, writer: sheet.NewCSV(f, e)}
	return c, c.writer.Sheet(t.sheet, t.columns...)
}

func (c *csvFile) row(cells []string) error { return c.writer.Row(cells...) }

func (c *csvFile) close() error {
	err := c.writer.Close()
	if e := c.file.Close(); err == nil && e != nil {
		err = unwritten(c.file.Name(), e)
	}
	return err
}

// spool holds the rows of one sheet until the sheets before it in its workbook are written: a workbook is written from top to
// bottom, while people bring rows for all sheets at once.
type spool struct {
	table *table
	file  *os.File
	out   *bufio.Writer
}

const (
	cellEnd = "\x1f"
	rowEnd  = '\n'
)

func createSpool(dir string, t *table) (*spool, error) {
	f, err := os.CreateTemp(dir, "rows-*")
	if err != nil {
		return nil, unwritten(t.file, err)
	}
	return &spool{table: t, file: f, out: bufio.NewWriterSize(f, 64<<10)}, nil
}

func (s *spool) row(cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			s.out.WriteString(cellEnd)
		}
		s.out.WriteString(cell)
	}
	return s.out.WriteByte(rowEnd) // the writer remembers the first error
}

// sheetRows is how many rows a sheet takes beside its head.
const sheetRows = 1_048_575

// replay writes the rows into a workbook; what does not fit on a sheet goes on in the next one, under the same head.
func (s *spool) replay(w sheet.Writer) error {
	if err := s.out.Flush(); err != nil {
		return unwritten(s.table.file, err)
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return unwritten(s.table.file, err)
	}
	in := bufio.NewReaderSize(s.file, 256<<10)
	for n := 0; ; n++ {
		if n%sheetRows == 0 {
			name := s.table.sheet
			if n > 0 {
				name = fmt.Sprintf("%s(%d)", name, n/sheetRows+1)
			}
			if n == 0 || n < s.table.rows {
				if err := w.Sheet(name, s.table.columns...); err != nil {
					return err
				}
			}
		}
		line, err := in.ReadString(rowEnd)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return unwritten(s.table.file, err)
		}
		if err := w.Row(strings.Split(line[:len(line)-1], cellEnd)...); err != nil {
			return err
		}
	}
}

// bind writes a workbook from its sheets.
func bind(dir, name string, sheets []*spool) (err error) {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return unwritten(name, err)
	}
	defer func() {
		if e := f.Close(); err == nil && e != nil {
			err = unwritten(name, e)
		}
	}()
	w := sheet.NewXLSX(f)
	for _, s := range sheets {
		if err := s.replay(w); err != nil {
			return err
		}
	}
	return w.Close()
}

func unwritten(name string, err error) error {
	return fault.Wrap(fault.Unavailable, err, filepath.Base(name)+" 没有写完，请核对文件夹是否可写、磁盘空间是否足够")
}
