package occupation

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

// Correction is what an officer put right: this title is that occupation.
type Correction struct {
	Title, Code string
}

// Corrections are all corrections in the order they were made. With(Corrections()) of a fresh coder gives the same coder.
func (c *Coder) Corrections() []Correction { return slices.Clone(c.fixes.list) }

// Version names the state of the corrections: their number and a checksum.
func (c *Coder) Version() string {
	sum := fnv.New32a()
	for _, x := range c.fixes.list {
		fmt.Fprintf(sum, "%s\x00%s\x00", x.Title, x.Code)
	}
	return fmt.Sprintf("%d-%08x", len(c.fixes.list), sum.Sum32())
}

// Correct makes a coder that also knows this correction. It fails for a code that the classification lacks and for a title
// without a letter.
func (c *Coder) Correct(title, code string) (*Coder, error) {
	return c.With(append(c.Corrections(), Correction{title, strings.TrimSpace(code)}))
}

// With makes a coder with exactly these corrections: fewer to undo, none to forget them all. Of two for one title the later counts.
func (c *Coder) With(list []Correction) (*Coder, error) {
	for i, x := range list {
		if _, ok := c.kit.table.at[x.Code]; !ok {
			return nil, fmt.Errorf("第 %d 条更正的代码 %s 不在职业分类里", i+1, x.Code)
		}
		if len(pieces(x.Title)) == 0 {
			return nil, fmt.Errorf("第 %d 条更正没有写岗位名称", i+1)
		}
	}
	out := *c
	out.fixes = out.fix(slices.Clone(list))
	return &out, nil
}

// fixes are the corrections with an index from character sequences.
type fixes struct {
	list   []Correction
	latest []bool // not overtaken by a later correction of the same title
	class  []int32
	size   []float32
	whole  []string
	lists  map[string][]posting
}

// fixed is what corrections say for a class: like is how like the title is to the corrected one (1: the same), part the
// score that the class gets.
type fixed struct {
	title      string
	like, part float32
}

func (c *Coder) fix(list []Correction) fixes {
	f := fixes{list: list, lists: map[string][]posting{}}
	last := map[string]int{}
	for i, x := range list {
		cut := pieces(x.Title)
		class, ok := c.kit.table.at[x.Code]
		f.class = append(f.class, int32(class))
		f.whole = append(f.whole, whole(cut))
		f.latest = append(f.latest, ok)
		if j, again := last[f.whole[i]]; again {
			f.latest[j] = false
		}
		last[f.whole[i]] = i
		grams, size := bag(cut)
		f.size = append(f.size, size)
		for g, w := range grams {
			f.lists[g] = append(f.lists[g], posting{int32(i), w})
		}
	}
	return f
}

// bag are the character sequences of a title, each once, and their sum.
func bag(list []piece) (map[string]float32, float32) {
	grams, size := map[string]float32{}, float32(0)
	raw(list, func(g string, w float32) { grams[g] = max(grams[g], w) })
	for _, g := range slices.Sorted(maps.Keys(grams)) {
		size += grams[g]
	}
	return grams, size
}

// alike is the likeness from which a correction bears on another title.
const alike = 0.5

// match finds the corrections that bear on a title: the same title decides, one alike counts the more the liker it is.
func (f *fixes) match(list []piece) map[int32]fixed {
	if len(f.list) == 0 {
		return nil
	}
	out := map[int32]fixed{}
	text := whole(list)
	for i := len(f.list) - 1; i >= 0; i-- {
		if f.latest[i] && f.whole[i] == text {
			out[f.class[i]] = fixed{f.list[i].Title, 0.98, 0.98}
			return out
		}
	}
	grams, size := bag(list)
	shared := map[int32]float32{}
	for _, g := range slices.Sorted(maps.Keys(grams)) {
		for _, p := range f.lists[g] {
			shared[p.text] += min(p.weight, grams[g])
		}
	}
	near, top := int32(-1), float32(alike)
	for _, i := range slices.Sorted(maps.Keys(shared)) {
		if like := 2 * shared[i] / (size + f.size[i]); f.latest[i] && like >= top { // of equals the later
			near, top = i, like
		}
	}
	if near >= 0 {
		like := (top - alike) / (1 - alike) * 0.95
		out[f.class[near]] = fixed{f.list[near].Title, like, like}
	}
	return out
}
