package app

import (
	"context"
	"strconv"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/service"
)

// serviceThings puts one of each thing of the service station into the officer's banner, and returns their names in doors.
func serviceThings(t *testing.T, a *App) []string {
	t.Helper()
	ctx := context.Background()
	who := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	person := value[int64](t, a, `SELECT person_id FROM person WHERE area LIKE '152921%' ORDER BY person_id`)
	day := db.On(a.Clock.Today())
	archive, err := a.Service.TakeIn(ctx, who, service.Archive{PersonID: person, Number: "TEST-1", CameOn: day}, "scope-test-archive-1")
	if err != nil {
		t.Fatal(err)
	}
	story, err := a.Service.Write(ctx, who, service.Story{Area: demoBanner, Sector: "craft", Title: "测试"}, "scope-test-story-01")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Service.Push(ctx, who, service.Unit{Code: identity.MakeCreditCode('9', '1', demoBanner, 99999), Name: "测试", Kind: "enterprise"},
		service.Demand{Area: demoBanner, Project: "测试", Occupation: "电焊工", People: 1, NeededOn: db.On(day.AddDate(0, 1, 0))}, "scope-test-demand-1"); err != nil {
		t.Fatal(err)
	}
	if err := a.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO service_receipt (person_id, receipt_id, kind, office, place_right, at, by_id, by_name, lines_seal) VALUES ($1, 1, 'employed', '152921', 'residence', 0, 1, '测试', $2)`,
			person, a.Sealer.Seal("[]"))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return []string{"{archive}", strconv.FormatInt(archive, 10), "{story}", strconv.FormatInt(story, 10), "{demand}", strconv.FormatInt(value[int64](t, a, `SELECT demand_id FROM service_demand ORDER BY 1`), 10)}
}
