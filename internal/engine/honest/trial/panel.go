package trial

import (
	"math"
	"math/rand/v2"

	"jiuye/internal/engine/honest"
)

// Nature is how honest figures come about. The defaults are those of docs/honest.md.
type Nature struct {
	Areas, Years int
	Smallest     float64 // people a month of the smallest area, of the largest
	Largest      float64
	Spread       float64 // over chance: standard deviation of a month's logarithm
	Wander       float64 // of an area's own level, by month
	Common       float64 // of everybody's level, by month
	Season       float64 // of a calendar month's logarithm, in common; a third of it by area
	Shocks       float64 // chance of a true sudden change of 15 to 40 % for some months, by area and year
	Rounders     float64 // share of areas that round honestly and have declared it
	Outside      float64 // standard deviation between an area's level and what outside series show of it, by month; 0: no outside series
	Late         float64 // share of the register's entries that came too late for the report
	Groups       int     // areas to one sum above them; 0: no sums
}

// Common is the nature of the published table: 103 banners under sums of ten, ten years.
var Common = Nature{Areas: 103, Years: 10, Smallest: 40, Largest: 900, Spread: .05, Wander: .006, Common: .02, Season: .25, Shocks: .02, Rounders: .1, Outside: .04, Late: .002, Groups: 10}

// Honest makes a panel as it was reported, with the register and the outside series beside it. Sums come behind the areas.
func Honest(n Nature, seed uint64) *honest.Panel {
	r := rand.New(rand.NewPCG(seed, 6))
	p := &honest.Panel{First: 2016}
	months := n.Years * 12
	common, season := make([]float64, months), make([]float64, 12)
	for m := range season {
		season[m] = n.Season * r.NormFloat64()
	}
	for t := 1; t < months; t++ {
		common[t] = common[t-1] + n.Common*r.NormFloat64()
	}
	for i := range n.Areas {
		size := n.Smallest * math.Pow(n.Largest/n.Smallest, float64(i)/math.Max(1, float64(n.Areas-1)))
		p.Series = append(p.Series, one(n, r, size, common, season))
	}
	if n.Groups > 0 {
		for from := 0; from < n.Areas; from += n.Groups {
			sum := honest.Series{Reported: make([]float64, months), Recomputed: make([]float64, months), Totals: map[int]float64{}}
			for i := from; i < min(n.Areas, from+n.Groups); i++ {
				sum.Parts = append(sum.Parts, i)
			}
			p.Series = append(p.Series, sum)
		}
	}
	Settle(p, r)
	return p
}

// one is an area. Its register has what came late too.
func one(n Nature, r *rand.Rand, size float64, common, season []float64) honest.Series {
	months := len(common)
	s := honest.Series{Reported: make([]float64, months), Recomputed: make([]float64, months), Targets: map[int]float64{}, Totals: map[int]float64{}}
	own := make([]float64, 12)
	for m := range own {
		own[m] = n.Season / 3 * r.NormFloat64()
	}
	var outside, electricity []float64
	level, drift := 0.0, .002*r.NormFloat64()
	rounds := r.Float64() < n.Rounders
	if rounds {
		s.Rounded = 10
	}
	shock, left := 0.0, 0
	for t := range months {
		level += drift + n.Wander*r.NormFloat64()
		if t%12 == 0 && r.Float64() < n.Shocks {
			left = 3 + r.IntN(9)
			shock = (.14 + .2*r.Float64()) * float64(1-2*r.IntN(2))
		}
		now := level + common[t]
		if left--; left >= 0 {
			now += shock
		}
		rate := size * math.Exp(now+season[t%12]+own[t%12]+n.Spread*r.NormFloat64())
		truth := math.Round(math.Max(0, rate+math.Sqrt(rate)*r.NormFloat64()))
		s.Recomputed[t] = truth
		s.Reported[t] = math.Round(truth * (1 - n.Late*r.ExpFloat64()))
		if rounds {
			s.Reported[t] = math.Round(s.Reported[t]/10) * 10
		}
		if n.Outside > 0 {
			outside = append(outside, 50*size*math.Exp(now+n.Outside*r.NormFloat64()))
			electricity = append(electricity, 900*size*math.Exp(.5*now+.3*season[(t+2)%12]+n.Outside*r.NormFloat64()))
		}
	}
	if n.Outside > 0 {
		s.Outside = [][]float64{outside, electricity}
	}
	return s
}

// Settle sets targets (what the year before would let expect, give or take a tenth), totals and sums from the months.
func Settle(p *honest.Panel, r *rand.Rand) {
	for i := range p.Series {
		s := &p.Series[i]
		if len(s.Parts) > 0 {
			clear(s.Reported)
			clear(s.Recomputed)
			for _, part := range s.Parts {
				for t := range s.Reported {
					s.Reported[t] += p.Series[part].Reported[t]
					if len(s.Recomputed) > 0 {
						s.Recomputed[t] += p.Series[part].Recomputed[t]
					}
				}
			}
		}
		for y := range len(s.Reported) / 12 {
			sum := 0.0
			for _, v := range s.Reported[y*12 : y*12+12] {
				sum += v
			}
			s.Totals[p.First+y] = sum
			if s.Targets != nil && y > 0 {
				s.Targets[p.First+y] = math.Round(s.Totals[p.First+y-1] * (1 + .1*r.NormFloat64()))
			}
		}
	}
}
