package search

import "strings"

// Kinds of terms: the upper four bits of a key.
const (
	inText uint64 = iota + 1 // anywhere
	inTitle
	inOccupation
	inEmployer
	ofArea
	ofOccupation
	ofIndustry
	ofEducation
	ofHours
	ofContract
	ofFlag
	ofPayHigh // pays at its best payEdges[n] or more
	ofPayLow  // pays at its least payEdges[n] or more
	ofCell    // lies in a cell of the grid
)

func key(kind, term uint64) uint64 { return kind<<60 | term }

// digits packs a code of digits; codes of different lengths differ.
func digits(code string) (n uint64) {
	for i := range len(code) {
		n = n*10 + uint64(code[i]-'0')%10
	}
	return n<<4 | uint64(len(code))&15
}

// areaLengths are the lengths of area codes that have a term.
var areaLengths = []int{2, 4, 6, 9, 12}

// OccupationCode is a code without the groups that say nothing: 6-18-00-00 is 6-18.
func OccupationCode(code string) string {
	for strings.HasSuffix(code, "-00") {
		code = code[:len(code)-3]
	}
	return code
}

// occupationLevels are a code and the classes it belongs to: 6, 6-18, 6-18-02, 6-18-02-04.
func occupationLevels(code string, yield func(string)) {
	if code = OccupationCode(code); code == "" {
		return
	}
	for i := range code {
		if code[i] == '-' {
			yield(code[:i])
		}
	}
	yield(code)
}

func occupationTerm(code string) uint64 {
	return digits(strings.ReplaceAll(OccupationCode(code), "-", ""))
}

// industryTerm packs C or C26; finer codes are taken as their division.
func industryTerm(code string) uint64 {
	if code == "" {
		return 0
	}
	return uint64(code[0])<<32 | digits(code[1:min(len(code), 3)])
}

// payEdges are the steps of pay, fen a month, that have a term.
var payEdges = func() (edges []int64) {
	edges = append(edges, 1) // anything but to be agreed
	for yuan := int64(1000); yuan < 10000; yuan += 500 {
		edges = append(edges, yuan*100)
	}
	for _, yuan := range []int64{10000, 12000, 15000, 20000, 30000, 50000} {
		edges = append(edges, yuan*100)
	}
	return edges
}()

// cellSize is the side of a cell of the grid in degrees.
const cellSize = 0.25

func cellTerm(lat, lon int) uint64 { return uint64(lat+1000)<<20 | uint64(lon+1000) }
