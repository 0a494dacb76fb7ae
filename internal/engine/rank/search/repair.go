package search

import (
	"slices"
	"strings"
)

// manyMeant is how many words an unknown one is taken for at most.
const manyMeant = 6

// repair finds what an unknown word was meant to be: by pinyin, by initials, by sound, or by letters and characters.
func (p *planner) repair(text []rune) (piece, bool) {
	if slices.Index(text[1:], edge) == len(text)-2 && text[0] == edge {
		return p.repairWord(string(text[1 : len(text)-1]))
	}
	var found []int32
	spellings := spell(text)
	if len(spellings) > 0 {
		found = p.dict.usual[spellings[0].full]
	}
	for _, how := range []func(spelling) []int32{
		func(s spelling) []int32 { return p.dict.spoken[s.full] },
		func(s spelling) []int32 { return p.dict.alike[s.alike] },
	} {
		for i := 0; i < len(spellings) && len(found) == 0; i++ {
			found = how(spellings[i])
		}
	}
	if len(found) == 0 {
		found = p.dict.close(text)
	}
	if len(found) == 0 {
		return nil, false
	}
	n := p.commonest(found)[0]
	p.say(Spelling, p.dict.entries[n].Text)
	return p.entry(p.dict.plain[n]), true
}

// repairWord reads letters as pinyin, and repairs what is neither pinyin nor a word.
func (p *planner) repairWord(w string) (piece, bool) {
	found, kind := p.dict.usual[w], Pinyin
	if len(found) == 0 {
		found = p.dict.spoken[w]
	}
	if len(found) == 0 && len(w) >= 2 {
		found = p.dict.initials[w]
	}
	if len(found) == 0 && len(w) >= 4 {
		found = p.dict.completions(w, manyMeant)
	}
	if len(found) == 0 && len(w) >= 3 {
		if near, ok := p.view.nearest(w); ok {
			p.say(Spelling, near)
			return piece{{keys: []uint64{wordTerm([]rune(near))}}}, true
		}
		found, kind = p.dict.closePinyin(w), Spelling
	}
	if len(found) == 0 {
		return nil, false
	}
	found = p.commonest(found)
	var out piece
	for _, n := range found[:min(manyMeant, len(found))] {
		p.say(kind, p.dict.entries[n].Text)
		out = append(out, p.entry(p.dict.plain[n])...)
	}
	return out, true
}

// commonest puts first what most vacancies have.
func (p *planner) commonest(entries []int32) []int32 {
	entries = slices.Clone(entries)
	counts := map[int32]int{}
	for _, n := range entries {
		counts[n] = p.view.weight(&p.dict.entries[n], p.dict.plain[n])
	}
	slices.SortStableFunc(entries, func(a, b int32) int { return counts[b] - counts[a] })
	texts := map[string]bool{}
	return slices.DeleteFunc(entries, func(n int32) bool {
		seen := texts[p.dict.plain[n]]
		texts[p.dict.plain[n]] = true
		return seen
	})
}

// weight is about how many vacancies an entry means.
func (v *view) weight(e *Entry, text string) (n int) {
	for _, a := range e.Filter.Areas {
		n += v.frequency(key(ofArea, digits(a)))
	}
	for _, o := range e.Filter.Occupations {
		n += v.frequency(key(ofOccupation, occupationTerm(o)))
	}
	if n > 0 {
		return n
	}
	for i, t := range needed([]rune(text)) {
		if f := v.frequency(key(inText, t)); i == 0 || f < n {
			n = f
		}
	}
	return n
}

// close are the entries that differ from a text by a character, by two from six characters on.
func (d *Dictionary) close(text []rune) (list []int32) {
	if len(text) < 3 {
		return nil
	}
	most := 1 + len(text)/6
	for n, other := range d.runes {
		if len(other) < 3 || len(other) > len(text)+most || len(text) > len(other)+most {
			continue
		}
		if most == 1 && text[0] != other[0] && text[len(text)-1] != other[len(other)-1] {
			continue // one slip leaves the beginning or the end
		}
		switch d := distance(text, other, most); {
		case d < most:
			most, list = d, []int32{int32(n)}
		case d == most:
			list = append(list, int32(n))
		}
	}
	return list
}

// closePinyin are the entries whose pinyin differs by a letter.
func (d *Dictionary) closePinyin(w string) (list []int32) {
	if len(w) < 5 {
		return nil
	}
	for _, c := range d.typed {
		if len(c.typed)-len(w) <= 1 && len(w)-len(c.typed) <= 1 && c.typed[0] == w[0] && distance([]rune(w), []rune(c.typed), 1) <= 1 {
			if !slices.Contains(list, c.entry) {
				list = append(list, c.entry)
			}
		}
	}
	return list
}

// nearest is the commonest word of the vacancies that differs from one by a letter.
func (v *view) nearest(w string) (best string, ok bool) {
	if strings.ContainsAny(w, "0123456789") {
		return "", false
	}
	count, runes := 0, []rune(w)
	for _, p := range v.parts {
		for _, other := range p.seg.words {
			if len(other)-len(w) > 1 || len(w)-len(other) > 1 || distance(runes, []rune(other), 1) > 1 {
				continue
			}
			if n := v.frequency(key(inText, wordTerm([]rune(other)))); n > count || n == count && other < best {
				best, count, ok = other, n, true
			}
		}
	}
	return best, ok
}

// distance is how many insertions, deletions, replacements and swaps of neighbours lie between two texts; more than most
// is most+1.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	var rows [3][longestText + 2]int
	if len(b) > longestText {
		return most + 1
	}
	before, last, row := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], most+1)
}
