package rank

import (
	"cmp"
	"slices"
	"sync"
)

// Index is a set of open vacancies, arranged so that a person need not be compared with each of them. It does not
// change after NewIndex and may be used by any number of goroutines.
type Index struct {
	vacancies []Vacancy // in the order of blocks
	rows      []row
	texts     words
	codes     []code  // distinct occupations
	sums      []block // bounds of each occupation as a whole
	places    []Place // distinct banners
	groups    []span  // blocks of occupation × place
	blocks    []block

	ways    sync.Map // Place → *ways
	kinship sync.Map // kinKey → *kinRow
	scratch sync.Pool
}

type span struct{ from, to int32 }

// perBlock is how many vacancies share a bound. Vacancies of a group stand in the order of what they ask for and pay,
// so that a block's are alike.
const perBlock = 32

// NewIndex arranges vacancies. Those without openings are left out. The list is not kept.
func NewIndex(vacancies []Vacancy) *Index {
	ix := &Index{}
	ix.scratch.New = func() any { return &scratch{} }
	codes, places := map[code]int32{}, map[Place]int32{}
	type entry struct {
		at, code, place int32
		row             row
	}
	var entries []entry
	for i := range vacancies {
		v := &vacancies[i]
		if v.Openings <= 0 {
			continue
		}
		c := codeOf(v.Work.Code)
		entries = append(entries, entry{int32(i), number(codes, &ix.codes, c), number(places, &ix.places, v.Place.banner()), rowOf(v, c, &ix.texts)})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.place, b.place), cmp.Compare(a.row.hours, b.row.hours), cmp.Compare(a.row.schooling, b.row.schooling),
			cmp.Compare(b.row.mid, a.row.mid), cmp.Compare(vacancies[a.at].ID, vacancies[b.at].ID))
	})
	ix.groups = make([]span, len(ix.codes)*len(ix.places))
	ix.sums = make([]block, len(ix.codes))
	ix.vacancies, ix.rows = make([]Vacancy, len(entries)), make([]row, len(entries))
	for i := range entries {
		e := &entries[i]
		ix.vacancies[i], ix.rows[i] = vacancies[e.at], e.row
		group := &ix.groups[int(e.code)*len(ix.places)+int(e.place)]
		if group.to == 0 {
			group.from, group.to = int32(len(ix.blocks)), int32(len(ix.blocks))
		}
		if last := len(ix.blocks) - 1; int(group.to) != len(ix.blocks) || group.from == group.to || ix.blocks[last].to-ix.blocks[last].from == perBlock {
			ix.blocks = append(ix.blocks, block{from: int32(i), to: int32(i)})
			group.to = int32(len(ix.blocks))
		}
		ix.blocks[len(ix.blocks)-1].add(&e.row)
		ix.sums[e.code].add(&e.row)
	}
	return ix
}

// number gives equal values equal numbers.
func number[T comparable](known map[T]int32, list *[]T, v T) int32 {
	n, ok := known[v]
	if !ok {
		n = int32(len(*list))
		known[v] = n
		*list = append(*list, v)
	}
	return n
}

// Len is the number of vacancies that can be recommended.
func (ix *Index) Len() int { return len(ix.vacancies) }

// waysFrom remembers what the way from a home to each place is worth: people of a banner share it.
func (ix *Index) waysFrom(home Place) *ways {
	home = home.banner()
	if w, ok := ix.ways.Load(home); ok {
		return w.(*ways)
	}
	w, _ := ix.ways.LoadOrStore(home, waysFrom(home, ix.places))
	return w.(*ways)
}

// kinRow is what one occupation has in common with every occupation of the index.
type kinRow struct {
	level []uint8
	moves []int16 // nil without an atlas
}

type kinKey struct {
	atlas *Atlas
	from  code
}

// kinTo remembers an occupation's row.
func (ix *Index) kinTo(a *Atlas, from code) *kinRow {
	key := kinKey{a, from}
	if r, ok := ix.kinship.Load(key); ok {
		return r.(*kinRow)
	}
	r := &kinRow{level: make([]uint8, len(ix.codes))}
	if a.moves() != nil {
		r.moves = make([]int16, len(ix.codes))
	}
	for i, c := range ix.codes {
		r.level[i] = uint8(common(from, c))
		if r.moves != nil {
			r.moves[i] = a.moves().points(from, c)
		}
	}
	kept, _ := ix.kinship.LoadOrStore(key, r)
	return kept.(*kinRow)
}
