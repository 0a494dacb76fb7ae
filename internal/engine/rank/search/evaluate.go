package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// eval carries a plan out on one part of the index. The sets it gives are only to be read: some belong to the segment.
type eval struct {
	*part
	s *segment
	a *arena
}

func newEval(p *part, a *arena) *eval { return &eval{p, p.seg, a} }

// clause is what has all pieces.
func (e *eval) clause(c *clause) bits {
	if len(c.pieces) == 1 {
		return e.piece(c.pieces[0])
	}
	set := e.all()
	for _, p := range c.pieces {
		set.and(e.piece(p))
	}
	return set
}

// all is a set of one's own with everything.
func (e *eval) all() bits {
	set := e.a.lend(e.s.n)
	clear(set[e.s.n/64:])
	set.fill(e.s.n)
	return set
}

// living is a set of one's own with everything that is not deleted.
func (e *eval) living() bits {
	if e.live != nil {
		return e.a.copyOf(e.live, e.s.n)
	}
	return e.all()
}

// piece is what has one of the alternatives.
func (e *eval) piece(p piece) bits {
	if len(p) == 1 {
		return e.alternative(&p[0])
	}
	set := e.a.get(e.s.n)
	for i := range p {
		set.or(e.alternative(&p[i]))
	}
	return set
}

func (e *eval) alternative(a *alternative) bits {
	if a.filter != nil {
		return e.filter(a.filter)
	}
	set := e.keys(a.keys)
	if a.begins != "" {
		begun := e.begins(a.begins)
		if len(a.keys) > 0 {
			begun.and(set)
		}
		set = begun
	}
	if len(a.keys) > 1 && a.whole != nil || slices.Contains(a.whole, ' ') {
		return e.inOnePiece(set, a.whole)
	}
	return set
}

// keys is what has all terms of the text, the rarest first.
func (e *eval) keys(terms []uint64) bits {
	if len(terms) == 0 {
		return e.a.get(e.s.n)
	}
	if len(terms) == 1 {
		return e.has(key(inText, terms[0]))
	}
	type ranked struct {
		key uint64
		df  int
	}
	order := make([]ranked, len(terms))
	for i, t := range terms {
		k := key(inText, t)
		order[i] = ranked{k, e.s.frequency(k)}
	}
	slices.SortFunc(order, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.df, b.df), cmp.Compare(a.key, b.key)) })
	set := e.a.get(e.s.n)
	if order[0].df == 0 {
		return set
	}
	e.s.add(set, order[0].key)
	for _, o := range order[1:] {
		if i := e.s.find(o.key); e.s.at[i]&isMap != 0 {
			m, _ := e.s.mapOf(i)
			set.and(m)
			continue
		}
		set = e.s.keep(set, e.a.get(e.s.n), o.key)
	}
	return set
}

// has is what has a term.
func (e *eval) has(k uint64) bits {
	i := e.s.find(k)
	if i >= 0 {
		if m, ok := e.s.mapOf(i); ok {
			return m
		}
	}
	set := e.a.get(e.s.n)
	e.s.add(set, k)
	return set
}

// oneOf is what has one of the terms of a kind.
func oneOf[T Hours | Contract | string](e *eval, kind uint64, list []T, term func(T) uint64) bits {
	if len(list) == 1 {
		return e.has(key(kind, term(list[0])))
	}
	set := e.a.get(e.s.n)
	for _, v := range list {
		e.s.add(set, key(kind, term(v)))
	}
	return set
}

// begins is what has a word with a beginning; the set is one's own.
func (e *eval) begins(with string) bits {
	set := e.a.get(e.s.n)
	i, _ := slices.BinarySearch(e.s.words, with)
	for ; i < len(e.s.words) && strings.HasPrefix(e.s.words[i], with); i++ {
		e.s.add(set, key(inText, wordTerm([]rune(e.s.words[i]))))
	}
	return set
}

// filter is what a filter lets through.
func (e *eval) filter(f *Filter) bits {
	parts := f.split()
	if len(parts) == 1 {
		return e.one(&parts[0].Filter)
	}
	set := e.all()
	for i := range parts {
		set.and(e.one(&parts[i].Filter))
	}
	return set
}

// one is a filter that asks for one thing.
func (e *eval) one(f *Filter) bits {
	switch {
	case len(f.Areas) > 0:
		return oneOf(e, ofArea, f.Areas, digits)
	case f.Near.Km > 0:
		return e.near(f.Near)
	case len(f.Occupations) > 0:
		return oneOf(e, ofOccupation, f.Occupations, occupationTerm)
	case len(f.Industries) > 0:
		return oneOf(e, ofIndustry, f.Industries, industryTerm)
	case f.PayFrom > 0 || f.PayTo > 0:
		return e.pay(f.PayFrom, f.PayTo)
	case len(f.Education) > 0 || f.AtMost > 0:
		return e.education(f)
	case len(f.Hours) > 0:
		return oneOf(e, ofHours, f.Hours, func(h Hours) uint64 { return uint64(h) })
	case len(f.Contracts) > 0:
		return oneOf(e, ofContract, f.Contracts, func(c Contract) uint64 { return uint64(c) })
	case f.Since > 0:
		set := e.a.get(e.s.n)
		set.fill(e.s.since(f.Since))
		return set
	}
	for i := range flagCount {
		if f.Flags == 1<<i {
			return e.has(key(ofFlag, uint64(i)))
		}
	}
	return e.all()
}

func (e *eval) education(f *Filter) bits {
	set := e.a.get(e.s.n)
	for level := Any; level <= Doctor; level++ {
		if (f.AtMost == 0 || level <= f.AtMost) && (len(f.Education) == 0 || slices.Contains(f.Education, level)) {
			e.s.add(set, key(ofEducation, uint64(level)))
		}
	}
	return set
}

// pay is what pays from or more at its best and to or less at its least; what is to be agreed is not among it.
func (e *eval) pay(from, to int64) bits {
	set := e.atLeast(ofPayHigh, e.s.payHigh, max(from, 1))
	if to > 0 {
		set.andNot(e.atLeast(ofPayLow, e.s.payLow, to+1))
	}
	return set
}

// atLeast is what has a value of x or more: by the step below x, less what lies between the two.
func (e *eval) atLeast(kind uint64, values []int64, x int64) bits {
	i, exact := slices.BinarySearch(payEdges, x)
	if !exact {
		i--
	}
	set := e.a.get(e.s.n)
	e.s.add(set, key(kind, uint64(i)))
	if exact {
		return set
	}
	between := e.a.copyOf(set, e.s.n)
	if i+1 < len(payEdges) {
		between.andNot(e.has(key(kind, uint64(i+1))))
	}
	for doc := range between.all {
		if values[doc] < x {
			set.clear(doc)
		}
	}
	return set
}

// manyCells is how many cells of the grid are looked up at most; a wider circle is measured for each vacancy.
const manyCells = 4096

// near is what lies in a circle.
func (e *eval) near(n Near) bits {
	const kmPerDegree = 111.19
	sure, unsure := e.a.get(e.s.n), e.a.get(e.s.n)
	dLat := n.Km/kmPerDegree + 0.01
	dLon := 180.0
	if c := math.Cos((math.Abs(n.Lat) + dLat) * math.Pi / 180); c > 0.01 {
		dLon = min(dLon, dLat/c)
	}
	lat0, lat1, lon0, lon1 := cell(n.Lat-dLat), cell(n.Lat+dLat), cell(n.Lon-dLon), cell(n.Lon+dLon)
	if (lat1-lat0+1)*(lon1-lon0+1) > manyCells {
		unsure.fill(e.s.n)
	} else {
		for lat := lat0; lat <= lat1; lat++ {
			for lon := lon0; lon <= lon1; lon++ {
				to := unsure
				if n.holds(lat, lon) {
					to = sure
				}
				e.s.add(to, key(ofCell, cellTerm(lat, lon)))
			}
		}
	}
	for doc := range unsure.all {
		if lat := e.s.lat[doc]; lat == lat && n.Distance(Point{float64(lat), float64(e.s.lon[doc])}) <= n.Km {
			sure.set(doc)
		}
	}
	return sure
}

// holds reports whether the whole cell lies in the circle: its corners do, with a kilometre to spare.
func (n *Near) holds(lat, lon int) bool {
	for _, corner := range [4][2]int{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
		if n.Distance(Point{float64(lat+corner[0]) * cellSize, float64(lon+corner[1]) * cellSize})+1 > n.Km {
			return false
		}
	}
	return true
}

// Distance is the great-circle distance in kilometres.
func (p Point) Distance(o Point) float64 {
	const radius, degree = 6371.0, math.Pi / 180
	lat, lon := math.Sin((o.Lat-p.Lat)*degree/2), math.Sin((o.Lon-p.Lon)*degree/2)
	h := lat*lat + math.Cos(p.Lat*degree)*math.Cos(o.Lat*degree)*lon*lon
	return 2 * radius * math.Asin(math.Sqrt(min(1, h)))
}
