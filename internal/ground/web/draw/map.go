package draw

import (
	"html/template"
	"strconv"
	"strings"
)

// Shape is one area of a map.
type Shape struct {
	Code   string
	Name   string
	D      string  // SVG path in the map's coordinates; "" for a zone without boundary, drawn as a ring
	CX, CY float64 // its centre, near which its name goes
	Class  int     // 1 to 5, light to dark; 0: no value
	Value  string  // as people read it, with unit
	Href   string  // the way into the area
}

// Choropleth is a map in five classes.
type Choropleth struct {
	Label  string     // what it shows, for those who do not see it
	View   [4]float64 // x, y, width and height of the shapes' coordinates
	Shapes []Shape    // in order of importance: the first names find room first
	Legend []string   // five texts, light to dark
	Enter  string     // text before the list of links, "进入"
	More   string     // head of the folded list when there are many areas; "" never folds
}

const (
	mapWidth = 400.0 // drawn width; names keep their size whatever the map's coordinates are
	foldAt   = 24    // more areas than this are listed behind a fold
	crowdAt  = 16    // with more areas than this a name is written only where its area has room for it
)

// Map draws the areas with names and values where there is room, a legend, and the same areas as a list of links.
func Map(m Choropleth) template.HTML {
	if len(m.Shapes) == 0 || m.View[2] <= 0 || m.View[3] <= 0 {
		return ""
	}
	scale := mapWidth / m.View[2]
	s := &sheet{scale: scale, dx: -m.View[0], dy: -m.View[1], w: mapWidth, h: m.View[3] * scale, crowded: len(m.Shapes) > crowdAt}
	var b strings.Builder
	b.WriteString(`<div class="jy-map"><svg viewBox="0 0 ` + num(s.w) + ` ` + num(s.h) + `" role="img" aria-label="` + esc(m.Label) + `">`)
	hatch(&b, scale)
	b.WriteString(`<g transform="scale(` + strconv.FormatFloat(scale, 'g', 6, 64) + `) translate(` + num(s.dx) + ` ` + num(s.dy) + `)">`)
	for _, shape := range m.Shapes {
		if shape.D != "" {
			b.WriteString(`<path` + filled(shape.Class) + ` d="` + esc(shape.D) + `"/>`)
		}
	}
	b.WriteString(`</g>`)
	s.survey(m.Shapes)
	for _, shape := range m.Shapes {
		if shape.D == "" {
			x, y := s.at(shape)
			b.WriteString(`<circle` + filled(shape.Class, "jy-map__ring") + ` cx="` + num(x) + `" cy="` + num(y) + `" r="6"/>`)
		}
	}
	for i, shape := range m.Shapes {
		if shape.D != "" {
			s.name(&b, shape, s.outlines[i])
		}
	}
	for _, shape := range m.Shapes {
		if shape.D == "" && shape.Class > 0 {
			s.zone(&b, shape)
		}
	}
	b.WriteString(`</svg>`)
	legend(&b, m.Legend)
	b.WriteString(`</div>`)
	links(&b, m)
	return template.HTML(b.String())
}

// hatch is what fills areas without a value; its lines keep their distance whatever the map's coordinates are.
func hatch(b *strings.Builder, scale float64) {
	b.WriteString(`<defs><pattern id="jy-hatch" patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="scale(` + strconv.FormatFloat(1/scale, 'g', 6, 64) +
		`) rotate(45)"><rect class="jy-map__hatch" width="6" height="6"/><path d="M3 0V6"/></pattern></defs>`)
}

// filled is the class of an area, and the hatch where there is no value.
func filled(class int, more ...string) string {
	out := ` class="` + strings.Join(append(more, "jy-map__c"+strconv.Itoa(class)), " ") + `"`
	if class == 0 {
		out += ` fill="url(#jy-hatch)"`
	}
	return out
}

func legend(b *strings.Builder, texts []string) {
	b.WriteString(`<ol class="jy-map__legend">`)
	for i, t := range texts {
		b.WriteString(`<li><svg width="100%" height="10" aria-hidden="true"><rect class="jy-map__c` + strconv.Itoa(i+1) + `" width="100%" height="10"/></svg>` + esc(t) + `</li>`)
	}
	b.WriteString(`</ol>`)
}

// links are the way in for the keyboard, for readers of the text, and for areas too small to be named.
func links(b *strings.Builder, m Choropleth) {
	fold := m.More != "" && len(m.Shapes) > foldAt
	if fold {
		b.WriteString(`<details class="jy-details"><summary>` + esc(m.More) + `</summary>`)
	}
	b.WriteString(`<p class="jy-map__list">` + esc(m.Enter) + ` `)
	for _, s := range m.Shapes {
		who := esc(s.Name)
		if s.Href != "" {
			who = `<a href="` + esc(s.Href) + `">` + who + `</a>`
		}
		b.WriteString(`<span>` + who + ` ` + esc(s.Value) + `</span> `)
	}
	b.WriteString(`</p>`)
	if fold {
		b.WriteString(`</details>`)
	}
}
