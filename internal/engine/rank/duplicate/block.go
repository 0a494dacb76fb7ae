package duplicate

import (
	"cmp"
	"slices"
)

// window is how many neighbours in the order of pay a kind of advert is compared with in a block that has very many kinds.
const window = 60

type entry struct {
	key uint64
	at  uint32
}

// titleKeys are the blocks of the employer and of the telephone with a title.
func titleKeys(p *prepared) []uint64 {
	keys := []uint64{sum("t", p.unit, p.title)}
	if p.phone != "" {
		keys = append(keys, sum("p", p.phone, p.title))
	}
	return keys
}

// codeKeys are the blocks of the employer with an occupation.
func codeKeys(p *prepared) []uint64 {
	if p.Code == "" {
		return nil
	}
	return []uint64{sum("c", p.unit, p.Code)}
}

// bandOf is how many bins of a sketch make one key: texts that share eight tenths meet in one of the bands almost surely.
const bandOf = 8

// textKeys are the blocks of texts that have much in common, within a banner.
func textKeys(p *prepared) []uint64 {
	if !p.long {
		return nil
	}
	keys := make([]uint64, 0, bins/bandOf)
	place := sum(p.Area[:min(len(p.Area), 6)])
	for from := 0; from < bins; from += bandOf {
		h := place + uint64(from)
		for _, v := range p.text[from : from+bandOf] {
			h = mix(h ^ uint64(v))
		}
		keys = append(keys, h)
	}
	return keys
}

// blocks compares the adverts that share a key.
func (f *finder) blocks(keys func(*prepared) []uint64) {
	var list []entry
	for i := range f.adverts {
		for _, k := range keys(&f.adverts[i]) {
			list = append(list, entry{k, uint32(i)})
		}
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].key == list[from].key {
			to++
		}
		if to-from > 1 {
			f.block(list[from:to])
		}
		from = to
	}
}

// block unites the adverts of one block. Those that say the very same are taken together first, so that a block of any size is cheap
// when it is one group; the different kinds are compared with each other.
func (f *finder) block(list []entry) {
	var kinds []uint32
	for _, e := range list {
		if !slices.ContainsFunc(kinds[max(0, len(kinds)-window):], func(k uint32) bool { return f.root(k) == f.root(e.at) || f.twin(k, e.at) }) {
			kinds = append(kinds, e.at)
		}
	}
	slices.SortFunc(kinds, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(f.adverts[a].Low, f.adverts[b].Low), cmp.Compare(a, b))
	})
	var pairs []pair
	for i := range kinds {
		for j := i + 1; j < len(kinds) && j <= i+window; j++ {
			if f.root(kinds[i]) == f.root(kinds[j]) {
				continue
			}
			a, b := &f.adverts[kinds[i]], &f.adverts[kinds[j]]
			if reasons, same := compare(a, b); same {
				pairs = append(pairs, pair{link{kinds[i], kinds[j], reasons}, closeness(a, b)})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.close, a.close) })
	for _, p := range pairs {
		f.unite(p.a, p.b, p.reasons)
	}
}

// twin unites two adverts whose place and pay are the same if they are the same work.
func (f *finder) twin(a, b uint32) bool {
	x, y := &f.adverts[a], &f.adverts[b]
	if x.Low != y.Low || x.High != y.High || x.Area != y.Area {
		return false
	}
	reasons, same := compare(x, y)
	if same {
		f.unite(a, b, reasons)
	}
	return same && f.root(a) == f.root(b)
}
