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
	CX, CY float64 // where its name goes
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
}

const mapWidth = 400.0 // drawn width; names keep their size whatever the map's coordinates are

// Map draws the areas with names and values where there is room, a legend, and the same areas as a list of links.
func Map(m Choropleth) template.HTML {
	if len(m.Shapes) == 0 || m.View[2] <= 0 {
		return ""
	}
	scale := mapWidth / m.View[2]
	height := m.View[3] * scale
	var b, rings, names strings.Builder
	b.WriteString(`<div class="jy-map"><svg viewBox="0 0 ` + num(mapWidth) + ` ` + num(height) + `" role="img" aria-label="` + esc(m.Label) + `">`)
	b.WriteString(`<g transform="scale(` + strconv.FormatFloat(scale, 'g', 6, 64) + `) translate(` + num(-m.View[0]) + ` ` + num(-m.View[1]) + `)">`)
	space := &room{w: mapWidth, h: height}
	for _, s := range m.Shapes {
		if s.D == "" {
			x, y := (s.CX-m.View[0])*scale, (s.CY-m.View[1])*scale
			space.taken = append(space.taken, box{x - 8, y - 8, 16, 16})
			rings.WriteString(`<circle class="jy-map__ring jy-map__c` + strconv.Itoa(s.Class) + `" cx="` + num(x) + `" cy="` + num(y) + `" r="6"/>`)
			continue
		}
		b.WriteString(`<path class="jy-map__c` + strconv.Itoa(s.Class) + `" d="` + esc(s.D) + `"/>`)
	}
	b.WriteString(`</g>`)
	for _, s := range m.Shapes {
		name(&names, space, s, (s.CX-m.View[0])*scale, (s.CY-m.View[1])*scale)
	}
	b.WriteString(rings.String() + names.String() + `</svg>`)
	legend(&b, m.Legend)
	b.WriteString(`</div><p class="jy-map__list">` + esc(m.Enter) + ` `)
	for _, s := range m.Shapes {
		who := esc(s.Name)
		if s.Href != "" {
			who = `<a href="` + esc(s.Href) + `">` + who + `</a>`
		}
		b.WriteString(`<span>` + who + ` ` + esc(s.Value) + `</span> `)
	}
	b.WriteString(`</p>`)
	return template.HTML(b.String())
}

func legend(b *strings.Builder, texts []string) {
	b.WriteString(`<ol class="jy-map__legend">`)
	for i, t := range texts {
		b.WriteString(`<li><svg width="100%" height="10" aria-hidden="true"><rect class="jy-map__c` + strconv.Itoa(i+1) + `" width="100%" height="10"/></svg>` + esc(t) + `</li>`)
	}
	b.WriteString(`</ol>`)
}

// box is a rectangle on the drawn map.
type box struct{ x, y, w, h float64 }

func (a box) meets(b box) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

// room knows what places of the map are taken.
type room struct {
	w, h  float64
	taken []box
}

func (r *room) take(b box) bool {
	if b.x < 0 || b.y < 0 || b.x+b.w > r.w || b.y+b.h > r.h {
		return false
	}
	for _, t := range r.taken {
		if t.meets(b) {
			return false
		}
	}
	r.taken = append(r.taken, b)
	return true
}

// textWidth estimates a text's width: Chinese characters are square, others about half as wide.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, c := range s {
		if c > 0x2e7f {
			w += size
		} else {
			w += size * 0.56
		}
	}
	return w
}

// name writes an area's name and value where there is room; areas without room are in the list below the map.
func name(b *strings.Builder, space *room, s Shape, x, y float64) {
	class, size := "jy-map__name", 13.0
	offsets := [][2]float64{{0, 0}, {0, 10}, {0, -10}, {12, 0}, {-12, 0}, {0, 20}, {0, -20}}
	w := max(textWidth(s.Name, size), textWidth(s.Value, 14)) + 4
	if s.D == "" {
		class, size = "jy-map__zone", 12.0
		w = max(textWidth(s.Name, size), textWidth(s.Value, size)) + 4
		side := w/2 + 9
		offsets = [][2]float64{{side, 0}, {0, 26}, {-side, 0}, {0, -26}, {side, 16}, {-side, 16}}
	} else if s.Class >= 4 {
		class += " jy-map__on" + strconv.Itoa(s.Class)
	} else {
		class += " jy-map__at" + strconv.Itoa(s.Class)
	}
	for _, o := range offsets {
		cx, cy := x+o[0], y+o[1]
		if !space.take(box{cx - w/2, cy - 17, w, 34}) {
			continue
		}
		if s.D == "" { // a plate, because the ring may lie on a dark area
			b.WriteString(`<rect class="jy-map__plate" x="` + num(cx-w/2) + `" y="` + num(cy-17) + `" width="` + num(w) + `" height="34" rx="3"/>`)
		}
		b.WriteString(`<text class="` + class + `" x="` + num(cx) + `" y="` + num(cy-3) + `">` + esc(s.Name) + `<tspan x="` + num(cx) + `" dy="16">` + esc(s.Value) + `</tspan></text>`)
		return
	}
}
