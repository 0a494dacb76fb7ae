package draw

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// box is a rectangle on the drawn map.
type box struct{ x, y, w, h float64 }

func (a box) meets(b box) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

// sheet is the drawn map: where areas lie, and what places are taken.
type sheet struct {
	scale, dx, dy float64
	w, h          float64
	crowded       bool
	outlines      []outline
	taken         []box
}

// at is where a shape's centre lies on the sheet.
func (s *sheet) at(shape Shape) (x, y float64) {
	return (shape.CX + s.dx) * s.scale, (shape.CY + s.dy) * s.scale
}

// survey learns the outlines, and keeps the places of rings free.
func (s *sheet) survey(shapes []Shape) {
	s.outlines = make([]outline, len(shapes))
	for i, shape := range shapes {
		if shape.D == "" {
			x, y := s.at(shape)
			s.taken = append(s.taken, box{x - 8, y - 8, 16, 16})
			continue
		}
		s.outlines[i] = trace(shape.D, s.dx, s.dy, s.scale)
	}
}

// free tells whether a place is on the sheet and not taken.
func (s *sheet) free(b box) bool {
	if b.x < 0 || b.y < 0 || b.x+b.w > s.w || b.y+b.h > s.h {
		return false
	}
	for _, t := range s.taken {
		if t.meets(b) {
			return false
		}
	}
	return true
}

// textWidth estimates a text's width: Chinese characters are square, others about half as wide.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, c := range s {
		if c > 0x2e7f {
			w += size
		} else {
			w += size * 0.58
		}
	}
	return w
}

// name writes an area's name and value inside it, where they fit, or on a map with few areas near its centre.
// What finds no room is in the list below the map.
func (s *sheet) name(b *strings.Builder, shape Shape, o outline) {
	value, h := shape.Value, 34.0
	if shape.Class == 0 {
		value, h = "", 18 // that there is no value is told once, in the list
	}
	w := max(textWidth(shape.Name, 13), textWidth(value, 14)) + 4
	x, y := s.at(shape)
	place, fits := o.seat(x, y, w, h)
	if !fits || !s.free(place) {
		if s.crowded {
			return
		}
		found := false
		for _, off := range [][2]float64{{0, 0}, {0, 10}, {0, -10}, {12, 0}, {-12, 0}, {0, 20}, {0, -20}} {
			place = box{x + off[0] - w/2, y + off[1] - h/2, w, h}
			if found = s.free(place); found {
				break
			}
		}
		if !found {
			return
		}
	}
	s.taken = append(s.taken, place)
	class := "jy-map__name jy-map__at"
	if shape.Class >= 4 {
		class = "jy-map__name jy-map__on"
	}
	lines(b, class+strconv.Itoa(shape.Class), place, []string{shape.Name}, value)
}

// zone writes the name of an area without boundary beside its ring, on a plate, rather outside of all areas.
func (s *sheet) zone(b *strings.Builder, shape Shape) {
	names := []string{shape.Name}
	if r := []rune(shape.Name); utf8.RuneCountInString(shape.Name) > 9 {
		names = []string{string(r[:(len(r)+1)/2]), string(r[(len(r)+1)/2:])}
	}
	w := max(textWidth(names[0], 12), textWidth(names[len(names)-1], 12), textWidth(shape.Value, 12)) + 6
	h := 16*float64(len(names)+1) + 2
	x, y := s.at(shape)
	var best box
	least := 10
	for _, off := range [][2]float64{{w/2 + 9, 0}, {0, h/2 + 9}, {-w/2 - 9, 0}, {0, -h/2 - 9}, {w/2 + 9, h / 2}, {-w/2 - 9, h / 2}, {w/2 + 9, -h / 2}, {-w/2 - 9, -h / 2}} {
		place := box{x + off[0] - w/2, y + off[1] - h/2, w, h}
		if !s.free(place) {
			continue
		}
		if n := s.covers(place); n < least {
			best, least = place, n
		}
	}
	if least == 10 {
		return
	}
	s.taken = append(s.taken, best)
	b.WriteString(`<rect class="jy-map__plate" x="` + num(best.x) + `" y="` + num(best.y) + `" width="` + num(w) + `" height="` + num(h) + `" rx="3"/>`)
	lines(b, "jy-map__zone", best, names, shape.Value)
}

// covers counts the points of a place, of nine, that lie on an area.
func (s *sheet) covers(b box) int {
	n := 0
	for _, fx := range [3]float64{0, 0.5, 1} {
		for _, fy := range [3]float64{0, 0.5, 1} {
			for _, o := range s.outlines {
				if o.inside(b.x+fx*b.w, b.y+fy*b.h) {
					n++
					break
				}
			}
		}
	}
	return n
}

// lines writes names and a value under each other into a place.
func lines(b *strings.Builder, class string, place box, names []string, value string) {
	x := num(place.x + place.w/2)
	b.WriteString(`<text class="` + class + `" x="` + x + `" y="` + num(place.y+14) + `">` + esc(names[0]))
	for _, n := range names[1:] {
		b.WriteString(`<tspan x="` + x + `" dy="16">` + esc(n) + `</tspan>`)
	}
	if value != "" {
		b.WriteString(`<tspan class="jy-map__value" x="` + x + `" dy="16">` + esc(value) + `</tspan>`)
	}
	b.WriteString(`</text>`)
}
