package plandoc

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var clauseEnd = regexp.MustCompile(`[，,；;]`)

// nameOf is the title of an item that begins with a sentence instead of one: its first clause, but for one that only says when.
// A title of its own has at most one comma and no figures.
func nameOf(title string) string {
	cs := clauseEnd.Split(title, -1)
	if len(cs) < 2 || len(cs) == 2 && utf8.RuneCountInString(title) <= 30 && !strings.ContainsAny(title, "0123456789") {
		return title
	}
	for _, c := range cs {
		if wordsCount(c) >= 4 && !bareTime.MatchString(plain(c)) {
			return c
		}
	}
	return title
}

func trimTitle(s string) string {
	s = strings.Join(strings.Fields(s), "")
	return strings.Trim(s, "：:。 ")
}
