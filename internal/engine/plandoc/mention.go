package plandoc

import (
	"regexp"
	"strconv"
	"strings"
)

// mention is one number of a clause with what stands around it.
type mention struct {
	p      *para
	s      string
	cs     []clause
	i, k   int // its clause of cs, its number of qs
	c      clause
	piece  clause
	qs     []quantity
	q      quantity
	quoteA int // where its quote begins
	end    int // where the noun that it counts ends, 0 if it counts none

	own, pre, post string // from the clause's beginning to it, from where it is spoken of to it, behind it
	rest, linkers  string // pre without the words that link it (达到, 不少于)
	clean          string // rest without times, areas and adverbs
	verb           []string
	noun           string // behind the number
	nounEnd        int
	described      bool // the noun stands behind a description
	standing       bool // a limit of days: 登记后10个工作日内
}

// mentionOf puts together what stands around the k-th number of the i-th clause.
func mentionOf(p *para, cs []clause, i int, qs []quantity, k int, piece clause) *mention {
	m := &mention{p: p, s: p.s, cs: cs, i: i, k: k, c: cs[i], piece: piece, qs: qs, q: qs[k]}
	start, from := m.c.a, k
	for from > 0 && qualifies(m.s, qs[from-1], qs[from]) { // 年收入超过1亿元的机构达到100家
		from--
	}
	switch {
	case from > 0:
		start = qs[from-1].b
		if at := lastMark(m.s, start, m.q.a); at > start {
			start = at
		}
	case m.q.unit == "%" && strings.HasSuffix(m.s[m.c.a:m.q.a], "、"): // 全部矿山、90%以上工地的农民工参保
		start = m.q.a
	}
	limit := piece.b
	if k+1 < len(qs) {
		limit = qs[k+1].a
	}
	m.quoteA = start
	m.own, m.pre, m.post = tail(m.s[m.c.a:m.q.a], 600), m.s[start:m.q.a], m.s[m.q.b:limit]
	if n := numberingRE.FindStringSubmatchIndex(m.own); n != nil {
		m.own = m.own[n[2]:]
	}
	m.rest, m.linkers = strip(m.pre)
	m.clean = bare(m.rest)
	m.verb = verbEnd.FindStringSubmatch(m.rest)
	if m.post == "" && limit > m.q.b-1 && k+1 < len(qs) { // 3000户1.2万人实施搬迁
		m.noun, m.nounEnd, m.described = nounAfter(m.s[qs[k+1].b:piece.b])
	} else {
		m.noun, m.nounEnd, m.described = nounAfter(m.post)
	}
	m.nounEnd += m.q.b
	if m.second() {
		m.quoteA = lastMark(m.s, m.c.a, qs[k-1].a)
	}
	m.standing = noMeasure[m.q.unit] && limitRE.MatchString(m.pre)
	return m
}

// turns reports whether the clause before names something new: 开展职工培训项目，每年培训2万人.
func (m *mention) turns() bool {
	if m.i == 0 || m.clean == "" {
		return false
	}
	before := m.s[m.cs[m.i-1].a:m.cs[m.i-1].b]
	return !countsRE.MatchString(before) && named(topic(before))
}

// second reports whether a number measures again what the one right before it counted: 步道3条29公里, 小区8个、26万平方米.
func (m *mention) second() bool {
	if m.k == 0 {
		return false
	}
	last := m.qs[m.k-1]
	_, a := scale(last.unit)
	_, b := scale(m.q.unit)
	between := m.s[last.b:m.q.a]
	return between == "" || between == "、" && a != b && m.noun == ""
}

// enumerated reports whether what stands before a number names the things it counts: 甲、乙等5座, 甲、乙、丙3个.
func (m *mention) enumerated() bool {
	n := strings.Count(m.clean, "、")
	return strings.HasSuffix(m.clean, "等") || n > 0 && strconv.Itoa(n+1) == m.q.value
}

// partOf reports whether a number without a verb of its own counts a part or another of what was counted last.
func (m *mention) partOf(last spoken, name string) bool {
	return !ratio(m.q.unit) && m.verb == nil && !doing(m.pre) && last.measures(m.q.unit) && !standRE.MatchString(name) && (strings.HasPrefix(m.own, "其中") || !atLevelRE.MatchString(m.linkers))
}

// ranked completes the name of things counted by rank: 20个国家级、50个自治区级、90个市级基地; 2户全国性、20户省级龙头企业.
func (m *mention) ranked(name string) string {
	m.end = m.nounEnd
	switch next := rankedRE.FindStringSubmatch(m.nextNoun()); {
	case next != nil && strings.HasSuffix(m.noun, "性"):
		return m.noun + next[1]
	case strings.HasSuffix(m.noun, "级") && m.k+1 < len(m.qs):
		m.end = m.c.b
		for _, q := range m.qs[m.k+1:] {
			full, _, _ := nounAfter(m.s[q.b:m.piece.b])
			if at := strings.Index(full, "级"); at >= 0 && len(full) > at+len("级") {
				return m.noun + full[at+len("级"):]
			}
		}
	case m.k > 0 && strings.HasSuffix(m.s[m.qs[m.k-1].b:max(m.qs[m.k-1].b, m.quoteA-len("、"))], "级"):
		m.quoteA = m.c.a
	}
	return name
}

var rankedRE = regexp.MustCompile(`^\p{Han}{1,5}?(?:级|省|市|性)(.{2,})$`)

// nextNoun is the thing that the next number counts.
func (m *mention) nextNoun() string {
	if m.k+1 >= len(m.qs) {
		return ""
	}
	end := m.piece.b
	if m.k+2 < len(m.qs) {
		end = m.qs[m.k+2].a
	}
	noun, _, _ := nounAfter(m.s[m.qs[m.k+1].b:end])
	return tidy(noun)
}

// quoteB is where the number's quote ends: behind its noun, at the next mark, before the next number.
func (m *mention) quoteB() int {
	b, more := m.c.b, m.k+1 < len(m.qs)
	if at := partsRE.FindStringIndex(m.s[m.q.b:b]); m.end == 0 && at != nil && at[0] == 0 {
		return m.q.b // 再就业900人(其中困难人员300人)
	}
	if m.end > 0 {
		if at := nextMark(m.s, m.end, m.c.b); at >= 0 {
			b = at
		}
	} else if at := nextMark(m.s, m.q.b, m.c.b); at >= 0 && more {
		b = at
	}
	if more && m.end == 0 && actsRE.MatchString(m.s[m.q.b:m.qs[m.k+1].a]) {
		return m.q.b // 扶持创业200人带动就业1000人
	}
	if more && b > m.qs[m.k+1].a && m.end != m.c.b {
		b = m.qs[m.k+1].a
		for b > m.q.b && strings.HasSuffix(m.s[m.q.b:b], "、") {
			b -= len("、")
		}
	}
	return max(b, m.q.b)
}

// lastMark is the place behind the last 、 or 和 between two numbers.
func lastMark(s string, a, b int) int {
	best := a
	part := outside(s[a:b])
	for _, mark := range []string{"、", "和", "及"} {
		if i := strings.LastIndex(part, mark); i >= 0 && a+i+len(mark) > best {
			best = a + i + len(mark)
		}
	}
	return best
}

// nextMark is the place of the next 、 outside brackets, or -1.
func nextMark(s string, a, b int) int {
	if a >= b {
		return -1
	}
	if i := strings.Index(outside(s[a:b]), "、"); i >= 0 {
		return a + i
	}
	return -1
}

// yearly reports whether a clause says what is done each year: 年培训2万人, but 年培训规模达到2万人 is a level.
func yearly(text string) bool {
	m := yearlyRE.FindStringIndex(text)
	return m != nil && !capacityRE.MatchString(text[m[0]:])
}

// yearlyBefore reports whether a clause before began with 年培训, 年完成 …, which holds for those after it.
func yearlyBefore(s string, cs []clause) bool {
	for _, c := range cs {
		if yearly(s[c.a:c.b]) {
			return true
		}
	}
	return false
}
