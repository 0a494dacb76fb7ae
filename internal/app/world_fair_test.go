package app

import (
	"context"
	"strconv"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/fair"
)

// fairThings lets the banner's officer plan two fairs and publish one, for which the seeker registers, and returns their names in doors.
func fairThings(t *testing.T, a *App, mine int64) []string {
	t.Helper()
	ctx := context.Background()
	who := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	var ids []int64
	for _, key := range []string{"scope-test-fair-1", "scope-test-fair-2"} {
		id, err := a.Fair.Plan(ctx, who, fair.Fair{Area: demoBanner, Kind: fair.Weekly, Title: "测试", Place: "测试", Organisers: "测试", Day: db.On(a.Clock.Today().AddDate(0, 0, 9)), From: 540, To: 720, Booths: 5}, key)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := a.Fair.Publish(ctx, who, ids[0], 1, "scope-test-fair-3"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Fair.Come(ctx, web.User{ID: 1, Role: account.Seeker, PersonID: mine}, ids[0], "scope-test-fair-4"); err != nil {
		t.Fatal(err)
	}
	return []string{"{fair}", strconv.FormatInt(ids[0], 10), "{fairplan}", strconv.FormatInt(ids[1], 10)}
}
