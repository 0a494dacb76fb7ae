package market

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/person"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, person.Schema, employer.Schema, approval.Schema, assignment.Schema, evidence.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	mergen = web.User{ID: 15, Name: "莫日根", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	shop   = web.User{ID: 20, Name: "便民超市", Role: account.Employer, RoleName: "用人单位", EmployerID: 6, Area: "152921"}
	guest  = web.User{}
)

// board stands for the room jobs.
type board map[int64]bool

func (b board) TakeOff(_ context.Context, _ *db.Tx, id int64, _, _ string) error {
	b[id] = true
	return nil
}

func (b board) PutBack(_ context.Context, _ *db.Tx, id int64) error { delete(b, id); return nil }

type world struct {
	*Room
	t     testing.TB
	clock *clock.Fake
	board board
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24")
	ids, log := id.NewMaker(1, c), audit.New(d, c, "test")
	w := &world{t: t, clock: c, board: board{}}
	w.Room, err = New(Deps{DB: d, Employers: &employer.Store{DB: d, Clock: c}, Sealer: sealer, Clock: c, IDs: ids, Audit: log, Adverts: w.board,
		Approvals:   approval.New(approval.Deps{DB: d, Sealer: sealer, Clock: c, IDs: ids, Audit: log}),
		Assignments: assignment.New(assignment.Deps{DB: d, Sealer: sealer, Clock: c, IDs: ids, Audit: log}),
		Evidence:    &evidence.Store{DB: d, Sealer: sealer, Clock: c, IDs: ids}})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Tx(ctx, func(tx *db.Tx) error {
		if err := w.Employers.Save(ctx, tx, []employer.Employer{{ID: 6, CreditCode: identity.MakeCreditCode('9', '1', "152921", 6), Name: "巴彦浩特便民超市", Kind: employer.Enterprise, Industry: "F52", Area: "152921"}}); err != nil {
			return err
		}
		return w.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{{EmployerID: 6, ID: 9, Title: "店员", Occupation: "营业员", Openings: 2, PayLow: 300_000, PayHigh: 400_000, Area: "152921110", Posted: on(2025, 9, 1), Closes: on(2025, 12, 1), State: employer.Open}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

var keys int

func key() string { keys++; return fmt.Sprintf("market-test-%08d", keys) }

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) refused(err error, kind fault.Kind, what string) {
	w.t.Helper()
	if !fault.Is(err, kind) {
		w.t.Errorf("%s: got %v, want %s", what, err, kind)
	}
}

func (w *world) of(code string) Complaint {
	w.t.Helper()
	c, err := w.complaint(ctx, w.DB, "code", code)
	w.ok(err)
	return c
}

// agency puts a licensed agency on the register.
func (w *world) agency(n int) int64 {
	w.t.Helper()
	id, err := w.AddAgency(ctx, suriya, Agency{Name: fmt.Sprintf("众合劳务%d", n), CreditCode: identity.MakeCreditCode('9', '1', "152921", 100+n), Area: "152921", Licence: "人服证字1号", From: on(2023, 1, 1), Until: on(2026, 12, 31), Services: "introduce dispatch"}, key())
	w.ok(err)
	return id
}

func (w *world) rating(id int64) Rating {
	w.t.Helper()
	a, err := agencyByID(ctx, w.DB, id)
	w.ok(err)
	list, err := w.rate(ctx, []Agency{a})
	w.ok(err)
	return list[0].Rating
}

// site is the room's pages in the hands of whoever is named by who.
func (w *world) site(who *web.User) string {
	w.t.Helper()
	s, err := web.New(web.Config{Rooms: []web.Room{w.Web(), w.Approvals.Web(), w.Assignments.Web()}, Clock: w.clock, Log: slog.New(slog.DiscardHandler),
		Identify: func(*http.Request) (web.User, error) { return *who, nil }})
	w.ok(err)
	server := httptest.NewServer(s)
	w.t.Cleanup(server.Close)
	return server.URL
}
