package app

import (
	"context"
	"strconv"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/outwork"
)

// outworkThings gives the banner an agreement with a scan, a broker, an open batch with a journey, a batch that its employer asks for,
// somebody away with a request, and a brand, and returns their names in doors. The person away is not of the coordinator's village.
func outworkThings(t *testing.T, a *App, mine int64) []string {
	t.Helper()
	ctx := context.Background()
	who := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	unit := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'danwei' ORDER BY 1`), Name: "测试", Role: account.Employer, EmployerID: value[int64](t, a, `SELECT employer_id FROM account WHERE login = 'danwei' ORDER BY 1`)}
	person := value[int64](t, a, `SELECT person_id FROM person WHERE area LIKE '152921%' AND area <> '`+demoVillage+`' ORDER BY person_id`)
	step := 0
	once := func() string { step++; return "scope-test-outwork-" + strconv.Itoa(step) }
	n := func(id int64, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return strconv.FormatInt(id, 10)
	}
	today := db.On(a.Clock.Today())
	later := db.On(today.AddDate(0, 3, 0))
	agreement, err := a.Outwork.AddAgreement(ctx, who, outwork.Agreement{Area: demoBanner, Kind: "other", Partner: "测试", Number: "测试", Signed: today, Until: later, Promised: 1}, once())
	agr := n(agreement, err)
	if err := a.Outwork.AddScan(ctx, who, agreement, outwork.Scan{Content: []byte("%PDF-1.4"), Type: "application/pdf"}, once()); err != nil {
		t.Fatal(err)
	}
	b := outwork.Batch{Area: demoBanner, Source: outwork.FromAgreement, AgreementID: agreement, Unit: "测试", Title: "测试", Occupation: "测试", Need: 5, PayLow: 500_000, Place: "测试", From: today, To: later, Answers: "测试"}
	batch, err := a.Outwork.AddBatch(ctx, who, b, once())
	out := n(batch, err)
	b.PlaceCode = demoBanner
	asked := n(a.Outwork.AddBatch(ctx, unit, b, once()))
	area := value[string](t, a, `SELECT area FROM outwork_batch WHERE batch_id = `+asked+` ORDER BY 1`)
	if area != demoBanner {
		t.Fatalf("the employer's banner is %s", area)
	}
	away := n(a.Outwork.GoAway(ctx, who, outwork.Away{PersonID: person, Place: "测试", Work: "测试", Since: today, Contact: "none"}, once()))
	ask := n(a.Outwork.Ask(ctx, who, outwork.Request{PersonID: person, Kind: "school", Text: "测试"}, once()))
	whose := strconv.FormatInt(person, 10) + "/"
	return []string{"{outagr}", agr, "{outfile}", strconv.FormatInt(value[int64](t, a, `SELECT file_id FROM evidence_file WHERE object = 'outwork' AND owner_id = `+agr+` ORDER BY 1`), 10),
		"{out}", out, "{outasked}", asked, "{outtrip}", n(a.Outwork.AddTrip(ctx, who, outwork.Trip{BatchID: batch, Day: later, Vehicle: "测试", Leader: "测试", Phone: "测试", Pickups: "测试"}, once())),
		"{outbroker}", n(a.Outwork.AddBroker(ctx, who, outwork.Broker{Area: demoBanner, Name: "测试", Phone: "测试"}, once())),
		"{outaway}", whose + away, "{outask}", whose + ask,
		"{outbrand}", n(a.Outwork.AddBrand(ctx, who, outwork.Brand{Area: demoBanner, Name: "测试", Trade: "测试", Skill: "测试"}, once()))}
}
