package plandoc

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// grid is a table: a head and rows of as many cells.
type grid struct {
	at      int
	caption []string // what stands above the head
	head    []string
	lower   []string // of a head in several lines the lowest cells
	rows    []gridRow
	sec     *section
	box     *box
	cols    []column // what the head says by itself
}

// columns tells what the columns mean by the head alone.
func (g *grid) columns() []column {
	if g.cols == nil {
		g.cols = columnsOf(g.head, 0, 0)
	}
	return g.cols
}

type gridRow struct {
	cells []string
	raw   string // as printed
	at    int
	short bool // cells were missing and were put where they fit best
	blank int  // cells that were taken as empty and not printed
}

var noteStart = regexp.MustCompile(`^(?:注|备注|说明|附注)[:：]|^注[①1]`)

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
		case n > 0 && (e == "以" || e == "以上" || e == "以内" || e == "左右" || e == "以下") && valueLike(merged[n-1]):
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
			if isHead(t) {
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
	g := &grid{at: in[0].at, head: bestReading(head, body, in)}
	used := g.fill(body, g.columns(), in)
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
			g.caption = append(g.caption, r[0])
			continue
		}
		if i > 0 && len(g.head) > 0 && !headRow(r) && (r[0] == "" || r[0] != rows[i-1][0]) {
			break
		}
		if g.head == nil {
			g.head, g.lower = make([]string, n), make([]string, n)
		}
		for k, c := range r {
			if c = strings.Join(strings.Fields(c), ""); !strings.Contains(g.head[k], c) {
				g.head[k] += c
				g.lower[k] = c
			}
		}
	}
	if g.head == nil {
		return nil
	}
	p := period(g.head)
	g.head = g.head[:p]
	for _, r := range rows[i:] {
		for ; len(r) > 0; r = r[min(p, len(r)):] {
			g.addRow(r[:min(p, len(r))], at)
		}
	}
	g.tellNames()
	return g
}

// addRow files a row of a real table; one that is empty, a note, or one cell across all columns (二、社会保险) is none.
func (g *grid) addRow(r []string, at int) {
	row := gridRow{cells: make([]string, len(g.head)), at: at}
	var raw []string
	for k, c := range r {
		c = strings.TrimSpace(c)
		row.cells[k] = c
		if c != "" && (k == 0 || c != strings.TrimSpace(r[k-1]) || valueLike(c)) {
			raw = append(raw, c)
		}
	}
	if len(raw) == 0 || noteStart.MatchString(raw[0]) || len(r) > 2 && distinct(r) == 1 && r[len(r)-1] != "" && !valueLike(r[0]) {
		return
	}
	row.raw = strings.Join(raw, " ")
	g.rows = append(g.rows, row)
}

// tellNames renames columns that stand under one head 指标: all but the last only class the rows.
func (g *grid) tellNames() {
	for k := 1; k < len(g.head); k++ {
		differ := slices.ContainsFunc(g.rows, func(r gridRow) bool { return r.cells[k] != "" && r.cells[k] != r.cells[k-1] })
		if differ && g.head[k] == g.head[k-1] && hasName(g.head[k:k+1]) {
			g.head[k-1] = "类别"
		}
	}
}

// sentences are the texts in the cells of a table without columns of figures: what is to be done, in words. A merged cell is one.
func (g *grid) sentences() []*para {
	cols := g.columns()
	if g.measures(cols) {
		return nil
	}
	var out []*para
	seen := map[string]bool{}
	for _, r := range append([]gridRow{{cells: g.head, at: g.at}}, g.rows...) {
		for k, c := range r.cells {
			if cols[k].use == useLead || cols[k].use == useUnits || seen[c] {
				continue
			}
			seen[c] = true
			for text := range strings.SplitSeq(c, "\n") {
				if text = strings.TrimSpace(text); utf8.RuneCountInString(text) >= 8 && strings.ContainsAny(text, "0123456789") {
					out = append(out, &para{shadow: &shadow{raw: text}, at: r.at})
				}
			}
		}
	}
	return out
}

// full counts the cells that are not empty.
func full(cells []string) (n int) {
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
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
