package plandoc

import "slices"

// bestReading chooses how the head is meant by how the first rows fit it.
func bestReading(head, body []token, in []line) []string {
	ways := readings(head)
	best, most := ways[0], -1
	for n, cols := range ways {
		cols = cols[:period(cols)]
		if len(cols) < 2 || !hasValue(cols) {
			continue
		}
		trial := &grid{head: cols}
		sample := body[:min(len(body), 24*len(cols))]
		used := trial.fill(sample, columnsOf(cols, 0, 0), in)
		fit := 0
		for _, r := range trial.rows {
			if fit += full(r.cells) - r.blank; r.short {
				fit -= len(cols)
			}
		}
		if fit = 4*fit - disorder(columnsOf(cols, 0, 0)); fit > most {
			best, most = cols, fit
		}
		if n == 0 && used*4 >= len(sample)*3 && !slices.ContainsFunc(trial.rows, func(r gridRow) bool { return r.short }) {
			break
		}
	}
	return best
}

// disorder counts the columns of figures that stand before one of an earlier year, or before the years for a total or a growth.
func disorder(cols []column) (n int) {
	last := ""
	for _, c := range cols {
		year := c.year
		if c.use == useTotal || c.use == useGrowth {
			year = "9999"
		}
		if year == "" || c.use < useBase {
			continue
		}
		if year < last {
			n++
		}
		last = max(last, year)
	}
	return n
}

// readings are the ways a text's head can be meant, the likeliest first: as it is printed, each cell a column, and with its last
// cells standing under or beside an earlier one, where the head had two lines.
func readings(head []token) [][]string {
	out := [][]string{groupHead(head)}
	var raw []string
	for _, t := range head {
		raw = append(raw, t.raw)
	}
	if len(raw) < 3 || len(raw) > 14 {
		return out
	}
	out = append(out, raw)
	over := raw // what is printed above the first column's head belongs to later columns
	for len(over) > 0 && !headStart.MatchString(plain(raw[len(raw)-len(over)])) {
		over = over[1:]
	}
	if n := len(raw) - len(over); n > 0 && n < len(raw) {
		return append(out, spanned(raw[:n], raw[n:])...)
	}
	for _, flat := range [][]string{raw, out[0]} {
		for m := 2; m <= 4 && m < len(flat)-1; m++ {
			upper, lower := flat[:len(flat)-m], flat[len(flat)-m:]
			for p := 1; p <= len(upper); p++ {
				if p < len(upper) {
					out = append(out, slices.Concat(upper[:p], lower, upper[p:]))
				}
				if p < len(upper) && p > 1 && valueHead.MatchString(plain(upper[p-1])) && valueHead.MatchString(plain(upper[p])) {
					out = append(out, slices.Concat(upper[:p-1], lower, upper[p+1:])) // two heads over them
				}
				if over := upper[p-1]; valueHead.MatchString(plain(over)) {
					under := make([]string, m)
					for k := range under {
						under[k] = over + lower[k]
					}
					out = append(out, slices.Concat(upper[:p-1], under, upper[p:]))
				}
			}
		}
	}
	return out
}

// spanned are the ways in which heads of the first line can stand over the last ones of the second and third.
func spanned(over, rest []string) [][]string {
	var out [][]string
	for m := len(over); m <= 4*len(over) && m < len(rest)-1; m += len(over) {
		upper, lower := rest[:len(rest)-m], slices.Clone(rest[len(rest)-m:])
		for k := range lower {
			lower[k] = over[k*len(over)/m] + lower[k]
		}
		for p := 1; p <= len(upper); p++ {
			out = append(out, slices.Concat(upper[:p], lower, upper[p:]))
		}
	}
	return out
}

// period is how many columns a head has that is printed several times side by side.
func period(head []string) int {
	n := len(head)
	for _, times := range []int{4, 3, 2} {
		p := n / times
		if n%times != 0 || p < 2 {
			continue
		}
		same := hasName(head[:p])
		for k := p; k < n && same; k++ {
			same = plain(head[k]) == plain(head[k-p])
		}
		if same {
			return p
		}
	}
	return n
}
