package honest

import "math"

// near is how far above its target a total may be to look topped up.
const near = .02

// events scores a year's level, its end against the next beginning, and an end that just reached the target.
func (r *residuals) events(p *Panel, i, y int, months []float64, add func(Score)) {
	if p.years() < 3 {
		return
	}
	x, q, calendar := r.x[i], r.q[i], p.First+y
	d := make([]float64, len(x))
	score := func(kind Kind, z, size, seen float64) {
		add(Score{Kind: kind, Series: i, Year: calendar, Value: z, Seen: seen, Expected: seen / math.Exp(size), Other: -1})
	}
	for m := range 12 {
		d[y*12+m] = 1
	}
	size, z := effect(x, d, q)
	score(Inflate, z, size, total(months))
	clear(d)
	december := y*12 + 11
	d[december] = 1
	size, z = effect(x, d, q)
	last := months[11]
	if t := p.Series[i].Targets[calendar]; t > 0 {
		over := total(months)/t - 1
		without := total(months) - last + last/math.Exp(size)
		if over >= 0 && over < near && without < t {
			score(TopUp, z, size, last)
		} else {
			score(TopUp, 0, size, last)
		}
	}
	if december+1 < len(x) && !math.IsNaN(x[december+1]) {
		d[december+1] = -1
		size, z = effect(x, d, q)
		score(Shift, z, size, last)
	}
}

// smooth scores how much less a year's months bend than the area's do in other years: with the season taken out, and as they stand, for who smooths takes the season too.
func (r *residuals) smooth(p *Panel, i, y int, add func(Score)) {
	best := Score{Kind: Smooth, Series: i, Year: p.First + y, Value: math.Inf(-1), Other: -1}
	for _, x := range [][]float64{r.x[i], r.season[i]} {
		var others []float64
		for other := range p.years() {
			if v := bend(x, other); other != y && !math.IsNaN(v) {
				others = append(others, v)
			}
		}
		own, usual := bend(x, y), median(others)
		if len(others) < 2 || usual == 0 || math.IsNaN(own) {
			return
		}
		if v := math.Log(usual / math.Max(own, 1e-6)); v > best.Value {
			best.Value, best.Seen, best.Expected = v, own, usual
		}
	}
	add(best)
}

// bend is the size of a year's changes of change.
func bend(x []float64, y int) float64 {
	sum, n := 0.0, 0
	for t := max(2, y*12+1); t < (y+1)*12; t++ {
		if v := x[t] - 2*x[t-1] + x[t-2]; !math.IsNaN(v) {
			sum += v * v
			n++
		}
	}
	if n < 6 {
		return math.NaN()
	}
	return math.Sqrt(sum / float64(n))
}
