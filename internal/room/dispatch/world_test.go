package dispatch

import (
	"context"
	"slices"
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
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, employer.Schema, approval.Schema, assignment.Schema, message.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	region = web.User{ID: 14, Name: "乌兰", Role: account.Manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}
	xie    = web.User{ID: 15, Name: "其其格", Role: account.Officer, RoleName: "经办", Area: "152921100001", AreaName: "嘎查"}
	plant  = web.User{ID: 21, Name: "恒瑞化工", Role: account.Employer, RoleName: "用人单位", EmployerID: 5, Area: "152921100001"}
	shop   = web.User{ID: 22, Name: "便民超市", Role: account.Employer, RoleName: "用人单位", EmployerID: 6, Area: "152921100001"}
	agent  = web.User{ID: 23, Name: "绿洲人力", Role: account.Employer, RoleName: "用人单位", EmployerID: 7, Area: "152921100001"}
)

func code(n int) string { return identity.MakeCreditCode('9', '1', "152921", n) }

// board stands for the room of jobs: it takes what pays at least the minimum wage.
type board struct{ list []employer.Vacancy }

func (b *board) Publish(_ context.Context, _ web.User, v employer.Vacancy, _ string) (int64, error) {
	b.list = append(b.list, v)
	return int64(900 + len(b.list)), nil
}

// market stands for the room of market supervision.
type market struct{}

func (market) Agencies(context.Context, string) ([]Agency, error) {
	return []Agency{{ID: 71, EmployerID: 7, Name: "绿洲人力", Area: "152921", Grade: "B", Licensed: true}, {ID: 72, Name: "众合劳务", Area: "152921", Grade: "D", Licensed: true}, {ID: 73, Name: "某派遣", Area: "152921", Grade: "D", Listed: true, Licensed: true}}, nil
}

func (m market) Numbered(ctx context.Context, ids []int64) ([]Agency, error) {
	list, err := m.Agencies(ctx, "15")
	return slices.DeleteFunc(list, func(a Agency) bool { return !slices.Contains(ids, a.ID) }), err
}

func (m market) AgencyOf(ctx context.Context, employerID int64) (Agency, bool, error) {
	list, err := m.Agencies(ctx, "15")
	i := slices.IndexFunc(list, func(a Agency) bool { return a.EmployerID == employerID })
	if err != nil || i < 0 {
		return Agency{}, false, err
	}
	return list[i], true, nil
}

type world struct {
	*registertest.World
	*Room
	board *board
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: registertest.New(t, d), board: &board{}}
	messages := message.New(message.Deps{DB: d, People: w.People, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs})
	room, err := New(Deps{DB: d, Employers: w.World.Employers, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit, Publisher: w.board, Agencies: market{}, Messages: messages,
		Approvals:   approval.New(approval.Deps{DB: d, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit}),
		Assignments: assignment.New(assignment.Deps{DB: d, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit}), AsOf: clock.Date(2025, 8, 31)})
	w.Must(err)
	w.Room = room
	w.plant()
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func on(year int, month time.Month, day int) db.Date { return db.On(clock.Date(year, month, day)) }

// plant puts a plant with two kinds of vacancies, a shop and an agency into the register, the accounts, and insurance: four people whom the
// plant began to insure in June, July (two, one of them back after a month's break) and August.
func (w *world) plant() {
	w.Tx(func(tx *db.Tx) error {
		if err := w.World.Employers.Save(ctx, tx, []employer.Employer{
			{ID: 5, CreditCode: code(5), Name: "恒瑞精细化工", Kind: employer.Enterprise, Industry: "C26", Area: "152921100001", Staff: 300},
			{ID: 6, CreditCode: code(6), Name: "便民超市", Kind: employer.Enterprise, Industry: "F52", Area: "152921100001"},
			{ID: 7, CreditCode: code(7), Name: "绿洲人力", Kind: employer.Enterprise, Industry: "L72", Area: "152921100001"}}); err != nil {
			return err
		}
		v := employer.Vacancy{EmployerID: 5, Posted: on(2025, 9, 1), Closes: on(2025, 12, 1), State: employer.Open, Area: "152921", PayLow: 400_000, PayHigh: 500_000}
		var list []employer.Vacancy
		for i, one := range []struct {
			title string
			n     int
		}{{"化工操作工", 6}, {"化工操作工", 4}, {"电工", 3}} {
			v.ID, v.Title, v.Occupation, v.Openings = int64(50+i), one.title, one.title, one.n
			list = append(list, v)
		}
		v.ID, v.State = 60, employer.Closed
		return w.World.Employers.SaveVacancies(ctx, tx, append(list, v))
	})
	w.Tx(func(tx *db.Tx) error {
		var people []person.Person
		for n := int64(1); n <= 5; n++ {
			people = append(people, person.Person{ID: n, Name: "乌云", Sex: 2, Birth: clock.Date(1990, 1, 1), Education: 70, IDNumber: identity.MakeIDNumber("152921", clock.Date(1990, 1, 1), int(n)), Area: "152921100001"})
		}
		if err := w.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		pension := func(n int64, from, to int) person.Insurance {
			return person.Insurance{PersonID: n, Kind: person.Pension, EmployerID: 5, From: from, To: to}
		}
		_, err := w.People.SaveFacts(ctx, tx, &person.Batch{Insurances: []person.Insurance{pension(1, 202506, 0), pension(2, 202507, 0), pension(3, 202401, 202505), pension(3, 202507, 0), pension(4, 202508, 0), pension(5, 202301, 202412), pension(5, 202508, 0)}})
		return err
	})
	w.Tx(func(tx *db.Tx) error {
		for _, a := range []web.User{suriya, bold, chief, xie, plant} {
			if _, err := tx.Exec(ctx, `INSERT INTO account (account_id, login, name, role, area, person_id, employer_id, password_hash, epoch, disabled, created_at, signed_in_at, version) VALUES (`+db.In(1, 13)+`)`,
				a.ID, a.Name, a.Name, a.Role, a.Area, int64(0), a.EmployerID, "", int64(0), false, int64(0), int64(0), int64(1)); err != nil {
				return err
			}
		}
		return nil
	})
}

// enter puts the plant on the banner's list on 1 June, with an officer.
func (w *world) enter() {
	w.T.Helper()
	asked, err := w.Enter(ctx, suriya, Unit{EmployerID: 5, Level: Banner, Criteria: []string{"staff"}, Why: "职工 300 人", Since: on(2025, 6, 1)}, w.Once())
	w.Must(err)
	if asked {
		w.T.Error("the banner's own list needs no approval")
	}
	w.Must(w.Name(ctx, suriya, 5, suriya.ID, 1, w.Once()))
}

func gaps(n ...int64) (list []Gap) {
	for i, one := range n {
		list = append(list, Gap{Occupation: []string{"化工操作工", "电工", "叉车工"}[i], Openings: one, PayLow: 400_000, PayHigh: 500_000})
	}
	return list
}

// report hands the plant's report of a month in.
func (w *world) report(month int, told int64, n ...int64) {
	w.T.Helper()
	p := Report{EmployerID: 5, Month: month, Staff: 300, Reasons: []string{"skill"}, Gaps: gaps(n...)}
	p.Gaps[0].Told = told
	w.Must(w.Report(ctx, plant, p, 0, w.Once()))
}
