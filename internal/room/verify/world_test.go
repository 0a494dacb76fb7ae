package verify

import (
	"context"
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
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, employer.Schema, approval.Schema, assignment.Schema, indicator.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	deputy = web.User{ID: 16, Name: "李副局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	ulan   = web.User{ID: 14, Name: "乌兰", Role: account.Manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
	xie    = web.User{ID: 15, Name: "其其格", Role: account.Officer, RoleName: "经办", Area: "152921100001", AreaName: "嘎查"}
)

var cast = Cast{First: suriya, Second: bold, League: chief, Region: ulan}

type world struct {
	*registertest.World
	*Room
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: registertest.New(t, d)}
	indicators, err := indicator.New(ctx, indicator.Deps{DB: d, Clock: w.World.Clock})
	w.Must(err)
	w.Room = New(Deps{DB: d, Indicators: indicators, People: w.World.People, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit,
		Approvals:   approval.New(approval.Deps{DB: d, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit}),
		Assignments: assignment.New(assignment.Deps{DB: d, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit})})
	w.count()
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func on(year int, month time.Month, day int) db.Date { return db.On(clock.Date(year, month, day)) }

// counted is what the register counted in a banner's month: some sixty to two hundred people, as seasons and chance have it.
func counted(code string, p indicator.Period) int64 {
	n := int64(p.Year()*12 + p.Month())
	for _, c := range code {
		n = n*31 + int64(c)
	}
	chance := (n*n*7 + n*13) % 37
	return 90 + int64(p.Month()%5)*14 + chance
}

// count puts what the register counted until August 2025 on file.
func (w *world) count() {
	w.T.Helper()
	var list []indicator.Sum
	for _, b := range area.Children("1529") {
		if b.Level != area.Banner {
			continue
		}
		for p := indicator.Period(202001); p <= 202508; p = p.Next() {
			list = append(list, indicator.Sum{Area: b.Code, Indicator: demoIndicator, Period: p, Numerator: counted(b.Code, p)})
		}
	}
	w.Tx(func(tx *db.Tx) error {
		_, err := w.Indicators.Replace(ctx, tx, indicator.Run{On: clock.Date(2025, 9, 23), AsOf: clock.Date(2025, 8, 31), At: w.World.Clock.Now().UnixMilli(), People: 100}, list)
		return err
	})
}

// report lets banners report from January 2021 on what change makes of what was counted.
func (w *world) report(change func(code string, p indicator.Period, n int64) int64) {
	w.T.Helper()
	var list []indicator.Report
	for _, b := range area.Children("1529") {
		if b.Level != area.Banner {
			continue
		}
		for p := indicator.Period(202101); p <= 202508; p = p.Next() {
			list = append(list, indicator.Report{Area: b.Code, Indicator: demoIndicator, Period: p, Value: change(b.Code, p, counted(b.Code, p)), State: indicator.Signed, ByName: "测试", At: p.End().UnixMilli()})
		}
	}
	w.Tx(func(tx *db.Tx) error { return w.Indicators.AddReports(ctx, tx, list) })
}

func honestly(_ string, _ indicator.Period, n int64) int64 { return n }

// raised is a fifth more than counted in Ejina in 2024.
func raised(code string, p indicator.Period, n int64) int64 {
	if code == bold.Area && p.Year() == 2024 {
		return n * 12 / 10
	}
	return n
}

// people puts people of a banner on file, from a number on, all with one telephone when one is given.
func (w *world) people(from, n int64, village, phone string) {
	w.T.Helper()
	var list []person.Person
	for id := from; id < from+n; id++ {
		list = append(list, person.Person{ID: id, Name: "乌云其木格", Sex: 2, Birth: clock.Date(1990, 1, 1), Education: 70, IDNumber: identity.MakeIDNumber("152921", clock.Date(1990, 1, 1), int(id)), Phone: phone, Area: village})
	}
	w.Tx(func(tx *db.Tx) error { return w.People.SavePeople(ctx, tx, list) })
}

func (w *world) facts(b person.Batch) {
	w.T.Helper()
	w.Tx(func(tx *db.Tx) error {
		_, err := w.People.SaveFacts(ctx, tx, &b)
		return err
	})
}

func (w *world) run() Done {
	w.T.Helper()
	done, err := w.Run(ctx)
	w.Must(err)
	return done
}

// all are the findings in a state ("": any).
func (w *world) all(state string) []Finding {
	w.T.Helper()
	list, err := w.findings(ctx, filter{area: region, state: state}, 0, 1000)
	w.Must(err)
	return list
}

// one is the only finding there is.
func (w *world) one() Finding {
	w.T.Helper()
	list := w.all("")
	if len(list) != 1 {
		w.T.Fatalf("there are %d findings, want one: %+v", len(list), list)
	}
	return list[0]
}
