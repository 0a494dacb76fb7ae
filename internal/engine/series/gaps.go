package series

import "math"

// fill puts values on the straight line between their neighbours where they are missing. The ends are known (check).
func fill(y []float64) (filled []float64, gaps []int) {
	filled = append([]float64(nil), y...)
	last := 0
	for i, v := range y {
		if math.IsNaN(v) {
			gaps = append(gaps, i)
			continue
		}
		for j := last + 1; j < i; j++ {
			filled[j] = y[last] + (v-y[last])*float64(j-last)/float64(i-last)
		}
		last = i
	}
	return filled, gaps
}
