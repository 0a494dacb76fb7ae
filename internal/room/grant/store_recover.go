package grant

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const recoveryColumns = `owner_id, recovery_id, grant_id, fund_id, area, state, amount, received, parts, since, by_id, why`

func (v *Recovery) fields() []any {
	return []any{&v.OwnerID, &v.ID, &v.GrantID, &v.FundID, &v.Area, &v.State, &v.Fen, &v.Received, &v.Parts, &v.Since, &v.ByID, &v.why}
}

func (s store) insertRecovery(ctx context.Context, tx *db.Tx, v *Recovery) error {
	_, err := tx.Exec(ctx, `INSERT INTO grant_recovery (`+recoveryColumns+`) VALUES (`+db.In(1, 12)+`)`, v.OwnerID, v.ID, v.GrantID, v.FundID, v.Area, v.State, v.Fen, v.Received, v.Parts, v.Since, v.ByID, v.why)
	return err
}

func (s store) recovery(ctx context.Context, q db.Querier, owner, id int64) (Recovery, error) {
	v, found, err := db.One(ctx, q, (*Recovery).fields, `SELECT `+recoveryColumns+` FROM grant_recovery WHERE owner_id = $1 AND recovery_id = $2 ORDER BY recovery_id`, owner, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这笔追回")
	}
	return v, err
}

func (s store) recoveriesOf(ctx context.Context, a *Application) ([]Recovery, error) {
	return db.All(ctx, s.db, (*Recovery).fields, `SELECT `+recoveryColumns+` FROM grant_recovery WHERE owner_id = $1 AND grant_id = $2 ORDER BY recovery_id`, a.OwnerID, a.ID)
}

// reclaimed is how much of a grant is being taken back already, or has been.
func (s store) reclaimed(ctx context.Context, q db.Querier, a *Application) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM grant_recovery WHERE owner_id = $1 AND grant_id = $2 AND state <> 'refused'`, a.OwnerID, a.ID)
}

func (s store) saveRecovery(ctx context.Context, tx *db.Tx, v *Recovery) error {
	_, err := tx.Exec(ctx, `UPDATE grant_recovery SET state = $1, since = $2 WHERE owner_id = $3 AND recovery_id = $4`, v.State, v.Since, v.OwnerID, v.ID)
	return err
}

// receive writes what has come back, unless somebody else wrote meanwhile.
func (s store) receive(ctx context.Context, tx *db.Tx, v *Recovery, was int64) error {
	n, err := tx.Exec(ctx, `UPDATE grant_recovery SET state = $1, received = $2 WHERE owner_id = $3 AND recovery_id = $4 AND received = $5`, v.State, v.Received, v.OwnerID, v.ID, was)
	if err == nil && n == 0 {
		err = stale()
	}
	return err
}

func (s store) insertInstalments(ctx context.Context, tx *db.Tx, v *Recovery, list []Instalment) error {
	rows := make([][]any, len(list))
	for i, p := range list {
		rows[i] = []any{v.OwnerID, v.ID, p.Part, p.DueOn, p.Fen, p.Received, p.ReceivedOn}
	}
	return tx.Copy(ctx, "grant_instalment", []string{"owner_id", "recovery_id", "part", "due_on", "amount", "received", "received_on"}, rows)
}

func (s store) instalments(ctx context.Context, q db.Querier, owner, id int64) ([]Instalment, error) {
	return db.All(ctx, q, func(p *Instalment) []any { return []any{&p.Part, &p.DueOn, &p.Fen, &p.Received, &p.ReceivedOn} },
		`SELECT part, due_on, amount, received, received_on FROM grant_instalment WHERE owner_id = $1 AND recovery_id = $2 ORDER BY part`, owner, id)
}

func (s store) saveInstalment(ctx context.Context, tx *db.Tx, v *Recovery, p *Instalment) error {
	_, err := tx.Exec(ctx, `UPDATE grant_instalment SET received = $1, received_on = $2 WHERE owner_id = $3 AND recovery_id = $4 AND part = $5`, p.Received, p.ReceivedOn, v.OwnerID, v.ID, p.Part)
	return err
}

// requestOf is the latest request of a kind about an application.
func (s store) requestOf(ctx context.Context, kind string, a *Application) (int64, error) {
	return db.Value[int64](ctx, s.db, `SELECT request_id FROM approval_request WHERE kind = $1 AND object = 'grant' AND object_id = $2 ORDER BY request_id DESC LIMIT 1`, kind, a.ID)
}
