package plandoc

import (
	"slices"
	"strings"
)

// drawn makes tables of the lines of a text that draws its cells: with bars (| 指标 | 2020年 |, │ 指标 │ 2020年 │) with tabs, or by
// spaces alone.
func drawn(blocks []Block) []Block {
	var out []Block
	heads := make([]bool, len(blocks))
	for i, b := range blocks {
		heads[i] = placedHead(b)
	}
	for i := 0; i < len(blocks); {
		rows, n := barRows(blocks[i:])
		if n == 0 {
			rows, n = tabRows(blocks[i:])
		}
		if n == 0 {
			rows, n = placedRows(blocks[i:], heads[i:])
		}
		if n == 0 {
			rows, n = matrixRows(blocks[i:])
		}
		if len(rows) < 2 {
			out = append(out, blocks[i])
			i++
			continue
		}
		out = append(out, Block{Kind: Table, Rows: rows})
		for range n - 1 { // blocks keep their numbers
			out = append(out, Block{})
		}
		i += n
	}
	return out
}

// barRows reads lines whose cells stand between bars, and says how many lines they are. Where lines are drawn between the rows,
// what stands between two of them is one row.
func barRows(blocks []Block) (rows [][]string, n int) {
	var lines [][]string // nil for a drawn line
	ruled, wide := 0, 0
	for n < len(blocks) && blocks[n].Kind == Line {
		cells, rule := barCells(blocks[n].Text)
		if cells == nil && !rule || cells != nil && wide > 0 && len(cells) != wide {
			break
		}
		if rule {
			if wide > 0 { // the frame's top is none between rows
				ruled++
			}
			cells = nil
		} else {
			wide = len(cells)
		}
		lines = append(lines, cells)
		n++
	}
	if wide == 0 {
		return nil, 0
	}
	fresh := true
	for _, cells := range lines {
		switch {
		case cells == nil:
			fresh = true
		case fresh || ruled < 3:
			rows, fresh = append(rows, cells), false
		default:
			for k, c := range cells {
				rows[len(rows)-1][k] += c
			}
		}
	}
	return rows, n
}

// barCells are the cells of a line that begins with a bar and has two more; rule tells a line that only draws.
func barCells(s string) (cells []string, rule bool) {
	s = strings.TrimSpace(s)
	if len(s) > 2000 || s == "" {
		return nil, false
	}
	if strings.Trim(s, "┌┬┐├┼┤└┴┘─━┏┳┓┣╋┫┗┻┛│┃|-—:=+ ") == "" && strings.ContainsAny(s, "┌├└┏┣┗|+") {
		return nil, strings.ContainsAny(s, "─━-=")
	}
	s = strings.NewReplacer("│", "|", "┃", "|", "｜", "|").Replace(s)
	if !strings.HasPrefix(s, "|") || strings.Count(s, "|") < 3 {
		return nil, false
	}
	cells = strings.Split(strings.TrimSuffix(s[1:], "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells, false
}

// tabRows reads lines whose cells stand between tabs, from a head on; a short line between them is the name of a group.
func tabRows(blocks []Block) (rows [][]string, n int) {
	wide, groups := 0, 0
	for n < len(blocks) && blocks[n].Kind == Line {
		text := strings.TrimRight(blocks[n].Text, "\r")
		cells := strings.Split(text, "\t")
		switch {
		case n == 0 && (len(cells) < 3 || !headRow(cells)):
			return nil, 0
		case n == 0:
			wide = len(cells)
			for _, c := range columnsOf(cells, 0, 0) {
				if c.use != useGroup && c.use != useSeq {
					break
				}
				groups++
			}
		case n == 1 && len(cells) < wide && headRow(cells):
			return nil, 0 // a head of two lines: its cells are told by the rows (readings)
		case len(cells) < 3 || len(cells) > wide:
			name := strings.TrimSpace(text)
			if len(name) > 60 || n+1 >= len(blocks) || strings.Count(blocks[n+1].Text, "\t") < 2 {
				return rows, n
			}
			cells = nil
			for range wide {
				cells = append(cells, name)
			}
		}
		if k := wide - len(cells); k > 0 && k <= groups { // merged cells of rows above are not printed again
			cells = append(slices.Clone(rows[n-1][:k]), cells...)
		}
		for len(cells) < wide {
			cells = append(cells, "")
		}
		rows = append(rows, cells)
		n++
	}
	return rows, n
}

// matrixRows reads lines whose head begins with 年度 or 地区 and whose rows begin with a year or an area, one row a line or one
// cell a line.
func matrixRows(blocks []Block) (rows [][]string, n int) {
	if len(blocks) < 3 || len(blocks[0].Text) > 400 {
		return nil, 0
	}
	var begins func(string) bool
	switch first := tokens(blocks[0].Text); {
	case blocks[0].Kind != Line || len(first) == 0:
		return nil, 0
	case timeHead.MatchString(plain(first[0])):
		begins = yearCell.MatchString
	case areaColumn.MatchString(plain(first[0])):
		begins = func(s string) bool { return placeLike(s) || wholeRE.MatchString(s) }
	default:
		return nil, 0
	}
	var row []string
	wide := 0
	for k := 0; k < len(blocks) && k < 400 && blocks[k].Kind == Line && len(blocks[k].Text) < 400; k++ {
		for i, c := range tokens(blocks[k].Text) {
			starts := begins(plain(c)) && (k > 0 || i > 0)
			switch {
			case starts && wide == 0:
				rows, wide, row = append(rows, row), len(row), nil
			case wide > 0 && len(row) == wide:
				return rows, n // more cells than the head has
			}
			if wide > 0 && len(row) == 0 && !starts || wide == 0 && len(row) > 30 {
				return rows, n
			}
			row = append(row, c)
		}
		if wide > 1 && len(row) == wide {
			rows, n, row = append(rows, row), k+1, nil
		}
	}
	return rows, n
}
