package dispatch

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const actionColumns = `employer_id, action_id, month, area, kind, day, text, sent, met, result, assignment_id, by_name, version`

func (a *Action) fields() []any {
	return []any{&a.EmployerID, &a.ID, &a.Month, &a.Area, &a.Kind, &a.Day, &a.Text, &a.Sent, &a.Met, &a.Result, &a.AssignmentID, &a.By, &a.Version}
}

func addAction(ctx context.Context, tx *db.Tx, a *Action) error {
	_, err := tx.Exec(ctx, `INSERT INTO dispatch_action (`+actionColumns+`) VALUES (`+db.In(1, 13)+`)`, a.EmployerID, a.ID, a.Month, a.Area, a.Kind, a.Day, a.Text, a.Sent, a.Met, a.Result, a.AssignmentID, a.By, int64(1))
	return err
}

func setResult(ctx context.Context, tx *db.Tx, a *Action) error {
	n, err := tx.Exec(ctx, `UPDATE dispatch_action SET met = $3, result = $4, version = version + 1 WHERE employer_id = $1 AND action_id = $2 AND version = $5`, a.EmployerID, a.ID, a.Met, a.Result, a.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这项措施的结果刚刚被别人填写过，请看过现在的样子再填")
	}
	return err
}

// actionsOf lists what was done for a unit; month 0: in every month, the latest first.
func actionsOf(ctx context.Context, q db.Querier, employerID int64, month, limit int) ([]Action, error) {
	return db.All(ctx, q, (*Action).fields, `SELECT `+actionColumns+` FROM dispatch_action WHERE employer_id = $1 AND ($2 = 0 OR month = $3) ORDER BY day DESC, action_id DESC LIMIT $4`, employerID, month, month, limit)
}

func actionByID(ctx context.Context, q db.Querier, employerID, id int64) (Action, error) {
	a, found, err := db.One(ctx, q, (*Action).fields, `SELECT `+actionColumns+` FROM dispatch_action WHERE employer_id = $1 AND action_id = $2 ORDER BY action_id`, employerID, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这项措施")
	}
	return a, err
}

// actionSum is how often a kind of action was taken in a month, and whom it reached.
type actionSum struct {
	Kind         string
	N, Sent, Met int64
}

func sumActions(ctx context.Context, q db.Querier, area string, month int) ([]actionSum, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(s *actionSum) []any { return []any{&s.Kind, &s.N, &s.Sent, &s.Met} },
		`SELECT kind, count(*), sum(sent), sum(met) FROM dispatch_action WHERE area >= $1 AND area < $2 AND month = $3 GROUP BY kind ORDER BY kind`, low, high, month)
}

// actionOwner finds the unit of an action that went up.
func actionOwner(ctx context.Context, q db.Querier, id int64) (int64, error) {
	owner, found, err := db.One(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT employer_id FROM dispatch_action WHERE action_id = $1 ORDER BY employer_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这项措施")
	}
	return owner, err
}
