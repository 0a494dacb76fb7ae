package app

import (
	"context"
	"strconv"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/grant"
)

// grantThings puts one of each thing of the room of grants into the officer's banner, and returns their names in doors.
func grantThings(t *testing.T, a *App, mine int64) []string {
	t.Helper()
	ctx := context.Background()
	who := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'qiuzhi' ORDER BY 1`), Name: "测试", Role: account.Seeker, PersonID: mine}
	made, err := a.Grant.Apply(ctx, who, grant.Asked{Policy: "R33", For: grant.Beneficiary{ID: mine}, Insist: true, Note: "测试"}, "scope-test-grant-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Grant.Attach(ctx, who, mine, made.ID, "身份证", "image/png", []byte("\x89PNG"), "scope-test-grant-2"); err != nil {
		t.Fatal(err)
	}
	file := value[int64](t, a, `SELECT file_id FROM evidence_file WHERE object = 'grant' AND object_id = $1 ORDER BY 1`, made.ID)
	err = a.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, one := range []struct {
			text string
			args []any
		}{
			{`INSERT INTO grant_fund (fund_id, area, source, year, policy_id, name, budget, available, committed, sent, paid) VALUES (77, '152921', 'region', 2025, '', '测试', 0, 0, 0, 0, 0)`, nil},
			{`INSERT INTO grant_batch (batch_id, number, fund_id, area, state, n, amount, paid_n, paid, bounced_n, bounced, request_id, made_by, made_on, digest)
				VALUES (77, '测试', 77, '152921', 'waiting', 0, 0, 0, 0, 0, 0, 1, 1, '2025-09-24', '')`, nil},
			{`INSERT INTO grant_audit (owner_id, audit_id, grant_id, area, policy_name, why, score, seed, state, task_id, drawn_by, first_by, first_view, second_by, second_view, sanction, opened_on, row_version, content)
				VALUES ($1, 77, $2, '152921', '测试', 'random', 0, 1, 'answered', 1, 1, 0, '', 0, '', '', '2025-09-24', 1, $3)`, []any{mine, made.ID, a.Sealer.Seal("{}")}},
		} {
			if _, err := tx.Exec(ctx, one.text, one.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return []string{"{grant}", strconv.FormatInt(made.ID, 10), "{grantfile}", strconv.FormatInt(file, 10)}
}
