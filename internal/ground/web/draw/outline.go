package draw

import (
	"math"
	"strconv"
)

// outline is an area's rings, for finding room for its name. Filled by the even-odd rule, so holes are outside.
type outline struct {
	rings [][]point
	box   box
}

type point struct{ x, y float64 }

// trace reads path data made of M, L, H, V and Z, absolute or relative, as drawn on the map: moved by dx, dy and scaled.
// Curves are not understood; an area drawn with them has no outline and its name goes to its centre.
func trace(d string, dx, dy, scale float64) outline {
	var o outline
	var ring []point
	var at, start point
	var command byte
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	add := func() {
		p := point{(at.x + dx) * scale, (at.y + dy) * scale}
		ring = append(ring, p)
		low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
	}
	closeRing := func() {
		if len(ring) > 2 {
			o.rings = append(o.rings, ring)
		}
		ring = nil
	}
	s := scanner{text: d}
	for !s.end() {
		if c, ok := s.command(); ok {
			command = c
			if c == 'z' || c == 'Z' {
				closeRing()
				at = start
			}
			continue
		}
		relative := command >= 'a'
		var base point
		if relative {
			base = at
		}
		switch command {
		case 'M', 'm':
			closeRing()
			at = point{base.x + s.number(), base.y + s.number()}
			start = at
			command-- // L comes before M: further pairs are lines
		case 'L', 'l':
			at = point{base.x + s.number(), base.y + s.number()}
		case 'H', 'h':
			at.x = base.x + s.number()
		case 'V', 'v':
			at.y = base.y + s.number()
		default:
			return outline{}
		}
		if s.bad {
			return outline{}
		}
		add()
	}
	closeRing()
	if len(o.rings) > 0 {
		o.box = box{low.x, low.y, high.x - low.x, high.y - low.y}
	}
	return o
}

// inside tells by the even-odd rule whether a point lies in the area.
func (o outline) inside(x, y float64) bool {
	in := false
	for _, ring := range o.rings {
		for i, j := 0, len(ring)-1; i < len(ring); j, i = i, i+1 {
			a, b := ring[i], ring[j]
			if (a.y > y) != (b.y > y) && x < (b.x-a.x)*(y-a.y)/(b.y-a.y)+a.x {
				in = !in
			}
		}
	}
	return in
}

// holds tells whether a rectangle lies in the area, by nine of its points.
func (o outline) holds(b box) bool {
	for _, fx := range [3]float64{0, 0.5, 1} {
		for _, fy := range [3]float64{0, 0.5, 1} {
			if !o.inside(b.x+fx*b.w, b.y+fy*b.h) {
				return false
			}
		}
	}
	return true
}

// seat finds the place nearest to x, y where a rectangle of w × h lies inside the area.
func (o outline) seat(x, y, w, h float64) (box, bool) {
	const steps = 16
	best, found, nearest := box{}, false, math.Inf(1)
	if o.box.w < w || o.box.h < h {
		return best, false
	}
	for i := range steps + 1 {
		for j := range steps + 1 {
			b := box{o.box.x + (o.box.w-w)*float64(i)/steps, o.box.y + (o.box.h-h)*float64(j)/steps, w, h}
			if away := math.Hypot(b.x+w/2-x, b.y+h/2-y); away < nearest && o.holds(b) {
				best, found, nearest = b, true, away
			}
		}
	}
	return best, found
}

// scanner reads commands and numbers of path data.
type scanner struct {
	text string
	at   int
	bad  bool
}

func (s *scanner) end() bool {
	for s.at < len(s.text) && (s.text[s.at] == ' ' || s.text[s.at] == ',' || s.text[s.at] == '\n') {
		s.at++
	}
	return s.at >= len(s.text) || s.bad
}

func (s *scanner) command() (byte, bool) {
	c := s.text[s.at]
	if (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') {
		s.at++
		return c, true
	}
	return 0, false
}

func (s *scanner) number() float64 {
	if s.end() {
		s.bad = true
		return 0
	}
	from := s.at
	for s.at < len(s.text) && (s.text[s.at] >= '0' && s.text[s.at] <= '9' || s.text[s.at] == '.' || s.text[s.at] == '-' && s.at == from) {
		s.at++
	}
	v, err := strconv.ParseFloat(s.text[from:s.at], 64)
	s.bad = s.bad || err != nil
	return v
}
