package linkage

// slips reports whether names of at least three characters differ only by several small slips at once: some characters
// written by ear and one missing, wrong or swapped with its neighbour (two in names from five characters on, as Mongolian
// ones have). At least one character stands as it is, and two agree by writing or sound: names that have only the family
// name in common, or nothing, are other names.
func (z *zhNames) slips(a, b *zhName) bool {
	n, m := int(a.n), int(b.n)
	if n < m {
		a, b, n, m = b, a, m, n
	}
	allowed := 1
	if n >= 5 {
		allowed = 2
	}
	if n < 3 || n-m > allowed || !z.share(a, b) {
		return false
	}
	var rows [3][zhLength + 1]int
	for j := range m + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= n; i++ {
		row, up, up2 := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= m; j++ {
			cost := up[j-1]
			if !z.soft(a, b, i-1, j-1) {
				cost++
			}
			row[j] = min(cost, up[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && z.soft(a, b, i-1, j-2) && z.soft(a, b, i-2, j-1) {
				row[j] = min(row[j], up2[j-2]+1)
			}
		}
	}
	hard := rows[n%3][m]
	return hard <= allowed && n-hard >= 2
}

// soft reports whether two characters may stand for one another: the same, unreadable, the same or a like sound, and in
// names from four characters on the same consonant.
func (z *zhNames) soft(a, b *zhName, i, j int) bool {
	c, d, s, t := a.chars[i], b.chars[j], a.sounds[i], b.sounds[j]
	switch {
	case c == d, c == gap, d == gap:
		return true
	case s == 0 || t == 0:
		return false
	case z.r.alike[s] == z.r.alike[t]:
		return true
	}
	return max(a.n, b.n) >= 4 && z.r.skeleton[s] != 0 && z.r.skeleton[s] == z.r.skeleton[t]
}

// share reports whether one character stands in both names as it is, at nearly the same place: most names that differ are
// told apart here.
func (z *zhNames) share(a, b *zhName) bool {
	for i := range int(a.n) {
		for j := max(0, i-2); j < min(int(b.n), i+3); j++ {
			if a.chars[i] == b.chars[j] && a.chars[i] != gap {
				return true
			}
		}
	}
	return false
}
