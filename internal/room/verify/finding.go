package verify

import (
	"fmt"
	"math"
	"strconv"

	"jiuye/internal/engine/honest"
	"jiuye/internal/ground/db"
)

// Kinds of signals beside those of engine honest.
const (
	Late      = "late"      // a figure changed after its year was over, up to its target
	TwoPlaces = "twoplaces" // one person at work in two banners at once
	Twice     = "twice"     // one job entered twice
	Uninsured = "uninsured" // employed by a unit, no pension insurance for three months
	Phone     = "phone"     // one telephone for many people
)

// peopleKinds are the checks of people's records.
var peopleKinds = []string{TwoPlaces, Twice, Uninsured, Phone}

// kinds are all checks, hard evidence first.
var kinds = func() (list []string) {
	for _, k := range honest.Kinds {
		list = append(list, string(k))
	}
	return append(append(list, Late), peopleKinds...)
}()

// States of a finding.
const (
	Found    = "found"    // 待发出
	Asked    = "asked"    // 待说明
	Told     = "told"     // 待结论
	Proposed = "proposed" // 成立待审批
	Closed   = "closed"   // 已有结论
	Gone     = "gone"     // 重算后不再出现
)

var states = []string{Found, Asked, Told, Proposed, Closed, Gone}

// Verdicts of a closed finding.
const (
	Upheld    = "upheld"    // 成立
	Corrected = "corrected" // 已更正
	Unfounded = "unfounded" // 不成立
)

var verdicts = []string{Unfounded, Corrected, Upheld}

// Answers of the area that is asked.
const (
	Right = "right" // the figures are as they should be
	Fixed = "fixed" // they have been corrected
	Wrong = "wrong" // they are wrong and not yet corrected
)

var answers = []string{Right, Fixed, Wrong}

// daysToTell is how many working days an area has to explain.
const daysToTell = 5

// Finding is one question about one area's figures of a year, or about its people's records as of a month.
type Finding struct {
	ID        int64
	Key       string // area, indicator and period, and what was reported: one finding for each
	Kind      string // of its first signal
	Area      string
	Indicator string // "" for people's records
	Period    int    // 2024, or 202508 for people's records
	State     string
	Verdict   string
	On        db.Date // day it was found
	Due       db.Date // last day to explain; zero before it was asked
	Mark      string  // of the figures that were looked at
	Still     bool    // the last run saw it again
	Evidence  Evidence
	Signals   []Signal
	Version   int64
}

// Open says whether something is still to be done.
func (f *Finding) Open() bool {
	return f.State == Found || f.State == Asked || f.State == Told || f.State == Proposed
}

// about is what a finding asks about: an area's year of an indicator, or an area's records of a kind.
func (f *Finding) about() string {
	if f.Indicator == "" {
		return f.Area + "/" + f.Kind
	}
	return f.Area + "/" + f.Indicator + "/" + strconv.Itoa(f.Period)
}

// PeriodText is the finding's year or month, in Chinese.
func (f *Finding) PeriodText() string {
	if f.Period < 10000 {
		return fmt.Sprintf("%d 年", f.Period)
	}
	return fmt.Sprintf("%d 年 %d 月", f.Period/100, f.Period%100)
}

// Signal is one check that was over its limit.
type Signal struct {
	Kind           string
	Value, Limit   float64 // in the check's own measure
	Seen, Expected float64 // in the indicator's kept numbers, people, or a share; NaN where there is nothing to say
	Other          string  // copy: the area copied from, sum: the part
	From           int     // copy: the year
}

// Evidence is what a finding's sheet shows: kept numbers by month. A month without a figure is nil.
type Evidence struct {
	Unit     string   `json:"unit,omitempty"`
	Reported []*int64 `json:"reported,omitempty"` // January to December
	Register []*int64 `json:"register,omitempty"` // the same counted from the register
	Other    []*int64 `json:"other,omitempty"`    // copy: what it resembles
	Before   []*int64 `json:"before,omitempty"`   // the year before
	Target   int64    `json:"target,omitempty"`
	Rounded  int64    `json:"rounded,omitempty"` // declared rounding
	AsOf     string   `json:"asof"`              // the register's last day
	People   int64    `json:"people,omitempty"`  // people's records: how many
	Of       int64    `json:"of,omitempty"`      // of how many
}

// whole is a figure as it is kept in evidence; nil where there is none.
func whole(v float64) *int64 {
	if math.IsNaN(v) {
		return nil
	}
	n := int64(math.Round(v))
	return &n
}

// may tells which acts are possible in which state.
var may = map[string][]string{
	Found: {"ask", "judge"},
	Asked: {"explain", "correct", "judge"},
	Told:  {"correct", "judge"},
}

// Step is one thing that was done about a finding.
type Step struct {
	ID   int64
	What string
	Text string
	By   string
	At   int64
}
