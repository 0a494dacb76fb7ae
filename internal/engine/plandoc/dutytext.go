package plandoc

import (
	"regexp"
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
	lead, units, due := -1, -1, -1
	for k, c := range cols {
		switch c.use {
		case useLead:
			lead = max(lead, k)
		case useUnits:
			units = k
		case useDue:
			due = k
		}
	}
	if len(cols) < 3 || cols[0].use != useSeq || lead < 0 && units < 0 {
		return nil, 0
	}
	g := &grid{at: in[0].at, head: unremarked(head)}
	var cells []token // of the row being read
	flush := func() {
		if row, ok := dutyCells(cells, cols, lead, units, due); ok {
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
	for part := range strings.SplitSeq(strings.NewReplacer("　", "  ", "\u00a0", " ").Replace(s), "\t") {
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

// dutyCells puts the cells of a row in its columns: the number, the texts, the units from the right.
func dutyCells(cells []token, cols []column, lead, units, due int) (gridRow, bool) {
	if len(cells) < 3 {
		return gridRow{}, false
	}
	row := gridRow{cells: make([]string, len(cols))}
	if len(cells) == len(cols) { // every cell is there
		var raw []string
		for k, c := range cells {
			row.cells[k] = c.raw
			raw = append(raw, c.raw)
		}
		row.raw = strings.Join(raw, " ")
		return row, true
	}
	name := 1
	for k, c := range cols {
		if c.use == useName {
			name = k
		}
	}
	var raw, texts []string
	var orgs []string
	for n, c := range cells {
		raw = append(raw, c.raw)
		switch {
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
	if len(orgs) == 0 || len(texts) == 0 {
		return gridRow{}, false
	}
	row.cells[name] = strings.Join(texts, "")
	switch {
	case lead >= 0 && units >= 0 && len(orgs) > 1:
		row.cells[min(lead, units)], row.cells[max(lead, units)] = orgs[0], strings.Join(orgs[1:], "、")
	case lead >= 0:
		row.cells[lead] = strings.Join(orgs, "、")
	default:
		row.cells[units] = strings.Join(orgs, "、")
	}
	row.raw = strings.Join(raw, " ")
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
