package grant

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
)

const lineColumns = `owner_id, grant_id, n, fact, area, year, due_on, amount, state, fund_id, batch_id, checked_on, paid_on, why`

func (l *Line) fields() []any {
	return []any{&l.OwnerID, &l.GrantID, &l.N, &l.Fact, &l.Area, &l.Year, &l.DueOn, &l.Fen, &l.State, &l.FundID, &l.BatchID, &l.CheckedOn, &l.PaidOn, &l.why}
}

func (s store) insertLines(ctx context.Context, tx *db.Tx, list []Line) error {
	rows := make([][]any, len(list))
	for i, l := range list {
		rows[i] = []any{l.OwnerID, l.GrantID, l.N, l.Fact, l.Area, l.Year, l.DueOn, l.Fen, string(l.State), l.FundID, l.BatchID, l.CheckedOn, l.PaidOn, []byte{}}
	}
	return tx.Copy(ctx, "grant_line", strings.Split(lineColumns, ", "), rows)
}

func (s store) saveLine(ctx context.Context, tx *db.Tx, l *Line) error {
	_, err := tx.Exec(ctx, `UPDATE grant_line SET state = $1, fund_id = $2, batch_id = $3, checked_on = $4, paid_on = $5, why = $6 WHERE owner_id = $7 AND grant_id = $8 AND n = $9`,
		string(l.State), l.FundID, l.BatchID, l.CheckedOn, l.PaidOn, append([]byte{}, l.why...), l.OwnerID, l.GrantID, l.N)
	return err
}

// dropLines removes what was planned for a grant that is decided again.
func (s store) dropLines(ctx context.Context, tx *db.Tx, a *Application) error {
	_, err := tx.Exec(ctx, `DELETE FROM grant_line WHERE owner_id = $1 AND grant_id = $2`, a.OwnerID, a.ID)
	return err
}

func (s store) linesOf(ctx context.Context, q db.Querier, a *Application) ([]Line, error) {
	return db.All(ctx, q, (*Line).fields, `SELECT `+lineColumns+` FROM grant_line WHERE owner_id = $1 AND grant_id = $2 ORDER BY n`, a.OwnerID, a.ID)
}

// linesIn are the lines of a batch; with all, of every grant that has one in it.
func (s store) linesIn(ctx context.Context, q db.Querier, batch int64) ([]Line, error) {
	return db.All(ctx, q, (*Line).fields, `SELECT `+lineColumns+` FROM grant_line WHERE batch_id = $1 ORDER BY owner_id, grant_id, n`, batch)
}

// unpaidBeside are the lines outside of a batch that are still to be paid, of grants that have one in it.
func (s store) unpaidBeside(ctx context.Context, q db.Querier, batch int64) ([]Line, error) {
	return db.All(ctx, q, (*Line).fields, `SELECT `+lineColumns+` FROM grant_line l WHERE l.batch_id <> $1 AND l.state IN ('planned', 'due', 'held', 'bounced') AND EXISTS
		(SELECT 1 FROM grant_line b WHERE b.owner_id = l.owner_id AND b.grant_id = l.grant_id AND b.batch_id = $2) ORDER BY l.owner_id, l.grant_id, l.n`, batch, batch)
}

// dueLines are lines that have come due and have not been looked at since, of grants that are being paid.
func (s store) dueLines(ctx context.Context, q db.Querier, today db.Date, limit int) ([]Line, error) {
	return db.All(ctx, q, (*Line).fields, `SELECT `+lineColumns+` FROM grant_line l WHERE l.state = 'planned' AND l.due_on <= $1 AND (l.checked_on IS NULL OR l.checked_on < $2) AND EXISTS
		(SELECT 1 FROM grant_application a WHERE a.owner_id = l.owner_id AND a.grant_id = l.grant_id AND a.state = 'payable') ORDER BY l.due_on, l.owner_id, l.grant_id, l.n LIMIT $3`, today, today, limit)
}

// takeLines puts what is due from a fund in an area into a batch. Nobody's lines are taken while others of the same grant are at the bank,
// nor those of people who have died.
func (s store) takeLines(ctx context.Context, tx *db.Tx, batch, fund int64, code string, today db.Date, limit int) (int64, error) {
	low, high := db.Under(code)
	return tx.Exec(ctx, `UPDATE grant_line SET batch_id = $1, state = 'batched' WHERE (owner_id, grant_id, n) IN (SELECT l.owner_id, l.grant_id, l.n FROM grant_line l
		JOIN grant_application a ON a.owner_id = l.owner_id AND a.grant_id = l.grant_id
		WHERE l.state = 'due' AND l.fund_id = $2 AND l.area >= $3 AND l.area < $4 AND a.state = 'payable'
		AND NOT EXISTS (SELECT 1 FROM person p WHERE p.person_id = l.owner_id AND p.died <= $5)
		ORDER BY l.due_on, l.owner_id, l.grant_id, l.n LIMIT $6)`, batch, fund, low, high, today, limit)
}

// turnLines sets the state of a batch's lines that stand in another one; batch 0 takes them out of it.
func (s store) turnLines(ctx context.Context, tx *db.Tx, batch int64, was, now LineState, keep bool) error {
	to := batch
	if !keep {
		to = 0
	}
	_, err := tx.Exec(ctx, `UPDATE grant_line SET state = $1, batch_id = $2 WHERE batch_id = $3 AND state = $4`, string(now), to, batch, string(was))
	return err
}

// markSent notes on the facts of a batch's lines that it takes them to the bank, and returns how many facts that are: only those that
// no batch has taken before.
func (s store) markSent(ctx context.Context, tx *db.Tx, batch int64, list []Line) (n int64, err error) {
	for part := range slices.Chunk(list, 500) {
		args := []any{batch, batch}
		for _, l := range part {
			args = append(args, l.OwnerID)
		}
		m, err := tx.Exec(ctx, `UPDATE grant_claim SET batch_id = $1 WHERE batch_id = 0 AND EXISTS (SELECT 1 FROM grant_line l WHERE l.owner_id = grant_claim.owner_id
			AND l.grant_id = grant_claim.grant_id AND l.fact = grant_claim.fact AND l.batch_id = $2) AND owner_id IN (`+db.In(3, len(part))+`)`, args...)
		if err != nil {
			return n, err
		}
		n += m
	}
	return n, nil
}

// unsend frees the fact of a line that the bank has sent back.
func (s store) unsend(ctx context.Context, tx *db.Tx, l *Line) error {
	_, err := tx.Exec(ctx, `UPDATE grant_claim SET batch_id = 0 WHERE owner_id = $1 AND grant_id = $2 AND fact = $3`, l.OwnerID, l.GrantID, l.Fact)
	return err
}

// unclaimFact gives one fact back that has not gone to the bank.
func (s store) unclaimFact(ctx context.Context, tx *db.Tx, a *Application, fact string) error {
	_, err := tx.Exec(ctx, `DELETE FROM grant_claim WHERE owner_id = $1 AND policy_id = $2 AND fact = $3 AND grant_id = $4 AND batch_id = 0`, a.OwnerID, a.PolicyID, fact, a.ID)
	return err
}

// mend lets the lines that the bank has sent back go into another batch.
func (s store) mend(ctx context.Context, tx *db.Tx, a *Application) error {
	_, err := tx.Exec(ctx, `UPDATE grant_line SET state = 'due' WHERE owner_id = $1 AND grant_id = $2 AND state = 'bounced'`, a.OwnerID, a.ID)
	return err
}

// payLine notes that the bank has paid a line, on it and on its grant.
func (s store) payLine(ctx context.Context, tx *db.Tx, l *Line) error {
	if err := s.saveLine(ctx, tx, l); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE grant_application SET paid = paid + $1, paid_on = coalesce(paid_on, $2) WHERE owner_id = $3 AND grant_id = $4`, l.Fen, l.PaidOn, l.OwnerID, l.GrantID)
	return err
}

// dueBy sets the deadline of a grant that is paid by instalments.
func (s store) dueBy(ctx context.Context, tx *db.Tx, a *Application, on db.Date) error {
	_, err := tx.Exec(ctx, `UPDATE grant_application SET deadline = $1 WHERE owner_id = $2 AND grant_id = $3`, on, a.OwnerID, a.ID)
	return err
}

// waiting adds up by fund what waits for a batch in an area's subtree.
type waiting struct{ Fund, N, Fen int64 }

func (s store) payable(ctx context.Context, area string) ([]waiting, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(w *waiting) []any { return []any{&w.Fund, &w.N, &w.Fen} }, `SELECT l.fund_id, count(*), CAST(sum(l.amount) AS BIGINT) FROM grant_line l
		JOIN grant_application a ON a.owner_id = l.owner_id AND a.grant_id = l.grant_id
		WHERE l.state = 'due' AND l.area >= $1 AND l.area < $2 AND a.state = 'payable' GROUP BY l.fund_id ORDER BY l.fund_id`, low, high)
}
