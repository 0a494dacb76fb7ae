package intake

import (
	"slices"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

var visitor = web.User{ID: 2, Name: "苏日娜", Role: account.Officer, Area: "152921"}

func (r *Room) propose(t testing.TB, n Newcomer) (id int64) {
	t.Helper()
	n.Area, n.Met = homes["left"], db.On(r.Clock.Today())
	err := r.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		id, err = r.Propose(ctx, tx, visitor, n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestSomebodyMetAtHomeWhomNobodyKnowsGetsAFile(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		village(t, r)
		id := r.propose(t, Newcomer{Name: "孟根花", IDNumber: somebody(300), Phone: "13900001111", Note: "去年嫁来"})
		if again := r.propose(t, Newcomer{Name: "孟根花", IDNumber: somebody(300), Phone: "13900001111", Note: "去年嫁来"}); again != id {
			t.Errorf("proposed twice, she waits twice: %d and %d", id, again)
		}
		linkUp(t, r)
		list := onDesk(t, r, ClusterOpen)
		if len(list) != 1 || list[0].Why != ClusterNew || list[0].PersonID != 0 || list[0].Area != "152921" {
			t.Fatalf("on the desk: %+v", list)
		}
		before := r.tables(t)
		c := r.mustDecide(t, left, decision(list[0], ChoiceNew))
		made, err := r.People.Get(ctx, c.MadePerson)
		if err != nil || made.Name != "孟根花" || made.Area != homes["left"] || made.Phone != "13900001111" || made.IDNumber != somebody(300) {
			t.Errorf("the file: %+v, %v", made, err)
		}
		r.mustReopen(t, left, c)
		for name, want := range before {
			if got := r.tables(t)[name]; name != "records" && !slices.Equal(got, want) {
				t.Errorf("%s after undoing:\n%v\nbefore:\n%v", name, got, want)
			}
		}
		c = onDesk(t, r, ClusterOpen)[0]
		c = r.mustDecide(t, left, decision(c, ChoiceOther))
		if s := linkUp(t, r); s.Clusters != 0 || len(onDesk(t, r, ClusterOpen)) != 0 {
			t.Errorf("no file was wanted, and she comes again: %+v", s)
		}
		r.mustReopen(t, left, c)
		if list := onDesk(t, r, ClusterOpen); len(list) != 1 {
			t.Errorf("taken back: %+v", list)
		}
	})
}

func TestSomebodyMetAtHomeWhoIsInTheRegisterComesBesideTheFile(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		village(t, r)
		r.propose(t, Newcomer{Name: villager(25), IDNumber: turned(somebody(25)), Phone: "13847000025"})
		linkUp(t, r)
		list := onDesk(t, r, ClusterOpen)
		if len(list) != 1 || list[0].PersonID == 0 || list[0].Why == ClusterNew {
			t.Fatalf("on the desk: %+v", list)
		}
		for what, n := range map[string]Newcomer{
			"已有档案": {Name: villager(25), IDNumber: somebody(25), Area: homes["left"], Met: db.On(r.Clock.Today())},
			"姓名":   {IDNumber: somebody(300), Area: homes["left"], Met: db.On(r.Clock.Today())},
		} {
			err := r.DB.Tx(ctx, func(tx *db.Tx) error { _, err := r.Propose(ctx, tx, visitor, n); return err })
			if err == nil || !strings.Contains(fault.TextOf(err), what) {
				t.Errorf("refused for %s: %v", what, err)
			}
		}
	})
}

func TestTheFirstPersonOfAnEmptyRegisterCanBeSomebodyMetAtHome(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.propose(t, Newcomer{Name: "孟根花", IDNumber: somebody(300)})
		linkUp(t, r)
		if list := onDesk(t, r, ClusterOpen); len(list) != 1 || list[0].Why != ClusterNew {
			t.Errorf("on the desk: %+v", list)
		}
	})
}
