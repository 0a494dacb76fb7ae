package occupation

import "slices"

// bins is how many steps a signal is rounded to while trees grow.
const bins = 48

// plot is where trees grow: all rows with their signals in bins.
type plot struct {
	growth
	width      int
	binned     []uint8
	cuts       [][]float32 // by signal: bin b holds what is at least cuts[b-1]
	grad, hess []float64
	use        []int // signals this tree may ask
	nodes      []node
}

func newPlot(flat [][]float32, width int, g growth) *plot {
	n := len(flat)
	p := &plot{
		growth: g, width: width, binned: make([]uint8, n*width), cuts: make([][]float32, width),
		grad: make([]float64, n), hess: make([]float64, n),
	}
	column := make([]float32, n)
	for k := range width {
		for i, r := range flat {
			column[i] = r[k]
		}
		slices.Sort(column)
		for b := 1; b < bins; b++ {
			c := column[b*n/bins]
			if m := len(p.cuts[k]); m == 0 && c > column[0] || m > 0 && p.cuts[k][m-1] < c {
				p.cuts[k] = append(p.cuts[k], c)
			}
		}
		for i, r := range flat {
			b, found := slices.BinarySearch(p.cuts[k], r[k])
			if found {
				b++
			}
			p.binned[i*width+k] = uint8(b)
		}
	}
	return p
}

// grow splits rows where that lowers the loss most, and returns the number of the node.
func (p *plot) grow(rows []int32, depth int) int32 {
	id := int32(len(p.nodes))
	var g, h float64
	for _, r := range rows {
		g += p.grad[r]
		h += p.hess[r]
	}
	p.nodes = append(p.nodes, node{feature: -1, value: float32(-p.rate * g / (h + p.lambda))})
	if depth == p.depth {
		return id
	}
	k, b, ok := p.split(rows, g, h)
	if !ok {
		return id
	}
	var left, right []int32
	for _, r := range rows {
		if int(p.binned[int(r)*p.width+k]) <= b {
			left = append(left, r)
		} else {
			right = append(right, r)
		}
	}
	l, r := p.grow(left, depth+1), p.grow(right, depth+1)
	p.nodes[id] = node{feature: int32(k), cut: p.cuts[k][b], left: l, right: r}
	return id
}

// split finds the best signal and bin to part rows at.
func (p *plot) split(rows []int32, g, h float64) (signal, bin int, ok bool) {
	sums := make([][2]float64, p.width*bins)
	for _, r := range rows {
		row, pull, weight := p.binned[int(r)*p.width:(int(r)+1)*p.width], p.grad[r], p.hess[r]
		for _, k := range p.use {
			s := &sums[k*bins+int(row[k])]
			s[0] += pull
			s[1] += weight
		}
	}
	most, now := 1e-3, g*g/(h+p.lambda)
	for _, k := range p.use {
		var lg, lh float64
		for b := range p.cuts[k] {
			lg += sums[k*bins+b][0]
			lh += sums[k*bins+b][1]
			if lh < p.least || h-lh < p.least {
				continue
			}
			if gain := lg*lg/(lh+p.lambda) + (g-lg)*(g-lg)/(h-lh+p.lambda) - now; gain > most {
				most, signal, bin, ok = gain, k, b, true
			}
		}
	}
	return signal, bin, ok
}
