package intake

import (
	"archive/zip"
	"context"
	"os"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
)

// recogniseAll finds out what the received files are, and puts their sheets in their places.
func (r *Room) recogniseAll(ctx context.Context, b *Batch, p progress.Reporter) error {
	files, err := listFiles(ctx, r.DB, b.ID)
	if err != nil {
		return err
	}
	p.Step("识别表格", int64(len(files)))
	for i := range files {
		if f := &files[i]; f.State == Received {
			sheets := r.sheetsOf(f)
			err := r.DB.Tx(ctx, func(tx *db.Tx) error {
				for i := range sheets {
					if err := r.knownBefore(ctx, tx, b, &sheets[i]); err != nil {
						return err
					}
					if err := addPromises(ctx, tx, b.ID, sheets[i].promises); err != nil {
						return err
					}
				}
				return replaceFile(ctx, tx, f, sheets)
			})
			if err != nil {
				return err
			}
		}
		p.Add(1)
	}
	return nil
}

// knownBefore marks a sheet whose content was imported before.
func (r *Room) knownBefore(ctx context.Context, tx *db.Tx, b *Batch, f *File) error {
	if f.State != Waiting || b.Forced {
		return nil
	}
	at, err := readBefore(ctx, tx, f, b.Area)
	if at > 0 {
		f.State = Repeated
		f.Note = "已于 " + time.UnixMilli(at).In(clock.Zone).Format("2006年1月2日 15:04") + " 导入过，内容没有变化，这次没有再读"
	}
	return err
}

// sheetsOf looks at a file and makes one File of each of its sheets; a file that is no table becomes one that says why.
// What a zip holds is unpacked; a manifest is read at once.
func (r *Room) sheetsOf(f *File) []File {
	switch {
	case isManifest(f.Name):
		return []File{r.listed(f)}
	case f.Bytes > 0 && sheet.IsBundle(f.Path):
		return r.unpack(f)
	}
	book, err := sheet.Open(f.Path, r.Limits)
	if err != nil {
		return []File{f.refused(Failed, fault.TextOf(err))}
	}
	defer book.Close()
	f.Format = book.Format()
	var out []File
	estimates := estimate(f.Path, f.Format, f.Bytes, len(book.Sheets()))
	for i, name := range book.Sheets() {
		s := *f
		if s.Estimate = estimates[i]; f.Format == "xlsx" {
			s.Sheet = name // the only sheet of a text has no name of its own: where the file lies may change
		}
		if i > 0 {
			s.ID = r.IDs.Next()
		}
		r.recognise(&s, book)
		out = append(out, s)
	}
	if len(out) == 0 {
		return []File{f.refused(Failed, "文件里没有工作表")}
	}
	return out
}

// listed reads a manifest.
func (r *Room) listed(f *File) File {
	lines, err := readManifest(f, r.Limits)
	if err != nil {
		return f.refused(Failed, fault.TextOf(err))
	}
	out := f.refused(Listed, "清单，列了 "+strconv.Itoa(len(lines))+" 个文件，本批结束时逐个核对")
	out.promises = lines
	return out
}

// refused is a file that is not read, with what to do about it.
func (f *File) refused(state, note string) File {
	out := *f
	out.State, out.Note = state, note
	return out
}

func (r *Room) recognise(f *File, book *sheet.Book) {
	var top []sheet.Row
	for row, err := range book.Rows(f.Sheet) {
		if err != nil && len(row.Cells) == 0 {
			if len(top) == 0 {
				f.State, f.Note = Failed, fault.TextOf(err)
				return
			}
			break
		}
		if top = append(top, row); len(top) == headRows || row.Number >= headRows {
			break
		}
	}
	rec := r.Kinds.Recognise(top)
	switch {
	case len(top) == 0:
		f.State, f.Note = Empty, "这张表是空的"
		return
	case rec.Template == nil:
		f.State, f.Note = Unknown, unknownNote(&rec)
		return
	}
	f.Kind, f.Print, f.HeadRow, f.Heads, f.Cells = rec.Template.Kind, rec.Template.print[:], int64(rec.Row), rec.Heads, rec.Columns
	f.Missing, f.Extra, f.Cursor = strings.Join(rec.Missing, "、"), strings.Join(rec.Extra, "、"), int64(rec.Row)
	f.State = Waiting
	if len(rec.Missing) > 0 {
		f.State = Lacking
		f.Note = "认作“" + rec.Template.Name + "”，但缺少必需的列：" + f.Missing + "。请补上这些列（列名照模板）后重新上传"
	}
}

func unknownNote(rec *Recognition) string {
	note := "没有认出是哪种表，没有读取。请确认前 " + strconv.Itoa(headRows) + " 行里有表头，列名照模板填写"
	if rec.Best != nil {
		note += "。最接近的是“" + rec.Best.Name + "”，必需的列有：" + strings.Join(rec.Best.Needed(), "、")
	}
	return note
}

// estimate guesses how many rows the sheets of a file have, for the progress bar only: from its size, and for workbooks
// from the unpacked size of each sheet.
func estimate(path, format string, bytes int64, sheets int) []int64 {
	out := make([]int64, max(1, sheets))
	if format != "xlsx" {
		out[0] = estimateText(path, bytes)
		return out
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return out // no guess, no bar
	}
	defer z.Close()
	const bytesPerRow = 700
	i := 0
	for _, part := range z.File {
		if strings.HasPrefix(part.Name, "xl/worksheets/sheet") && i < len(out) {
			out[i] = int64(min(part.UncompressedSize64, 1<<40))/bytesPerRow + 1
			i++
		}
	}
	return out
}

// estimateText counts the lines at the beginning of a text and goes by them for the rest.
func estimateText(path string, bytes int64) int64 {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	head := make([]byte, 256<<10)
	n, _ := f.Read(head) // a guess can do with less
	lines := int64(strings.Count(string(head[:n]), "\n"))
	if n == 0 || lines == 0 {
		return 1
	}
	return bytes * lines / int64(n)
}

func id36(n int64) string { return strconv.FormatInt(n, 36) }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
