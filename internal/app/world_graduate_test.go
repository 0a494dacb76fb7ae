package app

import (
	"context"
	"strconv"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/graduate"
	"jiuye/internal/room/relief"
)

// graduateThings lets the banner's officer plan two rounds, one of which is announced, and a work-relief project, and returns their
// names in doors.
func graduateThings(t *testing.T, a *App) []string {
	t.Helper()
	ctx := context.Background()
	who := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	day := func(n int) db.Date { return db.On(a.Clock.Today().AddDate(0, 0, n)) }
	var ids []int64
	for _, key := range []string{"scope-test-graduate-1", "scope-test-graduate-2"} {
		id, err := a.Graduate.Plan(ctx, who, graduate.Round{Area: demoBanner, Programme: "west", Year: 2025, Title: "测试", Body: "测试", Opens: day(0), Closes: day(5), Exam: day(20), Starts: day(60), Weight: 60, Days: 7}, key)
		must(err)
		ids = append(ids, id)
	}
	must(a.Graduate.AddPost(ctx, who, graduate.Post{RoundID: ids[1], Area: demoBanner, Unit: "测试", Title: "测试", Service: "teach", Years: 2, Seats: 1}, 0, "scope-test-graduate-3"))
	must(a.Graduate.Publish(ctx, who, ids[1], 1, "scope-test-graduate-4"))
	project, err := a.Relief.Add(ctx, who, relief.Project{Area: demoBanner, Owner: "测试", Title: "测试", Investment: 100_00, Pay: 30_00, People: 1, Local: 1, Starts: db.On(clock.Date(2025, time.May, 1)), Ends: day(60), PayDay: 15}, "", "scope-test-relief-1")
	must(err)
	n := func(id int64) string { return strconv.FormatInt(id, 10) }
	return []string{"{rounddraft}", n(ids[0]), "{round}", n(ids[1]), "{relief}", n(project)}
}
