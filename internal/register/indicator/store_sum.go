package indicator

import (
	"cmp"
	"context"
	"time"

	"jiuye/internal/ground/db"
)

// forever is a day that no count comes after.
var forever = db.On(time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC))

// asOf is the day that is asked for; zero: what is known now.
func asOf(day time.Time) db.Date {
	if day.IsZero() {
		return forever
	}
	return db.On(day)
}

type sumRow struct {
	Sum
	known, until db.Date
}

func (r *sumRow) fields() []any {
	return []any{&r.Area, &r.Indicator, &r.Period, &r.Numerator, &r.Denominator, &r.known}
}

func sums(ctx context.Context, q db.Querier, query string, args ...any) ([]Sum, error) {
	var out []Sum
	err := db.Each(ctx, q, (*sumRow).fields, func(r *sumRow) error {
		r.KnownOn = r.known.Time
		out = append(out, r.Sum)
		return nil
	}, query, args...)
	return out, err
}

// known is a query for sums as of the day $1 with a condition on both tables: what is known now if it was known then, and
// otherwise what stood in its place.
func known(condition string) string {
	const columns = `SELECT area, indicator, period, numerator, denominator, known FROM `
	return columns + `indicator_sum WHERE known <= $1 AND ` + condition + ` UNION ALL ` +
		columns + `indicator_past WHERE known <= $1 AND until > $1 AND ` + condition + ` ORDER BY area, indicator, period`
}

// ofArea reads everything of an area.
func (s store) ofArea(ctx context.Context, area string, day time.Time) ([]Sum, error) {
	return sums(ctx, s.db, known(`area = $2`), asOf(day), area)
}

// ofAreas reads two indicators (one, and the number of people) of many areas from one period to another.
func (s store) ofAreas(ctx context.Context, indicator string, areas []string, from, to Period, day time.Time) ([]Sum, error) {
	if len(areas) == 0 {
		return nil, nil
	}
	args := []any{asOf(day), indicator, People, int(from), int(to)}
	for _, a := range areas {
		args = append(args, a)
	}
	return sums(ctx, s.db, known(`(indicator = $2 AND period >= $4 AND period <= $5 OR indicator = $3) AND area IN (`+db.In(6, len(areas))+`)`), args...)
}

// history reads what one sum was, the oldest first.
func (s store) history(ctx context.Context, area, indicator string, period Period) ([]Sum, error) {
	out, err := s.past(ctx, `SELECT area, indicator, period, numerator, denominator, known, until FROM indicator_past
		WHERE area = $1 AND indicator = $2 AND period = $3 ORDER BY until`, area, indicator, int(period))
	if err != nil {
		return nil, err
	}
	now, err := sums(ctx, s.db, `SELECT area, indicator, period, numerator, denominator, known FROM indicator_sum
		WHERE area = $1 AND indicator = $2 AND period = $3 ORDER BY area`, area, indicator, int(period))
	return append(out, now...), err
}

// changes reads which sums of an area, of one indicator or ("") all, were superseded after a day: what they were.
func (s store) changes(ctx context.Context, area, indicator string, since time.Time) ([]Sum, error) {
	if since.IsZero() {
		since = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return s.past(ctx, `SELECT area, indicator, period, numerator, denominator, known, until FROM indicator_past WHERE area = $1 AND until > $2
		AND (indicator = $3 OR $3 = '') ORDER BY indicator, period, until`, area, db.On(since), indicator)
}

func (s store) past(ctx context.Context, query string, args ...any) ([]Sum, error) {
	var out []Sum
	err := db.Each(ctx, s.db, func(r *sumRow) []any { return append(r.fields(), &r.until) }, func(r *sumRow) error {
		r.KnownOn, r.Until = r.known.Time, r.until.Time
		out = append(out, r.Sum)
		return nil
	}, query, args...)
	return out, err
}

// superseded reads what an area's sums were until a day, the oldest of each sum first.
func (s store) superseded(ctx context.Context, area string, until time.Time) ([]Sum, error) {
	return s.past(ctx, `SELECT area, indicator, period, numerator, denominator, known, until FROM indicator_past WHERE area = $1 AND until <= $2
		ORDER BY indicator, period, until`, area, db.On(until))
}

// thin lets values stand longer, and deletes those in whose place they stand.
func (s store) thin(ctx context.Context, tx *db.Tx, list []longer) error {
	rows := make([][]any, len(list))
	for i, l := range list {
		if _, err := tx.Exec(ctx, `DELETE FROM indicator_past WHERE area = $1 AND indicator = $2 AND period = $3 AND until >= $4 AND until <= $5`,
			l.Area, l.Indicator, int(l.Period), db.On(l.was), db.On(l.Until)); err != nil {
			return err
		}
		rows[i] = []any{l.Area, l.Indicator, int(l.Period), db.On(l.Until), l.Numerator, l.Denominator, db.On(l.KnownOn)}
	}
	return tx.Copy(ctx, "indicator_past", pastColumns, rows)
}

// looked says whether a run would have found a sum that it does not bring.
func (r *Run) looked(s *Sum) bool {
	d, ok := Find(s.Indicator)
	return !ok || s.Period.IsYear() || d.Kind == Event || s.Period >= r.Stocks
}

var (
	sumColumns  = []string{"area", "indicator", "period", "numerator", "denominator", "known"}
	pastColumns = []string{"area", "indicator", "period", "until", "numerator", "denominator", "known"}
)

func order(a, b *Sum) int {
	return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Period, b.Period))
}

// replace brings what is known to the list, which is in order: unchanged sums stay as they are, changed ones go to the past with
// the run's day, and what is no longer in the list becomes 0. What appears for a period that the run before (nil: none) had seen the
// end of was 0 then.
func (s store) replace(ctx context.Context, tx *db.Tx, before *Run, run Run, list []Sum) (changed int, err error) {
	on := db.On(run.On)
	var now, past [][]any
	put := func(v *Sum) {
		now = append(now, []any{v.Area, v.Indicator, int(v.Period), v.Numerator, v.Denominator, on})
	}
	appear := func(v *Sum) {
		put(v)
		if before != nil && before.On.Before(run.On) && !v.Period.End().After(before.AsOf) && v.Indicator != People {
			past = append(past, []any{v.Area, v.Indicator, int(v.Period), on, int64(0), int64(0), db.On(before.On)})
		}
	}
	at := 0
	err = db.Each(ctx, tx, (*sumRow).fields, func(r *sumRow) error {
		for ; at < len(list) && order(&list[at], &r.Sum) < 0; at++ {
			appear(&list[at])
		}
		v := Sum{Area: r.Area, Indicator: r.Indicator, Period: r.Period}
		if at < len(list) && order(&list[at], &r.Sum) == 0 {
			v, at = list[at], at+1
		} else if !run.looked(&r.Sum) {
			return nil
		}
		if v.Numerator == r.Numerator && v.Denominator == r.Denominator {
			return nil
		}
		if r.known.Before(run.On) {
			past = append(past, []any{r.Area, r.Indicator, int(r.Period), on, r.Numerator, r.Denominator, r.known})
		}
		put(&v)
		return nil
	}, `SELECT area, indicator, period, numerator, denominator, known FROM indicator_sum ORDER BY area, indicator, period`)
	if err != nil {
		return 0, err
	}
	for ; at < len(list); at++ {
		appear(&list[at])
	}
	if err := tx.Upsert(ctx, "indicator_past", pastColumns, pastColumns[:4], past); err != nil {
		return 0, err
	}
	if err := tx.Upsert(ctx, "indicator_sum", sumColumns, sumColumns[:3], now); err != nil {
		return 0, err
	}
	return len(now), tx.Upsert(ctx, "indicator_run", []string{"made_on", "as_of", "at", "people"}, []string{"made_on"},
		[][]any{{on, db.On(run.AsOf), run.At, run.People}})
}

type runRow struct {
	Run
	on, asOf db.Date
}

// runs reads finished counts up to a day, the latest first.
func (s store) runs(ctx context.Context, q db.Querier, day time.Time, limit int) ([]Run, error) {
	var out []Run
	err := db.Each(ctx, q, func(r *runRow) []any { return []any{&r.on, &r.asOf, &r.At, &r.People} }, func(r *runRow) error {
		r.On, r.AsOf = r.on.Time, r.asOf.Time
		out = append(out, r.Run)
		return nil
	}, `SELECT made_on, as_of, at, people FROM indicator_run WHERE made_on <= $1 ORDER BY made_on DESC LIMIT $2`, asOf(day), limit)
	return out, err
}
