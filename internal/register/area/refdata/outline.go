package refdata

import (
	"slices"
	"strings"
)

// LeagueOutline returns the outer border of a league (four digits) or of the region ("15"): its banners' borders
// without those that two of them share. Even-odd as in Boundary; nil for any other code.
func LeagueOutline(code string) []Ring {
	if level := LevelOf(code); level != Region && level != League {
		return nil
	}
	a := shared()
	var rings []Ring
	for _, w := range a.outline(code) {
		rings = append(rings, join(a.arcs, w))
	}
	return rings
}

// outline walks the arcs that the banners under a code use an odd number of times between them.
func (a *atlas) outline(code string) []walk {
	odd := map[int]bool{}
	for banner, walks := range a.walks {
		if !strings.HasPrefix(banner, code) {
			continue
		}
		for _, n := range slices.Concat(walks...) {
			odd[abs(n)] = !odd[abs(n)]
		}
	}
	ends := map[Point][]int{} // which arcs, in their walking direction, begin at a point
	var order []int
	for n := 1; n <= len(a.arcs); n++ {
		if odd[n] {
			first, last := a.arcs[n-1][0], a.arcs[n-1][len(a.arcs[n-1])-1]
			ends[first] = append(ends[first], n)
			ends[last] = append(ends[last], -n)
			order = append(order, n)
		}
	}
	var walks []walk
	for _, n := range order {
		if w := follow(a.arcs, ends, odd, n); w != nil {
			walks = append(walks, w)
		}
	}
	return walks
}

// follow walks from arc n on along unused arcs until it is back where it began. Every point has an even number of
// arcs, so it always comes back.
func follow(arcs []Ring, ends map[Point][]int, unused map[int]bool, n int) walk {
	if !unused[n] {
		return nil
	}
	start, w := startOf(arcs, n), walk{}
	for {
		w = append(w, n)
		unused[abs(n)] = false
		at := startOf(arcs, -n)
		if at == start {
			return w
		}
		next := slices.IndexFunc(ends[at], func(m int) bool { return unused[abs(m)] })
		if next < 0 {
			return w
		}
		n = ends[at][next]
	}
}

// startOf is the point where walking arc n begins.
func startOf(arcs []Ring, n int) Point {
	if n > 0 {
		return arcs[n-1][0]
	}
	line := arcs[-n-1]
	return line[len(line)-1]
}

// join makes one ring of a walk.
func join[P comparable, R ~[]P](arcs []R, w walk) R {
	var ring R
	for _, n := range w {
		line := arcs[abs(n)-1]
		if n < 0 {
			line = slices.Clone(line)
			slices.Reverse(line)
		}
		if len(ring) > 0 {
			line = line[1:] // the point where the arc before it ended
		}
		ring = append(ring, line...)
	}
	return ring
}

func boxOf(rings []Ring) Box {
	first := rings[0][0]
	box := Box{first.Lon, first.Lat, first.Lon, first.Lat}
	for _, ring := range rings {
		for _, p := range ring {
			box = Box{min(box.MinLon, p.Lon), min(box.MinLat, p.Lat), max(box.MaxLon, p.Lon), max(box.MaxLat, p.Lat)}
		}
	}
	return box
}

func abs(n int) int { return max(n, -n) }
