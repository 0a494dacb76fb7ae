package linkrun

import (
	"context"
	"fmt"
	"os"
	"strings"

	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// batch is how many rows are cleaned at a time.
const batch = 8192

// ReadModel reads and checks a model file.
func ReadModel(path string) (*linkage.Model, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, &fault.Error{Kind: fault.NotFound, Text: fmt.Sprintf("打不开模型文件 %s，请核对路径", path), Err: err}
	}
	m, err := linkage.Parse(text)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("%s：%s", path, err), Err: err}
	}
	return m, nil
}

// table is what reading a file leaves beside the cleaned records.
type table struct {
	names []string // each record's own number
	truth []string // its entity, when asked for
}

// load reads a file into the data. truth names the column of the entity, "" for none.
func load(ctx context.Context, d *linkage.Data, m *linkage.Model, path, truth string, t *table) error {
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return fmt.Errorf("%s：%w", path, err)
	}
	defer book.Close()
	var r *rows
	for row, err := range book.Rows("") {
		if err != nil {
			return fmt.Errorf("%s：%w", path, err)
		}
		if r == nil {
			if r, err = newRows(d, m, row.Cells, truth, t); err != nil {
				return &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("%s：%s", path, err)}
			}
			continue
		}
		r.add(row)
		if len(r.pending) == batch {
			r.flush()
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
	if r == nil {
		return &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("%s 里没有一行，至少要有表头", path)}
	}
	r.flush()
	return nil
}

// rows collects rows until there are enough to clean.
type rows struct {
	d          *linkage.Data
	t          *table
	key, truth int
	entity     func(string) string
	pending    [][]string
}

func newRows(d *linkage.Data, m *linkage.Model, titles []string, truth string, t *table) (*rows, error) {
	d.Header(titles)
	r := &rows{d: d, t: t, key: -1, truth: -1, entity: func(s string) string { return s }}
	find := func(name string) int {
		for i, title := range titles {
			if strings.EqualFold(strings.TrimSpace(title), strings.TrimSpace(name)) {
				return i
			}
		}
		return -1
	}
	for _, k := range m.Key {
		if r.key < 0 {
			r.key = find(k)
		}
	}
	if truth == "" {
		return r, nil
	}
	if r.truth = find(truth); r.truth < 0 {
		return nil, fmt.Errorf("没有 --truth 指的列“%s”，表头是 %s", truth, strings.Join(titles, "、"))
	}
	if m.Truth != nil && strings.EqualFold(m.Truth.Column, truth) {
		var err error
		if r.entity, err = m.Truth.Entity(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *rows) add(row sheet.Row) {
	r.pending = append(r.pending, row.Cells)
	name := ""
	if r.key >= 0 {
		name = strings.Clone(strings.TrimSpace(row.Cell(r.key)))
	}
	if name == "" {
		name = fmt.Sprint(row.Number)
	}
	r.t.names = append(r.t.names, name)
	if r.truth >= 0 {
		r.t.truth = append(r.t.truth, strings.Clone(r.entity(strings.TrimSpace(row.Cell(r.truth)))))
	}
}

func (r *rows) flush() {
	r.d.Add(r.pending)
	r.pending = r.pending[:0]
}
