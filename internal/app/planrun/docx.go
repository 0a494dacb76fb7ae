package planrun

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/fault"
)

// fromDocx reads a Word document: paragraphs, tables with merged cells spread out, pictures.
func fromDocx(name string, raw []byte) (plandoc.Text, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return plandoc.Text{}, fault.New(fault.Invalid, "文件 %s 不是完整的 Word 文档，请重新保存后再读：%w", name, err)
	}
	f, err := z.Open("word/document.xml")
	if err == nil {
		if info, e := f.Stat(); e == nil && info.Size() > maxXML {
			f.Close()
			return plandoc.Text{}, tooLong(name)
		}
	}
	if err != nil {
		return plandoc.Text{}, fault.New(fault.Invalid, "文件 %s 里没有 Word 正文，只能读 .docx、.pdf、网页和文本", name)
	}
	defer f.Close()
	d := &docx{x: xml.NewDecoder(&limited{r: f, left: maxXML}), t: plandoc.Text{Name: name}, numbers: readNumbering(part(z, "word/numbering.xml"), part(z, "word/styles.xml"))}
	if err := d.body(); err != nil {
		if errors.Is(err, errTooLong) {
			return plandoc.Text{}, tooLong(name)
		}
		return plandoc.Text{}, fault.New(fault.Invalid, "文件 %s 的正文读不完整，请重新保存后再读：%w", name, err)
	}
	if len(d.t.Blocks) == 0 {
		return plandoc.Text{}, fault.New(fault.Invalid, "文件 %s 里没有文字", name)
	}
	return d.t, nil
}

// maxXML is more than the body of a plan of a thousand pages has.
const maxXML = 64 << 20

func tooLong(name string) error {
	return fault.New(fault.TooLarge, "文件 %s 解开后太大，不像一份规划，请检查", name)
}

var errTooLong = errors.New("more text than a document may have")

// part reads a small part of the document, nil where it has none.
func part(z *zip.Reader, name string) []byte {
	f, err := z.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	raw, err := io.ReadAll(&limited{r: f, left: 4 << 20})
	if err != nil {
		return nil
	}
	return raw
}

// limited stops a reader that gives more than it may.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLong
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// docx reads the elements of a document's body.
type docx struct {
	x       *xml.Decoder
	t       plandoc.Text
	numbers *numbering
}

func (d *docx) body() error {
	for {
		tok, err := d.x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "p":
			text, pictures, err := d.paragraph()
			if err != nil {
				return err
			}
			for line := range strings.SplitSeq(text, "\n") {
				if strings.TrimSpace(line) != "" {
					d.t.Blocks = append(d.t.Blocks, plandoc.Block{Text: line})
				}
			}
			for range pictures {
				d.t.Blocks = append(d.t.Blocks, plandoc.Block{Kind: plandoc.Picture})
			}
		case "tbl":
			rows, err := d.table(0)
			if err != nil {
				return err
			}
			if single := oneCell(rows); single != "" { // a frame around text
				for line := range strings.SplitSeq(single, "\n") {
					if strings.TrimSpace(line) != "" {
						d.t.Blocks = append(d.t.Blocks, plandoc.Block{Text: line})
					}
				}
			} else if len(rows) > 0 {
				d.t.Blocks = append(d.t.Blocks, plandoc.Block{Kind: plandoc.Table, Rows: rows})
			}
		case "sectPr", "AlternateContent":
			if err := d.x.Skip(); err != nil {
				return err
			}
		}
	}
}

// oneCell gives the text of a table that is only a frame: one cell a row.
func oneCell(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows {
		if len(r) > 1 {
			return ""
		}
		for _, c := range r {
			b.WriteString(c + "\n")
		}
	}
	return b.String()
}

// paragraph reads a paragraph's text up to its end, with the number that Word prints before it.
func (d *docx) paragraph() (text string, pictures int, err error) {
	var b strings.Builder
	depth := 1
	inText := false
	for depth > 0 {
		tok, err := d.x.Token()
		if err != nil {
			return "", 0, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab":
				b.WriteString("\t")
			case "br", "cr":
				b.WriteString("\n")
			case "drawing", "pict", "object":
				pictures++
			case "pPr":
				var p struct {
					Style xmlVal `xml:"pStyle"`
					Num   xmlNum `xml:"numPr"`
				}
				if err := d.x.DecodeElement(&p, &t); err != nil {
					return "", 0, err
				}
				depth--
				b.WriteString(d.numbers.of(p.Num, p.Style.Val))
			case "del", "instrText", "Fallback", "rPr":
				if err := d.x.Skip(); err != nil {
					return "", 0, err
				}
				depth--
			}
		case xml.EndElement:
			depth--
			inText = false
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
	}
	return b.String(), pictures, nil
}

// table reads a table's rows up to its end.
func (d *docx) table(depth int) ([][]string, error) {
	var g spread
	var last []string // texts of the row above, for cells merged downwards
	for {
		tok, err := d.x.Token()
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "tr":
				if len(g.rows) > 0 {
					last = g.rows[len(g.rows)-1]
				}
				g.row()
			case "tc":
				if len(g.rows) == 0 {
					g.row()
				}
				text, across, merged, err := d.cell(depth)
				if err != nil {
					return nil, err
				}
				if at := len(g.rows[len(g.rows)-1]); merged && at < len(last) {
					text = last[at]
				}
				g.cell(text, 1, across)
			}
		case xml.EndElement:
			if t.Name.Local == "tbl" {
				return g.rows, nil
			}
		}
	}
}

// cell reads a table's cell: its text, how many columns it covers, whether it goes on with the cell above.
func (d *docx) cell(depth int) (text string, across int, merged bool, err error) {
	across = 1
	var parts []string
	for {
		tok, err := d.x.Token()
		if err != nil {
			return "", 0, false, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "gridSpan":
				across = number(val(t))
			case "vMerge":
				merged = val(t) != "restart"
			case "p":
				s, _, err := d.paragraph()
				if err != nil {
					return "", 0, false, err
				}
				if s = strings.TrimSpace(s); s != "" {
					parts = append(parts, s)
				}
			case "tbl":
				if depth > 20 {
					return "", 0, false, errTooLong
				}
				rows, err := d.table(depth + 1)
				if err != nil {
					return "", 0, false, err
				}
				for _, r := range rows {
					parts = append(parts, strings.Join(r, " "))
				}
			}
		case xml.EndElement:
			if t.Name.Local == "tc" {
				return strings.Join(parts, "\n"), across, merged, nil
			}
		}
	}
}

func val(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
			return a.Value
		}
	}
	return ""
}
