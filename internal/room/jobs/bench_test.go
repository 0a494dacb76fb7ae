package jobs

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var callings = []string{"保洁员", "家政服务员", "电工", "焊工", "保安员", "厨师", "服务员", "货车司机", "普工", "会计", "文员", "牧工", "种植工", "光伏运维员", "收银员", "快递员", "采煤工", "建筑工"}

// BenchmarkMatch recommends 1,500 vacancies to 8,000 people.
func BenchmarkMatch(b *testing.B) {
	for name, address := range map[string]func() string{
		"sqlite":   func() string { return filepath.Join(b.TempDir(), "bench.db") },
		"postgres": func() string { return dbtest.NewPostgres(b) },
	} {
		b.Run(name, func(b *testing.B) {
			d, err := db.Open(ctx, address())
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			if err := d.Migrate(ctx, []db.Schema{db.OwnSchema, person.Schema, employer.Schema, audit.Schema, Schema}); err != nil {
				b.Fatal(err)
			}
			sealer, err := seal.New(seal.GenerateKeys())
			if err != nil {
				b.Fatal(err)
			}
			c := clock.System{}
			r := New(Deps{DB: d, Clock: clock.NewFake("2025-09-24"), IDs: id.NewMaker(1, c), People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}})
			fillTown(b, r, 8000, 1500)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.Match(ctx, progress.None{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func fillTown(b *testing.B, r *Room, people, vacancies int) {
	rnd := rand.New(rand.NewPCG(1, 1))
	var villages []string
	for _, banner := range area.Children("1529") {
		for _, township := range area.Children(banner.Code) {
			villages = append(villages, township.Code+"001")
		}
	}
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		var list []person.Person
		var regs []person.Registration
		var spells []person.Spell
		for i := range int64(people) {
			birth := clock.Date(1970, time.March, 1).AddDate(0, 0, int(i))
			list = append(list, person.Person{ID: i + 1, Name: "苏日娜", Sex: 2, Birth: birth, Ethnic: "05", Education: []int{20, 30, 40, 60, 70}[rnd.IntN(5)],
				IDNumber: identity.MakeIDNumber("152921", birth, int(i%900)+1), Area: villages[rnd.IntN(len(villages))], HouseholdID: i})
			regs = append(regs, person.Registration{PersonID: i + 1, Since: day(3, 1), Occupation: callings[rnd.IntN(len(callings))], Pay: int64(300000 + 10000*rnd.IntN(30))})
			spells = append(spells, person.Spell{PersonID: i + 1, Since: db.On(clock.Date(2020, 1, 1)), Until: day(2, 1), Kind: person.Unit, Area: "152921", Occupation: callings[rnd.IntN(len(callings))]})
		}
		if err := r.People.SavePeople(ctx, tx, list); err != nil {
			return err
		}
		if err := r.People.SaveRegistrations(ctx, tx, regs); err != nil {
			return err
		}
		if err := r.People.SaveSpells(ctx, tx, spells); err != nil {
			return err
		}
		var units []employer.Employer
		var work []employer.Vacancy
		for i := range int64(vacancies) {
			units = append(units, employer.Employer{ID: i + 1, CreditCode: fmt.Sprint(i), Name: fmt.Sprintf("单位%d", i), Area: "152921", Opened: day(1, 1)})
			o, pay := callings[rnd.IntN(len(callings))], int64(280000+10000*rnd.IntN(40))
			work = append(work, employer.Vacancy{EmployerID: i + 1, ID: i + 1, Title: o, Occupation: o, Openings: 1 + rnd.IntN(5), PayLow: pay, PayHigh: pay + 50000,
				Area: villages[rnd.IntN(len(villages))], Posted: day(9, 1), Closes: day(12, 1), State: employer.Open})
		}
		if err := r.Employers.Save(ctx, tx, units); err != nil {
			return err
		}
		return r.Employers.SaveVacancies(ctx, tx, work)
	})
	if err != nil {
		b.Fatal(err)
	}
}
