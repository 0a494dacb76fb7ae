package paper

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"strings"
)

// Parts that are the same in every document.
//
//go:embed parts/styles.xml
var styles string

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"`
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	emu       = 36000 // English metric units in a millimetre
	wide      = 156   // millimetres between the margins of 28 and 26
)

// docx is a Word file in the making.
type docx struct {
	zip   *zip.Writer
	body  strings.Builder
	rels  strings.Builder
	types strings.Builder
	n     int // relations and drawings so far
	err   error
}

// Docx writes the document as a Word file.
func (d *Document) Docx(w io.Writer) error {
	if err := d.check(); err != nil {
		return err
	}
	x := &docx{zip: zip.NewWriter(w)}
	x.relate("styles", "styles.xml")
	footer := x.relate("footer", "footer.xml")
	x.head(d)
	for _, b := range d.Blocks {
		x.block(b)
	}
	x.tail(d)
	x.part("word/styles.xml", styles)
	x.part("word/footer.xml", `<w:ftr `+wordSpace+`><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>`+run("", "— ")+
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+
		run("", "1")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`+run("", " —")+`</w:p></w:ftr>`)
	x.part("word/document.xml", `<w:document `+wordSpace+`><w:body>`+x.body.String()+
		`<w:sectPr><w:footerReference w:type="default" r:id="`+footer+`"/><w:pgSz w:w="11906" w:h="16838"/>`+
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1417" w:gutter="0"/>`+
		`<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr></w:body></w:document>`)
	x.part("word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+x.rels.String()+`</Relationships>`)
	x.part("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+
		`<Relationship Id="rId1" Type="`+relations+`officeDocument" Target="word/document.xml"/></Relationships>`)
	x.part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+
		`<Default Extension="png" ContentType="image/png"/>`+
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`+
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>`+
		`<Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>`+x.types.String()+`</Types>`)
	if x.err != nil {
		return x.err
	}
	return x.zip.Close()
}

// part writes a part of the file; one that has been written stays as it is.
func (x *docx) part(name, text string) {
	if !strings.HasPrefix(text, "\x89PNG") {
		text = xmlHead + text
	}
	if x.err != nil {
		return
	}
	var p io.Writer
	if p, x.err = x.zip.Create(name); x.err == nil {
		_, x.err = io.WriteString(p, text)
	}
}

// relate ties a part to the text and gives the tie's id.
func (x *docx) relate(kind, target string) string {
	x.n++
	id := fmt.Sprintf("rId%d", x.n)
	fmt.Fprintf(&x.rels, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, id, relations, kind, target)
	return id
}

func (x *docx) head(d *Document) {
	if d.Mark != "" {
		x.paragraph("Mark", run("", d.Mark))
	}
	if d.Head != "" {
		x.paragraph("RedHead", run("", d.Head))
	}
	if d.Issue != "" {
		x.paragraph("Issue", run("", d.Issue))
	}
	if d.Head != "" {
		x.paragraph("RedLine", run("", d.Office)+`<w:r><w:tab/></w:r>`+run("", d.Day))
	}
	if d.Title != "" {
		x.paragraph("Title", run("", d.Title))
	}
}

func (x *docx) tail(d *Document) {
	if d.Head == "" && d.Office+d.Day != "" {
		x.paragraph("Signature", run("", d.Office))
		x.paragraph("Signature", run("", d.Day))
	}
	if d.CopyTo != "" {
		x.paragraph("CopyTo", run("", d.CopyTo))
	}
}

func (x *docx) block(b Block) {
	switch b := b.(type) {
	case Heading:
		x.paragraph(fmt.Sprintf("Heading%d", b.Rank), run("", b.Text))
	case Text:
		var runs strings.Builder
		for _, s := range b {
			if s.Bold {
				runs.WriteString(run("<w:b/>", s.Text))
			} else {
				runs.WriteString(run("", s.Text))
			}
		}
		x.paragraph("", runs.String())
	case Table:
		x.table(&b)
	case Chart:
		x.chart(&b)
	case Picture:
		x.picture(&b)
	}
}

func (x *docx) paragraph(style, runs string) {
	x.body.WriteString(styled(style, runs))
}

func styled(style, runs string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return `<w:p>` + style + runs + `</w:p>`
}

// run is a stretch of text with properties.
func run(properties, text string) string {
	if properties != "" {
		properties = `<w:rPr>` + properties + `</w:rPr>`
	}
	return `<w:r>` + properties + `<w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r>`
}

// escaped is text for XML; characters that XML has no place for become U+FFFD.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder never fails
	return b.String()
}

func (x *docx) table(t *Table) {
	if t.Caption != "" {
		x.paragraph("Caption", run("", t.Caption))
	}
	x.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="autofit"/></w:tblPr><w:tblGrid>`)
	for _, width := range t.widths() {
		fmt.Fprintf(&x.body, `<w:gridCol w:w="%d"/>`, width)
	}
	x.body.WriteString(`</w:tblGrid>`)
	x.row(t, t.Head, `<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`, func(int) string { return "CellHead" })
	for _, r := range t.Rows {
		x.row(t, r, `<w:trPr><w:cantSplit/></w:trPr>`, func(column int) string {
			if t.right(column) {
				return "CellRight"
			}
			return "Cell"
		})
	}
	x.body.WriteString(`</w:tbl>`)
	x.paragraph("Note", run("", t.Note))
}

// Widths of columns in twentieths of a point: a table's, and what one column asks for at most.
const (
	tableWidth = 8844
	widest     = 20
)

// widths share the table's width by what the columns hold, in characters: reading programs that do not measure columns themselves set them so.
func (t *Table) widths() []int {
	asks, sum := make([]int, len(t.Head)), 0
	for i := range asks {
		asks[i] = 2 + across(t.Head[i])
		for _, r := range t.Rows {
			asks[i] = max(asks[i], 2+across(r[i]))
		}
		asks[i] = min(widest, asks[i])
		sum += asks[i]
	}
	for i := range asks {
		asks[i] = asks[i] * tableWidth / max(1, sum)
	}
	return asks
}

// across is how wide a text is, in halves of a Chinese character.
func across(text string) (n int) {
	for _, r := range text {
		if n++; r > 0x2E7F {
			n++
		}
	}
	return n
}

func (x *docx) row(t *Table, cells []string, properties string, style func(column int) string) {
	x.body.WriteString(`<w:tr>` + properties)
	for i, c := range cells {
		x.body.WriteString(`<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/><w:vAlign w:val="center"/></w:tcPr>` + styled(style(i), run("", c)) + `</w:tc>`)
	}
	x.body.WriteString(`</w:tr>`)
}

// drawing places a picture or a chart in a paragraph of its own; sizes are millimetres.
func (x *docx) drawing(width, height int, alt, uri, graphic string) {
	x.paragraph("Figure", fmt.Sprintf(`<w:r><w:drawing><wp:inline><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/%s">%s</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		width*emu, height*emu, x.n, escaped(alt), escaped(alt), uri, graphic))
}

func (x *docx) picture(p *Picture) {
	size, err := png.DecodeConfig(bytes.NewReader(p.PNG))
	if err != nil {
		x.err = fmt.Errorf("paper: picture %q: %w", p.Alt, err)
		return
	}
	id := x.relate("image", fmt.Sprintf("media/image%d.png", x.n+1))
	width := min(max(p.Width, 10), wide)
	height := width * size.Height / max(1, size.Width)
	x.part(fmt.Sprintf("word/media/image%d.png", x.n), string(p.PNG))
	x.drawing(width, height, p.Alt, "picture", fmt.Sprintf(`<pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="%s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%s"/>`+
		`<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>`,
		x.n, escaped(p.Alt), id, width*emu, height*emu))
}
