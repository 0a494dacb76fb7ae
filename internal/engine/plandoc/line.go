package plandoc

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a block as the layout reads it.
type line struct {
	Block
	at int // number of the block, from 1
}

var (
	pageRE = regexp.MustCompile(`^(?:[-—–－·~]+\s*\d{1,4}\s*[-—–－·~]+|第\s*\d{1,4}\s*页(?:.{0,3}共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|(?i:page)\s*\d+)$`)
	bareRE = regexp.MustCompile(`^\d{1,3}$`)
	// A page number left inside a line by a reader of PDF: 推动 - 12 - 形成.
	insideRE = regexp.MustCompile(`(\p{Han}|[，、])\s*[-—–]\s\d{1,3}\s[-—–]\s*(\p{Han})`)
	noiseRE  = regexp.MustCompile(`^(?:[>＞]\s*\p{Han}|您?(?:的)?当前(?:的)?位置|首页$|信息来源|来源[:：]|发布时间|发布日期|浏览次数|点击数|访问量|字体[:：]|【?打印|关闭$|分享到|扫一扫|责任编辑|上一篇|下一篇|相关链接|版权所有|.{0,4}ICP备)`)
)

// longLine is more bytes than a paragraph has.
const longLine = 24 << 10

// lines drops what is no text of the plan: blank lines, dashed page numbers, a page's navigation.
func lines(blocks []Block) []line {
	var out []line
	for i, b := range blocks {
		if b.Kind == Line {
			b.Text = strings.TrimFunc(b.Text, func(r rune) bool { return unicode.IsSpace(r) || r == '　' || r == '\ufeff' || r == '\u200b' })
			if b.Text == "" || pageRE.MatchString(b.Text) || noiseRE.MatchString(b.Text) {
				continue
			}
			b.Text = insideRE.ReplaceAllString(b.Text, "$1$2")
			for _, item := range runOn(b.Text) {
				for _, b.Text = range cutLong(item) {
					out = append(out, line{b, i + 1})
				}
			}
			continue
		}
		out = append(out, line{b, i + 1})
	}
	return out
}

// cutLong parts what is longer than any paragraph, at a full stop where there is one.
func cutLong(s string) (out []string) {
	for len(s) > longLine {
		cut := longLine
		if k := strings.LastIndex(s[:cut], "。"); k > 0 {
			cut = k + len("。")
		}
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		out, s = append(out, s[:cut]), s[cut:]
	}
	return append(out, s)
}

// key is what tells a line or a table apart from others, empty for what is too short to.
func (l line) key() string {
	switch {
	case l.Kind == Table:
		return fmt.Sprint(l.Rows)
	case utf8.RuneCountInString(l.Text) < 12:
		return ""
	}
	return l.Text
}

// once drops a second printing of the whole text: a tail whose lines nearly all stood before. It gives the place of the cut,
// or 0.
func once(in []line) ([]line, int) {
	seen := make(map[string]bool, len(in))
	size, again := make([]int, len(in)+1), make([]int, len(in)+1) // bytes from i on, and those already seen
	dup := make([]int, len(in))
	total := 0
	for i, l := range in {
		key := l.key()
		if key == "" {
			continue
		}
		total += len(key)
		if seen[key] {
			dup[i] = len(key)
		}
		seen[key] = true
	}
	many := make([]int, len(in)+1) // lines from i on that stood before
	for i := len(in) - 1; i >= 0; i-- {
		size[i], again[i], many[i] = size[i+1]+len(in[i].key()), again[i+1]+dup[i], many[i+1]
		if dup[i] > 0 {
			many[i]++
		}
	}
	for i := range in {
		if dup[i] > 0 && many[i] > 3 && size[i]*5 >= total && again[i]*100 >= size[i]*95 {
			cut := i
			for cut > 0 && utf8.RuneCountInString(in[cut-1].Text) < 12 && in[cut-1].Kind == Line && !strings.HasSuffix(in[cut-1].Text, "。") {
				cut--
			}
			return in[:cut], in[i].at
		}
	}
	return in, 0
}

// width counts a line's columns: a Chinese character is two.
func width(s string) int {
	n := 0
	for _, r := range s {
		if r < 0x2000 {
			n++
		} else {
			n += 2
		}
	}
	return n
}

// wrapWidth is the column at which the document breaks its lines (the 90th of 100 of its longer lines), and whether it breaks
// them inside sentences at all.
func wrapWidth(in []line) (w int, wrapped bool) {
	var hist [401]int
	long, open := 0, 0
	for _, l := range in {
		n := width(l.Text)
		if l.Kind != Line || n < 30 {
			continue
		}
		hist[min(n, 400)]++
		long++
		if !closed(l.Text) {
			open++
		}
	}
	left := long / 10
	for w = 400; w > 0; w-- {
		if left -= hist[w]; left < 0 {
			break
		}
	}
	return w, long > 0 && open*100 >= long*35 && w < 200
}

// closed reports whether a line ends where a sentence ends.
func closed(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	switch r {
	case '”', '’', '"', '）', ')', '］', '】':
		if d, _ := dutyOf(s); len(d.units) > 0 {
			return true
		}
		p, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”’\"）)］】"))
		return strings.ContainsRune("。！？；：", p)
	}
	return strings.ContainsRune("。！？；：;:!?", r)
}

// glue joins two halves of a broken line, with a space between figure and character where the lines write one.
func glue(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	mixed := digit(last) && unicode.Is(unicode.Han, first) || digit(first) && unicode.Is(unicode.Han, last)
	if mixed && spaced(a+b) || letter(last) && letter(first) {
		return a + " " + b
	}
	return a + b
}

// spaced reports whether a text writes a space between figures and characters.
func spaced(s string) bool {
	with, without := 0, 0
	var before, last rune
	for _, r := range s {
		switch {
		case last == ' ' && (digit(r) && unicode.Is(unicode.Han, before) || digit(before) && unicode.Is(unicode.Han, r)):
			with++
		case digit(r) && unicode.Is(unicode.Han, last) || digit(last) && unicode.Is(unicode.Han, r):
			without++
		}
		if r != ' ' || last != ' ' {
			before, last = last, r
		}
		if last != ' ' {
			before = last
		}
	}
	return with >= without
}
