package intake

import (
	"testing"
	"time"

	"jiuye/internal/ground/db"
)

// cellsOf reads every rejected row.
func (r *Room) cellsOf(t *testing.T) (out [][]string) {
	t.Helper()
	sealed, err := db.All(ctx, r.DB, func(b *[]byte) []any { return []any{b} }, `SELECT row_seal FROM intake_reject ORDER BY batch_id, file_id, row_number`)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sealed {
		cells, err := r.openCells(s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, cells)
	}
	return out
}

func TestARejectedRowIsForgottenWithThePersonWhoseNumberStandsInIt(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		f := newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), household(2, "王芳", "left")).
			book("就业.xlsx", []string{"就业困难人员", "姓名,身份证号,认定日期,困难类别,退出日期", "包娜仁," + somebody(1) + ",昨天,大龄,", "王芳," + somebody(2) + ",昨天,大龄,"})
		r.bring(t, f, left)
		if got := r.cellsOf(t); len(got) != 2 || len(got[0]) == 0 || len(got[1]) == 0 {
			t.Fatalf("%v", got)
		}
		// As they were before anybody noted whose number it is.
		err := r.DB.Tx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `UPDATE intake_reject SET who = NULL`); return err })
		if err == nil {
			err = r.lookAtRejects(ctx)
		}
		if err == nil {
			err = r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Forget(ctx, tx, []int64{r.factsOf(t, 1).ID}) })
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := r.cellsOf(t); len(got[0]) != 0 || len(got[1]) == 0 {
			t.Errorf("%v", got)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_reject WHERE shown = ''`); n != 1 {
			t.Errorf("%d rows without what was shown", n)
		}
	})
}

func TestRejectedRowsAreEmptiedWhenNobodyMendsThemAnyMore(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, newFolder(t).text("户籍.csv", householdHeads, household(1, "包娜仁", "left"), "H2,户主,王芳,女,1529210000,,蒙古族,非农业,大学专科,"+homes["left"]+",城关,,否"), left)
		for _, c := range []struct {
			days int
			kept bool
		}{{364, true}, {2, false}, {1, false}} {
			r.later(c.days)
			if err := r.emptyRejects(ctx); err != nil {
				t.Fatal(err)
			}
			if got := r.cellsOf(t); len(got) != 1 || (len(got[0]) > 0) != c.kept {
				t.Errorf("after %d more days: %v", c.days, got)
			}
		}
	})
}

func (r *Room) later(days int) {
	r.Clock.(interface{ Add(time.Duration) }).Add(time.Duration(days) * 24 * time.Hour)
}
