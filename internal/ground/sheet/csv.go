package sheet

import (
	"bytes"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// openText finds encoding and separator of a text file.
func openText(r io.ReaderAt, size int64, name string, limits Limits) (*Book, error) {
	if size > limits.MaxBytes {
		return nil, tooLarge(0, "文件有 %d MB，超过上限 %d MB。请拆成几个文件分别上传", size>>20, limits.MaxBytes>>20)
	}
	enc, skip, err := encodingOf(r, size)
	if err != nil {
		return nil, err
	}
	open := func() io.Reader { return decoded(io.NewSectionReader(r, skip, size-skip), enc) }
	sample := make([]byte, sampleSize)
	n, err := io.ReadFull(open(), sample)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, damaged(0, err)
	}
	style := styleOf(sample[:n], n < len(sample))
	style.decoded = enc != UTF8
	rows := func(int) iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) { newText(open(), style, limits).all(yield) }
	}
	return &Book{format: csvFile, sheets: []string{name}, rows: rows}, nil
}

// style is how a text file divides rows and cells.
type style struct {
	separator byte
	eol       byte // '\n', or '\r' for files of old systems
	hint      bool // the first row is Excel's "sep=;" and no data
	decoded   bool // went through a decoder, which marks broken characters with U+FFFD
}

const separators = ",\t;|"

// styleOf takes the separator that divides most rows of the sample alike; between equals the one that gives more cells.
func styleOf(sample []byte, whole bool) style {
	s := style{separator: ',', eol: '\n'}
	if bytes.IndexByte(sample, '\n') < 0 && bytes.IndexByte(sample, '\r') >= 0 {
		s.eol = '\r'
	}
	if rest, found := bytes.CutPrefix(sample, []byte("sep=")); found && len(rest) > 1 && strings.IndexByte(separators, rest[0]) >= 0 && (rest[1] == '\r' || rest[1] == '\n') {
		s.separator, s.hint = rest[0], true
		return s
	}
	best, bestWidth := 0, 0
	for i := range len(separators) {
		trial := s
		trial.separator = separators[i]
		widths, rows := map[int]int{}, 0
		newText(bytes.NewReader(sample), trial, Limits{}.withDefaults()).all(func(row Row, err error) bool {
			if len(row.Cells) > 1 {
				widths[len(row.Cells)]++
			}
			rows++
			return rows < 50
		})
		for width, alike := range widths {
			if alike > best || alike == best && width > bestWidth {
				best, bestWidth, s.separator = alike, width, trial.separator
			}
		}
	}
	return s
}

// text reads rows from UTF-8 text.
type text struct {
	style
	limits   Limits
	r        io.Reader
	buf      []byte
	pos, end int
	err      error // of r, io.EOF included
	number   int   // of the row being read
	joined   []byte
	ends     []int // of the cells in joined
}

func newText(r io.Reader, s style, limits Limits) *text {
	return &text{style: s, limits: limits, r: r, buf: make([]byte, sampleSize)}
}

// rowMax bounds a row, so that a quote that is never closed cannot swallow the file into memory.
func (l Limits) rowMax() int { return 8*l.MaxCell + cellSlack }

// all yields the rows with text in them.
func (t *text) all(yield func(Row, error) bool) {
	for {
		line, err := t.line(t.number + 1)
		if err == io.EOF {
			return
		}
		t.number++
		if err == nil && t.number > t.limits.MaxRows {
			err = tooLarge(t.number, "行数超过上限 %d，请拆成几个文件分别上传", t.limits.MaxRows)
		}
		var cells []string
		if err == nil && !(t.hint && t.number == 1) {
			cells, err = t.cells(line)
		}
		if err != nil {
			yield(Row{Number: t.number}, err)
			return
		}
		if len(cells) == 0 {
			continue
		}
		if !yield(Row{Number: t.number, Cells: cells}, t.broken(cells)) {
			return
		}
	}
}

// line gives the next line, a part of the row, without its end. It is valid until the next call.
func (t *text) line(row int) ([]byte, error) {
	for scanned := t.pos; ; {
		if i := bytes.IndexByte(t.buf[scanned:t.end], t.eol); i >= 0 {
			line := t.buf[t.pos : scanned+i]
			t.pos = scanned + i + 1
			return bytes.TrimSuffix(line, []byte{'\r'}), nil
		}
		scanned = t.end
		if t.err != nil {
			if t.err != io.EOF {
				return nil, damaged(row, t.err)
			}
			if t.pos == t.end {
				return nil, io.EOF
			}
			line := t.buf[t.pos:t.end]
			t.pos = t.end
			return bytes.TrimSuffix(line, []byte{'\r'}), nil
		}
		if t.end-t.pos > t.limits.rowMax() {
			return nil, tooLarge(row, "第 %d 行太长，很可能是这一行的双引号没有配对。请在 Excel 或 WPS 中打开核对，另存为 .xlsx 后再上传", row)
		}
		scanned -= t.pos
		t.fill()
		scanned += t.pos
	}
}

// fill makes room and reads more.
func (t *text) fill() {
	copy(t.buf, t.buf[t.pos:t.end])
	t.end -= t.pos
	t.pos = 0
	if t.end == len(t.buf) {
		t.buf = append(t.buf, make([]byte, len(t.buf))...)
	}
	n := 0
	for tries := 0; n == 0 && t.err == nil; tries++ {
		if n, t.err = t.r.Read(t.buf[t.end:]); tries == 100 && n == 0 && t.err == nil {
			t.err = io.ErrNoProgress
		}
	}
	t.end += n
}

// cells divides a line; quoted cells may make it take further lines. Empty cells at the end are dropped.
func (t *text) cells(line []byte) ([]string, error) {
	if bytes.IndexByte(line, '"') < 0 {
		return t.plain(line)
	}
	t.joined, t.ends = t.joined[:0], t.ends[:0]
	for {
		if len(line) > 0 && line[0] == '"' {
			rest, err := t.quoted(line[1:])
			if err != nil {
				return nil, err
			}
			line = rest
		}
		i := bytes.IndexByte(line, t.separator)
		if i < 0 {
			t.joined = append(t.joined, line...)
			t.ends = append(t.ends, len(t.joined))
			break
		}
		t.joined = append(t.joined, line[:i]...)
		t.ends = append(t.ends, len(t.joined))
		line = line[i+1:]
	}
	all, from := string(t.joined), 0
	width := len(t.ends)
	for width > 0 && t.ends[width-1] == before(t.ends, width-1) {
		width--
	}
	cells := make([]string, width)
	for i := range cells {
		cells[i] = all[from:t.ends[i]]
		from = t.ends[i]
	}
	return cells, t.within(cells)
}

func before(ends []int, i int) int {
	if i == 0 {
		return 0
	}
	return ends[i-1]
}

// quoted takes a cell up to its closing quote and gives what follows on that line.
func (t *text) quoted(line []byte) ([]byte, error) {
	start := len(t.joined)
	for first := t.number; ; {
		i := bytes.IndexByte(line, '"')
		switch {
		case i >= 0 && i+1 < len(line) && line[i+1] == '"':
			t.joined = append(t.joined, line[:i+1]...)
			line = line[i+2:]
			continue
		case i >= 0:
			t.joined = append(t.joined, line[:i]...)
			return line[i+1:], nil
		}
		t.joined = append(append(t.joined, line...), '\n')
		next, err := t.line(first)
		if err == io.EOF || len(t.joined)-start > t.limits.rowMax() {
			return nil, refuse(first, "第 %d 行的双引号没有配对，后面的内容都被当成了这一格。请在 Excel 或 WPS 中打开核对，另存为 .xlsx 后再上传", first)
		}
		if err != nil {
			return nil, err
		}
		line = next
	}
}

// plain divides a line without quotes.
func (t *text) plain(line []byte) ([]string, error) {
	for len(line) > 0 && line[len(line)-1] == t.separator {
		line = line[:len(line)-1]
	}
	if len(line) == 0 {
		return nil, nil
	}
	all := string(line)
	cells := make([]string, 0, bytes.Count(line, []byte{t.separator})+1)
	for {
		i := strings.IndexByte(all, t.separator)
		if i < 0 {
			cells = append(cells, all)
			return cells, t.within(cells)
		}
		cells = append(cells, all[:i])
		all = all[i+1:]
	}
}

func (t *text) within(cells []string) error {
	if len(cells) > t.limits.MaxColumns {
		return tooWide(t.number, len(cells), t.limits)
	}
	for i, c := range cells {
		if len(c) > t.limits.MaxCell {
			return tooLongCell(t.number, i)
		}
	}
	return nil
}

func tooWide(row, columns int, limits Limits) error {
	return tooLarge(row, "第 %d 行有 %d 列，超过上限 %d 列。请删去无关的列后再上传", row, columns, limits.MaxColumns)
}

func tooLongCell(row, column int) error {
	return tooLarge(row, "第 %d 行 %s 列的内容太长。请核对是否误贴了整段文字", row, columnName(column))
}

// broken reports characters that could not be read, and replaces them so that the cells can be shown.
func (t *text) broken(cells []string) error {
	for i, c := range cells {
		if t.decoded && strings.Contains(c, "\ufffd") || !t.decoded && !utf8.ValidString(c) {
			for j := range cells {
				cells[j] = strings.ToValidUTF8(cells[j], "\ufffd")
			}
			return refuse(t.number, "第 %d 行 %s 列有无法识别的文字，文件编码已损坏。请用 Excel 或 WPS 打开原件，另存为“CSV UTF-8”后再上传", t.number, columnName(i))
		}
	}
	return nil
}
