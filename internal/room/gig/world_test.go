package gig

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
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, employer.Schema, message.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	shop   = web.User{ID: 20, Name: "便民超市", Role: account.Employer, RoleName: "用人单位", EmployerID: 6, Area: "152921110"}
	plant  = web.User{ID: 21, Name: "恒瑞化工", Role: account.Employer, RoleName: "用人单位", EmployerID: 5, Area: "152921100"}
)

func worker(n int64) web.User {
	return web.User{ID: 100 + n, Name: "劳动者", Role: account.Seeker, RoleName: "求职者", PersonID: n, Area: "152921100001", Citizen: true}
}

// floor is a minimum wage of 1,980 yuan a month.
type floor struct{}

func (floor) MinimumWage(context.Context, string, time.Time) Wage {
	return Wage{Month: 198_000, Source: "一类区"}
}

type world struct {
	*Room
	*registertest.World
}

// newWorld has three units, thirty people (the thirtieth is fifteen years old), of whom the first ten are insured by the plant.
func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: registertest.New(t, d)}
	room, err := New(Deps{DB: d, People: w.World.People, Employers: w.World.Employers, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs, Audit: w.World.Audit, Wages: floor{}, Home: "1529",
		Messages: message.New(message.Deps{DB: d, People: w.World.People, Sealer: w.World.Sealer, Clock: w.World.Clock, IDs: w.World.IDs})})
	w.Must(err)
	w.Room = room
	w.World.Tx(func(tx *db.Tx) error {
		if err := w.World.Employers.Save(ctx, tx, []employer.Employer{
			{ID: 5, CreditCode: identity.MakeCreditCode('9', '1', "152921", 5), Name: "恒瑞精细化工", Kind: employer.Enterprise, Industry: "C26", Area: "152921100"},
			{ID: 6, CreditCode: identity.MakeCreditCode('9', '1', "152921", 6), Name: "巴彦浩特便民超市", Kind: employer.Enterprise, Industry: "F52", Area: "152921110"},
			{ID: 7, CreditCode: identity.MakeCreditCode('9', '1', "152921", 7), Name: "乌斯太盐化", Kind: employer.Enterprise, Industry: "C26", Area: "152921100"}}); err != nil {
			return err
		}
		if err := w.World.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{{EmployerID: 5, ID: 8, Title: "操作工", Openings: 1, Area: "152921", Posted: on("2025-09-01"), Closes: on("2025-12-01"), State: employer.Open}, {EmployerID: 6, ID: 9, Title: "店员", Openings: 1, Area: "152921", Posted: on("2025-09-01"), Closes: on("2025-12-01"), State: employer.Open},
			{EmployerID: 7, ID: 10, Title: "操作工", Openings: 1, Area: "152921", Posted: on("2025-09-01"), Closes: on("2025-12-01"), State: employer.Open}}); err != nil {
			return err
		}
		var people []person.Person
		var paid []person.Insurance
		var looking []person.Registration
		for n := int64(1); n <= 30; n++ {
			birth := clock.Date(1990, time.January, 1)
			if n == 30 {
				birth = clock.Date(2010, time.January, 1)
			}
			people = append(people, person.Person{ID: n, Name: fmt.Sprintf("乌云%d", n), Sex: 2, Birth: birth, Ethnic: "05", Education: 70, IDNumber: identity.MakeIDNumber("152921", birth, int(n)), Phone: fmt.Sprintf("138%08d", n), Area: "152921100001"})
			if n <= 10 {
				paid = append(paid, person.Insurance{PersonID: n, Kind: person.Pension, EmployerID: 5, From: 202401})
			} else {
				looking = append(looking, person.Registration{PersonID: n, Since: on("2025-06-01")})
			}
		}
		if err := w.World.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		if err := w.World.People.SaveRegistrations(ctx, tx, looking); err != nil {
			return err
		}
		return w.World.People.SaveInsurances(ctx, tx, paid)
	})
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func on(s string) db.Date { t, _ := time.Parse(time.DateOnly, s); return db.On(t) }

// moved moves the clock to a moment, 2006-01-02 15:04.
func (w *world) moved(at string) {
	w.World.Clock.Add(clock.NewFake(at).Now().Sub(w.World.Clock.Now()))
}

func numberOf(n int64) string {
	return identity.MakeIDNumber("152921", clock.Date(1990, time.January, 1), int(n))
}

// carrying is tomorrow's work from eight to six for 200 yuan.
func carrying(places int64) Job {
	return Job{Area: "152921", Address: "东关市场", Kind: "carry", Title: "卸一车饲料", From: on("2025-09-25"), Until: on("2025-09-25"), Start: 480, End: 1080, Rest: 60, Places: places, Price: 20_000, Unit: PerDay, Pay: PayDaily, Notice: 12}
}

func (w *world) publish(j Job) int64 {
	w.T.Helper()
	id, err := w.Publish(ctx, shop, j, Household{}, w.World.Once())
	w.Must(err)
	return id
}

func (w *world) take(n, job int64) error {
	_, err := w.Take(ctx, worker(n), job, false, w.World.Once())
	return err
}

func (w *world) of(n, job int64) Take {
	w.T.Helper()
	t, err := w.mustTake(ctx, w.Room.DB, n, job)
	w.Must(err)
	return t
}

func (w *world) job(id int64) Job {
	w.T.Helper()
	j, err := jobByID(ctx, w.Room.DB, id)
	w.Must(err)
	return j
}

func (w *world) refused(err error, kind fault.Kind, text string) {
	w.T.Helper()
	w.Refused(kind, text, err)
}
