package advert

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// folded is a text as rules read it: half-width, lower case, without the tricks that hide words. at tells for each of its
// bytes, and for its end, where that byte came from in the original.
type folded struct {
	text string
	at   []int32
}

// unit is one character of the folded text and where it came from.
type unit struct {
	r        rune
	from, to int32
}

// spelt are words written in letters beside Han characters to hide them.
var spelt = map[string]string{"nan": "男", "nv": "女", "nü": "女", "shua": "刷", "yajin": "押金"}

// others are characters written for others.
var others = map[rune]rune{'—': '-', '–': '-', '−': '-', '～': '-', '~': '-', '【': '(', '】': ')', '[': '(', ']': ')', '〔': '(', '〕': ')', '「': '(', '」': ')',
	'\t': ' ', '　': ' ', '\u00a0': ' ', '\r': '\n', '！': '!', '？': '?', '。': '。', '侽': '男', '钕': '女', '薇': '微'}

func fold(s string) folded {
	list := make([]unit, 0, len(s)/2+4)
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			size = 1
		}
		u := unit{r, int32(i), int32(i + size)}
		switch {
		case r >= '！' && r <= '～':
			u.r = unicode.ToLower(r - 0xFEE0)
		case r >= '①' && r <= '⑨':
			u.r = r - '①' + '1'
		case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff' || r == '\u2060':
			continue
		case r >= 'A' && r <= 'Z':
			u.r = r + 32
		}
		if o, ok := others[u.r]; ok {
			u.r = o
		}
		list = append(list, u)
	}
	list = spell(list)
	list = close1(list)
	list = numbers(list)
	var b strings.Builder
	b.Grow(len(s))
	at := make([]int32, 0, len(s)+1)
	for _, u := range list {
		n := b.Len()
		b.WriteRune(u.r)
		for range b.Len() - n {
			at = append(at, u.from)
		}
	}
	end := int32(len(s))
	if len(list) > 0 {
		end = list[len(list)-1].to
	}
	return folded{b.String(), append(at, end)}
}

// original is the place in the original of a range of the folded text.
func (f *folded) original(from, to int) (int, int) {
	end := int(f.at[to])
	if to == len(f.text) {
		end = int(f.at[len(f.at)-1])
	}
	return int(f.at[from]), end
}

func han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// spell puts characters in the place of their spelling when it touches Han characters: 限nv性.
func spell(list []unit) []unit {
	out := list[:0]
	for i := 0; i < len(list); {
		j := i
		for j < len(list) && (list[j].r >= 'a' && list[j].r <= 'z' || list[j].r == 'ü') {
			j++
		}
		if j == i {
			out = append(out, list[i])
			i++
			continue
		}
		word := make([]rune, 0, 8)
		for _, u := range list[i:j] {
			word = append(word, u.r)
		}
		near := i > 0 && (han(list[i-1].r) || list[i-1].r == ' ') || j < len(list) && (han(list[j].r) || list[j].r >= '0' && list[j].r <= '9')
		if c, ok := spelt[string(word)]; ok && near {
			from, to := list[i].from, list[j-1].to
			for _, r := range c {
				out = append(out, unit{r, from, to})
			}
		} else {
			out = append(out, list[i:j]...)
		}
		i = j
	}
	return out
}

// hides are characters put between two Han characters to hide a word.
func hides(r rune) bool { return r == ' ' || r == '*' || r == '_' || r == '^' || r == '·' || r == '.' }

// close1 takes out what stands between single Han characters: 男 性, 限*女.
func close1(list []unit) []unit {
	alone := func(i int) bool { // a Han character without Han neighbours
		return han(list[i].r) && (i == 0 || !han(list[i-1].r)) && (i+1 == len(list) || !han(list[i+1].r))
	}
	var drop []bool
	for i := 1; i+1 < len(list); i++ {
		if !hides(list[i].r) || !han(list[i-1].r) || !han(list[i+1].r) {
			continue
		}
		if alone(i-1) && alone(i+1) || list[i].r == '*' || list[i].r == '^' || list[i].r == '_' {
			if drop == nil {
				drop = make([]bool, len(list))
			}
			drop[i] = true
		}
	}
	if drop == nil {
		return list
	}
	out := list[:0:0]
	for i, u := range list {
		if !drop[i] {
			out = append(out, u)
		}
	}
	return out
}

const numerals = "一二三四五六七八九十"

// numbers writes 三十五岁 as 35岁, 十个月 as 10个月 and 九八五 as 985.
func numbers(list []unit) []unit {
	is := func(i int) bool { return i < len(list) && strings.ContainsRune(numerals, list[i].r) }
	out := list[:0:0]
	changed := false
	for i := 0; i < len(list); {
		j := i
		for is(j) {
			j++
		}
		if j == i {
			out = append(out, list[i])
			i++
			continue
		}
		word := ""
		for _, u := range list[i:j] {
			word += string(u.r)
		}
		digits := ""
		switch {
		case word == "九八五":
			digits = "985"
		case word == "二一一":
			digits = "211"
		case j-i <= 3 && j < len(list) && (list[j].r == '岁' || list[j].r == '周' || list[j].r == '个' || list[j].r == '至' || list[j].r == '到'):
			if n := numeral(word); n > 0 {
				digits = strconv.Itoa(n)
			}
		}
		if digits == "" {
			out = append(out, list[i:j]...)
		} else {
			changed = true
			for _, r := range digits {
				out = append(out, unit{r, list[i].from, list[j-1].to})
			}
		}
		i = j
	}
	if !changed {
		return list
	}
	return out
}
