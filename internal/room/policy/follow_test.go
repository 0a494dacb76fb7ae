package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// columns gives the office a crowd.
func (o office) columns() office {
	c, err := crowd.New(crowd.Deps{DB: o.DB, People: o.People, Employers: o.Employers, Clock: o.Clock})
	if err != nil {
		o.t.Fatal(err)
	}
	o.Crowd = c
	return o
}

// state is the lists and the latest run's numbers, as text.
func (o office) state() string {
	o.t.Helper()
	var lines []string
	for _, sh := range []shelf{ofPeople, ofEmployers} {
		list, err := o.store.between(ctx, sh, -1<<62, 1<<62)
		if err != nil {
			o.t.Fatal(err)
		}
		for _, g := range list {
			lines = append(lines, fmt.Sprintln(sh.key, g.owner, g.policy, g.verdict, g.area, g.from))
		}
	}
	last, _, err := o.store.latest(ctx)
	if err != nil {
		o.t.Fatal(err)
	}
	numbers, err := o.store.numbers(ctx, last.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	var counts []string
	for k, n := range numbers {
		if n != 0 {
			counts = append(counts, fmt.Sprintln(k.policy, k.banner, k.verdict, n))
		}
	}
	slices.Sort(counts)
	return strings.Join(slices.Concat(lines, counts), "")
}

// surely leaves out what is followed in the morning only: of employers that change, how many were unknown before.
func (o office) surely(state string) string {
	for _, p := range o.catalogue().employers {
		unlisted := (&following{catalogue: o.catalogue()}).unlisted(p.ID)
		state = strings.Join(slices.DeleteFunc(strings.SplitAfter(state, "\n"), func(line string) bool {
			return strings.HasPrefix(line, p.ID+" ") && (unlisted || strings.Contains(line, " unknown ") || strings.Contains(line, " no "))
		}), "")
	}
	return state
}

// less is the lines of one text that another has not.
func less(a, b string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(a, "\n"), func(line string) bool { return strings.Contains(b, line+"\n") }), "\n")
}

func TestTheListsFollowAChangeAsIfEverybodyWereScreened(t *testing.T) {
	open15(t, func(o office) {
		t := o.t
		o = o.columns()
		o.settle()
		o.Clock.(*clock.Fake).Add(time.Second)
		begun := o.screen().Run
		tick := o.Clock.(*clock.Fake)
		for _, step := range []struct {
			what string
			do   func(tx *db.Tx) error
		}{
			{"nothing", func(*db.Tx) error { return nil }},
			{"somebody becomes a veteran", func(tx *db.Tx) error {
				return o.People.SaveGroups(ctx, tx, []person.Group{{PersonID: 4, Kind: person.Veteran, Since: on("2024-09-01"), Detail: "自主就业"}})
			}},
			{"a worker is registered unemployed", func(tx *db.Tx) error {
				return o.People.SaveRegistrations(ctx, tx, []person.Registration{{PersonID: 8, Since: on("2025-03-01")}})
			}},
			{"a newcomer in another banner", func(tx *db.Tx) error {
				return o.People.SavePeople(ctx, tx, []person.Person{inhabitant(20, "新来", "152923100001")})
			}},
			{"somebody moves", func(tx *db.Tx) error {
				p := inhabitant(1, "苏日娜", "152922100001")
				return o.People.SavePeople(ctx, tx, []person.Person{p})
			}},
			{"the employer hires one more", func(tx *db.Tx) error {
				return o.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: 2, Since: on("2025-08-01"), Kind: person.Unit, EmployerID: 1, Urban: true, Area: "152921", Contract: 12}})
			}},
			{"a second employer opens", func(tx *db.Tx) error {
				return o.Employers.Save(ctx, tx, []employer.Employer{{ID: 2, CreditCode: "91152921MA0N00002X", Name: "巴彦浩特奶茶店", Kind: employer.Individual,
					Industry: "H62", Area: "152921100001", Opened: on("2024-01-01"), FounderID: 5, Staff: 1}})
			}},
			{"it is sold to somebody else", func(tx *db.Tx) error {
				return o.Employers.Save(ctx, tx, []employer.Employer{{ID: 2, CreditCode: "91152921MA0N00002X", Name: "巴彦浩特奶茶店", Kind: employer.Individual,
					Industry: "H62", Area: "152921100001", Opened: on("2024-01-01"), FounderID: 6, Staff: 1}})
			}},
			{"it moves to another banner and becomes a company", func(tx *db.Tx) error {
				return o.Employers.Save(ctx, tx, []employer.Employer{{ID: 2, CreditCode: "91152921MA0N00002X", Name: "巴彦浩特奶茶有限公司", Kind: employer.Enterprise,
					Industry: "H62", Area: "152922100001", Opened: on("2024-01-01"), FounderID: 6, Staff: 1}})
			}},
			{"where the graduates work turns out to be an institution", func(tx *db.Tx) error {
				e, err := o.Employers.ListIn(ctx, tx, []int64{1})
				if err != nil {
					return err
				}
				e[0].Kind = employer.Institution
				return o.Employers.Save(ctx, tx, e)
			}},
			{"it is struck off", func(tx *db.Tx) error { return o.Employers.Remove(ctx, tx, []int64{2}) }},
		} {
			o.do(step.do)
			tick.Add(time.Second)
			sum, err := o.Follow(ctx, progress.None{})
			if err != nil {
				t.Fatal(err)
			}
			followed, run := o.state(), sum.Run
			if last, _, err := o.store.latest(ctx); err != nil || last.ID != begun {
				t.Errorf("%s: everybody was screened, %v", step.what, err)
			}
			again := o.screen()
			if again.Run == run {
				t.Error("a screening has a run of its own")
			}
			begun = again.Run
			whole := o.state()
			if strings.HasPrefix(step.what, "it ") || strings.HasPrefix(step.what, "where ") { // an employer that was there before
				followed, whole = o.surely(followed), o.surely(whole)
			}
			if followed != whole {
				t.Errorf("%s: only followed\n%s\nonly screened\n%s", step.what, less(followed, whole), less(whole, followed))
			}
		}
	})
}

func TestEnteringAndLeavingIsNotedOnceARun(t *testing.T) {
	open15(t, func(o office) {
		t := o.t
		o = o.columns()
		o.settle()
		o.Clock.(*clock.Fake).Add(time.Second)
		o.screen()
		follow := func(want Summary) {
			t.Helper()
			got, err := o.Follow(ctx, progress.None{})
			if err != nil {
				t.Fatal(err)
			}
			if got.Entered != want.Entered || got.Left != want.Left {
				t.Errorf("entered %d, left %d, want %d and %d", got.Entered, got.Left, want.Entered, want.Left)
			}
		}
		veteran := person.Group{PersonID: 4, Kind: person.Veteran, Since: on("2024-09-01"), Detail: "自主就业"}
		before := o.state()
		o.do(func(tx *db.Tx) error { return o.People.SaveGroups(ctx, tx, []person.Group{veteran}) })
		last, _, err := o.store.latest(ctx)
		if err != nil {
			t.Fatal(err)
		}
		entered := func() int64 {
			list, err := o.store.moves(ctx, ofPeople, last.ID, "15")
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range list {
				if m.Policy == "R54" {
					return m.Entered
				}
			}
			return 0
		}
		if _, err := o.Follow(ctx, progress.None{}); err != nil {
			t.Fatal(err)
		}
		if entered() != 1 {
			t.Errorf("%d have entered", entered())
		}
		o.do(func(tx *db.Tx) error { // it was a mistake
			if _, err := tx.Exec(ctx, `DELETE FROM person_key_group WHERE person_id = 4`); err != nil {
				return err
			}
			return o.People.Touch(ctx, tx, "group", []int64{4})
		})
		if _, err := o.Follow(ctx, progress.None{}); err != nil {
			t.Fatal(err)
		}
		if entered() != 0 || o.state() != before {
			t.Errorf("%d have entered and left again; now\n%sbefore\n%s", entered(), o.state(), before)
		}
		follow(Summary{})
	})
}

func TestManyChangesAreScreened(t *testing.T) {
	open15(t, func(o office) {
		o = o.columns()
		o.settle()
		first := o.screen()
		ids := map[int64]bool{}
		o.do(func(tx *db.Tx) error {
			var people []person.Person
			for n := int64(1000); n < 1200; n++ {
				people = append(people, inhabitant(n, "某", "152921100001"))
				ids[n] = true
			}
			return o.People.SavePeople(ctx, tx, people)
		})
		sum, err := o.Follow(ctx, progress.None{})
		if err != nil || sum.Run == first.Run || sum.People != 208 {
			o.t.Errorf("%d newcomers: %+v, %v", len(slices.Collect(maps.Keys(ids))), sum, err)
		}
	})
}
