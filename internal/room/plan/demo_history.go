package plan

import (
	"context"
	"hash/fnv"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// rehearsed is how many month-ends before the data's last day the demonstration has been counted at.
const rehearsed = 12

// ComputeDemo is Compute for the demonstration: before its first count it enters what would have been known at earlier month-ends, each
// counted on the tenth of the month after, when a few of the month's events had not been handed in yet. It is made up, and so are they.
func (r *Room) ComputeDemo(ctx context.Context, p progress.Reporter) (Summary, error) {
	if _, found, err := r.Indicators.Latest(ctx, time.Time{}); err != nil || found {
		if err != nil {
			return Summary{}, err
		}
		return r.Compute(ctx, p)
	}
	sums, sum, err := r.tally(ctx, p)
	if err != nil {
		return sum, err
	}
	for back := rehearsed; back > 0; back-- {
		end := sums.period.AsOf.AddDate(0, 0, 1-sums.period.AsOf.Day()).AddDate(0, 1-back, -1)
		run := indicator.Run{On: end.AddDate(0, 0, 10), AsOf: end, At: end.AddDate(0, 0, 10).UnixMilli(), People: sum.People, Stocks: sums.period.stocks()}
		list := sums.asKnown(end).sums()
		err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := r.Indicators.Replace(ctx, tx, run, list)
			return err
		})
		if err != nil {
			return sum, err
		}
	}
	if err := r.seedSplits(ctx); err != nil { // so that banners are forecast for too
		return sum, err
	}
	return r.finish(ctx, p, sums, sum)
}

// asKnown is what the sums were at a month's end, up to the few events of the last month that came late.
func (t *tallies) asKnown(end time.Time) *tallies {
	then := newTallies(Period{First: t.period.First, Last: end.Year(), AsOf: end})
	last := t.month(int(indicator.MonthOf(end)))
	for code, from := range t.byArea {
		if area.Level(code) != area.Township {
			continue
		}
		to := then.at(code)
		to.people = from.people
		for m := 0; m <= last; m++ {
			to.months[m] = from.months[m]
			for i := range to.months[m] {
				c := &to.months[m][i]
				switch of := Of(Index(i)); {
				case of.Kind == indicator.Event && Index(i) == Transfers6m && m > last-ripening:
					*c = cell{}
				case of.Kind == indicator.Event && m == last:
					c.numerator -= late(code, i, m, c.numerator)
				}
			}
			to.year(m, last, from)
		}
	}
	then.rollUp()
	return then
}

// year brings a month into its year: events and answers add up, anything else is as it stood at the year's or the data's end.
func (sum *tally) year(m, last int, from *tally) {
	for i := range sum.months[m] {
		c, y := sum.months[m][i], m/12
		switch of := Of(Index(i)); {
		case of.Kind == indicator.Event || Index(i) == SurveyedRate:
			sum.years[y][i].add(c.numerator, c.denominator)
		case m%12 == 11:
			sum.years[y][i] = from.years[y][i]
		case m == last:
			sum.years[y][i] = c
		}
	}
}

// late is how many events of its last month a township hands in after the count: about one in twenty-five.
func late(code string, i, m int, n int64) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte{byte(i), byte(m)}) // never fails
	_, _ = h.Write([]byte(code))
	return (n + int64(h.Sum32()%25)) / 25
}
