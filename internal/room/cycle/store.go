package cycle

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/indicator"
)

// Schema is the room's tables.
var Schema = db.Schema{Room: "cycle", FS: schemaFiles}

const roundColumns = `round_id, area, kind, period, due, second, asked, state, by_name, at, version, again`

// roundRow is a round as the database has it.
type roundRow struct {
	Round
	period, second, again int64
}

func (r *roundRow) fields() []any {
	return []any{&r.ID, &r.Area, &r.Kind, &r.period, &r.Due, &r.second, &r.Asked, &r.State, &r.By, &r.At, &r.Version, &r.again}
}

func (r *roundRow) round() Round {
	r.Period, r.Second, r.Last = indicator.Period(r.period), r.second == 1, r.again == 0
	return r.Round
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func addRound(ctx context.Context, tx *db.Tx, r *Round) error {
	_, err := tx.Exec(ctx, `INSERT INTO cycle_round (`+roundColumns+`) VALUES (`+db.In(1, 12)+`)`, r.ID, r.Area, string(r.Kind), int64(r.Period), r.Due, bit(r.Second), r.Asked, r.State, r.By, r.At, r.Version, bit(!r.Last))
	return err
}

func roundByID(ctx context.Context, q db.Querier, id int64) (Round, error) {
	r, found, err := db.One(ctx, q, (*roundRow).fields, `SELECT `+roundColumns+` FROM cycle_round WHERE round_id = $1 ORDER BY round_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这一轮调度")
	}
	return r.round(), err
}

// roundOf is an area's round of a kind and period; ID 0: there is none.
func roundOf(ctx context.Context, q db.Querier, area string, k Kind, p indicator.Period) (Round, error) {
	r, _, err := db.One(ctx, q, (*roundRow).fields, `SELECT `+roundColumns+` FROM cycle_round WHERE area = $1 AND kind = $2 AND period = $3 ORDER BY round_id`, area, string(k), int64(p))
	return r.round(), err
}

func roundsWhere(ctx context.Context, q db.Querier, where string, args ...any) (list []Round, err error) {
	err = db.Each(ctx, q, (*roundRow).fields, func(r *roundRow) error { list = append(list, r.round()); return nil }, `SELECT `+roundColumns+` FROM cycle_round WHERE `+where, args...)
	return list, err
}

// rounds are those that an area opened, the newest first.
func (r *Room) rounds(ctx context.Context, area string, below int64, limit int) ([]Round, error) {
	return roundsWhere(ctx, r.DB, `area = $1 AND round_id < $2 ORDER BY round_id DESC LIMIT $3`, area, below, limit)
}

// openRounds are all that still run.
func (r *Room) openRounds(ctx context.Context) ([]Round, error) {
	return roundsWhere(ctx, r.DB, `state = 'open' ORDER BY round_id`)
}

// lastRounds are, of every area below one (and itself) and kind, the latest round.
func (r *Room) lastRounds(ctx context.Context, area string) ([]Round, error) {
	low, high := db.Under(area)
	return roundsWhere(ctx, r.DB, `area >= $1 AND area < $2 AND period = (SELECT max(o.period) FROM cycle_round o WHERE o.area = cycle_round.area AND o.kind = cycle_round.kind) ORDER BY period DESC, area, kind`, low, high)
}

// changeRound counts a change of a round. Faults: Conflict when somebody else was faster.
func changeRound(ctx context.Context, tx *db.Tx, r *Round, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE cycle_round SET state = $2, due = $3, again = $5, version = version + 1 WHERE round_id = $1 AND version = $4`, r.ID, r.State, r.Due, version, bit(!r.Last))
	return moved(n, err)
}

// moved is the fault for a row that somebody else has changed.
func moved(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "刚刚有人改过，请看过现在的样子再办")
	}
	return err
}

const formColumns = `round_id, area, state, due, said, by_id, by_name, second_name, handed_in, reason, version`

type formRow struct {
	Form
	said, reason []byte
}

func (f *formRow) fields() []any {
	return []any{&f.RoundID, &f.Area, &f.State, &f.Due, &f.said, &f.ByID, &f.By, &f.Second, &f.In, &f.reason, &f.Version}
}

// opened is a form with what was sealed.
func (r *Room) opened(f *formRow) (Form, error) {
	text, err := r.Sealer.Open(f.said)
	if err != nil {
		return f.Form, err
	}
	if err := json.Unmarshal([]byte(text), &f.Said); err != nil {
		return f.Form, err
	}
	f.Reason, err = r.Sealer.Open(f.reason)
	return f.Form, err
}

func (r *Room) sealed(s Said) ([]byte, error) {
	text, err := json.Marshal(s)
	return r.Sealer.Seal(string(text)), err
}

func (r *Room) addForms(ctx context.Context, tx *db.Tx, list []Form) error {
	rows := make([][]any, len(list))
	for i, f := range list {
		said, err := r.sealed(f.Said)
		if err != nil {
			return err
		}
		rows[i] = []any{f.RoundID, f.Area, f.State, f.Due, said, f.ByID, f.By, f.Second, f.In, r.Sealer.Seal(""), f.Version}
	}
	return tx.InsertNew(ctx, "cycle_form", []string{"round_id", "area", "state", "due", "said", "by_id", "by_name", "second_name", "handed_in", "reason", "version"}, []string{"round_id", "area"}, rows)
}

// saveForm writes a form that has the version it was read with.
func (r *Room) saveForm(ctx context.Context, tx *db.Tx, f *Form, version int64) error {
	said, err := r.sealed(f.Said)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE cycle_form SET state = $3, due = $4, said = $5, by_id = $6, by_name = $7, second_name = $8, handed_in = $9, reason = $10, version = version + 1
		WHERE round_id = $1 AND area = $2 AND version = $11`, f.RoundID, f.Area, f.State, f.Due, said, f.ByID, f.By, f.Second, f.In, r.Sealer.Seal(f.Reason), version)
	return moved(n, err)
}

// claim counts a change of a form that has not come, so that it cannot be handed in at the same moment unseen; still is false when it has come.
func claim(ctx context.Context, tx *db.Tx, f *Form) (still bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE cycle_form SET version = version + 1 WHERE round_id = $1 AND area = $2 AND version = $3 AND state NOT IN ('submitted', 'accepted')`, f.RoundID, f.Area, f.Version)
	return n == 1, err
}

func (r *Room) formsWhere(ctx context.Context, q db.Querier, where string, args ...any) (list []Form, err error) {
	err = db.Each(ctx, q, (*formRow).fields, func(f *formRow) error {
		one, err := r.opened(f)
		list = append(list, one)
		return err
	}, `SELECT `+formColumns+` FROM cycle_form WHERE `+where, args...)
	return list, err
}

// forms are a round's, by area.
func (r *Room) forms(ctx context.Context, q db.Querier, round int64) ([]Form, error) {
	return r.formsWhere(ctx, q, `round_id = $1 ORDER BY area`, round)
}

func (r *Room) form(ctx context.Context, q db.Querier, round int64, area string) (Form, error) {
	list, err := r.formsWhere(ctx, q, `round_id = $1 AND area = $2 ORDER BY area`, round, area)
	if err == nil && len(list) == 0 {
		return Form{}, fault.New(fault.NotFound, "这一轮调度没有要这个地区填报")
	}
	if err != nil {
		return Form{}, err
	}
	return list[0], nil
}

// headsWhere are forms without what stands in them, which stays sealed.
func headsWhere(ctx context.Context, q db.Querier, where string, args ...any) ([]Form, error) {
	return db.All(ctx, q, func(f *Form) []any {
		return []any{&f.RoundID, &f.Area, &f.State, &f.Due, &f.ByID, &f.By, &f.Second, &f.In, &f.Version}
	}, `SELECT round_id, area, state, due, by_id, by_name, second_name, handed_in, version FROM cycle_form WHERE `+where, args...)
}

// owed are an area's forms, the newest first, without what stands in them.
func owed(ctx context.Context, q db.Querier, area string, limit int) ([]Form, error) {
	return headsWhere(ctx, q, `area = $1 ORDER BY round_id DESC LIMIT $2`, area, limit)
}

// headsOf are the forms of rounds by round, without what stands in them.
func headsOf(ctx context.Context, q db.Querier, rounds []Round) (map[int64][]Form, error) {
	out := map[int64][]Form{}
	if len(rounds) == 0 {
		return out, nil
	}
	args := make([]any, len(rounds))
	for i := range rounds {
		args[i] = rounds[i].ID
	}
	list, err := headsWhere(ctx, q, `round_id IN (`+db.In(1, len(args))+`) ORDER BY round_id, area`, args...)
	for _, f := range list {
		out[f.RoundID] = append(out[f.RoundID], f)
	}
	return out, err
}

// roundsOf are the rounds of forms, by id.
func roundsOf(ctx context.Context, q db.Querier, forms []Form) (map[int64]Round, error) {
	out := map[int64]Round{}
	if len(forms) == 0 {
		return out, nil
	}
	args := make([]any, len(forms))
	for i := range forms {
		args[i] = forms[i].RoundID
	}
	list, err := roundsWhere(ctx, q, `round_id IN (`+db.In(1, len(args))+`) ORDER BY round_id`, args...)
	for _, o := range list {
		out[o.ID] = o
	}
	return out, err
}

// waiting counts the forms that an area still has to hand in for rounds that run.
func (r *Room) waiting(ctx context.Context, area string) (int64, error) {
	return db.Value[int64](ctx, r.DB, `SELECT count(*) FROM cycle_form f JOIN cycle_round o ON o.round_id = f.round_id WHERE f.area = $1 AND f.state IN ('waiting', 'draft', 'signing', 'returned') AND o.state = 'open'`, area)
}

func (r *Room) addStep(ctx context.Context, tx *db.Tx, f *Form, what, text, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO cycle_step (round_id, area, step_id, what, said, by_name, at) VALUES (`+db.In(1, 7)+`)`, f.RoundID, f.Area, r.IDs.Next(), what, r.Sealer.Seal(text), by, r.Clock.Now().UnixMilli())
	return err
}

// steps are what was done about a form, the newest first.
func (r *Room) steps(ctx context.Context, q db.Querier, round int64, area string) (list []Step, err error) {
	type row struct {
		Step
		said []byte
	}
	err = db.Each(ctx, q, func(s *row) []any { return []any{&s.What, &s.said, &s.By, &s.At} }, func(s *row) (err error) {
		s.Text, err = r.Sealer.Open(s.said)
		list = append(list, s.Step)
		return err
	}, `SELECT what, said, by_name, at FROM cycle_step WHERE round_id = $1 AND area = $2 ORDER BY step_id DESC`, round, area)
	return list, err
}

// stepped says which of a round's areas have had a step of a kind since their form was last returned: then everything begins anew.
func stepped(ctx context.Context, q db.Querier, round int64, what string) (map[string]bool, error) {
	list, err := db.All(ctx, q, func(s *string) []any { return []any{s} }, `SELECT DISTINCT s.area FROM cycle_step s WHERE s.round_id = $1 AND s.what = $2
		AND NOT EXISTS (SELECT 1 FROM cycle_step b WHERE b.round_id = s.round_id AND b.area = s.area AND b.what = 'returned' AND b.step_id > s.step_id) ORDER BY s.area`, round, what)
	out := map[string]bool{}
	for _, a := range list {
		out[a] = true
	}
	return out, err
}
