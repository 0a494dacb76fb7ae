package planrun

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/unicode/norm"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/fault"
)

// maxPages is more than a plan has.
const maxPages = 2000

// fromPDF reads the text of a PDF line by line: what stands at one height is one line, wide gaps part cells.
func fromPDF(name string, raw []byte) (t plandoc.Text, err error) {
	defer func() {
		if p := recover(); p != nil { // the library panics on broken files
			err = fault.New(fault.Invalid, "PDF 文件 %s 读不出来，可能已损坏，请重新导出后再读：%w", name, fmt.Errorf("%v", p))
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return t, fault.New(fault.Invalid, "PDF 文件 %s 打不开，可能加了密码或已损坏，请重新导出后再读：%w", name, err)
	}
	t.Name = name
	size, pages := 0, r.NumPage()
	starts := map[int]bool{} // blocks that begin a page
	if pages > maxPages {
		return t, fault.New(fault.TooLarge, "PDF 文件 %s 有 %d 页，超过 %d 页，请拆分后再读", name, pages, maxPages)
	}
	for i := 1; i <= pages; i++ {
		p := r.Page(i)
		if p.V.IsNull() {
			continue
		}
		got := pageOf(p)
		starts[len(t.Blocks)] = true
		if len(got) == 0 {
			t.Blocks = append(t.Blocks, plandoc.Block{Kind: plandoc.Picture, Text: fmt.Sprintf("第 %d 页", i)})
			continue
		}
		for _, b := range got {
			size += len(b.Text) + 40*len(b.Rows)
		}
		t.Blocks = append(t.Blocks, got...)
		if size > maxText {
			return t, fault.New(fault.TooLarge, "PDF 文件 %s 的文字超过 32 MB，不像一份规划，请检查", name)
		}
	}
	t.Blocks = overPages(withoutRunning(t.Blocks, starts))
	if size == 0 {
		return t, fault.New(fault.Invalid, "PDF 文件 %s 里没有文字，是扫描的图片，读不出来；请用文字版，或先做文字识别另存后再读", name)
	}
	if !readable(t.Blocks) {
		return t, fault.New(fault.Invalid, "PDF 文件 %s 的字体没有附文字对照表，读出来是乱码；请用 Word 文档或网页，或从 Word 重新导出 PDF", name)
	}
	return t, nil
}

// run is glyphs printed one after another.
type run struct {
	x, end, y, em float64
	b             strings.Builder
}

// runsOf puts the glyphs of a page together that follow each other on a line.
func runsOf(glyphs []glyph) []*run {
	var runs []*run
	var cur *run
	for _, g := range glyphs {
		if cur == nil || math.Abs(g.y-cur.y) > g.em*.3 || math.Abs(g.em-cur.em) > g.em*.35 || g.x-cur.end > g.em*.3 || g.x < cur.end-g.em*.6 {
			cur = &run{x: g.x, y: g.y, em: g.em}
			runs = append(runs, cur)
		}
		cur.b.WriteString(strings.Map(printed, g.s))
		cur.end = g.end
	}
	return slices.DeleteFunc(runs, func(r *run) bool { return r.b.Len() == 0 })
}

// printed drops what a font without a table of characters leaves, and gives the character for a radical that looks like it (⼈).
func printed(r rune) rune {
	switch {
	case r == 0 || r == '\uFFFD':
		return -1
	case r >= 0x2E80 && r <= 0x2FDF:
		r, _ = utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
	}
	return r
}

// height is the runs of one line, from left to right.
type height struct {
	y    float64
	runs []*run
}

// heights sorts runs into lines from the top of the page.
func heights(runs []*run) []height {
	sort.SliceStable(runs, func(i, k int) bool { return runs[i].y > runs[k].y })
	var out []height
	for i := 0; i < len(runs); {
		k := i + 1
		for k < len(runs) && runs[i].y-runs[k].y < runs[i].em*.5 {
			k++
		}
		row := runs[i:k]
		sort.SliceStable(row, func(a, b int) bool { return row[a].x < row[b].x })
		out = append(out, height{runs[i].y, row})
		i = k
	}
	return out
}

// text is a line as a person reads it: wide gaps part cells.
func (h height) text() string {
	var b strings.Builder
	end := h.runs[0].x
	for _, r := range h.runs {
		if r.x-end > r.em*.8 && b.Len() > 0 {
			b.WriteString("  ")
		}
		b.WriteString(r.b.String())
		end = math.Max(end, r.end)
	}
	return strings.TrimSpace(b.String())
}

// readable reports whether a page's text is Chinese, not the numbers of glyphs that a font without a table of characters leaves.
func readable(blocks []plandoc.Block) bool {
	han, other := 0, 0
	for _, b := range blocks {
		for _, r := range b.Text {
			switch {
			case unicode.Is(unicode.Han, r):
				han++
			case r >= 0x80 && r < 0x2000, r < 0x20:
				other++
			}
		}
	}
	return han+other < 40 || han > other
}

// withoutRunning drops the lines that stand first or last on every page: the running title, the file's name. starts are the blocks
// that begin a page, before and after.
func withoutRunning(blocks []plandoc.Block, starts map[int]bool) ([]plandoc.Block, map[int]bool) {
	edge := func(i int) bool { return starts[i] || i+1 == len(blocks) || starts[i+1] }
	seen := map[string]int{}
	for i, b := range blocks {
		if edge(i) && b.Kind == plandoc.Line {
			seen[figuresOff(b.Text)]++
		}
	}
	var out []plandoc.Block
	began := map[int]bool{}
	for i, b := range blocks {
		if starts[i] {
			began[len(out)] = true
		}
		if n := seen[figuresOff(b.Text)]; edge(i) && b.Kind == plandoc.Line && n > 2 && 2*n > len(starts) {
			continue
		}
		out = append(out, b)
	}
	return out, began
}

// figuresOff is a line without its figures: the number of the page changes.
func figuresOff(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
