package search

import (
	"strings"
	"unicode"
)

// mode is what a word asks for.
type mode uint8

const (
	bare mode = iota
	must
	not
)

// form is how a word is to be found.
type form uint8

const (
	plain form = iota
	phrase
	prefix
)

// word is one of a question.
type word struct {
	mode mode
	form form
	text string
}

// longestText is how many characters of a question are read; the answer says what was left out.
const longestText = 200

// parse reads a question. Whatever a person types is a question: a sign without a word and a quotation mark without its
// other half are nothing but text.
func parse(text string) (words []word, ignored string) {
	runes := []rune(strings.ToValidUTF8(text, ""))
	if len(runes) > longestText {
		runes, ignored = runes[:longestText], string(runes[longestText:])
	}
	for i := 0; i < len(runes); {
		if separates(runes, i) {
			i++
			continue
		}
		w := word{}
		switch r := runes[i]; {
		case isPlus(r):
			w.mode = must
		case isMinus(r):
			w.mode = not
		}
		if w.mode != bare {
			i++
		}
		if i < len(runes) && isQuote(runes[i]) {
			if end := closing(runes, i+1); end > 0 {
				w.form, w.text = phrase, string(runes[i+1:end])
				words = keep(words, w)
				i = end + 1
				continue
			}
			i++
		}
		start := i
		for i < len(runes) && !separates(runes, i) && !isQuote(runes[i]) {
			i++
		}
		w.text = string(runes[start:i])
		if cut := strings.TrimRight(w.text, "*＊"); cut != w.text {
			w.text, w.form = cut, prefix
		}
		words = keep(words, w)
	}
	return words, ignored
}

// keep appends a word that has any letter, digit or Chinese character.
func keep(words []word, w word) []word {
	if len(normal(nil, w.text)) == 0 {
		return words
	}
	return append(words, w)
}

func closing(runes []rune, from int) int {
	for i := from; i < len(runes); i++ {
		if isQuote(runes[i]) {
			return i
		}
	}
	return 0
}

// separates reports whether words end at i; a comma between digits does not.
func separates(runes []rune, i int) bool {
	switch r := runes[i]; r {
	case '，', '、', '；', ';', '。', '|', '｜':
		return true
	case ',':
		return i == 0 || i+1 == len(runes) || !unicode.IsDigit(runes[i-1]) || !unicode.IsDigit(runes[i+1])
	default:
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}
}

func isPlus(r rune) bool { return r == '+' || r == '＋' }

func isMinus(r rune) bool { return r == '-' || r == '－' || r == '−' || r == '–' || r == '—' }

func isQuote(r rune) bool { return strings.ContainsRune(`"“”„＂「」『』`, r) }
