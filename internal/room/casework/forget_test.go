package casework

import (
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
)

func TestWordsAboutAHouseholdGoWithThePeopleTheyNamed(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ids := w.household(house{id: 5}, []string{"包娜仁", "王强", "包小雨"}, couple...)
		w.sweep()
		visit := func(who web.User, key, note string) {
			c := w.cases(5)[0]
			if err := w.Record(ctx, who, key, Record{CaseID: c.ID, Version: c.Version, Kind: StepKinds[0], Note: note, NextStep: "给王强介绍岗位"}); err != nil {
				t.Fatal(err)
			}
		}
		visit(suriya, "forget-test-0001", "见到包娜仁和王强，电话 13800005678")
		all := func() string {
			c := w.cases(5)[0]
			text := c.Proof + c.NextStep
			for _, s := range w.stepsOf(c) {
				text += "|" + s.Note
			}
			return text
		}
		w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, ids[1:2]) }) // 王强: the others stay
		if text := all(); strings.Contains(text, "王强") || strings.Contains(text, "13800005678") || !strings.Contains(text, "见到包娜仁和＊＊") || !strings.Contains(text, "给＊＊介绍岗位") {
			t.Errorf("with others left: %s", text)
		}
		w.Tx(func(tx *db.Tx) error { return w.People.Forget(ctx, tx, ids[1:2]) })
		w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{ids[0], ids[2]}) })
		if text := all(); strings.Contains(text, "包娜仁") || strings.Contains(text, "岗位") || !strings.Contains(text, forgotten) {
			t.Errorf("with nobody left: %s", text)
		}
		if steps := w.stepsOf(w.cases(5)[0]); len(steps) != 2 || steps[0].ByName != suriya.Name {
			t.Errorf("that something was done: %+v", steps)
		}
	})
}
