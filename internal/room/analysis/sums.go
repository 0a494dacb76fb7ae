package analysis

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/ground/lang"
)

// What is counted, as places in Sums.
const (
	Demand    = iota // openings of vacancies that were open on any day of the period (需求人数)
	Vacancies        // these vacancies (岗位)
	Posted           // openings of vacancies published in the period
	Supply           // people registered unemployed on any day of the period, each once, under what they look for (求职人数)
	Arrived          // registrations of unemployment that began in the period
	Hired            // spells of work with a unit that began in the period, by where the work is (新进人员)
	measures
)

// Sums are what is counted for a place, an occupation and a period.
type Sums [measures]int64

// Occupations that are not of the classification.
const (
	AllOccupations = ""
	NotCoded       = "-" // 未归类: the text said too little
)

var classes = sync.OnceValue(func() *occupation.Table { return occupation.NewTable(occupation.BuiltIn()) })

// occupationName is an occupation or a class of them; where it has no name of its own, that of the class above.
func occupationName(code string) string {
	switch code {
	case AllOccupations:
		return "全部职业"
	case NotCoded:
		return "未归类"
	}
	for level := occupation.Level(code); level >= occupation.Large; level-- {
		if c, ok := classes().Find(occupation.Up(code, level)); ok && c.Name != "" {
			return c.Name
		}
	}
	return code
}

// group is the class that tables count by: 中类.
func group(code string) string {
	if code == NotCoded || code == AllOccupations {
		return code
	}
	return occupation.Up(code, occupation.Middle)
}

// single reports whether a code is one occupation (细类), and not a class.
func single(code string) bool {
	return strings.Contains(code, "-") && len(code) > 1 && occupation.Level(code) == occupation.Detailed
}

// fewest is the number of people from which a number may be shown.
const fewest = 5

// few says whether a number of people is too small to be shown.
func few(n int64) bool { return n > 0 && n < fewest }

// drawn is a number as a line shows it: few people are drawn as none.
func drawn(what int, n int64) float64 {
	if what >= Supply && few(n) {
		return 0
	}
	return float64(n)
}

// conceal tells which numbers of people of siblings, whose sum is shown, are not shown: those of one to four people, and, so
// that a single one does not follow from the sum, the smallest of the others beside it.
func conceal(people []int64) []bool {
	hidden := make([]bool, len(people))
	n, next := 0, -1
	for i, v := range people {
		switch {
		case few(v):
			hidden[i] = true
			n++
		case v >= fewest && (next < 0 || v < people[next]):
			next = i
		}
	}
	if n == 1 && next >= 0 {
		hidden[next] = true
	}
	return hidden
}

// Ratio is 求人倍率 in hundredths: openings for each person who looks for work, rounded. ok is false where nobody looks.
func Ratio(demand, supply int64) (hundredths int64, ok bool) {
	if supply <= 0 {
		return 0, false
	}
	return (demand*100 + supply/2) / supply, true
}

// ratioText writes a ratio, 1.25.
func ratioText(hundredths int64) string {
	whole, rest := hundredths/100, hundredths%100
	return lang.Int(whole) + "." + string([]byte{byte('0' + rest/10), byte('0' + rest%10)})
}

// sortBy puts the parts with the most of a measure first.
func sortBy(list []Part, what int) {
	slices.SortStableFunc(list, func(a, b Part) int { return cmp.Compare(b.Sums[what], a.Sums[what]) })
}
