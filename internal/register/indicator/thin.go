package indicator

import (
	"context"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
)

// fullMonths is how many months back every change of every sum is kept.
const fullMonths = 24

// thinnedTo is the setting that says up to which day the past has been thinned.
const thinnedTo = "indicator.thinned"

// Thin forgets, of what was superseded more than 24 months ago, what a running period stood at between month-ends. There stay the first
// value, those that stood on a month's last day, and all that were superseded after their period had ended: what a correction took the
// place of. The value before one that is forgotten stands until the next that is kept, so any past day can still be asked. It does its
// work once a month, area by area, each in a transaction of its own, and says how many values are forgotten.
func (r *Register) Thin(ctx context.Context) (forgotten int, err error) {
	today := r.Clock.Today()
	before := clock.Date(today.Year(), today.Month()-fullMonths, 1)
	done, err := db.Setting(ctx, r.DB, thinnedTo)
	if err != nil || done >= before.Format(time.DateOnly) {
		return 0, err
	}
	var walk func(code string) error
	walk = func(code string) error {
		n, err := r.thinArea(ctx, code, before)
		if forgotten += n; err != nil || area.Level(code) >= area.Township {
			return err
		}
		for _, below := range area.Children(code) {
			if err := walk(below.Code); err != nil {
				return err
			}
		}
		return nil
	}
	if err := walk("15"); err != nil {
		return forgotten, err
	}
	return forgotten, r.DB.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, thinnedTo, before.Format(time.DateOnly)) })
}

func (r *Register) thinArea(ctx context.Context, code string, before time.Time) (forgotten int, err error) {
	past, err := r.store.superseded(ctx, code, before)
	if err != nil {
		return 0, err
	}
	list := thinned(past)
	for _, l := range list {
		forgotten += l.others
	}
	if forgotten == 0 {
		return 0, nil
	}
	return forgotten, r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.thin(ctx, tx, list) })
}

// longer is a value that stands until others after it stood, which are forgotten.
type longer struct {
	Sum
	was    time.Time // until when it stood before
	others int
}

// thinned says, of values in the order of sums and days, which stand longer instead of those after them.
func thinned(past []Sum) (out []longer) {
	var last longer // kept
	next := func(s Sum) {
		if last.others > 0 {
			out = append(out, last)
		}
		last = longer{Sum: s, was: s.Until}
	}
	for _, s := range past {
		same := s.Area == last.Area && s.Indicator == last.Indicator && s.Period == last.Period && s.KnownOn.Equal(last.Until)
		if !same || s.Until.After(s.Period.End()) || MonthOf(s.KnownOn) != MonthOf(s.Until) {
			next(s)
			continue
		}
		last.Until = s.Until
		last.others++
	}
	next(Sum{})
	return out
}
