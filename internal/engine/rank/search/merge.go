package search

import (
	"slices"
	"unicode/utf8"
)

const gone = ^uint32(0)

// merged is a segment made of others, and where each of their vacancies went.
type merged struct {
	seg *segment
	to  [][]uint32 // by part and number; gone for what was deleted
}

// merge makes one segment of the living of several.
func merge(parts []*part) merged {
	n := 0
	for _, p := range parts {
		n += p.n
	}
	m := merged{seg: &segment{n: n}}
	order := m.order(parts)
	m.columns(parts, order)
	m.terms(parts)
	m.texts(parts, order)
	m.seg.number()
	return m
}

// place is a vacancy of one of the parts.
type place struct {
	part int32
	doc  uint32
}

// order arranges the living, newest first, as each part is arranged already.
func (m *merged) order(parts []*part) []place {
	order := make([]place, 0, m.seg.n)
	at := make([]uint32, len(parts))
	for _, p := range parts {
		to := make([]uint32, p.seg.n)
		for i := range to {
			to[i] = gone
		}
		m.to = append(m.to, to)
	}
	for {
		best := -1
		for i, p := range parts {
			for int(at[i]) < p.seg.n && !p.alive(at[i]) {
				at[i]++
			}
			if int(at[i]) < p.seg.n && (best < 0 || newer(p.seg, at[i], parts[best].seg, at[best])) {
				best = i
			}
		}
		if best < 0 {
			return order
		}
		m.to[best][at[best]] = uint32(len(order))
		order = append(order, place{int32(best), at[best]})
		at[best]++
	}
}

func newer(a *segment, i uint32, b *segment, j uint32) bool {
	if a.posted[i] != b.posted[j] {
		return a.posted[i] > b.posted[j]
	}
	return a.ids[i] > b.ids[j]
}

// columns copies what stands by number.
func (m *merged) columns(parts []*part, order []place) {
	s := m.seg
	s.ids, s.posted = make([]int64, s.n), make([]int32, s.n)
	s.payLow, s.payHigh = make([]int64, s.n), make([]int64, s.n)
	s.lat, s.lon = make([]float32, s.n), make([]float32, s.n)
	s.length, s.rows = make([]uint8, s.n), make([]facetRow, s.n)
	areas, occupations := newNumbering(), newNumbering()
	for _, p := range parts {
		for _, code := range p.seg.areas {
			areas.add(code)
		}
		for _, code := range p.seg.occupations {
			occupations.add(code)
		}
	}
	s.areas, s.occupations = areas.sort(), occupations.sort()
	for i, o := range order {
		from, j := parts[o.part].seg, o.doc
		s.ids[i], s.posted[i] = from.ids[j], from.posted[j]
		s.payLow[i], s.payHigh[i] = from.payLow[j], from.payHigh[j]
		s.lat[i], s.lon[i], s.length[i] = from.lat[j], from.lon[j], from.length[j]
		r := from.rows[j]
		r.area, r.occupation = areas.of[from.areas[r.area]], occupations.of[from.occupations[r.occupation]]
		s.rows[i] = r
	}
}

// terms merges the parts' lists, term by term.
func (m *merged) terms(parts []*part) {
	at := make([]int, len(parts))
	runs, spare := make([][]uint32, len(parts)), make([][]uint32, len(parts))
	var p posting
	words := map[string]struct{}{}
	for {
		least, any := ^uint64(0), false
		for i, part := range parts {
			if at[i] < len(part.seg.keys) {
				least, any = min(least, part.seg.keys[at[i]]), true
			}
		}
		if !any {
			break
		}
		used := runs[:0]
		for i, part := range parts {
			if at[i] == len(part.seg.keys) || part.seg.keys[at[i]] != least {
				continue
			}
			run, to := spare[i][:0], m.to[i]
			part.seg.each(at[i], func(doc uint32) {
				if d := to[doc]; d != gone {
					run = append(run, d)
				}
			})
			spare[i] = run
			at[i]++
			if len(run) > 0 {
				used = append(used, run)
			}
		}
		if len(used) > 0 {
			p = posting{key: least, last: -1, data: p.data[:0]}
			p.join(used)
			m.seg.append(&p)
		}
	}
	for _, part := range parts {
		for _, w := range part.seg.words {
			words[w] = struct{}{}
		}
	}
	for w := range words {
		m.seg.words = append(m.seg.words, w)
	}
	slices.Sort(m.seg.words)
}

// join collects ascending lists.
func (p *posting) join(runs [][]uint32) {
	for len(runs) > 1 {
		best := 0
		for i := range runs {
			if runs[i][0] < runs[best][0] {
				best = i
			}
		}
		p.add(int(runs[best][0]))
		if runs[best] = runs[best][1:]; len(runs[best]) == 0 {
			runs[best] = runs[len(runs)-1]
			runs = runs[:len(runs)-1]
		}
	}
	if len(runs) == 1 {
		for _, doc := range runs[0] {
			p.add(int(doc))
		}
	}
}

// texts copies the texts into a common alphabet.
func (m *merged) texts(parts []*part, order []place) {
	s, counts, size := m.seg, map[rune]int{}, 0
	for _, p := range parts {
		tally := make([]int, len(p.seg.alphabet))
		for _, r := range string(p.seg.text) {
			tally[rankOf(r)]++
		}
		for rank, n := range tally {
			counts[p.seg.alphabet[rank]] += n
		}
		size += len(p.seg.text)
	}
	s.spell(counts)
	ranks := make(map[rune]rune, len(s.alphabet))
	for rank, r := range s.alphabet {
		ranks[r] = rankRune(rank)
	}
	tables := make([][]rune, len(parts))
	for i, p := range parts {
		for _, r := range p.seg.alphabet {
			tables[i] = append(tables[i], ranks[r])
		}
	}
	s.text, s.textAt = make([]byte, 0, size+size/16), make([]uint32, 1, s.n+1)
	for _, o := range order {
		for _, r := range string(parts[o.part].seg.textOf(o.doc)) {
			s.text = utf8.AppendRune(s.text, tables[o.part][rankOf(r)])
		}
		s.textAt = append(s.textAt, uint32(len(s.text)))
	}
}
