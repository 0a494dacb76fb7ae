package search

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Suggestion is a way to go on typing.
type Suggestion struct {
	Text string
	Kind Kind // "" for a vacancy's title
	Name string
	N    int // about how many vacancies it means; 0 for a title
}

// manyCompletions is how many entries are counted before the commonest are shown.
const manyCompletions = 200

// Suggest completes what is being typed: the dictionary's words by their beginning, pinyin or initials, the commonest
// first, then titles of vacancies, newest first.
func (ix *Index) Suggest(typed string, limit int) []Suggestion {
	v := ix.view.Load()
	text := strings.ReplaceAll(string(normal(nil, typed)), string(edge), "")
	if text == "" || limit <= 0 {
		return nil
	}
	var out []Suggestion
	seen := map[string]bool{}
	for _, n := range ix.dict.completions(text, manyCompletions) {
		e := &ix.dict.entries[n]
		if s := (Suggestion{e.Text, e.Kind, e.Name, v.weight(e, ix.dict.plain[n])}); s.N > 0 && !seen[e.Text] {
			seen[e.Text] = true
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(len(a.Text), len(b.Text)), cmp.Compare(a.Text, b.Text))
	})
	if len(out) > limit {
		out = out[:limit]
	}
	for _, title := range ix.titles(v, typed, text, limit) {
		if len(out) < limit && !seen[title] {
			seen[title] = true
			out = append(out, Suggestion{Text: title, Name: title})
		}
	}
	return out
}

// titles are titles that have what was typed, in the index's own writing.
func (ix *Index) titles(v *view, typed, text string, limit int) (list []string) {
	a, err := ix.Search(Query{Text: `"` + strings.ReplaceAll(typed, `"`, "") + `"`, Limit: limit * 5})
	if err != nil {
		return nil
	}
	for _, h := range a.Hits {
		if title := v.title(h.ID); strings.Contains(title, text) && !slices.Contains(list, title) {
			list = append(list, title)
		}
	}
	return list
}

// title is a vacancy's title in normal form, without edges.
func (v *view) title(id int64) string {
	for _, p := range v.parts {
		if doc, ok := p.seg.locate(id); ok && p.alive(doc) {
			return strings.ReplaceAll(string(p.seg.title(doc)), string(edge), "")
		}
	}
	return ""
}

// title is a vacancy's title in normal form.
func (s *segment) title(doc uint32) (out []rune) {
	text := s.textOf(doc)
	for _, r := range string(text[:bytes.IndexByte(text, 0)]) {
		out = append(out, s.alphabet[rankOf(r)])
	}
	return out
}
