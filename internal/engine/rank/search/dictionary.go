package search

import (
	"slices"
	"strings"
)

// Kind is what a word was understood as.
type Kind string

// Kinds of understanding. An entry of the dictionary is a Place, an Occupation, a Condition or a mere Term; Pay is read
// from numbers; Pinyin and Spelling say that a word was taken for another.
const (
	Place      Kind = "place"
	Occupation Kind = "occupation"
	Condition  Kind = "condition"
	Term       Kind = "term"
	Pay        Kind = "pay"
	Pinyin     Kind = "pinyin"
	Spelling   Kind = "spelling"
)

// Entry is a word of the trade: what it is called in a question, its full name, and which vacancies it means. Several
// entries may have one text; the word then means all of them.
type Entry struct {
	Text   string
	Name   string // "" for Text
	Kind   Kind
	Filter Filter
}

// Dictionary holds the words of the trade. It never changes.
type Dictionary struct {
	entries  []Entry
	plain    []string // texts in normal form
	runes    [][]rune // the same
	byText   map[string][]int32
	longest  int                // characters
	usual    map[string][]int32 // by pinyin without blanks, as each character is mostly read
	spoken   map[string][]int32 // by pinyin with other readings
	alike    map[string][]int32 // by pinyin with confused sounds made one
	initials map[string][]int32
	typed    []completion // texts, pinyin and initials in order
}

// completion is a way to type an entry.
type completion struct {
	typed string
	entry int32
}

// NewDictionary makes a dictionary. Entries without text are passed over.
func NewDictionary(entries []Entry) *Dictionary {
	d := &Dictionary{byText: map[string][]int32{}, usual: map[string][]int32{}, spoken: map[string][]int32{}, alike: map[string][]int32{}, initials: map[string][]int32{}}
	for _, e := range entries {
		text := string(normal(nil, e.Text))
		if text == "" {
			continue
		}
		if e.Name == "" {
			e.Name = e.Text
		}
		n := int32(len(d.entries))
		d.entries, d.plain, d.runes = append(d.entries, e), append(d.plain, text), append(d.runes, []rune(text))
		d.byText[text] = append(d.byText[text], n)
		d.longest = max(d.longest, len(d.runes[n]))
		d.typed = append(d.typed, completion{strings.ReplaceAll(text, string(edge), ""), n})
		for i, s := range spell([]rune(text)) {
			if i == 0 {
				put(d.usual, s.full, n)
			}
			put(d.spoken, s.full, n)
			put(d.alike, s.alike, n)
			put(d.initials, s.initials, n)
			d.typed = append(d.typed, completion{s.full, n}, completion{s.initials, n})
		}
	}
	slices.SortFunc(d.typed, func(a, b completion) int {
		if c := strings.Compare(a.typed, b.typed); c != 0 {
			return c
		}
		return int(a.entry - b.entry)
	})
	d.typed = slices.Compact(d.typed)
	return d
}

func put(m map[string][]int32, k string, n int32) {
	if list := m[k]; k != "" && !slices.Contains(list, n) {
		m[k] = append(list, n)
	}
}

// completions are the entries whose text, pinyin or initials begin so.
func (d *Dictionary) completions(typed string, limit int) (list []int32) {
	i, _ := slices.BinarySearchFunc(d.typed, typed, func(c completion, t string) int { return strings.Compare(c.typed, t) })
	for ; i < len(d.typed) && strings.HasPrefix(d.typed[i].typed, typed) && len(list) < limit; i++ {
		if !slices.Contains(list, d.typed[i].entry) {
			list = append(list, d.typed[i].entry)
		}
	}
	return list
}

// cut divides a text in normal form at the dictionary's words, always taking the longest.
func (d *Dictionary) cut(text []rune) (pieces []cutting) {
	rest := 0
	for i := 0; i < len(text); {
		n := d.match(text[i:])
		if n == 0 {
			i++
			continue
		}
		if rest < i {
			pieces = append(pieces, cutting{text: text[rest:i]})
		}
		pieces = append(pieces, cutting{text[i : i+n], true})
		i += n
		rest = i
	}
	if rest < len(text) {
		pieces = append(pieces, cutting{text: text[rest:]})
	}
	return pieces
}

// cutting is a piece of a text; known when it is the dictionary's.
type cutting struct {
	text  []rune
	known bool
}

// match is the length of the longest entry of two characters or more that a text begins with.
func (d *Dictionary) match(text []rune) int {
	for n := min(d.longest, len(text)); n >= 2; n-- {
		if d.byText[string(text[:n])] != nil {
			return n
		}
	}
	return 0
}
