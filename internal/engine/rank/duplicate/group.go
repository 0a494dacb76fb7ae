package duplicate

import (
	"cmp"
	"hash/fnv"
	"maps"
	"runtime"
	"slices"
	"sync"
)

// Said is what a person has said about two adverts.
type Said struct {
	A, B int64
	Same bool
}

// Member is an advert of a group beside the leading one.
type Member struct {
	ID      int64
	With    int64 // the advert of the group that it was found to be the same as
	Reasons []string
}

// Group is adverts of the same work: the one to be shown, and the others in the order of their ids.
type Group struct {
	Lead    int64
	Members []Member
}

// Find finds the groups among adverts, in the order of their leading adverts' ids. Adverts with the same id count once.
func Find(list []Advert, said []Said) []Group {
	f := &finder{adverts: prepareAll(list), parent: make([]uint32, len(list)), apart: map[uint32][]uint32{}, told: map[uint32]map[uint64]uint64{}}
	index := make(map[int64]uint32, len(list))
	for i := range list {
		f.parent[i] = uint32(i)
		index[list[i].ID] = uint32(i)
	}
	for _, s := range said {
		a, hasA := index[s.A]
		b, hasB := index[s.B]
		if hasA && hasB && !s.Same {
			f.apart[a] = append(f.apart[a], b)
			f.apart[b] = append(f.apart[b], a)
		}
	}
	for _, s := range said {
		a, hasA := index[s.A]
		b, hasB := index[s.B]
		if hasA && hasB && s.Same {
			f.join(a, b, []string{"人工确认为同一岗位"})
		}
	}
	for _, keys := range []func(*prepared) []uint64{titleKeys, codeKeys, textKeys} {
		f.blocks(keys)
	}
	return f.groups()
}

func prepareAll(list []Advert) []prepared {
	out := make([]prepared, len(list))
	var wait sync.WaitGroup
	parts := runtime.GOMAXPROCS(0)
	for part := range parts {
		wait.Go(func() {
			for i := part; i < len(list); i += parts {
				out[i] = prepare(&list[i])
			}
		})
	}
	wait.Wait()
	return out
}

type finder struct {
	adverts []prepared
	parent  []uint32
	apart   map[uint32][]uint32          // root → adverts that must not come into its group
	told    map[uint32]map[uint64]uint64 // root of several → what each teller says in its group
	links   []link
}

type link struct {
	a, b    uint32
	reasons []string
}

// pair is two adverts that may be united, and how close they are.
type pair struct {
	link
	close int
}

func (f *finder) root(i uint32) uint32 {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

// unite puts two adverts' groups together, unless a teller means two different vacancies by what is in them: an advert of a job board
// that fits two vacancies of a unit does not make them one.
func (f *finder) unite(a, b uint32, reasons []string) {
	x, y := f.tellings(f.root(a)), f.tellings(f.root(b))
	for teller, told := range x {
		if other, both := y[teller]; both && other != told {
			return
		}
	}
	f.join(a, b, reasons)
}

// tellings are what each teller says in the group of a root.
func (f *finder) tellings(root uint32) map[uint64]uint64 {
	if t := f.told[root]; t != nil {
		return t
	}
	p := &f.adverts[root]
	return map[uint64]uint64{p.teller: p.told}
}

// join puts two adverts' groups together, unless a person has said that two in them are different.
func (f *finder) join(a, b uint32, reasons []string) {
	x, y := f.root(a), f.root(b)
	if x == y {
		return
	}
	for _, other := range f.apart[x] {
		if f.root(other) == y {
			return
		}
	}
	if y < x {
		x, y = y, x
	}
	told, more := f.tellings(x), f.tellings(y)
	maps.Copy(told, more)
	f.told[x] = told
	delete(f.told, y)
	f.parent[y] = x
	if list := f.apart[y]; list != nil {
		f.apart[x] = append(f.apart[x], list...)
		delete(f.apart, y)
	}
	f.links = append(f.links, link{a, b, reasons})
}

func sum(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

// groups gathers what was united.
func (f *finder) groups() []Group {
	members := map[uint32][]uint32{}
	for i := range f.adverts {
		if r := f.root(uint32(i)); r != uint32(i) || len(members[r]) > 0 {
			members[r] = append(members[r], uint32(i))
		}
	}
	why := map[uint32]link{}
	for _, l := range f.links {
		for _, end := range []uint32{l.a, l.b} {
			if _, has := why[end]; !has {
				why[end] = l
			}
		}
	}
	var out []Group
	for r, list := range members {
		if !slices.Contains(list, r) {
			list = append(list, r)
		}
		slices.SortFunc(list, func(a, b uint32) int { return cmp.Compare(f.adverts[a].ID, f.adverts[b].ID) })
		lead := slices.MinFunc(list, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(f.adverts[b].Standing, f.adverts[a].Standing), cmp.Compare(f.adverts[a].ID, f.adverts[b].ID))
		})
		g := Group{Lead: f.adverts[lead].ID}
		for _, m := range list {
			if m == lead {
				continue
			}
			l := why[m]
			with := l.a
			if with == m {
				with = l.b
			}
			g.Members = append(g.Members, Member{ID: f.adverts[m].ID, With: f.adverts[with].ID, Reasons: l.reasons})
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Compare(a.Lead, b.Lead) })
	return out
}
