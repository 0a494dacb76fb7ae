package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// xmlScanner goes through the XML of a workbook's parts: start tags, end tags and text, without namespaces and without
// building anything. It is several times faster than encoding/xml, knows no entities but the five and the numeric
// ones, and refuses document types.
type xmlScanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	max      int // of one token
	err      error
	name     []byte // local name of the tag
	attrs    []byte // the tag's raw attributes
	raw      []byte // the text
	verbatim bool   // raw is CDATA
	closing  bool   // the tag closed itself: its end comes next
}

type tokenKind int

const (
	startTag tokenKind = iota
	endTag
	textToken
)

var (
	errXML     = errors.New("sheet: not well-formed XML")
	errToken   = errors.New("sheet: a token is too long")
	errDoctype = errors.New("sheet: document types are not allowed")
)

func newXML(r io.Reader, limits Limits) *xmlScanner {
	return &xmlScanner{r: r, buf: make([]byte, 64<<10), max: 6*limits.MaxCell + cellSlack}
}

// fail turns a scanning error into the person's error; errors of the limits stay what they are.
func (x *xmlScanner) fail(row int, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	if errors.Is(err, errToken) {
		return tooLarge(row, "第 %d 行之后有一格的内容太长。请核对是否误贴了整段文字", row)
	}
	return damaged(row, err)
}

// is compares the tag's local name.
func (x *xmlScanner) is(name string) bool { return string(x.name) == name }

// next gives the next tag or text; at the end of the input it gives io.EOF. What it points to is valid until the next call.
func (x *xmlScanner) next() (tokenKind, error) {
	if x.closing {
		x.closing = false
		return endTag, nil
	}
	for {
		if x.pos == x.end {
			if err := x.fill(); err != nil {
				return 0, err
			}
		}
		if x.buf[x.pos] != '<' {
			return textToken, x.takeText()
		}
		for x.end-x.pos < 2 {
			if err := x.more(); err != nil {
				return 0, err
			}
		}
		switch x.buf[x.pos+1] {
		case '/':
			i, err := x.find(2, ">")
			if err != nil {
				return 0, err
			}
			x.name = local(bytes.TrimSpace(x.buf[x.pos+2 : x.pos+i]))
			x.pos += i + 1
			return endTag, nil
		case '?':
			if err := x.skip("?>"); err != nil {
				return 0, err
			}
		case '!':
			found, err := x.declaration()
			if found || err != nil {
				return textToken, err
			}
		default:
			return startTag, x.takeTag()
		}
	}
}

// takeText takes everything up to the next tag or the end.
func (x *xmlScanner) takeText() error {
	x.verbatim = false
	for scanned := 0; ; {
		if i := bytes.IndexByte(x.buf[x.pos+scanned:x.end], '<'); i >= 0 {
			x.raw = x.buf[x.pos : x.pos+scanned+i]
			x.pos += scanned + i
			return nil
		}
		scanned = x.end - x.pos
		if err := x.fill(); err == io.EOF {
			x.raw = x.buf[x.pos:x.end]
			x.pos = x.end
			return nil
		} else if err != nil {
			return err
		}
	}
}

// takeTag takes a start tag; a > inside quotes does not end it.
func (x *xmlScanner) takeTag() error {
	quote := byte(0)
	for i := 1; ; i++ {
		if x.pos+i == x.end {
			if err := x.more(); err != nil {
				return err
			}
		}
		c := x.buf[x.pos+i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			return errXML
		case c == '>':
			tag := x.buf[x.pos+1 : x.pos+i]
			x.pos += i + 1
			if n := len(tag); n > 0 && tag[n-1] == '/' {
				tag, x.closing = tag[:n-1], true
			}
			name := len(tag)
			for j, c := range tag {
				if c <= ' ' {
					name = j
					break
				}
			}
			x.name, x.attrs = local(tag[:name]), tag[name:]
			return nil
		}
	}
}

// declaration passes a comment, or takes a CDATA section as text.
func (x *xmlScanner) declaration() (found bool, err error) {
	for x.end-x.pos < 9 {
		if err := x.more(); err != nil {
			return false, err
		}
	}
	switch head := x.buf[x.pos:x.end]; {
	case bytes.HasPrefix(head, []byte("<!--")):
		x.pos += 4
		return false, x.skip("-->")
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		i, err := x.find(9, "]]>")
		if err != nil {
			return false, err
		}
		x.raw, x.verbatim = x.buf[x.pos+9:x.pos+i], true
		x.pos += i + 3
		return true, nil
	}
	return false, errDoctype
}

// find gives the offset from pos of the first sign at or after from.
func (x *xmlScanner) find(from int, sign string) (int, error) {
	for {
		if x.pos+from <= x.end {
			if i := bytes.Index(x.buf[x.pos+from:x.end], []byte(sign)); i >= 0 {
				return from + i, nil
			}
			from = max(from, x.end-x.pos-len(sign)+1)
		}
		if err := x.more(); err != nil {
			return 0, err
		}
	}
}

// skip passes everything up to and with the sign, however long it is.
func (x *xmlScanner) skip(sign string) error {
	for {
		if i := bytes.Index(x.buf[x.pos:x.end], []byte(sign)); i >= 0 {
			x.pos += i + len(sign)
			return nil
		}
		x.pos = max(x.pos, x.end-len(sign)+1)
		if err := x.more(); err != nil {
			return err
		}
	}
}

// more is fill inside a token, where the input must not end.
func (x *xmlScanner) more() error {
	err := x.fill()
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// fill reads more behind what is not yet taken.
func (x *xmlScanner) fill() error {
	if x.err != nil {
		return x.err
	}
	if x.pos > 0 {
		copy(x.buf, x.buf[x.pos:x.end])
		x.end -= x.pos
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) > x.max {
			return errToken
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for range 100 {
		n, err := x.r.Read(x.buf[x.end:])
		x.end += n
		x.err = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// local drops a namespace prefix.
func local(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

// attr is the value of an attribute by its local name, unescaped; empty when there is none.
func (x *xmlScanner) attr(name string) string {
	value := ""
	x.eachAttr(func(key, raw []byte) bool {
		if string(key) == name {
			value = string(appendUnescaped(nil, raw))
			return false
		}
		return true
	})
	return value
}

// eachAttr goes through the attributes; values are raw.
func (x *xmlScanner) eachAttr(visit func(key, raw []byte) bool) {
	for rest := x.attrs; ; {
		key, after, found := bytes.Cut(rest, []byte{'='})
		after = bytes.TrimLeft(after, " \t\r\n")
		if !found || len(after) == 0 {
			return
		}
		i := bytes.IndexByte(after[1:], after[0])
		if i < 0 || !visit(local(bytes.TrimSpace(key)), after[1:1+i]) {
			return
		}
		rest = after[i+2:]
	}
}

// appendText adds the current text to b, unescaped.
func (x *xmlScanner) appendText(b []byte) []byte {
	if x.verbatim {
		return append(b, x.raw...)
	}
	return appendUnescaped(b, x.raw)
}

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// appendUnescaped adds raw text with its entities resolved; one it does not know stays as written.
func appendUnescaped(b, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return append(b, raw...)
		}
		b = append(b, raw[:i]...)
		raw = raw[i:]
		j := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		r, known := rune(0), false
		if j > 1 {
			r, known = entity(string(raw[1:j]))
		}
		if !known {
			b = append(b, '&')
			raw = raw[1:]
			continue
		}
		b = utf8.AppendRune(b, r)
		raw = raw[j+1:]
	}
}

func entity(name string) (rune, bool) {
	if name[0] != '#' {
		r, known := entities[name]
		return r, known
	}
	digits, base := name[1:], 10
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 31)
	return rune(n), err == nil && n != 0
}

// unquote resolves the _xHHHH_ by which workbooks write characters that XML has not.
func unquote(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if b[i] == '_' && i+7 <= len(b) && b[i+1] == 'x' && b[i+6] == '_' {
			if n, err := strconv.ParseUint(string(b[i+2:i+6]), 16, 16); err == nil && (n < 0xd800 || n > 0xdfff) {
				out = utf8.AppendRune(out, rune(n)) // at most 3 bytes where there were 7
				i += 6
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}
