package person

import (
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

// all reads the feed from a mark to its end.
func (s *Store) all(t *testing.T, after Mark, page int) (list []Change) {
	t.Helper()
	for {
		part, next, more, err := s.Changes(ctx, after, page)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, part...)
		if after = next; !more {
			return list
		}
	}
}

func (s *Store) spell(t *testing.T, ids ...int64) {
	t.Helper()
	var list []Spell
	for _, id := range ids {
		list = append(list, Spell{PersonID: id, Since: db.On(clock.Date(2025, 3, 1)), Kind: Flex, Area: "152921"})
	}
	s.do(t, func(tx *db.Tx) error { return s.SaveSpells(ctx, tx, list) })
}

func TestWhoReadsTheFeedMeetsEverybodyWithTheirLastChange(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		s.do(t, func(tx *db.Tx) error {
			return s.SavePeople(ctx, tx, []Person{somebody(1, "包"), somebody(2, "白"), somebody(3, "陈")})
		})
		first := s.all(t, Mark{}, 2)
		if len(first) != 3 || first[0].What != "person" || first[0].Area != "152921100001" {
			t.Fatalf("the feed begins with %+v", first)
		}
		end := first[2].Mark
		if more := s.all(t, end, 2); len(more) != 0 {
			t.Errorf("behind the end stands %+v", more)
		}
		s.spell(t, 2)
		s.spell(t, 2) // word for word the same: no change
		if more := s.all(t, end, 2); len(more) != 1 || more[0].PersonID != 2 || more[0].What != "spell" {
			t.Errorf("after one new spell the feed goes on with %+v", more)
		}
		if again := s.all(t, Mark{}, 100); len(again) != 3 || again[2].PersonID != 2 {
			t.Errorf("from the beginning it is %+v", again)
		}
	})
}

func TestAFactTakenOutAndAnAnswerGivenAreChangesToo(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		s.do(t, func(tx *db.Tx) error { return s.SavePeople(ctx, tx, []Person{somebody(1, "包"), somebody(2, "白")}) })
		s.spell(t, 1)
		here := s.all(t, Mark{}, 100)
		yes := true
		s.do(t, func(tx *db.Tx) error {
			_, err := s.RemoveFacts(ctx, tx, &Batch{Spells: []Spell{{PersonID: 1, Since: db.On(clock.Date(2025, 3, 1)), Kind: Flex, Area: "152921"}}})
			return err
		})
		s.do(t, func(tx *db.Tx) error {
			_, err := s.SaveAbilities(ctx, tx, []Ability{{PersonID: 2, Able: &yes}})
			return err
		})
		more := s.all(t, here[len(here)-1].Mark, 1)
		if len(more) != 2 || more[0].What != "spell" || more[1].What != "ability" {
			t.Errorf("the feed says %+v", more)
		}
	})
}

// A transaction stamps its change, another one begins later and commits first. A reader who comes in between must not
// step over the first.
func TestAChangeThatIsCommittedLateIsNotSteppedOver(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		if s.DB.Kind() == db.SQLite {
			return // writers follow each other: there is no late one
		}
		s.do(t, func(tx *db.Tx) error { return s.SavePeople(ctx, tx, []Person{somebody(1, "包"), somebody(2, "白")}) })
		at := s.all(t, Mark{}, 100)
		mark := at[len(at)-1].Mark
		s.do(t, func(late *db.Tx) error {
			if err := s.Touch(ctx, late, "spell", []int64{1}); err != nil {
				return err
			}
			s.spell(t, 2)
			if seen := s.all(t, mark, 100); len(seen) != 0 {
				t.Errorf("while an earlier change was open the reader was given %+v", seen)
			}
			return nil
		})
		if seen := s.all(t, mark, 100); len(seen) != 2 || seen[0].PersonID != 1 || seen[1].PersonID != 2 {
			t.Errorf("afterwards it got %+v", seen)
		}
	})
}
