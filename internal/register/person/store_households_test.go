package person

import (
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

func TestManyHouseholdsAreReadWithTheirMembersTheHeadFirst(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		head, elder, child, alone := somebody(1, "包娜仁"), somebody(2, "白音"), somebody(3, "包小明"), somebody(4, "王芳")
		elder.Relation, elder.Birth = "父亲", clock.Date(1950, 1, 1)
		child.Relation = "子女"
		alone.HouseholdID = 8
		s.do(t, func(tx *db.Tx) error {
			if err := s.SavePeople(ctx, tx, []Person{child, elder, head, alone}); err != nil {
				return err
			}
			if err := s.SaveRegistrations(ctx, tx, []Registration{{PersonID: 2, Since: day("2025-01-01")}}); err != nil {
				return err
			}
			return s.SaveHouseholds(ctx, tx, []Household{{ID: 7, Number: "a", Area: "152921100001"}, {ID: 8, Number: "b", Area: "152921100001", Rural: true}, {ID: 9, Number: "c", Area: "152921100001"}})
		})
		got, err := s.Families(ctx, []int64{9, 8, 7, 7, 6})
		if err != nil || len(got) != 3 {
			t.Fatalf("read %v, %v", got, err)
		}
		var names []string
		for _, m := range got[0].Members {
			names = append(names, m.Name)
		}
		if len(names) != 3 || names[0] != "包娜仁" || names[1] != "白音" || names[2] != "包小明" {
			t.Errorf("the first household's members are %v", names)
		}
		if len(got[0].Members[1].Registrations) != 1 || !got[1].Rural || len(got[1].Members) != 1 || len(got[2].Members) != 0 {
			t.Errorf("read %+v", got)
		}
		if none, err := s.Families(ctx, nil); err != nil || len(none) != 0 {
			t.Errorf("of no households: %v, %v", none, err)
		}
	})
}
