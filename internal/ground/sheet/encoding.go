package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is how the characters of a text file are written as bytes.
type Encoding string

// The encodings that are read. UTF8 and GB18030 (which includes GBK and GB 2312) are also written.
const (
	UTF8    Encoding = "UTF-8"
	GB18030 Encoding = "GB18030"
	UTF16LE Encoding = "UTF-16LE"
	UTF16BE Encoding = "UTF-16BE"
)

const sampleSize = 64 << 10

var marks = []struct {
	bytes    string
	encoding Encoding
}{{"\xef\xbb\xbf", UTF8}, {"\xff\xfe", UTF16LE}, {"\xfe\xff", UTF16BE}, {"\x84\x31\x95\x33", GB18030}}

// encodingOf finds the encoding and the length of the byte order mark. Without a mark, the text around the first character beyond
// ASCII decides, however late in the file it comes.
func encodingOf(r io.ReaderAt, size int64) (Encoding, int64, error) {
	block := make([]byte, min(size, sampleSize))
	for at := int64(0); at < size; at += int64(len(block)) {
		n, err := r.ReadAt(block, at)
		if err != nil && err != io.EOF {
			return "", 0, damaged(0, err)
		}
		text := block[:n]
		if at == 0 {
			for _, m := range marks {
				if bytes.HasPrefix(text, []byte(m.bytes)) {
					return m.encoding, int64(len(m.bytes)), nil
				}
			}
			if bytes.IndexByte(text, 0) >= 0 {
				return "", 0, refuse(0, "这不是表格文件，里面不是文字。请提供 .xlsx 或 .csv 文件")
			}
		}
		if i := beyondASCII(text); i >= 0 {
			n, err := r.ReadAt(block, at+int64(i))
			if err != nil && err != io.EOF {
				return "", 0, damaged(0, err)
			}
			found := weigh(block[:n])
			if found == "" {
				return "", 0, refuse(0, "认不出文件的文字编码。请用 Excel 或 WPS 打开原件，另存为“CSV UTF-8”后再上传")
			}
			return found, 0, nil
		}
	}
	return UTF8, 0, nil
}

func beyondASCII(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return -1
}

// weigh decides between UTF-8 and GB18030 by counting the characters that each finds good and bad. A damaged file still
// counts as what most of it is; its damaged rows are reported when they are read.
func weigh(sample []byte) Encoding {
	good, bad := 0, 0
	for b := sample; len(b) > 0; {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1 && len(b) >= utf8.UTFMax:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	if bad == 0 || bad*10 <= good {
		return UTF8
	}
	gbGood, gbBad := 0, 0
	for b := sample; len(b) > 0; {
		n := gbLen(b)
		switch {
		case n == 0 && len(b) >= 4:
			gbBad++
		case n > 1:
			gbGood++
		}
		b = b[max(n, 1):]
	}
	switch {
	case gbBad*10 <= gbGood:
		return GB18030
	case good > bad:
		return UTF8
	}
	return ""
}

// gbLen is the length of the GB18030 character at the start of b by its form, 0 when there is none.
func gbLen(b []byte) int {
	in := func(i int, from, to byte) bool { return i < len(b) && b[i] >= from && b[i] <= to }
	switch {
	case b[0] < 0x80:
		return 1
	case !in(0, 0x81, 0xfe):
		return 0
	case in(1, 0x40, 0x7e), in(1, 0x80, 0xfe):
		return 2
	case in(1, 0x30, 0x39) && in(2, 0x81, 0xfe) && in(3, 0x30, 0x39):
		return 4
	}
	return 0
}

// decoded gives the text of r as UTF-8. What cannot be decoded comes out as U+FFFD.
func decoded(r io.Reader, e Encoding) io.Reader {
	var codec encoding.Encoding
	switch e {
	case GB18030:
		codec = simplifiedchinese.GB18030
	case UTF16LE:
		codec = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case UTF16BE:
		codec = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		return r
	}
	return transform.NewReader(r, codec.NewDecoder())
}
