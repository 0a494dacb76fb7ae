package plandoc

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	rowNumber = regexp.MustCompile(`^(\d{1,3})[*※]?[.、．]?$`)
	dueCell   = regexp.MustCompile(`^(?:20\d\d年.{0,12}|\d{1,2}月(?:底|末)?(?:前)?|每[年月季].{0,4}|持续.{0,4}|长期.{0,4}|常年.{0,4}|全年|(?:年|月|季)底前?)$`)
)

// readDuties reads a table of duties from a text, one row a line or one cell a line: after heads that name tasks and units, each
// row begins with its number and ends with the units. It gives the lines it took, 0 where there is no such table.
func readDuties(in []line) (*grid, int) {
	var head []string
	i := 0
	for ; i < len(in) && i < 12 && in[i].Kind == Line; i++ {
		cells := cellsOf(in[i].Text)
		if words := strings.Fields(in[i].Text); headRow(words) && !brokenHead.MatchString(strings.Join(words, "")) {
			cells = words
		}
		if !headRow(unremarked(cells)) {
			break
		}
		head = append(head, cells...)
	}
	cols := columnsOf(unremarked(head), 0, 0)
	answers := slices.ContainsFunc(cols, func(c column) bool { return c.use == useLead || c.use == useUnits })
	if len(cols) < 3 || cols[0].use != useSeq || !answers {
		return nil, 0
	}
	g := &grid{at: in[0].at, head: unremarked(head)}
	var cells []token // of the row being read
	flush := func() {
		if row, ok := dutyCells(cells, cols); ok {
			row.at = in[cells[0].line].at
			g.rows = append(g.rows, row)
		}
		cells = nil
	}
	used := i
	for k := i; k < len(in) && in[k].Kind == Line && k-i < 1500; k++ {
		if h, ok := headingOf(in[k].Text); ok && h.rank <= 3 || headerStart(in[k:]) || noteStart.MatchString(in[k].Text) {
			break
		}
		for _, c := range cellsOf(in[k].Text) {
			switch {
			case rowNumber.MatchString(c):
				flush()
			case len(cells) == 0: // the name of a group
				continue
			case len(cells) > 2*len(cols)+4:
				flush()
				continue
			}
			cells = append(cells, token{c, plain(c), k})
			used = k + 1
		}
	}
	if len(cells) > 0 {
		flush()
	}
	if len(g.rows) == 0 {
		return nil, 0
	}
	return g, used
}

// cellsOf parts a line where tabs or wide gaps stand, or any spaces behind a row's number.
func cellsOf(s string) []string {
	if words := strings.Fields(s); len(words) > 3 && rowNumber.MatchString(words[0]) && !strings.ContainsAny(s, "\t") && !strings.Contains(s, "  ") {
		return words
	}
	var out []string
	for part := range strings.SplitSeq(strings.NewReplacer("　", "  ", "\u00a0", " ", "|", "\t").Replace(s), "\t") {
		for c := range strings.SplitSeq(part, "  ") {
			if c = strings.TrimSpace(c); c != "" {
				out = append(out, c)
			}
		}
	}
	return out
}

// unremarked drops the remarks in brackets behind heads.
func unremarked(head []string) []string {
	var out []string
	for _, h := range head {
		if k := strings.IndexAny(h, "(（"); k > 0 {
			h = h[:k]
		}
		out = append(out, h)
	}
	return out
}

// dutyCells puts the cells of a row in its columns: each where all are there, else the number, the texts (the last of them is the
// task where several columns have texts: merged cells are not printed again), the units.
func dutyCells(cells []token, cols []column) (gridRow, bool) {
	if len(cells) < 3 {
		return gridRow{}, false
	}
	row := gridRow{cells: make([]string, len(cols))}
	var raw, texts, orgs []string
	var units []int
	name, due, others := 1, -1, 0
	for k, c := range cols {
		switch c.use {
		case useName:
			name = k
		case useDue:
			due = k
		case useLead, useUnits:
			units = append(units, k)
		case useOther, useGroup:
			others++
		}
	}
	for n, c := range cells {
		raw = append(raw, c.raw)
		switch {
		case len(cells) == len(cols):
			row.cells[n] = c.raw
		case n == 0:
			row.cells[0] = c.raw
		case due >= 0 && dueCell.MatchString(c.s):
			row.cells[due] = c.raw
		case n > 1 && allUnits(c.raw):
			orgs = append(orgs, c.raw)
		case len(orgs) == 0:
			texts = append(texts, c.raw)
		}
	}
	row.raw = strings.Join(raw, " ")
	if len(cells) == len(cols) {
		return row, true
	}
	if len(orgs) == 0 || len(texts) == 0 {
		return gridRow{}, false
	}
	row.cells[name] = strings.Join(texts, "")
	if others > 0 {
		row.cells[name] = texts[len(texts)-1]
	}
	for n, o := range orgs {
		k := units[min(n, len(units)-1)]
		row.cells[k] = strings.TrimPrefix(row.cells[k]+"、"+o, "、")
	}
	return row, utf8.RuneCountInString(row.cells[name]) > 3
}

// allUnits reports whether a cell is a list of units and nothing else.
func allUnits(s string) bool {
	if strings.ContainsAny(s, "：:") {
		return false
	}
	us := unitsOf(s)
	for _, u := range us {
		if !orgLike(u) && !placeLike(u) {
			return false
		}
	}
	return len(us) > 0
}
