package refdata

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// Point is a place in degrees.
type Point struct{ Lon, Lat float64 }

// Ring is a closed line: its last point is its first.
type Ring []Point

// Box is a range of degrees.
type Box struct{ MinLon, MinLat, MaxLon, MaxLat float64 }

// Boundary is where one banner lies. A point belongs to it by the even-odd rule over all rings, so parts and holes
// need no telling apart. Neighbours have the same points along their shared border.
type Boundary struct {
	Code   string
	Rings  []Ring
	Box    Box
	Centre Point // inside, far from the border
	Seat   Point // the seat of its government
}

//go:embed boundaries.txt.gz
var boundariesFile []byte

// atlas is the decoded file: borders as arcs, each once, and rings as walks along them.
type atlas struct {
	arcs   []Ring            // open lines; number n of a walk is arcs[n-1]
	walks  map[string][]walk // by banner
	points map[string]place  // by code, banners and upwards
}

// walk lists arcs from 1 on; a negative number is the arc backwards.
type walk []int

type place struct{ centre, seat Point }

var shared = sync.OnceValue(func() *atlas {
	a, err := decode(unpack("boundaries.txt.gz", boundariesFile))
	if err != nil {
		panic(fmt.Sprintf("refdata: boundaries.txt.gz: %v", err)) // the build is damaged
	}
	return a
})

// decode reads lines of "grid n", "A x y dx dy …" (an arc), "R banner arc …" (a ring) and "P code lon lat lon lat".
func decode(text string) (*atlas, error) {
	a := &atlas{walks: map[string][]walk{}, points: map[string]place{}}
	grid := 1.0
	row := 0
	for line := range strings.Lines(text) {
		row++
		kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if kind == "#" {
			continue
		}
		code := ""
		if kind == "R" || kind == "P" {
			code, rest, _ = strings.Cut(rest, " ")
		}
		n, err := numbers(rest)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", row, err)
		}
		switch {
		case kind == "grid" && len(n) == 1:
			grid = n[0]
		case kind == "A" && len(n) >= 4 && len(n)%2 == 0:
			a.arcs = append(a.arcs, arc(n, grid))
		case kind == "R" && len(n) > 0:
			a.walks[code] = append(a.walks[code], toWalk(n))
		case kind == "P" && len(n) == 4:
			a.points[code] = place{Point{n[0], n[1]}, Point{n[2], n[3]}}
		default:
			return nil, fmt.Errorf("line %d: %q is none of grid, A, R, P with its numbers", row, kind)
		}
	}
	return a, a.check()
}

// check finds walks along arcs that do not exist.
func (a *atlas) check() error {
	for code, walks := range a.walks {
		for _, w := range walks {
			for _, n := range w {
				if n == 0 || n > len(a.arcs) || -n > len(a.arcs) {
					return fmt.Errorf("ring of %s: no arc %d", code, n)
				}
			}
		}
	}
	return nil
}

func numbers(text string) ([]float64, error) {
	list := make([]float64, 0, strings.Count(text, " ")+1)
	for field := range strings.SplitSeq(text, " ") {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// arc turns a first point and steps into points. The grid is a power of two, so shared points stay equal to the bit.
func arc(n []float64, grid float64) Ring {
	line := make(Ring, 0, len(n)/2)
	x, y := 0.0, 0.0
	for i := 0; i < len(n); i += 2 {
		x, y = x+n[i], y+n[i+1]
		line = append(line, Point{x / grid, y / grid})
	}
	return line
}

func toWalk(n []float64) walk {
	w := make(walk, len(n))
	for i := range n {
		w[i] = int(n[i])
	}
	return w
}

var boundaries = sync.OnceValue(func() map[string]Boundary {
	a := shared()
	all := make(map[string]Boundary, len(a.walks))
	for code, walks := range a.walks {
		b := Boundary{Code: code, Centre: a.points[code].centre, Seat: a.points[code].seat}
		for _, w := range walks {
			b.Rings = append(b.Rings, join(a.arcs, w))
		}
		b.Box = boxOf(b.Rings)
		all[code] = b
	}
	return all
})

// Boundaries returns the boundary of each of the 103 banners by its six-digit code. Development zones have none.
// The map is shared: do not change it.
func Boundaries() map[string]Boundary { return boundaries() }

// Seat returns the seat of the banner that a code of six or more digits lies in, or a development zone's approximate
// place; false for leagues, the region and unknown codes. Distances between people and posts start from it.
func Seat(code string) (Point, bool) {
	if LevelOf(code) < Banner {
		return Point{}, false
	}
	p, ok := shared().points[code[:widths[Banner]]]
	return p.seat, ok
}
