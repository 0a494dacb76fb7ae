package verify

import (
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

// With 24 million people a statement that goes through a whole table for some thousands of them, or sorts a page's list, is seen at night.
func TestTheChecksOfRecordsReadEachTableAlongItsKey(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	day := on(2025, 8, 31)
	for name, c := range map[string]struct {
		query string
		args  []any
		sorts bool // some thousands of rows may be put in order
	}{
		"two places": {replaceTwoPlaces, []any{0, 9, day, day}, true},
		"twice":      {replaceTwice, []any{0, 9, day, day}, true},
		"uninsured":  {replaceUninsured, []any{0, 9, day, day, 202506, 202508}, true},
		"employed":   {employedByArea, []any{0, 9, day, day}, true},
		"asked":      {countAsked, []any{"152921"}, false},
		"below":      {countBelow, []any{"1529", "152:"}, false},
		"people":     {listHolders, []any{0, 9}, false},
		"a list":     {listHits, []any{Phone, "152921", 0, 0, 30}, false},
	} {
		plan, err := db.All(ctx, w.Room.DB, func(s *[4]any) []any { return []any{&s[0], &s[1], &s[2], &s[3]} }, `EXPLAIN QUERY PLAN `+c.query, c.args...)
		w.Must(err)
		for _, step := range plan {
			does := step[3].(string)
			if strings.HasPrefix(does, "SCAN") && does != "SCAN e" || !c.sorts && strings.Contains(does, "TEMP B-TREE") {
				t.Errorf("%s: %s", name, does)
			}
		}
	}
}

func TestOneJobEnteredTwiceOnOneDayIsSeenAndWhatTheLastRunSawIsForgotten(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.people(1, 4, "152921100001", "")
		var b person.Batch
		for id := int64(1); id <= 4; id++ {
			for _, kind := range []string{person.Unit, person.Post} {
				b.Spells = append(b.Spells, person.Spell{PersonID: id, Since: on(2025, 3, 1), Kind: kind, EmployerID: 5, Area: "152921100001"})
			}
		}
		w.facts(b)
		w.Tx(func(tx *db.Tx) error { // the last run saw somebody who is not on file any more
			return tx.Copy(ctx, "verify_hit", []string{"person_id", "kind", "area", "other"}, [][]any{{int64(99), Twice, "152921", int64(5)}})
		})
		w.run()
		list, err := hits(ctx, w.Room.DB, Twice, "152921", 0, 0, 10)
		w.Must(err)
		if len(list) != 4 || list[0].PersonID != 1 {
			t.Errorf("seen: %+v", list)
		}
		if f := w.one(); f.Kind != Twice || f.Evidence.People != 4 {
			t.Errorf("found %+v", f)
		}
	})
}

func TestRecordsAreCorrectedWhenARunDoesNotSeeThemAnyMore(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.people(1, 8, "152923100001", "13900001111")
		w.run()
		_, err := w.Ask(ctx, chief, []int64{w.one().ID}, w.Once())
		w.Must(err)
		w.Must(w.Explain(ctx, bold, w.one().ID, Fixed, "已逐人核实电话", w.Once()))
		f := w.one()
		w.Refused(fault.Conflict, "立即核查", w.Judge(ctx, chief, f.ID, Corrected, "已核实", f.Version, w.Once()))
		w.Tx(func(tx *db.Tx) error {
			return w.People.SavePhones(ctx, tx, map[int64]string{1: "13900002221", 2: "13900002222", 3: "13900002223"})
		})
		w.run()
		f = w.one()
		w.Must(w.Judge(ctx, chief, f.ID, Corrected, "已核实", f.Version, w.Once()))
		if f = w.one(); f.State != Closed || f.Verdict != Corrected {
			t.Errorf("in the end: %+v", f)
		}
	})
}

// Under PostgreSQL a run and a verdict may overlap: what the run had read of a state is not written back.
func TestARunLeavesWhatSomebodyDecidedMeanwhile(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.report(raised)
		w.run()
		f := w.one()
		w.Must(w.Judge(ctx, chief, f.ID, Unfounded, "两个项目集中用工", f.Version, w.Once()))
		w.Tx(func(tx *db.Tx) error {
			if err := renew(ctx, tx, &f); err != nil { // read before the verdict
				return err
			}
			return unseen(ctx, tx, f.ID)
		})
		if f = w.one(); f.State != Closed || f.Verdict != Unfounded {
			t.Errorf("the verdict became %+v", f)
		}
	})
}
