package demodata

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
)

// files are the fourteen files while they are written, in a folder of their own beside the finished ones.
type files struct {
	dir    string
	stream *stream
	tables [tableCount]*table
	sinks  [tableCount]sink
	csvs   []*csvFile
	books  []string // names of workbooks in their order
	spools map[string][]*spool
	sum    *Summary
	copy   []string
	err    error
}

// Generate writes the fourteen files of departments into a folder, replacing what is there. The same area, number of people and
// seed give the same bytes. Errors are fault.Error.
func Generate(ctx context.Context, opts Options) (Summary, error) {
	sum := Summary{Rows: map[string]int{}, Mended: map[string]int{}, Spoiled: map[string]int{}}
	opts, err := opts.checked()
	if err != nil {
		return sum, err
	}
	defer opts.Progress.End()
	if err := os.MkdirAll(opts.Out, 0o755); err != nil {
		return sum, unwritten(opts.Out, err)
	}
	w, err := newWorld(ctx, opts)
	if err != nil {
		return sum, err
	}
	dir, err := os.MkdirTemp(opts.Out, ".making-*")
	if err != nil {
		return sum, unwritten(opts.Out, err)
	}
	f := &files{dir: dir, stream: newStream(w), tables: newTables(), sum: &sum, spools: map[string][]*spool{}}
	defer f.clean()
	if err := f.open(); err != nil {
		return sum, err
	}
	opts.Progress.Step("写各部门的表格", int64(opts.People))
	err = f.stream.each(ctx, func(h *Household) error {
		sum.People += len(h.Members)
		sum.Households++
		sum.ZeroHouseholds += one(h.Zero)
		opts.Progress.Add(int64(len(h.Members)))
		return f.household(h)
	})
	if err == nil {
		err = f.firms()
	}
	if err == nil {
		err = f.finish(opts.Progress)
	}
	if err == nil {
		err = f.publish(opts.Out)
	}
	return sum, err
}

// publish puts the complete files in place of those that may be there.
func (f *files) publish(dir string) error {
	for _, t := range f.tables {
		err := os.Rename(filepath.Join(f.dir, t.file), filepath.Join(dir, t.file))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // a book of several sheets has moved already
			return unwritten(t.file, err)
		}
	}
	return nil
}

// open begins all files.
func (f *files) open() error {
	for i, t := range f.tables {
		if strings.HasSuffix(t.file, ".csv") {
			encoding := sheet.UTF8
			if i == tInsurance {
				encoding = sheet.GB18030
			}
			c, err := createCSV(f.dir, t, encoding)
			if c != nil {
				f.csvs = append(f.csvs, c)
			}
			if err != nil {
				return err
			}
			f.sinks[i] = c
			continue
		}
		s, err := createSpool(f.dir, t)
		if err != nil {
			return err
		}
		if f.spools[t.file] == nil {
			f.books = append(f.books, t.file)
		}
		f.spools[t.file] = append(f.spools[t.file], s)
		f.sinks[i] = s
	}
	return nil
}

// finish ends the text files and binds the workbooks.
func (f *files) finish(p progress.Reporter) error {
	for len(f.csvs) > 0 {
		c := f.csvs[0]
		f.csvs = f.csvs[1:]
		if err := c.close(); err != nil {
			return err
		}
	}
	p.Step("装订工作簿", int64(len(f.books)))
	for _, name := range f.books {
		if err := bind(f.dir, name, f.spools[name]); err != nil {
			return err
		}
		p.Add(1)
	}
	return nil
}

// clean closes what is still open and removes the folder of the making.
func (f *files) clean() {
	for _, c := range f.csvs {
		c.file.Close()
	}
	for _, sheets := range f.spools {
		for _, s := range sheets {
			s.file.Close()
		}
	}
	os.RemoveAll(f.dir)
}
