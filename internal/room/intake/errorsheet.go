package intake

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// The two columns that an error sheet has behind the original ones. On the way back they are not read.
const (
	rowHead    = "行号"
	reasonHead = "原因"
)

// ErrorSheet writes a batch's rejected rows as a workbook: a sheet for each that had some, with the original columns in
// their order, then 行号 and 原因. Mended and uploaded again it is known by the same header. It holds whole ID numbers,
// so who takes it is written into the audit log.
func (r *Room) ErrorSheet(ctx context.Context, who Actor, b *Batch, out io.Writer) error {
	files, err := listFiles(ctx, r.DB, b.ID)
	if err != nil {
		return err
	}
	err = r.Audit.Note(ctx, audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.errors", Object: "batch", ObjectID: b.ID, Area: b.Area,
		What: "下载了 " + b.Title + " 的错误表"})
	if err != nil {
		return err
	}
	byID := map[int64]*File{}
	for i := range files {
		byID[files[i].ID] = &files[i]
	}
	w := sheet.NewXLSX(out)
	names := map[string]bool{}
	var f *File
	err = eachRejected(ctx, r.DB, b.ID, func(row *rejected) error {
		if f == nil || f.ID != row.fileID {
			if f = byID[row.fileID]; f == nil {
				return fault.New(fault.Internal, "intake: a rejected row of no file")
			}
			heads := append(append([]string(nil), f.Heads...), rowHead, reasonHead)
			if err := w.Sheet(sheetName(f, names), sheet.Columns(heads...)...); err != nil {
				return err
			}
		}
		cells, err := r.openCells(row.sealed)
		if err != nil {
			return err
		}
		line := make([]string, max(len(f.Heads), len(cells))+2)
		copy(line, cells)
		line[len(f.Heads)], line[len(f.Heads)+1] = itoa(row.row), row.reason
		return w.Row(line...)
	})
	if err == nil && f == nil {
		err = fault.New(fault.NotFound, "这一批没有退回的行")
	}
	if err != nil {
		return err
	}
	return w.Close()
}

// sheetName is a name that spreadsheet programs take (31 characters, none of []:*?/\) and that is not used yet.
func sheetName(f *File, used map[string]bool) string {
	name := f.Sheet
	if f.Format != "xlsx" || name == "" {
		name = strings.TrimSuffix(f.Name, ".csv")
	}
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '_'
		}
		return r
	}, name), "'")
	for n := int64(2); ; n++ {
		short := cut(name, 31)
		if n > 2 || used[strings.ToLower(short)] {
			short = cut(name, 27) + "_" + itoa(n)
		}
		if short != "" && !used[strings.ToLower(short)] {
			used[strings.ToLower(short)] = true
			return short
		}
		if short == "" {
			name = "表"
		}
	}
}

// cut keeps the first n characters.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// kinds of columns in an empty template.
var emptyKinds = map[string]sheet.Kind{"date": sheet.Date, "int": sheet.Number, "money": sheet.Number}

// EmptySheet writes an empty workbook with the header of a template, for departments to fill in.
func EmptySheet(t *Template, out io.Writer) error {
	columns := make([]sheet.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = sheet.Column{Title: c.Header, Kind: emptyKinds[c.Type], Width: float64(max(12, 2*utf8.RuneCountInString(c.Header)+4))}
	}
	w := sheet.NewXLSX(out)
	if err := w.Sheet(t.Name, columns...); err != nil {
		return err
	}
	return w.Close()
}

// visible reads a batch that somebody may see.
func (r *Room) visible(ctx context.Context, q db.Querier, who Actor, id int64) (Batch, error) {
	b, err := findBatch(ctx, q, id)
	if err == nil {
		err = mayUse(who, b.Area)
	}
	return b, err
}
