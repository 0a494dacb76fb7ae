package plan

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"jiuye/internal/ground/fault"
	"jiuye/internal/register/indicator"
)

// SplitRule says by what a target is divided, in percent that add up to 100.
type SplitRule struct{ Population, Base, Labour int }

// Check answers with a fault when the percentages do not make a whole.
func (r SplitRule) Check() error {
	if r.Population < 0 || r.Base < 0 || r.Labour < 0 || r.Population+r.Base+r.Labour != 100 {
		return fault.New(fault.Invalid, "三项权重应为 0 以上，合计 100，您填的合计是 %d", r.Population+r.Base+r.Labour)
	}
	return nil
}

// String writes the rule as it is kept: 50/30/20.
func (r SplitRule) String() string { return fmt.Sprintf("%d/%d/%d", r.Population, r.Base, r.Labour) }

// ruleOf reads a kept rule.
func ruleOf(text string) (r SplitRule) {
	if _, err := fmt.Sscanf(text, "%d/%d/%d", &r.Population, &r.Base, &r.Labour); err != nil {
		return SplitRule{Population: 100}
	}
	return r
}

// Basis is what is known of one lower area: what its share follows from.
type Basis struct {
	Area                     string
	Population, Base, Labour int64
}

// parts is each area's part of a whole by the rule. A basis of which nobody has
// anything is left out of the rule. It is nil where nothing can be divided by.
func parts(list []Basis, rule SplitRule) []float64 {
	out := make([]float64, len(list))
	weights := 0
	for _, w := range []struct {
		percent int
		of      func(Basis) int64
	}{{rule.Population, func(b Basis) int64 { return b.Population }}, {rule.Base, func(b Basis) int64 { return b.Base }}, {rule.Labour, func(b Basis) int64 { return b.Labour }}} {
		total := int64(0)
		for _, b := range list {
			total += max(0, w.of(b))
		}
		if total == 0 || w.percent == 0 {
			continue
		}
		weights += w.percent
		for i, b := range list {
			out[i] += float64(w.percent) * float64(max(0, w.of(b))) / float64(total)
		}
	}
	if weights == 0 {
		return nil
	}
	for i := range out {
		out[i] /= float64(weights)
	}
	return out
}

// divide gives a whole to the parts, so that they add up to it exactly: each gets what is due rounded down, and what is left over goes to the
// largest remainders (最大余数法), to the earlier one where these are equal.
func divide(total int64, part []float64) []int64 {
	out := make([]int64, len(part))
	left := total
	order := make([]int, len(part))
	rest := make([]float64, len(part))
	for i, p := range part {
		due := float64(total) * p
		out[i] = int64(math.Floor(due))
		rest[i], order[i] = due-math.Floor(due), i
		left -= out[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for n := 0; left > 0 && len(order) > 0; n++ {
		out[order[n%len(order)]]++
		left--
	}
	for n := len(order) - 1; left < 0 && len(order) > 0; n-- { // rounding of the parts themselves
		out[order[(n+len(order))%len(order)]]--
		left++
	}
	return out
}

// adds says whether the shares of a target are people or things that add up to it; levels and rates do not, they hold for every area as they are.
func adds(d Indicator, t *indicator.Target) bool {
	return t != nil && t.Comparator != indicator.InWords && (t.Cumulative || d.Kind == indicator.Event || d.Kind == indicator.Stock)
}

// SplitState says how far a decomposition is.
type SplitState string

// The states: 征求意见, 待审批, 已下达, 已作废.
const (
	Asked       SplitState = "asked"
	ForApproval SplitState = "waiting"
	Final       SplitState = "final"
	Dropped     SplitState = "dropped"
)

// Split is a target decomposed to the areas one level down.
type Split struct {
	ID         int64
	Area, Plan string
	Indicator  string
	Year       int
	Total      int64
	Rule       string
	Round      int
	State      SplitState
	At         int64
	ByName     string
	Version    int64
	Offers     []Offer // of all rounds, by round and area
}

// Offer is what one area was offered in a round, and what it said.
type Offer struct {
	Round   int
	Area    string
	TaskID  int64
	Offered int64
	Why     string
	Answer  string // "", agree, object
	Wanted  int64
	Reason  string
	At      int64
	ByName  string
}
