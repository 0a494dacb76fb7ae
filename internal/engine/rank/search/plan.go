package search

import (
	"slices"
	"strings"
)

// plan is a question as it is carried out.
type plan struct {
	must, not []clause // the filter's parts, then words
	words     int      // from which of must words begin
	maybe     []clause // words that only move what fits better to the front
	terms     []term   // what is weighed
	means     []meaning
	together  [][]rune // texts whose presence in one piece is rewarded
	said      []Understood
	loose     bool // no word has a +: near misses may be shown
}

// clause is a part of a filter or a word: all of its pieces.
type clause struct {
	relax  Relax
	pieces []piece
}

// piece is any of its alternatives.
type piece []alternative

// alternative is vacancies that have all keys, and a word that begins so, and the text in one piece; or a filter's.
type alternative struct {
	keys   []uint64 // terms of the text
	begins string   // beginning of a word that is not Chinese
	whole  []rune
	filter *Filter
}

// term is a term to be weighed.
type term struct {
	key   uint64
	given bool // every result has it
	idf   int32
}

// meaning is what a word means, to be weighed.
type meaning struct {
	filter *Filter
	idf    int32
}

// Understood says what a word was taken for.
type Understood struct {
	Word string // as it was typed
	Kind Kind
	As   string // the place, the occupation, the sum, the other word
}

// planner makes a plan on one state of the index.
type planner struct {
	dict *Dictionary
	view *view
	plan *plan
	word string // the one that is read
}

func (ix *Index) plan(v *view, q *Query) *plan {
	p := &planner{dict: ix.dict, view: v, plan: &plan{}}
	for _, part := range q.Filter.split() {
		f := part.Filter
		p.plan.must = append(p.plan.must, clause{Relax{Filter: part.name}, []piece{{{filter: &f}}}})
	}
	p.plan.words = len(p.plan.must)
	words, _ := parse(q.Text)
	optional := slices.ContainsFunc(words, func(w word) bool { return w.mode == must })
	p.plan.loose = !optional
	var before []rune
	for _, w := range words {
		p.word = w.text
		c := clause{Relax{Word: w.text}, p.read(w)}
		switch {
		case w.mode == not:
			p.plan.not = append(p.plan.not, c)
			continue
		case w.mode == bare && optional:
			p.plan.maybe = append(p.plan.maybe, c)
		default:
			p.plan.must = append(p.plan.must, c)
		}
		text := normal(nil, w.text)
		if len(needed(text)) > 1 {
			p.together(text)
		}
		if before != nil {
			p.together(slices.Concat(before, text))
		}
		before = text
	}
	p.weigh()
	return p.plan
}

// together rewards a text in one piece, where any vacancy can have it.
func (p *planner) together(text []rune) {
	if p.known(text) {
		p.plan.together = append(p.plan.together, text)
	}
}

func (p *planner) say(kind Kind, as string) {
	u := Understood{p.word, kind, as}
	if !slices.Contains(p.plan.said, u) {
		p.plan.said = append(p.plan.said, u)
	}
}

// read makes a clause's pieces of a word.
func (p *planner) read(w word) []piece {
	text := normal(nil, w.text)
	switch w.form {
	case phrase:
		return []piece{{{keys: needed(text), whole: text}}}
	case prefix:
		return []piece{p.beginning(text)}
	}
	if f, said, ok := readPay(w.text); ok {
		p.say(Pay, said)
		return []piece{{{keys: needed(text)}, {filter: &f}}}
	}
	if p.dict.byText[string(text)] != nil {
		return []piece{p.entry(string(text))}
	}
	cuts := divide(p.dict, text)
	if !slices.ContainsFunc(cuts, func(c cutting) bool { return !c.known && !p.known(c.text) }) {
		return p.pieces(cuts)
	}
	if len(cuts) > 1 {
		if repaired, ok := p.repair(text); ok {
			return []piece{repaired}
		}
	}
	return p.pieces(cuts)
}

// divide cuts a text at the dictionary's words and at the edges of words that are not Chinese. What is left over of one
// character beside a known word, as 招 in 招焊工, is not asked for.
func divide(d *Dictionary, text []rune) (cuts []cutting) {
	known := false
	for _, c := range d.cut(text) {
		if c.known {
			cuts, known = append(cuts, c), true
			continue
		}
		for rest := c.text; len(rest) > 0; {
			n := slices.Index(rest, edge)
			switch {
			case n < 0:
				n = len(rest)
			case n == 0:
				n = slices.Index(rest[1:], edge) + 2
			}
			cuts = append(cuts, cutting{text: rest[:n]})
			rest = rest[n:]
		}
	}
	if !known {
		return cuts
	}
	return slices.DeleteFunc(cuts, func(c cutting) bool { return !c.known && (len(c.text) == 1 || len(needed(c.text)) == 0) })
}

func (p *planner) pieces(cuts []cutting) (pieces []piece) {
	for _, c := range cuts {
		switch terms := needed(c.text); {
		case c.known:
			pieces = append(pieces, p.entry(string(c.text)))
		case len(terms) == 0:
		case p.known(c.text):
			pieces = append(pieces, piece{{keys: terms}})
		default:
			repaired, ok := p.repair(c.text)
			if !ok {
				repaired = piece{{keys: terms}}
			}
			pieces = append(pieces, repaired)
		}
	}
	return pieces
}

// known reports whether each term of a text stands in some vacancy.
func (p *planner) known(text []rune) bool {
	for _, t := range needed(text) {
		if p.view.frequency(key(inText, t)) == 0 {
			return false
		}
	}
	return true
}

// entry is what a word of the dictionary stands for: its text and its meanings.
func (p *planner) entry(text string) piece {
	out := piece{{keys: needed([]rune(text))}}
	for _, n := range p.dict.byText[text] {
		e := &p.dict.entries[n]
		if e.Kind == Place || e.Kind == Occupation || e.Kind == Condition {
			out = append(out, alternative{filter: &e.Filter})
			p.say(e.Kind, e.Name)
		}
	}
	return out
}

// beginning is what a word with a star stands for.
func (p *planner) beginning(text []rune) piece {
	last := len(text) - 1
	if text[last] != edge {
		return piece{{keys: needed(text)}}
	}
	start := last - 1
	for text[start] != edge {
		start--
	}
	begins := string(text[start+1 : last])
	out := piece{{keys: needed(text[:start]), begins: begins}}
	if start == 0 && !p.view.begins(begins) {
		for _, n := range p.dict.completions(begins, manyMeant) {
			p.say(Pinyin, p.dict.entries[n].Text)
			out = append(out, p.entry(p.dict.plain[n])...)
		}
	}
	return out
}

// frequency is in how many vacancies a term stands, deleted ones included.
func (v *view) frequency(k uint64) (n int) {
	for _, p := range v.parts {
		n += p.seg.frequency(k)
	}
	return n
}

// begins reports whether some word begins so.
func (v *view) begins(with string) bool {
	for _, p := range v.parts {
		i, _ := slices.BinarySearch(p.seg.words, with)
		if i < len(p.seg.words) && strings.HasPrefix(p.seg.words[i], with) {
			return true
		}
	}
	return false
}
