package planrun

import (
	"encoding/hex"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// face is a font of a PDF: what its codes say and how wide they are.
type face struct {
	bytes    int               // of a code; 0 where it depends on the code (GBK)
	texts    map[string]string // from the font's own table of characters
	decode   func(code string) string
	widths   map[int]float64 // in thousandths of the font's size
	fallback float64         // width of the other codes; 0 where nothing is known
	scale    float64         // of the widths: Type 3 fonts have their own measure
}

// faceOf reads a font's dictionary.
func faceOf(v pdf.Value) *face {
	f := &face{bytes: 1, widths: map[int]float64{}, scale: .001}
	if m := v.Key("ToUnicode"); m.Kind() == pdf.Stream {
		f.texts = characters(m)
	}
	enc := v.Key("Encoding").Name()
	if v.Key("Subtype").Name() == "Type0" {
		f.bytes, f.fallback = 2, 1000
		f.wide(v.Key("DescendantFonts").Index(0))
	} else {
		first := int(v.Key("FirstChar").Int64())
		ws := v.Key("Widths")
		for i := 0; i < ws.Len() && i < 1<<16; i++ {
			f.widths[first+i] = ws.Index(i).Float64()
		}
		if m := v.Key("FontMatrix"); v.Key("Subtype").Name() == "Type3" && m.Len() == 6 {
			f.scale = m.Index(0).Float64()
		}
	}
	library := pdf.Font{V: v}
	switch {
	case strings.HasPrefix(enc, "GBK"), strings.HasPrefix(enc, "GB-EUC"):
		f.bytes = 0
		f.decode = func(s string) string {
			out, _ := simplifiedchinese.GB18030.NewDecoder().String(s)
			return out
		}
	case strings.HasPrefix(enc, "UniGB"):
		f.decode = utf16Text
	default:
		if e := library.Encoder(); e != nil {
			f.decode = e.Decode
		}
	}
	return f
}

// wide reads the widths of a font of characters: c [w1 w2 …] or first last w.
func (f *face) wide(v pdf.Value) {
	if d := v.Key("DW"); !d.IsNull() {
		f.fallback = d.Float64()
	}
	ws := v.Key("W")
	for i := 0; i+1 < ws.Len() && len(f.widths) < 1<<16; {
		first := int(ws.Index(i).Int64())
		if list := ws.Index(i + 1); list.Kind() == pdf.Array {
			for k := 0; k < list.Len(); k++ {
				f.widths[first+k] = list.Index(k).Float64()
			}
			i += 2
			continue
		}
		last := min(int(ws.Index(i+1).Int64()), first+1<<16)
		for c := first; c <= last; c++ {
			f.widths[c] = ws.Index(i + 2).Float64()
		}
		i += 3
	}
}

// next takes the first code of a string: its text and its width as a share of the font's size.
func (f *face) next(s string) (text string, width float64, rest string) {
	n := f.bytes
	if n == 0 {
		if n = 1; s[0] >= 0x81 {
			n = 2
		}
	}
	n = min(n, len(s))
	code, number := s[:n], 0
	for i := range n {
		number = number<<8 | int(code[i])
	}
	text, known := f.texts[code]
	if !known && f.decode != nil {
		text = f.decode(code)
	}
	if f.texts != nil && !known && n == 1 && strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		text = ""
	}
	w, ok := f.widths[number]
	switch {
	case ok && f.bytes > 0:
		width = w * f.scale
	case f.bytes == 2:
		width = f.fallback * f.scale
	default:
		width = em(text)
	}
	return text, width, s[n:]
}

// em reckons a text's width: a Chinese character is one em, others half.
func em(s string) (w float64) {
	for _, r := range s {
		if r < 0x2000 {
			w += .5
		} else {
			w++
		}
	}
	return w
}

var (
	mapBlock = regexp.MustCompile(`(?s)begin(bfchar|bfrange)(.*?)endbf`)
	mapToken = regexp.MustCompile(`<[0-9A-Fa-f\s]*>|\[|\]`)
)

// characters reads a font's table of characters (CMap): codes and what they say.
func characters(v pdf.Value) map[string]string {
	rd := v.Reader()
	defer rd.Close()
	raw, err := io.ReadAll(io.LimitReader(rd, 4<<20))
	out := map[string]string{}
	if err != nil {
		return out
	}
	for _, block := range mapBlock.FindAllSubmatch(raw, -1) {
		var ts []string
		for _, t := range mapToken.FindAll(block[2], -1) {
			ts = append(ts, string(t))
		}
		if string(block[1]) == "bfchar" {
			for i := 0; i+1 < len(ts); i += 2 {
				out[hexText(ts[i])] = utf16Text(hexText(ts[i+1]))
			}
			continue
		}
		for i := 0; i+2 < len(ts); {
			lo, hi := hexText(ts[i]), hexText(ts[i+1])
			i += 2
			if ts[i] == "[" {
				for i++; i < len(ts) && ts[i] != "]"; i++ {
					out[lo] = utf16Text(hexText(ts[i]))
					lo = following(lo)
				}
				i++
				continue
			}
			for to, n := hexText(ts[i]), 0; len(lo) == len(hi) && lo <= hi && n < 1<<16; n++ {
				out[lo] = utf16Text(to)
				if lo, to = following(lo), following(to); lo == "" {
					break
				}
			}
			i++
		}
	}
	return out
}

// following is the next code, empty behind the last.
func following(s string) string {
	b := []byte(s)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i]++; b[i] != 0 {
			return string(b)
		}
	}
	return ""
}

func hexText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '<' || r == '>' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	if len(s)%2 == 1 {
		s += "0"
	}
	b, _ := hex.DecodeString(s)
	return string(b)
}

func utf16Text(s string) string {
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}
