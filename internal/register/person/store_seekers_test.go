package person

import (
	"slices"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

func TestWhoIsRegisteredUnemployedTheLongestFirst(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		day := func(m time.Month, d int) db.Date { return db.On(clock.Date(2025, m, d)) }
		people := []Person{somebody(1, "甲"), somebody(2, "乙"), somebody(3, "丙"), somebody(4, "丁"), somebody(5, "戊"), somebody(6, "己"), somebody(7, "庚")}
		people[5].Area = "150102001001"
		people[6].Died = day(9, 20) // and still registered
		s.do(t, func(tx *db.Tx) error {
			if err := s.SavePeople(ctx, tx, people); err != nil {
				return err
			}
			return s.SaveRegistrations(ctx, tx, []Registration{
				{PersonID: 1, Since: day(3, 1)},
				{PersonID: 2, Since: day(1, 1), Until: day(9, 24)},               // ends today: no longer
				{PersonID: 3, Since: day(9, 25)},                                 // from tomorrow
				{PersonID: 4, Since: day(3, 1), Until: day(9, 25)},               // the last day
				{PersonID: 5, Since: day(2, 1)}, {PersonID: 5, Since: day(4, 1)}, // twice by mistake
				{PersonID: 7, Since: day(1, 1)},
				{PersonID: 6, Since: day(1, 1)},                                       // lives elsewhere
				{PersonID: 1, Since: db.On(clock.Date(2020, 1, 1)), Until: day(1, 1)}, // long ago
			})
		})
		today := day(9, 24)
		all, err := s.Seekers(ctx, "1529", today, Seeker{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		want := []Seeker{{5, day(2, 1), "152921100001"}, {1, day(3, 1), "152921100001"}, {4, day(3, 1), "152921100001"}}
		if !slices.Equal(all, want) {
			t.Errorf("registered are %v, want %v", all, want)
		}
		var paged []Seeker
		for after := (Seeker{}); ; after = paged[len(paged)-1] {
			page, err := s.Seekers(ctx, "1529", today, after, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			paged = append(paged, page...)
		}
		if !slices.Equal(paged, want) {
			t.Errorf("page by page %v, want %v", paged, want)
		}
		if n, err := s.CountSeekers(ctx, "15", today); n != 4 || err != nil {
			t.Errorf("%d in the region, %v", n, err)
		}
	})
}
