package planrun

// spread puts a table's cells in rows and columns, a merged cell in each place it covers.
type spread struct {
	rows  [][]string
	below []hang // cells of rows above that reach into the next ones, by column
	next  int    // column of the next cell
}

type hang struct {
	text string
	left int // rows still to cover
}

// row begins the next row.
func (g *spread) row() {
	if len(g.rows) > 0 {
		g.fill()
	}
	g.rows = append(g.rows, nil)
	g.next = 0
}

// fill puts hanging cells in the columns where they reach into the present row.
func (g *spread) fill() {
	r := &g.rows[len(g.rows)-1]
	for len(*r) < len(g.below) && g.below[len(*r)].left > 0 {
		h := &g.below[len(*r)]
		*r = append(*r, h.text)
		h.left--
	}
}

// cell adds a cell that covers so many rows and columns.
func (g *spread) cell(text string, down, across int) {
	g.fill()
	r := &g.rows[len(g.rows)-1]
	for range across {
		if len(*r) >= 200 {
			return
		}
		for len(g.below) <= len(*r) {
			g.below = append(g.below, hang{})
		}
		g.below[len(*r)] = hang{text, down - 1}
		*r = append(*r, text)
	}
}
