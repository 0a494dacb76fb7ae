package linkage

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// zhLength is how many characters of a name are compared; longer names are told apart by their whole text.
const zhLength = 10

// zhName is a Chinese name, ready to be compared.
type zhName struct {
	chars     [zhLength]uint16
	sounds    [zhLength]uint16
	skeleton  uint32 // of consonants, 0 when there are fewer than two
	n         uint8
	surname   uint8 // characters of the family name
	uncertain bool  // has a character that could not be read
}

type zhNames struct {
	r     *readings
	names []zhName
}

func newZhNames() *zhNames { return &zhNames{r: loadReadings(), names: []zhName{{}}} }

const gap = '□' // stands for a character that a system could not write

// former and titles are what stands beside a name.
var (
	former  = regexp.MustCompile(`[\(（\[【]?\s*(曾用名|别名|又名|原名|乳名|小名)[:：]?.*$`)
	bracket = regexp.MustCompile(`[\(（\[【<《].*$`)
	titles  = regexp.MustCompile(`(先生|女士|同志|老师|小姐|师傅|大爷|大妈|阿姨)$`)
)

// formerName is the name that stands beside another as its former one; "" for none.
func formerName(s string) string {
	if !strings.ContainsAny(s, "曾别又原乳小") {
		return ""
	}
	at := former.FindStringIndex(s)
	if at == nil || at[0] == 0 {
		return ""
	}
	return strings.Trim(formerWord.ReplaceAllString(s[at[0]:], ""), " :：()（）[]【】")
}

var formerWord = regexp.MustCompile(`曾用名|别名|又名|原名|乳名|小名`)

// clean folds variants, takes blanks and interpuncts out, and turns placeholders into □.
func (z *zhNames) clean(raw string) (string, Mark) {
	if han(raw) {
		return raw, fine
	}
	s := raw
	rule := ""
	if i := former.FindStringIndex(s); i != nil && i[0] > 0 {
		s, rule = s[:i[0]], "name.former"
	} else if i := bracket.FindStringIndex(s); i != nil && i[0] > 0 {
		s, rule = s[:i[0]], "name.note"
	}
	s = plain(s)
	if t := titles.ReplaceAllString(s, ""); t != s && len([]rune(t)) >= 2 {
		s, rule = t, "name.title"
	}
	s = strings.ToUpper(strings.Map(nameRune, s))
	hanzi := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			hanzi++
		}
	}
	n := len([]rune(s))
	switch {
	case n == 0:
		return "", Mark{}
	case strings.Trim(s, "□") == "":
		return "", Mark{Invalid, "name.masked"}
	case hanzi == 0 && strings.ContainsFunc(s, unicode.IsDigit):
		return "", Mark{Invalid, "name.digits"}
	case strings.ContainsRune(s, gap):
		return s, Mark{Suspicious, "name.gap"}
	case n == 1 || n > 20 || hanzi < n:
		return s, Mark{Suspicious, "name.form"}
	case rule != "":
		return s, Mark{Repaired, rule}
	}
	return s, fine
}

// han reports whether a text is two to four plain characters that need no cleaning, as nearly all names are.
func han(s string) bool {
	n := 0
	for _, r := range s {
		n++
		if r < 0x4E00 || r > 0x9FFF || foldTable[r-0x4E00] != 0 {
			return false
		}
	}
	return n >= 2 && n <= 4 && !(strings.HasPrefix(s, "无") || strings.HasPrefix(s, "不") || strings.HasPrefix(s, "未") || strings.HasPrefix(s, "暂") || strings.HasPrefix(s, "没")) && !titles.MatchString(s)
}

func nameRune(r rune) rune {
	switch {
	case strings.ContainsRune("·．.・•‧∙⋅•●﹒-－—'’`~,，、;；", r), unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
		return -1
	case strings.ContainsRune("?？*＊□○◯■×Xx�", r), unicode.Is(unicode.Co, r):
		return gap
	}
	return fold(r)
}

func (z *zhNames) add(s string, _ Mark) {
	chars := []rune(s)
	name := zhName{n: uint8(min(len(chars), zhLength)), surname: uint8(surnameLength(chars))}
	sounds := syllables(z.r, chars)
	var skeleton []byte
	for i, c := range chars {
		if c >= 0x10000 {
			c = 0xE000 | rune(mix(uint64(c), 1)&0x1FFF)
		}
		if i < zhLength {
			name.chars[i], name.sounds[i] = uint16(c), sounds[i]
		}
		name.uncertain = name.uncertain || c == gap
		if k := z.r.skeleton[sounds[i]]; k != 0 {
			skeleton = append(skeleton, k)
		}
	}
	if len(skeleton) >= 2 && len(chars) >= 3 && !name.uncertain {
		name.skeleton = key32(hash64(skeleton))
	}
	z.names = append(z.names, name)
}

func (z *zhNames) forget(n int) { z.names = z.names[:n] }

const (
	zhSame = iota
	zhPlaceholder
	zhHomophone
	zhSkeleton
	zhSimilar
	zhSubset
	zhSwapped
	zhOneChar
	zhSlips
	zhHalf
	zhGiven
	zhSurname
	zhDifferent
)

var zhDegrees = []Degree{
	zhSame:        {"same", "一致", "same"},
	zhPlaceholder: {"placeholder", "除缺字外一致", "same but for unreadable characters"},
	zhHomophone:   {"homophone", "同音不同字", "written differently, sounds the same"},
	zhSkeleton:    {"skeleton", "音译用字不同", "same Mongolian name transliterated differently"},
	zhSimilar:     {"similar", "读音相近", "sounds similar"},
	zhSubset:      {"subset", "少字", "a character is missing"},
	zhSwapped:     {"swapped", "字序不同", "characters in another order"},
	zhOneChar:     {"one_char", "一字不同", "one character of three or more differs"},
	zhSlips:       {"slips", "多处小误", "several small slips"},
	zhHalf:        {"half", "两字名一字不同", "one of two characters differs"},
	zhGiven:       {"given", "名同姓不同", "given name sounds the same, family name differs"},
	zhSurname:     {"surname", "仅同姓", "only the family name is the same"},
	zhDifferent:   {"different", "不同", "different"},
}

func (z *zhNames) degrees() []Degree { return zhDegrees }

func (z *zhNames) sounds() (int, func(uint32) uint64) { return zhHomophone, z.feature("pinyin") }

func (z *zhNames) same(uint32) uint8 { return zhSame }

func (z *zhNames) compare(v, w uint32) uint8 {
	a, b := &z.names[v], &z.names[w]
	if a.n == b.n {
		if d := z.aligned(a, b); d < zhOneChar || d < zhDifferent && (a.n < 4 || a.skeleton == 0 || a.skeleton != b.skeleton) {
			return d
		}
	}
	if a.skeleton != 0 && a.skeleton == b.skeleton && (a.n > 3 || b.n > 3 || a.sounds[0] == b.sounds[0]) {
		return zhSkeleton
	}
	long, short := a.chars[:a.n], b.chars[:b.n]
	if len(long) < len(short) {
		long, short = short, long
	}
	switch {
	case len(long) > len(short) && len(short) >= 2 && contains(long, short):
		return zhSubset
	case len(long) == len(short) && permuted(long, short):
		return zhSwapped
	case z.slips(a, b):
		return zhSlips
	case givenAlike(a, b):
		return zhGiven
	case a.surname == b.surname && equal(a.chars[:a.surname], b.chars[:b.surname]):
		return zhSurname
	}
	return zhDifferent
}

// aligned compares names of one length character by character.
func (z *zhNames) aligned(a, b *zhName) uint8 {
	same, gaps, sounds, similar := 0, 0, 0, 0
	n := int(a.n)
	for i := range n {
		switch {
		case a.chars[i] == b.chars[i]:
			same++
		case a.chars[i] == gap || b.chars[i] == gap:
			gaps++
		case a.sounds[i] != 0 && a.sounds[i] == b.sounds[i]:
			sounds++
		case a.sounds[i] != 0 && z.r.alike[a.sounds[i]] == z.r.alike[b.sounds[i]]:
			similar++
		}
	}
	switch {
	case gaps > 0 && same > 0 && same+gaps == n:
		return zhPlaceholder
	case same+sounds == n && n > 1:
		return zhHomophone
	case same+sounds+similar == n && n > 1:
		return zhSimilar
	case n >= 3 && same+sounds+gaps >= n-1 && same > 0:
		return zhOneChar
	case n == 2 && same+sounds == 1:
		return zhHalf
	}
	return zhDifferent
}

func permuted(a, b []uint16) bool {
	var x, y [zhLength]uint16
	copy(x[:], a)
	copy(y[:], b)
	slices.Sort(x[:len(a)])
	slices.Sort(y[:len(b)])
	return x == y
}

// givenAlike reports whether the given names, of two characters or more, sound the same.
func givenAlike(a, b *zhName) bool {
	ga, gb := a.sounds[a.surname:a.n], b.sounds[b.surname:b.n]
	return len(ga) >= 2 && equal(ga, gb)
}

func (z *zhNames) feature(name string) func(uint32) uint64 {
	over := func(f func(n *zhName) []uint16) func(uint32) uint64 {
		return func(v uint32) uint64 {
			h := uint64(0)
			part := f(&z.names[v])
			if len(part) == 0 {
				return 0
			}
			for _, s := range part {
				h = mix(h, uint64(s)+1)
			}
			return h
		}
	}
	switch name {
	case "pinyin":
		return over(func(n *zhName) []uint16 { return n.sounds[:n.n] })
	case "alike":
		return over(func(n *zhName) []uint16 { return z.letters(n.sounds[:n.n], z.r.alike) })
	case "surname":
		return over(func(n *zhName) []uint16 { return n.chars[:n.surname] })
	case "surname_pinyin":
		return over(func(n *zhName) []uint16 { return n.sounds[:n.surname] })
	case "given":
		return over(func(n *zhName) []uint16 { return n.chars[n.surname:n.n] })
	case "given_pinyin":
		return over(func(n *zhName) []uint16 { return n.sounds[n.surname:n.n] })
	case "end_pinyin":
		return over(func(n *zhName) []uint16 { return n.sounds[n.n-1 : n.n] })
	case "initials":
		return over(func(n *zhName) []uint16 {
			out := make([]uint16, n.n)
			for i, s := range n.sounds[:n.n] {
				if reading := z.r.names[s]; reading != "" {
					out[i] = uint16(reading[0])
				}
			}
			return out
		})
	case "skeleton":
		return func(v uint32) uint64 { return uint64(z.names[v].skeleton) * prime1 }
	}
	return nil
}

func (z *zhNames) letters(in, by []uint16) []uint16 {
	out := make([]uint16, len(in))
	for i, s := range in {
		out[i] = by[s]
	}
	return out
}
