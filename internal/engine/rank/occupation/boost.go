package occupation

import (
	"math"
	"math/rand/v2"
)

// group is one title's candidates: a row of signals for each, and which of them is right.
type group struct {
	rows  [][]float32
	right int
}

// forest weighs candidates: a linear part, and what small trees add to it. Its sums over a title's candidates go through
// a softmax and are then probabilities.
type forest struct {
	start []float32
	trees [][]node
}

// node of a tree; a leaf has feature -1.
type node struct {
	feature     int32
	cut         float32
	left, right int32
	value       float32
}

// growth says how trees are grown.
type growth struct {
	trees, depth int
	rate         float64 // of what a tree adds
	least        float64 // weight of a leaf
	lambda       float64 // pull of leaves to 0
	some, fields float64 // share of titles and of signals that a tree sees
	seed         uint64
}

// boost grows trees on what the linear part leaves.
func boost(groups []group, start []float32, g growth) *forest {
	f := &forest{start: start}
	var flat [][]float32
	for _, x := range groups {
		flat = append(flat, x.rows...)
	}
	if len(flat) == 0 {
		return f
	}
	p := newPlot(flat, len(start), g)
	score := make([]float64, len(flat))
	for i, r := range flat {
		score[i] = f.linear(r)
	}
	random := rand.New(rand.NewPCG(g.seed, 11))
	for range g.trees {
		p.use = p.use[:0]
		for k := range p.width {
			if random.Float64() < g.fields {
				p.use = append(p.use, k)
			}
		}
		var rows []int32
		at := 0
		for _, x := range groups {
			if random.Float64() < g.some {
				rows = p.slope(rows, x, at, score)
			}
			at += len(x.rows)
		}
		p.nodes = nil
		p.grow(rows, 0)
		for i, r := range flat {
			score[i] += float64(walk(p.nodes, r))
		}
		f.trees = append(f.trees, p.nodes)
	}
	return f
}

// slope sets the gradients of one title's candidates and adds their rows to the list.
func (p *plot) slope(rows []int32, x group, at int, score []float64) []int32 {
	top, sum := math.Inf(-1), 0.0
	for i := range x.rows {
		top = max(top, score[at+i])
	}
	for i := range x.rows {
		p.grad[at+i] = math.Exp(score[at+i] - top)
		sum += p.grad[at+i]
	}
	for i := range x.rows {
		q := p.grad[at+i] / sum
		p.hess[at+i] = max(q*(1-q), 1e-6)
		p.grad[at+i] = q
		if i == x.right {
			p.grad[at+i]--
		}
		rows = append(rows, int32(at+i))
	}
	return rows
}

func walk(nodes []node, row []float32) float32 {
	n := &nodes[0]
	for n.feature >= 0 {
		if row[n.feature] < n.cut {
			n = &nodes[n.left]
		} else {
			n = &nodes[n.right]
		}
	}
	return n.value
}

func (f *forest) linear(row []float32) float64 {
	s := 0.0
	for k, w := range f.start {
		s += float64(w) * float64(row[k])
	}
	return s
}

// weigh gives a title's candidates their probabilities.
func (f *forest) weigh(rows [][]float32) []float32 {
	out := make([]float32, len(rows))
	for i, r := range rows {
		s := f.linear(r)
		for _, t := range f.trees {
			s += float64(walk(t, r))
		}
		out[i] = float32(s)
	}
	softmax(out)
	return out
}
