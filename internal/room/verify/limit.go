package verify

import (
	"fmt"
	"math"
	"slices"

	"jiuye/internal/engine/honest"
)

// Limit is the value above which a check makes a finding, since when and why.
type Limit struct {
	Kind    string
	Version int64 // 0: as delivered
	Value   float64
	Why     string
	By      string
	At      int64
}

// delivered are the limits before anybody changed one: those of engine honest, measured in docs/honest.md, and for people's records
// numbers of people, for uninsured a share of those employed by units.
func delivered() map[string]float64 {
	out := map[string]float64{Late: 0, TwoPlaces: 5, Twice: 2, Uninsured: .10, Phone: 5}
	for k, v := range honest.Usual {
		out[string(k)] = v
	}
	return out
}

// fixed are checks whose limit is arithmetic, not experience: verdicts do not move them.
var fixed = []string{string(honest.Sum), string(honest.Falling), Late}

// Judged is a signal whose finding has a verdict.
type Judged struct {
	Kind    string
	Value   float64
	Verdict string
}

// Record is what verdicts say of a check.
type Record struct {
	Kind                            string
	Upheld, Corrected, Unfounded, N int
	Open                            int64 // without a verdict yet
}

// Precision is the share of a check's findings that were upheld or corrected, in ten-thousandths; −1 without verdicts.
func (r Record) Precision() int64 {
	if r.N == 0 {
		return -1
	}
	return int64(math.Round(10000 * float64(r.Upheld+r.Corrected) / float64(r.N)))
}

// tell adds verdicts up by check.
func tell(list []Judged) map[string]Record {
	out := map[string]Record{}
	for _, j := range list {
		r := out[j.Kind]
		r.Kind, r.N = j.Kind, r.N+1
		switch j.Verdict {
		case Upheld:
			r.Upheld++
		case Corrected:
			r.Corrected++
		default:
			r.Unfounded++
		}
		out[j.Kind] = r
	}
	return out
}

// What a proposal asks for: so many verdicts, and the precision below which a limit is too low and above which it may be lower.
const (
	enough  = 10
	poor    = .5
	good    = .9
	lowered = .9
)

// Propose says which limit verdicts speak for. ok is false where there are too few, where they agree with the one in force, or where the
// check's limit is arithmetic. Where half the findings or more were unfounded, it is the smallest value seen above which half were not;
// where nine in ten were right, a tenth lower.
func Propose(kind string, limit float64, list []Judged) (value float64, why string, ok bool) {
	list = slices.DeleteFunc(slices.Clone(list), func(j Judged) bool { return j.Kind != kind || j.Value <= limit })
	if slices.Contains(fixed, kind) || len(list) < enough {
		return 0, "", false
	}
	slices.SortFunc(list, func(a, b Judged) int { return cmpFloat(a.Value, b.Value) })
	share := precision(list)
	switch {
	case share >= good:
		return round3(limit * lowered), fmt.Sprintf("已有结论 %d 件，其中 %.0f%% 成立或已更正，可以降低一成，多发现一些", len(list), 100*share), true
	case share >= poor:
		return 0, "", false
	}
	for i := range list {
		if rest := list[i+1:]; len(rest) == 0 || precision(rest) >= poor && (i+1 == len(list) || list[i+1].Value > list[i].Value) {
			return math.Ceil(list[i].Value*1000) / 1000, fmt.Sprintf("已有结论 %d 件，只有 %.0f%% 成立或已更正；提高到此值，不成立的 %d 件不再提出", len(list), 100*share, unfounded(list[:i+1])), true
		}
	}
	return 0, "", false
}

func precision(list []Judged) float64 { return 1 - float64(unfounded(list))/float64(len(list)) }

func unfounded(list []Judged) (n int) {
	for _, j := range list {
		if j.Verdict == Unfounded {
			n++
		}
	}
	return n
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func round3(v float64) float64 { return math.Round(v*1000) / 1000 }
