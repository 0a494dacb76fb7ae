package plan

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// firstYear is the first year that is counted: a year before the plans' base, so that a season has six years to learn from.
const firstYear = 2019

// Summary is what a count did.
type Summary struct {
	AsOf       time.Time
	People     int64 // looked at
	Areas      int   // with sums
	Indicators int   // told by the register
	Counted    int64 // people's places behind event indicators
	Outlooks   int   // forecasts made
	Changed    int   // sums that differ from what was known before
}

// Compute counts every indicator anew from the register as of the data's last day, in one pass over everybody, and forecasts from the
// sums. Pages show the last finished count until the new one is written. Running it twice changes nothing.
func (r *Room) Compute(ctx context.Context, p progress.Reporter) (Summary, error) {
	sums, sum, err := r.tally(ctx, p)
	if err != nil {
		return sum, err
	}
	return r.finish(ctx, p, sums, sum)
}

// tally goes through everybody, and writes who stands behind the events.
func (r *Room) tally(ctx context.Context, p progress.Reporter) (*tallies, Summary, error) {
	period, err := r.period(ctx)
	if err != nil {
		return nil, Summary{}, err
	}
	total, err := r.People.Count(ctx, "")
	if err != nil {
		return nil, Summary{}, err
	}
	p.Step("统计规划指标", total)
	sums := newTallies(period)
	sum := Summary{AsOf: period.AsOf}
	last := int64(0)
	var lines []counted
	err = r.People.EachFacts(ctx, 0, func(batch []*person.Facts) error {
		lines = lines[:0]
		for _, f := range batch {
			lines = sums.person(f, lines)
		}
		from := last
		last = batch[len(batch)-1].ID
		sum.People += int64(len(batch))
		sum.Counted += int64(len(lines))
		p.Add(int64(len(batch)))
		return r.store.replaceCounted(ctx, from, last, lines)
	})
	if err != nil {
		return nil, sum, err
	}
	if err := r.store.dropCountedAfter(ctx, last); err != nil {
		return nil, sum, err
	}
	return sums, sum, r.store.survey(ctx, period, func(area string, month, status int, n int64) { sums.survey(area, month, status, n) })
}

// finish writes the sums and what is expected of them.
func (r *Room) finish(ctx context.Context, p progress.Reporter, sums *tallies, sum Summary) (Summary, error) {
	sums.rollUp()
	sum.Areas = len(sums.byArea)
	for _, i := range Indicators() {
		if i.FromRegister() {
			sum.Indicators++
		}
	}
	var err error
	if sum.Changed, err = r.write(ctx, sums, sum.People); err != nil {
		return sum, err
	}
	p.End()
	p.Step("预测年末和目标年", 1)
	sum.Outlooks, err = r.Foresee(ctx)
	p.End()
	return sum, err
}

// period is from 2019 to the data's last day: the setting data.asof, or today where there is none.
func (r *Room) period(ctx context.Context) (Period, error) {
	asOf := r.AsOf
	if asOf.IsZero() {
		asOf = r.Clock.Today()
	}
	text, err := db.Setting(ctx, r.DB, "data.asof")
	if err != nil {
		return Period{}, err
	}
	if set, err := time.Parse(time.DateOnly, text); err == nil {
		asOf = set
	}
	return Period{First: min(firstYear, asOf.Year()), Last: asOf.Year(), AsOf: asOf}, nil
}

// write hands the sums to the register. Where a clock was set back, as the demonstration's is in every process, the count takes
// the last one's place instead of going before it.
func (r *Room) write(ctx context.Context, t *tallies, lookedAt int64) (changed int, err error) {
	run := indicator.Run{On: r.Clock.Today(), AsOf: t.period.AsOf, At: r.Clock.Now().UnixMilli(), People: lookedAt, Stocks: t.period.stocks()}
	last, found, err := r.Indicators.Latest(ctx, time.Time{})
	if err != nil {
		return 0, err
	}
	if found && last.On.After(run.On) {
		run.On = last.On
	}
	list := t.sums()
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		changed, err = r.Indicators.Replace(ctx, tx, run, list)
		return err
	})
	return changed, err
}
