package app

import (
	"context"
	"strconv"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/market"
)

// marketThings lets somebody complain in the banner and its officer put an agency and a contract on file, and returns their names
// in doors.
func marketThings(t *testing.T, a *App) []string {
	t.Helper()
	ctx := context.Background()
	who := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	code, err := a.Market.File(ctx, web.User{}, market.Reported{About: market.AboutEmployer, Kind: "fee", Name: "测试门市", Area: demoBanner, Text: "收押金"}, "scope-test-market-1")
	must(err)
	from, until := db.On(clock.Date(2024, time.January, 1)), db.On(clock.Date(2027, time.December, 31))
	agency, err := a.Market.AddAgency(ctx, who, market.Agency{Name: "测试机构", CreditCode: identity.MakeCreditCode('9', '1', demoBanner, 777), Area: demoBanner, Licence: "测试", From: from, Until: until, Services: "introduce"}, "scope-test-market-2")
	must(err)
	bought, err := a.Market.Buy(ctx, who, market.Purchase{AgencyID: agency, Area: demoBanner, Title: "测试", Item: "fair", Number: "测试", Amount: 100_00, From: from, Until: until}, "scope-test-market-3")
	must(err)
	must(a.Market.Promise(ctx, who, market.Deliverable{PurchaseID: bought, What: "测试", Quantity: 1, Unit: "场", Due: until, Amount: 100_00}, 0, "scope-test-market-4"))
	promised := value[int64](t, a, `SELECT deliverable_id FROM market_deliverable WHERE purchase_id = $1`, bought)
	must(a.Market.Submit(ctx, who, bought, promised, 1, "测试", &market.Proof{Content: []byte("%PDF-1.4"), Type: "application/pdf"}, 1, "scope-test-market-5"))
	n := func(id int64) string { return strconv.FormatInt(id, 10) }
	return []string{"{marketcode}", code, "{complaint}", n(value[int64](t, a, `SELECT complaint_id FROM market_complaint WHERE code = $1`, code)), "{agency}", n(agency), "{purchase}", n(bought),
		"{marketfile}", n(value[int64](t, a, `SELECT max(file_id) FROM evidence_file WHERE object = 'market'`))}
}
