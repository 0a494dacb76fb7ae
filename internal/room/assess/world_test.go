package assess

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, person.Schema, employer.Schema, approval.Schema, assignment.Schema, Schema}

	suriya   = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold     = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief    = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	region15 = web.User{ID: 14, Name: "李处", Role: account.Manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
)

// neighbours stand for the crowd and the policy room.
type neighbours struct{}

func (neighbours) Seeking(_ context.Context, _ string, educations []int) (int64, int64, error) {
	if educations == nil {
		return 500, 0, nil
	}
	return int64(40 * len(educations)), 3, nil
}

func (neighbours) Listed(context.Context, bool) ([]PolicyLine, error) {
	return []PolicyLine{{"R01", "一次性扩岗补助", "/policy/R01"}, {"R03", "稳岗返还", "/policy/R03"}}, nil
}

func (neighbours) Finding(_ context.Context, ids []int64) (map[int64][]string, error) {
	out := map[int64][]string{}
	if slices.Contains(ids, 5) {
		out[5] = []string{"R03"}
	}
	return out, nil
}

func (neighbours) MinimumWage(context.Context, string, time.Time) (int64, string, bool) {
	return 227_000, "政策参数“最低工资”", true
}

type world struct {
	*Room
	t     testing.TB
	clock *clock.Fake
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24")
	ids, log := id.NewMaker(1, c), audit.New(d, c, "test")
	w := &world{t: t, clock: c, Room: New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}, Clock: c, IDs: ids, Audit: log, Crowd: neighbours{}, Policies: neighbours{},
		Approvals:   approval.New(approval.Deps{DB: d, Sealer: sealer, Clock: c, IDs: ids, Audit: log}),
		Assignments: assignment.New(assignment.Deps{DB: d, Sealer: sealer, Clock: c, IDs: ids, Audit: log})})}
	w.plant()
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func (w *world) tx(work func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.DB.Tx(ctx, work); err != nil {
		w.t.Fatal(err)
	}
}

// plant puts a chemical plant with four workers and a shop with one into the register. Workers 1 and 2 share a household;
// 3 lives with 6, who is out of work; 4 is alone.
func (w *world) plant() {
	w.tx(func(tx *db.Tx) error {
		return w.Employers.Save(ctx, tx, []employer.Employer{
			{ID: 5, CreditCode: identity.MakeCreditCode('9', '1', "152921", 5), Name: "阿拉善左旗恒瑞精细化工有限责任公司", Kind: employer.Enterprise, Industry: "C26", Area: "152921100001"},
			{ID: 6, CreditCode: identity.MakeCreditCode('9', '1', "152921", 6), Name: "巴彦浩特便民超市", Kind: employer.Enterprise, Industry: "F52", Area: "152921100001"}})
	})
	born := map[int64]string{1: "1970-01-01", 2: "1990-01-01", 3: "1972-05-05", 4: "1995-01-01", 5: "1988-01-01", 6: "1974-01-01"}
	home := map[int64]int64{1: 101, 2: 101, 3: 102, 4: 103, 5: 104, 6: 102}
	var b person.Batch
	for n := int64(1); n <= 4; n++ {
		b.Insurances = append(b.Insurances, person.Insurance{PersonID: n, Kind: person.Pension, EmployerID: 5, From: 201001}, person.Insurance{PersonID: n, Kind: person.Unemployment, EmployerID: 5, From: []int{201001, 201901, 202401, 202509}[n-1]})
	}
	b.Insurances = append(b.Insurances, person.Insurance{PersonID: 5, Kind: person.Pension, EmployerID: 6, From: 202001})
	b.Registrations = []person.Registration{{PersonID: 6, Since: db.On(date("2025-01-01")), Occupation: "化工单元操作工"}}
	w.tx(func(tx *db.Tx) error {
		for n := int64(101); n <= 104; n++ {
			if err := w.People.SaveHouseholds(ctx, tx, []person.Household{{ID: n, Number: fmt.Sprint("H", n), Area: "152921100001"}}); err != nil {
				return err
			}
		}
		for n := int64(1); n <= 6; n++ {
			p := person.Person{ID: n, Name: "白音", Sex: 2 - int(n%2), Birth: date(born[n]), Ethnic: "05", Education: 70, IDNumber: identity.MakeIDNumber("152921", date(born[n]), int(n)), Area: "152921100001", HouseholdID: home[n], Relation: "户主"}
			if err := w.People.SavePeople(ctx, tx, []person.Person{p}); err != nil {
				return err
			}
		}
		_, err := w.People.SaveFacts(ctx, tx, &b)
		return err
	})
}

var keys int

func key() string { keys++; return fmt.Sprintf("assess-test-%08d", keys) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// file puts a case on file.
func (w *world) file(who web.User, c Case, code string) int64 {
	w.t.Helper()
	if c.Area == "" {
		c.Area = "152921"
	}
	if c.Starts.IsZero() {
		c.Starts = db.On(date("2025-10-01"))
	}
	c.Unit, c.Document, c.Conditions = "阿拉善左旗发展和改革委员会", "左旗发改字〔2025〕1 号", Conditions{"safety": Met, "health": Met, "hours": Met, "housing": Met, "women": Met, "union": NotFor}
	id, err := w.File(ctx, who, Filing{Case: c, CreditCode: code, Policies: []string{"R01"}}, key())
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) get(id int64) Case {
	w.t.Helper()
	c, err := caseByID(ctx, w.DB, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// set sets a parameter as two people would have.
func (w *world) set(code string, value int64) {
	w.tx(func(tx *db.Tx) error {
		return insertSetting(ctx, tx, &Setting{ID: w.IDs.Next(), Code: code, From: db.On(date("2025-01-01")), Value: value, Source: "测试"})
	})
}

// agree says yes to the only request that waits.
func (w *world) agree(who web.User) error {
	w.t.Helper()
	list, err := w.Approvals.List(ctx, approval.Filter{Area: "15", States: []approval.State{approval.Waiting}}, 0, 10)
	if err != nil || len(list) != 1 {
		w.t.Fatalf("%d requests wait: %v", len(list), err)
	}
	return w.Approvals.Decide(ctx, who, list[0].ID, list[0].Version, true, "", key())
}

// site is the room's pages in the hands of whoever is named by who.
func (w *world) site(who *web.User) string {
	w.t.Helper()
	s, err := web.New(web.Config{Rooms: []web.Room{w.Web(), w.Approvals.Web(), w.Assignments.Web()}, Clock: w.clock, Log: slog.New(slog.DiscardHandler),
		Identify: func(*http.Request) (web.User, error) { return *who, nil }})
	if err != nil {
		w.t.Fatal(err)
	}
	server := httptest.NewServer(s)
	w.t.Cleanup(server.Close)
	return server.URL
}

var approvalWaiting = approval.Filter{Area: "15", States: []approval.State{approval.Waiting}}
