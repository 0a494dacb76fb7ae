package indicator

import (
	"context"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

var reportColumns = []string{"area", "indicator", "period", "version", "value", "note", "state", "by_id", "by_name", "at", "judge", "judged_at", "reason"}

func reportRows(list []Report) [][]any {
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = []any{r.Area, r.Indicator, int(r.Period), r.Version, r.Value, r.Note, string(r.State), r.ByID, r.ByName, r.At, r.Judge, r.JudgedAt, r.Reason}
	}
	return rows
}

func (r *Report) fields() []any {
	return []any{&r.Area, &r.Indicator, &r.Period, &r.Version, &r.Value, &r.Note, &r.State, &r.ByID, &r.ByName, &r.At, &r.Judge, &r.JudgedAt, &r.Reason}
}

const reportFields = `area, indicator, period, version, value, note, state, by_id, by_name, at, judge, judged_at, reason`

// dayOf is the day that an instant falls on here.
func dayOf(ms int64) time.Time { return clock.DayOf(time.UnixMilli(ms).In(clock.Zone)) }

// endOf is the last instant of a day; of the zero day the last there is.
func endOf(day time.Time) int64 {
	if day.IsZero() {
		return 1<<63 - 1
	}
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, clock.Zone).UnixMilli() - 1
}

// reports reads every version known on a day, of areas; of each figure the newest first.
func (s store) reports(ctx context.Context, areas []string, day time.Time) ([]Report, error) {
	if len(areas) == 0 {
		return nil, nil
	}
	args := []any{endOf(day)}
	for _, a := range areas {
		args = append(args, a)
	}
	return db.All(ctx, s.db, (*Report).fields, `SELECT `+reportFields+` FROM indicator_report WHERE at <= $1 AND area IN (`+db.In(2, len(areas))+`)
		ORDER BY area, indicator, period, version DESC`, args...)
}

// versions reads one figure's versions, the newest first.
func (s store) versions(ctx context.Context, q db.Querier, area, indicator string, period Period) ([]Report, error) {
	return db.All(ctx, q, (*Report).fields, `SELECT `+reportFields+` FROM indicator_report WHERE area = $1 AND indicator = $2 AND period = $3
		ORDER BY version DESC`, area, indicator, int(period))
}

// judge signs or returns one version that waits.
func (s store) judge(ctx context.Context, tx *db.Tx, r Report) (int64, error) {
	return tx.Exec(ctx, `UPDATE indicator_report SET state = $1, judge = $2, judged_at = $3, reason = $4
		WHERE area = $5 AND indicator = $6 AND period = $7 AND version = $8 AND state = 'submitted'`,
		string(r.State), r.Judge, r.JudgedAt, r.Reason, r.Area, r.Indicator, int(r.Period), r.Version)
}

// waiting reads the newest versions that wait for a signature in an area's subtree, below the area itself.
func (s store) waiting(ctx context.Context, area string, limit int) ([]Report, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, (*Report).fields, `SELECT `+reportFields+` FROM indicator_report r WHERE area > $1 AND area < $2 AND state = 'submitted'
		AND version = (SELECT max(version) FROM indicator_report o WHERE o.area = r.area AND o.indicator = r.indicator AND o.period = r.period)
		ORDER BY area, indicator, period LIMIT $3`, low, high, limit)
}

var outlookColumns = []string{"area", "indicator", "year", "made_on", "method", "points", "reached", "mean", "low", "high", "wanted", "chance", "error"}

func (s store) replaceOutlook(ctx context.Context, tx *db.Tx, list []Outlook) error {
	if _, err := tx.Exec(ctx, `DELETE FROM indicator_outlook`); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, o := range list {
		rows[i] = []any{o.Area, o.Indicator, o.Year, db.On(o.MadeOn), o.Method, o.Points, o.Reached, o.Mean, o.Low, o.High, o.Wanted, o.Chance, o.Error}
	}
	return tx.Copy(ctx, "indicator_outlook", outlookColumns, rows)
}

// outlooks reads what is expected in areas.
func (s store) outlooks(ctx context.Context, areas []string) ([]Outlook, error) {
	if len(areas) == 0 {
		return nil, nil
	}
	args := make([]any, len(areas))
	for i, a := range areas {
		args[i] = a
	}
	type row struct {
		Outlook
		on db.Date
	}
	var out []Outlook
	err := db.Each(ctx, s.db, func(r *row) []any {
		return []any{&r.Area, &r.Indicator, &r.Year, &r.on, &r.Method, &r.Points, &r.Reached, &r.Mean, &r.Low, &r.High, &r.Wanted, &r.Chance, &r.Error}
	}, func(r *row) error {
		r.MadeOn = r.on.Time
		out = append(out, r.Outlook)
		return nil
	}, `SELECT area, indicator, year, made_on, method, points, reached, mean, low, high, wanted, chance, error FROM indicator_outlook
		WHERE area IN (`+db.In(1, len(areas))+`) ORDER BY area, indicator, year`, args...)
	return out, err
}
