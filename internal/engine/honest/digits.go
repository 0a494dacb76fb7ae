package honest

import "math"

// lastDigits scores rounding and invention of a year's twelve figures: by their last two digits.
func lastDigits(s *Series, i, calendar int, months []float64, add func(Score)) {
	var zero, pairs, n int
	var seen [10]int
	for _, v := range months {
		if v < 10 || v != math.Trunc(v) {
			continue
		}
		n++
		last, before := int(math.Mod(v, 10)), int(math.Mod(v/10, 10))
		seen[last]++
		if last == 0 {
			zero++
		}
		if last == before {
			pairs++
		}
	}
	if n < 6 {
		return
	}
	if s.Rounded < 10 {
		add(Score{Kind: Round, Series: i, Year: calendar, Value: -logTail(n, zero, .1) / math.Ln10, Seen: float64(zero) / float64(n), Expected: .1, Other: -1})
		// People who invent figures avoid 0 and 5 and doubled digits.
		few := func(k int, p float64) float64 { return math.Log(1 + float64(n)*p - float64(k) + float64(n)) }
		add(Score{Kind: Digits, Series: i, Year: calendar, Value: few(pairs, .1) + few(seen[0]+seen[5], .2), Seen: float64(pairs) / float64(n), Expected: .1, Other: -1})
	}
}

// logTail is the logarithm of the chance of k or more successes in n tries.
func logTail(n, k int, p float64) float64 {
	sum := 0.0
	for j := k; j <= n; j++ {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(j + 1))
		c, _ := math.Lgamma(float64(n - j + 1))
		sum += math.Exp(a - b - c + float64(j)*math.Log(p) + float64(n-j)*math.Log(1-p))
	}
	return math.Log(math.Min(1, sum))
}

// Benford is the chi-square of leading digits against Benford's law (8 degrees of freedom) of figures that span at least two orders of magnitude; ok is false
// where there are fewer than 100 figures or they span less. It is weak evidence and never a finding by itself.
func Benford(list []float64) (chi2 float64, ok bool) {
	var seen [10]int
	n, low, high := 0, math.Inf(1), 0.0
	for _, v := range list {
		if v < 1 || math.IsInf(v, 0) || math.IsNaN(v) {
			continue
		}
		low, high = math.Min(low, v), math.Max(high, v)
		seen[leading(v)]++
		n++
	}
	if n < 100 || high < 100*low {
		return 0, false
	}
	for d := 1; d <= 9; d++ {
		want := float64(n) * math.Log10(1+1/float64(d))
		chi2 += math.Pow(float64(seen[d])-want, 2) / want
	}
	return chi2, true
}

// leading is the first digit of a number of at least 1.
func leading(v float64) int {
	for v >= 10 {
		v /= 10
	}
	return int(v)
}

// Bunching is how many standard errors more areas end within share above their target than within share below it (both shares of the target).
func Bunching(totals, targets []float64, share float64) (z float64, over, under int) {
	for i, t := range targets {
		switch off := totals[i]/t - 1; {
		case off >= 0 && off < share:
			over++
		case off < 0 && off >= -share:
			under++
		}
	}
	if over+under == 0 {
		return 0, 0, 0
	}
	return float64(over-under) / math.Sqrt(float64(over+under)), over, under
}
