package linkage

import "math/bits"

// jaroWinkler is the similarity of two short texts from 0 to 1, with the usual bonus of a tenth per common first character
// up to four. Characters beyond the 64th are not looked at.
func jaroWinkler(a, b []rune) float64 {
	a, b = a[:min(len(a), 64)], b[:min(len(b), 64)]
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	window := max(len(a), len(b))/2 - 1
	var inA, inB uint64
	for i, r := range a {
		for j, end := max(0, i-window), min(len(b)-1, i+window); j <= end; j++ {
			if b[j] == r && inB&(1<<j) == 0 {
				inA |= 1 << i
				inB |= 1 << j
				break
			}
		}
	}
	m := float64(bits.OnesCount64(inA))
	if m == 0 {
		return 0
	}
	half := 0
	for x, y := inA, inB; x != 0; x, y = x&(x-1), y&(y-1) {
		if a[bits.TrailingZeros64(x)] != b[bits.TrailingZeros64(y)] {
			half++
		}
	}
	jaro := (m/float64(len(a)) + m/float64(len(b)) + (m-float64(half/2))/m) / 3
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*.1*(1-jaro)
}

// oneEdit reports whether one slip turns a into b: a character wrong, missing, too many, or two neighbours swapped
// (Damerau–Levenshtein distance 1).
func oneEdit[T rune | byte | uint16](a, b []T) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return equal(a[i:], b[i+1:])
	}
	if i == len(a) {
		return false
	}
	return equal(a[i+1:], b[i+1:]) || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && equal(a[i+2:], b[i+2:])
}

// edits is the Damerau–Levenshtein distance (neighbours swap at a cost of one) as far as limit; beyond it is limit+1.
func edits[T rune | byte](a, b []T, limit int) int {
	if len(a) > 64 || len(b) > 64 || len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var rows [3][65]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, up, up2 := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(up[j]+1, row[j-1]+1, up[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], up2[j-2]+1)
			}
		}
	}
	return min(rows[len(a)%3][len(b)], limit+1)
}

func equal[T rune | byte | uint16](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// contains reports whether all of short stand in long in the same order, perhaps with others between them.
func contains[T rune | uint16](long, short []T) bool {
	i := 0
	for _, c := range long {
		if i < len(short) && short[i] == c {
			i++
		}
	}
	return i == len(short)
}
