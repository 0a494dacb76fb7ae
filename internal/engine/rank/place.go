package rank

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Km is the great-circle distance in kilometres between the two places' points; ok is false when one is not known.
func Km(a, b Place) (km float64, ok bool) {
	if !a.Known || !b.Known {
		return 0, false
	}
	const radius, degree = 6371.0, math.Pi / 180
	lat := math.Sin((b.Lat - a.Lat) * degree / 2)
	lon := math.Sin((b.Lon - a.Lon) * degree / 2)
	h := lat*lat + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*lon*lon
	return 2 * radius * math.Asin(math.Sqrt(min(1, h))), true
}

// banner is a place without what lies below its banner.
func (p Place) banner() Place {
	p.Area = p.Area[:min(len(p.Area), 6)]
	return p
}

// township is the number of a place's township, 0 when it is not told.
func (p Place) township() int32 {
	if len(p.Area) < 9 {
		return 0
	}
	n, err := strconv.ParseInt(p.Area[:9], 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}

// reach is what the way from one home to a place is worth.
type reach struct {
	points int16
	km     int16 // between the banners' seats; 0 in one's own banner, -1 not known
	own    bool  // the banner one lives in
}

func reachOf(home, work Place) reach {
	if a := home.banner().Area; len(a) == 6 && a == work.banner().Area {
		return reach{inBanner, 0, true}
	}
	km, ok := Km(home, work)
	if !ok {
		return reach{placeUnknown, -1, false}
	}
	whole := int(km + .5)
	return reach{int16(farther(whole)), int16(whole), false}
}

// ways are all places of an index as seen from one home.
type ways struct {
	to    []reach
	order []int32 // the best first
}

func waysFrom(home Place, places []Place) *ways {
	w := &ways{make([]reach, len(places)), make([]int32, len(places))}
	for i, p := range places {
		w.to[i], w.order[i] = reachOf(home, p), int32(i)
	}
	slices.SortFunc(w.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(w.to[b].points, w.to[a].points), cmp.Compare(a, b))
	})
	return w
}
