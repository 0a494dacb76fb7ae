package supervise

import (
	"fmt"
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// What comes from above is not checked and not stopped by those whom it was given to.
func TestABannerNeitherStopsNorChecksWhatItsLeagueGave(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, m := w.duty(on(2025, time.September, 24)) // the league's
		w.refused(fault.Denied, w.Stop(ctx, suriya, d.ID, "不做了", 0, w.Once()))
		w.Must(w.Progress(ctx, suriya, d.ID, m.ID, 90, "已办", paper, 0, w.Once()))
		w.refused(fault.Denied, w.Check(ctx, mergen, d.ID, m.ID, true, "属实", 1, w.Once()))
		w.Must(w.Check(ctx, chief, d.ID, m.ID, true, "属实", 1, w.Once()))

		own, err := w.Give(ctx, suriya, Duty{Source: ByHand, UnitID: d.UnitID, Title: "整理档案"}, Milestone{Text: "归档", Due: on(2025, time.September, 30)}, w.Once())
		w.Must(err)
		w.Must(w.Stop(ctx, mergen, own, "并入另一项任务", 0, w.Once()))
	})
}

// A duty that is stopped when it is late already counts in the appraisal as what was not done; one that is stopped in time does not count.
func TestStoppingALateDutyDoesNotTakeItOutOfTheAppraisal(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		late, _ := w.duty(on(2025, time.September, 10))
		early, _ := w.duty(on(2025, time.September, 24))
		reported, m := w.duty(on(2025, time.September, 12))
		w.to("2025-09-15")
		w.Must(w.Progress(ctx, suriya, reported.ID, m.ID, 90, "已办", paper, 0, w.Once()))
		for _, d := range []struct{ id, version int64 }{{late.ID, 0}, {early.ID, 0}, {reported.ID, 1}} {
			w.Must(w.Stop(ctx, chief, d.id, "不再需要", d.version, w.Once()))
		}
		done, all, err := countInput(ctx, w.Room.DB, InputMilestones, "1529", on(2025, time.January, 1), on(2025, time.December, 31), on(2025, time.December, 31))
		w.Must(err)
		if all["152921"] != 2 || done["152921"] != 0 {
			t.Errorf("of %d milestones %d were reached in time", all["152921"], done["152921"])
		}
		sum, err := tallies(ctx, w.Room.DB, "152921", w.today())
		w.Must(err)
		if len(sum) != 1 || sum[0].Open+sum[0].Reported+sum[0].Late != 0 {
			t.Errorf("stopped duties wait for somebody: %+v", sum)
		}
		if n, _, err := w.Overdue(ctx, "1529"); err != nil || n != 0 {
			t.Errorf("%d stopped milestones are overdue (%v)", n, err)
		}
	})
}

func TestASecondAnswerPutsNothingOff(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, m := w.duty(on(2025, time.September, 10))
		w.to("2025-09-10")
		w.night(map[string]int{Pressed: 1})
		w.Must(w.Answer(ctx, suriya, d.ID, m.ID, "人手不足", on(2025, time.September, 18), 0, w.Once()))
		w.to("2025-09-18")
		w.refused(fault.Conflict, w.Answer(ctx, suriya, d.ID, m.ID, "仍然人手不足", on(2025, time.September, 26), 1, w.Once()))
		w.Must(w.Answer(ctx, suriya, d.ID, m.ID, "明天就好", on(2025, time.September, 18), 1, w.Once()))
		w.to("2025-09-19")
		w.night(map[string]int{Escalated: 1})
	})
}

func TestTheBoardCountsWhatItDoesNotList(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, _ := w.duty(on(2025, time.September, 2))
		w.Must(w.Room.DB.Tx(ctx, func(tx *db.Tx) error {
			for i := range 1100 {
				if err := insertMilestone(ctx, tx, &Milestone{DutyID: d.ID, ID: int64(i + 1), Area: d.Area, UnitID: d.UnitID, Text: fmt.Sprint(i), Due: on(2025, time.September, 2), State: Open}); err != nil {
					return err
				}
			}
			return nil
		}))
		w.to("2025-09-03")
		if n, list, err := w.Overdue(ctx, "1529"); err != nil || n != 1101 || len(list) != overdueShown {
			t.Errorf("%d overdue, %d listed (%v)", n, len(list), err)
		}
	})
}
