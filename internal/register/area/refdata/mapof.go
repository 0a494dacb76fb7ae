package refdata

import (
	"math"
	"strconv"
	"strings"
)

// Shape is one area drawn on a map. Lengths are the map's own units, from its upper left corner.
type Shape struct {
	Code, Name string
	D          string  // path data for <path d="…" fill-rule="evenodd">; empty for a development zone, drawn as a dot
	CX, CY     float64 // where its label or dot goes
}

const (
	margin = 8.0  // kept free on every side
	bend   = 0.35 // a point nearer than this to the straight line is not drawn
)

// MapOf draws the areas of a level (League or Banner) under a parent (region, league, or a banner for itself) into a
// width × height rectangle, in code order. The projection is equirectangular, with degrees east shortened by the
// cosine of the middle latitude, so shapes look right within one region. Neighbours share the very points of their
// border. Nil when the parent has no boundary, the level is another, or there is no room.
func MapOf(parent string, level int, width, height float64) []Shape {
	rings := ringsOf(parent)
	if len(rings) == 0 || level < LevelOf(parent) || (level != League && level != Banner) {
		return nil
	}
	p, ok := fit(boxOf(rings), width, height)
	if !ok {
		return nil
	}
	a := shared()
	lines := make([]trace, len(a.arcs)) // drawn arcs, made when first needed
	var shapes []Shape
	for _, area := range Areas() {
		if area.Level != level || !strings.HasPrefix(area.Code, parent) {
			continue
		}
		walks := a.walks[area.Code]
		if level == League {
			walks = a.outline(area.Code)
		}
		for _, w := range walks {
			for _, n := range w {
				if i := abs(n) - 1; lines[i] == nil {
					lines[i] = p.draw(a.arcs[i])
				}
			}
		}
		at := p.pixel(Point{area.Lon, area.Lat})
		shapes = append(shapes, Shape{area.Code, area.Name, path(lines, walks), tenths(at.x), tenths(at.y)})
	}
	return shapes
}

func ringsOf(code string) []Ring {
	if LevelOf(code) == Banner {
		return Boundaries()[code].Rings
	}
	return LeagueOutline(code)
}

// projection turns degrees into the map's units.
type projection struct{ kx, ky, x0, y0 float64 }

func fit(box Box, width, height float64) (projection, bool) {
	k := math.Cos((box.MinLat + box.MaxLat) / 2 * math.Pi / 180)
	w, h := (box.MaxLon-box.MinLon)*k, box.MaxLat-box.MinLat
	scale := min((width-2*margin)/w, (height-2*margin)/h)
	if !(scale > 0) || math.IsInf(scale, 0) {
		return projection{}, false
	}
	return projection{
		kx: scale * k, ky: -scale, // north is up
		x0: (width-w*scale)/2 - box.MinLon*k*scale,
		y0: (height-h*scale)/2 + box.MaxLat*scale,
	}, true
}

type pixel struct{ x, y float64 }

// trace is an arc in the map's units, in tenths.
type trace []pixel

func (p projection) pixel(at Point) pixel { return pixel{at.Lon*p.kx + p.x0, at.Lat*p.ky + p.y0} }

// draw projects an arc and keeps the points that can be seen: by Douglas and Peucker, both ends and at least the
// point farthest from them, so that no small area vanishes into a line.
func (p projection) draw(line Ring) trace {
	full := make(trace, len(line))
	for i, at := range line {
		full[i] = p.pixel(at)
	}
	kept := make(trace, 0, 16)
	var split func(from, to int, must bool)
	split = func(from, to int, must bool) {
		far, most := 0, 0.0
		for i := from + 1; i < to; i++ {
			if d := distance(full[i], full[from], full[to]); d > most {
				far, most = i, d
			}
		}
		if far > 0 && (must || most > bend) {
			split(from, far, full[from] == full[to])
			split(far, to, full[from] == full[to])
			return
		}
		kept = append(kept, whole(full[to]))
	}
	kept = append(kept, whole(full[0]))
	split(0, len(full)-1, true)
	return kept
}

// distance from p to the segment a–b.
func distance(p, a, b pixel) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if square := dx*dx + dy*dy; square > 0 {
		t = max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/square))
	}
	return math.Hypot(a.x+t*dx-p.x, a.y+t*dy-p.y)
}

func whole(p pixel) pixel      { return pixel{math.Round(p.x * 10), math.Round(p.y * 10)} }
func tenths(v float64) float64 { return math.Round(v*10) / 10 }

// path writes rings as "Mx,yldx,dy…z" with one decimal.
func path(lines []trace, walks []walk) string {
	var d []byte
	number := func(tenths float64) { d = strconv.AppendFloat(d, tenths/10, 'f', -1, 64) }
	for _, w := range walks {
		ring := join(lines, w)
		for i, at := range ring[:len(ring)-1] {
			switch {
			case i == 0:
				d = append(d, 'M')
				number(at.x)
				d = append(d, ',')
				number(at.y)
			case at != ring[i-1]:
				d = append(d, 'l')
				number(at.x - ring[i-1].x)
				d = append(d, ',')
				number(at.y - ring[i-1].y)
			}
		}
		d = append(d, 'z')
	}
	return string(d)
}
