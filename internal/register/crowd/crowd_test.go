package crowd

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

var ctx = context.Background()

// conditions are policies of all kinds that columns meet: plain ones, several in one, households' facts, and formulas that
// are decided while the columns are filled.
var conditions = []string{
	"登记失业 是\n- 失业月数 >= 6",
	"任一:\n    - 零就业家庭成员 是\n    - 残疾人 是\n- 年龄 介于 16 和 59 之间",
	"居住地 开头为 [152921]\n- 农业户口 否",
	"失业月数 * 2 >= 12 且 登记失业",
	"退役军人 是\n- 退役日期 >= 今天 - 2 年",
	"非: 当前就业形式 属于 [单位就业, 灵活就业]",
}

func policies(t testing.TB) (list []*rule.Policy) {
	d, err := dictionary.Person()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range conditions {
		text := fmt.Sprintf("编号: T%d\n名称: 试\n来源: {文件: 无, 条款: 无, 原文: 无}\n结果: {说明: 无}\n办理: {下一步: 无}\n条件:\n- %s\n", i, c)
		p, err := rule.Load([]byte(text), d)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

type town struct {
	*Crowd
	t    *testing.T
	rand *rand.Rand
}

func onBoth(t *testing.T, body func(w town)) {
	dbtest.Run(t, []db.Schema{db.OwnSchema, person.Schema, employer.Schema}, func(t *testing.T, d *db.DB) {
		sealer, err := seal.New(seal.GenerateKeys())
		if err != nil {
			t.Fatal(err)
		}
		c := clock.NewFake("2025-09-24 06:00")
		made, err := New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}, Clock: c,
			File: filepath.Join(t.TempDir(), "crowd")})
		if err != nil {
			t.Fatal(err)
		}
		made.Use(policies(t))
		body(town{made, t, rand.New(rand.NewPCG(1, 2))})
	})
}

// settle draws people from first to end, three to a household, with what the policies ask about.
func (w town) settle(first, end int64) {
	w.t.Helper()
	var people []person.Person
	var facts person.Batch
	r := w.rand
	for id := first; id < end; id++ {
		birth := clock.Date(1955+r.IntN(60), time.Month(1+r.IntN(12)), 1+r.IntN(28))
		p := person.Person{ID: id, Name: "某", Sex: 1 + r.IntN(2), Birth: birth, Ethnic: "01", Area: []string{"152921100001", "152923100001", "150102001001", "110101001001"}[r.IntN(4)],
			IDNumber: identity.MakeIDNumber("152921", clock.Date(1980, 1, 1).AddDate(0, 0, int(id)), int(id%900)), HouseholdID: id / 3, Rural: id/3%4 == 0}
		if yes := true; r.IntN(2) == 0 {
			p.Able, p.Willing = &yes, &yes
		}
		people = append(people, p)
		if r.IntN(3) == 0 {
			facts.Registrations = append(facts.Registrations, person.Registration{PersonID: id, Since: db.On(clock.Date(2025, time.Month(1+r.IntN(9)), 1))})
		} else if r.IntN(2) == 0 {
			facts.Spells = append(facts.Spells, person.Spell{PersonID: id, Since: db.On(clock.Date(2024, 3, 1)), Kind: []string{person.Unit, person.Flex, person.Self}[r.IntN(3)], Area: "152921"})
		}
		if r.IntN(6) == 0 {
			facts.Groups = append(facts.Groups, person.Group{PersonID: id, Kind: []string{person.Veteran, person.Disabled}[r.IntN(2)], Since: db.On(clock.Date(2020+r.IntN(6), 1, 1)), Detail: "自主就业"})
		}
	}
	w.do(func(tx *db.Tx) error {
		if err := w.People.SavePeople(ctx, tx, people); err != nil {
			return err
		}
		_, err := w.People.SaveFacts(ctx, tx, &facts)
		return err
	})
}

func (w town) do(work func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.DB.Tx(ctx, work); err != nil {
		w.t.Fatal(err)
	}
}

func (w town) fresh() int {
	w.t.Helper()
	n, err := w.Fresh(ctx, progress.None{})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// same compares every policy's counts with everybody decided one by one from the register.
func (w town) same() {
	w.t.Helper()
	around, err := dictionary.On(ctx, w.DB, w.Clock.Today())
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := around.Everybody(ctx, w.DB, w.Employers); err != nil {
		w.t.Fatal(err)
	}
	list := policies(w.t)
	want := make([]map[string]Count, len(list))
	for i := range want {
		want[i] = map[string]Count{}
	}
	err = w.People.EachFacts(ctx, -1<<62, func(batch []*person.Facts) error {
		for _, f := range batch {
			var row dictionary.Row
			around.Fill(&row, f)
			at := w.now.names[groupOf(w.now.group, f.Area)]
			for i, p := range list {
				n := want[i][at]
				n.Area = at
				switch rule.Holds(p, &row, around.On) {
				case rule.Eligible:
					n.Yes++
				case rule.Unknown:
					n.Unknown++
				}
				want[i][at] = n
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	for i, p := range list {
		got, err := w.Counts(ctx, p.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		some := slices.Sorted(maps.Keys(want[i]))
		for _, n := range got {
			if n.Yes+n.Unknown > 0 && !slices.Contains(some, n.Area) {
				w.t.Errorf("%s: %+v, where nobody lives", p.ID, n)
			}
			if slices.Contains(some, n.Area) && n != want[i][n.Area] {
				w.t.Errorf("%s (%s): counted %+v, one by one %+v", p.ID, strings.ReplaceAll(conditions[i], "\n", " "), n, want[i][n.Area])
			}
		}
	}
}

func TestTheColumnsFollowTheRegister(t *testing.T) {
	onBoth(t, func(w town) {
		w.settle(100, 700)
		w.fresh()
		w.same()
		if n := w.fresh(); n != 0 {
			t.Errorf("%d people are written again though nobody has changed", n)
		}
		w.settle(1000, 1100) // newcomers
		w.settle(50, 60)     // with ids below the others
		if n := w.fresh(); n < 110 {
			t.Errorf("%d newcomers are noticed", n)
		}
		w.same()
		w.do(func(tx *db.Tx) error { // one member of a household finds work: the others are no zero-employment household any more
			return w.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: 301, Since: db.On(clock.Date(2025, 9, 1)), Kind: person.Unit, Area: "152921"}})
		})
		if n := w.fresh(); n != 3 {
			t.Errorf("%d people are written again for one of a household of three", n)
		}
		w.same()
		w.do(func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `DELETE FROM person WHERE person_id = 302`); err != nil {
				return err
			}
			return w.People.Touch(ctx, tx, "person", []int64{302})
		})
		w.fresh()
		w.same()
	})
}

func TestTheFileIsTakenUpWhereItWasLeft(t *testing.T) {
	onBoth(t, func(w town) {
		w.settle(1, 200)
		w.fresh()
		w.settle(200, 230)
		again, err := New(w.Deps)
		if err != nil {
			t.Fatal(err)
		}
		again.Use(policies(t))
		next := town{again, w.t, w.rand}
		if n := next.fresh(); n < 30 || n > 40 {
			t.Errorf("%d people are written again after opening, 30 have come", n)
		}
		next.same()
		again.Use(policies(t)[:2]) // other policies: built anew
		next.fresh()
		if _, err := again.Counts(ctx, "T3"); err == nil {
			t.Error("a policy that is not in use is counted")
		}
	})
}

func TestAConditionIsAskedOfEverybody(t *testing.T) {
	onBoth(t, func(w town) {
		w.settle(1, 400)
		w.fresh()
		list := policies(t)
		asked, err := w.Ask(ctx, list[1])
		if err != nil {
			t.Fatal(err)
		}
		kept, err := w.Counts(ctx, list[1].ID)
		if err != nil || !slices.Equal(asked, kept) {
			t.Errorf("asked %v, kept %v, %v", asked, kept, err)
		}
		d, err := dictionary.Person()
		if err != nil {
			t.Fatal(err)
		}
		// 失业月数 * 2 >= 14 stands in no column, and is the same as 失业月数 >= 7
		var formula, plain *rule.Policy
		for text, to := range map[string]**rule.Policy{"失业月数 * 2 >= 14 且 登记失业": &formula, "失业月数 >= 7\n- 登记失业 是": &plain} {
			if *to, err = rule.Load([]byte("编号: X\n名称: 试\n来源: {文件: 无, 条款: 无, 原文: 无}\n结果: {说明: 无}\n办理: {下一步: 无}\n条件:\n- "+text+"\n"), d); err != nil {
				t.Fatal(err)
			}
		}
		one, err := w.Ask(ctx, formula)
		if err != nil {
			t.Fatal(err)
		}
		other, err := w.Ask(ctx, plain)
		if err != nil || !slices.Equal(one, other) {
			t.Errorf("one by one %v, by columns %v, %v", one, other, err)
		}
		found := list[0].Thresholds(w.now.on)
		if len(found) != 1 || found[0].Value != 6 || found[0].Said.Zh != "失业月数应不少于 6 个月" {
			t.Fatalf("thresholds: %+v", found)
		}
		turned, err := w.Ask(ctx, list[0].With(found[0], 7))
		if err != nil || !slices.Equal(turned, other) {
			t.Errorf("with 7 months for 6: %v, written with 7: %v", turned, other)
		}
	})
}
