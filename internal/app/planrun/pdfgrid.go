package planrun

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"

	"jiuye/internal/engine/plandoc"
)

// near is how far apart, in points, what is drawn as one line may lie.
const near = 3.0

// pageOf reads a page: its tables by the lines drawn around their cells, the rest line by line.
func pageOf(p pdf.Page) []plandoc.Block {
	d := &page{state: state{ctm: matrix{a: 1, d: 1}, stretch: 1}}
	if program := p.V.Key("Contents"); !program.IsNull() {
		d.draw(program, p.Resources(), 0)
	}
	glyphs := d.glyphs
	type piece struct {
		top    float64
		blocks []plandoc.Block
	}
	var pieces []piece
	for _, f := range framesOf(d.rules) {
		var inside, outside []glyph
		for _, g := range glyphs {
			if x := (g.x + g.end) / 2; f.holds(x, g.y+g.em*.3) {
				inside = append(inside, g)
			} else {
				outside = append(outside, g)
			}
		}
		if rows := f.rows(inside); rows != nil {
			pieces = append(pieces, piece{f.ys[0], []plandoc.Block{{Kind: plandoc.Table, Rows: rows}}})
			glyphs = outside
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(b.top, a.top) })
	lines := heights(runsOf(glyphs))
	var out []plandoc.Block
	for _, t := range pieces {
		n := 0
		for n < len(lines) && lines[n].y > t.top {
			n++
		}
		out = append(append(out, pageBlocks(lines[:n])...), t.blocks...)
		lines = lines[n:]
	}
	return append(out, pageBlocks(lines)...)
}

// frame is a drawn table: the places of its upright lines from the left, of its level ones from the top, and the lines.
type frame struct {
	xs, ys []float64
	rules  []rule
}

// framesOf finds the tables among a page's lines: lines that touch, with at least two columns and two rows between
// them, or one row of several (the rest of a table on the next page).
func framesOf(rules []rule) []frame {
	if len(rules) > 4000 {
		return nil
	}
	group := make([]int, len(rules))
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	for i, a := range rules {
		for k := range i {
			if a.touches(rules[k]) {
				group[find(i)] = find(k)
			}
		}
	}
	parts := map[int]*frame{}
	var order []*frame
	for i, r := range rules {
		f := parts[find(i)]
		if f == nil {
			f = &frame{}
			parts[find(i)] = f
			order = append(order, f)
		}
		f.rules = append(f.rules, r)
	}
	var out []frame
	for _, f := range order {
		if f.measure(); len(f.xs) > 2 && len(f.ys) > 2 || len(f.xs) > 3 && len(f.ys) == 2 {
			out = append(out, *f)
		}
	}
	return out
}

func (r rule) touches(o rule) bool {
	if r.upright == o.upright {
		return math.Abs(r.at-o.at) < near && r.from < o.to+near && o.from < r.to+near
	}
	return o.from-near < r.at && r.at < o.to+near && r.from-near < o.at && o.at < r.to+near
}

// measure finds the places of the lines; the ends of the others stand for outer lines that are not drawn.
func (f *frame) measure() {
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(-1), math.Inf(1)
	for _, r := range f.rules {
		if r.upright {
			f.xs = append(f.xs, r.at)
			top, bottom = math.Max(top, r.to), math.Min(bottom, r.from)
		} else {
			f.ys = append(f.ys, r.at)
			left, right = math.Min(left, r.from), math.Max(right, r.to)
		}
	}
	f.xs, f.ys = distinctPlaces(append(f.xs, left, right)), distinctPlaces(append(f.ys, top, bottom))
	slices.Reverse(f.ys)
}

// distinctPlaces sorts places and makes one of those that lie together.
func distinctPlaces(places []float64) []float64 {
	slices.Sort(places)
	var out []float64
	for _, p := range places {
		if !math.IsInf(p, 0) && (len(out) == 0 || p-out[len(out)-1] > near) {
			out = append(out, p)
		}
	}
	return out
}

func (f frame) holds(x, y float64) bool {
	return x > f.xs[0] && x < f.xs[len(f.xs)-1] && y < f.ys[0] && y > f.ys[len(f.ys)-1]
}

// drawn reports whether a line is drawn at a place across a point.
func (f frame) drawn(upright bool, at, across float64) bool {
	return slices.ContainsFunc(f.rules, func(r rule) bool {
		return r.upright == upright && math.Abs(r.at-at) < near+1 && r.from-near < across && across < r.to+near
	})
}

// rows puts glyphs in cells; a cell without a line to the next one goes on there, and its text stands in each. Nil where the
// lines are the frame of a page and not of a table.
func (f frame) rows(glyphs []glyph) [][]string {
	w, h := len(f.xs)-1, len(f.ys)-1
	if w*h > 20_000 {
		return nil
	}
	cell := make([]int, w*h) // the first of the cells it goes on from
	for i := range h {
		for k := range w {
			x, y, n := (f.xs[k]+f.xs[k+1])/2, (f.ys[i]+f.ys[i+1])/2, i*w+k
			cell[n] = n
			left, above := k > 0 && !f.drawn(true, f.xs[k], y), i > 0 && !f.drawn(false, f.ys[i], x)
			switch {
			case left && above && cell[n-1] == cell[n-w]:
				cell[n] = cell[n-1]
			case left:
				cell[n] = cell[n-1]
			case above:
				cell[n] = cell[n-w]
			}
		}
	}
	texts := make([][]glyph, w*h)
	for _, g := range glyphs {
		k := at(f.xs, (g.x+g.end)/2)
		i := len(f.ys) - 2 - at(reversed(f.ys), g.y+g.em*.3)
		if k >= 0 && k < w && i >= 0 && i < h {
			texts[cell[i*w+k]] = append(texts[cell[i*w+k]], g)
		}
	}
	said := make([]string, w*h)
	full := 0
	for n, gs := range texts {
		if said[n] = cellText(gs, f.edge(cell, n, w)); said[n] != "" {
			full++
		}
	}
	if full < 4 {
		return nil
	}
	out := make([][]string, h)
	for i := range h {
		for k := range w {
			out[i] = append(out[i], said[cell[i*w+k]])
		}
	}
	return slices.DeleteFunc(out, func(r []string) bool { return strings.Join(r, "") == "" })
}

// edge is the right side of cell n.
func (f frame) edge(cell []int, n, w int) float64 {
	k := n % w
	for k+1 < w && cell[n-n%w+k+1] == cell[n] {
		k++
	}
	return f.xs[k+1]
}

// at is the place among sorted ones behind which x lies.
func at(places []float64, x float64) int {
	k, _ := slices.BinarySearch(places, x)
	return k - 1
}

func reversed(s []float64) []float64 {
	out := slices.Clone(s)
	slices.Reverse(out)
	return out
}

// cellText joins a cell's lines: one that reaches the cell's right side goes on in the next.
func cellText(glyphs []glyph, right float64) string {
	var b strings.Builder
	on := true
	for _, h := range heights(runsOf(glyphs)) {
		if !on {
			b.WriteString("\n")
		}
		b.WriteString(h.text())
		last := h.runs[len(h.runs)-1]
		on = right-last.end < 1.7*last.em
	}
	return b.String()
}

var pageFoot = regexp.MustCompile(`^[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－·\s]*$`)

// overPages joins a table that runs over a page: the second part, with as many columns, begins a page (starts) with nothing but the
// page's number between; a head printed again goes.
func overPages(blocks []plandoc.Block, starts map[int]bool) []plandoc.Block {
	var out []plandoc.Block
	last, turned := -1, false // the table that may go on, and whether a page began since
	for i, b := range blocks {
		turned = turned || starts[i]
		if b.Kind == plandoc.Table && last >= 0 && turned && len(b.Rows[0]) == len(out[last].Rows[0]) {
			rows := b.Rows
			for _, head := range out[last].Rows[:min(3, len(out[last].Rows))] {
				if len(rows) > 1 && slices.Equal(rows[0], head) {
					rows = rows[1:]
				}
			}
			rows = finished(out[last].Rows[len(out[last].Rows)-1], rows)
			if len(rows) < len(b.Rows) || !slices.ContainsFunc(rows[0], tableHead.MatchString) {
				out[last].Rows = append(out[last].Rows, rows...)
				turned = false
				continue
			}
		}
		out = append(out, b)
		switch {
		case b.Kind == plandoc.Table:
			last, turned = len(out)-1, false
		case !pageFoot.MatchString(b.Text):
			last = -1
		}
	}
	return out
}

// finished puts what the page cut from a row's cells back and gives the rows behind it.
func finished(row []string, rest [][]string) [][]string {
	filled := 0
	for k, c := range rest[0] {
		if c != "" {
			filled++
			if row[k] == "" {
				return rest
			}
		}
	}
	if 2*filled >= len(row) || filled == 0 {
		return rest
	}
	for k, c := range rest[0] {
		row[k] += c
	}
	return rest[1:]
}
