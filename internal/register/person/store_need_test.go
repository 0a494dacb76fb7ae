package person

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

func yes() *bool { v := true; return &v }
func no() *bool  { v := false; return &v }

func said(id int64, key, on string, able, willing *bool) Need {
	return Need{PersonID: id, Key: key, Asked: day(on), Source: "visit", ByID: 9, ByName: "协管员", Able: able, Willing: willing}
}

func TestWhatSomebodySaidIsKeptOnceAndTheLatestGoesIntoTheFile(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		s.do(t, func(tx *db.Tx) error {
			return s.SavePeople(ctx, tx, []Person{somebody(1, "包娜仁"), somebody(2, "白音"), somebody(3, "王芳")})
		})
		whole := Need{PersonID: 1, Key: "phone-1", Asked: day("2025-09-20"), KnownAt: 77, Source: "visit", ByID: 9, ByName: "协管员", Resident: yes(), Able: yes(), Willing: no(), Train: yes(),
			Skill: "会电焊", Occupation: "焊工", Pay: 450000, Place: "banner", Training: "电焊", Obstacle: "care", Doing: "herd", DoingAt: "自家草场", Note: "冬天有空"}
		twice := whole
		twice.Occupation = "第二次送来，不应改动"
		s.do(t, func(tx *db.Tx) error {
			return s.SaveNeeds(ctx, tx, []Need{whole, said(1, "old", "2025-08-01", no(), yes()), said(2, "a", "2025-09-01", nil, yes())})
		})
		s.do(t, func(tx *db.Tx) error { return s.SaveNeeds(ctx, tx, []Need{twice, twice}) })

		got, err := s.NeedsOf(ctx, 1)
		if err != nil || len(got) != 2 {
			t.Fatalf("kept %d answers, %v", len(got), err)
		}
		if g := got[0]; g.Occupation != "焊工" || g.KnownAt != 77 || g.Pay != 450000 || !*g.Resident || !*g.Train || *g.Willing || g.DoingAt != "自家草场" || g.Asked != whole.Asked {
			t.Errorf("came out as %+v", g)
		}
		if got[1].KnownAt != s.Clock.Now().UnixMilli() {
			t.Errorf("known at %d", got[1].KnownAt)
		}
		last, err := s.LastNeeds(ctx, s.DB, []int64{1, 2, 3})
		if err != nil || len(last) != 2 || last[1].Key != "phone-1" || last[2].Key != "a" {
			t.Errorf("last answers %+v, %v", last, err)
		}
		for id, want := range map[int64][3]*bool{1: {yes(), no(), yes()}, 2: {nil, yes(), nil}, 3: {nil, nil, nil}} {
			p, err := s.Get(ctx, id)
			if err != nil || !same(p.Able, want[0]) || !same(p.Willing, want[1]) || !same(p.Train, want[2]) {
				t.Errorf("the file of %d says %v %v %v, %v", id, p.Able, p.Willing, p.Train, err)
			}
			f, err := s.Facts(ctx, id)
			if err != nil || !same(f.Train, want[2]) {
				t.Errorf("the facts of %d say %v, %v", id, f.Train, err)
			}
		}
	})
}

func TestARegistrationAfterTheAnswerIsNotOverruled(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		s.do(t, func(tx *db.Tx) error {
			if err := s.SavePeople(ctx, tx, []Person{somebody(1, "包娜仁")}); err != nil {
				return err
			}
			if err := s.SaveRegistrations(ctx, tx, []Registration{{PersonID: 1, Since: day("2025-09-10")}}); err != nil {
				return err
			}
			_, err := s.SaveAbilities(ctx, tx, []Ability{{PersonID: 1, Able: yes(), Willing: yes()}})
			return err
		})
		s.do(t, func(tx *db.Tx) error { return s.SaveNeeds(ctx, tx, []Need{said(1, "a", "2025-09-09", no(), no())}) })
		if p, err := s.Get(ctx, 1); err != nil || !*p.Able || !*p.Willing {
			t.Errorf("an earlier answer came into the file: %v %v %v", p.Able, p.Willing, err)
		}
		s.do(t, func(tx *db.Tx) error { return s.SaveNeeds(ctx, tx, []Need{said(1, "b", "2025-09-10", no(), nil)}) })
		if p, err := s.Get(ctx, 1); err != nil || *p.Able || !*p.Willing {
			t.Errorf("the later answer did not come into the file: %v %v %v", p.Able, p.Willing, err)
		}
	})
}

func same(a, b *bool) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

func TestTheOrderInWhichAnswersArriveDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		maybe := rapid.SampledFrom([]*bool{nil, yes(), no()})
		var list []Need
		for i := range rapid.IntRange(0, 8).Draw(t, "answers") {
			list = append(list, Need{Key: string(rune('a' + i)), Asked: db.On(clock.Date(2025, 9, rapid.IntRange(1, 4).Draw(t, "day"))), KnownAt: rapid.Int64Range(1, 3).Draw(t, "known"),
				Able: maybe.Draw(t, "able"), Willing: maybe.Draw(t, "willing"), Train: maybe.Draw(t, "train")})
		}
		want := AbilityFromNeeds(list)
		mixed := rapid.Permutation(list).Draw(t, "order")
		if got := AbilityFromNeeds(mixed); !same(got.Able, want.Able) || !same(got.Willing, want.Willing) || !same(got.Train, want.Train) || got.AbleOn != want.AbleOn || got.WillingOn != want.WillingOn {
			t.Fatalf("%+v, in another order %+v", want, got)
		}
	})
}

func TestWhoHasNotBeenAskedIsCountedByHouseholdAndVillage(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		here, there := "152921100001", "152921100002"
		put := func(id, household int64, area, relation string, born int, student bool) Person {
			p := somebody(id, []string{"", "包娜仁", "白音", "包小明", "王芳", "李强"}[id])
			p.HouseholdID, p.Area, p.Relation, p.Student = household, area, relation, student
			p.Birth = clock.Date(born, 1, 1)
			return p
		}
		s.do(t, func(tx *db.Tx) error {
			if err := s.SaveHouseholds(ctx, tx, []Household{{ID: 7, Number: "a", Area: here}, {ID: 8, Number: "b", Area: here}, {ID: 9, Number: "c", Area: there}}); err != nil {
				return err
			}
			if err := s.SavePeople(ctx, tx, []Person{put(1, 7, here, "户主", 1980, false), put(2, 7, here, "配偶", 1982, false), put(3, 7, here, "子女", 2005, true),
				put(4, 8, here, "户主", 1950, false), put(5, 9, there, "户主", 1990, false)}); err != nil {
				return err
			}
			return s.SaveNeeds(ctx, tx, []Need{said(1, "a", "2025-09-20", nil, nil), said(2, "b", "2025-07-01", nil, nil), said(5, "c", "2025-09-24", nil, nil)})
		})
		asking := Asking{Area: "152921", BornAfter: day("1965-09-24"), BornBy: day("2009-09-24"), Since: day("2025-08-25")}
		homes, err := s.AskedByHousehold(ctx, asking, "", 0, 10)
		want := []HouseholdAsked{{7, here, 3, 2, 1, day("2025-09-20"), "包娜仁"}, {8, here, 1, 0, 0, db.Date{}, "王芳"}, {9, there, 1, 1, 1, day("2025-09-24"), "李强"}}
		if err != nil || !slices.Equal(homes, want) {
			t.Errorf("households %+v, %v", homes, err)
		}
		if rest, err := s.AskedByHousehold(ctx, asking, here, 7, 1); err != nil || len(rest) != 1 || rest[0].HouseholdID != 8 {
			t.Errorf("behind the first: %+v, %v", rest, err)
		}
		villages, err := s.AskedByVillage(ctx, s.DB, asking)
		if err != nil || !slices.Equal(villages, []VillageAsked{{here, 1, 0, 2, 1, 0}, {there, 1, 1, 1, 1, 0}}) {
			t.Errorf("villages %+v, %v", villages, err)
		}
	})
}
