package employer

import (
	"fmt"
	"slices"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/feed"
	"jiuye/internal/register/person"
)

// news are what both feeds say since the last time: of employers, and of people.
type news struct {
	s      *Store
	people *person.Store
	units  feed.Mark
	mark   person.Mark
}

func (n *news) read(t *testing.T) (units []string, people []int64) {
	t.Helper()
	list, next, _, err := n.s.Changes(ctx, n.units, 100)
	if err != nil {
		t.Fatal(err)
	}
	n.units = next
	for _, c := range list {
		units = append(units, fmt.Sprint(c.What, " ", c.ID))
	}
	slices.Sort(units)
	found, mark, _, err := n.people.Changes(ctx, n.mark, 100)
	if err != nil {
		t.Fatal(err)
	}
	n.mark = mark
	for _, c := range found {
		people = append(people, c.PersonID)
	}
	slices.Sort(people)
	return units, people
}

// Each change of an employer stands in the feed, and with it the people who feel it, no others.
func TestAChangedEmployerIsToldOfWithThoseWhoFeelIt(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		n := news{s: s, people: &person.Store{DB: s.DB, Clock: s.Clock}}
		s.do(t, func(tx *db.Tx) error {
			return n.people.SaveSpells(ctx, tx, []person.Spell{
				{PersonID: 21, Since: db.On(clock.Date(2025, 3, 1)), Kind: person.Unit, EmployerID: 1, Area: "152921"},
				{PersonID: 22, Since: db.On(clock.Date(2020, 3, 1)), Until: db.On(clock.Date(2021, 3, 1)), Kind: person.Unit, EmployerID: 1, Area: "152921"},
				{PersonID: 23, Since: db.On(clock.Date(2025, 3, 1)), Kind: person.Unit, EmployerID: 2, Area: "152921"}})
		})
		n.read(t)
		school := Employer{ID: 2, CreditCode: "12152922MA0N0000XB", Name: "第一中学", Kind: Institution, Area: "152922"}
		save := func(e Employer) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { return s.Save(ctx, tx, []Employer{e, school}) }
		}
		grown, other, sold, founded := kitchen, kitchen, kitchen, kitchen
		grown.Staff++
		other.Staff, other.Industry = grown.Staff, "E47"
		sold.Staff, sold.Industry, sold.FounderID = grown.Staff, "E47", 10
		founded.Staff, founded.Industry, founded.FounderID = grown.Staff, "E47", 0
		for _, step := range []struct {
			what   string
			do     func(tx *db.Tx) error
			units  []string
			people []int64
		}{
			{"two come", save(kitchen), []string{"new 1", "new 2"}, []int64{9, 21, 22, 23}},
			{"nothing is different", save(kitchen), nil, nil},
			{"it grows, which no person feels", save(grown), []string{"employer 1"}, nil},
			{"it builds now", save(other), []string{"employer 1"}, []int64{21, 22}},
			{"it is sold", save(sold), []string{"employer 1"}, []int64{9, 10}},
			{"its founder leaves the register", func(tx *db.Tx) error { return s.Unfound(ctx, tx, []int64{10}) }, []string{"employer 1"}, nil},
			{"that is known already", save(founded), nil, nil},
			{"it closes", func(tx *db.Tx) error { return s.Remove(ctx, tx, []int64{1, 7}) }, []string{"removed 1"}, []int64{21, 22}},
			{"and that twice", func(tx *db.Tx) error { return s.Remove(ctx, tx, []int64{1}) }, nil, nil},
		} {
			s.do(t, step.do)
			if units, people := n.read(t); !slices.Equal(units, step.units) || !slices.Equal(people, step.people) {
				t.Errorf("%s: employers %v, people %v; want %v and %v", step.what, units, people, step.units, step.people)
			}
		}
	})
}

// A writer that was overtaken between its look and its write tells of everything.
func TestWhatSomebodyElseWroteMeanwhileIsToldToo(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		n := news{s: s, people: &person.Store{DB: s.DB, Clock: s.Clock}}
		s.do(t, func(tx *db.Tx) error { return touchMoved(ctx, tx, []Employer{kitchen}, []Employer{kitchen}, 1) })
		if units, people := n.read(t); !slices.Equal(units, []string{"employer 1"}) || !slices.Equal(people, []int64{9}) {
			t.Errorf("employers %v, people %v", units, people)
		}
	})
}
