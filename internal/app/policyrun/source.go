package policyrun

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// raw is a subject as it was read: texts, numbers, bools, lists of raw, lists of texts. What is empty is not there.
type raw map[string]any

// source is a file of subjects, which is gone through as often as needed without being held: what its fields are is found
// the first time, what follows from them the second.
type source struct {
	path   string
	titles []string // of a table
}

// batch is some subjects that follow each other.
type batch struct {
	first  int // number of the first, from 0
	lines  [][]byte
	places []int // line of each in the file
	rows   []sheet.Row
	source *source
}

// chunk is how many subjects are decided together by one processor.
const chunk = 512

// longestLine is how long one subject's line may be.
const longestLine = 64 << 20

func openSource(path string) (*source, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fault.Wrap(fault.NotFound, err, "打不开 "+path+"，请核对路径")
	case info.IsDir():
		return nil, fault.New(fault.Invalid, "%s 是文件夹，--subjects 应是一个文件", path)
	}
	return &source{path: path}, nil
}

func (s *source) json() bool {
	name := strings.ToLower(s.path)
	return strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".ndjson")
}

// each hands the subjects to yield, batch by batch.
func (s *source) each(yield func(*batch) error) error {
	if s.json() {
		return s.eachLine(yield)
	}
	return s.eachRow(yield)
}

func (s *source) eachRow(yield func(*batch) error) error {
	book, err := sheet.Open(s.path, sheet.Limits{})
	if err != nil {
		return err
	}
	defer book.Close()
	b, headed := &batch{source: s}, false
	for row, err := range book.Rows("") {
		if err != nil {
			return err
		}
		if !headed {
			headed = true
			if err := s.head(row.Cells); err != nil {
				return err
			}
			continue
		}
		if b.rows = append(b.rows, row); len(b.rows) == chunk {
			if err := yield(b); err != nil {
				return err
			}
			b = &batch{source: s, first: b.first + chunk}
		}
	}
	if len(b.rows) == 0 {
		return nil
	}
	return yield(b)
}

func (s *source) head(cells []string) error {
	titles := make([]string, len(cells))
	for i, c := range cells {
		titles[i] = strings.TrimSpace(c)
		if titles[i] != "" && slices.Contains(titles[:i], titles[i]) {
			return fault.New(fault.Invalid, "%s 有两列都叫“%s”，请改一个", s.path, titles[i])
		}
	}
	s.titles = titles
	return nil
}

func (s *source) eachLine(yield func(*batch) error) error {
	f, err := os.Open(s.path)
	if err != nil {
		return fault.Wrap(fault.NotFound, err, "打不开 "+s.path+"，请核对路径")
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	if mark, _ := r.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = r.Discard(3) // they are there
	}
	b := &batch{source: s}
	add := func(text []byte, place int) error {
		b.lines, b.places = append(b.lines, text), append(b.places, place)
		if len(b.lines) < chunk {
			return nil
		}
		full := b
		b = &batch{source: s, first: full.first + chunk}
		return yield(full)
	}
	if whole(r, s.path) {
		err = s.values(r, add)
	} else {
		err = s.lines(r, add)
	}
	if err != nil || len(b.lines) == 0 {
		return err
	}
	return yield(b)
}

// whole says whether a file is one JSON text, an array or objects over several lines, instead of a line each.
func whole(r *bufio.Reader, path string) bool {
	start, _ := r.Peek(4096)
	start = bytes.TrimSpace(start)
	return bytes.HasPrefix(start, []byte("[")) || strings.HasSuffix(strings.ToLower(path), ".json")
}

func (s *source) lines(r io.Reader, add func([]byte, int) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	n := 1
	for ; lines.Scan(); n++ {
		text := bytes.TrimSpace(lines.Bytes())
		if len(text) == 0 {
			continue
		}
		if err := add(bytes.Clone(text), n); err != nil {
			return err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fault.New(fault.Invalid, "%s 第 %d 行超过 %d MB，一个对象写不了这么长。请检查是不是少了换行", s.path, n, longestLine>>20)
	case err != nil:
		return fault.Wrap(fault.Invalid, err, s.path+" 读不下去："+err.Error())
	}
	return nil
}

func (s *source) values(r *bufio.Reader, add func([]byte, int) error) error {
	d := json.NewDecoder(r)
	n := 0
	wrong := func(err error) error {
		return fault.Wrap(fault.Invalid, err, s.path+" 第 "+strconv.Itoa(n+1)+" 个对象不是合格的 JSON："+trouble(err))
	}
	start, _ := r.Peek(4096)
	array := bytes.HasPrefix(bytes.TrimSpace(start), []byte("["))
	if array {
		if _, err := d.Token(); err != nil {
			return wrong(err)
		}
	}
	for ; !array || d.More(); n++ {
		var text json.RawMessage
		switch err := d.Decode(&text); {
		case errors.Is(err, io.EOF) && !array:
			return nil
		case err != nil:
			return wrong(err)
		}
		if err := add(text, n+1); err != nil {
			return err
		}
	}
	return nil
}

// trouble is what the JSON reader says, in Chinese where it is usual.
func trouble(err error) string {
	text := err.Error()
	for _, t := range [][2]string{{"unexpected end of JSON input", "没有写完"}, {"unexpected EOF", "没有写完"}, {"exceeded max depth", "套得太深"},
		{"cannot unmarshal", "应是 {\"字段\": 值, …} 这样的对象"}, {"after top-level value", "一行里有几个对象，应一行一个"}} {
		if strings.Contains(text, t[0]) {
			return t[1]
		}
	}
	return strings.Replace(text, "invalid character ", "多出或错写的字符 ", 1)
}

// raws reads the batch's subjects.
func (b *batch) raws() ([]raw, error) {
	var list []raw
	for _, row := range b.rows {
		one := make(raw, len(row.Cells))
		for i, name := range b.source.titles {
			if c := strings.TrimSpace(row.Cell(i)); c != "" && name != "" {
				one[name] = c
			}
		}
		list = append(list, one)
	}
	for i, text := range b.lines {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		var one raw
		err := d.Decode(&one)
		if err == nil && d.More() {
			err = errors.New("after top-level value")
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, "%s 第 %d 行不是合格的 JSON：%s", b.source.path, b.places[i], trouble(err))
		}
		list = append(list, one.flat())
	}
	return list, nil
}

// flat turns {"household": {"size": 3}} into household.size and leaves out what is empty.
func (r raw) flat() raw {
	plain := true
	for _, v := range r {
		_, inner := v.(map[string]any)
		plain = plain && !inner && !empty(v)
	}
	if plain {
		return r
	}
	out := make(raw, len(r))
	out.take("", r)
	return out
}

func (r raw) take(before string, from map[string]any) {
	for name, v := range from {
		switch inner, is := v.(map[string]any); {
		case is && len(before) < 500: // deeper than anybody writes
			r.take(before+name+".", inner)
		case !is && !empty(v):
			r[before+name] = v
		}
	}
}

func empty(v any) bool {
	text, is := v.(string)
	return v == nil || is && strings.TrimSpace(text) == ""
}

// inOrder works on a file's batches on all processors and hands the results over in their order.
func inOrder[T any](ctx context.Context, s *source, work func(*batch) (T, error), take func(T) error) error {
	type done struct {
		made T
		err  error
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	parts := make(chan chan done, runtime.GOMAXPROCS(0)+1)
	var reading error
	go func() {
		defer close(parts)
		reading = s.each(func(b *batch) error {
			one := make(chan done, 1)
			select {
			case parts <- one:
			case <-ctx.Done():
				return ctx.Err()
			}
			go func() { made, err := work(b); one <- done{made, err} }()
			return nil
		})
	}()
	var failed error
	for one := range parts {
		d := <-one
		if failed == nil {
			if failed = d.err; failed == nil {
				failed = take(d.made)
			}
			if failed != nil {
				stop()
			}
		}
	}
	if failed != nil {
		return failed
	}
	return reading
}
