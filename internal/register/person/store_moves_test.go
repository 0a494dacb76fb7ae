package person

import (
	"slices"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

func TestChangesOfOccupationAreCounted(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		day := func(year int) db.Date { return db.On(clock.Date(year, 3, 1)) }
		spell := func(id int64, year int, work string) Spell {
			return Spell{PersonID: id, Since: day(year), Kind: Unit, Area: "152921", Occupation: work}
		}
		s.do(t, func(tx *db.Tx) error {
			return s.SaveSpells(ctx, tx, []Spell{
				spell(1, 2016, "牧工"), spell(1, 2018, "电工"), spell(1, 2020, "电工"), spell(1, 2022, "焊工"),
				spell(2, 2018, "电工"), spell(2, 2019, ""), spell(2, 2021, "焊工"), // what came between is not known
				spell(3, 2019, "电工"), spell(3, 2021, "焊工"), spell(4, 2021, "保安员"),
				spell(5, 2019, "保安员"), spell(5, 2020, "电工"), spell(5, 2021, "保安员"),
			})
		})
		got, err := s.Moves(ctx, day(2019))
		if want := []Move{{"保安员", "电工", 1}, {"电工", "保安员", 1}, {"电工", "焊工", 2}}; err != nil || !slices.Equal(sorted(got), sorted(want)) {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// sorted puts moves in bytewise order; databases may order texts by their language.
func sorted(list []Move) []Move {
	slices.SortFunc(list, func(a, b Move) int {
		if a.From+a.To < b.From+b.To {
			return -1
		}
		return 1
	})
	return list
}
