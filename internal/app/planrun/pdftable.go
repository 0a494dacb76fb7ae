package planrun

import (
	"math"
	"regexp"
	"sort"
	"strings"

	"jiuye/internal/engine/plandoc"
)

// PDF has no tables, only words at places. Cells whose text runs over several lines make a table unreadable line by line, so
// below a line of column heads the words are put in columns by their left and right edges, and in rows by the nearest line
// that fills most of the columns.

var (
	tableHead = regexp.MustCompile(`^(?:序号|类别|分类|领域|(?:主要|一级)?指标(?:名称|内容|类别)?|项目(?:名称)?|名称|(?:重点|工作|主要)任务)$`)
	tableStop = regexp.MustCompile(`^(?:注|备注|说明)[:：]|^专栏|^第[一二三四五六七八九十]+[章节]|^[一二三四五六七八九十]+、|。$`)
)

// pageBlocks gives a page's lines, tables put together.
func pageBlocks(lines []height) []plandoc.Block {
	widest := 0.0
	for _, l := range lines {
		widest = math.Max(widest, l.runs[len(l.runs)-1].end-l.runs[0].x)
	}
	var out []plandoc.Block
	for i := 0; i < len(lines); {
		from, to := tableAt(lines, i, widest)
		if rows := tableOf(lines[from:to]); len(rows) > 1 {
			out = out[:len(out)-(i-from)] // heads that stand above the line with 指标
			out = append(out, plandoc.Block{Kind: plandoc.Table, Rows: rows})
			i = to
			continue
		}
		out = append(out, plandoc.Block{Text: lines[i].text()})
		i++
	}
	return out
}

// tableAt gives the lines of a table whose column heads stand in line i; from == to where there is none.
func tableAt(lines []height, i int, widest float64) (from, to int) {
	head := false
	for _, r := range lines[i].runs {
		head = head || tableHead.MatchString(strings.Join(strings.Fields(r.b.String()), ""))
	}
	if !head || len(lines[i].runs) < 3 {
		return i, i
	}
	from = i
	for from > 0 && i-from < 2 && len(lines[from-1].runs) > 1 && lines[from-1].y-lines[from].y < 2.2*lines[from].runs[0].em && lines[from-1].apart() {
		from--
	}
	to = i + 1
	for to < len(lines) {
		l := lines[to]
		one := l.runs[0]
		if lines[to-1].y-l.y > 4*one.em {
			break
		}
		if len(l.runs) == 1 && (one.end-one.x > .6*widest || tableStop.MatchString(one.b.String())) {
			break
		}
		if !l.apart() && len(l.runs) > 1 && l.runs[len(l.runs)-1].end-one.x > .8*widest {
			break // a line of text in several runs
		}
		to++
	}
	return from, to
}

// apart reports whether a line's runs stand apart as cells do.
func (h height) apart() bool {
	for i := 1; i < len(h.runs); i++ {
		if h.runs[i].x-h.runs[i-1].end > .8*h.runs[i].em {
			return true
		}
	}
	return false
}

// tableOf puts lines in columns and rows; nil where they are no table.
func tableOf(lines []height) [][]string {
	bands := bandsOf(lines)
	if len(bands) < 3 || len(lines) < 2 {
		return nil
	}
	column := func(r *run) int {
		mid := (r.x + r.end) / 2
		return max(0, sort.Search(len(bands), func(k int) bool { return bands[k][0] > mid })-1)
	}
	var anchors []int // lines that fill most columns
	for i, l := range lines {
		filled := map[int]bool{}
		for _, r := range l.runs {
			filled[column(r)] = true
		}
		if 2*len(filled) >= len(bands) {
			anchors = append(anchors, i)
		}
	}
	if len(anchors) < 2 {
		return nil
	}
	first := anchors[1] // below the heads
	for _, a := range anchors {
		if hasFigure(lines[a]) {
			first = a
			break
		}
	}
	rows := [][]string{make([]string, len(bands))}
	at := []float64{math.Inf(1)}
	for _, a := range anchors {
		if a >= first {
			rows = append(rows, make([]string, len(bands)))
			at = append(at, lines[a].y)
		}
	}
	for i, l := range lines {
		k := 0
		if i >= first || len(at) > 1 && l.y-at[1] < .9*(lines[first].runs[0].em) {
			k = nearest(at, l.y)
		}
		for _, r := range l.runs {
			rows[k][column(r)] += strings.TrimSpace(r.b.String())
		}
	}
	return rows
}

// bandsOf gives the left and right edges of the columns: where no run of any line stands is between columns.
func bandsOf(lines []height) [][2]float64 {
	var spans [][2]float64
	for _, l := range lines {
		for _, r := range l.runs {
			spans = append(spans, [2]float64{r.x, r.end})
		}
	}
	sort.Slice(spans, func(i, k int) bool { return spans[i][0] < spans[k][0] })
	var out [][2]float64
	for _, s := range spans {
		if n := len(out); n > 0 && s[0] < out[n-1][1]-.2 {
			out[n-1][1] = math.Max(out[n-1][1], s[1])
		} else {
			out = append(out, s)
		}
	}
	return out
}

// hasFigure reports whether a line has a cell that is a figure.
func hasFigure(l height) bool {
	for _, r := range l.runs {
		if figureRE.MatchString(r.b.String()) {
			return true
		}
	}
	return false
}

var figureRE = regexp.MustCompile(`^[〔［\[(>＞≥≤<＜*-]*\d[\d.,，%]*[〕］\])*]?(?:以上|以内|左右)?$|预期性$|约束性$`)

// nearest is the row whose line stands nearest.
func nearest(at []float64, y float64) int {
	best := 1
	for k := 2; k < len(at); k++ {
		if math.Abs(at[k]-y) < math.Abs(at[best]-y) {
			best = k
		}
	}
	return best
}
