package linkage

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// texts are free texts of one or more words: Latin names, streets, employers.
type texts struct {
	cleaner func(string) (string, Mark)
	values  *dict
	cores   []uint64 // hash without blanks, or an employer's name without place and legal form
	bags    []uint64 // hash of the words in sorted order
}

func newTexts(values *dict, clean func(string) (string, Mark)) *texts {
	return &texts{cleaner: clean, values: values, cores: []uint64{0}, bags: []uint64{0}}
}

func (t *texts) clean(raw string) (string, Mark) { return t.cleaner(raw) }

func (t *texts) add(s string, _ Mark) {
	t.cores = append(t.cores, hash64(core(s)))
	words := strings.Fields(s)
	slices.Sort(words)
	t.bags = append(t.bags, hash64(strings.Join(words, " ")))
}

func (t *texts) forget(n int) { t.cores, t.bags = t.cores[:n], t.bags[:n] }

// of is a value's first characters, as many as are compared.
func (t *texts) of(v uint32, room *[64]rune) []rune {
	n, text := 0, t.values.text(v)
	for n < len(room) && len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		room[n], text = r, text[size:]
		n++
	}
	return room[:n]
}

func (t *texts) words(v uint32) []string { return strings.Fields(string(t.values.text(v))) }

const (
	textSame = iota
	textCore
	textWords
	textEdit1
	textEdit2
	textJW95
	textJW90
	textJW85
	textPart
	textJW80
	textJW70
	textDifferent
)

var textDegrees = []Degree{
	textSame:      {"same", "一致", "same"},
	textCore:      {"core", "主体一致", "same but for blanks, place or legal form"},
	textWords:     {"words", "词序不同", "same words in another order"},
	textEdit1:     {"edit1", "一字之差", "one slip apart"},
	textEdit2:     {"edit2", "两字之差", "two slips apart"},
	textJW95:      {"jw95", "极相近", "similarity from .95"},
	textJW90:      {"jw90", "很相近", "similarity from .90"},
	textJW85:      {"jw85", "相近", "similarity from .85"},
	textPart:      {"part", "一方包含另一方", "one is part of the other"},
	textJW80:      {"jw80", "略相近", "similarity from .80"},
	textJW70:      {"jw70", "稍相近", "similarity from .70"},
	textDifferent: {"different", "不同", "different"},
}

func (t *texts) degrees() []Degree { return textDegrees }

func (t *texts) same(uint32) uint8 { return textSame }

func (t *texts) compare(v, w uint32) uint8 {
	if t.cores[v] == t.cores[w] {
		return textCore
	}
	if t.bags[v] == t.bags[w] {
		return textWords
	}
	var roomA, roomB [64]rune
	a, b := t.of(v, &roomA), t.of(w, &roomB)
	if len(a) > 2 && len(b) > 2 && oneEdit(a, b) {
		return textEdit1
	}
	jw := jaroWinkler(a, b)
	if jw > .8 && min(len(a), len(b)) > 4 && edits(a, b, 2) <= 2 {
		return textEdit2
	}
	switch {
	case jw >= .95:
		return textJW95
	case jw >= .90:
		return textJW90
	case jw >= .85:
		return textJW85
	case part(a, b):
		return textPart
	case jw >= .80:
		return textJW80
	case jw >= .70:
		return textJW70
	}
	return textDifferent
}

// part reports whether the shorter text, of at least two characters, begins or ends the longer one.
func part(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 2 && (equal(a, b[:len(a)]) || equal(a, b[len(b)-len(a):]))
}

func (t *texts) feature(name string) func(uint32) uint64 {
	switch name {
	case "core":
		return func(v uint32) uint64 { return t.cores[v] }
	case "words":
		return func(v uint32) uint64 { return t.bags[v] }
	case "word1":
		return func(v uint32) uint64 { return hash64(t.words(v)[0]) }
	case "wordlast":
		return func(v uint32) uint64 { w := t.words(v); return hash64(w[len(w)-1]) }
	case "soundex":
		return func(v uint32) uint64 { return soundex([]rune(string(t.values.text(v)))) }
	case "digits":
		return func(v uint32) uint64 {
			if s := onlyDigits(string(t.values.text(v))); s != "" {
				return hash64(s)
			}
			return 0
		}
	}
	return nil
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// soundex is the usual code of a word's sound (US National Archives), packed; text of other scripts gives its first two characters.
func soundex(s []rune) uint64 {
	const groups = "01230120022455012623010202" // a … z
	if s[0] < 'a' || s[0] > 'z' {
		return hash64(string(s[:min(2, len(s))]))
	}
	code, last, n := uint64(s[0]), groups[s[0]-'a'], 1
	for _, r := range s[1:] {
		if r < 'a' || r > 'z' || n == 4 {
			continue
		}
		g := groups[r-'a']
		if g != '0' && g != last {
			code = code<<8 | uint64(g)
			n++
		}
		if r != 'h' && r != 'w' {
			last = g
		}
	}
	return mix(code, uint64(n))
}
