package occupation

import "math"

// lexical is what the models know without labels: the kit as features of one vocabulary.
type lexical struct {
	*kit
	words   *vocabulary
	known   []example // names, official and everyday
	named   *linear   // trained on names only
	names   *near
	daily   *near
	single  *near
	ideal   *near                         // centroids of names
	said    map[string]map[int32]struct{} // names by their text
	letters *letters
}

// nameWeight is what a name counts for beside a labelled title: names are written by officials, titles by employers.
const nameWeight = 0.2

// newLexical makes a vocabulary of all names and of titles, whose labels it does not look at.
func newLexical(k *kit, titles []text, seed uint64) *lexical {
	x := &lexical{kit: k, words: &vocabulary{}, said: map[string]map[int32]struct{}{}}
	for _, list := range [][]text{titles, k.names, k.daily} {
		for _, t := range list {
			x.words.add(t.pieces)
		}
	}
	x.letters = newLetters(k.table, x.words)
	features, classes := len(x.words.held), len(k.level)
	names := x.words.examples(k.names, nameWeight)
	daily := x.words.examples(k.daily, nameWeight)
	x.known = append(append(x.known, names...), daily...)
	x.named = learn(x.known, features, classes, fit{epochs: 8, rate: 0.8, decay: 1e-4, hide: 0.3, seed: seed + 2})
	x.names = newNear(names, features, origins(k.names))
	x.daily = newNear(daily, features, origins(k.daily))
	x.single = newNear(x.words.examples(k.single, 1), features, nil)
	x.ideal = newNear(centroids(classes, names, daily), features, nil)
	for _, list := range [][]text{k.names, k.daily} {
		for _, t := range list {
			for _, p := range t.pieces {
				if x.said[p.text] == nil {
					x.said[p.text] = map[int32]struct{}{}
				}
				x.said[p.text][t.class] = struct{}{}
			}
		}
	}
	return x
}

// base is the first stage: models that each say how likely every class is, from names and some labelled titles.
type base struct {
	*lexical
	both   *linear // trained on titles and names
	seen   *linear // on titles only
	titles *near
	middle *near                        // centroids of titles
	sense  *near                        // titles by what names alone say of them: two titles without a common character may mean the same
	count  []float32                    // labelled titles by class
	tails  map[string]map[int32]float32 // by the last characters of a piece
	whole  map[string]map[int32]float32 // by the whole title without what stands beside
	shift  map[int32]map[int32]float32  // by the class that names alone would give
}

func newBase(x *lexical, titles []text, seed uint64) *base {
	features, classes := len(x.words.held), len(x.level)
	b := &base{
		lexical: x, both: x.named, seen: x.named, count: make([]float32, classes),
		tails: map[string]map[int32]float32{}, whole: map[string]map[int32]float32{}, shift: map[int32]map[int32]float32{},
	}
	seen := x.words.examples(titles, 1)
	b.titles = newNear(seen, features, origins(titles))
	b.middle = newNear(centroids(classes, seen), features, nil)
	if len(titles) > 0 {
		b.both = learn(append(append([]example{}, seen...), x.known...), features, classes, fit{epochs: 12, rate: 1.2, decay: 1e-4, hide: 0.5, seed: seed})
		b.seen = learn(seen, features, classes, fit{epochs: 12, rate: 1.2, decay: 1e-4, hide: 0.5, seed: seed + 1})
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
