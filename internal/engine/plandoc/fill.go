package plandoc

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// fill cuts the tokens of a text table into rows of the columns and says how many tokens it used. A row is a name and then its
// cells in order; what cannot belong to a column leaves that column empty.
func (g *grid) fill(ts []token, cols []column, in []line) int {
	name := 0
	for name < len(cols) && cols[name].use != useName {
		name++
	}
	if name == len(cols) {
		return 0
	}
	bracketed := true // units stand in the names' brackets
	for _, c := range cols {
		if c.use == useUnit {
			bracketed = false
		}
	}
	i, done := 0, 0 // done: tokens that went into rows
	for i < len(ts) {
		if k := len(g.rows); bracketed && k > 0 && trailing(ts, i) && !nameWithUnit(g.rows[k-1].cells[name]) { // a name's second line behind its cells
			g.rows[k-1].cells[name] += ts[i].raw
			g.rows[k-1].raw += " " + ts[i].raw
			i++
			done = i
			continue
		}
		if groupRE.MatchString(ts[i].s) && i+1 < len(ts) && (weighedRE.MatchString(ts[i].s) || nameLike(ts[i+1].s) && !nameWithUnit(ts[i].s)) { // 二、社会保险
			i++
			if weighedRE.MatchString(ts[i-1].s) { // with the group's own weight behind it
				for i+1 < len(ts) && valueLike(ts[i].s) && !nameLike(ts[i+1].s) {
					i++
				}
			}
			continue
		}
		start := i
		row := gridRow{cells: make([]string, len(cols)), at: in[ts[i].line].at}
		for k := 0; k < name && i < len(ts); k++ {
			switch {
			case cols[k].use == useSeq && bareRE.MatchString(strings.TrimRight(ts[i].s, ".、")):
				row.cells[k] = ts[i].raw
				i++
			case cols[k].use == useGroup && i+1 < len(ts) && nameLike(ts[i].s) && (nameLike(ts[i+1].s) || bareRE.MatchString(ts[i+1].s) && cols[k+1].use == useSeq) && !isBracket(ts[i+1].s):
				row.cells[k] = ts[i].raw
				i++
			}
		}
		if k := seqAfter(cols, name); k >= 0 && i < len(ts) && bareRE.MatchString(ts[i].s) {
			row.cells[k] = ts[i].raw
			i++
		}
		if i+1 < len(ts) && bareRE.MatchString(strings.TrimRight(ts[i].s, ".、")) && nameLike(ts[i+1].s) {
			i++ // numbers without a column head of their own
		}
		if i >= len(ts) || !nameLike(ts[i].s) {
			if i = nextRow(ts, start); i > 0 {
				continue
			}
			return done
		}
		row.cells[name] = ts[i].raw
		nameLine := ts[i].line
		i++
		for i < len(ts) && more(ts, i, row.cells[name], bracketed) {
			if groupLine(ts, i-1, nameLine) { // a lone line above a full row is a group's name
				row.cells[name] = ts[i].raw
			} else if !isBracket(ts[i].s) || !strings.HasSuffix(plain(row.cells[name]), ts[i].s) {
				row.cells[name] += ts[i].raw
			}
			nameLine = ts[i].line
			i++
		}
		got, short := 0, false
		for k := name + 1; k < len(cols) && i < len(ts); k++ {
			if ahead(ts, i, cols, k, bracketed) {
				row.blank++
				continue
			}
			if fits(cols[k].use, ts[i].s, bracketed) || cols[k].use >= useBase && isValue(ts, i, bracketed) {
				row.cells[k] = ts[i].raw
				got++
				i++
			} else if cols[k].use != useOther && cols[k].use != useLead && cols[k].use != useUnits {
				short = true
			}
		}
		if got == 0 {
			if i = nextRow(ts, start); i > 0 {
				continue
			}
			return done
		}
		row.short = short
		var raw []string
		for _, t := range ts[start:i] {
			raw = append(raw, t.raw)
		}
		row.raw = strings.Join(raw, " ")
		g.rows = append(g.rows, row)
		done = i
	}
	return done
}

// ahead reports whether token i is the value of a column further on: its row has fewer values than columns for them because empty
// cells were not printed. A total in brackets is that of the column for totals; a lone figure is no base but the target.
func ahead(ts []token, i int, cols []column, k int, bracketed bool) bool {
	if cols[k].use < useBase || cols[k].use >= useTotal {
		return false
	}
	values, columns, total, target := 0, 0, false, false
	for m := k; m < len(cols) && cols[m].use >= useBase; m++ {
		columns++
		total = total || cols[m].use >= useTotal
		target = target || cols[m].use == useTarget
	}
	for m := i; m < len(ts) && isValue(ts, m, bracketed); m++ {
		values++
	}
	return values > 0 && values < columns && (total && cellOf(ts[i].raw).total || values == 1 && cols[k].use == useBase && target)
}

// isValue reports whether token i stands in a column of values: a figure, words of the usual kind, or, where names have their
// units in brackets, any words before an attribute or the next name that are no unit's.
func isValue(ts []token, i int, bracketed bool) bool {
	s := ts[i].s
	switch {
	case attrRE.MatchString(s) || nameWithUnit(s):
		return false
	case valueLike(s) || wordsRE.MatchString(s):
		return true
	case !bracketed || orgLike(s) || i+1 == len(ts):
		return i+1 < len(ts) && attrRE.MatchString(ts[i+1].s) && !orgLike(s)
	}
	return attrRE.MatchString(ts[i+1].s) || nameWithUnit(ts[i+1].s)
}

// trailing reports whether token i stands alone on its line and ends with a unit in brackets, with another name after it.
func trailing(ts []token, i int) bool {
	alone := (i == 0 || ts[i-1].line != ts[i].line) && i+1 < len(ts) && ts[i+1].line != ts[i].line
	return alone && nameWithUnit(ts[i].s) && nameLike(ts[i+1].s)
}

var groupRE = regexp.MustCompile(`^(?:` + hanNumber + `、|\(` + hanNumber + `\))`)

var weighedRE = regexp.MustCompile(`权重|分值|\(\d+项\)`)

// nextRow passes over a line that is no row where the line after it is one; 0 where it is not.
func nextRow(ts []token, i int) int {
	k := i
	for k < len(ts) && ts[k].line == ts[i].line {
		k++
	}
	n, figures := 0, 0
	for m := k; m < len(ts) && ts[m].line == ts[k].line; m++ {
		n++
		if valueLike(ts[m].s) && !dashRE.MatchString(ts[m].s) {
			figures++
		}
	}
	if n >= 3 && figures > 0 {
		return k
	}
	return 0
}

// seqAfter finds a number column standing behind a group column, passed over because the group was not printed again.
func seqAfter(cols []column, name int) int {
	for k := 0; k < name; k++ {
		if cols[k].use == useSeq && k > 0 {
			return k
		}
	}
	return -1
}

func isBracket(s string) bool {
	return strings.HasPrefix(s, "(") && strings.Index(s, ")") == len(s)-1
}

// nameLike reports whether a token can be an indicator's name.
func nameLike(s string) bool {
	return wordsCount(s) >= 2 && utf8.RuneCountInString(s) <= 45 && !attrRE.MatchString(s) && !valueLike(s) && !isUnit(s) && !isBracket(s) && !strings.ContainsAny(s, "。；")
}

// more reports whether token i still belongs to the name before it.
func more(ts []token, i int, name string, bracketed bool) bool {
	s := ts[i].s
	if isBracket(s) {
		return true
	}
	if !nameLike(s) || wordsRE.MatchString(s) {
		return false
	}
	if bracketed {
		_, unit := bracketUnit(name)
		return unit == ""
	}
	return true
}

// groupLine reports whether the name so far stood alone on its line while the next line is a full row.
func groupLine(ts []token, last, nameLine int) bool {
	if last > 0 && ts[last-1].line == nameLine {
		return false
	}
	n := 0
	for k := last + 1; k < len(ts) && ts[k].line == ts[last+1].line; k++ {
		n++
	}
	return n >= 3
}

// fits reports whether a token can stand in a column.
func fits(u use, s string, bracketed bool) bool {
	switch u {
	case useUnit:
		return isUnit(s) || isUnit(strings.Trim(s, "()")) || dashRE.MatchString(s)
	case useAttr:
		return attrRE.MatchString(s) || dashRE.MatchString(s)
	case useBase, useEarlier, useDone, useTarget, useTotal, useGrowth:
		if attrRE.MatchString(s) {
			return false
		}
		_, unit := bracketUnit(s)
		return valueLike(s) || wordsRE.MatchString(s) && unit == "" || dashRE.MatchString(s)
	case useLead, useUnits:
		return orgLike(s)
	case useWeight:
		return valueLike(s)
	case useSeq:
		return bareRE.MatchString(s)
	case useDue:
		return wordsCount(s) > 0 || dashRE.MatchString(s)
	}
	return wordsCount(s) > 0 && !valueLike(s) && !nameWithUnit(s)
}

func nameWithUnit(s string) bool {
	_, unit := bracketUnit(s)
	return unit != ""
}
