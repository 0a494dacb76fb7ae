package sheet

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"jiuye/internal/ground/fault"
)

// Row is one row of a sheet. Cells end with the last one that has text; they belong to the receiver.
type Row struct {
	Number int // 1-based, as the spreadsheet program shows it
	Cells  []string
}

// Cell is the text of the i-th cell (from 0), empty beyond the end.
func (r Row) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// Book is an open file of one or more sheets.
type Book struct {
	format format
	closer io.Closer
	sheets []string
	rows   func(sheet int) iter.Seq2[Row, error]
}

// format is what the content turned out to be.
type format string

const (
	xlsxFile format = "xlsx"
	csvFile  format = "csv"
)

// Open opens a file and finds out what it is. The caller closes the book.
func Open(path string, limits Limits) (*Book, error) {
	f, err := os.Open(path)
	if err != nil {
		text := "文件打不开：" + filepath.Base(path) + "，请核对文件是否存在、是否有读取权限"
		kind := fault.Invalid
		if errors.Is(err, fs.ErrNotExist) {
			text, kind = "找不到文件："+filepath.Base(path)+"，请核对文件名", fault.NotFound
		}
		return nil, &Error{Fault: fault.Wrap(kind, err, text)}
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("is a directory")
	}
	if err != nil {
		return nil, errors.Join(&Error{Fault: fault.Wrap(fault.Invalid, err, filepath.Base(path)+" 不是文件，请选择一个表格文件")}, f.Close())
	}
	b, err := OpenReader(f, info.Size(), filepath.Base(path), limits)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	b.closer = f
	return b, nil
}

// OpenReader is Open for content that is already at hand, such as an upload. name serves as the name of a csv's only sheet.
func OpenReader(r io.ReaderAt, size int64, name string, limits Limits) (*Book, error) {
	limits = limits.withDefaults()
	kind, err := detect(r, size)
	if err != nil {
		return nil, err
	}
	if kind == xlsxFile {
		return openXLSX(r, size, limits)
	}
	return openText(r, size, strings.TrimSuffix(name, filepath.Ext(name)), limits)
}

// Format is what the content is: xlsx or csv.
func (b *Book) Format() string { return string(b.format) }

// Sheets are the names of the sheets in their order. Hidden sheets are left out unless all are hidden.
func (b *Book) Sheets() []string { return append([]string(nil), b.sheets...) }

// Rows goes through a sheet by name; "" is the first one. A row that is spoiled in itself (a broken encoding) comes together with its
// error, and the next rows follow if the caller goes on. After any other error the sequence ends. It may be gone through
// again; the rows come anew from the file.
func (b *Book) Rows(name string) iter.Seq2[Row, error] {
	for i, sheet := range b.sheets {
		if sheet == name || name == "" {
			return b.rows(i)
		}
	}
	return func(yield func(Row, error) bool) {
		yield(Row{}, refuse(0, "文件里没有名为“%s”的表，现有：%s", name, strings.Join(b.sheets, "、")))
	}
}

// Close releases the file.
func (b *Book) Close() error {
	if b.closer == nil {
		return nil
	}
	return b.closer.Close()
}
