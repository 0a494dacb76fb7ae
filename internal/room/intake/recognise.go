package intake

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"jiuye/internal/ground/sheet"
)

// headRows is how many rows from the top may hold the header: departments put titles and notes above it.
const headRows = 10

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

// Recognise finds the header among a sheet's first rows, and the template it belongs to.
func (ts *Templates) Recognise(rows []sheet.Row) Recognition {
	var best Recognition
	for _, row := range rows[:min(len(rows), headRows)] {
		if r := ts.header(row); r.Score > best.Score {
			best = r
		}
	}
	best.Best = best.Template
	if best.Score < little || best.Score < enough && len(best.Missing) > 0 {
		best.Template = nil
	}
	return best
}

// header scores one row as a header. A head weighs the less the more templates have it: 姓名 says little, 残疾等级 a lot.
func (ts *Templates) header(row sheet.Row) (best Recognition) {
	cells := map[*Template][]int{}
	got := map[*Template]float64{}
	for i, cell := range row.Cells {
		for _, p := range ts.heads[headKey(cell)] {
			if cells[p.template] == nil {
				cells[p.template] = slices.Repeat([]int{-1}, len(p.template.Columns))
			}
			if at := &cells[p.template][p.column]; *at < 0 {
				*at = i
				got[p.template] += ts.weight(p)
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
			best = Recognition{Template: t, Row: row.Number, Heads: row.Cells, Columns: cells[t], Score: score}
		}
	}
	if best.Template != nil {
		best.judge()
	}
	return best
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
