package jobs

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
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var ctx = context.Background()

const (
	bayan = "152921110200" // 阿拉善左旗巴彦浩特镇南田村
	ejin  = "152923100001" // 额济纳旗达来呼布镇
	hohot = "150102001001" // another league
)

func day(m time.Month, d int) db.Date { return db.On(clock.Date(2025, m, d)) }

// leastWages are 2,270 yuan everywhere but in Ejin.
type leastWages struct{}

func (leastWages) MinimumWage(_ context.Context, area string, _ time.Time) (int64, string, bool) {
	if area == ejin[:6] {
		return 220000, "额济纳旗最低工资", true
	}
	return 227000, "最低工资", true
}

// town is a room with its registers and some made-up people and work.
type town struct {
	*Room
	clock *clock.Fake
}

var schemas = []db.Schema{person.Schema, employer.Schema, audit.Schema, Schema}

// inTown runs a test body in an empty town on each database.
func inTown(t *testing.T, body func(t *testing.T, r town)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newTown(t, d)) })
}

func newTown(t *testing.T, d *db.DB) town {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24")
	return town{clock: c, Room: New(Deps{DB: d, Clock: c, IDs: id.NewMaker(1, c), People: &person.Store{DB: d, Sealer: sealer, Clock: c},
		Employers: &employer.Store{DB: d, Clock: c}, Audit: &audit.Log{DB: d, Clock: c, Chain: "test"}, Home: "1529", Wages: leastWages{}})}
}

func (r town) do(t *testing.T, work func(tx *db.Tx) error) {
	t.Helper()
	if err := r.DB.Tx(ctx, work); err != nil {
		t.Fatal(err)
	}
	r.boards.forget()
}

// people adds registered unemployed persons 1 … n who look for work as wish, the first the longest registered.
func (r town) people(t *testing.T, first, n int64, wish, home string) {
	t.Helper()
	r.do(t, func(tx *db.Tx) error {
		var people []person.Person
		var regs []person.Registration
		for i := first; i < first+n; i++ {
			birth := clock.Date(1980, time.March, 1).AddDate(0, 0, int(i))
			people = append(people, person.Person{ID: i, Name: fmt.Sprintf("苏日娜%d", i), Sex: 2, Birth: birth, Ethnic: "05", Education: 70,
				IDNumber: identity.MakeIDNumber("152921", birth, int(i%900)+1), Phone: "13847312345", Area: home, HouseholdID: 7, Relation: "户主"})
			regs = append(regs, person.Registration{PersonID: i, Since: db.On(clock.Date(2025, 1, 1).AddDate(0, 0, int(i%200))), Occupation: wish, Pay: 350000})
		}
		if err := r.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		return r.People.SaveRegistrations(ctx, tx, regs)
	})
}

// work adds an open vacancy.
func (r town) work(t *testing.T, vacancies ...employer.Vacancy) {
	t.Helper()
	r.do(t, func(tx *db.Tx) error {
		var units []employer.Employer
		seen := map[int64]bool{}
		for i, v := range vacancies {
			if !seen[v.EmployerID] {
				seen[v.EmployerID] = true
				units = append(units, employer.Employer{ID: v.EmployerID, CreditCode: fmt.Sprintf("91152921MA0N%05dX", v.EmployerID),
					Name: fmt.Sprintf("安康家政服务部%d", v.EmployerID), Kind: employer.Individual, Industry: "O80", Area: v.Area[:6], Opened: day(1, 1), Phone: "04838000000"})
			}
			if v.Posted.IsZero() {
				vacancies[i].Posted, vacancies[i].Closes = day(9, 1), day(10, 31)
			}
			vacancies[i].State = employer.Open
		}
		if err := r.Employers.Save(ctx, tx, units); err != nil {
			return err
		}
		return r.Employers.SaveVacancies(ctx, tx, vacancies)
	})
}

func cleaning(id int64, openings int) employer.Vacancy {
	return employer.Vacancy{EmployerID: 50, ID: id, Title: "保洁员", Occupation: "保洁员", Openings: openings, PayLow: 360000, PayHigh: 400000, Area: bayan, Contract: 12}
}

var (
	unit    = web.User{ID: 901, Name: "安康家政", Role: roleEmployer, RoleName: "用人单位", EmployerID: 50, Area: "152921"}
	rival   = web.User{ID: 902, Name: "别的单位", Role: roleEmployer, EmployerID: 51, Area: "152921"}
	officer = web.User{ID: 903, Name: "苏和", Role: roleOfficer, RoleName: "经办", Area: "152921"}
	afar    = web.User{ID: 904, Name: "额旗经办", Role: roleOfficer, RoleName: "经办", Area: "152923"}
)

func seeker(id int64) web.User {
	return web.User{ID: 1000 + id, Name: fmt.Sprintf("苏日娜%d", id), Role: roleSeeker, RoleName: "求职者", PersonID: id, Area: bayan}
}

func wantFault(t *testing.T, err error, kind fault.Kind, what string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: got %v, want a fault of kind %s", what, err, kind)
	}
}
