package app

import (
	"context"
	"strconv"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/gig"
)

// gigThings lets the banner's officer register a market, the employer post a job and a need, and another enterprise propose to lend,
// and returns their names in doors.
func gigThings(t *testing.T, a *App, unit int64) []string {
	t.Helper()
	ctx := context.Background()
	must := func(id int64, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return strconv.FormatInt(id, 10)
	}
	officer := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	own := web.User{ID: 1, Name: "测试", Role: account.Employer, Area: demoBanner, EmployerID: unit}
	other := own
	other.EmployerID = value[int64](t, a, `SELECT employer_id FROM employer WHERE employer_id NOT IN (SELECT employer_id FROM account) ORDER BY employer_id`)
	day := db.On(a.Clock.Today().AddDate(0, 0, 3))
	market := must(a.Gig.AddMarket(ctx, officer, gig.Market{Name: "测试市场", Kind: "gig", Area: demoBanner, Address: "测试", Hours: "测试", Officer: "测试"}, "scope-test-gig-1"))
	job := must(a.Gig.Publish(ctx, own, gig.Job{Area: demoBanner, Address: "测试", Kind: "carry", Title: "测试", From: day, Until: day, Start: 480, End: 960, Places: 1, Price: 30_000, Unit: gig.PerDay, Pay: gig.PayDaily}, gig.Household{}, "scope-test-gig-2"))
	post, err := a.Gig.Announce(ctx, own, gig.Post{Side: gig.Need, Occupation: "测试", People: 1, From: day, Until: day, Area: demoBanner, Pay: 300_000}, "scope-test-gig-3")
	share := must(a.Gig.Propose(ctx, other, post, gig.Share{Occupation: "测试", People: 1, From: day, Until: day, Area: demoBanner, Place: "测试", Pay: 300_000, Payer: "lender", Insurer: "lender", Terms: "测试"}, "scope-test-gig-4"))
	return []string{"{gigmarket}", market, "{gigjob}", job, "{gigpost}", must(post, err), "{gigshare}", share}
}
