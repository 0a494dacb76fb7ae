package search

import (
	"bytes"
	mathbits "math/bits"
)

// scorer weighs the vacancies of one segment.
type scorer struct {
	e        *eval
	today    int32
	terms    []weighed
	means    []weighedSet
	together []sought
	extra    int32 // the most that together brings
	outside  int32 // the most that it brings where no term stands in the title
}

// weighed is a term, by sets of the vacancies that have it in a field, or, for few vacancies, by its text.
type weighed struct {
	fields [4]bits // anywhere, title, occupation, employer; nil where the segment has it in no such field
	given  bool    // every one has it
	idf    int64
	text   *sought
	mask   int // fields in which the segment has it at all
}

type weighedSet struct {
	set bits
	idf int32
}

// few is how many vacancies are weighed by reading their texts; for more of them sets are made first.
const few = 1000

func newScorer(e *eval, p *plan, today int32, n int) *scorer {
	sc := &scorer{e: e, today: today}
	for _, t := range p.terms {
		w := weighed{idf: int64(t.idf), given: t.given}
		if n <= few {
			w.text = e.s.write(t.key)
		}
		for i, kind := range []uint64{inText, inTitle, inOccupation, inEmployer} {
			k := key(kind, t.key)
			if e.s.find(k) < 0 {
				continue
			}
			if w.mask |= 1 << i; w.text == nil && (i > 0 || !t.given) {
				w.fields[i] = e.has(k)
			}
		}
		if w.mask != 0 {
			sc.terms = append(sc.terms, w)
		}
	}
	for _, m := range p.means {
		sc.means = append(sc.means, weighedSet{e.filter(m.filter), m.idf})
	}
	for _, text := range p.together {
		if w, ok := e.s.seek(text); ok {
			sc.together = append(sc.together, w)
			sc.extra += inTitleBonus
			sc.outside += bonus
		}
	}
	if len(p.terms) == 0 || len(p.terms) >= manyTerms {
		sc.outside = sc.extra // not all of their terms are weighed
	}
	return sc
}

// write gives a term of Chinese characters as it stands in the text; nil for another.
func (s *segment) write(term uint64) *sought {
	if term&(1<<59) != 0 {
		return nil
	}
	text := []rune{rune(term >> 21), rune(term & (1<<21 - 1))}
	if text[1] == 0 {
		text = text[:1]
	}
	w, ok := s.seek(text)
	if !ok {
		return nil
	}
	return &w
}

// weight is a vacancy's score without what together and freshness bring.
func (sc *scorer) weight(doc uint32) int32 {
	sum, class := int64(0), sc.e.s.length[doc]&3
	word, bit := doc>>6, uint64(1)<<(doc&63)
	for i := range sc.terms {
		t := &sc.terms[i]
		mask := 1
		if t.text != nil {
			if mask = sc.fieldsOf(doc, t.text); mask == 0 {
				continue
			}
		} else {
			if !t.given && t.fields[0][word]&bit == 0 {
				continue
			}
			for f := 1; f < 4; f++ {
				if t.fields[f] != nil && t.fields[f][word]&bit != 0 {
					mask |= 1 << f
				}
			}
		}
		sum += t.idf * saturated[mask][class]
	}
	score := int32(sum >> 10)
	for i := range sc.means {
		if sc.means[i].set[word]&bit != 0 {
			score += sc.means[i].idf
		}
	}
	return score
}

// fieldsOf is in which fields of a vacancy a text stands.
func (sc *scorer) fieldsOf(doc uint32, w *sought) (mask int) {
	text, field := sc.e.s.textOf(doc), 1
	for {
		at := w.in(text)
		if at < 0 {
			return mask
		}
		mask |= 1
		for field < 4 { // go on to the field that holds it
			end := bytes.IndexByte(text, 0) // the border has rank 0
			if at < end {
				mask |= 1 << field
				break
			}
			text, at, field = text[end+1:], at-end-1, field+1
		}
		if field == 4 {
			return mask
		}
		text, field = text[bytes.IndexByte(text, 0)+1:], field+1
	}
}

// nearness is what the texts in one piece bring.
func (sc *scorer) nearness(doc uint32) (score int32) {
	if sc.extra == 0 {
		return 0
	}
	text := sc.e.s.textOf(doc)
	titleEnd := bytes.IndexByte(text, 0)
	for i := range sc.together {
		if at := sc.together[i].in(text); at >= 0 && at < titleEnd {
			score += inTitleBonus
		} else if at >= 0 {
			score += bonus
		}
	}
	return score
}

// layer is a share of the result whose scores are bounded, freshness apart.
type layer struct {
	set   bits
	bound int32 // of the whole score
	extra int32 // of what together brings
}

// layers divides a result: all terms in the title, some in it, some in occupation or employer or what is meant, the rest.
func (sc *scorer) layers(result bits, n int) []layer {
	var full, outside, inText, meant, least int64
	for i := range sc.terms {
		t := &sc.terms[i]
		all, others := t.idf*saturated[t.mask][0], t.idf*saturated[t.mask&^2][0]
		full += all
		outside += others
		inText += t.idf * saturated[1][0]
		if i == 0 || all-others < least {
			least = all - others
		}
	}
	for _, m := range sc.means {
		meant += int64(max(m.idf, 0))
	}
	bounded := func(set bits, sum, more int64, extra int32) layer {
		return layer{set, int32(sum>>10) + int32(more) + extra, extra}
	}
	if n <= few || len(sc.terms)+len(sc.means) == 0 {
		return []layer{bounded(result, full, meant, sc.extra)}
	}
	size := sc.e.s.n
	rest := sc.e.a.copyOf(result, size)
	take := func(set bits) bits {
		set.and(rest)
		rest.andNot(set)
		return set
	}
	every, some, other := sc.e.a.copyOf(rest, size), sc.e.a.get(size), sc.e.a.get(size)
	for i := range sc.terms {
		f := &sc.terms[i].fields
		if f[1] != nil {
			every.and(f[1])
			some.or(f[1])
		} else {
			clear(every)
		}
		for _, set := range f[2:] {
			if set != nil {
				other.or(set)
			}
		}
	}
	for _, m := range sc.means {
		other.or(m.set)
	}
	return []layer{
		bounded(take(every), full, meant, sc.extra),
		bounded(take(some), full-least, meant, sc.extra),
		bounded(take(other), outside, meant, sc.outside),
		bounded(rest, inText, 0, sc.outside),
	}
}

// choose puts the best of a result of n into a list. Within a layer the vacancies stand newest first, so that it ends as
// soon as the best that may still come is not wanted.
func (sc *scorer) choose(result bits, n int, t *top) {
	for _, l := range sc.layers(result, n) {
		sc.layer(l, t)
	}
}

func (sc *scorer) layer(l layer, t *top) {
	s := sc.e.s
	for i, w := range l.set {
		for ; w != 0; w &= w - 1 {
			doc := uint32(i<<6 + mathbits.TrailingZeros64(w))
			r := ranked{l.bound + fresh(s.posted[doc], sc.today), s.posted[doc], s.ids[doc]}
			if !t.wants(r) {
				return
			}
			base := sc.weight(doc) + r.score - l.bound
			if r.score = base + l.extra; !t.wants(r) {
				continue
			}
			if r.score = base; t.passed(r) {
				continue // it would only move up
			}
			r.score = base + sc.nearness(doc)
			t.put(r)
		}
	}
}
