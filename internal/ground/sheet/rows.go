package sheet

import (
	"io"
	"time"
)

// span is a cell with text: where its text stands in the row's buffer, or which shared text it is.
type span struct {
	column, from, to int
	shared           string
}

// reader reads the rows of one worksheet.
type reader struct {
	*workbook
	x       *xmlScanner
	row     Row
	buf     []byte // the text of the row's cells
	spans   []span
	raw     []byte // the text of the current cell before it is interpreted
	column  int
	style   int
	kind    byte // of the cell: n number, s shared, i inline, t formula text, b boolean, d date, e error
	taking  bool // inside <v> or <t>
	reading int  // depth of phonetic hints
}

func (w *workbook) rows(part string, yield func(Row, error) bool) {
	in, err := w.open(part)
	if err != nil {
		yield(Row{}, err)
		return
	}
	defer in.Close()
	r := &reader{workbook: w, x: newXML(in, w.limits), column: -1}
	for complete := false; ; {
		kind, err := r.x.next()
		if err == io.EOF { // reached even when nothing is wanted any more, for only here the checksum is compared
			if complete {
				return
			}
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			yield(Row{Number: r.row.Number}, r.x.fail(r.row.Number, err))
			return
		}
		if kind == textToken {
			if r.taking {
				r.raw = r.x.appendText(r.raw)
			}
			if len(r.raw) > 8*w.limits.MaxCell {
				yield(Row{Number: r.row.Number}, tooLongCell(r.row.Number, r.column))
				return
			}
			continue
		}
		complete = complete || kind == endTag && r.x.is("worksheet")
		done, err := r.tag(kind)
		if err == nil && done {
			r.row.Cells, err = r.cells()
		}
		if err != nil {
			yield(Row{Number: r.row.Number}, err)
			return
		}
		if done && len(r.row.Cells) > 0 && !yield(r.row, nil) {
			return
		}
	}
}

// tag follows one tag; done means that a row is complete.
func (r *reader) tag(kind tokenKind) (done bool, err error) {
	switch string(r.x.name) {
	case "v", "t":
		r.taking = kind == startTag && r.reading == 0
	case "c":
		if kind == startTag {
			r.cell()
			return false, nil
		}
		return false, r.value()
	case "row":
		if kind == endTag {
			return true, nil
		}
		return false, r.start()
	case "rPh":
		r.reading = depth(r.reading, kind)
	}
	return false, nil
}

// start begins a row.
func (r *reader) start() error {
	number := r.row.Number + 1
	r.x.eachAttr(func(key, raw []byte) bool {
		if string(key) != "r" {
			return true
		}
		if n := whole(raw); n > 0 {
			number = n
		}
		return false
	})
	r.row.Number, r.column = number, -1
	r.buf, r.spans = r.buf[:0], r.spans[:0]
	if number > r.limits.MaxRows {
		return tooLarge(number, "行数超过上限 %d，请拆成几个文件分别上传", r.limits.MaxRows)
	}
	return nil
}

// cell begins a cell.
func (r *reader) cell() {
	r.column++
	r.style, r.kind = 0, 'n'
	r.raw, r.taking, r.reading = r.raw[:0], false, 0
	r.x.eachAttr(func(key, raw []byte) bool {
		switch string(key) {
		case "r":
			if i := columnIndex(raw); i >= 0 {
				r.column = i
			}
		case "s":
			r.style = whole(raw)
		case "t":
			switch string(raw) {
			case "s", "b", "d", "e":
				r.kind = raw[0]
			case "inlineStr":
				r.kind = 'i'
			case "str":
				r.kind = 't'
			}
		}
		return true
	})
}

// value ends a cell and notes its text.
func (r *reader) value() error {
	if len(r.raw) == 0 {
		return nil
	}
	s := span{column: r.column, from: len(r.buf)}
	switch r.kind {
	case 's':
		i := whole(r.raw)
		if i < 0 || i >= len(r.texts) {
			return damaged(r.row.Number, errXML)
		}
		s.shared = r.texts[i]
	case 'i', 't':
		r.buf = append(r.buf, unquote(r.raw)...)
	case 'b':
		r.buf = append(r.buf, map[bool]string{true: "TRUE", false: "FALSE"}[r.raw[0] == '1' || r.raw[0] == 't']...)
	case 'd':
		r.buf = appendISO(r.buf, r.raw)
	case 'e':
		r.buf = append(r.buf, r.raw...)
	default:
		r.buf = r.appendNumber(r.buf)
	}
	s.to = len(r.buf)
	if s.to == s.from && s.shared == "" {
		return nil
	}
	if s.to-s.from > r.limits.MaxCell {
		return tooLongCell(r.row.Number, r.column)
	}
	if len(r.buf) > r.limits.rowMax() || len(r.spans) > 20_000 {
		return tooLarge(r.row.Number, "第 %d 行太长。请删去无关的列后再上传", r.row.Number)
	}
	r.spans = append(r.spans, s)
	return nil
}

// appendNumber adds a number as the cell shows it: a day, a time, or plain digits.
func (r *reader) appendNumber(b []byte) []byte {
	show := plain
	if r.style > 0 && r.style < len(r.looks) {
		show = r.looks[r.style]
	}
	if show != plain {
		if f, ok := parseFloat(r.raw); ok {
			if out, ok := appendSerial(b, f, show, r.date1904); ok {
				return out
			}
		}
	}
	return appendPlain(b, r.raw)
}

// appendISO adds a date that the workbook holds as text, without a midnight that nobody wrote.
func appendISO(b, raw []byte) []byte {
	for _, layout := range []string{"2006-01-02T15:04:05.999", "2006-01-02T15:04:05Z07:00", time.DateOnly} {
		t, err := time.Parse(layout, string(raw))
		if err != nil {
			continue
		}
		if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
			return t.AppendFormat(b, time.DateOnly)
		}
		return t.AppendFormat(b, time.DateTime)
	}
	return append(b, raw...)
}

// cells makes the row's cells from what was noted. All of them share one string.
func (r *reader) cells() ([]string, error) {
	width := 0
	for _, s := range r.spans {
		width = max(width, s.column+1)
	}
	if width > r.limits.MaxColumns {
		return nil, tooWide(r.row.Number, width, r.limits)
	}
	cells, all := make([]string, width), string(r.buf)
	for _, s := range r.spans {
		if s.shared != "" {
			cells[s.column] = s.shared
		} else {
			cells[s.column] = all[s.from:s.to]
		}
	}
	return cells, nil
}
