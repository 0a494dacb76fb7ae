package search

import (
	"bytes"
	"math"
	"slices"
	"sort"
)

// A segment holds vacancies, newest first, and never changes.
type segment struct {
	n int

	keys  []uint64 // terms, ascending
	at    []uint32 // where a term's vacancies stand: in lists, or, with the upper bit, in maps
	df    []uint32 // how many they are
	lists []byte   // differences of numbers, seven bits a byte
	maps  []uint64

	ids         []int64
	byID        []uint32 // numbers in the order of ids
	posted      []int32
	payLow      []int64
	payHigh     []int64
	lat, lon    []float32 // NaN: not known
	length      []uint8   // class of the title's length
	rows        []facetRow
	areas       []string // what facetRow.area numbers, ascending
	occupations []string

	alphabet []rune // characters of the text, the most frequent first
	ranks    map[rune]rune
	common   [256]uint32 // how often each byte stands in the text
	text     []byte      // all fields in normal form, each character by its rank in UTF-8
	textAt   []uint32
	phrases  phrases
	words    []string // words that are not Chinese, ascending
}

// dense is the share of vacancies, one in so many, from which a term has a bitmap.
const dense = 32

const isMap = 1 << 31

// find gives a term's place, or -1.
func (s *segment) find(k uint64) int {
	i, ok := slices.BinarySearch(s.keys, k)
	if !ok {
		return -1
	}
	return i
}

// frequency is in how many vacancies a term stands, deleted ones included.
func (s *segment) frequency(k uint64) int {
	if i := s.find(k); i >= 0 {
		return int(s.df[i])
	}
	return 0
}

// mapOf is the bitmap of term i, when it has one.
func (s *segment) mapOf(i int) (bits, bool) {
	if s.at[i]&isMap == 0 {
		return nil, false
	}
	from := int(s.at[i]&^isMap) * wordsFor(s.n)
	return s.maps[from : from+wordsFor(s.n)], true
}

// add puts the vacancies of a term into a set.
func (s *segment) add(to bits, k uint64) {
	i := s.find(k)
	if i < 0 {
		return
	}
	if m, ok := s.mapOf(i); ok {
		to.or(m)
		return
	}
	doc, p := uint32(0), s.lists[s.at[i]:]
	for range s.df[i] {
		gap, size := uint32(p[0]), 1
		if gap >= 0x80 {
			gap, size = long(p)
		}
		p = p[size:]
		doc += gap
		to.set(doc)
	}
}

// keep leaves in a set what also has a term; spare is an empty set for the work. The answer is one of the two.
func (s *segment) keep(set, spare bits, k uint64) bits {
	i := s.find(k)
	if i < 0 {
		return spare
	}
	if m, ok := s.mapOf(i); ok {
		set.and(m)
		return set
	}
	doc, p := uint32(0), s.lists[s.at[i]:]
	for range s.df[i] {
		gap, size := uint32(p[0]), 1
		if gap >= 0x80 {
			gap, size = long(p)
		}
		p = p[size:]
		doc += gap
		spare[doc>>6] |= set[doc>>6] & (1 << (doc & 63))
	}
	return spare
}

// long reads a difference of several bytes.
func long(p []byte) (gap uint32, size int) {
	for shift := 0; ; shift += 7 {
		b := p[size]
		size++
		gap |= uint32(b&0x7f) << shift
		if b < 0x80 {
			return gap, size
		}
	}
}

// each yields the vacancies of term i in ascending order.
func (s *segment) each(i int, yield func(uint32)) {
	if m, ok := s.mapOf(i); ok {
		for doc := range m.all {
			yield(doc)
		}
		return
	}
	doc, p := uint32(0), s.lists[s.at[i]:]
	for range s.df[i] {
		gap, size := long(p)
		p = p[size:]
		doc += gap
		yield(doc)
	}
}

// locate finds the number of an id.
func (s *segment) locate(id int64) (uint32, bool) {
	i := sort.Search(s.n, func(i int) bool { return s.ids[s.byID[i]] >= id })
	if i < s.n && s.ids[s.byID[i]] == id {
		return s.byID[i], true
	}
	return 0, false
}

// since is how many vacancies, from the first, are posted on the day or later.
func (s *segment) since(day int32) int {
	return sort.Search(s.n, func(i int) bool { return s.posted[i] < day })
}

// textOf is a vacancy's text as it is stored.
func (s *segment) textOf(doc uint32) []byte { return s.text[s.textAt[doc]:s.textAt[doc+1]] }

// sought is a text as the segment stores it, with its rarest byte, by which it is looked for.
type sought struct {
	text []byte
	rare int // where in it
}

// seek prepares a text in normal form; ok is false when it has a character that no vacancy has.
func (s *segment) seek(text []rune) (w sought, ok bool) {
	w.text, ok = s.encode(text)
	for i, b := range w.text {
		if s.common[b] < s.common[w.text[w.rare]] {
			w.rare = i
		}
	}
	return w, ok && len(w.text) > 0
}

// in is where a text has what is sought, or -1.
func (w *sought) in(text []byte) int {
	for from := 0; ; {
		if from+len(w.text) > len(text) {
			return -1
		}
		at := bytes.IndexByte(text[from+w.rare:], w.text[w.rare])
		if at < 0 {
			return -1
		}
		if from += at; from+len(w.text) <= len(text) && string(text[from:from+len(w.text)]) == string(w.text) {
			return from
		}
		from++
	}
}

// encode writes a text in normal form as the segment stores it; ok is false when it has a character that no vacancy has.
func (s *segment) encode(text []rune) (out []byte, ok bool) {
	for _, r := range text {
		rank, known := s.ranks[r]
		if !known {
			return nil, false
		}
		out = append(out, string(rank)...)
	}
	return out, true
}

// number makes ranks, byID and what else follows from the rest.
func (s *segment) number() {
	s.ranks = make(map[rune]rune, len(s.alphabet))
	for rank, r := range s.alphabet {
		s.ranks[r] = rankRune(rank)
	}
	for _, b := range s.text {
		s.common[b]++
	}
	s.byID = make([]uint32, s.n)
	for i := range s.byID {
		s.byID[i] = uint32(i)
	}
	slices.SortFunc(s.byID, func(a, b uint32) int {
		switch {
		case s.ids[a] < s.ids[b]:
			return -1
		case s.ids[a] > s.ids[b]:
			return 1
		}
		return 0
	})
}

// rankRune is the character that stands for a rank; it leaves out the surrogates, which UTF-8 does not have.
func rankRune(rank int) rune {
	if rank >= 0xd800 {
		rank += 0x800
	}
	return rune(rank)
}

func rankOf(r rune) int {
	if r >= 0xe000 {
		r -= 0x800
	}
	return int(r)
}

// bytes is the memory that the segment takes, without what Go adds to it.
func (s *segment) bytes() int {
	n := len(s.keys)*8 + (len(s.at)+len(s.df)+len(s.byID)+len(s.posted)+len(s.lat)+len(s.lon)+len(s.textAt)+len(s.alphabet))*4 +
		len(s.lists) + len(s.maps)*8 + (len(s.ids)+len(s.payLow)+len(s.payHigh))*8 + len(s.length) + len(s.text) + len(s.rows)*facetRowSize
	for _, list := range [][]string{s.areas, s.occupations, s.words} {
		for _, w := range list {
			n += len(w) + 16
		}
	}
	return n
}

var unknownPlace = float32(math.NaN())
