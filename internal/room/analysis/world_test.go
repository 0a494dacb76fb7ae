package analysis

import (
	"context"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, employer.Schema, approval.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	second = web.User{ID: 14, Name: "李局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	guest  = web.User{}
)

// wordsCoder knows three kinds of work.
type wordsCoder struct{}

func (wordsCoder) Code(_ context.Context, text string) (string, error) {
	return map[string]string{"厨师": "4-03-02-01", "服务员": "4-03-02-05", "矿工": "6-16-01-05", "电工": "6-31-01-03"}[text], nil
}

type world struct {
	*Room
	*registertest.World
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: registertest.New(t, d)}
	w.Room = New(Deps{DB: d, Employers: w.World.Employers, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit, Coder: wordsCoder{}, AsOf: clock.Date(2025, time.August, 31), Home: "1529",
		Approvals: approval.New(approval.Deps{DB: d, Sealer: w.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit})})
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func day(y int, m time.Month, d int) db.Date { return db.On(clock.Date(y, m, d)) }

// plant puts a market into the registers: in 左旗 (people 1–40) and 额济纳 (41–44) somebody registers every month of the last six years
// as a cook, for 150 days; miners are looked for; unit 5 takes on people every autumn, unit 6 has a vacancy.
func (w *world) plant() {
	w.T.Helper()
	w.Tx(func(tx *db.Tx) error {
		if err := w.World.Employers.Save(ctx, tx, []employer.Employer{
			{ID: 5, CreditCode: identity.MakeCreditCode('9', '1', "152921", 5), Name: "恒瑞化工", Kind: employer.Enterprise, Industry: "C26", Area: "152921100001"},
			{ID: 6, CreditCode: identity.MakeCreditCode('9', '1', "152921", 6), Name: "便民超市", Kind: employer.Enterprise, Industry: "F52", Area: "152921100001"},
			{ID: 7, CreditCode: identity.MakeCreditCode('9', '1', "152923", 7), Name: "胡杨旅社", Kind: employer.Individual, Industry: "H61", Area: "152923100001"}}); err != nil {
			return err
		}
		v := employer.Vacancy{EmployerID: 6, Area: "152921100001", State: employer.Open, PayLow: 300_000, PayHigh: 500_000}
		var list []employer.Vacancy
		for i, one := range []struct {
			title, occupation, code string
			openings                int
			from, to                db.Date
			state                   string
		}{
			{"采煤工", "矿工", "", 30, day(2025, 3, 10), day(2025, 8, 20), employer.Open},
			{"厨师", "", "4-03-02-01", 2, day(2025, 7, 1), day(2025, 12, 31), employer.Open},
			{"客房", "服务员", "", 3, day(2025, 6, 1), day(2025, 6, 30), employer.Closed},
			{"骗子", "服务员", "", 90, day(2025, 6, 1), day(2025, 12, 30), employer.Hidden},
		} {
			v.ID, v.Title, v.Occupation, v.Code, v.Openings, v.Posted, v.Closes, v.State = int64(50+i), one.title, one.occupation, one.code, one.openings, one.from, one.to, one.state
			list = append(list, v)
		}
		return w.World.Employers.SaveVacancies(ctx, tx, list)
	})
	var people []person.Person
	facts := &person.Batch{}
	for n := int64(1); n <= 44; n++ {
		at := "152921100001"
		if n > 40 {
			at = "152923100001"
		}
		people = append(people, person.Person{ID: n, Name: "乌云其木格", Sex: 2, Birth: clock.Date(1990, 1, 1), Ethnic: "05", Education: 70, IDNumber: identity.MakeIDNumber("152921", clock.Date(1990, 1, 1), int(n)), Area: at})
		for y := 2019; y <= 2025; y++ {
			since := day(y, time.Month(1+n%12), int(1+n%20))
			if since.After(clock.Date(2025, 8, 31)) {
				continue
			}
			work := "厨师"
			if n%10 == 0 {
				work = "电工"
			}
			until := db.On(since.AddDate(0, 0, 150))
			if until.After(clock.Date(2025, 8, 31)) {
				until = db.Date{}
			}
			facts.Registrations = append(facts.Registrations, person.Registration{PersonID: n, Since: since, Until: until, Occupation: work})
			if !until.IsZero() {
				facts.Spells = append(facts.Spells, person.Spell{PersonID: n, Since: until, Until: db.On(until.AddDate(0, 0, 60)), Kind: person.Unit, EmployerID: 5, Area: at, Occupation: "服务员", Urban: true})
			}
			if y >= 2021 && n <= 12 { // unit 5 takes on twelve people in each October, who stay two months
				facts.Insurances = append(facts.Insurances, person.Insurance{PersonID: n, Kind: person.Pension, EmployerID: 5, From: y*100 + 10, To: y*100 + 11})
			}
		}
	}
	facts.Insurances = append(facts.Insurances, person.Insurance{PersonID: 41, Kind: person.Pension, EmployerID: 5, From: 202001}, person.Insurance{PersonID: 42, Kind: person.Pension, EmployerID: 7, From: 202001})
	var past []person.Insurance
	for _, in := range facts.Insurances {
		if in.From <= 202508 {
			past = append(past, in)
		}
	}
	facts.Insurances = past
	w.Tx(func(tx *db.Tx) error {
		if err := w.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		_, err := w.People.SaveFacts(ctx, tx, facts)
		return err
	})
	w.Must(w.Count(ctx, progress.None{}))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
