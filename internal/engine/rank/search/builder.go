package search

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// builder collects terms of vacancies that come in the order of their numbers.
type builder struct {
	seg   *segment
	index map[uint64]int32
	terms []posting
	words map[string]struct{}
}

// posting is a term's vacancies as they are collected.
type posting struct {
	key  uint64
	last int32 // the last number, -1 for none
	n    uint32
	data []byte
}

func newBuilder(n int) *builder {
	return &builder{
		seg:   &segment{n: n},
		index: make(map[uint64]int32, 1<<12),
		words: map[string]struct{}{},
	}
}

// add says that a vacancy has a term. A vacancy's repetitions count once.
func (b *builder) add(k uint64, doc int) {
	i, ok := b.index[k]
	if !ok {
		i = int32(len(b.terms))
		b.index[k] = i
		b.terms = append(b.terms, posting{key: k, last: -1})
	}
	b.terms[i].add(doc)
}

func (p *posting) add(doc int) {
	if p.last == int32(doc) {
		return
	}
	gap := doc - int(max(p.last, 0))
	p.data = binary.AppendUvarint(p.data, uint64(gap))
	p.last = int32(doc)
	p.n++
}

// seal writes the terms into the segment.
func (b *builder) seal() {
	s := b.seg
	slices.SortFunc(b.terms, func(x, y posting) int { return cmp.Compare(x.key, y.key) })
	s.keys, s.at, s.df = make([]uint64, 0, len(b.terms)), make([]uint32, 0, len(b.terms)), make([]uint32, 0, len(b.terms))
	size := 0
	for i := range b.terms {
		if p := &b.terms[i]; int(p.n)*dense < s.n {
			size += len(p.data)
		}
	}
	s.lists = make([]byte, 0, size)
	for i := range b.terms {
		s.append(&b.terms[i])
		b.terms[i].data = nil
	}
	for w := range b.words {
		s.words = append(s.words, w)
	}
	slices.Sort(s.words)
}

// append puts a term behind those the segment has.
func (s *segment) append(p *posting) {
	s.keys, s.df = append(s.keys, p.key), append(s.df, p.n)
	if int(p.n)*dense < s.n {
		s.at = append(s.at, uint32(len(s.lists)))
		s.lists = append(s.lists, p.data...)
		return
	}
	words := wordsFor(s.n)
	s.at = append(s.at, uint32(len(s.maps)/words)|isMap)
	from := len(s.maps)
	s.maps = append(s.maps, make([]uint64, words)...)
	m, doc, data := bits(s.maps[from:]), uint32(0), p.data
	for range p.n {
		gap, size := long(data)
		data = data[size:]
		doc += gap
		m.set(doc)
	}
}

// build makes a segment of vacancies, whose ids differ.
func build(list []Vacancy) *segment {
	order := make([]*Vacancy, len(list))
	for i := range list {
		order[i] = &list[i]
	}
	slices.SortFunc(order, func(a, b *Vacancy) int {
		return cmp.Or(cmp.Compare(b.Posted, a.Posted), cmp.Compare(b.ID, a.ID))
	})
	b := newBuilder(len(list))
	s := b.seg
	s.columns(order)
	texts := make([][]rune, len(order))
	var fields [4][]rune
	for doc, v := range order {
		for i, text := range []string{v.Title, v.OccupationName, v.Employer, v.Body} {
			fields[i] = normal(fields[i][:0], text)
		}
		b.vacancy(doc, v, &fields)
		s.length[doc] = lengthClass(len(fields[0]))
		texts[doc] = slices.Concat(fields[0], []rune{border}, fields[1], []rune{border}, fields[2], []rune{border}, fields[3])
	}
	b.seal()
	s.store(texts)
	s.number()
	return s
}

// vacancy collects a vacancy's terms.
func (b *builder) vacancy(doc int, v *Vacancy, fields *[4][]rune) {
	for i, kind := range []uint64{inTitle, inOccupation, inEmployer, inText} {
		tokens(fields[i], func(term uint64) {
			b.add(key(inText, term), doc)
			if kind != inText {
				b.add(key(kind, term), doc)
			}
		})
		b.collect(fields[i])
	}
	for _, n := range areaLengths {
		if n <= len(v.Area) {
			b.add(key(ofArea, digits(v.Area[:n])), doc)
		}
	}
	occupationLevels(v.Occupation, func(code string) { b.add(key(ofOccupation, occupationTerm(code)), doc) })
	if v.Industry != "" {
		b.add(key(ofIndustry, industryTerm(v.Industry[:1])), doc)
		b.add(key(ofIndustry, industryTerm(v.Industry)), doc)
	}
	b.add(key(ofEducation, uint64(v.Education)), doc)
	b.add(key(ofHours, uint64(v.Hours)), doc)
	b.add(key(ofContract, uint64(v.Contract)), doc)
	for i := range flagCount {
		if v.Flags&(1<<i) != 0 {
			b.add(key(ofFlag, uint64(i)), doc)
		}
	}
	low, high := v.pay()
	for i, edge := range payEdges {
		if high >= edge {
			b.add(key(ofPayHigh, uint64(i)), doc)
		}
		if low >= edge {
			b.add(key(ofPayLow, uint64(i)), doc)
		}
	}
	if v.Place != (Point{}) {
		b.add(key(ofCell, cellTerm(cell(v.Place.Lat), cell(v.Place.Lon))), doc)
	}
}

func cell(degrees float64) int { return int(math.Floor(degrees / cellSize)) }

// collect keeps the words that are not Chinese.
func (b *builder) collect(text []rune) {
	for i := 0; i < len(text); i++ {
		if text[i] != edge {
			continue
		}
		end := i + 1
		for text[end] != edge {
			end++
		}
		w := string(text[i+1 : end])
		if _, ok := b.words[w]; !ok {
			b.words[w] = struct{}{}
		}
		i = end
	}
}

// pay is low and high with the missing one filled in.
func (v *Vacancy) pay() (low, high int64) {
	return v.PayLow, max(v.PayLow, v.PayHigh)
}

// columns fills what stands by number.
func (s *segment) columns(order []*Vacancy) {
	n := len(order)
	s.ids, s.posted = make([]int64, n), make([]int32, n)
	s.payLow, s.payHigh = make([]int64, n), make([]int64, n)
	s.lat, s.lon = make([]float32, n), make([]float32, n)
	s.length, s.rows = make([]uint8, n), make([]facetRow, n)
	areas, occupations := newNumbering(), newNumbering()
	for _, v := range order {
		areas.add(facetArea(v.Area))
		occupations.add(OccupationCode(v.Occupation))
	}
	s.areas, s.occupations = areas.sort(), occupations.sort()
	for i, v := range order {
		s.ids[i], s.posted[i] = v.ID, v.Posted
		s.payLow[i], s.payHigh[i] = v.pay()
		s.lat[i], s.lon[i] = unknownPlace, unknownPlace
		if v.Place != (Point{}) {
			s.lat[i], s.lon[i] = float32(v.Place.Lat), float32(v.Place.Lon)
		}
		s.rows[i] = v.row(areas.of[facetArea(v.Area)], occupations.of[OccupationCode(v.Occupation)])
	}
}

// numbering gives texts numbers in their order.
type numbering struct{ of map[string]uint16 }

func newNumbering() *numbering { return &numbering{map[string]uint16{}} }

func (n *numbering) add(s string) { n.of[s] = 0 }

func (n *numbering) sort() []string {
	list := make([]string, 0, len(n.of))
	for s := range n.of {
		list = append(list, strings.Clone(s))
	}
	slices.Sort(list)
	for i, s := range list {
		n.of[s] = uint16(i)
	}
	return list
}

// store writes the texts with an alphabet of their own.
func (s *segment) store(texts [][]rune) {
	counts := map[rune]int{}
	size := 0
	for _, t := range texts {
		for _, r := range t {
			counts[r]++
		}
		size += len(t)
	}
	s.spell(counts)
	ranks := make(map[rune]string, len(s.alphabet))
	for rank, r := range s.alphabet {
		ranks[r] = string(rankRune(rank))
	}
	s.text, s.textAt = make([]byte, 0, size*3/2), make([]uint32, 1, len(texts)+1)
	for _, t := range texts {
		for _, r := range t {
			s.text = append(s.text, ranks[r]...)
		}
		s.textAt = append(s.textAt, uint32(len(s.text)))
	}
	s.text = slices.Clip(s.text)
}

// spell makes the alphabet: the border first, then by frequency.
func (s *segment) spell(counts map[rune]int) {
	for r := range counts {
		s.alphabet = append(s.alphabet, r)
	}
	counts[border] = math.MaxInt
	slices.SortFunc(s.alphabet, func(a, b rune) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
}
