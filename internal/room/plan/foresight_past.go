package plan

import (
	"math"
	"slices"
)

const (
	// backYears is how many years back forecasts are made again.
	backYears = 4
	// pastFutures is how many courses are simulated for a forecast made again.
	pastFutures = 400
)

// said is a forecast of a past year's end that was made again from what was known then, and what came.
type said struct {
	of              *course
	year            int
	mean, low, high float64
	came            float64
}

// past makes the forecasts of the years' ends before one again, when so many months of each were known.
func (f family) past(this, known int) (list []said) {
	for year := this - backYears; year < this; year++ {
		then, now := f.when(year, known)
		then.fit()
		for i, c := range then {
			if s, ok := now[i].said(c, year); ok {
				list = append(list, s)
			}
		}
	}
	return list
}

// when is the family as it was known when a past year had so many months, without the courses of which too little was known then or is now, and
// beside each course what it has become.
func (f family) when(year, known int) (then, now family) {
	for _, c := range f {
		if c.first.IsYear() {
			continue
		}
		from, to := c.year(year)
		cut := from + known
		if from < 0 || cut-c.unripe < leastMonths || to >= len(c.ripe()) || math.IsNaN(c.values[to]) || math.IsNaN(c.values[cut-c.unripe-leastMonths]) {
			continue
		}
		then, now = append(then, c.until(cut)), append(now, c)
	}
	return then, now
}

// said is what a course said of a year's end when it was then; not ok where it said nothing.
func (c *course) said(then *course, year int) (s said, ok bool) {
	from, to := c.year(year)
	list := then.outcome(from, to, pastFutures)
	s = said{of: c, year: year, came: c.total(from, to, nil)}
	if list == nil || math.IsNaN(list[0]) || math.IsNaN(s.came) {
		return s, false
	}
	slices.Sort(list)
	s.mean, s.low, s.high = mean(list), list[len(list)/10], list[len(list)-1-len(list)/10]
	return s, true
}

// fewYears is how many years of past forecasts weigh as much as the belief that the model is right about its own uncertainty.
const fewYears = 2

// farthest is by how much intervals are widened or narrowed at most.
const farthest = 3

// spread is by how much the futures of all areas are to be spread about their means, so that four of five past years' ends would have lain in
// their intervals: the conformal quantile of |came − mean| ÷ half the interval (Lei et al. 2018, Journal of the American Statistical Association
// 113, 1094–1111; the idea is Williams & Goodman's, 1971, ibid. 66, 752–754), drawn towards 1 where the years are few: the areas of one year share its luck.
func spread(list []said) float64 {
	years := map[int]bool{}
	off := make([]float64, 0, len(list))
	for _, s := range list {
		years[s.year] = true
		off = append(off, math.Abs(s.came-s.mean)/max(.5, (s.high-s.low)/2)) // what is counted in whole numbers is never surer
	}
	n := len(off)
	if n == 0 {
		return 1
	}
	slices.Sort(off)
	most := off[min(n-1, (4*(n+1)+4)/5-1)]
	trust := float64(len(years)) / float64(len(years)+fewYears)
	return math.Pow(min(farthest, max(1./farthest, most)), trust)
}

// widen spreads simulated outcomes about their mean; what is there already does not go away.
func widen(outcomes []float64, by, least float64) {
	middle := mean(outcomes)
	for i, v := range outcomes {
		outcomes[i] = max(least, middle+by*(v-middle))
	}
}

// reached is what is there already of what a year's end will be: the sum so far, or the last level.
func (c *course) reached(from, to int) float64 {
	return c.total(from, min(to, len(c.values)-1), c.values[len(c.ripe()):])
}

// foresee is the outcomes at a year's end, spread as past forecasts teach; nil where nothing can be said.
func (c *course) foresee(from, to int, by float64) []float64 {
	list := c.outcome(from, to, futures)
	if len(list) < 2 || c.first.IsYear() || math.IsNaN(list[0]) {
		return list
	}
	least := 0.0
	if c.sums() {
		least = c.reached(from, to)
	}
	widen(list, by, least)
	return list
}

// pastError is how far off a course's past forecasts were: the mean of |said − came| ÷ came in ten-thousandths; −1 where no year can be compared.
func (c *course) pastError(list []said) int64 {
	sum, n := 0.0, 0
	for _, s := range list {
		if s.of == c && s.came != 0 {
			sum, n = sum+math.Abs(s.mean-s.came)/s.came, n+1
		}
	}
	if n == 0 {
		return -1
	}
	return int64(sum / float64(n) * 10000) // cut: it is rounded where it is written
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(len(list))
}
