package assess

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// olderFrom is the age from which who loses a post counts as hard to place.
const olderFrom = 50

// Worker is somebody whom a unit insures: what the sums need of them.
type Worker struct {
	PersonID    int64
	HouseholdID int64
	Birth       time.Time
	Months      int // of unemployment insurance so far
}

// RiskResult is the dimension of unemployment.
type RiskResult struct {
	Lost         int64
	Workers      int64 // whom the unit insures today
	Older        int64 // of these, 50 or older
	AreaInsured  int64 // people of the area whom any unit insures
	Industry     int64 // of these, in the same division of industry
	Own          int64 // of the area's insured, those whom the unit insures
	OneEarner    int64 // households in which a worker of the unit is the only one who earns
	OfUnit       bool  // the unit is in the register, so that the figures of workers are known
	IndustryCode string
}

// sumRisk does the sums; earners is how many of a household earn.
func sumRisk(c *Case, workers []Worker, earners map[int64]int64, byEmployer map[int64]int64, industry map[int64]string, on time.Time) RiskResult {
	r := RiskResult{Lost: c.Lost, OfUnit: c.EmployerID != 0, IndustryCode: c.Industry}
	for _, w := range workers {
		r.Workers++
		if !w.Birth.AddDate(olderFrom, 0, 0).After(on) {
			r.Older++
		}
		if w.HouseholdID != 0 && earners[w.HouseholdID] <= 1 {
			r.OneEarner++
		}
	}
	r.Own = byEmployer[c.EmployerID]
	for id, n := range byEmployer {
		r.AreaInsured += n
		if c.Industry != "" && industry[id] == c.Industry {
			r.Industry += n
		}
	}
	return r
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
