package linkrun

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
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
	names  column // each record's own number
	truth  column // its entity, when asked for
	broken int    // rows with characters that could not be read
}

// column holds the texts of all records in one piece of memory.
type column struct {
	text []byte
	ends []uint64
}

func (c *column) add(s string) {
	c.text = append(c.text, s...)
	c.ends = append(c.ends, uint64(len(c.text)))
}

func (c *column) at(i int) []byte {
	if i == 0 {
		return c.text[:c.ends[0]]
	}
	return c.text[c.ends[i-1]:c.ends[i]]
}

// load reads a file into the data; while some rows are cleaned the next ones are read. truth names the column of the
// entity, "" for none.
func load(ctx context.Context, d *linkage.Data, m *linkage.Model, path, truth string, t *table) error {
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return fmt.Errorf("%s：%w", path, err)
	}
	defer book.Close()
	ready, done := make(chan [][]string, 1), make(chan struct{})
	go func() {
		for rows := range ready {
			d.Add(rows)
		}
		close(done)
	}()
	err = read(ctx, book, path, &rows{d: d, t: t, truthTitle: truth}, m, ready)
	close(ready)
	<-done
	return err
}

func read(ctx context.Context, book *sheet.Book, path string, r *rows, m *linkage.Model, ready chan<- [][]string) error {
	head := false
	pending := make([][]string, 0, batch)
	for row, err := range book.Rows("") {
		if err != nil && len(row.Cells) == 0 {
			return fmt.Errorf("%s：%w", path, err)
		}
		if err != nil { // half a character: the rest of the row is as good as any
			r.t.broken++
		}
		if !head {
			if err := r.head(m, row.Cells); err != nil {
				return &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("%s：%s", path, err)}
			}
			head = true
			continue
		}
		if slices.Equal(row.Cells, r.titles) { // a header repeated in the middle
			continue
		}
		r.add(row)
		if pending = append(pending, row.Cells); len(pending) == batch {
			ready <- pending
			pending = make([][]string, 0, batch)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
	if !head {
		return &fault.Error{Kind: fault.Invalid, Text: fmt.Sprintf("%s 里没有一行，至少要有表头", path)}
	}
	ready <- pending
	return nil
}

// rows takes from each row what is not compared.
type rows struct {
	d          *linkage.Data
	t          *table
	titles     []string
	truthTitle string
	key, truth int
	entity     func(string) string
}

func (r *rows) head(m *linkage.Model, titles []string) error {
	r.d.Header(titles)
	r.titles, r.key, r.truth, r.entity = titles, -1, -1, func(s string) string { return s }
	for _, k := range m.Key {
		if r.key < 0 {
			r.key = r.find(k)
		}
	}
	if r.truthTitle == "" {
		return nil
	}
	if r.truth = r.find(r.truthTitle); r.truth < 0 {
		return fmt.Errorf("没有 --truth 指的列“%s”，表头是 %s", r.truthTitle, strings.Join(titles, "、"))
	}
	if m.Truth != nil && strings.EqualFold(m.Truth.Column, r.truthTitle) {
		var err error
		if r.entity, err = m.Truth.Entity(); err != nil {
			return err
		}
	}
	return nil
}

func (r *rows) find(name string) int {
	return slices.IndexFunc(r.titles, func(title string) bool {
		return strings.EqualFold(strings.TrimSpace(title), strings.TrimSpace(name))
	})
}

func (r *rows) add(row sheet.Row) {
	name := ""
	if r.key >= 0 {
		name = strings.TrimSpace(row.Cell(r.key))
	}
	if name == "" {
		name = strconv.Itoa(row.Number)
	}
	r.t.names.add(name)
	if r.truth >= 0 {
		r.t.truth.add(r.entity(strings.TrimSpace(row.Cell(r.truth))))
	}
}
