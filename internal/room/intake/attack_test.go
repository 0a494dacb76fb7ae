package intake

import (
	"context"
	"errors"
	"strings"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
)

func TestARowDecidedOnWhileItsBatchIsTakenBackGoesOutWithIt(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, delivery(t), league)
		after := r.dump(t)
		b := r.bring(t, others(t), league)
		broken := errors.New("the power is cut")
		r.HeldUnits = func(context.Context, db.Querier, []int64) (map[int64]string, error) { return nil, broken }
		if err := r.WithdrawBatch(ctx, league, b.BatchID, "错发", "once-0000000000000001"); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		var waits Review
		for _, v := range must(listReviews(ctx, r.DB, reviewFilter{area: "1529", state: ReviewOpen}, 1<<62, 10))(t) {
			if v.BatchID == b.BatchID {
				waits = v
			}
		}
		d := Decision{waits.ID, waits.Version, ReviewSame, r.factsOf(t, 1).ID, "核实"}
		if err := r.Decide(ctx, league, d, "once-0000000000000002"); err != nil {
			t.Fatal(err)
		}
		r.HeldUnits = nil
		if _, err := r.withdraw(ctx, b.BatchID, progress.None{}); err != nil {
			t.Fatal(err)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_record WHERE batch_id = $1 AND ended_at = 0`, b.BatchID); n != 0 {
			t.Errorf("%d records of the withdrawn batch live", n)
		}
		compareDumps(t, "withdrawn around a decision", after, r.dump(t))
	})
}

func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestWhatABatchTakenBackLeavesOnTheDeskIsCleared(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		open := beginDesk(t, r)
		r.recall(t, open.Members[0].review.BatchID, "once-0000000000000001")
		if list := onDesk(t, r, ClusterOpen); len(list) != 0 {
			t.Errorf("without rows there still waits %+v", list)
		}
		if err := r.DecideCluster(ctx, left, decision(open, ChoiceSame), "once-0000000000000002"); !fault.Is(err, fault.Conflict) {
			t.Errorf("deciding on it: %v", err)
		}
	})
}

func TestADecisionWhoseRowsWereTakenBackIsNotReopened(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		c := r.mustDecide(t, left, decision(beginDesk(t, r), ChoiceSame))
		r.recall(t, c.Members[0].review.BatchID, "once-0000000000000001")
		if err := r.ReopenCluster(ctx, left, c.ID, c.Version, "once-0000000000000002"); !fault.Is(err, fault.Conflict) {
			t.Errorf("reopening: %v", err)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_record WHERE batch_id = $1 AND ended_at = 0`, c.Members[0].review.BatchID); n != 0 {
			t.Errorf("%d records live", n)
		}
	})
}

func TestRowsBesideSomebodyWhoLeavesTheRegisterAreComparedAnew(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		open := beginDesk(t, r)
		homes := r.number(t, `SELECT batch_id FROM intake_file WHERE kind = 'household' ORDER BY batch_id`)
		r.recall(t, homes, "once-0000000000000001")
		for _, c := range onDesk(t, r, ClusterOpen) {
			if _, err := r.base(ctx, &c); err != nil {
				t.Errorf("the desk leads to nobody: %v", err)
			}
		}
		if n := r.number(t, `SELECT count(*) FROM intake_review WHERE state = 'open' AND cluster_id = $1`, open.ID); n != 0 {
			t.Errorf("%d rows wait in a cluster that is gone", n)
		}
		linkUp(t, r)
	})
}

func TestWhatClerksWriteAndFilesAreCalledHoldsNobodysNumber(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		if got := fileName("=张三" + somebody(1) + "\r\n\u202e.csv"); got != "=张三"+identity.MaskID(somebody(1))+".csv" {
			t.Errorf("a file is called %q", got)
		}
		c := beginDesk(t, r)
		d := decision(c, ChoiceLater)
		d.Reason = "本人证件号" + somebody(11) + "，电话13912345678"
		r.mustDecide(t, left, d)
		for _, query := range []string{`SELECT reason FROM intake_cluster WHERE reason <> '' ORDER BY 1`, `SELECT what FROM audit_entry WHERE act = 'intake.decide' ORDER BY 1`} {
			for _, text := range r.texts(t, query) {
				if strings.Contains(text, somebody(11)) || strings.Contains(text, "13912345678") {
					t.Errorf("kept in plain text: %s", text)
				}
			}
		}
	})
}

func TestWhereSomebodyElsewhereLivesIsToldNoFinerThanTheBanner(t *testing.T) {
	if err := mayUse(left, "152922103001"); !strings.Contains(fault.TextOf(err), "这属于阿拉善右旗，") {
		t.Errorf("%v", err)
	}
}
