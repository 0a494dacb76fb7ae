package rule

import "strings"

// Vocabulary is the words of the language that a manual must name: keys of a document and of an amount, functions and
// aggregates, the Chinese one and the first English one of each.
func Vocabulary() (words []string) {
	for _, k := range documentKeys() {
		words = append(words, strings.Split(k.zh, "|")[0])
		words = append(words, strings.Split(k.en, "|")...)
	}
	for _, f := range functions {
		words = append(words, f.words[len(f.words)-1])
	}
	for _, f := range folds {
		words = append(words, f.words[0], f.words[len(f.words)-1])
	}
	for _, o := range operators {
		for _, w := range o.words {
			if !strings.ContainsAny(w, "<>=≥≤≠_") {
				words = append(words, w)
			}
		}
	}
	return words
}
