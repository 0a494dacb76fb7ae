package assess

import "math"

// Interval is an estimate with its 80 % prediction interval, in posts.
type Interval struct {
	Mid, Low, High int64
	N              int // like projects behind it; fewer than fewest: there is no interval
}

// Known reports whether there is an interval.
func (i Interval) Known() bool { return i.N >= fewest }

// fewest is how many finished projects an interval needs.
const fewest = 3

// quantile is Student's t at 0.9 for 2, 3, … degrees of freedom: both tails together leave out 20 %.
var quantile = []float64{1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325}

// endless is the same for any number beyond the table.
const endless = 1.282

// Predict multiplies a size (posts stated, or an investment) by the ratio that like projects have shown. The ratios are taken as
// log-normal, so the interval is the geometric mean × or ÷ exp(t·s·√(1+1/n)); a ratio of nothing counts as a half of a post.
func Predict(size float64, ratios []float64) Interval {
	n := len(ratios)
	if n < fewest || size <= 0 {
		return Interval{N: n}
	}
	var sum, squares float64
	logs := make([]float64, n)
	for i, r := range ratios {
		logs[i] = math.Log(max(r, 0.5/size))
		sum += logs[i]
	}
	mean := sum / float64(n)
	for _, l := range logs {
		squares += (l - mean) * (l - mean)
	}
	t := endless
	if n-3 < len(quantile) {
		t = quantile[n-3]
	}
	spread := t * math.Sqrt(squares/float64(n-1)) * math.Sqrt(1+1/float64(n))
	at := func(x float64) int64 { return int64(math.Round(min(size*math.Exp(x), 1e12))) }
	return Interval{Mid: at(mean), Low: at(mean - spread), High: at(mean + spread), N: n}
}

// Outcome is what a finished project was thought to do and did.
type Outcome struct {
	Industry         string
	InvestFen        int64
	Estimate, Actual int64
}

// alike keeps the outcomes of the same division; of the same section where these are too few; all where these are too few as
// well. level says which: "division", "section" or "all".
func alike(industry string, all []Outcome) (list []Outcome, level string) {
	for _, way := range []struct {
		level  string
		letter int
	}{{"division", 3}, {"section", 1}} {
		if len(industry) < way.letter {
			continue
		}
		list = nil
		for _, o := range all {
			if len(o.Industry) >= way.letter && o.Industry[:way.letter] == industry[:way.letter] {
				list = append(list, o)
			}
		}
		if len(list) >= fewest {
			return list, way.level
		}
	}
	return all, "all"
}

// ratesOf are posts for each fen of investment; errorsOf what became of each post that was stated.
func ratesOf(list []Outcome) (rates []float64) {
	for _, o := range list {
		if o.InvestFen > 0 {
			rates = append(rates, float64(o.Actual)/float64(o.InvestFen))
		}
	}
	return rates
}

func errorsOf(list []Outcome) (ratios []float64) {
	for _, o := range list {
		if o.Estimate > 0 {
			ratios = append(ratios, float64(o.Actual)/float64(o.Estimate))
		}
	}
	return ratios
}
