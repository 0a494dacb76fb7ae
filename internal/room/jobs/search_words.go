package jobs

import (
	"strings"
	"sync"

	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/engine/rank/search"
	"jiuye/internal/register/area"
)

// searchWords is the dictionary of the search: places of the region down to townships, occupations with their everyday names, and
// words for conditions.
var searchWords = sync.OnceValue(func() *search.Dictionary {
	entries := search.Conditions()
	for _, c := range occupation.BuiltIn() {
		for _, called := range append([]string{c.Name}, c.Aliases...) {
			entries = append(entries, search.Entry{Text: called, Name: c.Name, Kind: search.Occupation, Filter: search.Filter{Occupations: []string{c.Code}}})
		}
	}
	var below func(code string, levels int)
	below = func(code string, levels int) {
		for _, a := range area.Children(code) {
			for _, text := range search.PlaceNames(a.Name) {
				entries = append(entries, search.Entry{Text: text, Name: area.FullName(a.Code), Kind: search.Place, Filter: search.Filter{Areas: []string{a.Code}}})
			}
			if levels > 1 {
				below(a.Code, levels-1)
			}
		}
	}
	below("15", 3)
	return search.NewDictionary(entries)
})

// occupations are the names of occupations by code, and codes by name, of the classification that is built in.
type occupations struct {
	names map[string]string
	codes map[string]string
}

var occupationNames = sync.OnceValue(func() occupations {
	o := occupations{map[string]string{}, map[string]string{}}
	for _, c := range occupation.BuiltIn() {
		o.names[search.OccupationCode(c.Code)] = c.Name
		for _, called := range append([]string{c.Name}, c.Aliases...) {
			if o.codes[called] == "" {
				o.codes[called] = c.Code
			}
		}
	}
	return o
})

// codeOf is the code of an occupation by its exact name or everyday name, "" when there is none such.
func (o occupations) codeOf(name string) string { return o.codes[strings.TrimSpace(name)] }

// occupationName is what a code stands for, "" for one that is not built in.
func occupationName(code string) string { return occupationNames().names[search.OccupationCode(code)] }
