package rank

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Occupation is a kind of work as people call it. Family is "" for a text the table does not know; such an occupation
// is only like itself.
type Occupation struct {
	Name   string
	Family string
}

// Kinship of two occupations.
const (
	strange = iota
	related // of one family
	same
)

func kinship(a, b Occupation) int {
	switch {
	case a.Name == "" || b.Name == "":
		return strange
	case a.Name == b.Name:
		return same
	case a.Family != "" && a.Family == b.Family:
		return related
	}
	return strange
}

// Families lists the families of occupations in the order of the table.
func Families() []string {
	list := make([]string, len(families))
	for i, f := range families {
		list[i] = f.name
	}
	return list
}

// FamilyEn is a family's name in English, and the name itself for an unknown one.
func FamilyEn(name string) string {
	for _, f := range families {
		if f.name == name {
			return f.en
		}
	}
	return name
}

// term is one way to call an occupation.
type term struct {
	text       string
	occupation Occupation
}

// terms are all names and synonyms, the longest first, so that 汽车维修工 wins over 维修工.
var terms = sync.OnceValues(func() (exact map[string]Occupation, ordered []term) {
	exact = map[string]Occupation{}
	for _, f := range families {
		for _, line := range f.occupations {
			words := strings.Fields(line)
			o := Occupation{Name: words[0], Family: f.name}
			for _, w := range words {
				exact[plain(w)] = o
				ordered = append(ordered, term{plain(w), o})
			}
		}
	}
	slices.SortStableFunc(ordered, func(a, b term) int { return len(b.text) - len(a.text) })
	return exact, ordered
})

// Code finds the occupation that a text names: the text itself, or the longest name or synonym within it.
func Code(text string) Occupation {
	key := plain(text)
	if key == "" {
		return Occupation{}
	}
	exact, ordered := terms()
	if o, ok := exact[key]; ok {
		return o
	}
	for _, t := range ordered {
		if strings.Contains(key, t.text) {
			return t.occupation
		}
	}
	return Occupation{Name: key}
}

// plain is a text as it is compared: without blanks and punctuation, half width, lower case.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= 0xfee0
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}
