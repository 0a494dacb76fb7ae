package jobs

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// headWithin is how many rows a title may take above the head.
const headWithin = 10

// table is a file of adverts, row by row in constant memory.
type table struct {
	name    string
	mapping *Mapping // nil: the shipped one that fits best
	heads   []string // once the head was read; for json lines it may grow
	chosen  *columnMap
	format  string
}

// eachRow goes through a file's rows behind the head. A row that is spoiled in itself comes with its error.
func (t *table) eachRow(path string, yield func(number int, cells []string, spoiled error) error) error {
	lines, err := isLines(path)
	if err != nil {
		return err
	}
	if lines {
		return t.eachLine(path, yield)
	}
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return err
	}
	defer book.Close()
	t.format = book.Format()
	found := false
	for _, name := range book.Sheets() {
		if t.chosen, err = t.head(book, name); err != nil {
			return err
		}
		if t.chosen == nil {
			continue
		}
		found = true
		behind := false
		for row, err := range book.Rows(name) {
			var bad *sheet.Error
			if err != nil && (!errors.As(err, &bad) || bad.Row == 0) {
				return err
			}
			if !behind {
				behind = err == nil && slices.Equal(row.Cells, t.heads)
				continue
			}
			if err == nil && slices.Equal(row.Cells, t.heads) { // the head is repeated on each printed page
				continue
			}
			if err := yield(row.Number, row.Cells, err); err != nil {
				return err
			}
		}
	}
	if !found {
		return t.noHead()
	}
	return nil
}

func (t *table) noHead() error {
	if t.mapping != nil {
		return fault.New(fault.Invalid, "文件 %s 的表头与对照表不符：没有找到岗位名称（%s）和单位名称（%s）两列。请核对 --map 的列名，或改表头", t.name,
			strings.Join(t.mapping.Fields["title"], "、"), strings.Join(t.mapping.Fields["employer"], "、"))
	}
	return fault.New(fault.Invalid, "文件 %s 的前 %d 行里没有认得出的表头。表头至少要有“岗位名称”和“单位名称”，或用 --map 写明哪一列是什么", t.name, headWithin)
}

// head finds the head of a sheet among its first rows, and the mapping that fits; nil when there is none.
func (t *table) head(book *sheet.Book, name string) (*columnMap, error) {
	var best []string
	var chosen *Mapping
	top, seen := 0, 0
	for row, err := range book.Rows(name) {
		var bad *sheet.Error
		if err != nil && (!errors.As(err, &bad) || bad.Row == 0) {
			return nil, err
		}
		if seen++; seen > headWithin {
			break
		}
		m, score := t.mapping, 0
		if m != nil {
			score = m.fits(row.Cells)
		} else {
			m, score = chooseMapping(row.Cells)
		}
		if score > top {
			top, best, chosen = score, row.Cells, m
		}
	}
	if chosen == nil {
		return nil, nil
	}
	t.heads = best
	return chosen.lay(best), nil
}

// isLines tells whether a file begins like json lines.
func isLines(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, fault.Wrap(fault.Invalid, err, "打不开文件 "+path)
	}
	defer f.Close()
	start := make([]byte, 64)
	n, err := f.Read(start)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, fault.Wrap(fault.Invalid, err, "读不了文件 "+path)
	}
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(start[:n], []byte("\xef\xbb\xbf"))), []byte("{")), nil
}

// longestLine is the most bytes that one advert may have in json lines.
const longestLine = 4 << 20

// eachLine goes through json lines: one object each, its keys are the columns.
func (t *table) eachLine(path string, yield func(number int, cells []string, spoiled error) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "打不开文件 "+path)
	}
	defer f.Close()
	t.format = "jsonl"
	where := map[string]int{}
	in := bufio.NewScanner(f)
	in.Buffer(make([]byte, 64<<10), longestLine)
	for number := 1; in.Scan(); number++ {
		line := bytes.TrimSpace(bytes.TrimPrefix(in.Bytes(), []byte("\xef\xbb\xbf")))
		if len(line) == 0 {
			continue
		}
		var object map[string]any
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		if err := d.Decode(&object); err != nil {
			if err := yield(number, []string{string(line[:min(len(line), 200)])}, fault.Wrap(fault.Invalid, err, "这一行不是完整的 JSON 对象")); err != nil {
				return err
			}
			continue
		}
		cells := make([]string, len(t.heads))
		grown := false
		keys := make([]string, 0, len(object))
		for k := range object {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			i, known := where[k]
			if !known {
				i, grown = len(t.heads), true
				where[k] = i
				t.heads, cells = append(t.heads, k), append(cells, "")
			}
			cells[i] = plainJSON(object[k])
		}
		if grown || t.chosen == nil {
			m := t.mapping
			if m == nil {
				m, _ = chooseMapping(t.heads)
			}
			if m == nil || m.fits(t.heads) == 0 {
				return t.noHead()
			}
			t.chosen = m.lay(t.heads)
		}
		if err := yield(number, cells, nil); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fault.Wrap(fault.Invalid, err, fmt.Sprintf("文件 %s 有一行超过 %d MB，读不下去。请核对文件是否每行一个 JSON 对象", t.name, longestLine>>20))
	}
	if t.chosen == nil {
		return t.noHead()
	}
	return nil
}

// plainJSON is a value as a cell's text: lists with 、 between, objects as they stand.
func plainJSON(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return map[bool]string{true: "是", false: "否"}[v]
	case []any:
		list := make([]string, len(v))
		for i := range v {
			list[i] = plainJSON(v[i])
		}
		return strings.Join(list, "、")
	}
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}
