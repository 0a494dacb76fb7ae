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
	mix              uint16 // band of pay 4 bits, education 3, hours 3, contract 3
	industry         uint8  // section, 1 for A; 0 not known
}

const facetRowSize = 10

// facetArea is the area a vacancy is counted by: its township.
func facetArea(code string) string { return code[:min(len(code), 9)] }

// bands are the upper ends of the bands of pay in fen a month; band 0 is to be agreed.
var bands = []int64{300000, 400000, 500000, 600000, 800000, 1000000, 1500000}

func band(low, high int64) uint16 {
	if high <= 0 {
		return 0
	}
	middle := (low + high) / 2
	i, _ := slices.BinarySearch(bands, middle+1)
	return uint16(i + 1)
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
	r.mix = band(low, high)<<9 | uint16(v.Education&7)<<6 | uint16(v.Hours&7)<<3 | uint16(v.Contract&7)
	if v.Industry != "" && v.Industry[0] >= 'A' && v.Industry[0] <= 'T' {
		r.industry = v.Industry[0] - 'A' + 1
	}
	return r
}

// tally counts rows of one segment.
type tally struct {
	area, occupation []int32
	flags            [1 << flagCount]int32
	mix              [1 << 13]int32
	industry         [32]int32
}

func newTally(s *segment) *tally {
	return &tally{area: make([]int32, len(s.areas)), occupation: make([]int32, len(s.occupations))}
}

// reset makes a tally empty for a segment.
func (t *tally) reset(s *segment) {
	t.area = append(t.area[:0], make([]int32, len(s.areas))...)
	t.occupation = append(t.occupation[:0], make([]int32, len(s.occupations))...)
	clear(t.flags[:])
	clear(t.mix[:])
	clear(t.industry[:])
}

// add counts the rows of a set, each by.
func (t *tally) add(s *segment, set bits, by int32) {
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			r := &s.rows[i<<6+mathbits.TrailingZeros64(w)]
			t.area[r.area] += by
			t.occupation[r.occupation] += by
			t.flags[r.flags&(1<<flagCount-1)] += by
			t.mix[r.mix&(1<<13-1)] += by
			t.industry[r.industry&31] += by
		}
	}
}

// copyFrom takes over another's counts.
func (t *tally) copyFrom(o *tally) {
	copy(t.area, o.area)
	copy(t.occupation, o.occupation)
	t.flags, t.mix, t.industry = o.flags, o.mix, o.industry
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
	for mask, n := range t.flags {
		for m := uint(mask); n != 0 && m != 0; m &= m - 1 {
			a.flags[mathbits.TrailingZeros(m)] += int(n)
		}
	}
	for mix, n := range t.mix {
		if n != 0 {
			a.pay[mix>>9] += int(n)
			a.education[mix>>6&7] += int(n)
			a.hours[mix>>3&7] += int(n)
			a.contract[mix&7] += int(n)
		}
	}
	for i, n := range t.industry {
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
