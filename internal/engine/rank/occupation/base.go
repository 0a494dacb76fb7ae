package occupation

import "math"

// base is the first stage: models that each say how likely every class is, from the kit and some labelled titles.
type base struct {
	*kit
	words  *vocabulary
	both   *linear // trained on titles and names
	seen   *linear // on titles only
	named  *linear // on names only
	titles *near
	sense  *near // titles by what names alone say of them: two titles without a common character may mean the same
	names  *near
	daily  *near
	single *near
	middle *near                         // centroids of titles
	ideal  *near                         // centroids of names
	count  []float32                     // labelled titles by class
	tails  map[string]map[int32]float32  // by the last characters of a piece
	whole  map[string]map[int32]float32  // by the whole title without what stands beside
	shift  map[int32]map[int32]float32   // by the class that names alone would give
	said   map[string]map[int32]struct{} // names by their text
}

// How the regressions are trained. Names count less than titles: they are written by officials, titles by employers.
const nameWeight = 0.2

func newBase(k *kit, titles []text, seed uint64) *base {
	classes := len(k.level)
	b := &base{
		kit: k, words: &vocabulary{}, count: make([]float32, classes),
		tails: map[string]map[int32]float32{}, whole: map[string]map[int32]float32{},
		shift: map[int32]map[int32]float32{}, said: map[string]map[int32]struct{}{},
	}
	for _, list := range [][]text{titles, k.names, k.daily} {
		for _, t := range list {
			b.words.add(t.pieces)
		}
	}
	features := len(b.words.held)
	seen := b.words.examples(titles, 1)
	names := b.words.examples(k.names, nameWeight)
	daily := b.words.examples(k.daily, nameWeight)
	known := append(append([]example{}, names...), daily...)
	b.named = learn(known, features, classes, fit{epochs: 8, rate: 0.8, decay: 1e-4, hide: 0.3, seed: seed + 2})
	b.names = newNear(names, features, origins(k.names))
	b.daily = newNear(daily, features, origins(k.daily))
	b.single = newNear(b.words.examples(k.single, 1), features, nil)
	b.ideal = newNear(centroids(classes, names, daily), features, nil)
	b.titles = newNear(seen, features, origins(titles))
	b.middle = newNear(centroids(classes, seen), features, nil)
	b.both, b.seen = b.named, b.named
	if len(titles) > 0 {
		b.both = learn(append(append([]example{}, seen...), known...), features, classes, fit{epochs: 12, rate: 1.2, decay: 1e-4, hide: 0.5, seed: seed})
		b.seen = learn(seen, features, classes, fit{epochs: 12, rate: 1.2, decay: 1e-4, hide: 0.5, seed: seed + 1})
	}
	for _, list := range [][]text{k.names, k.daily} {
		for _, t := range list {
			for _, p := range t.pieces {
				if b.said[p.text] == nil {
					b.said[p.text] = map[int32]struct{}{}
				}
				b.said[p.text][t.class] = struct{}{}
			}
		}
	}
	b.remember(titles, seen)
	return b
}

// remember counts the labels of titles by what the titles look like.
func (b *base) remember(titles []text, seen []example) {
	post, sum, top := make([]float32, len(b.level)), make([]float32, len(b.level)), make([]float32, len(b.level))
	var likeness []float32
	var senses []example
	for i, t := range titles {
		b.count[t.class]++
		for _, tail := range tails(t.pieces) {
			count(b.tails, tail, t.class)
		}
		count(b.whole, whole(t.pieces), t.class)
		for _, n := range []*near{b.names, b.daily} {
			n.votes(n.similar(seen[i].terms, &likeness), 5, sum, top)
			for _, c := range best(sum, 1) {
				count(b.shift, c, t.class)
			}
		}
		b.named.posterior(seen[i].terms, post)
		senses = append(senses, example{terms: profile(post), class: t.class, weight: 1})
	}
	b.sense = newNear(senses, len(b.level), nil)
}

func count[K comparable](m map[K]map[int32]float32, key K, class int32) {
	if m[key] == nil {
		m[key] = map[int32]float32{}
	}
	m[key][class]++
}

// share is a class's part of the counts, drawn towards 0 where there are few.
func share(m map[int32]float32, class int32) float32 {
	sum := float32(1)
	for _, n := range m {
		sum += n // whole numbers: the order does not matter
	}
	return m[class] / sum
}

func origins(list []text) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.origin
	}
	return out
}

// tails are the last one, two and three characters of the pieces: the noun that names the work stands there.
func tails(list []piece) []string {
	var out []string
	for _, p := range list {
		if p.beside {
			continue
		}
		r := []rune(p.text)
		for n := 1; n <= 3 && n <= len(r); n++ {
			out = append(out, string(r[len(r)-n:]))
		}
	}
	return out
}

// whole is a title without what stands beside the work.
func whole(list []piece) string {
	t := ""
	for _, p := range list {
		if !p.beside {
			t += p.text + "|"
		}
	}
	return t
}

// profile is a posterior's top as features of length 1.
func profile(p []float32) []term {
	var out []term
	sum := float32(0)
	for _, c := range best(p, 12) {
		out = append(out, term{c, float32(math.Sqrt(float64(p[c])))})
		sum += p[c]
	}
	for i := range out {
		out[i].weight /= float32(math.Sqrt(float64(sum)))
	}
	return out
}

// best are the k classes with the highest positive values, the highest first, ties by number.
func best(s []float32, k int) []int32 {
	var out []int32
	for c, x := range s {
		if x <= 0 || len(out) == k && s[out[k-1]] >= x {
			continue
		}
		i := len(out)
		if i < k {
			out = append(out, 0)
		} else {
			i--
		}
		for ; i > 0 && s[out[i-1]] < x; i-- {
			out[i] = out[i-1]
		}
		out[i] = int32(c)
	}
	return out
}
