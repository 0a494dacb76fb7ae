package linkage

import (
	"bytes"
	"strings"
	"unicode"
)

// areas are hierarchical area codes of 2, 4, 6, 9 or 12 digits.
type areas struct{ codes [][5]uint32 } // each level's code as a number, 0 where the code ends before

var areaEnds = [5]int{2, 4, 6, 9, 12}

func newAreas() *areas { return &areas{codes: [][5]uint32{{}}} }

func (a *areas) clean(raw string) (string, Mark) {
	s := onlyDigits(plain(raw))
	switch {
	case s == "":
		return "", Mark{}
	case len(s) < 2 || len(s) > 12:
		return "", Mark{Invalid, "area.length"}
	}
	for len(s) > 6 && strings.HasSuffix(s, "000") {
		s = s[:len(s)-3]
	}
	for len(s) > 2 && len(s) <= 6 && strings.HasSuffix(s, "00") {
		s = s[:len(s)-2]
	}
	return s, fine
}

func (a *areas) add(s string, _ Mark) {
	var code [5]uint32
	for i, end := range areaEnds {
		if len(s) >= end {
			code[i] = key32(hash64(s[:end]))
		}
	}
	a.codes = append(a.codes, code)
}

func (a *areas) forget(n int) { a.codes = a.codes[:n] }

var areaDegrees = []Degree{
	{"same", "一致", "same"},
	{"village", "同嘎查村、社区", "same village"},
	{"township", "同苏木乡镇、街道", "same township"},
	{"banner", "同旗县", "same banner"},
	{"league", "同盟市", "same league"},
	{"region", "同省级", "same region"},
	{"different", "不同", "different"},
}

func (a *areas) degrees() []Degree         { return areaDegrees }
func (a *areas) same(uint32) uint8         { return 0 }
func (a *areas) compare(v, w uint32) uint8 { return deepest(&a.codes[v], &a.codes[w]) }

// deepest is the degree of the lowest level at which both have a code and agree.
func deepest(a, b *[5]uint32) uint8 {
	for i := 4; i >= 0; i-- {
		if a[i] != 0 && a[i] == b[i] {
			return uint8(5 - i)
		}
	}
	return 6
}

func (a *areas) feature(name string) func(uint32) uint64 {
	return level(name, func(v uint32) *[5]uint32 { return &a.codes[v] })
}

func level(name string, of func(uint32) *[5]uint32) func(uint32) uint64 {
	for i, n := range []string{"region", "league", "banner", "township", "village"} {
		if n == name {
			return func(v uint32) uint64 { return uint64(of(v)[i]) * prime1 }
		}
	}
	return nil
}

// addresses are written-out Chinese addresses: administrative levels first, then the rest.
type addresses struct {
	levels [][5]uint32
	rests  []uint64 // hash of the digits and characters after the levels
	values *dict
}

func newAddresses(values *dict) *addresses {
	return &addresses{levels: [][5]uint32{{}}, rests: []uint64{0}, values: values}
}

func (a *addresses) clean(raw string) (string, Mark) {
	if tidy(raw) {
		return raw, fine
	}
	s, m := cleanEmployer(raw)
	if len([]rune(s)) == 1 {
		return "", Mark{Invalid, "address.short"}
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) && r != '-' && r != '(' && r != ')' {
			return -1
		}
		return r
	}, s)
	return s, m
}

// suffixes end the names of administrative levels, longest first within a level.
var suffixes = [5][]string{
	{"自治区", "省"},
	{"自治州", "地区", "盟", "市"},
	{"自治县", "自治旗", "林区", "开发区", "示范区", "县", "旗", "区", "市"},
	{"街道办事处", "街道", "苏木", "镇", "乡", "农场", "牧场"},
	{"村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "嘎查", "社区", "村"},
}

// divide finds the names of the levels and what follows them. A level that is not written is empty.
func divide(s string) (names [5]string, rest string) {
	for i, level := range suffixes {
		at, size := -1, 0
		for _, suffix := range level {
			if p := strings.Index(s, suffix); p > 3 && p <= 36 && (at < 0 || p < at) {
				at, size = p, len(suffix)
			}
		}
		if at < 0 {
			continue
		}
		if i < 3 && strings.ContainsAny(s[:at], "0123456789号路街") { // 12号市场
			continue
		}
		names[i], s = s[:at], s[at+size:]
	}
	return names, s
}

func (a *addresses) add(s string, _ Mark) {
	names, rest := divide(s)
	var code [5]uint32
	for i, n := range names {
		if n != "" {
			code[i] = key32(hash64(n))
		}
	}
	a.levels = append(a.levels, code)
	a.rests = append(a.rests, hash64(rest))
	if rest == "" {
		a.rests[len(a.rests)-1] = 0
	}
}

func (a *addresses) forget(n int) { a.levels, a.rests = a.levels[:n], a.rests[:n] }

var addressDegrees = []Degree{
	{"same", "一致", "same"},
	{"rest", "门牌部分一致", "same house, upper levels written differently"},
	{"near", "一处不同", "differ at one place"},
	{"village", "同嘎查村、社区", "same village"},
	{"township", "同苏木乡镇、街道", "same township"},
	{"banner", "同旗县", "same banner"},
	{"league", "同盟市", "same league"},
	{"region", "同省级", "same region"},
	{"different", "不同", "different"},
}

func (a *addresses) degrees() []Degree { return addressDegrees }
func (a *addresses) same(uint32) uint8 { return 0 }

func (a *addresses) compare(v, w uint32) uint8 {
	la, lb := &a.levels[v], &a.levels[w]
	d := deepest(la, lb)
	if a.rests[v] != 0 && a.rests[v] == a.rests[w] && (d <= 3 || la[2] == 0 || lb[2] == 0) && !contradict(la, lb) {
		return 1
	}
	if slip(a.values.text(v), a.values.text(w)) {
		return 2
	}
	if d == 6 {
		return 8
	}
	return d + 2
}

// slip reports whether two addresses of at least six characters differ at one place only, by two characters at most, none
// of them a digit.
func slip(a, b []byte) bool {
	if len(a) < 18 || len(b) < 18 || len(a)-len(b) > 6 || len(b)-len(a) > 6 {
		return false
	}
	from := 0
	for from < min(len(a), len(b)) && a[from] == b[from] {
		from++
	}
	a, b = a[from:], b[from:]
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 6 && len(b) <= 6 && !bytes.ContainsAny(a, "0123456789") && !bytes.ContainsAny(b, "0123456789")
}

// contradict reports whether two addresses name different areas at a level that both have.
func contradict(a, b *[5]uint32) bool {
	for i := range a {
		if a[i] != 0 && b[i] != 0 && a[i] != b[i] {
			return true
		}
	}
	return false
}

func (a *addresses) feature(name string) func(uint32) uint64 {
	switch name {
	case "rest": // what follows the administrative levels
		return func(v uint32) uint64 { return a.rests[v] }
	case "house": // the same with the lowest level before it
		return func(v uint32) uint64 {
			low := max(a.levels[v][4], 1)
			if low == 1 {
				low = max(a.levels[v][3], 1)
			}
			if a.rests[v] == 0 {
				return 0
			}
			return mix(uint64(low), a.rests[v])
		}
	}
	return level(name, func(v uint32) *[5]uint32 { return &a.levels[v] })
}
