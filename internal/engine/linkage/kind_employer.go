package linkage

import (
	"regexp"
	"strings"
)

// employers are names of employers: places and legal forms part nobody, branches do.
type employers struct {
	*texts
	r        *readings
	pinyin   []uint64 // sound of the core
	branches []string // what tells a branch from its firm; "" for none
}

func newEmployers(values *dict) *employers {
	return &employers{texts: newTexts(values, cleanEmployer), r: loadReadings(), pinyin: []uint64{0}, branches: []string{""}}
}

func (e *employers) add(s string, m Mark) {
	firm, branch := splitBranch(s)
	e.texts.add(s, m)
	main := core(firm)
	e.texts.cores[len(e.texts.cores)-1] = mix(hash64(main), hash64(branch))
	h := hash64(branch)
	for _, c := range main {
		sound := uint64(c)
		if c < 0x10000 && e.r.of[c] != 0 {
			sound = uint64(e.r.of[c])
		}
		h = mix(h, sound+1)
	}
	e.pinyin, e.branches = append(e.pinyin, h), append(e.branches, branch)
}

func (e *employers) forget(n int) {
	e.texts.forget(n)
	e.pinyin, e.branches = e.pinyin[:n], e.branches[:n]
}

// branchWords end the name of a branch.
var (
	branchWords = regexp.MustCompile(`(分公司|分店|分厂|分行|支行|分部|分社|分校|办事处|营业部|项目部|门市部|第[一二三四五六七八九十\d]+(分公司|分店|门市部|项目部|连锁店))$`)
	firmWords   = regexp.MustCompile(`有限责任公司|股份有限公司|有限公司|集团公司|总公司|合作社|集团|银行|公司`)
	upperWords  = strings.NewReplacer("内蒙古", "", "自治区", "", "市", "", "旗", "", "县", "", "区", "", "(", "", ")", "")
)

// splitBranch divides a name into the firm and what stands for its branch. Where no legal form divides them the branch is
// known only by its word.
func splitBranch(s string) (firm, branch string) {
	word := branchWords.FindString(s)
	if word == "" || len(word) == len(s) {
		return s, ""
	}
	head := s[:len(s)-len(word)]
	at := firmWords.FindAllStringIndex(head, -1)
	if at == nil {
		return head, word
	}
	end := at[len(at)-1][1]
	return head[:end], upperWords.Replace(head[end:]) + word
}

const (
	employerHomophone = textCore + 1
	employerBranch    = textDifferent + 1
	employerDifferent = textDifferent + 2
)

var employerDegrees = func() (list []Degree) {
	list = append(list, textDegrees[:employerHomophone]...)
	list = append(list, Degree{"homophone", "主体同音", "core sounds the same"})
	list = append(list, textDegrees[employerHomophone:textDifferent]...)
	return append(list, Degree{"branch", "总、分支机构或不同分支机构", "a firm and a branch, or two branches"}, textDegrees[textDifferent])
}()

func (e *employers) degrees() []Degree { return employerDegrees }

func (e *employers) compare(v, w uint32) uint8 {
	a, b := e.branches[v], e.branches[w]
	switch {
	case a != b && !sameBranch(a, b):
		return employerBranch
	case e.cores[v] == e.cores[w]:
		return textCore
	case e.pinyin[v] == e.pinyin[w]:
		return employerHomophone
	}
	switch d := e.texts.compare(v, w); {
	case d == textDifferent:
		return employerDifferent
	case d > textCore:
		return d + 1
	default:
		return d
	}
}

// sameBranch reports whether two branches may be one: the word alone says too little to part them, and one slip is nothing.
func sameBranch(a, b string) bool {
	if a == "" || b == "" || strings.HasPrefix(a, "第") && strings.HasPrefix(b, "第") {
		return false
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	return strings.HasSuffix(long, short) && !strings.HasPrefix(long, "第") || len(short) > 12 && oneEdit([]rune(a), []rune(b))
}

func (e *employers) feature(name string) func(uint32) uint64 {
	switch name {
	case "pinyin":
		return func(v uint32) uint64 { return e.pinyin[v] }
	case "brand": // the first two characters of the core, as they sound
		return func(v uint32) uint64 {
			firm, _ := splitBranch(string(e.values.text(v)))
			h := uint64(7)
			for i, c := range []rune(core(firm)) {
				if i == 2 {
					break
				}
				sound := uint64(c)
				if c < 0x10000 && e.r.of[c] != 0 {
					sound = uint64(e.r.of[c])
				}
				h = mix(h, sound+1)
			}
			return h
		}
	}
	return e.texts.feature(name)
}
