package trial

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Size says how large a trial is.
type Size struct {
	Seekers, Vacancies int
	Weeks              int
	Top                int // length of candidate lists
	Recommendations    int // for one seeker in one week
}

// The sizes of the figures in docs/jobs.md: about as many openings as seekers, and half as many.
var (
	Balanced = Size{Seekers: 1500, Vacancies: 900, Weeks: 6, Top: 40, Recommendations: 5}
	Scarce   = Size{Seekers: 1500, Vacancies: 450, Weeks: 6, Top: 40, Recommendations: 5}
)

const (
	families, trades = 6, 30 // trades come in families of trades/families
	banners          = 8
	line             = 2.2 // fit from which an employer would hire
	looks            = 10  // applications that an employer looks at, per opening
	eager            = .3  // chance of applying to a first recommendation of ordinary benefit
	tires            = .85
	applies          = .22 // share of recommendations that are applied to, as everybody could count
	spare            = 3   // candidate lists are cut from lists so many times as long
)

type seeker struct {
	trade, banner int
	quality       float64
	key           bool // of a key group
}

type vacancy struct {
	trade, banner int
	pay           float64 // standardised
	openings      int
	opens         int // week
}

// pair is what there is to know about a seeker and a vacancy.
type pair struct {
	vacancy int
	benefit float64
	fit     float64 // latent
	chance  float64 // estimated
}

type world struct {
	Size
	seed      uint64
	seekers   []seeker
	vacancies []vacancy
	lists     [][]pair // by seeker, the best by chance × benefit
}

func newWorld(size Size, seed uint64) *world {
	r := rand.New(rand.NewPCG(seed, 11))
	w := &world{Size: size, seed: seed}
	wanted, offered := shares(r), shares(r)
	for range size.Seekers {
		w.seekers = append(w.seekers, seeker{draw(r, wanted), r.IntN(banners), r.NormFloat64(), r.Float64() < .2})
	}
	for range size.Vacancies {
		v := vacancy{trade: draw(r, offered), banner: r.IntN(banners), pay: r.NormFloat64(), openings: 1}
		for v.openings < 10 && r.Float64() < .4 {
			v.openings++
		}
		if r.Float64() > .6 {
			v.opens = r.IntN(size.Weeks)
		}
		w.vacancies = append(w.vacancies, v)
	}
	for i := range w.seekers {
		list := make([]pair, len(w.vacancies))
		for j := range w.vacancies {
			list[j] = w.pair(i, j)
		}
		slices.SortFunc(list, func(x, y pair) int {
			return cmp.Or(cmp.Compare(y.chance*y.benefit, x.chance*x.benefit), cmp.Compare(x.vacancy, y.vacancy))
		})
		w.lists = append(w.lists, slices.Clone(list[:min(len(list), spare*size.Top)]))
	}
	return w
}

// shares are cumulated shares of the trades, unequal.
func shares(r *rand.Rand) []float64 {
	out := make([]float64, trades)
	sum := 0.0
	for k := range out {
		sum += math.Exp(.8 * r.NormFloat64())
		out[k] = sum
	}
	for k := range out {
		out[k] /= sum
	}
	return out
}

func draw(r *rand.Rand, shares []float64) int {
	at, _ := slices.BinarySearch(shares, r.Float64())
	return min(at, len(shares)-1)
}

func (w *world) pair(i, j int) pair {
	s, v := w.seekers[i], w.vacancies[j]
	near := 0.0
	switch {
	case s.trade == v.trade:
		near = 1
	case s.trade%families == v.trade%families:
		near = .5
	}
	own, noise, taste := w.normal(1, 0, i, j), w.normal(2, 0, i, j), w.normal(3, 0, i, j)
	fit := 2*near + .6*s.quality + .7*own
	// Given what is seen, fit is spread around seen by what is not: half the quality, half the pair's own.
	seen := 2*near + .3*s.quality + .35*(own+noise)
	benefit := math.Exp(.35*v.pay+.2*taste) * (.7 + .3*near)
	if s.banner != v.banner {
		benefit *= .8
	}
	return pair{j, benefit, fit, normalBelow((seen - line) / math.Hypot(.3, .5))}
}

func normalBelow(x float64) float64 { return .5 * math.Erfc(-x/math.Sqrt2) }

// luck is a number from 0 to 1 that depends on the seed, what it is for, the week and the pair alone.
func (w *world) luck(what, week, i, j int) float64 {
	x := w.seed*0x9e3779b97f4a7c15 ^ uint64(what)<<56 ^ uint64(week)<<48 ^ uint64(i)<<24 ^ uint64(j)
	for range 2 {
		x ^= x >> 30
		x *= 0xbf58476d1ce4e5b9
		x ^= x >> 27
		x *= 0x94d049bb133111eb
		x ^= x >> 31
	}
	return (float64(x>>11) + .5) / (1 << 53)
}

// normal is standard normal luck.
func (w *world) normal(what, week, i, j int) float64 {
	return math.Sqrt2 * math.Erfinv(2*w.luck(what, week, i, j)-1)
}
