package plan

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func (s *Split) fields() []any {
	return []any{&s.ID, &s.Area, &s.Plan, &s.Indicator, &s.Year, &s.Total, &s.Rule, &s.Round, &s.State, &s.At, &s.ByName, &s.Version}
}

const splitFields = `split_id, area, plan, indicator, year, total, rule, round, state, at, by_name, version`

// split reads one decomposition with its offers.
func (s store) split(ctx context.Context, q db.Querier, id int64) (Split, bool, error) {
	v, found, err := db.One(ctx, q, (*Split).fields, `SELECT `+splitFields+` FROM plan_split WHERE split_id = $1 ORDER BY split_id`, id)
	if err != nil || !found {
		return v, found, err
	}
	v.Offers, err = db.All(ctx, q, func(o *Offer) []any {
		return []any{&o.Round, &o.Area, &o.TaskID, &o.Offered, &o.Why, &o.Answer, &o.Wanted, &o.Reason, &o.At, &o.ByName}
	}, `SELECT round, area, task_id, offered, why, answer, wanted, reason, at, by_name FROM plan_share WHERE split_id = $1 ORDER BY round, area`, id)
	return v, true, err
}

// splits reads an area's decompositions and those it was offered a share of, the newest first.
func (s store) splits(ctx context.Context, area string, limit int) ([]Split, error) {
	return db.All(ctx, s.db, (*Split).fields, `SELECT `+splitFields+` FROM plan_split WHERE area = $1
		OR split_id IN (SELECT split_id FROM plan_share WHERE area = $1) ORDER BY split_id DESC LIMIT $2`, area, limit)
}

// sharesOf reads what an area is offered in the latest round of each decomposition, by the decomposition.
func (s store) sharesOf(ctx context.Context, area string) (map[int64]Offer, error) {
	type row struct {
		id int64
		Offer
	}
	out := map[int64]Offer{}
	err := db.Each(ctx, s.db, func(w *row) []any { return []any{&w.id, &w.Offered, &w.Answer} }, func(w *row) error { out[w.id] = w.Offer; return nil },
		`SELECT o.split_id, o.offered, o.answer FROM plan_share o JOIN plan_split s ON s.split_id = o.split_id AND s.round = o.round WHERE o.area = $1 ORDER BY o.split_id`, area)
	return out, err
}

// addSplit enters a decomposition. Faults: Conflict where another one of the target is under way, begun however shortly before.
func (s store) addSplit(ctx context.Context, tx *db.Tx, v Split) error {
	err := tx.Copy(ctx, "plan_split", []string{"split_id", "area", "plan", "indicator", "year", "total", "rule", "round", "state", "at", "by_name", "version"},
		[][]any{{v.ID, v.Area, v.Plan, v.Indicator, v.Year, v.Total, v.Rule, v.Round, string(v.State), v.At, v.ByName, int64(1)}})
	if db.IsDuplicate(err) {
		err = fault.New(fault.Conflict, "这项指标的分解正在办理，请从分解列表进入")
	}
	return err
}

// addOffers enters a round.
func (s store) addOffers(ctx context.Context, tx *db.Tx, id int64, list []Offer) error {
	rows := make([][]any, len(list))
	for i, o := range list {
		rows[i] = []any{id, o.Round, o.Area, o.TaskID, o.Offered, o.Why, o.Answer, o.Wanted, o.Reason, o.At, o.ByName}
	}
	return tx.Copy(ctx, "plan_share", []string{"split_id", "round", "area", "task_id", "offered", "why", "answer", "wanted", "reason", "at", "by_name"}, rows)
}

// moveSplit sets round and state of the version that was seen.
func (s store) moveSplit(ctx context.Context, tx *db.Tx, v Split) error {
	n, err := tx.Exec(ctx, `UPDATE plan_split SET round = $1, state = $2, version = version + 1 WHERE split_id = $3 AND version = $4`, v.Round, string(v.State), v.ID, v.Version)
	if err == nil && n == 0 {
		err = stale("这项分解")
	}
	return err
}

// answer keeps what an area says to its offer, once.
func (s store) answer(ctx context.Context, tx *db.Tx, id int64, o Offer) error {
	n, err := tx.Exec(ctx, `UPDATE plan_share SET answer = $1, wanted = $2, reason = $3, at = $4, by_name = $5
		WHERE split_id = $6 AND round = $7 AND area = $8 AND answer = ''`, o.Answer, o.Wanted, o.Reason, o.At, o.ByName, id, o.Round, o.Area)
	if err == nil && n == 0 {
		err = stale("这份意见")
	}
	return err
}
