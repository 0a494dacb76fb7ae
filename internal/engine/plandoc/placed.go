package plandoc

import (
	"math"
	"slices"
)

// Word is a word of a table without drawn lines, with the places where it begins and ends on its line.
type Word struct {
	From, To float64
	Text     string
}

func (w Word) middle() float64 { return (w.From + w.To) / 2 }

// Placed puts the words of a table's lines in rows and columns by where they stand; at says how far down each line is, head which
// has the heads. The lines with the most words tell the columns; lines with more than half as many are rows; what else there is
// belongs to the cells it stands above or below. It gives nil where the lines are no table.
func Placed(lines [][]Word, at []float64, head int) [][]string {
	wide := 0
	for _, l := range lines {
		wide = max(wide, len(l))
	}
	if wide < 3 {
		return nil
	}
	t := placing{centers: centersOf(lines, wide, head)}
	wide = max(wide, len(t.centers))
	for i := head; i < len(lines); i++ {
		lines[i] = t.apart(lines[i])
	}
	row := func(i int) bool { return i == head || i > head && 2*len(lines[i]) > wide }
	for i, l := range lines {
		if row(i) {
			t.anchors = append(t.anchors, i)
			t.rows = append(t.rows, t.row(l))
		}
	}
	if len(t.rows) < 2 {
		return nil
	}
	own := make([][]string, len(t.rows))
	for i, r := range t.rows {
		own[i] = append([]string(nil), r...)
	}
	var above, below [][]string // pieces of each cell printed before and behind its row's line
	for range t.rows {
		above, below = append(above, make([]string, wide)), append(below, make([]string, wide))
	}
	for i, l := range lines {
		if row(i) {
			continue
		}
		placed := t.order(l)
		for n, w := range l {
			ks := placed[n : n+1]
			if len(l) == 1 || i < t.anchors[0] {
				ks = t.columns(w, i < t.anchors[0])
			}
			for _, k := range ks {
				r := t.rowFor(own, at, i, k, len(l) == 1)
				switch {
				case r < 0:
				case i < t.anchors[r]:
					above[r][k] += w.Text
				default:
					below[r][k] += w.Text
				}
			}
		}
	}
	for r := range t.rows {
		for k := range wide {
			t.rows[r][k] = above[r][k] + t.rows[r][k] + below[r][k]
		}
	}
	return t.rows
}

// placing is a table being put together.
type placing struct {
	centers []float64 // of the columns
	anchors []int     // the lines that are rows
	rows    [][]string
}

// apart parts the words that reach over the middles of several columns: cells that nearly touch.
func (t placing) apart(l []Word) []Word {
	var out []Word
	for _, w := range l {
		for k := 0; k+1 < len(t.centers); k++ {
			if border := (t.centers[k] + t.centers[k+1]) / 2; w.From < t.centers[k] && t.centers[k+1] < w.To {
				var left Word
				left, w = w.cut(border)
				out = append(out, left)
			}
		}
		out = append(out, w)
	}
	if len(out) > len(t.centers) {
		return l
	}
	return out
}

// cut parts a word near a place; a Chinese character is twice as wide as others.
func (w Word) cut(at float64) (left, right Word) {
	step := (w.To - w.From) / float64(max(1, width(w.Text)))
	x := w.From
	for i, r := range w.Text {
		next := x + step*float64(width(string(r)))
		if next > at && i > 0 && (next-at > at-x) {
			return Word{w.From, x, w.Text[:i]}, Word{x, w.To, w.Text[i:]}
		}
		x = next
	}
	return w, Word{w.To, w.To, ""}
}

// centersOf are the middles of the columns, by the lines below the head that have most words, and of the groups' column where
// words stand alone to the left of them all.
func centersOf(lines [][]Word, wide, head int) []float64 {
	below := slices.ContainsFunc(lines[head+1:], func(l []Word) bool { return len(l) == wide })
	bands := make([][]Word, wide)
	left := math.Inf(1)
	for i, l := range lines {
		if len(l) == wide && (i > head || !below) {
			for k, w := range l {
				bands[k] = append(bands[k], w)
			}
			left = math.Min(left, l[0].From)
		}
	}
	var groups []Word
	for i, l := range lines {
		if i > head && len(l) == 1 && l[0].To < left {
			groups = append(groups, l[0])
		}
	}
	if len(groups) > 1 {
		bands = slices.Insert(bands, 0, groups)
	}
	var out []float64
	for _, band := range bands {
		sum := 0.
		for _, w := range band {
			sum += w.middle()
		}
		out = append(out, sum/float64(len(band)))
	}
	return out
}

// row puts a line's words in columns.
func (t placing) row(l []Word) []string {
	out := make([]string, len(t.centers))
	for i, k := range t.order(l) {
		out[k] = l[i].Text
	}
	return out
}

// order gives the columns of a line's words: in order, each as near to its column's middle as the others let it.
func (t placing) order(l []Word) []int {
	n, m := len(l), len(t.centers)
	cost := make([][]float64, n+1) // of placing the first i words in the first k columns
	for i := range cost {
		cost[i] = make([]float64, m+1)
		for k := range cost[i] {
			switch {
			case i == 0:
			case k < i:
				cost[i][k] = math.Inf(1)
			default:
				cost[i][k] = math.Min(cost[i][k-1], cost[i-1][k-1]+math.Abs(l[i-1].middle()-t.centers[k-1]))
			}
		}
	}
	out := make([]int, n)
	for i, k := n, m; i > 0; k-- {
		if cost[i][k] < cost[i][k-1] {
			i--
			out[i] = k - 1
		}
	}
	return out
}

// columns are those a word above or below others belongs to: the nearest, in a head both of those it stands between.
func (t placing) columns(w Word, head bool) []int {
	best := 0
	for k, c := range t.centers {
		if math.Abs(c-w.middle()) < math.Abs(t.centers[best]-w.middle()) {
			best = k
		}
	}
	for _, other := range []int{best - 1, best + 1} {
		if head && other >= 0 && other < len(t.centers) && math.Abs((t.centers[best]+t.centers[other])/2-w.middle()) < math.Abs(t.centers[best]-w.middle()) {
			return []int{best, other}
		}
	}
	return []int{best}
}

// rowFor is the row to whose cell in column k a word of line i belongs: of the rows next to it the one that has no word of its own
// there; else the nearer one, or none (-1) where the line is the name of a group of rows.
func (t placing) rowFor(own [][]string, at []float64, i, k int, alone bool) int {
	before := -1
	for r, a := range t.anchors {
		if a < i {
			before = r
		}
	}
	after := before + 1
	switch {
	case before < 0:
		return 0
	case after >= len(t.anchors):
		return before
	}
	far, near := at[i]-at[t.anchors[before]], at[t.anchors[after]]-at[i]
	free, open := own[before][k] == "" && far < 1.6*near, own[after][k] == "" && near < 1.6*far
	switch {
	case free && (!open || far <= near):
		return before
	case open:
		return after
	case alone:
		return -1
	case far <= near:
		return before
	}
	return after
}
