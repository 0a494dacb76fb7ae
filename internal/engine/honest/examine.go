package honest

import (
	"math"
	"slices"
)

// Examine scores every area and whole year of a panel. Kinds that cannot be told (no register, no target, too few years) have no score.
// It takes a time that grows with areas × years, copies with areas² × years.
func Examine(p *Panel) ([]Score, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	var out []Score
	add := func(s Score) { out = append(out, s) }
	r := p.residuals()
	for i := range p.Series {
		for y := range p.years() {
			months, whole := year(p.Series[i].Reported, y)
			p.sums(i, y, months, add)
			if !whole {
				continue
			}
			p.compare(i, y, months, add)
			p.copies(i, y, months, add)
			lastDigits(&p.Series[i], i, p.First+y, months, add)
			r.events(p, i, y, months, add)
			r.smooth(p, i, y, add)
		}
	}
	return out, nil
}

// sums holds a year against its own total, and areas against the sum of their parts; also a month below zero, which a falling cumulative figure leaves behind.
func (p *Panel) sums(i, y int, months []float64, add func(Score)) {
	s := &p.Series[i]
	for _, v := range months {
		if v < 0 {
			add(Score{Kind: Falling, Series: i, Year: p.First + y, Value: -v, Seen: v, Expected: 0, Other: -1})
			break
		}
	}
	if t, has := s.Totals[p.First+y]; has && t > 0 {
		sum := total(months)
		add(Score{Kind: Sum, Series: i, Year: p.First + y, Value: math.Abs(sum-t) / t, Seen: t, Expected: sum, Other: -1})
	}
	if len(s.Parts) == 0 {
		return
	}
	worst := Score{Kind: Sum, Series: i, Year: p.First + y, Other: -1}
	for m := range months {
		sum := 0.0
		for _, part := range s.Parts {
			sum += p.Series[part].Reported[y*12+m]
		}
		if off := math.Abs(sum-months[m]) / math.Max(1, math.Abs(sum)); off > worst.Value {
			worst.Value, worst.Seen, worst.Expected = off, months[m], sum
		}
	}
	add(worst)
}

// lateness is how much an honest figure may differ from the register beside chance, because entries come late: a share of the year's figure.
const lateness = .005

func (p *Panel) compare(i, y int, months []float64, add func(Score)) {
	own, whole := year(p.Series[i].Recomputed, y)
	if !whole {
		return
	}
	seen, expected := total(months), total(own)
	add(Score{Kind: Compare, Series: i, Year: p.First + y, Value: math.Abs(seen-expected) / math.Sqrt(expected+math.Pow(lateness*expected, 2)+1), Seen: seen, Expected: expected, Other: -1})
}

// copies looks for another stretch that the year is a multiple of, up to rounding: among the area's own years before and the others' same year.
func (p *Panel) copies(i, y int, months []float64, add func(Score)) {
	best := Score{Kind: Copy, Series: i, Year: p.First + y, Other: -1, Value: math.Inf(-1)}
	tries := math.Log(float64(len(p.Series) + y))
	try := func(other, from int) {
		was, whole := year(p.Series[other].Reported, from)
		if !whole || slices.Contains(p.Series[i].Parts, other) || slices.Contains(p.Series[other].Parts, i) {
			return
		}
		if v := likeness(months, was) - tries; best.Other < 0 || v > best.Value {
			best.Value, best.Other, best.From, best.Seen, best.Expected = v, other, p.First+from, total(months), total(was)
		}
	}
	for from := range y {
		try(i, from)
	}
	for other := range p.Series {
		if other != i {
			try(other, y)
		}
	}
	if best.Other >= 0 {
		add(best)
	}
}

// likeness is how unlikely it is that one ratio explains all months of a, up to their rounding, by chance: the negative logarithm of the probability, months being as
// scattered as people who come by themselves. It is below zero where a month differs by more than rounding.
func likeness(a, b []float64) float64 {
	sb := total(b)
	if sb == 0 {
		return -1
	}
	allowed := .7 * unitOf(a) // half of it rounding, the rest what rounding does to the ratio
	ratio, surprise := total(a)/sb, 0.0
	for m := range a {
		if math.Abs(a[m]-ratio*b[m]) > allowed {
			return -1
		}
		spread := math.Sqrt(a[m] + ratio*ratio*b[m])
		surprise += math.Max(0, math.Log(spread*math.Sqrt(2*math.Pi)/(2*allowed)))
	}
	return surprise
}

// unitOf is the largest power of ten that all figures are multiples of.
func unitOf(list []float64) float64 {
	for unit := 1.0; ; unit *= 10 {
		if slices.ContainsFunc(list, func(v float64) bool { return math.Mod(v, unit*10) != 0 }) || total(list) == 0 {
			return unit
		}
	}
}
