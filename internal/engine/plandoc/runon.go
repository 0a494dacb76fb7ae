package plandoc

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// itemRE finds the marks of items within a line: behind a sentence, a bracket or a space.
var itemRE = regexp.MustCompile(`(?:^|[。；：:）)]|\s)\s*((?:[（(](` + hanNumber + `)[）)])|(?:(` + hanNumber + `)、)|(?:(\d{1,2})[.．、][^\d]))`)

// runOn parts a line in which a whole list runs on: ……任务:（一）……。（二）……。（三）……。 Numbers must follow each other from one; a
// list under another begins anew, and figures (1.) part only lines that the others part too.
func runOn(s string) []string {
	if utf8.RuneCountInString(s) < 40 {
		return []string{s}
	}
	marks := itemRE.FindAllStringSubmatchIndex(s, -1)
	for _, kinds := range []int{3, 2} { // with figures, without
		last := [3]int{}
		var cuts []int
		han := 0
		for _, m := range marks {
			kind := 0
			for m[4+2*kind] < 0 {
				kind++
			}
			n, ok := hanInt(s[m[4+2*kind]:m[5+2*kind]])
			if kind >= kinds || !ok || n != last[kind]+1 && (n != 1 || kind == 1) {
				continue
			}
			last[kind] = n
			if kind < 2 {
				han++
			}
			cuts = append(cuts, m[2])
		}
		if han < 3 {
			continue
		}
		var out []string
		from := 0
		for _, c := range append(cuts, len(s)) {
			if part := strings.TrimSpace(s[from:c]); part != "" {
				out = append(out, part)
			}
			from = c
		}
		return out
	}
	return []string{s}
}
