package plandoc

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// grid is a table: a head and rows of as many cells.
type grid struct {
	at      int
	caption string // what stood right above the head
	head    []string
	rows    []gridRow
	sec     *section
	box     *box
}

type gridRow struct {
	cells []string
	raw   string // as printed
	at    int
	short bool // cells were missing and were put where they fit best
}

var (
	headWord  = regexp.MustCompile(`^(?:序号?|编号|类别|类型|分类|领域|方面|(?:主要|一级|二级|三级)?指标(?:名称|内容|类别|属性|性质|类型)?|名称|项目(?:名称)?|计?量?单位|属性|性质|备注|说明|数据来源|(?:责任|牵头|配合|负责|主管)(?:单位|部门)|完成时限|时限|基数|基期值?|现状值?|实际(?:值|完成值?|数)?|完成(?:数|值|情况)?|(?:规划|预期|总量|五年)?目标(?:值)?|规划值|预期值|(?:年均|累计|合计|增速|增长|增长率|增幅|总量|变化|或|/)+(?:\(%\))?|(?:规划)?期末|五年累计|.{0,8}20\d\d年?.{0,10}|` + fiveYears + `.{0,8}|\([^()]{1,8}\)|\[[^\[\]]{1,8}\])$`)
	headStart = regexp.MustCompile(`^(?:序号?|编号|类别|分类|领域|(?:主要|一级)?指标(?:名称|内容|类别)?|名称|项目(?:名称)?)$`)
	headOpens = regexp.MustCompile(`20\d\d|` + fiveYears + `|^(?:序号?|编号|类别|类型|分类|领域|方面|(?:主要|一级|二级)?指标.*|名称|项目.*|计?量?单位|属性|性质|备注|说明|数据来源|(?:责任|牵头|配合|负责|主管).*|完成时限|时限|(?:年均|累计|五年累计|增速|年均/累计).*)$`)
	noteStart = regexp.MustCompile(`^(?:注|备注|说明|附注)[:：]|^注[①1]`)
)

// tokens parts a line of a text table into its cells.
func tokens(s string) []string {
	out := strings.FieldsFunc(inBrackets(s), func(r rune) bool {
		return r == ' ' || r == '\t' || r == '　' || r == '|' || r == '│' || r == '┃' || r == '\u00a0'
	})
	merged := out[:0]
	single := false
	for _, t := range out {
		one := utf8.RuneCountInString(t) == 1 && unicode.Is(unicode.Han, []rune(t)[0])
		n := len(merged)
		switch e := plain(t); {
		case n > 0 && strings.HasPrefix(e, "年") && len(plain(merged[n-1])) == 4 && yearRE.MatchString(merged[n-1]):
			merged[n-1] += t
			one = false
		case one && single && n > 0:
			merged[n-1] += t
		case n > 0 && (e == "以上" || e == "以内" || e == "左右" || e == "以下") && valueLike(merged[n-1]):
			merged[n-1] += t
		case n > 0 && (plain(merged[n-1]) == ">" || plain(merged[n-1]) == "<" || plain(merged[n-1]) == "≥" || plain(merged[n-1]) == "≤"):
			merged[n-1] += t
		default:
			merged = append(merged, t)
		}
		single = one
	}
	return merged
}

// inBrackets drops the spaces inside brackets, so that 〔 100 〕 and （ 万人 ） are one cell.
func inBrackets(s string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '〔', '［', '[', '（', '(':
			depth++
		case '〕', '］', ']', '）', ')':
			depth--
		case ' ', '　', '\u00a0':
			if depth > 0 {
				return -1
			}
		}
		return r
	}, s)
}

// headerStart reports whether a line may begin a text table's head.
func headerStart(s string) bool {
	if utf8.RuneCountInString(s) > 120 {
		return false
	}
	t := tokens(s)
	return len(t) > 0 && headStart.MatchString(plain(t[0]))
}

type token struct {
	raw, s string // as printed; made even
	line   int    // index of its line
}

// readGrid reads a text table from its head on: one row a line, or one cell a line. It gives the lines it took, 0 where there
// is no table, -1 where there is a head and no row that fits it.
func readGrid(in []line) (*grid, int) {
	var head []token
	i := 0
	for ; i < len(in) && i < 40 && in[i].Kind == Line; i++ {
		ts := tokens(in[i].Text)
		words := 0
		for _, t := range ts {
			if headWord.MatchString(plain(t)) && !bareRE.MatchString(t) {
				words++
			}
		}
		if words < len(ts) && (i > 0 || words < 3 || words*2 < len(ts)) {
			break
		}
		for _, t := range ts {
			head = append(head, token{t, plain(t), i})
		}
	}
	cols := groupHead(head)
	if len(cols) < 2 || !hasValue(cols) {
		return nil, 0
	}
	var body []token
	end := i
	for ; end < len(in) && in[end].Kind == Line; end++ {
		t := in[end].Text
		if noteStart.MatchString(t) || prose(t) || end-i > 1500 {
			break
		}
		if _, _, ok := boxOf(t); ok {
			break
		}
		if h, ok := headingOf(t); ok && h.rank <= 2 {
			break
		}
		if pageRE.MatchString(t) {
			continue
		}
		for _, c := range tokens(t) {
			body = append(body, token{c, plain(c), end})
		}
	}
	g := &grid{at: in[0].at, head: cols}
	used := g.fill(body, columnsOf(cols, 0, 0), in)
	if len(g.rows) == 0 {
		return nil, -1
	}
	if used < len(body) {
		end = body[used].line
	}
	return g, end
}

// prose reports whether a line is a sentence, not a row.
func prose(s string) bool {
	if strings.Contains(s, "。") {
		return true
	}
	depth := 0
	for word := range strings.FieldsSeq(s) { // word by word: plain takes 12，500 as a number
		for _, r := range plain(word) {
			switch r {
			case '(':
				depth++
			case ')':
				depth--
			case '，':
				if depth <= 0 {
					return true
				}
			}
		}
	}
	return false
}

// groupHead puts broken head cells together: 2015 年 | 基数 is one column; 指 | 标 is one.
func groupHead(head []token) []string {
	var cols []string
	for _, t := range head {
		n := len(cols)
		last := ""
		if n > 0 {
			last = plain(cols[n-1])
		}
		if n > 0 && (last == "年均" || last == "累计" || strings.HasPrefix(t.s, "(") || strings.HasPrefix(t.s, "[")) {
			cols[n-1] += t.raw
			continue
		}
		if n == 0 || headOpens.MatchString(strings.ReplaceAll(t.s, `"`, "")) && !strings.HasSuffix(last, "/") || headWord.MatchString(last) && !valueHead.MatchString(last) {
			cols = append(cols, t.raw)
			continue
		}
		cols[n-1] += t.raw
	}
	return cols
}

func hasValue(cols []string) bool {
	for _, c := range cols {
		if valueHead.MatchString(plain(c)) {
			return true
		}
	}
	return false
}

// gridOf reads a real table: the head is the rows before the first with a value.
func gridOf(rows [][]string, at int) *grid {
	n := 0
	for _, r := range rows {
		n = max(n, len(r))
	}
	if n < 2 || len(rows) < 2 {
		return nil
	}
	g := &grid{at: at}
	i := 0
	for ; i < len(rows) && i < 4; i++ {
		r := rows[i]
		if distinct(r) == 1 {
			g.caption += strings.TrimSpace(r[0])
			continue
		}
		if i > 0 && len(g.head) > 0 && !headRow(r) {
			break
		}
		if g.head == nil {
			g.head = make([]string, n)
		}
		for k, c := range r {
			if c = strings.Join(strings.Fields(c), ""); !strings.Contains(g.head[k], c) {
				g.head[k] += c
			}
		}
	}
	if g.head == nil {
		return nil
	}
	for _, r := range rows[i:] {
		row := gridRow{cells: make([]string, n), at: at}
		var raw []string
		for k, c := range r {
			c = strings.TrimSpace(c)
			row.cells[k] = c
			if c != "" && (k == 0 || c != strings.TrimSpace(r[k-1]) || valueLike(c)) {
				raw = append(raw, c)
			}
		}
		if len(raw) == 0 || noteStart.MatchString(raw[0]) {
			continue
		}
		row.raw = strings.Join(raw, " ")
		g.rows = append(g.rows, row)
	}
	return g
}

func distinct(r []string) int {
	seen := map[string]bool{}
	for _, c := range r {
		if c = strings.TrimSpace(c); c != "" {
			seen[c] = true
		}
	}
	return len(seen)
}

// headRow reports whether a row only has head words.
func headRow(r []string) bool {
	words, full := 0, 0
	for _, c := range r {
		if c = strings.ReplaceAll(plain(c), `"`, ""); c == "" {
			continue
		}
		full++
		if headWord.MatchString(c) && !bareRE.MatchString(c) {
			words++
		}
	}
	return full > 0 && words == full
}
