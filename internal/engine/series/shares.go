package series

import "math"

// shape is how a year's counts fall on the places of a season.
type shape struct {
	factor []float64 // of each place, on average 1
	behind []float64 // how many counts each factor was estimated from
	luck   float64   // variance of a count ÷ its mean about this shape; NaN where there is too little to tell
}

// levels is what each year of a series comes to a step, given the factors of its season.
func (c *Counted) levels(f []float64) []float64 {
	m := len(f)
	seen, due := make([]float64, (c.Start+len(c.Values)+m-1)/m), make([]float64, (c.Start+len(c.Values)+m-1)/m)
	for t, v := range c.Values {
		if p := c.Start + t; !math.IsNaN(v) {
			seen[p/m] += v
			due[p/m] += c.among(t) * f[p%m]
		}
	}
	for y := range seen {
		if due[y] > 0 {
			seen[y] /= due[y]
		}
	}
	return seen
}

// add adds up, by place of the season, the counts that were seen and those that the years' levels would bring without a season.
func (c *Counted) add(levels, seen, due []float64) {
	m := len(seen)
	for t, v := range c.Values {
		if p := c.Start + t; !math.IsNaN(v) {
			seen[p%m] += v
			due[p%m] += c.among(t) * levels[p/m]
		}
	}
}

// shared is the season that series have in common while each of their years has a level of its own: the Poisson model with two factors,
// whose likelihood is largest where the chain ladder of insurers has it (Renshaw & Verrall 1998, British Actuarial Journal 4, 903–923).
// Prior factors count as much as trust counts a place do.
func shared(list []*Counted, prior []float64, trust float64) shape {
	const rounds = 8 // the sixth changes nothing that could be seen
	m := len(prior)
	s := shape{factor: append([]float64(nil), prior...)}
	for range rounds {
		s.behind = make([]float64, m)
		due := make([]float64, m)
		for _, c := range list {
			c.add(c.levels(s.factor), s.behind, due)
		}
		sum := 0.0
		for i, p := range prior {
			s.behind[i] += trust * p
			if s.factor[i] = p; due[i]+trust > 0 {
				s.factor[i] = s.behind[i] / (due[i] + trust)
			}
			sum += s.factor[i] / float64(m)
		}
		for i := range s.factor {
			if sum > 0 {
				s.factor[i] /= sum
			}
		}
	}
	s.luck = s.dispersion(list)
	return s
}

// dispersion is Pearson's: the mean of (seen − expected)² ÷ expected, over what the levels and factors leave free.
func (s *shape) dispersion(list []*Counted) float64 {
	sum, free := 0.0, 1-float64(len(s.factor))
	for _, c := range list {
		levels := c.levels(s.factor)
		free -= float64(len(levels))
		for t, v := range c.Values {
			p := c.Start + t
			if e := c.among(t) * levels[p/len(s.factor)] * s.factor[p%len(s.factor)]; !math.IsNaN(v) && e >= never {
				sum += (v - e) * (v - e) / e
				free++
			}
		}
	}
	if free < 1 {
		return math.NaN()
	}
	return sum / free
}

// own is the season of each series: their common one, freed from noise (shrink), and their own counts as far as the series differ by more than luck.
func own(list []*Counted, season int) []shape {
	flat := make([]float64, season)
	for i := range flat {
		flat[i] = 1
	}
	common := shared(list, flat, 0)
	alone := make([]shape, len(list))
	for i, c := range list {
		alone[i] = shared([]*Counted{c}, flat, 0)
	}
	luck := usual(alone)
	noise := 0.0
	for i, f := range common.factor {
		if common.behind[i] > 0 {
			noise += luck * f * f / common.behind[i] / float64(season)
		}
	}
	shrink(common.factor, noise)
	trust := apart(list, common.factor, luck)
	out := make([]shape, len(list))
	for i, c := range list {
		out[i] = shared([]*Counted{c}, common.factor, trust)
	}
	return out
}

// usual is the mean luck of series: 1, that of people who come by themselves, where there is too little to tell, and never quite 0.
func usual(list []shape) float64 {
	sum, n := 0.0, 0.0
	for _, s := range list {
		if !math.IsNaN(s.luck) {
			sum, n = sum+s.luck, n+1
		}
	}
	if n == 0 {
		return 1
	}
	return max(.01, sum/n)
}

// wholly is the trust in a common season that lets no series have one of its own.
const wholly = 1e9

// apart is how far the common season is to be trusted, in counts a place: by how much more the series' seasons differ than luck lets them (moments).
func apart(list []*Counted, common []float64, luck float64) float64 {
	square, free, counts := 0.0, 0.0, 0.0
	for _, c := range list {
		seen, due := make([]float64, len(common)), make([]float64, len(common))
		c.add(c.levels(common), seen, due)
		for i, n := range seen {
			if e := common[i] * due[i]; e >= never {
				square += (n - e) * (n - e) / e
				counts += n
				free++
			}
		}
		free--
	}
	if more := square/free/luck - 1; free > 0 && more > 0 {
		return min(wholly, counts/float64(len(list)*len(common))/more)
	}
	return wholly
}
