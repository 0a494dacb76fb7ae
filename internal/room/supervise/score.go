package supervise

import (
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"jiuye/internal/register/indicator"
)

// Scoring rules of a criterion.
const (
	ByCompletion = "completion" // weight × what was done of what was wanted, up to the cap
	ByRank       = "rank"       // weight × (number of areas − rank + 1) ÷ number of areas
	ByDeduction  = "deduction"  // weight − so much for each one, not below 0
	ByBonus      = "bonus"      // so much for each one, up to the weight, beside the hundred
)

var scoring = []string{ByCompletion, ByRank, ByDeduction, ByBonus}

// Inputs of a criterion besides indicators, whose input is their id.
const (
	InputMilestones = "milestones" // of the year: checked as reached, of those due by the cut-off
	InputPressed    = "pressed"    // how often was pressed in the year
	InputEscalated  = "escalated"
	InputRewards    = "rewards" // entries of the ledger
	InputAccounts   = "accounts"
)

var counted = []string{InputMilestones, InputPressed, InputEscalated, InputRewards, InputAccounts}

// Criterion is one line of a scheme (考核指标).
type Criterion struct {
	SchemeID, No      int64
	Name, Rule, Input string
	Weight            int64 // hundredths of a point
	Cap               int64 // of completion, ten-thousandths
	EachOne           int64 // hundredths of a point, of deductions and bonuses
}

// Full are the weights' sum without bonuses, in hundredths.
const Full = 100_00

// sumOf adds up weights that count towards the hundred.
func sumOf(list []Criterion) (sum int64) {
	for _, c := range list {
		if c.Rule != ByBonus {
			sum += c.Weight
		}
	}
	return sum
}

// Input is what one area brings to one criterion.
type Input struct {
	Area           string
	Actual, Wanted int64
	Ratio          int64 // done of wanted, ten-thousandths
	Known          bool
	Noise          int64  // of the ratio, ten-thousandths: half of the interval that holds 95 %
	Unit           string // of Actual and Wanted
	Words          string // why there is nothing to score, or how the wanted figure came about
}

// Score is one line of an area's result.
type Score struct {
	SchemeID              int64
	Area                  string
	No                    int64
	Actual, Wanted, Ratio int64
	Known                 bool
	Points, Most, Noise   int64 // hundredths of a point; Most 0: not scored
	Said                  string
}

// scoreAll scores one criterion for all areas, in their order. It is pure: the same inputs give the same lines.
func scoreAll(c Criterion, in []Input) []Score {
	out := make([]Score, len(in))
	n := 0
	for _, i := range in {
		if i.Known {
			n++
		}
	}
	for k, i := range in {
		s := Score{SchemeID: c.SchemeID, Area: i.Area, No: c.No, Actual: i.Actual, Wanted: i.Wanted, Ratio: i.Ratio, Known: i.Known}
		if !i.Known {
			s.Said = i.Words + "，本项不计分，其余各项按比例折算"
			out[k] = s
			continue
		}
		s.Most = c.Weight
		figures := fmt.Sprintf("实绩 %s，应完成 %s", indicator.Figure(i.Actual, i.Unit), indicator.Figure(i.Wanted, i.Unit))
		switch c.Rule {
		case ByCompletion:
			ratio := min(i.Ratio, c.Cap)
			s.Points = rounded(float64(c.Weight) * float64(ratio) / 10000)
			s.Points = min(s.Points, rounded(float64(c.Weight)*float64(c.Cap)/10000))
			s.Noise = rounded(float64(c.Weight) * float64(min(i.Noise, 10000)) / 10000)
			s.Said = fmt.Sprintf("%s，完成 %s%%，%s × min(%s%%, %s%%) = %s", figures, hundredths(i.Ratio), hundredths(c.Weight), hundredths(i.Ratio), hundredths(c.Cap), hundredths(s.Points))
		case ByRank:
			rank := 1
			for _, o := range in {
				if o.Known && o.Ratio > i.Ratio {
					rank++
				}
			}
			s.Points = rounded(float64(c.Weight) * float64(n-rank+1) / float64(n))
			s.Said = fmt.Sprintf("%s，完成 %s%%，%d 个地区中第 %d，%s × (%d − %d + 1) ÷ %d = %s", figures, hundredths(i.Ratio), n, rank, hundredths(c.Weight), n, rank, n, hundredths(s.Points))
		case ByDeduction:
			s.Points = max(0, c.Weight-c.EachOne*i.Actual)
			s.Said = fmt.Sprintf("%d 次，%s − %s × %d = %s（不低于 0）", i.Actual, hundredths(c.Weight), hundredths(c.EachOne), i.Actual, hundredths(s.Points))
		case ByBonus:
			s.Most, s.Points = 0, min(c.Weight, c.EachOne*i.Actual)
			s.Said = fmt.Sprintf("%d 项，加 %s × %d = %s（不超过 %s）", i.Actual, hundredths(c.EachOne), i.Actual, hundredths(s.Points), hundredths(c.Weight))
		}
		if i.Words != "" {
			s.Said += "；" + i.Words
		}
		out[k] = s
	}
	return out
}

// Total is an area's result.
type Total struct {
	Area          string
	Scored        int64 // points of scored lines without bonuses, hundredths
	Most          int64 // that could be had in them
	Bonus, Adjust int64 // bonuses; what appeals added
	Points        int64 // Scored ÷ Most × 100 + Bonus + Adjust
	Noise         int64
	Rank          int
	Tie           bool // nearer to another area than the data can tell
}

// totals adds up lines and appeals and ranks the areas: an area's rank is one more than the number of areas that are better by more
// than both uncertainties together.
func totals(areas []string, list []Criterion, lines []Score, appeals []Appeal) []Total {
	bonus := map[int64]bool{}
	for _, c := range list {
		bonus[c.No] = c.Rule == ByBonus
	}
	out := make([]Total, len(areas))
	for k, a := range areas {
		t := Total{Area: a}
		var square float64
		for _, s := range lines {
			if s.Area != a {
				continue
			}
			if bonus[s.No] {
				t.Bonus += s.Points
				continue
			}
			t.Scored, t.Most, square = t.Scored+s.Points, t.Most+s.Most, square+float64(s.Noise)*float64(s.Noise)
		}
		for _, p := range appeals {
			if p.Area == a && p.State == Upheld {
				t.Adjust += p.Points
			}
		}
		if t.Most > 0 {
			scale := Full / float64(t.Most)
			t.Points, t.Noise = rounded(float64(t.Scored)*scale), rounded(math.Sqrt(square)*scale)
		}
		t.Points += t.Bonus + t.Adjust
		out[k] = t
	}
	slices.SortStableFunc(out, func(a, b Total) int { return int(b.Points - a.Points) })
	for i := range out {
		out[i].Rank = 1
		for k := range out {
			gap := float64(out[k].Points - out[i].Points)
			switch apart := math.Hypot(float64(out[k].Noise), float64(out[i].Noise)); {
			case k == i:
			case gap == 0 || math.Abs(gap) < apart:
				out[i].Tie = true
			case gap > 0:
				out[i].Rank++
			}
		}
	}
	return out
}

// fingerprint is the SM3 hash of everything that a result is computed from.
func fingerprint(s *Scheme, list []Criterion, in map[int64][]Input) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d %s\n", s.Area, s.Year, s.Cutoff)
	for _, c := range list {
		fmt.Fprintf(&b, "%d %s %s %s %d %d %d\n", c.No, c.Name, c.Rule, c.Input, c.Weight, c.Cap, c.EachOne)
		for _, i := range in[c.No] {
			fmt.Fprintf(&b, "  %s %d %d %d %t %d\n", i.Area, i.Actual, i.Wanted, i.Ratio, i.Known, i.Noise)
		}
	}
	sum := sm3.Sum([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

func rounded(v float64) int64 { return int64(math.Round(v)) }

// hundredths writes 1050 as 10.5.
func hundredths(n int64) string { return indicator.Figure(n, "%") }
