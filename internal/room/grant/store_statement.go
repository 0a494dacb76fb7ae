package grant

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func (s store) statements(ctx context.Context, q db.Querier, a *Application) ([]Statement, error) {
	return db.All(ctx, q, func(t *Statement) []any {
		return []any{&t.Field, &t.sealedSaid, &t.SaidOn, &t.ByID, &t.ByName, &t.Verdict, &t.sealy, &t.JudgeID, &t.JudgeName, &t.JudgedOn}
	}, `SELECT field, said, said_on, by_id, by_name, verdict, why, judge_id, judge_name, judged_on FROM grant_statement WHERE owner_id = $1 AND grant_id = $2 ORDER BY field`, a.OwnerID, a.ID)
}

// keepStatement writes a statement without verdict, instead of an earlier one of the same field.
func (s store) keepStatement(ctx context.Context, tx *db.Tx, a *Application, t *Statement) error {
	_, err := tx.Exec(ctx, `INSERT INTO grant_statement (owner_id, grant_id, field, said, said_on, by_id, by_name, verdict, why, judge_id, judge_name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, 0, '') ON CONFLICT (owner_id, grant_id, field) DO UPDATE SET said = excluded.said, said_on = excluded.said_on,
		by_id = excluded.by_id, by_name = excluded.by_name, verdict = '', why = excluded.why, judge_id = 0, judge_name = '', judged_on = NULL`,
		a.OwnerID, a.ID, t.Field, t.sealedSaid, t.SaidOn, t.ByID, t.ByName, t.sealy)
	return err
}

// judgeStatement writes the verdict on a statement. Faults: NotFound.
func (s store) judgeStatement(ctx context.Context, tx *db.Tx, a *Application, t *Statement) error {
	n, err := tx.Exec(ctx, `UPDATE grant_statement SET verdict = $1, why = $2, judge_id = $3, judge_name = $4, judged_on = $5 WHERE owner_id = $6 AND grant_id = $7 AND field = $8`,
		t.Verdict, t.sealy, t.JudgeID, t.JudgeName, t.JudgedOn, a.OwnerID, a.ID, t.Field)
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "没有这一项声明，请刷新页面")
	}
	return err
}
