package person

import (
	"slices"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

func TestWhichHouseholdsHaveNobodyAtWork(t *testing.T) {
	yes, no := true, false
	type member struct {
		age        int
		student    bool
		able       *bool
		registered bool
		working    bool
		dead       bool
	}
	for _, c := range []struct {
		situation string
		rural     bool
		members   []member
		want      bool
	}{
		{"a couple, both registered unemployed", false, []member{{age: 45, registered: true}, {age: 43, able: &yes, registered: true}}, true},
		{"the same with an agricultural registration", true, []member{{age: 45, registered: true}}, false},
		{"one of the two is at work", false, []member{{age: 45, registered: true}, {age: 43, working: true}}, false},
		{"one of the two is not registered", false, []member{{age: 45, registered: true}, {age: 43}}, false},
		{"one cannot work, a child studies, a parent is retired", false, []member{{age: 45, registered: true}, {age: 43, able: &no}, {age: 17, student: true}, {age: 70}}, true},
		{"a student of sixteen and a registered man who cannot work", false, []member{{age: 16, student: true}, {age: 50, able: &no, registered: true}}, false},
		{"at work and still registered", false, []member{{age: 45, registered: true, working: true}}, false},
		{"registered, on the day of turning sixteen", false, []member{{age: 16, registered: true}}, true},
		{"both registered, one of the two has died since", false, []member{{age: 45, registered: true}, {age: 43, registered: true, dead: true}}, true},
		{"at work as far as the register knows, but dead, and the other one registered", false, []member{{age: 45, registered: true}, {age: 43, working: true, dead: true}}, true},
		{"the only member has died while registered", false, []member{{age: 45, registered: true, dead: true}}, false},
		{"registered, sixty today", false, []member{{age: 60, registered: true}}, false},
	} {
		t.Run(c.situation, func(t *testing.T) {
			run(t, func(t *testing.T, s *Store) {
				today := clock.Date(2025, time.September, 24)
				var people []Person
				var registrations []Registration
				var spells []Spell
				for i, m := range c.members {
					p := somebody(int64(i+1), "某")
					p.Birth, p.HouseholdID, p.Student, p.Able = today.AddDate(-m.age, 0, 0), 7, m.student, m.able
					if m.dead {
						p.Died = day("2025-09-20")
					}
					people = append(people, p)
					if m.registered {
						registrations = append(registrations, Registration{PersonID: p.ID, Since: day("2025-01-10"), Reason: "失业"})
					}
					if m.working {
						spells = append(spells, Spell{PersonID: p.ID, Since: day("2025-03-01"), Kind: Flex, Urban: true, Area: "152921"})
					}
				}
				s.do(t, func(tx *db.Tx) error {
					if err := s.SaveHouseholds(ctx, tx, []Household{{ID: 7, Number: "H7", Area: "152921100001", Rural: c.rural}}); err != nil {
						return err
					}
					if err := s.SavePeople(ctx, tx, people); err != nil {
						return err
					}
					if err := s.SaveRegistrations(ctx, tx, registrations); err != nil {
						return err
					}
					return s.SaveSpells(ctx, tx, spells)
				})
				got, err := ZeroEmployment(ctx, s.DB, "1529", today)
				if err != nil || slices.Equal(got, []int64{7}) != c.want {
					t.Errorf("found %v, %v", got, err)
				}
				if one, err := IsZeroEmployment(ctx, s.DB, 7, today); err != nil || one != c.want {
					t.Errorf("the household alone: %v, %v", one, err)
				}
				if elsewhere, err := ZeroEmployment(ctx, s.DB, "1507", today); err != nil || len(elsewhere) != 0 {
					t.Errorf("found in another league %v, %v", elsewhere, err)
				}
			})
		})
	}
}
