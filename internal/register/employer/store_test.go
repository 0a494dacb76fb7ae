package employer

import (
	"context"
	"reflect"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/person"
)

var ctx = context.Background()

func run(t *testing.T, body func(t *testing.T, s *Store)) {
	dbtest.Run(t, []db.Schema{person.Schema, Schema}, func(t *testing.T, d *db.DB) {
		body(t, &Store{DB: d, Clock: clock.NewFake("2025-09-24")})
	})
}

func (s *Store) do(t *testing.T, work func(tx *db.Tx) error) {
	t.Helper()
	if err := s.DB.Tx(ctx, work); err != nil {
		t.Fatal(err)
	}
}

var kitchen = Employer{ID: 1, CreditCode: "91152921MA0N0000XA", Name: "安康餐饮有限公司", Kind: Enterprise, Industry: "H62", Area: "152921",
	Opened: db.On(clock.Date(2019, time.May, 1)), FounderID: 9, Staff: 12, Phone: "13847300000"}

func TestAnEmployerIsFoundByItsCode(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		school := Employer{ID: 2, CreditCode: "12152922MA0N0000XB", Name: "第一中学", Kind: Institution, Area: "152922"}
		s.do(t, func(tx *db.Tx) error { return s.Save(ctx, tx, []Employer{kitchen, school}) })
		for _, want := range []Employer{kitchen, school} {
			if got, err := s.Get(ctx, want.ID); err != nil || got != want {
				t.Errorf("went in as %+v, came out as %+v, %v", want, got, err)
			}
		}
		ids, err := s.Resolve(ctx, s.DB, []string{kitchen.CreditCode, "x"})
		if err != nil || len(ids) != 1 || ids[kitchen.CreditCode] != 1 {
			t.Errorf("resolved %v, %v", ids, err)
		}
		refs, err := s.Find(ctx, s.DB, []string{school.CreditCode, "x"})
		if err != nil || len(refs) != 1 || refs[school.CreditCode] != (Ref{2, "152922"}) {
			t.Errorf("found %v, %v", refs, err)
		}
		names, err := s.Names(ctx, []int64{1, 2, 3})
		if err != nil || len(names) != 2 || names[1] != kitchen.Name {
			t.Errorf("names %v, %v", names, err)
		}
		if n, err := s.Count(ctx, "152921"); n != 1 || err != nil {
			t.Errorf("%d employers, %v", n, err)
		}
		var seen []int64
		if err := s.Each(ctx, "15", func(e *Employer) error { seen = append(seen, e.ID); return nil }); err != nil || !reflect.DeepEqual(seen, []int64{1, 2}) {
			t.Errorf("saw %v, %v", seen, err)
		}
		if _, err := s.Get(ctx, 3); !fault.Is(err, fault.NotFound) {
			t.Errorf("no employer is %v", err)
		}
	})
}

func TestAnEmployerBroughtTwiceIsOneEmployer(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		s.do(t, func(tx *db.Tx) error { return s.Save(ctx, tx, []Employer{kitchen}) })
		s.do(t, func(tx *db.Tx) error {
			again := kitchen
			again.ID = 5
			taken, err := s.Claim(ctx, tx, []Employer{again})
			if err != nil || taken[kitchen.CreditCode] != 1 {
				t.Errorf("taken %v, %v", taken, err)
			}
			grown := kitchen
			grown.Staff++
			for _, c := range []struct {
				e    Employer
				want int64
			}{{kitchen, 0}, {grown, 1}, {grown, 0}} {
				n, err := s.SaveClaimed(ctx, tx, []Employer{c.e})
				if err != nil || n != c.want {
					t.Errorf("changed %d, want %d, %v", n, c.want, err)
				}
			}
			return err
		})
	})
}

func TestOnlyVacanciesOpenOnTheDayAreCounted(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		on := func(d int) db.Date { return db.On(clock.Date(2025, time.September, d)) }
		cook := Vacancy{EmployerID: 1, ID: 11, Title: "厨师", Occupation: "厨师", Openings: 3, PayLow: 400000, PayHigh: 600000, Area: "152921", Contract: 12,
			Posted: on(1), Closes: on(24), Benefits: "包吃住", State: Open}
		late, closed := cook, cook
		late.ID, late.Posted = 12, on(10)
		closed.ID, closed.State = 13, Closed
		list := []Vacancy{cook, late, closed}
		for range 2 {
			s.do(t, func(tx *db.Tx) error { return s.SaveVacancies(ctx, tx, list) })
		}
		got, err := s.Vacancy(ctx, 11)
		cook.Version = 1 // the second time nothing was different
		if err != nil || got != cook {
			t.Errorf("went in as %+v, came out as %+v, %v", cook, got, err)
		}
		for d, want := range map[int]int64{5: 1, 20: 2, 25: 0} {
			n, openings, err := s.CountOpen(ctx, "1529", on(d))
			var seen int64
			err2 := s.EachOpen(ctx, "1529", on(d), func(*Vacancy) error { seen++; return nil })
			if n != want || seen != want || openings != 3*want || err != nil || err2 != nil {
				t.Errorf("on the %dth: %d vacancies, %d openings, %v %v", d, n, openings, err, err2)
			}
		}
		mine, err := s.VacanciesOf(ctx, 1)
		if err != nil || len(mine) != 3 || mine[0].ID != 12 {
			t.Errorf("mine are %v, %v", mine, err)
		}
		some, err := s.Vacancies(ctx, s.DB, []int64{13, 11, 99})
		if err != nil || len(some) != 2 || some[0].ID != 11 {
			t.Errorf("some are %v, %v", some, err)
		}
		if _, err := s.Vacancy(ctx, 99); !fault.Is(err, fault.NotFound) {
			t.Errorf("no vacancy is %v", err)
		}
	})
}
