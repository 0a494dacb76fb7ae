package assess

// benefitMonths is how long unemployment insurance pays at most after so many months of contributions (《社会保险法》第四十六条).
func benefitMonths(paid int) int64 {
	switch {
	case paid < 12:
		return 0
	case paid < 60:
		return 12
	case paid < 120:
		return 18
	}
	return 24
}

// contributionMonths is how long contributions are counted as missing: a year.
const contributionMonths = 12

// SecurityResult is the dimension of social security. Fen are -1 where a parameter is open or nobody's months are known.
type SecurityResult struct {
	Newly       int64 // posts with insurance that come
	LostInsured int64 // insured posts that end
	Base        int64 // fen a month, 0: open
	Rate        int64 // ten-thousandths, 0: open
	GapFen      int64 // contributions of a year that would not come in
	Entitled    int64 // of the unit's workers, by months of contributions
	Months      int64 // all their months of benefit
	Standard    int64 // fen a month, 0: open
	FundFen     int64 // what the fund would pay at most
}

// sumSecurity does the sums. Where only some of the unit's workers lose their posts, the cost is their part of all.
func sumSecurity(c *Case, lines []Line, workers []Worker, base, rate, standard int64) SecurityResult {
	s := SecurityResult{LostInsured: c.Lost, Base: base, Rate: rate, Standard: standard, GapFen: -1, FundFen: -1}
	for _, l := range lines {
		if l.Insured && !l.Temporary {
			s.Newly += l.People
		}
	}
	for _, w := range workers {
		if m := benefitMonths(w.Months); m > 0 {
			s.Entitled++
			s.Months += m
		}
	}
	if c.EmployerID != 0 { // a unit may state more posts than it insures
		s.LostInsured = min(c.Lost, int64(len(workers)))
	}
	if base > 0 && rate > 0 {
		s.GapFen = divide(max(0, s.LostInsured-s.Newly)*base*contributionMonths*(rate), scale)
	}
	switch {
	case c.Lost == 0:
		s.FundFen = 0
	case standard > 0 && len(workers) > 0:
		s.FundFen = divide(s.Months*s.LostInsured*standard, int64(len(workers)))
	}
	return s
}
