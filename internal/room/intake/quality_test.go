package intake

import (
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// colleague is another officer of the banner of left.
var colleague = Actor{ID: 12, Name: "乌兰（经办）", Area: "152921", AreaName: "阿拉善左旗"}

// repeatNow lays a decided cluster before a second clerk, as chance would.
func repeatNow(t *testing.T, r *Room, c Cluster) Cluster {
	t.Helper()
	for _, blind := range onDesk(t, r, ClusterOpen) {
		if blind.BlindOf == c.ID {
			return blind
		}
	}
	again := r.repeat(&c, 2)
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return addClusters(ctx, tx, []*Cluster{again}) }); err != nil {
		t.Fatal(err)
	}
	return *again
}

func TestASecondClerkSeesTheSameClusterAndChangesNothing(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		c := r.mustDecide(t, left, decision(beginDesk(t, r), ChoiceSame))
		blind := repeatNow(t, r, c)
		if err := r.DecideCluster(ctx, left, decision(blind, ChoiceOther), "once-0000000000000000"); !fault.Is(err, fault.Denied) {
			t.Errorf("the first clerk repeats: %v", err)
		}
		f := deskFilter{area: "152921", state: ClusterOpen, high: 10001, me: left.ID}
		if n, err := countClusters(ctx, r.DB, f); n != 0 || err != nil {
			t.Errorf("the first clerk has %d on the desk, %v", n, err)
		}
		if f.me = colleague.ID; true {
			if n, err := countClusters(ctx, r.DB, f); n != 1 || err != nil {
				t.Errorf("the second clerk has %d on the desk, %v", n, err)
			}
		}
		before := r.tables(t)["records"]
		r.mustDecide(t, colleague, decision(blind, ChoiceSame))
		if after := r.tables(t)["records"]; len(after) != len(before) {
			t.Errorf("the repetition wrote %v over %v", after, before)
		}
		list, err := r.Clerks(ctx, league, "1529", 0, 0)
		if err != nil || len(list) != 2 || list[0].Agreed != 1 || list[0].Double != 1 || list[1].Agreed != 1 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestWhereTwoDisagreeAManagerDecidesAndTheRegisterFollows(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		c := r.mustDecide(t, left, decision(beginDesk(t, r), ChoiceSame))
		r.mustDecide(t, colleague, decision(repeatNow(t, r, c), ChoiceOther))
		var third Cluster
		for _, one := range onDesk(t, r, ClusterOpen) {
			if one.Turn == 3 {
				third = one
			}
		}
		if third.ID == 0 {
			t.Fatal("nobody is asked a third time")
		}
		r.mustDecide(t, league, decision(third, ChoiceOther))
		first, err := findCluster(ctx, r.DB, c.ID)
		if err != nil || first.Choice != ChoiceSome || first.DecidedBy != league.ID || first.Members[0].Answer != ChoiceOther {
			t.Errorf("%+v, %v", first, err)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_review WHERE state = 'same'`); n != 0 {
			t.Errorf("%d rows are still in the file", n)
		}
		list, err := r.Clerks(ctx, league, "1529", left.ID, 0)
		if err != nil || len(list) != 1 || list[0].Agreed != 0 || list[0].Double != 1 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestAHiddenKnownPairMeasuresAndChangesNothing(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		c := beginDesk(t, r)
		known := c
		known.ID, known.known, known.Members = r.IDs.Next(), "different", []Member{{ReviewID: r.IDs.Next(), Place: 1, sealed: c.Members[0].review.sealed}}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return addClusters(ctx, tx, []*Cluster{&known}) }); err != nil {
			t.Fatal(err)
		}
		before := r.tables(t)
		r.mustDecide(t, left, decision(known, ChoiceSame))
		after := r.tables(t)
		if len(after["records"]) != len(before["records"]) || len(after["never"]) != 0 {
			t.Errorf("%v", after)
		}
		list, err := r.Clerks(ctx, league, "152921", 0, 0)
		if err != nil || len(list) != 1 || list[0].Known != 1 || list[0].Right != 0 {
			t.Errorf("%+v, %v", list, err)
		}
		if _, err := r.Clerks(ctx, left, "1529", 0, 0); !fault.Is(err, fault.Denied) {
			t.Errorf("an officer asks for the league: %v", err)
		}
	})
}

func TestIntervalsAreWilsons(t *testing.T) {
	for _, c := range []struct{ yes, n, low, high int64 }{{0, 0, 0, 10000}, {10, 10, 7225, 10000}, {0, 10, 0, 2775}, {95, 100, 8882, 9785}} {
		if low, high := wilson(c.yes, c.n); low != c.low || high != c.high {
			t.Errorf("%d of %d: %d to %d", c.yes, c.n, low, high)
		}
	}
}

func TestAboutThreeInAHundredAreDecidedTwice(t *testing.T) {
	n := 0
	for i := range int64(100_000) {
		if picked(758492902197698871+i, "double", doubleKeyed) {
			n++
		}
	}
	if n < 2800 || n > 3200 {
		t.Errorf("%d of 100,000", n)
	}
}
