package verify

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
)

// limitsNow are the limits in force: those that people changed before those delivered.
func limitsNow(ctx context.Context, q db.Querier) (map[string]Limit, error) {
	out := map[string]Limit{}
	for k, v := range delivered() {
		out[k] = Limit{Kind: k, Value: v}
	}
	type row struct {
		Limit
		value int64
	}
	err := db.Each(ctx, q, func(w *row) []any { return []any{&w.Kind, &w.Version, &w.value, &w.Why, &w.By, &w.At} }, func(w *row) error {
		w.Value = float64(w.value) / 1000
		out[w.Kind] = w.Limit
		return nil
	}, `SELECT kind, version, value, why, by_name, at FROM verify_limit ORDER BY kind, version`)
	return out, err
}

func saveLimit(ctx context.Context, tx *db.Tx, l Limit) error {
	return tx.Copy(ctx, "verify_limit", []string{"kind", "version", "value", "why", "by_name", "at"}, [][]any{{l.Kind, l.Version, thousandths(l.Value), l.Why, l.By, l.At}})
}

// judged are the signals of all findings that have a verdict.
func judged(ctx context.Context, q db.Querier) ([]Judged, error) {
	var out []Judged
	type row struct {
		Judged
		value int64
	}
	err := db.Each(ctx, q, func(w *row) []any { return []any{&w.Kind, &w.value, &w.Verdict} }, func(w *row) error {
		w.Value = float64(w.value) / 1000
		out = append(out, w.Judged)
		return nil
	}, `SELECT s.kind, s.value, f.verdict FROM verify_signal s JOIN verify_finding f ON f.finding_id = s.finding_id WHERE f.state = 'closed' ORDER BY s.kind, s.value, s.finding_id`)
	return out, err
}

// openSignals counts signals of findings without a verdict.
func openSignals(ctx context.Context, q db.Querier) (map[string]int64, error) {
	type row struct {
		kind string
		n    int64
	}
	out := map[string]int64{}
	err := db.Each(ctx, q, func(w *row) []any { return []any{&w.kind, &w.n} }, func(w *row) error { out[w.kind] = w.n; return nil },
		`SELECT s.kind, count(*) FROM verify_signal s JOIN verify_finding f ON f.finding_id = s.finding_id WHERE f.state IN ('found', 'asked', 'told', 'proposed') GROUP BY s.kind ORDER BY s.kind`)
	return out, err
}

// Rounding is what a source has declared: it reports in multiples of a unit.
type Rounding struct {
	Area, Indicator string // indicator "": all
	Unit            int64
	Why, By         string
	At              int64
}

func (g *Rounding) fields() []any {
	return []any{&g.Area, &g.Indicator, &g.Unit, &g.Why, &g.By, &g.At}
}

// roundings are those in force in an area's subtree.
func roundings(ctx context.Context, q db.Querier, area string) ([]Rounding, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Rounding).fields, `SELECT area, indicator, unit, why, by_name, at FROM verify_rounding WHERE area >= $1 AND area < $2 AND unit > 0 ORDER BY area, indicator`, low, high)
}

func saveRounding(ctx context.Context, tx *db.Tx, g Rounding) error {
	columns := []string{"area", "indicator", "unit", "why", "by_name", "at"}
	return tx.Upsert(ctx, "verify_rounding", columns, columns[:2], [][]any{{g.Area, g.Indicator, g.Unit, g.Why, g.By, g.At}})
}

// Done is one finished run.
type Done struct {
	ID, At                              int64
	AsOf                                db.Date
	Series, Scores, People, Fresh, Gone int64
	Background                          []background
}

func saveRun(ctx context.Context, tx *db.Tx, d Done) error {
	background, err := json.Marshal(d.Background)
	if err != nil {
		return err
	}
	return tx.Copy(ctx, "verify_run", []string{"run_id", "at", "as_of", "series", "scores", "people", "fresh", "gone", "background"},
		[][]any{{d.ID, d.At, d.AsOf, d.Series, d.Scores, d.People, d.Fresh, d.Gone, string(background)}})
}

// lastRun is the last finished run.
func lastRun(ctx context.Context, q db.Querier) (Done, bool, error) {
	type row struct {
		Done
		background string
	}
	w, found, err := db.One(ctx, q, func(w *row) []any {
		return []any{&w.ID, &w.At, &w.AsOf, &w.Series, &w.Scores, &w.People, &w.Fresh, &w.Gone, &w.background}
	}, `SELECT run_id, at, as_of, series, scores, people, fresh, gone, background FROM verify_run ORDER BY run_id DESC LIMIT 1`)
	if err != nil || !found {
		return w.Done, found, err
	}
	return w.Done, true, json.Unmarshal([]byte(w.background), &w.Background)
}

// Macro is one value of a macro series.
type Macro struct {
	Area, Series string
	Month        int
	Value        float64
	Unit, Source string
}

type storedMacro struct {
	Macro
	value int64
}

func (m *storedMacro) fields() []any {
	return []any{&m.Area, &m.Series, &m.Month, &m.value, &m.Unit, &m.Source}
}

func opened(list []storedMacro) []Macro {
	out := make([]Macro, len(list))
	for i := range list {
		list[i].Value = float64(list[i].value) / 1000
		out[i] = list[i].Macro
	}
	return out
}

func saveMacro(ctx context.Context, tx *db.Tx, list []Macro, by string, at int64) error {
	rows := make([][]any, len(list))
	for i, m := range list {
		rows[i] = []any{m.Area, m.Series, m.Month, thousandths(m.Value), m.Unit, m.Source, by, at}
	}
	columns := []string{"area", "series", "month", "value", "unit", "source", "by_name", "at"}
	return tx.Upsert(ctx, "verify_macro", columns, columns[:3], rows)
}

// macros are all values of an area ("": of all areas), by series and month.
func macros(ctx context.Context, q db.Querier, area string) ([]Macro, error) {
	list, err := db.All(ctx, q, (*storedMacro).fields, `SELECT area, series, month, value, unit, source FROM verify_macro WHERE ($1 = '' OR area = $1) ORDER BY area, series, month`, area)
	return opened(list), err
}

// withMacros are the areas of a subtree that have macro series.
func withMacros(ctx context.Context, q db.Querier, area string) ([]string, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(s *string) []any { return []any{s} }, `SELECT DISTINCT area FROM verify_macro WHERE area >= $1 AND area < $2 ORDER BY area`, low, high)
}
