package search

import (
	"unicode"
	"unicode/utf8"
)

// Signs in the normal form of a text.
const (
	edge   = '\x01' // stands on both sides of a word that is not Chinese
	border = '\x02' // stands between two fields
)

// normal writes a text as it is compared: half width, lower case, without blanks, each run of punctuation a single
// blank, edges round words of letters and digits. It appends to out.
func normal(out []rune, text string) []rune {
	start, inWord := len(out), false
	leave := func() {
		if inWord {
			out, inWord = append(out, edge), false
		}
	}
	for _, r := range text {
		r = fold(r)
		switch {
		case isHan(r):
			leave()
			out = append(out, r)
		case isWord(r) || inWord && (r == '+' || r == '#'):
			if !inWord {
				out, inWord = append(out, edge), true
			}
			out = append(out, r)
		case unicode.IsSpace(r):
			leave()
		default:
			leave()
			if len(out) > start && out[len(out)-1] != ' ' {
				out = append(out, ' ')
			}
		}
	}
	leave()
	if n := len(out); n > start && out[n-1] == ' ' {
		out = out[:n-1]
	}
	return out
}

// fold makes half width and lower case of a character.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r >= '！' && r <= '～':
		return fold(r - 0xfee0)
	case isHan(r):
		return r
	}
	return unicode.ToLower(r)
}

func isHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r >= 0x20000 && r <= 0x323af || r == '〇'
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// tokens yields the terms of a text in normal form: words, Chinese characters and pairs of them.
func tokens(text []rune, yield func(term uint64)) {
	for i := 0; i < len(text); i++ {
		switch r := text[i]; {
		case isHan(r):
			yield(uint64(r) << 21)
			if i+1 < len(text) && isHan(text[i+1]) {
				yield(uint64(r)<<21 | uint64(text[i+1]))
			}
		case r == edge:
			end := i + 1
			for end < len(text) && text[end] != edge {
				end++
			}
			yield(wordTerm(text[i+1 : end]))
			i = end
		}
	}
}

// needed are the terms that a text of one or more of its own has to have: pairs, and single characters only where they
// stand alone.
func needed(text []rune) (terms []uint64) {
	for i := 0; i < len(text); i++ {
		switch r := text[i]; {
		case isHan(r):
			next := i+1 < len(text) && isHan(text[i+1])
			if next {
				terms = append(terms, uint64(r)<<21|uint64(text[i+1]))
			} else if i == 0 || !isHan(text[i-1]) {
				terms = append(terms, uint64(r)<<21)
			}
		case r == edge:
			end := i + 1
			for end < len(text) && text[end] != edge {
				end++
			}
			terms = append(terms, wordTerm(text[i+1:end]))
			i = end
		}
	}
	return terms
}

// wordTerm is the term of a word: a hash of its characters (FNV-1a, 59 bits) beside a bit of its own.
func wordTerm(word []rune) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range word {
		h = (h ^ uint64(r)) * 1099511628211
	}
	return 1<<59 | (h^h>>32)&(1<<59-1)
}
