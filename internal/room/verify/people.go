package verify

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// smallest is how many people a share must rest on to be looked at.
const smallest = 20

// span is what the checks of records look at: work begun in the last year, and three months of insurance.
type span struct {
	yearAgo, begun, day db.Date
	from, to            int // months
}

func spanOf(asOf time.Time) span {
	since := asOf.AddDate(0, 0, 1-asOf.Day()).AddDate(0, -2, 0) // the first of three months
	return span{yearAgo: db.On(asOf.AddDate(-1, 0, 1)), begun: db.On(since), day: db.On(asOf), from: int(indicator.MonthOf(since)), to: int(indicator.MonthOf(asOf))}
}

// checkPeople runs the checks of records as of a day and returns the findings of banners over the limits, and how many people were seen.
// Everybody is gone through once in the order of ids, some thousands in one transaction: others write between two of them, and what is
// kept in memory does not grow with people. Telephones are gone through a second time where one may be over the limit.
func (r *Room) checkPeople(ctx context.Context, asOf time.Time, limits map[string]Limit) ([]Finding, int64, error) {
	total, err := r.People.Count(ctx, "")
	if err != nil {
		return nil, 0, err
	}
	when, employed := spanOf(asOf), map[string]int64{}
	phones := newPhones(total, int(limits[Phone].Value))
	last := int64(0)
	if err := r.eachHolder(ctx, phones, func(batch []holder) error {
		from := last
		last = batch[len(batch)-1].id
		phones.count(batch)
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return replaceHits(ctx, tx, when, from, last) }); err != nil {
			return err
		}
		return addEmployed(ctx, r.DB, employed, when, from, last)
	}); err != nil {
		return nil, 0, err
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return clearHitsAfter(ctx, tx, last) }); err != nil {
		return nil, 0, err
	}
	if err := r.sharedPhones(ctx, phones); err != nil {
		return nil, 0, err
	}
	out, err := r.crowdedBanners(ctx, asOf, limits, employed)
	var seen int64
	for _, n := range employed {
		seen += n
	}
	return out, seen, err
}

// crowdedBanners are findings of the banners where a check saw more than its limit.
func (r *Room) crowdedBanners(ctx context.Context, asOf time.Time, limits map[string]Limit, employed map[string]int64) (out []Finding, err error) {
	for _, kind := range peopleKinds {
		count, err := hitsByArea(ctx, r.DB, kind)
		if err != nil {
			return nil, err
		}
		value, limit := count, limits[kind].Value
		if kind == Phone {
			if value, err = phonesByArea(ctx, r.DB); err != nil {
				return nil, err
			}
		}
		for code, n := range count {
			s := Signal{Kind: kind, Value: float64(value[code]), Limit: limit, Seen: float64(n), Expected: 0}
			e := Evidence{AsOf: asOf.Format(time.DateOnly), People: n}
			if kind == Uninsured {
				if employed[code] < smallest {
					continue
				}
				e.Of, s.Value = employed[code], float64(n)/float64(employed[code])
				s.Expected = limit * float64(employed[code])
			}
			if s.Value > limit && area.Exists(code) {
				out = append(out, Finding{Key: fmt.Sprintf("%s/%s/%d", code, kind, indicator.MonthOf(asOf)), Kind: kind, Area: code, Period: int(indicator.MonthOf(asOf)), Signals: []Signal{s}, Evidence: e})
			}
		}
	}
	return out, nil
}
