package allocate

import "math"

// exact is the largest Value that one recommendation each can reach: the Hungarian method in the shortest-path form of
// Jonker and Volgenant, over a full table of seekers × invitations. A seeker without anything is matched with nothing.
func exact(r *room) float64 {
	m := r.m
	var vacancyOf []int
	for j := range m.vacancies {
		for range r.first[j+1] - r.first[j] {
			vacancyOf = append(vacancyOf, j)
		}
	}
	rows, columns := len(m.seekers), len(vacancyOf)
	gain := make([]float64, rows*max(columns, 1))
	value := make([]float64, len(m.vacancies))
	for i := range rows {
		clear(value)
		for p := m.start[i]; p < m.start[i+1]; p++ {
			value[m.to[p]] = float64(m.value[p])
		}
		for k, j := range vacancyOf {
			gain[i*columns+k] = max(0, value[j]-float64(r.charge[k]))
		}
	}
	if rows > columns {
		turned := make([]float64, len(gain))
		for i := range rows {
			for k := range columns {
				turned[k*rows+i] = gain[i*columns+k]
			}
		}
		return hungarian(turned, columns, rows)
	}
	return hungarian(gain, rows, columns)
}

// hungarian gives the largest sum of one entry in every row with no column used twice; rows ≤ columns.
func hungarian(gain []float64, rows, columns int) float64 {
	u, v := make([]float64, rows+1), make([]float64, columns+1)
	match, way := make([]int, columns+1), make([]int, columns+1)
	least, used := make([]float64, columns+1), make([]bool, columns+1)
	for i := 1; i <= rows; i++ {
		match[0] = i
		for k := range least {
			least[k], used[k] = math.Inf(1), false
		}
		at := 0
		for match[at] != 0 {
			used[at] = true
			row, delta, next := match[at], math.Inf(1), 0
			for k := 1; k <= columns; k++ {
				if used[k] {
					continue
				}
				if c := -gain[(row-1)*columns+k-1] - u[row] - v[k]; c < least[k] {
					least[k], way[k] = c, at
				}
				if least[k] < delta {
					delta, next = least[k], k
				}
			}
			for k := 0; k <= columns; k++ {
				if used[k] {
					u[match[k]] += delta
					v[k] -= delta
				} else {
					least[k] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			match[at] = match[way[at]]
			at = way[at]
		}
	}
	sum := 0.0
	for k := 1; k <= columns; k++ {
		if match[k] > 0 {
			sum += gain[(match[k]-1)*columns+k-1]
		}
	}
	return sum
}

// arc is an arc of a flow network with room for one, and its reverse beside it.
type arc struct {
	to, room int
	cost     float64
}

// flow is the largest Value for any number of recommendations each: minimum cost flow by successive shortest paths.
func flow(r *room) float64 {
	m := r.m
	n := len(m.seekers) + len(m.vacancies) + 2
	source, sink := n-2, n-1
	var arcs []arc
	from := make([][]int, n)
	add := func(a, b int, cost float64) {
		from[a] = append(from[a], len(arcs))
		arcs = append(arcs, arc{b, 1, cost})
		from[b] = append(from[b], len(arcs))
		arcs = append(arcs, arc{a, 0, -cost})
	}
	for i := range m.seekers {
		for k := range r.o.Recommendations {
			add(source, i, r.least(int32(i), int16(k)))
		}
		for p := m.start[i]; p < m.start[i+1]; p++ {
			if m.value[p] > 0 {
				add(i, len(m.seekers)+int(m.to[p]), -float64(m.value[p]))
			}
		}
	}
	for j := range m.vacancies {
		for k := r.first[j]; k < r.first[j+1]; k++ {
			add(len(m.seekers)+j, sink, float64(r.charge[k]))
		}
	}
	sum := 0.0
	for {
		far, by, queued := make([]float64, n), make([]int, n), make([]bool, n)
		for k := range far {
			far[k] = math.Inf(1)
		}
		far[source] = 0
		for queue := []int{source}; len(queue) > 0; {
			a := queue[0]
			queue = queue[1:]
			queued[a] = false
			for _, k := range from[a] {
				if e := arcs[k]; e.room > 0 && far[a]+e.cost < far[e.to]-1e-12 {
					far[e.to], by[e.to] = far[a]+e.cost, k
					if !queued[e.to] {
						queued[e.to] = true
						queue = append(queue, e.to)
					}
				}
			}
		}
		if !(far[sink] < -1e-12) {
			return sum
		}
		sum -= far[sink]
		for at := sink; at != source; at = arcs[by[at]^1].to {
			arcs[by[at]].room--
			arcs[by[at]^1].room++
		}
	}
}
