package service

import (
	"context"
	"fmt"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, person.Schema, employer.Schema, approval.Schema, assignment.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	erdene = web.User{ID: 14, Name: "额尔敦", Role: account.Officer, RoleName: "经办", Area: "152922", AreaName: "阿拉善右旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
)

// desk stands for the intake room: it writes what a counter registers straight into the register.
type desk struct{ people *person.Store }

func (d desk) Record(ctx context.Context, tx *db.Tx, _ web.User, kind string, id int64, f map[string]string) (int64, error) {
	day := func(name string) (v db.Date) { _ = v.Scan(f[name] + ""); return v }
	until := db.Date{}
	if f["until"] != "" {
		until = day("until")
	}
	if kind == "registration" {
		return 1, d.people.SaveRegistrations(ctx, tx, []person.Registration{{PersonID: id, Since: day("since"), Until: until, Reason: f["reason"], Outcome: f["outcome"], Occupation: f["occupation"]}})
	}
	for code, zh := range kindZh {
		if zh == f["kind"] {
			return 1, d.people.SaveSpells(ctx, tx, []person.Spell{{PersonID: id, Since: day("since"), Until: until, Kind: code, Area: f["area"], Urban: f["urban"] == "是"}})
		}
	}
	return 0, fmt.Errorf("no kind %q", f["kind"])
}

type world struct {
	*Room
	*registertest.World
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := registertest.New(t, d)
	return &world{World: w, Room: New(Deps{DB: d, People: w.People, Employers: w.Employers, Sealer: w.Sealer, Clock: w.Clock, IDs: w.IDs, Audit: w.Audit, Register: desk{w.People},
		Approvals:   approval.New(approval.Deps{DB: d, Sealer: w.Sealer, Clock: w.Clock, IDs: w.IDs, Audit: w.Audit}),
		Assignments: assignment.New(assignment.Deps{DB: d, Sealer: w.Sealer, Clock: w.Clock, IDs: w.IDs, Audit: w.Audit})})}
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func numberOf(n int64) string {
	return identity.MakeIDNumber("152921", clock.Date(1985, time.March, 1).AddDate(0, 0, int(n)), int(n))
}

// lives brings the n-th person into the register: living in one area, the household registered in another.
func (w *world) lives(n int64, name, area, household string, facts person.Batch) {
	w.T.Helper()
	w.Tx(func(tx *db.Tx) error {
		if err := w.People.SaveHouseholds(ctx, tx, []person.Household{{ID: 1000 + n, Number: fmt.Sprint("H", n), Area: household}}); err != nil {
			return err
		}
		p := person.Person{ID: n, Name: name, Sex: 2 - int(n%2), Birth: clock.Date(1985, time.March, 1).AddDate(0, 0, int(n)), Ethnic: "05", Education: 70, IDNumber: numberOf(n), Phone: "13800005678",
			Area: area, HouseholdID: 1000 + n, Relation: "户主"}
		if err := w.People.SavePeople(ctx, tx, []person.Person{p}); err != nil {
			return err
		}
		_, err := w.People.SaveFacts(ctx, tx, &facts)
		return err
	})
}

func (w *world) facts(n int64) *person.Facts {
	w.T.Helper()
	f, err := w.People.Facts(ctx, n)
	if err != nil {
		w.T.Fatal(err)
	}
	return f
}

func (w *world) count(query string, args ...any) int64 {
	w.T.Helper()
	n, err := db.Value[int64](ctx, w.DB, query, args...)
	if err != nil {
		w.T.Fatal(err)
	}
	return n
}

func day(s string) db.Date {
	var d db.Date
	if err := d.Scan(s); err != nil {
		panic(err)
	}
	return d
}

var keys int

// key is a fresh idempotency key.
func key() string { keys++; return fmt.Sprintf("service-test-%08d", keys) }

// site is the room's pages in the hands of one user.
func (w *world) site(who web.User) string {
	return w.Serve(who, w.Web(), w.Approvals.Web(), w.Assignments.Web())
}
