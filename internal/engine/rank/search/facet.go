package search

import (
	"cmp"
	"fmt"
	mathbits "math/bits"
	"slices"
	"sync"
)

// Facet is how a result is spread over the values of one thing.
type Facet struct {
	Name   string // area, occupation, industry, pay, education, hours, contract, flags
	Counts []Count
}

// Count is how many of the result have a value: an area's or occupation's code, a band of yuan a month (5000-6000, 15000-,
// "" to be agreed), a number of Education, Hours or Contract, a flag's code.
type Count struct {
	Code string
	N    int
}

// facetRow is what is counted of a vacancy, in ten bytes.
type facetRow struct {
	area, occupation uint16 // numbers in the segment
	flags            uint16
	offer            uint8 // band of pay 4 bits, education 3
	terms            uint8 // hours 3 bits, contract 3
	industry         uint8 // section, 1 for A; 0 not known
}

const facetRowSize = 10

// facetArea is the area a vacancy is counted by: its township.
func facetArea(code string) string { return code[:min(len(code), 9)] }

// bands are the upper ends of the bands of pay in fen a month; band 0 is to be agreed.
var bands = []int64{300000, 400000, 500000, 600000, 800000, 1000000, 1500000}

func band(low, high int64) uint8 {
	if high <= 0 {
		return 0
	}
	middle := (low + high) / 2
	i, _ := slices.BinarySearch(bands, middle+1)
	return uint8(i + 1)
}

func bandCode(b int) string {
	switch {
	case b == 0:
		return ""
	case b == 1:
		return fmt.Sprintf("-%d", bands[0]/100)
	case b > len(bands):
		return fmt.Sprintf("%d-", bands[len(bands)-1]/100)
	}
	return fmt.Sprintf("%d-%d", bands[b-2]/100, bands[b-1]/100)
}

func (v *Vacancy) row(area, occupation uint16) facetRow {
	low, high := v.pay()
	r := facetRow{area: area, occupation: occupation, flags: uint16(v.Flags) & (1<<flagCount - 1)}
	r.offer, r.terms = band(low, high)<<3|uint8(v.Education&7), uint8(v.Hours&7)<<3|uint8(v.Contract&7)
	if v.Industry != "" && v.Industry[0] >= 'A' && v.Industry[0] <= 'T' {
		r.industry = v.Industry[0] - 'A' + 1
	}
	return r
}

// tally counts rows of one segment. Its tables are small, so that they stay in the processor's first cache.
type tally struct {
	area, occupation []int32
	table            tallyTable
}

type tallyTable struct {
	welcome, offers [64]int32 // upper and lower six flags
	offer           [128]int32
	terms           [64]int32
	industry        [32]int32
}

func newTally(s *segment) *tally {
	return &tally{area: make([]int32, len(s.areas)), occupation: make([]int32, len(s.occupations))}
}

// reset makes a tally empty for a segment.
func (t *tally) reset(s *segment) {
	t.area = append(t.area[:0], make([]int32, len(s.areas))...)
	t.occupation = append(t.occupation[:0], make([]int32, len(s.occupations))...)
	t.table = tallyTable{}
}

// add counts the rows of a set, each by.
func (t *tally) add(s *segment, set bits, by int32) {
	area, occupation, table, rows := t.area, t.occupation, &t.table, s.rows
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			r := &rows[i<<6+mathbits.TrailingZeros64(w)]
			area[r.area] += by
			occupation[r.occupation] += by
			table.offers[r.flags&63] += by
			table.welcome[r.flags>>6&63] += by
			table.offer[r.offer&127] += by
			table.terms[r.terms&63] += by
			table.industry[r.industry&31] += by
		}
	}
}

// copyFrom takes over another's counts.
func (t *tally) copyFrom(o *tally) {
	copy(t.area, o.area)
	copy(t.occupation, o.occupation)
	t.table = o.table
}

// sums are the counts of the whole index.
type sums struct {
	area, occupation             map[string]int
	flags                        [flagCount]int
	pay                          [16]int
	education, hours, contract   [8]int
	industry                     [32]int
	areaDigits, occupationDigits int
}

// tallies are lent for the time of one question.
var tallies = sync.Pool{New: func() any { return &tally{} }}

func newSums(q *Query) *sums {
	a := &sums{area: map[string]int{}, occupation: map[string]int{}, areaDigits: q.AreaDigits, occupationDigits: q.OccupationDigits}
	if a.areaDigits == 0 {
		a.areaDigits = 4
		if len(q.Filter.Areas) == 1 {
			a.areaDigits = areaBelow(len(q.Filter.Areas[0]))
		}
	}
	if a.occupationDigits == 0 {
		a.occupationDigits = 1
		if len(q.Filter.Occupations) == 1 {
			a.occupationDigits = min(len(OccupationCode(q.Filter.Occupations[0]))+3, 10)
		}
	}
	return a
}

// areaBelow is the length of the codes that an area's children have.
func areaBelow(n int) int {
	for _, length := range areaLengths[:4] {
		if length > n {
			return length
		}
	}
	return 9
}

// add takes in a segment's tally.
func (a *sums) add(s *segment, t *tally) {
	roll(a.area, s.areas, t.area, a.areaDigits)
	roll(a.occupation, s.occupations, t.occupation, a.occupationDigits)
	for mask := range uint(64) {
		for m := mask; m != 0; m &= m - 1 {
			bit := mathbits.TrailingZeros(m)
			a.flags[bit] += int(t.table.offers[mask])
			a.flags[bit+6] += int(t.table.welcome[mask])
		}
	}
	for i, n := range t.table.offer {
		a.pay[i>>3] += int(n)
		a.education[i&7] += int(n)
	}
	for i, n := range t.table.terms {
		a.hours[i>>3] += int(n)
		a.contract[i&7] += int(n)
	}
	for i, n := range t.table.industry {
		a.industry[i] += int(n)
	}
}

// roll adds up the counts of codes, which are in order, by their beginnings.
func roll(into map[string]int, codes []string, counts []int32, digits int) {
	sum, group := 0, ""
	for i, n := range counts {
		if n == 0 {
			continue
		}
		if code := codes[i][:min(len(codes[i]), digits)]; code != group {
			if sum != 0 {
				into[group] += sum
			}
			sum, group = 0, code
		}
		sum += int(n)
	}
	if sum != 0 {
		into[group] += sum
	}
}

// facets are the counts as they are given out: the largest first.
func (a *sums) facets() []Facet {
	numbers := func(counts []int, name func(int) string) (list []Count) {
		for i, n := range counts {
			if n != 0 {
				list = append(list, Count{name(i), n})
			}
		}
		return list
	}
	codes := func(m map[string]int) (list []Count) {
		list = make([]Count, 0, len(m))
		for code, n := range m {
			list = append(list, Count{code, n})
		}
		slices.SortFunc(list, func(x, y Count) int { return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.Code, y.Code)) })
		return list
	}
	plain := func(i int) string { return digitNames[i] }
	return []Facet{
		{"area", codes(a.area)},
		{"occupation", codes(a.occupation)},
		{"industry", numbers(a.industry[:], func(i int) string { return industryNames[i] })},
		{"pay", numbers(a.pay[:], func(i int) string { return bandNames[i] })},
		{"education", numbers(a.education[:], plain)},
		{"hours", numbers(a.hours[:], plain)},
		{"contract", numbers(a.contract[:], plain)},
		{"flags", numbers(a.flags[:], func(i int) string { return flagNames[i] })},
	}
}

var digitNames = [8]string{"0", "1", "2", "3", "4", "5", "6", "7"}

var bandNames = func() (names [16]string) {
	for i := range len(bands) + 2 {
		names[i] = bandCode(i)
	}
	return names
}()

var industryNames = func() (names [32]string) {
	for i := 1; i <= 20; i++ {
		names[i] = string(rune('A' + i - 1))
	}
	return names
}()
