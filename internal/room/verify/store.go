package verify

import (
	"context"
	"embed"
	"encoding/json"
	"math"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "verify", FS: schemaFiles}

// thousandths is how numbers of checks are kept.
func thousandths(v float64) *int64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	n := int64(math.Round(v * 1000))
	return &n
}

func fromThousandths(n *int64) float64 {
	if n == nil {
		return math.NaN()
	}
	return float64(*n) / 1000
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

const findingColumns = `finding_id, key, kind, area, indicator, period, state, verdict, found_on, due, mark, still, evidence, version`

type storedFinding struct {
	Finding
	still    int64
	evidence string
}

func (s *storedFinding) fields() []any {
	return []any{&s.ID, &s.Key, &s.Kind, &s.Area, &s.Indicator, &s.Period, &s.State, &s.Verdict, &s.On, &s.Due, &s.Mark, &s.still, &s.evidence, &s.Version}
}

func (s *storedFinding) open() (Finding, error) {
	s.Still = s.still == 1
	err := json.Unmarshal([]byte(s.evidence), &s.Evidence)
	return s.Finding, err
}

// insert puts new findings down with their signals.
func insert(ctx context.Context, tx *db.Tx, list []Finding) error {
	var rows, signals [][]any
	for i := range list {
		f := &list[i]
		evidence, err := json.Marshal(f.Evidence)
		if err != nil {
			return err
		}
		rows = append(rows, []any{f.ID, f.Key, f.Kind, f.Area, f.Indicator, f.Period, f.State, f.Verdict, f.On, f.Due, f.Mark, bit(f.Still), string(evidence), f.Version})
		signals = append(signals, signalRows(f)...)
	}
	if err := tx.Copy(ctx, "verify_finding", []string{"finding_id", "key", "kind", "area", "indicator", "period", "state", "verdict", "found_on", "due", "mark", "still", "evidence", "version"}, rows); err != nil {
		return err
	}
	return tx.Copy(ctx, "verify_signal", signalColumns, signals)
}

var signalColumns = []string{"finding_id", "ord", "kind", "value", "limit_value", "seen", "expected", "other", "from_year"}

func signalRows(f *Finding) (rows [][]any) {
	for i, s := range f.Signals {
		rows = append(rows, []any{f.ID, i, s.Kind, thousandths(s.Value), thousandths(s.Limit), thousandths(s.Seen), thousandths(s.Expected), s.Other, s.From})
	}
	return rows
}

// renew writes what the last run saw of a finding that is open, and finds one again that was gone. Where somebody acts on it meanwhile, what they did stands.
func renew(ctx context.Context, tx *db.Tx, f *Finding) error {
	evidence, err := json.Marshal(f.Evidence)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE verify_finding SET key = $2, kind = $3, period = $4, still = 1, evidence = $5, mark = $6,
		state = CASE WHEN state = 'gone' THEN 'found' ELSE state END WHERE finding_id = $1`, f.ID, f.Key, f.Kind, f.Period, string(evidence), f.Mark); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM verify_signal WHERE finding_id = $1`, f.ID); err != nil {
		return err
	}
	return tx.Copy(ctx, "verify_signal", signalColumns, signalRows(f))
}

// unseen says that the last run did not see an open finding again; one that nobody was asked about is gone.
func unseen(ctx context.Context, tx *db.Tx, id int64) error {
	_, err := tx.Exec(ctx, `UPDATE verify_finding SET still = 0, state = CASE WHEN state = 'found' THEN 'gone' ELSE state END WHERE finding_id = $1`, id)
	return err
}

// change writes where a finding stands. Faults: Conflict when somebody else was faster.
func change(ctx context.Context, tx *db.Tx, f *Finding) error {
	n, err := tx.Exec(ctx, `UPDATE verify_finding SET state = $2, verdict = $3, due = $4, version = version + 1 WHERE finding_id = $1 AND version = $5`, f.ID, f.State, f.Verdict, f.Due, f.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这件刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

// heads are all findings without evidence and signals, as the run compares with.
func heads(ctx context.Context, q db.Querier) (map[string]Finding, error) {
	out := map[string]Finding{}
	err := db.Each(ctx, q, (*storedFinding).fields, func(s *storedFinding) error {
		s.Still = s.still == 1
		out[s.Key] = s.Finding
		return nil
	}, `SELECT finding_id, key, kind, area, indicator, period, state, verdict, found_on, due, mark, still, '' AS evidence, version FROM verify_finding ORDER BY finding_id`)
	return out, err
}

func (r *Room) finding(ctx context.Context, q db.Querier, id int64) (Finding, error) {
	s, found, err := db.One(ctx, q, (*storedFinding).fields, `SELECT `+findingColumns+` FROM verify_finding WHERE finding_id = $1 ORDER BY finding_id`, id)
	if err != nil {
		return Finding{}, err
	}
	if !found {
		return Finding{}, fault.New(fault.NotFound, "没有这件核查事项")
	}
	f, err := s.open()
	if err != nil {
		return f, err
	}
	all, err := signalsOf(ctx, q, []int64{id})
	f.Signals = all[id]
	return f, err
}

type storedSignal struct {
	Signal
	id                           int64
	value, limit, seen, expected *int64
}

func (s *storedSignal) fields() []any {
	return []any{&s.id, &s.Kind, &s.value, &s.limit, &s.seen, &s.expected, &s.Other, &s.From}
}

func signalsOf(ctx context.Context, q db.Querier, ids []int64) (map[int64][]Signal, error) {
	out := map[int64][]Signal{}
	if len(ids) == 0 {
		return out, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	err := db.Each(ctx, q, (*storedSignal).fields, func(s *storedSignal) error {
		s.Value, s.Limit, s.Seen, s.Expected = fromThousandths(s.value), fromThousandths(s.limit), fromThousandths(s.seen), fromThousandths(s.expected)
		out[s.id] = append(out[s.id], s.Signal)
		return nil
	}, `SELECT finding_id, kind, value, limit_value, seen, expected, other, from_year FROM verify_signal WHERE finding_id IN (`+db.In(1, len(ids))+`) ORDER BY finding_id, ord`, args...)
	return out, err
}

// filter narrows a list of findings down; zero fields let everything through.
type filter struct {
	area, state, kind, verdict string
	below                      bool // without the area's own
}

// findings lists an area's subtree, the newest first, below an id (0: from the first).
func (r *Room) findings(ctx context.Context, f filter, below int64, limit int) ([]Finding, error) {
	low, high := db.Under(f.area)
	if f.below {
		low += "0"
	}
	if below == 0 {
		below = math.MaxInt64
	}
	list, err := db.All(ctx, r.DB, (*storedFinding).fields, `SELECT `+findingColumns+` FROM verify_finding WHERE area >= $1 AND area < $2 AND finding_id < $3 AND ($4 = '' OR state = $4) AND ($5 = '' OR verdict = $5)
		AND ($6 = '' OR finding_id IN (SELECT finding_id FROM verify_signal WHERE kind = $6)) ORDER BY finding_id DESC LIMIT $7`, low, high, below, f.state, f.verdict, f.kind, limit)
	if err != nil {
		return nil, err
	}
	var ids []int64
	out := make([]Finding, len(list))
	for i := range list {
		if out[i], err = list[i].open(); err != nil {
			return nil, err
		}
		ids = append(ids, out[i].ID)
	}
	signals, err := signalsOf(ctx, r.DB, ids)
	for i := range out {
		out[i].Signals = signals[out[i].ID]
	}
	return out, err
}

// counts are how many findings of an area's subtree stand in which state, and how many explanations are late.
func (r *Room) counts(ctx context.Context, area string, today db.Date) (map[string]int64, int64, error) {
	type row struct {
		state string
		n     int64
		late  int64
	}
	low, high := db.Under(area)
	out, late := map[string]int64{}, int64(0)
	err := db.Each(ctx, r.DB, func(w *row) []any { return []any{&w.state, &w.n, &w.late} }, func(w *row) error {
		out[w.state] = w.n
		late += w.late
		return nil
	}, `SELECT state, count(*), sum(CASE WHEN state = 'asked' AND due < $3 THEN 1 ELSE 0 END) FROM verify_finding WHERE area >= $1 AND area < $2 GROUP BY state ORDER BY state`, low, high, today)
	return out, late, err
}

// waitingFor counts questions that an area is asked, and, for its managers, those below it that are to be sent or judged: along the index by state.
func waitingFor(ctx context.Context, q db.Querier, area string, manager bool) (int64, error) {
	n, err := db.Value[int64](ctx, q, countAsked, area)
	if err != nil || !manager {
		return n, err
	}
	_, high := db.Under(area)
	below, err := db.Value[int64](ctx, q, countBelow, area, high)
	return n + below, err
}

const (
	countAsked = `SELECT count(*) FROM verify_finding WHERE area = $1 AND state = 'asked'`
	countBelow = `SELECT count(*) FROM verify_finding WHERE area > $1 AND area < $2 AND state IN ('found', 'told')`
)

// step writes down what was done.
func (r *Room) step(ctx context.Context, tx *db.Tx, id int64, what, text, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO verify_step (finding_id, step_id, what, said, by_name, at) VALUES (`+db.In(1, 6)+`)`, id, r.IDs.Next(), what, r.Sealer.Seal(text), by, r.now())
	return err
}

func (r *Room) steps(ctx context.Context, id int64) ([]Step, error) {
	type row struct {
		Step
		said []byte
	}
	rows, err := db.All(ctx, r.DB, func(w *row) []any { return []any{&w.ID, &w.What, &w.said, &w.By, &w.At} },
		`SELECT step_id, what, said, by_name, at FROM verify_step WHERE finding_id = $1 ORDER BY step_id`, id)
	out := make([]Step, len(rows))
	for i := range rows {
		if err == nil {
			rows[i].Text, err = r.Sealer.Open(rows[i].said)
		}
		out[i] = rows[i].Step
	}
	return out, err
}
