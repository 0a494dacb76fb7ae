package sheet

import (
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
)

// workbook is what must be known before rows can be read.
type workbook struct {
	*archive
	parts    []string // of the sheets
	date1904 bool     // days count from 1904, as old Macintosh workbooks have it
	looks    []look   // by cell style
	texts    []string // shared strings
}

func openXLSX(r io.ReaderAt, size int64, limits Limits) (*Book, error) {
	a, err := openArchive(r, size, limits)
	if err != nil {
		return nil, err
	}
	root, err := a.relations("", "/officeDocument")
	if err != nil {
		return nil, err
	}
	main := "xl/workbook.xml"
	for _, target := range root {
		main = target
	}
	w := &workbook{archive: a}
	targets, err := a.relations(main, "")
	if err != nil {
		return nil, err
	}
	names, err := w.sheets(main, targets)
	if err != nil {
		return nil, err
	}
	for _, target := range targets {
		switch name := partName(target); {
		case strings.HasSuffix(name, "styles.xml") && w.looks == nil:
			w.looks, err = a.styles(target)
		case strings.HasSuffix(name, "sharedstrings.xml") && w.texts == nil:
			w.texts, err = a.sharedTexts(target)
		}
		if err != nil {
			return nil, err
		}
	}
	rows := func(i int) iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) { w.rows(w.parts[i], yield) }
	}
	return &Book{format: xlsxFile, sheets: names, rows: rows}, nil
}

// sheets reads the names and finds the parts; hidden sheets go unless all are hidden.
func (w *workbook) sheets(main string, targets map[string]string) (names []string, err error) {
	var hidden, hiddenParts []string
	err = w.scan(main, func(x *xmlScanner) error {
		switch {
		case x.is("workbookPr"):
			v := x.attr("date1904")
			w.date1904 = v == "1" || v == "true"
		case x.is("sheet"):
			part := targets[x.attr("id")]
			if !strings.Contains(partName(part), "worksheets/") {
				return nil // a chart or a macro sheet
			}
			if err := w.declared(part); err != nil {
				return err
			}
			if state := x.attr("state"); state == "hidden" || state == "veryHidden" {
				hidden, hiddenParts = append(hidden, x.attr("name")), append(hiddenParts, part)
			} else {
				names, w.parts = append(names, x.attr("name")), append(w.parts, part)
			}
			if n := len(names) + len(hidden); n > w.limits.MaxSheets {
				return tooLarge(0, "文件里的表超过上限 %d 张，请删去无关的表后再上传", w.limits.MaxSheets)
			}
		}
		return nil
	})
	if len(names) == 0 {
		names, w.parts = hidden, hiddenParts
	}
	if err == nil && len(names) == 0 {
		err = refuse(0, "工作簿里没有表，请核对是否导出完整")
	}
	return names, err
}

// declared refuses a sheet at once when the sizes that the zip declares are beyond the limits.
func (w *workbook) declared(part string) error {
	r, err := w.open(part)
	if err != nil {
		return err
	}
	if r == nil {
		return damaged(0, errors.New("sheet: part "+part+" is missing"))
	}
	return r.Close()
}

// sharedTexts reads the texts that cells refer to by number. They stay in memory, in chunks so that there are few objects.
func (a *archive) sharedTexts(part string) ([]string, error) {
	r, err := a.open(part)
	if r == nil || err != nil {
		return nil, err
	}
	defer r.Close()
	x := newXML(r, a.limits)
	var (
		texts   = []string{}
		chunk   []byte
		ends    []int
		start   int // of the text being read, in chunk
		bytes   int64
		taking  bool // inside <t>
		reading = 0  // depth of phonetic hints, whose text is not the cell's
	)
	flush := func() {
		all, from := string(chunk), 0
		for _, end := range ends {
			texts = append(texts, all[from:end])
			from = end
		}
		chunk, ends = chunk[:0], ends[:0]
	}
	for {
		kind, err := x.next()
		if err == io.EOF {
			flush()
			return texts, nil
		}
		if err != nil {
			return nil, x.fail(0, err)
		}
		switch {
		case kind == textToken:
			if taking {
				chunk = x.appendText(chunk)
			}
		case x.is("t"):
			taking = kind == startTag && reading == 0
		case x.is("rPh"):
			reading = depth(reading, kind)
		case x.is("si") && kind == startTag:
			start = len(chunk)
		case x.is("si"):
			chunk = chunk[:start+len(unquote(chunk[start:]))]
			if len(chunk)-start > a.limits.MaxCell {
				return nil, tooLarge(0, "有一格的内容太长（超过 %d 字节）。请核对是否误贴了整段文字", a.limits.MaxCell)
			}
			ends = append(ends, len(chunk))
			if bytes += int64(len(chunk)-start) + 16; bytes > a.limits.MaxText {
				return nil, tooLarge(0, "文件里的文字超过上限 %d MB。请拆成几个文件，或另存为 .csv 后再上传", a.limits.MaxText>>20)
			}
			if len(chunk) > 64<<10 {
				flush()
			}
		}
		if len(chunk)-start > 8*a.limits.MaxCell+cellSlack {
			return nil, tooLarge(0, "有一格的内容太长（超过 %d 字节）。请核对是否误贴了整段文字", a.limits.MaxCell)
		}
	}
}

func depth(n int, kind tokenKind) int {
	if kind == startTag {
		return n + 1
	}
	return max(n-1, 0)
}

// columnIndex reads the letters of a cell reference: A1 → 0, AB12 → 27; -1 when there are none.
func columnIndex(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c |= 0x20; c < 'a' || c > 'z' || n > 1<<20 {
			break
		}
		n = n*26 + int(c-'a') + 1
	}
	return n - 1
}

// columnName is the inverse: 0 → A, 27 → AB.
func columnName(i int) string {
	var b [8]byte
	at := len(b)
	for i++; i > 0 && at > 0; i = (i - 1) / 26 {
		at--
		b[at] = 'A' + byte((i-1)%26)
	}
	return string(b[at:])
}

// whole reads a small number that must be all digits; -1 when it is not.
func whole(b []byte) int {
	if len(b) == 0 || len(b) > 10 {
		return -1
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func parseFloat(b []byte) (float64, bool) {
	f, err := strconv.ParseFloat(string(b), 64)
	return f, err == nil
}
