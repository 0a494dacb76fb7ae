package search

import (
	"sync"
	"sync/atomic"
)

// Index finds vacancies. Any number of goroutines may search, add and delete at the same time.
type Index struct {
	dict *Dictionary
	view atomic.Pointer[view]

	writing sync.Mutex // held while a change is published
	merging sync.Mutex // held by the one merge of large segments at a time
}

// view is the index at one moment.
type view struct {
	parts []*part
	n     int // living vacancies
}

// part is a segment and what of it lives.
type part struct {
	seg    *segment
	live   bits // nil: all
	n      int
	totals *tally // facets of all that lives, for large segments
}

// large is the size from which a segment keeps totals and is merged only by Merge.
const large = 4096

// tier is how many segments of about a size there may be before they are merged.
const tier = 8

// bulk is how many vacancies a segment is built of at most when they are added.
const bulk = 1 << 16

// New makes an empty index. The dictionary may be nil.
func New(dict *Dictionary) *Index {
	if dict == nil {
		dict = NewDictionary(nil)
	}
	ix := &Index{dict: dict}
	ix.view.Store(&view{})
	return ix
}

func newPart(s *segment) *part {
	p := &part{seg: s, n: s.n}
	if s.n >= large {
		p.totals = newTally(s)
		all := make(bits, wordsFor(s.n))
		all.fill(s.n)
		p.totals.add(s, all, 1)
	}
	return p
}

func (p *part) alive(doc uint32) bool { return p.live == nil || p.live.has(doc) }

// without gives the part without some of its vacancies.
func (p *part) without(docs []uint32) *part {
	if len(docs) == 0 {
		return p
	}
	next := &part{seg: p.seg, n: p.n, live: make(bits, wordsFor(p.seg.n))}
	if next.live.fill(p.seg.n); p.live != nil {
		copy(next.live, p.live)
	}
	dead := make(bits, wordsFor(p.seg.n))
	for _, doc := range docs {
		if next.live.has(doc) {
			next.live.clear(doc)
			dead.set(doc)
			next.n--
		}
	}
	if p.totals != nil {
		next.totals = newTally(p.seg)
		next.totals.copyFrom(p.totals)
		next.totals.add(p.seg, dead, -1)
	}
	return next
}

// Add adds vacancies; one whose id is there already takes the place of the old one. They are found by every search that
// begins after Add has returned.
func (ix *Index) Add(list ...Vacancy) {
	last := make(map[int64]int, len(list))
	for i, v := range list {
		last[v.ID] = i
	}
	if len(last) < len(list) {
		kept := make([]Vacancy, 0, len(last))
		for i, v := range list {
			if last[v.ID] == i {
				kept = append(kept, v)
			}
		}
		list = kept
	}
	for len(list) > 0 {
		n := min(bulk, len(list))
		ix.publish(build(list[:n]))
		list = list[n:]
	}
}

func (ix *Index) publish(s *segment) {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	parts := without(ix.view.Load().parts, s.ids)
	ix.set(settle(append(parts, newPart(s))))
}

// without gives the parts without some ids.
func without(parts []*part, ids []int64) []*part {
	next := make([]*part, 0, len(parts)+1)
	for _, p := range parts {
		var docs []uint32
		for _, id := range ids {
			if doc, ok := p.seg.locate(id); ok {
				docs = append(docs, doc)
			}
		}
		if p = p.without(docs); p.n > 0 {
			next = append(next, p)
		}
	}
	return next
}

// set publishes parts.
func (ix *Index) set(parts []*part) {
	v := &view{parts: parts}
	for _, p := range parts {
		v.n += p.n
	}
	ix.view.Store(v)
}

// settle merges small segments where there are many of a size.
func settle(parts []*part) []*part {
	for {
		chosen := crowded(parts, func(n int) bool { return n < large })
		if chosen == nil {
			return parts
		}
		parts = replace(parts, chosen, newPart(merge(chosen).seg))
	}
}

// crowded chooses the segments of a size of which there are too many.
func crowded(parts []*part, of func(n int) bool) []*part {
	bySize := map[int][]*part{}
	for _, p := range parts {
		if of(p.n) {
			size := 0
			for n := p.n; n >= tier; n /= tier {
				size++
			}
			if bySize[size] = append(bySize[size], p); len(bySize[size]) >= tier {
				return bySize[size]
			}
		}
	}
	return nil
}

// replace puts one part in the place of others.
func replace(parts, old []*part, with *part) []*part {
	next := make([]*part, 0, len(parts))
	taken := map[*segment]bool{}
	for _, p := range old {
		taken[p.seg] = true
	}
	for _, p := range parts {
		if !taken[p.seg] {
			next = append(next, p)
		}
	}
	if with.n > 0 {
		next = append(next, with)
	}
	return next
}

// Delete takes vacancies out; unknown ids are passed over.
func (ix *Index) Delete(ids ...int64) {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	ix.set(without(ix.view.Load().parts, ids))
}

// Len is the number of vacancies.
func (ix *Index) Len() int { return ix.view.Load().n }

// Segments is the number of segments: the more, the slower a search.
func (ix *Index) Segments() int { return len(ix.view.Load().parts) }

// Bytes is the memory that the index takes.
func (ix *Index) Bytes() (n int) {
	for _, p := range ix.view.Load().parts {
		n += p.seg.bytes() + len(p.live)*8
	}
	return n
}

// Merge makes one large segment of several of a size, or renews one of which half is deleted, and reports whether it
// found any. The owner calls it in the background, now and then, until it says false; searches and additions go on.
func (ix *Index) Merge() bool {
	return ix.mergeSome(func(parts []*part) []*part {
		for _, p := range parts {
			if p.seg.n >= large && p.n*2 < p.seg.n {
				return []*part{p}
			}
		}
		return crowded(parts, func(n int) bool { return n >= large })
	})
}

// Compact makes a single segment of all: after the first loading, and at night.
func (ix *Index) Compact() {
	ix.mergeSome(func(parts []*part) []*part {
		if len(parts) == 1 && parts[0].live == nil {
			return nil
		}
		return parts
	})
}

func (ix *Index) mergeSome(choose func([]*part) []*part) bool {
	ix.merging.Lock()
	defer ix.merging.Unlock()
	chosen := choose(ix.view.Load().parts)
	if len(chosen) == 0 {
		return false
	}
	m := merge(chosen)
	ix.writing.Lock()
	defer ix.writing.Unlock()
	now := ix.view.Load().parts
	bySegment := map[*segment]*part{}
	for _, p := range now {
		bySegment[p.seg] = p
	}
	var dead []uint32 // deleted while we merged
	for i, was := range chosen {
		is := bySegment[was.seg]
		for doc, to := range m.to[i] {
			if to != gone && (is == nil || !is.alive(uint32(doc))) {
				dead = append(dead, to)
			}
		}
	}
	with := &part{}
	if m.seg.n > 0 {
		with = newPart(m.seg).without(dead)
	}
	ix.set(replace(now, chosen, with))
	return true
}
