package plandoc

import (
	"strings"
	"unicode"
)

// shadow is a text made even for reading (no spaces, half-width marks, scanning errors in numbers mended) with the way back:
// at[i] is where byte i of s stands in raw, at[len(s)] is len(raw).
type shadow struct {
	raw, s string
	at     []int
	mended bool // a letter was read as a digit
}

// even gives the plain form of a rune; 0 drops it.
func even(r rune) rune {
	switch {
	case r == '　' || r == '\u00a0' || r == '\u200b' || r == '\ufeff' || unicode.IsSpace(r):
		return 0
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	}
	switch r {
	case '〔', '［', '﹝':
		return '['
	case '〕', '］', '﹞':
		return ']'
	case '“', '”', '„', '‟', '＂', '「', '」', '『', '』':
		return '"'
	case '—', '–', '―', '−', '－', '─', '~', '〜', '～', '‐', '‑':
		return '-'
	case ';':
		return '；'
	case ':', '﹕', '∶':
		return '：'
	case '!':
		return '！'
	case '?':
		return '？'
	case '●', '■', '◆', '▲', '★', '◇', '►':
		return '；'
	case '‘', '’': // a name within a quotation
		return 0
	case '﹪':
		return '%'
	case '≧', '⩾', '﹥':
		return '≥'
	case '≦', '⩽', '﹤':
		return '≤'
	case '〇', '○':
		return '0'
	case '，', ',':
		return '，'
	case '．':
		return '.'
	}
	return r
}

// cast makes the shadow of a text.
func cast(raw string) *shadow {
	type pair struct {
		r  rune
		at int
	}
	var rs []pair
	for i, r := range raw {
		if r = even(r); r != 0 {
			rs = append(rs, pair{r, i})
		}
	}
	sh := &shadow{raw: raw}
	get := func(i int) rune {
		if i < 0 || i >= len(rs) {
			return 0
		}
		return rs[i].r
	}
	var b strings.Builder
	b.Grow(len(raw))
	sh.at = make([]int, 0, len(raw)+1)
	for i, p := range rs {
		r := p.r
		switch before, after := get(i-1), get(i+1); {
		case r == '，' && digit(before) && thousands(rs[i+1:], func(p pair) rune { return p.r }):
			continue
		case (r == 'O' || r == 'o') && (digit(before) || before == '.') && (!letter(after) || misread(after)):
			r, sh.mended = '0', true
		case (r == 'l' || r == 'I' || r == '|') && !letter(before) && (!letter(after) || misread(after)) && (digit(before) || digit(after)):
			r, sh.mended = '1', true
		case r == '干' && digit(before) && (after == '人' || after == '名' || after == '户'):
			r, sh.mended = '千', true
		case r == '。' && digit(before) && digit(after):
			r, sh.mended = '.', true
		}
		rs[i].r = r
		for range len(string(r)) {
			sh.at = append(sh.at, p.at)
		}
		b.WriteRune(r)
	}
	sh.at = append(sh.at, len(raw))
	sh.s = b.String()
	return sh
}

// thousands reports whether exactly three digits follow: 12，500.
func thousands[P any](rest []P, r func(P) rune) bool {
	return len(rest) >= 3 && digit(r(rest[0])) && digit(r(rest[1])) && digit(r(rest[2])) && (len(rest) == 3 || !digit(r(rest[3])))
}

// misread reports whether a letter is one that scanning makes of a figure.
func misread(r rune) bool { return r == 'O' || r == 'o' || r == 'l' || r == 'I' }

func digit(r rune) bool  { return r >= '0' && r <= '9' }
func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// quote is the raw text behind s[a:b].
func (sh *shadow) quote(a, b int) string {
	q := strings.TrimSpace(sh.raw[sh.at[a]:sh.at[b]])
	for _, and := range []string{"以及", "和", "与", "及", "、"} { // left of a list
		q = strings.TrimSuffix(q, and)
	}
	return q
}

// plain is the shadow's text alone.
func plain(s string) string { return cast(s).s }
