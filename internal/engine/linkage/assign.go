package linkage

import (
	"math"
	"slices"
)

// hungarianLimit is the size of a tangle up to which the best assignment is computed exactly.
const hungarianLimit = 200

// assign leaves each record one partner at most: within every tangle of competing pairs the assignment with the largest
// sum of weights is kept, and the pairs that lost are counted.
func (r *Result) assign(d *Data) {
	var free, held []Pair // competing pairs, and conflicts, which are no links
	for _, p := range r.Pairs {
		if p.Rule >= 0 && !r.Trained.p.rule(p.Rule).links {
			held = append(held, p)
		} else {
			free = append(free, p)
		}
	}
	parent := make([]uint32, d.n)
	for i := range parent {
		parent[i] = uint32(i)
	}
	find := func(x uint32) uint32 {
		for parent[x] != x {
			parent[x] = parent[parent[x]]
			x = parent[x]
		}
		return x
	}
	for _, p := range free {
		if a, b := find(p.Left), find(p.Right); a != b {
			parent[max(a, b)] = min(a, b)
		}
	}
	slices.SortStableFunc(free, func(a, b Pair) int { return compare(find(a.Left), find(b.Left)) })
	kept := held
	for start := 0; start < len(free); {
		end := start + 1
		for end < len(free) && find(free[end].Left) == find(free[start].Left) {
			end++
		}
		kept = append(kept, oneToOne(free[start:end], bitsOf(r.Trained.p.model.Thresholds.Keep))...)
		start = end
	}
	r.Report.Unpaired = len(r.Pairs) - len(kept)
	r.Pairs = inOrder(kept)
}

// oneToOne picks the best pairs of one tangle.
func oneToOne(pairs []Pair, floor float64) []Pair {
	if len(pairs) == 1 {
		return pairs
	}
	index := func(of func(Pair) uint32) ([]uint32, map[uint32]int) {
		var list []uint32
		at := map[uint32]int{}
		for _, p := range pairs {
			if _, found := at[of(p)]; !found {
				at[of(p)] = len(list)
				list = append(list, of(p))
			}
		}
		return list, at
	}
	lefts, atLeft := index(func(p Pair) uint32 { return p.Left })
	rights, atRight := index(func(p Pair) uint32 { return p.Right })
	if max(len(lefts), len(rights)) > hungarianLimit {
		return greedy(pairs)
	}
	// Square matrix of costs: not pairing costs nothing, pairing costs less than nothing.
	n := max(len(lefts), len(rights))
	cost := make([][]float64, n)
	which := make([][]int, n)
	for i := range cost {
		cost[i], which[i] = make([]float64, n), make([]int, n)
	}
	for k, p := range pairs {
		value := p.Bits - floor + 1
		if p.Rule == byAlways {
			value += 100_000
		} else if p.Rule >= 0 {
			value += 1000
		}
		i, j := atLeft[p.Left], atRight[p.Right]
		cost[i][j], which[i][j] = -max(value, 0), k+1
	}
	var out []Pair
	for i, j := range hungarian(cost) {
		if k := which[i][j]; k > 0 {
			out = append(out, pairs[k-1])
		}
	}
	return out
}

// greedy takes the surest pair whose records are both free, again and again.
func greedy(pairs []Pair) []Pair {
	pairs = slices.Clone(pairs)
	slices.SortFunc(pairs, surest)
	taken := map[uint32]bool{}
	var out []Pair
	for _, p := range pairs {
		if !taken[p.Left] && !taken[p.Right] {
			taken[p.Left], taken[p.Right] = true, true
			out = append(out, p)
		}
	}
	return out
}

// hungarian gives each row of a square matrix a column so that the sum of costs is least (Kuhn–Munkres with potentials, O(n³)).
func hungarian(cost [][]float64) []int {
	n := len(cost)
	u, v := make([]float64, n+1), make([]float64, n+1)
	row, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		row[0] = i
		j0 := 0
		least, used := make([]float64, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		for row[j0] != 0 {
			used[j0] = true
			i0, delta, j1 := row[j0], math.Inf(1), 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if c := cost[i0-1][j-1] - u[i0] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := range n + 1 {
				if used[j] {
					u[row[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
		}
		for j0 != 0 {
			row[j0] = row[way[j0]]
			j0 = way[j0]
		}
	}
	out := make([]int, n)
	for j := 1; j <= n; j++ {
		out[row[j]-1] = j - 1
	}
	return out
}
