package occupation

import (
	"math"
	"slices"
	"unicode/utf8"
)

// view is one title as the models see it, with the scratch they need. A view serves one title at a time.
type view struct {
	*base
	pieces []piece
	terms  []term

	both, seen, named                                []float32 // posteriors by class
	lead, last                                       []float32 // posteriors of the first and of the last piece alone
	sum, hard, best                                  []float32 // titles alike: loosely, strictly, the best one
	meant, meantHard                                 []float32 // titles of like sense
	nameSum, nameBest, dailySum, dailyBest, official []float32
	middle, ideal, defined, spare                    []float32
	byBoth, byTitle, byName                          []float32 // sums over the entries above
	clean, written                                   overlap   // of characters with official names: of the pieces, and of the title as it was written

	likeTitle, likeName, likeDaily, like []float32 // likeness by text
}

func (b *base) view() *view {
	v := &view{base: b, clean: newOverlap(len(b.level)), written: newOverlap(len(b.level))}
	for _, p := range []*[]float32{
		&v.both, &v.seen, &v.named, &v.lead, &v.last, &v.sum, &v.hard, &v.best, &v.meant, &v.meantHard, &v.nameSum, &v.nameBest,
		&v.dailySum, &v.dailyBest, &v.official, &v.middle, &v.ideal, &v.defined, &v.spare,
	} {
		*p = make([]float32, len(b.level))
	}
	for _, p := range []*[]float32{&v.byBoth, &v.byTitle, &v.byName} {
		*p = make([]float32, b.groups)
	}
	return v
}

// read lets every model look at a title.
func (v *view) read(title string, list []piece) {
	v.pieces, v.terms = list, v.words.terms(list)
	v.base.both.posterior(v.terms, v.both)
	v.base.seen.posterior(v.terms, v.seen)
	v.lexical.named.posterior(v.terms, v.named)
	v.ends()
	v.letters.compare(distinct(title), v.written)
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = p.text
	}
	v.letters.compare(distinct(texts...), v.clean)
	v.likeTitle = v.titles.similar(v.terms, &v.likeTitle)
	v.titles.votes(v.likeTitle, 3, v.sum, v.best)
	v.titles.votes(v.likeTitle, 10, v.hard, v.best)
	v.like = v.sense.similar(profile(v.named), &v.like)
	v.sense.votes(v.like, 4, v.meant, v.spare)
	v.sense.votes(v.like, 16, v.meantHard, v.spare)
	v.likeName = v.names.similar(v.terms, &v.likeName)
	v.names.votes(v.likeName, 5, v.nameSum, v.nameBest)
	v.likeDaily = v.daily.similar(v.terms, &v.likeDaily)
	v.daily.votes(v.likeDaily, 5, v.dailySum, v.dailyBest)
	for _, m := range []struct {
		near *near
		into []float32
	}{{v.single, v.official}, {v.base.middle, v.middle}, {v.lexical.ideal, v.ideal}} {
		v.like = m.near.similar(v.terms, &v.like)
		m.near.votes(v.like, 2, v.spare, m.into)
	}
	v.like = v.defs.similar(v.kit.words.terms(list), &v.like)
	v.defs.votes(v.like, 2, v.spare, v.defined)
}

// ends lets the regression look at the first and at the last piece alone: of several kinds of work in one title the label
// is mostly that of one.
func (v *view) ends() {
	var main []piece
	for _, p := range v.pieces {
		if !p.beside {
			main = append(main, p)
		}
	}
	if len(main) < 2 {
		copy(v.lead, v.both)
		copy(v.last, v.both)
		return
	}
	v.base.both.posterior(v.words.terms(main[:1]), v.lead)
	v.base.both.posterior(v.words.terms(main[len(main)-1:]), v.last)
}

// candidates are the classes that any model holds likely, by number.
func (v *view) candidates() []int32 {
	var list []int32
	for _, m := range []struct {
		by []float32
		n  int
	}{{v.both, 12}, {v.sum, 12}, {v.seen, 8}, {v.nameSum, 8}, {v.hard, 8}, {v.dailySum, 6}, {v.middle, 6}, {v.meant, 6}, {v.official, 5}, {v.lead, 5}, {v.last, 5}, {v.written.cosine, 8}, {v.clean.cosine, 6}} {
		list = append(list, best(m.by, m.n)...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// signals is the number of signals of a candidate.
const signals = 59

// rows are the candidates' signals: what the models say of the class, of the entries above it, how far it is behind the
// first, and what kind of title and class it is.
func (v *view) rows(candidates []int32) [][]float32 {
	sums := [...]float32{total(v.sum), total(v.hard), total(v.nameSum), total(v.dailySum), total(v.meant), total(v.meantHard)}
	v.climb(sums[0], sums[2]+sums[3])
	length, tail, longest := v.held()
	var top struct{ best, both, seen, middle float32 }
	for _, c := range candidates {
		top.best, top.both = max(top.best, v.best[c]), max(top.both, v.both[c])
		top.seen, top.middle = max(top.seen, v.seen[c]), max(top.middle, v.middle[c])
	}
	meant := slices.Max(v.meant)
	var size, parts, firm, english float32 // characters, pieces, those beside the work, letters a to z
	for _, p := range v.pieces {
		size += float32(utf8.RuneCountInString(p.text))
		parts++
		if p.beside {
			firm++
		}
		for _, r := range p.text {
			if r <= 'z' {
				english++
			}
		}
	}
	byName, byDaily := v.shiftOf(v.nameSum), v.shiftOf(v.dailySum)
	ends, same := tails(v.pieces), v.whole[whole(v.pieces)]
	out := make([][]float32, len(candidates))
	flat := make([]float32, 0, len(candidates)*signals)
	for i, c := range candidates {
		var at [4]float32
		for _, t := range ends {
			n := utf8.RuneCountInString(t)
			at[n] = max(at[n], share(v.tails[t], c))
		}
		u := v.up[c]
		from := len(flat)
		flat = append(flat,
			logOf(v.both[c]), logOf(v.byBoth[u[2]]), logOf(v.byBoth[u[1]]), logOf(v.byBoth[u[0]]),
			logOf(v.sum[c]/sums[0]), logOf(v.hard[c]/sums[1]), v.best[c], logOf(v.byTitle[u[2]]), logOf(v.byTitle[u[1]]), logOf(v.byTitle[u[0]]),
			logOf(v.nameSum[c]/sums[2]), v.nameBest[c], v.official[c], v.defined[c],
			logOf(v.count[c]), logOf(at[1]), logOf(at[2]), logOf(at[3]),
			top.best-v.best[c], logOf(top.both)-logOf(v.both[c]), size, top.best, logOf(top.both),
			logOf(v.seen[c]), logOf(top.seen)-logOf(v.seen[c]), logOf(v.dailySum[c]/sums[3]), v.dailyBest[c],
			v.middle[c], top.middle-v.middle[c], top.middle, v.ideal[c],
			logOf(v.byName[u[2]]), logOf(v.byName[u[1]]), length[c], tail[c], longest-length[c], v.common[c], v.level[c],
			logOf(share(byName, c)), logOf(share(byDaily, c)), logOf(share(same, c)), float32(len(same)),
			v.best[c]-v.nameBest[c], max(v.nameBest[c], v.dailyBest[c]),
			logOf(v.named[c]), logOf(v.meant[c]/sums[4]), logOf(v.meantHard[c]/sums[5]), logOf(v.meant[c]/sums[4])-logOf(meant/sums[4]),
			logOf(v.lead[c]), logOf(v.last[c]), parts, firm, english,
			v.clean.cosine[c], v.clean.rarest[c], v.clean.part[c], v.written.cosine[c], v.written.rarest[c], v.written.part[c],
		)
		out[i] = flat[from:len(flat):len(flat)]
	}
	return out
}

// climb adds posteriors and votes up along the tree.
func (v *view) climb(titles, names float32) {
	clear(v.byBoth)
	clear(v.byTitle)
	clear(v.byName)
	for c, p := range v.both {
		for _, u := range v.up[c] {
			v.byBoth[u] += p
			v.byTitle[u] += v.sum[c] / titles
			v.byName[u] += (v.nameSum[c] + v.dailySum[c]) / names
		}
	}
}

// shiftOf counts the labels of titles for which names alone gave the same class as here.
func (v *view) shiftOf(votes []float32) map[int32]float32 {
	if first := best(votes, 1); len(first) > 0 {
		return v.shift[first[0]]
	}
	return nil
}

// held are the lengths of the longest names that stand wholly in the title, by class: anywhere, and at the end of a piece.
func (v *view) held() (length, tail map[int32]float32, longest float32) {
	length, tail = map[int32]float32{}, map[int32]float32{}
	for _, p := range v.pieces {
		weight := float32(1)
		if p.beside {
			weight = besideWeight
		}
		cuts := make([]int, 0, len(p.text)+1)
		for i := range p.text {
			cuts = append(cuts, i)
		}
		cuts = append(cuts, len(p.text))
		for i := range cuts {
			for n := 2; n <= 12 && i+n < len(cuts); n++ {
				for c := range v.said[p.text[cuts[i]:cuts[i+n]]] {
					l := float32(n) * weight
					length[c], longest = max(length[c], l), max(longest, l)
					if i+n == len(cuts)-1 {
						tail[c] = max(tail[c], l)
					}
				}
			}
		}
	}
	return length, tail, longest
}

func logOf(x float32) float32 { return float32(math.Log(float64(x) + 1e-4)) }

// total is the sum, and a little more than nothing.
func total(x []float32) float32 {
	t := float32(1e-6)
	for _, y := range x {
		t += y
	}
	return t
}
