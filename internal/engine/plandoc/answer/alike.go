package answer

import "strings"

var plainer = strings.NewReplacer(" ", "", "　", "", "（", "(", "）", ")", "“", "", "”", "", "\"", "", "全区", "", "全市", "", "全盟", "", "全省", "", "，", ",")

func same(a, b string) bool { return plainer.Replace(a) == plainer.Replace(b) }

// alike reports whether two names mean the same to a reader: equal, one within the other, or most pairs of characters shared.
func alike(a, b string) bool {
	a, b = plainer.Replace(a), plainer.Replace(b)
	return a == b || strings.Contains(a, b) || strings.Contains(b, a) || overlap(a, b) >= .6
}

// overlap is the share of character pairs two names have in common (Dice).
func overlap(a, b string) float64 {
	pairs := map[string]int{}
	ra, rb := []rune(a), []rune(b)
	for i := 0; i+1 < len(ra); i++ {
		pairs[string(ra[i:i+2])]++
	}
	n := 0
	for i := 0; i+1 < len(rb); i++ {
		if pairs[string(rb[i:i+2])] > 0 {
			pairs[string(rb[i:i+2])]--
			n++
		}
	}
	return 2 * float64(n) / float64(max(1, len(ra)+len(rb)-2))
}

// quoted reports whether a quote is the expected one: the same words, or one inside the other with at least half of it.
func quoted(got, want string) bool {
	short, long := plainer.Replace(got), plainer.Replace(want)
	if len(short) > len(long) {
		short, long = long, short
	}
	return strings.Contains(long, short) && len(short)*2 >= len(long)
}
