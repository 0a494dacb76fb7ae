package intake

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"jiuye/internal/ground/sheet"
)

// headRows is how many rows from the top may hold the header: departments put titles and notes above it.
const headRows = 10

// headDepth is how many rows a header may take.
const headDepth = 3

// enough is the share of a template's weight that a header must show to be taken for it; little is the share that will
// do when all needed columns are there.
const (
	enough = 0.5
	little = 0.3
)

// Recognition is what a sheet was taken for.
type Recognition struct {
	Template *Template // nil: not known
	Row      int       // the header's row, 0 when there is none
	Heads    []string  // the header as it stands there
	Columns  []int     // template column → cell, -1: not there
	Score    float64   // 0 to 1: how much of the template the header shows, rare heads counting more
	Telling  bool      // one of the needed heads is all but this template's own
	Missing  []string  // needed columns that are not there
	Extra    []string  // heads that the template does not use
	Best     *Template // the nearest template when none was near enough
}

// Matched is how many of the template's columns were found.
func (r *Recognition) Matched() (n int) {
	for _, c := range r.Columns {
		if c >= 0 {
			n++
		}
	}
	return n
}

// Recognise finds the header among a sheet's first rows, and the template it belongs to. A header may take several rows:
// 联系方式 above 手机 and 座机. Of two readings that say the same, the one with fewer rows is taken.
func (ts *Templates) Recognise(rows []sheet.Row) Recognition {
	var best Recognition
	depth := 0
	rows = rows[:min(len(rows), headRows)]
	for i := range rows {
		if best.known() && rows[i].Number > best.Row {
			break // the first table of a sheet is the one that is read
		}
		for n := 1; n <= headDepth && i+n <= len(rows) && rows[i+n-1].Number == rows[i].Number+n-1; n++ {
			r := ts.header(rows[i+n-1].Number, stack(rows[i:i+n]))
			if gain := r.Score - best.Score; gain > 1e-9 || gain > -1e-9 && r.Template != nil && n < depth {
				best, depth = r, n
			}
		}
	}
	best.Best = best.Template
	if !best.known() {
		best.Template = nil
	}
	return best
}

// known reports whether the header says enough.
func (r *Recognition) known() bool {
	return r.Score >= enough || len(r.Missing) == 0 && (r.Score >= little || r.Telling)
}

// header scores heads as a header that ends in a row. A head weighs the less the more templates have it: 姓名 says little,
// 残疾等级 a lot.
func (ts *Templates) header(row int, heads []head) (best Recognition) {
	cells := map[*Template][]int{}
	got := map[*Template]float64{}
	for i, h := range heads {
		for _, name := range h {
			for _, p := range ts.heads[headKey(name)] {
				if cells[p.template] == nil {
					cells[p.template] = slices.Repeat([]int{-1}, len(p.template.Columns))
				}
				if at := &cells[p.template][p.column]; *at < 0 {
					*at = i
					got[p.template] += ts.weight(p)
				}
			}
		}
	}
	for _, t := range ts.list {
		if cells[t] == nil {
			continue
		}
		total := 0.0
		for i := range t.Columns {
			total += ts.weight(place{t, i})
		}
		if score := got[t] / total; score > best.Score {
			best = Recognition{Template: t, Row: row, Columns: cells[t], Score: score}
		}
	}
	if best.Template != nil {
		best.Heads = ts.named(heads, &best)
		for i, c := range best.Template.Columns {
			best.Telling = best.Telling || c.Need && best.Columns[i] >= 0 && ts.weight(place{best.Template, i}) >= 0.5
		}
		best.judge()
	}
	return best
}

// named are the heads as they are shown and written into error sheets: those that the template uses by the name that it
// knows, so that they are known again when they come back.
func (ts *Templates) named(heads []head, r *Recognition) []string {
	out := make([]string, len(heads))
	for i, h := range heads {
		if len(h) > 0 {
			out[i] = h[0]
		}
	}
	for column, cell := range r.Columns {
		if cell < 0 {
			continue
		}
		for _, name := range heads[cell] {
			if slices.Contains(ts.heads[headKey(name)], place{r.Template, column}) {
				out[cell] = name
				break
			}
		}
	}
	return out
}

func (ts *Templates) weight(p place) float64 {
	return 1 / float64(len(ts.heads[headKey(p.template.Columns[p.column].Header)]))
}

// judge says what is missing and what is not used.
func (r *Recognition) judge() {
	used := map[int]bool{}
	for i, cell := range r.Columns {
		used[cell] = true
		if c := r.Template.Columns[i]; cell < 0 && c.Need {
			r.Missing = append(r.Missing, c.Header)
		}
	}
	for i, head := range r.Heads {
		if h := headKey(head); !used[i] && h != "" && h != rowHead && h != reasonHead {
			r.Extra = append(r.Extra, strings.TrimSpace(head))
		}
	}
}

// headKey is a head as it is compared: half width, without blanks, marks and what stands in brackets.
func headKey(s string) string {
	s = width.Fold.String(s)
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("([{【〔", r):
			depth++
		case strings.ContainsRune(")]}】〕", r):
			depth = max(0, depth-1)
		case depth > 0, strings.ContainsRune(" \t\r\n\u00a0\ufeff*:：、.。-_/\"'", r):
		default:
			b.WriteRune(r)
		}
	}
	return strings.ToLower(b.String())
}
