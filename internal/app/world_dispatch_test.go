package app

import (
	"context"
	"strconv"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/dispatch"
)

// dispatchThings finds a project of the banner that the demonstration brought in, lets its employer put a need before agencies and
// an officer answer for one, and returns their names in doors.
func dispatchThings(t *testing.T, a *App, unit int64) []string {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	officer := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	need, err := a.Dispatch.Want(ctx, web.User{ID: 1, Name: "测试", Role: account.Employer, EmployerID: unit, Area: demoBanner},
		dispatch.Need{Service: "recruit", Occupation: "测试", People: 1, Until: db.On(clock.Date(2026, 1, 1))}, "scope-test-dispatch-1")
	must(err)
	firms, err := a.Market.Firms(ctx, demoLeague)
	must(err)
	for _, f := range firms {
		if f.Licensed && f.Listed.IsZero() {
			must(a.Dispatch.Offer(ctx, officer, dispatch.Offer{NeedID: need, AgencyID: f.ID, People: 1, Days: 1, Text: "测试"}, "scope-test-dispatch-2"))
			break
		}
	}
	n := func(id int64) string { return strconv.FormatInt(id, 10) }
	return []string{"{lead}", n(value[int64](t, a, `SELECT min(lead_id) FROM dispatch_lead WHERE area = $1`, demoBanner)), "{need}", n(need)}
}
