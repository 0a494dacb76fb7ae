package occupation

import "math"

// near finds the texts most like a title, by an index from features to texts.
type near struct {
	lists  [][]posting
	class  []int32
	origin []string // the texts as they were written, for the reasons; may be nil
}

type posting struct {
	text   int32
	weight float32
}

// newNear indexes texts; features is the size of their vocabulary.
func newNear(list []example, features int, origin []string) *near {
	n := &near{lists: make([][]posting, features), origin: origin}
	for i, e := range list {
		n.class = append(n.class, e.class)
		for _, t := range e.terms {
			n.lists[t.id] = append(n.lists[t.id], posting{int32(i), t.weight})
		}
	}
	return n
}

// similar adds up the likeness (0 to 1) of every text.
func (n *near) similar(terms []term, scratch *[]float32) []float32 {
	if cap(*scratch) < len(n.class) {
		*scratch = make([]float32, len(n.class))
	}
	into := (*scratch)[:len(n.class)]
	clear(into)
	for _, t := range terms {
		for _, p := range n.lists[t.id] {
			into[p.text] += p.weight * t.weight
		}
	}
	return into
}

// faint is the likeness below which a text says nothing.
const faint = 0.05

// votes gives each class the sum of the likeness of its texts raised to half a power (3 means 1.5), and the best of them.
func (n *near) votes(likeness []float32, halves int, sum, best []float32) {
	clear(sum)
	clear(best)
	for i, s := range likeness {
		if s < faint {
			continue
		}
		c := n.class[i]
		sum[c] += power(s, halves)
		best[c] = max(best[c], s)
	}
}

func power(s float32, halves int) float32 {
	p := float32(1)
	if halves%2 == 1 {
		p = float32(math.Sqrt(float64(s)))
	}
	for range halves / 2 {
		p *= s
	}
	return p
}

// nearest is the text of a class most like the title, and how like it is.
func (n *near) nearest(likeness []float32, class int32) (origin string, like float32) {
	for i, c := range n.class {
		if c == class && likeness[i] > like && i < len(n.origin) {
			origin, like = n.origin[i], likeness[i]
		}
	}
	return origin, like
}

// centroids are the sums of each class's texts, with the roots of their weights, at length 1.
func centroids(classes int, lists ...[]example) []example {
	sums := make([]map[int32]float32, classes)
	for _, list := range lists {
		for _, e := range list {
			if sums[e.class] == nil {
				sums[e.class] = map[int32]float32{}
			}
			for _, t := range e.terms {
				sums[e.class][t.id] += t.weight
			}
		}
	}
	var out []example
	for c, m := range sums {
		terms := sorted(m)
		length := float32(0)
		for i := range terms {
			length += terms[i].weight
			terms[i].weight = float32(math.Sqrt(float64(terms[i].weight)))
		}
		for i := range terms {
			terms[i].weight /= float32(math.Sqrt(float64(length)))
		}
		if len(terms) > 0 {
			out = append(out, example{terms: terms, class: int32(c), weight: 1})
		}
	}
	return out
}
