package search

import (
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// spelling is one way to read a text.
type spelling struct{ full, alike, initials string }

// manyReadings is how many readings a text is given at most when its characters have several.
const manyReadings = 8

// spell reads a text in normal form; words of letters stand as they are. A text without Chinese has no spelling.
func spell(text []rune) []spelling {
	list, chinese := []spelling{{}}, false
	for _, r := range text {
		if r == edge || r == ' ' {
			continue
		}
		readings := []string{string(r)}
		if isHan(r) {
			chinese = true
			if readings = syllables(r); len(readings) == 0 {
				return nil
			}
		}
		var next []spelling
		for _, reading := range readings {
			for _, s := range list {
				if len(next) < manyReadings {
					next = append(next, spelling{s.full + reading, s.alike + confused(reading), s.initials + reading[:1]})
				}
			}
		}
		list = next
	}
	if !chinese {
		return nil
	}
	return list
}

// syllables are a character's first two readings without tones.
func syllables(r rune) (list []string) {
	for reading := range strings.SplitSeq(pinyin.PinyinDict[int(r)], ",") {
		if s := toneless.Replace(reading); s != "" && (len(list) == 0 || list[0] != s) {
			if list = append(list, s); len(list) == 2 {
				break
			}
		}
	}
	return list
}

// toneless takes the tone marks off; ü is written v.
var toneless = func() *strings.Replacer {
	var pairs []string
	for _, row := range []string{"aāáǎà", "eēéěèêếề", "iīíǐì", "oōóǒò", "uūúǔù", "vüǖǘǚǜ", "nńňǹ", "mḿ"} {
		for _, r := range row[1:] {
			pairs = append(pairs, string(r), row[:1])
		}
	}
	return strings.NewReplacer(pairs...)
}()

// confused makes one of the sounds that speakers and keyboards confuse: zh z, ch c, sh s, n l, front and back nasals.
func confused(s string) string {
	for _, p := range [][2]string{{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"l", "n"}} {
		if rest, found := strings.CutPrefix(s, p[0]); found {
			s = p[1] + rest
			break
		}
	}
	if strings.HasSuffix(s, "ang") || strings.HasSuffix(s, "eng") || strings.HasSuffix(s, "ing") {
		s = s[:len(s)-1]
	}
	return s
}
