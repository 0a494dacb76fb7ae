package paper

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed parts/page.html
var pageText string

//go:embed parts/page.css
var pageStyle string

var page = template.Must(template.New("page").Parse(pageText))

// HTML writes the document as one file that needs no other, and that prints as the Word file does.
func (d *Document) HTML(w io.Writer) error {
	if err := d.check(); err != nil {
		return err
	}
	parts := make([]template.HTML, len(d.Blocks))
	for i, b := range d.Blocks {
		parts[i] = d.part(b)
	}
	return page.Execute(w, struct {
		*Document
		CSS   template.CSS
		Parts []template.HTML
	}{d, template.CSS(pageStyle), parts})
}

func (d *Document) part(b Block) template.HTML {
	var s strings.Builder
	switch b := b.(type) {
	case Heading:
		fmt.Fprintf(&s, "<h%d>%s</h%d>", b.Rank+1, template.HTMLEscapeString(b.Text), b.Rank+1)
	case Text:
		s.WriteString("<p>")
		for _, span := range b {
			text := template.HTMLEscapeString(span.Text)
			if span.Bold {
				text = "<b>" + text + "</b>"
			}
			if span.Href != "" && d.Base != "" {
				text = `<a href="` + template.HTMLEscapeString(d.Base+span.Href) + `">` + text + `</a>`
			}
			s.WriteString(text)
		}
		s.WriteString("</p>")
	case Table:
		b.html(&s)
	case Chart:
		fmt.Fprintf(&s, `<figure><figcaption>%s</figcaption>%s</figure>`, template.HTMLEscapeString(b.named()), b.SVG())
	case Picture:
		fmt.Fprintf(&s, `<figure><img src="data:image/png;base64,%s" width="%d" alt="%s"></figure>`, base64.StdEncoding.EncodeToString(b.PNG), b.Width*96*10/254,
			template.HTMLEscapeString(b.Alt))
	}
	return template.HTML(s.String())
}

func (t *Table) html(s *strings.Builder) {
	s.WriteString("<table>")
	if t.Caption != "" {
		s.WriteString("<caption>" + template.HTMLEscapeString(t.Caption) + "</caption>")
	}
	s.WriteString("<thead><tr>")
	for _, h := range t.Head {
		s.WriteString("<th>" + template.HTMLEscapeString(h) + "</th>")
	}
	s.WriteString("</tr></thead><tbody>")
	for _, r := range t.Rows {
		s.WriteString("<tr>")
		for i, c := range r {
			class := ""
			if t.right(i) {
				class = ` class="r"`
			}
			s.WriteString("<td" + class + ">" + template.HTMLEscapeString(c) + "</td>")
		}
		s.WriteString("</tr>")
	}
	s.WriteString("</tbody></table>")
	if t.Note != "" {
		s.WriteString(`<p class="note">` + template.HTMLEscapeString(t.Note) + "</p>")
	}
}
