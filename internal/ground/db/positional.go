package db

import (
	"strconv"
	"strings"
)

// few is the number of parameters up to which their names cost nothing worth saving.
const few = 16

// positional turns $1, $2, … into ? for SQLite, which looks every named parameter up among all others: a statement with
// a thousand of them spends its time there. A query that does not use each number once and in order stays as it is.
func positional(kind Kind, query string, args int) string {
	if kind != SQLite || args <= few {
		return query
	}
	var b strings.Builder
	b.Grow(len(query))
	next, quoted, from := 1, false, 0
	for i := 0; i < len(query); i++ {
		switch query[i] {
		case '\'':
			quoted = !quoted
		case '$':
			if quoted {
				continue
			}
			end := i + 1
			for end < len(query) && query[end] >= '0' && query[end] <= '9' {
				end++
			}
			if n, err := strconv.Atoi(query[i+1 : end]); err != nil || n != next {
				return query
			}
			next++
			b.WriteString(query[from:i])
			b.WriteByte('?')
			from, i = end, end-1
		}
	}
	b.WriteString(query[from:])
	return b.String()
}

func (t *Tx) positional(query string, args int) string { return positional(t.kind, query, args) }
