package planrun

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/ledongthuc/pdf"

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
	size, pages, blank := 0, r.NumPage(), 0
	if pages > maxPages {
		return t, fault.New(fault.TooLarge, "PDF 文件 %s 有 %d 页，超过 %d 页，请拆分后再读", name, pages, maxPages)
	}
	for i := 1; i <= pages; i++ {
		p := r.Page(i)
		if p.V.IsNull() {
			continue
		}
		got := pageLines(p.Content().Text)
		if len(got) == 0 {
			blank++
			t.Blocks = append(t.Blocks, plandoc.Block{Kind: plandoc.Picture, Text: fmt.Sprintf("第 %d 页", i)})
			continue
		}
		for _, s := range got {
			size += len(s)
			t.Blocks = append(t.Blocks, plandoc.Block{Text: s})
		}
		if size > maxText {
			return t, fault.New(fault.TooLarge, "PDF 文件 %s 的文字超过 32 MB，不像一份规划，请检查", name)
		}
	}
	if size == 0 {
		return t, fault.New(fault.Invalid, "PDF 文件 %s 里没有文字，是扫描的图片，读不出来；请用文字版，或先做文字识别另存后再读", name)
	}
	return t, nil
}

// run is glyphs printed one after another.
type run struct {
	x, end, y, em float64
	b             strings.Builder
}

// pageLines puts a page's glyphs in lines. Fonts of Chinese text often state no widths, so a glyph's place is trusted only at
// the beginning of a run, and widths are reckoned: a Chinese character is one em, others half.
func pageLines(glyphs []pdf.Text) []string {
	var runs []*run
	var cur *run
	for _, g := range glyphs {
		em := math.Abs(g.FontSize)
		if em < 1 || em > 400 {
			em = 12
		}
		if cur != nil {
			near := math.Abs(g.Y-cur.y) < em*.3 && math.Abs(em-cur.em) < em*.35
			if near && (math.Abs(g.X-cur.x) < em*.5 || math.Abs(g.X-cur.end) < em*.75) {
				cur.add(g.S, em)
				continue
			}
		}
		cur = &run{x: g.X, end: g.X, y: g.Y, em: em}
		cur.add(g.S, em)
		runs = append(runs, cur)
	}
	sort.SliceStable(runs, func(i, k int) bool { return runs[i].y > runs[k].y })
	var out []string
	for i := 0; i < len(runs); {
		k := i + 1
		for k < len(runs) && runs[i].y-runs[k].y < runs[i].em*.5 {
			k++
		}
		row := runs[i:k]
		sort.SliceStable(row, func(a, b int) bool { return row[a].x < row[b].x })
		var b strings.Builder
		end := row[0].x
		for _, r := range row {
			if r.x-end > r.em*.8 && b.Len() > 0 {
				b.WriteString("  ")
			}
			b.WriteString(r.b.String())
			end = math.Max(end, r.end)
		}
		if s := strings.TrimSpace(b.String()); s != "" {
			out = append(out, s)
		}
		i = k
	}
	return out
}

func (r *run) add(s string, em float64) {
	for _, c := range s {
		if c == 0 || c == '\uFFFD' {
			continue
		}
		r.b.WriteRune(c)
		if c < 0x2000 {
			r.end += em / 2
		} else {
			r.end += em
		}
	}
}
