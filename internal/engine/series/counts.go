package series

import (
	"math"
	"math/rand/v2"
)

// Counted is a series of counts: how many people did something in each step.
type Counted struct {
	Values []float64 // NaN where nothing is known
	Among  []float64 // among how many each was counted, as in a survey; nil where all steps are alike
	Ahead  float64   // among how many each step to come will be counted; 0 is 1
	Start  int       // the first value's place in the season, from 0
}

func (c *Counted) among(t int) float64 {
	if c.Among == nil {
		return 1
	}
	return c.Among[t]
}

// Count is a fitted forecast of counts. A count is its level, times the factor of its place in the season, times among how many it is counted;
// the level wanders, and counts stray about it with a variance in proportion to their mean.
type Count struct {
	Counted
	shape
	could []state // what may have brought the counts that were seen
}

// state is one pair of parameters, how likely it is, and where the level stands then.
type state struct {
	wander, luck  float64 // variance of the level's logarithm a step; variance of a count ÷ its mean
	weight        float64 // all weights of a Count make 1
	level, unsure float64 // expected, and its variance ÷ its square
}

// What is tried: how much a level may wander a step, and how much counts may stray, in parts of what levels that are steady over a year leave over.
var (
	wanders = []float64{0, .0005, .002, .006, .02, .06}
	strays  = []float64{.25, .5, 1, 2}
)

// Counts fits series of the same kind in several areas together. Small ones borrow from all: the season, as far as theirs do not differ by
// more than luck; how much levels wander and counts stray, where the others' mean likelihood counts as much as the own one (the power prior
// of Ibrahim & Chen 2000, Statistical Science 15, 46–60). The level is followed as in Harvey & Fernandes (1989), Journal of Business & Economic
// Statistics 7, 407–417, and West, Harrison & Migon (1985), Journal of the American Statistical Association 80, 73–83: a gamma distribution that
// each count sharpens and each step widens. An entry is nil where less than a season is known; values must not be below zero.
func Counts(list []Counted, season int) []*Count {
	out := make([]*Count, len(list))
	var told []*Counted
	var place []int
	for i := range list {
		if c := &list[i]; c.known() >= season {
			told, place = append(told, c), append(place, i)
		}
	}
	if len(told) == 0 {
		return out
	}
	shapes := own(told, season)
	luck := usual(shapes)
	all := make([]float64, len(wanders)*len(strays))
	for i, c := range told {
		k := &Count{Counted: *c, shape: shapes[i]}
		for _, w := range wanders {
			for _, s := range strays {
				st := state{wander: w, luck: s * luck}
				st.weight = c.follow(k.factor, &st)
				all[len(k.could)] += st.weight
				k.could = append(k.could, st)
			}
		}
		out[place[i]] = k
	}
	for _, i := range place {
		out[i].weigh(all, float64(len(told)-1))
	}
	return out
}

func (c *Counted) known() int {
	n := 0
	for _, v := range c.Values {
		if !math.IsNaN(v) {
			n++
		}
	}
	return n
}

// follow runs over the counts: the level that a state ends with, and the logarithm of how likely they are (normal with the mean and variance of each).
func (c *Counted) follow(factor []float64, s *state) (likely float64) {
	begun := false
	for t, v := range c.Values {
		if begun {
			s.unsure += s.wander
		}
		x := c.among(t) * factor[(c.Start+t)%len(factor)]
		switch {
		case math.IsNaN(v) || x < never:
			continue
		case !begun: // half a person where nobody came: a level is never nothing
			s.level, s.unsure, begun = max(v, .5)/x, s.luck/max(v, .5), true
			continue
		}
		mean := s.level * x
		variance := s.luck*mean + mean*mean*s.unsure
		likely -= (math.Log(variance) + (v-mean)*(v-mean)/variance) / 2
		seen, due := 1/s.unsure+v/s.luck, 1/(s.unsure*s.level)+x/s.luck
		s.level, s.unsure = max(seen/due, never), 1/seen
	}
	if !begun {
		s.level, s.unsure = never, 1
	}
	return likely
}

// rare is the weight below which a state is not drawn from.
const rare = .005

// weigh makes weights of likelihoods: the own one, and the mean of the others'.
func (k *Count) weigh(all []float64, others float64) {
	top, sum := math.Inf(-1), 0.0
	for i := range k.could {
		if s := &k.could[i]; others > 0 {
			s.weight += (all[i] - s.weight) / others
		}
		top = max(top, k.could[i].weight)
	}
	kept := k.could[:0]
	for _, s := range k.could {
		if s.weight = math.Exp(s.weight - top); s.weight > rare {
			kept, sum = append(kept, s), sum+s.weight
		}
	}
	for i := range kept {
		kept[i].weight /= sum
	}
	k.could = kept
}

// Name says which method it is.
func (k *Count) Name() string { return "counts" }

// ahead is a step's place in the season, from 0 for the one behind the last value.
func (k *Count) ahead(step int) int { return (k.Start + len(k.Values) + step) % len(k.factor) }

func (k *Count) size() float64 {
	if k.Ahead == 0 {
		return 1
	}
	return k.Ahead
}

// Mean is the expected count of each of the next h steps.
func (k *Count) Mean(h int) []float64 {
	level := 0.0
	for _, s := range k.could {
		level += s.weight * s.level
	}
	out := make([]float64, h)
	for i := range out {
		out[i] = level * k.factor[k.ahead(i)] * k.size()
	}
	return out
}

// Paths is n simulated futures of h steps, in whole numbers: each draws its parameters, its level and its season from what they may be, and goes on from there.
func (k *Count) Paths(h, n int, seed uint64) [][]float64 {
	random := rand.New(rand.NewPCG(seed, 0x636f756e74))
	out := make([][]float64, 0, n)
	factor := make([]float64, len(k.factor))
	part := 0.0
	for _, s := range k.could {
		part += s.weight
		for until := int(math.Round(part * float64(n))); len(out) < until; {
			level := s.level * s.unsure * gamma(random, 1/s.unsure)
			for i := range min(h, len(factor)) {
				p := k.ahead(i)
				if factor[p] = k.factor[p]; k.behind[p] > 0 {
					seen := k.behind[p] / s.luck
					factor[p] *= gamma(random, seen) / seen
				}
			}
			path := make([]float64, h)
			for i := range path {
				if s.wander > 0 {
					level *= math.Exp(math.Sqrt(s.wander)*random.NormFloat64() - s.wander/2)
				}
				path[i] = counted(random, level*factor[k.ahead(i)]*k.size(), s.luck)
			}
			out = append(out, path)
		}
	}
	return out
}
