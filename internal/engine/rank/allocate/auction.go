package allocate

import (
	"errors"
	"math"
	"slices"
)

// Options say what an allocation has to keep to.
type Options struct {
	Recommendations int     // most for one seeker
	Invitations     int     // most for one opening
	Congestion      float64 // 0: none; 1: charges as derived in the package comment; more spreads more
	First           float64 // worth of having a recommendation at all, in mean best values: 1 leaves few without; 0: none
	Within          float64 // stop when the value is proven to be at least 1−Within of the optimum; 0 counts as 0.005
}

// finest is how often the step is quartered before Auction is content with a smaller proof.
const finest = 8

// Auction finds the recommendations with the largest total of value less charges, by Bertsekas's auction: seekers bid for
// the vacancy that is worth most to them at present prices, and raise its price by what makes it as good as their next
// best, plus a step. Prices begin at each invitation's own charge and only rise, so an invitation that is left over has
// never been bid for and costs its charge: that is what the proof of the bound needs when there are more invitations than
// seekers. The step begins coarse and is quartered until the proof is as good as asked for.
func Auction(m *Market, o Options) (*Solution, error) {
	if o.Recommendations < 1 || o.Invitations < 1 {
		return nil, errors.New("每人推荐数和每个空缺的邀约数都至少为 1")
	}
	if slices.ContainsFunc(m.vacancies, func(v Vacancy) bool { return v.Waiting < 0 }) {
		return nil, errors.New("已应聘人数不应为负")
	}
	if !(o.Congestion >= 0) || math.IsInf(o.Congestion, 0) || !(o.Within >= 0) || !(o.First >= 0) || math.IsInf(o.First, 0) {
		return nil, errors.New("拥挤系数、首条推荐的分量和允许误差不应为负")
	}
	if o.Within == 0 {
		o.Within = 0.005
	}
	r := newRoom(m, o)
	step := r.scale * max(o.Within, 1e-6)
	for try := 0; ; try++ {
		r.run(step)
		s := r.solution(step)
		if s.Value >= (1-o.Within)*s.Bound || try == finest {
			return s, nil
		}
		step /= 4
	}
}

// room is the auction room.
type room struct {
	m       *Market
	o       Options
	scale   float64   // mean of seekers' best values
	first   []int32   // invitations of vacancy j: first[j] to first[j+1]; the sold ones are a heap by price
	charge  []float32 // by invitation
	price   []float64 // by sold invitation
	sold    []int32   // by sold invitation: the pair
	count   []int32   // by vacancy: invitations sold
	now     []float64 // by vacancy: what the next bid has to beat
	holder  []int32   // by pair: the seeker
	held    []bool    // by pair
	has     []int16   // by seeker: recommendations held
	stay    []float32 // by seeker: chance that one recommendation brings no job
	mean    []float32 // by seeker: mean value on the list, times Congestion
	waiting []int32   // seekers who may bid, a stack
	queued  []bool    // by seeker
	bids    int
}

func newRoom(m *Market, o Options) *room {
	n, v := len(m.seekers), len(m.vacancies)
	o.Recommendations = min(o.Recommendations, math.MaxInt16)
	r := &room{m: m, o: o, first: make([]int32, v+1), count: make([]int32, v), now: make([]float64, v), holder: make([]int32, len(m.to)),
		held: make([]bool, len(m.to)), has: make([]int16, n), stay: make([]float32, n), mean: make([]float32, n), queued: make([]bool, n)}
	r.chargeVacancies()
	r.price, r.sold = make([]float64, len(r.charge)), make([]int32, len(r.charge))
	best, some := 0.0, 0
	for i := range m.seekers {
		most, sum, chance, k := float32(0), 0.0, 0.0, 0
		for p := m.start[i]; p < m.start[i+1]; p++ {
			r.holder[p] = int32(i)
			most = max(most, m.value[p])
			sum += float64(m.value[p])
			chance += float64(m.chance[p])
			k++
		}
		r.stay[i] = 1
		if most > 0 {
			best += float64(most)
			some++
			r.stay[i] = float32(1 - chance/float64(k))
			r.mean[i] = float32(o.Congestion * sum / float64(k))
		}
	}
	r.scale = best / float64(max(some, 1))
	return r
}

// chargeVacancies lays out every vacancy's invitations with their charges.
func (r *room) chargeVacancies() {
	m := r.m
	chance, value := make([]float64, len(m.vacancies)), make([]float64, len(m.vacancies))
	for p, j := range m.to {
		chance[j] += float64(m.chance[p])
		value[j] += float64(m.value[p])
	}
	known := curves{}
	for j, v := range m.vacancies {
		n := 0
		if lists := int(m.lists[j]); lists > 0 && v.Openings > 0 {
			n = lists
			if v.Openings <= lists/r.o.Invitations {
				n = v.Openings * r.o.Invitations
			}
			if r.o.Congestion == 0 {
				r.charge = append(r.charge, make([]float32, n)...)
			} else {
				all := float64(lists)
				for _, full := range known.of(v.Openings, chance[j]/all, v.Waiting+n)[v.Waiting:][:n] {
					r.charge = append(r.charge, float32(r.o.Congestion*value[j]/all)*full)
				}
			}
		}
		r.first[j+1] = r.first[j] + int32(n)
	}
}

// run sells invitations from the start, with this step.
func (r *room) run(step float64) {
	clear(r.count)
	clear(r.held)
	clear(r.has)
	for j := range r.now {
		r.now[j] = r.next(j)
	}
	r.waiting = r.waiting[:0]
	for i := len(r.m.seekers) - 1; i >= 0; i-- {
		r.waiting = append(r.waiting, int32(i))
		r.queued[i] = true
	}
	for len(r.waiting) > 0 {
		i := r.waiting[len(r.waiting)-1]
		r.waiting = r.waiting[:len(r.waiting)-1]
		r.queued[i] = false
		for int(r.has[i]) < r.o.Recommendations && r.bid(i, step) {
		}
	}
}

// next is what vacancy j's next bid has to beat: the charge of the next free invitation or the lowest price of a sold one.
func (r *room) next(j int) float64 {
	at, sold := r.first[j], r.count[j]
	low := math.Inf(1)
	if sold > 0 {
		low = r.price[at]
	}
	if at+sold < r.first[j+1] {
		low = min(low, float64(r.charge[at+sold]))
	}
	return low
}

// least is what seeker i's next recommendation has to be worth, when so many are held. It never falls with these.
func (r *room) least(i int32, held int16) float64 {
	if held == 0 {
		return -r.o.First * r.scale
	}
	none := float32(1)
	for range held {
		none *= r.stay[i]
	}
	return float64(r.mean[i] * (1 - none))
}

// bid lets seeker i bid once, and says whether there was anything worth it.
func (r *room) bid(i int32, step float64) bool {
	m := r.m
	least := r.least(i, r.has[i])
	best, second, at := least, least, int32(-1)
	for p := m.start[i]; p < m.start[i+1]; p++ {
		if r.held[p] || m.value[p] <= 0 {
			continue
		}
		if net := float64(m.value[p]) - r.now[m.to[p]]; net > second {
			if net > best {
				best, second, at = net, best, p
			} else {
				second = net
			}
		}
	}
	if at < 0 {
		return false
	}
	r.bids++
	j := m.to[at]
	price := r.now[j] + best - second + step
	r.held[at] = true
	r.has[i]++
	if free := r.first[j] + r.count[j]; free < r.first[j+1] && float64(r.charge[free]) <= r.now[j] {
		r.push(j, price, at)
	} else if loser := r.holder[r.replace(j, price, at)]; !r.queued[loser] {
		r.queued[loser] = true
		r.waiting = append(r.waiting, loser)
	}
	r.now[j] = r.next(int(j))
	return true
}

// push sells vacancy j's next free invitation.
func (r *room) push(j int32, price float64, pair int32) {
	prices, pairs := r.price[r.first[j]:r.first[j+1]], r.sold[r.first[j]:r.first[j+1]]
	at := r.count[j]
	r.count[j]++
	for at > 0 {
		up := (at - 1) / 2
		if prices[up] <= price {
			break
		}
		prices[at], pairs[at] = prices[up], pairs[up]
		at = up
	}
	prices[at], pairs[at] = price, pair
}

// replace sells vacancy j's cheapest sold invitation again and returns the pair that lost it.
func (r *room) replace(j int32, price float64, pair int32) (lost int32) {
	prices, pairs := r.price[r.first[j]:r.first[j+1]], r.sold[r.first[j]:r.first[j+1]]
	lost = pairs[0]
	at, n := int32(0), r.count[j]
	for {
		low := 2*at + 1
		if low >= n {
			break
		}
		if low+1 < n && prices[low+1] < prices[low] {
			low++
		}
		if prices[low] >= price {
			break
		}
		prices[at], pairs[at] = prices[low], pairs[low]
		at = low
	}
	prices[at], pairs[at] = price, pair
	r.held[lost] = false
	r.has[r.holder[lost]]--
	return lost
}
