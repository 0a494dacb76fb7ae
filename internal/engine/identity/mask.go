package identity

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// MaskID hides the middle of an ID number or any other document number: 1529**********1234.
// Shorter numbers show less, never more than half.
func MaskID(s string) string {
	n := count(s)
	keep := min(4, n/4)
	return mask(s, n, keep, keep)
}

// MaskPhone hides the middle of a phone number: 138****5678.
func MaskPhone(s string) string {
	n := count(s)
	if n == 11 {
		return mask(s, n, 3, 4)
	}
	return mask(s, n, n/4, n/4)
}

// MaskName leaves the family name and hides the rest behind two stars whatever its length: 苏＊＊, 欧阳＊＊.
// Mongolian and other names without a family name leave their first character.
func MaskName(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	_, size := utf8.DecodeRuneInString(s)
	if next := size + runeLen(s[size:]); len(s) > next && compound[s[:next]] {
		size = next
	}
	return s[:size] + "＊＊"
}

var longDigits = regexp.MustCompile(`[0-9]+[Xx]?`)

// Veil hides the ID numbers and mobile phones in a text that somebody wrote freely, a reason or a file's name, and leaves
// other numbers, dates and codes as they are. A number of 18 places is hidden whether or not its check character is right.
func Veil(s string) string {
	return longDigits.ReplaceAllStringFunc(s, func(n string) string {
		switch {
		case len(n) == 18:
			return MaskID(n)
		case len(n) == 15 && validID(n):
			return MaskID(n)
		case len(n) == 11 && validPhone(n):
			return MaskPhone(n)
		}
		return n
	})
}

func validID(s string) bool {
	_, err := ParseIDNumber(s)
	return err == nil
}

func validPhone(s string) bool {
	_, err := ParsePhone(s)
	return err == nil
}

func runeLen(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// mask writes a star for each of the n characters of s except the first head and the last tail.
func mask(s string, n, head, tail int) string {
	var b strings.Builder
	b.Grow(len(s))
	place := 0
	for _, r := range s {
		if place < head || place >= n-tail {
			b.WriteRune(r)
		} else {
			b.WriteByte('*')
		}
		place++
	}
	return b.String()
}

// compound holds the family names of two characters still in use.
var compound = func() map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsSeq(`欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 夏侯 尉迟 皇甫 公孙 慕容 令狐 长孙 宇文 司空 闻人 轩辕
		淳于 单于 太叔 申屠 端木 呼延 西门 东郭 拓跋 百里 澹台 公冶 宗政 濮阳 赫连 鲜于 公羊 钟离 闾丘 万俟 仲孙 东野 南门 第五 完颜 纳兰 耶律`) {
		names[name] = true
	}
	return names
}()
