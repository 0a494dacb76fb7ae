package person

import (
	"context"
	"reflect"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/seal"
)

var ctx = context.Background()

func run(t *testing.T, body func(t *testing.T, s *Store)) {
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Run(t, []db.Schema{Schema}, func(t *testing.T, d *db.DB) {
		body(t, &Store{DB: d, Sealer: sealer, Clock: clock.NewFake("2025-09-24")})
	})
}

func (s *Store) do(t *testing.T, work func(tx *db.Tx) error) {
	t.Helper()
	if err := s.DB.Tx(ctx, work); err != nil {
		t.Fatal(err)
	}
}

// somebody is the n-th made-up person.
func somebody(n int64, name string) Person {
	birth := clock.Date(1980, time.March, 1).AddDate(0, 0, int(n))
	sex := 2 - int(n%2)
	return Person{ID: n, Name: name, Sex: sex, Birth: birth, Ethnic: "05", Education: 30, IDNumber: identity.MakeIDNumber("152921", birth, int(n)),
		Phone: "13847300000", Area: "152921100001", HouseholdID: 7, Relation: "户主"}
}

func TestAPersonIsFoundAgainByNumberAndByName(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		able := true
		bao, bai := somebody(1, "包·娜仁"), somebody(2, "白音")
		bao.Able = &able
		bai.Phone, bai.Relation, bai.Area = "", "配偶", "152922100001"
		s.do(t, func(tx *db.Tx) error { return s.SavePeople(ctx, tx, []Person{bao, bai}) })

		got, err := s.Get(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got.Version != 1 || got.UpdatedAt.IsZero() || got.Able == nil || !*got.Able || got.Willing != nil {
			t.Errorf("came out as %+v", got)
		}
		bao.Version, bao.UpdatedAt, bao.Able, got.Able = 1, got.UpdatedAt, nil, nil
		if !reflect.DeepEqual(got, bao) {
			t.Errorf("went in as %+v, came out as %+v", bao, got)
		}
		if id, err := s.ByIDNumber(ctx, s.DB, bai.IDNumber); id != 2 || err != nil {
			t.Errorf("by number: %d, %v", id, err)
		}
		found, err := s.Resolve(ctx, s.DB, []string{bao.IDNumber, bai.IDNumber, "152921198003011110"})
		if err != nil || len(found) != 2 || found[bao.IDNumber] != 1 {
			t.Errorf("resolved %v, %v", found, err)
		}
		refs, err := s.Find(ctx, s.DB, []Hash{s.HashOf(bao.IDNumber), s.HashOf("152921198003011110")})
		if err != nil || len(refs) != 1 || refs[s.HashOf(bao.IDNumber)] != (Ref{1, "包娜仁", "152921100001", true}) {
			t.Errorf("found %v, %v", refs, err)
		}
		for _, c := range []struct {
			area, text string
			want       int
		}{{"152921", "包娜", 1}, {"1529", "包 娜仁", 1}, {"152922", "包", 0}, {"1529", "", 2}, {"152921", bao.IDNumber, 1}, {"152922", bao.IDNumber, 0}} {
			list, err := s.Search(ctx, c.area, c.text, "", 0, 10)
			if err != nil || len(list) != c.want {
				t.Errorf("search for %q in %s found %d, %v", c.text, c.area, len(list), err)
			}
		}
		if _, err := s.Get(ctx, 99); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody is %v", err)
		}
		names, err := s.Names(ctx, []int64{1, 2, 3})
		if err != nil || len(names) != 2 || names[2] != "白音" {
			t.Errorf("names %v, %v", names, err)
		}
		if n, err := s.Count(ctx, "152921"); n != 1 || err != nil {
			t.Errorf("in 152921 there are %d, %v", n, err)
		}
	})
}

func TestNumbersStandInTheTablesSealedOnly(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		p := somebody(1, "包娜仁")
		s.do(t, func(tx *db.Tx) error { return s.SavePeople(ctx, tx, []Person{p}) })
		raw, err := db.Value[[]byte](ctx, s.DB, `SELECT id_seal FROM person ORDER BY person_id`)
		if err != nil || len(raw) < len(p.IDNumber) || string(raw) == p.IDNumber {
			t.Errorf("the table holds %q, %v", raw, err)
		}
	})
}

func TestANewcomerBroughtTwiceIsOnePerson(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		first, second := somebody(1, "包娜仁"), somebody(1, "包娜仁")
		second.ID = 2
		s.do(t, func(tx *db.Tx) error { return s.SavePeople(ctx, tx, []Person{first}) })
		s.do(t, func(tx *db.Tx) error {
			taken, err := s.Claim(ctx, tx, []Person{second}, []Sealed{s.Seal(&second)})
			if err != nil || taken[s.HashOf(first.IDNumber)] != 1 {
				t.Errorf("taken %v, %v", taken, err)
			}
			house, err := s.ClaimHouseholds(ctx, tx, []Household{{ID: 7, Number: "1529210001"}})
			if err != nil || len(house) != 0 {
				t.Errorf("a new household is taken: %v, %v", house, err)
			}
			house, err = s.ClaimHouseholds(ctx, tx, []Household{{ID: 8, Number: "1529210001"}})
			if err != nil || house["1529210001"] != 7 {
				t.Errorf("an old household is not taken: %v, %v", house, err)
			}
			return err
		})
	})
}

func TestAHouseholdListsItsHeadFirst(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		child, head := somebody(1, "包小明"), somebody(2, "包娜仁")
		child.Relation = "子"
		house := Household{ID: 7, Number: "1529210001", Area: "152921100001", Rural: true}
		s.do(t, func(tx *db.Tx) error {
			if err := s.SaveHouseholds(ctx, tx, []Household{house}); err != nil {
				return err
			}
			return s.SavePeople(ctx, tx, []Person{child, head})
		})
		got, members, err := s.Household(ctx, 7)
		if err != nil || got != house || len(members) != 2 || members[0].Name != "包娜仁" {
			t.Errorf("%+v %v, %v", got, members, err)
		}
		if _, _, err := s.Household(ctx, 8); !fault.Is(err, fault.NotFound) {
			t.Errorf("no household is %v", err)
		}
		if n, err := s.CountHouseholds(ctx, "15"); n != 1 || err != nil {
			t.Errorf("%d households, %v", n, err)
		}
	})
}

func everything(id int64) Batch {
	return Batch{
		Registrations: []Registration{{PersonID: id, Since: day("2024-01-01"), Until: day("2024-06-01"), Reason: "解除合同", Outcome: "就业", Occupation: "厨师", Pay: 350000},
			{PersonID: id, Since: day("2025-01-01"), Reason: "解除合同"}},
		Insurances:   []Insurance{{PersonID: id, Kind: Pension, EmployerID: 5, From: 202401, To: 202406}, {PersonID: id, Kind: Resident, From: 202501}},
		Spells:       []Spell{{PersonID: id, Since: day("2024-06-01"), Kind: Unit, EmployerID: 5, Until: day("2024-12-31"), Urban: true, Area: "152921", Contract: 12, Occupation: "厨师"}},
		Groups:       []Group{{PersonID: id, Kind: Hard, Since: day("2024-02-01"), Detail: "大龄"}},
		Graduates:    []Graduate{{PersonID: id, Graduated: day("2002-07-01"), School: "内蒙古大学", Degree: 20, Major: "会计"}},
		Trainings:    []Training{{PersonID: id, Class: "PX1", Since: day("2024-03-01"), Until: day("2024-03-20"), Hours: 80, Subsidised: true, Occupation: "厨师"}},
		Certificates: []Certificate{{PersonID: id, Issued: day("2024-04-01"), Level: 4, Occupation: "厨师"}},
		Surveys:      []Survey{{PersonID: id, Month: 202406, Status: Working, Urban: true}},
	}
}

const facts = 10 // in everything

func TestFactsBroughtTwiceChangeNothing(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		people := []Person{somebody(1, "包娜仁"), somebody(2, "白音"), somebody(3, "周琪")}
		s.do(t, func(tx *db.Tx) error { return s.SavePeople(ctx, tx, people) })
		other := everything(3)
		for i, want := range []int64{2 * facts, 0, 1} {
			b := everything(1)
			if i == 2 {
				b.Registrations[1].Until = day("2025-03-01")
			}
			var changed int64
			s.do(t, func(tx *db.Tx) error {
				n, err := s.SaveFacts(ctx, tx, &b)
				m, err2 := s.SaveFacts(ctx, tx, &other)
				changed = n + m
				if err == nil {
					err = err2
				}
				return err
			})
			if changed != want {
				t.Errorf("time %d changed %d rows, want %d", i+1, changed, want)
			}
		}
		f, err := s.Facts(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		b := everything(1)
		b.Registrations[1].Until = day("2025-03-01")
		got := Batch{f.Registrations, f.Insurances, f.Spells, f.Groups, f.Graduates, f.Trainings, f.Certificates, b.Surveys}
		if !reflect.DeepEqual(got, b) {
			t.Errorf("went in as %+v\ncame out as %+v", b, got)
		}
		var seen []int64
		err = s.EachFacts(ctx, 0, func(list []*Facts) error {
			for _, f := range list {
				seen = append(seen, f.ID, int64(len(f.Spells)))
			}
			return nil
		})
		if err != nil || !reflect.DeepEqual(seen, []int64{1, 1, 2, 0, 3, 1}) {
			t.Errorf("going through everybody saw %v, %v", seen, err)
		}
		some, err := s.FactsOf(ctx, []int64{3, 2, 3, 9})
		if err != nil || len(some) != 2 || some[0].ID != 2 || len(some[1].Trainings) != 1 {
			t.Errorf("some are %v, %v", some, err)
		}
	})
}

func TestTheSingleWritersWriteTheSame(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		b := everything(1)
		s.do(t, func(tx *db.Tx) error {
			for _, err := range []error{s.SaveRegistrations(ctx, tx, b.Registrations), s.SaveInsurances(ctx, tx, b.Insurances), s.SaveSpells(ctx, tx, b.Spells),
				s.SaveGroups(ctx, tx, b.Groups), s.SaveGraduates(ctx, tx, b.Graduates), s.SaveTrainings(ctx, tx, b.Trainings),
				s.SaveCertificates(ctx, tx, b.Certificates), s.SaveSurveys(ctx, tx, b.Surveys)} {
				if err != nil {
					return err
				}
			}
			n, err := s.SaveFacts(ctx, tx, &b)
			other := everything(2)
			m, err2 := s.AddFacts(ctx, tx, &other)
			b.Registrations[0].Outcome = "退休"
			again, err3 := s.AddFacts(ctx, tx, &b)
			if n != 0 || m != facts || again != 0 || err2 != nil || err3 != nil {
				t.Errorf("%d rows differ, %d and %d added, %v %v", n, m, again, err2, err3)
			}
			return err
		})
	})
}

func TestAFactIsTakenOutOnlyAsItWasPutIn(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		b := everything(1)
		s.do(t, func(tx *db.Tx) error { _, err := s.SaveFacts(ctx, tx, &b); return err })
		changed := everything(1)
		changed.Spells[0].Contract = 24
		s.do(t, func(tx *db.Tx) error { return s.SaveSpells(ctx, tx, changed.Spells) })
		s.do(t, func(tx *db.Tx) error {
			n, err := s.RemoveFacts(ctx, tx, &b)
			if n != facts-1 {
				t.Errorf("took out %d", n)
			}
			return err
		})
		if n, err := db.Value[int64](ctx, s.DB, `SELECT count(*) FROM person_spell`); n != 1 || err != nil {
			t.Errorf("the changed spell: %d, %v", n, err)
		}
	})
}

func TestAnAnswerAboutAbilityGoesIntoTheFileOnce(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		yes, no := true, false
		s.do(t, func(tx *db.Tx) error {
			return s.SavePeople(ctx, tx, []Person{somebody(1, "包娜仁"), somebody(2, "白音")})
		})
		for _, c := range []struct {
			list []Ability
			want int64
		}{
			{[]Ability{{1, &yes, &no, nil}, {2, nil, &yes, nil}}, 2},
			{[]Ability{{1, &yes, nil, nil}, {2, nil, nil, nil}}, 0},
			{[]Ability{{1, &no, nil, nil}, {9, &no, &no, nil}}, 1},
		} {
			s.do(t, func(tx *db.Tx) error {
				n, err := s.SaveAbilities(ctx, tx, c.list)
				if n != c.want {
					t.Errorf("%v changed %d files, want %d", c.list, n, c.want)
				}
				return err
			})
		}
		p, err := s.Get(ctx, 1)
		if err != nil || p.Able == nil || *p.Able || p.Willing == nil || *p.Willing || p.Version != 3 {
			t.Errorf("came out as %+v, %v", p, err)
		}
		b := everything(1)
		s.do(t, func(tx *db.Tx) error { return s.SaveRegistrations(ctx, tx, b.Registrations) })
		last, err := s.LastRegistered(ctx, s.DB, []int64{1, 2})
		if err != nil || len(last) != 1 || last[1] != day("2025-01-01") {
			t.Errorf("last registered %v, %v", last, err)
		}
	})
}
