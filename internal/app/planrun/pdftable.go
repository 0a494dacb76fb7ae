package planrun

import (
	"math"
	"regexp"
	"strings"

	"jiuye/internal/engine/plandoc"
)

// A table without drawn lines is only words at places: below a line of column heads they are put in columns and rows by where
// they stand (plandoc.Placed).

var (
	tableHead = regexp.MustCompile(`^(?:序号|类别|分类|领域|(?:主要|一级)?指标(?:名称|内容|类别)?|项目(?:名称)?|名称|(?:重点|工作|主要)任务|年度|年份|地区|盟市|旗县(?:区)?|县区|区县)$`)
	groupName = regexp.MustCompile(`^[一二三四五六七八九十]+、.{2,20}$`)
	overHead  = regexp.MustCompile(`^(?:[“"]?十.五[”"]?.{0,6}|(?:规划|预期)?目标值?|20\d\d年?.{0,4}|年均.{0,8})$`)
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
		if rows := tableOf(lines[from:to], i-from); len(rows) > 1 {
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
	for from > 0 && i-from < 2 && lines[from-1].y-lines[from].y < 2.2*lines[from].runs[0].em && lines[from-1].over() {
		from--
	}
	to = i + 1
	for to < len(lines) {
		l := lines[to]
		one := l.runs[0]
		if lines[to-1].y-l.y > 4*one.em {
			break
		}
		group := groupName.MatchString(one.b.String()) && to+1 < len(lines) && len(lines[to+1].runs) > 2 && lines[to+1].apart()
		if len(l.runs) == 1 && !group && (one.end-one.x > .6*widest || tableStop.MatchString(one.b.String())) {
			break
		}
		if !l.apart() && len(l.runs) > 1 && l.runs[len(l.runs)-1].end-one.x > .8*widest {
			break // a line of text in several runs
		}
		to++
	}
	return from, to
}

// over reports whether a line may stand over a table's heads: several words apart, or one that says so.
func (h height) over() bool {
	if len(h.runs) == 1 {
		return overHead.MatchString(strings.Join(strings.Fields(h.runs[0].b.String()), ""))
	}
	return h.apart()
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

// tableOf puts lines in columns and rows, head the line of column heads; nil where they are no table.
func tableOf(lines []height, head int) [][]string {
	var words [][]plandoc.Word
	var at []float64
	for _, l := range lines {
		var row []plandoc.Word
		for _, r := range l.runs {
			row = append(row, plandoc.Word{From: r.x, To: r.end, Text: strings.TrimSpace(r.b.String())})
		}
		words, at = append(words, row), append(at, -l.y)
	}
	return plandoc.Placed(words, at, head)
}
