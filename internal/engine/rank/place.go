package rank

import (
	"math"
	"strings"
)

// Nearness of two places by what is known of their area codes.
const (
	apart = iota
	sameLeague
	sameBanner
	sameTownship
)

// codes' lengths that say how near two places are, nearest first.
var nearnesses = []struct{ digits, near int }{{9, sameTownship}, {6, sameBanner}, {4, sameLeague}}

func nearness(a, b string) int {
	for _, n := range nearnesses {
		if len(a) >= n.digits && len(b) >= n.digits && strings.HasPrefix(b, a[:n.digits]) {
			return n.near
		}
	}
	return apart
}

// place gives all points in one's own township, most in one's own banner, and beyond it one point less for each
// kilometre between the banners' seats.
func (s *Seeker) place(p Place) int {
	home := s.profile.Place
	switch nearness(home.Area, p.Area) {
	case sameTownship:
		return mostPlace
	case sameBanner:
		return 220
	}
	if km, ok := Km(home, p); ok {
		return max(0, 200-int(km))
	}
	return 0
}

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
