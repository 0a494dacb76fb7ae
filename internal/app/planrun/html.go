package planrun

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/fault"
)

// fromHTML reads a page: paragraphs, tables with merged cells spread out, pictures.
func fromHTML(name, s string) (plandoc.Text, error) {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return plandoc.Text{}, fault.New(fault.Invalid, "网页 %s 读不出来，请另存后再试：%w", name, err)
	}
	w := &walker{t: plandoc.Text{Name: name}}
	w.node(root, 0)
	w.end()
	if len(w.t.Blocks) == 0 {
		return plandoc.Text{}, fault.New(fault.Invalid, "网页 %s 里没有文字，正文可能要登录或由脚本显示，请把正文另存为文本", name)
	}
	return w.t, nil
}

// walker gathers blocks from a page's tree.
type walker struct {
	t   plandoc.Text
	cur strings.Builder
}

func (w *walker) end() {
	for line := range strings.SplitSeq(w.cur.String(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			w.t.Blocks = append(w.t.Blocks, plandoc.Block{Text: line})
		}
	}
	w.cur.Reset()
}

var (
	skipped = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Select: true, atom.Button: true, atom.Nav: true, atom.Footer: true}
	broken  = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Li: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
		atom.Section: true, atom.Article: true, atom.Ul: true, atom.Ol: true, atom.Blockquote: true, atom.Title: true, atom.Header: true, atom.Td: true, atom.Tr: true, atom.Table: true, atom.Body: true, atom.Head: true, atom.Pre: true}
)

// node walks the tree; deeper than 2,000 levels is no page.
func (w *walker) node(n *html.Node, depth int) {
	if depth > 2000 {
		return
	}
	switch n.Type {
	case html.TextNode:
		if n.Parent != nil && n.Parent.DataAtom == atom.Pre || strings.Contains(n.Data, "\n---\n") {
			w.cur.WriteString(n.Data)
		} else {
			w.cur.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
		}
		return
	case html.ElementNode:
		switch {
		case skipped[n.DataAtom]:
			return
		case n.DataAtom == atom.Br:
			w.cur.WriteString("\n")
			return
		case n.DataAtom == atom.Img:
			w.end()
			w.t.Blocks = append(w.t.Blocks, plandoc.Block{Kind: plandoc.Picture, Text: attr(n, "alt")})
			return
		case n.DataAtom == atom.Table:
			if rows := tableRows(n); layoutTable(rows) {
				break // a table used for placing: its text is the page's text
			} else {
				w.end()
				w.t.Blocks = append(w.t.Blocks, plandoc.Block{Kind: plandoc.Table, Rows: rows})
				return
			}
		}
	}
	block := n.Type == html.ElementNode && broken[n.DataAtom]
	if block {
		w.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, depth+1)
	}
	if block {
		w.end()
	}
}

// layoutTable reports whether a table only places text: one column, or cells longer than a table's are.
func layoutTable(rows [][]string) bool {
	if len(rows) < 2 {
		return true
	}
	wide, longest := 0, 0
	for _, r := range rows {
		if len(r) > 1 {
			wide++
		}
		for _, c := range r {
			longest = max(longest, len(c))
		}
	}
	return wide == 0 || longest > 6000
}

// tableRows reads a table's cells; merged ones are repeated wherever they cover.
func tableRows(table *html.Node) [][]string {
	var trs []*html.Node
	var find func(*html.Node, int)
	find = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth < 200; c = c.NextSibling {
			if c.Type == html.ElementNode && c.DataAtom == atom.Tr {
				trs = append(trs, c)
			} else if c.Type == html.ElementNode && c.DataAtom != atom.Table {
				find(c, depth+1)
			}
		}
	}
	find(table, 0)
	var g spread
	for _, tr := range trs {
		g.row()
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && (c.DataAtom == atom.Td || c.DataAtom == atom.Th) {
				g.cell(text(c, 0), number(attr(c, "rowspan")), number(attr(c, "colspan")))
			}
		}
	}
	return g.rows
}

// text is the text of a cell, each of its paragraphs a line.
func text(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return strings.ReplaceAll(n.Data, "\n", " ")
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil && depth < 500; c = c.NextSibling {
		switch {
		case c.Type == html.ElementNode && skipped[c.DataAtom]:
		case c.Type == html.ElementNode && (c.DataAtom == atom.Br || broken[c.DataAtom]):
			b.WriteString("\n" + text(c, depth+1) + "\n")
		default:
			b.WriteString(text(c, depth+1))
		}
	}
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1000 {
			break
		}
		n = n*10 + int(r-'0')
	}
	return min(max(n, 1), 200)
}
